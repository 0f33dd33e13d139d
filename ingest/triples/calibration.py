"""From the product of a triple's doubts to the share of such triples that are right.

The rules multiply how sure each step is, which ranks triples but is no probability: of those at .5
four in five are right. The curves are fitted to what people judged on 400 sentences (all but the
third that figures are reported on), drawn a little lower, for these sentences were also read when
rules were written. Prepositional phrases have a curve of their own: what they belong to is in
doubt however sure the clause is.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

Curve = Sequence[tuple[float, float]]

_CURVE: Curve = (
    (0.0, 0.4), (0.25, 0.6), (0.5, 0.76), (0.65, 0.8), (0.75, 0.87), (0.9, 0.93), (1, 0.97),
)  # fmt: skip
_PREPOSITION: Curve = ((0.0, 0.4), (0.25, 0.55), (0.5, 0.74), (0.9, 0.81), (1, 0.85))
_OF_PREPOSITION = frozenset(("preposition", "be in", "there"))


@lru_cache(20_000)
def calibrated(product: float, rule: str) -> float:
    """The share of triples of this rule with this product that are right, both in 0..1."""
    curve = _PREPOSITION if rule in _OF_PREPOSITION else _CURVE
    for (left, low), (right, high) in pairwise(curve):
        if product <= right:
            return round(low + (high - low) * (product - left) / (right - left), 3)
    return curve[-1][1]
