"""Typesetting of the text view: size, line width and typeface; and its menu."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from workbench.settings import USUAL_SIZE
from workbench.ui.language import known, tr

#: Line widths relative to the measure of 66 characters.
WIDTHS = {"narrow": 0.8, "medium": 1.0, "wide": 1.35}
STEP, MIN_SIZE, MAX_SIZE = 1.1, 0.7, 3.0


@dataclass(frozen=True, slots=True)
class Typesetting:
    """`size` is a factor, `width` a key of `WIDTHS`, `face` "serif" or "sans"."""

    size: float = USUAL_SIZE
    width: str = "medium"
    face: str = "serif"

    @property
    def measure(self) -> float:
        """The line width relative to the default."""
        return WIDTHS.get(self.width, 1.0)

    def larger(self, steps: int) -> "Typesetting":
        """A copy with larger (positive) or smaller text; 0 resets the size."""
        size = self.size * STEP**steps if steps else USUAL_SIZE
        return replace(self, size=round(min(MAX_SIZE, max(MIN_SIZE, size)), 3))


class TypeMenu(QMenu):
    """The menu of text settings, or of page colours."""

    chosen = Signal(Typesetting)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(tr("Text and colours"), parent)
        self._now = Typesetting()
        self.smaller = self._add(tr("Smaller Text"), lambda: self._now.larger(-1))
        self.larger = self._add(tr("Larger Text"), lambda: self._now.larger(1))
        self.usual = self._add(tr("Usual Size"), lambda: self._now.larger(0))
        self.addSeparator()
        self.widths = {
            width: self._add(
                tr("{width} Lines", width=known(width.capitalize())),
                partial(self._with, width=width),
            )
            for width in WIDTHS
        }
        self.addSeparator()
        self.faces = {
            "serif": self._add(tr("Serif"), partial(self._with, face="serif")),
            "sans": self._add(tr("Sans Serif"), partial(self._with, face="sans")),
        }
        self._of_text = self.actions()
        for choices in (self.widths, self.faces):
            group = QActionGroup(self)
            for action in choices.values():
                action.setCheckable(True)
                group.addAction(action)
        self.colours = self.addAction(tr("Original Colours"))
        self.colours.setCheckable(True)

    def _add(self, words: str, created: Callable[[], Typesetting]) -> QAction:
        action = self.addAction(words)
        action.triggered.connect(lambda: self.chosen.emit(created()))
        return action

    def _with(self, width: str = "", face: str = "") -> Typesetting:
        current = self._now
        return Typesetting(current.size, width or current.width, face or current.face)

    def show_now(self, current: Typesetting, *, original: bool) -> None:
        """Check the current settings."""
        self._now = current
        for name, action in (*self.widths.items(), *self.faces.items()):
            action.setChecked(name in (current.width, current.face))
        self.colours.setChecked(original)

    def be_for(self, *, pages: bool) -> None:
        """Show the actions for pages or for text."""
        for action in self._of_text:
            action.setVisible(not pages)
        self.colours.setVisible(pages)
