"""Overlap by meaning: which neurons of an assembly follow from where its concept lies.

Every fifth slot of an assembly follows the meaning, two of them a band. Of each band there is a
tree of anchors, stored vectors drawn at random and a little displaced (data-dependent
locality-sensitive hashing: Andoni, Indyk, Nguyen, Razenshteyn 2014); the leaf that a concept comes
to has one neuron in each slot of the band, by arithmetic as that of a concept. Kindred concepts
meet in many bands, strangers in next to none. What too many would share, or of which nothing is
known, keeps the neurons of its own.
"""

import hashlib
import math
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from workbench.arrays import F32, I16, I32, I64

#: Slot `EVERY · k` of an assembly is number k of those that follow the meaning: a fifth of all, as
#: did best on a split that no figure is taken from. They lie apart, so that a
#: part of an assembly has its share of both kinds.
EVERY, BANDS, WIDE = 5, 10, 2
SHARED = BANDS * WIDE
#: Concepts that an anchor is for, and the fewest of them; anchors of a band at least, and the most
#: that all are held against; leaves of a band at most.
_EACH, _LEAST, _FEWEST, _BOUGHS, _MOST = 55, 4, 16, 512, 1 << 14
#: A leaf to which more come has anchors of its own; what is left of a crowd then is nobody's, nor
#: is a leaf to which more than this share of all come, where that is more than a few.
_CROWD, _SHARE, _FEW = 512, 1 / 4, 32
_DISPLACED = 0.15
_AT_A_TIME = 16_384


@dataclass(frozen=True, slots=True)
class Meant:
    """The codes of concepts by their ids, and who has each.

    `values` int16[size, BANDS], -1 where a concept has none; `members` int32 of band b and leaf v
    are `members[starts[i]:starts[i + 1]]`, sorted, i being `b · leaves + v`. `known` concepts have
    a code. `version` names codes: the same are the same.
    """

    values: I16
    leaves: int
    starts: I32
    members: I32
    known: int
    version: str = field(default="")

    @property
    def bytes(self) -> int:
        """What the arrays take."""
        return self.values.nbytes + self.starts.nbytes + self.members.nbytes

    def shared(self, one: int, other: int) -> int:
        """How many neurons two concepts share by meaning, of `SHARED`."""
        if max(one, other) >= len(self.values):
            return 0
        mine, theirs = self.values[one], self.values[other]
        return WIDE * int(np.count_nonzero((mine == theirs) & (mine >= 0)))


def meant(ids: I64, found: I16) -> Meant:
    """Codes int16[n, BANDS] of the concepts with these ids."""
    size = int(ids.max(initial=-1)) + 1
    values = np.full((size, BANDS), -1, np.int16)
    values[ids] = found
    leaves = max(int(found.max(initial=-1)) + 1, 1)
    who, band = np.nonzero(values >= 0)
    keys = band * leaves + values[who, band]
    order = np.argsort(keys, kind="stable")
    starts = np.zeros(BANDS * leaves + 1, np.int32)
    np.cumsum(np.bincount(keys, minlength=BANDS * leaves), out=starts[1:])
    told = hashlib.sha256(values.tobytes()).hexdigest()[:16] if len(who) else ""
    known = int(np.any(values >= 0, axis=1).sum())
    return Meant(values, leaves, starts, who[order].astype(np.int32), known, told)


#: Nothing is known of any concept: all neurons are their own.
NOTHING = meant(np.zeros(0, np.int64), np.zeros((0, BANDS), np.int16))


def codes(vectors: F32, seed: int = 5, check: Callable[[], None] = lambda: None) -> I16:
    """The leaf of each band: int16[concepts, BANDS], -1 where there is none.

    `vectors` float32[concepts, d] are of length one, or zero where nothing is known. The same
    vectors have the same codes. `check` is called now and then, and may raise to stop it.
    """
    found = np.full((len(vectors), BANDS), -1, np.int16)
    known = np.flatnonzero(np.any(vectors != 0, axis=1))
    if len(known) < 2:
        return found
    chance = np.random.default_rng(seed)
    for band in range(BANDS):
        check()
        found[known, band] = _leaves(vectors, known, chance)
    return found


def _leaves(vectors: F32, known: I64, chance: np.random.Generator) -> I16:
    """One band: near concepts come to the same leaf, and a crowd to none (-1)."""
    wanted = min(max(len(known) // _EACH, _FEWEST), _BOUGHS, max(len(known) // _LEAST, 1))
    bough = _nearest(vectors, known, wanted, chance)
    sizes = np.bincount(bough, minlength=wanted)
    leaf, made = bough.copy(), wanted
    for crowded in np.flatnonzero(sizes > _CROWD).tolist():
        part = np.flatnonzero(bough == crowded)
        twigs = -(-2 * len(part) // _CROWD)
        twig = _nearest(vectors, known[part], twigs, chance)
        leaf[part] = np.where(twig == 0, crowded, made + twig - 1)
        made += twigs - 1
    most = min(_CROWD, max(int(len(known) * _SHARE), _FEW))
    nobodys = np.bincount(leaf) > most
    nobodys[_MOST:] = True
    leaf[nobodys[leaf]] = -1
    return leaf.astype(np.int16)


def _nearest(vectors: F32, rows: I64, count: int, chance: np.random.Generator) -> I64:
    """Which of so many anchors, drawn from these rows, each of them is nearest to."""
    count = min(count, len(rows))
    found = np.zeros(len(rows), np.int64)
    if count <= 1:
        return found
    wide = vectors.shape[1]
    noise = chance.standard_normal((count, wide)).astype(np.float32)
    book = vectors[rows[chance.choice(len(rows), count, replace=False)]]
    book = book + np.float32(_DISPLACED / math.sqrt(wide)) * noise
    book /= np.linalg.norm(book, axis=1, keepdims=True) + np.float32(1e-9)
    for low in range(0, len(rows), _AT_A_TIME):
        part = rows[low : low + _AT_A_TIME]
        found[low : low + len(part)] = np.argmax(vectors[part] @ book.T, axis=1)
    return found
