"""Fading, in Today: what is about to fade, with its strength; reviewed, or let go after a word."""

import time
from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from workbench.memory.fading.records import Fading
from workbench.ui.components import words
from workbench.ui.components.boxes import Flow, clear, column, holder, row
from workbench.ui.components.controls import ShareBar, button
from workbench.ui.components.words import Elided, label
from workbench.ui.language import tr
from workbench.ui.today.wanted import TodayWanted

_DAY = 86_400.0


class FadingRows(QWidget):
    """A few memories that fade, with what can be done about them."""

    def __init__(
        self, items: Sequence[Fading], total: int, wanted: TodayWanted, *, counted: bool = True
    ) -> None:
        super().__init__()
        self.items, self._wanted = tuple(items), wanted
        self._total = f"{words.number(total)}{'' if counted else '+'}"
        self._ways = column()
        self._offer()
        self.setLayout(column(*map(_line, self.items), holder(self._ways), gap=10))

    def _offer(self) -> None:
        clear(self._ways)
        review, self.go = (
            button(tr("Review {total}", total=self._total), "eye"),
            button(tr("Archive…"), kind="quiet"),
        )
        review.setAccessibleName(tr("Review {total} that are fading", total=self._total))
        review.clicked.connect(self._wanted.fading)
        self.go.setAccessibleName(tr("Archive the {many} shown", many=self._many()))
        self.go.clicked.connect(self._ask)
        self._ways.addWidget(holder(Flow([review, self.go], gap=12)))

    def _many(self) -> str:
        return words.count(len(self.items), "memory", "memories")

    def _ask(self) -> None:
        """Ask once, in place."""
        clear(self._ways)
        what = tr("Archive the {many} shown?", many=self._many())
        reason = tr("They stay in the library and remain searchable.")
        self._ways.addWidget(label(f"{what} {reason}", "small", wrap=True))
        let_go = partial(self._wanted.let_go.emit, [item.engram for item in self.items])
        go = button(tr("Archive"), call=let_go)
        keep = button(tr("Keep"), kind="quiet", call=self._keep)
        self._ways.addWidget(holder(Flow([go, keep], gap=12)))
        go.setFocus()

    def _keep(self) -> None:
        self._offer()
        self.go.setFocus()

    def settle(self, *, gone: bool) -> None:
        """They were let go, or were taken back: say so in their place."""
        if gone:
            clear(self._ways)
            told = tr("Archived (still searchable).")
            self._ways.addWidget(label(told, "small", wrap=True))
        else:
            self._offer()


def when(each: Fading, now: float | None = None) -> str:
    """When it will have faded, or that a review of it is due."""
    now = time.time() if now is None else now
    if each.review_due is not None and each.review_due <= now:
        return tr("review due")
    days = (each.fades_at - now) / _DAY
    if days < 0:
        return tr("faded")
    return tr("today") if days < 1 else tr("in {days}", days=words.count(round(days), "day"))


def _line(each: Fading) -> QWidget:
    share = words.percent(each.strength)
    text = Elided(" ".join(each.text.split()))
    text.setAccessibleName(
        tr(
            "{text}: strength {share}, {when}",
            text=words.short(each.text, 200),
            share=share,
            when=when(each),
        )
    )
    under = row(
        ShareBar(each.strength), label(share, "caption"), None, label(when(each), "caption")
    )
    return holder(column(text, under, gap=3))
