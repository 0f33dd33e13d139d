"""The journal beside a library: what was told in a burst and is not in its tables yet.

A burst (see `bursts`) is facts that one process tells while it holds SQLite's lock for writing; the
file belongs to whoever holds that lock, and needs none of its own. It is a head, and behind it the
records of one burst. Every record ends in the sum of its bytes, mixed with a number that only this
burst has: one that was cut off by the end of the process, or is left over from an earlier burst,
is none. What stands in memory that is mapped from a file outlives the process that wrote it.

The head names the burst that the library had stored before this one began. A library that has
stored another one last is not that for which the facts were meant: an older copy lies in its place.
"""

import contextlib
import mmap
import os
import secrets
import struct
import zlib
from pathlib import Path
from typing import NamedTuple

from workbench import permissions

#: Bytes of a journal; what does not fit in is stored, and it begins anew.
SIZE = 1 << 17
#: A burst by the number that only it has; of none all bytes are zero.
NUMBER = 8
NO_BURST = bytes(NUMBER)

_MAGIC = b"EWTOLD1\n"
_GONE = bytes(len(_MAGIC))
#: What it is, whose it is, this burst, the one before it; then whether one is open, or wanted not.
_HEAD = struct.Struct("<8s32s8s8s8x")
_BURST = slice(40, 56)
_OPEN, _WANTED = 56, 57
#: The sum, the sizes of words and claims, the id, the scope, when it was told.
_SUM = struct.Struct("<I")
_FIXED = struct.Struct("<IIqqd")
_LEAST = _SUM.size + _FIXED.size


class Entry(NamedTuple):
    """A fact that the user tells and that holds from then on; `claims` is its record."""

    id: int
    scope: int
    text: str
    told: float
    claims: bytes


class Journal:
    """The journal of one library. Not for several threads at once."""

    __slots__ = ("_end", "_map", "_path", "_sum")

    def __init__(self, path: Path) -> None:
        """Where it lies; nothing is opened yet."""
        self._path = os.fspath(path)
        self._map: mmap.mmap | None = None
        self._sum = 0
        #: Where the next record begins.
        self._end = _HEAD.size

    @property
    def path(self) -> str:
        """Where it lies."""
        return self._path

    # -- the file -------------------------------------------------------------------------------

    def attach(self) -> bool:
        """Open the file where there is one; False where there is none, or none of this kind."""
        if self._map is not None:
            if self._map[: len(_MAGIC)] == _MAGIC:
                return True
            self.detach()
        try:
            handle = os.open(self._path, os.O_RDWR | getattr(os, "O_BINARY", 0))
        except OSError:
            return False
        try:
            if os.fstat(handle).st_size == SIZE:
                self._map = mmap.mmap(handle, SIZE)
        except (OSError, ValueError):
            return False
        finally:
            os.close(handle)
        if self._map is None or self._map[: len(_MAGIC)] != _MAGIC:
            self.detach()
            return False
        return True

    def detach(self) -> None:
        """Close the file."""
        if self._map is not None:
            self._map.close()
            self._map = None

    def make(self, library: str) -> None:
        """Make an empty one for the library of this id; all its bytes are taken from the disk.

        Raises `OSError`. To be called by whoever holds the lock, as everything below.
        """
        self.detach()
        new = f"{self._path}-new"
        try:
            with permissions.private(Path(new)).open("wb") as made:
                made.write(_HEAD.pack(_MAGIC, library.encode(), NO_BURST, NO_BURST))
                made.write(bytes(SIZE - _HEAD.size))
            os.replace(new, self._path)  # noqa: PTH105
        except OSError:
            with contextlib.suppress(OSError):
                os.unlink(new)  # noqa: PTH108
            raise
        if not self.attach():
            raise OSError(f"{self._path} cannot be mapped")

    def remove(self) -> None:
        """Take it from the disk; who has it open sees that it is gone. Raises `OSError`."""
        os.unlink(self._path)  # noqa: PTH108
        assert self._map is not None
        self._map[: len(_MAGIC)] = _GONE
        self.detach()

    def put_aside(self) -> None:
        """Give it another name, since it is not of this library. Raises `OSError`."""
        self.detach()
        os.replace(self._path, f"{self._path}-other")  # noqa: PTH105

    # -- others who want to write ---------------------------------------------------------------

    def ask(self) -> None:
        """Let whoever holds the lock for a burst know that somebody waits for it."""
        if self._map is not None and self._map[_OPEN]:
            self._map[_WANTED] = 1

    @property
    def wanted(self) -> bool:
        """Whether somebody waits for the burst to end."""
        return self._map is not None and self._map[_WANTED] != 0

    # -- one burst ------------------------------------------------------------------------------

    def begin(self, before: bytes) -> bytes:
        """Begin a burst; `before` is the one that the library has stored last. Its number.

        Raises `OSError` where the disk is full.
        """
        assert self._map is not None
        self.wipe()
        number = secrets.token_bytes(NUMBER)
        self._map[_BURST] = number + before
        self._map[_OPEN], self._map[_WANTED] = 1, 0
        self._sum = zlib.crc32(number)
        self._end = _HEAD.size
        return number

    def add(self, entry: Entry) -> bool:
        """Write a fact down; it outlives this process when this returns. False for no room."""
        id, scope, text, told, claims = entry
        words = text.encode()
        body = _FIXED.pack(len(words), len(claims), id, scope, told) + words + claims
        begin = self._end
        end = begin + _SUM.size + len(body)
        if end > SIZE:
            return False
        assert self._map is not None
        self._map[begin:end] = _SUM.pack(zlib.crc32(body, self._sum)) + body
        self._end = end
        return True

    def end(self) -> None:
        """The burst is over; what was written stays until the next one begins."""
        if self._map is not None:
            self._map[_OPEN] = 0

    def numbers(self) -> tuple[bytes, bytes]:
        """The number of the last burst, and of the one before it."""
        assert self._map is not None
        found = self._map[_BURST]
        return found[:NUMBER], found[NUMBER:]

    def library(self) -> str:
        """The id of the library whose facts these are."""
        assert self._map is not None
        raw: bytes = _HEAD.unpack_from(self._map)[1]
        return raw.rstrip(b"\0").decode("ascii", "replace")

    def entries(self) -> list[Entry]:
        """The facts of the last burst, in order, as far as they were written whole."""
        assert self._map is not None
        data = self._map[:]
        begin, seed = _HEAD.size, zlib.crc32(self.numbers()[0])
        found: list[Entry] = []
        while begin + _LEAST <= SIZE:
            words, claims, id, scope, told = _FIXED.unpack_from(data, begin + _SUM.size)
            body = begin + _SUM.size
            end = body + _FIXED.size + words + claims
            if end > SIZE or zlib.crc32(data[body:end], seed) != _SUM.unpack_from(data, begin)[0]:
                break
            middle = body + _FIXED.size + words
            text = data[body + _FIXED.size : middle].decode()
            found.append(Entry(id, scope, text, told, data[middle:end]))
            begin = end
        return found

    def wipe(self) -> None:
        """Overwrite all facts; their places stay taken from the disk. Raises `OSError`.

        By way of the system, which says where the disk is full; who writes to mapped memory is
        ended for it.
        """
        with open(self._path, "r+b", buffering=0) as file:  # noqa: PTH123
            file.seek(_HEAD.size)
            file.write(bytes(SIZE - _HEAD.size))
        self._end = _HEAD.size
