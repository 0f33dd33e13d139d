"""Has answers written on a worker, and tells the window of each as it grows.

Asking to stop keeps what is written: the job goes on to its end, which is then near, and what it
brings is the part. So does the next question; only another library drops what is under way.
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
    """Stops where either the window closes or somebody wants what there is."""

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
    """An answer under way; `draft` is its newest state, set by the worker and read by the window.

    `quotes` is what it is written from.
    """

    quotes: Answer
    stop: Cancel
    draft: "Draft | None" = None
    job: Job | None = None


class Writer(QObject):
    """Writes answers, one at a time on the page, each known by a number of its caller's."""

    #: (number, `Draft`): the answer has grown.
    drafted = Signal(int, object)
    #: (number, `Answer`): it is done, stopped or broken off; its `note` says which.
    written = Signal(int, object)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._under: dict[int, _Draft] = {}

    def is_writing(self, number: int) -> bool:
        """Whether this answer is being written."""
        return number in self._under

    def draft(self, number: int) -> "Draft | None":
        """What there is of an answer under way; None before its first word."""
        pending = self._under.get(number)
        return pending.draft if pending is not None else None

    def write(
        self, number: int, library: "Library", answer: Answer, turns: Sequence[Answer]
    ) -> None:
        """Begin to have an answer written from its quotes; one that is under way is left to it."""
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
        """Have what is under way end now; what is written of it comes as its answer."""
        for pending in self._under.values():
            pending.stop.set()

    def drop(self) -> None:
        """Nothing of what is under way is wanted any more."""
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
