"""Spreading over associations: the formulas of two published memories, and inhibition.

NeuralMemory passes on `level · 0.5 · weight · (use) · (role)` and then damps all but the most
active; neurram starts from similarity, strength and salience and passes 0.6 a hop.
"""

import heapq
import math
from collections.abc import Hashable, Mapping
from typing import TypeVar

from workbench.memory.concepts.records import AssociationType
from workbench.memory.reflex.settings import DEFAULTS, BrainConfig
from workbench.memory.reflex.synapses import ROLES

Member = TypeVar("Member", bound=Hashable)

#: What a hop over an association keeps.
HOP = 0.5
#: neurram's hop, and the level below which it passes nothing.
_RAM_HOP = 0.6
_RAM_FLOOR = 0.08


def passed_on(level: float, weight: float, kind: AssociationType, uses: int = 0) -> float:
    """The level that an association of this weight and kind passes on.

    Often used ones pass up to 15 % more.
    """
    return level * HOP * weight * (1 + min(0.15, 0.05 * math.log1p(uses))) * ROLES[kind]


def inhibited(
    levels: Mapping[Member, float], settings: BrainConfig = DEFAULTS
) -> dict[Member, float]:
    """The levels after lateral inhibition: the most active stay as they are, the rest is damped.

    What falls below the threshold by that is out. Of equals the earlier stays.
    """
    limit = settings.lateral_inhibition_k
    if len(levels) <= limit:
        return dict(levels)
    winners = set(heapq.nlargest(limit, levels, key=lambda member: levels[member]))
    damped = (
        (member, level if member in winners else level * settings.lateral_inhibition_factor)
        for member, level in levels.items()
    )
    return {
        member: level
        for member, level in damped
        if member in winners or level >= settings.activation_threshold
    }


def spread_seed(similarity: float, strength: float, salience: float) -> float:
    """neurram's start of a spreading: how active a memory is that a cue resembles."""
    return similarity * strength * (0.5 + salience / 2)


def spread_hop(activation: float, weight: float, hops: int) -> float:
    """What is left of an activation after so many hops over links of this weight, after neurram.

    0.6 of the weighted level passes each hop, and nothing below 0.08.
    """
    for _ in range(hops):
        activation *= _RAM_HOP * weight
        if activation < _RAM_FLOOR:
            return 0.0
    return activation
