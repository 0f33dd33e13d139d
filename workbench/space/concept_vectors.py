"""Vectors of concepts in the corpus space, from the sentences that mention them.

Counts of concepts and words become positive pointwise mutual information, frequent words damped
(Levy, Goldberg, Dagan 2015), and are taken apart into their strongest directions (`latent`), each
weighed by the root of its strength.
"""

import numpy as np

from workbench.arrays import F32
from workbench.space import latent
from workbench.space.latent import Counts

#: Directions.
DIMENSIONS = 100
#: A word says something when more concepts keep its company than this, and no larger share.
_LEAST, _MOST_SHARE = 2, 0.2
_DAMPED = 0.75
#: The strongest directions are nearly equal here.
_ROUNDS = 8


def vectors(counts: Counts, dimensions: int = DIMENSIONS, seed: int = 0) -> F32:
    """Vectors of length one, float32[concepts, ≤ dimensions]; zero where nothing is known.

    `counts` says how often words stand in sentences that mention a concept, its own name left out.
    """
    kept = informative(counts)
    sizes = np.diff(kept.starts)
    rows = np.repeat(np.arange(len(kept)), sizes)
    said = np.bincount(rows, kept.times, minlength=len(kept))
    heard = np.bincount(kept.words, kept.times, minlength=kept.size) ** _DAMPED
    heard /= max(float(heard.sum()), 1e-9)
    told = np.log(np.maximum(kept.times / (said[rows] * heard[kept.words]), 1e-9))
    telling = told > 0
    before = np.concatenate([[0], np.cumsum(telling)])
    matrix = Counts(
        before[kept.starts], kept.words[telling], told[telling].astype(np.float32), kept.size
    )
    if not len(matrix.words):
        return np.zeros((len(counts), 1), np.float32)
    found = latent.times(matrix, latent.directions(matrix, dimensions, seed, _ROUNDS))
    strength = np.linalg.norm(found, axis=0)
    found /= np.sqrt(np.maximum(strength, 1e-9))
    known = np.any(found != 0, axis=1)
    found[known] -= found[known].mean(axis=0)
    found /= np.linalg.norm(found, axis=1, keepdims=True) + np.float32(1e-9)
    return found


def informative(counts: Counts) -> Counts:
    """The same with only the words that some and not too many concepts keep company with."""
    held = np.bincount(counts.words, minlength=counts.size)
    kept = ((held > _LEAST) & (held < max(_MOST_SHARE * len(counts), _LEAST + 2)))[counts.words]
    before = np.concatenate([[0], np.cumsum(kept)])
    return Counts(before[counts.starts], counts.words[kept], counts.times[kept], counts.size)
