"""Spreading activation over the drawn graph: breadth first, strongest first, with paths.

One concept in the cue keeps it focused: few go on from each hop, and what everything is joined with
counts for less. Several widen it: more go on, and what more of them lead to comes first
(Cortex, https://github.com/sbuysse/cortex, recalls in these two modes).
"""

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from workbench.errors import UsageError
from workbench.memory.graph import concept_cards, paths
from workbench.memory.graph.concept_graph import ConceptGraph
from workbench.memory.graph.drawn_graph import DrawnGraph, ordered
from workbench.memory.graph.records import BroughtToMind, PathStep
from workbench.store import graph, verdicts
from workbench.store.graph import Places

#: How many go on from a hop where the cue names one concept, and where it names several.
FOCUSED, WIDE = 12, 32
#: What is left of activation after a hop.
_GIVEN = 0.8
#: Hops until it counts as settled in any case.
_SETTLED = 6
#: Pairs of one concept that it spreads over.
_ROADS = 512
#: Pairs from which on a concept counts for less on the way, and by which power of their number.
_CROWD, _AROUND = 32, -0.25
#: Concepts of a cue that something spreads from.
_SEEDS = 8


class _Reached(NamedTuple):
    """A concept that activation came to: from where, after how many hops."""

    before: int
    score: float
    hops: int


def brought_to_mind(
    held: ConceptGraph,
    cue: str,
    *,
    hops: int = 2,
    limit: int = 10,
    collection: str | None = None,
    patient: bool = True,
) -> list[BroughtToMind]:
    """The concepts that a cue leads to within `hops` (0: until it settles), strongest first.

    Nothing for a cue that names no concept. Where nobody is `patient`, what is not drawn yet is not
    waited for. Raises `UsageError` for less than no hops.
    """
    if hops < 0:
        raise UsageError(
            "The number of hops is out of range.", "Give a number of hops, 0 until it settles."
        )
    if limit < 1:
        return []
    with held.drawn() if patient else held.glimpsed() as connection:
        among = held.places(connection, collection)
        seeds = [
            row.id for row in concept_cards.within(connection, held.named(connection, cue), among)
        ][:_SEEDS]
        if not seeds:
            return []
        drawn = held.graphs.graph(connection, among)
        fields = {seed: _field(drawn, seed, hops or _SETTLED, len(seeds) > 1) for seed in seeds}
        return _told(connection, drawn, fields, among, limit)


def _field(drawn: DrawnGraph, seed: int, hops: int, wide: bool) -> dict[int, _Reached]:
    """What is reached from one concept."""
    reached = {seed: _Reached(0, 1.0, 0)}
    front = [seed]
    for hop in range(1, hops + 1):
        fresh: dict[int, _Reached] = {}
        for here in front:
            for pair in drawn.around(here, _ROADS):
                there = pair.b if pair.a == here else pair.a
                if there in reached:
                    continue
                score = reached[here].score * _GIVEN * pair.strength
                if not wide:
                    score *= (max(len(drawn.beside[there]), _CROWD) / _CROWD) ** _AROUND
                if there not in fresh or fresh[there].score < score:
                    fresh[there] = _Reached(here, score, hop)
        reached |= fresh
        # What two did, or when, leads from neither to the other.
        things = [id for id in fresh if drawn.scores[id] > 0]
        front = sorted(things, key=lambda id: (-fresh[id].score, id))[: WIDE if wide else FOCUSED]
        if not front:
            break
    return reached


def _told(
    connection: sqlite3.Connection,
    drawn: DrawnGraph,
    fields: Mapping[int, Mapping[int, _Reached]],
    among: Places,
    limit: int,
) -> list[BroughtToMind]:
    """The best of what is reached: what most concepts of the cue lead to, then the strongest."""
    strengths: dict[int, float] = {}
    leading: dict[int, list[int]] = {}
    for seed, reached in fields.items():
        for id, each in reached.items():
            if id not in fields:
                strengths[id] = 1 - (1 - strengths.get(id, 0.0)) * (1 - each.score)
                leading.setdefault(id, []).append(seed)
    rows = graph.by_ids(connection, {*strengths, *fields})
    judged, parted = verdicts.verdicts(connection), verdicts.parted(connection)
    found: list[BroughtToMind] = []
    for id in sorted(strengths, key=lambda id: (-len(leading[id]), -strengths[id], id)):
        if len(found) == limit:
            break
        seed = max(leading[id], key=lambda seed: fields[seed][id].score)
        stops = _trail(fields[seed], id)
        if id not in rows or _parts(drawn, stops, parted):
            continue
        denied: set[tuple[int, int]] = set()
        steps: Sequence[PathStep] = paths.along(connection, drawn, stops, among, judged, denied)
        if denied:
            continue
        found.append(
            BroughtToMind(
                concept=concept_cards.told(connection, rows[id], among),
                strength=round(strengths[id], 4),
                hops=len(steps),
                seeds=len(leading[id]),
                trail=tuple(rows[each].name for each in stops),
                steps=tuple(steps),
            )
        )
    return found


def _trail(reached: Mapping[int, _Reached], id: int) -> list[int]:
    stops = [id]
    while reached[stops[-1]].hops:
        stops.append(reached[stops[-1]].before)
    return stops[::-1]


def _parts(drawn: DrawnGraph, stops: Sequence[int], parted: Collection[tuple[int, int]]) -> bool:
    """Whether a trail joins by mere naming two concepts that you said do not belong together."""
    if not any((a, b) in parted for a, b in combinations(stops, 2)):
        return False
    return any(not drawn.pairs[ordered(a, b)].stated for a, b in pairwise(stops))
