"""Creates files that only their owner may read.

The mode is given where a file or folder is created, so that nobody can open it in between, and the
umask of the process, which belongs to whoever runs it, is left alone. SQLite gives the logs of a
library the mode of the library. Windows keeps access lists instead, which a folder hands down.
"""

import contextlib
import os
import stat
import sys
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from workbench.errors import InputError

FILE = 0o600
FOLDER = 0o700
_SHARED = 0o077


@dataclass(frozen=True, slots=True)
class Open:
    """A file or folder that others than its owner may reach; `mode` as `chmod` takes it."""

    path: Path
    mode: int


def private(path: Path) -> Path:
    """Make `path` an empty file for its owner alone, unless it is there; return it for writing."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), FILE)
    try:
        if sys.platform != "win32" and os.fstat(handle).st_mode & _SHARED:
            # It was there, readable for others; of another owner it stays as it is.
            with contextlib.suppress(OSError):
                os.fchmod(handle, FILE)
    finally:
        os.close(handle)
    return path


def replaced(path: Path, content: str) -> None:
    """Write a file anew in one step, for its owner alone, in a folder made if need be."""
    # Two threads of a process may write the same one.
    fresh = path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}.new")
    folder(path.parent)
    private(fresh).write_text(content, encoding="utf-8")
    fresh.replace(path)


def write_private(path: Path, content: str | bytes) -> None:
    """Write a file for its owner alone, text as UTF-8; raises `InputError` where that fails."""
    octets = content.encode("utf-8") if isinstance(content, str) else content
    try:
        private(path).write_bytes(octets)
    except OSError as error:
        raise InputError(
            f"“{path.name}” could not be written: {error.strerror}.", "Choose another folder."
        ) from error


def folder(path: Path) -> Path:
    """Make the folder and those above it that are missing, for their owner alone; return it."""
    if not path.is_dir():
        if path.parent != path:
            folder(path.parent)
        path.mkdir(mode=FOLDER, exist_ok=True)
    return path


def exposed(places: Iterable[Path]) -> Iterator[Open]:
    """Yield what others may reach among these files and folders and everything below them."""
    if sys.platform == "win32":
        return
    for place in places:
        yield from _exposed(place)


def close(entries: Iterable[Open]) -> list[Open]:
    """Take every right from others; return what could not be changed."""
    left = []
    for entry in entries:
        try:
            entry.path.chmod(entry.mode & ~_SHARED)
        except OSError:
            left.append(entry)
    return left


def _exposed(path: Path) -> Iterator[Open]:
    try:
        mode = path.lstat().st_mode
        if stat.S_ISLNK(mode):
            return
        if mode & _SHARED:
            yield Open(path, stat.S_IMODE(mode))
        if stat.S_ISDIR(mode):
            children = sorted(path.iterdir())
        else:
            return
    except OSError:
        # Gone meanwhile, or nothing that this user may look at.
        return
    for entry in children:
        yield from _exposed(entry)
