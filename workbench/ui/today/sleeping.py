"""Sleep, in Today: the last one in a line, or that it was interrupted and what to do."""

from functools import partial

from PySide6.QtWidgets import QWidget

from workbench.sleep.records import Slept
from workbench.ui.components.boxes import column, holder, row
from workbench.ui.components.controls import Sign, button
from workbench.ui.components.notices import message
from workbench.ui.components.words import label
from workbench.ui.language import tr
from workbench.ui.sleep import wording
from workbench.ui.sleep.page import SleepPage


def last_sleep(slept: Slept, page: SleepPage) -> QWidget:
    """What the last sleep did, with its report and its Undo, as on the page of sleep."""
    told = label(f"{wording.heading(slept)}: {wording.summary(slept)}", wrap=True)
    report = button(tr("Report"), kind="quiet", call=partial(page.report_requested.emit, slept))
    report.setAccessibleName(tr("Report of the last sleep"))
    line = row(Sign("sleep"), told, report, gap=10, wide=1)
    if slept.state == "done" and slept.run is not None:
        undo = button(tr("Undo"), "undo", kind="quiet", name=tr("Undo the last sleep"))
        undo.clicked.connect(partial(page.undo_requested.emit, slept))
        line.addWidget(undo)
    return holder(line)


def interrupted(page: SleepPage) -> QWidget:
    """A sleep was cut off: nothing was lost, and it can go on."""
    go = button(tr("Sleep now"), "sleep", call=page.sleep_requested)
    why = tr("Nothing was lost. It will continue where it stopped.")
    return holder(column(message("warn", tr("Sleep was interrupted"), why, go)))
