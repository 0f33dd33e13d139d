"""The tables of plasticity: strengths and links of engrams.

Only used engrams have a row; others have their initial strength. Weights are those at the time
`used` (seconds since the epoch) and decay from there, as `memory.plasticity` defines.

Fading memories are found by index and in order of arrival. Used, pinned and archived memories have
a row with the time at which they will have faded; never used ones fade in the order of arrival,
separately for each kind, so a binary search in that order suffices. `place` is as in `reviews`.

Working memory, the last recalled or rehearsed facts of each scope, is in `meta`. The time of
telling is stored with the fact, so telling writes nothing there.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, astuple, dataclass, replace
from typing import NamedTuple

from workbench.store import meta
from workbench.store.queries import Table, integers, json_list, select, select_one

#: Links created by use; other kinds are stated.
COACTIVATION = "together"
#: Value of `archived` for memories archived by the user.
RELEASED = 0


@dataclass(frozen=True, slots=True)
class StrengthRow:
    """The strength of an engram: `weight` at the time `used`, after `uses` uses.

    `stability` is in hours, `salience` from 0 to 1. `archived` is the consolidation that archived
    it, None if active. `came` is the time of its arrival (0: unknown), `days` and `windows` measure
    the spacing of its uses, `ripe` is when it becomes semantic (see `memory.stages`). `reward` is
    from 0 to 1; `kept` is the consolidation that made it long-term, 0 for its telling, negative if
    that created the row.
    """

    engram: int
    weight: float
    used: float
    uses: int = 0
    stability: float = 1.0
    salience: float = 0.5
    pinned: bool = False
    archived: int | None = None
    came: float = 0.0
    days: int = 0
    windows: int = 0
    ripe: float | None = None
    reward: float = 0.0
    kept: int | None = None


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link from `a` to `b`; learned ones are symmetric and stored once, with `a` < `b`."""

    a: int
    b: int
    kind: str
    weight: float
    used: float


@dataclass(frozen=True, slots=True)
class StrengthRecords:
    """Strengths and links of engrams to be replaced, for their successors."""

    strengths: tuple[StrengthRow, ...]
    links: tuple[LinkRow, ...]
    logs: Mapping[int, bytes]


_STRENGTHS = Table(StrengthRow, "strength", came="coalesce(came, 0.0)")
_LINKS = Table(LinkRow, "link", keys=3)


def by_ids(connection: sqlite3.Connection, ids: Sequence[int]) -> dict[int, StrengthRow]:
    """The strengths of these engrams that have a row."""
    return _STRENGTHS.by_ids(connection, ids)


def store(
    connection: sqlite3.Connection,
    rows: Iterable[StrengthRow],
    fades: Mapping[int, float] | None = None,
) -> None:
    """Store strengths; missing engrams are skipped.

    `fades` has the times of fading; others are computed later.
    """
    times = fades or {}
    columns = (*StrengthRow.__slots__, "fades")
    connection.executemany(
        f"INSERT INTO strength({', '.join(columns)}) SELECT {', '.join('?' * len(columns))} "
        "WHERE EXISTS (SELECT 1 FROM engram WHERE id = ?1) ON CONFLICT(engram) DO UPDATE SET "
        f"{', '.join(f'{name} = excluded.{name}' for name in columns[1:])}",
        [
            (
                *astuple(row),
                None if row.pinned or row.archived is not None else times.get(row.engram, 0.0),
            )
            for row in rows
        ],
    )


def logs(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, bytes]:
    """The packed logs of recent uses of these engrams."""
    query = (
        "SELECT engram, recent FROM strength WHERE recent IS NOT NULL "
        "AND engram IN (SELECT value FROM json_each(?))"
    )
    return dict(select(connection, query, ids))


def store_logs(connection: sqlite3.Connection, of: Mapping[int, bytes | None]) -> None:
    """Store the logs of recent uses of engrams with a strength; None for none."""
    connection.executemany("UPDATE strength SET recent = ?2 WHERE engram = ?1", list(of.items()))


def unknown(connection: sqlite3.Connection, limit: int) -> list[int]:
    """Engrams whose time of fading has not been computed, at most `limit`."""
    return integers(connection, "SELECT engram FROM strength WHERE fades = 0 LIMIT ?", limit)


