"""Latent semantic analysis: topic vectors of passages.

The matrix of passages and words is reduced to its leading singular vectors (Deerwester et al. 1990)
by randomised SVD (Halko, Martinsson, Tropp 2011).
Words of similar passages are near each other, so a question reaches passages with which it shares
no word.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.arrays import F32, I64

#: Dimensions, and the oversampling of the randomised SVD.
DIMENSIONS, _SPARE = 128, 16
_ROUNDS = 2
#: Fewest passages per dimension.
_SHARED = 4
#: Relative squared norm below which a column is rounding error.
_DEPENDENT = 1e-11
#: Entries up to which rows of equal length are multiplied together, and entries per batch.
_SHORT_ROW, _BATCH_ENTRIES = 32, 2048


@dataclass(frozen=True, slots=True)
class Counts:
    """Frequencies of words in passages, by row: `words[starts[i]:starts[i + 1]]`, sorted.

    `starts` int64[passages + 1], `words` int32[n], `times` float32[n], `size` the vocabulary.
    """

    starts: I64
    words: NDArray[np.int32]
    times: F32
    size: int

    def __len__(self) -> int:
        return len(self.starts) - 1


def directions(
    matrix: Counts, dimensions: int = DIMENSIONS, seed: int = 0, rounds: int = _ROUNDS
) -> F32:
    """The leading singular vectors over words: float32[words, ≤ dimensions].

    More `rounds` separate nearly equal ones. Deterministic for a `seed`. Few passages have fewer
    dimensions: with as many as passages nothing would generalise.
    """
    rank_limit = min(len(matrix), matrix.size)
    rank = max(min(dimensions, rank_limit, len(matrix) // _SHARED), 1)
    width = min(rank + _SPARE, max(rank_limit, 1))
    flipped = transposed(matrix)
    chance = np.random.default_rng(seed)
    sample = chance.standard_normal((matrix.size, width)).astype(np.float32)
    for _ in range(rounds):
        sample = square(times(flipped, square(times(matrix, sample))))
    small = times(matrix, sample)
    _, rotation = np.linalg.eigh(small.T.astype(np.float64) @ small)
    best: F32 = (sample @ rotation[:, ::-1][:, :rank]).astype(np.float32)
    return best


def square(columns: F32) -> F32:
    """Orthonormal columns of the same span: float32[n, k].

    By the Gram matrix (Löwdin's canonical orthogonalisation): a tenth of the time of Householder
    reflections for columns of this shape. Dependent ones are zero.
    """
    products = columns.T.astype(np.float64) @ columns
    values, rotation = np.linalg.eigh(products)
    is_kept = values > _DEPENDENT * max(float(values[-1]), 1e-30)
    scale = np.where(is_kept, 1 / np.sqrt(np.where(is_kept, values, 1.0)), 0.0)
    result: F32 = columns @ (rotation * scale).astype(np.float32)
    return result


def transposed(matrix: Counts) -> Counts:
    """The transpose: words by passages."""
    rows = np.repeat(np.arange(len(matrix), dtype=np.int32), np.diff(matrix.starts))
    order = np.argsort(matrix.words, kind="stable")
    starts = np.zeros(matrix.size + 1, np.int64)
    np.cumsum(np.bincount(matrix.words, minlength=matrix.size), out=starts[1:])
    return Counts(starts, rows[order], matrix.times[order], len(matrix))


def times(matrix: Counts, right: F32) -> F32:
    """The product with a dense matrix: float32[rows, right.shape[1]]."""
    out = np.zeros((len(matrix), right.shape[1]), np.float32)
    right = np.ascontiguousarray(right, np.float32)
    sizes = np.diff(matrix.starts)
    # One thread and no array of all entries: a third of the time.
    for row in np.flatnonzero(sizes > _SHORT_ROW).tolist():
        low, high = int(matrix.starts[row]), int(matrix.starts[row + 1])
        rows = right.take(matrix.words[low:high], axis=0)
        np.einsum("i,ij->j", matrix.times[low:high], rows, out=out[row])
    # Most words occur in few passages: rows of equal length go together.
    for size in range(1, _SHORT_ROW + 1):
        same_size = np.flatnonzero(sizes == size)
        step = _BATCH_ENTRIES // size
        for begin in range(0, len(same_size), step):
            part = same_size[begin : begin + step]
            entries = matrix.starts[part][:, None] + np.arange(size)
            rows = right.take(matrix.words[entries], axis=0)
            out[part] = np.einsum("ri,rij->rj", matrix.times[entries], rows)
    return out
