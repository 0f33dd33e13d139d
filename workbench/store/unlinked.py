"""Statements that have not been linked to concepts yet.

A read statement has the language and date of its source, or the time of adding; a told one has its
valid time.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from workbench.store.queries import integers, select
from workbench.store.text import place_of

#: Notes whose text is no statement, or is already one of its source.
_SILENT = ("variable", "highlight")


class Unlinked(NamedTuple):
    """An engram to link; `place` as in `graph`, `at` in seconds since the epoch."""

    engram: int
    kind: str
    text: str
    language: str
    place: int
    at: float


_ROWS = (
    "SELECT e.id, e.kind, e.text, f.scope, coalesce(f.at, f.told), n.scope, n.told FROM engram e "
    "LEFT JOIN fact f ON f.engram = e.id LEFT JOIN note n ON n.engram = e.id"
)


def after(connection: sqlite3.Connection, engram: int, limit: int) -> tuple[int, list[Unlinked]]:
    """The engrams after an id, and the last id read; 0 for none."""
    rows = select(connection, f"{_ROWS} WHERE e.id > ? ORDER BY e.id LIMIT ?", engram, limit)
    if not rows:
        return 0, []
    return int(rows[-1][0]), _with_places(connection, rows)


def out_of_turn(connection: sqlite3.Connection, limit: int) -> tuple[list[int], list[Unlinked]]:
    """Engrams queued for retracing: all ids, and those that have a place."""
    rows = connection.execute(
        f"{_ROWS} WHERE e.id IN "
        "(SELECT engram FROM waiting WHERE stage = 0 ORDER BY engram LIMIT ?) ORDER BY e.id",
        (limit,),
    ).fetchall()
    return [int(row[0]) for row in rows], _with_places(connection, rows)


def of(connection: sqlite3.Connection, engrams: Sequence[int]) -> list[Unlinked]:
    """The engrams among these that have a place, by id."""
    rows = select(
        connection, f"{_ROWS} WHERE e.id IN (SELECT value FROM json_each(?)) ORDER BY e.id", engrams
    )
    return _with_places(connection, rows) if rows else []


def existing(connection: sqlite3.Connection, engrams: Sequence[int]) -> set[int]:
    """The existing engrams among these, which must be sorted."""
    first, last = engrams[0], engrams[-1]
    if last - first < 2 * len(engrams):
        query = "SELECT id FROM engram WHERE id BETWEEN ? AND ?"
        return set(integers(connection, query, first, last))
    query = "SELECT id FROM engram WHERE id IN (SELECT value FROM json_each(?))"
    return set(integers(connection, query, engrams))


def linked(connection: sqlite3.Connection, after: int, last: int) -> set[int]:
    """The engrams in (after, last] that have fibers already; usually none."""
    return set(
        integers(
            connection, "SELECT engram FROM fiber WHERE engram > ? AND engram <= ?", after, last
        )
    )


def queue_retrace(connection: sqlite3.Connection, engrams: Iterable[int]) -> None:
    """Queue engrams for retracing."""
    connection.executemany(
        "INSERT INTO waiting(engram, stage) VALUES (?, 0) ON CONFLICT DO NOTHING",
        [(id,) for id in engrams],
    )


def mark_traced(connection: sqlite3.Connection, engrams: Iterable[int]) -> None:
    """Remove engrams from the queue of retracing."""
    connection.executemany(
        "DELETE FROM waiting WHERE engram = ? AND stage = 0", [(id,) for id in engrams]
    )


def _with_places(connection: sqlite3.Connection, rows: Sequence[tuple[Any, ...]]) -> list[Unlinked]:
    results: list[Unlinked] = []
    extents: list[tuple[int, int, int, str, float]] | None = None
    at = 0
    for id, kind, text, scope, time, noted, noted_at in rows:
        if scope is not None:
            results.append(Unlinked._make((id, kind, text, "", place_of(scope), time)))
        elif noted is not None:
            if kind not in _SILENT:
                results.append(Unlinked._make((id, kind, text, "", place_of(noted), noted_at)))
        else:
            if extents is None:
                extents = _extents(connection, int(rows[0][0]), int(rows[-1][0]))
            while at < len(extents) and extents[at][1] < id:
                at += 1
            if at < len(extents) and extents[at][0] <= id:
                _, _, source, language, time = extents[at]
                results.append(Unlinked._make((id, kind, text, language, source, time)))
    return results


def _extents(
    connection: sqlite3.Connection, first: int, last: int
) -> list[tuple[int, int, int, str, float]]:
    rows = connection.execute(
        "SELECT x.first, x.last, x.source, s.language, s.date, s.added FROM extent x "
        "JOIN source s ON s.id = x.source WHERE x.first <= :last AND x.first >= "
        "coalesce((SELECT max(first) FROM extent WHERE first <= :first), 0) ORDER BY x.first",
        {"first": first, "last": last},
    )
    return [
        (a, b, source, language, _timestamp(date, added))
        for a, b, source, language, date, added in rows
    ]


def _timestamp(date: str, added: float) -> float:
    """The time of a source's date, which may be a year; the time of adding for invalid ones."""
    text = date.strip()
    if len(text) == 4 and text.isdecimal():
        text += "-01-01"
    elif len(text) == 7:
        text += "-01"
    try:
        return datetime.fromisoformat(text).timestamp()
    except (ValueError, OverflowError, OSError):
        return added
