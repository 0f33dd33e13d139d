"""How tables of concepts are shown: the sign of the type before the name, weights as quiet bars."""

from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from workbench.ui import theme
from workbench.ui.components import cells
from workbench.ui.components.controls import bar
from workbench.ui.components.tables import make_quiet
from workbench.ui.concepts import kinds
from workbench.ui.concepts.rows import ROW_ROLE, ConceptRows, Index, Row

_State = QStyle.StateFlag
_LEAST_NAME = 84
_FLAGS = QItemSelectionModel.SelectionFlag


class ConceptView(QTableView):
    """One row is chosen at a time; with `whole` it is as high as so many rows at most."""

    def __init__(self, rows: ConceptRows, name: str, *, whole: int = 0) -> None:
        super().__init__()
        self._rows, self._whole = rows, whole
        self.setModel(rows)
        self.setItemDelegate(_Cell(self))
        make_quiet(self, name)
        self.setMouseTracking(True)
        vertical, head = self.verticalHeader(), self.horizontalHeader()
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(True)
        head.setSortIndicatorClearable(True)
        head.setSortIndicator(-1, Qt.SortOrder.DescendingOrder)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.sortIndicatorChanged.connect(self._sort)
        for header in (head, vertical):
            # Asked for its selection, a header looks at every row.
            header.setSelectionModel(QItemSelectionModel(rows, header))
        rows.modelReset.connect(self.updateGeometry)
        self._fit()
        theme.watch(self, self._fit)

    def chosen(self) -> Row | None:
        """The chosen row."""
        at = self.currentIndex().row()
        if not 0 <= at < len(self._rows.rows):
            return None
        picked = self.selectionModel().isRowSelected(at, QModelIndex())
        return self._rows.rows[at] if picked else None

    def choose(self, id: int) -> bool:
        """Choose the row of a concept and scroll to it; False where there is none."""
        at = self._rows.row_of(id)
        if at < 0:
            return False
        index = self._rows.index(at, 0)
        self.selectionModel().setCurrentIndex(index, _FLAGS.ClearAndSelect | _FLAGS.Rows)
        self.scrollTo(index)
        return True

    def _sort(self, column: int, order: Qt.SortOrder) -> None:
        kept = self.chosen()
        self._rows.sort(column, order)
        if kept is not None:
            self.choose(kept.id)

    def _fit(self) -> None:
        """Follow the size of the text."""
        head, vertical = self.horizontalHeader(), self.verticalHeader()
        head.setMinimumSectionSize(theme.px(36))
        for at, each in enumerate(self._rows.columns[1:], start=1):
            head.resizeSection(at, theme.px(each.width))
        high = theme.px(28 if self._whole else 34)
        vertical.setMinimumSectionSize(high)
        vertical.setDefaultSectionSize(high)
        self._show_columns()
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_columns()

    def _show_columns(self) -> None:
        """The last columns give way to the name; the row's sentence tells them all the same."""
        room = self.viewport().width() - theme.px(_LEAST_NAME)
        for at, each in enumerate(self._rows.columns[1:], start=1):
            room -= theme.px(each.width)
            if self.isColumnHidden(at) == (room >= 0):
                self.setColumnHidden(at, room < 0)

    def sizeHint(self) -> QSize:
        if not self._whole:
            return super().sizeHint()
        shown = min(self._whole, len(self._rows.rows))
        high = shown * self.verticalHeader().defaultSectionSize()
        return QSize(theme.px(200), self.horizontalHeader().sizeHint().height() + high + 2)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint() if self._whole else super().minimumSizeHint()


class _Cell(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(theme.px(60), theme.px(28))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row | None = index.data(ROW_ROLE)
        if row is None:
            return
        view: Any = option
        rect, state = QRectF(view.rect), view.state
        mirrored = view.direction == Qt.LayoutDirection.RightToLeft
        painter.save()
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cells.ground(painter, rect, state)
        model: Any = index.model()
        key = model.columns[index.column()].key
        box = rect.adjusted(theme.px(6), 0, -theme.px(6), 0)
        if key in ("name", "type"):
            _signed(painter, box, row, str(index.data()), key, mirrored)
        elif key == "weight":
            high = theme.px(4)
            well = QRectF(box.left(), box.center().y() - high / 2, box.width(), high)
            bar(painter, well, getattr(row, "weight", 0.0), mirrored=mirrored)
        else:
            painter.setFont(theme.font("small"))
            painter.setPen(theme.colour("text2"))
            where = cells.leading(mirrored)
            if key in ("mentions", "evidence"):
                where = cells.leading(not mirrored)
            cells.write(painter, box, str(index.data()), where)
        if state & _State.State_HasFocus and index.column() == 0:
            cells.focus_edge(painter, rect, mirrored=mirrored)
        painter.restore()


def _signed(painter: QPainter, box: QRectF, row: Row, text: str, key: str, mirrored: bool) -> None:
    """The name with the sign of its type in its ink, or the word of the type."""
    side, room = theme.px(16), theme.px(22)
    if key == "name":
        left = box.right() - side if mirrored else box.left()
        sign = QRectF(left, box.center().y() - side / 2, side, side)
        theme.paint_icon(painter, kinds.glyph(row.type), sign, kinds.ink(row.type))
        box = box.adjusted(0, 0, -room, 0) if mirrored else box.adjusted(room, 0, 0, 0)
    painter.setFont(theme.font("body", QFont.Weight.Medium if key == "name" else None))
    painter.setPen(theme.colour("text" if key == "name" else "text2"))
    cells.write(painter, box, text, cells.leading(mirrored))
