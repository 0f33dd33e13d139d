#!/bin/sh
# Installs Engram Workbench into the home folder; no administrator is needed. uninstall.sh removes it.
#   ./install.sh [PREFIX]        PREFIX is ~/.local without one
set -eu
fail() { echo "install.sh: $1" >&2; exit 1; }
here="$(cd "$(dirname "$0")" && pwd)"
prefix="${1:-$HOME/.local}"
case "$prefix" in /*) ;; *) prefix="$PWD/$prefix" ;; esac
reason="$("$here/workbench" --version 2>&1 >/dev/null)" ||
  fail "The program does not start on this system; it needs glibc 2.35 (Ubuntu 22.04, Debian 12). $(echo "$reason" | tail -n 1)"
mkdir -p "$prefix/lib" "$prefix/bin" || fail "Cannot write to $prefix. Name another folder: ./install.sh FOLDER"
prefix="$(cd "$prefix" && pwd)"
program="$prefix/lib/engram-workbench"
command="$prefix/bin/workbench"
[ ! -e "$command" ] && [ ! -L "$command" ] || [ "$(readlink "$command")" = "$program/workbench" ] ||
  [ "$command" -ef "$program/workbench" ] ||
  fail "$command is another program. Remove that one, or name another folder: ./install.sh FOLDER"
needed="$(du -sk "$here" | cut -f1)"
free="$(df -Pk "$prefix/lib" | awk 'NR == 2 { print $4 }')"
[ "$free" -gt "$needed" ] ||
  fail "$((needed / 1024)) MB are needed in $prefix, and $((free / 1024)) MB are free. Nothing was changed."

# The old version stays until the new one is complete.
new="$program.new"
rm -rf "$new"
trap 'rm -rf "$new"' EXIT
cp -R "$here" "$new" || fail "The program could not be copied. Nothing was changed."
rm -rf "$program"
mv "$new" "$program"
ln -sf "$program/workbench" "$command"

(cd "$here/share" && find . -type f) | while read -r file; do
  mkdir -p "$prefix/share/$(dirname "$file")"
  cp "$here/share/$file" "$prefix/share/$file"
done
# The desktop may not look for programs in the home folder.
escaped="$(printf '%s' "$program" | sed 's/[&|\\]/\\&/g')"
sed -i "s|^Exec=workbench|Exec=\"$escaped/workbench\"|" "$prefix/share/applications/engram-workbench.desktop"
for update in update-desktop-database:applications update-mime-database:mime; do
  if command -v "${update%:*}" >/dev/null; then
    "${update%:*}" "$prefix/share/${update#*:}" >/dev/null 2>&1 || true
  fi
done
echo "Installed. Start Engram Workbench from the menu of programs, or type: $command"
