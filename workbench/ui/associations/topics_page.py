"""The topics of a library: their map, their list, and what one of them is made of."""

from collections.abc import Callable, Sequence
from functools import partial
from operator import attrgetter
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from workbench.errors import WorkbenchError
from workbench.memory.graph.records import Concept, Topic
from workbench.ui import theme
from workbench.ui.associations.topics_map import TopicsMap
from workbench.ui.components import (
    SMALL,
    STRONG,
    Column,
    EmptyState,
    Flow,
    Stack,
    TableModel,
    TableView,
    button,
    column,
    divided,
    failed,
    fill,
    holder,
    label,
    row,
    rule,
    scroll,
    words,
)
from workbench.ui.concepts.rows import CONCEPT_COLUMNS, sentence
from workbench.ui.jobs import Jobs
from workbench.ui.language import tr
from workbench.ui.window.library_actions import Shelf

_READING = "associations:topics"
_SIDE, _NARROW = 344, 700  # pixels
#: Topics on the map, and names of one that are listed.
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


class TopicsPage(QWidget):
    """Reads the topics when it is seen; what is done with one is the tab's."""

    #: A concept's number: begin there.
    concept_requested = Signal(int)
    #: A `Topic`: look at its names alone.
    alone_requested = Signal(object)
    #: A `Topic`: ask the sources that are about it.
    ask_requested = Signal(object)

    def __init__(self, shelf: Shelf, jobs: Jobs) -> None:
        super().__init__()
        self._shelf, self._jobs = shelf, jobs
        self._collection: str | None = None
        self._stale, self._sized = True, False
        self.topics: Sequence[Topic] = ()
        self.map = TopicsMap()
        self.list: TableView[Topic] = self._table(tr("Topics"), _TOPICS, _accessible_text, "name")
        self.names: TableView[Concept] = self._table(
            tr("Names of the topic"), CONCEPT_COLUMNS, sentence, "id"
        )
        self.title, self.about = label("", "head", wrap=True), label("", "small", wrap=True)
        self.alone = button(tr("Show only this topic"), "eye", call=lambda: self._isolate(self._at))
        self.ask = button(tr("Ask these sources"), "ask")
        head = row(label(tr("Topics"), "head"), margins=(16, 12, 16, 0))
        self._chosen = holder(
            column(
                rule(), self.title, self.about, self.names,
                holder(Flow([self.alone, self.ask], gap=8)), margins=(16, 8, 16, 12), gap=8,
            )
        )  # fmt: skip
        self._chosen.hide()
        listing = column(
            holder(head), holder(row(self.list, margins=(8, 0, 8, 0))), self._chosen, gap=6
        )
        self._side = scroll(holder(listing, "canvas"), tr("Topics"))
        self.splitter = divided(self.map, self._side, down=True)
        self.stack = Stack(self.splitter, name=tr("Topics"))
        fill(self, column(self.stack), name=tr("Topics"))
        self.map.chosen.connect(self.choose)
        self.map.opened.connect(self._isolate)
        self.list.selectionModel().selectionChanged.connect(self._picked)
        self.list.activated.connect(lambda index: self._isolate(index.row()))
        self.names.clicked.connect(self._name_pressed)
        self.names.activated.connect(self._name_pressed)
        self.ask.clicked.connect(lambda: self.ask_requested.emit(self.topics[self._at]))
        shelf.switched.connect(self._forget)
        self._arrange()

    def set_collection(self, collection: str | None) -> None:
        """Show the topics of a collection, or of everything."""
        if collection != self._collection:
            self._collection = collection
            self.reload()

    def reload(self) -> None:
        """Read again: now where it is seen, else when it is."""
        self._stale = True
        if self.isVisible():
            self._read()

    def choose(self, at: int) -> None:
        """Choose a topic on the map and in the list."""
        self.list.choose(self.topics[at].name)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._arrange()
        if self._stale:
            self._read()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        narrow = self.width() < theme.px(_NARROW)
        orientation = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if self.splitter.orientation() != orientation:
            self._sized = False
            self.splitter.setOrientation(orientation)
        if not narrow and not self._sized and self.isVisible():
            self._sized = True
            self.splitter.setSizes([self.width() - theme.px(_SIDE), theme.px(_SIDE)])

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
        self._jobs.run(
            *(partial(library.graph.topics, collection=self._collection, limit=_MAX_TOPICS),),
            done=self._loaded, failed=self._failed, key=_READING,
        )  # fmt: skip

    def _loaded(self, topics: list[Topic]) -> None:
        retained = self.topics[self._at].name if 0 <= self._at < len(self.topics) else None
        self.topics = topics
        if not topics:
            reason = tr("Topics appear once your sources name enough people, places and ideas.")
            self.stack.show_other(EmptyState("associations", tr("No topics yet"), reason))
            return
        self.stack.setCurrentIndex(0)
        self.map.show_topics(topics)
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
        self.map.choose(self._at)
        self.title.setText(topic.name)
        self.about.setText(_description(topic, self.topics))
        self.names.rows.show_rows(topic.concepts[:_MAX_NAMES])
        self.ask.setVisible(bool(topic.sources))

    def _isolate(self, at: int) -> None:
        if 0 <= at < len(self.topics):
            self.alone_requested.emit(self.topics[at])

    def _name_pressed(self, index: QModelIndex) -> None:
        self.concept_requested.emit(self.names.rows.rows[index.row()].id)

    def _forget(self) -> None:
        self._jobs.cancel(_READING)
        self._stale, self.topics = True, ()
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
