"""A list page of the Library: filter bar, table, and a message if empty.

A `Listing` declares it; it is loaded when visible.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QLabel, QToolButton, QWidget

from workbench.errors import WorkbenchError
from workbench.ui import theme
from workbench.ui.components import (
    Call,
    EmptyState,
    FilterBar,
    Stack,
    TableModel,
    TableView,
    button,
    column,
    delayed,
    divided,
    failed,
    fill,
    find_field,
    holder,
    on_key,
    paragraph,
    row,
    rule,
    words,
)
from workbench.ui.concepts.rows import selected_type, type_chips
from workbench.ui.language import tr
from workbench.ui.library.scope import Scope
from workbench.ui.memories.switch import KindSwitch
from workbench.ui.shelf.shelf import Shelf

R = TypeVar("R")
_MIN_TEXT = 400


@dataclass(frozen=True, slots=True)
class Listing:
    """The declaration of a page: name, job key, segment of the switch, and search hint.

    Without a segment there are no switch and filters. `hide_order`, `high`, `sortable` and
    `several` are those of its `TableView`.
    """

    name: str
    key: str
    segment: str = ""
    hint: str = ""
    hide_order: Sequence[str] = ()
    high: int = 34
    sortable: bool = True
    several: bool = False


class ListPage(QWidget, Generic[R]):
    """Lists the rows of a scope; `_read` loads and `_filter` filters them.

    `chips` filter by type; the widgets `above` are placed between the bar and the table.
    """

    #: The selected row, or None.
    selection_changed = Signal(object)
    #: The row to open.
    opened = Signal(object)

    def __init__(
        self, shelf: Shelf, model: TableModel[R], listing: Listing,
        chips: Mapping[str, QToolButton], *above: QWidget,
    ) -> None:  # fmt: skip
        super().__init__()
        self._shelf, self.model, self._listing = shelf, model, listing
        self._scope = Scope()
        self._stale, self._awaited = True, False
        self._wanted: int | None = None
        self.table: TableView[R] = TableView(
            *(model, listing.name), hide_order=listing.hide_order, min_width=_MIN_TEXT,
            high=listing.high, sortable=listing.sortable,
        )  # fmt: skip
        if listing.several:
            self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        model.setParent(self)
        self.table.activated.connect(self._activated)
        self.table.horizontalHeader().sortIndicatorChanged.connect(self.table.sort_rows)
        # The first row may be current without being selected; then only the second signal fires,
        # and the selection is updated after the current row.
        self._telling = delayed(self, lambda: self.selection_changed.emit(self.selected()))
        self.table.selectionModel().currentRowChanged.connect(self._selection_changed)
        self.table.selectionModel().selectionChanged.connect(self._selection_changed)
        self._note = paragraph("", "caption")
        self._note.setContentsMargins(theme.px(16), 4, theme.px(16), 6)
        self._note.hide()
        self._list = holder(column(self.table, self._note, gap=0))
        self.stack = Stack(self._list, name=listing.name)
        parts: list[QWidget] = [*above, self.stack]
        if listing.segment:
            self.switch = KindSwitch(listing.segment)
            self.find_field = find_field(listing.hint, listing.hint, self._filter, self._to_table)
            on_key(self.find_field, Qt.Key.Key_Escape, self.clear_filter)
            self.chips = type_chips(dict(chips), self, lambda: self._filter())
            self.filter_bar = FilterBar(self.switch, self.find_field, (*self.chips.values(),))
            parts = [holder(row(self.filter_bar, margins=(16, 10, 12, 10))), rule(), *parts]
            shelf.facts_changed.connect(self.reload)
        fill(self, column(*parts, gap=0, wide=-1), "surface", listing.name)
        shelf.switched.connect(self._forget)

    def divide(self, detail: QWidget, width: int) -> None:
        """Show the details of the selected row beside the list, which has this width."""
        parts = divided(self._list, detail, wide=1)
        parts.setSizes([theme.px(width), theme.px(2 * width)])
        # Qt hides what leaves a stack.
        self._list.show()
        self.stack.insertWidget(0, parts)
        self.stack.setCurrentIndex(0)

    def add_actions(self, *ways: tuple[str, Call, Sequence[Any]]) -> None:
        """Add actions on the selected row: text, callback with the row, shortcuts."""
        for text, call, keys in ways:
            self.table.add_way(text, partial(self._call_selected, call), *keys)

    # -- public API --------------------------------------------------------------------------------

    def set_scope(self, scope: Scope) -> None:
        """Show another scope."""
        if scope != self._scope:
            self._scope = scope
            self.reload()

    def reload(self) -> None:
        """Reload: now if visible, else when shown."""
        self._stale = True
        if self.isVisible():
            self._read()

    def clear_filter(self) -> None:
        """Reset the filter."""
        self.find_field.clear()
        self.chips[""].click()

    def selected(self) -> R | None:
        """The selected row."""
        return self.table.chosen()

    def selected_rows(self) -> list[R]:
        """The selected rows in display order."""
        return self.table.picked()

    def focus_first(self) -> None:
        """Focus the list and select its first row."""
        self.table.setFocus()
        if self.model.rows and not self.table.currentIndex().isValid():
            self.table.selectRow(0)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._read()

    # -- selection ---------------------------------------------------------------------------------

    def _to_table(self) -> None:
        if self.model.rows:
            if self.table.chosen() is None:
                self.table.selectRow(0)
            self.table.setFocus()

    def _selection_changed(self) -> None:
        self._telling.start()

    def _activated(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self.model.rows):
            self.opened.emit(self.model.rows[index.row()])

    def _call_selected(self, call: Any) -> None:
        selected = self.selected()
        if selected is not None:
            call(selected)

    # -- for subclasses ----------------------------------------------------------------------------

    @property
    def _type(self) -> str:
        """The selected type; "" for all."""
        return selected_type(self.chips) or ""

    @property
    def _has_scope(self) -> bool:
        """Whether the scope can have rows: tags and Trash cannot."""
        return not self._scope.trash and self._scope.tag is None

    def _filter(self) -> None:
        """Filter by text and type."""

    def _read(self) -> None:
        """Load the rows, with `_load`."""

    def _load(self, work: Callable[..., Any], done: Callable[[Any], object]) -> None:
        """Call `work(library)` on a worker, and `done` with its result, if a library is open."""
        self._stale = self._shelf.library is None
        self._shelf.ask(work, done=done, failed=self._not_read, key=self._listing.key)

    def _load_long(
        self, work: Callable[..., Any], done: Callable[[Any], object], told: QLabel, waiting: str
    ) -> None:
        """Load as `_load` what takes long: `told` shows how far it is, and it can be stopped."""
        self._stale = self._shelf.library is None
        if self._stale:
            return
        told.setText(waiting)
        if not self.model.rows:
            stop = button(tr("Stop"), call=lambda: self._stop(told))
            text = tr("It goes on while you do something else.")
            self.stack.show_other(EmptyState("clock", waiting, text, stop))
        self._shelf.ask(
            work, done=done, failed=self._not_read, key=self._listing.key,
            progress=lambda progress: told.setText(f"{waiting} {words.steps(progress)}"),
        )  # fmt: skip

    def _stop(self, told: QLabel) -> None:
        self._shelf.jobs.cancel(self._listing.key)
        told.setText("")
        again = button(tr("Look again"), call=self._read)
        text = tr("Nothing is listed until all sources are looked through.")
        self.stack.show_other(EmptyState("clock", tr("Stopped"), text, again))

    def _not_read(self, error: WorkbenchError) -> None:
        self.stack.show_other(failed(error, self._read))

    def _forget(self) -> None:
        """Reset while another library is opened."""
        self._shelf.jobs.cancel(self._listing.key)
        self._stale = True
        self.model.show_rows(())
