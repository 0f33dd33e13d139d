"""The page of the Library that lists its concepts: filtered by words and type, sorted, counted."""

from collections.abc import Sequence
from operator import attrgetter

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent

from workbench.memory.graph.records import Concept
from workbench.ui import theme
from workbench.ui.components.controls import chip
from workbench.ui.components.delay import delayed
from workbench.ui.components.notices import EmptyState
from workbench.ui.components.tables import TableModel
from workbench.ui.concepts import kinds, loading
from workbench.ui.concepts.rows import LISTED, Row, sentence
from workbench.ui.concepts.view import ConceptView
from workbench.ui.jobs import Jobs
from workbench.ui.language import tr
from workbench.ui.library.list_page import ListPage
from workbench.ui.memories.switch import CONCEPTS
from workbench.ui.window.library_actions import Shelf

_READING = "concepts:read"
_PAUSE = 200  # milliseconds of silence before the words that are typed are looked for
_REST = 2000  # milliseconds between two readings while the library changes


class ConceptsPage(ListPage):
    """Find a concept; the chosen one stands in the Inspector."""

    #: The chosen one is to be looked at: the focus goes to it.
    opened = Signal()

    def __init__(self, shelf: Shelf, jobs: Jobs) -> None:
        self.model: TableModel[Row] = TableModel(LISTED, sentence, key=attrgetter("id"))
        table = ConceptView(self.model, tr("Concepts"))
        chips = {type: chip(kinds.word(type), kinds.glyph(type)) for type in kinds.TYPES}
        for type, press in chips.items():
            press.setIcon(theme.icon(kinds.glyph(type), kinds.ink(type)))
        hint = tr("Find a concept")
        super().__init__(shelf, jobs, tr("Concepts"), CONCEPTS, table, (hint, hint), chips)
        self.model.setParent(self)
        table.horizontalHeader().sortIndicatorChanged.connect(self._filter)
        table.activated.connect(lambda _index: self.opened.emit())
        table.selectionModel().selectionChanged.connect(self._chosen)
        self.find_field.returnPressed.connect(self._to_table)
        self._pause = delayed(self, self._read)
        shelf.sources_changed.connect(self.reload)

    # -- what others ask --------------------------------------------------------------------------

    def selected(self) -> int | None:
        """The number of the chosen concept."""
        row = self.table.chosen()
        return row.id if row is not None else None

    def focus_find(self) -> None:
        """Put the cursor into the field that finds concepts."""
        self._awaited = False
        self.find_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.find_field.selectAll()

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

    def _to_table(self) -> None:
        if self.model.rows:
            if self.table.chosen() is None:
                self.table.choose(self.model.rows[0].id)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _order(self) -> str:
        """By what the library is to choose the first of very many."""
        at = self.table.horizontalHeader().sortIndicatorSection()
        key = LISTED[at].key if 0 <= at < len(LISTED) else ""
        return key if key in ("name", "last") else "mentions"

    def _filter(self, *_sorted: object) -> None:
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
            done=self._show, failed=self._not_read, key=_READING,
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
        self._jobs.cancel(_READING)
        self._pause.stop()
        self._stale = True
        self.model.show_rows(())

    def _chosen(self) -> None:
        self.selection_changed.emit(self.selected())
