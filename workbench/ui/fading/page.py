"""The list of what fades, in the Library: opened, reinforced or let go by key, button or menu.

What was done about a row says so in its place, and the next row is at hand; the list is made anew
when one comes back to it.
"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from workbench.errors import WorkbenchError
from workbench.memory.fading.records import Fading, FadingList
from workbench.ui.components import words
from workbench.ui.components.boxes import Flow, clear, column, holder, on_paper, row, rule
from workbench.ui.components.controls import button
from workbench.ui.components.notices import EmptyState, error_message
from workbench.ui.components.tables import TableView
from workbench.ui.components.words import label
from workbench.ui.fading.model import WITHIN, FadingModel
from workbench.ui.jobs import Jobs
from workbench.ui.language import tr
from workbench.ui.window.library_actions import Shelf

_READING = "fading:read"
_FIRST, _MOST = 50, 1600
#: Columns that give way to the words where there is little room, the first of them first.
_GIVE_WAY = ("where", "used", "strength")
_LEAST_TEXT = 260


class FadingPage(QWidget):
    """Shows what fades soon; what is done about it goes out by signals."""

    #: What is chosen, None for nothing.
    selection_changed = Signal(object)
    opened = Signal(object)
    #: These engrams are to be reinforced; or let go.
    reinforced = Signal(object)
    let_go = Signal(object)

    def __init__(self, shelf: Shelf, jobs: Jobs) -> None:
        super().__init__()
        self._shelf, self._jobs = shelf, jobs
        self._limit = _FIRST
        self.model = FadingModel(self)
        self.table = TableView(
            self.model, tr("Fading memories"), give_way=_GIVE_WAY, least=_LEAST_TEXT, several=True
        )
        self.table.doubleClicked.connect(lambda _index: self._open())
        self.table.selectionModel().currentRowChanged.connect(self._chosen)
        self.count = label("", "small")
        self.more = button(tr("Show more"), kind="quiet", call=self._show_more)
        self.more.hide()
        presses = []
        for text, keys, call, *codes in (
            (tr("Reinforce"), "R", partial(self._do, self.reinforced), Qt.Key.Key_R),
            (tr("Archive"), "L", partial(self._do, self.let_go), Qt.Key.Key_L),
            (tr("Open"), "Enter", self._open, Qt.Key.Key_Return, Qt.Key.Key_Enter),
        ):
            way = self.table.add_way(text, call, *codes)
            presses.append(button(text, tip=f"{text} ({keys})", name=text, call=way.trigger))
        head = row(label(tr("Fading"), "section"), self.count, self.more, None, gap=10)
        why = tr("These notes fade within a week. Keep the ones you want at hand.")
        self._notes = column(gap=0)
        #: What to do about what fades, where anything does.
        self.doing = holder(
            column(label(why, "small", wrap=True), holder(Flow(presses, gap=8)), gap=6)
        )
        top = column(head, self.doing, margins=(16, 10, 16, 10), gap=6)
        self.setLayout(column(holder(top), rule(), self._notes, self.table, gap=0, wide=-1))
        on_paper(self, "surface")
        self.setAccessibleName(tr("Fading"))
        shelf.switched.connect(self._forget)

    # -- what others ask --------------------------------------------------------------------------

    def focus_first(self) -> None:
        """Put the focus on the list, its first row chosen."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.model.rows and not self.table.currentIndex().isValid():
            self.table.selectRow(0)

    def chosen(self) -> list[Fading]:
        """The chosen rows, in the order shown."""
        picked = {index.row() for index in self.table.selectionModel().selectedRows()}
        return [each for at, each in enumerate(self.model.rows) if at in picked]

    def look(self) -> None:
        """Make the list anew."""
        library = self._shelf.library
        if library is not None:
            self._jobs.run(
                library.memory.fading, within_days=WITHIN, limit=self._limit,
                done=self._came, failed=self._not_read, key=_READING,
            )  # fmt: skip

    def mark(self, engrams: Sequence[int], what: str) -> None:
        """Say in their rows what was done about these; the next row is at hand."""
        # A list that was asked for before would take the words out of the rows again.
        self._jobs.cancel(_READING)
        self.model.mark(engrams, what)
        at = self.table.currentIndex().row()
        current = self.model.rows[at].engram if 0 <= at < len(self.model.rows) else None
        if what and current in engrams:
            left = [
                n for n, each in enumerate(self.model.rows) if not self.model.done.get(each.engram)
            ]
            following = next((n for n in left if n > at), left[0] if left else at)
            self.table.selectRow(following)

    # -- reading ----------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self.look()

    def _came(self, found: FadingList) -> None:
        focused = self.table.hasFocus()
        self.model.show_rows(found.items)
        total = f"{words.number(found.total)}{'' if found.complete else '+'}"
        counted = tr("{items} of {total}", items=words.number(len(found.items)), total=total)
        self.count.setText(counted if found.items else "")
        self.doing.setVisible(bool(found.items))
        self.more.setVisible(len(found.items) < found.total and self._limit < _MOST)
        clear(self._notes)
        if focused and not found.items:
            self.setFocus()  # else it went from the empty list to the next button anywhere
        self.table.setVisible(bool(found.items))
        if not found.items:
            text = tr("Notes you haven't used in a while show up here a week before they fade.")
            self._notes.addWidget(EmptyState("fading", tr("Nothing is fading"), text))
        elif focused or self.table.hasFocus():
            self.table.selectRow(0)

    def _not_read(self, error: WorkbenchError) -> None:
        clear(self._notes)
        again = button(tr("Try again"), call=self.look)
        self._notes.addWidget(error_message(error, again))

    def _show_more(self) -> None:
        self._limit = min(_MOST, self._limit * 4)
        self.look()

    def _forget(self) -> None:
        self._jobs.cancel(_READING)
        self._limit = _FIRST
        self.model.show_rows(())

    # -- doing ------------------------------------------------------------------------------------

    def _chosen(self) -> None:
        at = self.table.currentIndex().row()
        rows = self.model.rows
        self.selection_changed.emit(rows[at] if 0 <= at < len(rows) else None)

    def _open(self) -> None:
        chosen = self.chosen()
        if chosen:
            self.opened.emit(chosen[0])

    def _do(self, signal: object) -> None:
        waiting = [each.engram for each in self.chosen() if not self.model.done.get(each.engram)]
        if waiting:
            signal.emit(waiting)  # type: ignore[attr-defined]
