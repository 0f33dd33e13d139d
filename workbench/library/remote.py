"""A library of another machine or process: the same calls, over HTTP.

`Library.open("http://…", token=…)` returns one. Its calls are generated from the table of
operations; others need files or processes of the server, and raise an error that says so. A
connection can be saved in a file, which the window opens like a library.
"""

import contextlib
import hashlib
import inspect
import json
import secrets
import shutil
import socket
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import wraps
from pathlib import Path, PureWindowsPath
from typing import IO, Any
from urllib.parse import quote, urlencode

from pydantic_core import to_json

from ingest.books import naming
from workbench import permissions
from workbench.arguments import unpack
from workbench.errors import Cancelled, InputError, LibraryFullError, UsageError, WorkbenchError
from workbench.intake.records import Added
from workbench.intake.requests import title_of
from workbench.jobs import Cancel, Progress, Report, silent
from workbench.library.groups import GROUPS
from workbench.library.library import Library
from workbench.library.operations import LOCAL, OPERATIONS, Operation, public
from workbench.library.wire import MAX_ANSWER, MAX_BYTES, Request, Wire, to_error, unstopped
from workbench.paths import absolute

# -- files to and from the server ------------------------------------------------------------------
# Files sent to and fetched from a library's server, for calls that read or write one.
# The server stores them under a key until the call is done, or the result is fetched, and then
# removes them. The key of a file is stable, so a database is recognised when it is learned again.
# File names of a server cannot leave the target folder.


_BLOCK = 1 << 18
_SQLITE = "sqlite:///"
#: Maximum files of one call.
_MAX_FILES = 1_000_000

#: Calls the server with these arguments.
Call = Callable[[Mapping[str, Any]], Any]


@contextlib.contextmanager
def open_file(path: Path) -> Iterator[IO[bytes]]:
    """Open a local file for reading. Raises `InputError`."""
    try:
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise InputError(
            f"“{path}” cannot be read: {error.strerror}.",
            "Give the name of a file that you may read.",
        ) from None


def blocks(file: IO[bytes]) -> Iterator[bytes]:
    """The rest of a file in blocks."""
    while block := file.read(_BLOCK):
        yield block


def send(wire: Wire, call: Call, arguments: Mapping[str, Any], parameter: str) -> Any:
    """Send the local file that `parameter` names, and call with it."""
    name = str(arguments[parameter])
    if "://" in name and not name.startswith(_SQLITE):
        raise UsageError(
            "A database of a server is learned on the computer where the library is.",
            "Do it there.",
        )
    path = absolute(name.removeprefix(_SQLITE))
    key = hashlib.sha256(f"{socket.gethostname()} {path}".encode()).hexdigest()[:32]
    place = f"/v1/files/{key}/{quote(path.name, safe='')}"
    with open_file(path) as file, _removed(wire, key):
        wire.read(Request(place, blocks(file), "application/octet-stream", "PUT"))
        result = call({**arguments, parameter: f"{key}/{path.name}"})
    return replace(result, place=str(path)) if hasattr(result, "place") else result


def fetch(wire: Wire, call: Call, arguments: Mapping[str, Any], parameter: str) -> Any:
    """Call, and fetch the result that `parameter` names: a new file or folder, or a folder for it.

    Existing files are not replaced. Raises `UsageError`.
    """
    target = absolute(arguments[parameter])
    if target.exists() and not target.is_dir():
        raise UsageError(f"“{target.name}” exists and was not touched.", "Choose another name.")
    if not target.parent.is_dir():
        raise UsageError(f"The folder “{target.parent}” does not exist.", "Make it first.")
    key = secrets.token_hex(16)
    with _removed(wire, key):
        given = "" if target.is_dir() else target.name
        result = call({**arguments, parameter: f"{key}/{given}"})
        names = _file_names(wire, key)
        if len(names) == 1 and len(names[0]) == 1 and target.is_dir():
            target = target / names[0][0]
        _save(wire, key, names, target)
    return replace(result, path=target)


def _save(wire: Wire, key: str, names: list[tuple[str, ...]], target: Path) -> None:
    """Fetch a file or a folder beside the target, and rename it to that when complete."""
    if target.exists():
        raise UsageError(f"“{target.name}” exists and was not touched.", "Choose another name.")
    part = target.parent / f".{key}.part"
    try:
        permissions.folder(part)
        for name in names:
            file = part.joinpath(*name)
            file.parent.mkdir(parents=True, exist_ok=True)
            place = "/".join(quote(item, safe="") for item in (key, *name))
            with permissions.private(file).open("wb") as opened_file:
                free = shutil.disk_usage(part).free
                wire.save(Request(f"/v1/files/{place}", method="GET"), opened_file, free)
        (part / names[0][0]).replace(target)
    except OSError as error:
        raise LibraryFullError(
            f"“{target}” cannot be written: {error.strerror}.", "Choose another place."
        ) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _file_names(wire: Wire, key: str) -> list[tuple[str, ...]]:
    """The files that a call has written, as path components. Raises `UsageError`."""
    text = wire.read(Request(f"/v1/files/{key}", method="GET"))
    with wire.failures():
        names = [tuple(str(name).split("/")) for name in json.loads(text)["files"]]
        if (
            not names
            or len(names) > _MAX_FILES
            or not all(_is_plain(item) for n in names for item in n)
        ):
            raise ValueError("no names of files")
        return names


