"""The table of learned words: how often each was read, and its context vector."""

import json
import sqlite3
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_TYPE = np.dtype("<f2")


def all_words(connection: sqlite3.Connection) -> list[tuple[str, int, bytes]]:
    """Every word with its count and its vector as it is stored."""
    return connection.execute("SELECT word, count, vector FROM learned_word").fetchall()


def some(connection: sqlite3.Connection, words: Iterable[str]) -> dict[str, tuple[int, Floats]]:
    """Count and vector (float32[256]) of those of these words that were read before."""
    rows = connection.execute(
        "SELECT word, count, vector FROM learned_word "
        "WHERE word IN (SELECT value FROM json_each(?))",
        (json.dumps(list(words)),),
    )
    return {word: (int(count), unpack(vector)) for word, count, vector in rows}


def total(connection: sqlite3.Connection) -> int:
    """How many words were read altogether."""
    (number,) = connection.execute("SELECT total(count) FROM learned_word").fetchone()
    return int(number)


def put(connection: sqlite3.Connection, rows: Iterable[tuple[str, int, Floats]]) -> None:
    """Store words anew."""
    connection.executemany(
        "INSERT INTO learned_word(word, count, vector) VALUES (?, ?, ?) ON CONFLICT(word) "
        "DO UPDATE SET count = excluded.count, vector = excluded.vector",
        [(word, count, vector.astype(_TYPE).tobytes()) for word, count, vector in rows],
    )


def unpack(vector: bytes) -> Floats:
    """A stored vector, float32[256]."""
    return np.frombuffer(vector, _TYPE).astype(np.float32)
