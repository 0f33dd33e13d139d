"""Activation levels of concepts, and the conductance of their links, by kind, use and age.

After NeuralMemory (package neural-memory, 4.63 and the published guide): its tiers of decay, its
synapses, whose weight is a sigmoid of age with a half-life that grows with use, and its fibers,
where each step keeps `0.85 · conductivity · time factor` of the level before it, so that recently
and often recalled ones conduct further.
"""

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from workbench.memory.concepts.records import AssociationType
from workbench.memory.reflex.settings import DEFAULTS

Member = TypeVar("Member", bound=Hashable)

#: The factor of the decay rate, and the floor of levels above it, per tier.
TIERS = {"hot": (0.5, 0.5), "warm": (1.0, 0.0), "cold": (2.0, 0.0)}

#: The share of activation that a kind passes, by its role: more for sequence and cause, less for
#: co-occurrence. Passive ones, of time and feeling, are skipped by spreading.
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

#: Hours after which an unused association counts half.
_HALF_LIFE = 1440.0
#: The loss per step along a fiber, and the conductivity gained by conducting.
STEP_LOSS, CONDUCTING = 0.15, 0.02
#: Hours without conducting after which a fiber conducts half, the slope in hours, and the minimum.
_HALF, _SPREAD, _FLOOR = 72.0, 36.0, 0.1


def gate(level: float, steepness: float = DEFAULTS.sigmoid_steepness) -> float:
    """The response of a concept to a stimulus from 0 to 1: a sigmoid centred at one half."""
    return 1 / (1 + math.exp(-steepness * (min(max(level, 0.0), 1.0) - 0.5)))


def level_decay(level: float, rate: float, days: float, tier: str = "warm") -> float:
    """The level left after so many days; hot ones never fall below one half.

    A level already below the floor of its tier stays. Raises `KeyError` for an unknown tier.
    """
    if days <= 0:
        return level
    factor, floor = TIERS[tier]
    return max(min(floor, level), level * math.exp(-rate * factor * days))


def time_decay(weight: float, hours: float, reinforced: int = 0) -> float:
    """The weight left after so many hours: half at 60 days, never under 0.3 of it.

    Each reinforcement extends the half-life by half and raises the floor by 0.05, up to 0.8.
    """
    half_life = _HALF_LIFE * (1 + 0.5 * reinforced)
    steps = min(max((max(hours, 0.0) - half_life) / (half_life / 2), -100.0), 100.0)
    floor = 0.3 + min(0.5, 0.05 * reinforced)
    return weight * max(floor, 1 / (1 + math.exp(steps)))


def scale_to_budget(
    weights: Sequence[float], budget: float = DEFAULTS.weight_normalization_budget
) -> list[float]:
    """Scale the outgoing weights of one concept down if their sum exceeds the budget."""
    factor = min(1.0, budget / (sum(weights) or budget))
    return [weight * factor for weight in weights]


def share_passed(weight: float, kind: AssociationType, uses: int = 0) -> float:
    """The share of a level that an association of this weight and kind passes.

    Often used ones pass up to 15 % more.
    """
    return weight * (1 + min(0.15, 0.05 * math.log1p(uses))) * ROLES[kind]


class Reached(NamedTuple):
    """The activation of a concept by a trail, and its distance from the start in steps."""

    level: float
    hops: int


def time_factor(hours: float | None, salience: float = 0.0) -> float:
    """The conductance of a fiber so many hours after its last use; by its salience if unused.

    One half after three days, never under 0.1.
    """
    if hours is None:
        return 0.3 + 0.4 * min(max(salience, 0.0), 1.0)
    return max(_FLOOR, 1 / (1 + math.exp(min((hours - _HALF) / _SPREAD, 100.0))))


def step(conductivity: float, hours: float | None, salience: float = 0.0) -> float:
    """The share of a level that one step along a fiber passes."""
    return (1 - STEP_LOSS) * conductivity * time_factor(hours, salience)


def trail(
    pathway: Sequence[Member],
    start: Mapping[Member, float] | Iterable[Member],
    passes: float,
    threshold: float = DEFAULTS.activation_threshold,
) -> dict[Member, Reached]:
    """The concepts that a trail reaches from `start` (level 1 each, if no levels are given).

    It runs in both directions; `passes` is the share per step (see `step`). Levels below the
    threshold end it. Starts outside the pathway are ignored.
    """
    levels = dict(start) if isinstance(start, Mapping) else dict.fromkeys(start, 1.0)
    best: dict[Member, Reached] = {}
    for begin, origin in enumerate(pathway):
        if origin not in levels:
            continue
        for at, member in enumerate(pathway):
            hops = abs(at - begin)
            level = levels[origin] * passes**hops
            if (level >= threshold or not hops) and (
                member not in best or level > best[member].level
            ):
                best[member] = Reached(level, hops)
    return best
