"""Ideas to connect: links proposed by sleep with their paths, to accept or reject in place."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QWidget

from workbench.jobs import Cancel
from workbench.memory.graph.records import Concept
from workbench.memory.kinds.records import Conflict, Review
from workbench.memory.vital.records import Alert, Health
from workbench.sleep.records import Proposal
from workbench.ui.associations.lines import line_icon
from workbench.ui.components import (
    Flow,
    Sign,
    button,
    card,
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
from workbench.ui.language import locale, tr
from workbench.ui.today.fading_and_sleep import Rested, rested
from workbench.ui.today.requests import TodayRequests

if TYPE_CHECKING:
    from workbench.library import Library


#: Maximum numbers of entries to show; totals are shown as well.
MAX_REVIEWS, MAX_CONFLICTS, MAX_CONCEPTS = 20, 12, 8

#: States of unacknowledged alerts, and health grades worth showing.
_OPEN = ("active", "seen")
_LOW = ("C", "D", "F")

#: Identifies an entry: section and ids.
Key = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Gathered:
    """The contents of Today; `more` is the number of contradictions not listed.

    `sources`, `passages` and `facts` count additions since the last visit; `concepts` are those
    mentioned since, latest first.
    """

    reviews: tuple[Review, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    more: int = 0
    sources: int = 0
    passages: int = 0
    facts: int = 0
    concepts: tuple[Concept, ...] = ()
    alerts: tuple[Alert, ...] = ()
    health: Health | None = None
    rested: Rested = field(default_factory=Rested)

    def keys(self) -> frozenset[Key]:
        """The keys of all entries."""
        return frozenset(
            [("review", item.id, 0) for item in self.reviews]
            + [("alert", item.id, 0) for item in self.alerts]
            + [("fading", item.engram, 0) for item in self.rested.fading]
            + [("idea", item.id, 0) for item in self.rested.ideas]
            + [("conflict", item.older.id, item.newer.id) for item in self.conflicts]
        )


def gather(library: "Library", last_visit: float, cancel: Cancel) -> Gathered:
    """Load everything; `last_visit` is when the window was last closed, 0.0 for never.

    Due times are rounded to days, so that they do not change while displayed.
    """
    due = library.memory.reviews(limit=MAX_REVIEWS)
    reviews = [replace(review, days=float(round(review.days or 0.0))) for review in due]
    cancel.check()
    conflicts: list[Conflict] = []
    for scope in library.collections.scopes():
        cancel.check()
        conflicts += library.facts.conflicts(scope.collection, cancel=cancel)
    alerts = [alert for alert in library.alerts() if alert.status in _OPEN]
    cancel.check()
    health = library.health()
    cancel.check()
    remainder = rested(library)
    conflicts.sort(key=lambda conflict: conflict.newer.told, reverse=True)
    added = [row for row in library.sources.list() if last_visit and row.added > last_visit]
    concepts: Sequence[Concept] = ()
    fact_count = 0
    if last_visit:
        cancel.check()
        lately = library.graph.concepts(order="last", limit=MAX_CONCEPTS)
        concepts = [
            concept for concept in lately if concept.last is not None and concept.last > last_visit
        ]
        fact_count = _count_facts_after(library, last_visit)
    return Gathered(
        tuple(reviews),
        tuple(conflicts[:MAX_CONFLICTS]),
        max(0, len(conflicts) - MAX_CONFLICTS),
        len(added),
        sum(row.passages for row in added),
        fact_count,
        tuple(concepts),
        tuple(alerts),
        # Good health is not shown.
        health if health.grade in _LOW else None,
        remainder,
    )


def _count_facts_after(library: "Library", last_visit: float) -> int:
    """Count facts added since, up to a hundred per scope."""
    return sum(
        fact.told > last_visit
        for scope in library.collections.scopes()
        for fact in library.facts.list(collection=scope.collection, limit=100)
    )


def date() -> str:
    """Today's date: weekday, day and month."""
    today = time.localtime()
    return tr(
        "{weekday} {day} {month}",
        weekday=locale().dayName(today.tm_wday + 1),
        day=today.tm_mday,
        month=locale().monthName(today.tm_mon),
    )


_PASSAGE = 240
_SHORT = 120
_STATE_TEXTS = {
    "accepted": tr("Accepted."),
    "rejected": tr("Rejected. It won't be suggested again."),
}


class Idea(QWidget):
    """A proposed link; once decided it shows the result, with Undo."""

    def __init__(self, proposal: Proposal, requests: TodayRequests, more: int = 0) -> None:
        super().__init__()
        self.proposal, self._requests = proposal, requests
        head, tail = words.short(proposal.head, _SHORT), words.short(proposal.tail, _SHORT)
        self._actions = column()
        tag = row(
            Sign(line_icon("emergent"), size=24, high=14),
            label(tr("Suggested"), "warn"),
            None,
            label(tr("found during sleep"), "caption"),
        )
        between = Flow(
            [
                label(tr("Do you see a connection between"), "muted"), label(head, "strong"),
                label(tr("and"), "muted"), label(f"{tail}?", "strong"),
            ]
        )  # fmt: skip
        self._path = paragraph(tr("The path: {path}", path=" → ".join(proposal.path)))
        self._path.hide()
        reason = paragraph(tr("No passage says this. {why}", why=proposal.why))
        quotes = [paragraph(f"“{words.short(passage, _PASSAGE)}”") for passage in proposal.passages]
        remainder = [label(tr("{more} more", more=words.number(more)), "caption")] if more else []
        inside = column(
            tag, holder(between), *quotes, reason, self._path,
            row(holder(self._actions), *remainder),
            margins=(16, 12, 16, 12), gap=6,
        )  # fmt: skip
        self.setLayout(
            column(
                card(inside, name=tr("Idea to connect: {head} and {tail}", head=head, tail=tail))
            )
        )
        self.open()

    def open(self) -> None:
        """Offer the actions, initially or again."""
        clear(self._actions)
        of = tr(
            "{head} and {tail}",
            head=words.short(self.proposal.head, 40),
            tail=words.short(self.proposal.tail, 40),
        )
        decided = self._requests.decided.emit
        accept = button(tr("Accept"), "check", call=partial(decided, self.proposal, True))
        reject = button(tr("Reject"), call=partial(decided, self.proposal, False))
        show = quiet_button(tr("Show path"))
        show.clicked.connect(lambda: self._turn(show))
        for press in (accept, reject, show):
            press.setAccessibleName(f"{press.text().strip()}: {of}")
        if not self.proposal.path:
            show.hide()
        self._actions.addWidget(flow(accept, reject, show))

    def settle(self, state: str) -> None:
        """Show the state "accepted" or "rejected", or offer the actions for "open"."""
        if state not in _STATE_TEXTS:
            self.open()
            return
        clear(self._actions)
        reopen = partial(self._requests.undecided.emit, self.proposal)
        undo = quiet_button(tr("Undo"), "undo", call=reopen)
        self._actions.addWidget(flow(label(_STATE_TEXTS[state], "small"), undo))

    def _turn(self, press: QPushButton) -> None:
        visible = self._path.isHidden()
        self._path.setVisible(visible)
        press.setText(tr("Hide path") if visible else tr("Show path"))
