"""Truncated SVD of a sparse matrix by a block Krylov method.

Block Lanczos: a few columns drawn at random are multiplied again and again, all that was met on the
way is kept and stood square, and the directions are looked for in the whole of it (Golub, Luk,
Overton 1981; Musco, Musco 2015). To refine only what came last, as `latent.directions` does, takes
several times as many products and leaves nearly equal directions to chance.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from workbench.arrays import F32, F64
from workbench.space import latent
from workbench.space.latent import Counts

#: Columns that are multiplied at a time, as a share of the directions wanted and at least, and the
#: times that this is done.
_SHARE, _MIN_WIDTH, _STEPS = 4, 8, 10
#: Share of the largest below which the square of a length is what rounding has left: of columns
#: when they are stood square, and of the strengths in the end.
_TOLERANCE, _WEAKEST = 1e-8, 1e-6


def strongest(
    matrix: Counts, dimensions: int, seed: int = 0, check: Callable[[], None] = lambda: None
) -> tuple[F32, F64]:
    """The left singular vectors float32[rows, n] and singular values float64[n], falling.

    `n` is `dimensions`, or the rank where that is less. Deterministic for a `seed`. `check` is
    called after every product, and may raise to stop it.
    """
    rows, small = _compact(matrix)
    flipped = latent.transposed(small)
    width = max(-(-dimensions // _SHARE), _MIN_WIDTH)
    room = min(width * _STEPS, len(small), small.size)
    basis = np.zeros((small.size, room), np.float32)
    laid = np.zeros((len(small), room), np.float32)
    sample = np.random.default_rng(seed).standard_normal((len(small), width)).astype(np.float32)
    fresh, filled = _fresh(latent.times(flipped, sample), basis[:, :0]), 0
    while fresh.shape[1] and filled < room:
        fresh = fresh[:, : room - filled]
        columns = slice(filled, filled + fresh.shape[1])
        basis[:, columns], laid[:, columns] = fresh, latent.times(small, fresh)
        filled = columns.stop
        check()
        if filled < room:
            fresh = _fresh(latent.times(flipped, laid[:, columns]), basis[:, :filled])
            check()
    laid = laid[:, :filled]
    values, rotation = np.linalg.eigh((laid.T @ laid).astype(np.float64))
    indices = np.flatnonzero(values > _WEAKEST * values.max(initial=0.0))[::-1][:dimensions]
    strengths: F64 = np.sqrt(values[indices])
    vectors = np.zeros((len(matrix), len(indices)), np.float32)
    vectors[rows] = laid @ (rotation[:, indices] / strengths).astype(np.float32)
    return vectors, strengths


def _fresh(columns: F32, basis: F32) -> F32:
    """What the columns say beyond the `basis`, as columns of length one that stand square."""
    scale = float(np.square(columns).sum(axis=0).max(initial=0.0))
    # The second time takes away what the first, by rounding, left of the earlier ones.
    for _ in range(2):
        columns = columns - basis @ (basis.T @ columns)
        values, rotation = np.linalg.eigh(columns.T.astype(np.float64) @ columns)
        is_kept = values > _TOLERANCE * scale
        columns = columns @ (rotation[:, is_kept] / np.sqrt(values[is_kept])).astype(np.float32)
        scale = 1.0
    return columns[:, ::-1]


def _compact(matrix: Counts) -> tuple[NDArray[np.intp], Counts]:
    """The rows that hold something, and the matrix of them and of the columns that do."""
    sizes = np.diff(matrix.starts)
    rows = np.flatnonzero(sizes)
    is_used = np.zeros(matrix.size, np.bool_)
    is_used[matrix.words] = True
    numbers = (np.cumsum(is_used) - 1).astype(np.int32)
    starts = np.zeros(len(rows) + 1, np.int64)
    np.cumsum(sizes[rows], out=starts[1:])
    return rows, Counts(starts, numbers[matrix.words], matrix.times, int(is_used.sum()))
