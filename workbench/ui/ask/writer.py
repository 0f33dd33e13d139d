"""Generates answers on a worker and reports their progress.

Stopping keeps the partial answer: the job ends soon and returns it. So does writing another answer;
only a switch of libraries drops it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from workbench.errors import Cancelled, WorkbenchError
from workbench.jobs import Cancel, Progress, Report
from workbench.recall.records import Answer
from workbench.ui.jobs import Job, Jobs

if TYPE_CHECKING:
    from workbench.library import Library
    from workbench.recall.writing.writing import Draft


class _AnyCancel(Cancel):
    """Set if either of two tokens is: the window closes, or the user stops."""

    def __init__(self, first: Cancel, other: Cancel) -> None:
        super().__init__()
        self._both = first, other

    @property
    def is_set(self) -> bool:
        return any(item.is_set for item in self._both)

    def check(self) -> None:
        if self.is_set:
            raise Cancelled


@dataclass(slots=True)
class _Draft:
    """An answer in progress; the worker sets `draft`, the GUI thread reads it.

    `quotes` is the answer to write from.
    """

    quotes: Answer
    stop: Cancel
    draft: "Draft | None" = None
    job: Job | None = None


class Writer(QObject):
    """Generates one answer at a time, identified by its line number."""

    #: (number, `Draft`) of a growing answer.
    drafted = Signal(int, object)
    #: (number, `Answer`) when finished, stopped or failed, as its `note` says.
    written = Signal(int, object)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._under: dict[int, _Draft] = {}

    def is_writing(self, number: int) -> bool:
        """Whether this answer is in progress."""
        return number in self._under

    def draft(self, number: int) -> "Draft | None":
        """The draft of an answer in progress; None before its first word."""
        pending = self._under.get(number)
        return pending.draft if pending is not None else None

    def write(
        self, number: int, library: "Library", answer: Answer, turns: Sequence[Answer]
    ) -> None:
        """Start to generate an answer from its quotes, unless it is in progress."""
        if number in self._under:
            return
        self.stop()
        pending = self._under[number] = _Draft(answer, Cancel())
        pending.job = self._jobs.run(
            _write,
            library,
            tuple(turns),
            pending,
            done=partial(self._finish, number),
            failed=partial(self._failed, number),
            progress=partial(self._grown, number),
        )

    def stop(self) -> None:
        """Stop the current answer and keep its partial text."""
        for pending in self._under.values():
            pending.stop.set()

    def drop(self) -> None:
        """Cancel all answers and drop their text."""
        for pending in self._under.values():
            pending.stop.set()
            if pending.job is not None:
                pending.job.cancel()
        self._under.clear()

    def _grown(self, number: int, _progress: Progress) -> None:
        pending = self._under.get(number)
        if pending is not None and pending.draft is not None:
            self.drafted.emit(number, pending.draft)

    def _finish(self, number: int, answer: Answer) -> None:
        if self._under.pop(number, None) is not None:
            self.written.emit(number, answer)

    def _failed(self, number: int, error: WorkbenchError) -> None:
        pending = self._under.pop(number, None)
        if pending is not None:
            failed = replace(pending.quotes, note=error.message, hint=error.hint)
            self.written.emit(number, failed)


def _write(
    library: "Library", turns: Sequence[Answer], pending: _Draft, report: Report, cancel: Cancel
) -> Answer:
    def grown(draft: "Draft") -> None:
        pending.draft = draft
        report(Progress("writing", len(draft.sentences)))

    any_cancel = _AnyCancel(cancel, pending.stop)
    return library.answers.write(pending.quotes, turns=turns, on_draft=grown, cancel=any_cancel)
