"""What a remote library makes of servers that are broken or mean harm: a sentence for each."""

import socket
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from ingest.models.watched import Timing
from tests.patience import seconds
from workbench.errors import UsageError, WorkbenchError
from workbench.library import Library, wire

_MB = 1 << 20
_DESCRIPTION = b'{"service":"engram-workbench","version":"1","id":"x","read_only":false}'


def whole(body: bytes, *fields: bytes, status: bytes = b"200 OK") -> bytes:
    """An answer with a right length."""
    head = (b"HTTP/1.1 " + status, b"Content-Length: %d" % len(body), *fields)
    return b"\r\n".join((*head, b"", body))


def blanks(connection: socket.socket) -> None:
    """1.5 GB of blanks before a bracket, or as many as are taken."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % (1500 * _MB + 2))
    for _ in range(1500):
        connection.sendall(b" " * _MB)
    connection.sendall(b"{}")


def drip(connection: socket.socket) -> None:
    """A byte now and then, for ever."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    while True:
        connection.sendall(b" ")
        time.sleep(0.02)


def endless_head(connection: socket.socket) -> None:
    """Header after header."""
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        connection.sendall(b"X-Long: " + b"x" * 1000 + b"\r\n")


def endless_events(connection: socket.socket) -> None:
    """One event whose line does not end."""
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\nevent: result\ndata: ")
    while True:
        connection.sendall(b"[" * _MB)


Answer = bytes | Callable[[socket.socket], None]
#: Answers by what is wrong with them.
NONSENSE: dict[str, Answer] = {
    "no words": b"",
    "not HTTP": b"220 mail.example ESMTP\r\n",
    "not JSON": whole(b"<html>Welcome</html>"),
    "no object": whole(b"[1, 2]"),
    "a word": whole(b"true"),
    "another shape": whole(b'{"answer": 42}'),
    "wrong types": whole(b'{"evidence": {"a": []}, "question": 7, "abstained": "perhaps"}'),
    "deep": whole(b"[" * 200_000),
    "deep and closed": whole(b'{"a":' * 100_000 + b"1" + b"}" * 100_000),
    "not UTF-8": whole(b'{"\xff\xfe": 1}'),
    "a number too long": whole(b"9" * 100_000),
    "packed": whole(b"\x1f\x8b\x08\x00", b"Content-Encoding: gzip"),
    "too short": b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{}",
    "too long": b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}" + b"x" * 5000,
    "two lengths": whole(b"{}", b"Content-Length: 900"),
    "a negative length": b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n{}",
    "wrong chunks": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n",
    "led elsewhere": whole(b"", b"Location: http://127.0.0.1:1/v1", status=b"302 Found"),
    "led elsewhere for good": whole(b"", b"Location: file:///etc/passwd", status=b"308 Gone"),
    "an error without words": whole(b"", status=b"500 Oh"),
    "an error that is a list": whole(b"[]", status=b"422 No"),
    "an error with odd words": whole(b'{"title": {"a": 1}, "code": ["x"]}', status=b"400 No"),
    "an error of many lines": whole(
        b'{"title": "' + b"a\\n" * 50_000 + b'", "code": "library"}', status=b"503 No"
    ),
    "an error with signs for a terminal": whole(
        b'{"title": "\\u001b]0;title\\u0007\\u001b[2J\\u202ehidden", "hint": "\\u009b31m"}',
        status=b"400 No",
    ),
    "a progress that is none": whole(b'event: progress\ndata: {"odd": 1}\n\n'),
    "an event that is none": whole(b"event: result\ndata: nothing\n\n"),
    "an end": whole(b": begun\n\n"),
    "blanks": blanks,
    "drip": drip,
    "endless head": endless_head,
    "endless events": endless_events,
}
CALLS: dict[str, Callable[[Library, Path], Any]] = {
    "ask": lambda library, _: library.ask("Who built it?"),
    "value": lambda library, _: library.facts.value("Who built it?"),
    "list": lambda library, _: library.sources.list(),
    "export": lambda library, folder: library.export(folder / "made"),
}


