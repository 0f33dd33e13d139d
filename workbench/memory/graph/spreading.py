"""What a cue brings to mind over associations: breadth first, the strongest first, with its trail.

One concept in the cue keeps it focused: few go on from each hop, and what everything is associated
with counts for less. Several widen it: more go on, and what more of them lead to comes first
(Cortex, https://github.com/sbuysse/cortex, recalls in these two modes).
"""

import sqlite3
from collections.abc import Collection, Mapping, Sequence

from workbench.errors import UsageError
from workbench.memory.graph import concept_cards, paths
from workbench.memory.graph.association_arrays import MOST, MOST_AT_END, Map
from workbench.memory.graph.concept_graph import ConceptGraph
from workbench.memory.graph.path_records import BroughtToMind
from workbench.memory.graph.paths import BEAM, NEVER, NOISE, Reached, Road, Side
from workbench.store import graph, verdicts
from workbench.store.concept_mentions import Triple
from workbench.store.graph import Places

#: How many go on from a hop where the cue names one concept, and where it names several.
FOCUSED, WIDE = 12, BEAM
#: What is left of activation after a hop.
_GIVEN = 0.8
#: Hops until it counts as settled in any case.
_SETTLED = 6
#: How often it is gone again without associations that are not said in these places.
_TRIES = 16
#: Concepts of a cue that something spreads from.
_SEEDS = 8


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
        raise UsageError("How far shall it spread?", "Give a number of hops, 0 until it settles.")
    if limit < 1:
        return []
    with held.drawn() if patient else held.glimpsed() as connection:
        among = held.places(connection, collection)
        seeds = [
            row.id for row in concept_cards.within(connection, held.named(connection, cue), among)
        ]
        if not seeds:
            return []
        return _spread(held, connection, seeds[:_SEEDS], among, hops or _SETTLED, limit)


def _spread(
    held: ConceptGraph,
    connection: sqlite3.Connection,
    seeds: Sequence[int],
    among: Places,
    hops: int,
    limit: int,
) -> list[BroughtToMind]:
    where = held.roads.map(connection)
    banned, parted = set(verdicts.rejected(connection)), verdicts.parted(connection)
    for _ in range(_TRIES):
        fields = {seed: _field(where, seed, hops, len(seeds) > 1, banned) for seed in seeds}
        best, ways = _best(fields, limit, parted)
        unsaid = {
            road.triple
            for way in ways.values()
            for road in way
            if not paths.said(connection, road.triple, among)
        }
        if not unsaid:
            break
        banned |= unsaid
    else:
        best = [each for each in best if not any(r.triple in unsaid for r in ways[each[0]])]
    return _told(held, connection, best, ways, among)


def _field(where: Map, seed: int, hops: int, wide: bool, banned: set[Triple]) -> dict[int, Reached]:
    """What is reached from one concept; what merely stands beside it only where nothing else is."""
    for noise in (NOISE, NEVER):
        here = Side({seed: Reached(0, 0, True, 1.0, 0)}, [seed])
        for _ in range(hops):
            ways = where.leaving(here.front, MOST if here.hops else MOST_AT_END)
            power = 0.0 if wide else paths.AROUND
            order, scores = paths.strongest(here, ways, noise, power)
            beam = WIDE if wide else FOCUSED
            paths.spread(here, None, ways, order, scores * _GIVEN, beam, banned, None)
            if not here.front:
                break
        if len(here.reached) > 1:
            return here.reached
    return {}


def _best(
    fields: Mapping[int, dict[int, Reached]], limit: int, parted: Collection[tuple[int, int]]
) -> tuple[list[tuple[int, int, float, int]], dict[int, list[Road]]]:
    """(concept, seed nearest to it, strength, seeds that lead to it), the best first.

    And the way to each. What is only reached between two that the user has parted is left out.
    """
    strengths: dict[int, float] = {}
    leading: dict[int, list[int]] = {}
    for seed, reached in fields.items():
        for id, step in reached.items():
            if id not in fields:
                strengths[id] = 1 - (1 - strengths.get(id, 0.0)) * (1 - min(step.score, 1.0))
                leading.setdefault(id, []).append(seed)
    found: list[tuple[int, int, float, int]] = []
    ways: dict[int, list[Road]] = {}
    for id in sorted(strengths, key=lambda id: (-len(leading[id]), -strengths[id], id)):
        if len(found) == limit:
            break
        seed = max(leading[id], key=lambda seed: fields[seed][id].score)
        way = paths.back(Side(fields[seed], []), id)
        if not paths.merely_between(way, seed, parted):
            found.append((id, seed, strengths[id], len(leading[id])))
            ways[id] = way
    return found, ways


def _told(
    held: ConceptGraph,
    connection: sqlite3.Connection,
    best: Sequence[tuple[int, int, float, int]],
    ways: Mapping[int, Sequence[Road]],
    among: Places,
) -> list[BroughtToMind]:
    rows = graph.by_ids(connection, {id for each in best for id in each[:2]})
    found: list[BroughtToMind] = []
    for id, seed, strength, seeds in best:
        if id not in rows or seed not in rows:
            continue
        steps = paths.cited(connection, ways[id], among)
        onward = (step.edge.tail_name if step.forward else step.edge.head_name for step in steps)
        found.append(
            BroughtToMind(
                concept=concept_cards.told(connection, rows[id], among),
                strength=round(strength, 4),
                hops=len(steps),
                seeds=seeds,
                trail=(rows[seed].name, *onward),
                steps=steps,
            )
        )
    return found
