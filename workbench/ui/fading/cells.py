"""How a cell of the table of what fades is drawn: words, a bar with its number, what was done."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from workbench.memory.fading.records import Fading
from workbench.ui import theme
from workbench.ui.components import cells, words
from workbench.ui.components.controls import bar
from workbench.ui.fading.model import COLUMNS, DONE_ROLE, ROW_ROLE

Index = QModelIndex | QPersistentModelIndex
_State = QStyle.StateFlag


class FadingCell(QStyledItemDelegate):
    """One delegate for the whole table."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        wide = QFontMetrics(theme.font("body")).horizontalAdvance(str(index.data()))
        return QSize(wide + theme.px(18), theme.px(34))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Fading | None = index.data(ROW_ROLE)
        if row is None:
            return
        view: Any = option
        rect, state = QRectF(view.rect), view.state
        mirrored = view.direction == Qt.LayoutDirection.RightToLeft
        done = bool(index.data(DONE_ROLE))
        key = COLUMNS[index.column()].key
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cells.ground(painter, rect, state)
        box = rect.adjusted(theme.px(8), 0, -theme.px(8), 0)
        painter.setFont(theme.font("body" if key == "text" else "small"))
        if key == "strength":
            box = _strength(painter, box, row, mirrored)
        # What something was done about is set back; its word stands in its row.
        painter.setPen(theme.colour("text" if key == "text" and not done else "text2"))
        text = words.percent(row.strength) if key == "strength" else str(index.data())
        cells.write(painter, box, text, cells.leading(mirrored))
        if state & _State.State_HasFocus and index.column() == 0:
            cells.focus_edge(painter, rect, mirrored=mirrored)
        painter.restore()


def _strength(painter: QPainter, box: QRectF, row: Fading, mirrored: bool) -> QRectF:
    """Draw the bar; returns the room that is left for its number."""
    wide = theme.px(56)
    left = box.right() - wide if mirrored else box.left()
    well = QRectF(left, box.center().y() - theme.px(2), wide, theme.px(4))
    bar(painter, well, row.strength, mirrored=mirrored)
    room = wide + theme.px(8)
    return box.adjusted(0, 0, -room, 0) if mirrored else box.adjusted(room, 0, 0, 0)
