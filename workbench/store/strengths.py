"""The tables of plasticity: strengths and links of engrams.

Only used engrams have a row; others have their initial strength. Weights are those at the time
`used` (seconds since the epoch) and decay from there, as `memory.plasticity` defines.
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from typing import NamedTuple

from workbench.store import meta, working
from workbench.store.queries import Table, integers, json_list, select

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
    working.move(connection, engram, to)
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
