"""Reads documents in folders that the user allowed, without following links out of them.

Each part of a path is opened relative to its parent with O_NOFOLLOW, so a link swapped in after the
check is refused. Systems without `dir_fd` (Windows) rely on the check of the path.
"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from workbench.errors import UsageError

#: Maximum bytes of a document.
_MAX_DOCUMENT = 256 << 20
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_HAS_DIR_FD = os.open in os.supports_dir_fd and os.listdir in os.supports_fd


def documents(folder: Path, path: Path) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of a file, or of all files below a folder, sorted by name.

    `path` lies in `folder`, and neither contained a link when checked. Raises `UsageError` if there
    is one now, if a file is missing, or too large.
    """
    try:
        if not _HAS_DIR_FD:
            files = [path] if path.is_file() else sorted(filter(Path.is_file, path.rglob("*")))
            yield from ((file.name, file.read_bytes()) for file in files)
            return
        handle = os.open(folder, _FLAGS)
        for part in path.relative_to(folder).parts:
            try:
                inner = os.open(part, _FLAGS, dir_fd=handle)
            finally:
                os.close(handle)
            handle = inner
        yield from _descend(handle, path.name)
    except OSError as error:
        raise UsageError(
            f"“{path.name}” cannot be read: {error.strerror}.", "Give the name of a file."
        ) from None


def _descend(handle: int, name: str) -> Iterator[tuple[str, bytes]]:
    """Read an open file, or the files below an open folder, without links; closes it."""
    try:
        status = os.fstat(handle)
        if stat.S_ISDIR(status.st_mode):
            for child in sorted(os.listdir(handle)):
                linked = os.stat(child, dir_fd=handle, follow_symlinks=False).st_mode
                if stat.S_ISDIR(linked) or stat.S_ISREG(linked):
                    yield from _descend(os.open(child, _FLAGS, dir_fd=handle), child)
        elif stat.S_ISREG(status.st_mode):
            if status.st_size > _MAX_DOCUMENT:
                raise UsageError(f"“{name}” is too large.", "Add it in Workbench.")
            with open(handle, "rb", closefd=False) as file:
                yield name, file.read()
    finally:
        os.close(handle)
