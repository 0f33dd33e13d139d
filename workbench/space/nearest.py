"""The interface of vector searches: the stretches of text nearest to a question.

Every search (the corpus space, an embedding model) returns these records, so that recall can weigh
them alike.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from workbench.arrays import F32, I8

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
    """Finds stretches of a library by meaning. Thread-safe.

    `within` is a mask over ordinals. Where vectors are approximate, the nearest of these that begin
    within it are made exact, for at most so many `seconds`. None if there is no usable model, or if
    it does not read the question.
    """

    def nearest(
        self,
        question: str,
        *,
        limit: int = 300,
        within: NDArray[np.bool_] | None = None,
        seconds: float = 0.0,
    ) -> NearestStretches | None:
        """The stretches of the library nearest to a question, of those that begin within."""

    def all_cosines(
        self, question: str, *, within: NDArray[np.bool_] | None = None, seconds: float = 0.0
    ) -> NearestStretches | None:
        """Every stretch of the library in the order of the text, also outside of `within`."""


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


def largest(values: F32, limit: int) -> NDArray[np.intp]:
    """The indices of the `limit` largest values, descending; of equal ones the first.

    A partition alone takes any of equal ones, and others with AVX-512 than with AVX2.
    """
    places = np.arange(len(values), dtype=np.intp)
    if limit < len(values):
        places = np.flatnonzero(values >= np.partition(values, -limit)[-limit])
    return places[np.argsort(-values[places], kind="stable")[:limit]]
