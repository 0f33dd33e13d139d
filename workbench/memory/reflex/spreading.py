"""Spreading over associations, and inhibition.

NeuralMemory passes on `level · 0.5 · weight · (use) · (role)` and then damps all but the most
active.
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
