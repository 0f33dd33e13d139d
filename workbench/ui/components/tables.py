"""The table used everywhere: model, delegate and view, declared by columns.

A proxy model would call into Python for each comparison; this model sorts and filters lists in one
pass, and where possible signals only changed rows.
"""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QRectF,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QFont,
    QFontMetrics,
    QKeySequence,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyleOptionViewItem,
    QTableView,
)

from workbench.ui import theme
from workbench.ui.components import cells
from workbench.ui.components.controls import bar
from workbench.ui.language import tr

R = TypeVar("R")
Index = cells.Index
Role = Qt.ItemDataRole
#: Item role that returns the whole row.
ROW_ROLE = int(Role.UserRole)
_FLAGS = QItemSelectionModel.SelectionFlag
#: Horizontal padding of a title, as in the style sheet.
_OFFSET = 8
_MAX_STRETCHES = 400
#: Beyond this number of changes the model is reset.
_MAX_STEPS = 64
#: Half-open range of row numbers.
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class CellStyle:
    """The appearance of a cell: icon or bar, then text; sizes in pixels.

    `draw` paints a custom icon; `bar_width` 0 fills the cell and omits the text.
    """

    ink: str = "text2"
    font: str = "body"
    strong: bool = False
    serif: bool = False
    sign: str = ""
    sign_ink: str = "text2"
    sign_size: int = 18
    sign_room: int = 32
    inset: int = 0
    draw: Callable[[QPainter, QRectF], None] | None = None
    bar: float | None = None
    bar_ink: str = "accent"
    bar_width: int = 52
    bar_room: int = 8


