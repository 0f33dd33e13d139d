"""Assemblies: the hundred neurons of a concept, computed by hashing instead of stored.

A pool of neurons is divided into a hundred slots; in slot k concept c has the neuron `((a_k · c +
b_k) mod P) // J`, where P is the capacity in concepts and J of them share a neuron. The map is
invertible, so that a spike identifies its concepts. When more concepts are needed the pool is laid
out with a larger capacity.

In every fifth slot a concept with a known meaning has the neuron of its code instead, which similar
concepts share (`owners`).
"""

import math
from dataclasses import dataclass

import numpy as np

from workbench.arrays import I16, I64
from workbench.brain.engine.connectivity import flat_ranges
from workbench.brain.engine.meaning import NO_CODES, SHARED, STRIDE, WIDE, Similarity
from workbench.brain.engine.regions import ASSOCIATION, HIPPOCAMPUS, Layout

#: Neurons of an assembly, one per slot.
SLOTS = 100
#: The smallest capacity, and the factor by which it grows.
_SMALLEST_ROOM, _STEP = 1 << 12, 2
#: The slots that encode meaning, and the band of each.
CODE_SLOTS: I64 = np.arange(SHARED, dtype=np.int64) * STRIDE
BAND_OF: I64 = np.arange(SHARED, dtype=np.int64) // WIDE


@dataclass(frozen=True, slots=True)
class Pool:
    """Assemblies in one region: ids `first` to `first + room`.

    Its neurons are `base` to `base + 100 · slot`; `sharing` assemblies share a neuron. `forth`,
    `back` and `shift`, int64[100], are the a_k, their inverses and the b_k.
    """

    base: int
    slot: int
    sharing: int
    first: int
    forth: I64
    back: I64
    shift: I64

    @property
    def room(self) -> int:
        """The capacity in assemblies."""
        return self.slot * self.sharing

    def of(self, assemblies: I64) -> I64:
        """The neurons of some assemblies regardless of meaning: int64[n, 100], one per slot."""
        index = (self.forth * (assemblies - self.first)[:, None] + self.shift) % self.room
        result: I64 = self.base + np.arange(SLOTS) * self.slot + index // self.sharing
        return result


@dataclass(frozen=True, slots=True)
class Assemblies:
    """The concepts of a brain, and pairs of a concept and a relation, each in its own pool.

    `similarity` says which concepts overlap by meaning.
    """

    concepts: Pool
    pairs: Pool
    similarity: Similarity = NO_CODES

    @property
    def room(self) -> int:
        """The number of ids in both pools."""
        return self.concepts.room + self.pairs.room

    def neurons(self, assembly: int) -> I64:
        """The neurons of one assembly: int64[100], one per slot."""
        result: I64 = self.of(np.array([assembly], np.int64))[0]
        return result

    def of(self, assemblies: I64) -> I64:
        """The neurons of some assemblies: int64[n, 100]."""
        result = self.concepts.of(assemblies)
        paired = assemblies >= self.pairs.first
        result[paired] = self.pairs.of(assemblies[paired])
        codes = self.codes(assemblies)
        if codes is not None:
            shared = self.concepts.base + CODE_SLOTS * self.concepts.slot + self._places(codes)
            result[:, CODE_SLOTS] = np.where(codes >= 0, shared, result[:, CODE_SLOTS])
        return result

    def codes(self, assemblies: I64) -> I16 | None:
        """The leaf in each slot that encodes meaning: int16[n, SHARED], -1 for none.

        None if no assembly has a leaf.
        """
        values = self.similarity.values
        if not len(values):
            return None
        result = np.full((len(assemblies), SHARED), -1, np.int16)
        coded = assemblies < len(values)
        result[coded] = values[assemblies[coded]][:, BAND_OF]
        return result

    def _places(self, codes: I16) -> I64:
        """The neuron of each leaf within its slot; undefined where the leaf is -1."""
        pool = self.concepts
        permuted = pool.forth[CODE_SLOTS] * codes.astype(np.int64) + pool.shift[CODE_SLOTS]
        result: I64 = permuted % pool.slot
        return result

    def similar(self, neurons: I64) -> tuple[I64, I64]:
        """Concepts that have these neurons by meaning: ids, and the number of neurons of each."""
        ids, _ = self.owners(neurons)
        result, counts = np.unique(ids, return_counts=True)
        return result, counts.astype(np.int64)

    def owners(self, neurons: I64) -> tuple[I64, I64]:
        """Concepts that have these neurons by meaning: ids and neurons, one entry for each pair."""
        pool, similarity = self.concepts, self.similarity
        local = neurons - pool.base
        slot = local // pool.slot
        local = local[(local >= 0) & (slot < SLOTS) & (slot % STRIDE == 0)]
        if not len(similarity.values) or not len(local):
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        slot = local // pool.slot
        # If a slot has fewer neurons than there are leaves, some leaves share one.
        first = (local % pool.slot - pool.shift[slot]) * pool.back[slot] % pool.slot
        leaf = first[:, None] + np.arange(0, similarity.leaves, pool.slot)
        row = (slot // STRIDE // WIDE)[:, None] * similarity.leaves + leaf
        of = np.broadcast_to((local + pool.base)[:, None], row.shape)[leaf < similarity.leaves]
        row = row[leaf < similarity.leaves]
        low = similarity.starts[row].astype(np.int64)
        sizes = similarity.starts[row + 1] - low
        at = flat_ranges(low, sizes)
        return similarity.members[at].astype(np.int64), np.repeat(of, sizes)


def room_for(requested: int) -> int:
    """The capacity to lay out for so many assemblies; it grows in steps."""
    room = _SMALLEST_ROOM
    while room < requested:
        room *= _STEP
    return room


def assemblies(layout: Layout, concepts: int, pairs: int, seed: int = 7) -> Assemblies:
    """Assemblies for so many concepts and pairs, among the excitatory neurons of their regions."""
    first = _pool(layout, ASSOCIATION, concepts, 0, seed)
    return Assemblies(first, _pool(layout, HIPPOCAMPUS, pairs, first.room, seed + 1))


def _pool(layout: Layout, region: int, requested: int, first: int, seed: int) -> Pool:
    slot = int(layout.sizes[region]) * 4 // 5 // SLOTS
    return pool(int(layout.bases[region]), slot, requested, first, np.random.default_rng(seed))


def pool(base: int, slot: int, requested: int, first: int, chance: np.random.Generator) -> Pool:
    """Assemblies from id `first` on, as many as `requested`, in slots of `slot` neurons."""
    sharing = max(1, -(-requested // slot))
    room = slot * sharing
    forth: list[int] = []
    while len(forth) < SLOTS:
        # A multiplier coprime to the capacity is invertible.
        candidate = int(chance.integers(max(room // 7, 1), room))
        if math.gcd(candidate, room) == 1:
            forth.append(candidate)
    return Pool(
        base=base,
        slot=slot,
        sharing=sharing,
        first=first,
        forth=np.array(forth, np.int64),
        back=np.array([pow(factor, -1, room) for factor in forth], np.int64),
        shift=chance.integers(0, room, SLOTS).astype(np.int64),
    )