def _is_plain(name: str) -> bool:
    """Whether a name is a plain file name on any system."""
    return (
        name not in ("", ".", "..")
        and PureWindowsPath(name).name == name
        and ":" not in name
        and name.isprintable()
    )


@contextlib.contextmanager
def _removed(wire: Wire, key: str) -> Iterator[None]:
    """Remove the files of a key at the end; an unreachable server does so itself."""
    try:
        yield
    finally:
        with contextlib.suppress(WorkbenchError):
            wire.read(Request(f"/v1/files/{key}", method="DELETE"))


#: Seconds before a lost server is tried again, and to wait for the listener's end.
_RETRY, _REACH = 2.0, 10.0
#: Bytes of a file by which its type is detected.
_START = 1 << 20
#: Topics of `subscribe`.
_TOPICS = ("sources", "collections", "queue", "facts")
#: Local values of attributes that describe background work at the server.
_REMOTE_VALUES: Mapping[str, Any] = {
    "queue.work": None,
    "queue.list": [],
    "queue.paused": False,
    "models.progress": None,
    "graph.progress": None,
    "answers.writes": False,
}


class _Far:
    """The base of a remote library and its groups."""

    def __init__(self, wire: Wire, is_read_only: bool) -> None:
        """Called by the library."""
        self._wire = wire
        self._reads_only = is_read_only

    def _operate(self, operation: Operation, arguments: Mapping[str, Any]) -> Any:
        options = dict(arguments)
        report, cancel = options.pop("report", silent), options.pop("cancel", None)
        if operation.writes(options):
            self._check_writes()
        check = unstopped if cancel is None else cancel.check

        def call(arguments: Mapping[str, Any]) -> Any:
            body = to_json(operation.checked(arguments))
            place = f"/v1/{operation.name.replace('.', '/')}"
            return self._answer(operation, Request(place, body, check=check), report)

        if operation.sends:
            return send(self._wire, call, options, operation.sends)
        if operation.fetches:
            return fetch(self._wire, call, options, operation.fetches)
        return call(options)

    def _check_writes(self) -> None:
        if self._reads_only:
            raise UsageError(
                "This library is read-only here.", "Start the server with --write to change it."
            )

    def _answer(self, operation: Operation, request: Request, report: Report = silent) -> Any:
        if not operation.long:
            size_limit = MAX_BYTES if operation.gives_bytes else MAX_ANSWER
            text = self._wire.read(request, size_limit)
            with self._wire.failures():
                return operation.gives.validate_json(text)
        for name, value in self._wire.events(request):
            with self._wire.failures():
                if name == "result":
                    return operation.gives.validate_python(value)
                if name == "error":
                    raise to_error(422, value)
                progress = Progress(**value) if name == "progress" else None
            if progress is not None:
                report(progress)
        raise self._wire.unreachable()


