"""The strength curve of a memory: past, from its last uses, and future."""

import math
from collections.abc import Sequence

from workbench.arguments import Id, Limit
from workbench.errors import NotFoundError, UsageError
from workbench.memory import plasticity, use_history
from workbench.memory.facts import plastic
from workbench.memory.facts.index import FactIndex
from workbench.memory.fading.records import Curve
from workbench.memory.plasticity import DAY
from workbench.memory.use_history import Use
from workbench.store import strengths as rows
from workbench.store.strengths import StrengthRow

#: Minimum and maximum points of a curve.
_MIN_POINTS, _MAX_POINTS = 2, 2000


def curve(
    index: FactIndex,
    engram: Id,
    *,
    past_days: float = 60,
    future_days: float = 60,
    points: Limit = 120,
) -> Curve:
    """The strength of a memory over so many days, at about `points` times and at each use.

    The past before its recorded uses is left out. Raises `NotFoundError`, and `UsageError` for
    invalid days.
    """
    for days in (past_days, future_days):
        if not (math.isfinite(days) and 0 <= days <= 36_500):
            raise UsageError("How many days?", "Choose from 0 to 36500.")
    count = min(max(points, _MIN_POINTS), _MAX_POINTS)
    if not index.store.read_only:
        # Includes queued uses.
        index.strengths.flush()
    current = plastic.strength_of(index, engram)
    if current is None:
        raise _missing()
    with index.store.read() as connection:
        row = index.strengths.rows(connection, [engram]).get(engram)
        log = use_history.unpacked(rows.logs(connection, [engram]).get(engram, b""))
    if row is None:
        # Deleted since it was looked up.
        raise _missing()
    settings, timestamp = index.strengths.settings, current.now
    created, ripe, half_life = current.came, current.ripe, current.half_life
    log = sorted(use for use in log if use.at <= timestamp)
    steps = _steps(row, log, half_life)
    begin = max(timestamp - past_days * DAY, steps[0].at if steps else timestamp)
    end = timestamp + future_days * DAY
    step = (end - begin) / (count - 1)
    times = {begin + step * place for place in range(count)} | {timestamp, end}
    times |= {use.at for use in steps if begin <= use.at <= timestamp}
    plotted = sorted(time for time in times if begin <= time <= end)
    strengths = []
    place = 0
    for at in plotted:
        while place + 1 < len(steps) and steps[place + 1].at <= at:
            place += 1
        if at >= max(timestamp, current.used) or not steps:
            strengths.append(current.after(at - timestamp))
        elif current.pinned and steps[place].at >= current.used:
            strengths.append(current.strength)
        else:
            aged = plasticity.ageing(created, ripe, steps[place].at, at)
            strengths.append(plasticity.fade(steps[place].weight, aged, half_life))
    half = None if current.pinned else plasticity.aged_at(created, ripe, timestamp, half_life)
    return Curve(
        tuple(plotted), tuple(strengths), tuple(use.at for use in log), timestamp, half,
        current.pinned,
        half_life, settings.cap,
    )  # fmt: skip


def _missing() -> NotFoundError:
    return NotFoundError("This statement no longer exists.", "See the list of facts and notes.")


def _steps(row: StrengthRow, log: Sequence[Use], half_life: float) -> list[Use]:
    """The known changes of a strength in order of time."""
    steps = list(log)
    if not steps or row.used > steps[-1].at:
        # Unused, or changed otherwise: by pinning or sleep.
        steps.append(Use(row.used, row.weight, 0.0))
    if 0 < row.uses <= len(log) and 0 < row.came < log[0].at:
        # The log is complete: the initial strength is the one before the first use, undecayed.
        initial = max(log[0].weight - log[0].amount, 0.0)
        aged = plasticity.ageing(row.came, None, row.came, log[0].at)
        steps.insert(0, Use(row.came, initial / plasticity.fade(1.0, aged, half_life), 0.0))
    return steps
