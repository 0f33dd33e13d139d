"""Explore: a concept, its links, and the passages that state them.

Graph, sentences and table show the links of one concept and share one selection, whose passages
are shown beside them. Paths and topics have their own views. All library calls run on a worker.
"""

import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from workbench.errors import NotFoundError, WorkbenchError
from workbench.memory.graph.records import Concept, Edge, Topic
from workbench.ui import theme
from workbench.ui.associations import loading
from workbench.ui.associations.bar import GRAPH, LIST, PATH, TOPICS, ExploreBar
from workbench.ui.associations.ego import FIRST, Ego, VisiblePart, visible_part
from workbench.ui.associations.loading import Route
from workbench.ui.associations.names import NamesPanel
from workbench.ui.associations.paths import PathPanel
from workbench.ui.associations.side import LinksSide
from workbench.ui.associations.table import LinksView
from workbench.ui.associations.topics_page import TopicsPage
from workbench.ui.components import (
    EmptyState,
    SidePanel,
    Stack,
    button,
    column,
    delayed,
    failed,
    holder,
    on_key,
    on_paper,
    rule,
)
from workbench.ui.components.trail import Trail
from workbench.ui.language import tr
from workbench.ui.shelf.shelf import Shelf

if TYPE_CHECKING:
    from workbench.ui.associations.canvas import GraphCanvas

_READING, _FIRST = "associations:links", "associations:first"
_MIN_HEIGHT = 48  # height in pixels
_SIDE, _NARROW = 344, 760  # width in pixels
_LOW = 320  # height in pixels
_INTERVAL = 2000  # milliseconds between reloads while the library changes


