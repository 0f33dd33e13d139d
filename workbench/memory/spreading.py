"""Spreading activation over any graph, with the parameters of several models.

An active node passes a part of its level on to adjacent ones, hop by hop (Collins & Loftus, A
spreading-activation theory of semantic processing, 1975). The adjacency is a parameter: the drawn
graph, associations, statements that share words or were recalled together. Decay, beam and the
combination of several paths depend on the `Preset`.
"""

import heapq
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

Node = TypeVar("Node", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Preset:
    """The parameters of one model; levels and factors have no unit.

    A hop keeps `decay` of a level and passes nothing below `threshold`; it ends after `hops`. The
    `beam` most active new nodes pass on (None: all). Of several paths to a node the best of the
    first hop counts, or, with `adding`, the sum of all. All but the `winners` most active of a hop
    (None: all win) are multiplied by `damping`.
    """

    decay: float
    threshold: float = 0.0
    hops: int = 64
    beam: int | None = None
    adding: bool = False
    winners: int | None = None
    damping: float = 0.0


#: NeuralMemory's spreading activation over associations (package neural-memory, 4.63).
NEURAL_MEMORY = Preset(decay=0.5, threshold=0.2, hops=4, winners=10, damping=0.3)
#: neurram's, over links of memories.
NEURRAM = Preset(decay=0.6, threshold=0.08)
#: neuron-db's, over statements that share words.
NEURON_DB = Preset(decay=0.5, threshold=1e-6, beam=16, adding=True)
#: Those of Cortex (https://github.com/sbuysse/cortex), over concepts: one concept in a cue keeps it
#: focused, several widen it.
FOCUSED, WIDE = Preset(decay=0.8, hops=6, beam=12), Preset(decay=0.8, hops=6, beam=32)


@dataclass(slots=True)
class Active(Generic[Node]):
    """An active node: its level, number of hops, predecessor, and the seeds that reach it."""

    level: float
    hops: int
    previous: Node | None
    seeds: frozenset[Node]


#: The edges from a front: (member, other, share of the level that passes).
Adjacency = Callable[[Mapping[Node, Active[Node]]], Iterable[tuple[Node, Node, float]]]


def spread(
    seeds: Mapping[Node, float],
    adjacent: Adjacency[Node],
    preset: Preset,
    hops: int = 0,
    passes: Callable[[Node], bool] | None = None,
) -> dict[Node, Active[Node]]:
    """The nodes active within `hops` (0: until convergence) of seeds with these levels.

    A node that does not `passes` is reached, but passes nothing on. Of equals the greater comes
    first, the newer one if nodes are ids.
    """
    active = {node: Active(level, 0, None, frozenset((node,))) for node, level in seeds.items()}
    fresh = dict(seeds)
    for hop in range(1, (hops or preset.hops) + 1):
        passing = fresh if passes is None else {n: fresh[n] for n in fresh if passes(n)}
        front = strongest(passing, preset.beam)
        if not front:
            break
        gained: dict[Node, Active[Node]] = {}
        for node, other, share in adjacent({node: active[node] for node in front}):
            giver = active[node]
            level = giver.level * preset.decay * share
            if level < preset.threshold or (other in active and not preset.adding):
                continue
            previous = gained.get(other)
            if previous is not None and preset.adding:
                previous.level += level
                previous.seeds |= giver.seeds
            elif previous is None or level > previous.level:
                gained[other] = Active(level, hop, node, giver.seeds)
        fresh = inhibited({n: gained[n].level for n in gained if n not in active}, preset)
        for node, more in gained.items():
            if node in active:
                active[node].level += more.level
                active[node].seeds |= more.seeds
            elif node in fresh:
                more.level = fresh[node]
                active[node] = more
    return active


def strongest(levels: Mapping[Node, float], limit: int | None = None) -> list[Node]:
    """The most active nodes in descending order; of equals the greater first."""
    return heapq.nlargest(
        len(levels) if limit is None else limit, levels, key=lambda node: (levels[node], node)
    )


def inhibited(levels: Mapping[Node, float], preset: Preset = NEURAL_MEMORY) -> dict[Node, float]:
    """The levels after lateral inhibition: all but the most active are damped.

    Levels then below the threshold are dropped. Of equals the earlier one wins.
    """
    if preset.winners is None or len(levels) <= preset.winners:
        return dict(levels)
    winners = set(heapq.nlargest(preset.winners, levels, key=lambda node: levels[node]))
    return {
        node: level if node in winners else level * preset.damping
        for node, level in levels.items()
        if node in winners or level * preset.damping >= preset.threshold
    }
