"""Set operations on sorted arrays of sentence ordinals.

NumPy's set functions hash or sort their input, though posting lists are sorted already. Arrays are
`int32[n]` unless stated otherwise.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from workbench.arrays import Flags
from workbench.memory.segment import Ordinals

_FIRST: Flags = np.ones(1, np.bool_)


def distinct(ascending: Ordinals) -> Ordinals:
    """Remove duplicates."""
    if len(ascending) < 2:
        return ascending
    new = ascending[1:] != ascending[:-1]
    return ascending if new.all() else ascending[np.concatenate([_FIRST, new])]


def joined(*lists: Ordinals) -> Ordinals:
    """The sorted union of lists in any order."""
    if not lists:
        return np.zeros(0, np.int32)
    return distinct(np.sort(np.concatenate(lists)))


def intersection(lists: Sequence[Ordinals]) -> Ordinals:
    """The distinct values that are in each of these ascending arrays; empty without any."""
    first, *others = sorted(lists, key=len) or [np.zeros(0, np.int32)]
    common = distinct(first)
    for other in others:
        common = common[membership(other, common)]
    return common


def count(ascending: Ordinals) -> int:
    """The number of distinct values."""
    return 1 + int(np.count_nonzero(ascending[1:] != ascending[:-1])) if len(ascending) else 0


def runs(numbers: Ordinals) -> tuple[Ordinals, NDArray[np.intp]]:
    """The distinct numbers, ascending, and the index of each input among them."""
    if not len(numbers):
        return numbers, np.zeros(0, np.intp)
    steps = np.diff(numbers)
    if (steps < 0).any():
        return np.unique(numbers, return_inverse=True)
    new = np.concatenate([_FIRST, steps > 0])
    return numbers[new], np.cumsum(new) - 1


def membership(ordered: Ordinals, ordinals: Ordinals) -> Flags:
    """Whether each ordinal is in the ascending array: bool[n]."""
    if not len(ordered):
        return np.zeros(len(ordinals), np.bool_)
    at = ordered.searchsorted(ordinals)
    at[at == len(ordered)] = 0
    flags: Flags = ordered[at] == ordinals
    return flags


def between(ordered: Ordinals, first: Ordinals, stop: Ordinals) -> Flags:
    """Whether any element is in `[first, stop)`, for each of these: bool[n]."""
    flags: Flags = ordered.searchsorted(stop) > ordered.searchsorted(first)
    return flags


def stretch_counts(ordered: Ordinals, first: Ordinals, stop: Ordinals) -> Ordinals:
    """The number of elements in each stretch `[first, stop)`.

    The stretches are ascending and do not overlap.
    """
    counts: Ordinals = (ordered.searchsorted(stop) - ordered.searchsorted(first)).astype(np.int32)
    return counts


def proximity(ordered: Ordinals, ordinals: Ordinals, reach: int) -> Flags:
    """Whether any element is within `reach` of each ascending ordinal: bool[n]."""
    if not len(ordered):
        return np.zeros(len(ordinals), np.bool_)
    at = ordered.searchsorted(ordinals)
    right = np.abs(ordered[np.minimum(at, len(ordered) - 1)] - ordinals)
    left = np.abs(ordered[np.maximum(at - 1, 0)] - ordinals)
    flags: Flags = np.minimum(left, right) <= reach
    return flags
