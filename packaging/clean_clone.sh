#!/usr/bin/env bash
# Do README's two commands do all the set-up? Clones this checkout into an empty folder, hides every
# environment and cache of the workbench from it, and runs them there.
#   packaging/clean_clone.sh [--quick] [FOLDER]
# FOLDER is made and kept; without one a temporary is used. --quick runs a few of the tests.
set -euo pipefail
here="$(cd "$(dirname "$0")/.." && pwd)"
tests=()
if [ "${1:-}" = --quick ]; then
  tests=(tests/packaging tests/resources tests/ingest/images tests/ingest/media tests/test_library.py)
  shift
fi
folder="${1:-$(mktemp -d)}"
[ -n "${1:-}" ] || trap 'rm -rf "$folder"' EXIT
mkdir -p "$folder"
git clone --quiet "$here" "$folder/clone"
cd "$folder/clone"
python3 -m venv "$folder/tools"
export PATH="$folder/tools/bin:$PATH" WORKBENCH_HOME="$folder/home" UV_CACHE_DIR="$folder/uv-cache"
# Tesseract is no part of what these commands install.
export WORKBENCH_OCR=rapidocr
unset VIRTUAL_ENV DISPLAY WAYLAND_DISPLAY

echo "== pip install uv && uv run workbench (no display: it must say so and name the sample)"
pip install --quiet uv
if uv run workbench 2>"$folder/said"; then echo "it opened a window without a display?"; exit 1; fi
tail -n 1 "$folder/said"
grep -q 'uv run workbench ask --sample' "$folder/said"

echo '== uv run workbench ask --sample "…"'
uv run workbench ask --sample "When did Hermann Ebbinghaus publish his book?"

echo "== the window, drawn off screen"
QT_QPA_PLATFORM=offscreen uv run workbench --smoke

echo "== pip install uv && uv run pytest ${tests[*]}"
pip install --quiet uv && uv run pytest -q "${tests[@]}"
