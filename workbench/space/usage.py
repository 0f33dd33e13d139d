"""Word vectors by usage: words in similar contexts lie near each other.

Counts of words that stand in one stretch become positive pointwise mutual information, frequent
company damped and all too frequent company left out (Levy, Goldberg, Dagan 2015), and are taken
apart into their strongest directions (`krylov`). A direction weighs by a low power of its strength
(Caron 2001), from which that of the first one left out is taken before (as by Mazumder, Hastie,
Tibshirani 2010): strengths fall slowly, and which of the last directions is the stronger is chance.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from workbench.arrays import F32, F64, I32
from workbench.space import krylov, latent
from workbench.space.latent import Counts

#: Directions at most, and the words for each: with more of few words, what is chance gets its own.
#: Fewer words than that for so many directions have these, and each direction a few words.
DIMENSIONS, _WORDS_EACH, _FEWEST, _SHARED = 240, 60, 60, 4
_POWER = 0.25
#: A word that stands in fewer stretches than this tells nothing of its company, nor does that tell
#: of it: such words are half of all, and would have most of the directions. As company, what stands
#: in a larger share of stretches, and in more than a few, tells nothing either.
#: The fewest are 4, and more where much was read, one for so many stretches up to 12.
_LEAST, _EACH, _ENOUGH = 4, 2000, 12
_MOST_SHARE, _FEW = 0.015, 60
_DAMPED = 0.75
#: Pairs that are counted at a time.
_PAIRS = 1 << 20


def vectors(
    stretches: Counts,
    dimensions: int = DIMENSIONS,
    seed: int = 0,
    check: Callable[[], None] = lambda: None,
) -> F32:
    """Vectors of length one for all words: float32[words, ≤ dimensions]; zero where none is known.

    `stretches` says which words stand in each of them; how often in one does not count. `check` is
    called now and then, and may raise to stop it.
    """
    matrix = told(stretches)
    check()
    known = int(np.count_nonzero(np.diff(matrix.starts)))
    if not known:
        return np.zeros((stretches.size, 1), np.float32)
    wanted = min(max(known // _WORDS_EACH, _FEWEST), max(known // _SHARED, 1), dimensions)
    found, strengths = krylov.strongest(matrix, wanted + 1, seed, check)
    beyond = strengths[wanted] if len(strengths) > wanted else 0.0
    found = found[:, :wanted] * ((strengths[:wanted] - beyond) ** _POWER).astype(np.float32)
    found /= np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)
    return found


def told(stretches: Counts) -> Counts:
    """What words tell of the words beside them, in nats, where that is more than nothing."""
    size = stretches.size
    held = np.bincount(stretches.words, minlength=size)
    least = min(max(_LEAST, len(stretches) // _EACH), _ENOUGH)
    stretches = _only(stretches, held >= least)
    kept = (held >= least) & (held <= max(_MOST_SHARE * len(stretches), _FEW))
    telling = kept[stretches.words]
    among = _only(stretches, kept)
    company = np.diff(among.starts)
    rows = np.repeat(np.arange(len(stretches)), np.diff(stretches.starts))
    # Nobody keeps company with himself.
    said = np.bincount(stretches.words, company[rows] - telling, minlength=size).astype(np.float64)
    heard = np.where(kept, np.bincount(
        stretches.words, np.diff(stretches.starts)[rows] - 1, minlength=size
    ), 0.0) ** _DAMPED  # fmt: skip
    heard /= max(float(heard.sum()), 1e-9)
    standing = latent.transposed(stretches)
    return _counted(among, standing, said, heard)


def _only(stretches: Counts, kept: NDArray[np.bool_]) -> Counts:
    """The same without the words that are not kept; their numbers stay."""
    left = kept[stretches.words]
    before = np.concatenate([[0], np.cumsum(left)])
    return Counts(
        before[stretches.starts], stretches.words[left], stretches.times[left], stretches.size
    )


def _counted(among: Counts, standing: Counts, said: F64, heard: F64) -> Counts:
    """What is told by so many pairs at a time that their arrays stay small."""
    size = among.size
    lengths = np.diff(among.starts)
    upto = np.concatenate([[0], np.cumsum(lengths[standing.words])])[standing.starts]
    words: list[I32] = []
    values: list[F32] = []
    sizes = np.zeros(size, np.int64)
    low = 0
    while low < size:
        high = max(int(np.searchsorted(upto, upto[low] + _PAIRS, side="right")) - 1, low + 1)
        part = standing.words[standing.starts[low] : standing.starts[high]]
        rows = np.repeat(np.arange(low, high), np.diff(standing.starts[low : high + 1]))
        many = lengths[part]
        at = np.arange(int(many.sum())) + np.repeat(
            among.starts[part] - (np.cumsum(many) - many), many
        )
        pairs = np.repeat(rows, many) * np.int64(size) + among.words[at]
        keys, times = np.unique(pairs[pairs // size != pairs % size], return_counts=True)
        one, other = keys // size, keys % size
        found = np.log(times / (said[one] * heard[other]))
        some = found > 0
        sizes += np.bincount(one[some], minlength=size)
        words.append(other[some].astype(np.int32))
        values.append(found[some].astype(np.float32))
        low = high
    starts = np.concatenate([[0], np.cumsum(sizes)])
    return Counts(starts, np.concatenate(words), np.concatenate(values), size)
