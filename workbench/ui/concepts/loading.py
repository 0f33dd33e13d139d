"""Loads the details of a concept on a worker."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from workbench.memory.graph.records import Concept, ConceptCard, Mention, Saying
from workbench.ui import plots
from workbench.ui.associations.loading import Spot, places
from workbench.ui.components import words
from workbench.ui.language import locale, tr

if TYPE_CHECKING:
    from workbench.library import Library

#: Maximum number of listed concepts; a search finds more.
MAX_CONCEPTS = 500
_DAY = 86_400.0
#: Maximum number of bins in the chart.
_PARTS = 24


@dataclass(frozen=True, slots=True)
class ConceptDetails:
    """A concept card, and the positions of its mentions in sources."""

    card: ConceptCard
    places: dict[int, Spot]


@dataclass(frozen=True, slots=True)
class Part:
    """A named bin of the chart with its number of mentions."""

    name: str
    mentions: int


def load(library: "Library", concept: int, collection: str | None) -> ConceptDetails:
    """Load the details of a concept. Raises `NotFoundError`."""
    plots.load()
    card = library.graph.concept(concept, collection=collection)
    return ConceptDetails(card, places(library, card.history))


#: The evidence of an association, and its positions in sources.
Evidence = tuple[tuple[Saying, ...], dict[int, Spot]]


def evidence(
    library: "Library", head: int, kind: str, tail: int, collection: str | None
) -> Evidence:
    """Load the evidence of an association. Raises `NotFoundError`."""
    sayings = tuple(library.graph.evidence(head, kind, tail, collection=collection, limit=20))
    return sayings, places(library, sayings)


def search(
    library: "Library", typed: str, type: str | None, collection: str | None
) -> list[Concept]:
    """Search concepts, ranked by importance. Raises `NotFoundError`."""
    return library.graph.concepts(
        typed or None, type=type, collection=collection, limit=MAX_CONCEPTS, order="telling"
    )


def histogram(history: Sequence[Mention]) -> tuple[Part, ...]:
    """Count mentions by day, month or year, oldest first; empty if all fall on one day."""
    moments = sorted(item.at for item in history)
    if not moments or moments[-1] - moments[0] < _DAY:
        return ()
    span = (moments[-1] - moments[0]) / _DAY
    if span <= _PARTS:
        return _bins(moments, "day")
    if span <= 30.4 * _PARTS:
        return _bins(moments, "month")
    return _bins(moments, "year")


def _bins(moments: Sequence[float], step: str) -> tuple[Part, ...]:
    """All days, months or years from first to last with their counts, including zeros."""
    counts: dict[int, int] = {}
    for timestamp in moments:
        at = _index(timestamp, step)
        counts[at] = counts.get(at, 0) + 1
    first, final = min(counts), max(counts)
    if step == "year" and final - first >= _PARTS:
        wide = (final - first) // _PARTS + 1
        return tuple(
            Part(
                tr("{start} to {min}", start=start, min=min(final, start + wide - 1)),
                sum(counts.get(year, 0) for year in range(start, start + wide)),
            )
            for start in range(first, final + 1, wide)
        )
    return tuple(Part(_name(at, step), counts.get(at, 0)) for at in range(first, final + 1))


def _index(timestamp: float, step: str) -> int:
    date = time.gmtime(timestamp)
    if step == "year":
        return date.tm_year
    if step == "month":
        return date.tm_year * 12 + date.tm_mon - 1
    return int(timestamp // _DAY)


def _name(at: int, step: str) -> str:
    if step == "year":
        return str(at)
    if step == "month":
        year, month = divmod(at, 12)
        return f"{locale().monthName(month + 1, QLocale.FormatType.ShortFormat)} {year:04}"
    return words.day((at + 0.5) * _DAY)
