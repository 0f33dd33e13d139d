"""Mentions over time as a small line, with the same numbers as a table for those who want them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from workbench.ui.components import words
from workbench.ui.components.boxes import column, fill, holder, row
from workbench.ui.components.controls import button
from workbench.ui.components.words import label
from workbench.ui.concepts.loading import Part
from workbench.ui.language import tr


class MentionsOverTime(QWidget):
    """The line, and a button that shows its numbers instead."""

    def __init__(self, parts: Sequence[Part]) -> None:
        from workbench.ui.plots.mentions import MentionsPlot

        super().__init__()
        mentions = [part.mentions for part in parts]
        self._line = MentionsPlot(mentions, parts[0].name, parts[-1].name)
        self._line.say(said(parts))
        self._table = _table(parts)
        self._table.hide()
        self.switch = button(tr("As a table"), kind="quiet", call=self._turn)
        fill(self, column(self._line, self._table, row(self.switch, None), gap=2), name=said(parts))

    def _turn(self) -> None:
        table = self._line.isVisible()
        self._line.setVisible(not table)
        self._table.setVisible(table)
        self.switch.setText(tr("As a line") if table else tr("As a table"))
        self.switch.setAccessibleName(self.switch.text())


def said(parts: Sequence[Part]) -> str:
    """The chart in a sentence."""
    most = max(parts, key=lambda part: part.mentions)
    whole = words.count(sum(part.mentions for part in parts), "mention")
    return tr(
        "{whole} from {name} to {name2}, most in {name3}: {mentions}",
        whole=whole,
        name=parts[0].name,
        name2=parts[-1].name,
        name3=most.name,
        mentions=most.mentions,
    )


def _table(parts: Sequence[Part]) -> QWidget:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(2)
    for at, part in enumerate(part for part in parts if part.mentions):
        number = label(words.number(part.mentions), "small")
        number.setAccessibleName(f"{part.name}: {part.mentions}")
        grid.addWidget(label(part.name, "small"), at, 0)
        grid.addWidget(number, at, 1, Qt.AlignmentFlag.AlignRight)
    return holder(grid)
