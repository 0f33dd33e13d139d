"""Details of one concept: forms, neighbours, history, evidence, and relations with their strengths.

Within a collection only its own mentions, statements and counts are visible.

Cortex stores three strengths per triple: subject to relation, relation to object, and subject to
object (https://github.com/sbuysse/cortex, "S→R, R→O, S→O edges strengthened"). The third is an
edge; the other two are computed here from the same statements, so that they have evidence and
cannot drift.
"""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from heapq import nlargest

from workbench.arguments import Limit, Words
from workbench.errors import UsageError
from workbench.memory.concepts.records import AssociationType
from workbench.memory.graph import concept_cards, edges
from workbench.memory.graph.concept_cards import ConceptRef
from workbench.memory.graph.concept_graph import ConceptGraph
from workbench.memory.graph.kinds import kind_name, type_name
from workbench.memory.graph.records import ConceptCard, Neighbour, RelationStrength
from workbench.store import graph, sayings, verdicts
from workbench.store.concept_mentions import UNDIRECTED
from workbench.store.edges import Ends, believed
from workbench.store.graph import ConceptRow, Places
from workbench.store.sayings import RelationStatement

#: Mentions and neighbours on a card, and mentions whose spellings are read.
_HISTORY, _NEIGHBOURS, _FORMS_READ = 50, 100, 256
#: Concepts and edges per relation, and memories cited.
_LISTED, _CITED = 5, 3


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


def relation_strengths(
    concepts: ConceptGraph,
    which: ConceptRef,
    relation: Words | None = None,
    *,
    collection: Words | None = None,
    limit: Limit = 40,
) -> list[RelationStrength]:
    """The relations of a concept on both sides, strongest first; `relation` selects one.

    Raises `NotFoundError`, and `UsageError` for an empty relation.
    """
    if relation is not None and not relation.strip():
        raise UsageError("Which relation?", "Name one, such as: report to.")
    wording = None if relation is None else " ".join(relation.casefold().split())
    with concepts.reading_triples() as connection:
        places = concepts.visible_places(connection, collection)
        concept = concept_cards.find_concept(concepts, connection, which, places, nearest=True).id
        rows = sayings.relations_of(
            connection,
            concept,
            places,
            excluded=verdicts.rejected(connection),
            denied=AssociationType.DENIED,
        )
        by_relation: dict[tuple[str, bool], list[RelationStatement]] = defaultdict(list)
        for row in rows:
            if wording in (None, row.relation):
                by_relation[row.relation, row.subject].append(row)
        strengths = [_to_strength(concept, *key, rows_of) for key, rows_of in by_relation.items()]
        strengths.sort(key=lambda item: (-item[0].strength, -item[0].evidence, item[0].relation))
        page = strengths if limit < 0 else strengths[:limit]
        by_id = graph.by_ids(connection, {id for _, ids in page for id in ids})
    return [
        replace(strength, concepts=tuple(by_id[id].name for id in ids if id in by_id))
        for strength, ids in page
    ]


def _to_strength(
    concept: int, relation: str, subject: bool, rows: list[RelationStatement]
) -> tuple[RelationStrength, list[int]]:
    """A relation without the names at its other end, and their concept ids."""
    number, confidence = Counter[int](), defaultdict[int, float](float)
    cited = Counter[Ends]()
    for row in rows:
        number[row.place] += 1
        confidence[row.place] += row.confidence
        cited[row.ends] += 1
    common = cited.most_common(_LISTED)
    concepts = dict.fromkeys(head + tail - concept for (head, _, tail), _ in common)
    return RelationStrength(
        relation=relation,
        side="subject" if subject else "object",
        strength=believed((number[place], confidence[place] / number[place]) for place in number),
        evidence=number.total(),
        sources=len(number),
        concepts=(),
        edges=tuple(":".join(map(str, ends)) for ends, _ in common),
        engrams=tuple(nlargest(_CITED, {row.engram for row in rows})),
    ), list(concepts)
