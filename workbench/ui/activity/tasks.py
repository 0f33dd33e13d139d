"""Tasks on the library, above the queue: progress, Cancel, and result.

Backup, check or restore have one line each; the result stays until it is dismissed, as the user may
have been away.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from workbench.errors import WorkbenchError
from workbench.jobs import Progress
from workbench.ui.components import (
    ShareBar,
    column,
    error_message,
    fill,
    label,
    message,
    quiet_button,
    row,
    words,
)
from workbench.ui.language import known, tr

if TYPE_CHECKING:
    from workbench.ui.shelf.shelf import Shelf

#: Displayed names of stages.
_STAGES = {
    "copying": tr("Copying"),
    "checking": tr("Comparing every row"),
    "structure": tr("Checking the file"),
    "sources": tr("Checking every source"),
    "index": tr("Checking the index"),
}
#: Units worth showing; pages and tables of a file are not.
_UNITS = ("sources", "memories", "statements")


@dataclass(slots=True)
class Task:
    """A task in the panel, created by `Tasks.begin`."""

    tasks: "Tasks"
    key: str
    title: str
    show_text: Callable[[str], None]
    fill: Callable[[float], None]
    share: float | None = None

    def show(self, progress: Progress) -> None:
        """Show progress."""
        # A sleep says in its note what it is at.
        stage = (progress.stage == "asleep" and progress.note) or progress.stage
        parts = [_STAGES.get(stage, known(stage.capitalize()))]
        self.share = None
        if progress.total:
            self.share = min(1.0, progress.done / progress.total)
            if progress.unit in _UNITS:
                completed, total = words.number(progress.done), words.number(progress.total)
                parts.append(
                    tr(
                        "{done} of {total} {unit}",
                        done=completed,
                        total=total,
                        unit=words.unit(progress.total, progress.unit),
                    )
                )
            else:
                parts.append(words.percent(self.share))
        self.fill(self.share or 0.0)
        self.show_text(" · ".join(parts))
        self.tasks.changed.emit()

    def failed(self, error: WorkbenchError, *actions: QPushButton) -> None:
        """Show an error, with "Copy details"."""
        self.tasks.settle_failed(self.key, error, *actions)

    def take(self) -> None:
        """Remove the line, as after cancelling."""
        self.tasks.take(self.key)


class Tasks(QWidget):
    """The lines of tasks; hidden without any.

    Those of a library are cancelled when another one is opened.
    """

    #: A task was added or removed, or made progress.
    changed = Signal()
    #: (key, kind) of a task that ended; its line shows the result.
    settled = Signal(str, str)

    def __init__(self, shelf: "Shelf") -> None:
        super().__init__()
        self._jobs = shelf.jobs
        self._lines: dict[str, QWidget] = {}
        #: The keys of tasks that outlast their library.
        self._lasting: set[str] = set()
        self._running: dict[str, Task] = {}
        self._box: QVBoxLayout = column(margins=(16, 4, 16, 8), gap=8)
        self.setLayout(self._box)
        self.hide()
        shelf.switched.connect(self._drop)

    @property
    def is_empty(self) -> bool:
        """Whether there are no lines."""
        return not self._lines

    @property
    def running(self) -> tuple[Task, ...]:
        """The running tasks."""
        return tuple(self._running.values())

    def run(
        self,
        key: str,
        title: str,
        work: Callable[..., Any],
        done: Callable[[Any], object],
        *,
        failed: Callable[[WorkbenchError], object] | None = None,
        stopped: Callable[[], object] | None = None,
        progress: Callable[[Progress], object] = lambda _progress: None,
        stoppable: bool = True,
        lasting: bool = False,
    ) -> None:
        """Run a task on a worker, with a line that stops it.

        Without `stopped` it is then cancelled, without a result. By default an error is shown in
        the line. A `lasting` task goes on with another library.
        """
        end = self._jobs.cancel if stopped is None else self._jobs.stop
        word = tr("Cancel") if stopped is None else tr("Stop")
        call = partial(end, key) if stoppable else None
        task = self.begin(key, title, call, word=word, lasting=lasting)

        def finish(result: Any) -> None:
            task.take()
            done(result)

        def stop() -> None:
            task.take()
            if stopped is not None:
                stopped()

        def step(so_far: Progress) -> None:
            task.show(so_far)
            progress(so_far)

        self._jobs.run(
            *(work,), done=finish, failed=failed or task.failed, stopped=stop, progress=step,
            key=key,
        )  # fmt: skip

    def begin(
        self,
        key: str,
        title: str,
        cancel: Callable[[], object] | None,
        *,
        word: str = tr("Cancel"),
        lasting: bool = False,
    ) -> Task:
        """Add a line for a task; `cancel` is called by a button labelled `word`."""
        if lasting:
            self._lasting.add(key)
        state = label("", "small")
        meter = ShareBar(wide=0)
        meter.setAccessibleName(title)
        parts: list[QWidget | int | None] = [label(title, "strong"), state, None]
        task = Task(self, key, title, state.setText, meter.show_share)
        if cancel is not None:
            stop = quiet_button(word, name=f"{word}: {title}", call=cancel)
            stop.clicked.connect(lambda: self.take(key))
            parts.append(stop)
        line = QWidget()
        fill(line, column(row(*parts, gap=10), meter, gap=2), name=title)
        self._set_line(key, line)
        self._running[key] = task
        self.changed.emit()
        return task

    def settle(self, key: str, kind: str, title: str, reason: str, *actions: QPushButton) -> None:
        """Show the result in the line of a task."""
        self._running.pop(key, None)
        self._set_line(key, message(kind, title, reason, *actions, self._dismiss(key)))
        self.changed.emit()
        self.settled.emit(key, kind)

    def settle_failed(self, key: str, error: WorkbenchError, *actions: QPushButton) -> None:
        """Show an error in the line of a task."""
        self._running.pop(key, None)
        self._set_line(key, error_message(error, *actions, self._dismiss(key)))
        self.changed.emit()
        self.settled.emit(key, "error")

    def take(self, key: str) -> None:
        """Remove a line."""
        self._running.pop(key, None)
        line = self._lines.pop(key, None)
        if line is not None:
            line.hide()
            self._box.removeWidget(line)
            line.deleteLater()
        self.setVisible(bool(self._lines))
        self.changed.emit()

    def _drop(self) -> None:
        for key in self._lines.keys() - self._lasting:
            self._jobs.cancel(key)
            self.take(key)

    def _dismiss(self, key: str) -> QPushButton:
        return quiet_button(tr("Dismiss"), call=lambda: self.take(key))

    def _set_line(self, key: str, widget: QWidget) -> None:
        old = self._lines.pop(key, None)
        at = self._box.indexOf(old) if old is not None else self._box.count()
        if old is not None:
            old.hide()
            self._box.removeWidget(old)
            old.deleteLater()
        self._lines[key] = widget
        self._box.insertWidget(at, widget, 0, Qt.AlignmentFlag(0))
        self.show()
