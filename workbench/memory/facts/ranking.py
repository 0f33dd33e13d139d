"""The order of facts that bear on a cue: words first, then what counts, then strength, then time.

Strength moves ties only, in coarse steps, and never lifts what something newer has taken the place
of over that: use says what matters, not what is true.
"""

from workbench.errors import UsageError
from workbench.memory import plasticity
from workbench.memory.facts.records import Fact

#: By what facts may be ranked.
ORDERS = ("words", "strength")


def rerank(facts: list[Fact], by: str = "words") -> list[Fact]:
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


def _by_words(fact: Fact) -> tuple[float, bool, bool, int, float, int]:
    step = -plasticity.rank(fact.strength)
    return -round(fact.score, 6), fact.archived, not fact.current, step, -fact.at, -fact.id


def _by_strength(fact: Fact) -> tuple[float, bool, float, bool, float, int]:
    strength = round(fact.strength, 3)
    return -round(fact.score, 6), fact.archived, -strength, not fact.current, -fact.at, -fact.id
