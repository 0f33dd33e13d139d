"""Overlap by meaning: the neurons of an assembly that follow from the vector of its concept.

Every fifth slot of an assembly encodes meaning; two of them form a band. Each band has a tree of
anchors, which are slightly perturbed vectors drawn at random (data-dependent locality-sensitive
hashing: Andoni, Indyk, Nguyen, Razenshteyn 2014); the leaf of a concept has one neuron in each slot
of the band, computed as that of a concept. Similar concepts agree in many bands, others in almost
none. Concepts in overfull leaves, or without a vector, keep their own neurons.
"""

import hashlib
import math
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from workbench.arrays import F32, I16, I32, I64

#: Slot `STRIDE · k` of an assembly is number k of those that encode meaning: a fifth of all, as did
#: best on a split that no figure is taken from. They are spread, so that any part of an assembly
#: has its share of both kinds.
STRIDE, BANDS, WIDE = 5, 10, 2
SHARED = BANDS * WIDE
#: Concepts per anchor, and their minimum; minimum and maximum anchors of a band; maximum leaves of
#: a band.
_PER_ANCHOR, _MIN_PER_ANCHOR, _FEWEST, _BOUGHS, _MAX_LEAVES = 55, 4, 16, 512, 1 << 14
#: A leaf with more concepts is split by anchors of its own. If it is still overfull, or has more
#: than this share of all concepts and more than a few, it is dropped.
_CROWD, _SHARE, _SMALL_CROWD = 512, 1 / 4, 32
_DISPLACED = 0.15
_AT_A_TIME = 16_384


@dataclass(frozen=True, slots=True)
class Similarity:
    """The codes of concepts by their ids, and the concepts of each code.

    `values` int16[size, BANDS], -1 for none; the `members` int32 of band b and leaf v are
    `members[starts[i]:starts[i + 1]]`, sorted, where i is `b · leaves + v`. `coded` concepts have a
    code. `version` identifies the codes by content.
    """

    values: I16
    leaves: int
    starts: I32
    members: I32
    coded: int
    version: str = field(default="")

    @property
    def bytes(self) -> int:
        """The size of the arrays."""
        return self.values.nbytes + self.starts.nbytes + self.members.nbytes

    def shared(self, concept: int, other: int) -> int:
        """The number of neurons that two concepts share by meaning, of `SHARED`."""
        if max(concept, other) >= len(self.values):
            return 0
        code, other_code = self.values[concept], self.values[other]
        return WIDE * int(np.count_nonzero((code == other_code) & (code >= 0)))


def similarity(ids: I64, assigned: I16) -> Similarity:
    """Index codes int16[n, BANDS] of the concepts with these ids."""
    size = int(ids.max(initial=-1)) + 1
    values = np.full((size, BANDS), -1, np.int16)
    values[ids] = assigned
    leaves = max(int(assigned.max(initial=-1)) + 1, 1)
    concept_ids, band = np.nonzero(values >= 0)
    keys = band * leaves + values[concept_ids, band]
    order = np.argsort(keys, kind="stable")
    starts = np.zeros(BANDS * leaves + 1, np.int32)
    np.cumsum(np.bincount(keys, minlength=BANDS * leaves), out=starts[1:])
    digest = hashlib.sha256(values.tobytes()).hexdigest()[:16] if len(concept_ids) else ""
    coded = int(np.any(values >= 0, axis=1).sum())
    return Similarity(values, leaves, starts, concept_ids[order].astype(np.int32), coded, digest)


#: No concept has a code: all neurons are their own.
NO_CODES = similarity(np.zeros(0, np.int64), np.zeros((0, BANDS), np.int16))


def codes(vectors: F32, seed: int = 5, check: Callable[[], None] = lambda: None) -> I16:
    """The leaf in each band: int16[concepts, BANDS], -1 for none.

    `vectors` float32[concepts, d] have unit length, or are zero if unknown. Deterministic. `check`
    is called now and then, and may raise to stop it.
    """
    assigned = np.full((len(vectors), BANDS), -1, np.int16)
    coded = np.flatnonzero(np.any(vectors != 0, axis=1))
    if len(coded) < 2:
        return assigned
    chance = np.random.default_rng(seed)
    for band in range(BANDS):
        check()
        assigned[coded, band] = _leaves(vectors, coded, chance)
    return assigned


def _leaves(vectors: F32, coded: I64, chance: np.random.Generator) -> I16:
    """The leaves of one band: near concepts share one; overfull leaves are -1."""
    branches = min(
        max(len(coded) // _PER_ANCHOR, _FEWEST), _BOUGHS, max(len(coded) // _MIN_PER_ANCHOR, 1)
    )
    bough = _nearest(vectors, coded, branches, chance)
    sizes = np.bincount(bough, minlength=branches)
    leaf, leaf_count = bough.copy(), branches
    for crowded in np.flatnonzero(sizes > _CROWD).tolist():
        part = np.flatnonzero(bough == crowded)
        twigs = -(-2 * len(part) // _CROWD)
        twig = _nearest(vectors, coded[part], twigs, chance)
        leaf[part] = np.where(twig == 0, crowded, leaf_count + twig - 1)
        leaf_count += twigs - 1
    limit = min(_CROWD, max(int(len(coded) * _SHARE), _SMALL_CROWD))
    nobodys = np.bincount(leaf) > limit
    nobodys[_MAX_LEAVES:] = True
    leaf[nobodys[leaf]] = -1
    return leaf.astype(np.int16)


def _nearest(vectors: F32, rows: I64, count: int, chance: np.random.Generator) -> I64:
    """The nearest of so many anchors, drawn from these rows, for each row."""
    count = min(count, len(rows))
    assigned = np.zeros(len(rows), np.int64)
    if count <= 1:
        return assigned
    wide = vectors.shape[1]
    noise = chance.standard_normal((count, wide)).astype(np.float32)
    book = vectors[rows[chance.choice(len(rows), count, replace=False)]]
    book = book + np.float32(_DISPLACED / math.sqrt(wide)) * noise
    book /= np.linalg.norm(book, axis=1, keepdims=True) + np.float32(1e-9)
    for low in range(0, len(rows), _AT_A_TIME):
        part = rows[low : low + _AT_A_TIME]
        assigned[low : low + len(part)] = np.argmax(vectors[part] @ book.T, axis=1)
    return assigned
