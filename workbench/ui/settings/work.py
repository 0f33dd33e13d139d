"""Long jobs that Settings start: they continue in the background and are shown in Activity."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from workbench.errors import Cancelled, WorkbenchError
from workbench.jobs import Cancel, Progress, Report
from workbench.ui.activity.tasks import Task, Tasks
from workbench.ui.components import button
from workbench.ui.jobs import Jobs
from workbench.ui.language import tr

#: What is done, given `report` and `cancel`; it raises `Cancelled` where it is stopped.
Doing = Callable[..., object]


class Work(QObject):
    """One piece of work of a kind at a time; what was done stays when it is stopped."""

    #: It began, moved on or is over.
    changed = Signal()

    def __init__(self, jobs: Jobs, tasks: Tasks, kind: str, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs, self._tasks, self._kind = jobs, tasks, kind
        self._switch: Cancel | None = None
        #: What it is about, such as a model; "" while nothing is done.
        self.subject = self.title = ""
        self.progress: Progress | None = None
        #: Why the last one did not come about, with what it was about.
        self.trouble: tuple[str, WorkbenchError] | None = None

    def begin(self, subject: str, title: str, doing: Doing, completed: tuple[str, str]) -> None:
        """Do it, unless something of this kind is under way; `completed` is told of it then."""
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
        """Stop it at its next step."""
        if self._switch is not None:
            self._switch.set()

    def forget(self) -> None:
        """Stop it, and say nothing more of it."""
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
    """Whether it was done to the end; False where it was stopped."""
    try:
        doing(report=report, cancel=switch)
    except Cancelled:
        return False
    return True
