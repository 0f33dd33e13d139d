"""Telling one statement, as people mostly do: the short way, which asks the library least.

Whatever is not usual is left to `telling`, with what was read of the statement: a scope that has to
be made or keeps so many facts only, something that was said before and does not hold any more.
"""

import sqlite3
from typing import NamedTuple

from workbench.memory.facts.index import FactIndex, known_same
from workbench.memory.facts.parsing.parser import One
from workbench.memory.facts.records import Remembered
from workbench.memory.facts.staleness import claims_of
from workbench.memory.postings.batch import SAME
from workbench.memory.postings.salting import salted
from workbench.store import facts as rows

_SAME = int(SAME)


class _Added(NamedTuple):
    """The id and the salted dedup key of a fact, and the turn in which it came."""

    id: int
    same: int
    scope: int
    turn: int


def remember(index: FactIndex, text: str, one: One, collection: str | None) -> Remembered | None:
    """Store a statement of the user that holds from now on; None where that is not so simple."""
    if index.adopts:
        return None
    looked: tuple[int, int] | None = None
    guess, held = index.usual.guess(collection), index.held
    if guess is not None and held is not None:
        looked = guess, held.last_id
        if held.has(salted(one.same, guess) ^ _SAME):
            id = _known(index, one, collection)
            return None if id is None else Remembered((), (id,), ())
    told = index.store.clock()

    def work(connection: sqlite3.Connection) -> _Added | None:
        turn, held = index.store.turns(), index.held
        newest = -1 if held is None else held.last_id
        still = index.usual.still(connection, turn, newest)
        if held is None or not still:
            held = index.postings_in(connection)
        scope = index.usual.scope(connection, collection)
        if scope is None:
            return None
        same = salted(one.same, scope)
        # Where nothing has come since the first look there is no need for a second.
        if not (still and looked == (scope, newest)) and held.has(same ^ _SAME):
            return None
        id = rows.add(connection, scope, [text], [one.record], "", told=told, at=told)
        return _Added(id, same, scope, turn)

    def then(added: _Added | None) -> None:
        if added is not None:
            index.add(added.id, told, one, added.scope, added.same)
            index.usual.wrote(added.turn, added.id)

    added = index.store.write(work, then=then)
    return None if added is None else Remembered((added.id,), (), ())


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
