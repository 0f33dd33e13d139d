"""The view of the table of facts and notes: columns give way to the words where room is short."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QSignalBlocker, Qt
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView

from workbench.ui import theme
from workbench.ui.memories.cells import MemoryCell
from workbench.ui.memories.model import AS_TOLD, COLUMNS, KEYS, MemoryTable
from workbench.ui.memories.rows import Memory

#: Columns that give way to the words, the first of them first.
_GIVE_WAY = ("kind", "by", "scope", "since", "strength", "state")
_LEAST_TEXT = 260
_FLAGS = QItemSelectionModel.SelectionFlag
_WAYS = (
    ("edit", "Edit", Qt.Key.Key_F2),
    ("strengthen", "Strengthen", Qt.Key.Key_Plus),
    ("forget", "Forget…", QKeySequence.StandardKey.Delete),
)


class MemoryView(QTableView):
    """One row is chosen at a time; `ways` are what can be done with it, by their names."""

    def __init__(self, model: MemoryTable) -> None:
        super().__init__()
        self._rows = model
        self._idle: frozenset[str] = frozenset()
        self.setModel(model)
        self.setItemDelegate(MemoryCell(self))
        self.setAccessibleName("Facts and notes")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu_at)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._make_heads()
        self.ways = {name: self._make_way(text, keys) for name, text, keys in _WAYS}
        self._fit()
        theme.watch(self, self._fit)

    def _make_heads(self) -> None:
        vertical, head = self.verticalHeader(), self.horizontalHeader()
        vertical.hide()
        head.setHighlightSections(False)
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(True)
        head.setSortIndicatorClearable(True)
        head.setAccessibleName("Columns")
        head.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.setSortIndicator(AS_TOLD, Qt.SortOrder.DescendingOrder)
        for header in (head, vertical):
            # As in the table of sources: asked for its selection, a header looks at every row.
            header.setSelectionModel(QItemSelectionModel(self._rows, header))

    def _make_way(self, text: str, keys: Qt.Key | QKeySequence.StandardKey) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.addAction(action)
        return action

    # -- choosing ---------------------------------------------------------------------------------

    def chosen(self) -> Memory | None:
        """The chosen row."""
        at = self.currentIndex().row()
        if not 0 <= at < len(self._rows.rows):
            return None
        chosen = self.selectionModel().isRowSelected(at, QModelIndex())
        return self._rows.rows[at] if chosen else None

    def choose(self, id: int) -> bool:
        """Choose a row and scroll to it; False where none shows this."""
        at = self._rows.row_of(id)
        if at < 0:
            return False
        index = self._rows.index(at, 0)
        self.selectionModel().setCurrentIndex(index, _FLAGS.ClearAndSelect | _FLAGS.Rows)
        self.scrollTo(index)
        return True

    def keep(self, memory: Memory | None) -> None:
        """Choose a row again after the model was arranged anew, telling nobody."""
        picks = self.selectionModel()
        at = self._rows.row_of(memory.id) if memory is not None else -1
        with QSignalBlocker(picks):
            if at < 0:
                picks.clear()
            else:
                index = self._rows.index(at, 0)
                picks.setCurrentIndex(index, _FLAGS.ClearAndSelect | _FLAGS.Rows)
        self.viewport().update()

    def _menu_at(self, point: QPoint) -> None:
        if self.chosen() is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self.actions())
        menu.popup(self.viewport().mapToGlobal(point))

    # -- columns ----------------------------------------------------------------------------------

    def _fit(self) -> None:
        """Follow the size of the text."""
        head, vertical = self.horizontalHeader(), self.verticalHeader()
        head.setMinimumSectionSize(theme.px(48))
        for at, each in enumerate(COLUMNS[1:], start=1):
            head.resizeSection(at, theme.px(each.width))
        vertical.setMinimumSectionSize(theme.px(34))
        vertical.setDefaultSectionSize(theme.px(34))
        self._show_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_columns()

    def leave_out(self, idle: frozenset[str]) -> None:
        """Leave out the columns that would say the same in every row."""
        if idle != self._idle:
            self._idle = idle
            self._show_columns()

    def _show_columns(self) -> None:
        room = self.viewport().width() - theme.px(_LEAST_TEXT)
        shown = set(KEYS[1:]) - self._idle
        for key in _GIVE_WAY:
            wide = sum(theme.px(each.width) for each in COLUMNS if each.key in shown)
            if wide > room:
                shown.discard(key)
        for at, each in enumerate(COLUMNS[1:], start=1):
            if self.isColumnHidden(at) == (each.key in shown):
                self.setColumnHidden(at, each.key not in shown)
