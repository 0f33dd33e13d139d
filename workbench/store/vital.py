"""Size and connectivity of a library, without counting all rows.

Totals are counted as rows come and go (`row_counts`); everything else is looked up by index for a
number of rows that does not grow with the library: all where there are few, else a sample spread
evenly over it.
"""

import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from workbench.store import fiber_records, row_counts
from workbench.store.concept_mentions import triples_of
from workbench.store.fiber_records import FiberRecordError
from workbench.store.queries import integers

#: Rows that are looked at on one place of a sample.
_WINDOW = 4
#: Expired memories that are counted at most.
SAMPLE_LIMIT = 10_000


@dataclass(frozen=True, slots=True)
class Tally:
    """How much there is in a library; `read` are the statements of its sources."""

    concepts: int
    associations: int
    fibers: int
    read: int


@dataclass(frozen=True, slots=True)
class Touched:
    """When a memory came, and when it was used last if ever; whether it never fades."""

    created: float
    used: float | None
    pinned: bool

    @property
    def latest(self) -> float:
        """When somebody touched it last, its telling included; seconds since the epoch."""
        return max(self.created, self.used or 0.0)


@dataclass(frozen=True, slots=True)
class Weave:
    """What some fibers hold: how many, their mentions, concepts and associations by type."""

    fibers: int
    mentions: int
    concepts: int
    associations: int
    by_type: dict[int, int]


def tally(connection: sqlite3.Connection) -> Tally:
    """How much there is."""
    (read,) = connection.execute("SELECT coalesce(sum(engrams), 0) FROM source").fetchone()
    concepts, associations, fibers = (
        row_counts.count(connection, name) for name in ("concept", "association", "fiber")
    )
    return Tally(concepts, associations, fibers, read)


def read_in(connection: sqlite3.Connection, collection: int) -> int:
    """How many statements the sources of a collection have, without those in the trash."""
    (number,) = connection.execute(
        "SELECT coalesce(sum(s.engrams), 0) FROM membership m JOIN source s ON s.id = m.source "
        "WHERE m.collection = ? AND s.trashed IS NULL",
        (collection,),
    ).fetchone()
    return int(number)


def expired(connection: sqlite3.Connection, scope: int | None, now: float) -> int:
    """How many memories of a scope (None: of all) have expired, counted up to `SAMPLE_LIMIT`."""
    if scope is None:
        query = "SELECT 1 FROM mark WHERE expires <= :now LIMIT :most"
    else:
        query = (
            "SELECT 1 FROM mark m LEFT JOIN fact f ON f.engram = m.engram "
            "LEFT JOIN note n ON n.engram = m.engram WHERE m.expires <= :now "
            "AND coalesce(f.scope, n.scope) = :scope LIMIT :most"
        )
    (number,) = connection.execute(
        f"SELECT count(*) FROM ({query})", {"now": now, "scope": scope, "most": SAMPLE_LIMIT}
    ).fetchone()
    return int(number)


# -- samples ---------------------------------------------------------------------------------------