class Hostile:
    """A server that describes itself, and then answers everything with the same."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self.answer: Answer = b""
        self.described = True
        self.wrap: Callable[[socket.socket], socket.socket] = lambda connection: connection
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        with suppress(OSError), self.wrap(connection) as connection:
            request = connection.recv(65536)
            if self.described and request.startswith(b"GET /v1 "):
                connection.sendall(whole(_DESCRIPTION, b"Connection: close"))
            elif isinstance(self.answer, bytes):
                connection.sendall(self.answer)
            else:
                self.answer(connection)


@contextmanager
def opened(server: Hostile) -> Iterator[Library]:
    library = Library.open(server.address, token="t" * 20)
    try:
        yield library
    finally:
        library.close()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hostile]:
    short = min(seconds(0.3), 1.5)
    monkeypatch.setattr(wire, "_TIMING", Timing(seconds(2), short, short, 4 * short))
    running = Hostile()
    yield running
    running.close()


def check(error: WorkbenchError) -> None:
    assert error.message.endswith((".", "”")), error.message
    assert str(error).isprintable()
    assert len(str(error)) < 1200


@pytest.mark.slow
@pytest.mark.parametrize("nonsense", NONSENSE)
def test_nonsense_is_one_sentence_whatever_is_asked(
    server: Hostile, nonsense: str, tmp_path: Path
) -> None:
    with opened(server) as library:
        server.answer = NONSENSE[nonsense]
        for name, call in CALLS.items():
            with pytest.raises(WorkbenchError) as raised:
                print(name, call(library, tmp_path))
            check(raised.value)
        assert not list(tmp_path.iterdir())
    server.described = False
    with pytest.raises(WorkbenchError) as raised:
        Library.open(server.address, token="t" * 20)
    check(raised.value)


@pytest.mark.slow
@pytest.mark.parametrize("nonsense", ["blanks", "endless head", "endless events", "deep"])
def test_what_does_not_end_costs_little_memory(
    server: Hostile, nonsense: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "_TIMING", Timing(seconds(2), seconds(30), seconds(30), seconds(60)))
    with opened(server) as library:
        server.answer = NONSENSE[nonsense]
        tracemalloc.start()
        try:
            for call in CALLS.values():
                with pytest.raises(WorkbenchError):
                    call(library, tmp_path)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert peak < 220 * _MB


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["../out", "a/../../out", "/etc/out", "C:\\out", "..", "a\x00b", "a\nb", ""]
)
def test_a_name_of_the_server_leads_nowhere(server: Hostile, name: str, tmp_path: Path) -> None:
    import json

    exported = {
        "path": "", "format": "bundle", "files": [], "sources": 0, "statements": 0, "facts": 0,
        "notes": 0, "concepts": 0, "bytes": 0,
    }  # fmt: skip
    event = b"event: result\ndata: " + json.dumps(exported).encode() + b"\n\n"

    def answer(connection: socket.socket) -> None:
        connection.sendall(whole(event, b"Connection: close"))
        server.answer = whole(json.dumps({"files": [name]}).encode(), b"Connection: close")

    folder = tmp_path / "deep" / "deeper"
    folder.mkdir(parents=True)
    server.answer = answer
    with opened(server) as library, pytest.raises(WorkbenchError) as raised:
        library.export(folder)
    check(raised.value)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_token_goes_unencrypted_to_this_machine_alone() -> None:
    for address in ("http://192.0.2.7:8765", "http://library.example", "http://[2001:db8::1]:80"):
        with pytest.raises(UsageError, match="unencrypted"):
            Library.open(address, token="secret")
        wire.Wire(address, "secret", insecure=True)
    for address in ("http://127.0.0.2:1", "http://localhost:1", "http://[::1]:1", "https://a.b"):
        wire.Wire(address, "secret")


def test_what_is_no_address_is_named() -> None:
    for address in ("http://", "http://[::1", "http://a:b@c", "http://127.0.0.1:99999", "ftp://a"):
        with pytest.raises(UsageError, match="not an address"):
            wire.Wire(address, "secret")
