"""A library on another machine, or in another program: the same calls, over HTTP.

`Library.open("http://…", token=…)` returns one. Its calls are made from the table of operations;
those that are not in it need files or processes of the other machine, and say so. A connection can
be kept in a file, which stands for the library in the window.
"""

import inspect
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import wraps
from http.client import (
    HTTPConnection,
    HTTPException,
    HTTPResponse,
    HTTPSConnection,
    IncompleteRead,
)
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from pydantic_core import to_json

from ingest.books import naming
from workbench import errors, permissions
from workbench.arguments import unpack
from workbench.errors import (
    Cancelled,
    InputError,
    LibraryUnreachableError,
    UsageError,
    WorkbenchError,
)
from workbench.intake.records import Added
from workbench.intake.requests import title_of
from workbench.jobs import Cancel, Progress, Report, silent
from workbench.library.groups import GROUPS
from workbench.library.library import Library
from workbench.library.operations import OPERATIONS, Operation, public

#: Seconds that a server may take to be reached, and to say something.
_REACH, _TIMEOUT = 10.0, 120.0
#: Seconds until a server that went away is looked for again.
_RETRY = 2.0
#: What a change may be about, as `subscribe` names it.
_TOPICS = ("sources", "collections", "queue", "facts")
#: Seconds after which a server may have closed a connection that was not used.
_FRESH = 3.0
_EVENTS = "text/event-stream"
#: What this side has of what goes on at the server: nothing that works, rests or is written here.
_REMOTE_VALUES: Mapping[str, Any] = {
    "queue.work": None,
    "queue.list": [],
    "queue.paused": False,
    "models.progress": None,
    "graph.progress": None,
    "answers.writes": False,
}
#: The errors that a server names, by their codes.
_ERRORS: Mapping[str, type[WorkbenchError]] = {
    each.code: each
    for each in vars(errors).values()
    if isinstance(each, type) and issubclass(each, WorkbenchError)
}


class Wire:
    """Connections to one server, one for each thread that asks."""

    def __init__(self, address: str, token: str | None) -> None:
        """Nothing is sent yet. Raises `UsageError` for what is not an address."""
        try:
            parts = urlsplit(address)
            self._at = parts.hostname or "", parts.port
        except ValueError:
            raise UsageError(
                f"“{address}” is not an address.", "Such as http://127.0.0.1:8765"
            ) from None
        self._secure = parts.scheme == "https"
        self._base = parts.path.rstrip("/")
        self._headers = {"Authorization": f"Bearer {token or ''}"}
        self._own = threading.local()
        self._open: set[HTTPConnection] = set()
        self.shown = f"{parts.scheme}://{parts.netloc}"

    def send(self, method: str, place: str, body: bytes = b"", **headers: str) -> HTTPResponse:
        """Send a request; returns the answer to be read. Raises what the server refuses with."""
        fields = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection = self._connection()
            connection.request(method, self._base + place, body, {**self._headers, **fields})
            answer: HTTPResponse = connection.getresponse()
        except (OSError, HTTPException, ValueError) as error:
            self.close()
            raise self.unreachable() from error
        self._own.used = time.monotonic()
        if answer.status == 200:
            return answer
        try:
            problem = json.loads(answer.read())
        except (OSError, HTTPException, ValueError):
            problem = {}
        self.close()
        raise _to_error(answer.status, problem)

    def unreachable(self) -> LibraryUnreachableError:
        """What to say where the server does not answer."""
        return LibraryUnreachableError(
            f"The server at {self.shown} does not answer.",
            "Start it there with `workbench serve`, and check address and port.",
        )

    def close(self) -> None:
        """Close the connection of this thread."""
        connection = getattr(self._own, "connection", None)
        if connection is not None:
            connection.close()
            self._open.discard(connection)
            self._own.connection = None

    def end(self) -> None:
        """Close the connections of all threads, of which none is in use any more."""
        while self._open:
            self._open.pop().close()

    def wake(self) -> None:
        """Let those who wait for an answer get none; each closes its own connection."""
        for connection in list(self._open):
            with suppress(OSError):
                if connection.sock is not None:
                    connection.sock.shutdown(socket.SHUT_RDWR)

    def _connection(self) -> HTTPConnection:
        connection: HTTPConnection | None = getattr(self._own, "connection", None)
        if connection is not None and time.monotonic() - self._own.used < _FRESH:
            return connection
        self.close()
        kind = HTTPSConnection if self._secure else HTTPConnection
        connection = self._own.connection = kind(*self._at, timeout=_REACH)
        self._open.add(connection)
        connection.connect()
        connection.sock.settimeout(_TIMEOUT)
        return connection


