#!/usr/bin/env bash
# Does the wheel work where there is no checkout? Builds it, installs it by `uv tool` as README says,
# with the versions that were tested, and then with the newest versions that it allows. Each time it
# asks the sample from an empty folder, opens the window, serves, and answers an agent; and what is
# installed opens no socket, not even some seconds after the models were used. Before that, all packages
# are installed once by their hashes.
#   packaging/installed_wheel.sh [tested|newest]
set -euo pipefail
cd "$(dirname "$0")/.."
folder="$(mktemp -d)"
quiet="$PWD/tests/packaging/quiet.py"
server=
finish() {
  [ -z "$server" ] || { kill "$server" 2>/dev/null; wait "$server" 2>/dev/null; } || true
  rm -rf "$folder"
}
trap finish EXIT
uv build --quiet --wheel --out-dir "$folder/dist"
cp packaging/hashes.txt "$folder"
python="$(uv run --no-sync python -c 'import sys; print(sys.base_prefix + "/bin/python3")')"
export UV_TOOL_DIR="$folder/tools" UV_TOOL_BIN_DIR="$folder/bin" WORKBENCH_HOME="$folder/home"
unset VIRTUAL_ENV PYTHONPATH
mkdir "$folder/empty"
cd "$folder/empty"
workbench="$folder/bin/workbench"

echo "== nothing of tests or benchmarks is in the wheel, and its constraints are"
"$python" -m zipfile --list "$folder"/dist/*.whl >"$folder/listed"
if grep -E '^(tests|packaging)/' "$folder/listed"; then exit 1; fi
"$python" - "$folder"/dist/*.whl >"$folder/constraints.txt" <<'END'
import sys, zipfile
wheel = zipfile.ZipFile(sys.argv[1])
name, = (name for name in wheel.namelist() if name.endswith("/constraints.txt"))
print(wheel.read(name).decode())
END

# Those of build servers, on which ONNX Runtime reports to nobody.
silent() {
  local plain=(env -u CI -u TF_BUILD -u GITHUB_ACTIONS -u GITLAB_CI) code=0
  "${plain[@]}" "$python" "$quiet" "$@" || code=$?
  # A kernel that cannot watch for sockets has only the rest tried.
  [ "$code" != 125 ] || { code=0; "${plain[@]}" "$@" || code=$?; }
  return "$code"
}

try_it() {
  echo "== silence: a question, the models, and fifteen seconds more"
  silent "$workbench" ask --sample "When did Hermann Ebbinghaus publish his book?" | tee "$folder/answer"
  grep -q "1885" "$folder/answer"
  silent "$UV_TOOL_DIR"/*/bin/python - "$folder/silent.brain" <<'END'
import sys, time
from workbench import Library
with Library.open(sys.argv[1]) as library:
    library.facts.tell("The ferry leaves at noon.")
    library.add_text(b"The lighthouse at Cape Aravis was built in 1862. Its lamp burned rape oil.")
    assert library.ask("When was the lighthouse built?").evidence
    time.sleep(15)
END

  echo "== the window, drawn off screen"
  QT_QPA_PLATFORM=offscreen "$workbench" --smoke

  echo "== workbench serve"
  rm -f "$folder"/served.brain*
  "$workbench" --library "$folder/served.brain" remember "The ferry leaves at noon."
  rm -f "$folder/token"
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
  : >"$folder/agent"
  # The input stays open until the answer is there: a server may drop what it has begun at its end.
  { printf '%s\n' \
    '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"check","version":"1"}}}' \
    '{"jsonrpc":"2.0","method":"notifications/initialized"}' \
    '{"jsonrpc":"2.0","id":2,"method":"tools/list"}'
    for _ in $(seq 600); do grep -q '"id":2' "$folder/agent" && break; sleep 0.1; done; } |
    timeout 120 "$workbench" --library "$folder/served.brain" mcp >"$folder/agent"
  grep -q "\"name\":\"value\"" "$folder/agent"
}

install() {
  uv tool install --quiet --no-config --force --python "$python" "$@" "$folder"/dist/*.whl
}

echo "== every package is the file that was tested"
uv venv --quiet --no-config --python "$python" "$folder/hashed"
uv pip install --quiet --no-config --python "$folder/hashed" --require-hashes -r "$folder/hashes.txt"
uv pip install --quiet --no-config --python "$folder/hashed" --no-deps "$folder"/dist/*.whl
uv pip check --quiet --no-config --python "$folder/hashed"
"$folder/hashed/bin/workbench" ask --sample "When did Hermann Ebbinghaus publish his book?" >"$folder/answer"
grep -q "1885" "$folder/answer"
rm -r "$folder/hashed"

for versions in ${1:-tested newest}; do
  echo "= $versions versions"
  if [ "$versions" = tested ]; then
    install --constraints "$folder/constraints.txt"
    # Each package has the version of the file.
    uv pip freeze --python "$UV_TOOL_DIR"/*/bin/python | grep == | while read -r package; do
      name="${package%%==*}"
      grep -qiE "^${name//[-_]/[-_]}==" "$folder/constraints.txt" || continue
      grep -qi "^${package//[-_]/[-_]}\( \|\$\|+\)" "$folder/constraints.txt" ||
        { echo "$package is not what was tested"; exit 1; }
    done
  else
    install --upgrade
  fi
  try_it
done
echo "all of it works"