#: Styles of plain, small and identifying text.
PLAIN, SMALL, STRONG = CellStyle(), CellStyle(font="small"), CellStyle(ink="text", strong=True)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: settings key, title, text, sort key, appearance.

    A `width` of 0 takes the remaining room; `extra` is padding beside the text; both in pixels.
    Without a `tip` or `spoken` text the cell uses the sentence of its row. The `subtitle` is a
    second line.
    """

    key: str
    title: str
    text: Callable[[Any], str]
    order: Callable[[Any], Any] | None = None
    width: int = 0
    number: bool = False
    style: Callable[[Any], CellStyle] = lambda _row: PLAIN
    tip: Callable[[Any], str | None] | None = None
    spoken: Callable[[Any], str] | None = None
    extra: int = 18
    subtitle: Callable[[Any], str] | None = None

    @property
    def wide(self) -> int:
        """The width on screen: the declared one, or that of the translated title."""
        if not self.width:
            return 0
        title = QFontMetrics(theme.font("small")).horizontalAdvance(self.title)
        return max(theme.px(self.width), title + 2 * theme.px(_OFFSET) + 1)


class TableModel(QAbstractTableModel, Generic[R]):
    """Rows in display order. `sentence` describes a row for screen readers.

    `key` identifies rows across updates: in a `steady` list, remaining rows are not reset while
    others are inserted or removed. Column -1 is the original order.
    """

    #: The view reached the end of the loaded rows.
    more_requested = Signal()

    def __init__(
        self,
        columns: Iterable[Column],
        sentence: Callable[[R], str],
        parent: QObject | None = None,
        *,
        key: Callable[[R], object] | None = None,
        steady: bool = False,
    ) -> None:
        super().__init__(parent)
        self._steady = steady
        self.columns = tuple(columns)
        self.rows: list[R] = []
        self._all: tuple[R, ...] = ()
        self._ordered: list[R] = []
        self._sift: Callable[[list[R]], list[R]] | None = None
        self._sentence, self._key = sentence, key
        self._more = False
        self.sorted_by, self._descending = -1, True

    # -- rows --------------------------------------------------------------------------------------

    @property
    def total(self) -> int:
        """The number of rows including filtered ones."""
        return len(self._all)

    def show_rows(self, rows: Sequence[R], *, more: bool = False) -> None:
        """Replace the rows; `more` is whether further ones can be loaded."""
        self._all, self._more = tuple(rows), more
        self._sort_rows()

    def sift(self, predicate: Callable[[list[R]], list[R]] | None) -> None:
        """Filter the rows by `predicate`; None shows all."""
        self._sift = predicate
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column, stably; -1 restores the original order."""
        self.sorted_by, self._descending = column, order == Qt.SortOrder.DescendingOrder
        self._sort_rows()

    def key_of(self, row: R) -> object:
        """The key of a row."""
        return self._key(row) if self._key is not None else None

    def row_of(self, key: object) -> int:
        """The row number of a key, or -1."""
        name = self._key
        return next((at for at, row in enumerate(self.rows) if name and name(row) == key), -1)

    def repaint_rows(self, keys: Collection[object] | None = None) -> None:
        """Signal that these rows, or all, must be repainted."""
        for at, row in enumerate(self.rows):
            if keys is None or (self._key is not None and self._key(row) in keys):
                self.dataChanged.emit(self.index(at, 0), self.index(at, len(self.columns) - 1))

    def _sort_rows(self) -> None:
        """Sort once; filtering keeps the order."""
        self._ordered = list(self._all)
        order = self.columns[self.sorted_by].order if self.sorted_by >= 0 else None
        if order is not None:
            self._ordered.sort(key=order, reverse=self._descending)
        self._arrange()

    def _arrange(self) -> None:
        result = self._ordered if self._sift is None else self._sift(list(self._ordered))
        previous, key = self.rows, self._key
        old, new = ([key(row) for row in rows] if key else [] for rows in (previous, result))
        if self._steady or (old and new[: len(old)] == old):
            places = {name: at for at, name in enumerate(old)}
            stays = _rising([places.get(name, -1) for name in new])
            removed = _holes([places[new[at]] for at in stays], len(old))
            inserted = _holes(stays, len(new))
            if len(removed) + len(inserted) <= _MAX_STEPS:
                self._change_rows(result, removed, inserted)
                for at in stays:
                    before = previous[places[new[at]]]
                    if before is not result[at] and before != result[at]:
                        end = self.index(at, len(self.columns) - 1)
                        self.dataChanged.emit(self.index(at, 0), end)
                return
        self.beginResetModel()
        self.rows = result
        self.endResetModel()

    def _change_rows(self, result: list[R], removed: list[Range], inserted: list[Range]) -> None:
        """Remove rows from the end, then insert from the start."""
        none, self.rows = QModelIndex(), list(self.rows)
        for first, end in reversed(removed):
            self.beginRemoveRows(none, first, end - 1)
            del self.rows[first:end]
            self.endRemoveRows()
        for first, end in inserted:
            self.beginInsertRows(none, first, end - 1)
            self.rows[first:first] = result[first:end]
            self.endInsertRows()
        self.rows = result

    # -- Qt interface ------------------------------------------------------------------------------

    def canFetchMore(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008
        return self._more and not parent.isValid()

    def fetchMore(self, parent: Index = QModelIndex()) -> None:  # noqa: B008
        if self._more and not parent.isValid():
            self.more_requested.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Role.DisplayRole:
            return self.columns[section].title
        return _aligned(self.columns[section]) if role == Role.TextAlignmentRole else None

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self.rows):
            return None
        row, column = self.rows[index.row()], self.columns[index.column()]
        if role == ROW_ROLE:
            return row
        if role == Role.DisplayRole:
            return column.text(row)
        if role == Role.AccessibleTextRole:
            if column.spoken is not None:
                return column.spoken(row)
            if not index.column():
                return self._sentence(row)
            return f"{column.title}: {column.text(row) or tr('none')}"
        if role == Role.ToolTipRole:
            return self._sentence(row) if column.tip is None else column.tip(row)
        return _aligned(column) if role == Role.TextAlignmentRole else None


