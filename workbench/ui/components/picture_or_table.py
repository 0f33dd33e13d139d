"""A chart with its numbers as a table."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from workbench.ui.components.boxes import column, fill, holder, row
from workbench.ui.components.controls import quiet_button
from workbench.ui.language import tr


class PictureOrTable(QWidget):
    """A chart, and a button that switches to the table; `back` is its label for the way back.

    `description` is the chart as text, for screen readers.
    """

    def __init__(self, picture: QWidget, table: QWidget, description: str, back: str) -> None:
        super().__init__()
        self.picture, self.table, self._back = picture, table, back
        table.hide()
        self.switch = quiet_button(tr("As a table"), call=self._turn)
        fill(self, column(picture, table, row(self.switch, None), gap=2), name=description)

    @property
    def shows_table(self) -> bool:
        """Whether the table is visible."""
        return not self.table.isHidden()

    def _turn(self) -> None:
        table = self.table.isHidden()
        self.table.setVisible(table)
        self.picture.setVisible(not table)
        self.switch.setText(self._back if table else tr("As a table"))
        self.switch.setAccessibleName(self.switch.text())


def table_of(lines: Iterable[Sequence[QWidget]], wide: int = 0) -> QWidget:
    """A grid of cells, the last of each row right-aligned; column `wide` takes spare room."""
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(2)
    grid.setHorizontalSpacing(12)
    for at, cells in enumerate(lines):
        for column_at, cell in enumerate(cells[:-1]):
            grid.addWidget(cell, at, column_at)
        grid.addWidget(cells[-1], at, len(cells) - 1, Qt.AlignmentFlag.AlignRight)
    grid.setColumnStretch(wide, 1)
    return holder(grid)
