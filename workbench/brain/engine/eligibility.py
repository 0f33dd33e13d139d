"""Three-factor learning: eligibility traces of spike order, consolidated by a reward.

A recall leaves a trace on each link that its activity used: positive where the source fired before
the target, negative where it fired after (spike-timing-dependent plasticity, both branches: Bi and
Poo 1998). Traces decay. Dopamine that arrives in time turns a trace into a weight change
(Izhikevich 2007; Gerstner and others 2018): more than expected strengthens, less weakens. The other
modulators have the roles of Doya (2002): acetylcholine scales the learning rate, serotonin the time
to wait for a reward, noradrenaline the size of traces.

Links join assemblies, not single neurons: a recall records their volleys.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from workbench.brain.engine.modulators import Modulators

#: Amplitudes for a source volley before and after the target's, per pair of nearest volleys.
#: Activity runs along links in both directions: a larger acausal amplitude (the published Cortex
#: has 1.2) would wear out the way back when only one end is ever asked about.
CAUSAL, ACAUSAL = 1.0, 0.5
#: Time constants in steps: of a volley's mark, and of the weight of later volleys, since what
#: follows the first ones is reverberation.
_MARK, _WANES = 2.0, 1.5
#: Time constant of a trace at rest in seconds, and the value below which it is dropped.
TRACE_SECONDS, FAINT = 300.0, 0.01
#: Weight change from one full trace and one full reward, at rest.
RATE = 0.1
#: Bounds of what a link may learn; an asserted link weighs 0.7 without it.
MAX_DELTA, MIN_DELTA = 0.7, -0.35
#: How much a fully expected reward reduces what is learned.
_EXPECTED = 0.5
#: Total that the links of one concept may learn; sleep scales more than that down to it.
SET_POINT = 2.0
#: Weights are integers in units of 1/127: less than half of that has no effect.
RESOLUTION = 0.5 / 127

#: Source and target concepts of a link.
Link = tuple[int, int]


def timing(source: Sequence[int], target: Sequence[int]) -> float:
    """The trace of a link whose ends fired at these steps, in ascending order: from -1 to 1.

    Each volley of the target pairs with the nearest earlier one of the source, and each of the
    source with the nearest earlier one of the target. Simultaneous volleys leave no trace.
    """
    if not source or not target:
        return 0.0
    start = max(source[0], target[0])
    ahead = sum(_left(source, at, start) for at in target)
    lagging = sum(_left(target, at, start) for at in source)
    return max(-1.0, min(1.0, CAUSAL * ahead - ACAUSAL * lagging))


def _left(volleys: Sequence[int], at: int, start: int) -> float:
    """The remaining mark at a step of the last volley before it, once both ends have fired."""
    previous = max((item for item in volleys if item < at), default=None)
    if previous is None or at < start:
        return 0.0
    return math.exp((previous - at) / _MARK + (start - at) / _WANES)


def traces(
    emitting: Sequence[Sequence[int]], links: Iterable[Link], levels: Modulators
) -> dict[Link, float]:
    """The traces that a recall leaves; `emitting` has the active concepts of each step.

    From -1 to 1 for each of these links; those without a trace are left out.
    """
    distinct = dict.fromkeys(links)
    ends = {end for link in distinct for end in link}
    volleys: dict[int, list[int]] = {end: [] for end in ends}
    for step, firing in enumerate(emitting):
        for item in ends.intersection(firing):
            volleys[item].append(step)
    aroused = 1 + 0.3 * (levels.noradrenaline - 1)
    computed = {
        (a, b): max(-1.0, min(1.0, aroused * timing(volleys[a], volleys[b]))) for a, b in distinct
    }
    return {link: trace for link, trace in computed.items() if abs(trace) >= FAINT}


def faded(trace: float, seconds: float, levels: Modulators) -> float:
    """The value of a trace after so many seconds; 0 if negligible."""
    waits = TRACE_SECONDS * max(levels.serotonin, 0.1)
    left = trace * math.exp(-max(seconds, 0.0) / waits)
    return left if abs(left) >= FAINT else 0.0


def surprise(reward: float, expected: float) -> float:
    """The deviation of dopamine from rest: a reward, -1 to 1, less its expectation.

    `expected`, 0 to 1, is how strongly the recall itself brought up what is rewarded.
    """
    return reward * (1 - _EXPECTED * min(max(expected, 0.0), 1.0))


def change(dopamine: float, trace: float, levels: Modulators) -> float:
    """The weight change; `dopamine` is its deviation from rest, -1 to 1.

    A dip turns potentiation into depression, and the other way round.
    """
    learned = replace(levels, dopamine=abs(dopamine)).learning
    return math.copysign(RATE * learned, dopamine) * trace


def bounded(delta: float, by: float) -> float:
    """The learned weight after a change, with soft bounds `MIN_DELTA` and `MAX_DELTA`.

    The nearer to its bound, the smaller the change.
    """
    room = MAX_DELTA - delta if by > 0 else delta - MIN_DELTA
    span = MAX_DELTA if by > 0 else -MIN_DELTA
    after = delta + by * min(max(room / span, 0.0), 1.0)
    return max(MIN_DELTA, min(MAX_DELTA, after))


def renormalised(learned: Mapping[Link, float]) -> dict[Link, float]:
    """Apply homeostasis and pruning (Turrigiano 2008); returns only the links that change.

    If the links of a concept have learned more than `SET_POINT` in total, they are scaled down to
    it evenly; a weight below the resolution becomes 0.
    """
    sums: dict[int, float] = {}
    for (source, _), delta in learned.items():
        sums[source] = sums.get(source, 0.0) + abs(delta)
    after: dict[Link, float] = {}
    for link, delta in learned.items():
        total = sums[link[0]]
        # A rounding error above the set point is no reason to scale again.
        scaled = delta * SET_POINT / total if total > SET_POINT * (1 + 1e-9) else delta
        if abs(scaled) < RESOLUTION:
            scaled = 0.0
        if scaled != delta:
            after[link] = scaled
    return after
