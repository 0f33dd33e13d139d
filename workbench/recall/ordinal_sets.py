"""Ascending lists of ordinals as sets: by binary search and by comparing neighbours.

NumPy's own functions on sets hash what they are given, or sort it, though lists of the index are
in order as they come. All of these take and give `int32[n]` unless they say otherwise.
"""

import numpy as np
from numpy.typing import NDArray

from workbench import kernels
from workbench.memory.segment import Ordinals
from workbench.recall.kernel_set import RECALL_KERNELS

Flags = NDArray[np.bool_]
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
    if not kernels.ready(RECALL_KERNELS) or not len(held):
        found: Ordinals = (held.searchsorted(stop) - held.searchsorted(first)).astype(np.int32)
        return found
    out = np.empty(len(first), np.int32)
    _count(address(held), len(held), address(first), address(stop), len(first), address(out))
    return out


def beside(held: Ordinals, ordinals: Ordinals, reach: int) -> Flags:
    """Whether any of the held ordinals lies at most `reach` away, for each ascending ordinal."""
    if not len(held):
        return np.zeros(len(ordinals), np.bool_)
    if kernels.ready(RECALL_KERNELS):
        out = np.empty(len(ordinals), np.bool_)
        _beside(address(held), len(held), address(ordinals), len(ordinals), reach, out)
        return out
    at = held.searchsorted(ordinals)
    right = np.abs(held[np.minimum(at, len(held) - 1)] - ordinals)
    left = np.abs(held[np.maximum(at - 1, 0)] - ordinals)
    found: Flags = np.minimum(left, right) <= reach
    return found


def address(numbers: NDArray[np.generic]) -> int:
    """Where an array lies, for kernels: some of the index's may be written to and some not.

    Whoever asks keeps the array until the kernel is done.
    """
    if not numbers.flags.c_contiguous:
        raise ValueError("kernels read arrays without gaps")
    return int(numbers.ctypes.data)


i32 = kernels.view("int32")


@kernels.inner
def from_on(held: Ordinals, at: int, wanted: int) -> int:
    """The first place from `at` on whose number is at least the wanted one.

    It is looked for in steps that double, since it is mostly near (Bentley, Yao 1976).
    """
    end = len(held)
    if at >= end or held[at] >= wanted:
        return at
    step = 1
    while at + step < end and held[at + step] < wanted:
        at += step
        step *= 2
    low, high = at + 1, min(at + step, end)
    while low < high:
        middle = (low + high) // 2
        if held[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low


@kernels.kernel
def _count(held: int, size: int, first: int, stop: int, length: int, out: int) -> None:
    held_, first_, stop_, out_ = (
        i32(held, size),
        i32(first, length),
        i32(stop, length),
        i32(out, length),
    )
    at = 0
    for i in range(length):
        at = from_on(held_, at, first_[i])
        begin = at
        at = from_on(held_, at, stop_[i])
        out_[i] = at - begin


@kernels.kernel
def _beside(held: int, size: int, ordinals: int, length: int, reach: int, out: Flags) -> None:
    held_, ordinals_ = i32(held, size), i32(ordinals, length)
    at = 0
    for i in range(length):
        wanted = ordinals_[i]
        at = from_on(held_, at, wanted)
        out[i] = (at < size and held_[at] - wanted <= reach) or (
            at > 0 and wanted - held_[at - 1] <= reach
        )


@kernels.warm_up
def _warm() -> None:
    some = np.zeros(1, np.int32)
    _beside(address(some), 1, address(some), 1, 2, np.zeros(1, np.bool_))
    _count(*(address(some), 1, address(some), address(some), 1, address(some)))
