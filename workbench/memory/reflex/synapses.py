"""Weights between concepts, raised by use and lowered by time.

After NeuralMemory's synapse and learning rule (package neural-memory, 4.63):
Hebb's rule with headroom and novelty, and a sigmoid of age whose half-life grows with use.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from workbench.memory.concepts.records import AssociationType
from workbench.memory.plasticity import hebb
from workbench.memory.reflex.settings import DEFAULTS, BrainConfig
from workbench.store.concept_mentions import UNDIRECTED

#: What a kind is called from its other end.
INVERSE = {
    AssociationType.BEFORE: AssociationType.AFTER,
    AssociationType.AFTER: AssociationType.BEFORE,
    AssociationType.CAUSED_BY: AssociationType.LEADS_TO,
    AssociationType.LEADS_TO: AssociationType.CAUSED_BY,
    AssociationType.CONTAINS: AssociationType.AT_LOCATION,
    AssociationType.AT_LOCATION: AssociationType.CONTAINS,
}

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


@dataclass(frozen=True, slots=True)
class Synapse:
    """An association of one kind: its weight, kept within 0 and 1, and how often use raised it."""

    type: AssociationType
    weight: float = DEFAULTS.default_synapse_weight
    reinforced_count: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "weight", min(max(float(self.weight), 0.0), 1.0))

    @property
    def bidirectional(self) -> bool:
        """Whether it holds in both directions."""
        return self.type in UNDIRECTED

    @property
    def inverse(self) -> AssociationType | None:
        """What it is called from its other end; None where there is no word for that."""
        return INVERSE.get(self.type)

    def reinforce(
        self,
        delta: float = DEFAULTS.reinforcement_delta,
        pre: float | None = None,
        post: float | None = None,
        settings: BrainConfig = DEFAULTS,
    ) -> "Synapse":
        """The association after use: `delta` more, or by Hebb's rule where both ends are given.

        `pre` and `post` are the activities of head and tail, 0 to 1; `delta` is then the rate.
        """
        if pre is None or post is None:
            weight = self.weight + delta
        else:
            weight = hebb(
                self.weight, pre, post, self.reinforced_count, delta,
                novelty=settings.novelty_boost_max, novelty_decay=settings.novelty_decay_rate,
            )  # fmt: skip
        return replace(self, weight=weight, reinforced_count=self.reinforced_count + 1)

    def decay(self, factor: float = 0.95) -> "Synapse":
        """The association with its weight multiplied by a factor from 0 to 1."""
        return replace(self, weight=self.weight * min(max(factor, 0.0), 1.0))

    def time_decay(self, hours: float) -> "Synapse":
        """The association as it counts after so many hours without use."""
        return replace(self, weight=time_decay(self.weight, hours, self.reinforced_count))


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