def _places(connection: sqlite3.Connection, table: str, key: str, limit: int) -> str:
    """A JSON list of ids spread evenly over those of a table, from which windows begin."""
    # Two questions in one: asked for both at once, SQLite would look at every row.
    first, last = connection.execute(
        f"SELECT (SELECT min({key}) FROM {table}), (SELECT max({key}) FROM {table})"
    ).fetchone()
    if first is None:
        return "[]"
    number = max(limit // _WINDOW, 1)
    step = max(last - first + 1, number) / number
    return json.dumps(sorted({first + int(step * at) for at in range(number)}))


def _spread(connection: sqlite3.Connection, table: str, key: str, limit: int) -> list[int]:
    ids = integers(connection, f"SELECT {key} FROM {table} LIMIT ?", (limit + 1,))
    if len(ids) <= limit:
        return ids
    return integers(
        connection,
        f"SELECT DISTINCT t.{key} FROM json_each(?) j JOIN {table} t ON t.{key} IN "
        f"(SELECT {key} FROM {table} WHERE {key} >= j.value ORDER BY {key} LIMIT ?)",
        (_places(connection, table, key, limit), _WINDOW),
    )


def sample_facts(connection: sqlite3.Connection, limit: int, scope: int | None = None) -> list[int]:
    """All facts where there are no more than `limit`, else some of them, spread evenly.

    With a `scope` those of them that are in it.
    """
    result = _spread(connection, "fact", "engram", limit)
    if scope is None:
        return result
    return integers(
        connection,
        "SELECT engram FROM fact WHERE engram IN (SELECT value FROM json_each(?)) AND scope = ?",
        (json.dumps(result), scope),
    )


def sample_concepts(connection: sqlite3.Connection, limit: int) -> list[int]:
    """All concepts where there are no more than `limit`, else some of them, spread evenly."""
    return _spread(connection, "concept", "id", limit)


def sample_fibers(connection: sqlite3.Connection, limit: int) -> list[int]:
    """The engrams of all fibers where there are no more than `limit`, else of some of them."""
    return _spread(connection, "fiber", "engram", limit)


def sample_statements(connection: sqlite3.Connection, collection: int, limit: int) -> list[int]:
    """Statements of the sources of a collection, spread evenly over at most 64 of these."""
    extents = connection.execute(
        "SELECT x.first, x.last FROM membership m JOIN source s ON s.id = m.source "
        "JOIN extent x ON x.source = m.source WHERE m.collection = ? AND s.trashed IS NULL "
        "ORDER BY m.source LIMIT 1024",
        (collection,),
    ).fetchall()
    extents = extents[:: max(len(extents) // 64, 1)][:64]
    if not extents:
        return []
    share = max(limit // len(extents), 1)
    results: list[int] = []
    for first, last in extents:
        step = max((last - first + 1) / share, 1)
        results += (first + int(step * at) for at in range(min(share, last - first + 1)))
    return results


def unjoined(connection: sqlite3.Connection, concepts: Sequence[int]) -> int:
    """How many of these concepts lead nowhere: no association, and no other concept beside them."""
    isolated = connection.execute(
        "SELECT c.id, (SELECT engram FROM mention WHERE concept = c.id LIMIT 1) FROM concept c "
        "WHERE c.id IN (SELECT value FROM json_each(?)) AND c.mentions <= 1 "
        "AND NOT EXISTS (SELECT 1 FROM association WHERE head = c.id) "
        "AND NOT EXISTS (SELECT 1 FROM association WHERE tail = c.id)",
        (json.dumps(list(concepts)),),
    ).fetchall()
    engrams = [engram for _, engram in isolated if engram is not None]
    company = {engram for engram, record in _records(connection, engrams) if _has_company(record)}
    return sum(engram not in company for _, engram in isolated)


def _has_company(record: bytes) -> bool:
    """Whether a fiber holds more than one concept; one that is damaged may."""
    try:
        return len(fiber_records.members(record)) > 1
    except FiberRecordError:
        return True


def concepts_of(connection: sqlite3.Connection, engrams: Collection[int], limit: int) -> list[int]:
    """Concepts that these engrams mention, at most so many."""
    results: dict[int, None] = {}
    for _, record in _records(connection, engrams):
        try:
            results.update(dict.fromkeys(fiber_records.members(record)))
        except FiberRecordError:
            continue
    concepts = list(results)
    return concepts[:: max(-(-len(concepts) // limit), 1)]


def weave(connection: sqlite3.Connection, engrams: Collection[int]) -> Weave:
    """What the fibers of these engrams hold together; damaged ones are left out."""
    fibers = mentions = 0
    concepts: set[int] = set()
    triples: set[tuple[int, int, int]] = set()
    for _, record in _records(connection, engrams):
        try:
            pathway = fiber_records.unpack(record)
        except FiberRecordError:
            continue
        fibers += 1
        mentions += len(pathway.steps)
        concepts.update(pathway.concepts)
        triples |= triples_of(pathway)
    by_type: dict[int, int] = {}
    for _, type, _ in triples:
        by_type[type] = by_type.get(type, 0) + 1
    return Weave(fibers, mentions, len(concepts), len(triples), by_type)


def _records(
    connection: sqlite3.Connection, engrams: Collection[int]
) -> Iterator[tuple[int, bytes]]:
    yield from connection.execute(
        "SELECT engram, record FROM fiber WHERE engram IN (SELECT value FROM json_each(?))",
        (json.dumps(list(engrams)),),
    )


def touched(connection: sqlite3.Connection, facts: Collection[int]) -> list[Touched]:
    """When these facts were told and used last."""
    rows = connection.execute(
        "SELECT f.told, s.used, b.conducted, coalesce(s.pinned, 0), coalesce(s.uses, 0) "
        "FROM fact f LEFT JOIN strength s ON s.engram = f.engram "
        "LEFT JOIN fiber b ON b.engram = f.engram "
        "WHERE f.engram IN (SELECT value FROM json_each(?))",
        (json.dumps(list(facts)),),
    )
    return [
        Touched(created, _latest(used if uses else None, conducted), bool(pinned))
        for created, used, conducted, pinned, uses in rows
    ]


def _latest(*moments: float | None) -> float | None:
    return max((time for time in moments if time is not None), default=None)


def sources_alive(
    connection: sqlite3.Connection, collection: int | None, since: float, limit: int
) -> tuple[int, int]:
    """Of at most so many sources, how many there are and how many were added or used since."""
    selected = (
        ""
        if collection is None
        else (" AND id IN (SELECT source FROM membership WHERE collection = :collection)")
    )
    rows = connection.execute(
        "SELECT added >= :since OR EXISTS (SELECT 1 FROM extent x JOIN strength t "
        "ON t.engram BETWEEN x.first AND x.last WHERE x.source = source.id AND t.used >= :since) "
        f"FROM source WHERE trashed IS NULL AND engrams > 0{selected} "
        "ORDER BY id DESC LIMIT :most",
        {"since": since, "collection": collection, "most": limit},
    ).fetchall()
    return len(rows), sum(int(alive) for (alive,) in rows)
