"""Queries for fading memories, by index and in order of arrival.

Used, pinned and archived memories have a row with the time at which they will have faded; never
used ones fade in the order of arrival, separately for each kind, so a binary search in that order
suffices. `place` is as in `store.reviews`.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import NamedTuple

from workbench.store.queries import integers, json_list, select_one


class Falling(NamedTuple):
    """A used engram, and when it will have faded, in seconds since the epoch."""

    engram: int
    fades: float


class Arrival(NamedTuple):
    """A told engram, and when."""

    engram: int
    time: float


def used(
    connection: sqlite3.Connection,
    above: float,
    upto: float,
    limit: int,
    *,
    latest: bool,
    places: Sequence[int] | None = None,
) -> list[Falling]:
    """Used engrams that fade in (above, upto], in order, optionally the latest first.

    Limited to `places` if given.
    """
    order = "DESC" if latest else "ASC"
    if places is None:
        rows = connection.execute(
            "SELECT engram, fades FROM strength INDEXED BY strength_fades WHERE fades IS NOT NULL "
            f"AND fades > ? AND fades <= ? ORDER BY fades {order} LIMIT ?",
            (above, upto, limit),
        )
        return [Falling(*row) for row in rows]
    # Each place is sorted by the index; a query over all would sort again.
    occupied = connection.execute(
        "SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM strength "
        "INDEXED BY strength_place WHERE place = value AND fades IS NOT NULL "
        "AND fades > ? AND fades <= ?)",
        (json_list(places), above, upto),
    ).fetchall()
    result = [
        Falling(*row)
        for (place,) in occupied
        for row in connection.execute(
            "SELECT engram, fades FROM strength INDEXED BY strength_place WHERE place = ? "
            f"AND fades IS NOT NULL AND fades > ? AND fades <= ? ORDER BY fades {order} LIMIT ?",
            (place, above, upto, limit),
        )
    ]
    return sorted(result, key=lambda each: each.fades, reverse=latest)[:limit]


def next_arrival(connection: sqlite3.Connection, table: str, engram: int) -> Arrival | None:
    """The first engram told from this id on; `table` is one of `TABLES`."""
    row = connection.execute(
        f"SELECT engram, told FROM {table} WHERE engram >= ? ORDER BY engram LIMIT 1", (engram,)
    ).fetchone()
    return None if row is None else Arrival(*row)


def ends(connection: sqlite3.Connection, table: str) -> tuple[int, int] | None:
    """The first and last id of a table, None if it is empty."""
    (first,) = select_one(connection, f"SELECT min(engram) FROM {table}")
    (last,) = select_one(connection, f"SELECT max(engram) FROM {table}")
    return None if first is None else (int(first), int(last))


def kinds(connection: sqlite3.Connection) -> list[str]:
    """The kinds of marked memories, by index skips."""
    results: list[str] = []
    while True:
        (kind,) = select_one(
            connection, "SELECT min(kind) FROM mark WHERE kind > ?", results[-1] if results else ""
        )
        if kind is None:
            return results
        results.append(str(kind))


@dataclass(frozen=True, slots=True)
class UnusedQuery:
    """Never used memories of a kind, from the id `engram` on, or `back` from before it.

    At most `limit` of the first `scan_limit` memories of that kind, optionally of one scope.
    """

    kind: str
    engram: int
    limit: int
    scan_limit: int
    back: bool
    scope: int | None


class Scan(NamedTuple):
    """Never used memories in the scanned range, and whether the scan is complete."""

    arrivals: list[Arrival]
    complete: bool


def unused(connection: sqlite3.Connection, query: UnusedQuery) -> Scan:
    """Never used facts."""
    marked = query.kind != "fact"
    ids = (
        "SELECT engram FROM mark INDEXED BY mark_kind WHERE kind = :kind AND "
        if marked
        else "SELECT engram FROM fact WHERE "
    )
    plain = "" if marked else (
        "AND NOT EXISTS (SELECT 1 FROM mark m WHERE m.engram = w.engram AND m.kind <> 'fact') "
    )  # fmt: skip
    rows = connection.execute(
        f"SELECT w.engram, CASE WHEN NOT EXISTS (SELECT 1 FROM strength s "
        f"WHERE s.engram = w.engram) {plain}AND (:scope IS NULL OR f.scope = :scope) "
        f"THEN f.told END FROM ({ids}{_range(query)}) w "
        "CROSS JOIN fact f ON f.engram = w.engram",
        asdict(query),
    )
    return _scan(rows, query)


def unused_notes(connection: sqlite3.Connection, query: UnusedQuery) -> Scan:
    """Never used notes."""
    rows = connection.execute(
        "SELECT w.engram, CASE WHEN w.kind = :kind AND (:scope IS NULL OR w.scope = :scope) AND "
        "NOT EXISTS (SELECT 1 FROM strength s WHERE s.engram = w.engram) THEN w.told END "
        "FROM (SELECT engram, kind, scope, told FROM note WHERE "
        f"{_range(query)}) w",
        asdict(query),
    )
    return _scan(rows, query)


def _range(query: UnusedQuery) -> str:
    test, order = ("<", "DESC") if query.back else (">=", "ASC")
    return f"engram {test} :engram ORDER BY engram {order} LIMIT :scan_limit"


def _scan(rows: Iterable[tuple[int, float | None]], query: UnusedQuery) -> Scan:
    """The first `limit` told rows, and whether the scan is complete."""
    results: list[Arrival] = []
    scanned = 0
    for id, time in rows:
        scanned += 1
        if time is not None:
            results.append(Arrival(id, time))
            if len(results) == query.limit:
                break
    return Scan(results, len(results) == query.limit or scanned < query.scan_limit)


def trashed(connection: sqlite3.Connection, engrams: Sequence[int]) -> set[int]:
    """The used engrams among these that are in the trash."""
    return set(
        integers(
            connection,
            "SELECT s.engram FROM strength s JOIN source o ON o.id = s.place "
            "WHERE o.trashed IS NOT NULL AND s.engram IN (SELECT value FROM json_each(?))",
            engrams,
        )
    )


def places(connection: sqlite3.Connection, engrams: Sequence[int]) -> dict[int, int]:
    """The places of engrams, by id."""
    rows = connection.execute(
        "SELECT value, coalesce((SELECT -1 - scope FROM fact WHERE engram = value), "
        "(SELECT -1 - scope FROM note WHERE engram = value), "
        "(SELECT source FROM extent WHERE first <= value AND last >= value "
        "ORDER BY first DESC LIMIT 1)) FROM json_each(?)",
        (json_list(engrams),),
    )
    return {int(engram): int(place) for engram, place in rows if place is not None}
