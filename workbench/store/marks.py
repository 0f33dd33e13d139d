"""Rows of a memory's marks: kind, priority, expiry, tags, trust; and its former wordings.

Most memories have none. A tag keeps its first spelling on any memory; tags compare like those of
sources. The former wordings of a fact are deleted with it.
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from workbench.store import reviews, tags
from workbench.store.queries import Table, integers, json_list, select, select_one


@dataclass(frozen=True, slots=True)
class WordingRow:
    """A former wording of `engram`, edited at `until`, when its id was `former`.

    `tellers` are its tellers with their times, "" for the user. Times are in seconds since the
    epoch.
    """

    id: int
    engram: int
    former: int
    text: str
    tellers: tuple[tuple[str, float], ...]
    told: float
    at: float
    until: float


_WORDINGS = Table(WordingRow, "wording", id="id")


def store(
    connection: sqlite3.Connection,
    engrams: Iterable[int],
    kind: str | None,
    priority: int | None,
    expires: float | None,
) -> None:
    """Set kind, priority and expiry of engrams; None leaves a value unchanged."""
    connection.executemany(
        "INSERT INTO mark(engram, kind, priority, expires) VALUES (?1, coalesce(?2, 'fact'), ?3, "
        "?4) ON CONFLICT(engram) DO UPDATE SET kind = coalesce(?2, kind), "
        "priority = coalesce(?3, priority), expires = coalesce(?4, expires)",
        [(engram, kind, priority, expires) for engram in engrams],
    )


def set_expiry(
    connection: sqlite3.Connection, engrams: Iterable[int], expires: float | None
) -> None:
    """Set the expiry of memories; None is never."""
    connection.executemany(
        "INSERT INTO mark(engram, kind, expires) VALUES (?1, coalesce((SELECT kind FROM engram "
        "WHERE id = ?1), 'fact'), ?2) ON CONFLICT(engram) DO UPDATE SET expires = excluded.expires",
        [(engram, expires) for engram in engrams],
    )


def filtered(
    connection: sqlite3.Connection, ids: Iterable[int], kind: str | None, priority: int
) -> set[int]:
    """The facts among these of a kind (None: any) with at least a priority."""
    return set(
        integers(
            connection,
            "SELECT j.value FROM json_each(?) AS j LEFT JOIN mark m ON m.engram = j.value "
            "WHERE (? IS NULL OR coalesce(m.kind, 'fact') = ?) AND coalesce(m.priority, 0) >= ?",
            ids,
            kind,
            kind,
            priority,
        )
    )


def marked(
    connection: sqlite3.Connection, scope: int, kind: str | None, priority: int, limit: int
) -> list[int] | None:
    """The marked facts of a scope with a kind (None: any) and at least a priority.

    None if there are more than `limit`.
    """
    requested, of = ("m.kind = ? AND ", (kind,)) if kind is not None else ("", ())
    rows = connection.execute(
        f"SELECT m.engram FROM mark m CROSS JOIN fact f ON f.engram = m.engram WHERE {requested}"
        "coalesce(m.priority, 0) >= ? AND f.scope = ? LIMIT ?",
        (*of, priority, scope, limit + 1),
    ).fetchall()
    return None if len(rows) > limit else [int(row[0]) for row in rows]


def any_expired(connection: sqlite3.Connection, time: float) -> bool:
    """Whether any memory had expired at a time."""
    row = connection.execute("SELECT 1 FROM mark WHERE expires <= ? LIMIT 1", (time,))
    return row.fetchone() is not None


def expired(connection: sqlite3.Connection, ids: Iterable[int], time: float) -> set[int]:
    """The facts among these that had expired at a time."""
    if any_expired(connection, time):
        return set(
            integers(
                connection,
                "SELECT engram FROM mark WHERE expires <= ? "
                "AND engram IN (SELECT value FROM json_each(?))",
                time,
                ids,
            )
        )
    return set()


def of_kind(connection: sqlite3.Connection, scope: int, kind: str) -> list[int]:
    """The facts of a scope with a marked kind, newest first."""
    return integers(
        connection,
        "SELECT f.engram FROM mark m JOIN fact f ON f.engram = m.engram "
        "WHERE m.kind = ? AND f.scope = ? ORDER BY f.engram DESC",
        kind,
        scope,
    )


def of_other_kinds(connection: sqlite3.Connection, scope: int) -> set[int]:
    """The facts of a scope with a kind other than `fact`."""
    return set(
        integers(
            connection,
            "SELECT f.engram FROM mark m JOIN fact f ON f.engram = m.engram "
            "WHERE m.kind <> 'fact' AND f.scope = ?",
            scope,
        )
    )


def kinds(connection: sqlite3.Connection, scope: int) -> dict[str, int]:
    """The number of facts of each kind except `fact` in a scope."""
    rows = connection.execute(
        "SELECT m.kind, count(*) FROM mark m JOIN fact f ON f.engram = m.engram "
        "WHERE f.scope = ? AND m.kind <> 'fact' GROUP BY m.kind ORDER BY m.kind",
        (scope,),
    )
    return dict(rows.fetchall())


def move(connection: sqlite3.Connection, engram: int, to: int) -> None:
    """Move marks and former wordings of an engram to another.

    Existing marks of the other stay.
    """
    connection.execute(
        "INSERT INTO mark(engram, kind, priority, expires, trust) "
        "SELECT ?, kind, priority, expires, trust "
        "FROM mark WHERE engram = ? ON CONFLICT DO NOTHING",
        (to, engram),
    )
    copy(connection, engram, to)
    connection.execute("UPDATE wording SET engram = ? WHERE engram = ?", (to, engram))


def store_wording(connection: sqlite3.Connection, row: WordingRow) -> None:
    """Store a former wording; `row.id` is ignored."""
    _WORDINGS.insert(connection, [row])


def successors(connection: sqlite3.Connection, former: Iterable[int]) -> dict[int, int]:
    """What became of facts by editing: the present id by the former one."""
    query = (
        "SELECT former, engram FROM wording WHERE former IN (SELECT value FROM json_each(?)) "
        "AND former <> engram"
    )
    return dict(select(connection, query, former))


def wordings(connection: sqlite3.Connection, engrams: Iterable[int]) -> list[WordingRow]:
    """The former wordings of engrams, oldest first."""
    test = "WHERE engram IN (SELECT value FROM json_each(?)) ORDER BY engram, id"
    return _WORDINGS.select(connection, test, engrams)


def reworded(connection: sqlite3.Connection, scope: int, limit: int) -> list[tuple[int, str]]:
    """The newest former wordings in a scope: (id of the fact, text)."""
    query = (
        "SELECT w.engram, w.text FROM wording w JOIN fact f ON f.engram = w.engram "
        "WHERE f.scope = ? ORDER BY w.id DESC LIMIT ?"
    )
    return select(connection, query, scope, limit)


def drop(connection: sqlite3.Connection, wording: int) -> None:
    """Delete a former wording."""
    connection.execute("DELETE FROM wording WHERE id = ?", (wording,))


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
