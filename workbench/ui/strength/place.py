"""Where the strength of one engram is shown: fetched on a worker, and made anew when it changes."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from workbench.errors import WorkbenchError
from workbench.ui import theme
from workbench.ui.components.boxes import clear, column, fill
from workbench.ui.jobs import Jobs
from workbench.ui.language import tr
from workbench.ui.strength import reading
from workbench.ui.strength.reading import Strong
from workbench.ui.strength.section import StrengthSection
from workbench.ui.window.library_actions import Shelf


class StrengthPlace(QWidget):
    """Shows the strength of `engram`; what is known of it before it is read again can be given."""

    def __init__(
        self,
        shelf: Shelf,
        jobs: Jobs,
        engram: int,
        known: Strong | None = None,
        came: Callable[[Strong], object] | None = None,
    ) -> None:
        super().__init__()
        self.engram = engram
        self.strong: Strong | None = None
        self.section: StrengthSection | None = None
        self._shelf, self._jobs, self._tell = shelf, jobs, came
        self._box = column()
        fill(self, self._box, name=tr("Strength"))
        if known is not None and known.engram == engram:
            self._show(known)
        theme.watch(self, self._again)
        self.look()

    def look(self) -> None:
        """Read it anew."""
        self._shelf.ask(reading.look, self.engram, done=self._came, failed=self._gone)

    def focus(self, name: str) -> bool:
        """Put the focus on the button of this name; False where there is none."""
        # Not of what is here: what was shown before goes only with the next turn of the loop.
        found = self.section.findChild(QWidget, name) if self.section is not None else None
        if not isinstance(found, QWidget):
            return False
        found.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _came(self, strong: Strong | None) -> None:
        if strong is None:
            self._gone(None)
            return
        self._show(strong)
        if self._tell is not None:
            self._tell(strong)

    def _gone(self, _error: WorkbenchError | None) -> None:
        clear(self._box)
        self.strong = self.section = None

    def _again(self) -> None:
        if self.strong is not None:
            self._show(self.strong)

    def _show(self, strong: Strong) -> None:
        focused = QApplication.focusWidget()
        name = ""
        if focused is not None and self.isAncestorOf(focused):
            name = focused.objectName()
        dates = self.section is not None and self.section.curve.shows_table
        clear(self._box)
        self.strong = strong
        self.section = StrengthSection(strong, self._shelf.wanted)
        if dates:
            self.section.curve.switch.click()
        self._box.addWidget(self.section)
        # What is added to a visible widget counts as hidden until the next turn of the loop.
        self.section.show()
        if name:
            self.focus(name)
