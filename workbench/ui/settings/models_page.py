"""What the pages of models share: a list that is made anew, and a meter in the line of one that is
being loaded or read with.
"""

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton

from workbench.jobs import Progress
from workbench.ui.activity.tasks import Meter
from workbench.ui.components.boxes import clear, column
from workbench.ui.components.controls import Call, button
from workbench.ui.components.words import label
from workbench.ui.jobs import Jobs
from workbench.ui.language import tr
from workbench.ui.settings.page import Line, Page
from workbench.ui.window.library_actions import Shelf


class ModelsPage(Page):
    """A page whose list `_fill_list` makes."""

    def __init__(self, shelf: Shelf, jobs: Jobs) -> None:
        super().__init__()
        self._shelf, self._jobs = shelf, jobs
        self._meter: Meter | None = None
        self._said = label("", "small")
        self._list = column(gap=8)
        self.body.addLayout(self._list)
        self._say(tr("Looking…"))

    def _look_if_seen(self) -> None:
        if self.isVisible():
            self.look()

    def _say(self, text: str) -> None:
        clear(self._list)
        self._list.addWidget(label(text, "muted", wrap=True))

    def _rebuild(self) -> None:
        with self.kept_focus():
            clear(self._list)
            self._meter = None
            self._fill_list()

    def _fill_list(self) -> None:
        """Put what is known now into the empty list."""

    def _measure(self, line: Line, told: str) -> None:
        """Give a line a meter; `_fill` moves it."""
        self._meter, self._said = Meter(told), label("", "small")
        line.below.addWidget(self._said)
        line.below.addWidget(self._meter)

    def _fill(self, progress: Progress | None, begun: str, said: Callable[[Progress], str]) -> None:
        """Show how far it is: `begun` before anything is counted, then what `said` makes of it."""
        if self._meter is None:
            return
        if progress is None or not progress.total:
            self._said.setText(begun)
            self._meter.fill(0.0)
            return
        self._said.setText(said(progress))
        self._meter.fill(min(1.0, progress.done / progress.total))


def press(text: str, name: str, call: Call, *, on: bool = True, quiet: bool = False) -> QPushButton:
    """A button of a line, heard with the name of what it is about."""
    made = button(text, kind="quiet" if quiet else "", name=f"{text}: {name}", call=call)
    made.setEnabled(on)
    return made
