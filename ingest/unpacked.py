"""Temporary folders for unpacked files, removed on exit, or later if the process was killed.

A reader process can be killed at any moment without removing what it had unpacked. Each folder has
a file that its owner keeps locked; a folder whose lock is free has no owner any more.
"""

import contextlib
import os
import posixpath
import re
import shutil
import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

_PREFIX = "workbench-unpacked-"
_LOCK = ".owner"
#: Seconds that a folder may exist before its owner has locked it.
_GRACE = 60.0
_UNSAFE = re.compile(r'[\x00-\x1f<>:"/\\|?*]')

#: Depth to which nested archives and messages are opened.
DEEPEST = 2


def depth(path: Path) -> int:
    """How many archives and messages a file came out of: 0 for the user's own."""
    return sum(part.startswith(_PREFIX) for part in path.parts)


@contextlib.contextmanager
def folder(of: Path) -> Iterator[Path]:
    """Create an empty folder for the content of the file `of`, removed on exit.

    It lies in the system's temporary folder, or beside `of` if that was unpacked itself.
    """
    parent = of.parent if depth(of) else None
    with TemporaryDirectory(prefix=_PREFIX, dir=parent, ignore_cleanup_errors=True) as name:
        room = Path(name, "files")
        room.mkdir()
        with Path(name, _LOCK).open("wb") as owned:
            _lock(owned.fileno())
            yield room


def base_name(name: str) -> str:
    """A file's name without its folders, valid on any file system."""
    bare = _UNSAFE.sub("_", posixpath.basename(name.replace("\\", "/"))).strip(" .")
    encoded = bare.encode("utf-8", "replace")
    if len(encoded) > 200:
        stem, dot, suffix = bare.rpartition(".")
        suffix = dot + suffix if len(suffix) <= 10 else ""
        bare = (stem or bare).encode("utf-8", "replace")[:180].decode("utf-8", "ignore") + suffix
    return bare.encode("utf-8", "replace").decode("utf-8") or "file"


def sweep() -> None:
    """Remove the folders of processes that were killed."""
    for place in Path(gettempdir()).glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            if _is_left(place):
                shutil.rmtree(place, ignore_errors=True)


def _is_left(place: Path) -> bool:
    """Whether a folder is ours, not new, and without owner."""
    result = place.lstat()
    if not stat.S_ISDIR(result.st_mode) or time.time() - result.st_mtime < _GRACE:
        return False
    if hasattr(os, "getuid") and result.st_uid != os.getuid():
        return False
    lock = place / _LOCK
    if not lock.exists():
        return True
    if sys.platform == "win32":
        # An open file cannot be removed there; removing it is the test.
        lock.unlink()
        return True
    with lock.open("wb") as file:
        return _lock(file.fileno())


def _lock(number: int) -> bool:
    """Lock an open file until it is closed; returns whether that succeeded."""
    if sys.platform == "win32":
        return True
    import fcntl

    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
