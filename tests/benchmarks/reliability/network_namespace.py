"""Run a command in a network namespace of its own and count what it sends beyond loopback.

    python -m tests.benchmarks.reliability.network_namespace REPORT COMMAND ...

Linux only; no privileges are needed where user namespaces are allowed. Inside, every address of the
Internet leads to loopback (a local route for 0.0.0.0/0 and ::/0), so that a connection gets as far
as its first packet, and a DNS server of our own answers every question. A packet socket on the only
device counts packets whose destination is not loopback, of the whole process tree; the server
counts the names that were asked for. `REPORT` is written as JSON: {"status", "packets", "names"}.
"""

import ctypes
import fcntl
import ipaddress
import json
import os
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_CLONE_NEWNS, _CLONE_NEWUSER, _CLONE_NEWNET = 0x20000, 0x10000000, 0x40000000
_MS_BIND, _MS_REC_PRIVATE = 0x1000, 0x4000 | 0x40000
_SIOCSIFFLAGS, _IFF_UP = 0x8914, 0x1
_NETLINK_ROUTE, _RTM_NEWADDR, _RTM_NEWROUTE = 0, 20, 24
_NLM_REQUEST_ACK_CREATE = 0x1 | 0x4 | 0x400
_ETH_P_ALL, _PACKET_OUTGOING = 0x3, 4
#: An address that is no loopback one: without it resolvers take the machine to be offline.
_OWN = "192.0.2.2"
#: What our DNS server answers, whatever it is asked.
_ANSWER = "203.0.113.7"
#: How the namespace is left when it could not be made.
_NO_NAMESPACE = 77
#: Variables by which ONNX Runtime takes itself to be on a build server, where it reports to nobody.
#: A command is run without them, as on the machine of a user.
_BUILD_SERVERS = (
    *("CI", "TF_BUILD", "GITHUB_ACTIONS", "GITLAB_CI", "CIRCLECI", "TRAVIS", "JENKINS_URL"),
    *("CODEBUILD_BUILD_ID", "BUILDKITE", "TEAMCITY_VERSION", "APPVEYOR", "BITBUCKET_BUILD_NUMBER"),
)
#: Packets that the report names one by one.
_NAMED = 40


@dataclass(frozen=True, slots=True)
class Traffic:
    """What a command sent: packets beyond loopback ("tcp 203.0.113.7:443"), names asked for.

    `count` is the number of those packets, `status` the command's own exit status.
    """

    status: int
    count: int
    packets: tuple[str, ...]
    names: tuple[str, ...]
    output: str


def traffic_of(
    command: Sequence[str], environment: Mapping[str, str] | None = None, seconds: float = 600.0
) -> Traffic | None:
    """Run a command as a user would and count its traffic; None where no namespace can be made.

    Raises `TimeoutExpired` after so many seconds, and then nothing of it runs on.
    """
    if sys.platform != "linux":
        return None
    with tempfile.TemporaryDirectory(prefix="namespace-") as folder:
        report = Path(folder, "report.json")
        environment = {
            **{name: word for name, word in os.environ.items() if name not in _BUILD_SERVERS},
            "PYTHONPATH": os.pathsep.join(each or str(Path.cwd()) for each in sys.path),
            **(environment or {}),
        }
        with subprocess.Popen(
            [sys.executable, "-P", "-m", __name__, str(report), *command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env=environment,
            start_new_session=True,
        ) as process:
            try:
                output, _ = process.communicate(timeout=seconds)
            except subprocess.TimeoutExpired:
                # The command and what it has started hold the pipe that is waited for.
                os.killpg(process.pid, signal.SIGKILL)
                raise
        if process.returncode == _NO_NAMESPACE:
            return None
        if process.returncode:
            raise RuntimeError(output)
        told = json.loads(report.read_text(encoding="utf-8"))
        return Traffic(
            told["status"],
            told["count"],
            tuple(told["packets"]),
            tuple(told["names"]),
            output,
        )


def main(report: str, command: Sequence[str]) -> int:
    """Enter a namespace, run the command in it, write the report."""
    try:
        _enter()
    except OSError as error:
        print(f"no network namespace: {error}", file=sys.stderr)
        return _NO_NAMESPACE
    with _Names() as names, _Packets() as packets:
        status = subprocess.run(command, check=False).returncode
    told = {
        "status": status,
        "count": len(packets.seen),
        "packets": packets.seen[:_NAMED],
        "names": names.asked,
    }
    Path(report).write_text(json.dumps(told), encoding="utf-8")
    return 0


def _enter() -> None:
    """Move this process, which has one thread, to its own network. Raises `OSError`."""
    libc = ctypes.CDLL(None, use_errno=True)
    user, group = os.getuid(), os.getgid()
    if libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET | _CLONE_NEWNS) == 0:
        # The same numbers inside: the command is whoever started it.
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    elif libc.unshare(_CLONE_NEWNET | _CLONE_NEWNS) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, _SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", _IFF_UP))
    loopback = socket.if_nametoindex("lo")
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, _NETLINK_ROUTE) as route:
        own = socket.inet_aton(_OWN)
        address = struct.pack("=BBBBi", socket.AF_INET, 32, 0, 0, loopback)
        _ask(route, _RTM_NEWADDR, address + _attribute(1, own) + _attribute(2, own))
        out = _attribute(4, struct.pack("=i", loopback))
        for family in (socket.AF_INET, socket.AF_INET6):
            # To 0 bits of prefix, in the table "local" (255), of the kind "local" (2).
            everything = struct.pack("=BBBBBBBBI", family, 0, 0, 0, 255, 4, 254, 2, 0)
            try:
                _ask(route, _RTM_NEWROUTE, everything + out)
            except OSError:
                if family == socket.AF_INET:
                    raise
    _resolve_by_dns(libc)


