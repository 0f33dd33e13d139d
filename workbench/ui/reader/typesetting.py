"""How books are set, the size of their text, the width of a line and the face; and its menu."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from workbench.ui.language import known, tr

#: The share of the usual measure of 66 characters that a line may take.
WIDTHS = {"narrow": 0.8, "medium": 1.0, "wide": 1.35}
STEP, MIN_SIZE, MAX_SIZE = 1.1, 0.7, 3.0


@dataclass(frozen=True, slots=True)
class Typesetting:
    """`size` is a factor; `width` one of `WIDTHS`, `face` serif or sans: else the usual ones."""

    size: float = 1.0
    width: str = "medium"
    face: str = "serif"

    @property
    def measure(self) -> float:
        """The width of a line, as a share of the usual one."""
        return WIDTHS.get(self.width, 1.0)

    def larger(self, steps: int) -> "Typesetting":
        """A larger text, or a smaller one; 0 goes back to the usual size."""
        size = self.size * STEP**steps if steps else 1.0
        return replace(self, size=round(min(MAX_SIZE, max(MIN_SIZE, size)), 3))


class TypeMenu(QMenu):
    """Offers what can be chosen: of a text its setting, of pages their colours."""

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
        """Mark what is chosen."""
        self._now = current
        for name, action in (*self.widths.items(), *self.faces.items()):
            action.setChecked(name in (current.width, current.face))
        self.colours.setChecked(original)

    def be_for(self, *, pages: bool) -> None:
        """Offer what there is for pages, or for text."""
        for action in self._of_text:
            action.setVisible(not pages)
        self.colours.setVisible(pages)
