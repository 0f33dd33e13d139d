"""The sensory buffer: what was perceived within the last three seconds.

It empties itself whenever it is looked at or added to and holds a bounded number, so that it can
never grow; it is no memory and is not kept in the file.
"""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from workbench.memory.regions.gate import Weighed

#: Seconds for which something is sensed, and how much at once at most.
SECONDS, _CAPACITY = 3.0, 64


@dataclass(frozen=True, slots=True)
class Sensed:
    """What was perceived, in which scope and when, and what the gate made of it."""

    weighed: Weighed
    collection: str | None
    at: float


class SensoryBuffer:
    """What a library perceives just now. Every method may be called from any thread."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._sensed: deque[Sensed] = deque(maxlen=_CAPACITY)

    def take_in(self, weighed: Weighed, collection: str | None) -> None:
        """Something is perceived now."""
        timestamp = self._clock()
        with self._lock:
            self._empty(timestamp)
            self._sensed.append(Sensed(weighed, collection, timestamp))

    def current(self) -> tuple[Sensed, ...]:
        """What is sensed still, the oldest first."""
        timestamp = self._clock()
        with self._lock:
            self._empty(timestamp)
            return tuple(self._sensed)

    def _empty(self, timestamp: float) -> None:
        # What comes from later than now was perceived before a clock was set back.
        fresh = [item for item in self._sensed if 0 <= timestamp - item.at < SECONDS]
        if len(fresh) < len(self._sensed):
            self._sensed = deque(fresh, maxlen=_CAPACITY)
