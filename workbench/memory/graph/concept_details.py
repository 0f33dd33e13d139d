"""The public card of one concept: forms, neighbours, history, evidence.

Within a collection only its own mentions, statements and counts are visible.
"""

import sqlite3
from collections import Counter
from collections.abc import Sequence

from workbench.arguments import Words
from workbench.memory.concepts.records import AssociationType
from workbench.memory.graph import concept_cards, edges
from workbench.memory.graph.concept_cards import ConceptRef
from workbench.memory.graph.concept_graph import ConceptGraph
from workbench.memory.graph.kinds import kind_name, type_name
from workbench.memory.graph.records import ConceptCard, Neighbour
from workbench.store import graph
from workbench.store.concept_mentions import UNDIRECTED
from workbench.store.graph import ConceptRow, Places

#: Mentions and neighbours on a card, and mentions whose spellings are read.
_HISTORY, _NEIGHBOURS, _FORMS_READ = 50, 100, 256
_CO_OCCURS = int(AssociationType.CO_OCCURS)


def card(
    concepts: ConceptGraph, which: ConceptRef, *, collection: Words | None = None
) -> ConceptCard:
    """A concept by id or name, with its neighbours and history.

    Raises `NotFoundError` for an unknown one, or one not in this collection.
    """
    with concepts.reading_triples() as connection:
        places = concepts.visible_places(connection, collection)
        row = concept_cards.find_concept(concepts, connection, which, places, nearest=True)
        engrams = graph.mentions(connection, row.id, places)
        history = concept_cards.mentioned(connection, engrams[:_HISTORY])
        return ConceptCard(
            concept_cards.to_concept(connection, row, places),
            _forms(connection, row, engrams),
            _neighbours(concepts, connection, row.id, places),
            tuple(sorted(history, key=lambda mention: (mention.at, mention.engram))),
        )


def _neighbours(
    concepts: ConceptGraph, connection: sqlite3.Connection, concept: int, places: Places
) -> tuple[Neighbour, ...]:
    """The neighbours of a concept in the drawn graph, the most informative first."""
    view = concepts.graphs.graph(connection, places)
    rows = edges.of_concept(connection, view, concept, places, _NEIGHBOURS)
    by_id = graph.by_ids(connection, {row.head + row.tail - concept for row in rows})
    return tuple(
        Neighbour(
            id=neighbour.id,
            name=neighbour.name,
            type=type_name(neighbour.type),
            kind=kind_name(row.type),
            outgoing=row.head == concept,
            directed=row.type not in UNDIRECTED,
            weight=round(row.strength, 4),
            evidence=row.sayings,
        )
        for row in rows
        if (neighbour := by_id.get(row.head + row.tail - concept)) is not None
    )


def _forms(
    connection: sqlite3.Connection, row: ConceptRow, engrams: Sequence[int]
) -> tuple[str, ...]:
    """The written forms of a concept in these memories, most frequent first, without its name."""
    forms: Counter[str] = Counter()
    part = engrams[:_FORMS_READ]
    texts = {mention.engram: mention.text for mention in concept_cards.mentioned(connection, part)}
    for engram, fiber in graph.fibers(connection, part).items():
        for step in fiber.pathway.steps:
            if step.concept == row.id and engram in texts and step.start < step.end:
                forms[" ".join(texts[engram][step.start : step.end].split())] += 1
    return tuple(form for form, _ in forms.most_common() if form and form != row.name)
