#!/usr/bin/env bash
# Builds the container's image without a daemon and a registry, and tries it behind a proxy.
#   packaging/container/verify.sh [WHEEL]       builds the wheel where none is named
# Its base is a fresh root of Debian 12 (mmdebstrap), or the image that BASE names. Packages come from
# pip's index. Needs root, buildah, podman, runc, caddy, openssl and curl; leaves no image behind.
set -euo pipefail
cd "$(dirname "$0")/../.."
for program in mmdebstrap buildah podman runc caddy openssl curl; do
  command -v "$program" >/dev/null || { echo "verify: install $program first." >&2; exit 1; }
done
folder="$(mktemp -d -p "${VERIFY_FOLDER:-/var/tmp}")"
name="workbench-$$" base="${BASE:-}" port=18443
podman() { command podman --storage-driver overlay --cgroup-manager cgroupfs --runtime runc "$@"; }
swept() {
  [ -z "${proxy:-}" ] || kill "$proxy" 2>/dev/null || true
  { podman rm --force "$name" && podman volume rm "$name"; buildah rmi --force "$name"; } >/dev/null 2>&1 || true
  [ -n "${BASE:-}" ] || buildah rmi --force "$name-base" >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap swept EXIT
step() { printf '\n== %s (%s)\n' "$*" "$(date +%H:%M:%S)"; }

if [ -z "$base" ]; then
  step "a base image, of Debian's packages"
  mmdebstrap --quiet --variant=minbase --mode=root --include=python3,python3-venv,ca-certificates bookworm "$folder/root.tar"
  container="$(buildah from scratch)"
  buildah add --quiet "$container" "$folder/root.tar" / >/dev/null
  # Authorities that this machine trusts, among them the one of a proxy between it and the index.
  buildah copy --quiet "$container" /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ >/dev/null
  buildah run --isolation chroot "$container" -- sh -c 'python3 -m venv /usr/local; ln -sf python3 /usr/local/bin/python'
  buildah config --env PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin --env PIP_CERT=/etc/ssl/certs/ca-certificates.crt "$container"
  buildah commit --quiet --rm "$container" "$name-base" >/dev/null
  base="localhost/$name-base"
fi

step "the image"
mkdir -p "$folder/context/dist" "$folder/context/packaging"
cp packaging/constraints.txt "$folder/context/packaging/"
if [ -n "${1:-}" ]; then cp "$1" "$folder/context/dist/"; else uv build --quiet --wheel --out-dir "$folder/context/dist"; fi
buildah build --quiet --isolation chroot --format docker --build-arg "BASE=$base" \
  --file packaging/container/Containerfile --tag "$name" "$folder/context" >"$folder/build.log" 2>&1 ||
  { tail -n 40 "$folder/build.log"; exit 1; }
buildah images --format '{{.Name}} {{.Size}}' | grep "$name"

mkdir "$folder/certificates"
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -keyout "$folder/certificates/server.key" \
  -out "$folder/certificates/server.pem" -subj /CN=library.example \
  -addext subjectAltName=DNS:library.example 2>/dev/null
chmod 755 "$folder" "$folder/certificates"
chmod 644 "$folder/certificates/server.key"

# As compose.yaml says: nothing can be written but the volume and /tmp, no rights, not as root.
# The limits are stated since a sandbox may refuse those that Podman would raise.
started() {
  podman run --detach --name "$name" --network host --ulimit nofile=1024:1024 --ulimit nproc=4096:4096 \
    --health-cmd none --read-only --tmpfs /tmp --cap-drop ALL --volume "$name:/library" \
    --volume "$folder/certificates:/certificates:ro" "localhost/$name" --name=library.example --write "$@" >/dev/null
  for _ in $(seq 60); do sleep 1; if podman exec "$name" test -s /library/config/token; then break; fi; done
  token="$(podman exec "$name" cat /library/config/token)"
  for _ in $(seq 60); do if podman exec "$name" "${healthy[@]}" 2>/dev/null; then return; fi; sleep 1; done
  podman logs "$name"
  exit 1
}
mapfile -t healthy < <(buildah inspect --type image --format '{{range .Docker.Config.Healthcheck.Test}}{{println .}}{{end}}' "$name" | sed '/^$/d' | tail -n +2)
[ "${#healthy[@]}" -gt 1 ] || { echo "verify: the image has no health check." >&2; exit 1; }
asked() {
  curl --silent --show-error --fail --cacert "$folder/certificates/server.pem" --noproxy '*' \
    --resolve "library.example:$1:127.0.0.1" --header "Authorization: Bearer $token" "${@:3}" "https://library.example:$1$2"
}
question=(--header "Content-Type: application/json" --data '{"question": "When was the lighthouse built?"}')

step "with a certificate of its own"
started --certificate=/certificates/server.pem --key=/certificates/server.key
printf 'The lighthouse at Skagen was built in 1862.' |
  asked 8765 "/v1/upload?title=Skagen&wait=verified" --header "Content-Type: application/octet-stream" --data-binary @- >/dev/null
asked 8765 /v1/ask "${question[@]}" | grep -o '"value":"1862"'
if token=wrong asked 8765 /v1 2>/dev/null; then echo "verify: a wrong token was accepted." >&2; exit 1; fi
[ "$(podman exec "$name" id -u)" = 10001 ]
podman exec "$name" grep -q '^CapEff:[[:space:]]*0*$' /proc/self/status
if podman exec "$name" touch /usr/here 2>/dev/null; then echo "verify: the image can be written." >&2; exit 1; fi
podman exec "$name" workbench --json list sources | grep -q Skagen
podman rm --force --time 20 "$name" >/dev/null 2>&1

step "behind a proxy that ends TLS, with the library of before"
started --yes-beyond-this-machine
PORT="$port" CERTIFICATES="$folder/certificates" LIBRARY=127.0.0.1:8765 XDG_DATA_HOME="$folder" \
  caddy run --adapter caddyfile --config packaging/container/Caddyfile >"$folder/caddy.log" 2>&1 &
proxy=$!
for _ in $(seq 30); do if asked "$port" /v1 >/dev/null 2>&1; then break; fi; sleep 1; done
asked "$port" /v1/ask "${question[@]}" | grep -o '"value":"1862"'
# An event comes through at once, while the answer of the stream goes on.
asked "$port" /v1/events --no-buffer --max-time 20 >"$folder/events" 2>/dev/null &
listener=$!
sleep 3
asked "$port" /v1/facts/tell --header "Content-Type: application/json" --data '{"text": "The ferry leaves at noon."}' >/dev/null
for _ in $(seq 15); do if grep -q facts "$folder/events"; then break; fi; sleep 1; done
grep -q facts "$folder/events"
kill "$listener" 2>/dev/null || true
echo "all of it works"
