"""The interface of vector searches: the stretches of text nearest to a question.

Every search (the corpus space, an embedding model) returns these records, so that recall can weigh
them alike.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from workbench.arrays import F32, I8

#: Parameters of the estimated threshold: one value in so many is sampled, and the margins.
_SAMPLE_STEP, _MARGIN, _OVERSHOOT = 16, 1.5, 4
#: Rows converted to float at a time.
_PART = 1024


@dataclass(frozen=True, slots=True)
class NearestStretches:
    """Stretches `[starts, ends)` in ordinals (engram id − 1), nearest first, or all in order.

    `starts` and `ends` int32[n], `cosines` float32[n].
    """

    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    cosines: NDArray[np.float32]


class Nearness(Protocol):
    """Finds stretches of a library by meaning. Thread-safe."""

    def nearest(
        self, question: str, *, limit: int = 300, within: NDArray[np.bool_] | None = None
    ) -> NearestStretches | None:
        """The stretches of the library nearest to a question.

        `within` is a mask over ordinals: stretches that begin elsewhere do not count. None if too
        few words of the question are known.
        """

    def all_cosines(self, question: str) -> NearestStretches | None:
        """Every stretch of the library in the order of the text; None as for `nearest`."""


def products(rows: F32, vector: F32) -> F32:
    """The product of every row of float32[n, d] with float32[d], on this thread alone.

    BLAS uses several threads: one that another program delays would hold up the question for a
    scheduler's time slice, many times as long as the product takes.
    """
    result: F32 = np.einsum("ij,j->i", rows, vector)
    return result


def integer_products(rows: I8, vector: F32) -> F32:
    """The product of every row of int8[n, d] with float32[d]: float32[n].

    Rows are converted a part at a time, which stays in the processor's cache.
    """
    found = np.empty(len(rows), np.float32)
    for low in range(0, len(rows), _PART):
        found[low : low + _PART] = products(rows[low : low + _PART].astype(np.float32), vector)
    return found


def promising(values: F32, limit: int) -> NDArray[np.intp]:
    """The indices of the `limit` largest values, ascending, and of a few others.

    A threshold is estimated from every sixteenth value, much faster than partitioning all; if it
    selects too few or too many they are partitioned.
    """
    sample = values[::_SAMPLE_STEP]
    sample_rank = int(_MARGIN * limit / _SAMPLE_STEP) + 8
    if sample_rank < len(sample):
        bound = np.partition(sample, len(sample) - sample_rank)[len(sample) - sample_rank]
        places = np.flatnonzero(values >= bound)
        if limit <= len(places) <= _OVERSHOOT * limit:
            return places
    if limit >= len(values):
        return np.arange(len(values), dtype=np.intp)
    return np.sort(np.argpartition(-values, limit - 1)[:limit])
