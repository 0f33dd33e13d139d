"""A library on another machine, or in another program: the same calls, over HTTP.

`Library.open("http://…", token=…)` returns one. Its calls are made from the table of operations;
those that are not in it need files or processes of the other machine, and say so.
"""

import inspect
import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import wraps
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from pydantic_core import to_json

from workbench import errors
from workbench.errors import (
    Cancelled,
    InputError,
    LibraryUnreachableError,
    UsageError,
    WorkbenchError,
)
from workbench.intake.records import Added
from workbench.jobs import Cancel, Progress, Report, silent
from workbench.library.library import GROUPS, Library
from workbench.library.operations import OPERATIONS, Operation, public

_PATIENCE = 120.0
#: Seconds after which a server may have closed a connection that was not used.
_FRESH = 3.0
#: The errors that a server names, by their codes.
_ERRORS: Mapping[str, type[WorkbenchError]] = {
    each.code: each
    for each in vars(errors).values()
    if isinstance(each, type) and issubclass(each, WorkbenchError)
}


class Wire:
    """Connections to one server, one for each thread that asks."""

    def __init__(self, address: str, token: str | None) -> None:
        """Nothing is sent yet. Raises `UsageError` for what is no address."""
        try:
            parts = urlsplit(address)
            self._at = parts.hostname or "", parts.port
        except ValueError:
            raise UsageError(
                f"“{address}” is no address.", "Such as http://127.0.0.1:8765"
            ) from None
        self._secure = parts.scheme == "https"
        self._base = parts.path.rstrip("/")
        self._headers = {"Authorization": f"Bearer {token or ''}"}
        self._own = threading.local()
        self._open: set[HTTPConnection] = set()
        self.shown = f"{parts.scheme}://{parts.netloc}"

    def ask(self, method: str, place: str, body: bytes = b"", **headers: str) -> HTTPResponse:
        """Send a request; returns the answer to be read. Raises what the server refuses with."""
        connection = self._connection()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, self._base + place, body, {**self._headers, **named})
            answer: HTTPResponse = connection.getresponse()
        except (OSError, HTTPException, ValueError) as error:
            self.close()
            raise LibraryUnreachableError(
                f"The server at {self.shown} does not answer.",
                "Start it there with `workbench serve`, and check address and port.",
            ) from error
        self._own.used = time.monotonic()
        if answer.status == 200:
            return answer
        try:
            said = json.loads(answer.read())
        except (OSError, HTTPException, ValueError):
            said = {}
        self.close()
        raise _refused(answer.status, said)

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

    def _connection(self) -> HTTPConnection:
        connection: HTTPConnection | None = getattr(self._own, "connection", None)
        if connection is not None and time.monotonic() - self._own.used < _FRESH:
            return connection
        self.close()
        kind = HTTPSConnection if self._secure else HTTPConnection
        connection = self._own.connection = kind(*self._at, timeout=_PATIENCE)
        self._open.add(connection)
        return connection


class _Far:
    """What a remote library and its groups have in common."""

    def __init__(self, wire: Wire, reads_only: bool) -> None:
        """Made with the library that it is of."""
        self._wire = wire
        self._reads_only = reads_only

    def _operate(self, operation: Operation, given: Mapping[str, Any]) -> Any:
        named = dict(given)
        report, cancel = named.pop("report", silent), named.pop("cancel", None)
        if self._reads_only and operation.effect != "read":
            raise UsageError("This library only reads.", "The server can be started with --write.")
        body = to_json(operation.checked(named))
        place = f"/v1/{operation.name.replace('.', '/')}"
        return self._answer(operation, place, body, "application/json", report, cancel)

    def _answer(
        self,
        operation: Operation,
        place: str,
        body: bytes,
        kind: str,
        report: Report,
        cancel: Cancel | None,
    ) -> Any:
        if report is silent and cancel is None:
            answer = self._wire.ask("POST", place, body, Content_Type=kind)
            return operation.gives.validate_json(answer.read())
        wanted = "text/event-stream"
        answer = self._wire.ask("POST", place, body, Content_Type=kind, Accept=wanted)
        if answer.getheader("Content-Type", "").partition(";")[0] != wanted:
            return operation.gives.validate_json(answer.read())
        try:
            for name, value in _events(answer):
                if cancel is not None:
                    cancel.check()
                if name == "result":
                    return operation.gives.validate_python(value)
                if name == "error":
                    raise _refused(422, value)
                report(Progress(**value))
        finally:
            self._wire.close()
        raise LibraryUnreachableError("The server ended in the middle.", "Ask again.")


