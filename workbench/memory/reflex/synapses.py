"""Weights between concepts: what kinds pass on, and what time leaves.

After NeuralMemory's synapse (package neural-memory, 4.63): a sigmoid of age whose half-life grows
with use.
"""

import math
from collections.abc import Sequence

from workbench.memory.concepts.records import AssociationType
from workbench.memory.reflex.settings import DEFAULTS

#: How much of a spreading activation a kind passes, by its role: what follows or causes passes
#: more, what merely stands beside less. Passive ones say when and how it felt: spreading leaves
#: them out.
ROLES = {
    AssociationType[name]: passes
    for passes, names in (
        (1.3, "BEFORE AFTER CAUSED_BY LEADS_TO ENABLES INFLUENCED"),
        (1.1, "RESOLVED_BY SUPERSEDES EVOLVES_FROM"),
        (1.0, "IS_A HAS_PROPERTY INVOLVES AT_LOCATION CONTAINS OWNS PART_OF MEMBER_OF WORKS_FOR "
              "CREATED KIN_OF ROLE_OF NAMED ACTS_ON"),
        (0.9, "CONTRADICTS DENIED PREVENTS"),
        (0.85, "CO_OCCURS RELATED_TO SIMILAR_TO"),
        (0.0, "HAPPENED_AT DURING FELT EVOKES"),
    )
    for name in names.split()
}  # fmt: skip

#: Hours after which an association that was never used again counts half.
_HALF_LIFE = 1440.0


def time_decay(weight: float, hours: float, reinforced: int = 0) -> float:
    """What a weight counts after so many hours: half at 60 days, never under 0.3 of it.

    Each reinforcement lengthens the half-life by half and raises the floor by 0.05, up to 0.8.
    """
    half_life = _HALF_LIFE * (1 + 0.5 * reinforced)
    steps = min(max((max(hours, 0.0) - half_life) / (half_life / 2), -100.0), 100.0)
    floor = 0.3 + min(0.5, 0.05 * reinforced)
    return weight * max(floor, 1 / (1 + math.exp(steps)))


def scale_to_budget(
    weights: Sequence[float], budget: float = DEFAULTS.weight_normalization_budget
) -> list[float]:
    """The outgoing weights of one concept, scaled down together where their sum is too much."""
    total = sum(weights)
    if total <= budget:
        return list(weights)
    return [weight * budget / total for weight in weights]
