"""Contradictions between facts, and how far the facts were checked.

The pairs are derived (see `memory.kinds.conflicts`); the user's decisions are not.
"""

import json
import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from workbench.store import meta

#: Keys of the last checked fact, and of the moves between scopes at that time.
_CHECKED, _MOVES = "conflicts_seen", "conflicts_moves"
OPEN = "open"
#: State of a newer fact and the repeated older one: needs no decision.
REPEATED = "again"
#: Kind of differences between two sentences of sources.
_OF_SOURCES = "sources"


class ConflictRow(NamedTuple):
    """Two facts that contradict each other; `again` is the older one told once more."""

    older: int
    newer: int
    kind: str
    state: str = OPEN
    settled: float | None = None
    again: int | None = None


_COLUMNS = "older, newer, kind, state, settled, again"


def checked_upto(connection: sqlite3.Connection) -> int:
    """The last checked fact; 0 if facts have moved between scopes since."""
    moves = meta.get(connection, meta.FACT_MOVES) or 0
    if (meta.get(connection, _MOVES) or 0) != moves:
        return 0
    return meta.number(connection, _CHECKED)


def store_pairs(connection: sqlite3.Connection, rows: Iterable[ConflictRow], upto: int) -> None:
    """Store new pairs, and `upto` as the last checked fact; known pairs stay."""
    for row in rows:
        add(connection, row)
    meta.put(connection, _CHECKED, upto)
    meta.put(connection, _MOVES, meta.get(connection, meta.FACT_MOVES) or 0)


def add(connection: sqlite3.Connection, row: ConflictRow) -> None:
    """Store a pair, unless it is known or one of its facts is missing."""
    connection.execute(
        f"INSERT OR IGNORE INTO conflict({_COLUMNS}) SELECT ?1, ?2, ?3, ?4, ?5, ?6 "
        "WHERE EXISTS (SELECT 1 FROM fact WHERE engram = ?1) "
        "AND EXISTS (SELECT 1 FROM fact WHERE engram = ?2)",
        row,
    )


def pair(connection: sqlite3.Connection, a: int, b: int) -> ConflictRow | None:
    """The pair of two facts, in either order."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM conflict WHERE (older = ?1 AND newer = ?2) "
        "OR (older = ?2 AND newer = ?1)",
        (a, b),
    ).fetchone()
    return None if row is None else ConflictRow._make(row)


def of_scope(
    connection: sqlite3.Connection, scope: int, now: float, *, resolved: bool, limit: int
) -> list[ConflictRow]:
    """The open or the resolved pairs of a scope, newest first.

    Excludes pairs superseded by a newer contradiction, and expired and archived facts.
    """
    columns = ", ".join(f"c.{name}" for name in _COLUMNS.split(", "))
    condition = "c.state IN ('newer', 'older', 'both')" if resolved else (
        "c.state = 'open' AND NOT EXISTS (SELECT 1 FROM conflict d WHERE d.older = c.newer "
        "AND d.state <> 'older') AND NOT EXISTS (SELECT 1 FROM mark m "
        "WHERE m.engram IN (c.older, c.newer) AND m.expires <= :now) "
        "AND NOT EXISTS (SELECT 1 FROM strength s "
        "WHERE s.engram IN (c.older, c.newer) AND s.archived IS NOT NULL)"
    )  # fmt: skip
    rows = connection.execute(
        f"SELECT {columns} FROM conflict c JOIN fact f ON f.engram = c.newer "
        "JOIN fact g ON g.engram = c.older AND g.scope = f.scope "
        f"WHERE f.scope = :scope AND {condition} ORDER BY c.newer DESC, c.older DESC LIMIT :limit",
        {"scope": scope, "now": now, "limit": limit},
    )
    return [ConflictRow._make(row) for row in rows]


def settle(connection: sqlite3.Connection, row: ConflictRow) -> None:
    """Store the decision on a pair."""
    connection.execute(
        "UPDATE conflict SET state = ?, settled = ?, again = ? WHERE older = ? AND newer = ?",
        (row.state, row.settled, row.again, row.older, row.newer),
    )


def confirmed_valid(connection: sqlite3.Connection, engrams: Iterable[int]) -> set[int]:
    """The facts among these that the user declared valid beside a newer one."""
    rows = connection.execute(
        "SELECT older FROM conflict WHERE older IN (SELECT value FROM json_each(?)) "
        "AND state = 'both'",
        (json.dumps(list(engrams)),),
    )
    return {older for (older,) in rows}


def valid_beside(connection: sqlite3.Connection, older: int) -> set[int]:
    """The newer facts beside which the user declared this one valid."""
    rows = connection.execute(
        "SELECT newer FROM conflict WHERE older = ? AND state = 'both'", (older,)
    )
    return {newer for (newer,) in rows}


def settled_sources(connection: sqlite3.Connection) -> dict[tuple[int, int], str]:
    """States of differences between sources, by sentence ids, the lower first."""
    rows = connection.execute(
        "SELECT older, newer, state FROM conflict WHERE kind = ?", (_OF_SOURCES,)
    )
    return {(older, newer): state for older, newer, state in rows}


def settle_sources(
    connection: sqlite3.Connection, first: int, second: int, state: str, at: float
) -> None:
    """Store the state of a difference between two sentences of sources, or reopen it."""
    pair = min(first, second), max(first, second)
    connection.execute("DELETE FROM conflict WHERE older = ? AND newer = ?", pair)
    if state != OPEN:
        connection.execute(
            f"INSERT INTO conflict({_COLUMNS}) VALUES (?, ?, ?, ?, ?, NULL)",
            (*pair, _OF_SOURCES, state, at),
        )
