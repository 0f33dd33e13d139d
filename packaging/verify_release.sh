#!/usr/bin/env bash
# Installs what packaging/build.py made on clean machines, with the network cut, and removes it again.
#   packaging/verify_release.sh OUT             OUT has a .deb; .tar.*, AppDir and AppImage are tried if there
#   packaging/verify_release.sh --quick [OUT]   tries the .deb in Debian alone; builds one without OUT
# Without --quick it also does what .ci/run does only in part: README's commands on a bare machine
# (bare_root.sh), the newest and the lowest versions (other_versions.sh), and the wheel with both
# (installed_wheel.sh).
# A clean machine is a fresh root (mmdebstrap), once Debian 12 and, where UBUNTU_MIRROR names a mirror,
# once Ubuntu 22.04. The packages that the .deb depends on come from the mirrors; from then on there is
# no network. Needs root. VERIFY_ROOTS names a folder in which fresh roots are kept for another time.
set -euo pipefail
cd "$(dirname "$0")/.."
[ "$(id -u)" = 0 ] || { echo "verify_release: run it as root; it makes roots and mounts." >&2; exit 1; }
for program in mmdebstrap unshare dpkg-deb; do
  command -v "$program" >/dev/null || { echo "verify_release: install $program first." >&2; exit 1; }
done
folder="$(mktemp -d -p "${VERIFY_FOLDER:-/var/tmp}")"
trap 'rm -rf --one-file-system "$folder"' EXIT
roots=(bookworm)
quick=
if [ "${1:-}" = --quick ]; then
  quick=1
  shift
elif [ -n "${UBUNTU_MIRROR:-}" ]; then
  roots+=(jammy)
fi
if [ -n "$quick" ] && [ -z "${1:-}" ]; then
  out="$folder/out"
  uv run --no-sync python packaging/build.py "$out" deb --quick
else
  out="$(cd "$1" && pwd)"
fi
deb="$(ls "$out"/*.deb)"
(cd "$out" && sha256sum --check --quiet SHA256SUMS)

step() { printf '\n== %s: %s (%s)\n' "$release" "$*" "$(date +%H:%M:%S)"; }
# A command in the root, with no network but what the first word says.
inside() {
  local net=--net
  if [ "$1" = --online ]; then net=--mount; shift; fi
  unshare "$net" --mount --pid --fork --kill-child sh -c '
    mount -t proc proc "$0/proc"; mkdir -p "$0/dev/shm"; mount -t tmpfs tmpfs "$0/dev/shm"
    mkdir -p "$0/dev/pts"; mount -t devpts devpts "$0/dev/pts"
    exec chroot "$0" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
  ' "$root" "$@"
}
reader() { inside runuser -u reader -- env HOME=/home/reader USER=reader XDG_RUNTIME_DIR=/tmp/run-reader sh -c "cd; $1"; }
on_display() { reader "xvfb-run -a -s '-screen 0 1440x900x24 -nolisten tcp' sh /tmp/step.sh $*"; }
home_files() { (cd "$root/home/reader" && find . -not -path './.cache*' | sort); }

make_root() {
  local sources=()
  if [ "$release" = jammy ]; then
    sources=("deb [trusted=yes] $UBUNTU_MIRROR jammy main universe" "deb [trusted=yes] $UBUNTU_MIRROR jammy-updates main universe")
  fi
  local kept="${VERIFY_ROOTS:-$folder}/$release.tar"
  [ -f "$kept" ] || mmdebstrap --quiet --variant=minbase --mode=root --skip=cleanup/apt \
    --include=apt,xvfb,xauth,libglib2.0-bin,shared-mime-info,desktop-file-utils,x11-utils \
    "$release" "$kept" "${sources[@]}" >"$folder/mmdebstrap.log" 2>&1 || { cat "$folder/mmdebstrap.log"; exit 1; }
  mkdir "$root"
  tar -xf "$kept" -C "$root"
  inside useradd --create-home reader
  install -d -m 700 "$root/tmp/run-reader"
  inside chown reader /tmp/run-reader
}

# Opens a file as a file manager does, and waits for the window and for what it is to show.
write_open() {
  cat >"$root/tmp/step.sh" <<'END'
gio open "$1" || exit 1
for second in $(seq 150); do
  sleep 1
  xwininfo -root -tree | grep -q "$2" || continue
  [ -z "${3:-}" ] && exit 0
  "$4" --json list sources 2>/dev/null | grep -q "$3" && exit 0
done
xwininfo -root -tree
exit 1
END
}

opens_files() {
  local program="$1"
  step "the desktop opens x.brain and x.epub"
  cp resources/sample/the-trace.epub "$root/home/reader/x.epub"
  reader "$program --library x.brain remember 'The ferry leaves at noon.'" >/dev/null
  inside chown reader /home/reader/x.epub
  reader "gio info -a standard::content-type x.brain" | grep -q application/x-engram-brain
  write_open
  on_display x.brain "x.*Engram.Workbench"
  # The window may have stored that x.brain was open last, and would add the book to it.
  rm -rf "$root/home/reader/.config/engram-workbench"
  on_display x.epub Engram Trace "$program"
}

