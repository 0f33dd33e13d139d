"""Activation of a concept: sigmoid gate and decay.

After NeuralMemory's neuron state and its tiers of decay (version 4.63).
"""

import math

from workbench.memory.reflex.settings import DEFAULTS

#: What tiers multiply the rate of decay by, and below which level they hold what was above it.
TIERS = {"hot": (0.5, 0.5), "warm": (1.0, 0.0), "cold": (2.0, 0.0)}


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
