"""Files of clients: those that they send and fetch, and documents in allowed folders.

Bodies above a megabyte are spooled to disk, in bounded total size. A file that a call reads or
writes has its own folder, addressed by a key of the client, until the client removes it, or for an
hour.
"""

import asyncio
import contextlib
import os
import re
import shutil
import stat
import tempfile
import time
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from starlette.requests import Request

from workbench import paths, permissions
from workbench.errors import NotFoundError, UsageError

#: Bytes of a body kept in memory, and of all bodies on disk.
IN_MEMORY = 1 << 20
_ON_DISK = 4 << 30
#: Seconds after which unfetched files are removed.
_LIFETIME = 3600.0
_KEY = re.compile(r"[0-9a-f]{32}")
_LONGEST = 200


class DiskFullError(Exception):
    """The bodies of all requests reached their total size; the client may retry later."""


class Files:
    """The private folder of a server for files that clients send and fetch."""

    def __init__(self, library: str) -> None:
        """`library` is the id of the library, so the folder is the same after a restart."""
        self._folder = paths.cache_dir() / "served" / re.sub(r"\W", "", library)
        self._on_disk = 0

    def place(self, name: str) -> Path:
        """The path of “KEY/NAME”; “KEY/” is the folder. Raises `UsageError`."""
        key, _, file = name.partition("/")
        folder = self._of(key)
        permissions.folder(folder)
        if not file:
            return folder
        if not _is_plain(file):
            raise UsageError("This is no name of a file.", "Give it without a folder.")
        return folder / file

    def existing(self, key: str, name: str) -> Path:
        """A file that a call wrote below a key. Raises `NotFoundError`, `UsageError`."""
        path = self._of(key).joinpath(*name.split("/"))
        if not all(map(_is_plain, name.split("/"))) or path.is_symlink() or not path.is_file():
            raise NotFoundError("There is no such file here.", "It lies here for an hour at most.")
        return path

    def names(self, key: str) -> list[str]:
        """The files below a key, as relative POSIX paths."""
        folder = self._of(key)
        paths_below = (
            path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()
        )
        return sorted(path.relative_to(folder).as_posix() for path in paths_below)

    def remove(self, key: str) -> None:
        """Remove the files of a key, and those of other keys that have expired."""
        shutil.rmtree(self._of(key), ignore_errors=True)
        with contextlib.suppress(OSError):
            for folder in self._folder.iterdir():
                if folder.stat().st_mtime < time.time() - _LIFETIME:
                    shutil.rmtree(folder, ignore_errors=True)

    async def body(self, request: Request) -> IO[bytes]:
        """The body of a request in an unnamed file. Raises `DiskFullError`.

        Its space is released with the file object.
        """
        permissions.folder(self._folder)
        file = tempfile.SpooledTemporaryFile(IN_MEMORY, dir=str(self._folder))  # noqa: SIM115
        block = bytearray()
        async for part in request.stream():
            block += part
            if len(block) >= IN_MEMORY:
                self._reserve(file, len(block))
                await asyncio.to_thread(file.write, block)
                block.clear()
        file.write(block)
        file.seek(0)
        return file

    def _reserve(self, file: IO[bytes], size: int) -> None:
        if self._on_disk + size > _ON_DISK:
            raise DiskFullError
        self._on_disk += size
        weakref.finalize(file, self._release, size)

    def _release(self, size: int) -> None:
        self._on_disk -= size

    def _of(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise UsageError("This is no key of a file.", "Give 32 digits of base 16.")
        return self._folder / key


def save(source: IO[bytes], target: Path) -> None:
    """Write a body to a private file, atomically."""
    fresh = target.with_name(f"{target.name}.new")
    with permissions.private(fresh).open("wb") as file:
        shutil.copyfileobj(source, file, IN_MEMORY)
    fresh.replace(target)


def _is_plain(name: str) -> bool:
    return (
        name not in ("", ".", "..")
        and not re.search(r"[/\\:\x00-\x1f]", name)
        and len(name.encode("utf-8", "replace")) <= _LONGEST
    )


#: Maximum bytes of a document.
_MAX_DOCUMENT = 256 << 20
_OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_HAS_DIR_FD = os.open in os.supports_dir_fd and os.listdir in os.supports_fd


def documents(folder: Path, path: Path) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of a file, or of all files below an allowed folder, sorted by name.

    Each part of a path is opened relative to its parent with O_NOFOLLOW, so a link swapped in after
    the check is refused; systems without `dir_fd` (Windows) rely on the check. `path` lies in
    `folder`, and neither contained a link when checked. Raises `UsageError` if there is one now, if
    a file is missing, or too large.
    """
    try:
        if not _HAS_DIR_FD:
            files = [path] if path.is_file() else sorted(filter(Path.is_file, path.rglob("*")))
            yield from ((file.name, file.read_bytes()) for file in files)
            return
        handle = os.open(folder, _OPEN_FLAGS)
        for part in path.relative_to(folder).parts:
            try:
                inner = os.open(part, _OPEN_FLAGS, dir_fd=handle)
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
                    yield from _descend(os.open(child, _OPEN_FLAGS, dir_fd=handle), child)
        elif stat.S_ISREG(status.st_mode):
            if status.st_size > _MAX_DOCUMENT:
                raise UsageError(f"“{name}” is too large.", "Add it in Workbench.")
            with open(handle, "rb", closefd=False) as file:
                yield name, file.read()
    finally:
        os.close(handle)
