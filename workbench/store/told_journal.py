"""Reads the journal that older programs left beside a library.

Facts that were told one right after the other stood in a file beside the library until they were
stored together. Where such a program was killed, the file holds what it had
acknowledged; whoever opens the library for writing stores it, with the ids that were promised, and
removes the file. Nothing is written to such a file any more.

It is a head (what it is, whose it is, the number of its burst and that of the one before) and the
records of one burst, each with the sum of its bytes: one that was cut off, or is left over from an
earlier burst, is none. The library knows the last burst that it has stored (`meta.TOLD`). One that
knows neither that burst nor the one before is another one, such as an older copy: the file is then
given another name, and harms nobody.
"""

import sqlite3
import struct
import zlib
from pathlib import Path
from typing import NamedTuple

from workbench.store import checksums, meta
from workbench.store.facts import USER

#: The ending of its name.
ENDING = "-told"

_MAGIC = b"EWTOLD1\n"
_HEAD = struct.Struct("<8s32s8s8s8x")
_SUM = struct.Struct("<I")
#: The sizes of words and claims in bytes, the id, the scope, when it was told.
_FIXED = struct.Struct("<IIqqd")
_NO_BURST = bytes(8)


class _Entry(NamedTuple):
    id: int
    scope: int
    text: str
    told: float


class ToldJournal(NamedTuple):
    """What a journal holds: whose it is, its burst, the one before it, and its facts in order."""

    library: str
    number: bytes
    before: bytes
    entries: list[_Entry]


def path_of(library: Path) -> Path:
    """Where the journal of a library lies, if there is one."""
    return library.with_name(library.name + ENDING)


def read(path: Path) -> ToldJournal | None:
    """What a journal holds; None for a file that is none, or cannot be read."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    if len(data) < _HEAD.size or data[: len(_MAGIC)] != _MAGIC:
        return None
    _, library, number, before = _HEAD.unpack_from(data)
    seed = zlib.crc32(number)
    entries: list[_Entry] = []
    begin = _HEAD.size
    while (body := begin + _SUM.size) + _FIXED.size <= len(data):
        words, claims, id, scope, told = _FIXED.unpack_from(data, body)
        middle = body + _FIXED.size + words
        end = middle + claims
        if end > len(data) or zlib.crc32(data[body:end], seed) != _SUM.unpack_from(data, begin)[0]:
            break
        text = data[body + _FIXED.size : middle].decode()
        entries.append(_Entry(id, scope, text, told))
        begin = end
    whose = library.rstrip(b"\0").decode("ascii", "replace")
    return ToldJournal(whose, number, before, entries)


def store(connection: sqlite3.Connection, journal: ToldJournal) -> bool:
    """Store what the library has not yet; inside a transaction.

    False where the journal is not of this library, or not of what this one is by now.
    """
    told = meta.get(connection, meta.TOLD) or _NO_BURST
    if journal.library != meta.get(connection, meta.LIBRARY_ID):
        return False
    if not journal.entries or journal.number == told:
        return True
    if journal.before != told:
        return False
    last = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'engram'").fetchone()
    first = max(journal.entries[0].id, (last[0] if last else 0) + 1)
    for id, (_, scope, text, when) in enumerate(journal.entries, start=first):
        connection.execute(
            "INSERT INTO engram(id, kind, start, end, text) VALUES (?, 'fact', 0, ?, ?)",
            (id, len(text), text),
        )
        connection.execute(
            "INSERT INTO fact(engram, scope, told, at, teller, sum) "
            f"VALUES (?, ?, ?, NULL, {USER}, ?)",
            (id, scope, when, checksums.of_fact(id, scope, when, None, USER, text)),
        )
    meta.put(connection, meta.TOLD, journal.number)
    return True


def remove(path: Path) -> None:
    """Take a journal from the disk whose facts are stored. Raises `OSError`.

    An older program that has it open sees in its first bytes that it is gone.
    """
    with path.open("r+b") as file:
        file.write(bytes(len(_MAGIC)))
    path.unlink()


def put_aside(path: Path) -> None:
    """Give another name to a journal that is not of this library. Raises `OSError`."""
    path.replace(path.with_name(f"{path.name}-other"))
