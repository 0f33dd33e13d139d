"""Topics: what a library is about, as communities of its drawn graph.

Communities are found by the method of Louvain (V. D. Blondel et al., "Fast unfolding of communities
in large networks", 2008), over the strongest pairs of each concept. A topic is named after its two
most central concepts.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping

from workbench.arguments import Limit, Words
from workbench.memory.graph import concept_cards
from workbench.memory.graph.concept_graph import ConceptGraph
from workbench.memory.graph.graph_view import GraphView
from workbench.memory.graph.records import NearTopic, Topic
from workbench.store import graph, graph_rows
from workbench.store.graph import ConceptRow

#: Listed concepts per topic, and concepts that join two topics.
_LISTED, _THROUGH = 40, 2
#: A source is about a topic with this share of its mentions, or if it has this share of the
#: topic's.
_TOPIC_SHARE = 0.2


def topics(
    concepts: ConceptGraph, *, collection: Words | None = None, limit: Limit = 12
) -> list[Topic]:
    """The largest topics of a library or a collection.

    Raises `NotFoundError` for an unknown collection.
    """
    with concepts.reading() as connection:
        places = concepts.visible_places(connection, collection)
        view = concepts.graphs.graph(connection, places)
        groups = communities(view)
        groups = groups if limit < 0 else groups[:limit]
        of = {concept: number for number, group in enumerate(groups) for concept in group}
        per_source: Counter[int] = Counter()
        per_topic: Counter[int] = Counter()
        per_topic_source: Counter[tuple[int, int]] = Counter()
        for concept, place, _ in graph_rows.mentioning(connection, view.scores, places):
            if place >= 0:
                per_source[place] += 1
                if concept in of:
                    per_topic_source[of[concept], place] += 1
                    per_topic[of[concept]] += 1
        rows = graph.by_ids(connection, of)
        result: list[Topic] = []
        for number, group in enumerate(groups):
            sources = [
                (count, place)
                for (topic, place), count in per_topic_source.items()
                if topic == number
                and count >= _TOPIC_SHARE * min(per_source[place], per_topic[number])
            ]
            listed = [
                concept_cards.to_concept(connection, rows[concept], places)
                for concept in group[:_LISTED]
                if concept in rows
            ]
            result.append(
                Topic(
                    " and ".join(concept.name for concept in listed[:2]),
                    tuple(listed),
                    tuple(group),
                    tuple(place for _, place in sorted(sources, key=lambda item: -item[0])),
                    _neighbours(view, number, of, rows),
                )
            )
    return result


def _neighbours(
    view: GraphView, number: int, of: Mapping[int, int], rows: Mapping[int, ConceptRow]
) -> tuple[NearTopic, ...]:
    """The topics joined with one, nearest first."""
    weights: dict[int, float] = defaultdict(float)
    through: dict[int, Counter[int]] = {}
    for (a, b), pair in view.pairs.items():
        if not pair.sentences:
            # Only recalled together.
            continue
        for head, tail in ((a, b), (b, a)):
            if of.get(head) == number and of.get(tail, number) != number:
                weights[of[tail]] += pair.weight
                through.setdefault(of[tail], Counter()).update({head: 1, tail: 1})
    return tuple(
        NearTopic(topic, weight, _names(through[topic], rows))
        for topic, weight in sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    )


def _names(by: Counter[int], rows: Mapping[int, ConceptRow]) -> tuple[str, ...]:
    best = sorted(by, key=lambda concept: (-by[concept], concept))[:_THROUGH]
    return tuple(rows[concept].name for concept in best if concept in rows)


# -- communities -----------------------------------------------------------------------------------

#: Pairs per concept that count, and the minimum size of a community.
_JOINS, _MIN_MEMBERS = 12, 4
#: A fixed seed, for reproducible communities.
_SEED = 1


def communities(view: GraphView) -> list[list[int]]:
    """The concepts of each community by centrality; largest community first."""
    import networkx as nx  # takes a third of a second, only needed for topics

    network = nx.Graph()
    for concept in sorted(view.neighbours):
        for pair in view.pairs_of(concept, _JOINS):
            if pair.sentences:
                network.add_edge(pair.a, pair.b, weight=pair.weight)
    groups = nx.community.louvain_communities(network, weight="weight", seed=_SEED)
    ordered = [_by_centrality(view, group) for group in groups if len(group) >= _MIN_MEMBERS]
    return sorted(ordered, key=lambda group: (-len(group), group[0]))


def _by_centrality(view: GraphView, members: Collection[int]) -> list[int]:
    inside = set(members)
    centrality = {
        concept: view.scores[concept]
        * math.sqrt(view.mentions.get(concept, 0))
        * sum(pair.weight for pair in view.pairs_of(concept) if {pair.a, pair.b} <= inside)
        for concept in members
    }
    return sorted(members, key=lambda concept: (-centrality[concept], concept))
