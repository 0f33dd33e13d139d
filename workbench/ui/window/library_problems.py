"""Bars for problems of the library that may pass, such as a lock.

While a library is locked, a disk full or a share missing, changes are queued and retried
automatically; the bar shows their number. Also asks about changed files, and offers crash reports.
"""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from workbench import permissions
from workbench import report as reports
from workbench.errors import WorkbenchError
from workbench.running import Crashed
from workbench.ui import theme
from workbench.ui.components import (
    Sign,
    button,
    card,
    column,
    details,
    fill,
    flow,
    holder,
    paragraph,
    pointed,
    quiet_button,
    row,
    words,
)
from workbench.ui.language import tr, tr_n
from workbench.ui.settings.sheets import Sheet
from workbench.ui.window.context import Context, Part
from workbench.ui.window.libraries import Libraries

if TYPE_CHECKING:
    from workbench.intake.rereading import Changed

CRASHED, FAULT = "crashed", "fault"


class Reports(Part):
    """Shows crash and error reports; `fault` may be called on any thread."""

    _faulted = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._faulted.connect(self._report_fault, Qt.ConnectionType.QueuedConnection)

    def report_crash(self, crashed: Crashed) -> None:
        """Report a crash of the last run."""
        show = button(tr("Show report"), call=lambda: self._read(crashed))
        self._views.bars.say(
            CRASHED,
            tr("Workbench closed unexpectedly last time."),
            tr("Nothing was lost. Reading will continue where it stopped."),
            show,
        )

    def fault(self, error: BaseException) -> None:
        """Report an unexpected exception; saved data is unaffected."""
        self._faulted.emit(reports.report_of_error(error))

    def _report_fault(self, text: str) -> None:
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
    """A report with buttons to copy and save it."""

    def __init__(self, context: Context, text: str) -> None:
        super().__init__()
        self._context = context
        self.text = QPlainTextEdit(text, readOnly=True, tabChangesFocus=True)
        self.text.setFont(theme.fixed())
        self.text.setAccessibleName(tr("Report"))
        self.text.setMinimumHeight(theme.px(280))
        self.copy = button(tr("Copy"), "copy", call=self._copy)
        self.save = button(tr("Save…"), call=self._save)
        self.told = paragraph("")
        self.setLayout(
            column(
                paragraph(
                    tr("This is the whole report. Nothing is sent; share it only if you want to."),
                    "muted",
                ),
                holder(column(self.text, margins=(8, 8, 8, 8)), "sunken"),
                row(self.copy, self.save, self.told, None, gap=12),
            )
        )

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.text.toPlainText())
        self.told.setText(tr("Copied."))

    def _save(self) -> None:
        selected, _kind = QFileDialog.getSaveFileName(
            self, tr("Save the report"), "engram-workbench-report.txt", tr("Text (*.txt)")
        )
        if selected:
            self._context.jobs.run(
                permissions.write_private,
                Path(selected),
                self.text.toPlainText() + "\n",
                done=lambda _none: self.told.setText(tr("Saved.")),
                failed=lambda error: self.told.setText(str(error)),
            )


CHANGED = "changed"
RETAIN, REPLACE, LEAVE = range(3)
_ANSWERS = (tr("Keep both"), tr("Replace"), tr("Leave out"))
_TIPS = (
    tr("Keep the old version and add the new one"),
    tr("Replace the old version; citations follow their words"),
    tr("Keep only the old version"),
)

AnswerCallback = Callable[[int, "Sequence[Changed]"], object]


