"""The view switch of a page, such as sources and notes in the Library."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QToolButton, QWidget

from workbench.ui.components import Flow, fill, holder, segment, words
from workbench.ui.language import tr

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


def switch_bar(switch: KindSwitch, *tools: QWidget) -> QWidget:
    """A switch of views and the tools of the current one, which wrap."""
    bar = holder(Flow([switch, *tools], margins=(16, 8, 16, 8), gap=10))
    # A long title must not widen the window.
    bar.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return bar
