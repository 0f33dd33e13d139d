"""The sections or flows around windows, and how much of a question each of them says.

How much is BM25 (Robertson & Zaragoza 2009), added up over the terms; what is a term's list and
what else counts like standing in it, is told by whoever asks.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench import kernels
from workbench.memory.segment import Ordinals
from workbench.recall import ordinal_sets
from workbench.recall.kernel_set import RECALL_KERNELS
from workbench.recall.ordinal_sets import address, from_on, i32

Floats = NDArray[np.float32]
Numbers = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Stretches:
    """The stretches `[begins, stops)` around windows, each once; `of` says which is a window's."""

    begins: Ordinals
    stops: Ordinals
    of: NDArray[np.intp]


def around(starts: Ordinals, column: Ordinals, edges: Ordinals) -> Stretches:
    """The stretches in which windows begin, ascending ones.

    `column` says for each sentence where its stretch begins, `edges` are all such places and, last,
    how many sentences there are.
    """
    if not kernels.ready(RECALL_KERNELS) or not len(starts):
        begins, of = ordinal_sets.runs(column[starts])
        return Stretches(begins, edges[edges.searchsorted(begins) + 1], of)
    begins, stops = np.empty(len(starts), np.int32), np.empty(len(starts), np.int32)
    of = np.empty(len(starts), np.intp)
    number = _around(
        address(starts), len(starts), address(column), len(column), address(edges), len(edges),
        begins, stops, of,
    )  # fmt: skip
    return Stretches(begins[:number], stops[:number], of)


def times(lists: Sequence[Ordinals], within: Stretches) -> Numbers:
    """How often each list stands in each stretch: float64[lists, stretches]."""
    found = np.zeros((len(lists), len(within.begins)))
    if not kernels.ready(RECALL_KERNELS):
        for row, held in zip(found, lists, strict=True):
            row[:] = ordinal_sets.counted(held, within.begins, within.stops)
    elif lists and len(within.begins):
        _times(
            np.array([address(each) for each in lists], np.int64),
            np.array([len(each) for each in lists], np.int64),
            within.begins,
            within.stops,
            found,
        )
    return found


def said(often: Numbers, before: Numbers, after: float, norm: Numbers) -> Numbers:
    """What the terms say together: float64[stretches].

    A term that stands `often` in a stretch adds `before · often · after / (often + norm)`; `before`
    is a number a term, `norm` one a stretch.
    """
    total = np.zeros(len(norm))
    if kernels.ready(RECALL_KERNELS):
        _said(often, before, after, norm, total)
        return total
    for each, weight in zip(often, before.tolist(), strict=True):
        total += weight * each * after / (each + norm)
    return total


def different(column: Ordinals, ordinals: Ordinals) -> int:
    """How many stretches there are in which the ordinals, ascending ones, stand."""
    if not kernels.ready(RECALL_KERNELS) or not len(ordinals):
        return ordinal_sets.count(column[ordinals])
    return _different(address(column), len(column), address(ordinals), len(ordinals))


def with_neighbours(starts: Ordinals, column: Ordinals, scores: Floats, share: float) -> Floats:
    """Scores float32[windows] with a share of those of the windows a sentence before and after.

    `starts` are where windows begin, ascending, `column` says where each sentence's stretch begins.
    Where there is none in the same stretch the window stands for it: an edge is no fault.
    """
    if kernels.ready(RECALL_KERNELS) and scores.dtype == np.float32:
        out = np.empty(len(starts), np.float32)
        where = address(starts), len(starts), address(column), len(column)
        _with_neighbours(*where, scores, np.float32(share), out)
        return out
    section = column[starts]
    follows = (np.diff(starts) == 1) & (np.diff(section) == 0)
    after = np.append(np.where(follows, scores[1:], scores[:-1]), scores[-1:])
    before = np.append(scores[:1], np.where(follows, scores[:-1], scores[1:]))
    shared: Floats = (scores + share * (before + after)).astype(np.float32)
    return shared


@kernels.kernel
def _around(
    starts: int, windows: int, column: int, size: int, edges: int, number: int,
    begins: Ordinals, stops: Ordinals, of: Places,
) -> int:  # fmt: skip
    starts_, column_, edges_ = i32(starts, windows), i32(column, size), i32(edges, number)
    count = 0
    at = 0
    for i in range(windows):
        begin = column_[starts_[i]]
        if count == 0 or begin != begins[count - 1]:
            at = from_on(edges_, at, begin)
            begins[count], stops[count] = begin, edges_[min(at + 1, number - 1)]
            count += 1
        of[i] = count - 1
    return count


@kernels.kernel
def _times(places: Places, counts: Places, begins: Ordinals, stops: Ordinals, out: Numbers) -> None:
    for k in range(len(places)):
        held = i32(places[k], counts[k])
        at = 0
        for i in range(len(begins)):
            at = from_on(held, at, begins[i])
            if at == len(held):
                break
            if held[at] < stops[i]:
                first = at
                at = from_on(held, at, stops[i])
                out[k, i] = at - first


@kernels.kernel
def _said(often: Numbers, before: Numbers, after: float, norm: Numbers, total: Numbers) -> None:
    for k in range(len(before)):
        for i in range(len(norm)):
            if often[k, i] > 0:
                total[i] += before[k] * often[k, i] * after / (often[k, i] + norm[i])


@kernels.kernel
def _with_neighbours(
    starts: int, windows: int, column: int, size: int, scores: Floats, share: np.float32,
    out: Floats,
) -> None:  # fmt: skip
    starts_, column_ = i32(starts, windows), i32(column, size)
    before = scores[0] if windows else share
    for i in range(windows):
        after = following = scores[i]
        if i + 1 < windows:
            following = scores[i + 1]
            if starts_[i + 1] == starts_[i] + 1 and column_[starts_[i + 1]] == column_[starts_[i]]:
                after, following = following, scores[i]
        out[i] = scores[i] + share * (before + after)
        before = following


@kernels.kernel
def _different(column: int, size: int, ordinals: int, length: int) -> int:
    column_, ordinals_ = i32(column, size), i32(ordinals, length)
    count = 1
    for i in range(1, length):
        count += column_[ordinals_[i]] != column_[ordinals_[i - 1]]
    return count


@kernels.warm_up
def _warm() -> None:
    some, place = np.zeros(2, np.int32), np.zeros(1, np.int64)
    number = np.ones(1)
    at = address(some)
    _around(at, 1, at, 2, at, 2, some, some.copy(), place)
    _times(np.array([at], np.int64), place + 1, some[:1], some[1:], np.zeros((1, 1)))
    _said(np.ones((1, 1)), number, 1.0, number, number.copy())
    _different(at, 2, at, 2)
    values = np.zeros(1, np.float32)
    _with_neighbours(at, 1, at, 2, values, np.float32(1), values.copy())
