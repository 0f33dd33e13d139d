"""The tail: the newest facts, found as soon as they are added, until they become a segment."""

import itertools
from bisect import bisect_left
from dataclasses import dataclass, field

import numpy as np

from workbench.memory.postings.arrays import F64, I64, U8, U64
from workbench.memory.postings.batch import Batch, pairs


@dataclass(slots=True)
class Tail:
    """Room for facts; what holds a key is a list of their places, ascending.

    One thread adds. Lists and arrays only grow at the end: a reader looks at facts below the size
    that it saw. `entries` counts pairs of key and fact.
    """

    ids: I64
    at: F64
    live: U8
    holders: dict[int, list[int]] = field(default_factory=dict)
    entries: int = 0


def room(facts: int) -> Tail:
    """An empty tail for so many facts."""
    return Tail(np.zeros(facts, np.int64), np.zeros(facts, np.float64), np.ones(facts, np.uint8))


def add(tail: Tail, size: int, batch: Batch) -> None:
    """Put a batch behind the first `size` facts of a tail, for which there has to be room."""
    end = size + len(batch)
    tail.ids[size:end] = batch.ids
    tail.at[size:end] = batch.at
    keys, places = pairs(batch)
    # By fact, so that each list ascends; a key counts once in a fact.
    found = sorted(set(zip(places.tolist(), keys.tolist(), strict=True)))
    for place, key in found:
        held = tail.holders.get(key)
        if held is None:
            tail.holders[key] = [size + place]
        else:
            held.append(size + place)
    tail.entries += len(found)


def holding(tail: Tail, size: int, term: int) -> list[int]:
    """The places of those of the first `size` facts that hold a term, ascending."""
    held = tail.holders.get(term)
    return [] if held is None else held[: bisect_left(held, size)]


def all_pairs(tail: Tail) -> tuple[U64, I64]:
    """(key, place) of all facts; the places of one key ascend."""
    counts = np.fromiter(map(len, tail.holders.values()), np.int64, len(tail.holders))
    keys = np.repeat(np.fromiter(tail.holders, np.uint64, len(tail.holders)), counts)
    places = itertools.chain.from_iterable(tail.holders.values())
    return keys, np.fromiter(places, np.int64, len(keys))
