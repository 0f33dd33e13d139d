"""The left dock: Everything, the collections with their counts, New collection, Trash."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from workbench.ui import theme
from workbench.ui.components import words
from workbench.ui.components.boxes import column, holder, row
from workbench.ui.components.controls import tool
from workbench.ui.components.words import Elided
from workbench.ui.library.tab import Scope
from workbench.ui.window.shelf import Shelf

Index = QModelIndex | QPersistentModelIndex
_SCOPE = int(Qt.ItemDataRole.UserRole)
_NAME, _COUNT = 0, 1


class CollectionsPanel(QWidget):
    """Choose what the Library tab shows; collections take drops."""

    scope_changed = Signal(object)

    def __init__(self, shelf: Shelf) -> None:
        super().__init__()
        self._shelf = shelf
        self._scope = Scope()
        self._quiet = False
        self._draft: QTreeWidgetItem | None = None
        self._draft_sources: tuple[int, ...] = ()
        self.title = Elided("", "section")
        self.new_button = tool("add", "New collection")
        self.new_button.clicked.connect(lambda: self.begin_new())
        self.tree = self._make_tree()
        head = row(self.title, self.new_button, margins=(16, 10, 8, 2))
        tree = holder(column(self.tree, margins=(8, 0, 8, 0)))
        self.setLayout(column(head, tree, gap=2))
        self.setProperty("paper", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Collections")
        theme.watch(self, self._fill)
        shelf.collections_changed.connect(self._fill)
        shelf.sources_changed.connect(self._fill)
        self._fill()

    def _make_tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setHeaderHidden(True)
        tree.setColumnCount(2)
        tree.setRootIsDecorated(False)
        tree.setIndentation(0)
        tree.setUniformRowHeights(True)
        tree.setAccessibleName("Collections")
        tree.setItemDelegate(_Row(tree))
        tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        tree.customContextMenuRequested.connect(self._menu_at)
        head = tree.header()
        head.setStretchLastSection(False)
        head.setMinimumSectionSize(theme.px(20))
        head.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(_COUNT, QHeaderView.ResizeMode.ResizeToContents)
        tree.currentItemChanged.connect(self._chosen)
        tree.itemActivated.connect(self._activated)
        tree.itemChanged.connect(self._edited)
        return tree

    def fit(self) -> None:
        """Follow the size of the text; at 200 % the centre keeps most of a small window."""
        side = theme.px(16)
        self.tree.setIconSize(QSize(side, side))
        self.tree.header().setMinimumSectionSize(theme.px(20))
        self.setMinimumWidth(min(theme.px(180), int(self.window().width() * 0.34)))

    # -- what others ask --------------------------------------------------------------------------

    @property
    def scope(self) -> Scope:
        """What is chosen."""
        return self._scope

    def choose(self, scope: Scope) -> None:
        """Choose a scope, as by a click."""
        for item in self._items():
            if item.data(_NAME, _SCOPE) == scope:
                self.tree.setCurrentItem(item)

    def scope_at(self, point: QPoint, window: QWidget) -> tuple[Scope, QRect] | None:
        """The scope under a point of the window, with its rectangle there; None elsewhere."""
        viewport = self.tree.viewport()
        item = self.tree.itemAt(viewport.mapFrom(window, point))
        inside = viewport.rect().contains(viewport.mapFrom(window, point))
        scope = item.data(_NAME, _SCOPE) if item is not None and inside else None
        if item is None or not isinstance(scope, Scope):
            return None
        rect = self.tree.visualItemRect(item)
        rect.setLeft(0)
        rect.setWidth(viewport.width())
        return scope, QRect(viewport.mapTo(window, rect.topLeft()), rect.size())

    def begin_new(self, sources: tuple[int, ...] = ()) -> None:
        """Type the name of a new collection, in place; `sources` go into it."""
        if self._draft is not None:
            return
        self._draft_sources = sources
        self._quiet = True
        draft = QTreeWidgetItem([""])
        draft.setIcon(_NAME, theme.icon("folder"))
        draft.setFlags(draft.flags() | Qt.ItemFlag.ItemIsEditable)
        self.tree.insertTopLevelItem(self.tree.topLevelItemCount() - 2, draft)
        self._draft = draft
        self._quiet = False
        self.tree.scrollToItem(draft)
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)
        self.tree.editItem(draft, _NAME)
        delegate = self.tree.itemDelegate()
        delegate.closeEditor.connect(self._closed, Qt.ConnectionType.SingleShotConnection)

    # -- inside -----------------------------------------------------------------------------------

    def _items(self) -> list[QTreeWidgetItem]:
        found = (self.tree.topLevelItem(at) for at in range(self.tree.topLevelItemCount()))
        return [item for item in found if item is not None]

    def _fill(self) -> None:
        if self._draft is not None:
            return
        shelf = self._shelf
        self.title.setText(shelf.path.stem)
        self._quiet = True
        self.tree.clear()
        total = len(shelf.sources)
        self._add("library", "Everything", total, Scope())
        for each in shelf.collections:
            self._add("folder", each.name, each.sources, Scope(each.name))
        self._add("add", "New collection…", 0, None)
        self._add("trash", "Trash", len(shelf.trashed), Scope(trash=True))
        wanted = [item for item in self._items() if item.data(_NAME, _SCOPE) == self._scope]
        self.tree.setCurrentItem(wanted[0] if wanted else self._items()[0])
        self._quiet = False
        if not wanted:
            self._take(Scope())

    def _add(self, glyph: str, text: str, count: int, scope: Scope | None) -> None:
        item = QTreeWidgetItem([text, words.number(count) if count else ""])
        item.setIcon(_NAME, theme.icon(glyph))
        item.setData(_NAME, _SCOPE, scope)
        item.setToolTip(_NAME, text)
        item.setTextAlignment(_COUNT, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.setFont(_COUNT, theme.font("caption", QFont.Weight.Normal))
        item.setForeground(_COUNT, theme.colour("text3"))
        spoken = f"{text}, {words.count(count, 'source')}" if scope is not None else text
        item.setData(_NAME, Qt.ItemDataRole.AccessibleTextRole, spoken)
        if scope is None:
            item.setForeground(_NAME, theme.colour("text2"))
        self.tree.addTopLevelItem(item)

    def _chosen(self, item: QTreeWidgetItem | None) -> None:
        scope = item.data(_NAME, _SCOPE) if item is not None else None
        if not self._quiet and isinstance(scope, Scope):
            self._take(scope)

    def _take(self, scope: Scope) -> None:
        if scope != self._scope:
            self._scope = scope
            self.scope_changed.emit(scope)

    def _activated(self, item: QTreeWidgetItem) -> None:
        if item.data(_NAME, _SCOPE) is None and item is not self._draft:
            self.begin_new()

    def _edited(self, item: QTreeWidgetItem) -> None:
        if item is not self._draft or self._quiet:
            return
        name = " ".join(item.text(_NAME).split())
        self._draft = None
        if name:
            sources = self._draft_sources
            self._shelf.create_collection(
                name, done=lambda row: self._shelf.assign(sources, row.name)
            )

    def _closed(self) -> None:
        self._draft = None
        self._fill()

    def _menu_at(self, point: QPoint) -> None:
        item = self.tree.itemAt(point)
        scope = item.data(_NAME, _SCOPE) if item is not None else None
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("New collection…").triggered.connect(lambda: self.begin_new())
        if isinstance(scope, Scope) and scope.collection is not None:
            name = scope.collection
            remove = menu.addAction(f"Remove “{name}” (its sources stay)")
            remove.triggered.connect(lambda: self._shelf.remove_collection(name))
        menu.popup(self.tree.viewport().mapToGlobal(point))


class _Row(QStyledItemDelegate):
    """Rows of 28 px, with a bar at the left where the focus is."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width() + theme.px(6), theme.px(28))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        view: Any = option
        if view.state & QStyle.StateFlag.State_HasFocus and index.column() == _NAME:
            rect = QRect(view.rect)
            mirrored = view.direction == Qt.LayoutDirection.RightToLeft
            left = rect.right() - theme.px(3) + 1 if mirrored else rect.left()
            bar = QRect(left, rect.top(), theme.px(3), rect.height())
            painter.fillRect(bar, theme.colour("accent"))
