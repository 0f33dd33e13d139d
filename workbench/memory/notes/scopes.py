"""Statistics and capacity of a scope, and questions over several scopes."""

import sqlite3
from dataclasses import replace

from workbench.arguments import Limit, Words
from workbench.errors import UsageError
from workbench.memory.facts import facts
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.records import Fact, FactQuery
from workbench.memory.notes.records import Scope, Stats
from workbench.store import collections, marks, strengths
from workbench.store import facts as fact_rows
from workbench.store import notes as rows

#: The separator between a scope and a scope inside it.
CHILD = "__"
_MAX_FACTS = 1 << 40


def scopes(index: FactIndex) -> list[Scope]:
    """The scopes with content, the library's own first, the others by name."""
    with index.store.read() as connection:
        facts_in = fact_rows.counts(connection)
        archived = strengths.archived_counts(connection)
        notes_in = rows.counts(connection)
        scope_ids = {*facts_in, *(scope for scope, _ in notes_in)}
        names = {scope: collections.name_of(connection, scope) for scope in scope_ids}
    return [
        Scope(
            collection=names[scope],
            facts=facts_in.get(scope, 0) - archived.get(scope, 0),
            notes=notes_in.get((scope, "instruction"), 0),
            variables=notes_in.get((scope, "variable"), 0),
            stances=notes_in.get((scope, "stance"), 0),
            highlights=notes_in.get((scope, "highlight"), 0),
        )
        for scope in sorted(scope_ids, key=lambda scope: (names[scope] or "").casefold())
    ]


def stats(index: FactIndex, *, collection: str | None = None) -> Stats:
    """The statistics of a scope. Raises `NotFoundError` for an unknown collection."""
    with index.store.read() as connection:
        scope = _scope_id(connection, collection)
        total = index.count(scope)
        kinds = marks.kinds(connection, scope)
        laid = strengths.archived_counts(connection).get(scope, 0)
        plain = total - sum(kinds.values())
        of_notes = {kind: number for (_, kind), number in rows.counts(connection, scope).items()}
        room = fact_rows.capacity_of(connection, scope)
        first, latest = fact_rows.span(connection, scope)
        return Stats(
            collection=collection,
            facts=total - laid,
            kinds={**({"fact": plain} if plain else {}), **kinds, **of_notes},
            capacity=room.maximum,
            dropped=room.dropped,
            tellers=fact_rows.tellers(connection, scope),
            first_told=first,
            last_told=latest,
            archived=laid,
        )


def set_capacity(index: FactIndex, limit: int | None, *, collection: str | None = None) -> int:
    """Set the capacity of a scope, creating it if necessary; returns how many facts were removed.

    None is unlimited. Raises `UsageError` for a number below 1.
    """
    if limit is not None and not 1 <= limit <= _MAX_FACTS:
        raise UsageError("A scope keeps at least one fact.", "Give a number from 1 on.")

    def work(connection: sqlite3.Connection) -> int:
        scope = collections.scope(connection, collection)
        fact_rows.set_maximum(connection, scope, limit)
        return fact_rows.shrink(connection, scope, index.store.clock())

    return index.store.write(work)


def neighbours(
    index: FactIndex, cue: Words, *, window: Limit = 1, collection: Words | None = None
) -> list[Fact]:
    """The facts stored just before and after the one that a cue matches, in that order.

    The match is not included; of equal ones the newest counts. `window` is the number on each side.
    Raises `UsageError` for a window below 1.
    """
    if window < 1:
        raise UsageError("How many before and after?", "Give a number from 1 on.")
    hits = facts.recall(index, cue, FactQuery(collection, 1, include_expired=True))
    if not hits:
        return []
    with index.store.read() as connection:
        stored = fact_rows.by_ids(connection, [hits[0].id])
        adjacent = [
            row.id
            for row in stored
            for row in fact_rows.neighbours(connection, row, min(window, _MAX_FACTS))
        ]
    return facts.by_ids(index, adjacent)


def recall_across(index: FactIndex, cue: str, query: FactQuery) -> list[Fact]:
    """The facts of a scope and those inside it (`scope__name`) relevant to a cue, best first.

    Notes are excluded. The library's own scope has no nested ones.
    """
    names: list[str | None] = [query.collection]
    if query.collection is not None:
        with index.store.read() as connection:
            names += collections.beginning(connection, query.collection.strip() + CHILD)
    matches = [
        fact for name in names for fact in facts.recall(index, cue, replace(query, collection=name))
    ]
    matches.sort(key=lambda fact: (-round(fact.score, 6), not fact.current, -fact.at, -fact.id))
    return matches[: max(query.limit, 0)]


def _scope_id(connection: sqlite3.Connection, collection: str | None) -> int:
    """The scope of an existing collection."""
    if collection is None:
        return fact_rows.OWN
    return collections.by_name(connection, collection).id
