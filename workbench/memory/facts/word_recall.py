"""Recall by words among the current facts of a scope.

Whatever is not usual is left to `facts.recall`, which gives the same. What was looked at before is
at hand for as long as nobody writes; only the rest is read.
"""

import math
import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from workbench.memory.facts import connection_cache, fact_rows
from workbench.memory.facts.connection_cache import AtHand, Known
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.index_terms import Cue
from workbench.memory.facts.parsing import cues
from workbench.memory.facts.ranking import Weighed, rerank
from workbench.memory.facts.records import Fact
from workbench.memory.facts.staleness import claims_of
from workbench.memory.facts.superseded import taken_over
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
    if most > connection_cache.MOST:
        return None
    words = cues.cue(cue)
    with index.store.glance() as connection:
        hand, found, stored = _found(index, connection, collection, words, most)
        if found is None:
            return []
        if not found:
            return None
        known = _known(index, connection, hand, found, stored)
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
            fact_rows.fact(each, sources.get(each.row.id, ()), collection, now)
            for each in rerank(weighed, by)[:limit]
        ]


def _found(
    index: FactIndex,
    connection: sqlite3.Connection,
    collection: str | None,
    words: Cue,
    most: int,
) -> tuple[AtHand, list[tuple[int, float]] | None, list[FactRow]]:
    """What is at hand, the facts that meet a cue with their scores, and those that had to be read.

    None of a collection that is not there. Mostly nobody has written since the last recall: that is
    asked along with the rows, not before, which is half the calls.
    """
    hand = index.left_at_hand(connection)
    scope = None if hand is None else _known_scope(hand, collection)
    if hand is not None and scope is not None:
        found = index.best(scope, words, most, None, hand.postings)
        missing = [id for id, _ in found if id not in hand.facts]
        if 0 < len(missing) <= rows.AT_VERSION:
            version, stored = rows.at_version(connection, missing)
            if version == hand.version:
                return hand, found, stored
        elif index.at_hand(connection) is hand:
            return hand, found, []
    hand = index.at_hand(connection)
    scope = rows.OWN if collection is None else _scope(connection, hand, collection)
    if scope is None:
        return hand, None, []
    return hand, index.best(scope, words, most, None, hand.postings), []


def _known_scope(hand: AtHand, collection: str | None) -> int | None:
    return rows.OWN if collection is None else hand.scopes.get(collection)


def _scope(connection: sqlite3.Connection, hand: AtHand, collection: str) -> int | None:
    scope = hand.scopes.get(collection)
    if scope is None:
        scope = rows.scope_id(connection, collection)
        if scope is not None:
            hand.scopes[collection] = scope
    return scope


def _known(
    index: FactIndex,
    connection: sqlite3.Connection,
    hand: AtHand,
    found: list[tuple[int, float]],
    stored: Sequence[FactRow],
) -> list[tuple[Known, float]]:
    """Those of the found facts that are there, with their scores."""
    held = known(index, connection, hand, [id for id, _ in found], stored)
    return [(held[id], score) for id, score in found if id in held]


def known(
    index: FactIndex,
    connection: sqlite3.Connection,
    hand: AtHand,
    ids: Sequence[int],
    stored: Sequence[FactRow] = (),
) -> dict[int, Known]:
    """At least those of these facts that are there, at most `at_hand.MOST`, by id.

    `stored` are those that are not at hand, where they have been read for this version already.
    """
    held = hand.facts
    missing = [id for id in ids if id not in held]
    if missing:
        if hand.make_room(len(ids)):
            missing, stored = list(ids), ()
        stored = stored or rows.by_ids(connection, missing)
        shared = [row.id for row in stored if row.teller or row.shared]
        if shared:
            hand.sources.update(rows.sources(connection, shared))
        ever = index.stale_of(stored, None, hand.postings)
        if not ever:
            # As it mostly is: nothing takes the place of these, now or later.
            held.update((row.id, Known(row, True)) for row in stored)
            return held
        stale: dict[int, int] = {}
        for fact, _ in taken_over(index, connection, stored, None, hand.postings):
            stale[fact] = stale.get(fact, 0) + 1
        fresh = {
            row.id: Known(row, row.id not in stale or stale[row.id] < len(claims_of(row)))
            for row in stored
        }
        passing = _passing(connection, hand, ever, stale)
        if passing:
            held.update((id, each) for id, each in fresh.items() if id not in passing)
            return {**held, **fresh}
        held.update(fresh)
    return held


def _passing(
    connection: sqlite3.Connection,
    hand: AtHand,
    ever: Iterable[tuple[int, int]],
    stale: Mapping[int, int],
) -> set[int]:
    """Those facts that may count otherwise after a while though nobody writes.

    `ever` are the claims whose place is taken at some time, `stale` counts those whose is by now.
    """
    if hand.expiring is None:
        hand.expiring = marks.any_expired(connection, math.inf)
    counts: dict[int, int] = {}
    for fact, _ in ever:
        counts[fact] = counts.get(fact, 0) + 1
    # What begins later has not taken a place yet; what expires gives it back.
    return {fact for fact, count in counts.items() if hand.expiring or count != stale.get(fact)}


def told_in(
    index: FactIndex,
    connection: sqlite3.Connection,
    hand: AtHand,
    ids: Sequence[int],
    stored: Mapping[int, FactRow],
    collection: str | None,
) -> list[Fact]:
    """Those of these facts of a scope that are there, at most `at_hand.MOST`, as they are now.

    `stored` holds those that were read at this version.
    """
    there = [id for id in ids if id in stored]
    held = known(
        index, connection, hand, there, [stored[id] for id in there if id not in hand.facts]
    )
    found = [held[id] for id in there if id in held]
    strong = index.strengths.of_facts(connection, [each.row for each in found], hand.strengths)
    now, sources = index.store.clock(), hand.sources
    return [
        fact_rows.fact(
            Weighed(each.row, 1.0, each.current, *strong[each.row.id]),
            sources.get(each.row.id, ()),
            collection,
            now,
        )
        for each in found
    ]
