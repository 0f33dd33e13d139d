"""Rows of what is shared through a log: the last word on each key, and the log's merged pieces."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from workbench.store import meta
from workbench.store.queries import Table, json_list, select, select_number

#: The key in `meta` of how this library takes part, a JSON object.
CONFIG = "group"
_PIECE = "log/"


@dataclass(slots=True)
class Word:
    """The last word on a key: when, by which desk, after which other; see the schema.

    `waiting` is JSON of a value, `null` a deletion.
    """

    key: str
    clock: int
    desk: str
    base: int
    seen: str | None
    waiting: str | None = None
    other: str | None = None
    sent: int = 0

    @property
    def stamp(self) -> tuple[int, str]:
        """What orders words: the greatest counts."""
        return self.clock, self.desk


_WORDS = Table(Word, "shared")


def words(connection: sqlite3.Connection) -> dict[str, Word]:
    """The last words by key."""
    return {word.key: word for word in _WORDS.scan(connection, "WHERE key NOT GLOB 'log/*'")}


def store(connection: sqlite3.Connection, changed: Iterable[Word]) -> None:
    """Store words."""
    _WORDS.put(connection, changed)


def mark_sent(connection: sqlite3.Connection, sent: Iterable[tuple[str, int, str]]) -> None:
    """Note that the log has these words: key, clock, desk."""
    connection.executemany(
        "UPDATE shared SET sent = 1 WHERE key = ? AND clock = ? AND desk = ?", sent
    )


def send_again(connection: sqlite3.Connection) -> None:
    """Have every word sent again, whoever's it is."""
    connection.execute("UPDATE shared SET sent = 0 WHERE key NOT GLOB 'log/*'")


def unsent(connection: sqlite3.Connection) -> int:
    """How many words the log does not have."""
    return select_number(connection, "SELECT count(*) FROM shared WHERE sent = 0")


def others(connection: sqlite3.Connection) -> Iterator[tuple[str, Any]]:
    """The keys of which two wrote different text at the same time, with the other's word."""
    for key, other in select(
        connection, "SELECT key, other FROM shared WHERE other IS NOT NULL ORDER BY key"
    ):
        yield key, json.loads(other)


def end_conflict(connection: sqlite3.Connection, key: str) -> None:
    """Forget the other's word on a key."""
    connection.execute("UPDATE shared SET other = NULL WHERE key = ?", (key,))


def merged(connection: sqlite3.Connection, hashes: Iterable[str]) -> set[str]:
    """Those of these pieces of the log that have been merged."""
    rows = connection.execute(
        "SELECT key FROM shared WHERE key IN (SELECT ? || value FROM json_each(?))",
        (_PIECE, json_list(hashes)),
    )
    return {key.removeprefix(_PIECE) for (key,) in rows}


def store_merged(connection: sqlite3.Connection, pieces: Iterable[tuple[str, int, str]]) -> None:
    """Note pieces of the log as merged: hash, number, desk."""
    connection.executemany(
        "INSERT OR IGNORE INTO shared(key, clock, desk, base, sent) VALUES (?, ?, ?, 0, 1)",
        [(f"{_PIECE}{hash}", number, desk) for hash, number, desk in pieces],
    )


def newest(connection: sqlite3.Connection) -> dict[str, int]:
    """The number of the last merged piece of each desk."""
    query = "SELECT desk, max(clock) FROM shared WHERE key GLOB 'log/*' GROUP BY desk"
    return dict(select(connection, query))


def clear(connection: sqlite3.Connection) -> None:
    """Forget everything about a log."""
    connection.execute("DELETE FROM shared")
    meta.remove(connection, CONFIG)
