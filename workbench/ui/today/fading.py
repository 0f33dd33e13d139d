"""Fading memories in Today: strength, with buttons to review or archive them."""

import time
from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from workbench.memory.fading.records import Fading
from workbench.ui.components import (
    Elided,
    ShareBar,
    button,
    clear,
    column,
    flow,
    holder,
    label,
    paragraph,
    quiet_button,
    row,
    words,
)
from workbench.ui.language import tr
from workbench.ui.today.requests import TodayRequests

_DAY = 86_400.0


class FadingRows(QWidget):
    """A few fading memories with actions."""

    def __init__(
        self,
        items: Sequence[Fading],
        total: int,
        requests: TodayRequests,
        *,
        is_complete: bool = True,
    ) -> None:
        super().__init__()
        self.items, self._requests = tuple(items), requests
        self._total = f"{words.number(total)}{'' if is_complete else '+'}"
        self._actions = column()
        self._offer()
        self.setLayout(column(*map(_line, self.items), holder(self._actions), gap=10))

    def _offer(self) -> None:
        clear(self._actions)
        review, self.go = (
            button(tr("Review {total}", total=self._total), "eye"),
            quiet_button(tr("Archive…")),
        )
        review.setAccessibleName(tr("Review {total} that are fading", total=self._total))
        review.clicked.connect(self._requests.fading)
        self.go.setAccessibleName(tr("Archive the {many} shown", many=self._count_items()))
        self.go.clicked.connect(self._confirm)
        self._actions.addWidget(flow(review, self.go, gap=12))

    def _count_items(self) -> str:
        return words.count(len(self.items), "memory", "memories")

    def _confirm(self) -> None:
        """Ask for confirmation in place."""
        clear(self._actions)
        question = tr("Archive the {many} shown?", many=self._count_items())
        reason = tr("They stay in the library and remain searchable.")
        self._actions.addWidget(paragraph(f"{question} {reason}"))
        archive = partial(self._requests.archived.emit, [item.engram for item in self.items])
        go = button(tr("Archive"), call=archive)
        cancel = quiet_button(tr("Keep"), call=self._cancel)
        self._actions.addWidget(flow(go, cancel, gap=12))
        go.setFocus()

    def _cancel(self) -> None:
        self._offer()
        self.go.setFocus()

    def settle(self, *, is_archived: bool) -> None:
        """Show in place that they were archived, or offer the actions again."""
        if is_archived:
            clear(self._actions)
            text = tr("Archived (still searchable).")
            self._actions.addWidget(paragraph(text))
        else:
            self._offer()


def describe_due(fading: Fading, current_time: float | None = None) -> str:
    """When a memory will have faded, or that its review is due."""
    current_time = time.time() if current_time is None else current_time
    if fading.review_due is not None and fading.review_due <= current_time:
        return tr("review due")
    days = (fading.fades_at - current_time) / _DAY
    if days < 0:
        return tr("faded")
    return tr("today") if days < 1 else tr("in {days}", days=words.count(round(days), "day"))


def _line(fading: Fading) -> QWidget:
    share = words.percent(fading.strength)
    text = Elided(" ".join(fading.text.split()))
    text.setAccessibleName(
        tr(
            "{text}: strength {share}, {when}",
            text=words.short(fading.text, 200),
            share=share,
            when=describe_due(fading),
        )
    )
    footer = row(
        ShareBar(fading.strength),
        label(share, "caption"),
        None,
        label(describe_due(fading), "caption"),
    )
    return holder(column(text, footer, gap=3))
