"""Paths over the drawn graph that are worth telling (Dijkstra 1959), or none.

A hop costs the less the stronger its pair is; what many pairs lead through, what tells little and
bare words cost more, and nothing generic is gone through at all. Above a mean cost nothing is told:
a way can always be found between any two things, and most say nothing.
"""

import heapq
import math

from workbench.memory.graph.drawn_graph import DrawnGraph, ordered

#: Hops of a path at most: whoever reads more of them has forgotten where it began.
MOST_HOPS = 3
#: Mean cost of a hop above which nothing is told, and what a path may cost beside.
_FLOOR, _BESIDE = 2.2, 0.6
#: Score from which on a concept may be gone through, and from which on it tells all it can.
_PIVOT, _FULL = 4.5, 9.0
#: The least strength of a pair on the way.
_NPMI, _WEIGHT = 0.15, 0.3
_BARE = 0.4


def cheapest(drawn: DrawnGraph, a: int, b: int, hops: int = MOST_HOPS) -> list[int] | None:
    """The concepts on the cheapest path within `hops`, both ends among them; None: not worth it."""
    most = min(hops, MOST_HOPS)
    # By concept and hops: a cheap path that is too long hides no dearer one that is not.
    best: dict[tuple[int, int], float] = {(a, 0): 0.0}
    via: dict[tuple[int, int], int] = {}
    heap = [(0.0, 0, a)]
    while heap:
        cost, done, here = heapq.heappop(heap)
        if here == b:
            return _back(via, b, done) if cost <= _FLOOR * done + _BESIDE else None
        if cost > best[here, done] or done == most:
            continue
        for pair in drawn.around(here):
            there = pair.b if pair.a == here else pair.a
            if pair.npmi < _NPMI or pair.weight < _WEIGHT:
                continue
            if there != b and drawn.scores[there] < _PIVOT:
                continue
            onward = cost + _cost(drawn, here, there, there == b)
            if onward < best.get((there, done + 1), math.inf):
                best[there, done + 1] = onward
                via[there, done + 1] = here
                heapq.heappush(heap, (onward, done + 1, there))
    return None


def _cost(drawn: DrawnGraph, here: int, there: int, ends: bool) -> float:
    found = 1 / (0.15 + drawn.pairs[ordered(here, there)].weight) + 0.35
    if ends:
        return found
    crowd = 0.12 * math.log2(1 + len(drawn.beside[there]))
    little = 1.2 * (1 - min(1.0, drawn.scores[there] / _FULL))
    return found + crowd + little + (0.0 if there in drawn.firm else _BARE)


def _back(via: dict[tuple[int, int], int], end: int, hops: int) -> list[int]:
    stops = [end]
    while hops:
        stops.append(via[stops[-1], hops])
        hops -= 1
    return stops[::-1]
