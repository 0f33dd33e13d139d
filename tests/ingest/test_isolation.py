"""A process that is isolated reaches nobody, by whichever means it is held."""

import subprocess
import sys
from collections.abc import Iterator

import pytest

from ingest import isolation
from tests.patience import seconds
from tests.web_server import Page, WebServer, web_server

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="what macOS offers was not tried, and Windows offers nothing"
)

#: Isolates itself in the way that is named and tells which it was; then tries to get out.
_TRIES = """
import ctypes, errno, os, socket, subprocess, sys
from ingest import isolation
way, port = sys.argv[1], int(sys.argv[2])
if way:
    isolation._WAYS = {sys.platform: {way: isolation._WAYS[sys.platform][way]}}
    print(isolation.isolate())
else:
    print("open")

def told(name, work):
    try:
        work()
    except OSError as error:
        print(name, "refused")
    else:
        print(name, "reached")

def datagram(*_more):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.sendto(b"x", ("127.0.0.1", port))

told("tcp", lambda: socket.create_connection(("127.0.0.1", port), 5).close())
told("udp", datagram)
told("unix", lambda: socket.socket(socket.AF_UNIX).close())
child = "import socket; socket.create_connection(('127.0.0.1', %d), 5)" % port
try:
    ended = subprocess.run([sys.executable, "-c", child], stderr=subprocess.DEVNULL).returncode
except PermissionError:
    ended = 1
print("child", "refused" if ended else "reached")
libc = ctypes.CDLL(None, use_errno=True)
ring = libc.syscall(425, 4, ctypes.create_string_buffer(256))
print("ring", "refused" if ring < 0 else "reached")
one, other = socket.socketpair()
one.sendall(b"pair")
print(other.recv(4).decode())
print(open(sys.executable, "rb").read(4) == b"\\x7fELF")
"""


@pytest.fixture
def server() -> Iterator[WebServer]:
    """Somebody to reach on loopback."""
    with web_server() as running:
        running.pages["/"] = Page(b"words")
        yield running


def tried(way: str, server: WebServer) -> list[str]:
    """What a process says that isolated itself so and then tried to get out."""
    done = subprocess.run(
        [sys.executable, "-c", _TRIES, way, str(server.server_port)],
        capture_output=True, text=True, check=True, timeout=seconds(100),
    )  # fmt: skip
    return done.stdout.splitlines()


def test_a_process_that_is_not_isolated_gets_out(server: WebServer) -> None:
    told = tried("", server)
    assert told[:5] == ["open", "tcp reached", "udp reached", "unix reached", "child reached"]


def test_a_filter_leaves_no_way_to_any_socket_but_a_pair_of_ones_own(server: WebServer) -> None:
    told = tried("seccomp", server)
    if not told[0]:
        pytest.skip("this kernel has no seccomp filters")
    assert told == [
        *("seccomp", "tcp refused", "udp refused", "unix refused", "child refused"),
        *("ring refused", "pair", "True"),
    ]


def test_a_namespace_has_nobody_in_it(server: WebServer) -> None:
    told = tried("namespace", server)
    if not told[0]:
        pytest.skip("network namespaces are not allowed here")
    assert told[:3] == ["namespace", "tcp refused", "udp refused"]
    assert told[4] == "child refused"


def test_landlock_stops_tcp(server: WebServer) -> None:
    told = tried("landlock", server)
    if not told[0]:
        pytest.skip("this kernel has no Landlock rules for networks")
    assert (told[0], told[1], told[4]) == ("landlock", "tcp refused", "child refused")


def test_what_is_offered_is_what_holds(server: WebServer) -> None:
    script = "from ingest import isolation; print(isolation.offered()); print(isolation.isolate())"
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        timeout=seconds(100),
    )
    offered, held = done.stdout.splitlines()
    assert offered == held == isolation.offered()


def test_a_filter_holds_threads_that_ran_before(server: WebServer) -> None:
    script = (
        "import socket, sys, threading\n"
        "from ingest import isolation\n"
        "go = threading.Event()\n"
        "def late():\n"
        "    go.wait()\n"
        "    try: socket.create_connection(('127.0.0.1', int(sys.argv[1])), 5)\n"
        "    except OSError: print('refused')\n"
        "thread = threading.Thread(target=late); thread.start()\n"
        "held = isolation.isolate(); go.set(); thread.join(); print(held)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(server.server_port)],
        capture_output=True, text=True, check=True, timeout=seconds(100),
    )  # fmt: skip
    if not done.stdout.endswith("seccomp\n"):
        pytest.skip("this kernel has no seccomp filters")
    assert done.stdout == "refused\nseccomp\n"