class _Far:
    """What a remote library and its groups have in common."""

    def __init__(self, wire: Wire, is_read_only: bool) -> None:
        """Made with the library that it is of."""
        self._wire = wire
        self._reads_only = is_read_only

    def _operate(self, operation: Operation, arguments: Mapping[str, Any]) -> Any:
        options = dict(arguments)
        report, cancel = options.pop("report", silent), options.pop("cancel", None)
        if operation.effect != "read":
            self._check_writes()
        body = to_json(operation.checked(options))
        place = f"/v1/{operation.name.replace('.', '/')}"
        return self._answer(operation, place, body, "application/json", report, cancel)

    def _check_writes(self) -> None:
        if self._reads_only:
            raise UsageError(
                "This library is read-only here.", "Start the server with --write to change it."
            )

    def _answer(
        self,
        operation: Operation,
        place: str,
        body: bytes,
        kind: str,
        report: Report,
        cancel: Cancel | None,
    ) -> Any:
        accepted = "application/json" if report is silent and cancel is None else _EVENTS
        answer = self._wire.send("POST", place, body, Content_Type=kind, Accept=accepted)
        try:
            if accepted != _EVENTS or not answer.getheader("Content-Type", "").startswith(_EVENTS):
                return operation.gives.validate_json(answer.read())
            for name, value in _events(answer):
                if cancel is not None:
                    cancel.check()
                if name == "result":
                    return operation.gives.validate_python(value)
                if name == "error":
                    raise _to_error(422, value)
                report(Progress(**value))
        except (OSError, HTTPException) as error:
            self._wire.close()
            raise self._wire.unreachable() from error
        finally:
            if accepted == _EVENTS:
                self._wire.close()
        raise self._wire.unreachable()


