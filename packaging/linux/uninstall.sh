#!/bin/sh
# Removes Engram Workbench from the home folder. Libraries and settings stay.
#   ~/.local/lib/engram-workbench/uninstall.sh
set -eu
here="$(cd "$(dirname "$0")" && pwd)"
prefix="$(dirname "$(dirname "$here")")"
[ "$here" = "$prefix/lib/engram-workbench" ] ||
  { echo "uninstall.sh: Run the one that is installed: ~/.local/lib/engram-workbench/uninstall.sh" >&2; exit 1; }
files="$(cd "$here/share" && find . -type f)"
each() { echo "$files" | while read -r file; do "$1" "$prefix/share/$file"; done; }
remove() { rm -f "$1"; }
remove_folders() { rmdir -p "$(dirname "$1")" 2>/dev/null || true; }
each remove
command="$prefix/bin/workbench"
if [ "$(readlink "$command")" = "$here/workbench" ] || [ "$command" -ef "$here/workbench" ]; then
  rm -f "$command"
fi
# While the folders are there, so that the desktop forgets the file type.
for update in update-desktop-database:applications update-mime-database:mime; do
  if command -v "${update%:*}" >/dev/null && [ -d "$prefix/share/${update#*:}" ]; then
    "${update%:*}" "$prefix/share/${update#*:}" >/dev/null 2>&1 || true
  fi
done
each remove_folders
rm -rf "$here"
echo "Removed. Your libraries and settings are where they were."