class Cell(cells.Painted):
    """Paints a cell of a `TableModel` in the style of its column, mirrored if needed."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        model: Any = index.model()
        column: Column = model.columns[index.column()]
        wide = QFontMetrics(theme.font("body")).horizontalAdvance(str(index.data()))
        return QSize(wide + theme.px(column.extra), theme.px(28))

    def draw(self, painter: QPainter, option: Any, index: Index) -> None:
        row, model = index.data(ROW_ROLE), index.model()  # type: Any, Any
        column: Column = model.columns[index.column()]
        style, mirrored = column.style(row), cells.is_mirrored(option)
        box = QRectF(option.rect).adjusted(theme.px(8), 0, -theme.px(8), 0)
        box = _begin(painter, box, style, mirrored)
        if box.width() > 0:
            subtitle = column.subtitle(row) if column.subtitle is not None else ""
            weight = QFont.Weight.Medium if style.strong else None
            painter.setFont(theme.font(style.font, weight, serif=style.serif))
            painter.setPen(theme.colour(style.ink))
            alignment = cells.leading(mirrored is not column.number)
            half = painter.fontMetrics().height() / 2 + 1 if subtitle else 0.0
            cells.write(painter, box.translated(0, -half), str(index.data()), alignment)
            if subtitle:
                # The subtitle: a note below a quotation, or a page below a title.
                painter.setFont(theme.font(style.font))
                painter.setPen(theme.colour("text" if style.serif else "text3"))
                cells.write(painter, box.translated(0, half), subtitle, alignment)


def _begin(painter: QPainter, box: QRectF, style: CellStyle, mirrored: bool) -> QRectF:
    """Paint the icon or bar; return the remaining rectangle."""
    if style.bar is not None:
        wide = theme.px(style.bar_width) or box.width()
        left = box.right() - wide if mirrored else box.left()
        well = QRectF(left, box.center().y() - theme.px(2), wide, theme.px(4))
        bar(painter, well, style.bar, style.bar_ink, mirrored=mirrored)
        room = wide + theme.px(style.bar_room)
    elif style.sign or style.draw is not None:
        wide, inset = theme.px(style.sign_size), theme.px(style.inset)
        left = box.right() - inset - wide if mirrored else box.left() + inset
        sign = QRectF(left, box.center().y() - wide / 2, wide, wide)
        if style.draw is not None:
            style.draw(painter, sign)
        else:
            theme.paint_icon(painter, style.sign, sign, style.sign_ink)
        room = theme.px(style.sign_room)
    else:
        return box
    return box.adjusted(0, 0, -room, 0) if mirrored else box.adjusted(room, 0, 0, 0)


def _aligned(column: Column) -> int:
    side = Qt.AlignmentFlag.AlignRight if column.number else Qt.AlignmentFlag.AlignLeft
    return int((side | Qt.AlignmentFlag.AlignVCenter).value)


class TableView(QTableView, Generic[R]):
    """A table without grid that selects rows and has keyboard actions.

    `hide_order` are the columns hidden first when space is short; `min_width` is reserved for
    columns of width 0, in pixels; `high` is the row height.
    """

    #: The row to open, after Enter or a double click.
    opened = Signal(object)

    def __init__(
        self,
        model: TableModel[R],
        name: str,
        *,
        hide_order: Sequence[str] = (),
        min_width: int = 0,
        high: int = 34,
        sortable: bool = False,
    ) -> None:
        super().__init__()
        self.rows = model
        self._give_way, self._least, self._high = tuple(hide_order), min_width, high
        self._idle: frozenset[str] = frozenset()
        #: The widths that the user chose, at the default text size.
        self.widths: dict[str, int] = {}
        self.setModel(model)
        self.setItemDelegate(Cell(self))
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        vertical, head = self.verticalHeader(), self.horizontalHeader()
        vertical.hide()
        head.setHighlightSections(False)
        head.setAccessibleName(tr("Columns"))
        head.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        head.setSectionsClickable(sortable)
        head.setSortIndicatorShown(sortable)
        if sortable:
            head.setSortIndicatorClearable(True)
            head.setSortIndicator(-1, Qt.SortOrder.DescendingOrder)
        for header in (head, vertical):
            # A header would check for every row whether its column is selected: half a second for
            # ten thousand rows. It shows no selection, so it gets an empty one.
            header.setSelectionModel(QItemSelectionModel(model, header))
        for at, item in enumerate(model.columns):
            if not item.width:
                head.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
        self.activated.connect(self._open)
        theme.render(self, self._fit)

    def _open(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self.rows.rows):
            self.opened.emit(self.rows.rows[index.row()])

    def add_way(
        self, text: str, call: Callable[[], object], *keys: Qt.Key | QKeySequence.StandardKey
    ) -> QAction:
        """Add an action on the selected rows, with shortcuts and in the context menu."""
        action = QAction(text, self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda _on=False: call())
        self.addAction(action)
        return action

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.actions() and self.selectionModel().hasSelection():
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addActions(self.actions())
            menu.popup(event.globalPos())

    def chosen(self) -> R | None:
        """The selected row."""
        at = self.currentIndex().row()
        if not 0 <= at < len(self.rows.rows):
            return None
        picked = self.selectionModel().isRowSelected(at, QModelIndex())
        return self.rows.rows[at] if picked else None

    def picked(self) -> list[R]:
        """The selected rows in display order."""
        # Not `selectedRows`, which checks every cell.
        selection = self.selectionModel().selection()
        stretches = [selection.at(n) for n in range(selection.count())]
        rows = sorted(
            {at for stretch in stretches for at in range(stretch.top(), stretch.bottom() + 1)}
        )
        return [self.rows.rows[at] for at in rows if at < len(self.rows.rows)]

    def choose(self, key: object) -> bool:
        """Select the row of a key and scroll to it; return False if missing."""
        at = self.rows.row_of(key)
        if at < 0:
            return False
        index = self.rows.index(at, 0)
        self.selectionModel().setCurrentIndex(index, _FLAGS.ClearAndSelect | _FLAGS.Rows)
        self.scrollTo(index)
        return True

    def reselect(self, *keys: object) -> None:
        """Restore a selection after a reset, without a signal.

        The first key is that of the current row.
        """
        with QSignalBlocker(self.selectionModel()):
            self.pick(keys)
        self.viewport().update()

    def pick(self, keys: Collection[object]) -> None:
        """Select exactly the rows of these keys."""
        requested, selection, picks = frozenset(keys), QItemSelection(), self.selectionModel()
        rows = [n for n, row in enumerate(self.rows.rows) if self.rows.key_of(row) in requested]
        stretches = _stretches(rows)
        final = len(self.rows.columns) - 1
        # Qt compares all pairs of ranges, so thousands of them would freeze the window.
        for top, end in stretches if len(stretches) <= _MAX_STRETCHES else ():
            selection.select(self.rows.index(top, 0), self.rows.index(end, final))
        picks.select(selection, _FLAGS.ClearAndSelect)
        if not rows:
            picks.clear()
        elif self.currentIndex().row() not in rows:
            at = next(n for n in map(self.rows.row_of, keys) if n >= 0)
            picks.setCurrentIndex(self.rows.index(at, 0), _FLAGS.NoUpdate)

    def show_rows(self, rows: Sequence[R]) -> None:
        """Replace the rows, keeping selection and scroll position without a signal."""
        retained, at = self.picked_keys(), self.verticalScrollBar().value()
        self.rows.show_rows(rows)
        self.reselect(*retained)
        self.verticalScrollBar().setValue(at)

    def sort_rows(self, column: int, order: Qt.SortOrder) -> None:
        """Sort by a column, keeping the selection without a signal."""
        retained = self.picked_keys()
        self.rows.sort(column, order)
        self.reselect(*retained)

    def picked_keys(self) -> list[object]:
        """The keys of the selected rows, current one first."""
        current = self.chosen()
        first = [] if current is None else [current]
        return list(map(self.rows.key_of, [*first, *self.picked()]))

    # -- columns -----------------------------------------------------------------------------------

    def wide(self, column: Column) -> int:
        """The width of a column while it is visible, in pixels."""
        chosen = self.widths.get(column.key)
        return theme.px(chosen) if chosen else column.wide

    def _fit(self) -> None:
        """Scale sizes with the text size."""
        head, vertical = self.horizontalHeader(), self.verticalHeader()
        head.setMinimumSectionSize(theme.px(36))
        for at, item in enumerate(self.rows.columns):
            if item.width:
                head.resizeSection(at, self.wide(item))
        vertical.setMinimumSectionSize(theme.px(self._high))
        vertical.setDefaultSectionSize(theme.px(self._high))
        self._show_columns()
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_columns()

    def leave_out(self, idle: frozenset[str]) -> None:
        """Hide columns that have the same value in every row."""
        if idle != self._idle:
            self._idle = idle
            self._show_columns()

    def _show_columns(self) -> None:
        if not self._give_way:
            return
        room = self.viewport().width() - theme.px(self._least)
        visible = {
            column.key: self.wide(column)
            for column in self.rows.columns
            if column.key not in self._idle
        }
        for key in self._give_way:
            if sum(visible.values()) > room:
                visible.pop(key, None)
        for at, column in enumerate(self.rows.columns):
            if self.isColumnHidden(at) == (column.key in visible):
                self.setColumnHidden(at, column.key not in visible)


def _rising(places: Sequence[int]) -> list[int]:
    """Indices of a longest increasing subsequence; negative values are skipped."""
    values: list[int] = []
    ends: list[int] = []
    before = [-1] * len(places)
    for at, place in enumerate(places):
        if place >= 0:
            slot = bisect_left(values, place)
            before[at] = ends[slot - 1] if slot else -1
            values[slot : slot + 1], ends[slot : slot + 1] = [place], [at]
    result, at = [], ends[-1] if ends else -1
    while at >= 0:
        result.append(at)
        at = before[at]
    return result[::-1]


def _holes(rising: Sequence[int], length: int) -> list[Range]:
    """The ranges of 0…length not covered by `rising`."""
    pairs = zip((-1, *rising), (*rising, length), strict=True)
    return [(previous + 1, at) for previous, at in pairs if at > previous + 1]


def _stretches(rows: list[int]) -> list[tuple[int, int]]:
    """Group sorted row numbers into ranges (first, last)."""
    results: list[tuple[int, int]] = []
    for at in rows:
        if results and results[-1][1] == at - 1:
            results[-1] = (results[-1][0], at)
        else:
            results.append((at, at))
    return results
