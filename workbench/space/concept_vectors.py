"""Vectors of concepts in the corpus space, from the sentences that mention them.

Counts of concepts and words become positive pointwise mutual information with smoothed frequencies
(Levy, Goldberg, Dagan 2015), followed by a truncated SVD (`latent`), each dimension weighted by the
root of its singular value.
"""

import numpy as np

from workbench.arrays import F32
from workbench.space import latent
from workbench.space.latent import Counts

#: Dimensions.
DIMENSIONS = 100
#: A word counts if it occurs with more concepts than this, and with no larger share of them.
_MIN_CONCEPTS, _MAX_SHARE = 2, 0.2
_DAMPED = 0.75
#: Refinements, since the leading singular values are nearly equal here.
_ROUNDS = 8


def vectors(counts: Counts, dimensions: int = DIMENSIONS, seed: int = 0) -> F32:
    """Unit vectors float32[concepts, ≤ dimensions]; zero for unknown concepts.

    `counts` has the frequencies of words in sentences that mention a concept, without its own name.
    """
    counts_kept = informative(counts)
    sizes = np.diff(counts_kept.starts)
    rows = np.repeat(np.arange(len(counts_kept)), sizes)
    row_sums = np.bincount(rows, counts_kept.times, minlength=len(counts_kept))
    word_shares = (
        np.bincount(counts_kept.words, counts_kept.times, minlength=counts_kept.size) ** _DAMPED
    )
    word_shares /= max(float(word_shares.sum()), 1e-9)
    information = np.log(
        np.maximum(counts_kept.times / (row_sums[rows] * word_shares[counts_kept.words]), 1e-9)
    )
    is_positive = information > 0
    offsets = np.concatenate([[0], np.cumsum(is_positive)])
    matrix = Counts(
        offsets[counts_kept.starts],
        counts_kept.words[is_positive],
        information[is_positive].astype(np.float32),
        counts_kept.size,
    )
    if not len(matrix.words):
        return np.zeros((len(counts), 1), np.float32)
    result = latent.times(matrix, latent.directions(matrix, dimensions, seed, _ROUNDS))
    strength = np.linalg.norm(result, axis=0)
    result /= np.sqrt(np.maximum(strength, 1e-9))
    is_known = np.any(result != 0, axis=1)
    result[is_known] -= result[is_known].mean(axis=0)
    result /= np.linalg.norm(result, axis=1, keepdims=True) + np.float32(1e-9)
    return result


def informative(counts: Counts) -> Counts:
    """Drop words that occur with too few or too many concepts."""
    frequencies = np.bincount(counts.words, minlength=counts.size)
    is_informative = (
        (frequencies > _MIN_CONCEPTS)
        & (frequencies < max(_MAX_SHARE * len(counts), _MIN_CONCEPTS + 2))
    )[counts.words]
    offsets = np.concatenate([[0], np.cumsum(is_informative)])
    return Counts(
        offsets[counts.starts],
        counts.words[is_informative],
        counts.times[is_informative],
        counts.size,
    )


def project(vectors: F32) -> tuple[F32, float]:
    """Positions float32[n, 2] for vectors float32[n, d], and the share of variance explained.

    The mean is 0, and 98 % are within −1 and 1 on each axis. Deterministic: each axis is oriented
    so that its longer tail is positive.
    """
    if len(vectors) < 2 or vectors.shape[1] < 1:
        return np.zeros((len(vectors), 2), np.float32), 0.0
    centred = vectors.astype(np.float64) - vectors.mean(axis=0, dtype=np.float64)
    spread, axes = np.linalg.eigh(centred.T @ centred)
    plane = axes[:, ::-1][:, :2]
    places = centred @ plane
    if places.shape[1] < 2:
        places = np.column_stack([places, np.zeros(len(places))])
    places *= np.where((places**3).sum(axis=0) < 0, -1.0, 1.0)
    reach = np.quantile(np.abs(places), 0.98, axis=0)
    total = float(spread.sum())
    share = float(spread[::-1][:2].sum()) / total if total > 0 else 0.0
    coordinates: F32 = (places / np.maximum(reach, 1e-9)).astype(np.float32)
    return coordinates, share
