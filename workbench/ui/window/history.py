"""Edit › History: recent changes to undo or redo, and reports of sleep."""

import time
from functools import partial
from itertools import takewhile
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from workbench.sleep.records import Slept
from workbench.store.changes import FINAL, Change
from workbench.ui import theme
from workbench.ui.components import (
    SMALL,
    STRONG,
    Column,
    EmptyState,
    Flow,
    TableModel,
    button,
    column,
    holder,
    label,
    paragraph,
    rule,
    words,
)
from workbench.ui.components.dialog import Dialog
from workbench.ui.language import tr
from workbench.ui.library.list_page import Listing, ListPage
from workbench.ui.shelf.shelf import Shelf
from workbench.ui.shelf.undo import Act
from workbench.ui.sleep import wording
from workbench.ui.window.context import Context, Part
from workbench.ui.window.sleep_actions import SleepActions

if TYPE_CHECKING:
    from workbench.library import Library

_LISTING = Listing(tr("History"), "history:read", sortable=False)
_LIMIT = 200


class HistoryPage(ListPage[Change]):
    """The latest changes of the library."""

    def __init__(self, shelf: Shelf) -> None:
        self._presses = Flow([], gap=8)
        reason = tr("What was done of late, the newest first. Choose one to undo it.")
        head = column(
            label(tr("History"), "section"), paragraph(reason),
            holder(self._presses), margins=(16, 10, 16, 10), gap=6,
        )  # fmt: skip
        columns = (
            Column(
                "number", tr("No."), lambda row: str(row.id), width=64, style=lambda _row: SMALL
            ),
            Column("begun", tr("When"), _time_text, width=150, style=lambda _row: SMALL),
            Column("what", tr("What"), _change_text, style=lambda _row: STRONG),
            Column("state", tr("State"), _state_text, width=110, style=lambda _row: SMALL),
        )
        model = TableModel[Change](columns, _sentence, key=lambda row: row.id)
        super().__init__(shelf, model, _LISTING, {}, holder(head), rule())
        shelf.acts.changed.connect(self.reload)
        for changed in (shelf.facts_changed, shelf.sources_changed):
            changed.connect(self.reload)

    def add_way(self, text: str, call: object, *keys: Qt.Key) -> None:
        """Add an action on the selected change, with a button, a shortcut and a menu entry."""
        way = self.table.add_way(text, partial(self._call_selected, call), *keys)
        self._presses.addWidget(button(text, call=way.trigger))

    def _read(self) -> None:
        self._load(lambda library: library.changes(_LIMIT), self._show_rows)

    def _show_rows(self, rows: list[Change]) -> None:
        self.model.show_rows(rows)
        if rows:
            self.stack.setCurrentIndex(0)
            self.focus_first()
        else:
            text = tr("What you add, write, change and delete is listed here.")
            self.stack.show_other(EmptyState("clock", tr("Nothing was done yet"), text))


class History(Part):
    """Shows the history, and undoes selected changes."""

    def __init__(self, context: Context, sleep: SleepActions) -> None:
        super().__init__(context)
        self._sleep = sleep
        context.actions.bind(lambda: context.library.library is not None, history=self.show)
        self._shelf.listed.connect(self._fill_acts)

    def show(self) -> HistoryPage:
        """Open the list of changes in a dialog."""
        dialog = Dialog(self._window, tr("History – Engram Workbench"))
        page = HistoryPage(self._shelf)
        page.add_way(tr("Undo"), partial(self._turn, again=False), Qt.Key.Key_U)
        page.add_way(tr("Redo"), partial(self._turn, again=True), Qt.Key.Key_R)
        page.add_way(tr("Show the sleep"), self._report, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        dialog.arrange(page, None, button(tr("Close"), call=dialog.close))
        dialog.resize(theme.px(640), theme.px(520))
        self._shelf.switched.connect(dialog.close)
        dialog.show()
        return page

    def _fill_acts(self) -> None:
        """Restore the undo and redo stacks from when the library was last open."""
        self._shelf.ask(
            lambda library: library.changes(_LIMIT),
            done=partial(self._take_acts, self._shelf.library),
        )

    def _take_acts(self, library: "Library | None", rows: list[Change]) -> None:
        if self._shelf.library is not library:
            return
        own = [
            row
            for row in rows
            if (row.kept or row.state == FINAL) and (not row.why or row.kind == "sleep")
        ]
        undone = takewhile(lambda row: row.state == "undone", own)
        applied = (row for row in reversed(own) if row.state in ("done", FINAL))
        self._shelf.acts.fill([*map(self._act, applied)], [*map(self._act, undone)])

    def _act(self, change: Change) -> Act:
        turn = partial(self._sleep.turn, change.id) if change.kind == "sleep" else None
        return Act(change.what, (change.id,), turn=turn)

    def _turn(self, change: Change, *, again: bool) -> None:
        acts = self._shelf.acts
        known = (act for act in (*acts.applied, *acts.undone) if change.id in act.changes)
        self._shelf.turn(next(known, self._act(change)), redo=again)

    def _report(self, change: Change) -> None:
        if change.kind == "sleep":
            self._shelf.ask(
                lambda library: library.sleep.history(limit=_LIMIT),
                done=partial(self._show_report, change.id),
            )

    def _show_report(self, run: int, sleeps: list[Slept]) -> None:
        for slept in sleeps:
            if slept.run == run:
                self._sleep.report(slept)


def _time_text(row: Change) -> str:
    return f"{words.day(row.begun)}, {time.strftime('%H:%M', time.localtime(row.begun))}"


def _change_text(row: Change) -> str:
    """Describe a change, with the results of a sleep."""
    if row.kind != "sleep":
        return row.what
    from workbench.sleep import history  # imports numpy

    return f"{row.what}: {wording.deeds(history.counted(row))}"


def _state_text(row: Change) -> str:
    states = {"done": tr("Done"), "undone": tr("Undone"), FINAL: tr("Final")}
    return states.get(row.state, tr("Not finished"))


def _sentence(row: Change) -> str:
    return f"{_time_text(row)}: {_change_text(row)}, {_state_text(row)}"
