#!/usr/bin/env bash
# Do readers and models also work with other versions than the pinned ones? Installs the newest or
# the lowest that pyproject.toml allows into an environment of its own, and runs their tests there.
#   packaging/other_versions.sh newest|lowest [TESTS …]
#   packaging/other_versions.sh both         both, and records that these requirements were tried
#   packaging/other_versions.sh if-changed   the same, unless they are those that were tried last
# The record is packaging/tried_versions.txt, a hash of what pyproject.toml requires and of
# constraints.txt. Commit it: .ci/run then passes over what it says.
set -euo pipefail
cd "$(dirname "$0")/.."
readers_and_models=(tests/ingest tests/models)

required() {
  uv run --no-sync python - <<'END'
import hashlib, json, pathlib, tomllib
project = tomllib.loads(pathlib.Path("pyproject.toml").read_text("utf-8"))
named = [project["project"].get(key) for key in ("requires-python", "dependencies", "optional-dependencies")]
named += [project["dependency-groups"], project["tool"]["uv"]["exclude-dependencies"]]
pins = pathlib.Path("packaging/constraints.txt").read_bytes()
print(hashlib.sha256(json.dumps(named, sort_keys=True).encode() + pins).hexdigest())
END
}

try_versions() {
  local resolution folder python
  case "$1" in
    newest) resolution=highest ;;
    lowest) resolution=lowest-direct ;;
    *) echo "newest, lowest, both or if-changed?" >&2; exit 2 ;;
  esac
  shift
  folder="$(mktemp -d)"
  trap "rm -rf '$folder'" EXIT
  python="$(uv run --no-sync python -c 'import sys; print(sys.base_prefix + "/bin/python3")')"
  uv venv --quiet --python "$python" "$folder/env"
  # Without packaging/constraints.txt and pyproject.toml's settings for uv, except what they exclude.
  uv run --no-sync python -c '
import pathlib, tomllib
settings = tomllib.loads(pathlib.Path("pyproject.toml").read_text("utf-8"))["tool"]["uv"]
print(*settings["exclude-dependencies"], sep="\n")
' >"$folder/excluded.txt"
  uv pip install --quiet --no-config --python "$folder/env/bin/python" --resolution "$resolution" \
    --excludes "$folder/excluded.txt" --editable '.[speech,ocr,postgresql]' --group dev
  "$folder/env/bin/python" -m pytest -q -p no:cacheprovider "$@"
  rm -rf "$folder"
}

case "${1:-}" in
  both) ;;
  if-changed)
    if [ "$(required)" = "$(cat packaging/tried_versions.txt 2>/dev/null)" ]; then
      echo "the same requirements as last time: see packaging/tried_versions.txt"
      exit
    fi
    ;;
  *) try_versions "$@"; exit ;;
esac
for which in newest lowest; do
  echo "== $which versions"
  try_versions "$which" "${readers_and_models[@]}"
done
required >packaging/tried_versions.txt
