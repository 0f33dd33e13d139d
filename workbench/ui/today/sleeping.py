"""Sleep, in Today: the last one in a line, or that it was interrupted and what to do."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from workbench.sleep.records import Slept
from workbench.ui.components.boxes import column, row
from workbench.ui.components.controls import Sign, button
from workbench.ui.components.notices import message
from workbench.ui.components.words import label
from workbench.ui.language import tr
from workbench.ui.sleep import wording


class LastSleep(QWidget):
    """What the last sleep did, with its report and its Undo."""

    report_requested = Signal(object)
    undo_requested = Signal(object)

    def __init__(self, slept: Slept) -> None:
        super().__init__()
        self.slept = slept
        told = label(f"{wording.heading(slept)}: {wording.summary(slept)}", wrap=True)
        report = button(tr("Report"), kind="quiet", call=partial(self.report_requested.emit, slept))
        report.setAccessibleName(tr("Report of the last sleep"))
        line = row(Sign("sleep"), told, report, gap=10, wide=1)
        if slept.state == "done" and slept.run is not None:
            undo = button(tr("Undo"), "undo", kind="quiet", name=tr("Undo the last sleep"))
            undo.clicked.connect(partial(self.undo_requested.emit, slept))
            line.addWidget(undo)
        self.setLayout(line)


class Interrupted(QWidget):
    """A sleep was cut off: nothing was lost, and it can go on."""

    sleep_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        go = button(tr("Sleep now"), "sleep", call=self.sleep_requested)
        why = tr("Nothing was lost. It will continue where it stopped.")
        self.setLayout(column(message("warn", tr("Sleep was interrupted"), why, go)))
