"""The table of learned arrays, which can be recomputed from the texts.

A large library is not relearned with every statement, so the arrays depend on when they were
learned. They are stored in the file, so that its copies give the same answers.
"""

import io
import sqlite3
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench.arrays import F32
from workbench.store.queries import execute, select, select_number, select_one

Arrays = Mapping[str, NDArray[Any]]

#: Bytes of a part: SQLite holds whole values in memory, and a backup copies row by row.
_PART = 1 << 20


def store(connection: sqlite3.Connection, kind: str, stamp: str, arrays: Arrays) -> None:
    """Replace the arrays of a kind; `stamp` identifies their input."""
    out = io.BytesIO()
    np.savez(out, allow_pickle=False, **arrays)
    data = out.getbuffer()
    connection.execute("DELETE FROM derived WHERE kind = ?", (kind,))
    connection.executemany(
        "INSERT INTO derived(kind, part, stamp, data) VALUES (?, ?, ?, ?)",
        (
            (kind, part, stamp, bytes(data[start : start + _PART]))
            for part, start in enumerate(range(0, len(data), _PART))
        ),
    )


def stamp(connection: sqlite3.Connection, kind: str) -> str:
    """The stamp of the arrays of a kind; "" if there are none."""
    row = select_one(connection, "SELECT stamp FROM derived WHERE kind = ? AND part = 0", kind)
    return "" if row is None else str(row[0])


def load(
    connection: sqlite3.Connection, kind: str, names: Collection[str]
) -> dict[str, NDArray[Any]] | None:
    """The arrays of a kind; None unless all exist and are readable."""
    rows = connection.execute("SELECT data FROM derived WHERE kind = ? ORDER BY part", (kind,))
    data = b"".join(row[0] for row in rows)
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            return {name: arrays[name] for name in names}
    except Exception:  # noqa: BLE001 - whatever is wrong with them, they are made anew
        return None


def clear(connection: sqlite3.Connection) -> None:
    """Delete all arrays, as when part of their input is deleted permanently."""
    connection.execute("DELETE FROM derived WHERE kind <> 'recall' AND kind NOT GLOB '*:*'")


_TYPE = np.dtype("<f2")
_WORDS = (
    "SELECT substr(kind, 6) AS word, CAST(stamp AS INTEGER), data FROM derived "
    "WHERE kind GLOB 'word:*'"
)


def all_words(connection: sqlite3.Connection) -> list[tuple[str, int, bytes]]:
    """Every word with its count and its packed vector."""
    return select(connection, _WORDS)


def load_words(connection: sqlite3.Connection, words: Iterable[str]) -> dict[str, tuple[int, F32]]:
    """Count and vector (float32[256]) of the known words among these."""
    rows = execute(
        connection, f"{_WORDS} AND kind IN (SELECT 'word:' || value FROM json_each(?))", words
    )
    return {word: (int(count), unpack(vector)) for word, count, vector in rows}


def total(connection: sqlite3.Connection) -> int:
    """The total number of words read."""
    return select_number(connection, "SELECT total(stamp) FROM derived WHERE kind GLOB 'word:*'")


def store_words(connection: sqlite3.Connection, rows: Iterable[tuple[str, int, F32]]) -> None:
    """Insert or replace words."""
    connection.executemany(
        "INSERT OR REPLACE INTO derived(kind, part, stamp, data) VALUES ('word:' || ?, 0, ?, ?)",
        [(word, count, vector.astype(_TYPE).tobytes()) for word, count, vector in rows],
    )


def unpack(vector: bytes) -> F32:
    """Unpack a stored vector, float32[256]."""
    return np.frombuffer(vector, _TYPE).astype(np.float32)
