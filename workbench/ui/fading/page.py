"""The list of fading memories in the Library: open, reinforce or archive by key, button or menu.

An action is shown in its row, and the next row is selected; the list is reloaded at the next visit.
"""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent

from workbench.memory.fading.records import Fading, FadingList
from workbench.ui.components import (
    EmptyState,
    button,
    quiet_button,
    words,
)
from workbench.ui.fading.model import FadingModel
from workbench.ui.language import tr
from workbench.ui.library.list_page import ListPage, View
from workbench.ui.shelf import labels
from workbench.ui.shelf.calls import WITHIN
from workbench.ui.shelf.shelf import Shelf

_VIEW: View[Fading] = View(
    *(tr("Fading memories"), "fading:read"), sortable=False, several=True, title=tr("Fading"),
    reason=tr("These notes fade within a week. Keep the ones you want at hand."),
    hide_order=("where", "used", "strength"),
    empty=(
        *("fading", tr("Nothing is fading")),
        tr("Notes you haven't used in a while show up here a week before they fade."),
    ),
)  # fmt: skip
_FIRST, _MAX_ROWS = 50, 1600


class FadingPage(ListPage[Fading]):
    """Shows fading memories, with actions on them."""

    model: FadingModel

    def __init__(self, shelf: Shelf) -> None:
        self._limit = _FIRST
        super().__init__(shelf, _VIEW, model=FadingModel())
        self.more = quiet_button(tr("Show more"), call=self._show_more)
        self.more.hide()
        self._head.insertWidget(2, self.more)
        open_selected = partial(self._call_selected, self.opened.emit)
        for text, keys, call, *codes in (
            (tr("Reinforce"), "R", partial(self._do, labels.reinforce), Qt.Key.Key_R),
            (tr("Archive"), "L", partial(self._do, labels.archive), Qt.Key.Key_L),
            (tr("Open"), "Enter", open_selected, Qt.Key.Key_Return, Qt.Key.Key_Enter),
        ):
            action = self.table.add_way(text, call, *codes)
            press = button(text, tip=f"{text} ({keys})", call=action.trigger)
            self._presses.addWidget(press)
        shelf.marked.connect(self._mark)

    def _mark(self, engrams: Sequence[int], action: str) -> None:
        """Show the action in the rows of engrams, and select the next row."""
        # A running reload would remove the actions from the rows.
        self._shelf.jobs.cancel(self._key)
        completed, rows = self.model.done, self.model.rows
        self.model.mark(engrams, action)
        at = self.table.currentIndex().row()
        current = rows[at].engram if 0 <= at < len(rows) else None
        if action and current in engrams:
            left = [n for n, item in enumerate(rows) if not completed.get(item.engram)]
            following = next((n for n in left if n > at), left[0] if left else at)
            self.table.selectRow(following)

    # -- loading -----------------------------------------------------------------------------------

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._stale = True

    def _read(self) -> None:
        limit = self._limit
        self._load(
            lambda library: library.memory.fading(within_days=WITHIN, limit=limit), self._show_rows
        )

    def _show_rows(self, listing: FadingList) -> None:
        focused = self.table.hasFocus()
        self.model.show_rows(listing.items)
        total = f"{words.number(listing.total)}{'' if listing.complete else '+'}"
        counts = tr("{items} of {total}", items=words.number(len(listing.items)), total=total)
        self.count.setText(counts if listing.items else "")
        self.doing.setVisible(bool(listing.items))
        self.more.setVisible(len(listing.items) < listing.total and self._limit < _MAX_ROWS)
        if listing.items:
            self.stack.setCurrentIndex(0)
            if focused or self.table.hasFocus():
                self.table.selectRow(0)
            return
        if focused:
            self.setFocus()  # otherwise the focus would move to an arbitrary button
        self.stack.show_other(EmptyState(*_VIEW.empty))

    def _show_more(self) -> None:
        self._limit = min(_MAX_ROWS, self._limit * 4)
        self._read()

    def _forget(self) -> None:
        super()._forget()
        self._limit = _FIRST

    # -- actions -----------------------------------------------------------------------------------

    def _do(self, call: Callable[[Shelf, Sequence[int]], object]) -> None:
        waiting = tuple(
            item.engram for item in self.selected_rows() if not self.model.done.get(item.engram)
        )
        if waiting:
            call(self._shelf, waiting)
