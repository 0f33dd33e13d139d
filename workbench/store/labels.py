"""Tags and trust of memories, and other details noted beside their words.

A tag is written the way it was first written on any memory; it compares as tags of sources do.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from workbench.store import reviews, tags
from workbench.store.queries import integers


def plain(names: Iterable[str]) -> tuple[str, ...]:
    """Tags as they are stored, each once. Raises `UsageError` for an empty or endless one."""
    results: dict[str, str] = {}
    for name in names:
        results.setdefault(tags.fold(name), tags.normalised(name))
    return tuple(results.values())


def tag(connection: sqlite3.Connection, engrams: Sequence[int], names: Sequence[str]) -> None:
    """Put tags on memories that may have them already."""
    for name in names:
        fold = tags.fold(name)
        row = connection.execute(
            "SELECT name FROM label WHERE kind = 'tag' AND fold = ? LIMIT 1", (fold,)
        ).fetchone()
        assign(connection, "tag", fold, engrams, name if row is None else row[0])


def untag(connection: sqlite3.Connection, engrams: Sequence[int], names: Iterable[str]) -> None:
    """Take tags off memories."""
    for name in names:
        unassign(connection, "tag", tags.fold(name), engrams)


def assign(
    connection: sqlite3.Connection, kind: str, fold: str, engrams: Iterable[int], name: str
) -> None:
    """Put a label on memories that may have it already."""
    connection.executemany(
        "INSERT OR IGNORE INTO label(kind, fold, name, engram) VALUES (?, ?, ?, ?)",
        [(kind, fold, name, engram) for engram in engrams],
    )


def unassign(connection: sqlite3.Connection, kind: str, fold: str, engrams: Iterable[int]) -> None:
    """Take a label off memories."""
    connection.executemany(
        "DELETE FROM label WHERE kind = ? AND fold = ? AND engram = ?",
        [(kind, fold, engram) for engram in engrams],
    )


def tags_of(connection: sqlite3.Connection, engrams: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The tags of those memories that have any, by name."""
    rows = connection.execute(
        "SELECT engram, name FROM label WHERE kind = 'tag' "
        "AND engram IN (SELECT value FROM json_each(?)) ORDER BY engram, fold",
        (json.dumps(list(engrams)),),
    )
    return {
        engram: tuple(str(name) for _, name in group)
        for engram, group in groupby(rows, itemgetter(0))
    }


def tagged(connection: sqlite3.Connection, scope: int, name: str) -> list[int]:
    """The facts of a scope that have a tag."""
    return integers(
        connection,
        "SELECT t.engram FROM label t CROSS JOIN fact f ON f.engram = t.engram "
        "WHERE t.kind = 'tag' AND t.fold = ? AND f.scope = ?",
        (tags.fold(name), scope),
    )


def trust_of(connection: sqlite3.Connection, engram: int) -> float | None:
    """How far somebody has said that a memory is to be trusted."""
    row = connection.execute("SELECT trust FROM mark WHERE engram = ?", (engram,)).fetchone()
    return None if row is None or row[0] is None else float(row[0])


def set_trust(connection: sqlite3.Connection, engrams: Iterable[int], trust: float) -> None:
    """Say how far memories are to be trusted."""
    connection.executemany(
        "INSERT INTO mark(engram, kind, trust) VALUES (?1, coalesce((SELECT kind FROM engram "
        "WHERE id = ?1), 'fact'), ?2) ON CONFLICT(engram) DO UPDATE SET trust = excluded.trust",
        [(engram, trust) for engram in engrams],
    )


#: What belongs to a memory and has its id, with the columns that go along.
_TABLES = {"label": "kind, fold, name", "review": reviews.WRITTEN}


def copy(connection: sqlite3.Connection, engram: int, to: int) -> None:
    """Give another memory the tags, projects and reviews of one, beside its own."""
    for table, columns in _TABLES.items():
        connection.execute(
            f"INSERT OR IGNORE INTO {table}(engram, {columns}) "
            f"SELECT ?, {columns} FROM {table} WHERE engram = ?",
            (to, engram),
        )


#: What `collect` has read: by table the rows, each with its engram first.
LabelRows = dict[str, list[tuple[Any, ...]]]


def collect(connection: sqlite3.Connection, engrams: Sequence[int]) -> LabelRows:
    """What belongs to these engrams, before they go; `follow` gives it to others."""
    parameters = (json.dumps(list(engrams)),)
    return {
        table: connection.execute(
            f"SELECT engram, {columns} FROM {table} "
            "WHERE engram IN (SELECT value FROM json_each(?))",
            parameters,
        ).fetchall()
        for table, columns in _TABLES.items()
    }


def follow(connection: sqlite3.Connection, rows: LabelRows, mapping: Mapping[int, int]) -> None:
    """Give what belonged to engrams to those that have their words now, from old ids to new."""
    for table, columns in _TABLES.items():
        marks = ", ".join("?" * (1 + columns.count(",") + 1))
        connection.executemany(
            f"INSERT OR IGNORE INTO {table}(engram, {columns}) VALUES ({marks})",
            [
                (mapping[engram], *remainder)
                for engram, *remainder in rows[table]
                if engram in mapping
            ],
        )
