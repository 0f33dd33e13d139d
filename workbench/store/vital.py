"""Size, connectivity and alerts of a library, in bounded time.

Totals are maintained counters (`row_counts`); everything else is looked up for a bounded number of
rows: all in a small library, else an evenly spread sample.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import astuple, dataclass, replace

from workbench.store import fiber_records, meta, row_counts
from workbench.store.concept_mentions import triples_of
from workbench.store.queries import integers, json_list, select, select_number, select_one

#: Consecutive rows at each position of a sample.
_WINDOW = 4
#: Maximum of expired memories that are counted.
SAMPLE_LIMIT = 10_000


@dataclass(frozen=True, slots=True)
class Tally:
    """Totals of a library; `read` are the statements of its sources."""

    concepts: int
    associations: int
    fibers: int
    read: int


@dataclass(frozen=True, slots=True)
class Touched:
    """When a memory was told and last used, and whether it is pinned."""

    created: float
    used: float | None
    pinned: bool

    @property
    def latest(self) -> float:
        """The time of the last use or the telling; seconds since the epoch."""
        return max(self.created, self.used or 0.0)


@dataclass(frozen=True, slots=True)
class Weave:
    """Statistics of fibers: their number, mentions, concepts and associations by type."""

    fibers: int
    mentions: int
    concepts: int
    associations: int
    by_type: dict[int, int]


def tally(connection: sqlite3.Connection) -> Tally:
    """The totals of a library."""
    (read,) = select_one(connection, "SELECT coalesce(sum(engrams), 0) FROM source")
    concepts, associations, fibers = (
        row_counts.count(connection, name) for name in ("concept", "association", "fiber")
    )
    return Tally(concepts, associations, fibers, read)


def read_in(connection: sqlite3.Connection, collection: int) -> int:
    """The number of statements in the sources of a collection, without the trash."""
    return select_number(
        connection,
        "SELECT coalesce(sum(s.engrams), 0) FROM membership m JOIN source s ON s.id = m.source "
        "WHERE m.collection = ? AND s.trashed IS NULL",
        collection,
    )


def expired(connection: sqlite3.Connection, scope: int | None, now: float) -> int:
    """The number of expired memories in a scope (None: in all), up to `SAMPLE_LIMIT`."""
    if scope is None:
        query = "SELECT 1 FROM mark WHERE expires <= :now LIMIT :most"
    else:
        query = (
            "SELECT 1 FROM mark m LEFT JOIN fact f ON f.engram = m.engram "
            "LEFT JOIN note n ON n.engram = m.engram WHERE m.expires <= :now "
            "AND coalesce(f.scope, n.scope) = :scope LIMIT :most"
        )
    return select_number(
        connection,
        f"SELECT count(*) FROM ({query})",
        now=now,
        scope=scope,
        most=SAMPLE_LIMIT,
    )


# -- samples ---------------------------------------------------------------------------------------


def _places(connection: sqlite3.Connection, table: str, key: str, limit: int) -> str:
    """A JSON list of evenly spread ids of a table, at which windows start."""
    # As one query for both, SQLite would scan the table.
    first, last = select_one(
        connection, f"SELECT (SELECT min({key}) FROM {table}), (SELECT max({key}) FROM {table})"
    )
    if first is None:
        return "[]"
    number = max(limit // _WINDOW, 1)
    step = max(last - first + 1, number) / number
    return json.dumps(sorted({first + int(step * at) for at in range(number)}))


def _spread(connection: sqlite3.Connection, table: str, key: str, limit: int) -> list[int]:
    ids = integers(connection, f"SELECT {key} FROM {table} LIMIT ?", limit + 1)
    if len(ids) <= limit:
        return ids
    return integers(
        connection,
        f"SELECT DISTINCT t.{key} FROM json_each(?) j JOIN {table} t ON t.{key} IN "
        f"(SELECT {key} FROM {table} WHERE {key} >= j.value ORDER BY {key} LIMIT ?)",
        _places(connection, table, key, limit),
        _WINDOW,
    )


def sample_facts(connection: sqlite3.Connection, limit: int, scope: int | None = None) -> list[int]:
    """All facts up to `limit`, else an evenly spread sample.

    With a `scope`, those of them in it.
    """
    result = _spread(connection, "fact", "engram", limit)
    if scope is None:
        return result
    return integers(
        connection,
        "SELECT engram FROM fact WHERE engram IN (SELECT value FROM json_each(?)) AND scope = ?",
        json.dumps(result),
        scope,
    )


def sample_concepts(connection: sqlite3.Connection, limit: int) -> list[int]:
    """All concepts up to `limit`, else an evenly spread sample."""
    return _spread(connection, "concept", "id", limit)


def sample_fibers(connection: sqlite3.Connection, limit: int) -> list[int]:
    """The engrams of all fibers up to `limit`, else an evenly spread sample."""
    return _spread(connection, "fiber", "engram", limit)


def sample_statements(connection: sqlite3.Connection, collection: int, limit: int) -> list[int]:
    """Statements of a collection's sources, evenly spread over at most 64 of these."""
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
    """The number of isolated concepts: no association, no other concept in their fiber."""
    isolated = select(
        connection,
        "SELECT c.id, (SELECT engram FROM mention WHERE concept = c.id LIMIT 1) FROM concept c "
        "WHERE c.id IN (SELECT value FROM json_each(?)) AND c.mentions <= 1 "
        "AND NOT EXISTS (SELECT 1 FROM association WHERE head = c.id) "
        "AND NOT EXISTS (SELECT 1 FROM association WHERE tail = c.id)",
        concepts,
    )
    records = _records(connection, [engram for _, engram in isolated if engram is not None])
    # Damaged ones count as joined.
    alone = {
        engram
        for engram, members in fiber_records.intact(records, fiber_records.members)
        if len(members) < 2
    }
    company = {engram for engram, _ in records} - alone
    return sum(engram not in company for _, engram in isolated)


