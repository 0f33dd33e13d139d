"""Stages of maturation: new memories decay fast, those recalled on several days slowly.

A memory starts as short-term, becomes working after half an hour, episodic four hours later, and
semantic three days after that if recalls were spaced: on two days, or five of them in three windows
of two hours; after ten recalls one day suffices. Each stage has its own decay rate. Stages are not
stored: they and the effective age follow from the time of creation and from `ripe`, when the memory
becomes semantic, updated at its last use. Times are seconds since the epoch.
"""

import math
from enum import StrEnum

from workbench.memory.plasticity import DAY, HOUR


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
