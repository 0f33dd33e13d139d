"""The memtable: the newest facts, found as soon as they are added, until they are frozen."""

import itertools
from array import array
from bisect import bisect_left
from dataclasses import dataclass, field

import numpy as np

from workbench.arrays import I64, U64
from workbench.memory.postings.entries import Entry
from workbench.memory.postings.ranking import NOBODY
from workbench.memory.segment import Ordinals


@dataclass(slots=True)
class Memtable:
    """For each key the ordinals of the facts that hold it, ascending, of 32 bits each.

    One thread adds. Arrays only grow at the end: a reader looks at ordinals below the size that it
    saw. `pairs_held` counts pairs of key and fact.
    """

    holders: "dict[int, array[int]]" = field(default_factory=dict)
    pairs_held: int = 0

    def add(self, ordinal: int, entry: Entry) -> None:
        """Take in the fact of an ordinal."""
        for key in entry.keys:
            held = self.holders.get(key)
            if held is None:
                self.holders[key] = array("i", (ordinal,))
            else:
                held.append(ordinal)
        self.pairs_held += len(entry.keys)

    def lookup(self, term: int, size: int) -> Ordinals:
        """The ordinals below `size` of a term."""
        held = self.holders.get(term)
        return NOBODY if held is None else np.frombuffer(held[: bisect_left(held, size)], np.int32)

    def pairs(self) -> tuple[U64, I64, Ordinals]:
        """The keys, and of all pairs the place of its key and its ordinal."""
        counts = np.fromiter(map(len, self.holders.values()), np.int64, len(self.holders))
        keys = np.fromiter(self.holders, np.uint64, len(self.holders))
        ordinals = itertools.chain.from_iterable(self.holders.values())
        return (
            keys,
            np.repeat(np.arange(len(keys)), counts),
            np.fromiter(ordinals, np.int32, int(counts.sum())),
        )
