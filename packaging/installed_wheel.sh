#!/usr/bin/env bash
# Does the wheel work where there is no checkout? Builds it, installs it by `uv tool` with the
# newest versions that it allows, and from an empty folder asks the sample, opens the window,
# serves, and answers an agent.
#   packaging/installed_wheel.sh
set -euo pipefail
cd "$(dirname "$0")/.."
folder="$(mktemp -d)"
server=
finish() {
  [ -z "$server" ] || { kill "$server" 2>/dev/null; wait "$server" 2>/dev/null; } || true
  rm -rf "$folder"
}
trap finish EXIT
uv run --no-sync python -c '
import pathlib, tomllib
settings = tomllib.loads(pathlib.Path("pyproject.toml").read_text("utf-8"))["tool"]["uv"]
print(*settings["override-dependencies"], sep="\n")
' >"$folder/overrides.txt"
uv build --quiet --wheel --out-dir "$folder/dist"
python="$(uv run --no-sync python -c 'import sys; print(sys.base_prefix + "/bin/python3")')"
export UV_TOOL_DIR="$folder/tools" UV_TOOL_BIN_DIR="$folder/bin" WORKBENCH_HOME="$folder/home"
unset VIRTUAL_ENV PYTHONPATH
mkdir "$folder/empty"
cd "$folder/empty"
uv tool install --quiet --no-config --python "$python" --overrides "$folder/overrides.txt" \
  "$folder"/dist/*.whl
workbench="$folder/bin/workbench"

echo "== nothing of tests or benchmarks is installed"
"$python" -m zipfile --list "$folder"/dist/*.whl >"$folder/listed"
if grep -E '^(tests|packaging)/' "$folder/listed"; then exit 1; fi

echo '== workbench ask --sample "…"'
"$workbench" ask --sample "When did Hermann Ebbinghaus publish his book?" | tee "$folder/answer"
grep -q "1885" "$folder/answer"

echo "== the window, drawn off screen"
QT_QPA_PLATFORM=offscreen "$workbench" --smoke

echo "== workbench serve"
"$workbench" --library "$folder/served.brain" remember "The ferry leaves at noon."
echo "a-token-of-forty-characters-for-this-test" >"$folder/token"
chmod 600 "$folder/token"
"$workbench" --library "$folder/served.brain" serve --port 0 --token "$folder/token" \
  >"$folder/served" 2>&1 &
server=$!
for _ in $(seq 600); do
  address="$(grep -oE 'http://127\.0\.0\.1:[0-9]+' "$folder/served" | head -n 1 || true)"
  [ -z "$address" ] || break
  kill -0 "$server"
  sleep 0.1
done
"$python" - "$address/v1/facts/value" "$folder/token" >"$folder/value" <<'END'
import sys, urllib.request
from pathlib import Path
headers = {"Authorization": f"Bearer {Path(sys.argv[2]).read_text().strip()}",
           "Content-Type": "application/json"}
question = b'{"question": "When does the ferry leave?"}'
with urllib.request.urlopen(urllib.request.Request(sys.argv[1], question, headers)) as response:
    print(response.read().decode())
END
grep -q noon "$folder/value"
kill "$server"
wait "$server" || true
server=

echo "== workbench mcp"
printf '%s\n' \
  '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"check","version":"1"}}}' \
  '{"jsonrpc":"2.0","method":"notifications/initialized"}' \
  '{"jsonrpc":"2.0","id":2,"method":"tools/list"}' |
  timeout 120 "$workbench" --library "$folder/served.brain" mcp >"$folder/agent"
grep -q "\"name\":\"value\"" "$folder/agent"
echo "all of it works"
