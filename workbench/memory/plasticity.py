"""Strengthening and forgetting: half-lives of each kind of memory, formulas as pure functions.

A strength is stored as of its last use and decays on reading, `w · 0.5^(age / half-life)`, so that
nothing is updated periodically. Further use adds to what is left. Retention is Ebbinghaus's curve
`e^(-t/S)`; its stability S grows with use, the more the higher the salience. Links between memories
used together follow Hebb's rule and saturate. Nothing here deletes or hides anything.

New memories decay fast, those recalled on several days slowly. A memory starts as short-term,
becomes working after half an hour, episodic four hours later, and semantic three days after that if
recalls were spaced: on two days, or five of them in three windows of two hours; after ten recalls
one day suffices. Each of these stages has its own decay rate. Stages are not stored: they and the
effective age follow from the time of creation and from `ripe`, when the memory becomes semantic,
updated at its last use. Times are seconds since the epoch.
"""

import math
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

HOUR = 3600.0
DAY = 24 * HOUR


@dataclass(frozen=True, slots=True)
class Plasticity:
    """The constants of the model; strengths have no unit, stabilities are in hours.

    `fading` is the decay rate of a kind per day (0.02: half in 35 days), `usual` that of other
    kinds. `window` is how many memories used before are linked with the current one, `fan_out` the
    maximum of learned links per memory. Strengths below `faded` rank behind their equals (see
    `rank`).
    """

    first: float = 1.0
    cap: float = 8.0
    use: float = 1.0
    fading: dict[str, float] = field(
        default_factory=lambda: {
            "statement": 0.01,
            "user": 0.01,
            "variable": 0.01,
            "fact": 0.02,
            "decision": 0.03,
            "preference": 0.03,
            "stance": 0.03,
            "insight": 0.05,
            "instruction": 0.05,
            "context": 0.08,
            "workflow": 0.08,
            "error": 0.12,
            "todo": 0.15,
            "semantic": 0.02,
            "episodic": 0.05,
            "procedural": 0.01,
            "habitual": 0.01,
        }
    )
    usual: float = 0.02
    link: float = 0.08
    link_told: float = 0.03
    link_cap: float = 8.0
    link_half_life: float = 60 * DAY
    window: int = 3
    fan_out: int = 32
    stability: float = 1.0
    growth: float = 0.3
    salience: float = 0.5
    salience_weight: float = 1.5
    striking: float = 0.75
    weakening: float = 0.2
    least_stability: float = 0.1
    forgotten: float = 0.05
    just_used: float = DAY
    faded: float = 0.25

    def half_life(self, kind: str) -> float:
        """Seconds in which a memory of this kind loses half of its strength."""
        return _half_life(self.fading.get(kind, self.usual))


@lru_cache(maxsize=256)
def _half_life(rate: float) -> float:
    return math.log(2) / rate * DAY


DEFAULTS = Plasticity()
#: The strength of a new memory after two uses, also some days later.
_STRONG = 2.75


def fade(strength: float, age: float, half_life: float) -> float:
    """The strength left after `age`, in the unit of `half_life`; it never grows."""
    if age <= 0:
        return strength
    return strength * math.pow(0.5, age / half_life)


def reinforce(left: float, amount: float, cap: float = DEFAULTS.cap) -> float:
    """The strength after a use: what is left plus the amount, up to the cap."""
    return min(left + amount, cap)


def rank(strength: float) -> int:
    """The coarse step of a strength that breaks ties: 0 for all around the usual.

    Two uses reach the first step up, four more the next; two half-lives without use are one step
    down. So a single use lifts nothing above later facts.
    """
    if strength >= _STRONG:
        return 1 + int(math.log2(strength / _STRONG))
    return 0 if strength > 0.25 else int(math.log2(max(strength, 1e-9)) / 2)


def retention(hours: float, stability: float) -> float:
    """The share of a memory that is retained, 0 to 1: `e^(-t/S)`."""
    return math.exp(-max(hours, 0.0) / max(stability, 1e-9))


def hours_left(stability: float, elapsed: float, threshold: float = DEFAULTS.forgotten) -> float:
    """Hours until only `threshold` of a memory is retained; 0 if already past."""
    return max(0.0, -math.log(threshold) * stability - elapsed)


def stabilise(
    stability: float, salience: float, uses: int, settings: Plasticity = DEFAULTS
) -> float:
    """The stability after one more use (long-term potentiation); `uses` counts those before."""
    boost = 1 + settings.salience_weight * (salience - 0.5)
    return stability + settings.growth * boost * math.log(2 + uses)


def weaken(
    stability: float, strength: float, amount: float, settings: Plasticity = DEFAULTS
) -> tuple[float, float]:
    """Stability and strength after a weakening (long-term depression)."""
    return max(stability - amount, settings.least_stability), max(strength - amount, 0.0)


