"""How a cell of the Library table is drawn: sign and title, numbers, the state with its sign."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from workbench.store.records import SourceRow
from workbench.ui import theme
from workbench.ui.components import cells
from workbench.ui.components.controls import bar
from workbench.ui.library import kinds
from workbench.ui.library.model import COLUMNS, SOURCE_ROLE, STATE_ROLE

Index = QModelIndex | QPersistentModelIndex
_State = QStyle.StateFlag


class SourceCell(QStyledItemDelegate):
    """One delegate for the whole table."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        words = QFontMetrics(theme.font("body")).horizontalAdvance(str(index.data()))
        key = COLUMNS[index.column()].key
        return QSize(words + theme.px({"title": 56, "state": 40}.get(key, 18)), theme.px(34))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        source: SourceRow | None = index.data(SOURCE_ROLE)
        if source is None:
            return
        view: Any = option
        rect, state = QRectF(view.rect), view.state
        mirrored = view.direction == Qt.LayoutDirection.RightToLeft
        painter.save()
        # A title reads in its own direction, whichever way the window does.
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cells.ground(painter, rect, state)
        key = COLUMNS[index.column()].key
        box = rect.adjusted(theme.px(8), 0, -theme.px(8), 0)
        if key == "title":
            self._title(painter, box, source, mirrored)
        elif key == "state":
            self._state(painter, box, source, index.data(STATE_ROLE), mirrored)
        else:
            painter.setFont(theme.font("body"))
            painter.setPen(theme.colour("text2"))
            align = Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole))
            cells.write(
                painter, box, str(index.data()), QStyle.visualAlignment(view.direction, align)
            )
        if state & _State.State_HasFocus and index.column() == 0:
            cells.focus_edge(painter, rect, mirrored=mirrored)
        painter.restore()

    def _title(self, painter: QPainter, box: QRectF, source: SourceRow, mirrored: bool) -> None:
        size = theme.px(18)
        left = box.right() - theme.px(4) - size if mirrored else box.left() + theme.px(4)
        sign = QRectF(left, box.center().y() - size / 2, size, size)
        theme.paint_icon(painter, kinds.glyph(source), sign, "text2")
        room = theme.px(32)
        text = box.adjusted(0, 0, -room, 0) if mirrored else box.adjusted(room, 0, 0, 0)
        painter.setFont(theme.font("body", QFont.Weight.Medium))
        painter.setPen(theme.colour("text"))
        cells.write(painter, text, source.title, cells.leading(mirrored))

    def _state(
        self,
        painter: QPainter,
        box: QRectF,
        source: SourceRow,
        state: kinds.State,
        mirrored: bool,
    ) -> None:
        size = theme.px(14)
        left = box.right() - size if mirrored else box.left()
        if state.glyph:
            sign = QRectF(left, box.center().y() - size / 2, size, size)
            theme.paint_icon(painter, state.glyph, sign, state.role)
        else:
            well = QRectF(left, box.center().y() - theme.px(2), size, theme.px(4))
            bar(painter, well, kinds.progress(source), mirrored=mirrored)
        room = theme.px(21)
        text = box.adjusted(0, 0, -room, 0) if mirrored else box.adjusted(room, 0, 0, 0)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour(state.role if state.glyph == "alert" else "text2"))
        cells.write(painter, text, state.word, cells.leading(mirrored))
