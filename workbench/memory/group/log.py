"""The shared log: pieces, each with the hash of the one before it of its desk, and their carriers.

A piece is lines of JSON: a head, then one word a line. It is written once and never changed. Its
name is the first 32 digits of the SHA-256 of its bytes.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from workbench.errors import InputError
from workbench.store.shared_state import canonical, is_sound
from workbench.version import __version__

FORMAT, VERSION = "engram-log", 1
#: Maximum bytes of a piece that is read.
LARGEST = 128 << 20
_FURTHEST = 1 << 62


class Line(NamedTuple):
    """A word in the log."""

    key: str
    clock: int
    desk: str
    base: int
    value: Any

    @property
    def stamp(self) -> tuple[int, str]:
        return self.clock, self.desk


class Entry(NamedTuple):
    """A piece in a carrier: its place in order there (0 if there is none), and its names."""

    order: int
    desk: str
    number: int
    hash: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the log, and the names of the desk that wrote it."""

    desk: str
    number: int
    previous: str
    name: str
    person: str
    lines: tuple[Line, ...]
    #: Lines that were no words.
    unsound: int = 0


def name_of(content: bytes) -> str:
    """The name of a piece with these bytes."""
    return hashlib.sha256(content).hexdigest()[:32]


def packed(piece: Piece) -> bytes:
    """The bytes of a piece."""
    head = {
        "format": FORMAT, "version": VERSION, "program": __version__, "desk": piece.desk,
        "number": piece.number, "previous": piece.previous, "name": piece.name,
        "person": piece.person,
    }  # fmt: skip
    return "".join(f"{canonical(row)}\n" for row in (head, *map(list, piece.lines))).encode()


def unpacked(content: bytes, entry: Entry) -> Piece:
    """The piece of an entry. Raises `ValueError` if it is not whole, and `InputError` if newer."""
    if name_of(content) != entry.hash:
        raise ValueError("not whole")
    rows = content.decode("utf-8").splitlines()
    head = json.loads(rows[0])
    if head["format"] != FORMAT:
        raise ValueError("another format")
    if head["version"] > VERSION:
        raise InputError(
            "Another device wrote to the shared log with a newer version of the program.",
            "Update Engram Workbench here.",
            "newer",
        )
    if (head["desk"], head["number"]) != (entry.desk, entry.number):
        raise ValueError("another piece")
    lines = [line for row in rows[1:] for line in [_line(row)]]
    return Piece(
        str(head["desk"]), int(head["number"]), str(head["previous"]), str(head["name"])[:80],
        str(head["person"])[:80], tuple(line for line in lines if line is not None),
        lines.count(None),
    )  # fmt: skip


def _line(row: str) -> Line | None:
    """The word of a line, None if it is none."""
    try:
        key, clock, desk, base, value = json.loads(row)
        numbers = isinstance(clock, int) and isinstance(base, int) and 0 <= base < clock < _FURTHEST
        if numbers and isinstance(key, str) and isinstance(desk, str) and is_sound(key, value):
            return Line(key, clock, desk, base, value)
    except (ValueError, TypeError, KeyError, RecursionError):
        pass
    return None


class Carrier(Protocol):
    """Where a log lies. Raises `LibraryError`s."""

    def entries(self, after: int) -> Iterable[Entry]:
        """The pieces, those of a desk in order; from a server those after a place in its order."""

    def read(self, entry: Entry) -> bytes:
        """The bytes of a piece."""

    def has(self, entry: Entry) -> bool:
        """Whether a piece is there."""

    def append(self, entry: Entry, content: bytes) -> None:
        """Add a piece, which is there for good on return. Nothing happens if it is there."""

    def has_source(self, hash: str) -> bool:
        """Whether the text of a source is there."""

    def put_source(self, hash: str, bundle: Path) -> None:
        """Add the text of a source, as a bundle."""

    def sources(self, hash: str, folder: Path) -> Iterable[Path]:
        """The bundles of a source's text, in their places or copied into `folder`."""

    def close(self) -> None:
        """End the connection."""