class RemoteLibrary(_Far, Library):
    """A library behind `workbench serve`; made by `Library.open`."""

    def __init__(self, address: str, token: str | None, *, read_only: bool = False) -> None:
        """Ask the server what it is. Raises `UsageError` and `LibraryUnreachableError`."""
        wire = Wire(address, token)
        description = json.loads(wire.send("GET", "/v1").read())
        if description.get("service") != "engram-workbench":
            raise UsageError(f"What answers at {wire.shown} is not a library.", "Check it.")
        self._id = str(description["id"])
        super().__init__(wire, read_only or bool(description["read_only"]))
        self._listener = _Listener(Wire(address, token))
        for name, kind in _GROUPS.items():
            setattr(self, name, kind(self._wire, self._reads_only))

    def close(self) -> None:
        """Close the connections; the server and its library go on."""
        self._listener.stop()
        self._wire.end()

    def subscribe(self, callback: Callable[[str], None]) -> Callable[[], None]:
        """Call `callback(topic)` on a thread when something changed there, as `Library` does.

        Also when the server went away, and when it is there again: whoever asks then learns which.
        """
        return self._listener.add(callback)

    def add(
        self,
        paths: str | Path | Sequence[str | Path | int] | None,
        *,
        collection: str | None = None,
        title: str | None = None,
        wait: str = "verified",
        replace: bool = False,
        typed: bool = False,
        report: Report = silent,
        cancel: Cancel | None = None,
        each: Callable[[Added], None] | None = None,
    ) -> list[Added]:
        """Send files of this machine to the library, which keeps them whole."""
        if wait != "verified" or replace or typed:
            raise UsageError("Files can only be sent and verified.", "Leave out the other options.")
        results: list[Added] = []
        for path in [paths] if isinstance(paths, str | Path) else paths or ():
            if isinstance(path, int):
                raise UsageError("Sources are read again where the library is.", "Do it there.")
            try:
                content = Path(path).read_bytes()
            except OSError as error:
                raise InputError(
                    f"“{path}” cannot be read: {error.strerror}.",
                    "Give the name of a file that you may read.",
                ) from None
            name = title
            if name is None and title_of(content) is not None:
                # Text does not say what it is called, and its file does.
                name = naming.from_file_name(path)
            results += self.add_text(
                content, title=name, collection=collection, report=report, cancel=cancel
            )
        if each is None:
            return results
        for added in results:
            each(added)
        return []

    def add_text(
        self,
        content: str | bytes,
        *,
        title: str | None = None,
        collection: str | None = None,
        wait: str = "verified",
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> list[Added]:
        """Send a document, which the library keeps whole, whatever a file may be."""
        if wait != "verified":
            raise UsageError(
                "Documents can only be sent and verified.", "Leave out the other option."
            )
        self._check_writes()
        fields = {"title": title, "collection": collection}
        words = urlencode({key: value for key, value in fields.items() if value is not None})
        body = content.encode("utf-8", "replace") if isinstance(content, str) else content
        added: list[Added] = self._answer(
            OPERATIONS["add_text"], f"/v1/upload?{words}", body, "application/octet-stream",
            report, cancel,
        )  # fmt: skip
        return added

    path = property(lambda _self: None, doc="None: it lies elsewhere.")
    id = property(lambda self: self._id, doc="The library's own id, given at its making.")
    read_only = property(lambda self: self._reads_only, doc="Whether nothing can be stored.")
    reads = property(lambda _self: True, doc="The server knows.")
    reader_trouble = property(lambda _self: "", doc="The server knows.")
    notice = property(lambda _self: "", doc="The server knows.")
    clock_notice = property(lambda _self: "", doc="The server knows.")


class _Listener:
    """Tells its callbacks what changes at the server, on one thread that ends with the library."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._callbacks: list[Callable[[str], None]] = []
        self._ending = threading.Event()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def add(self, callback: Callable[[str], None]) -> Callable[[], None]:
        """Call this from now on; returns what ends that."""
        with self._lock:
            self._callbacks.append(callback)
            if self._thread is None:
                self._thread = threading.Thread(target=self._listen, name="events", daemon=True)
                self._thread.start()

        def leave() -> None:
            with self._lock, suppress(ValueError):
                self._callbacks.remove(callback)

        return leave

    def stop(self) -> None:
        """Listen no more."""
        self._ending.set()
        self._wire.wake()
        if self._thread is not None:
            self._thread.join(_REACH)

    def _listen(self) -> None:
        connected = True
        while not self._ending.is_set():
            with suppress(WorkbenchError, OSError, HTTPException, ValueError):
                answer = self._wire.send("GET", "/v1/events")
                if not connected:
                    connected = True
                    self._notify(*_TOPICS)
                for _, topic in _events(answer):
                    self._notify(topic)
            self._wire.close()
            if connected and not self._ending.is_set():
                connected = False
                self._notify(*_TOPICS)
            self._ending.wait(_RETRY)

    def _notify(self, *topics: str) -> None:
        with self._lock:
            callbacks = list(self._callbacks)
        for callback in callbacks:
            for topic in topics:
                callback(topic)


def save_connection(file: Path, address: str, token: str) -> None:
    """Keep a connection in a file that its owner alone may read."""
    permissions.folder(file.parent)
    record = json.dumps({"address": address, "token": token})
    permissions.private(file).write_text(record, encoding="utf-8")


def load_connection(file: Path) -> tuple[str, str]:
    """The address and token of a connection that was kept. Raises `InputError`."""
    try:
        record = json.loads(file.read_text(encoding="utf-8"))
        return str(record["address"]), str(record["token"])
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise InputError(
            f"“{file.name}” is not a saved connection.", "Give address and token again."
        ) from error


def _remote_call(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
    """The call of that name over the wire; one that is not offered says so."""
    operation = OPERATIONS.get(name)
    signature = inspect.signature(call)

    @wraps(call)
    def send(self: Any, /, *args: Any, **given: Any) -> Any:
        if name in _REMOTE_VALUES:
            return _REMOTE_VALUES[name]
        if operation is None:
            raise UsageError(
                "This works only on the computer where the library is.", "Do it there."
            )
        try:
            bound = dict(signature.bind(self, *args, **given).arguments)
        except TypeError as error:
            raise UsageError(f"The arguments do not fit: {error}.", "See its help.") from None
        bound = unpack(call, bound)
        bound.pop("self", None)
        if operation.several is not None:
            bound[operation.several] = list(bound.get(operation.several, ()))
        return self._operate(operation, bound)

    return send


def _mirrored(name: str, static: Any) -> Any:
    """What a group of a remote library has where the library's has `static`."""
    if isinstance(static, property):
        return property(lambda _self: _REMOTE_VALUES[name], doc=static.__doc__)
    return _remote_call(name, static) if inspect.isfunction(static) else static


def _to_error(status: int, problem: Mapping[str, Any]) -> WorkbenchError:
    """The error that a problem document tells."""
    title = problem.get("title") or f"The server answered with the status {status}."
    hint = problem.get("hint", "")
    if problem.get("code") == Cancelled.code:
        return Cancelled()
    kind = _ERRORS.get(
        problem.get("code", ""), UsageError if status < 500 else LibraryUnreachableError
    )
    return kind(title, hint)


def _lines(answer: HTTPResponse) -> Iterator[bytes]:
    try:
        yield from answer
    except AttributeError as error:
        # Closed by another thread while it is read, it has no file any more.
        raise IncompleteRead(b"") from error


def _events(answer: HTTPResponse) -> Iterator[tuple[str, Any]]:
    """The server-sent events of an answer: names with their values."""
    name = ""
    for line in _lines(answer):
        key, _, value = line.decode().rstrip("\n").partition(": ")
        if key == "event":
            name = value
        elif key == "data":
            yield name, json.loads(value)


for _name, _static in public(Library):
    if inspect.isfunction(_static) and _name not in ("add", "add_text", "close", "subscribe"):
        setattr(RemoteLibrary, _name, _remote_call(_name, _static))

_GROUPS: dict[str, Callable[[Wire, bool], Any]] = {
    group: type(
        f"Remote{kind.__name__}",
        (_Far,),
        {name: _mirrored(f"{group}.{name}", static) for name, static in public(kind)},
    )
    for group, kind in GROUPS.items()
}
