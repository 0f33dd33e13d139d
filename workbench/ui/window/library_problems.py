"""A bar for problems of the library that may pass, such as a lock.

A library that another program writes, a full disk, a share that is gone: what the user changed
waits, is tried again by itself, and is not lost; the bar tells how much that is.
"""

from itertools import islice
from pathlib import Path

from PySide6.QtWidgets import QApplication, QPushButton

from workbench.errors import WorkbenchError
from workbench.ui.components import words
from workbench.ui.components.controls import button
from workbench.ui.components.notices import details
from workbench.ui.components.pointing import pointed
from workbench.ui.language import tr, tr_n
from workbench.ui.window.context import Context, Part
from workbench.ui.window.libraries import Libraries

HELD, QUEUE, LOST = "held", "queue", "lost"
#: A queue that is held up says so in its first rows.
_FIRST_ROWS = 50


class LibraryProblems(Part):
    """Keeps the bars of a window true."""

    def __init__(self, context: Context, libraries: Libraries) -> None:
        super().__init__(context)
        self._libraries, self._told = libraries, ""
        #: What holds up the queue, once it was told: one may dismiss that.
        self._stuck = ""
        shelf = context.library
        shelf.held.connect(self._held)
        shelf.freed.connect(self._freed)
        shelf.switched.connect(self._freed)
        shelf.queue_changed.connect(self._look_at_queue)

    def tell_lost(self, wanted: Path, instead: Path) -> None:
        """Say that the library that was open last is not where it was, and another is open."""
        again = button(tr("Open it"), call=lambda: self._libraries.switch(str(wanted)))
        self._views.bars.say(
            LOST,
            tr(
                "“{name}” has moved or is missing, so “{name2}” is open.",
                name=wanted.name,
                name2=instead.name,
            ),
            tr(
                "It was {wanted}. If it is on an external disk or network share, connect that "
                "and open it again.",
                wanted=words.home_short(str(wanted)),
            ),
            again,
        )

    def _held(self, error: WorkbenchError) -> None:
        shelf = self._shelf
        now = button(tr("Try now"), call=shelf.try_now)
        buttons: list[QPushButton] = [now]
        why = tr("It will continue automatically.")
        if shelf.waiting:
            things = words.count(shelf.waiting, "change")
            why = tr_n(
                shelf.waiting,
                "{things} of yours waits and nothing is lost.",
                "{things} of yours wait and nothing is lost.",
                things=things,
            )
            why += tr(" It will continue automatically.")
            drop = button(tr("Give up"), kind="quiet", call=shelf.give_up)
            drop.setToolTip(tr("Discard {things}; everything saved stays as it is", things=things))
            buttons.append(drop)
        copy = button(tr("Copy details"), kind="quiet")
        copy.clicked.connect(lambda: QApplication.clipboard().setText(details(error)))
        told = f"{error.message} {why}"
        if told == self._told and self._views.bars.has(HELD):
            # The same again takes the focus from nobody's button.
            return
        self._told = told
        why = f"{pointed(error.hint)} {why}".strip()
        self._views.bars.say(HELD, error.message, why, *buttons, copy, dismiss=False)

    def _freed(self) -> None:
        self._told = ""
        self._views.bars.take(HELD)

    def _look_at_queue(self) -> None:
        rows = islice(self._shelf.queue, _FIRST_ROWS)
        stuck = next((row for row in rows if row.state == "paused" and row.error), None)
        bars = self._views.bars
        told = "" if stuck is None else stuck.error
        if told == self._stuck:
            return
        self._stuck = told
        if stuck is None:
            bars.take(QUEUE)
        else:
            show = button(tr("Show Activity"), call=lambda: self._navigate.show_panel("activity"))
            why = tr(
                "{pointed} Finished work is kept; the rest is waiting.", pointed=pointed(stuck.hint)
            ).strip()
            bars.say(QUEUE, stuck.error, why, show)
