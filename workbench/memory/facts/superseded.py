"""Superseded facts of a scope, without those that the user restored."""

import sqlite3
from collections import Counter
from collections.abc import Sequence

from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.staleness import claims_of
from workbench.store import conflicts, marks
from workbench.store import facts as rows
from workbench.store.facts import FactRow


def taken_over(
    index: FactIndex,
    connection: sqlite3.Connection,
    found: Sequence[FactRow],
    until: float | None = None,
) -> set[tuple[int, int]]:
    """`FactIndex.stale_of`, without what the user has said to hold all the same.

    What holds only from later on has taken no place yet, and what held for a time gives it back.
    """
    now = index.store.clock() if until is None else until
    stale = index.stale_of(found, now)
    if stale:
        both = conflicts.both_true(connection, {fact for fact, _ in stale})
        stale = {each for each in stale if each[0] not in both}
    if not stale:
        return stale
    by = {row.id: row for row in found}
    if not marks.any_expired(connection, now):
        return stale
    return {each for each in stale if not _given_back(index, connection, by[each[0]], each[1], now)}


def replaced(
    index: FactIndex,
    connection: sqlite3.Connection,
    found: Sequence[FactRow],
    until: float | None = None,
) -> set[int]:
    """Those of these facts of which something newer has taken the place of every claim."""
    taken = Counter(fact for fact, _ in taken_over(index, connection, found, until))
    return {row.id for row in found if row.id in taken and taken[row.id] >= len(claims_of(row))}


def _given_back(
    index: FactIndex, connection: sqlite3.Connection, row: FactRow, place: int, now: float
) -> bool:
    """Whether all that took the place of a claim holds no longer, as it was for a time only."""
    claims = claims_of(row)
    topic = claims[place].topic if place < len(claims) else 0
    others = rows.by_ids(connection, index.of_topic(row.scope, topic)) if topic else []
    newer = [each for each in others if _later(each, row, now)]
    return bool(newer) and all(each.expires is not None and each.expires <= now for each in newer)


def _later(one: FactRow, other: FactRow, now: float) -> bool:
    return one.at <= now and (one.at, one.id) > (other.at, other.id)
