"""A contradiction in place: both texts with who said them and when, and three ways to settle it."""

from functools import partial

from PySide6.QtWidgets import QWidget

from workbench.memory.facts.records import Fact
from workbench.memory.kinds.records import Conflict
from workbench.ui.components import words
from workbench.ui.components.boxes import Flow, card, clear, column, holder, row
from workbench.ui.components.controls import button
from workbench.ui.components.words import Elided, label
from workbench.ui.language import tr
from workbench.ui.memories.rows import teller
from workbench.ui.today.wanted import TodayWanted

_SHOWN = 600  # characters
WAYS = (("newer", tr("Keep newer")), ("older", tr("Keep older")), ("both", tr("Both are true")))
_SETTLED = {
    "newer": tr("Kept the newer one."),
    "older": tr("Kept the older one."),
    "both": tr("Kept both."),
}


class ConflictRow(QWidget):
    """Two facts that cannot both hold; settled, it says how, and Undo opens it again."""

    def __init__(self, conflict: Conflict, wanted: TodayWanted) -> None:
        super().__init__()
        self.conflict, self._wanted = conflict, wanted
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
        show = button(tr("Show"), kind="quiet", call=partial(self._wanted.fact.emit, fact.id))
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
            press = button(word, call=partial(self._wanted.settled.emit, self.conflict, way))
            press.setAccessibleName(f"{word}: {words.short(self.conflict.newer.text, 60)}")
            made.append(press)
        self._ways.addWidget(holder(Flow(made, gap=8)))

    def say(self, keep: str) -> None:
        """It is settled: say how."""
        clear(self._ways)
        again = partial(self._wanted.unsettled.emit, self.conflict)
        undo = button(tr("Undo"), "undo", kind="quiet", call=again)
        self._ways.addWidget(holder(row(label(_SETTLED[keep], "small"), undo, None)))
