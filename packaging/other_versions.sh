#!/usr/bin/env bash
# Do readers and models also work with other versions than the pinned ones? Installs the newest or
# the lowest that pyproject.toml allows into an environment of its own, and runs their tests there.
#   packaging/other_versions.sh newest|lowest [TESTS …]
set -euo pipefail
cd "$(dirname "$0")/.."
which="$1"
shift
case "$which" in
  newest) resolution=highest ;;
  lowest) resolution=lowest-direct ;;
  *) echo "newest or lowest?" >&2; exit 2 ;;
esac
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python="$(uv run --no-sync python -c 'import sys; print(sys.base_prefix + "/bin/python3")')"
uv venv --quiet --python "$python" "$folder/env"
# Without packaging/constraints.txt and pyproject.toml's settings for uv, except what they override.
uv run --no-sync python -c '
import pathlib, tomllib
settings = tomllib.loads(pathlib.Path("pyproject.toml").read_text("utf-8"))["tool"]["uv"]
print(*settings["override-dependencies"], sep="\n")
' >"$folder/overrides.txt"
uv pip install --quiet --no-config --python "$folder/env/bin/python" --resolution "$resolution" \
  --override "$folder/overrides.txt" --editable '.[ocr,postgresql]' --group dev
"$folder/env/bin/python" -m pytest -q -p no:cacheprovider "$@"