class ChangedFiles(Part):
    """Asks about all changed files in a single bar."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._open: dict[str, tuple[Changed, str | None]] = {}
        context.library.changed_found.connect(self._show_question)
        context.library.switched.connect(self._forget)

    def _show_question(self, changed: "Sequence[Changed]", collection: str | None) -> None:
        self._open.update({item.path: (item, collection) for item in changed})
        visible = ChangedBar([item for item, _collection in self._open.values()], self._answer)
        self._views.bars.set_bar(CHANGED, visible)
        typing = isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit)
        if not typing:
            visible.answers[RETAIN].setFocus()

    def _answer(self, answer: int, files: "Sequence[Changed]") -> None:
        by_collection: dict[str | None, list[Changed]] = {}
        for file in files:
            _changed, collection = self._open.pop(file.path, (file, None))
            by_collection.setdefault(collection, []).append(file)
        if answer != LEAVE:
            for collection, group in by_collection.items():
                self._shelf.add_changed(group, collection, replace=answer == REPLACE)
        if not self._open:
            self._views.bars.take(CHANGED)
            self._views.library.focus_first()

    def _forget(self) -> None:
        self._open.clear()
        self._views.bars.take(CHANGED)


class ChangedBar(QFrame):
    """The question, and an answer for all files."""

    def __init__(self, changed: "Sequence[Changed]", on_answer: AnswerCallback) -> None:
        super().__init__()
        names = [Path(item.path).name for item in changed]
        single = len(names) == 1
        if single:
            title = tr("“{names}” has changed since it was added.", names=names[0])
        else:
            title = tr(
                "{names} files have changed since they were added.", names=words.number(len(names))
            )
        self.answers = [button(text, tip=tip) for text, tip in zip(_ANSWERS, _TIPS, strict=True)]
        self.answers[RETAIN].setProperty("kind", "primary")
        for answer, press in enumerate(self.answers):
            # Enter presses the focused button.
            press.setAutoDefault(True)
            press.setAccessibleDescription(_TIPS[answer])
            press.clicked.connect(partial(on_answer, answer, tuple(changed)))
        body = column(paragraph(title, "strong"), gap=4)
        if not single:
            body.addWidget(paragraph(words.names(names, 4)))
        body.addWidget(
            paragraph(tr("Replacing moves citations to the same words; it cannot be undone."))
        )
        body.addWidget(flow(*self.answers, gap=10))
        box = row(margins=(14, 10, 12, 10), gap=12)
        box.addWidget(Sign("info", "accent", 20), 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(body, 1)
        inner = card(box, name=title)
        fill(self, column(inner), name=title)


SUSPENDED, QUEUE, MISSING = "held", "queue", "lost"
#: Rows of the queue to check for an error that holds it up.
_FIRST_ROWS = 50


class LibraryProblems(Part):
    """Keeps the bars of a window up to date."""

    def __init__(self, context: Context, libraries: Libraries) -> None:
        super().__init__(context)
        self._libraries, self._told = libraries, ""
        #: The last reported error of the queue, which may have been dismissed.
        self._stuck = ""
        shelf = context.library
        shelf.suspended.connect(self._show_suspended)
        shelf.resumed.connect(self._resumed)
        shelf.switched.connect(self._resumed)
        shelf.queue_changed.connect(self._check_queue)

    def report_missing(self, requested: Path, instead: Path) -> None:
        """Report that the last library is missing and another one is open."""
        open_button = button(tr("Open it"), call=lambda: self._libraries.switch(str(requested)))
        self._views.bars.say(
            MISSING,
            tr(
                "“{name}” has moved or is missing, so “{name2}” is open.",
                name=requested.name,
                name2=instead.name,
            ),
            tr(
                "It was {wanted}. If it is on an external disk or network share, connect that "
                "and open it again.",
                wanted=words.home_short(str(requested)),
            ),
            open_button,
        )

    def _show_suspended(self, error: WorkbenchError) -> None:
        shelf = self._shelf
        retry_button = button(tr("Try now"), call=shelf.retry)
        buttons: list[QPushButton] = [retry_button]
        reason = tr("It will continue automatically.")
        if shelf.waiting:
            changes = words.count(shelf.waiting, "change")
            reason = tr_n(
                shelf.waiting,
                "{things} of yours waits and nothing is lost.",
                "{things} of yours wait and nothing is lost.",
                things=changes,
            )
            reason += tr(" It will continue automatically.")
            drop = quiet_button(
                tr("Give up"),
                call=shelf.discard_waiting,
                tip=tr("Discard {things}; everything saved stays as it is", things=changes),
            )
            buttons.append(drop)
        copy = quiet_button(
            tr("Copy details"), call=lambda: QApplication.clipboard().setText(details(error))
        )
        message = f"{error.message} {reason}"
        if message == self._told and self._views.bars.has(SUSPENDED):
            # Rebuilding the same bar would take the focus from its buttons.
            return
        self._told = message
        reason = f"{pointed(error.hint)} {reason}".strip()
        self._views.bars.say(SUSPENDED, error.message, reason, *buttons, copy, dismiss=False)

    def _resumed(self) -> None:
        self._told = ""
        self._views.bars.take(SUSPENDED)

    def _check_queue(self) -> None:
        rows = islice(self._shelf.queue, _FIRST_ROWS)
        stuck = next((row for row in rows if row.state == "paused" and row.error), None)
        bars = self._views.bars
        error = "" if stuck is None else stuck.error
        if error == self._stuck:
            return
        self._stuck = error
        if stuck is None:
            bars.take(QUEUE)
        else:
            show = button(tr("Show Activity"), call=lambda: self._navigate.show_panel("activity"))
            reason = tr(
                "{pointed} Finished work is kept; the rest is waiting.", pointed=pointed(stuck.hint)
            ).strip()
            bars.say(QUEUE, stuck.error, reason, show)
