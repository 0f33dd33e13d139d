"""What is left is done batch by batch, for as long as somebody has patience for it."""

import math
import time
from collections.abc import Callable

from workbench.jobs import Cancel, Progress, Report, silent


def all_of(
    left: int,
    step: Callable[[], int],
    stage: str,
    report: Report = silent,
    cancel: Cancel | None = None,
    *,
    patience: float = math.inf,
) -> int:
    """Call `step` until it does nothing, for `patience` seconds; returns how much it did.

    `left` is about how much there is to do, and is told as statements of a stage. Raises
    `Cancelled` between two batches, which stay.
    """
    done, until = 0, time.monotonic() + patience
    while time.monotonic() < until and (made := step()):
        done += made
        if cancel is not None:
            cancel.check()
        report(Progress(stage, min(done, left), left, "statements"))
    return done
