#!/usr/bin/env bash
# Does a stranger's machine come from nothing to a window and green tests by README alone? Makes a bare
# Debian 12 (mmdebstrap), clones this checkout there for a plain user, and runs README's two commands.
#   packaging/bare_root.sh [--quick] [--keep ROOT] [PYTEST ARGUMENTS …]
# What follows goes to README's second command, for example: --shuffle 3. With --quick it runs few
# tests, and only the path with a space and an umlaut of what can be wrong with a machine; --keep names
# a folder for the root that stays. Needs root, and a network for packages; BARE_ROOT_TAR names a file
# in which the fresh root is kept for another time.
set -euo pipefail
cd "$(dirname "$0")/.."
here="$PWD"
[ "$(id -u)" = 0 ] || { echo "bare_root: run it as root; it makes a root and mounts." >&2; exit 1; }
for program in mmdebstrap unshare git; do
  command -v "$program" >/dev/null || { echo "bare_root: install $program first." >&2; exit 1; }
done
quick=
root=
while :; do
  case "${1:-}" in
    --quick) quick=1; shift ;;
    --keep) root="$2"; shift 2 ;;
    *) break ;;
  esac
done
if [ -z "$root" ]; then
  folder="$(mktemp -d -p "${VERIFY_FOLDER:-/var/tmp}")"
  trap 'rm -rf --one-file-system "$folder"' EXIT
  root="$folder/bookworm"
fi
said="$root/tmp/said"
step() { printf '\n== bare root: %s (%s)\n' "$*" "$(date +%H:%M:%S)"; }
wrong() { echo "bare_root: $*" >&2; exit 1; }

# A command as root there, with the network of this machine and what reaches the registries here.
inside() {
  local variables=(PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive)
  local name
  for name in $(compgen -e | grep -E '^(PIP_(CERT|INDEX_URL|DEFAULT_TIMEOUT)|UV_(DEFAULT_INDEX|INDEX)|SSL_CERT_FILE|https?_proxy|no_proxy)$'); do
    variables+=("$name=${!name}")
  done
  unshare --mount --pid --fork --kill-child sh -c '
    root="$1"; shift
    mount -t proc proc "$root/proc"
    mount -t tmpfs tmpfs "$root/dev/shm"
    mount -t devpts devpts "$root/dev/pts"
    [ ! -d "$root/home/small" ] || mount -t tmpfs -o size=600m,mode=777 tmpfs "$root/home/small"
    exec chroot "$root" env -i "$@"
  ' sh "$root" "${variables[@]}" "$@"
}
# A shell command of a plain user, who has a virtual environment with uv on the path.
reader() {
  inside runuser -u reader -- env HOME=/home/reader USER=reader \
    PATH=/home/reader/uv/bin:/usr/local/bin:/usr/bin:/bin bash -c "cd; $1"
}
# The same; what it says is in $said, its exit status must be as the first argument says.
says() {
  local expected="$1" code=0
  reader "$2" >"$said" 2>&1 || code=$?
  case "$expected$code" in
    works0 | fails[1-9]*) ;;
    *) cat "$said"; wrong "“$2” ended with $code" ;;
  esac
}
expect() { grep -q -- "$1" "$said" || { cat "$said"; wrong "it did not say “$1”"; }; }
# README's own words.
first="$(grep -oE '^pip install uv && uv run workbench' README.md)"
second="$(grep -oE '^pip install uv && uv run .*pytest' README.md)"
question='When did Hermann Ebbinghaus publish his book?'

step "a fresh root"
kept="${BARE_ROOT_TAR:-$root.tar}"
mkdir -p "$root"
[ -f "$kept" ] || mmdebstrap --quiet --variant=minbase --mode=root \
  --include=apt,ca-certificates,git,python3,python3-pip,python3-venv bookworm "$kept"
tar -xf "$kept" -C "$root"
for file in /etc/resolv.conf /etc/ssl/certs/ca-certificates.crt; do
  rm -f "$root$file"
  cp -L "$file" "$root$file"
