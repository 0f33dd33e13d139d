"""Shortest informative paths over the drawn graph (Dijkstra 1959), each hop with its statement.

What one sentence says or names of both ends comes first. Else a hop costs the less the stronger its
pair is; what many pairs lead through and what tells little cost more, and no bare word is gone
through at all. Above a mean cost nothing is told: a way can always be found between
any two things, and most say nothing. What you told counts for sure, over as many hops as it takes.
"""

import heapq
import math
import sqlite3
from collections.abc import Collection
from itertools import pairwise

from workbench.errors import UsageError
from workbench.memory.concepts.records import AssociationType
from workbench.memory.graph import concept_cards, edges
from workbench.memory.graph.concept_cards import Which
from workbench.memory.graph.concept_graph import ConceptGraph
from workbench.memory.graph.drawn_graph import DrawnGraph, Pair, ordered
from workbench.memory.graph.records import Path, PathStep
from workbench.store import sayings, verdicts
from workbench.store.graph import Places
from workbench.store.relation_rows import MODAL, NEGATED
from workbench.store.sayings import EdgeRow
from workbench.store.verdicts import Verdicts

#: Hops of a path at most, and over what was read: whoever reads more has forgotten the beginning.
MOST_HOPS, _READ_HOPS = 6, 3
#: Mean cost of a hop above which nothing is told, and what a path may cost beside.
_FLOOR, _BESIDE = 2.2, 0.6
#: Score from which on a concept may be gone through, and from which on it tells all it can.
_PIVOT, _FULL = 4.5, 9.0
#: The least strength of a pair on the way.
_NPMI, _WEIGHT = 0.15, 0.3
#: Cost of a pair that was told, and by how much each statement of up to so many lowers it.
_TOLD, _LOWER, _MANY = 1.0, 0.02, 10
#: Pairs of one concept that are gone over.
_ROADS = 512
#: Sayings of a hop that are looked at for the best of them.
_LOOKED = 8

Ends = tuple[int, int]


def path(
    held: ConceptGraph,
    a: Which,
    b: Which,
    *,
    collection: str | None = None,
    hops: int = MOST_HOPS,
) -> Path | None:
    """The way from one concept to another within `hops` that is worth telling, or None.

    Raises `NotFoundError`, and `UsageError` for no hops.
    """
    if hops < 1:
        raise UsageError("How far may the path go?", "Give at least one hop.")
    with held.drawn() as connection:
        among = held.shown(connection, collection)
        start = concept_cards.wanted(held, connection, a, among)
        end = concept_cards.wanted(held, connection, b, among)
        drawn = held.graphs.graph(connection, among)
        steps = _steps(connection, drawn, start.id, end.id, among, hops)
        if steps is None:
            return None
        return Path(
            concept_cards.told(connection, start, among),
            concept_cards.told(connection, end, among),
            steps,
        )


def _steps(
    connection: sqlite3.Connection, drawn: DrawnGraph, a: int, b: int, among: Places, hops: int
) -> tuple[PathStep, ...] | None:
    """The steps between two concepts: what says or names both at once, else over drawn pairs."""
    if a == b:
        return ()
    judged = verdicts.verdicts(connection)
    if ordered(a, b) not in drawn.pairs:
        direct = edges.direct(connection, a, b, among, judged)
        if direct is not None:
            return (step(connection, direct, a, among, judged),)
    denied: set[Ends] = set()
    while (stops := cheapest(drawn, a, b, hops, denied)) is not None:
        before = len(denied)
        steps = along(connection, drawn, stops, among, judged, denied)
        if len(denied) == before:
            return steps
    return None


def along(
    connection: sqlite3.Connection,
    drawn: DrawnGraph,
    stops: list[int],
    among: Places,
    judged: Verdicts,
    denied: set[Ends],
) -> tuple[PathStep, ...]:
    """The steps over drawn pairs; those of which all is denied are added to `denied`."""
    steps: list[PathStep] = []
    for one, other in pairwise(stops):
        ends = ordered(one, other)
        rows = edges.of_pairs(connection, [drawn.pairs[ends]], among, judged)
        row = next((row for row in rows if row.type != AssociationType.DENIED), None)
        if row is None:
            denied.add(ends)
        else:
            steps.append(step(connection, row, one, among, judged))
    return tuple(steps)


def step(
    connection: sqlite3.Connection, row: EdgeRow, begin: int, among: Places, judged: Verdicts
) -> PathStep:
    """One hop over an edge from the concept `begin`, with the best of what says it."""
    (edge,) = edges.told(connection, [row], among, judged)
    said = sayings.of(connection, row.ends, among, _LOOKED)
    plain = [each for each in said if not each.flags & (NEGATED | MODAL)]
    best = next(iter(plain or said), None)
    if best is None:
        together = edges.together(connection, row.head, row.tail, among, 1)
        return PathStep(edge, edge.head == begin, next(iter(together), None))
    return PathStep(edge, edge.head == begin, edges.saying(best, edge.relation))


# -- searching -------------------------------------------------------------------------------------


def cheapest(
    drawn: DrawnGraph, a: int, b: int, hops: int = MOST_HOPS, without: Collection[Ends] = ()
) -> list[int] | None:
    """The concepts on the cheapest path within `hops`, both ends among them; None: not worth it."""
    # By concept and hops: a cheap path that is too long hides no dearer one that is not.
    best: dict[tuple[int, int], float] = {(a, 0): 0.0}
    via: dict[tuple[int, int], int] = {}
    heap = [(0.0, 0, a)]
    while heap:
        cost, done, here = heapq.heappop(heap)
        if here == b:
            return _back(via, b, done) if cost <= _FLOOR * done + _BESIDE else None
        if cost > best[here, done] or done == hops:
            continue
        last = drawn.pairs.get(ordered(here, b))
        for pair in [*drawn.around(here, _ROADS), *([] if last is None else [last])]:
            there = pair.b if pair.a == here else pair.a
            if (pair.a, pair.b) in without or not _passable(drawn, pair, there, done, there == b):
                continue
            onward = cost + _cost(drawn, pair, there, there == b)
            if onward < best.get((there, done + 1), math.inf):
                best[there, done + 1] = onward
                via[there, done + 1] = here
                heapq.heappush(heap, (onward, done + 1, there))
    return None


def _passable(drawn: DrawnGraph, pair: Pair, there: int, done: int, ends: bool) -> bool:
    if pair.told:
        # Through what two did, or when, nothing leads from one to the other.
        return ends or drawn.scores[there] > 0
    strong = pair.npmi >= _NPMI and pair.weight >= _WEIGHT
    through = there in drawn.firm and drawn.scores[there] >= _PIVOT
    return strong and done < _READ_HOPS and (ends or through)


def _cost(drawn: DrawnGraph, pair: Pair, there: int, ends: bool) -> float:
    found = 1 / (0.15 + pair.weight) + 0.35
    if pair.told:
        found = min(found, _TOLD - _LOWER * min(pair.sentences, _MANY))
    if ends:
        return found
    found += 0.12 * math.log2(1 + len(drawn.beside[there]))
    if pair.told:
        return found
    little = 1.2 * (1 - min(1.0, drawn.scores[there] / _FULL))
    return found + little


def _back(via: dict[tuple[int, int], int], end: int, hops: int) -> list[int]:
    stops = [end]
    while hops:
        stops.append(via[stops[-1], hops])
        hops -= 1
    return stops[::-1]
