"""Lists concepts, resolves a name to a concept, and finds its mentions.

Who looks within a collection sees only what is mentioned, said and counted there.
"""

import math
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace

from workbench.arguments import Id, Words
from workbench.errors import NotFoundError, UsageError
from workbench.memory.concepts.records import ConceptType
from workbench.memory.graph.concept_graph import ConceptGraph
from workbench.memory.graph.drawn_graph import DrawnGraph
from workbench.memory.graph.kinds import concept_type, type_name
from workbench.memory.graph.records import Concept, Mention
from workbench.store import graph
from workbench.store.graph import ConceptRow, Places

#: Types of what is said to be done or meant, which is a clause and no thing.
DONE = frozenset((int(ConceptType.ACTION), int(ConceptType.INTENT)))
ORDERS = ("telling", "mentions", "name", "last")
Which = Id | Words


def listing(
    held: ConceptGraph,
    words: str | None = None,
    *,
    type: str | None = None,
    collection: str | None = None,
    limit: int = 100,
    order: str = "telling",
) -> list[Concept]:
    """The telling concepts of a collection (None: of the library); with `words` all they name.

    What is done or meant ("visited Mill Lane") is listed where its type is asked for.

    Raises `UsageError` for a type or an order that there is not, `NotFoundError` for a collection.
    """
    of = None if type is None else concept_type(type)
    if order not in ORDERS:
        raise UsageError(f"“{order}” is not an order.", f"Choose one of {', '.join(ORDERS)}.")
    with held.reading() as connection:
        among = held.shown(connection, collection)
        if words is None:
            rows = _telling(connection, held.graphs.graph(connection, among), among, of, order)
            rows = rows if limit < 0 else rows[:limit]
        else:
            found = [*held.named(connection, words), *graph.like(connection, words)]
            rows = [
                row
                for row in within(connection, {row.id: row for row in found}.values(), among)
                if of is None or row.type == of
            ]
            rows = rows if limit < 0 else rows[:limit]
        return [told(connection, row, among) for row in rows]


def _telling(
    connection: sqlite3.Connection, drawn: DrawnGraph, among: Places, type: int | None, order: str
) -> list[ConceptRow]:
    """The concepts of the drawn graph that are mentioned in these places, in an order."""
    found: list[ConceptRow] = []
    worth: dict[int, float] = {}
    for row in graph.by_ids(connection, drawn.scores).values():
        here = drawn.mentions.get(row.id, 0)
        wanted = row.type == type if type is not None else row.kept or row.type not in DONE
        if wanted and (here or (row.kept and among.only is None)):
            found.append(replace(row, mentions=here))
            # Of what tells most somewhere else counts what is said here.
            worth[row.id] = drawn.scores[row.id] * math.log2(1 + here) / math.log2(2 + row.mentions)
    if order == "name":
        return sorted(found, key=lambda row: (row.name.casefold(), row.id))
    if order == "last":
        return sorted(found, key=lambda row: (row.last or 0.0, row.id), reverse=True)
    if order == "mentions":
        return sorted(found, key=lambda row: (-row.mentions, row.id))
    return sorted(found, key=lambda row: (-worth[row.id], -row.mentions, row.id))


def wanted(
    held: ConceptGraph, connection: sqlite3.Connection, which: Which, among: Places
) -> ConceptRow:
    """The one concept that is meant: of several of a name the one mentioned most there."""
    if isinstance(which, int):
        rows = list(graph.by_ids(connection, [which]).values())
    else:
        exact = graph.called(connection, which)
        known = graph.by_ids(connection, exact)
        rows = [known[id] for id in exact] or held.named(connection, which)
    rows = within(connection, rows, among)
    if not rows:
        name = f"number {which}" if isinstance(which, int) else f"“{which}”"
        raise NotFoundError(f"There is no concept {name}.", "See `workbench list concepts`.")
    return max(rows, key=lambda row: row.mentions)


def told(connection: sqlite3.Connection, row: ConceptRow, among: Places) -> Concept:
    """A concept as it is handed out; its times are looked up where they are not known."""
    first, last = row.first, row.last
    if row.mentions and (first is None or not among.everywhere):
        first, last = graph.times_within(connection, row.id, among)
    return Concept(row.id, row.name, type_name(row.type), row.mentions, first, last, row.kept)


def mentioned(connection: sqlite3.Connection, engrams: Sequence[int]) -> list[Mention]:
    """Memories with where they are from, in this order; those that are gone are left out."""
    rows = {row[0]: Mention(*row) for row in graph.memories(connection, engrams)}
    return [rows[engram] for engram in engrams if engram in rows]


def named_by(
    connection: sqlite3.Connection, engrams: Sequence[int], among: Places, limit: int
) -> list[Concept]:
    """The concepts that memories name, in their order, each once."""
    known = graph.fibers(connection, engrams)
    ids = dict.fromkeys(
        step.concept for engram in engrams if engram in known for step in known[engram].way.steps
    )
    rows = graph.by_ids(connection, list(ids)[:limit])
    return [told(connection, rows[id], among) for id in ids if id in rows]


def within(
    connection: sqlite3.Connection, rows: Iterable[ConceptRow], among: Places
) -> list[ConceptRow]:
    """Those that are mentioned in these places, counted there; what is kept is shown everywhere."""
    if among.everywhere:
        return list(rows)
    counted = (
        replace(row, mentions=graph.mention_count(connection, row.id, among)) for row in rows
    )
    return [row for row in counted if row.mentions or (row.kept and among.only is None)]
