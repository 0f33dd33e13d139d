"""Ranks facts for a cue: by words, then relevance, then strength, then time.

Strength moves ties only, in coarse steps, and never lifts what something newer has taken the place
of over that: use says what matters, not what is true.
"""

from typing import NamedTuple

from workbench.errors import UsageError
from workbench.memory import plasticity
from workbench.store.facts import FactRow

#: By what facts may be ranked.
ORDERS = ("words", "strength")


class Weighed(NamedTuple):
    """A fact that bears on a cue, with all that it is ranked by; see `Fact`.

    A tuple, since many are weighed of which few are told.
    """

    row: FactRow
    score: float
    current: bool
    strength: float
    archived: bool


def rerank(facts: list[Weighed], by: str = "words") -> list[Weighed]:
    """Facts in their order, best first.

    Of equal score comes first by "words" what still counts, then what is much stronger, then the
    newest; by "strength" the strongest, whether it still counts or not. What is archived comes last
    among its equals. Raises `UsageError` for another order.
    """
    if by not in ORDERS:
        raise UsageError(f"Facts are not ranked by “{by}”.", "Rank by words or by strength.")
    if len(facts) > 1:
        facts.sort(key=_by_words if by == "words" else _by_strength)
    return facts


def _millionths(score: float) -> int:
    """What differs by less is equal; much quicker than to round a number to six places."""
    return int(score * 1e6 + 0.5)


def _by_words(fact: Weighed) -> tuple[int, bool, bool, int, float, int]:
    row, score, current, strength, archived = fact
    step = -plasticity.rank(strength)
    return -_millionths(score), archived, not current, step, -row.at, -row.id


def _by_strength(fact: Weighed) -> tuple[int, bool, float, bool, float, int]:
    row, score, current, strength, archived = fact
    return -_millionths(score), archived, -round(strength, 3), not current, -row.at, -row.id
