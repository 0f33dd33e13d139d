"""The view of the table of facts and notes: columns give way to the words where room is short."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from workbench.ui.components.tables import TableView
from workbench.ui.language import tr
from workbench.ui.memories.model import MemoryTable
from workbench.ui.memories.rows import Memory

#: Columns that give way to the words, the first of them first.
_GIVE_WAY = ("kind", "by", "scope", "since", "strength", "state")
_LEAST_TEXT = 260
_WAYS = (
    ("edit", tr("Edit"), Qt.Key.Key_F2),
    ("strengthen", tr("Strengthen"), Qt.Key.Key_Plus),
    ("forget", tr("Forget…"), QKeySequence.StandardKey.Delete),
)


class MemoryView(TableView[Memory]):
    """One row is chosen at a time; `ways` are what can be done with it, by their names."""

    def __init__(self, model: MemoryTable) -> None:
        super().__init__(
            model, tr("Facts and notes"), give_way=_GIVE_WAY, least=_LEAST_TEXT, sortable=True
        )
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu_at)
        self.ways = {name: self._make_way(text, keys) for name, text, keys in _WAYS}

    def _make_way(self, text: str, keys: Qt.Key | QKeySequence.StandardKey) -> QAction:
        action = QAction(text, self, shortcut=QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.addAction(action)
        return action

    def _menu_at(self, point: QPoint) -> None:
        if self.chosen() is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self.actions())
        menu.popup(self.viewport().mapToGlobal(point))
