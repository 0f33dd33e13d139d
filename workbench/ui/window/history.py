"""Edit › History: recent changes to undo or redo, and reports of sleep."""

import time
from functools import partial
from itertools import takewhile
from operator import attrgetter
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from workbench.sleep.records import Slept
from workbench.store.changes import FINAL, Change
from workbench.ui import theme
from workbench.ui.components import (
    SMALL,
    STRONG,
    Column,
    button,
    words,
)
from workbench.ui.components.dialog import Dialog
from workbench.ui.language import tr
from workbench.ui.library.list_page import ListPage, View
from workbench.ui.shelf.undo import Act
from workbench.ui.sleep import wording
from workbench.ui.window.context import Context, Part
from workbench.ui.window.sleep_actions import SleepActions

if TYPE_CHECKING:
    from workbench.library import Library

_LIMIT = 200


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


#: The latest changes of the library.
_VIEW: View[Change] = View(
    *(tr("History"), "history:read"),
    (
        Column("number", tr("No."), lambda row: str(row.id), width=64, style=lambda _row: SMALL),
        Column("begun", tr("When"), _time_text, width=150, style=lambda _row: SMALL),
        Column("what", tr("What"), _change_text, style=lambda _row: STRONG),
        Column("state", tr("State"), _state_text, width=110, style=lambda _row: SMALL),
    ),
    lambda row: f"{_time_text(row)}: {_change_text(row)}, {_state_text(row)}",
    attrgetter("id"), lambda library: library.changes(_LIMIT), title=tr("History"),
    reason=tr("What was done of late, the newest first. Choose one to undo it."),
    empty=(
        *("clock", tr("Nothing was done yet")),
        tr("What you add, write, change and delete is listed here."),
    ),
    sortable=False,
)  # fmt: skip


class History(Part):
    """Shows the history, and undoes selected changes."""

    def __init__(self, context: Context, sleep: SleepActions) -> None:
        super().__init__(context)
        self._sleep = sleep
        context.actions.bind(history=self.show)
        self._shelf.listed.connect(self._fill_acts)

    def show(self) -> ListPage[Change]:
        """Open the list of changes in a dialog."""
        dialog = Dialog(self._window, tr("History – Engram Workbench"))
        page, shelf, key = ListPage(self._shelf, _VIEW), self._shelf, Qt.Key
        page.add_actions(
            (tr("Undo"), partial(self._turn, again=False), (key.Key_U,)),
            (tr("Redo"), partial(self._turn, again=True), (key.Key_R,)),
            (tr("Show the sleep"), self._report, (key.Key_Return, key.Key_Enter)),
        )
        for changed in (shelf.acts.changed, shelf.facts_changed, shelf.sources_changed):
            changed.connect(page.reload)
        dialog.arrange(page, None, button(tr("Close"), call=dialog.close))
        dialog.resize(theme.px(640), theme.px(520))
        shelf.switched.connect(dialog.close)
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
