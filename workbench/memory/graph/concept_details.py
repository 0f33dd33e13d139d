"""The public card of one concept: forms, neighbours, history, evidence.

Who looks within a collection sees only what is mentioned, said and counted there.
"""

import sqlite3
from collections import Counter
from collections.abc import Sequence

from workbench.memory.concepts.records import AssociationType
from workbench.memory.graph import concept_cards, edges
from workbench.memory.graph.concept_cards import Which
from workbench.memory.graph.concept_graph import ConceptGraph
from workbench.memory.graph.kinds import kind_name, kinds_of, type_name
from workbench.memory.graph.records import ConceptCard, Mention, Neighbour
from workbench.store import graph, sayings
from workbench.store.concept_mentions import UNDIRECTED
from workbench.store.graph import ConceptRow, Places

#: Mentions and neighbours on a card, and mentions whose writings are shown.
_HISTORY, _NEIGHBOURS, _WRITTEN = 50, 100, 256
_BESIDE = int(AssociationType.CO_OCCURS)


def card(held: ConceptGraph, which: Which, *, collection: str | None = None) -> ConceptCard:
    """A concept by its number or its name, with its neighbours and history.

    Raises `NotFoundError` for one that there is not, or not in this collection.
    """
    with held.drawn() as connection:
        among = held.shown(connection, collection)
        row = concept_cards.wanted(held, connection, which, among)
        engrams = graph.mentions(connection, row.id, among)
        history = concept_cards.mentioned(connection, engrams[:_HISTORY])
        return ConceptCard(
            concept_cards.told(connection, row, among),
            _forms(connection, row, engrams),
            _neighbours(held, connection, row.id, among),
            tuple(sorted(history, key=lambda each: (each.at, each.engram))),
        )


def evidence(
    held: ConceptGraph,
    head: Which,
    kind: str,
    tail: Which,
    *,
    collection: str | None = None,
    limit: int = 50,
) -> list[Mention]:
    """The memories that say how two concepts belong together, the newest first.

    Raises `NotFoundError` for concepts that there are not, `UsageError` for a kind.
    """
    types = kinds_of(kind)
    with held.drawn() as connection:
        among = held.shown(connection, collection)
        ends = [concept_cards.wanted(held, connection, each, among).id for each in (head, tail)]
        found: set[int] = set()
        for type in types:
            a, b = sorted(ends) if type in UNDIRECTED else ends
            said = {each.engram for each in sayings.of(connection, (a, type, b), among)}
            if type == _BESIDE and not said:
                said.update(graph.holding(connection, {a, b}, among, limit))
            found |= said
        newest = sorted(found, reverse=True)
        return concept_cards.mentioned(connection, newest if limit < 0 else newest[:limit])


def _neighbours(
    held: ConceptGraph, connection: sqlite3.Connection, concept: int, among: Places
) -> tuple[Neighbour, ...]:
    """What a concept is joined with in the drawn graph, what tells most of it first."""
    drawn = held.graphs.graph(connection, among)
    rows = edges.of_concept(connection, drawn, concept, among, _NEIGHBOURS)
    known = graph.by_ids(connection, {row.head + row.tail - concept for row in rows})
    return tuple(
        Neighbour(
            id=there.id,
            name=there.name,
            type=type_name(there.type),
            kind=kind_name(row.type),
            outgoing=row.head == concept,
            directed=row.type not in UNDIRECTED,
            weight=round(row.strength, 4),
            evidence=row.sayings,
        )
        for row in rows
        if (there := known.get(row.head + row.tail - concept)) is not None
    )


def _forms(
    connection: sqlite3.Connection, row: ConceptRow, engrams: Sequence[int]
) -> tuple[str, ...]:
    """How those memories write a concept, the usual way first, without its name."""
    forms: Counter[str] = Counter()
    part = engrams[:_WRITTEN]
    texts = {each.engram: each.text for each in concept_cards.mentioned(connection, part)}
    for engram, fiber in graph.fibers(connection, part).items():
        for step in fiber.way.steps:
            if step.concept == row.id and engram in texts and step.start < step.end:
                forms[" ".join(texts[engram][step.start : step.end].split())] += 1
    return tuple(form for form, _ in forms.most_common() if form and form != row.name)
