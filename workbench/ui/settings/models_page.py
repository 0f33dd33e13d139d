"""What the pages of models share: a list that is made anew, and a meter in the line of one that is
being loaded or read with.
"""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QWidget

from workbench.errors import WorkbenchError
from workbench.jobs import Progress
from workbench.ui.activity.tasks import Meter
from workbench.ui.components.boxes import clear, column
from workbench.ui.components.controls import Call, button
from workbench.ui.components.notices import error_message, message
from workbench.ui.components.words import label
from workbench.ui.jobs import Jobs
from workbench.ui.language import tr
from workbench.ui.settings.page import Line, Page, ways
from workbench.ui.settings.work import Work
from workbench.ui.window.library_actions import Shelf

Made = TypeVar("Made")


class ModelsPage(Page):
    """A page whose list `_fill_list` makes; `work` is what its models can be busy with."""

    def __init__(self, shelf: Shelf, jobs: Jobs, work: Work | None = None) -> None:
        super().__init__()
        self._shelf, self._jobs = shelf, jobs
        self._meter: Meter | None = None
        self._said = label("", "small")
        #: Why the library could not be read, or a model not be turned off.
        self._trouble: WorkbenchError | None = None
        #: What is asked about being turned off ("": nothing), and the button that keeps it.
        self._asked = ""
        self._keep: QPushButton | None = None
        self._list = column(gap=8)
        self.body.addLayout(self._list)
        self._say(tr("Looking…"))
        if work is not None:
            self._work = work
            work.changed.connect(self._moved)

    def look_if_seen(self) -> None:
        """Read how things are, where somebody sees it."""
        if self.isVisible():
            self.look()

    def _say(self, text: str) -> None:
        clear(self._list)
        self._list.addWidget(label(text, "muted", wrap=True))

    def _read(
        self,
        work: Callable[..., Made],
        *args: object,
        done: Callable[[Made], object],
        failed: Callable[[WorkbenchError], object],
        key: str,
    ) -> None:
        """Have a worker read the library; where there is none yet, the page says so."""
        if self._shelf.library is None:
            self._say(tr("Add a source first; then you can choose a model."))
        self._shelf.ask(work, *args, done=done, failed=failed, key=key)

    def _troubled(self, error: WorkbenchError) -> None:
        self._trouble = error
        self._rebuild()

    def _rebuild(self) -> None:
        with self.kept_focus():
            clear(self._list)
            self._meter = None
            self._fill_list()

    def _fill_list(self) -> None:
        """Put what is known now into the empty list."""

    # -- work -------------------------------------------------------------------------------------

    def _moved(self) -> None:
        """The work began, moved on or is over."""
        if self._work.subject and self._meter is not None:
            self._show_progress()
            return
        self._rebuild()
        if not self._work.subject:
            self.look_if_seen()

    def _measure(self, line: Line, told: str) -> None:
        """Give a line a meter; `_show_progress` moves it."""
        self._meter, self._said = Meter(told), label("", "small")
        line.below.addWidget(self._said)
        line.below.addWidget(self._meter)
        self._show_progress()

    def _show_progress(self) -> None:
        """Show how far the work is, by `_fill`."""

    def _fill(self, begun: str, said: Callable[[Progress], str]) -> None:
        """Show how far it is: `begun` before anything is counted, then what `said` makes of it."""
        fill_meter(self._work, self._meter, self._said, begun, said)

    def _tell_trouble(self) -> None:
        """Say what went wrong, here or with the last work."""
        problem = self._trouble or (self._work.trouble or ("", None))[1]
        if problem is not None:
            self._list.addWidget(error_message(problem))

    # -- turning off ------------------------------------------------------------------------------

    def _ask_off(self, subject: str) -> None:
        """Ask, in place, before something is turned off: that throws away what took long."""
        self._asked = subject
        self._rebuild()
        if self._keep is not None:
            self.take_focus(self._keep)

    def _question(self, title: str, why: str) -> QWidget:
        self._keep = button(tr("Keep"), kind="primary", call=lambda: self._answer(off=False))
        go = button(tr("Turn off"), kind="danger", call=lambda: self._answer(off=True))
        return message("warn", title, why, self._keep, go)

    def _answer(self, *, off: bool) -> None:
        self._asked = ""
        if off:
            self._turn_off()
        self._rebuild()

    def _turn_off(self) -> None:
        """Throw away what the model has made."""

    # -- a folder ---------------------------------------------------------------------------------

    def _folder_button(
        self, tip: str, asked: str, chosen: Callable[[str], object], *, on: bool = True
    ) -> None:
        """Add a button that asks for the folder of a model."""

        def choose() -> None:
            folder = QFileDialog.getExistingDirectory(self, asked)
            if folder:
                chosen(folder)

        created = button(tr("Choose a folder…"), "folder", call=choose, tip=tip)
        created.setEnabled(on)
        self._list.addWidget(ways(created))


def press(text: str, name: str, call: Call, *, on: bool = True, quiet: bool = False) -> QPushButton:
    """A button of a line, heard with the name of what it is about."""
    created = button(text, kind="quiet" if quiet else "", name=f"{text}: {name}", call=call)
    created.setEnabled(on)
    return created


def fill_meter(
    work: Work, meter: Meter | None, told: QLabel, begun: str, said: Callable[[Progress], str]
) -> None:
    """Show how far work is: `begun` before anything is counted, then what `said` says of it."""
    if meter is None:
        return
    progress = work.progress
    counts = progress if progress is not None and progress.total else None
    told.setText(said(counts) if counts is not None else begun)
    meter.fill(min(1.0, counts.done / (counts.total or 1)) if counts is not None else 0.0)
