"""How strongly a concept goes with a relation, and a relation with a concept.

Cortex keeps three strengths of a triple: subject to relation, relation to object, and subject to
object (https://github.com/sbuysse/cortex, "S→R, R→O, S→O edges strengthened"). The third one is an
edge; the other two are counted here from the same sayings, so that each is cited and none drifts.
"""

from collections import Counter, defaultdict
from heapq import nlargest

from workbench.errors import UsageError
from workbench.memory.concepts.records import AssociationType
from workbench.memory.graph import concept_cards
from workbench.memory.graph.concept_cards import Which
from workbench.memory.graph.concept_graph import ConceptGraph
from workbench.memory.graph.records import RelationStrength
from workbench.store import graph, relation_counts, verdicts
from workbench.store.edges import Ends, believed
from workbench.store.relation_counts import RelationSaid

#: Concepts and edges that are told of each relation, and the memories that say it.
_TOLD, _CITED = 5, 3


def relation_strengths(
    held: ConceptGraph,
    which: Which,
    relation: str | None = None,
    *,
    collection: str | None = None,
    limit: int = 40,
) -> list[RelationStrength]:
    """The relations of a concept on both sides, the strongest first; `relation` chooses one.

    Raises `NotFoundError`, and `UsageError` for an empty relation.
    """
    if relation is not None and not relation.strip():
        raise UsageError("Which relation?", "Name one, such as: report to.")
    wanted = None if relation is None else " ".join(relation.casefold().split())
    with held.drawn() as connection:
        among = held.shown(connection, collection)
        concept = concept_cards.wanted(held, connection, which, among).id
        rows = relation_counts.relations_of(
            connection,
            concept,
            among,
            without=verdicts.rejected(connection),
            denied=AssociationType.DENIED,
        )
        counted: dict[tuple[str, bool], list[RelationSaid]] = defaultdict(list)
        for row in rows:
            if wanted in (None, row.relation):
                counted[row.relation, row.subject].append(row)
        found = [_told(concept, *key, said) for key, said in counted.items()]
        found.sort(key=lambda each: (-each[0].strength, -each[0].evidence, each[0].relation))
        chosen = found if limit < 0 else found[:limit]
        known = graph.by_ids(connection, {id for _, others in chosen for id in others})
    return [
        RelationStrength(
            each.relation, each.side, each.strength, each.evidence, each.sources,
            tuple(known[id].name for id in others if id in known), each.edges, each.engrams,
        )
        for each, others in chosen
    ]  # fmt: skip


def _told(
    concept: int, relation: str, subject: bool, said: list[RelationSaid]
) -> tuple[RelationStrength, list[int]]:
    """A relation without the names of what it leads to, and the numbers of those."""
    number, sure = Counter[int](), defaultdict[int, float](float)
    edges = Counter[Ends]()
    for row in said:
        number[row.place] += 1
        sure[row.place] += row.confidence
        edges[row.ends] += 1
    told = edges.most_common(_TOLD)
    others = dict.fromkeys(head + tail - concept for (head, _, tail), _ in told)
    return RelationStrength(
        relation=relation,
        side="subject" if subject else "object",
        strength=believed((number[place], sure[place] / number[place]) for place in number),
        evidence=number.total(),
        sources=len(number),
        concepts=(),
        edges=tuple(":".join(map(str, ends)) for ends, _ in told),
        engrams=tuple(nlargest(_CITED, {row.engram for row in said})),
    ), list(others)
