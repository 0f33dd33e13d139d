"""Recall as it mostly is: of words alone, among all facts of a scope, as they are now.

Whatever is not usual is left to `facts.recall`, which gives the same. What was looked at before is
at hand for as long as nobody writes; only the rest is read.
"""

import math
import sqlite3
from collections.abc import Mapping, Sequence

from workbench.memory.facts import at_hand, handing_out
from workbench.memory.facts.at_hand import AtHand, Known
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.ranking import Weighed, rerank
from workbench.memory.facts.records import Fact
from workbench.memory.facts.staleness import claims_of
from workbench.memory.facts.standing import taken_over
from workbench.store import facts as rows
from workbench.store import marks
from workbench.store.facts import FactRow


def recall(
    index: FactIndex,
    cue: str,
    collection: str | None,
    limit: int,
    include_expired: bool,
    by: str,
) -> list[Fact] | None:
    """The facts that bear on a cue, best first; None where that is not so simple."""
    most = 4 * limit
    if most > at_hand.MOST:
        return None
    with index.store.glance() as connection:
        hand = index.at_hand(connection)
        scope = rows.OWN if collection is None else _scope(connection, hand, collection)
        if scope is None:
            return []
        found = index.best(scope, index.parser.cue(cue), most, None, hand.postings)
        if not found:
            return None
        known = _known(index, connection, hand, found)
        found_rows = [each.row for each, _ in known]
        strong = index.strengths.of_facts(connection, found_rows, hand.strengths)
        now = index.store.clock()
        weighed = [
            Weighed(each.row, score, each.current, *strong[each.row.id])
            for each, score in known
            if include_expired or each.row.expires is None or each.row.expires > now
        ]
        if len(weighed) < limit and len(found) == most:
            # More would have to be looked at.
            return None
        sources = hand.sources
        return [
            handing_out.fact(each, sources.get(each.row.id, ()), collection, now)
            for each in rerank(weighed, by)[:limit]
        ]


def _scope(connection: sqlite3.Connection, hand: AtHand, collection: str) -> int | None:
    scope = hand.scopes.get(collection)
    if scope is None:
        scope = rows.scope_id(connection, collection)
        if scope is not None:
            hand.scopes[collection] = scope
    return scope


def _known(
    index: FactIndex, connection: sqlite3.Connection, hand: AtHand, found: list[tuple[int, float]]
) -> list[tuple[Known, float]]:
    """Those of the found facts that are there, with their scores."""
    held = known(index, connection, hand, [id for id, _ in found])
    return [(held[id], score) for id, score in found if id in held]


def known(
    index: FactIndex, connection: sqlite3.Connection, hand: AtHand, ids: Sequence[int]
) -> dict[int, Known]:
    """At least those of these facts that are there, at most `at_hand.MOST`, by id."""
    held = hand.facts
    missing = [id for id in ids if id not in held]
    if missing:
        if hand.make_room(len(ids)):
            missing = list(ids)
        stored = rows.by_ids(connection, missing)
        shared = [row.id for row in stored if row.teller or row.shared]
        if shared:
            hand.sources.update(rows.sources(connection, shared))
        stale: dict[int, int] = {}
        for fact, _ in taken_over(index, connection, stored, None, hand.postings):
            stale[fact] = stale.get(fact, 0) + 1
        fresh = {
            row.id: Known(row, row.id not in stale or stale[row.id] < len(claims_of(row)))
            for row in stored
        }
        passing = _passing(index, connection, hand, stored, stale)
        if passing:
            held.update((id, each) for id, each in fresh.items() if id not in passing)
            return {**held, **fresh}
        held.update(fresh)
    return held


def _passing(
    index: FactIndex,
    connection: sqlite3.Connection,
    hand: AtHand,
    found: Sequence[FactRow],
    stale: Mapping[int, int],
) -> set[int]:
    """Those facts that may count otherwise after a while though nobody writes."""
    if hand.expiring is None:
        hand.expiring = marks.any_expired(connection, math.inf)
    ever: dict[int, int] = {}
    for fact, _ in index.stale_of(found, None, hand.postings):
        ever[fact] = ever.get(fact, 0) + 1
    # What begins later has not taken a place yet; what expires gives it back.
    return {fact for fact, count in ever.items() if hand.expiring or count != stale.get(fact)}


def told(index: FactIndex, ids: Sequence[int], collection: str | None) -> list[Fact]:
    """Those of these facts of a scope that are there, at most `at_hand.MOST`, as they are now."""
    with index.store.glance() as connection:
        hand = index.at_hand(connection)
        held = known(index, connection, hand, ids)
        found = [held[id] for id in ids if id in held]
        strong = index.strengths.of_facts(connection, [each.row for each in found], hand.strengths)
        now, sources = index.store.clock(), hand.sources
        return [
            handing_out.fact(
                Weighed(each.row, 1.0, each.current, *strong[each.row.id]),
                sources.get(each.row.id, ()),
                collection,
                now,
            )
            for each in found
        ]