def store_fades(connection: sqlite3.Connection, fades: Mapping[int, float]) -> None:
    """Store the times of fading."""
    connection.executemany(
        "UPDATE strength SET fades = ?2 WHERE engram = ?1 AND fades IS NOT NULL",
        list(fades.items()),
    )


def move(connection: sqlite3.Connection, engram: int, to: int) -> None:
    """Move strength, links and working memory of an engram to another."""
    connection.execute("UPDATE OR REPLACE strength SET engram = ? WHERE engram = ?", (to, engram))
    transferred = links(connection, engram)
    move_in_mind(connection, engram, to)
    drop_links(connection, transferred)
    store_links(
        connection,
        [replace(row, a=to) if row.a == engram else replace(row, b=to) for row in transferred],
    )


class Origin(NamedTuple):
    """Kind, time of telling or adding, and told text of an engram.

    `text` is "" for statements of sources.
    """

    kind: str
    time: float
    text: str


def origins(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, Origin]:
    """The origins of these engrams."""
    rows = connection.execute(
        "SELECT e.id, coalesce((SELECT kind FROM mark WHERE engram = e.id), e.kind), "
        "coalesce((SELECT told FROM fact WHERE engram = e.id), "
        "(SELECT told FROM note WHERE engram = e.id), "
        "(SELECT s.added FROM source s WHERE s.id = (SELECT x.source FROM extent x "
        "WHERE x.first <= e.id AND x.last >= e.id ORDER BY x.first DESC LIMIT 1)), 0.0), "
        "CASE WHEN e.kind <> 'statement' THEN coalesce(e.text, '') ELSE '' END "
        "FROM engram e WHERE e.id IN (SELECT value FROM json_each(?))",
        (json_list(ids),),
    )
    return {int(id): Origin(str(kind), float(time), text) for id, kind, time, text in rows}


def archived_counts(connection: sqlite3.Connection) -> dict[int, int]:
    """The number of archived facts of each scope that has any."""
    query = (
        "SELECT f.scope, count(*) FROM strength s JOIN fact f ON f.engram = s.engram "
        "WHERE s.archived IS NOT NULL GROUP BY f.scope"
    )
    return dict(select(connection, query))


# -- links -----------------------------------------------------------------------------------------


def linked(connection: sqlite3.Connection) -> set[int]:
    """The engrams with links."""
    return set(integers(connection, "SELECT a FROM link UNION SELECT b FROM link"))


def links(connection: sqlite3.Connection, engram: int, kind: str | None = None) -> list[LinkRow]:
    """The links that start or end at an engram, optionally of one kind."""
    test = "= ?1 AND (?2 IS NULL OR kind = ?2)"
    return [
        row
        for end in ("a", "b")
        for row in _LINKS.select(connection, f"WHERE {end} {test}", engram, kind)
    ]


def strong(connection: sqlite3.Connection, minimum: float) -> list[LinkRow]:
    """The learned links with at least this weight at their last use. Scans all links."""
    return _LINKS.select(connection, "WHERE kind = ? AND weight >= ?", COACTIVATION, minimum)


def link_version(connection: sqlite3.Connection) -> int:
    """A counter that increases with every change of links."""
    return meta.number(connection, meta.LINK_MOVES)


def coactivations(
    connection: sqlite3.Connection, pairs: Iterable[tuple[int, int]]
) -> dict[tuple[int, int], LinkRow]:
    """The existing learned links of these pairs, smaller id first."""
    rows = _LINKS.select(
        connection,
        "JOIN json_each(?) j ON a = json_extract(j.value, '$[0]') "
        "AND b = json_extract(j.value, '$[1]') AND kind = ?",
        pairs,
        COACTIVATION,
    )
    return {(row.a, row.b): row for row in rows}


def crowded(connection: sqlite3.Connection, ids: Iterable[int], limit: int) -> list[int]:
    """The engrams among these with more than `limit` learned links."""
    counts = link_counts(connection, ids)
    return [engram for engram, number in counts.items() if number > limit]


def link_counts(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, int]:
    """The number of learned links of these engrams."""
    query = (
        "SELECT value, (SELECT count(*) FROM link WHERE a = value AND kind = :kind) + "
        "(SELECT count(*) FROM link WHERE b = value AND kind = :kind) FROM json_each(:ids)"
    )
    return dict(select(connection, query, ids=ids, kind=COACTIVATION))


