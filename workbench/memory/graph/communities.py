"""Community detection on the drawn graph.

By the method of Louvain (V. D. Blondel et al., "Fast unfolding of communities in large networks",
2008), over the strongest joins of each concept.
"""

import math
from collections.abc import Collection

from workbench.memory.graph.drawn_graph import DrawnGraph

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