try_deb() {
  step "install an older package"
  dpkg-deb -R "$deb" "$folder/older"
  sed -i 's/^Version: .*/Version: 0.0.1/' "$folder/older/DEBIAN/control"
  rm -rf "$folder"/older/opt/engram-workbench/_internal/PySide6
  touch "$folder/older/opt/engram-workbench/_internal/gone.txt"
  dpkg-deb --root-owner-group -Zgzip -z1 --build "$folder/older" "$root/tmp/older.deb" >/dev/null
  rm -rf "$folder/older"
  inside --online apt-get install -y -qq --no-install-recommends /tmp/older.deb >"$folder/apt.log" 2>&1 ||
    { cat "$folder/apt.log"; exit 1; }
  step "upgrade it, without a network"
  cp "$deb" "$root/tmp/new.deb"
  inside dpkg --install /tmp/new.deb >"$folder/apt.log" 2>&1 ||
    { cat "$folder/apt.log"; exit 1; }
  [ ! -e "$root/opt/engram-workbench/_internal/gone.txt" ]
  step "nothing is missing"
  reader "workbench doctor" | tee "$folder/doctor"
  if grep -E '^✗' "$folder/doctor"; then exit 1; fi
  step "smoke, as a plain user on a virtual display"
  reader "xvfb-run -a -s '-screen 0 1440x900x24 -nolisten tcp' workbench --smoke smoke.png"
  opens_files workbench
  step "remove it: libraries stay, and nothing else"
  home_files >"$folder/before"
  inside apt-get purge -y -qq engram-workbench >/dev/null
  home_files | diff "$folder/before" -
  [ -f "$root/home/reader/x.brain" ]
  if find "$root" -xdev \( -iname '*engram*' -o -iname '*workbench*' \) \
    -not -path "$root/home/*" -not -path "$root/proc/*" -not -path "$root/var/cache/apt/*" \
    -not -path "$root/tmp/run-reader/*" | grep .; then exit 1; fi
}

try_archive() {
  local archive
  archive="$(ls "$out"/*.tar.*)"
  step "install $(basename "$archive") into a home folder"
  mkdir -p "$root/home/reader/Entpackt für mich"
  tar -xf "$archive" -C "$root/home/reader/Entpackt für mich"
  inside chown -R reader /home/reader
  home_files | grep -v Entpackt >"$folder/before"
  reader "'Entpackt für mich/engram-workbench/install.sh'"
  reader "xvfb-run -a -s '-screen 0 1440x900x24 -nolisten tcp' .local/bin/workbench --smoke"
  opens_files /home/reader/.local/bin/workbench
  reader "'Entpackt für mich/engram-workbench/install.sh'"
  reader ".local/lib/engram-workbench/uninstall.sh"
  if find "$root/home/reader/.local" -iname '*engram*' -not -path '*/engram-workbench/models*' | grep -v '/share/engram-workbench\|/state/engram-workbench' ; then exit 1; fi
  [ -f "$root/home/reader/x.brain" ]
  rm -rf "$root/home/reader/Entpackt für mich"
}

try_appdir() {
  step "start the AppDir"
  cp -R "$out/Engram-Workbench.AppDir" "$root/home/reader/Engram Workbench.AppDir"
  inside chown -R reader /home/reader
  reader "xvfb-run -a -s '-screen 0 1440x900x24 -nolisten tcp' './Engram Workbench.AppDir/AppRun' --smoke"
  rm -rf "$root/home/reader/Engram Workbench.AppDir"
}

try_appimage() {
  step "start the AppImage, unpacked since there is no FUSE"
  cp "$out"/*.AppImage "$root/home/reader/Engram Workbench.AppImage"
  inside chown -R reader /home/reader
  reader "xvfb-run -a -s '-screen 0 1440x900x24 -nolisten tcp' './Engram Workbench.AppImage' --appimage-extract-and-run --smoke"
  rm -rf "$root/home/reader/Engram Workbench.AppImage"
}

for release in "${roots[@]}"; do
  root="$folder/$release"
  step "a fresh root"
  make_root
  interfaces="$(inside sh -c 'tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d " "')"
  [ "$interfaces" = lo ] || { echo "verify_release: the network is not cut." >&2; exit 1; }
  try_deb
  # The libraries of the system that the package brought stay, as a desktop would have them.
  if ls "$out"/*.tar.* >/dev/null 2>&1; then try_archive; fi
  if [ -d "$out/Engram-Workbench.AppDir" ]; then try_appdir; fi
  if ls "$out"/*.AppImage >/dev/null 2>&1; then try_appimage; fi
  rm -rf --one-file-system "$root"
done
if [ -z "$quick" ]; then
  packaging/bare_root.sh
  packaging/other_versions.sh both
  packaging/installed_wheel.sh
fi
echo "all of it works"
