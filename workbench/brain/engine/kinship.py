"""Overlap of assemblies by meaning: codes from concept vectors, as arrays.

In each of a few slots a concept has the neuron of the nearest of that slot's anchors, which are
stored vectors drawn at random and a little displaced (data-dependent locality-sensitive hashing:
Andoni, Indyk, Nguyen, Razenshteyn 2014). Kindred concepts meet in many slots, strangers in few, so
that one of them half-lights the others. In all other slots an assembly is its own, by arithmetic
that can be turned round (`assemblies`).
"""

import math
from dataclasses import dataclass

import numpy as np

from workbench.arrays import F32, I16, I64
from workbench.brain.engine.assemblies import SLOTS, Pool, pool

#: Neurons of a slot; there are 400,000 of them, the exciting ones of the association cortex.
SLOT = 4000
#: Slots that follow the meaning: of 0, 10, 20 and 40 of a hundred the third did best,
#: on a split that no figure is taken from.
SHARED = 20
#: Concepts that an anchor is for, and how many anchors a slot has at least and at most.
_EACH, _FEWEST, _MOST = 55, 16, 256
_DISPLACED = 0.15
_AT_A_TIME = 16_384


def anchors_for(concepts: int) -> int:
    """How many anchors a slot has for so many concepts."""
    return min(max(concepts // _EACH, _FEWEST), _MOST, max(concepts, 1))


def codes(vectors: F32, slots: int = SHARED, anchors: int = 0, seed: int = 3) -> I16:
    """The nearest anchor of each slot: int16[concepts, slots].

    `vectors` float32[concepts, d] are of length one; one that is zero (nothing is known of it)
    has -1. `anchors` 0: as many as fit the number of concepts.
    """
    many = len(vectors)
    found = np.full((many, slots), -1, np.int16)
    known = np.flatnonzero(np.any(vectors != 0, axis=1))
    if len(known) < 2:
        return found
    chance = np.random.default_rng(seed)
    wide = vectors.shape[1]
    count = min(anchors or anchors_for(len(known)), len(known))
    for slot in range(slots):
        drawn = vectors[known[chance.choice(len(known), count, replace=False)]]
        noise = chance.standard_normal((count, wide)).astype(np.float32)
        book = drawn + np.float32(_DISPLACED / math.sqrt(wide)) * noise
        book /= np.linalg.norm(book, axis=1, keepdims=True) + np.float32(1e-9)
        for low in range(0, len(known), _AT_A_TIME):
            part = known[low : low + _AT_A_TIME]
            found[part, slot] = np.argmax(vectors[part] @ book.T, axis=1)
    return found


@dataclass(frozen=True, slots=True)
class Kin:
    """The assemblies of `size` concepts: neuron `k · SLOT + j` is number j of slot k.

    `shared` int16[size, s] is the neuron within each of the first s slots, -1 where the concept
    has none of meaning and a private one instead; `members` and `bounds` say which concepts have a
    shared neuron.
    """

    size: int
    shared: I16
    pool: Pool
    members: I64
    bounds: I64

    def neurons(self, concepts: I64) -> I64:
        """The neurons of some assemblies: int64[n, 100]."""
        pool = self.pool
        own = (pool.forth * concepts[:, None] + pool.shift) % pool.room // pool.sharing
        wide = self.shared.shape[1]
        if wide:
            meant = self.shared[concepts].astype(np.int64)
            own[:, :wide] = np.where(meant >= 0, meant, own[:, :wide])
        return own + np.arange(SLOTS) * SLOT

    def likeness(self, one: int, other: int) -> float:
        """The share of the slots of meaning in which two assemblies have the same neuron."""
        mine, theirs = self.shared[one], self.shared[other]
        return float(((mine == theirs) & (mine >= 0)).mean()) if len(mine) else 0.0

    def holding(self, neurons: I64) -> I64:
        """The concepts that have these neurons, one entry for each that each of them has."""
        pool = self.pool
        slot, place = neurons // SLOT, neurons % SLOT
        wide = self.shared.shape[1]
        first = (place * pool.sharing)[:, None] + np.arange(pool.sharing)
        own = (first - pool.shift[slot][:, None]) * pool.back[slot][:, None] % pool.room
        private = own < self.size
        if wide:
            # In a shared slot an assembly has its private neuron only where it has no other.
            inside = slot < wide
            meant = self.shared[np.minimum(own, self.size - 1), np.minimum(slot, wide - 1)[:, None]]
            private &= ~inside[:, None] | (meant < 0)
            low = self.bounds[neurons[inside]]
            sizes = self.bounds[neurons[inside] + 1] - low
            at = np.arange(int(sizes.sum())) + np.repeat(low - (np.cumsum(sizes) - sizes), sizes)
            return np.concatenate([own[private], self.members[at]])
        found: I64 = own[private]
        return found


def placed(code: I16, seed: int = 12) -> I16:
    """The neuron of each code within its slot: int16 of the same shape, -1 where there is none."""
    chance = np.random.default_rng(seed)
    shared = np.full(code.shape, -1, np.int16)
    for slot in range(code.shape[1]):
        place = chance.permutation(SLOT).astype(np.int16)
        meant = code[:, slot] >= 0
        shared[meant, slot] = place[code[meant, slot]]
    return shared


def kin(size: int, shared: I16 | None = None, seed: int = 11) -> Kin:
    """Assemblies of so many concepts; `shared` as in `Kin`, None: they overlap by chance alone."""
    own = pool(0, SLOT, size, 0, np.random.default_rng(seed))
    if shared is None:
        shared = np.zeros((size, 0), np.int16)
    wide = shared.shape[1]
    held, slots = np.nonzero(shared >= 0)
    neurons = slots * SLOT + shared[held, slots]
    order = np.argsort(neurons, kind="stable")
    bounds = np.zeros(wide * SLOT + 1, np.int64)
    np.cumsum(np.bincount(neurons, minlength=wide * SLOT), out=bounds[1:])
    return Kin(size, shared, own, held[order].astype(np.int64), bounds)
