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


def membership(ordered: Ordinals, ordinals: Ordinals) -> Flags:
    """Which of the ordinals, in any order, are among the ascending ones that are held."""
    if not len(ordered):
        return np.zeros(len(ordinals), np.bool_)
    at = ordered.searchsorted(ordinals)
    at[at == len(ordered)] = 0
    flags: Flags = ordered[at] == ordinals
    return flags


def between(ordered: Ordinals, first: Ordinals, stop: Ordinals) -> Flags:
    """Whether any of the held ordinals lies in `[first, stop)`, for each of these."""
    flags: Flags = ordered.searchsorted(stop) > ordered.searchsorted(first)
    return flags


def stretch_counts(ordered: Ordinals, first: Ordinals, stop: Ordinals) -> Ordinals:
    """How many of the held ordinals lie in each stretch `[first, stop)`.

    The stretches are ascending and do not overlap.
    """
    counts: Ordinals = (ordered.searchsorted(stop) - ordered.searchsorted(first)).astype(np.int32)
    return counts


def proximity(ordered: Ordinals, ordinals: Ordinals, reach: int) -> Flags:
    """Whether any of the held ordinals lies at most `reach` away, for each ascending ordinal."""
    if not len(ordered):
        return np.zeros(len(ordinals), np.bool_)
    at = ordered.searchsorted(ordinals)
    right = np.abs(ordered[np.minimum(at, len(ordered) - 1)] - ordinals)
    left = np.abs(ordered[np.maximum(at - 1, 0)] - ordinals)
    flags: Flags = np.minimum(left, right) <= reach
    return flags
