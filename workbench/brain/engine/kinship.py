"""Overlap of assemblies by meaning: codes from concept vectors, as arrays.

In each of a few slots a concept has the neuron of the nearest of that slot's anchors, which are
slightly perturbed vectors drawn at random (data-dependent locality-sensitive hashing: Andoni,
Indyk, Nguyen, Razenshteyn 2014). Similar concepts agree in many slots, others in few, so that one
partly activates the other. In all other slots an assembly is its own, by invertible arithmetic
(`assemblies`).
"""

import math
from dataclasses import dataclass

import numpy as np

from workbench.arrays import F32, I16, I64
from workbench.brain.engine.assemblies import SLOTS, Pool, pool
from workbench.brain.engine.connectivity import flat_ranges

#: Neurons of a slot; there are 400,000, the excitatory ones of the association cortex.
SLOT = 4000
#: Slots that encode meaning: of 0, 10, 20 and 40 of a hundred the third did best, on a split that
#: no figure is taken from.
SHARED = 20
#: Concepts per anchor, and the fewest and most anchors of a slot.
_PER_ANCHOR, _FEWEST, _MAX_ANCHORS = 55, 16, 256
_DISPLACED = 0.15
_AT_A_TIME = 16_384


def anchors_for(concepts: int) -> int:
    """The number of anchors of a slot for so many concepts."""
    return min(max(concepts // _PER_ANCHOR, _FEWEST), _MAX_ANCHORS, max(concepts, 1))


def codes(vectors: F32, slots: int = SHARED, anchors: int = 0, seed: int = 3) -> I16:
    """The nearest anchor in each slot: int16[concepts, slots].

    `vectors` float32[concepts, d] have unit length; a zero vector (unknown) has -1. `anchors` 0
    chooses their number by that of the concepts.
    """
    total = len(vectors)
    assigned = np.full((total, slots), -1, np.int16)
    coded = np.flatnonzero(np.any(vectors != 0, axis=1))
    if len(coded) < 2:
        return assigned
    chance = np.random.default_rng(seed)
    wide = vectors.shape[1]
    count = min(anchors or anchors_for(len(coded)), len(coded))
    for slot in range(slots):
        sample = vectors[coded[chance.choice(len(coded), count, replace=False)]]
        noise = chance.standard_normal((count, wide)).astype(np.float32)
        book = sample + np.float32(_DISPLACED / math.sqrt(wide)) * noise
        book /= np.linalg.norm(book, axis=1, keepdims=True) + np.float32(1e-9)
        for low in range(0, len(coded), _AT_A_TIME):
            part = coded[low : low + _AT_A_TIME]
            assigned[part, slot] = np.argmax(vectors[part] @ book.T, axis=1)
    return assigned


@dataclass(frozen=True, slots=True)
class CodedAssemblies:
    """The assemblies of `size` concepts: neuron `k · SLOT + j` is number j of slot k.

    `shared` int16[size, s] is the neuron within each of the first s slots, -1 where the concept has
    a private one instead; `members` and `bounds` list the concepts of each shared neuron.
    """

    size: int
    shared: I16
    pool: Pool
    members: I64
    bounds: I64

    def neurons(self, concepts: I64) -> I64:
        """The neurons of some assemblies: int64[n, 100]."""
        pool = self.pool
        index = (pool.forth * concepts[:, None] + pool.shift) % pool.room // pool.sharing
        wide = self.shared.shape[1]
        if wide:
            code_neurons = self.shared[concepts].astype(np.int64)
            index[:, :wide] = np.where(code_neurons >= 0, code_neurons, index[:, :wide])
        return index + np.arange(SLOTS) * SLOT

    def likeness(self, concept: int, other: int) -> float:
        """The share of the shared slots in which two assemblies have the same neuron."""
        code_a, code_b = self.shared[concept], self.shared[other]
        return float(((code_a == code_b) & (code_a >= 0)).mean()) if len(code_a) else 0.0

    def members_of(self, neurons: I64) -> I64:
        """The concepts that have these neurons, one entry for each pair."""
        pool = self.pool
        slot, place = neurons // SLOT, neurons % SLOT
        wide = self.shared.shape[1]
        first = (place * pool.sharing)[:, None] + np.arange(pool.sharing)
        index = (first - pool.shift[slot][:, None]) * pool.back[slot][:, None] % pool.room
        private = index < self.size
        if wide:
            # In a shared slot an assembly has its private neuron only if it has no shared one.
            inside = slot < wide
            code_neurons = self.shared[
                np.minimum(index, self.size - 1), np.minimum(slot, wide - 1)[:, None]
            ]
            private &= ~inside[:, None] | (code_neurons < 0)
            low = self.bounds[neurons[inside]]
            sizes = self.bounds[neurons[inside] + 1] - low
            at = flat_ranges(low, sizes)
            return np.concatenate([index[private], self.members[at]])
        assigned: I64 = index[private]
        return assigned


def hashed_codes(code: I16) -> I16:
    """The neuron of each code within its slot: int16 of the same shape, -1 for none."""
    chance = np.random.default_rng(12)
    shared = np.full(code.shape, -1, np.int16)
    for slot in range(code.shape[1]):
        place = chance.permutation(SLOT).astype(np.int16)
        code_neurons = code[:, slot] >= 0
        shared[code_neurons, slot] = place[code[code_neurons, slot]]
    return shared


def coded_assemblies(size: int, shared: I16 | None = None) -> CodedAssemblies:
    """Assemblies of so many concepts; without `shared` codes they overlap by chance alone."""
    index = pool(0, SLOT, size, 0, np.random.default_rng(11))
    if shared is None:
        shared = np.zeros((size, 0), np.int16)
    wide = shared.shape[1]
    owners, slots = np.nonzero(shared >= 0)
    neurons = slots * SLOT + shared[owners, slots]
    order = np.argsort(neurons, kind="stable")
    bounds = np.zeros(wide * SLOT + 1, np.int64)
    np.cumsum(np.bincount(neurons, minlength=wide * SLOT), out=bounds[1:])
    return CodedAssemblies(size, shared, index, owners[order].astype(np.int64), bounds)
