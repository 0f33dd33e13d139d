"""The page of the Library that lists its concepts: filtered by words and type, sorted, counted."""

from collections.abc import Sequence
from operator import attrgetter

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QToolButton, QWidget

from workbench.errors import WorkbenchError
from workbench.memory.graph.records import Concept
from workbench.ui import theme
from workbench.ui.components.boxes import column, fill, holder, row, rule
from workbench.ui.components.controls import chip, field, on_key
from workbench.ui.components.delay import delayed
from workbench.ui.components.filter_bar import FilterBar
from workbench.ui.components.notices import EmptyState, Stack, failed
from workbench.ui.components.tables import TableModel
from workbench.ui.components.words import label
from workbench.ui.concepts import kinds, loading
from workbench.ui.concepts.chips import chosen_type, type_chips
from workbench.ui.concepts.rows import LISTED, Row, sentence
from workbench.ui.concepts.view import ConceptView
from workbench.ui.jobs import Jobs
from workbench.ui.language import tr
from workbench.ui.library.scope import Scope
from workbench.ui.memories.switch import CONCEPTS, KindSwitch
from workbench.ui.window.library_actions import Shelf

_READING = "concepts:read"
_PAUSE = 200  # milliseconds of silence before the words that are typed are looked for
_REST = 2000  # milliseconds between two readings while the library changes


class ConceptsPage(QWidget):
    """Find a concept; the chosen one stands in the Inspector."""

    #: The number of the chosen concept, or None.
    selection_changed = Signal(object)
    #: The chosen one is to be looked at: the focus goes to it.
    opened = Signal()

    def __init__(self, shelf: Shelf, jobs: Jobs) -> None:
        super().__init__()
        self._shelf, self._jobs = shelf, jobs
        self._scope = Scope()
        self._stale, self._awaited = True, False
        self._wanted: int | None = None
        self.model: TableModel[Row] = TableModel(LISTED, sentence, self, key=attrgetter("id"))
        self.table = ConceptView(self.model, tr("Concepts"))
        self.table.horizontalHeader().sortIndicatorChanged.connect(self._read)
        self.table.activated.connect(lambda _index: self.opened.emit())
        self.table.selectionModel().selectionChanged.connect(self._chosen)
        self.switch = KindSwitch(CONCEPTS)
        self.find_field = field(tr("Find a concept"), tr("Find a concept"), "search")
        self.find_field.setClearButtonEnabled(True)
        self.find_field.textChanged.connect(self._typed)
        self.find_field.returnPressed.connect(self._to_table)
        on_key(self.find_field, Qt.Key.Key_Escape, self.find_field.clear)
        self.chips = self._make_chips()
        self._note = label("", "caption", wrap=True)
        self._note.setContentsMargins(theme.px(16), 4, theme.px(16), 6)
        listed = holder(column(self.table, self._note, gap=0), "surface")
        self.stack = Stack(listed, name=tr("Concepts"))
        filters = FilterBar(self.switch, self.find_field, (*self.chips.values(),))
        bar = holder(row(filters, margins=(16, 10, 12, 10)))
        fill(self, column(bar, rule(), self.stack, gap=0, wide=-1), "surface", tr("Concepts"))
        self._pause = delayed(self, self._read)
        shelf.facts_changed.connect(self.reload)
        shelf.sources_changed.connect(self.reload)
        shelf.switched.connect(self._forget)

    # -- what others ask --------------------------------------------------------------------------

    def set_scope(self, scope: Scope) -> None:
        """Show the concepts of another part of the library."""
        if scope != self._scope:
            self._scope = scope
            self.reload()

    def selected(self) -> int | None:
        """The number of the chosen concept."""
        row = self.table.chosen()
        return row.id if row is not None else None

    def focus_find(self) -> None:
        """Put the cursor into the field that finds concepts."""
        self._awaited = False
        self.find_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.find_field.selectAll()

    def focus_first(self) -> None:
        """Put the focus where one came for: the table, once it has come."""
        self._awaited = not self.model.rows
        first = self.table if self.model.rows else self.find_field
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- parts ------------------------------------------------------------------------------------

    def _make_chips(self) -> dict[str, QToolButton]:
        made = {each: chip(kinds.word(each), kinds.glyph(each)) for each in kinds.TYPES}
        for each, press in made.items():
            press.setIcon(theme.icon(kinds.glyph(each), kinds.ink(each)))
        return type_chips(made, self, self._read)

    # -- reading ----------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the rows again: soon where they are seen, else when they are."""
        self._stale = True
        if self.isVisible() and not self._pause.isActive():
            self._pause.start(_REST if self.model.rows else _PAUSE)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._read()

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

    def _read(self, *_sorted: object) -> None:
        self._pause.stop()
        library = self._shelf.library
        if library is None or self._scope.trash or self._scope.tag is not None:
            self._show(())
            return
        self._stale = False
        typed, kind = " ".join(self.find_field.text().split()), chosen_type(self.chips)
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
        if self._scope.trash or self._scope.tag is not None:
            title, why = tr("Concepts come from sources and notes"), tr("Choose Everything.")
        elif typed or chosen_type(self.chips) is not None:
            title, why = tr("No match"), tr("Try fewer letters, or another type.")
        else:
            title = tr("No concepts yet")
            why = tr("Add a source and Workbench will pick out the people, places and ideas in it.")
        self.stack.show_other(EmptyState("concept", title, why))

    def _not_read(self, error: WorkbenchError) -> None:
        self.stack.show_other(failed(error, self._read))

    def _forget(self) -> None:
        self._jobs.cancel(_READING)
        self._pause.stop()
        self._stale = True
        self.model.show_rows(())

    def _chosen(self) -> None:
        self.selection_changed.emit(self.selected())
