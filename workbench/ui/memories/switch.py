"""The view switch of a page, such as sources and notes in the Library."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QSizePolicy, QToolButton, QWidget

from workbench.ui.components import Flow, fill, holder, row, segment, words
from workbench.ui.language import tr

#: Margin at both sides of a bar, and gap between its parts, in pixels.
_EDGE, _GAP = 16, 10
SOURCES, MEMORIES = "sources", "memories"
THREADS, TABLES, DIFFERENCES, TIMELINE = "threads", "tables", "differences", "timeline"
_NAMES = {SOURCES: tr("Sources"), MEMORIES: tr("Notes")}
#: The views of Ask.
OF_ASK = {
    THREADS: tr("Threads"), TABLES: tr("Tables"), DIFFERENCES: tr("Differences"),
    TIMELINE: tr("Timeline"),
}  # fmt: skip


class KindSwitch(QWidget):
    """Exclusive segments; `selected` emits the name of the chosen view."""

    selected = Signal(str)

    def __init__(self, current: str, names: Mapping[str, str] = _NAMES) -> None:
        super().__init__()
        self._shown = current
        self.segments: dict[str, QToolButton] = {}
        group = QButtonGroup(self)
        for name, text in names.items():
            press = segment(text)
            press.setChecked(name == current)
            press.clicked.connect(partial(self._choose, name))
            group.addButton(press)
            self.segments[name] = press
        if names is _NAMES:
            self.show_counts(0, 0)
        fill(self, Flow([*self.segments.values()], margins=(3, 2, 3, 2), gap=2), "sunken")

    def show_counts(self, sources: int, memories: int) -> None:
        """Show the numbers of sources and notes."""
        for name, number in ((SOURCES, sources), (MEMORIES, memories)):
            text, press = _NAMES[name], self.segments[name]
            press.setText(f"{text} {words.number(number)}")
            press.setAccessibleName(f"{text}, {words.number(number)}")

    def focus(self) -> None:
        """Focus the current segment."""
        self.segments[self._shown].setFocus()

    def _choose(self, name: str) -> None:
        # The other view has its own switch; this one keeps its state.
        self.segments[self._shown].setChecked(True)
        if name != self._shown:
            self.selected.emit(name)


class SwitchBar(QWidget):
    """A switch of views beside the tools of the current one, or above them if both do not fit."""

    def __init__(self, switch: KindSwitch, *tools: QWidget | None) -> None:
        super().__init__()
        self._switch, self._tools = switch, holder(row(*tools, gap=10))
        self._lines = row(switch, self._tools, margins=(_EDGE, 8, _EDGE, 8), gap=_GAP, wide=1)
        self._lines.setAlignment(switch, Qt.AlignmentFlag.AlignLeft)
        self.setLayout(self._lines)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def arrange(self) -> bool:
        """Place the tools; return whether they are beside the switch."""
        # Not the hint of the bar, which changes only once its parts are laid out.
        needed = self._switch.sizeHint().width() + _GAP + self._tools.sizeHint().width()
        beside, ways = needed <= self.width() - 2 * _EDGE, QBoxLayout.Direction
        self._lines.setDirection(ways.LeftToRight if beside else ways.TopToBottom)
        return beside

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()
