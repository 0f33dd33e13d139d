"""Nearest stretches of text to a question: records of a search by vectors.

Whoever searches (the corpus space here, an embedding model elsewhere) answers in this form, so
that recall can weigh either without knowing which it has before it.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from workbench import kernels
from workbench.arrays import F32, I8
from workbench.space.random_indexing import SPACE_KERNELS

#: Of so many values one is looked at to guess a bound, and how much too low it is guessed.
_SAMPLE_STEP, _MARGIN, _OVERSHOOT = 16, 1.5, 4
#: Rows that are rounded at a time.
_PART = 8192


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


@dataclass(frozen=True, slots=True)
class Coarse:
    """Rows that say roughly who may be near: float32[n, d], and the same as int8[n, d].

    A row of the whole numbers times `scale` is nearly the row of `exact`. Compiled loops read
    them, a quarter of the memory; NumPy alone takes the exact ones, which it adds up faster.
    """

    exact: F32
    integers: I8
    scale: float

    def products(self, vector: F32) -> F32:
        """Nearly the product of every row with float32[d]: float32[n]."""
        if not kernels.ready(SPACE_KERNELS) or not self.exact.size:
            return products(self.exact, vector)
        limit = _steps(self.exact.shape[1])
        step = float(np.abs(vector).max()) / limit or 1.0
        result = np.empty(len(self.integers), np.int32)
        _multiply(self.integers, np.rint(vector / step).astype(np.int16), result)
        return result * np.float32(step * self.scale)


def coarse(rows: F32) -> Coarse:
    """Rows for a first look: float32[n, d]."""
    scale = float(np.abs(rows).max(initial=0.0)) / 127 or 1.0
    integers = np.empty(rows.shape, np.int8)
    for low in range(0, len(rows), _PART):
        integers[low : low + _PART] = np.rint(rows[low : low + _PART] / scale)
    return Coarse(rows, integers, scale)


def integer_products(rows: I8, vector: F32) -> F32:
    """The product of every row of int8[n, d], no number below −127, with float32[d]: float32[n].

    As exact as with single floats. Compiled loops take the vector as two whole numbers of 16 bits
    each, the second for what rounding takes from the first: a third of the time of making the rows
    floats.
    """
    if not kernels.ready(SPACE_KERNELS) or not rows.size:
        return products(rows.astype(np.float32), vector)
    limit = _steps(rows.shape[1])
    step = float(np.abs(vector).max()) / limit or 1.0
    rough = np.rint(vector / np.float64(step))
    remainder = np.rint((vector / np.float64(step) - rough) * (2 * limit))
    first, second = np.empty(len(rows), np.int32), np.empty(len(rows), np.int32)
    _multiply(rows, rough.astype(np.int16), first)
    _multiply(rows, remainder.astype(np.int16), second)
    result: F32 = ((first + second / (2 * limit)) * step).astype(np.float32)
    return result


def _steps(width: int) -> int:
    """The largest whole number for which no sum of so many products goes beyond 32 bits."""
    return min(2**15 - 1, 2**31 // (127 * width) - 1)


@kernels.kernel
def _multiply(rows: I8, vector: NDArray[np.int16], out: NDArray[np.int32]) -> None:
    for i in range(len(rows)):
        total = np.int32(0)
        for j in range(len(vector)):
            total += np.int32(rows[i, j]) * np.int32(vector[j])
        out[i] = total


@kernels.warm_up
def _warm() -> None:
    _multiply(np.zeros((1, 1), np.int8), np.zeros(1, np.int16), np.zeros(1, np.int32))


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
