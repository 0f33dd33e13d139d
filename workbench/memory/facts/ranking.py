"""Ranks facts for a cue: by words, then relevance, then strength, then time.

Strength breaks ties only, in coarse steps, and never lifts a superseded fact above its successor:
use is a sign of importance, not of truth.
"""

from typing import NamedTuple

from workbench.errors import UsageError
from workbench.memory import plasticity
from workbench.store.facts import FactRow

#: The ranking orders.
ORDERS = ("words", "strength")


class Weighed(NamedTuple):
    """A fact relevant to a cue, with its ranking keys; see `Fact`.

    A tuple, since many are ranked and few returned.
    """

    row: FactRow
    score: float
    current: bool
    strength: float
    archived: bool


def rerank(facts: list[Weighed], by: str = "words") -> list[Weighed]:
    """Sort facts in place, best first.

    Ties by "words" go to current facts, then to much stronger ones, then to the newest; by
    "strength" to the strongest, current or not. Archived facts come last among equals. Raises
    `UsageError` for another order.
    """
    if by not in ORDERS:
        raise UsageError(f"Facts are not ranked by “{by}”.", "Rank by words or by strength.")
    if len(facts) > 1:
        facts.sort(key=_by_words if by == "words" else _by_strength)
    return facts


def _millionths(score: float) -> int:
    """A score in millionths, to compare with tolerance; much faster than `round`."""
    return int(score * 1e6 + 0.5)


def _by_words(fact: Weighed) -> tuple[int, bool, bool, int, float, int]:
    row, score, current, strength, archived = fact
    step = -plasticity.rank(strength)
    return -_millionths(score), archived, not current, step, -row.at, -row.id


def _by_strength(fact: Weighed) -> tuple[int, bool, float, bool, float, int]:
    row, score, current, strength, archived = fact
    return -_millionths(score), archived, -round(strength, 3), not current, -row.at, -row.id
