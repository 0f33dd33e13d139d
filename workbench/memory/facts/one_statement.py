"""Telling one statement, as people mostly do: the short way, which asks the library least.

Whatever is not usual is left to `telling`, with what was read of the statement: a scope that has to
be made or keeps so many facts only, something that was said before and does not hold any more.
"""

import sqlite3

from workbench.memory.facts import opposites
from workbench.memory.facts.coming import NewFact
from workbench.memory.facts.index import FactIndex, known_same
from workbench.memory.facts.parsing.parser import Parsed
from workbench.memory.facts.records import Remembered
from workbench.memory.facts.staleness import claims_of
from workbench.memory.postings.salting import salted
from workbench.store import capacity
from workbench.store import facts as rows
from workbench.store.writing import KNOWN, Telling


def remember(index: FactIndex, text: str, one: Parsed, collection: str | None) -> Remembered | None:
    """Store a statement of the user that holds from now on; None where that is not so simple."""
    if index.adopts:
        return None
    scope = index.usual.get(collection)
    id = None if scope is None else _tell(index, text, one, collection, scope)
    if id == KNOWN:
        known = _known(index, one, collection)
        return None if known is None else Remembered((), (known,), ())
    if id is None:
        id = _store(index, text, one, collection)
    return None if id is None else Remembered((id,), (), ())


def _tell(
    index: FactIndex, text: str, one: Parsed, collection: str | None, scope: int
) -> int | None:
    """Store it the short way; its id, `KNOWN`, or None where that cannot be done."""
    same, at = salted(int(one.same[0]), scope), index.time.now()
    return index.store.tell(
        Telling(scope, collection, text, at, one.records[0]),
        known=lambda: index.says(same),
        follow=index.knows_all_in,
        then=lambda id: index.add(NewFact(id, at, one, scope, same)),
    )


def _store(index: FactIndex, text: str, one: Parsed, collection: str | None) -> int | None:
    """Store it as anything is, so that the next one is one statement; None where it is known."""
    store = index.store
    at = index.time.now()

    def work(connection: sqlite3.Connection) -> NewFact | None:
        scope = rows.scope_id(connection, collection)
        if scope is None or capacity.of_scope(connection, scope).most is not None:
            return None
        index.knows_all_in(connection)
        same = salted(int(one.same[0]), scope)
        if index.says(same):
            return None
        id = rows.add(connection, scope, [text], one.records, "", told=at, at=at)
        store.told.set_aside(connection)
        return NewFact(id, at, one, scope, same)

    def then(fact: NewFact | None) -> None:
        if fact is not None:
            index.add(fact)
            index.is_usual(collection, fact.scope)

    fact = store.write(work, then=then)
    return None if fact is None else fact.id


def _known(index: FactIndex, one: Parsed, collection: str | None) -> int | None:
    """The fact that the user has said this with, where it holds as ever."""
    postings = index.postings()
    with index.store.read() as connection:
        scope = rows.scope_id(connection, collection)
        id = None if scope is None else known_same(postings, scope, int(one.same[0]))
        found = [] if id is None else rows.by_ids(connection, [id])
        if not found or found[0].teller != rows.USER or found[0].scope != scope:
            return None
        if opposites.again(index, found[0], lambda ids: rows.by_ids(connection, ids)):
            return None
    claims = claims_of(found[0])
    return None if claims and len(index.stale_of(found)) >= len(claims) else id
