"""The columns of the table of sources: chosen, widened, remembered; some give way to the title."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView, QToolButton

from workbench.settings import Columns
from workbench.ui import theme
from workbench.ui.components import drop_menu, ticked, tool
from workbench.ui.language import tr
from workbench.ui.library.model import COLUMNS, KEYS

#: Columns that give way to the title, the first of them first; the state of a source stays.
_HIDE_ORDER = (
    "place", "tags", "language", "size", "date", "collections", "pages", "type", "added",
    "passages", "author",
)  # fmt: skip
_MIN_TITLE = 150
_HIDDEN_WHEN_NARROW = (
    "added", "type", "date", "language", "collections", "tags", "place", "size",
)  # fmt: skip


class ColumnChoice(QObject):
    """Keeps what was chosen, of hidden columns too; `press` is the button that offers them."""

    def __init__(self, table: QTableView, columns: Columns) -> None:
        super().__init__(table)
        self._table = table
        self._columns = columns
        self._narrow = False
        self._scale = theme.px(1000)
        #: The width of every column, of hidden ones too, in pixels.
        self._wide = [columns.widths.get(column.key, column.wide) for column in COLUMNS]
        self.actions: dict[str, QAction] = {}
        self.press = self._make_press()

    def _make_press(self) -> QToolButton:
        press = tool("sliders", tr("Columns"))
        menu = QMenu(tr("Columns"), press)
        for item in COLUMNS[1:]:
            visible = item.key in self._columns.shown
            choose = partial(self._choose, item.key)
            self.actions[item.key] = ticked(menu, item.title, choose, on=visible)
        drop_menu(press, menu)
        return press

    def restore(self) -> None:
        """Put the table as it was left: widths, order, columns."""
        head, columns = self._table.horizontalHeader(), self._columns
        for at, wide in enumerate(self._wide):
            head.resizeSection(at, wide)
        head.sectionResized.connect(self._resized)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        by = KEYS.index(columns.sorted_by) if columns.sorted_by in KEYS else KEYS.index("added")
        order = Qt.SortOrder.DescendingOrder if columns.descending else Qt.SortOrder.AscendingOrder
        self._table.setSortingEnabled(True)
        self._table.sortByColumn(by, order)
        self.show()

    def current(self) -> Columns:
        """The choice as it is now, to be remembered."""
        head = self._table.horizontalHeader()
        return Columns(
            shown=self._columns.shown,
            widths={column.key: self._wide[at] for at, column in enumerate(COLUMNS) if at},
            sorted_by=KEYS[head.sortIndicatorSection()],
            descending=head.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder,
        )

    def set_narrow(self, narrow: bool) -> None:
        """Hide the columns that can be had elsewhere when there is little room."""
        self._narrow = narrow
        self.show()

    def fit(self) -> bool:
        """Follow the size of the text; returns whether it has changed."""
        head, previous = self._table.horizontalHeader(), self._scale
        self._scale = theme.px(1000)
        if previous == self._scale:
            return False
        # The widths that were chosen grow with the text.
        for at in range(1, head.count()):
            self._wide[at] = round(self._wide[at] * self._scale / previous)
            head.resizeSection(at, self._wide[at])
        self.show()
        return True

    def show(self) -> None:
        """Show the columns that there is room for."""
        hidden = set(_HIDDEN_WHEN_NARROW) if self._narrow else set()
        visible = {key for key in self._columns.shown if key not in hidden}
        room = self._table.viewport().width() - theme.px(_MIN_TITLE)
        for key in _HIDE_ORDER:
            wide = sum(self._wide[at] for at, item in enumerate(COLUMNS) if item.key in visible)
            if wide > room:
                visible.discard(key)
        for at, item in enumerate(COLUMNS[1:], start=1):
            if self._table.isColumnHidden(at) == (item.key in visible):
                self._table.setColumnHidden(at, item.key not in visible)

    def _resized(self, section: int, _old: int, new: int) -> None:
        # A column that is hidden is told as one of no width, and the title takes what is left.
        if new > 0 and section > 0:
            self._wide[section] = new

    def _choose(self, key: str, on: bool) -> None:
        previous = self._columns.shown
        visible = tuple(k for k in KEYS if (on if k == key else k in previous))
        self._columns = replace(self._columns, shown=visible)
        self.show()
