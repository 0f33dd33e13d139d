"""Files sent to and fetched from a library's server, for calls that read or write one.

The server stores them under a key until the call is done, or the result is fetched, and then
removes them. The key of a file is stable, so a database is recognised when it is learned again.
File names of a server cannot leave the target folder.
"""

import contextlib
import hashlib
import json
import secrets
import shutil
import socket
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PureWindowsPath
from typing import IO, Any
from urllib.parse import quote

from workbench import permissions
from workbench.errors import InputError, LibraryFullError, UsageError, WorkbenchError
from workbench.library.wire import Request, Wire
from workbench.paths import absolute

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
        if len(names) == 1 and len(names[0]) == 1:
            target = target / names[0][0] if target.is_dir() else target
            _saved(wire, key, names, target.parent, lambda part: part.joinpath(*names[0]), target)
        else:
            _saved(wire, key, names, target.parent, lambda part: part / names[0][0], target)
    return replace(result, path=target)


def _saved(
    wire: Wire,
    key: str,
    names: list[tuple[str, ...]],
    folder: Path,
    chosen: Callable[[Path], Path],
    target: Path,
) -> None:
    """Fetch all files beside the target, and rename them to it when complete."""
    if target.exists():
        raise UsageError(f"“{target.name}” exists and was not touched.", "Choose another name.")
    part = folder / f".{key}.part"
    try:
        permissions.folder(part)
        for name in names:
            file = part.joinpath(*name)
            file.parent.mkdir(parents=True, exist_ok=True)
            place = "/".join(quote(item, safe="") for item in (key, *name))
            with permissions.private(file).open("wb") as opened_file:
                free = shutil.disk_usage(part).free
                wire.save(Request(f"/v1/files/{place}", method="GET"), opened_file, free)
        chosen(part).replace(target)
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
