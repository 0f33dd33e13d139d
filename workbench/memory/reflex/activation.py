"""Activation of a concept: sigmoid gate, refractory period, decay.

After NeuralMemory's neuron state and its tiers of decay (version 4.63).
"""

import math
from dataclasses import dataclass, replace

from workbench.memory.reflex.settings import DEFAULTS, BrainConfig

#: What tiers multiply the rate of decay by, and below which level they hold what was above it.
TIERS = {"hot": (0.5, 0.5), "warm": (1.0, 0.0), "cold": (2.0, 0.0)}


@dataclass(frozen=True, slots=True)
class NeuronState:
    """The activity of one concept: `level` from 0 to 1, how often it was activated, and its rest.

    `rests_until` is in milliseconds on the clock that `activate` is given; None: it does not rest.
    """

    level: float = 0.0
    access: int = 0
    rests_until: float | None = None
    threshold: float = DEFAULTS.default_firing_threshold

    @property
    def fired(self) -> bool:
        """Whether it is active enough to fire."""
        return self.level >= self.threshold

    def activate(
        self, level: float, at_ms: float, settings: BrainConfig = DEFAULTS
    ) -> "NeuronState":
        """The state after a stimulus of this level; the same one while it rests."""
        if self.rests_until is not None and at_ms < self.rests_until:
            return self
        reached = gate(level, settings.sigmoid_steepness)
        rests = self.rests_until
        if reached >= self.threshold:
            rests = at_ms + settings.default_refractory_ms
        return replace(self, level=reached, access=self.access + 1, rests_until=rests)

    def with_level(self, level: float) -> "NeuronState":
        """The state at this level, kept within 0 and 1."""
        return replace(self, level=min(max(float(level), 0.0), 1.0))

    def decay(self, days: float, rate: float = DEFAULTS.decay_rate) -> "NeuronState":
        """The state after so many days without a stimulus."""
        return replace(self, level=level_decay(self.level, rate, days))


def gate(level: float, steepness: float = DEFAULTS.sigmoid_steepness) -> float:
    """What a stimulus from 0 to 1 makes of a concept: a sigmoid around one half."""
    return 1 / (1 + math.exp(-steepness * (min(max(level, 0.0), 1.0) - 0.5)))


def level_decay(level: float, rate: float, days: float, tier: str = "warm") -> float:
    """What is left of a level after so many days; what is hot never falls under one half.

    A level that lay below a tier's floor before only stays. Raises `KeyError` for another tier.
    """
    if days <= 0:
        return level
    factor, floor = TIERS[tier]
    return max(min(floor, level), level * math.exp(-rate * factor * days))
