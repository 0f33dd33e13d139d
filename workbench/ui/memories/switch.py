"""The switch of the Library: its sources, what was told, the concepts in both."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QToolButton, QWidget

from workbench.ui.components import words
from workbench.ui.components.boxes import Flow, fill
from workbench.ui.components.controls import tool
from workbench.ui.language import tr

SOURCES, MEMORIES, CONCEPTS = "sources", "memories", "concepts"
_NAMES = {SOURCES: tr("Sources"), MEMORIES: tr("Facts and notes"), CONCEPTS: tr("Concepts")}
_SHORT = {MEMORIES: tr("Facts")}


class KindSwitch(QWidget):
    """Segments on a well. `chosen` tells what is to be shown."""

    chosen = Signal(str)

    def __init__(self, shown: str) -> None:
        super().__init__()
        self._shown, self._narrow = shown, False
        self._numbers: dict[str, str] = {}
        self.segments: dict[str, QToolButton] = {}
        group = QButtonGroup(self)
        for name, text in _NAMES.items():
            press = tool("", text, text=True, kind="segment", checkable=True)
            press.setChecked(name == shown)
            press.clicked.connect(lambda _on=False, chosen=name: self._choose(chosen))
            group.addButton(press)
            self.segments[name] = press
        self.show_counts(0, 0)
        fill(self, Flow([*self.segments.values()], margins=(3, 2, 3, 2), gap=2), "sunken")

    def show_counts(self, sources: int, memories: int) -> None:
        """Say how many there are; concepts would have to be counted for it, so they are not."""
        self._numbers = {SOURCES: words.number(sources), MEMORIES: words.number(memories)}
        self._name()

    def set_narrow(self, narrow: bool) -> None:
        """Where there is little room, names go without their numbers, which tooltips tell."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._name()

    def _name(self) -> None:
        for name, press in self.segments.items():
            number = self._numbers.get(name)
            whole = _NAMES[name] if number is None else f"{_NAMES[name]} {number}"
            press.setText(_SHORT.get(name, _NAMES[name]) if self._narrow else whole)
            press.setToolTip(whole if self._narrow else "")
            press.setAccessibleName(_NAMES[name] if number is None else f"{_NAMES[name]}, {number}")

    def offer_concepts(self, offered: bool) -> None:
        """The Trash has no concepts."""
        self.segments[CONCEPTS].setVisible(offered)

    def focus(self) -> None:
        """Put the focus on the segment that is shown."""
        self.segments[self._shown].setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, name: str) -> None:
        # A press shows another page, with a switch of its own; this one stays as it is.
        self.segments[self._shown].setChecked(True)
        if name != self._shown:
            self.chosen.emit(name)
