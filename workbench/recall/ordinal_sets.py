"""Set operations on sorted arrays of sentence numbers.

NumPy's own functions on sets hash what they are given, or sort it, though lists of the index are
in order as they come. All of these take and give `int32[n]` unless they say otherwise.
"""

import numpy as np
from numpy.typing import NDArray

from workbench.arrays import Flags
from workbench.memory.segment import Ordinals

_FIRST: Flags = np.ones(1, np.bool_)


def distinct(ascending: Ordinals) -> Ordinals:
    """The same without repetitions."""
    if len(ascending) < 2:
        return ascending
    new = ascending[1:] != ascending[:-1]
    return ascending if new.all() else ascending[np.concatenate([_FIRST, new])]


def joined(*lists: Ordinals) -> Ordinals:
    """What stands in any of the lists, in whichever order each of them is."""
    if not lists:
        return np.zeros(0, np.int32)
    return distinct(np.sort(np.concatenate(lists)))


def count(ascending: Ordinals) -> int:
    """How many different numbers there are."""
    return 1 + int(np.count_nonzero(ascending[1:] != ascending[:-1])) if len(ascending) else 0


def runs(numbers: Ordinals) -> tuple[Ordinals, NDArray[np.intp]]:
    """The different numbers, ascending, and for each of those given its place among them."""
    if not len(numbers):
        return numbers, np.zeros(0, np.intp)
    steps = np.diff(numbers)
    if (steps < 0).any():
        return np.unique(numbers, return_inverse=True)
    new = np.concatenate([_FIRST, steps > 0])
    return numbers[new], np.cumsum(new) - 1


def among(held: Ordinals, ordinals: Ordinals) -> Flags:
    """Which of the ordinals, in any order, are among the ascending ones that are held."""
    if not len(held):
        return np.zeros(len(ordinals), np.bool_)
    at = held.searchsorted(ordinals)
    at[at == len(held)] = 0
    found: Flags = held[at] == ordinals
    return found


def between(held: Ordinals, first: Ordinals, stop: Ordinals) -> Flags:
    """Whether any of the held ordinals lies in `[first, stop)`, for each of these."""
    found: Flags = held.searchsorted(stop) > held.searchsorted(first)
    return found


def counted(held: Ordinals, first: Ordinals, stop: Ordinals) -> Ordinals:
    """How many of the held ordinals lie in each stretch `[first, stop)`.

    The stretches are ascending and do not overlap.
    """
    found: Ordinals = (held.searchsorted(stop) - held.searchsorted(first)).astype(np.int32)
    return found


def beside(held: Ordinals, ordinals: Ordinals, reach: int) -> Flags:
    """Whether any of the held ordinals lies at most `reach` away, for each ascending ordinal."""
    if not len(held):
        return np.zeros(len(ordinals), np.bool_)
    at = held.searchsorted(ordinals)
    right = np.abs(held[np.minimum(at, len(held) - 1)] - ordinals)
    left = np.abs(held[np.maximum(at - 1, 0)] - ordinals)
    found: Flags = np.minimum(left, right) <= reach
    return found
