#!/bin/sh
# Removes Engram Workbench from the home folder. Libraries and settings stay.
#   ~/.local/lib/engram-workbench/uninstall.sh
set -eu
here="$(cd "$(dirname "$0")" && pwd)"
prefix="$(dirname "$(dirname "$here")")"
[ "$here" = "$prefix/lib/engram-workbench" ] ||
  { echo "uninstall.sh: Run the one that is installed: ~/.local/lib/engram-workbench/uninstall.sh" >&2; exit 1; }
(cd "$here/share" && find . -type f) | while read -r file; do
  rm -f "$prefix/share/$file"
  rmdir -p "$prefix/share/$(dirname "$file")" 2>/dev/null || true
done
rm -f "$prefix/bin/workbench"
for command in update-desktop-database:applications update-mime-database:mime; do
  if command -v "${command%:*}" >/dev/null && [ -d "$prefix/share/${command#*:}" ]; then
    "${command%:*}" "$prefix/share/${command#*:}" >/dev/null 2>&1 || true
  fi
done
rm -rf "$here"
echo "Removed. Your libraries and settings are where they were."
