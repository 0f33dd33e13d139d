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
SECONDS, _MOST = 3.0, 64


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
        self._held: deque[Sensed] = deque(maxlen=_MOST)

    def take_in(self, weighed: Weighed, collection: str | None) -> None:
        """Something is perceived now."""
        now = self._clock()
        with self._lock:
            self._empty(now)
            self._held.append(Sensed(weighed, collection, now))

    def now(self) -> tuple[Sensed, ...]:
        """What is sensed still, the oldest first."""
        now = self._clock()
        with self._lock:
            self._empty(now)
            return tuple(self._held)

    def _empty(self, now: float) -> None:
        # What comes from later than now was perceived before a clock was set back.
        held = [each for each in self._held if 0 <= now - each.at < SECONDS]
        if len(held) < len(self._held):
            self._held = deque(held, maxlen=_MOST)
