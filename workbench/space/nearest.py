"""Nearest stretches of text to a question: records of a search by vectors.

Whoever searches (the corpus space here, an embedding model elsewhere) answers in this form, so
that recall can weigh either without knowing which it has before it.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from workbench.arrays import F32, I8

#: Of so many values one is looked at to guess a bound, and how much too low it is guessed.
_SAMPLE_STEP, _MARGIN, _OVERSHOOT = 16, 1.5, 4
#: Rows that are made floats at a time.
_PART = 1024


@dataclass(frozen=True, slots=True)
class NearestStretches:
    """Stretches `[starts, ends)` in ordinals (engram id − 1), nearest first.

    `starts` and `ends` int32[n], `cosines` float32[n], sorted downwards.
    """

    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    cosines: NDArray[np.float32]


class Nearness(Protocol):
    """What finds stretches of a library by their meaning. Any thread may call it."""

    def nearest(
        self, question: str, *, limit: int = 300, within: NDArray[np.bool_] | None = None
    ) -> NearestStretches | None:
        """The stretches of the whole library nearest to a question.

        `within` is one truth value an ordinal: stretches that begin elsewhere do not count. None
        where too little is known of the question's words to say anything.
        """


def products(rows: F32, vector: F32) -> F32:
    """The product of every row of float32[n, d] with float32[d], on this thread alone.

    BLAS shares such a product among threads: then one that another program keeps waiting holds up
    the question for a turn of the processor, which is many times what the product takes.
    """
    result: F32 = np.einsum("ij,j->i", rows, vector)
    return result


def integer_products(rows: I8, vector: F32) -> F32:
    """The product of every row of int8[n, d] with float32[d]: float32[n].

    The rows are made floats a part at a time, which stays in the processor's cache.
    """
    found = np.empty(len(rows), np.float32)
    for low in range(0, len(rows), _PART):
        found[low : low + _PART] = products(rows[low : low + _PART].astype(np.float32), vector)
    return found


def promising(values: F32, limit: int) -> NDArray[np.intp]:
    """The places of the `limit` largest values, ascending, and of a few others beside them.

    The bound is guessed from every sixteenth value, which is faster by far than to part them all;
    where the guess leaves too few or too many they are parted.
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
