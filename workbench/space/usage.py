"""Word vectors by usage: words in similar contexts are near each other.

Co-occurrence counts become positive pointwise mutual information, with smoothed context frequencies
and without very frequent contexts (Levy, Goldberg, Dagan 2015), followed by a truncated SVD
(`strongest`). A dimension is weighted by a low power of its singular value (Caron 2001), reduced
first by that of the first one left out (as by Mazumder, Hastie, Tibshirani 2010), since singular
values fall slowly and the order of the last ones is chance.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from workbench.arrays import F32, F64, I32
from workbench.space import latent
from workbench.space.latent import Counts

#: Block width as a share of the dimensions, its minimum, and the number of blocks.
_SHARE, _MIN_WIDTH, _STEPS = 4, 8, 10
#: Relative tolerances below which a squared norm is rounding error: of columns during
#: orthogonalisation, and of the eigenvalues at the end.
_TOLERANCE, _WEAKEST = 1e-8, 1e-6


def strongest(
    matrix: Counts, dimensions: int, seed: int = 0, check: Callable[[], None] = lambda: None
) -> tuple[F32, F64]:
    """Return the left singular vectors float32[rows, n] and singular values float64[n], falling.

    Truncated SVD by block Lanczos over the whole Krylov space (Golub, Luk, Overton 1981; Musco,
    Musco 2015): subspace iteration, as in `latent.directions`, needs several times as many products
    and separates nearly equal directions badly. `n` is `dimensions`, or the rank where that is
    less. Deterministic for a `seed`. `check` is called after every product and may raise.
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
    """Orthonormalise the columns against the `basis`; dependent ones are dropped."""
    scale = float(np.square(columns).sum(axis=0).max(initial=0.0))
    # Twice, since rounding leaves a remainder of the basis the first time.
    for _ in range(2):
        columns = columns - basis @ (basis.T @ columns)
        values, rotation = np.linalg.eigh(columns.T.astype(np.float64) @ columns)
        is_kept = values > _TOLERANCE * scale
        columns = columns @ (rotation[:, is_kept] / np.sqrt(values[is_kept])).astype(np.float32)
        scale = 1.0
    return columns[:, ::-1]


def _compact(matrix: Counts) -> tuple[NDArray[np.intp], Counts]:
    """Return the non-empty rows, and the matrix without its empty rows and columns."""
    sizes = np.diff(matrix.starts)
    rows = np.flatnonzero(sizes)
    is_used = np.zeros(matrix.size, np.bool_)
    is_used[matrix.words] = True
    numbers = (np.cumsum(is_used) - 1).astype(np.int32)
    starts = np.zeros(len(rows) + 1, np.int64)
    np.cumsum(sizes[rows], out=starts[1:])
    return rows, Counts(starts, numbers[matrix.words], matrix.times, int(is_used.sum()))


#: Most dimensions, and words per dimension: with more, chance gets dimensions of its own. The
#: minimum applies to fewer words, with a few words for each.
DIMENSIONS, _WORDS_PER_DIRECTION, _FEWEST, _SHARED = 240, 60, 60, 4
_POWER = 0.25
#: A word in fewer stretches than this has no reliable contexts, and is none: such words are half of
#: all, and would dominate. A context in a larger share of stretches, and in more than a few, is
#: uninformative. The minimum is 4, and grows by one per so many stretches up to 12.
_MIN_STRETCHES, _STRETCHES_PER, _ENOUGH = 4, 2000, 12
_MAX_SHARE, _MIN_COMMON = 0.015, 60
_DAMPED = 0.75
#: Pairs counted at a time.
_PAIRS = 1 << 20


