"""BM25 of the question over the section (or flow of records) around each window.

How much is BM25 (Robertson & Zaragoza 2009), added up over the terms; what is a term's list and
what else counts like standing in it, is told by whoever asks.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.arrays import F32
from workbench.memory.segment import Ordinals
from workbench.recall import ordinal_sets

Numbers = NDArray[np.float64]


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
    begins, of = ordinal_sets.runs(column[starts])
    return Stretches(begins, edges[edges.searchsorted(begins) + 1], of)


def times(lists: Sequence[Ordinals], within: Stretches) -> Numbers:
    """How often each list stands in each stretch: float64[lists, stretches]."""
    found = np.zeros((len(lists), len(within.begins)))
    for row, held in zip(found, lists, strict=True):
        row[:] = ordinal_sets.counted(held, within.begins, within.stops)
    return found


def said(often: Numbers, before: Numbers, after: float, norm: Numbers) -> Numbers:
    """What the terms say together: float64[stretches].

    A term that stands `often` in a stretch adds `before · often · after / (often + norm)`; `before`
    is a number a term, `norm` one a stretch.
    """
    total = np.zeros(len(norm))
    for each, weight in zip(often, before.tolist(), strict=True):
        total += weight * each * after / (each + norm)
    return total


def different(column: Ordinals, ordinals: Ordinals) -> int:
    """How many stretches there are in which the ordinals, ascending ones, stand."""
    return ordinal_sets.count(column[ordinals])


def with_neighbours(starts: Ordinals, column: Ordinals, scores: F32, share: float) -> F32:
    """Scores float32[windows] with a share of those of the windows a sentence before and after.

    `starts` are where windows begin, ascending, `column` says where each sentence's stretch begins.
    Where there is none in the same stretch the window stands for it: an edge is no fault.
    """
    section = column[starts]
    follows = (np.diff(starts) == 1) & (np.diff(section) == 0)
    after = np.append(np.where(follows, scores[1:], scores[:-1]), scores[-1:])
    before = np.append(scores[:1], np.where(follows, scores[:-1], scores[1:]))
    shared: F32 = (scores + share * (before + after)).astype(np.float32)
    return shared
