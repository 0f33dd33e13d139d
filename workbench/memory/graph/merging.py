"""Merges concepts with several names: automatically if certain, else as a question.

Every merging is a change of concepts like one made by hand, so it can be undone and holds for what
is read later; what was undone or rejected is not merged again.
"""

import sqlite3
from functools import cache

from workbench.errors import NotFoundError, UsageError
from workbench.jobs import Cancel, Progress, Report, silent
from workbench.memory.graph import aliases, changing, concept_cards
from workbench.memory.graph.aliases import SURE, TYPES, Called, Likeness
from workbench.memory.graph.concept_graph import ConceptGraph
from workbench.memory.graph.records import Alias
from workbench.store import aliases as rows
from workbench.store import graph
from workbench.store.aliases import AliasRow
from workbench.store.graph import EVERYWHERE

STATES = ("open", "merged", "rejected")
#: Memories that are looked at for an acronym that they explain, and that are kept as evidence.
_LOOKED, _KEPT = 32, 3


def find(held: ConceptGraph) -> int:
    """Look for names that may mean one thing; returns how many wait for an answer."""
    held.catch_up()
    with held.reading() as connection:
        every = [Called(*row) for row in rows.named(connection, TYPES)]

        @cache
        def places(concept: int) -> frozenset[int]:
            return rows.places_of(connection, concept)

        def texts(one: int, other: int) -> list[str]:
            both = graph.holding(connection, {one, other}, EVERYWHERE, _LOOKED)
            return [row[1] for row in graph.memories(connection, both)]

        found = aliases.likenesses(every, places, _is_word, texts)
        names = {each.id: each.name for each in every}
        noted = [(each, _evidence(connection, each, places(each.id), places(each.into)))
                 for each in found]  # fmt: skip

    def work(connection: sqlite3.Connection) -> int:
        for id in rows.undone(connection):
            rows.become(connection, id, "rejected", None)
        kept: set[tuple[str, str]] = set()
        for each, evidence in noted:
            keys = _keys(connection, each)
            if keys is None:
                continue
            kept.add(keys)
            rows.propose(
                connection,
                keys,
                (names[each.id], names[each.into]),
                each.why,
                each.certainty,
                evidence,
            )
        rows.withdraw(connection, kept)
        return len(rows.listing(connection, "open"))

    return held.store.write(work)


def merge(
    held: ConceptGraph,
    *,
    sure: float = SURE,
    report: Report = silent,
    cancel: Cancel | None = None,
    by_itself: bool = False,
) -> list[Alias]:
    """Find names that mean one thing and make those one that are at least so `sure`.

    What nobody asked for is done `by_itself`: it is not what the user undoes as their last change.
    Returns what was merged. Raises `Cancelled` between two of them, which stay merged.
    """
    find(held)
    with held.store.read() as connection:
        waiting = [row for row in rows.listing(connection, "open") if row.certainty >= sure]
    done: list[int] = []
    for number, row in enumerate(waiting):
        if cancel is not None:
            cancel.check()
        report(Progress("merging", number, len(waiting), "names"))
        if _merged(held, row, by_itself=by_itself):
            done.append(row.id)
    with held.reading() as connection:
        merged = (rows.get(connection, id) for id in done)
        return [_told(connection, each) for each in merged if each is not None]


def listing(held: ConceptGraph, state: str, limit: int) -> list[Alias]:
    """What was found, the surest first. Raises `UsageError` for a state that there is not."""
    if state not in STATES:
        raise UsageError(f"“{state}” is not a state.", f"Choose one of {', '.join(STATES)}.")
    with held.reading() as connection:
        return [_told(connection, row) for row in rows.listing(connection, state, limit)]


def accept(held: ConceptGraph, id: int) -> Alias:
    """Make the two one. Raises `NotFoundError`, and `UsageError` where one of them is gone."""
    row = _wanted(held, id)
    if row.state != "merged" and not _merged(held, row):
        raise UsageError(f"“{row.name}” is no longer there.", "Look for names again.")
    return _now(held, id)


def reject(held: ConceptGraph, id: int) -> Alias:
    """Say that the two are not one: what was merged is undone. Raises `NotFoundError`.

    Raises `UsageError` where a later change rests on it.
    """
    row = _wanted(held, id)
    if row.state == "merged" and row.change is not None:
        changing.undo(held, row.change)
    held.store.write(lambda c: rows.become(c, id, "rejected", None))
    return _now(held, id)


def _merged(held: ConceptGraph, row: AliasRow, *, by_itself: bool = False) -> bool:
    """Make two concepts one, as far as both are there."""
    with held.reading() as connection:
        known = graph.by_keys(connection, (row.key, row.into_key))
    one, into = known.get(row.key), known.get(row.into_key)
    if one is None or into is None or one == into:
        return False
    change = changing.merge(held, one, into, by_itself=by_itself)
    held.store.write(lambda c: rows.become(c, row.id, "merged", change.id))
    return True


def _wanted(held: ConceptGraph, id: int) -> AliasRow:
    with held.reading() as connection:
        row = rows.get(connection, id)
    if row is None:
        raise NotFoundError(f"There is no alias {id}.", "See `workbench aliases`.")
    return row


def _now(held: ConceptGraph, id: int) -> Alias:
    with held.reading() as connection:
        row = rows.get(connection, id)
        assert row is not None
        return _told(connection, row)


def _told(connection: sqlite3.Connection, row: AliasRow) -> Alias:
    return Alias(
        row.id,
        row.name,
        row.into_name,
        row.why,
        row.certainty,
        row.state,
        row.change,
        tuple(concept_cards.mentioned(connection, row.evidence)),
    )


def _keys(connection: sqlite3.Connection, each: Likeness) -> tuple[str, str] | None:
    found = [graph.keys_of(connection, id) for id in (each.id, each.into)]
    return (found[0][0], found[1][0]) if all(found) else None


def _evidence(
    connection: sqlite3.Connection, each: Likeness, one: frozenset[int], other: frozenset[int]
) -> list[int]:
    """A memory that has both, or one of each from where both are."""
    both = graph.holding(connection, {each.id, each.into}, EVERYWHERE, _KEPT)
    if both:
        return both
    shared = one & other
    return [
        engram
        for id, places in ((each.into, shared or other), (each.id, shared or one))
        for engram in rows.in_place(connection, id, places, 1)
    ]


def _is_word(word: str) -> bool:
    from ingest.triples.lexicon import lexicon

    return word.casefold() in lexicon()
