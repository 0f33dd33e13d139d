"""From triples to links among assemblies.

Subject, relation and object are joined through a *pair*: an assembly of its own for each subject in
each relation, in the hippocampus, so that relations that many subjects share do not become hubs.
The subject also speaks to the object directly, and the relation to its pairs.
"""

from dataclasses import dataclass

import numpy as np

from workbench.arrays import F32, I64
from workbench.brain.engine.synapses import Synapses, freeze

#: Weights of a link that is certain: subject to object, pair to object, subject to pair, relation
#: to pair. The last two are set once and never summed, else frequent relations drown the rest.
TO_OBJECT, FROM_PAIR, TO_PAIR, FROM_RELATION = 0.7, 0.8, 0.5, 0.35


@dataclass(frozen=True, slots=True)
class Wiring:
    """Links, and the pairs they run through: pair `i` is of `subjects[i]` and `relations[i]`."""

    synapses: Synapses
    subjects: I64
    relations: I64


def pairs_of(subjects: I64, relations: I64) -> tuple[I64, I64, I64]:
    """The distinct pairs, sorted, and for each triple the number of its own."""
    wide = int(relations.max(initial=0)) + 1
    keys = subjects * np.int64(wide) + relations
    bits = len(keys).bit_length()
    if int(keys.max(initial=0)).bit_length() + bits > 62:
        distinct, number = np.unique(keys, return_inverse=True)
        return distinct // wide, distinct % wide, number.astype(np.int64)
    # Sorting numbers that carry their place is many times faster than sorting places.
    packed = np.sort(keys << bits | np.arange(len(keys)))
    new = np.diff(packed >> bits, prepend=-1) != 0
    number = np.empty(len(keys), np.int64)
    number[packed & ((1 << bits) - 1)] = np.cumsum(new) - 1
    distinct = packed[new] >> bits
    return distinct // wide, distinct % wide, number


def wire(
    size: int, first_pair: int, subjects: I64, relations: I64, objects: I64, weights: F32
) -> Wiring:
    """Links of triples whose ends are ids of assemblies; `weights` float32[n] from 0 to 1.

    `size` is the room for assemblies, `first_pair` the id of the first pair.
    """
    heads, of, number = pairs_of(subjects, relations)
    pairs = first_pair + np.arange(len(heads), dtype=np.int64)
    ones = np.ones(len(heads), np.float32)
    return Wiring(
        freeze(
            size,
            np.concatenate([subjects, pairs[number], heads, of]),
            np.concatenate([objects, objects, pairs, pairs]),
            np.concatenate(
                [
                    np.float32(TO_OBJECT) * weights,
                    np.float32(FROM_PAIR) * weights,
                    np.float32(TO_PAIR) * ones,
                    np.float32(FROM_RELATION) * ones,
                ]
            ),
        ),
        heads,
        of,
    )
