"""Working memory: seven slots at most, the latest first, each with how long it stays."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from workbench.errors import WorkbenchError
from workbench.ui.components import Elided, ShareBar, clear, column, holder, label, row, tool, words
from workbench.ui.jobs import Jobs
from workbench.ui.language import tr
from workbench.ui.window.library_actions import Shelf

if TYPE_CHECKING:
    from workbench.memory.regions.working import InMind

SLOTS = 7
_JOB = "brain:working"


class WorkingMemory(QWidget):
    """The slots that are taken; looked up when somebody looks at them."""

    #: The fact of this id is to be rehearsed.
    rehearsed = Signal(int)

    def __init__(self, shelf: Shelf, jobs: Jobs) -> None:
        super().__init__()
        self._shelf, self._jobs = shelf, jobs
        self.held: tuple[InMind, ...] = ()
        self._head = label("", "strong")
        self._rows = column(gap=6)
        self.setLayout(column(self._head, self._rows, gap=8))
        shelf.facts_changed.connect(self.refresh)
        self._show([])

    def refresh(self) -> None:
        """Look up what is in working memory now."""
        library = self._shelf.library
        if library is None:
            self._show([])
        elif self.isVisible():
            self._jobs.run(
                library.memory.working, done=self._show, failed=self._failed, key=_JOB
            )  # fmt: skip

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _failed(self, _error: WorkbenchError) -> None:
        self._show([])

    def _show(self, slots: "list[InMind]") -> None:
        self.held = tuple(reversed(slots))
        title = tr("Working memory: {held} of {SLOTS}", held=len(slots), SLOTS=SLOTS)
        self._head.setText(title)
        self.setAccessibleName(title)
        clear(self._rows)
        for item in self.held:
            self._rows.addWidget(self._line(item))

    def _line(self, slot: "InMind") -> QWidget:
        text = Elided(" ".join(words.short(slot.text, 300).split()), "small")
        left = remaining(slot)
        retained = words.percent(slot.retention)
        text.setAccessibleName(
            tr(
                "{text}: {kept} retained, {left}",
                text=words.short(slot.text, 200),
                kept=retained,
                left=left,
            )
        )
        rehearse = tool(
            "retry",
            tr("Rehearse: {text}", text=words.short(slot.text, 60)),
            call=partial(self._rehearse, slot.fact.id),
        )
        line = row(
            text, ShareBar(slot.retention, 40), label(left, "caption"), rehearse, gap=8, wide=0
        )
        return holder(line)

    def _rehearse(self, fact: int, _on: bool = False) -> None:
        self.rehearsed.emit(fact)


def remaining(slot: "InMind") -> str:
    """How long it stays in mind, in words."""
    if slot.hours_left is None:
        return tr("pinned")
    if slot.hours_left < 0.95:
        return tr("{max} min left", max=max(1, round(slot.hours_left * 60)))
    return tr("{hours_left:.0f} h left", hours_left=slot.hours_left)