class AssociationsTab(QWidget):
    """The Explore tab; `open_concept` puts a concept in the middle."""

    #: The number of the concept for the Inspector, or None.
    concept_selected = Signal(object)
    #: (concept, "rename" or "merge")
    edit_requested = Signal(int, str)
    #: A request for everything as the scope.
    widened = Signal()

    def __init__(self, shelf: Shelf) -> None:
        super().__init__()
        self._shelf = shelf
        #: The collection used as scope, None for everything.
        self.collection: str | None = None
        #: The concept in the middle, with its loaded links.
        self.ego: Ego | None = None
        self.shown: VisiblePart | None = None
        self._trail: Trail[Ego] = Trail()
        self._stale, self._read_at = False, 0.0
        #: Whether a user request is running; a background reload must not supersede it.
        self._asked = False
        self.bar = ExploreBar(shelf)
        self._canvas: GraphCanvas | None = None
        self.table = LinksView(self)
        self.model = self.table.rows
        self.path = PathPanel(shelf)
        self.side = LinksSide(shelf)
        self.detail = self.side.detail
        self.names = NamesPanel(shelf)
        self.topics = TopicsPage(shelf)
        self.view = GRAPH
        self._topic: Topic | None = None
        self._make_centre()
        self._pause = delayed(self, self._refresh_later)
        self._wire()
        on_paper(self, "surface")
        self.setAccessibleName(tr("Explore"))

    # -- widgets -----------------------------------------------------------------------------------

    def _make_centre(self) -> None:
        self._links = Stack(self.table)  # the graph is added on first use
        links = column(self._links, self.bar.legend, gap=0, wide=0)
        self.splitter = SidePanel(holder(links), self.side, _NARROW, _SIDE)
        self.stack = Stack(self.splitter, self.path, self.topics, name=tr("Explore"))
        #: The page shown while the first names are extracted, and its progress text.
        self._looking: EmptyState | None = None
        self._background = ""
        self.setLayout(column(self.bar, rule(), self.stack, gap=0, wide=-1))
        self.bar.show_view(self.view)

    def _wire(self) -> None:
        shelf, bar = self._shelf, self.bar
        shelf.facts_changed.connect(self.reload)
        shelf.sources_changed.connect(self.reload)
        shelf.switched.connect(self.forget)
        bar.back.clicked.connect(lambda: self.step(-1))
        bar.forward.clicked.connect(lambda: self.step(1))
        bar.field.chosen.connect(self._begin_at)
        bar.field.left.connect(self._leave_field)
        bar.path_field.chosen.connect(self._find_path)
        bar.path_field.left.connect(self._leave_path)
        for field_ in (bar.field, bar.path_field):
            field_.missed.connect(bar.show_missed)
        bar.filters.changed.connect(self._filtered)
        bar.more.clicked.connect(self.show_more)
        bar.view_requested.connect(self.show_view)
        for item in (self.table, self.side.links):
            item.chosen_changed.connect(self._row_selected)
            item.opened.connect(lambda _edge: self.detail.focus_first())
        self.names.chosen.connect(self.open_concept)
        self.names.topic_chip.clicked.connect(lambda: self.show_topic(None))
        self.topics.concept_requested.connect(self._go_to)
        self.topics.alone_requested.connect(self.show_topic)
        self.path.came.connect(self._route_loaded)
        self.path.close_button.clicked.connect(self._leave_path)
        self.path.widen_requested.connect(self._widen)
        self.detail.accepted.connect(self.show_edge)
        self.detail.rejected.connect(self._rejected)
        self.detail.reopened.connect(self.changed)
        for keys, by in (("Alt+Left", -1), ("Alt+Right", 1)):
            on_key(self, keys, partial(self.step, by), include_children=True)

    @property
    def canvas(self) -> "GraphCanvas":
        """The graph view, created on first use to keep its imports out of start-up."""
        if self._canvas is None:
            from workbench.ui.associations.canvas import GraphCanvas

            self._canvas = created = GraphCanvas()
            created.nodeSelected.connect(self._node_selected)
            created.edgeSelected.connect(self._edge_selected)
            created.selectionCleared.connect(self._cleared)
            created.nodeActivated.connect(self.open_concept)
            created.edgeActivated.connect(self._edge_activated)
            created.contextAsked.connect(self._context)
            created.setMinimumHeight(_MIN_HEIGHT)
            self._links.addWidget(created)
            QWidget.setTabOrder(self.bar, created)
        return self._canvas

    # -- public API --------------------------------------------------------------------------------

    def show_view(self, name: str) -> None:
        """Switch to the graph, list, path or topics; the selection is kept."""
        if name == TOPICS:
            self.topics.set_collection(self.collection)
        self.view = name
        self.bar.show_view(name)
        self._place()
        self.focus_first()

    def _place(self) -> None:
        """Raise the page of the current view; links and paths need a concept."""
        if self.view == TOPICS:
            self.stack.setCurrentWidget(self.topics)
        elif self.ego is None and self.stack.other is not None:
            self.stack.setCurrentWidget(self.stack.other)
        elif self.view == PATH:
            self.stack.setCurrentWidget(self.path)
        elif self.ego is not None:
            self._links.setCurrentWidget(self.canvas if self.view == GRAPH else self.table)
            self.stack.setCurrentWidget(self.splitter)
        self._arrange()

    def show_topic(self, topic: Topic | None) -> None:
        """Restrict names and graph to a topic; None shows all."""
        self._topic = topic
        self.names.set_topic(topic)
        if topic is not None:
            self._go_to(topic.concepts[0].id)
        else:
            self._draw()

    def _go_to(self, concept: int) -> None:
        self.show_view(GRAPH)
        self.open_concept(concept)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @property
    def _narrow(self) -> bool:
        return self.width() < theme.px(_NARROW)

    def _arrange(self) -> None:
        """Place the side panel beside the links, or below them in a narrow tab."""
        narrow = self._narrow
        # In a narrow tab the passages replace the legend; in a low one the graph does.
        self.side.list.setVisible(self.view == GRAPH and not narrow)
        self.side.setVisible(not self.side.list.isHidden() or not self.detail.isHidden())
        low = self.height() < theme.px(_LOW)
        self.bar.legend.setVisible(not low and (not narrow or self.side.isHidden()))
        self.splitter.arrange(self.width())

    def open_concept(self, concept: int | str) -> None:
        """Put a concept in the middle."""
        if self.view in (PATH, TOPICS):
            self.show_view(GRAPH)
        self._open(concept)

    def _begin_at(self, concept: Concept) -> None:
        """Start at a chosen name; in Path it is the one from which the path leads."""
        if self.view != PATH:
            self.open_concept(concept.id)
            return
        way = self.path.way
        self._open(concept.id)
        if way is not None:
            self.path.look_for(concept.id, way.tail.id, self.collection)
        self.focus_first()

    def _open(self, concept: int | str, limit: int = FIRST) -> None:
        if self._shelf.library is not None:
            self._asked = True
            self._load(concept, limit)

    def _load(self, concept: int | str, limit: int) -> None:
        self._shelf.ask(
            *(loading.begin, concept, self.collection, self.bar.filters.sifting, limit),
            done=self._loaded, failed=self._failed, key=_READING,
        )  # fmt: skip

    def set_scope(self, collection: str | None) -> None:
        """Set the scope to a collection, or to everything for None."""
        if collection == self.collection:
            return
        self.collection = collection
        self.bar.set_scope(collection)
        self._scope_parts()
        self._stale = True
        if self.ego is not None:
            self._refresh()
        elif self.isVisible():
            self._offer()

    def _scope_parts(self) -> None:
        self._topic = None
        self.names.set_collection(self.collection)
        self.names.set_topic(None)
        self.topics.set_collection(self.collection)

    def show_more(self) -> None:
        """Load more links of the centre."""
        if self.ego is not None:
            self._open(self.ego.centre, self.ego.taken + FIRST)

    def step(self, by: int) -> None:
        """Go back (-1) or forward (1) in the history."""
        ego = self._trail.step(by)
        if ego is not None:
            self._leave_path()
            self._show(ego, fresh=True)
            self._refresh()

    def select_edge(self, id: str) -> bool:
        """Select a link in graph and table; return False if it is not loaded."""
        edge = self._edge(id)
        if edge is None:
            return False
        self.canvas.select_edge(id)
        self._edge_selected(id)
        return True

    def focus_first(self) -> None:
        """Focus the current view, or the field that starts it."""
        parts: dict[str, QWidget] = {PATH: self.bar.path_field.line, TOPICS: self.topics.list}
        if self.ego is not None:
            parts |= {LIST: self.table, GRAPH: self.canvas}
        if self.view in parts:
            parts[self.view].setFocus()
        else:
            self.bar.field.focus()

    def focus_field(self) -> None:
        """Focus the concept field."""
        if self.view == TOPICS:
            self.show_view(GRAPH)
        self.bar.field.focus()

    def reload(self) -> None:
        """Reload: soon if visible, else when shown."""
        self._stale = True
        self.topics.reload()
        if self.isVisible() and not self._pause.isActive():
            rested = round((time.monotonic() - self._read_at) * 1000)
            self._pause.start(max(0, _INTERVAL - rested))

    def changed(self) -> None:
        """Reload immediately after an edit in this tab."""
        self._refresh()

    def forget(self) -> None:
        """Reset after the library was switched."""
        for key in (_READING, _FIRST):
            self._shelf.jobs.cancel(key)
        self._asked = False
        self._pause.stop()
        for line in (self.bar.field, self.bar.path_field):
            line.show_name("")
        self.ego = self.shown = self._topic = None
        self._trail.clear()
        self.side.show_edge(None, None)
        self.collection = None
        self.bar.set_scope(self.collection)
        self._leave_path()
        self._show_looking()

    # -- loading -----------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._shelf.library is None:
            self._show_no_names()
        elif self.ego is None:
            self._offer()
        elif self._stale:
            self._refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._pause.stop()

    def _refresh_later(self) -> None:
        """Reload after a library change, unless a user request is running."""
        if not self._asked:
            self._refresh()

    def _refresh(self) -> None:
        """Reload the links."""
        self._pause.stop()
        self._asked = False
        self._stale, self._read_at = False, time.monotonic()
        if self.ego is not None:
            self._load(self.ego.centre, max(FIRST, self.ego.taken))
        elif self.isVisible():
            self._offer()

    def _finished(self) -> None:
        """Finish a user request; a postponed reload is scheduled."""
        self._asked = False
        if self._stale:
            self.reload()

    def _loaded(self, ego: Ego) -> None:
        self._finished()
        if self.ego is not None and ego.centre == self.ego.centre:
            self._show(ego)  # the selection stays
            return
        focus = QApplication.focusWidget()
        # A button of the start page is hidden together with its page.
        other = self.stack.other
        offered = focus is None or (other is not None and other.isAncestorOf(focus))
        if self.view != PATH:
            self._leave_path()
        self._push(ego)
        if offered:
            self.focus_first()

    def _push(self, ego: Ego) -> None:
        self._trail.push(ego)
        self._show(ego, fresh=True)

    def _failed(self, error: WorkbenchError) -> None:
        self._finished()
        if self.ego is not None and isinstance(error, NotFoundError):
            # Merged into another, or no longer mentioned: return to the start.
            self.ego = self.shown = None
            self._offer()
            return
        self._show_other(failed(error, self._refresh))

    def _show(self, ego: Ego, *, fresh: bool = False) -> None:
        """Show a concept; one that is not `fresh` is already in the middle."""
        self.ego = ego
        self.bar.show_history(back=self._trail.has_back, forward=self._trail.has_forward)
        line = self.bar.field.line
        if not line.hasFocus() or (fresh and not line.isModified()):
            self.bar.field.show_name(ego.name)
        self._draw(fresh=fresh)
        self._place()
        if fresh:
            self.names.table.reselect(ego.centre)
            self.canvas.select_node(ego.centre)
            self.concept_selected.emit(ego.centre)
            self._show_links_of(ego.centre)
        elif self.canvas.selected_edge is not None:
            self._edge_selected(self.canvas.selected_edge)  # its evidence may have changed

    def _draw(self, *, fresh: bool = False) -> None:
        """Update graph, table and bar from the links that pass the filters."""
        if self.ego is None:
            return
        members = None if self._topic is None else frozenset(self._topic.members)
        shown = self.shown = visible_part(self.ego, self.bar.filters.sifting, members)
        self.canvas.set_graph(shown.nodes, shown.edges, shown.centre, fresh=fresh)
        self.table.show_rows(shown.edges)
        selected = self.canvas.selected_node
        self.side.show_links(shown.centre if selected is None else selected, shown)
        self.bar.show_counts(self.ego, shown)

    # -- selection ---------------------------------------------------------------------------------

    def _edge(self, id: str) -> Edge | None:
        return self.ego.edges.get(id) if self.ego is not None else None

    def _node_selected(self, concept: int) -> None:
        self._show_links_of(concept)
        self.table.choose(None)
        self.concept_selected.emit(concept)

    def _show_links_of(self, concept: int) -> None:
        """List a concept's links, with the passages of the link to the centre or the first one."""
        if self.shown is None:
            return
        self.side.show_links(concept, self.shown)
        edges = [] if self._narrow else self.side.links.rows.rows
        direct = [edge for edge in edges if self.shown.centre in (edge.head, edge.tail)]
        self.side.show_edge(next(iter(direct or edges), None), self.collection)
        self._arrange()

    def show_edge(self, edge: Edge) -> None:
        """Show a link's passages and select it in the lists."""
        self.table.choose(edge.id)
        self.side.show_edge(edge, self.collection)
        self._arrange()

    def _rejected(self, edge: Edge) -> None:
        self.canvas.setFocus()
        self.concept_selected.emit(edge.head)

    def _edge_selected(self, id: str) -> None:
        edge = self._edge(id)
        if edge is not None:
            self.show_edge(edge)

    def _edge_activated(self, id: str) -> None:
        self._edge_selected(id)
        self.detail.focus_first()

    def _row_selected(self, edge: Edge | None) -> None:
        if edge is not None:
            self.canvas.select_edge(edge.id)
            self.show_edge(edge)

    def _cleared(self) -> None:
        self.table.choose(None)
        if self.ego is not None:
            self._show_links_of(self.ego.centre)
        self.concept_selected.emit(self.ego.centre if self.ego is not None else None)

    # -- filters and scope -------------------------------------------------------------------------

    def _filtered(self) -> None:
        self._draw()
        if self.ego is not None:
            self._refresh()  # further links of large concepts may match now

    # -- path --------------------------------------------------------------------------------------

    def _find_path(self, to: Concept) -> None:
        if self.ego is not None:
            self.path.look_for(self.ego.centre, to.id, self.collection)
        else:
            self.open_concept(to.id)

    def _route_loaded(self, route: Route | None) -> None:
        if self.view != PATH:
            self.show_view(PATH)
        self._place()

    def _widen(self) -> None:
        route = self.path.way
        self.widened.emit()
        if route is not None:
            self.path.look_for(route.head.id, route.tail.id, None)

    def _leave_path(self) -> None:
        self.path.forget()
        self.bar.path_field.show_name("")
        if self.view == PATH:
            self.show_view(GRAPH)

    # -- start -------------------------------------------------------------------------------------

    def _leave_field(self) -> None:
        self.bar.field.show_name(self.ego.name if self.ego is not None else "")
        self.focus_first()

    def _offer(self) -> None:
        """Start at the best-ranked name."""
        if self._shelf.library is None:
            self._show_no_names()
            return
        if self.stack.currentWidget() is not self.stack.other:
            self._show_looking()
        self._shelf.ask(
            *(loading.first, self.collection, self.bar.filters.sifting),
            done=self._offered, failed=self._failed, key=_FIRST,
        )  # fmt: skip

    def _offered(self, ego: Ego | None) -> None:
        if ego is None and self.ego is None:
            self._show_no_names()
        elif ego is not None and self.ego is None and not self._asked:
            self._push(ego)
            line = self.bar.field.line
            if line.hasFocus() and not line.isModified():
                line.selectAll()  # the next key replaces the name

    def _show_no_names(self) -> None:
        add = button(tr("Add files…"), "add", "primary", call=self._shelf.wanted.files)
        reason = tr("Add a source and Workbench will pick out the people, places and ideas in it.")
        self._show_other(EmptyState("associations", tr("No names yet"), reason, add))

    def say_background(self, text: str) -> None:
        """Show the progress of background work on the start page."""
        self._background = text
        if self._looking is not None:
            self._looking.show_text(tr("Looking for names…"), f"{text}." if text else "")

    def _show_looking(self) -> None:
        visible = EmptyState("associations", "", "")
        self._show_other(visible)
        self._looking = visible
        self.say_background(self._background)

    def _show_other(self, inner: QWidget) -> None:
        self._looking = None
        other = self.stack.add_other(inner)
        if self.view != TOPICS:
            self.stack.setCurrentWidget(other)
        self.bar.show_empty()

    # -- context menu ------------------------------------------------------------------------------

    def _context(self, kind: str, id: object, at: QPoint) -> None:
        menu = QMenu(self)
        for text, call in self.ways_with(kind, id):
            menu.addAction(text, call)
        if not menu.isEmpty():
            menu.exec(at)
        menu.deleteLater()

    def ways_with(self, kind: str, id: object) -> list[tuple[str, Callable[[], object]]]:
        """The actions for a concept ("node") or a link ("edge")."""
        edge = self._edge(id) if kind == "edge" and isinstance(id, str) else None
        if edge is not None:
            return [
                (tr("Show the passages"), partial(self._edge_activated, edge.id)),
                (tr("Accept"), partial(self.detail.accept, edge)),
                (tr("Reject"), partial(self.detail.reject, edge)),
            ]
        if kind == "node" and isinstance(id, int):
            return [
                (tr("Start here"), partial(self.open_concept, id)),
                (tr("Rename…"), partial(self.edit_requested.emit, id, "rename")),
                (tr("Merge…"), partial(self.edit_requested.emit, id, "merge")),
            ]
        return []
