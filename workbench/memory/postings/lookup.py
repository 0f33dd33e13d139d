"""Lookup: from a term to its place in a segment, and whether a fact holds it.

The upper bits of a term lead to the few keys that share them; among those the term is bisected.
"""

import numpy as np

from workbench import kernels
from workbench.memory.postings.arrays import F64, I64, ONE, U8, U32, U64, whole
from workbench.memory.postings.segment import BITMAP, LIST, Core

_FLAGGED = 0x7FFFFFFF


@kernels.inner
def place_of(keys: U64, radix: U32, bits: int, term: np.uint64) -> int:
    """The place of a term among the keys, or -1."""
    bucket = whole(term >> np.uint64(64 - bits))
    low, high = whole(radix[bucket]), whole(radix[bucket + 1]) - 1
    while low < high:
        middle = (low + high) >> 1
        if keys[middle] < term:
            low = middle + 1
        else:
            high = middle
    if low == high and keys[low] == term:
        return low
    return -1


@kernels.inner
def frequency_at(pool: U32, place: int) -> int:
    """How many facts hold the key of this place."""
    head = whole(pool[place])
    if not head & LIST:
        return 1
    length = whole(pool[head & _FLAGGED])
    if length & BITMAP:
        return whole(pool[(head & _FLAGGED) + 1])
    return length


@kernels.inner
def seek(pool: U32, at: int, first: int, most: int) -> int:
    """The last place from `at` down to `first` whose ordinal is at most `most`, or `first` - 1.

    Gallops, so the cost follows the distance.
    """
    if at < first or whole(pool[at]) <= most:
        return at
    step, high, low = 1, at, at - 1
    while low >= first and whole(pool[low]) > most:
        high = low
        step *= 2
        low = high - step
    low = max(low, first - 1)
    high -= 1
    while low < high:
        middle = (low + high + 1) >> 1
        if whole(pool[middle]) <= most:
            low = middle
        else:
            high = middle - 1
    return low


@kernels.kernel
def find(core: Core, terms: U64, places: I64, frequency: I64) -> None:
    """The places of terms in a segment, -1 where it has none; adds to their frequencies."""
    keys, pool, _, radix, bits = core
    for i in range(terms.size):
        place = place_of(keys, radix, bits, terms[i])
        places[i] = place
        if place >= 0:
            frequency[i] += frequency_at(pool, place)


@kernels.kernel
def hold(core: Core, base: int, end: int, term: np.uint64, ordinals: I64, held: U8) -> None:
    """Set `held[i]` to 1 where the fact of `ordinals[i]`, from `base` up to `end`, has the term."""
    keys, pool, bitmaps, radix, bits = core
    place = place_of(keys, radix, bits, term)
    if place < 0:
        return
    head = whole(pool[place])
    first = last = place
    row = -1
    if head & LIST:
        first = (head & _FLAGGED) + 1
        length = whole(pool[first - 1])
        if length & BITMAP:
            row = length & _FLAGGED
        last = first + length - 1
    for i in range(ordinals.size):
        doc = ordinals[i] - base
        if doc < 0 or ordinals[i] >= end:
            continue
        if row >= 0:
            if (bitmaps[row, doc >> 6] >> np.uint64(doc & 63)) & ONE:
                held[i] = 1
        else:
            low, high = first, last
            while low < high:
                middle = (low + high) >> 1
                if whole(pool[middle]) < doc:
                    low = middle + 1
                else:
                    high = middle
            if whole(pool[low]) == doc:
                held[i] = 1


@kernels.inner
def run_of(begins: I64, number: int) -> int:
    """The last place whose value is at most `number`, or 0."""
    low, high = 0, begins.size - 1
    while low < high:
        middle = (low + high + 1) >> 1
        if begins[middle] <= number:
            low = middle
        else:
            high = middle - 1
    return low


@kernels.kernel
def ids_of(ordinals: I64, begins: I64, values: I64, base: int, tail_ids: I64, ids: I64) -> None:
    """The ids of facts: those below `base` from runs, as in `segment.Runs`, the others' own."""
    for i in range(ordinals.size):
        ordinal = ordinals[i]
        if ordinal >= base:
            ids[i] = tail_ids[ordinal - base]
        else:
            run = run_of(begins, ordinal)
            ids[i] = values[run] + ordinal - begins[run]


@kernels.kernel
def ordinals_of(
    ids: I64,
    begins: I64,
    values: I64,
    base: int,
    tail_ids: I64,
    tail_live: U8,
    size: int,
    ordinals: I64,
) -> None:
    """The ordinals of facts, -1 where there is none; `size` facts are in the tail."""
    for i in range(ids.size):
        ordinals[i] = -1
        if size > 0 and ids[i] >= tail_ids[0]:
            at = run_of(tail_ids[:size], ids[i])
            if tail_ids[at] == ids[i] and tail_live[at] != 0:
                ordinals[i] = base + at
        elif begins.size > 0:
            run = run_of(values, ids[i])
            ordinal = begins[run] + ids[i] - values[run]
            end = begins[run + 1] if run + 1 < begins.size else base
            if ids[i] >= values[run] and ordinal < end:
                ordinals[i] = ordinal


@kernels.kernel
def drop_dead(live: U64, base: int, end: int, ordinals: I64) -> None:
    """Make -1 of the ordinals, from `base` up to `end`, of facts that are removed."""
    for i in range(ordinals.size):
        doc = ordinals[i] - base
        if doc >= 0 and ordinals[i] < end and not (live[doc >> 6] >> np.uint64(doc & 63)) & ONE:
            ordinals[i] = -1


@kernels.kernel
def times_of(begins: U32, values: F64, base: int, end: int, ordinals: I64, times: F64) -> None:
    """Since when the facts of a segment hold, as in `segment.Runs`."""
    for i in range(ordinals.size):
        doc = ordinals[i] - base
        if doc < 0 or ordinals[i] >= end:
            continue
        low, high = 0, begins.size - 1
        while low < high:
            middle = (low + high + 1) >> 1
            if whole(begins[middle]) <= doc:
                low = middle
            else:
                high = middle - 1
        times[i] = values[low]


@kernels.warm_up
def _warm() -> None:
    core = (
        np.ones(1, np.uint64),
        np.zeros(1, np.uint32),
        np.zeros((0, 1), np.uint64),
        np.append(np.zeros(1), np.ones(16)).astype(np.uint32),
        4,
    )
    one, terms = np.zeros(1, np.int64), np.ones(1, np.uint64)
    find(core, terms, one.copy(), one.copy())
    hold(core, 0, 1, np.uint64(1), one, np.zeros(1, np.uint8))
    ids_of(one, one, one, 1, one, one.copy())
    ordinals_of(one, one, one, 1, one, np.ones(1, np.uint8), 1, one.copy())
    drop_dead(np.ones(1, np.uint64), 0, 1, one)
    times_of(np.zeros(1, np.uint32), np.zeros(1), 0, 1, one, np.zeros(1))
