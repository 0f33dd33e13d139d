"""How a cell of the table of facts and notes is drawn: words, a quiet bar, what holds no longer."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from workbench.ui import theme
from workbench.ui.components import cells
from workbench.ui.components.controls import bar
from workbench.ui.memories import rows as reading
from workbench.ui.memories.kinds import glyph
from workbench.ui.memories.model import COLUMNS, MEMORY_ROLE
from workbench.ui.memories.rows import Memory

Index = QModelIndex | QPersistentModelIndex
_State = QStyle.StateFlag


class MemoryCell(QStyledItemDelegate):
    """One delegate for the whole table."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        wide = QFontMetrics(theme.font("body")).horizontalAdvance(str(index.data()))
        key = COLUMNS[index.column()].key
        return QSize(wide + theme.px({"text": 56, "strength": 84}.get(key, 18)), theme.px(34))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Memory | None = index.data(MEMORY_ROLE)
        if row is None:
            return
        view: Any = option
        rect, state = QRectF(view.rect), view.state
        mirrored = view.direction == Qt.LayoutDirection.RightToLeft
        painter.save()
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cells.ground(painter, rect, state)
        key = COLUMNS[index.column()].key
        box = rect.adjusted(theme.px(8), 0, -theme.px(8), 0)
        if key == "text":
            self._text(painter, box, row, str(index.data()), mirrored)
        elif key == "strength":
            self._strength(painter, box, row, mirrored)
        elif key == "state":
            self._state(painter, box, row, mirrored)
        else:
            painter.setFont(theme.font("body"))
            painter.setPen(theme.colour("text2"))
            cells.write(painter, box, str(index.data()), cells.leading(mirrored))
        if state & _State.State_HasFocus and index.column() == 0:
            cells.focus_edge(painter, rect, mirrored=mirrored)
        painter.restore()

    def _text(
        self, painter: QPainter, box: QRectF, row: Memory, words: str, mirrored: bool
    ) -> None:
        sign, text = _beside(box, theme.px(18), theme.px(32), theme.px(4), mirrored)
        # Its word may have no room, so the sign says it, too.
        theme.paint_icon(painter, glyph(row.kind) if row.current else "undo", sign, "text2")
        painter.setFont(theme.font("body", QFont.Weight.Medium if row.current else None))
        # What holds no longer is set back; its word stands under State.
        painter.setPen(theme.colour("text" if row.current else "text2"))
        cells.write(painter, text, words, cells.leading(mirrored))

    def _strength(self, painter: QPainter, box: QRectF, row: Memory, mirrored: bool) -> None:
        if row.is_note:
            return
        wide = theme.px(52)
        left = box.right() - wide if mirrored else box.left()
        well = QRectF(left, box.center().y() - theme.px(2), wide, theme.px(4))
        bar(painter, well, reading.share(row.strength), mirrored=mirrored)
        room = wide + theme.px(8)
        text = box.adjusted(0, 0, -room, 0) if mirrored else box.adjusted(room, 0, 0, 0)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("text2"))
        cells.write(painter, text, f"{row.strength:.1f}", cells.leading(mirrored))

    def _state(self, painter: QPainter, box: QRectF, row: Memory, mirrored: bool) -> None:
        said = reading.state(row)
        if not said:
            return
        sign, text = _beside(box, theme.px(14), theme.px(21), 0, mirrored)
        theme.paint_icon(painter, "undo" if not row.current else "pause", sign, "text3")
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("text2"))
        cells.write(painter, text, said, cells.leading(mirrored))


def _beside(
    box: QRectF, size: float, room: float, inset: float, mirrored: bool
) -> tuple[QRectF, QRectF]:
    """The places of a sign and of the words after it."""
    left = box.right() - inset - size if mirrored else box.left() + inset
    sign = QRectF(left, box.center().y() - size / 2, size, size)
    return sign, box.adjusted(0, 0, -room, 0) if mirrored else box.adjusted(room, 0, 0, 0)
