"""Long jobs started in Settings: they continue in the background and are shown in Activity."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from workbench.errors import WorkbenchError
from workbench.jobs import Progress
from workbench.ui.activity.tasks import Tasks
from workbench.ui.components import button
from workbench.ui.jobs import Jobs
from workbench.ui.language import tr

#: Called with `report` and `cancel`; raises `Cancelled` when stopped.
Doing = Callable[..., object]


class Work(QObject):
    """Runs one job of a kind at a time; stopping keeps partial results."""

    #: The job started, made progress or ended.
    changed = Signal()

    def __init__(self, jobs: Jobs, tasks: Tasks, kind: str, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs, self._tasks, self._kind = jobs, tasks, kind
        #: The subject, such as a model; "" when idle.
        self.subject = self.title = ""
        self.progress: Progress | None = None
        #: Subject and error of the last failed job.
        self.trouble: tuple[str, WorkbenchError] | None = None

    def begin(self, subject: str, title: str, doing: Doing, completed: tuple[str, str]) -> None:
        """Start a job, unless one is running; `completed` is the message and text on success."""
        if self.subject:
            return
        self.subject, self.title, self.trouble = subject, title, None
        retry = partial(self.begin, subject, title, doing, completed)
        self._tasks.run(
            *(self._kind, title, doing, partial(self._finish, completed)),
            failed=partial(self._failed, retry), stopped=self._end, progress=self._report,
            lasting=True,
        )  # fmt: skip
        self.changed.emit()

    def stop(self) -> None:
        """Stop at the next checkpoint."""
        self._jobs.stop(self._kind)

    def forget(self) -> None:
        """Stop and drop the job without a message."""
        self._jobs.cancel(self._kind)
        self._tasks.take(self._kind)
        self.trouble = None
        self._end()

    def _report(self, progress: Progress) -> None:
        self.progress = progress
        self.changed.emit()

    def _end(self) -> None:
        self.subject, self.progress = "", None
        self.changed.emit()

    def _finish(self, completed: tuple[str, str], _result: object) -> None:
        self._tasks.settle(self._kind, "done", *completed)
        self._end()

    def _failed(self, begin: Callable[[], object], error: WorkbenchError) -> None:
        self.trouble = self.subject, error
        retry_button = button(tr("Try again"), call=begin)
        self._tasks.settle_failed(self._kind, error, retry_button)
        self._end()
