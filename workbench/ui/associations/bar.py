"""The bar of Explore: the views, the concept, the path, and below the picture what it shows."""

from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QMenu, QToolButton, QWidget

from workbench.ui import theme
from workbench.ui.associations.filters import Filters
from workbench.ui.associations.finding import ConceptField
from workbench.ui.associations.walk import VisiblePart, Walk
from workbench.ui.components import (
    Flow,
    button,
    chip,
    column,
    drop_menu,
    holder,
    label,
    row,
    rule,
    ticked,
    tool,
    words,
)
from workbench.ui.jobs import Jobs
from workbench.ui.language import tr
from workbench.ui.window.library_actions import Shelf

_EXPORTS = (
    ("svg", tr("Picture as SVG…")),
    ("png", tr("Picture as PNG…")),
    ("csv", tr("Links as CSV…")),
)


GRAPH, LIST, PATH, TOPICS = "graph", "list", "path", "topics"
_VIEWS = {
    GRAPH: ("associations", tr("Graph")),
    LIST: ("list", tr("List")),
    PATH: ("path", tr("Path")),
    TOPICS: ("topics", tr("Topics")),
}


class WalkBar(QWidget):
    """Holds the controls; what they do is the tab's."""

    #: A view was chosen, by its name.
    view_requested = Signal(str)

    #: A collection was chosen as the scope, or None for everything.
    scoped = Signal(object)
    #: "svg", "png" or "csv"
    export_requested = Signal(str)

    def __init__(self, shelf: Shelf, jobs: Jobs) -> None:
        super().__init__()
        self._shelf = shelf
        self._collection: str | None = None
        self._missed = self._counted = ""
        self.back, self.forward = tool("left", tr("Back")), tool("right", tr("Forward"))
        self.segments: dict[str, QToolButton] = {}
        group = QButtonGroup(self)
        for name, (glyph, text) in _VIEWS.items():
            press = tool(
                glyph,
                text,
                text=True,
                kind="segment",
                checkable=True,
                call=partial(self._request_view, name),
            )
            group.addButton(press)
            self.segments[name] = press
        segments = list(self.segments.values())
        # Where it is narrow they wrap, as German words at 200 %.
        self.views = holder(Flow(segments, margins=(3, 2, 3, 2), gap=2), "sunken")
        self.views.setAccessibleName(tr("Views"))
        self.field = ConceptField(self, shelf, jobs, tr("Name"), tr("Name"), "search")
        self.path_field = ConceptField(self, shelf, jobs, tr("Path to…"), tr("Path to"))
        for item in (self.field, self.path_field):
            item.line.textChanged.connect(self._retyped)
        self.scope = chip(tr("Everything"), "library", checkable=False)
        self._scopes = QMenu(self.scope)
        self._scopes.aboutToShow.connect(self.fill_scopes)
        drop_menu(self.scope, self._scopes)
        self.filters = Filters(self)
        self.count = label("", "muted")
        self.more = button(tr("Show more"), kind="quiet")
        self.copy = tool("copy", tr("Copy the picture"))
        self.export = tool("more", tr("Export"))
        menu = QMenu(self.export)
        for kind, text in _EXPORTS:
            menu.addAction(text, partial(self.export_requested.emit, kind))
        drop_menu(self.export, menu)
        arrows = holder(row(self.back, self.forward, gap=0))
        fields = [self.field.line, self.path_field.line, self.scope]
        tools = Flow([self.views, arrows, *fields, self.count, self.copy, self.export], gap=8)
        self.setLayout(column(holder(tools), margins=(12, 8, 12, 8)))
        #: Stands below the picture and the list.
        self.legend = holder(
            column(
                rule(),
                holder(Flow([*self.filters.widgets(), self.more], margins=(12, 6, 12, 6), gap=6)),
                gap=0,
            )
        )
        shelf.collections_changed.connect(self._name_scope)
        self.show_history(back=False, forward=False)
        self.show_empty()
        self._name_scope()
        self._fit()
        theme.watch(self, self._fit)

    def show_view(self, name: str) -> None:
        """Say which view is seen; only a path has two ends, and topics begin nowhere."""
        self.segments[name].setChecked(True)
        self.path_field.line.setVisible(name == PATH)
        for item in (self.field.line, self.count, self.copy, self.export):
            item.setVisible(name != TOPICS)

    def _request_view(self, name: str, _on: bool = False) -> None:
        self.view_requested.emit(name)

    def show_history(self, *, back: bool, forward: bool) -> None:
        """Say whether there is a way back and a way forward."""
        self.back.setEnabled(back)
        self.forward.setEnabled(forward)

    def show_counts(self, walk: Walk, visible: VisiblePart) -> None:
        """Say how much is shown of what there is."""
        self.filters.show_counts(visible.counts, visible.kinds)
        links = words.count(visible.total, "link")
        self._count(tr("{edges} of {links}", edges=words.number(len(visible.edges)), links=links))
        left = walk.more_of(walk.centre)
        self.more.setVisible(left > 0)
        self.more.setToolTip(
            tr("{left} more of “{name}”", left=words.number(left), name=words.short(walk.name, 40))
        )
        for press in (self.copy, self.export):
            press.setEnabled(True)

    def show_empty(self) -> None:
        """There is no walk."""
        self.filters.show_counts({}, {})
        self._count("")
        self.more.hide()
        for press in (self.copy, self.export):
            press.setEnabled(False)

    def show_missed(self, typed: str) -> None:
        """Say in place that nothing is called so, until something else is typed or shown there."""
        self._missed = typed
        self._show_count(tr("No name called “{typed}”", typed=words.short(typed, 40)))

    def set_scope(self, collection: str | None) -> None:
        """Show the scope that counts."""
        self._collection = collection
        for item in (self.field, self.path_field):
            item.set_collection(collection)
        self._name_scope()

    def fill_scopes(self) -> None:
        """Offer everything and each collection."""
        self._scopes.clear()
        for name in (None, *(collection.name for collection in self._shelf.collections)):
            text, sign = name or tr("Everything"), theme.icon("folder" if name else "library")
            choose = partial(self._scope, name)
            ticked(self._scopes, text, choose, on=name == self._collection, sign=sign)

    def _scope(self, name: str | None, _on: bool = False) -> None:
        self.scoped.emit(name)

    def _count(self, text: str) -> None:
        # The library may change at any moment, which tells nothing of the name that was missed.
        self._counted = text
        if not self._missed:
            self._show_count(text)

    def _retyped(self) -> None:
        """A name that was missed is no longer there: say again how much is shown."""
        names = [" ".join(item.line.text().split()) for item in (self.field, self.path_field)]
        if self._missed and self._missed not in names:
            self._missed = ""
            self._show_count(self._counted)

    def _show_count(self, text: str) -> None:
        self.count.setText(text)
        self.count.setAccessibleName(text)
        self.count.setVisible(bool(text) and not self.segments[TOPICS].isChecked())

    def _name_scope(self) -> None:
        name = self._collection or tr("Everything")
        self.scope.setIcon(theme.icon("folder" if self._collection else "library"))
        self.scope.setText(f" {words.short(name, 20)}".replace("&", "&&"))
        self.scope.setAccessibleName(tr("Scope: {name}", name=name))
        place = tr("in “{name}”", name=name) if self._collection else tr("anywhere")
        self.scope.setToolTip(tr("Links stated {where}", where=place))
        self.scope.setVisible(bool(self._shelf.collections) or self._collection is not None)

    def _fit(self) -> None:
        """Follow the size of the text."""
        self.field.line.setFixedWidth(theme.px(184))
        self.path_field.line.setFixedWidth(theme.px(132))
        self.scope.setIconSize(QSize(theme.px(14), theme.px(14)))
        self.scope.setMaximumWidth(theme.px(180))
