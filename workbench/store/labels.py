"""Tags, trust, and other labels of memories.

A tag keeps its first spelling on any memory; tags compare like those of sources.
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from workbench.store import reviews, tags
from workbench.store.queries import integers, json_list, select_one


def plain(names: Iterable[str]) -> tuple[str, ...]:
    """Normalised distinct tags. Raises `UsageError` for empty and too long ones."""
    results: dict[str, str] = {}
    for name in names:
        results.setdefault(tags.fold(name), tags.normalised(name))
    return tuple(results.values())


def tag(connection: sqlite3.Connection, engrams: Sequence[int], names: Sequence[str]) -> None:
    """Add tags to memories."""
    for name in names:
        fold = tags.fold(name)
        row = select_one(
            connection, "SELECT name FROM label WHERE kind = 'tag' AND fold = ? LIMIT 1", fold
        )
        assign(connection, "tag", fold, engrams, name if row is None else row[0])


def untag(connection: sqlite3.Connection, engrams: Sequence[int], names: Iterable[str]) -> None:
    """Remove tags from memories."""
    for name in names:
        unassign(connection, "tag", tags.fold(name), engrams)


def assign(
    connection: sqlite3.Connection, kind: str, fold: str, engrams: Iterable[int], name: str
) -> None:
    """Add a label to memories."""
    connection.executemany(
        "INSERT OR IGNORE INTO label(kind, fold, name, engram) VALUES (?, ?, ?, ?)",
        [(kind, fold, name, engram) for engram in engrams],
    )


def unassign(connection: sqlite3.Connection, kind: str, fold: str, engrams: Iterable[int]) -> None:
    """Remove a label from memories."""
    connection.executemany(
        "DELETE FROM label WHERE kind = ? AND fold = ? AND engram = ?",
        [(kind, fold, engram) for engram in engrams],
    )


def tags_of(connection: sqlite3.Connection, engrams: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The tags of memories that have any, sorted."""
    rows = connection.execute(
        "SELECT engram, name FROM label WHERE kind = 'tag' "
        "AND engram IN (SELECT value FROM json_each(?)) ORDER BY engram, fold",
        (json_list(engrams),),
    )
    return {
        engram: tuple(str(name) for _, name in group)
        for engram, group in groupby(rows, itemgetter(0))
    }


def tagged(connection: sqlite3.Connection, scope: int, name: str) -> list[int]:
    """The facts of a scope with a tag."""
    return integers(
        connection,
        "SELECT t.engram FROM label t CROSS JOIN fact f ON f.engram = t.engram "
        "WHERE t.kind = 'tag' AND t.fold = ? AND f.scope = ?",
        tags.fold(name),
        scope,
    )


def trust_of(connection: sqlite3.Connection, engram: int) -> float | None:
    """The trust in a memory that the user set, or None."""
    row = select_one(connection, "SELECT trust FROM mark WHERE engram = ?", engram)
    return None if row is None or row[0] is None else float(row[0])


def set_trust(connection: sqlite3.Connection, engrams: Iterable[int], trust: float) -> None:
    """Set the trust in memories."""
    connection.executemany(
        "INSERT INTO mark(engram, kind, trust) VALUES (?1, coalesce((SELECT kind FROM engram "
        "WHERE id = ?1), 'fact'), ?2) ON CONFLICT(engram) DO UPDATE SET trust = excluded.trust",
        [(engram, trust) for engram in engrams],
    )


#: Tables of labels and reviews, with their columns.
_TABLES = {"label": "kind, fold, name", "review": reviews.WRITTEN}


def copy(connection: sqlite3.Connection, engram: int, to: int) -> None:
    """Copy the labels and reviews of a memory to another, keeping its own."""
    for table, columns in _TABLES.items():
        connection.execute(
            f"INSERT OR IGNORE INTO {table}(engram, {columns}) "
            f"SELECT ?, {columns} FROM {table} WHERE engram = ?",
            (to, engram),
        )


#: The result of `collect`: rows by table, with the engram as first column.
LabelRows = dict[str, list[tuple[Any, ...]]]


def collect(connection: sqlite3.Connection, engrams: Sequence[int]) -> LabelRows:
    """The labels and reviews of engrams to be replaced; `follow` restores them."""
    parameters = (json_list(engrams),)
    return {
        table: connection.execute(
            f"SELECT engram, {columns} FROM {table} "
            "WHERE engram IN (SELECT value FROM json_each(?))",
            parameters,
        ).fetchall()
        for table, columns in _TABLES.items()
    }


def follow(connection: sqlite3.Connection, rows: LabelRows, mapping: Mapping[int, int]) -> None:
    """Restore labels and reviews under the new ids of engrams with the same text."""
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
