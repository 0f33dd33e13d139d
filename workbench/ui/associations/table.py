"""The table twin of the picture (G5): the same links, filters and selection; sorted, as CSV."""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from workbench.memory.graph.records import Edge
from workbench.ui import theme
from workbench.ui.associations import lines
from workbench.ui.components import cells, words
from workbench.ui.components.controls import bar
from workbench.ui.components.tables import make_quiet
from workbench.ui.library.sifting import fold

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
_State = QStyle.StateFlag
_FLAGS = QItemSelectionModel.SelectionFlag
ROW_ROLE = int(Role.UserRole)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key, its heading, its words, what it sorts by, its width; 0 gives way."""

    key: str
    title: str
    text: Callable[[Edge], str]
    order: Callable[[Edge], Any]
    width: int


def _line(text: str) -> str:
    return " ".join(words.short(text, 200).split())


def evidence_words(edge: Edge) -> str:
    """How many passages and sources say a link."""
    if not edge.evidence:
        return "no passage"
    told = words.count(edge.evidence, "passage")
    if edge.sources > 1:
        told = f"{told}, {words.count(edge.sources, 'source')}"
    return f"{told}, contradicted" if edge.contradicted else told


COLUMNS = (
    Column("head", "From", lambda e: _line(e.head_name), lambda e: fold(e.head_name), 0),
    Column("relation", "Relation", lambda e: _line(e.relation), lambda e: fold(e.relation), 130),
    Column("tail", "To", lambda e: _line(e.tail_name), lambda e: fold(e.tail_name), 0),
    Column("tag", "Tag", lambda e: lines.word(e.tag), lambda e: e.tag, 118),
    Column("strength", "Strength", lambda e: f"{e.strength:.2f}", lambda e: e.strength, 116),
    Column("evidence", "Evidence", evidence_words, lambda e: (e.evidence, e.sources), 176),
)
#: What gives way first where there is little room; the row's sentence tells it all the same.
_YIELD = ("evidence", "tag", "strength")


class LinkRows(QAbstractTableModel):
    """The links in the order shown; without a chosen order, the strongest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Edge] = []
        self._came: tuple[Edge, ...] = ()
        self._column, self._descending = -1, True

    def show_rows(self, rows: Sequence[Edge]) -> None:
        """Replace the rows."""
        if tuple(rows) != self._came:
            self._came = tuple(rows)
            self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 is the order of coming."""
        self._column, self._descending = column, order == Qt.SortOrder.DescendingOrder
        self._arrange()

    def row_of(self, id: str) -> int:
        """The row of a link, -1 where none is."""
        return next((at for at, row in enumerate(self.rows) if row.id == id), -1)

    def _arrange(self) -> None:
        self.beginResetModel()
        self.rows = list(self._came)
        if self._column >= 0:
            self.rows.sort(key=COLUMNS[self._column].order, reverse=self._descending)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        across = orientation == Qt.Orientation.Horizontal
        if not across or not 0 <= section < len(COLUMNS):
            return None
        if role == Role.TextAlignmentRole:
            return int((Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter).value)
        return COLUMNS[section].title if role == Role.DisplayRole else None

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self.rows):
            return None
        row, column = self.rows[index.row()], COLUMNS[index.column()]
        if role == ROW_ROLE:
            return row
        if role == Role.DisplayRole:
            return column.text(row)
        if role == Role.AccessibleTextRole:
            return sentence(row) if column.key == "head" else f"{column.title}: {column.text(row)}"
        return sentence(row) if role == Role.ToolTipRole else None


def sentence(edge: Edge) -> str:
    """A link in one sentence, for those who hear the table."""
    link = f"{_line(edge.head_name)} {_line(edge.relation)} {_line(edge.tail_name)}"
    return f"{link}: {edge.tag}, strength {edge.strength:.2f}, {evidence_words(edge)}"


def as_csv(edges: Sequence[Edge]) -> str:
    """The links as CSV with a heading, in the order given."""
    out = io.StringIO()
    sheet = csv.writer(out)
    names = ("From", "Relation", "To", "Tag", "Kind", "Strength", "Passages", "Sources")
    sheet.writerow((*names, "Contradicted"))
    for each in edges:
        sheet.writerow(
            (
                *map(_plain, (each.head_name, each.relation, each.tail_name)),
                *(each.tag, each.kind, f"{each.strength:.4f}", each.evidence, each.sources),
                "yes" if each.contradicted else "no",
            )
        )
    return out.getvalue()


def _plain(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    line = " ".join(text.split())
    return f"'{line}" if line[:1] in ("=", "+", "-", "@") else line


class LinksView(QTableView):
    """One row is chosen at a time; Enter opens it, a double click too."""

    #: The chosen link, or None.
    chosen_changed = Signal(object)
    #: The link is to be looked at: the focus goes to the Inspector.
    opened = Signal(object)

    def __init__(self, rows: LinkRows) -> None:
        super().__init__()
        self._rows = rows
        self._quiet = False
        self.setModel(rows)
        self.setItemDelegate(_Cell(self))
        make_quiet(self, "Links")
        self.setMouseTracking(True)
        head = self.horizontalHeader()
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(True)
        head.setSortIndicatorClearable(True)
        head.setSortIndicator(-1, Qt.SortOrder.DescendingOrder)
        for at, each in enumerate(COLUMNS):
            if not each.width:
                head.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
        head.sortIndicatorChanged.connect(self._sort)
        self.selectionModel().selectionChanged.connect(self._chosen)
        self.activated.connect(self._opened)
        self._fit()
        theme.watch(self, self._fit)

    def chosen(self) -> Edge | None:
        """The chosen link."""
        at = self.currentIndex().row()
        if not 0 <= at < len(self._rows.rows):
            return None
        picked = self.selectionModel().isRowSelected(at, QModelIndex())
        return self._rows.rows[at] if picked else None

    def choose(self, id: str | None) -> bool:
        """Choose a link's row without telling; None, or a link that is not here, chooses none."""
        at = self._rows.row_of(id) if id is not None else -1
        self._quiet = True
        if at < 0:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
        else:
            index = self._rows.index(at, 0)
            self.selectionModel().setCurrentIndex(index, _FLAGS.ClearAndSelect | _FLAGS.Rows)
            self.scrollTo(index)
        self._quiet = False
        return at >= 0

    def show_rows(self, rows: Sequence[Edge]) -> None:
        """Replace the rows; the chosen one stays chosen where it is still there."""
        kept, at = self.chosen(), self.verticalScrollBar().value()
        self._quiet = True
        self._rows.show_rows(rows)
        self.verticalScrollBar().setValue(at)
        self._quiet = False
        if kept is not None:
            self.choose(kept.id)

    def _sort(self, column: int, order: Qt.SortOrder) -> None:
        kept = self.chosen()
        self._quiet = True
        self._rows.sort(column, order)
        self._quiet = False
        if kept is not None:
            self.choose(kept.id)

    def _chosen(self) -> None:
        if not self._quiet:
            self.chosen_changed.emit(self.chosen())

    def _opened(self, _index: QModelIndex) -> None:
        chosen = self.chosen()
        if chosen is not None:
            self.opened.emit(chosen)

    def _fit(self) -> None:
        """Follow the size of the text."""
        head, vertical = self.horizontalHeader(), self.verticalHeader()
        head.setMinimumSectionSize(theme.px(60))
        for at, each in enumerate(COLUMNS):
            if each.width:
                head.resizeSection(at, theme.px(each.width))
        vertical.setMinimumSectionSize(theme.px(28))
        vertical.setDefaultSectionSize(theme.px(28))
        self._show_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_columns()

    def _show_columns(self) -> None:
        room = self.viewport().width() - theme.px(2 * 110)
        room -= sum(theme.px(each.width) for each in COLUMNS)
        for key in _YIELD:
            at = next(at for at, each in enumerate(COLUMNS) if each.key == key)
            if self.isColumnHidden(at) == (room >= 0):
                self.setColumnHidden(at, room < 0)
            if room < 0:
                room += theme.px(COLUMNS[at].width)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(200), theme.px(28 * 3))


