"""Building: pairs of key and fact become a segment, by sorting and nothing else.

NumPy sorts a batch as fast as a hash table would fill, with the interpreter's lock released.
"""

from dataclasses import dataclass

import numpy as np

from workbench.memory.postings import spelling
from workbench.memory.postings.arrays import I64, U32, U64, Flags
from workbench.memory.postings.batch import Batch, pairs
from workbench.memory.postings.segment import (
    BITMAP,
    LIST,
    Runs,
    Segment,
    all_alive,
    bitmap,
    runs_of,
    thick,
)


@dataclass(frozen=True, slots=True)
class Plan:
    """Where the facts of each key go in a segment.

    `begin[r]` is the place in `pool` of key r's first fact; `row[r]` that of its bitmap, or -1.
    The pool is filled but for the facts.
    """

    dense: Flags
    begin: I64
    row: I64
    pool: U32


def plan(frequency: I64, size: int) -> Plan:
    """Lay out a segment of `size` facts; `frequency` says how many hold each key, in order."""
    keys = len(frequency)
    dense, single = thick(frequency, size), frequency == 1
    room = np.where(single, 0, np.where(dense, 2, frequency + 1))
    end = keys + np.cumsum(room)
    place = end - room
    pool = np.empty(int(end[-1]) if keys else 0, np.uint32)
    lists = ~single
    pool[:keys][lists] = (place[lists] | LIST).astype(np.uint32)
    pool[place[lists]] = frequency[lists].astype(np.uint32)
    rows = np.flatnonzero(dense)
    pool[place[rows]] = (np.arange(len(rows)) | BITMAP).astype(np.uint32)
    pool[place[rows] + 1] = frequency[rows].astype(np.uint32)
    row = np.full(keys, -1, np.int64)
    row[rows] = np.arange(len(rows))
    return Plan(dense, np.where(single, np.arange(keys), place + 1), row, pool)


def spread(begin: I64, lengths: I64) -> I64:
    """The numbers `begin[i] .. begin[i] + lengths[i] - 1` of all i, one after the other."""
    ends = np.cumsum(lengths)
    shift = begin - (ends - lengths)
    numbers: I64 = np.arange(int(ends[-1]) if len(ends) else 0) + np.repeat(shift, lengths)
    return numbers


def packed(
    first: int,
    size: int,
    keys: U64,
    frequency: I64,
    places: I64 | U32,
    *,
    runs: Runs,
    spelled: spelling.Spelled,
    scopes: I64,
    live: U64,
) -> Segment:
    """A segment of `size` facts from its sorted keys.

    `places` are the ordinals of the facts that hold them, ascending, one key after the other.
    """
    laid = plan(frequency, size)
    ends = np.cumsum(frequency)
    at = spread(laid.begin[~laid.dense], frequency[~laid.dense])
    laid.pool[at] = places[np.repeat(~laid.dense, frequency)].astype(np.uint32)
    bitmaps = np.zeros((int(laid.dense.sum()), (size + 63) // 64), np.uint64)
    for row, key in enumerate(np.flatnonzero(laid.dense).tolist()):
        bitmaps[row] = bitmap(places[ends[key] - frequency[key] : ends[key]], size)
    return Segment(
        first=first,
        size=size,
        keys=keys,
        pool=laid.pool,
        bitmaps=bitmaps,
        runs=runs,
        spelled=spelled,
        scopes=scopes,
        live=live,
        held=live.copy(),
    )


def sorted_pairs(keys: U64, places: I64) -> tuple[U64, I64, I64]:
    """Pairs as `packed` takes them: keys, how often each stands, and the places; no pair twice.

    The places of one key have to ascend.
    """
    order = _order(keys)
    keys, places = keys[order], places[order]
    fresh = np.ones(len(keys), np.bool_)
    fresh[1:] = (keys[1:] != keys[:-1]) | (places[1:] != places[:-1])
    keys, places = keys[fresh], places[fresh]
    heads = np.ones(len(keys), np.bool_)
    heads[1:] = keys[1:] != keys[:-1]
    begins = np.flatnonzero(heads)
    return keys[begins], np.diff(np.append(begins, len(keys))), places


def _order(keys: U64) -> I64:
    """The stable order of keys.

    Numbers are sorted many times faster than places of numbers, so the places are put into the
    lower bits of the keys. Keys that differ only there are too rare to be worth more than a check.
    """
    low = np.uint64((1 << len(keys).bit_length()) - 1)
    found = np.sort(keys & ~low | np.arange(len(keys), dtype=np.uint64)) & low
    order = found.astype(np.int64)
    ahead = keys[order]
    if (ahead[1:] < ahead[:-1]).any():
        return np.argsort(keys, kind="stable")
    return order


def build(first: int, batch: Batch) -> Segment:
    """The segment of one batch, whose first fact has the ordinal `first`."""
    keys, frequency, places = sorted_pairs(*pairs(batch))
    return packed(
        first,
        len(batch),
        keys,
        frequency,
        places,
        runs=runs_of(batch.ids, np.asarray(batch.at, np.float64)),
        spelled=spelling.table(batch.words),
        scopes=np.array(sorted(set(batch.scopes)), np.int64),
        live=all_alive(len(batch)),
    )