def concepts_of(connection: sqlite3.Connection, engrams: Collection[int], limit: int) -> list[int]:
    """At most `limit` concepts that these engrams mention."""
    results: dict[int, None] = {}
    for _, members in fiber_records.intact(_records(connection, engrams), fiber_records.members):
        results.update(dict.fromkeys(members))
    concepts = list(results)
    return concepts[:: max(-(-len(concepts) // limit), 1)]


def weave(connection: sqlite3.Connection, engrams: Collection[int]) -> Weave:
    """Statistics of the fibers of these engrams, without damaged ones."""
    fibers = mentions = 0
    concepts: set[int] = set()
    triples: set[tuple[int, int, int]] = set()
    for _, pathway in fiber_records.intact(_records(connection, engrams)):
        fibers += 1
        mentions += len(pathway.steps)
        concepts.update(pathway.concepts)
        triples |= triples_of(pathway)
    by_type = Counter(type for _, type, _ in triples)
    return Weave(fibers, mentions, len(concepts), len(triples), dict(by_type))


def _records(connection: sqlite3.Connection, engrams: Collection[int]) -> list[tuple[int, bytes]]:
    query = "SELECT engram, record FROM fiber WHERE engram IN (SELECT value FROM json_each(?))"
    return select(connection, query, engrams)


def touched(connection: sqlite3.Connection, facts: Collection[int]) -> list[Touched]:
    """When these facts were told and last used."""
    rows = connection.execute(
        "SELECT f.told, s.used, b.conducted, coalesce(s.pinned, 0), coalesce(s.uses, 0) "
        "FROM fact f LEFT JOIN strength s ON s.engram = f.engram "
        "LEFT JOIN fiber b ON b.engram = f.engram "
        "WHERE f.engram IN (SELECT value FROM json_each(?))",
        (json_list(facts),),
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
    """The numbers of sources, up to `limit`, and of those added or used since a time."""
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


RESOLVED = "resolved"
#: Resolved alerts kept of each type.
_HISTORY = 20
#: Keys of all alerts (JSON, by id), and of the number ever raised.
_ALERTS, _RAISED = "alerts", "alerts_raised"


@dataclass(frozen=True, slots=True)
class AlertRow:
    """An alert; `collection` is 0 for the whole library, times are in seconds since the epoch.

    `previous` is its status before its cause vanished; None if the user resolved it.
    """

    id: int
    collection: int
    type: str
    status: str
    previous: str | None
    raised: float
    changed: float
    value: float
    bound: float


def unresolved_alerts(connection: sqlite3.Connection, collection: int) -> dict[str, AlertRow]:
    """The unresolved alerts of a collection, by type."""
    rows = alerts(connection, collection)
    return {row.type: row for row in rows if row.status != RESOLVED}


def latest_resolved_alerts(connection: sqlite3.Connection, collection: int) -> dict[str, AlertRow]:
    """The last resolved alert of each type."""
    return {row.type: row for row in reversed(resolved_alerts(connection, collection))}


def resolved_alerts(connection: sqlite3.Connection, collection: int) -> list[AlertRow]:
    """The resolved alerts of a collection, the latest first."""
    rows = [row for row in alerts(connection, collection) if row.status == RESOLVED]
    return sorted(rows, key=lambda row: (row.changed, row.id), reverse=True)


def alert(connection: sqlite3.Connection, id: int) -> AlertRow | None:
    """An alert by id, or None."""
    return next((row for row in alerts(connection) if row.id == id), None)


def raise_alert(
    connection: sqlite3.Connection,
    collection: int,
    type: str,
    now: float,
    value: float,
    bound: float,
) -> None:
    """Raise an alert; the oldest resolved ones of its type are deleted."""
    id = meta.count(connection, _RAISED)
    former = [row for row in resolved_alerts(connection, collection) if row.type == type]
    rows = [row for row in alerts(connection) if row not in former[_HISTORY:]]
    new = AlertRow(id, collection, type, "active", None, now, now, value, bound)
    _store_alerts(connection, [*rows, new])


def change_alert(
    connection: sqlite3.Connection, id: int, status: str, previous: str | None, now: float
) -> None:
    """Set the status of an alert."""
    rows = {row.id: row for row in alerts(connection)}
    if id in rows:
        rows[id] = replace(rows[id], status=status, previous=previous, changed=now)
        _store_alerts(connection, rows.values())


def remove_alerts(connection: sqlite3.Connection, collection: int) -> None:
    """Delete the alerts of a collection."""
    _store_alerts(connection, (row for row in alerts(connection) if row.collection != collection))


def alerts(connection: sqlite3.Connection, collection: int | None = None) -> list[AlertRow]:
    """The alerts of a collection, or all."""
    rows = [AlertRow(*row) for row in meta.load(connection, _ALERTS) or ()]
    return [row for row in rows if collection in (None, row.collection)]


def _store_alerts(connection: sqlite3.Connection, rows: Iterable[AlertRow]) -> None:
    meta.dump(connection, _ALERTS, list(map(astuple, rows)))
