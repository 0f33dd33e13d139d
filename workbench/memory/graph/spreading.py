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
from workbench.memory.graph.graph_view import GraphView, ordered
from workbench.memory.graph.records import BroughtToMind, PathStep
from workbench.store import graph, verdicts
from workbench.store.graph import Places

#: How many go on from a hop where the cue names one concept, and where it names several.
FOCUSED, WIDE = 12, 32
#: What is left of activation after a hop.
_DECAY = 0.8
#: Hops until it counts as settled in any case.
_MAX_HOPS = 6
#: Pairs of one concept that it spreads over.
_ROADS = 512
#: Pairs from which on a concept counts for less on the way, and by which power of their number.
_CROWD, _CROWD_POWER = 32, -0.25
#: Concepts of a cue that something spreads from.
_SEEDS = 8


class _Reached(NamedTuple):
    """A concept that activation came to: from where, after how many hops."""

    previous: int
    score: float
    hops: int


def spread_from(
    concepts: ConceptGraph,
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
    with concepts.reading_triples() if patient else concepts.glimpsed() as connection:
        places = concepts.places(connection, collection)
        seeds = [
            row.id
            for row in concept_cards.filter_places(
                connection, concepts.find_named(connection, cue), places
            )
        ][:_SEEDS]
        if not seeds:
            return []
        view = concepts.graphs.graph(connection, places)
        fields = {seed: _field(view, seed, hops or _MAX_HOPS, len(seeds) > 1) for seed in seeds}
        return _to_records(connection, view, fields, places, limit)


def _field(view: GraphView, seed: int, hops: int, wide: bool) -> dict[int, _Reached]:
    """What is reached from one concept."""
    reached = {seed: _Reached(0, 1.0, 0)}
    front = [seed]
    for hop in range(1, hops + 1):
        fresh: dict[int, _Reached] = {}
        for node in front:
            for pair in view.pairs_of(node, _ROADS):
                target = pair.b if pair.a == node else pair.a
                if target in reached:
                    continue
                score = reached[node].score * _DECAY * pair.strength
                if not wide:
                    score *= (max(len(view.neighbours[target]), _CROWD) / _CROWD) ** _CROWD_POWER
                if target not in fresh or fresh[target].score < score:
                    fresh[target] = _Reached(node, score, hop)
        reached |= fresh
        # What two did, or when, leads from neither to the other.
        passable = [id for id in fresh if view.scores[id] > 0]
        front = sorted(passable, key=lambda id: (-fresh[id].score, id))[: WIDE if wide else FOCUSED]
        if not front:
            break
    return reached


def _to_records(
    connection: sqlite3.Connection,
    view: GraphView,
    fields: Mapping[int, Mapping[int, _Reached]],
    places: Places,
    limit: int,
) -> list[BroughtToMind]:
    """The best of what is reached: what most concepts of the cue lead to, then the strongest."""
    strengths: dict[int, float] = {}
    leading: dict[int, list[int]] = {}
    for seed, reached in fields.items():
        for id, step_state in reached.items():
            if id not in fields:
                strengths[id] = 1 - (1 - strengths.get(id, 0.0)) * (1 - step_state.score)
                leading.setdefault(id, []).append(seed)
    rows = graph.by_ids(connection, {*strengths, *fields})
    judged, parted = verdicts.verdicts(connection), verdicts.parted(connection)
    results: list[BroughtToMind] = []
    for id in sorted(strengths, key=lambda id: (-len(leading[id]), -strengths[id], id)):
        if len(results) == limit:
            break
        seed = max(leading[id], key=lambda seed: fields[seed][id].score)
        stops = _trail(fields[seed], id)
        if id not in rows or _parts(view, stops, parted):
            continue
        denied: set[tuple[int, int]] = set()
        steps: Sequence[PathStep] = paths.build_steps(
            connection, view, stops, places, judged, denied
        )
        if denied:
            continue
        results.append(
            BroughtToMind(
                concept=concept_cards.to_concept(connection, rows[id], places),
                strength=round(strengths[id], 4),
                hops=len(steps),
                seeds=len(leading[id]),
                trail=tuple(rows[stop].name for stop in stops),
                steps=tuple(steps),
            )
        )
    return results


def _trail(reached: Mapping[int, _Reached], id: int) -> list[int]:
    stops = [id]
    while reached[stops[-1]].hops:
        stops.append(reached[stops[-1]].previous)
    return stops[::-1]


def _parts(view: GraphView, stops: Sequence[int], parted: Collection[tuple[int, int]]) -> bool:
    """Whether a trail joins by mere naming two concepts that you said do not belong together."""
    if not any((a, b) in parted for a, b in combinations(stops, 2)):
        return False
    return any(not view.pairs[ordered(a, b)].has_relation for a, b in pairwise(stops))
