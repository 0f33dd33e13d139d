"""A model reads the library, beside everything else: shown in Settings and Activity, stopped there.

It goes on when Settings are left. What was read stays when it is stopped.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from workbench.errors import Cancelled, WorkbenchError
from workbench.jobs import Cancel, Progress, Report
from workbench.ui.activity.tasks import Task, Tasks
from workbench.ui.components.controls import button
from workbench.ui.jobs import Jobs
from workbench.ui.window.shelf import Shelf

if TYPE_CHECKING:
    from workbench.library import Library

_TASK = "embeddings"


class Reading(QObject):
    """At most one model reads at a time."""

    #: It began, moved on or is over.
    changed = Signal()

    def __init__(self, shelf: Shelf, jobs: Jobs, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._shelf, self._jobs, self._tasks = shelf, jobs, tasks
        self._switch: Cancel | None = None
        #: The path of the model that reads, "" while none does.
        self.path = ""
        self.progress: Progress | None = None
        #: Why the last one did not come about, with the path of its model.
        self.trouble: tuple[str, WorkbenchError] | None = None
        shelf.switched.connect(self._switched)

    def begin(self, path: str, name: str) -> None:
        """Let the model in a folder read the whole library and answer from then on."""
        self._run(path, name, partial(_use, path))

    def read_on(self, path: str, name: str) -> None:
        """Let the model in use read what came since."""
        self._run(path, name, _update)

    def stop(self) -> None:
        """Stop; the same model goes on where it stopped."""
        if self._switch is not None:
            self._switch.set()

    def _switched(self) -> None:
        self.stop()
        self._switch, self.path, self.progress, self.trouble = None, "", None, None
        self._tasks.take(_TASK)
        self.changed.emit()

    def _run(
        self, path: str, name: str, work: "Callable[[Library, Report, Cancel], object]"
    ) -> None:
        library = self._shelf.library
        if library is None or self.path:
            return
        switch = self._switch = Cancel()
        self.path, self.trouble, self.progress = path, None, None
        task = self._tasks.begin(_TASK, f"{name} reads the library", self.stop, word="Stop")
        self._jobs.run(
            partial(_read, work, library, switch),
            done=partial(self._over, switch, name), failed=partial(self._failed, switch, path),
            progress=partial(self._told, switch, task),
        )  # fmt: skip
        self.changed.emit()

    def _told(self, switch: Cancel, task: Task, progress: Progress) -> None:
        if self._switch is switch and not switch.is_set:
            self.progress = progress
            task.show(progress)
            self.changed.emit()

    def _over(self, switch: Cancel, name: str, done: bool) -> None:
        if self._switch is not switch:
            return
        self._switch, self.path, self.progress = None, "", None
        if done:
            why = "Questions and See also find what means the same, too."
            self._tasks.settle(_TASK, "done", f"{name} has read the library", why)
        else:
            self._tasks.take(_TASK)
        self.changed.emit()

    def _failed(self, switch: Cancel, path: str, error: WorkbenchError) -> None:
        if self._switch is not switch:
            return
        self._switch, self.path, self.progress = None, "", None
        self.trouble = path, error
        again = button("Try again")
        name = path.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
        again.clicked.connect(lambda: self.begin(path, name))
        self._tasks.settle_failed(_TASK, error, again)
        self.changed.emit()


def _read(
    work: "Callable[[Library, Report, Cancel], object]",
    library: "Library",
    switch: Cancel,
    report: Report,
) -> bool:
    """Whether it was read to the end; False where it was stopped."""
    try:
        work(library, report, switch)
    except Cancelled:
        return False
    return True


def _use(path: str, library: "Library", report: Report, cancel: Cancel) -> object:
    return library.use_embeddings(path, report=report, cancel=cancel)


def _update(library: "Library", report: Report, cancel: Cancel) -> object:
    return library.update_embeddings(report=report, cancel=cancel)
