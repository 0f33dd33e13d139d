"""A review in place: the words, where they are from, and whether one still knew them."""

from functools import partial

from PySide6.QtWidgets import QPushButton, QWidget

from workbench.memory.kinds.records import Review
from workbench.ui.ask.quote import QuoteText
from workbench.ui.components import words
from workbench.ui.components.boxes import Flow, clear, column, holder, row
from workbench.ui.components.controls import button, on_key
from workbench.ui.components.words import Elided, label
from workbench.ui.language import tr
from workbench.ui.today.wanted import TodayWanted

_SHOWN = 600  # characters


class ReviewRow(QWidget):
    """One memory or sentence that is due; once answered, it says when it comes again."""

    def __init__(self, review: Review, wanted: TodayWanted) -> None:
        super().__init__()
        self.review, self._wanted = review, wanted
        self.over = False
        text = " ".join(words.short(review.text, _SHOWN).split())
        read = review.source is not None
        said = QuoteText(text, size="body") if read else label(text, wrap=True)
        where = review.title or review.collection or ""
        if not where:
            where = tr("You said")
        self.remembered = button(tr("Remembered"), "check", tip=tr("Remembered (2)"))
        self.not_yet = button(tr("Not yet"), tip=tr("Not yet (1)"))
        stop, show = button(tr("Stop"), kind="quiet"), button(tr("Show"), kind="quiet")
        stop.setToolTip(tr("Stop reviewing this"))
        for press in (self.remembered, self.not_yet, stop, show):
            named = press.text().strip()
            press.setAccessibleName(f"{named}: {words.short(text, 80)}")
        self.remembered.clicked.connect(partial(self._answer, True))
        self.not_yet.clicked.connect(partial(self._answer, False))
        stop.clicked.connect(partial(wanted.stopped.emit, review))
        show.clicked.connect(partial(wanted.shown.emit, review))
        line = row(Elided(where, "caption"), label(due(review), "caption"), gap=8)
        self._ways = column(holder(Flow([self.remembered, self.not_yet, show, stop], gap=6)))
        self.setLayout(column(said, line, holder(self._ways), gap=4))
        for key, press in (("2", self.remembered), ("1", self.not_yet)):
            on_key(self, key, press.click, within=True)

    @property
    def first(self) -> QPushButton:
        """Where the focus goes."""
        return self.remembered

    def _answer(self, remembered: bool, _on: bool = False) -> None:
        if not self.over:
            self._wanted.answered.emit(self.review, remembered)

    def say(self, told: str) -> None:
        """It is answered: say so in its place."""
        self.over = True
        clear(self._ways)
        self._ways.addWidget(label(told, "small", wrap=True))


def due(review: Review) -> str:
    """Since when it waits, in words."""
    days = -(review.days or 0.0)
    if days < 1:
        return tr("due today")
    return tr("due for {days}", days=words.count(round(days), "day"))