class RemoteLibrary(_Far, Library):
    """A library behind `workbench serve`; created by `Library.open`."""

    def __init__(
        self, address: str, token: str | None, *, read_only: bool = False, insecure: bool = False
    ) -> None:
        """Connect to a server. Raises `UsageError` and `LibraryUnreachableError`.

        Without `insecure` nothing is sent unencrypted beyond this machine.
        """
        wire = Wire(address, token, insecure=insecure)
        if not token:
            raise UsageError(
                f"The library at {wire.shown} needs a token.",
                "Pass token=…: `workbench serve` names the file with it when it starts.",
            )
        try:
            text = wire.read(Request("/v1", method="GET"))
            with wire.failures():
                description = json.loads(text)
                if description.get("service") != "engram-workbench":
                    raise ValueError("another program")
                self._id = str(description["id"])
                server_reads_only = bool(description["read_only"])
        except WorkbenchError:
            wire.end()
            raise
        super().__init__(wire, read_only or server_reads_only)
        self._listener = _Listener(Wire(address, token, insecure=insecure))
        for name, kind in _GROUPS.items():
            setattr(self, name, kind(self._wire, self._reads_only))

    def close(self) -> None:
        """Close the connections; the server keeps running."""
        self._listener.stop()
        self._wire.end()

    def subscribe(self, callback: Callable[[str], None]) -> Callable[[], None]:
        """Call `callback(topic)` on a thread after changes at the server, as `Library` does.

        Also when the connection is lost or restored: the subscriber's next call finds out which.
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
        """Send local files to the library, which stores them."""
        if replace or typed:
            raise UsageError(
                "A file that is sent becomes a new source.", "Leave out the other options."
            )
        results: list[Added] = []
        for path in [paths] if isinstance(paths, str | Path) else paths or ():
            if isinstance(path, int):
                raise UsageError("Sources are read again where the library is.", "Do it there.")
            with open_file(Path(path)) as file:
                name = title
                if name is None and title_of(file.read(_START)) is not None:
                    # Plain text has no title, so use the file name.
                    name = naming.from_file_name(Path(path))
                file.seek(0)
                results += self._upload(blocks(file), name, collection, wait, report, cancel)
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
        """Send a document of any format, which the library stores."""
        body = content.encode("utf-8", "replace") if isinstance(content, str) else content
        return self._upload(body, title, collection, wait, report, cancel)

    def _upload(
        self,
        content: bytes | Iterator[bytes],
        title: str | None,
        collection: str | None,
        wait: str,
        report: Report,
        cancel: Cancel | None,
    ) -> list[Added]:
        self._check_writes()
        # Older servers know no other stage, and refuse the field.
        stage = None if wait == "verified" else wait
        fields = {"title": title, "collection": collection, "wait": stage}
        words = urlencode({key: value for key, value in fields.items() if value is not None})
        check = unstopped if cancel is None else cancel.check
        request = Request(f"/v1/upload?{words}", content, "application/octet-stream", check=check)
        added: list[Added] = self._answer(OPERATIONS["add_text"], request, report)
        return added

    path = property(lambda _self: None, doc="None: it lies elsewhere.")
    id = property(lambda self: self._id, doc="The library's own id, given at its making.")
    read_only = property(lambda self: self._reads_only, doc="Whether nothing can be stored.")
    reads = property(lambda _self: True, doc="The server knows.")
    reader_trouble = property(lambda _self: "", doc="The server knows.")
    notice = property(lambda _self: "", doc="The server knows.")
    clock_notice = property(lambda _self: "", doc="The server knows.")


class _Listener:
    """Publishes changes at the server, on one thread that ends with the library."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._callbacks: list[Callable[[str], None]] = []
        self._ending = threading.Event()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def add(self, callback: Callable[[str], None]) -> Callable[[], None]:
        """Subscribe a callback; returns the unsubscriber."""
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
        """Stop listening."""
        self._ending.set()
        if self._thread is not None:
            self._thread.join(_REACH)

    def _check(self) -> None:
        if self._ending.is_set():
            raise Cancelled

    def _listen(self) -> None:
        connected = True
        request = Request("/v1/events", method="GET", check=self._check)
        while not self._ending.is_set():
            with suppress(WorkbenchError):
                for name, topic in self._wire.events(request, listening=True):
                    if not connected:
                        connected = True
                        self._notify(*_TOPICS)
                    if name == "change" and isinstance(topic, str):
                        self._notify(topic)
            if connected and not self._ending.is_set():
                connected = False
                self._notify(*_TOPICS)
            self._ending.wait(_RETRY)
        self._wire.end()

    def _notify(self, *topics: str) -> None:
        with self._lock:
            callbacks = list(self._callbacks)
        for callback in callbacks:
            for topic in topics:
                callback(topic)


def save_connection(file: Path, address: str, token: str, insecure: bool = False) -> None:
    """Save a connection in a file that only its owner can read."""
    permissions.folder(file.parent)
    record = json.dumps({"address": address, "token": token, "insecure": insecure})
    permissions.private(file).write_text(record, encoding="utf-8")


def open_connection(file: Path) -> RemoteLibrary:
    """Open a saved connection. Raises `InputError`, and as `Library.open`.

    Files without the field `insecure` were saved before it existed, and allow it.
    """
    try:
        record = json.loads(file.read_text(encoding="utf-8"))
        address, token = str(record["address"]), str(record["token"])
        insecure = record.get("insecure", True) is True
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise InputError(
            f"“{file.name}” is not a saved connection.", "Give address and token again."
        ) from error
    return RemoteLibrary(address, token, insecure=insecure)


def _remote_call(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
    """The remote version of a call; calls that are not available raise an error."""
    operation = OPERATIONS.get(name)
    signature = inspect.signature(call)

    @wraps(call)
    def send(self: Any, /, *args: Any, **given: Any) -> Any:
        if name in _REMOTE_VALUES:
            return _REMOTE_VALUES[name]
        if operation is None:
            raise UsageError(
                "This works only on the computer where the library is.",
                f"Do it there: {LOCAL[name]}.",
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
    """The remote counterpart of an attribute of a group class."""
    if isinstance(static, property):
        return property(lambda _self: _REMOTE_VALUES[name], doc=static.__doc__)
    return _remote_call(name, static) if inspect.isfunction(static) else static


#: Calls that run locally or have their own implementation.
_OWN = ("add", "add_text", "close", "numbering", "subscribe")
for _name, _static in public(Library):
    if inspect.isfunction(_static) and _name not in _OWN:
        setattr(RemoteLibrary, _name, _remote_call(_name, _static))

_GROUPS: dict[str, Callable[[Wire, bool], Any]] = {
    group: type(
        f"Remote{kind.__name__}",
        (_Far,),
        {name: _mirrored(f"{group}.{name}", static) for name, static in public(kind)},
    )
    for group, kind in GROUPS.items()
}
