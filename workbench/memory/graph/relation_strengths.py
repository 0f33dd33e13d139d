"""The association strengths of a concept with a relation, and of a relation with a concept.

Cortex stores three strengths per triple: subject to relation, relation to object, and subject to
object (https://github.com/sbuysse/cortex, "S→R, R→O, S→O edges strengthened"). The third is an
edge; the other two are computed here from the same statements, so that they have evidence and
cannot drift.
"""

from collections import Counter, defaultdict
from dataclasses import replace
from heapq import nlargest

from workbench.arguments import Limit, Words
from workbench.errors import UsageError
from workbench.memory.concepts.records import AssociationType
from workbench.memory.graph import concept_cards
from workbench.memory.graph.concept_cards import ConceptRef
from workbench.memory.graph.concept_graph import ConceptGraph
from workbench.memory.graph.records import RelationStrength
from workbench.store import graph, relation_counts, verdicts
from workbench.store.edges import Ends, believed
from workbench.store.relation_counts import RelationStatement

#: Concepts and edges per relation, and memories cited.
_LISTED, _CITED = 5, 3


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
        rows = relation_counts.relations_of(
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
    edges = Counter[Ends]()
    for row in rows:
        number[row.place] += 1
        confidence[row.place] += row.confidence
        edges[row.ends] += 1
    common = edges.most_common(_LISTED)
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
