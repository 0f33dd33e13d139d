"""A list page: filter bar, table, and a message if empty.

A `View` declares it; it is loaded when visible.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QLabel, QToolButton, QWidget

from workbench.errors import WorkbenchError
from workbench.ui import theme
from workbench.ui.components import (
    Call,
    Column,
    EmptyState,
    Flow,
    Stack,
    TableModel,
    TableView,
    button,
    column,
    delayed,
    divided,
    failed,
    fill,
    filter_bar,
    find_field,
    holder,
    label,
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
class View(Generic[R]):
    """The declaration of a page: name, job key, columns, sentence and key of a row.

    `query` loads the rows; `empty` is icon, title and text without any. A `reason` is shown below
    the `title`, with a button for each action. `segment` and `hint` are those of the switch and the
    search; without a segment there are no filters. `hide_order`, `high`, `sortable` and `several`
    are those of its `TableView`.
    """

    name: str
    key: str
    columns: Sequence[Column] = ()
    sentence: Callable[[R], str] = str
    row_key: Callable[[R], object] | None = None
    query: Callable[[Any], Sequence[R]] | None = None
    empty: tuple[str, str, str] = ("", "", "")
    title: str = ""
    reason: str = ""
    segment: str = ""
    hint: str = ""
    hide_order: Sequence[str] = ()
    high: int = 34
    sortable: bool = True
    several: bool = False


class LazyPage(QWidget):
    """Loads itself with `_read` when it is shown, and while visible on `reload`."""

    def __init__(self, shelf: Shelf, key: str) -> None:
        super().__init__()
        self._shelf, self._key = shelf, key
        self._stale = True
        shelf.switched.connect(self._forget)

    def reload(self) -> None:
        """Reload: now if visible, else when shown."""
        self._stale = True
        if self.isVisible():
            self._read()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._read()

    def _read(self) -> None:
        raise NotImplementedError

    def _forget(self) -> None:
        """Reset while another library is opened."""
        self._shelf.jobs.cancel(self._key)
        self._stale = True


class ListPage(LazyPage, Generic[R]):
    """Lists the rows of a scope; `_filter` filters them.

    `chips` filter by type; the widgets `above` are placed between the bar and the table. Without a
    `model` the columns of the view are shown.
    """

    #: The selected row, or None.
    selection_changed = Signal(object)
    #: The row to open.
    opened = Signal(object)

    def __init__(
        self, shelf: Shelf, view: View[R], *above: QWidget, model: TableModel[R] | None = None,
        chips: Mapping[str, QToolButton] = {},
    ) -> None:  # fmt: skip
        super().__init__(shelf, view.key)
        model = model or TableModel(view.columns, view.sentence, key=view.row_key)
        self.model, self._view = model, view
        self._scope = Scope()
        self._awaited = False
        self._wanted: int | None = None
        self.table: TableView[R] = TableView(
            *(model, view.name), hide_order=view.hide_order, min_width=_MIN_TEXT,
            high=view.high, sortable=view.sortable,
        )  # fmt: skip
        if view.several:
            self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        model.setParent(self)
        self.table.opened.connect(self.opened)
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
        self.stack = Stack(self._list, name=view.name)
        parts: list[QWidget] = [*above, self.stack]
        if view.reason:
            self.count = label("", "small")
            self._head = row(label(view.title, "section"), self.count, None, gap=10)
            self._presses = Flow([], gap=8)
            #: The reason and the actions, which may be hidden while the list is empty.
            self.doing = holder(column(paragraph(view.reason), holder(self._presses), gap=6))
            top = column(self._head, self.doing, margins=(16, 10, 16, 10), gap=6)
            parts = [holder(top), rule(), *parts]
        if view.segment:
            self.switch = KindSwitch(view.segment)
            self.find_field = find_field(view.hint, view.hint, self._filter, self._to_table)
            on_key(self.find_field, Qt.Key.Key_Escape, self.clear_filter)
            self.chips = type_chips(dict(chips), self, lambda: self._filter())
            bar = filter_bar(self.switch, self.find_field, self.chips.values())
            parts = [holder(row(bar, margins=(16, 10, 12, 10))), rule(), *parts]
            shelf.facts_changed.connect(self.reload)
        fill(self, column(*parts, gap=0, wide=-1), "surface", view.name)

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
            way = self.table.add_way(text, partial(self._call_selected, call), *keys)
            if self._view.reason:
                self._presses.addWidget(button(text, call=way.trigger))

    # -- public API --------------------------------------------------------------------------------

    def set_scope(self, scope: Scope) -> None:
        """Show another scope."""
        if scope != self._scope:
            self._scope = scope
            self.reload()

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

    # -- selection ---------------------------------------------------------------------------------

    def _to_table(self) -> None:
        if self.model.rows:
            if self.table.chosen() is None:
                self.table.selectRow(0)
            self.table.setFocus()

    def _selection_changed(self) -> None:
        self._telling.start()

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
        if self._view.query is not None:
            self._load(self._view.query, self._show_loaded)

    def _show_loaded(self, rows: Sequence[R]) -> None:
        self.model.show_rows(rows)
        self.stack.setCurrentIndex(0)
        if rows:
            self.focus_first()
        else:
            self.stack.show_other(EmptyState(*self._view.empty))

    def _load(self, work: Callable[..., Any], done: Callable[[Any], object]) -> None:
        """Call `work(library)` on a worker, and `done` with its result, if a library is open."""
        self._stale = self._shelf.library is None
        self._shelf.ask(work, done=done, failed=self._not_read, key=self._key)

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
            work, done=done, failed=self._not_read, key=self._key,
            progress=lambda progress: told.setText(f"{waiting} {words.steps(progress)}"),
        )  # fmt: skip

    def _stop(self, told: QLabel) -> None:
        self._shelf.jobs.cancel(self._key)
        told.setText("")
        again = button(tr("Look again"), call=self._read)
        text = tr("Nothing is listed until all sources are looked through.")
        self.stack.show_other(EmptyState("clock", tr("Stopped"), text, again))

    def _not_read(self, error: WorkbenchError) -> None:
        self.stack.show_other(failed(error, self._read))

    def _forget(self) -> None:
        super()._forget()
        self.model.show_rows(())
