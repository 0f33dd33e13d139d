"""Stages of maturation: new memories fade fast, those recalled on several days slowly.

A memory begins in the short term, is worked with after half an hour, is an episode after four hours
more, and becomes knowledge three days later once recalls were spaced: on two days, or five of them
in three windows of two hours; after ten recalls one day is enough. Each stage has its own pace of
fading. Nothing is moved from one to the next: a stage, and how much a memory has aged, follow from
when it came and from `ripe`, the moment from which it is knowledge, which its last use has settled.

Times are seconds since the epoch.
"""

import math
from enum import StrEnum

from workbench.memory.plasticity import DAY, HOUR


class Stage(StrEnum):
    """How far a memory has matured."""

    SHORT_TERM = "stm"
    WORKING = "working"
    EPISODIC = "episodic"
    SEMANTIC = "semantic"


#: How many times as fast as usual a memory fades in each stage.
PACE = {Stage.SHORT_TERM: 5.0, Stage.WORKING: 2.0, Stage.EPISODIC: 1.0, Stage.SEMANTIC: 0.3}

#: Seconds from when it came to the end of the first and of the second stage.
_SHORT = 0.5 * HOUR
_WORKED = _SHORT + 4 * HOUR
#: How long an episode is one at least, and after `_OFTEN` recalls.
_SETTLING, _QUICK = 3 * DAY, DAY
_FREQUENT = 10
#: Recalls that are spaced: on so many days, or so many in so many windows.
_DAYS = 2
_RECALLS, _WINDOWS = 5, 3
_WINDOW = 2 * HOUR

_EARLY = _SHORT * (PACE[Stage.SHORT_TERM] - 1)
_WORKED_HASTE = _EARLY + (_WORKED - _SHORT) * (PACE[Stage.WORKING] - 1)
_SPARED = 1 - PACE[Stage.SEMANTIC]
#: The pace before a memory came, and in each stage.
_PACES = (1.0, *PACE.values())


def stage(created: float, ripe: float | None, timestamp: float) -> Stage:
    """The stage that a memory is in."""
    age = timestamp - created
    if age < _SHORT:
        return Stage.SHORT_TERM
    if age < _WORKED:
        return Stage.WORKING
    return Stage.EPISODIC if ripe is None or timestamp < ripe else Stage.SEMANTIC


def ageing(created: float, ripe: float | None, start: float, end: float) -> float:
    """How many seconds of the usual pace a memory has faded for between two moments.

    0 where the later one is not later: a clock that was set back makes nothing older.
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
    """The moment by which a memory has aged by so many seconds since another (see `ageing`)."""
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
    """By how many seconds a memory of an age has aged more than that."""
    if age >= _WORKED:
        return _WORKED_HASTE
    if age > _SHORT:
        return _EARLY + (age - _SHORT) * (PACE[Stage.WORKING] - 1)
    return max(age, 0.0) * (PACE[Stage.SHORT_TERM] - 1)


def spaced(
    days: int, windows: int, uses: int, used: float, at: float
) -> tuple[int, int]:  # fmt: skip
    """On how many days, and in how many windows of two hours, a memory was recalled by now.

    `days`, `windows` and `uses` count what came before, `used` was the last of it.
    """
    if not uses:
        return 1, 1
    if at <= used:
        return days, windows
    return days + (at // DAY > used // DAY), windows + (at // _WINDOW > used // _WINDOW)


def ripening(
    created: float, ripe: float | None, days: int, windows: int, uses: int, at: float
) -> float | None:
    """From when on a memory is knowledge after a recall at `at`; None while that is not earned."""
    if days < _DAYS and (uses < _RECALLS or windows < _WINDOWS):
        return ripe
    earned = max(at, created + _WORKED + (_QUICK if uses >= _FREQUENT else _SETTLING))
    return earned if ripe is None else min(ripe, earned)
