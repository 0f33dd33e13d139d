"""Speed and remaining time of a stage, from its last seconds."""

import time
from collections import deque
from collections.abc import Sequence
from dataclasses import replace

from workbench.intake.records import FETCHING, FIGURES_WORD, QueueRow
from workbench.jobs import Progress

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


_WORDS = {"fetching": FETCHING, "searchable": "Indexing", "verified": "Verifying"}


class Live:
    """The progress and speed of each running job. Guarded by one lock."""

    def __init__(self) -> None:
        self._progress: dict[int, Progress] = {}
        self._paces: dict[int, Pace] = {}

    def update(self, job: int, progress: Progress) -> bool:
        """Record the progress of a job; returns whether its stage changed."""
        previous = self._progress.get(job)
        self._progress[job] = progress
        return previous is None or previous.stage != progress.stage

    def forget(self, job: int) -> None:
        """Remove a job that does not run any more."""
        self._progress.pop(job, None)
        self._paces.pop(job, None)

    def of(self, job: int) -> Progress | None:
        """The progress of a job; None if it does not run here."""
        return self._progress.get(job)

    def page_of(self, job: int) -> int | None:
        """The page a job is reading; None if unknown."""
        progress = self._progress.get(job)
        return None if progress is None else progress.page

    def with_rates(self, rows: Sequence[QueueRow]) -> list[QueueRow]:
        """Add progress and speed of running jobs to rows."""
        return [self._with_rate(row) for row in rows]

    def _with_rate(self, row: QueueRow) -> QueueRow:
        if row.state != "running":
            self._paces.pop(row.id, None)
            return row
        live = self._progress.get(row.id)
        if live is not None:
            word = _WORDS.get(live.stage, "Reading")
            row = replace(
                row,
                done=live.done,
                total=live.total,
                unit=live.unit,
                stage_word=row.stage_word if row.stage_word == FIGURES_WORD else word,
                page=live.page,
            )
        pace = self._paces.setdefault(row.id, Pace())
        pace.mark(row.stage_word, row.done)
        return replace(row, rate=pace.rate(), seconds_left=pace.seconds_left(row.done, row.total))
