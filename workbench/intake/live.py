"""Progress and speed of running jobs, kept in memory only."""

from collections.abc import Sequence
from dataclasses import replace

from workbench.intake.pace import Pace
from workbench.intake.records import FETCHING, FIGURES_WORD, QueueRow
from workbench.jobs import Progress

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