def first_stability(salience: float, settings: Plasticity = DEFAULTS) -> float:
    """The stability of a new memory: doubled if salient."""
    return settings.stability * (2.0 if salience >= settings.striking else 1.0)


def hebb(
    weight: float,
    pre: float = 1.0,
    post: float = 1.0,
    count: int = 0,
    rate: float = 0.05,
    *,
    novelty: float = 3.0,
    novelty_decay: float = 0.06,
    cap: float = 1.0,
) -> float:
    """Hebb's rule with novelty: young links learn faster, and the cap limits all.

    `pre` and `post` are the activities of the two ends, `count` how often the link was used before
    (0 if not counted: then only the cap slows it down).
    """
    weight, pre, post = max(weight, 0.0), min(max(pre, 0.0), 1.0), min(max(post, 0.0), 1.0)
    eager = rate * (1 + novelty * math.exp(-novelty_decay * count))
    return min(cap, weight + min(eager * pre * post, 1.0) * max(cap - weight, 0.0))


class Stage(StrEnum):
    """The stage of maturation of a memory."""

    SHORT_TERM = "stm"
    WORKING = "working"
    EPISODIC = "episodic"
    SEMANTIC = "semantic"


#: The decay rate of each stage, relative to the usual.
PACE = {Stage.SHORT_TERM: 5.0, Stage.WORKING: 2.0, Stage.EPISODIC: 1.0, Stage.SEMANTIC: 0.3}

#: Seconds from creation to the end of the first and of the second stage.
_SHORT = 0.5 * HOUR
_WORKED = _SHORT + 4 * HOUR
#: Minimum duration of the episodic stage, and after `_OFTEN` recalls.
_SETTLING, _QUICK = 3 * DAY, DAY
_FREQUENT = 10
#: Spaced recalls: the minimum number of days, or of recalls and windows.
_DAYS = 2
_RECALLS, _WINDOWS = 5, 3
_WINDOW = 2 * HOUR

_EARLY = _SHORT * (PACE[Stage.SHORT_TERM] - 1)
_WORKED_HASTE = _EARLY + (_WORKED - _SHORT) * (PACE[Stage.WORKING] - 1)
_SPARED = 1 - PACE[Stage.SEMANTIC]
#: The decay rate before creation, and in each stage.
_PACES = (1.0, *PACE.values())


def stage(created: float, ripe: float | None, timestamp: float) -> Stage:
    """The stage of a memory."""
    age = timestamp - created
    if age < _SHORT:
        return Stage.SHORT_TERM
    if age < _WORKED:
        return Stage.WORKING
    return Stage.EPISODIC if ripe is None or timestamp < ripe else Stage.SEMANTIC


def ageing(created: float, ripe: float | None, start: float, end: float) -> float:
    """The effective age in seconds, weighted by decay rates, between two times.

    0 if the second is not later: a clock that is set back ages nothing.
    """
    if end <= start:
        return 0.0
    aged = end - start
    if start - created < _WORKED:
        aged += _haste(end - created) - _haste(start - created)
    if ripe is not None and end > ripe:
        aged -= _SPARED * (end - max(ripe, start))
    return aged


def aged_at(created: float, ripe: float | None, start: float, aged: float) -> float:
    """The time at which a memory has aged by so many seconds since `start` (see `ageing`)."""
    at, left = start, aged
    ends = (
        created,
        created + _SHORT,
        created + _WORKED,
        math.inf if ripe is None else ripe,
        math.inf,
    )
    for end, pace in zip(ends, _PACES, strict=True):
        if end <= at:
            continue
        if left <= (end - at) * pace:
            return at + left / pace
        left -= (end - at) * pace
        at = end
    return at


def _haste(age: float) -> float:
    """The effective age in excess of the actual age."""
    if age >= _WORKED:
        return _WORKED_HASTE
    if age > _SHORT:
        return _EARLY + (age - _SHORT) * (PACE[Stage.WORKING] - 1)
    return max(age, 0.0) * (PACE[Stage.SHORT_TERM] - 1)


def spaced(
    days: int, windows: int, uses: int, used: float, at: float
) -> tuple[int, int]:  # fmt: skip
    """The days and two-hour windows with recalls, including one at `at`.

    `days`, `windows` and `uses` are those before, `used` the time of the last.
    """
    if not uses:
        return 1, 1
    if at <= used:
        return days, windows
    return days + (at // DAY > used // DAY), windows + (at // _WINDOW > used // _WINDOW)


def ripening(
    created: float, ripe: float | None, days: int, windows: int, uses: int, at: float
) -> float | None:
    """When a memory becomes semantic, after a recall at `at`; None if not earned yet."""
    if days < _DAYS and (uses < _RECALLS or windows < _WINDOWS):
        return ripe
    earned = max(at, created + _WORKED + (_QUICK if uses >= _FREQUENT else _SETTLING))
    return earned if ripe is None else min(ripe, earned)
