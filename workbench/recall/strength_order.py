"""Reorders about equally good quotes by memory strength.

What was used stands a little ahead until that has faded, what was let go a little behind. Both
together are a hundredth of a score at most, so that a better quote never loses its place, and only
the quotes that are shown anyway change places: strength finds nothing and hides nothing.
"""

import math
import sqlite3
from collections.abc import Sequence

from workbench.memory.strengths import Strengths
from workbench.recall.quotes import Quote
from workbench.store import strengths as rows

#: What is evidence and was let go or laid aside.
ARCHIVED = "archived"
#: How much of its score a quote wins or loses at most.
_NUDGE = 0.005


def by_strength(
    connection: sqlite3.Connection, strengths: Strengths, best: Sequence[Quote]
) -> tuple[list[Quote], frozenset[int]]:
    """The quotes in the order in which they are shown, and the places of those laid aside.

    Where nothing is learned from asking only what was laid aside counts, so that the same question
    has the same evidence whenever it is asked.
    """
    ids = [engram.id for quote in best for engram in quote.engrams]
    existing = rows.by_ids(connection, ids).keys() | strengths.waiting(ids)
    if not existing:
        return list(best), frozenset()
    contents = strengths.rows(connection, existing)
    learns = strengths.learns()

    def lift(quote: Quote) -> float:
        matching = [contents[engram.id] for engram in quote.engrams if engram.id in contents]
        if any(row.archived is not None for row in matching):
            return -1.0
        maximum = (
            max((strengths.current(row, "statement") for row in matching), default=0.0)
            if learns
            else 0
        )
        return math.log2(max(maximum, 1.0)) / math.log2(strengths.settings.cap)

    lifts = {quote.place: lift(quote) for quote in best}
    ordered = sorted(best, key=lambda quote: -quote.score * (1 + _NUDGE * lifts[quote.place]))
    return ordered, frozenset(place for place, item in lifts.items() if item < 0)
