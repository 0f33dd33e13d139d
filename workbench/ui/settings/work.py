"""Long jobs started in Settings: they continue in the background and are shown in Activity."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from workbench.errors import Cancelled, WorkbenchError
from workbench.jobs import Cancel, Progress, Report
from workbench.ui.activity.tasks import Task, Tasks
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
        self._switch: Cancel | None = None
        #: The subject, such as a model; "" when idle.
        self.subject = self.title = ""
        self.progress: Progress | None = None
        #: Subject and error of the last failed job.
        self.trouble: tuple[str, WorkbenchError] | None = None

    def begin(self, subject: str, title: str, doing: Doing, completed: tuple[str, str]) -> None:
        """Start a job, unless one is running; `completed` is the message and text on success."""
        if self.subject:
            return
        switch = self._switch = Cancel()
        self.subject, self.title, self.trouble, self.progress = subject, title, None, None
        task = self._tasks.begin(self._kind, title, self.stop, word=tr("Stop"))
        retry = partial(self.begin, subject, title, doing, completed)
        self._jobs.run(
            partial(_do, doing, switch),
            done=partial(self._finish, switch, completed),
            failed=partial(self._failed, switch, retry),
            progress=partial(self._report, switch, task),
        )  # fmt: skip
        self.changed.emit()

    def stop(self) -> None:
        """Stop at the next checkpoint."""
        if self._switch is not None:
            self._switch.set()

    def forget(self) -> None:
        """Stop and drop the job without a message."""
        self.stop()
        self._switch, self.subject, self.progress, self.trouble = None, "", None, None
        self._tasks.take(self._kind)
        self.changed.emit()

    def _report(self, switch: Cancel, task: Task, progress: Progress) -> None:
        if self._switch is switch and not switch.is_set:
            self.progress = progress
            task.show(progress)
            self.changed.emit()

    def _end(self, switch: Cancel) -> bool:
        current = self._switch is switch
        if current:
            self._switch, self.subject, self.progress = None, "", None
        return current

    def _finish(self, switch: Cancel, completed: tuple[str, str], finished: bool) -> None:
        if not self._end(switch):
            return
        if finished:
            self._tasks.settle(self._kind, "done", *completed)
        else:
            self._tasks.take(self._kind)
        self.changed.emit()

    def _failed(self, switch: Cancel, begin: Callable[[], object], error: WorkbenchError) -> None:
        subject = self.subject
        if not self._end(switch):
            return
        self.trouble = subject, error
        retry_button = button(tr("Try again"), call=begin)
        self._tasks.settle_failed(self._kind, error, retry_button)
        self.changed.emit()


def _do(doing: Doing, switch: Cancel, report: Report) -> bool:
    """Return True when finished, False when stopped. Runs on a worker."""
    try:
        doing(report=report, cancel=switch)
    except Cancelled:
        return False
    return True
