"""Creates files that only their owner can read.

The mode is set on creation, so nobody can open a file in between, and the umask of the process
stays unchanged. SQLite gives a library's journals the mode of the library. Windows uses inherited
access lists instead.
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
    """A file or folder that others can access; `mode` as for `chmod`."""

    path: Path
    mode: int


def private(path: Path) -> Path:
    """Create `path` empty with owner-only access unless it exists; returns it for writing."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), FILE)
    try:
        if sys.platform != "win32" and os.fstat(handle).st_mode & _SHARED:
            # It existed with access for others; the mode of another owner's file stays.
            with contextlib.suppress(OSError):
                os.fchmod(handle, FILE)
    finally:
        os.close(handle)
    return path


def replaced(path: Path, content: str) -> None:
    """Write a file atomically with owner-only access, creating its folder."""
    # Unique among processes and threads.
    fresh = path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}.new")
    folder(path.parent)
    private(fresh).write_text(content, encoding="utf-8")
    fresh.replace(path)


def write_private(path: Path, content: str | bytes) -> None:
    """Write a file with owner-only access, text as UTF-8; raises `InputError` on failure."""
    octets = content.encode("utf-8") if isinstance(content, str) else content
    try:
        private(path).write_bytes(octets)
    except OSError as error:
        raise InputError(
            f"“{path.name}” could not be written: {error.strerror}.", "Choose another folder."
        ) from error


def folder(path: Path) -> Path:
    """Create the folder and missing parents with owner-only access; returns it."""
    if not path.is_dir():
        if path.parent != path:
            folder(path.parent)
        path.mkdir(mode=FOLDER, exist_ok=True)
    return path


def exposed(places: Iterable[Path]) -> Iterator[Open]:
    """Yield the files and folders that others can access, recursively."""
    if sys.platform == "win32":
        return
    for place in places:
        yield from _exposed(place)


def close(entries: Iterable[Open]) -> list[Open]:
    """Remove access for others; returns entries that could not be changed."""
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
        # Removed, or not accessible to this user.
        return
    for entry in children:
        yield from _exposed(entry)
