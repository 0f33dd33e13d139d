"""What Today shows: reviews that are due, contradictions, alerts, and what sleep did."""

import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from workbench.jobs import Cancel
from workbench.memory.fading.records import Fading
from workbench.memory.kinds.records import Conflict, Review
from workbench.memory.vital.records import Alert, Health
from workbench.sleep.records import Proposal, SleepState
from workbench.ui.language import locale, tr
from workbench.ui.shelf.calls import WITHIN

if TYPE_CHECKING:
    from workbench.library import Library

# -- fading memories and sleep ---------------------------------------------------------------------
# Strengths change continuously: they are rounded as displayed, so that equal results compare equal.

#: Maximum numbers of fading memories and ideas to show.
MAX_FADING, MAX_IDEAS = 3, 3
_DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Rested:
    """Fading memories with their total, the state of sleep, and ideas."""

    fading: tuple[Fading, ...] = ()
    fading_total: int = 0
    #: Whether the total is exact, else a lower bound.
    complete: bool = True
    sleep: SleepState | None = None
    ideas: tuple[Proposal, ...] = ()
    ideas_total: int = 0


def rested(library: "Library") -> Rested:
    """Load everything."""
    result = library.memory.fading(within_days=WITHIN, limit=MAX_FADING)
    ideas = library.sleep.proposals(limit=50) if library.sleep.configure().propose else []
    return Rested(
        tuple(map(_round_values, result.items)),
        result.total,
        result.complete,
        library.sleep.state(),
        tuple(ideas[:MAX_IDEAS]),
        len(ideas),
    )


def _round_values(fading: Fading) -> Fading:
    return replace(
        fading, strength=round(fading.strength, 2), fades_at=fading.fades_at // _DAY * _DAY
    )


#: Maximum numbers of entries to show; totals are shown as well.
MAX_REVIEWS, MAX_CONFLICTS = 20, 12

#: States of unacknowledged alerts, and health grades worth showing.
_OPEN = ("active", "seen")
_LOW = ("C", "D", "F")

#: Identifies an entry: section and ids.
Key = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Gathered:
    """The contents of Today; `more` is the number of contradictions not listed."""

    reviews: tuple[Review, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    more: int = 0
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


def gather(library: "Library", cancel: Cancel) -> Gathered:
    """Load everything.

    Due times are rounded to days, so that they do not change while displayed.
    """
    due = library.memory.reviews(limit=MAX_REVIEWS)
    reviews = [replace(review, days=float(round(review.days or 0.0))) for review in due]
    cancel.check()
    conflicts: list[Conflict] = []
    for scope in library.collections.scopes():
        cancel.check()
        # Who says something else than before has changed it, which is no question.
        conflicts += [
            row
            for row in library.facts.conflicts(scope.collection, cancel=cancel)
            if row.older.sources != row.newer.sources
        ]
    alerts = [alert for alert in library.alerts() if alert.status in _OPEN]
    cancel.check()
    health = library.health()
    cancel.check()
    conflicts.sort(key=lambda conflict: conflict.newer.told, reverse=True)
    return Gathered(
        tuple(reviews),
        tuple(conflicts[:MAX_CONFLICTS]),
        max(0, len(conflicts) - MAX_CONFLICTS),
        tuple(alerts),
        # Good health is not shown.
        health if health.grade in _LOW else None,
        rested(library),
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
