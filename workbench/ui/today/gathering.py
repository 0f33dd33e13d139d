"""Gathers reviews, contradictions, fading and recent additions for Today, on a worker."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from workbench.jobs import Cancel
from workbench.memory.graph.records import Concept
from workbench.memory.kinds.records import Conflict, Review
from workbench.memory.vital.records import Alert, Health
from workbench.ui.language import locale, tr
from workbench.ui.today.fading_and_sleep import Rested, rested

if TYPE_CHECKING:
    from workbench.library import Library

#: So many of each are shown; how many there are is said.
MOST_REVIEWS, MOST_CONFLICTS, MOST_CONCEPTS = 20, 12, 8

#: Alerts that are still to be acknowledged, and grades that are worth a line.
_OPEN = ("active", "seen")
_LOW = ("C", "D", "F")

#: What an entry is known by: its section and its numbers.
Key = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the library has for today; `more` contradictions are left out of the list.

    `sources`, `passages` and `facts` came since the window was closed last, and `concepts` were
    named since, the latest first.
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
        """What is in it, whatever its words are."""
        return frozenset(
            [("review", item.id, 0) for item in self.reviews]
            + [("alert", item.id, 0) for item in self.alerts]
            + [("fading", item.engram, 0) for item in self.rested.fading]
            + [("idea", item.id, 0) for item in self.rested.ideas]
            + [("conflict", item.older.id, item.newer.id) for item in self.conflicts]
        )


def gather(library: "Library", since: float, cancel: Cancel) -> Gathered:
    """Gather it; `since` is when the window was closed last, 0.0 for never.

    Reviews are due in whole days: else they would change while one looks.
    """
    due = library.memory.reviews(limit=MOST_REVIEWS)
    reviews = [replace(each, days=float(round(each.days or 0.0))) for each in due]
    cancel.check()
    conflicts: list[Conflict] = []
    for scope in library.collections.scopes():
        cancel.check()
        conflicts += library.facts.conflicts(scope.collection, cancel=cancel)
    alerts = [each for each in library.alerts() if each.status in _OPEN]
    cancel.check()
    health = library.health()
    cancel.check()
    remainder = rested(library)
    conflicts.sort(key=lambda each: each.newer.told, reverse=True)
    came = [row for row in library.sources.list() if since and row.added > since]
    concepts: Sequence[Concept] = ()
    told = 0
    if since:
        cancel.check()
        lately = library.graph.concepts(order="last", limit=MOST_CONCEPTS)
        concepts = [each for each in lately if each.last is not None and each.last > since]
        told = _told_since(library, since)
    return Gathered(
        tuple(reviews),
        tuple(conflicts[:MOST_CONFLICTS]),
        max(0, len(conflicts) - MOST_CONFLICTS),
        len(came),
        sum(row.passages for row in came),
        told,
        tuple(concepts),
        tuple(alerts),
        # A library that is well is not spoken of.
        health if health.grade in _LOW else None,
        remainder,
    )


def _told_since(library: "Library", since: float) -> int:
    """How many facts were told since, a hundred at most of each scope."""
    return sum(
        fact.told > since
        for scope in library.collections.scopes()
        for fact in library.facts.list(collection=scope.collection, limit=100)
    )


def date() -> str:
    """Today in words, as on a calendar."""
    now = time.localtime()
    return tr(
        "{weekday} {day} {month}",
        weekday=locale().dayName(now.tm_wday + 1),
        day=now.tm_mday,
        month=locale().monthName(now.tm_mon),
    )
