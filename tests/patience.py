"""How long a test waits for what has to come: longer where the machine is slow or busy.

A deadline costs nothing while the program works, and on a machine with other work a short one
fails a test that found nothing. So every deadline is written for a quiet machine and multiplied
by `FACTOR`, measured once when the tests start.
"""

import time

#: Seconds that `_work` takes on the two quiet cores for which deadlines are written.
_REFERENCE = 0.12

#: Deadlines hold this much reserve: a machine may become busier after the measurement.
_RESERVE = 3.0


def _work() -> int:
    total = 0
    for number in range(1_200_000):
        total += number ^ (total & 0xFF)
    return total


def _slowness() -> float:
    """How many times longer a fixed piece of work takes here, by the clock; at least 1."""
    started = time.perf_counter()
    _work()
    return max(1.0, (time.perf_counter() - started) / _REFERENCE)


FACTOR = _RESERVE * _slowness()


def seconds(quiet: float) -> float:
    """The deadline, in seconds, for what takes less than `quiet` seconds on a quiet machine."""
    return quiet * FACTOR