def between(
    connection: sqlite3.Connection, a: int, b: int, kind: str = COACTIVATION
) -> LinkRow | None:
    """The link of a kind between two engrams; a learned one in either order."""
    if kind == COACTIVATION:
        a, b = min(a, b), max(a, b)
    return _LINKS.first(connection, "WHERE a = ? AND b = ? AND kind = ?", a, b, kind)


def store_links(connection: sqlite3.Connection, rows: Iterable[LinkRow]) -> None:
    """Store links, except self-links and those of missing engrams.

    Learned ones are stored with the smaller id first.
    """
    ordered = [
        replace(row, a=row.b, b=row.a) if row.kind == COACTIVATION and row.b < row.a else row
        for row in rows
    ]
    test = "?1 <> ?2 AND (SELECT count(*) FROM engram WHERE id IN (?1, ?2)) = 2"
    _LINKS.put(connection, ordered, test)
    meta.count(connection, meta.LINK_MOVES)


def drop_links(connection: sqlite3.Connection, rows: Iterable[LinkRow]) -> None:
    """Delete links."""
    connection.executemany(
        "DELETE FROM link WHERE a = ? AND b = ? AND kind = ?", [(r.a, r.b, r.kind) for r in rows]
    )
    meta.count(connection, meta.LINK_MOVES)


# -- engrams that change their ids -----------------------------------------------------------------


def collect(connection: sqlite3.Connection, ids: Sequence[int]) -> StrengthRecords:
    """The strengths and links of these engrams."""
    chosen = "IN (SELECT value FROM json_each(?1))"
    links = tuple(_LINKS.select(connection, f"WHERE a {chosen} OR b {chosen}", ids))
    return StrengthRecords(tuple(by_ids(connection, ids).values()), links, logs(connection, ids))


def follow(
    connection: sqlite3.Connection, records: StrengthRecords, mapping: Mapping[int, int]
) -> None:
    """Restore strengths and links under the new ids of engrams with the same text."""
    store(
        connection,
        [replace(r, engram=mapping[r.engram]) for r in records.strengths if r.engram in mapping],
    )
    store_logs(connection, {mapping[id]: log for id, log in records.logs.items() if id in mapping})
    store_links(
        connection,
        [replace(r, a=mapping.get(r.a, r.a), b=mapping.get(r.b, r.b)) for r in records.links],
    )


def by_run(connection: sqlite3.Connection, column: str, run: int, limit: int) -> list[int]:
    """The memories that a consolidation has `kept` or `archived` (the column)."""
    return integers(
        connection,
        f"SELECT engram FROM strength WHERE {column} = ? ORDER BY engram LIMIT ?",
        run,
        limit,
    )


def drop(connection: sqlite3.Connection, engrams: Iterable[int]) -> None:
    """Delete strengths, which resets engrams to their initial strength."""
    connection.executemany("DELETE FROM strength WHERE engram = ?", [(id,) for id in engrams])


#: Queries that count inconsistencies, by what they mean.
FAULTS = {
    "{} strengths cannot be.": (
        "SELECT count(*) FROM strength WHERE weight < 0 OR stability <= 0 OR uses < 0"
    ),
    "{} links cannot be.": (
        "SELECT count(*) FROM link WHERE a = b OR weight < 0 "
        f"OR (kind = '{COACTIVATION}' AND a > b)"
    ),
}


class Falling(NamedTuple):
    """A used engram, and when it will have faded, in seconds since the epoch."""

    engram: int
    fades: float


_FALLING = Table(Falling, "strength")


class Arrival(NamedTuple):
    """A told engram, and when."""

    engram: int
    time: float