class RemoteLibrary(_Far, Library):
    """A library behind `workbench serve`; made by `Library.open`."""

    def __init__(self, address: str, token: str | None, *, read_only: bool = False) -> None:
        """Ask the server what it is. Raises `UsageError` and `LibraryUnreachableError`."""
        wire = Wire(address, token)
        about = json.loads(wire.ask("GET", "/v1").read())
        if about.get("service") != "engram-workbench":
            raise UsageError(f"What answers at {wire.shown} is no library.", "Check it.")
        self._id = str(about["id"])
        super().__init__(wire, read_only or bool(about["read_only"]))
        for name, kind in _GROUPS.items():
            setattr(self, name, kind(self._wire, self._reads_only))

    def close(self) -> None:
        """Close the connections; the server and its library go on."""
        self._wire.end()

    def add(
        self,
        paths: str | Path | Sequence[str | Path],
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
            raise UsageError("Files are only sent, and verified.", "Leave out the other wishes.")
        done: list[Added] = []
        for path in [paths] if isinstance(paths, str | Path) else paths:
            try:
                content = Path(path).read_bytes()
            except OSError as error:
                raise InputError(f"“{path}” cannot be read: {error.strerror}.") from None
            named = {"title": title, "collection": collection}
            words = urlencode({key: value for key, value in named.items() if value is not None})
            done += self._answer(
                OPERATIONS["add_text"], f"/v1/upload?{words}", content,
                "application/octet-stream", report, cancel,
            )  # fmt: skip
        if each is None:
            return done
        for added in done:
            each(added)
        return []

    path = property(lambda _self: None, doc="None: it lies elsewhere.")
    id = property(lambda self: self._id, doc="The library's own id, given at its making.")
    read_only = property(lambda self: self._reads_only, doc="Whether nothing can be stored.")
    reads = property(lambda _self: True, doc="The server knows.")
    reader_trouble = property(lambda _self: "", doc="The server knows.")
    notice = property(lambda _self: "", doc="The server knows.")
    clock_notice = property(lambda _self: "", doc="The server knows.")


def _called(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
    """The call of that name over the wire; one that is not offered says so."""
    operation = OPERATIONS.get(name)
    signature = inspect.signature(call)

    @wraps(call)
    def called(self: Any, /, *args: Any, **given: Any) -> Any:
        if operation is None:
            raise UsageError(
                f"“{name}” works only where the library lies.", "Run it on that machine."
            )
        try:
            bound = dict(signature.bind(self, *args, **given).arguments)
        except TypeError as error:
            raise UsageError(f"The arguments do not fit: {error}.", "See its help.") from None
        bound.pop("self", None)
        return self._operate(operation, bound)

    return called


def _refused(status: int, said: Mapping[str, Any]) -> WorkbenchError:
    """The error that a problem document tells."""
    title = said.get("title") or f"The server answered with the status {status}."
    hint = said.get("hint", "")
    if said.get("code") == Cancelled.code:
        return Cancelled()
    kind = _ERRORS.get(
        said.get("code", ""), UsageError if status < 500 else LibraryUnreachableError
    )
    return kind(title, hint)


def _events(answer: HTTPResponse) -> Iterator[tuple[str, Any]]:
    """The server-sent events of an answer: names with their values."""
    name = ""
    for line in answer:
        key, _, value = line.decode().rstrip("\n").partition(": ")
        if key == "event":
            name = value
        elif key == "data":
            yield name, json.loads(value)


for _name, _static in public(Library):
    if inspect.isfunction(_static) and _name not in ("add", "close"):
        setattr(RemoteLibrary, _name, _called(_name, _static))

_GROUPS: dict[str, Callable[[Wire, bool], Any]] = {
    group: type(
        f"Remote{kind.__name__}",
        (_Far,),
        {
            name: _called(f"{group}.{name}", static) if inspect.isfunction(static) else static
            for name, static in public(kind)
        },
    )
    for group, kind in GROUPS.items()
}
