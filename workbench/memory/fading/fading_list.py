"""Lists memories about to fade, next first, then faded ones, latest first.

A memory has faded once it ranks behind its equals (`Plasticity.faded`). Pinned, archived, expired
and superseded ones are excluded; sentences of sources are included only once used. Nothing is
scanned: used memories are indexed by fading time, and unused ones fade in the order of storage, in
which a time is found by binary search.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workbench.arguments import Limit, Words
from workbench.errors import NotFoundError, UsageError
from workbench.memory import use_history
from workbench.memory.facts import facts
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.marking import NOTE_KINDS
from workbench.memory.fading.records import Fading, FadingList
from workbench.memory.plasticity import DAY
from workbench.store import collections, marks, names, reviews
from workbench.store import facts as fact_rows
from workbench.store import strengths as rows
from workbench.store.strengths import Arrival, Scan, UnusedQuery

#: Maximum memories per page, and extra ones that are read since some are excluded.
_PAGE_LIMIT, _SPARE = 500, 10
#: Facts of a kind that are read per page, and that are counted exactly.
_SCAN_LIMIT, _COUNT_LIMIT = 500, 100
#: Used memories without a computed fading time, read per page.
_UNKNOWN = 100


@dataclass(slots=True)
class _Scan:
    """The state of one search: what is searched where, and whether everything was seen."""

    index: FactIndex
    connection: sqlite3.Connection
    timestamp: float
    cutoff: float
    scope: int | None
    places: list[int] | None
    probed: dict[tuple[str, int], Arrival | None]
    complete: bool = True


def fading_soon(
    index: FactIndex,
    collection: Words | None = None,
    *,
    within_days: float = 7,
    limit: Limit = 50,
) -> FadingList:
    """The memories that fade within so many days, next first, then faded ones, latest first.

    Of the whole library or of one collection. Raises `UsageError`, and `NotFoundError` for an
    unknown collection.
    """
    if not 0 <= within_days <= 36_500:
        raise UsageError("Within how many days?", "Choose from 0 to 36500.")
    page_size = max(0, min(limit, _PAGE_LIMIT))
    timestamp = index.store.clock()
    with index.store.read() as connection:
        scan = _Scan(index, connection, timestamp, timestamp + within_days * DAY, None, None, {})
        if collection is not None:
            scan.scope, scan.places = _inside(connection, collection)
        unknown = rows.unknown(connection, _UNKNOWN)
        target = page_size + _SPARE
        upcoming = _nearest(scan, target, late=False)
        items = _checked(scan, [*unknown, *upcoming])
        if scan.complete or len(items) < page_size:
            listed_ids = {item.engram for item in items}
            late = _nearest(scan, target, late=True)
            items += _checked(scan, [id for id in late if id not in listed_ids])
        if unknown:
            index.strengths.catch_up()
        future = sorted(
            (e for e in items if e.fades_at > timestamp), key=lambda e: (e.fades_at, e.engram)
        )
        past = sorted(
            (e for e in items if e.fades_at <= timestamp), key=lambda e: (-e.fades_at, e.engram)
        )
        ordered = [*future, *past]
        complete = scan.complete and len(unknown) < _UNKNOWN
        total = len(ordered) if complete else max(len(ordered), _number(scan))
    return FadingList(tuple(ordered[:page_size]), total, complete)


def _inside(connection: sqlite3.Connection, collection: str) -> tuple[int, list[int]]:
    scope = fact_rows.scope_id(connection, collection)
    if scope is None:
        raise NotFoundError(
            f"There is no collection called “{names.printable(collection)}”.",
            "See `workbench list collections`.",
        )
    return scope, [-1 - scope, *collections.source_ids(connection, collection)]


# -- candidates ------------------------------------------------------------------------------------


def _nearest(scan: _Scan, target: int, *, late: bool) -> list[int]:
    """The next memories to fade, or with `late` the last that have."""
    sign = -1 if late else 1
    above, until = (0.0, scan.timestamp) if late else (scan.timestamp, scan.cutoff)
    used = rows.used_engrams(scan.connection, above, until, target, latest=late, places=scan.places)
    scan.complete &= len(used) < target
    pairs = [(sign * row.fades, row.engram) for row in used]
    for table, kind, span in _kinds(scan):
        begin = _first_after(scan, table, scan.timestamp - span)
        unused = _unused(scan, table, kind, begin, target, back=late)
        inside = [row for row in unused.arrivals if late or row.time + span <= scan.cutoff]
        scan.complete &= len(inside) < len(unused.arrivals) or (
            unused.complete and len(unused.arrivals) < target
        )
        pairs += [(sign * (row.time + span), row.engram) for row in inside]
    return [id for _, id in sorted(pairs)[:target]]


def _kinds(scan: _Scan) -> Iterator[tuple[str, str, float]]:
    """Yield the table and kind of memories, and the seconds after which an unused one has faded."""
    marked = [kind for kind in rows.marked_kinds(scan.connection) if kind not in NOTE_KINDS]
    for kind in dict.fromkeys(("fact", *marked)):
        yield "fact", kind, _span(scan, kind)
    if rows.first_and_last(scan.connection, "note") is not None:
        for kind in NOTE_KINDS:
            yield "note", kind, _span(scan, kind)


def _span(scan: _Scan, kind: str) -> float:
    settings = scan.index.strengths.settings
    new = rows.StrengthRow(0, settings.first, 0.0)
    return use_history.fades_at(new, settings.half_life(kind), settings)


def _unused(
    scan: _Scan, table: str, kind: str, begin: int, target: int, *, back: bool
) -> Scan:  # fmt: skip
    find = rows.unused_facts if table == "fact" else rows.unused_notes
    limit = max(_SCAN_LIMIT, target)
    return find(scan.connection, UnusedQuery(kind, begin, target, limit, back, scan.scope))


def _first_after(scan: _Scan, table: str, timestamp: float) -> int:
    """The first id stored at this time or later, by binary search."""
    ends = rows.first_and_last(scan.connection, table)
    if ends is None:
        return 0
    low, high = ends[0], ends[1] + 1
    while low < high:
        middle = (low + high) // 2
        key = table, middle
        if key not in scan.probed:
            scan.probed[key] = rows.next_arrival(scan.connection, table, middle)
        row = scan.probed[key]
        if row is None or row.time >= timestamp:
            high = middle
        else:
            low = row.engram + 1
    return low


def _number(scan: _Scan) -> int:
    """The approximate number of memories, estimated by ids for facts."""
    number = len(
        rows.used_engrams(
            scan.connection, 0.0, scan.cutoff, _COUNT_LIMIT, latest=True, places=scan.places
        )
    )
    for table, kind, span in _kinds(scan):
        end = _first_after(scan, table, scan.cutoff - span)
        share = _share(scan, end) if kind == "fact" else 0
        if share < _SCAN_LIMIT:
            share = max(
                share, len(_unused(scan, table, kind, end, _COUNT_LIMIT, back=True).arrivals)
            )
        number += share
    return number


def _share(scan: _Scan, end: int) -> int:
    """The estimated number of facts before this id, assuming a uniform distribution."""
    ends = rows.first_and_last(scan.connection, "fact")
    if ends is None:
        return 0
    total = scan.index.total() if scan.scope is None else scan.index.count(scan.scope)
    return round(total * (end - ends[0]) / (ends[1] + 1 - ends[0]))


# -- selection -------------------------------------------------------------------------------------


def _checked(scan: _Scan, engrams: Iterable[int]) -> list[Fading]:
    """The records of those memories that have faded or will."""
    ids = list(dict.fromkeys(engrams))
    if not ids:
        return []
    connection, use = scan.connection, scan.index.strengths
    words = reviews.words(connection, ids)
    by_id = {fact.id: fact for fact in facts.by_ids(scan.index, ids)}
    excluded = marks.expired(connection, ids, scan.timestamp) | rows.in_trash(connection, ids)
    excluded |= {id for id, fact in by_id.items() if not fact.current}
    # Unused memories have the default strength of their kind.
    plain = by_id.keys() - rows.by_ids(connection, ids).keys() - use.waiting(by_id)
    used_rows = use.rows(connection, [id for id in words if id not in plain])
    fade_states: dict[int, tuple[float, float, float]] = {
        id: (by_id[id].strength, by_id[id].told, by_id[id].told + _span(scan, by_id[id].kind))
        for id in plain
    }
    for id, row in used_rows.items():
        if not row.pinned and row.archived is None:
            kind = words[id][1]
            fades = use_history.fades_at(row, use.settings.half_life(kind), use.settings)
            fade_states[id] = use.current(row, kind), row.used, fades
    left = {
        id: fade_states[id]
        for id in ids
        if id in fade_states and id not in excluded and fade_states[id][2] <= scan.cutoff
    }
    origins = rows.places_of_engrams(connection, list(left))
    if scan.places is not None:
        inside = set(scan.places)
        left = {id: state for id, state in left.items() if origins.get(id) in inside}
    titles = reviews.titles(connection, {place for place in origins.values() if place > 0})
    scopes = {-1 - place for place in origins.values() if place < 0}
    scope_names = {scope: collections.name_of(connection, scope) for scope in scopes}
    review_rows = reviews.by_ids(connection, list(left))
    return [
        Fading(
            engram=id,
            text=words[id][0],
            kind=words[id][1],
            strength=min(1.0, strength / use.settings.first),
            used=used,
            fades_at=fades,
            collection=scope_names.get(-1 - origins[id]),
            source=origins[id] if origins[id] > 0 else None,
            title=titles.get(origins[id]),
            review_due=review_rows[id].due if id in review_rows else None,
            archived=False,
        )
        for id, (strength, used, fades) in left.items()
        if id in origins
    ]