def used_engrams(
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
    test = "fades IS NOT NULL AND fades > ? AND fades <= ?"
    query = f"{test} ORDER BY fades {'DESC' if latest else 'ASC'} LIMIT ?"
    if places is None:
        index = "INDEXED BY strength_fades WHERE"
        return _FALLING.select(connection, f"{index} {query}", above, upto, limit)
    # Each place is sorted by the index; a query over all would sort again.
    index = "INDEXED BY strength_place WHERE place ="
    occupied = integers(
        connection,
        "SELECT value FROM json_each(?) "
        f"WHERE EXISTS (SELECT 1 FROM strength {index} value AND {test})",
        places,
        above,
        upto,
    )
    result = [
        row
        for place in occupied
        for row in _FALLING.scan(connection, f"{index} ? AND {query}", place, above, upto, limit)
    ]
    return sorted(result, key=lambda each: each.fades, reverse=latest)[:limit]


def next_arrival(connection: sqlite3.Connection, table: str, engram: int) -> Arrival | None:
    """The first engram told from this id on; `table` is one of `TABLES`."""
    row = connection.execute(
        f"SELECT engram, told FROM {table} WHERE engram >= ? ORDER BY engram LIMIT 1", (engram,)
    ).fetchone()
    return None if row is None else Arrival(*row)


def first_and_last(connection: sqlite3.Connection, table: str) -> tuple[int, int] | None:
    """The first and last id of a table, None if it is empty."""
    (first,) = select_one(connection, f"SELECT min(engram) FROM {table}")
    (last,) = select_one(connection, f"SELECT max(engram) FROM {table}")
    return None if first is None else (int(first), int(last))


def marked_kinds(connection: sqlite3.Connection) -> list[str]:
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


def unused_facts(connection: sqlite3.Connection, query: UnusedQuery) -> Scan:
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


def in_trash(connection: sqlite3.Connection, engrams: Sequence[int]) -> set[int]:
    """The used engrams among these that are in the trash."""
    return set(
        integers(
            connection,
            "SELECT s.engram FROM strength s JOIN source o ON o.id = s.place "
            "WHERE o.trashed IS NOT NULL AND s.engram IN (SELECT value FROM json_each(?))",
            engrams,
        )
    )


def places_of_engrams(connection: sqlite3.Connection, engrams: Sequence[int]) -> dict[int, int]:
    """The places of engrams, by id."""
    rows = connection.execute(
        "SELECT value, coalesce((SELECT -1 - scope FROM fact WHERE engram = value), "
        "(SELECT -1 - scope FROM note WHERE engram = value), "
        "(SELECT source FROM extent WHERE first <= value AND last >= value "
        "ORDER BY first DESC LIMIT 1)) FROM json_each(?)",
        (json_list(engrams),),
    )
    return {int(engram): int(place) for engram, place in rows if place is not None}


#: Maximum facts of all scopes together.
_KEPT = 700


def recall(connection: sqlite3.Connection, moments: Mapping[int, float], slots: int) -> None:
    """Record recalls of facts at these times; keeps the latest `slots` of each scope."""
    stored = _moments(connection)
    latest = stored | {id: max(at, stored.get(id, at)) for id, at in moments.items()}
    rows = connection.execute(
        "SELECT engram, at FROM (SELECT f.engram, j.value AS at, row_number() OVER (PARTITION BY "
        "f.scope ORDER BY j.value DESC, f.engram DESC) AS place FROM json_each(?) j "
        "JOIN fact f ON f.engram = j.key) WHERE place <= ? ORDER BY at DESC LIMIT ?",
        (json.dumps(latest), slots, _KEPT),
    )
    meta.dump(connection, meta.IN_MIND, dict(rows.fetchall()))


def stay_in_mind(connection: sqlite3.Connection, engrams: Iterable[int], at: float) -> None:
    """Extend the time of facts that are in working memory to `at`."""
    stored = _moments(connection)
    later = {id: max(at, stored[id]) for id in engrams if id in stored}
    meta.dump(connection, meta.IN_MIND, stored | later)


def in_mind(connection: sqlite3.Connection, scope: int) -> dict[int, float]:
    """The times of recall of facts in a scope, without tellings."""
    rows = connection.execute(
        "SELECT f.engram, j.value FROM meta m, json_each(m.value) j JOIN fact f "
        "ON f.engram = j.key WHERE m.key = 'in_mind' AND f.scope = ?",
        (scope,),
    )
    return dict(rows.fetchall())


def move_in_mind(connection: sqlite3.Connection, engram: int, to: int) -> None:
    """Move the entry of a fact to another."""
    stored = _moments(connection)
    if engram in stored:
        stored[to] = stored.pop(engram)
        meta.dump(connection, meta.IN_MIND, stored)


def _moments(connection: sqlite3.Connection) -> dict[int, float]:
    stored = meta.load(connection, meta.IN_MIND) or {}
    return {int(engram): at for engram, at in stored.items()}