def _attribute(kind: int, value: bytes) -> bytes:
    return struct.pack("=HH", 4 + len(value), kind) + value


def _ask(route: socket.socket, kind: int, body: bytes) -> None:
    """Send one netlink request and read its acknowledgement. Raises `OSError`."""
    route.send(struct.pack("=IHHII", 16 + len(body), kind, _NLM_REQUEST_ACK_CREATE, 1, 0) + body)
    answer = route.recv(4096)
    (code,) = struct.unpack_from("=i", answer, 16)
    if code:
        raise OSError(-code, os.strerror(-code))


def _resolve_by_dns(libc: ctypes.CDLL) -> None:
    """Have names asked of DNS; a resolver behind a Unix socket would ask outside for us."""
    libc.mount(None, b"/", None, _MS_REC_PRIVATE, None)
    for path, words in (
        ("/etc/resolv.conf", f"nameserver {_OWN}\n"),
        ("/etc/nsswitch.conf", "hosts: files dns\n"),
    ):
        with tempfile.NamedTemporaryFile("w", prefix="namespace-") as file:
            file.write(words)
            file.flush()
            # The mount keeps the file after its name is gone.
            libc.mount(file.name.encode(), path.encode(), None, _MS_BIND, None)


class _Names:
    """A DNS server that gives every name the same address and notes what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("0.0.0.0", 53))
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> "_Names":
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        # What was asked last has come, since packets keep their order.
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as last:
            last.sendto(b"", ("127.0.0.1", 53))
        self._thread.join()
        self._socket.close()

    def _serve(self) -> None:
        while True:
            question, sender = self._socket.recvfrom(4096)
            if not question:
                return
            if len(question) < 17:
                continue
            name, at = [], 12
            while question[at] and at + question[at] < len(question):
                name.append(question[at + 1 : at + 1 + question[at]].decode("ascii", "replace"))
                at += question[at] + 1
            self.asked.append(".".join(name))
            (kind,) = struct.unpack_from("!H", question, at + 1)
            answers = 1 if kind == 1 else 0
            reply = question[:2] + struct.pack("!HHHHH", 0x8180, 1, answers, 0, 0)
            reply += question[12 : at + 5]
            if answers:
                reply += struct.pack("!HHHIH", 0xC00C, 1, 1, 60, 4) + socket.inet_aton(_ANSWER)
            self._socket.sendto(reply, sender)


class _Packets:
    """Notes every packet whose destination is not loopback and no question to our DNS server."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self._socket = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(_ETH_P_ALL))
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
        self._socket.bind(("lo", _ETH_P_ALL))
        self._socket.settimeout(0.05)
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "_Packets":
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._ended.set()
        self._thread.join()
        self._socket.close()

    def _watch(self) -> None:
        while True:
            try:
                packet, link = self._socket.recvfrom(65536)
            except TimeoutError:
                # Nothing waits any more: what was sent before the end has been seen.
                if self._ended.is_set():
                    return
                continue
            # Loopback shows each packet twice: on its way out and on its way in.
            if link[2] == _PACKET_OUTGOING and (told := _beyond(packet)):
                self.seen.append(told)


def _beyond(packet: bytes) -> str:
    """Where a packet goes, as "tcp 203.0.113.7:443"; "" for one that stays on the machine."""
    version = packet[0] >> 4 if packet else 0
    if version == 4 and len(packet) >= 20:
        head, kind = 4 * (packet[0] & 15), packet[9]
        to = str(ipaddress.IPv4Address(packet[16:20]))
        loopback = to.startswith("127.") or to == _OWN
    elif version == 6 and len(packet) >= 40:
        head, kind = 40, packet[6]
        address = ipaddress.IPv6Address(packet[24:40])
        to, loopback = f"[{address}]", address.is_loopback
    else:
        return ""
    if loopback:
        return ""
    name = {6: "tcp", 17: "udp"}.get(kind)
    if name is None or len(packet) < head + 4:
        return f"protocol {kind} {to}"
    (port,) = struct.unpack_from("!H", packet, head + 2)
    return f"{name} {to}:{port}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
