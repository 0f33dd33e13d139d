"""Contradictions between facts, and how far the facts were checked.

The pairs are derived (see `memory.kinds.conflicts`); the user's decisions are not.
"""

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from workbench.store import meta
from workbench.store.queries import Table, integers, select_number

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


_CONFLICTS = Table(ConflictRow, "conflict")


def checked_upto(connection: sqlite3.Connection) -> int:
    """The last checked fact; 0 if facts have moved between scopes since."""
    moved = meta.number(connection, _MOVES) != meta.number(connection, meta.FACT_MOVES)
    return 0 if moved else meta.number(connection, _CHECKED)


def store_pairs(connection: sqlite3.Connection, rows: Iterable[ConflictRow], upto: int) -> None:
    """Store new pairs, and `upto` as the last checked fact; known pairs stay."""
    for row in rows:
        add(connection, row)
    meta.put(connection, _CHECKED, upto)
    meta.put(connection, _MOVES, meta.number(connection, meta.FACT_MOVES))


def add(connection: sqlite3.Connection, row: ConflictRow) -> None:
    """Store a pair, unless it is known or one of its facts is missing."""
    query = "SELECT count(*) FROM fact WHERE engram IN (?, ?)"
    if select_number(connection, query, row.older, row.newer) == 2:
        _CONFLICTS.insert(connection, [row], "ON CONFLICT DO NOTHING")


def pair(connection: sqlite3.Connection, a: int, b: int) -> ConflictRow | None:
    """The pair of two facts, in either order."""
    test = "WHERE (older = ?1 AND newer = ?2) OR (older = ?2 AND newer = ?1)"
    return _CONFLICTS.first(connection, test, a, b)


def of_scope(
    connection: sqlite3.Connection, scope: int, now: float, *, resolved: bool, limit: int
) -> list[ConflictRow]:
    """The open or the resolved pairs of a scope, newest first.

    Excludes pairs superseded by a newer contradiction, and expired and archived facts.
    """
    condition = "conflict.state IN ('newer', 'older', 'both')" if resolved else (
        "conflict.state = 'open' AND NOT EXISTS (SELECT 1 FROM conflict d "
        "WHERE d.older = conflict.newer AND d.state <> 'older') AND NOT EXISTS (SELECT 1 "
        "FROM mark m WHERE m.engram IN (conflict.older, conflict.newer) AND m.expires <= :now) "
        "AND NOT EXISTS (SELECT 1 FROM strength s "
        "WHERE s.engram IN (conflict.older, conflict.newer) AND s.archived IS NOT NULL)"
    )  # fmt: skip
    return _CONFLICTS.select(
        connection,
        "JOIN fact f ON f.engram = newer JOIN fact g ON g.engram = older AND g.scope = f.scope "
        f"WHERE f.scope = :scope AND {condition} ORDER BY newer DESC, older DESC LIMIT :limit",
        scope=scope,
        now=now,
        limit=limit,
    )


def settle(connection: sqlite3.Connection, row: ConflictRow) -> None:
    """Store the decision on a pair."""
    connection.execute(
        "UPDATE conflict SET state = ?, settled = ?, again = ? WHERE older = ? AND newer = ?",
        (row.state, row.settled, row.again, row.older, row.newer),
    )


def confirmed_valid(connection: sqlite3.Connection, engrams: Iterable[int]) -> set[int]:
    """The facts among these that the user declared valid beside a newer one."""
    query = (
        "SELECT older FROM conflict WHERE older IN (SELECT value FROM json_each(?)) "
        "AND state = 'both'"
    )
    return set(integers(connection, query, engrams))


def valid_beside(connection: sqlite3.Connection, older: int) -> set[int]:
    """The newer facts beside which the user declared this one valid."""
    query = "SELECT newer FROM conflict WHERE older = ? AND state = 'both'"
    return set(integers(connection, query, older))


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
        _CONFLICTS.insert(connection, [ConflictRow(*pair, _OF_SOURCES, state, at)])
