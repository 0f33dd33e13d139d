"""The page of the Library that lists its concepts: filtered by words and type, sorted, counted."""

from collections.abc import Sequence
from operator import attrgetter

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent

from workbench.memory.graph.records import Concept
from workbench.ui import theme
from workbench.ui.components.controls import chip
from workbench.ui.components.delay import delayed
from workbench.ui.components.notices import EmptyState
from workbench.ui.components.tables import TableModel
from workbench.ui.concepts import kinds, loading
from workbench.ui.concepts.rows import LISTED, sentence
from workbench.ui.concepts.view import LEAST_NAME, YIELDING
from workbench.ui.jobs import Jobs
from workbench.ui.language import tr
from workbench.ui.library.list_page import Listing, ListPage
from workbench.ui.memories.switch import CONCEPTS
from workbench.ui.window.library_actions import Shelf

_HINT = tr("Find a concept")
_LISTING = Listing(
    tr("Concepts"), "concepts:read", CONCEPTS, (_HINT, _HINT), YIELDING, least=LEAST_NAME
)
_PAUSE = 200  # milliseconds of silence before the words that are typed are looked for
_REST = 2000  # milliseconds between two readings while the library changes


class ConceptsPage(ListPage[Concept]):
    """Find a concept; the chosen one stands in the Inspector."""

    def __init__(self, shelf: Shelf, jobs: Jobs) -> None:
        chips = {type: chip(kinds.word(type), kinds.glyph(type)) for type in kinds.TYPES}
        for type, press in chips.items():
            press.setIcon(theme.icon(kinds.glyph(type), kinds.ink(type)))
        model: TableModel[Concept] = TableModel(LISTED, sentence, key=attrgetter("id"))
        super().__init__(shelf, jobs, model, _LISTING, chips)
        self._pause = delayed(self, self._read)
        shelf.sources_changed.connect(self.reload)

    # -- reading ----------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the rows again: soon where they are seen, else when they are."""
        self._stale = True
        if self.isVisible() and not self._pause.isActive():
            self._pause.start(_REST if self.model.rows else _PAUSE)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._pause.stop()

    def _typed(self) -> None:
        self._stale = True
        self._pause.start(_PAUSE)

    @property
    def _order(self) -> str:
        """By what the library is to choose the first of very many."""
        at = self.table.horizontalHeader().sortIndicatorSection()
        key = LISTED[at].key if 0 <= at < len(LISTED) else ""
        return key if key in ("name", "last") else "mentions"

    def _sort(self, section: int, order: Qt.SortOrder) -> None:
        super()._sort(section, order)
        self._read()

    def _filter(self) -> None:
        self._read()

    def _read(self) -> None:
        self._pause.stop()
        library = self._shelf.library
        if library is None or not self._has_scope:
            self._show(())
            return
        self._stale = False
        typed, kind = " ".join(self.find_field.text().split()), self._type or None
        self._jobs.run(
            *(loading.found, library, typed, kind, self._scope.collection, self._order),
            done=self._show, failed=self._not_read, key=_LISTING.key,
        )  # fmt: skip

    def _show(self, found: Sequence[Concept]) -> None:
        self.table.show_rows(found)
        full = len(found) >= loading.MOST
        self._note.setText(
            tr("Showing the {MOST} most mentioned. Type to search all.", MOST=loading.MOST)
            if full
            else ""
        )
        self._note.setVisible(full)
        if found:
            self.stack.setCurrentIndex(0)
            if self._awaited:
                self.focus_first()
        else:
            self._say_nothing()

    def _say_nothing(self) -> None:
        typed = self.find_field.text().strip()
        if not self._has_scope:
            title, why = tr("Concepts come from sources and notes"), tr("Choose Everything.")
        elif typed or self._type:
            title, why = tr("No match"), tr("Try fewer letters, or another type.")
        else:
            title = tr("No concepts yet")
            why = tr("Add a source and Workbench will pick out the people, places and ideas in it.")
        self.stack.show_other(EmptyState("concept", title, why))

    def _forget(self) -> None:
        super()._forget()
        self._pause.stop()
