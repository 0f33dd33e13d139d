"""Recall as it mostly is: of words alone, among all facts of a scope, as they are now.

Whatever is not usual is left to `facts.recall`, which gives the same. What was looked at before is
at hand for as long as nobody writes; only the rest is read.
"""

import sqlite3
from collections.abc import Sequence

from workbench.memory.facts import at_hand, handing_out
from workbench.memory.facts.at_hand import AtHand, Known
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.ranking import Weighed, rerank
from workbench.memory.facts.records import Fact
from workbench.memory.facts.staleness import claims_of
from workbench.memory.facts.standing import taken_over
from workbench.store import facts as rows


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
        known = _known(index, connection, hand, [id for id, _ in found])
        strong = index.strengths.of_facts(connection, [each.row for each in known.values()])
        now = index.store.clock()
        weighed: list[Weighed] = []
        for id, score in found:
            each = known.get(id)
            if each is not None:
                row = each.row
                if include_expired or row.expires is None or row.expires > now:
                    weighed.append(Weighed(row, score, each.current, *strong[id]))
    if len(weighed) < limit and len(found) == most:
        # More would have to be looked at.
        return None
    return [
        handing_out.fact(each, known[each.row.id].sources, collection, now)
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
    index: FactIndex, connection: sqlite3.Connection, hand: AtHand, ids: Sequence[int]
) -> dict[int, Known]:
    """Those of these facts that are there, by id."""
    held = hand.facts
    missing = [id for id in ids if id not in held]
    known = {id: held[id] for id in ids if id in held}
    if missing:
        stored = rows.by_ids(connection, missing)
        by = rows.sources(connection, [row.id for row in stored if row.teller or row.shared])
        stale: dict[int, int] = {}
        for fact, _ in taken_over(index, connection, stored, None, hand.postings):
            stale[fact] = stale.get(fact, 0) + 1
        fresh = {
            row.id: Known(
                row,
                row.id not in stale or stale[row.id] < len(claims_of(row)),
                by.get(row.id, ()),
            )
            for row in stored
        }
        hand.keep(fresh)
        known.update(fresh)
    return known
