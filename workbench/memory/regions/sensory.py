"""The sensory buffer: what was perceived within the last three seconds.

It drops old items at every access and has a bounded size; it is not stored in the file.
"""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from workbench.memory.regions.gate import Weighed

#: The lifetime in seconds, and the maximum number of items.
SECONDS, _CAPACITY = 3.0, 64


@dataclass(frozen=True, slots=True)
class Sensed:
    """A perceived statement with its scope, time and the gate's result."""

    weighed: Weighed
    collection: str | None
    at: float


class SensoryBuffer:
    """The sensory buffer of a library. Thread-safe."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._sensed: deque[Sensed] = deque(maxlen=_CAPACITY)

    def take_in(self, weighed: Weighed, collection: str | None) -> None:
        """Add a statement perceived now."""
        timestamp = self._clock()
        with self._lock:
            self._empty(timestamp)
            self._sensed.append(Sensed(weighed, collection, timestamp))

    def current(self) -> tuple[Sensed, ...]:
        """The items still in the buffer, oldest first."""
        timestamp = self._clock()
        with self._lock:
            self._empty(timestamp)
            return tuple(self._sensed)

    def _empty(self, timestamp: float) -> None:
        # Items from the future precede a clock that was set back.
        fresh = [item for item in self._sensed if 0 <= timestamp - item.at < SECONDS]
        if len(fresh) < len(self._sensed):
            self._sensed = deque(fresh, maxlen=_CAPACITY)
