"""Activation along the path of a fiber, in both directions, with decay.

After NeuralMemory's reflex activation: each step keeps `0.85 · conductivity · time factor` of the
level before it, so that what was recalled lately and often conducts further.
"""

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from workbench.memory.reflex.settings import DEFAULTS

Member = TypeVar("Member", bound=Hashable)

#: What each step along a pathway loses.
STEP_LOSS = 0.15
#: Hours without conducting after which a fiber conducts half, and by which that falls off.
_HALF = 72.0
_SPREAD = 36.0
_FLOOR = 0.1


class Reached(NamedTuple):
    """How active a trail makes a concept, and how many steps from its start that is."""

    level: float
    hops: int


def time_factor(hours: float | None, salience: float = 0.0) -> float:
    """How well a fiber conducts so many hours after it last did; by its salience if it never did.

    One half after three days, never under 0.1.
    """
    if hours is None:
        return 0.3 + 0.4 * min(max(salience, 0.0), 1.0)
    return max(_FLOOR, 1 / (1 + math.exp(min((hours - _HALF) / _SPREAD, 100.0))))


def step(conductivity: float, hours: float | None, salience: float = 0.0) -> float:
    """The part of a level that one step along a fiber passes on."""
    return (1 - STEP_LOSS) * conductivity * time_factor(hours, salience)


def trail(
    pathway: Sequence[Member],
    start: Mapping[Member, float] | Iterable[Member],
    passes: float,
    threshold: float = DEFAULTS.activation_threshold,
) -> dict[Member, Reached]:
    """The concepts that a trail reaches from `start` (level 1 each, where no levels are given).

    `passes` is what a step passes on (see `step`); what falls below the threshold goes no further.
    Starts that the pathway does not lead over are left out.
    """
    levels = dict(start) if isinstance(start, Mapping) else dict.fromkeys(start, 1.0)
    best: dict[Member, Reached] = {}
    for at, member in enumerate(pathway):
        level = levels.get(member)
        if level is None:
            continue
        _update_best(best, member, Reached(level, 0))
        for ahead in (1, -1):
            _run(best, pathway, at, ahead, level, passes, threshold)
    return best


def _run(
    best: dict[Member, Reached],
    pathway: Sequence[Member],
    at: int,
    ahead: int,
    level: float,
    passes: float,
    threshold: float,
) -> None:
    hops = 0
    at += ahead
    while 0 <= at < len(pathway):
        hops += 1
        level *= passes
        if level < threshold:
            return
        _update_best(best, pathway[at], Reached(level, hops))
        at += ahead


def _update_best(best: dict[Member, Reached], member: Member, reached: Reached) -> None:
    previous = best.get(member)
    if previous is None or reached.level > previous.level:
        best[member] = reached
