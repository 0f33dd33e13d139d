"""The left dock: Everything, collections and tags with counts, Fading, Trash."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from workbench.ui import theme
from workbench.ui.components import Elided, cells, column, fill, holder, on_key, row, tool, words
from workbench.ui.language import tr
from workbench.ui.library.scope import Scope
from workbench.ui.shelf import labels
from workbench.ui.shelf.shelf import Shelf

_SCOPE = int(Qt.ItemDataRole.UserRole)
_NEW, _TAGS = tr("New collection…"), tr("Tags")
_NAME, _COUNT = 0, 1


class CollectionsPanel(QWidget):
    """Selects the scope of the Library tab; collections and tags accept drops."""

    scope_changed = Signal(object)
    #: The current scope was clicked again.
    reselected = Signal()

    def __init__(self, shelf: Shelf) -> None:
        super().__init__()
        self._shelf = shelf
        self._scope = Scope()
        #: The id of the selected collection, to follow a renaming elsewhere.
        self._known: int | None = None
        self._quiet = False
        #: The item being edited with its current name, "" for a new one.
        self._editing: tuple[QTreeWidgetItem, str] | None = None
        self._draft_sources: tuple[int, ...] = ()
        self._folded = False
        self.title = Elided("", "section")
        self.new_button = tool("add", tr("New collection"), call=lambda: self.begin_new())
        self.tree = self._make_tree()
        head = row(self.title, self.new_button, margins=(16, 10, 8, 2))
        tree = holder(column(self.tree, margins=(8, 0, 8, 0)))
        fill(self, column(head, tree, gap=2), "canvas", tr("Collections"))
        theme.watch(self, self._fill)
        shelf.collections_changed.connect(self._fill)
        shelf.sources_changed.connect(self._fill)
        shelf.fading_changed.connect(self._fill)
        shelf.renamed.connect(self._renamed)
        self._fill()

    def _make_tree(self) -> QTreeWidget:
        tree = QTreeWidget(columnCount=2)
        tree.setHeaderHidden(True)
        tree.setRootIsDecorated(False)
        tree.setIndentation(theme.px(14))
        tree.setExpandsOnDoubleClick(False)
        tree.setUniformRowHeights(True)
        tree.setAccessibleName(tr("Collections"))
        tree.setItemDelegate(cells.Row(tree, 28, wide=True))
        tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        tree.customContextMenuRequested.connect(self._menu_at)
        head = tree.header()
        head.setStretchLastSection(False)
        head.setMinimumSectionSize(theme.px(20))
        head.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(_COUNT, QHeaderView.ResizeMode.ResizeToContents)
        tree.currentItemChanged.connect(self._select)
        tree.itemActivated.connect(self._activated)
        tree.itemClicked.connect(self._clicked)
        tree.itemChanged.connect(self._edited)
        tree.itemCollapsed.connect(lambda item: self._fold(item, folded=True))
        tree.itemExpanded.connect(lambda item: self._fold(item, folded=False))
        on_key(tree, Qt.Key.Key_F2, self.begin_rename)
        return tree

    def fit(self) -> None:
        """Scale with the text size."""
        side = theme.px(16)
        self.tree.setIconSize(QSize(side, side))
        self.tree.setIndentation(theme.px(14))
        self.tree.header().setMinimumSectionSize(theme.px(20))

    # -- public API --------------------------------------------------------------------------------

    @property
    def scope(self) -> Scope:
        """The selected scope."""
        return self._scope

    def choose(self, scope: Scope) -> None:
        """Select a scope."""
        if scope.fading and not self._shelf.fading and not self._scope.fading:
            # Without fading memories there is no item for the scope.
            self._scope = scope
            self._fill()
            self.scope_changed.emit(scope)
            return
        for item in self._items():
            if item.data(_NAME, _SCOPE) == scope:
                self.tree.setCurrentItem(item)

    def scope_at(self, point: QPoint, window: QWidget) -> tuple[Scope, QRect] | None:
        """The scope at a point of the window, and its rectangle there; None if there is none."""
        viewport = self.tree.viewport()
        item = self.tree.itemAt(viewport.mapFrom(window, point))
        inside = viewport.rect().contains(viewport.mapFrom(window, point))
        scope = item.data(_NAME, _SCOPE) if item is not None and inside else None
        if item is None or not isinstance(scope, Scope) or scope.fading:
            return None
        rect = self.tree.visualItemRect(item)
        rect.setLeft(0)
        rect.setWidth(viewport.width())
        return scope, QRect(viewport.mapTo(window, rect.topLeft()), rect.size())

    def begin_new(self, sources: tuple[int, ...] = ()) -> None:
        """Edit the name of a new collection in place; `sources` are added to it."""
        if self._editing is not None:
            return
        self._draft_sources = sources
        self._quiet = True
        draft = QTreeWidgetItem([""])
        draft.setIcon(_NAME, theme.icon("folder"))
        draft.setFlags(draft.flags() | Qt.ItemFlag.ItemIsEditable)
        previous = next(item for item in self._items() if item.text(_NAME) == _NEW)
        self.tree.insertTopLevelItem(self.tree.indexOfTopLevelItem(previous), draft)
        self._edit(draft, "")

    def begin_rename(self) -> None:
        """Edit the name of the selected collection in place."""
        item, name = self.tree.currentItem(), self._scope.collection
        if self._editing is None and item is not None and name is not None:
            self._quiet = True
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            self._edit(item, name)

    def remove_current(self) -> None:
        """Remove the selected collection; its sources are kept."""
        if self._scope.collection is not None:
            self._shelf.remove_collection(self._scope.collection)

    def remove_tag(self, tag: str) -> None:
        """Remove a tag from all its sources."""
        sources = (*self._shelf.sources, *self._shelf.trashed)
        ids = [row.id for row in sources if tag in row.tags]
        labels.tag(self._shelf, ids, tag, off=True)

    def _edit(self, item: QTreeWidgetItem, name: str) -> None:
        self._editing, self._quiet = (item, name), False
        self.tree.scrollToItem(item)
        self.tree.setFocus()
        self.tree.editItem(item, _NAME)
        delegate = self.tree.itemDelegate()
        delegate.closeEditor.connect(self._closed, Qt.ConnectionType.SingleShotConnection)

    # -- implementation ----------------------------------------------------------------------------

    def _items(self) -> list[QTreeWidgetItem]:
        result = (self.tree.topLevelItem(at) for at in range(self.tree.topLevelItemCount()))
        tops = [item for item in result if item is not None]
        positions = [(item, at) for item in tops for at in range(item.childCount())]
        inner = [entry for item, at in positions if (entry := item.child(at)) is not None]
        return [*tops, *inner]

    def _fill(self) -> None:
        if self._editing is not None:
            return
        shelf = self._shelf
        self.title.setText(shelf.path.stem)
        self._quiet = True
        self.tree.clear()
        followed = self._followed()
        total = len(shelf.sources)
        self._add("library", tr("Everything"), total, Scope())
        for collection in shelf.collections:
            self._add("folder", collection.name, collection.sources, Scope(collection.name))
        self._add("add", _NEW, 0, None)
        if shelf.tags:
            heading = self._add("tag", _TAGS, 0, None)
            speech = f"{_TAGS}, {words.count(len(shelf.tags), 'tag')}"
            heading.setData(_NAME, Qt.ItemDataRole.AccessibleTextRole, speech)
            for tag in shelf.tags:
                self._add("tag", tag.name, tag.sources, Scope(tag=tag.name), heading)
            heading.setExpanded(not self._folded)
            heading.setIcon(_COUNT, theme.icon("right" if self._folded else "down"))
        if shelf.fading or self._scope.fading:
            self._add("fading", tr("Fading"), shelf.fading, Scope(fading=True))
        self._add("trash", tr("Trash"), len(shelf.trashed), Scope(trash=True))
        requested = [item for item in self._items() if item.data(_NAME, _SCOPE) == followed]
        self.tree.setCurrentItem(requested[0] if requested else self._items()[0])
        self._quiet = False
        self._take(followed if requested else Scope())

    def _followed(self) -> Scope:
        """The selected scope, with the current name of its collection."""
        by_name = {collection.name: collection.id for collection in self._shelf.collections}
        if self._scope.collection is not None and self._scope.collection not in by_name:
            names = [
                collection.name
                for collection in self._shelf.collections
                if collection.id == self._known
            ]
            return Scope(names[0]) if names else self._scope
        self._known = by_name.get(self._scope.collection or "")
        return self._scope

    def _add(
        self,
        glyph: str,
        text: str,
        count: int,
        scope: Scope | None,
        above: QTreeWidgetItem | None = None,
    ) -> QTreeWidgetItem:
        item = QTreeWidgetItem([text, words.number(count) if count else ""])
        item.setIcon(_NAME, theme.icon(glyph))
        item.setData(_NAME, _SCOPE, scope)
        item.setToolTip(_NAME, text)
        item.setTextAlignment(_COUNT, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.setFont(_COUNT, theme.font("caption", QFont.Weight.Normal))
        item.setForeground(_COUNT, theme.colour("text3"))
        kind = tr("Tag ") if above is not None else ""
        singular, plural = ("memory", "memories") if scope == Scope(fading=True) else ("source", "")
        speech = (
            f"{kind}{text}, {words.count(count, singular, plural)}" if scope is not None else text
        )
        item.setData(_NAME, Qt.ItemDataRole.AccessibleTextRole, speech)
        # Screen readers also visit this cell, and say nothing for an empty one.
        item.setData(_COUNT, Qt.ItemDataRole.AccessibleTextRole, speech)
        if scope is None:
            item.setForeground(_NAME, theme.colour("text2"))
        if above is not None:
            above.addChild(item)
        else:
            self.tree.addTopLevelItem(item)
        return item

    def _select(self, item: QTreeWidgetItem | None) -> None:
        scope = item.data(_NAME, _SCOPE) if item is not None else None
        if not self._quiet and isinstance(scope, Scope):
            self._take(scope)

    def _take(self, scope: Scope) -> None:
        if scope != self._scope:
            self._scope = scope
            self._followed()
            self.scope_changed.emit(scope)

    def _activated(self, item: QTreeWidgetItem) -> None:
        if item.text(_NAME) == _TAGS and item.childCount():
            item.setExpanded(not item.isExpanded())
        elif item.data(_NAME, _SCOPE) is None and self._editing is None:
            self.begin_new()
        elif item.data(_NAME, _SCOPE) == self._scope:
            self.reselected.emit()

    def _clicked(self, item: QTreeWidgetItem, section: int) -> None:
        if section == _COUNT and item.childCount():
            item.setExpanded(not item.isExpanded())
        elif item.data(_NAME, _SCOPE) == self._scope:
            self.reselected.emit()

    def _fold(self, item: QTreeWidgetItem, *, folded: bool) -> None:
        if not self._quiet:
            self._folded = folded
            item.setIcon(_COUNT, theme.icon("right" if folded else "down"))

    def _renamed(self, name: str, new: str) -> None:
        if self._scope == Scope(name):
            self._scope = Scope(new)
            self._fill()
            self.scope_changed.emit(self._scope)
        else:
            self._fill()

    def _edited(self, item: QTreeWidgetItem) -> None:
        if self._quiet or self._editing is None or item is not self._editing[0]:
            return
        previous, name = self._editing[1], " ".join(item.text(_NAME).split())
        self._editing, sources = None, self._draft_sources
        if name and previous:
            labels.rename_collection(self._shelf, previous, name)
        elif name:
            self._shelf.create_collection(
                name, done=lambda row: self._shelf.assign(sources, row.name)
            )

    def _closed(self) -> None:
        self._editing = None
        self._fill()

    def _menu_at(self, point: QPoint) -> None:
        item = self.tree.itemAt(point)
        scope = item.data(_NAME, _SCOPE) if item is not None else None
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("New collection…")).triggered.connect(lambda: self.begin_new())
        if item is not None and isinstance(scope, Scope) and scope.collection is not None:
            name = scope.collection
            self.tree.setCurrentItem(item)
            menu.addAction(tr("Rename…")).triggered.connect(self.begin_rename)
            remove = menu.addAction(tr("Remove “{name}” (its sources stay)", name=name))
            remove.triggered.connect(lambda: self._shelf.remove_collection(name))
        if isinstance(scope, Scope) and scope.tag is not None:
            tag = scope.tag
            remove = menu.addAction(tr("Remove the tag “{tag}” (its sources stay)", tag=tag))
            remove.triggered.connect(lambda: self.remove_tag(tag))
        menu.popup(self.tree.viewport().mapToGlobal(point))
