"""Three-factor learning: eligibility traces of firing order, made lasting by a reward.

A recall leaves a trace on each link that its activity ran along: above 0 where the source fired
before the target, below 0 where it fired after it (spike timing, both branches: Bi and Poo 1998).
A trace fades by itself. Dopamine that comes while
it is there turns it into a change of weight (Izhikevich 2007; Gerstner and others 2018): more than
was expected strengthens, less weakens. The other modulators have the parts that Doya (2002) gives
them: acetylcholine says how much is learned, serotonin how long one waits for a reward,
noradrenaline how large traces are.

Links are those of assemblies, not of single neurons: their volleys are what a recall records.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from workbench.brain.engine.modulators import Modulators

#: What a volley before, and one after, leaves behind, for each pair of nearest volleys. Links are
#: walked in both directions, and activity goes back and forth on them: with more than this for what
#: comes after (the published Cortex has 1.2), asking from one end would wear out the way back.
CAUSAL, ACAUSAL = 1.0, 0.5
#: Steps in which the mark of a volley falls to a third, and in which the two ends count less, since
#: what follows their first volleys is reverberation.
_MARK, _WANES = 2.0, 1.5
#: Seconds in which a trace falls to a third at rest; below this there is none any more.
TRACE_SECONDS, FAINT = 300.0, 0.01
#: What one full trace with one full reward changes a weight by, at rest.
RATE = 0.1
#: The most that may be learned of a link, up and down: a certain link weighs 0.7 without it.
MAX_DELTA, MIN_DELTA = 0.7, -0.35
#: How much less a reward teaches that was fully expected.
_EXPECTED = 0.5
#: What is learned of the links of one concept in all; sleep scales more than that down to it.
SET_POINT = 2.0
#: Weights of links are whole numbers of 1/127: less than half of that changes nothing.
RESOLUTION = 0.5 / 127

#: Source and target of a link, by concepts.
Link = tuple[int, int]


def timing(source: Sequence[int], target: Sequence[int]) -> float:
    """The trace of a link whose ends fired at these steps, in order: from -1 to 1.

    Each volley of the target counts with the nearest one of the source before it, and each of the
    source with the nearest one of the target before it. What fires at once says nothing.
    """
    if not source or not target:
        return 0.0
    start = max(source[0], target[0])
    ahead = sum(_left(source, at, start) for at in target)
    lagging = sum(_left(target, at, start) for at in source)
    return max(-1.0, min(1.0, CAUSAL * ahead - ACAUSAL * lagging))


def _left(volleys: Sequence[int], at: int, start: int) -> float:
    """What is left at a step of the last volley before it, since both ends have fired."""
    previous = max((item for item in volleys if item < at), default=None)
    if previous is None or at < start:
        return 0.0
    return math.exp((previous - at) / _MARK + (start - at) / _WANES)


def traces(
    speaking: Sequence[Sequence[int]], links: Iterable[Link], levels: Modulators
) -> dict[Link, float]:
    """What a recall leaves eligible: `speaking` are the concepts that spoke in each step.

    From -1 to 1 for each of these links; those without a trace are left out.
    """
    distinct = dict.fromkeys(links)
    ends = {end for link in distinct for end in link}
    volleys: dict[int, list[int]] = {end: [] for end in ends}
    for step, spoke in enumerate(speaking):
        for item in ends.intersection(spoke):
            volleys[item].append(step)
    aroused = 1 + 0.3 * (levels.noradrenaline - 1)
    computed = {
        (a, b): max(-1.0, min(1.0, aroused * timing(volleys[a], volleys[b]))) for a, b in distinct
    }
    return {link: trace for link, trace in computed.items() if abs(trace) >= FAINT}


def faded(trace: float, seconds: float, levels: Modulators) -> float:
    """What is left of a trace after so many seconds; 0 where that is next to nothing."""
    waits = TRACE_SECONDS * max(levels.serotonin, 0.1)
    left = trace * math.exp(-max(seconds, 0.0) / waits)
    return left if abs(left) >= FAINT else 0.0


def surprise(reward: float, expected: float) -> float:
    """By how much dopamine leaves its level at rest: a reward, -1 to 1, less what was expected.

    `expected` is from 0 to 1: how strongly the recall itself had brought up what is rewarded.
    """
    return reward * (1 - _EXPECTED * min(max(expected, 0.0), 1.0))


def change(dopamine: float, trace: float, levels: Modulators) -> float:
    """What a weight changes by; `dopamine` is how far it is from rest, -1 to 1.

    A dip lets what was potentiated be depressed, and the other way round.
    """
    learned = replace(levels, dopamine=abs(dopamine)).learning
    return math.copysign(RATE * learned, dopamine) * trace


def bounded(delta: float, by: float) -> float:
    """What is learned of a link after a change: the nearer to its bound, the less it changes.

    Between `MIN_DELTA` and `MAX_DELTA` whatever comes.
    """
    room = MAX_DELTA - delta if by > 0 else delta - MIN_DELTA
    span = MAX_DELTA if by > 0 else -MIN_DELTA
    after = delta + by * min(max(room / span, 0.0), 1.0)
    return max(MIN_DELTA, min(MAX_DELTA, after))


def renormalised(learned: Mapping[Link, float]) -> dict[Link, float]:
    """Homeostasis and pruning: what changes of all that was learned (Turrigiano 2008).

    Where the links of a concept have learned more in all than `SET_POINT`, they are scaled down to
    it alike; what is too little for the brain to tell goes (0). What is settled stays as it is.
    """
    sums: dict[int, float] = {}
    for (source, _), delta in learned.items():
        sums[source] = sums.get(source, 0.0) + abs(delta)
    after: dict[Link, float] = {}
    for link, delta in learned.items():
        total = sums[link[0]]
        # What rounding may leave over the set point is no reason to scale again.
        scaled = delta * SET_POINT / total if total > SET_POINT * (1 + 1e-9) else delta
        if abs(scaled) < RESOLUTION:
            scaled = 0.0
        if scaled != delta:
            after[link] = scaled
    return after
