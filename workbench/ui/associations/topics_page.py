"""The topics page: a list of topics, and the names of the selected one."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from operator import attrgetter
from typing import Any

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QResizeEvent

from workbench.errors import WorkbenchError
from workbench.memory.graph.records import Concept, Topic
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
    paragraph,
    row,
    words,
)
from workbench.ui.concepts.rows import CONCEPT_COLUMNS, sentence
from workbench.ui.language import tr
from workbench.ui.library.list_page import LazyPage
from workbench.ui.shelf.shelf import Shelf


def named(topics: Sequence[Topic]) -> list[Topic]:
    """Name topics after their first two concepts, in the language of the window."""
    names = [tr(" and ").join(item.name for item in topic.concepts[:2]) for topic in topics]
    return [replace(topic, name=name) for topic, name in zip(topics, names, strict=True)]


_READING = "associations:topics"
_SIDE, _NARROW = 344, 700  # pixels
_FOREMOST = 4  # names beside a topic in the list
_MAX_TOPICS, _MAX_NAMES = 24, 24


def _sources(topic: Topic) -> str:
    return words.count(len(topic.sources), "source")


def _names(topic: Topic) -> str:
    return words.count(len(topic.members), "name")


def _accessible_text(topic: Topic) -> str:
    return f"{topic.name}: {_names(topic)}, {_sources(topic)}"


def _foremost(topic: Topic) -> str:
    return ", ".join(item.name for item in topic.concepts[2 : 2 + _FOREMOST])


_TOPICS = (
    Column("name", tr("Topic"), lambda t: t.name, style=lambda _topic: STRONG),
    Column("names", tr("Foremost names"), _foremost, style=lambda _topic: SMALL),
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
        self.list: TableView[Topic] = self._table(tr("Topics"), _TOPICS, _accessible_text, "name")
        self.names: TableView[Concept] = self._table(
            tr("Names of the topic"), CONCEPT_COLUMNS, sentence, "id"
        )
        self.title, self.about = paragraph("", "head"), paragraph("")
        self.alone = button(tr("Show only this topic"), "eye", call=lambda: self._isolate(self._at))
        self.ask = button(tr("Ask these sources"), "ask")
        self._chosen = holder(
            column(
                self.title, self.about, self.names, flow(self.alone, self.ask),
                margins=(16, 12, 16, 12), gap=8,
            ),
            "canvas",
        )  # fmt: skip
        listing = holder(row(self.list, margins=(8, 8, 8, 0)), "surface")
        self.splitter = SidePanel(listing, self._chosen, _NARROW, _SIDE)
        self.stack = Stack(self.splitter, name=tr("Topics"))
        fill(self, column(self.stack), name=tr("Topics"))
        self.list.selectionModel().selectionChanged.connect(self._picked)
        self.list.activated.connect(lambda index: self._isolate(index.row()))
        self.names.clicked.connect(self._name_pressed)
        self.names.activated.connect(self._name_pressed)
        self.ask.clicked.connect(lambda: self.ask_requested.emit(self.topics[self._at]))

    def set_collection(self, collection: str | None) -> None:
        """Show the topics of a collection, or of everything for None."""
        if collection != self._collection:
            self._collection = collection
            self.reload()

    def choose(self, at: int) -> None:
        """Select a topic."""
        self.list.choose(self.topics[at].name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
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