def vectors(
    stretches: Counts,
    dimensions: int = DIMENSIONS,
    seed: int = 0,
    check: Callable[[], None] = lambda: None,
) -> F32:
    """Unit vectors of all words: float32[words, ≤ dimensions]; zero for unknown words.

    `stretches` has the words of each stretch; repetitions do not count. `check` is called now and
    then, and may raise to stop it.
    """
    matrix = information(stretches)
    check()
    word_count = int(np.count_nonzero(np.diff(matrix.starts)))
    if not word_count:
        return np.zeros((stretches.size, 1), np.float32)
    rank = min(
        max(word_count // _WORDS_PER_DIRECTION, _FEWEST), max(word_count // _SHARED, 1), dimensions
    )
    result, strengths = strongest(matrix, rank + 1, seed, check)
    cutoff = strengths[rank] if len(strengths) > rank else 0.0
    result = result[:, :rank] * ((strengths[:rank] - cutoff) ** _POWER).astype(np.float32)
    result /= np.maximum(np.linalg.norm(result, axis=1, keepdims=True), 1e-9)
    return result


def information(stretches: Counts) -> Counts:
    """Positive pointwise mutual information of neighbouring words, in nats."""
    size = stretches.size
    frequencies = np.bincount(stretches.words, minlength=size)
    minimum = min(max(_MIN_STRETCHES, len(stretches) // _STRETCHES_PER), _ENOUGH)
    stretches = _select_words(stretches, frequencies >= minimum)
    is_company = (frequencies >= minimum) & (
        frequencies <= max(_MAX_SHARE * len(stretches), _MIN_COMMON)
    )
    has_company = is_company[stretches.words]
    companions = _select_words(stretches, is_company)
    company = np.diff(companions.starts)
    rows = np.repeat(np.arange(len(stretches)), np.diff(stretches.starts))
    # A word is no neighbour of itself.
    row_sums = np.bincount(stretches.words, company[rows] - has_company, minlength=size).astype(
        np.float64
    )
    word_shares = np.where(is_company, np.bincount(
        stretches.words, np.diff(stretches.starts)[rows] - 1, minlength=size
    ), 0.0) ** _DAMPED  # fmt: skip
    word_shares /= max(float(word_shares.sum()), 1e-9)
    by_word = latent.transposed(stretches)
    return _information_of_pairs(companions, by_word, row_sums, word_shares)


def _select_words(stretches: Counts, is_kept: NDArray[np.bool_]) -> Counts:
    """Remove unselected words; the others keep their numbers."""
    remaining = is_kept[stretches.words]
    offsets = np.concatenate([[0], np.cumsum(remaining)])
    return Counts(
        offsets[stretches.starts],
        stretches.words[remaining],
        stretches.times[remaining],
        stretches.size,
    )


def _information_of_pairs(
    companions: Counts, by_word: Counts, row_sums: F64, word_shares: F64
) -> Counts:
    """The information of all pairs, in batches to bound memory."""
    size = companions.size
    lengths = np.diff(companions.starts)
    upto = np.concatenate([[0], np.cumsum(lengths[by_word.words])])[by_word.starts]
    words: list[I32] = []
    values: list[F32] = []
    sizes = np.zeros(size, np.int64)
    low = 0
    while low < size:
        high = max(int(np.searchsorted(upto, upto[low] + _PAIRS, side="right")) - 1, low + 1)
        part = by_word.words[by_word.starts[low] : by_word.starts[high]]
        rows = np.repeat(np.arange(low, high), np.diff(by_word.starts[low : high + 1]))
        sizes_here = lengths[part]
        at = np.arange(int(sizes_here.sum())) + np.repeat(
            companions.starts[part] - (np.cumsum(sizes_here) - sizes_here), sizes_here
        )
        pairs = np.repeat(rows, sizes_here) * np.int64(size) + companions.words[at]
        keys, times = np.unique(pairs[pairs // size != pairs % size], return_counts=True)
        word, other = keys // size, keys % size
        values_here = np.log(times / (row_sums[word] * word_shares[other]))
        is_positive = values_here > 0
        sizes += np.bincount(word[is_positive], minlength=size)
        words.append(other[is_positive].astype(np.int32))
        values.append(values_here[is_positive].astype(np.float32))
        low = high
    starts = np.concatenate([[0], np.cumsum(sizes)])
    return Counts(starts, np.concatenate(words), np.concatenate(values), size)
