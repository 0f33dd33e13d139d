"""How fast a stage goes and how long it will take, from what it did in the last seconds."""

import time
from collections import deque

_WINDOW = 15.0
_LEAST = 0.5
#: What must have gone by before the time left is told: guesses made earlier are far off.
_LEAST_TO_FORETELL = 2.0
_LEAST_SHARE = 0.01


class Pace:
    """The progress of one job over the last seconds."""

    def __init__(self) -> None:
        self._stage = ""
        self._marks: deque[tuple[float, int]] = deque()

    def mark(self, stage: str, done: int, now: float | None = None) -> None:
        """Note that `done` units of `stage` are finished. A new stage starts afresh."""
        now = time.monotonic() if now is None else now
        if stage != self._stage or (self._marks and done < self._marks[-1][1]):
            self._stage = stage
            self._marks.clear()
        if self._marks and self._marks[-1][1] == done:
            return
        self._marks.append((now, done))
        while len(self._marks) > 2 and now - self._marks[0][0] > _WINDOW:
            self._marks.popleft()

    def rate(self, now: float | None = None) -> float | None:
        """Units a second; None while too little is known. Falls while nothing happens."""
        now = time.monotonic() if now is None else now
        if len(self._marks) < 2:
            return None
        first, last = self._marks[0], self._marks[-1]
        # Between two marks time passes without a new one: only an unusual wait counts as slowness.
        usual = (last[0] - first[0]) / (len(self._marks) - 1)
        seconds = (last[0] if now - last[0] < 3 * usual + 1.0 else now) - first[0]
        if seconds < _LEAST:
            return None
        return (last[1] - first[1]) / seconds

    def seconds_left(self, done: int, total: int | None, now: float | None = None) -> float | None:
        """Seconds until `total` units are done, None while nobody can say."""
        rate = self.rate(now)
        if not rate or total is None or total < done:
            return None
        visited = self._marks[-1][0] - self._marks[0][0]
        if visited < _LEAST_TO_FORETELL or done < _LEAST_SHARE * total:
            return None
        return (total - done) / rate
