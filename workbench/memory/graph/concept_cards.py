"""Lists concepts, resolves a name to a concept, and finds its mentions.

Within a collection only its own mentions, statements and counts are visible.
"""

import math
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace

from workbench.arguments import Id, Words
from workbench.errors import NotFoundError, UsageError
from workbench.memory.concepts.keys import key_of
from workbench.memory.concepts.records import ConceptType
from workbench.memory.graph.concept_graph import ConceptGraph
from workbench.memory.graph.graph_view import GraphView
from workbench.memory.graph.kinds import NAMES, concept_type, type_name
from workbench.memory.graph.people import TITLES
from workbench.memory.graph.records import Concept, Mention
from workbench.store import graph
from workbench.store.graph import ConceptRow, Places

#: Types that stand for clauses instead of things: actions and intents.
CLAUSE_TYPES = frozenset((int(ConceptType.ACTION), int(ConceptType.INTENT)))
ORDERS = ("telling", "mentions", "name", "last")
ConceptRef = Id | Words


def listing(
    concepts: ConceptGraph,
    words: str | None = None,
    *,
    type: str | None = None,
    collection: str | None = None,
    limit: int = 100,
    order: str = "telling",
) -> list[Concept]:
    """The informative concepts of a collection (None: of the library); with `words` all that they
    name.

    Actions and intents ("visited Mill Lane") are listed only if their type is given. Raises
    `UsageError` for an unknown type or order, `NotFoundError` for a collection.
    """
    of = None if type is None else concept_type(type)
    if order not in ORDERS:
        raise UsageError(f"“{order}” is not an order.", f"Choose one of {', '.join(ORDERS)}.")
    with concepts.reading() as connection:
        places = concepts.visible_places(connection, collection)
        if words is None:
            rows = _informative(
                connection, concepts.graphs.graph(connection, places), places, of, order
            )
        else:
            matches = [*concepts.find_named(connection, words), *graph.like(connection, words)]
            rows = [
                row
                for row in filter_places(
                    connection, {row.id: row for row in matches}.values(), places
                )
                if of is None or row.type == of
            ]
        rows = rows if limit < 0 else rows[:limit]
        return [to_concept(connection, row, places) for row in rows]


def _informative(
    connection: sqlite3.Connection, view: GraphView, places: Places, type: int | None, order: str
) -> list[ConceptRow]:
    """The concepts of the drawn graph that are mentioned in these places, sorted."""
    selected: list[ConceptRow] = []
    scores: dict[int, float] = {}
    for row in graph.by_ids(connection, view.scores).values():
        mentions = view.mentions.get(row.id, 0)
        is_listed = (
            row.type == type if type is not None else row.kept or row.type not in CLAUSE_TYPES
        )
        if is_listed and (mentions or (row.kept and places.included is None)):
            selected.append(replace(row, mentions=mentions))
            # Concepts from elsewhere are weighted by their share of mentions here.
            scores[row.id] = (
                view.scores[row.id] * math.log2(1 + mentions) / math.log2(2 + row.mentions)
            )
    if order == "name":
        return sorted(selected, key=lambda row: (row.name.casefold(), row.id))
    if order == "last":
        return sorted(selected, key=lambda row: (row.last or 0.0, row.id), reverse=True)
    if order == "mentions":
        return sorted(selected, key=lambda row: (-row.mentions, row.id))
    return sorted(selected, key=lambda row: (-scores[row.id], -row.mentions, row.id))


def find_concept(
    concepts: ConceptGraph,
    connection: sqlite3.Connection,
    ref: ConceptRef,
    places: Places,
    *,
    nearest: bool = False,
) -> ConceptRow:
    """Resolve a reference to one concept: names come first, then the most mentioned.

    `nearest` also resolves a surname to the titled person who has it and is mentioned more, and a
    word to the most mentioned concept whose name contains it. Raises `NotFoundError`.
    """
    if isinstance(ref, int):
        rows = list(graph.by_ids(connection, [ref]).values())
    else:
        exact = graph.ids_by_name(connection, ref)
        by_id = graph.by_ids(connection, exact)
        rows = [by_id[id] for id in exact] or concepts.find_named(connection, ref)
        if nearest:
            rows += _near(connection, ref, bool(rows))
    rows = filter_places(connection, rows, places)
    if not rows:
        name = f"number {ref}" if isinstance(ref, int) else f"“{ref}”"
        raise NotFoundError(f"There is no concept {name}.", "See `workbench list concepts`.")
    return max(rows, key=lambda row: (row.type in NAMES, row.mentions))


def _near(connection: sqlite3.Connection, words: str, found: bool) -> list[ConceptRow]:
    """The concepts whose names are these words with a title; unless `found`, with other words."""
    names = [row for row in graph.like(connection, words) if row.type not in CLAUSE_TYPES]
    parts = key_of(words, plural=False).split()
    if not parts:
        return []
    if found:
        keys = [(key_of(row.name, plural=False).split(), row) for row in names if row.type in NAMES]
        return [row for key, row in keys if [word for word in key if word not in TITLES] == parts]
    keys = [(key_of(row.name).split(), row) for row in names]
    return [
        row
        for key, row in keys
        if any(key[at : at + len(parts)] == parts for at in range(len(key)))
    ]


def to_concept(connection: sqlite3.Connection, row: ConceptRow, places: Places) -> Concept:
    """The public record of a concept; missing times are looked up."""
    first, last = row.first, row.last
    if row.mentions and (first is None or not places.everywhere):
        first, last = graph.time_span(connection, row.id, places)
    return Concept(row.id, row.name, type_name(row.type), row.mentions, first, last, bool(row.kept))


def mentioned(connection: sqlite3.Connection, engrams: Sequence[int]) -> list[Mention]:
    """Memories with their origin, in this order, without deleted ones."""
    rows = {row[0]: Mention(*row) for row in graph.memories(connection, engrams)}
    return [rows[engram] for engram in engrams if engram in rows]


def concepts_of(
    connection: sqlite3.Connection, engrams: Sequence[int], places: Places, limit: int
) -> list[Concept]:
    """The concepts that memories name, in their order, without duplicates."""
    fibers = graph.fibers(connection, engrams)
    ids = dict.fromkeys(
        step.concept
        for engram in engrams
        if engram in fibers
        for step in fibers[engram].pathway.steps
    )
    rows = graph.by_ids(connection, list(ids)[:limit])
    return [to_concept(connection, rows[id], places) for id in ids if id in rows]


def filter_places(
    connection: sqlite3.Connection, rows: Iterable[ConceptRow], places: Places
) -> list[ConceptRow]:
    """The concepts mentioned in these places, recounted there; edited ones are shown everywhere."""
    if places.everywhere:
        return list(rows)
    recounted = (
        replace(row, mentions=graph.mention_count(connection, row.id, places)) for row in rows
    )
    return [row for row in recounted if row.mentions or (row.kept and places.included is None)]
