"""A contradiction in place: both texts with who said them and when, and three ways to settle it."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from workbench.memory.facts.records import Fact
from workbench.memory.kinds.records import Conflict
from workbench.ui.components import words
from workbench.ui.components.boxes import Flow, card, clear, column, holder, row
from workbench.ui.components.controls import button
from workbench.ui.components.words import Elided, label
from workbench.ui.language import tr
from workbench.ui.memories.rows import teller

_SHOWN = 600  # characters
WAYS = (("newer", tr("Keep newer")), ("older", tr("Keep older")), ("both", tr("Both are true")))
_SETTLED = {
    "newer": tr("Kept the newer one."),
    "older": tr("Kept the older one."),
    "both": tr("Kept both."),
}


class ConflictRow(QWidget):
    """Two facts that cannot both hold; settled, it says how, and Undo opens it again."""

    #: (conflict, "newer", "older" or "both")
    settled = Signal(object, str)
    undone = Signal(object)
    #: The fact of this id is to be shown.
    shown = Signal(int)

    def __init__(self, conflict: Conflict) -> None:
        super().__init__()
        self.conflict = conflict
        self._ways = column()
        both = column(
            self._side(tr("Newer"), conflict.newer), self._side(tr("Older"), conflict.older),
            holder(self._ways), margins=(16, 12, 16, 12), gap=8,
        )  # fmt: skip
        name = tr("Contradiction: {text}", text=words.short(conflict.newer.text, 120))
        self.setLayout(column(card(both, name=name)))
        self.open()

    def _side(self, which: str, fact: Fact) -> QWidget:
        text = label(" ".join(words.short(fact.text, _SHOWN).split()), wrap=True)
        when = words.day(fact.at, year=True)
        show = button(tr("Show"), kind="quiet", call=lambda: self.shown.emit(fact.id))
        show.setAccessibleName(tr("Show: {text}", text=words.short(fact.text, 80)))
        where = f"{which} · {when} · {teller(fact.sources)}"
        if fact.collection:
            where += f" · {fact.collection}"
        return holder(column(text, row(Elided(where, "caption"), show, gap=8), gap=0))

    def open(self) -> None:
        """It is not settled, or not any more."""
        clear(self._ways)
        made = []
        for way, word in WAYS:
            press = button(word, call=partial(self._settle, way))
            press.setAccessibleName(f"{word}: {words.short(self.conflict.newer.text, 60)}")
            made.append(press)
        self._ways.addWidget(holder(Flow(made, gap=8)))

    def say(self, keep: str) -> None:
        """It is settled: say how."""
        clear(self._ways)
        undo = button(tr("Undo"), "undo", kind="quiet")
        undo.clicked.connect(lambda: self.undone.emit(self.conflict))
        self._ways.addWidget(holder(row(label(_SETTLED[keep], "small"), undo, None)))

    def _settle(self, way: str, _on: bool = False) -> None:
        self.settled.emit(self.conflict, way)
