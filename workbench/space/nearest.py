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
_EVERY, _MARGIN, _MOST = 16, 1.5, 4
#: Rows that are rounded at a time.
_PART = 8192


@dataclass(frozen=True, slots=True)
class Near:
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
    ) -> Near | None:
        """The stretches of the whole library nearest to a question.

        `within` is one truth value an ordinal: stretches that begin elsewhere do not count. None
        where too little is known of the question's words to say anything.
        """


def products(rows: F32, vector: F32) -> F32:
    """The product of every row of float32[n, d] with float32[d], on this thread alone.

    BLAS shares such a product among threads: then one that another program keeps waiting holds up
    the question for a turn of the processor, which is many times what the product takes.
    """
    found: F32 = np.einsum("ij,j->i", rows, vector)
    return found


@dataclass(frozen=True, slots=True)
class Coarse:
    """Rows that say roughly who may be near: float32[n, d], and the same as int8[n, d].

    A row of the whole numbers times `scale` is nearly the row of `exact`. Compiled loops read
    them, a quarter of the memory; NumPy alone takes the exact ones, which it adds up faster.
    """

    exact: F32
    whole: I8
    scale: float

    def products(self, vector: F32) -> F32:
        """Nearly the product of every row with float32[d]: float32[n]."""
        if not kernels.ready(SPACE_KERNELS) or not self.exact.size:
            return products(self.exact, vector)
        most = _steps(self.exact.shape[1])
        step = float(np.abs(vector).max()) / most or 1.0
        found = np.empty(len(self.whole), np.int32)
        _multiply(self.whole, np.rint(vector / step).astype(np.int16), found)
        return found * np.float32(step * self.scale)


def coarse(rows: F32) -> Coarse:
    """Rows for a first look: float32[n, d]."""
    scale = float(np.abs(rows).max(initial=0.0)) / 127 or 1.0
    whole = np.empty(rows.shape, np.int8)
    for low in range(0, len(rows), _PART):
        whole[low : low + _PART] = np.rint(rows[low : low + _PART] / scale)
    return Coarse(rows, whole, scale)


def whole_products(rows: I8, vector: F32) -> F32:
    """The product of every row of int8[n, d], no number below −127, with float32[d]: float32[n].

    As exact as with single floats. Compiled loops take the vector as two whole numbers of 16 bits
    each, the second for what rounding takes from the first: a third of the time of making the rows
    floats.
    """
    if not kernels.ready(SPACE_KERNELS) or not rows.size:
        return products(rows.astype(np.float32), vector)
    most = _steps(rows.shape[1])
    step = float(np.abs(vector).max()) / most or 1.0
    rough = np.rint(vector / np.float64(step))
    rest = np.rint((vector / np.float64(step) - rough) * (2 * most))
    first, second = np.empty(len(rows), np.int32), np.empty(len(rows), np.int32)
    _multiply(rows, rough.astype(np.int16), first)
    _multiply(rows, rest.astype(np.int16), second)
    found: F32 = ((first + second / (2 * most)) * step).astype(np.float32)
    return found


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


def promising(values: F32, most: int) -> NDArray[np.intp]:
    """The places of the `most` largest values, ascending, and of a few others beside them.

    The bound is guessed from every sixteenth value, which is faster by far than to part them all;
    where the guess leaves too few or too many they are parted.
    """
    sample = values[::_EVERY]
    wanted = int(_MARGIN * most / _EVERY) + 8
    if wanted < len(sample):
        bound = np.partition(sample, len(sample) - wanted)[len(sample) - wanted]
        places = np.flatnonzero(values >= bound)
        if most <= len(places) <= _MOST * most:
            return places
    if most >= len(values):
        return np.arange(len(values), dtype=np.intp)
    return np.sort(np.argpartition(-values, most - 1)[:most])
