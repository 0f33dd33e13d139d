"""Topics: what a library is about, as communities of its drawn graph.

Communities are found by the method of Louvain (V. D. Blondel et al., "Fast unfolding of communities
in large networks", 2008), over the strongest joins of each concept. A topic is called after the two
concepts that hold it together most.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping

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
        groups = communities(drawn)
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


# -- communities -----------------------------------------------------------------------------------

#: Joins of a concept that count, and the fewest concepts of a community.
_JOINS, _LEAST = 12, 4
#: The same graph has the same communities.
_SEED = 1


def communities(drawn: DrawnGraph) -> list[list[int]]:
    """The concepts of each community, those that hold it together most first; largest first."""
    import networkx as nx  # a third of a second: only who asks for topics waits for it

    whole = nx.Graph()
    for concept in sorted(drawn.beside):
        for pair in drawn.around(concept, _JOINS):
            whole.add_edge(pair.a, pair.b, weight=pair.weight)
    found = nx.community.louvain_communities(whole, weight="weight", seed=_SEED)
    ordered = [_by_worth(drawn, each) for each in found if len(each) >= _LEAST]
    return sorted(ordered, key=lambda each: (-len(each), each[0]))


def _by_worth(drawn: DrawnGraph, members: Collection[int]) -> list[int]:
    inside = set(members)
    worth = {
        each: drawn.scores[each]
        * math.sqrt(drawn.mentions.get(each, 0))
        * sum(pair.weight for pair in drawn.around(each) if {pair.a, pair.b} <= inside)
        for each in members
    }
    return sorted(members, key=lambda each: (-worth[each], each))