done
echo "127.0.0.1 localhost" >"$root/etc/hosts"
mkdir -p "$root/dev/shm" "$root/dev/pts"
inside useradd --create-home reader
git clone --quiet "$here" "$root/home/reader/clone"
inside chown -R reader /home/reader

step "its Python is externally managed: pip says so, and README's line makes one that is not"
says fails "cd clone && $first"
expect "externally-managed-environment"
line="$(grep -oE 'python3 -m venv [^ `]+ && \. [^ `]+/bin/activate' README.md)"
says works "$line"

step "$first"
says fails "cd clone && time $first"
tail -n 4 "$said"
expect "system libraries are missing"
expect "uv run workbench ask --sample"
says works "cd clone && uv run workbench ask --sample '$question'"
expect 1885
packages="$(reader "cd clone && uv run workbench doctor" | grep -oE 'apt-get install -y [a-z0-9. +-]+' | head -n 1 || true)"
[ -n "$packages" ] || wrong "doctor names no packages"
echo "$packages"
# shellcheck disable=SC2086
inside sh -c "apt-get update -qq && $packages -qq --no-install-recommends >/dev/null"
says fails "cd clone && uv run workbench"
expect "There is no display here"

step "the window, drawn off screen: seconds of processor time"
smoke='QT_QPA_PLATFORM=offscreen uv run workbench --smoke'
for _ in first second; do
  says works "cd clone && TIMEFORMAT='%R s, %U s of processor time' && time { $smoke; }"
  cat "$said"
done
megabytes() { reader "du -s --total --block-size=1MB $*" | tail -n 1 | cut -f 1; }
environment="$(megabytes clone/.venv)"
all="$(megabytes clone/.venv uv .cache)"
echo "installed: $environment MB, with uv and its cache $all MB"
[ "$all" -le 1000 ] || wrong "more than 1000 MB"

step "a path with a space and an umlaut"
reader "mkdir 'Mein Bücherregal' && git clone -q clone 'Mein Bücherregal/Arbeit'"
says works "cd 'Mein Bücherregal/Arbeit' && uv run workbench ask --sample '$question'"
expect 1885
if [ -z "$quick" ]; then
  step "a clone without history, and a folder without any"
  reader "git clone -q --depth 1 file://\$HOME/clone shallow && cp -R shallow unpacked && rm -rf unpacked/.git"
  for place in shallow unpacked; do
    says works "cd $place && uv run workbench ask --sample '$question'"
    expect 1885
  done
  says works "cd unpacked && ${second#*&& } -q tests/packaging"

  step "locales without UTF-8"
  for locale in "LC_ALL=C" "LC_ALL=POSIX PYTHONCOERCECLOCALE=0" "LC_ALL=C PYTHONUTF8=0 PYTHONCOERCECLOCALE=0"; do
    says works "cd clone && env $locale uv run workbench ask --sample '$question'"
    expect 1885
    says works "cd clone && env $locale $smoke"
  done

  step "a home without room"
  mkdir -p "$root/home/small"
  says fails "export HOME=/home/small UV_CACHE_DIR=/home/small/cache; git clone -q /home/reader/clone /home/small/clone && cd /home/small/clone && uv run workbench"
  tail -n 3 "$said"
  expect "No space left on device"
  full="head -c 600M /dev/zero >/home/small/full 2>/dev/null; cd clone; export HOME=/home/small UV_CACHE_DIR=/home/reader/.cache/uv"
  says fails "$full; uv run workbench remember 'The ferry leaves at noon.'"
  cat "$said"
  expect "Free some space and try again"
  # The window opens, too, and says it there.
  says fails "$full QT_QPA_PLATFORM=offscreen; timeout 60 uv run workbench || { [ \$? = 124 ] && echo stayed open; false; }"
  expect "stayed open"
  rmdir "$root/home/small"
fi

step "$second $*"
tests=("$@")
[ -z "$quick" ] || tests=(tests/packaging tests/resources tests/ingest/images tests/test_library.py "$@")
reader "cd clone && time { $second -q ${tests[*]}; }"
