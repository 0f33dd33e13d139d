"""Weights: how much a term counts for, as a whole number.

The rarer a term, the more: `int(level · ln(1 + total / frequency)) + 1`. What stands for a word
only in part, a form of it, has a lower level and never counts for more than the word itself.
"""

import math
from collections.abc import Sequence

#: The level of a word as it was asked for.
WHOLE = 64
#: Terms of one question that are looked at, the heaviest.
MOST_TERMS = 64


def weights(
    frequencies: Sequence[int], groups: Sequence[int], levels: Sequence[float], total: int
) -> list[int]:
    """The weight of each term; 0 where no fact holds it."""
    found = [
        int(level * math.log(1 + total / frequency)) + 1 if frequency and level > 0 else 0
        for frequency, level in zip(frequencies, levels, strict=True)
    ]
    if all(level >= WHOLE for level in levels):
        return found
    own: dict[int, int] = {}
    for group, level, weight in zip(groups, levels, found, strict=True):
        if level >= WHOLE and weight:
            own[group] = max(own.get(group, 0), weight)
    return [
        weight if level >= WHOLE else min(weight, own.get(group, weight))
        for group, level, weight in zip(groups, levels, found, strict=True)
    ]


def heaviest(found: Sequence[int]) -> list[int]:
    """The places of the terms that count, at most `MOST_TERMS`, in their order."""
    kept = [at for at, weight in enumerate(found) if weight]
    if len(kept) > MOST_TERMS:
        kept = sorted(sorted(kept, key=lambda at: (-found[at], at))[:MOST_TERMS])
    return kept
