"""The topics page: map, list, and the names of the selected topic."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent

from workbench.errors import WorkbenchError
from workbench.memory.graph.records import Concept, Edge, Topic
from workbench.ui.associations.walk import GraphNode
from workbench.ui.components import (
    SMALL,
    STRONG,
    Column,
    EmptyState,
    SidePanel,
    Stack,
    TableModel,
    TableView,
    button,
    column,
    failed,
    fill,
    flow,
    holder,
    label,
    paragraph,
    row,
    rule,
    scroll,
    words,
)
from workbench.ui.concepts.rows import CONCEPT_COLUMNS, sentence
from workbench.ui.language import tr
from workbench.ui.library.list_page import LazyPage
from workbench.ui.shelf.shelf import Shelf

if TYPE_CHECKING:
    from workbench.ui.associations.canvas import GraphCanvas

#: Names of a topic in the picture, and its lines to the nearest topics.
_DRAWN_NAMES, _LINES = 3, 2


def graph(topics: Sequence[Topic]) -> tuple[list[GraphNode], list[Edge]]:
    """The picture of topics: each with its foremost names, and linked to the nearest.

    The number of a topic is its index in `topics`, counted from -1 downwards; names have their own.
    """
    nodes = [GraphNode(~at, topic.name, topic.concepts[0].type) for at, topic in enumerate(topics)]
    edges: dict[tuple[int, int], Edge] = {}

    def link(head: int, tail: int, weight: float, words: str = "") -> None:
        if (tail, head) not in edges:
            edges[head, tail] = Edge(
                f"{head}:{tail}", head, tail, "", "", "co_occurs", words, "emergent", weight,
                *(0, 0, False, None, None),
            )  # fmt: skip

    maximum = max((near.weight for topic in topics for near in topic.near), default=1.0)
    for at, topic in enumerate(topics):
        for near in topic.near[:_LINES]:
            link(~at, ~near.topic, near.weight / maximum, tr(" and ").join(near.through))
        for item in topic.concepts[2 : 2 + _DRAWN_NAMES]:
            if all(node.id != item.id for node in nodes):
                nodes.append(GraphNode(item.id, item.name, item.type, outer=True))
            link(~at, item.id, 0.0)
    return nodes, list(edges.values())


def named(topics: Sequence[Topic]) -> list[Topic]:
    """Name topics after their first two concepts, in the language of the window."""
    names = [tr(" and ").join(item.name for item in topic.concepts[:2]) for topic in topics]
    return [replace(topic, name=name) for topic, name in zip(topics, names, strict=True)]


_READING = "associations:topics"
_SIDE, _NARROW = 344, 700  # pixels
#: Maximum numbers of topics on the map and of listed names per topic.
_MAX_TOPICS, _MAX_NAMES = 12, 12


def _sources(topic: Topic) -> str:
    return words.count(len(topic.sources), "source")


def _names(topic: Topic) -> str:
    return words.count(len(topic.members), "name")


def _accessible_text(topic: Topic) -> str:
    return f"{topic.name}: {_names(topic)}, {_sources(topic)}"


_TOPICS = (
    Column("name", tr("Topic"), lambda t: t.name, style=lambda _topic: STRONG),
    Column("sources", tr("Sources"), _sources, width=84, number=True, style=lambda _topic: SMALL),
)


class TopicsPage(LazyPage):
    """Loads topics when shown; the tab handles the requests it emits."""

    #: The number of a concept to start at.
    concept_requested = Signal(int)
    #: A `Topic` to restrict the graph to.
    alone_requested = Signal(object)
    #: A `Topic` whose sources are to be asked.
    ask_requested = Signal(object)

    def __init__(self, shelf: Shelf) -> None:
        super().__init__(shelf, _READING)
        self._collection: str | None = None
        self.topics: Sequence[Topic] = ()
        self._map: GraphCanvas | None = None
        self.list: TableView[Topic] = self._table(tr("Topics"), _TOPICS, _accessible_text, "name")
        self.names: TableView[Concept] = self._table(
            tr("Names of the topic"), CONCEPT_COLUMNS, sentence, "id"
        )
        self.title, self.about = paragraph("", "head"), paragraph("")
        self.alone = button(tr("Show only this topic"), "eye", call=lambda: self._isolate(self._at))
        self.ask = button(tr("Ask these sources"), "ask")
        head = row(label(tr("Topics"), "head"), margins=(16, 12, 16, 0))
        self._chosen = holder(
            column(
                rule(), self.title, self.about, self.names,
                flow(self.alone, self.ask), margins=(16, 8, 16, 12), gap=8,
            )
        )  # fmt: skip
        self._chosen.hide()
        listing = column(
            holder(head), holder(row(self.list, margins=(8, 0, 8, 0))), self._chosen, gap=6
        )
        self._side = scroll(holder(listing, "canvas"), tr("Topics"))
        self._picture = Stack(name=tr("Map of topics"))
        self.splitter = SidePanel(self._picture, self._side, _NARROW, _SIDE)
        self.stack = Stack(self.splitter, name=tr("Topics"))
        fill(self, column(self.stack), name=tr("Topics"))
        self.list.selectionModel().selectionChanged.connect(self._picked)
        self.list.activated.connect(lambda index: self._isolate(index.row()))
        self.names.clicked.connect(self._name_pressed)
        self.names.activated.connect(self._name_pressed)
        self.ask.clicked.connect(lambda: self.ask_requested.emit(self.topics[self._at]))
        self._arrange()

    @property
    def map(self) -> "GraphCanvas":
        """The picture of the topics, created on first use to keep its imports out of start-up."""
        if self._map is None:
            from workbench.ui.associations.canvas import GraphCanvas

            self._map = GraphCanvas(self._shelf.jobs)
            self._map.setAccessibleName(tr("Map of topics"))
            self._map.nodeSelected.connect(self._node_selected)
            self._map.nodeActivated.connect(self._node_activated)
            self._picture.addWidget(self._map)
        return self._map

    def set_collection(self, collection: str | None) -> None:
        """Show the topics of a collection, or of everything for None."""
        if collection != self._collection:
            self._collection = collection
            self.reload()

    def choose(self, at: int) -> None:
        """Select a topic on the map and in the list."""
        self.list.choose(self.topics[at].name)

    def showEvent(self, event: QShowEvent) -> None:
        # Before the topics are laid out for the width of their map.
        self._arrange()
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        self.splitter.arrange(self.width())

    @property
    def _at(self) -> int:
        return self.list.currentIndex().row()

    def _table(
        self, name: str, columns: Sequence[Column], accessible: Callable[[Any], str], key: str
    ) -> TableView[Any]:
        model: TableModel[Any] = TableModel(columns, accessible, self, key=attrgetter(key))
        created: TableView[Any] = TableView(model, name, high=28)
        created.horizontalHeader().hide()
        return created

    def _read(self) -> None:
        library = self._shelf.library
        self._stale = False
        if library is None:
            self._loaded([])
            return
        if not self.topics:
            self.stack.show_other(EmptyState("associations", tr("Looking for topics…"), ""))
        self._shelf.jobs.run(
            *(partial(library.graph.topics, collection=self._collection, limit=_MAX_TOPICS),),
            done=self._loaded, failed=self._failed, key=_READING,
        )  # fmt: skip

    def _loaded(self, topics: list[Topic]) -> None:
        retained = self.topics[self._at].name if 0 <= self._at < len(self.topics) else None
        topics = self.topics = named(topics)
        if not topics:
            reason = tr("Topics appear once your sources name enough people, places and ideas.")
            self.stack.show_other(EmptyState("associations", tr("No topics yet"), reason))
            return
        self.stack.setCurrentIndex(0)
        self.map.set_graph(*graph(topics), ~0, {})
        self.list.rows.show_rows(topics)
        if retained is None or not self.list.choose(retained):
            self.choose(0)

    def _failed(self, error: WorkbenchError) -> None:
        self.stack.show_other(failed(error, self._read))

    def _picked(self) -> None:
        topic = self.list.chosen()
        self._chosen.setVisible(topic is not None)
        if topic is None:
            return
        if self.map.selected_node is None or self.map.selected_node < 0:
            self.map.select_node(~self._at)
        self.title.setText(topic.name)
        self.about.setText(_description(topic, self.topics))
        self.names.rows.show_rows(topic.concepts[:_MAX_NAMES])
        self.ask.setVisible(bool(topic.sources))

    def _isolate(self, at: int) -> None:
        if 0 <= at < len(self.topics):
            self.alone_requested.emit(self.topics[at])

    def _node_selected(self, node: int) -> None:
        """Select the topic, or the first topic of a name."""
        self.choose(
            ~node if node < 0
            else next(n for n, topic in enumerate(self.topics) if node in topic.members)
        )  # fmt: skip

    def _node_activated(self, node: int) -> None:
        if node < 0:
            self._isolate(~node)
        else:
            self.concept_requested.emit(node)

    def _name_pressed(self, index: QModelIndex) -> None:
        self.concept_requested.emit(self.names.rows.rows[index.row()].id)

    def _forget(self) -> None:
        super()._forget()
        self.topics = ()
        self.list.rows.show_rows(())


def _description(topic: Topic, topics: Sequence[Topic]) -> str:
    text = tr("{names} in {sources}.", names=_names(topic), sources=_sources(topic))
    for neighbour in topic.near[:1]:
        through, name = tr(" and ").join(neighbour.through), topics[neighbour.topic].name
        closest = tr(
            "Linked most closely to {name}, through {through}.", name=name, through=through
        )
        text = f"{text} {closest}"
    return text