class _Cell(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(theme.px(60), theme.px(28))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Edge | None = index.data(ROW_ROLE)
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
        box = rect.adjusted(theme.px(8), 0, -theme.px(6), 0)
        where = cells.leading(mirrored)
        strong = key in ("head", "tail")
        painter.setFont(
            theme.font("body" if strong else "small", QFont.Weight.Medium if strong else None)
        )
        painter.setPen(theme.colour("text" if strong else "text2"))
        if key == "tag":
            _tagged(painter, box, row, mirrored)
        elif key == "strength":
            wide, high = theme.px(54), theme.px(4)
            left = box.right() - wide if mirrored else box.left()
            well = QRectF(left, box.center().y() - high / 2, wide, high)
            bar(painter, well, row.strength, row.tag, mirrored=mirrored)
            painter.setPen(theme.colour("text2"))
            room = wide + theme.px(10)
            box = box.adjusted(0, 0, -room, 0) if mirrored else box.adjusted(room, 0, 0, 0)
            cells.write(painter, box, str(index.data()), where)
        else:
            cells.write(painter, box, str(index.data()), where)
        if state & _State.State_HasFocus and index.column() == 0:
            cells.focus_edge(painter, rect, mirrored=mirrored)
        painter.restore()


def _tagged(painter: QPainter, box: QRectF, row: Edge, mirrored: bool) -> None:
    """The line of the tag and its word."""
    wide, room = theme.px(22), theme.px(30)
    left = box.right() - wide if mirrored else box.left()
    lines.draw_line(painter, QRectF(left, box.top(), wide, box.height()), row.tag)
    box = box.adjusted(0, 0, -room, 0) if mirrored else box.adjusted(room, 0, 0, 0)
    painter.setPen(theme.colour(row.tag))
    cells.write(painter, box, lines.word(row.tag), cells.leading(mirrored))
