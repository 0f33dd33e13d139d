"""Lists what will fade soon, the next first, then what has faded, the latest first.

A memory has faded once it ranks behind its equals (`Plasticity.faded`). What is pinned or laid
aside, has expired, or gave its place to something newer is not among it; sentences of sources are
only once they were used. Nothing is scanned: what was used has an index by when it fades, and what
was told and never used fades in the order in which it came, where a moment is looked up by halves.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workbench.errors import NotFoundError, UsageError
from workbench.memory import use_history
from workbench.memory.facts import facts
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.marking import NOTE_KINDS
from workbench.memory.fading.records import Fading, FadingList
from workbench.memory.plasticity import DAY
from workbench.store import collections, fading, marks, names, reviews
from workbench.store import facts as fact_rows
from workbench.store import strengths as rows
from workbench.store.fading import Looked, Told

#: Memories on one page at most, and how many more are looked at for those that do not belong there.
_MOST, _SPARE = 500, 10
#: Facts of a kind that are looked at for one page, and those that are counted one by one.
_LOOKED, _COUNTED = 500, 100
#: Used memories of which nobody has worked out yet when they fade, looked at for one page.
_UNKNOWN = 100


@dataclass(slots=True)
class _Look:
    """One look at the library: what is looked for, where, and whether all of it was seen."""

    index: FactIndex
    connection: sqlite3.Connection
    now: float
    until: float
    scope: int | None
    places: list[int] | None
    probed: dict[tuple[str, int], Told | None]
    whole: bool = True


def fading_soon(
    index: FactIndex, collection: str | None, *, within_days: float, limit: int
) -> FadingList:
    """What will have faded within so many days, and what has; of one collection where it is named.

    Raises `UsageError` for days that are none and `NotFoundError` for no such collection.
    """
    if not 0 <= within_days <= 36_500:
        raise UsageError("Within how many days?", "Choose from 0 to 36500.")
    most = max(0, min(limit, _MOST))
    now = index.store.clock()
    with index.store.read() as connection:
        look = _Look(index, connection, now, now + within_days * DAY, None, None, {})
        if collection is not None:
            look.scope, look.places = _inside(connection, collection)
        unknown = rows.unknown(connection, _UNKNOWN)
        wanted = most + _SPARE
        soon = _soon(look, wanted)
        items = _checked(look, [*unknown, *soon])
        if look.whole or len(items) < most:
            known = {each.engram for each in items}
            items += _checked(look, [id for id in _late(look, wanted) if id not in known])
        if unknown:
            index.strengths.catch_up()
        coming = sorted(
            (e for e in items if e.fades_at > now), key=lambda e: (e.fades_at, e.engram)
        )
        past = sorted(
            (e for e in items if e.fades_at <= now), key=lambda e: (-e.fades_at, e.engram)
        )
        found = [*coming, *past]
        complete = look.whole and len(unknown) < _UNKNOWN
        total = len(found) if complete else max(len(found), _number(look))
    return FadingList(tuple(found[:most]), total, complete)


def _inside(connection: sqlite3.Connection, collection: str) -> tuple[int, list[int]]:
    scope = fact_rows.scope_id(connection, collection)
    if scope is None:
        raise NotFoundError(
            f"There is no collection called “{names.shown(collection)}”.",
            "See `workbench list collections`.",
        )
    return scope, [-1 - scope, *collections.source_ids(connection, collection)]


# -- what comes into question ----------------------------------------------------------------------


def _soon(look: _Look, wanted: int) -> list[int]:
    """Those that fade from now on, the next first."""
    used = fading.used(
        look.connection, look.now, look.until, wanted, latest=False, places=look.places
    )
    look.whole &= len(used) < wanted
    found = [(each.fades, each.engram) for each in used]
    for table, kind, span in _kinds(look):
        begin = _since(look, table, look.now - span)
        seen = _unused(look, table, kind, begin, wanted, back=False)
        inside = [each for each in seen.found if each.told + span <= look.until]
        look.whole &= len(inside) < len(seen.found) or (seen.whole and len(seen.found) < wanted)
        found += [(each.told + span, each.engram) for each in inside]
    return [id for _, id in sorted(found)[:wanted]]


def _late(look: _Look, wanted: int) -> list[int]:
    """Those that have faded, the latest first."""
    used = fading.used(look.connection, 0.0, look.now, wanted, latest=True, places=look.places)
    look.whole &= len(used) < wanted
    found = [(-each.fades, each.engram) for each in used]
    for table, kind, span in _kinds(look):
        begin = _since(look, table, look.now - span)
        seen = _unused(look, table, kind, begin, wanted, back=True)
        look.whole &= seen.whole and len(seen.found) < wanted
        found += [(-each.told - span, each.engram) for each in seen.found]
    return [id for _, id in sorted(found)[:wanted]]


def _kinds(look: _Look) -> Iterator[tuple[str, str, float]]:
    """Where what kind of thing lies, and after how many seconds it has faded if it is not used."""
    marked = [kind for kind in fading.kinds(look.connection) if kind not in NOTE_KINDS]
    for kind in dict.fromkeys(("fact", *marked)):
        yield "fact", kind, _span(look, kind)
    if fading.ends(look.connection, "note") is not None:
        for kind in NOTE_KINDS:
            yield "note", kind, _span(look, kind)


def _span(look: _Look, kind: str) -> float:
    settings = look.index.strengths.settings
    new = rows.StrengthRow(0, settings.first, 0.0)
    return use_history.fades_at(new, settings.half_life(kind), settings)


def _unused(
    look: _Look, table: str, kind: str, begin: int, wanted: int, *, back: bool
) -> Looked:  # fmt: skip
    find = fading.unused if table == "fact" else fading.unused_notes
    most = max(_LOOKED, wanted)
    return find(look.connection, kind, begin, wanted, most, back=back, scope=look.scope)


def _since(look: _Look, table: str, moment: float) -> int:
    """From which id on was told what came at this moment or later, by halving."""
    ends = fading.ends(look.connection, table)
    if ends is None:
        return 0
    low, high = ends[0], ends[1] + 1
    while low < high:
        middle = (low + high) // 2
        key = table, middle
        if key not in look.probed:
            look.probed[key] = fading.next_told(look.connection, table, middle)
        met = look.probed[key]
        if met is None or met.told >= moment:
            high = middle
        else:
            low = met.engram + 1
    return low


def _number(look: _Look) -> int:
    """About how many there are: of facts by their share of all ids, of others the first ones."""
    number = len(
        fading.used(look.connection, 0.0, look.until, _COUNTED, latest=True, places=look.places)
    )
    for table, kind, span in _kinds(look):
        end = _since(look, table, look.until - span)
        share = _share(look, end) if kind == "fact" else 0
        if share < _LOOKED:
            share = max(share, len(_unused(look, table, kind, end, _COUNTED, back=True).found))
        number += share
    return number


def _share(look: _Look, end: int) -> int:
    """How many facts were told before this id, as if they were spread evenly over all ids."""
    ends = fading.ends(look.connection, "fact")
    if ends is None:
        return 0
    every = look.index.total() if look.scope is None else look.index.count(look.scope)
    return round(every * (end - ends[0]) / (ends[1] + 1 - ends[0]))


# -- what belongs there ----------------------------------------------------------------------------


def _checked(look: _Look, engrams: Iterable[int]) -> list[Fading]:
    """Those of these that count and will have faded, as they are shown."""
    ids = list(dict.fromkeys(engrams))
    if not ids:
        return []
    connection, use = look.connection, look.index.strengths
    words = reviews.words(connection, ids)
    told = {fact.id: fact for fact in facts.by_ids(look.index, ids)}
    gone = marks.expired(connection, ids, look.now) | fading.trashed(connection, ids)
    gone |= {id for id, fact in told.items() if not fact.current}
    # What was told and never used is as strong as its like.
    plain = told.keys() - rows.by_ids(connection, ids).keys() - use.waiting(told)
    held = use.rows(connection, [id for id in words if id not in plain])
    known: dict[int, tuple[float, float, float]] = {
        id: (told[id].strength, told[id].told, told[id].told + _span(look, told[id].kind))
        for id in plain
    }
    for id, row in held.items():
        if not row.pinned and row.archived is None:
            kind = words[id][1]
            fades = use_history.fades_at(row, use.settings.half_life(kind), use.settings)
            known[id] = use.now(row, kind), row.used, fades
    left = {
        id: known[id] for id in ids if id in known and id not in gone and known[id][2] <= look.until
    }
    where = fading.places(connection, list(left))
    if look.places is not None:
        inside = set(look.places)
        left = {id: each for id, each in left.items() if where.get(id) in inside}
    titles = reviews.titles(connection, {place for place in where.values() if place > 0})
    scopes = {-1 - place for place in where.values() if place < 0}
    named = {scope: collections.name_of(connection, scope) for scope in scopes}
    kept = reviews.by_ids(connection, list(left))
    return [
        Fading(
            engram=id,
            text=words[id][0],
            kind=words[id][1],
            strength=min(1.0, strength / use.settings.first),
            used=used,
            fades_at=fades,
            collection=named.get(-1 - where[id]),
            source=where[id] if where[id] > 0 else None,
            title=titles.get(where[id]),
            review_due=kept[id].due if id in kept else None,
            archived=False,
        )
        for id, (strength, used, fades) in left.items()
        if id in where
    ]
