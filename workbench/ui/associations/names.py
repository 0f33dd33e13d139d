"""The list of names in Explore, filtered by text, type and topic."""

from operator import attrgetter

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QResizeEvent

from workbench.memory.graph.records import Concept, Topic
from workbench.ui import theme
from workbench.ui.components import (
    TableModel,
    TableView,
    chip,
    column,
    delayed,
    fill,
    find_field,
    flow,
    holder,
    label,
    paragraph,
    row,
    rule,
    words,
)
from workbench.ui.concepts import loading
from workbench.ui.concepts.rows import CONCEPT_COLUMNS, selected_type, sentence, type_chips
from workbench.ui.language import tr
from workbench.ui.library.list_page import LazyPage
from workbench.ui.shelf.shelf import Shelf

_READING = "associations:names"
_LOW = 260  # height in pixels
_PAUSE, _INTERVAL = 200, 2000  # milliseconds after typing, and between reloads
_TYPES = {"entity": tr("Names"), "spatial": tr("Places"), "concept": tr("Ideas")}


class NamesPanel(LazyPage):
    """Lists names, then ideas, by number of mentions; `chosen` emits the selected concept."""

    chosen = Signal(int)

    def __init__(self, shelf: Shelf) -> None:
        super().__init__(shelf, _READING)
        self._collection: str | None = None
        self._topic: Topic | None = None
        self._pause = delayed(self, self._read)
        self.model: TableModel[Concept] = TableModel(
            CONCEPT_COLUMNS, sentence, self, key=attrgetter("id")
        )
        self.table: TableView[Concept] = TableView(self.model, tr("Names"), high=28)
        self.table.horizontalHeader().hide()
        self.table.clicked.connect(self._pressed)
        self.table.activated.connect(self._pressed)
        self.find_field = find_field(
            tr("Find a name"),
            tr("Find a name"),
            lambda: self._pause.start(_PAUSE),
            self._first,
        )
        self.count = label("", "muted")
        self.topic_chip = chip("", "close", checkable=False)
        self.topic_chip.hide()
        chips = {type: chip(name) for type, name in _TYPES.items()}
        self.chips = type_chips(chips, self, self._read)
        self.empty = paragraph("")
        self.empty.hide()
        head = row(label(tr("Names"), "head"), None, self.count, margins=(16, 8, 16, 0))
        self._filters = flow(*self.chips.values(), self.topic_chip, gap=6)
        foot = column(
            self.find_field, self._filters, self.empty, margins=(16, 0, 16, 0), gap=8,
        )  # fmt: skip
        listing = row(self.table, margins=(8, 0, 8, 0))
        fill(self, column(rule(), head, holder(foot), holder(listing), gap=6, wide=-1), "canvas")
        shelf.facts_changed.connect(self.reload)
        shelf.sources_changed.connect(self.reload)
        self.hide()

    def set_collection(self, collection: str | None) -> None:
        """List the names of a collection, or of everything for None."""
        if collection != self._collection:
            self._collection = collection
            self.reload()

    def set_topic(self, topic: Topic | None) -> None:
        """List the names of a topic, or all for None."""
        self._topic = topic
        self.topic_chip.setVisible(topic is not None)
        if topic is not None:
            name = words.short(topic.name, 28)
            self.topic_chip.setText(f" {name}".replace("&", "&&"))
            self.topic_chip.setAccessibleName(tr("Topic: {name}", name=topic.name))
            self.topic_chip.setToolTip(tr("Show the names of all topics"))
        self._read()

    def reload(self) -> None:
        """Reload: after a pause if visible, else when shown."""
        self._stale = True
        if self.isVisible() and not self._pause.isActive():
            self._pause.start(_INTERVAL if self.model.rows else _PAUSE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # With little height, the list takes precedence over the filters.
        self._filters.setVisible(self.height() >= theme.px(_LOW) or self._topic is not None)

    def _read(self) -> None:
        self._pause.stop()
        library = self._shelf.library
        if library is None:
            self._show([])
            return
        self._stale = False
        typed = " ".join(self.find_field.text().split())
        kind = selected_type(self.chips)
        if self._topic is not None:
            self._shelf.jobs.cancel(_READING)  # a running search does not belong to the topic
            folded = typed.casefold()
            self._show(
                [
                    concept
                    for concept in self._topic.concepts
                    if folded in concept.name.casefold() and kind in (None, concept.type)
                ]
            )
            return
        self._shelf.jobs.run(
            *(loading.search, library, typed, kind, self._collection),
            done=self._show, failed=lambda _error: self._show([]), key=_READING,
        )  # fmt: skip

    def _show(self, concepts: list[Concept]) -> None:
        # Actions, feelings and dates are left out of this list.
        full = len(concepts) >= loading.MAX_CONCEPTS
        listed_names = [item for item in concepts if item.type in _TYPES]
        # Names first, each group by descending mentions.
        concepts = sorted(listed_names, key=lambda each: (each.type == "concept", -each.mentions))
        self.table.show_rows(concepts)
        more = "+" if full else ""
        self.count.setText(f"{words.number(len(concepts))}{more}")
        typed = self.find_field.text()
        self.empty.setText(tr("No match. Try fewer letters.") if typed else tr("None yet"))
        self.empty.setVisible(not concepts)

    def _first(self) -> None:
        if self.model.rows:
            self.chosen.emit(self.model.rows[0].id)

    def _pressed(self, index: QModelIndex) -> None:
        self.chosen.emit(self.model.rows[index.row()].id)

    def _forget(self) -> None:
        super()._forget()
        self._pause.stop()
        self._topic = None
        self.topic_chip.hide()
        self.find_field.clear()
        self.model.show_rows(())
