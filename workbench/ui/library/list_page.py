"""The page of a list in the Library: a bar that filters, a table, a message where it is empty.

It is read when it is seen: at once, or as soon as somebody comes back to it.
"""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QToolButton, QWidget

from workbench.errors import WorkbenchError
from workbench.ui import theme
from workbench.ui.components.boxes import column, fill, holder, row, rule
from workbench.ui.components.controls import field, on_key
from workbench.ui.components.filter_bar import FilterBar
from workbench.ui.components.notices import Stack, failed
from workbench.ui.components.tables import TableView
from workbench.ui.components.words import label
from workbench.ui.concepts.chips import chosen_type, type_chips
from workbench.ui.jobs import Jobs
from workbench.ui.library.scope import Scope
from workbench.ui.memories.switch import KindSwitch
from workbench.ui.window.library_actions import Shelf


class ListPage(QWidget):
    """Lists what a scope holds; `_read` fetches the rows and `_filter` narrows them.

    `shown` is the segment of its switch, `hint` what the field says and is called, `chips` the
    types that narrow the list; what is `above` stands between the bar and the table.
    """

    #: What is chosen, or None.
    selection_changed = Signal(object)

    def __init__(
        self, shelf: Shelf, jobs: Jobs, name: str, shown: str, table: TableView[Any],
        hint: tuple[str, str], chips: Mapping[str, QToolButton], *above: QWidget,
    ) -> None:  # fmt: skip
        super().__init__()
        self._shelf, self._jobs, self.table = shelf, jobs, table
        self._scope = Scope()
        self._stale, self._awaited = True, False
        self._wanted: int | None = None
        self.switch = KindSwitch(shown)
        self.find_field = field(*hint, "search")
        self.find_field.setClearButtonEnabled(True)
        self.find_field.textChanged.connect(self._typed)
        on_key(self.find_field, Qt.Key.Key_Escape, self.clear_filter)
        self.chips = type_chips(dict(chips), self, lambda: self._filter())
        self._note = label("", "caption", wrap=True)
        self._note.setContentsMargins(theme.px(16), 4, theme.px(16), 6)
        self._note.hide()
        self.stack = Stack(holder(column(table, self._note, gap=0), "surface"), name=name)
        self.filter_bar = FilterBar(self.switch, self.find_field, (*self.chips.values(),))
        bar = holder(row(self.filter_bar, margins=(16, 10, 12, 10)))
        fill(self, column(bar, rule(), *above, self.stack, gap=0, wide=-1), "surface", name)
        shelf.facts_changed.connect(self.reload)
        shelf.switched.connect(self._forget)

    # -- what others ask --------------------------------------------------------------------------

    def set_scope(self, scope: Scope) -> None:
        """Show another part of the library."""
        if scope != self._scope:
            self._scope = scope
            self.reload()

    def reload(self) -> None:
        """Read the rows again: at once where they are seen, else when they are."""
        self._stale = True
        if self.isVisible():
            self._read()

    def clear_filter(self) -> None:
        """Show everything in the scope again."""
        self.find_field.clear()
        self.chips[""].click()

    def focus_first(self) -> None:
        """Put the focus where one came for: the table, once it has come."""
        self._awaited = not self.table.rows.rows
        first = self.table if self.table.rows.rows else self.find_field
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._read()

    # -- what each list does ----------------------------------------------------------------------

    @property
    def _type(self) -> str:
        """The type that is shown; "" for all."""
        return chosen_type(self.chips) or ""

    @property
    def _has_scope(self) -> bool:
        """Whether what is shown on the left can hold rows: tags and the trash cannot."""
        return not self._scope.trash and self._scope.tag is None

    def _typed(self) -> None:
        self._filter()

    def _filter(self) -> None:
        """Narrow the list to what was typed and the chip that is pressed."""

    def _read(self) -> None:
        """Fetch the rows."""

    def _not_read(self, error: WorkbenchError) -> None:
        self.stack.show_other(failed(error, self._read))

    def _forget(self) -> None:
        """Another library is being opened."""
