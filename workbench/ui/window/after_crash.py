"""After a crash: a bar says what was restored, and shows the report before it is copied.

The same for an error that nobody caught and that the program went on after.
"""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFileDialog, QPlainTextEdit, QWidget

from workbench import permissions
from workbench import report as reports
from workbench.running import Crashed
from workbench.ui import theme
from workbench.ui.components.boxes import column, holder, row
from workbench.ui.components.controls import button
from workbench.ui.components.words import label
from workbench.ui.language import tr
from workbench.ui.window.context import Context, Part
from workbench.ui.window.sheets import Sheet

CRASHED, FAULT = "crashed", "fault"


class Reports(Part):
    """Offers reports in a window; `fault` may be called on any thread."""

    _faulted = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._faulted.connect(self._tell_fault, Qt.ConnectionType.QueuedConnection)

    def tell(self, crashed: Crashed) -> None:
        """Say that the program ended unexpectedly, and offer the report."""
        show = button(tr("Show report"), call=lambda: self._read(crashed))
        self._views.bars.say(
            CRASHED,
            tr("Workbench closed unexpectedly last time."),
            tr("Nothing was lost. Reading will continue where it stopped."),
            show,
        )

    def fault(self, error: BaseException) -> None:
        """Say that the program made a mistake; what was stored is stored."""
        self._faulted.emit(reports.report_of_error(error))

    def _tell_fault(self, text: str) -> None:
        show = button(tr("Show report"), call=lambda: self._show(text))
        self._views.bars.say(
            FAULT,
            tr("Something went wrong, but Workbench recovered."),
            tr("Nothing you saved is lost. Please repeat your last action."),
            show,
        )

    def _read(self, crashed: Crashed) -> None:
        self._jobs.run(reports.report, crashed, done=self._show)

    def _show(self, text: str) -> None:
        Sheet(self._window, tr("Report"), ReportText(self._context, text)).show()


class ReportText(QWidget):
    """A report as text, whole, and the two ways to take it along."""

    def __init__(self, context: Context, text: str) -> None:
        super().__init__()
        self._context = context
        self.text = QPlainTextEdit(text, readOnly=True, tabChangesFocus=True)
        self.text.setFont(theme.fixed())
        self.text.setAccessibleName(tr("Report"))
        self.text.setMinimumHeight(theme.px(280))
        self.copy = button(tr("Copy"), "copy", call=self._copy)
        self.save = button(tr("Save…"), call=self._save)
        self.told = label("", "small", wrap=True)
        self.setLayout(
            column(
                label(
                    tr("This is the whole report. Nothing is sent; share it only if you want to."),
                    "muted",
                    wrap=True,
                ),
                holder(column(self.text, margins=(8, 8, 8, 8)), "sunken"),
                row(self.copy, self.save, self.told, None, gap=12),
            )
        )

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.text.toPlainText())
        self.told.setText(tr("Copied."))

    def _save(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self, tr("Save the report"), "engram-workbench-report.txt", tr("Text (*.txt)")
        )
        if chosen:
            self._context.jobs.run(
                permissions.write_private,
                Path(chosen),
                self.text.toPlainText() + "\n",
                done=lambda _none: self.told.setText(tr("Saved.")),
                failed=lambda error: self.told.setText(str(error)),
            )
