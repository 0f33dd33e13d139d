"""Speed and remaining time of a stage, from its last seconds."""

import time
from collections import deque

_WINDOW = 15.0
_MIN_SECONDS = 0.5
#: Seconds before the remaining time is estimated: earlier guesses are far off.
_MIN_SECONDS_TO_ESTIMATE = 2.0
_MIN_SHARE = 0.01


class Pace:
    """The progress of one job over the last seconds."""

    def __init__(self) -> None:
        self._stage = ""
        self._marks: deque[tuple[float, int]] = deque()

    def mark(self, stage: str, done: int, timestamp: float | None = None) -> None:
        """Record that `done` units of `stage` are finished. A new stage restarts."""
        timestamp = time.monotonic() if timestamp is None else timestamp
        if stage != self._stage or (self._marks and done < self._marks[-1][1]):
            self._stage = stage
            self._marks.clear()
        if self._marks and self._marks[-1][1] == done:
            return
        self._marks.append((timestamp, done))
        while len(self._marks) > 2 and timestamp - self._marks[0][0] > _WINDOW:
            self._marks.popleft()

    def rate(self, timestamp: float | None = None) -> float | None:
        """Units per second, falling while nothing happens; None if unknown."""
        timestamp = time.monotonic() if timestamp is None else timestamp
        if len(self._marks) < 2:
            return None
        first, latest = self._marks[0], self._marks[-1]
        # Between two marks time passes without a new one: only an unusual wait lowers the speed.
        average = (latest[0] - first[0]) / (len(self._marks) - 1)
        seconds = (latest[0] if timestamp - latest[0] < 3 * average + 1.0 else timestamp) - first[0]
        if seconds < _MIN_SECONDS:
            return None
        return (latest[1] - first[1]) / seconds

    def seconds_left(
        self, done: int, total: int | None, timestamp: float | None = None
    ) -> float | None:
        """Seconds until `total` units are done; None if unknown."""
        rate = self.rate(timestamp)
        if not rate or total is None or total < done:
            return None
        visited = self._marks[-1][0] - self._marks[0][0]
        if visited < _MIN_SECONDS_TO_ESTIMATE or done < _MIN_SHARE * total:
            return None
        return (total - done) / rate
