"""Topics: what a library is about, as communities of its drawn graph.

A topic is called after the two concepts that hold it together most.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping

from workbench.memory.graph import concept_cards
from workbench.memory.graph.concept_graph import ConceptGraph
from workbench.memory.graph.drawn_graph import DrawnGraph
from workbench.memory.graph.records import NearTopic, Topic
from workbench.store import graph, prose_rows

#: Concepts of a topic that are told whole, and concepts by which two topics are near.
_TOLD, _THROUGH = 40, 2
#: A source is about a topic that has this share of what it names, or of which it names this share.
_ABOUT = 0.2


def topics(held: ConceptGraph, *, collection: str | None = None, limit: int = 12) -> list[Topic]:
    """The largest topics of a library or a collection. Raises `NotFoundError` for a collection."""
    with held.reading() as connection:
        among = held.shown(connection, collection)
        drawn = held.graphs.graph(connection, among)
        groups = held.graphs.communities(connection, among)
        groups = groups if limit < 0 else groups[:limit]
        of = {concept: number for number, group in enumerate(groups) for concept in group}
        named: Counter[int] = Counter()
        whole: Counter[int] = Counter()
        there: Counter[tuple[int, int]] = Counter()
        for part in prose_rows.mentioning(connection, drawn.scores):
            for concept, place, _ in part:
                if place in among and place >= 0:
                    named[place] += 1
                    if concept in of:
                        there[of[concept], place] += 1
                        whole[of[concept]] += 1
        rows = graph.by_ids(connection, of)
        found: list[Topic] = []
        for number, group in enumerate(groups):
            sources = [
                (count, place)
                for (topic, place), count in there.items()
                if topic == number and count >= _ABOUT * min(named[place], whole[number])
            ]
            told = [
                concept_cards.told(connection, rows[each], among)
                for each in group[:_TOLD]
                if each in rows
            ]
            found.append(
                Topic(
                    " and ".join(each.name for each in told[:2]),
                    tuple(told),
                    tuple(group),
                    tuple(place for _, place in sorted(sources, key=lambda each: -each[0])),
                    _near(drawn, number, of, {id: row.name for id, row in rows.items()}),
                )
            )
    return found


def _near(
    drawn: DrawnGraph, number: int, of: Mapping[int, int], names: Mapping[int, str]
) -> tuple[NearTopic, ...]:
    """The topics that joins lead to from one, the nearest first."""
    weights: dict[int, float] = defaultdict(float)
    through: dict[int, Counter[int]] = {}
    for (a, b), pair in drawn.pairs.items():
        for one, other in ((a, b), (b, a)):
            if of.get(one) == number and of.get(other, number) != number:
                weights[of[other]] += pair.weight
                through.setdefault(of[other], Counter()).update({one: 1, other: 1})
    return tuple(
        NearTopic(topic, weight, _names(through[topic], names))
        for topic, weight in sorted(weights.items(), key=lambda each: (-each[1], each[0]))
    )


def _names(by: Counter[int], names: Mapping[int, str]) -> tuple[str, ...]:
    best = sorted(by, key=lambda each: (-by[each], each))[:_THROUGH]
    return tuple(names[each] for each in best if each in names)
