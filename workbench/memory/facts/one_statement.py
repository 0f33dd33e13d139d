"""Telling one statement, as people mostly do: the short way, which asks the library least.

Whatever is not usual is left to `telling`, with what was read of the statement: a scope that has to
be made or keeps so many facts only, something that was said before and does not hold any more.
"""

import sqlite3
from typing import NamedTuple

from workbench.memory.facts.coming import NewFact
from workbench.memory.facts.index import FactIndex, known_same
from workbench.memory.facts.parsing.parser import One
from workbench.memory.facts.records import Remembered
from workbench.memory.facts.staleness import claims_of
from workbench.memory.postings.salting import salted
from workbench.store import facts as rows


class _Added(NamedTuple):
    """A fact, and the turn in which it came."""

    fact: NewFact
    turn: int


def remember(index: FactIndex, text: str, one: One, collection: str | None) -> Remembered | None:
    """Store a statement of the user that holds from now on; None where that is not so simple."""
    if index.adopts:
        return None
    usual, store = index.usual, index.store
    guess, seen = usual.guess(collection), index.newest
    looked = guess is not None and seen is not None
    same = salted(one.same, guess) if guess is not None else 0
    if looked and index.says(same):
        id = _known(index, one, collection)
        return None if id is None else Remembered((), (id,), ())
    told = store.clock()

    def work(connection: sqlite3.Connection) -> _Added | None:
        turn, newest = store.turns(), index.newest
        still = usual.still(connection, turn, -1 if newest is None else newest)
        if not still or newest is None:
            newest = index.postings_in(connection).last_id
        scope = usual.scope(connection, collection)
        if scope is None:
            return None
        key = same if scope == guess else salted(one.same, scope)
        # Where nothing has come since the first look there is no need for a second.
        alone = looked and still and newest == seen and scope == guess
        if not alone and index.says(key):
            return None
        id = rows.add(connection, scope, [text], [one.record], "", told=told, at=told)
        return _Added(NewFact(id, told, one, scope, key), turn)

    def then(added: _Added | None) -> None:
        if added is not None:
            index.add(added.fact)
            usual.wrote(added.turn, added.fact.id)

    added = store.write(work, then=then)
    return None if added is None else Remembered((added.fact.id,), (), ())


def _known(index: FactIndex, one: One, collection: str | None) -> int | None:
    """The fact that the user has said this with, where it holds as ever."""
    postings = index.postings()
    with index.store.read() as connection:
        scope = rows.scope_id(connection, collection)
        id = None if scope is None else known_same(postings, scope, one.same)
        found = [] if id is None else rows.by_ids(connection, [id])
    if not found or found[0].teller != rows.USER or found[0].scope != scope:
        return None
    claims = claims_of(found[0])
    return None if claims and len(index.stale_of(found)) >= len(claims) else id
