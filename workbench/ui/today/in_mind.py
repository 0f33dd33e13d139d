"""What is in mind: seven slots at most, the latest first, each with how long it stays."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from workbench.ui.components import words
from workbench.ui.components.boxes import column, holder, row
from workbench.ui.components.controls import tool
from workbench.ui.components.words import Elided, label
from workbench.ui.today.fading import ShareBar

if TYPE_CHECKING:
    from workbench.memory.regions.working import InMind

SLOTS = 7


class MindRows(QWidget):
    """The slots that are taken; a rehearsal is asked for by its signal."""

    #: The fact of this id is to be brought to mind again.
    rehearsed = Signal(int)

    def __init__(self, held: "Sequence[InMind]") -> None:
        super().__init__()
        self.held = tuple(held)
        self.setLayout(column(*map(self._line, self.held), gap=6))
        self.setAccessibleName(f"Working memory: {len(self.held)} of {SLOTS}")

    def _line(self, each: "InMind") -> QWidget:
        text = Elided(" ".join(words.short(each.text, 300).split()), "small")
        left = remaining(each)
        kept = words.percent(each.retention)
        text.setAccessibleName(f"{words.short(each.text, 200)}: {kept} retained, {left}")
        again = tool("retry", f"Rehearse: {words.short(each.text, 60)}")
        again.clicked.connect(partial(self._rehearse, each.fact.id))
        line = row(text, ShareBar(each.retention, 40), label(left, "caption"), again, gap=8)
        line.setStretch(0, 1)
        return holder(line)

    def _rehearse(self, fact: int, _on: bool = False) -> None:
        self.rehearsed.emit(fact)


def remaining(each: "InMind") -> str:
    """How long it stays in mind, in words."""
    if each.hours_left is None:
        return "pinned"
    if each.hours_left < 0.95:
        return f"{max(1, round(each.hours_left * 60))} min left"
    return f"{each.hours_left:.0f} h left"
