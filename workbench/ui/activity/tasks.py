"""Work on the library itself, above the queue: how far it is, how to stop it, what came of it.

A backup, a check or a restore is one line each; when it is over the line says so, and stays until
it is dismissed, for one may have walked away meanwhile.
"""

from collections.abc import Callable
from dataclasses import dataclass

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

#: What the rooms below call their stages, in the words of the screen.
_STAGES = {
    "copying": tr("Copying"),
    "checking": tr("Comparing every row"),
    "structure": tr("Checking the file"),
    "sources": tr("Checking every source"),
    "index": tr("Checking the index"),
}
#: Units that mean something to the reader of the line; pages and tables of a file do not.
_UNITS = ("sources", "memories", "statements")


@dataclass(slots=True)
class Task:
    """One piece of work in the panel; made by `Tasks.begin`."""

    tasks: "Tasks"
    key: str
    title: str
    show_text: Callable[[str], None]
    fill: Callable[[float], None]
    share: float | None = None

    def show(self, progress: Progress) -> None:
        """Say how far it is."""
        parts = [_STAGES.get(progress.stage, known(progress.stage.capitalize()))]
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

    def finish(self, kind: str, title: str, reason: str = "", *actions: QPushButton) -> None:
        """Say what came of it. Kinds: done, warn, error, info."""
        self.tasks.settle(self.key, kind, title, reason, *actions)

    def failed(self, error: WorkbenchError, *actions: QPushButton) -> None:
        """Say why it did not come about, with the details to copy."""
        self.tasks.settle_failed(self.key, error, *actions)

    def take(self) -> None:
        """Take the line away, as after a cancel."""
        self.tasks.take(self.key)


class Tasks(QWidget):
    """The lines; it takes no room while there are none."""

    #: Something came, went or moved on.
    changed = Signal()
    #: (key, kind): one came to its end, and its line says how.
    settled = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._lines: dict[str, QWidget] = {}
        self._running: dict[str, Task] = {}
        self._box: QVBoxLayout = column(margins=(16, 4, 16, 8), gap=8)
        self.setLayout(self._box)
        self.hide()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to see."""
        return not self._lines

    @property
    def running(self) -> tuple[Task, ...]:
        """What is under way."""
        return tuple(self._running.values())

    def begin(
        self, key: str, title: str, cancel: Callable[[], object] | None, *, word: str = tr("Cancel")
    ) -> Task:
        """Show a piece of work that begins; `cancel` stops it, by a button of this word."""
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
        """Say in the line of a task what came of it."""
        self._running.pop(key, None)
        self._set_line(key, message(kind, title, reason, *actions, self._dismiss(key)))
        self.changed.emit()
        self.settled.emit(key, kind)

    def settle_failed(self, key: str, error: WorkbenchError, *actions: QPushButton) -> None:
        """Say in the line of a task why it did not come about."""
        self._running.pop(key, None)
        self._set_line(key, error_message(error, *actions, self._dismiss(key)))
        self.changed.emit()
        self.settled.emit(key, "error")

    def take(self, key: str) -> None:
        """Take a line away."""
        self._running.pop(key, None)
        line = self._lines.pop(key, None)
        if line is not None:
            line.hide()
            self._box.removeWidget(line)
            line.deleteLater()
        self.setVisible(bool(self._lines))
        self.changed.emit()

    def clear(self) -> None:
        """Take everything away, as for another library."""
        for key in tuple(self._lines):
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
