"""Random indexing: word vectors as sums of the random vectors of neighbours.

Every word has an *index vector*, a few signed ones at places that follow from its spelling, so it
needs no table; a word's *context vector* is the sum of the index vectors of its neighbours
(Kanerva, Kristofersson, Holst 2000; Sahlgren 2005). Frequent neighbours count less (the square
root of Mikolov et al. 2013), and so do far ones. Text can be added at any time, in any order.
"""

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from workbench.arrays import F32

DIMENSIONS = 256
#: Signed ones of an index vector.
ONES = 12
#: Neighbours on each side.
WINDOW = 5
#: Share of all words above which a word counts less as a neighbour.
_FREQUENT = 1e-3


def index_places(word: str) -> NDArray[np.int64]:
    """The places of a word's ones: int64[12], below 256 and distinct; every second one is −1."""
    digits: dict[int, None] = {}
    turn = 0
    while len(digits) < ONES:
        digest = hashlib.blake2b(f"{turn}{word}".encode("utf-8", "surrogatepass"), digest_size=64)
        digits |= dict.fromkeys(digest.digest())
        turn += 1
    return np.array(list(digits)[:ONES], np.int64)


def contexts(
    sentences: Sequence[Sequence[int]], places: NDArray[np.int64], shares: NDArray[np.float64]
) -> F32:
    """What these sentences add to the context vectors: float32[words, 256].

    A sentence is a list of word numbers, `places` int64[words, 12] of `index_places`, `shares`
    float64[words] how often each word stands among all.
    """
    weights = np.minimum(1.0, np.sqrt(_FREQUENT / np.maximum(shares, 1e-12)))
    ids = np.fromiter((i for s in sentences for i in (*s, -1)), np.int64)
    out = np.zeros((len(places), DIMENSIONS), np.float32)
    signs = np.where(np.arange(ONES) % 2, -1.0, 1.0).astype(np.float32)
    sentence = np.cumsum(ids < 0)
    for distance in range(1, WINDOW + 1):
        left, right = ids[:-distance], ids[distance:]
        is_pair = (sentence[:-distance] == sentence[distance:]) & (left >= 0) & (right >= 0)
        for word, other in ((left[is_pair], right[is_pair]), (right[is_pair], left[is_pair])):
            weight = (weights[other] / distance**0.5).astype(np.float32)
            flat = word[:, None] * DIMENSIONS + places[other]
            # Flat, since NumPy adds at places of two dimensions ten times more slowly.
            np.add.at(out.reshape(-1), flat.ravel(), (signs * weight[:, None]).ravel())
    return out
