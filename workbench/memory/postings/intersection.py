"""The newest facts of a segment that hold a term of every group.

The group that fewest facts hold leads: where its terms stand, 64 facts at a time, the other groups
are looked into. A search among lists follows the shortest; one among bitmaps is one pass.
"""

import numpy as np

from workbench import kernels
from workbench.memory.postings.arrays import I64, NONE, ONE, U32, U64, whole
from workbench.memory.postings.lookup import frequency_at, seek
from workbench.memory.postings.segment import BITMAP, LIST

_FLAGGED = 0x7FFFFFFF


@kernels.kernel
def meet(
    pool: U32,
    bitmaps: U64,
    live: U64,
    base: int,
    places: I64,
    starts: I64,
    found: I64,
    held: int,
) -> int:
    """Put ordinals (plus `base`) into `found` from `held` on, newest first; returns how many then.

    The terms of group g are `starts[g]:starts[g + 1]` of `places`, their places in the segment or
    -1. Ends when `found` is full.
    """
    return meet_in(pool, bitmaps, live, base, places, starts, found, held)


@kernels.inner
def meet_in(
    pool: U32,
    bitmaps: U64,
    live: U64,
    base: int,
    places: I64,
    starts: I64,
    found: I64,
    held: int,
) -> int:
    """`meet` for kernels."""
    n = places.size
    # Rows: place in the pool, its first place, row of the bitmap or -1.
    terms = np.empty((3, n), np.int64)
    lead, least = -1, 0
    for g in range(starts.size - 1):
        holders = 0
        for i in range(starts[g], starts[g + 1]):
            terms[0, i], terms[1, i], terms[2, i] = -1, 0, -1
            place = places[i]
            if place < 0:
                continue
            holders += frequency_at(pool, place)
            head = whole(pool[place])
            terms[0, i] = terms[1, i] = whole(place)
            if head & LIST:
                first = (head & _FLAGGED) + 1
                length = whole(pool[first - 1])
                terms[0, i], terms[1, i] = first + length - 1, first
                if length & BITMAP:
                    terms[0, i], terms[2, i] = first - 1, length & _FLAGGED
        if holders == 0:
            return held
        if lead < 0 or holders < least:
            lead, least = g, holders
    every = False
    for i in range(starts[lead], starts[lead + 1]):
        if terms[2, i] >= 0:
            every = True
    one, other = _pair(terms, starts, lead)
    word = live.size
    while held < found.size:
        if one >= 0:
            word -= 1
            while word >= 0 and not bitmaps[one, word] & bitmaps[other, word]:
                word -= 1
        elif every:
            word -= 1
        else:
            word = -1
            for i in range(starts[lead], starts[lead + 1]):
                if terms[0, i] >= terms[1, i] and whole(pool[terms[0, i]]) >> 6 > word:
                    word = whole(pool[terms[0, i]]) >> 6
        if word < 0:
            return held
        mask = _bits(pool, bitmaps, terms, starts[lead], starts[lead + 1], word)
        mask &= live[word]
        for g in range(starts.size - 1):
            if g != lead and mask != NONE:
                mask &= _bits(pool, bitmaps, terms, starts[g], starts[g + 1], word)
        if mask == NONE:
            continue
        for bit in range(63, -1, -1):
            if (mask >> np.uint64(bit)) & ONE and held < found.size:
                found[held] = base + word * 64 + bit
                held += 1
    return held


@kernels.inner
def _pair(terms: I64, starts: I64, lead: int) -> tuple[int, int]:
    """The bitmaps of the leading group and of another one, where each is all of its group."""
    other = -1
    if starts[lead + 1] - starts[lead] == 1 and terms[2, starts[lead]] >= 0:
        for g in range(starts.size - 1):
            if g != lead and starts[g + 1] - starts[g] == 1 and terms[2, starts[g]] >= 0:
                other = terms[2, starts[g]]
    if other < 0:
        return -1, -1
    return terms[2, starts[lead]], other


@kernels.inner
def _bits(pool: U32, bitmaps: U64, terms: I64, begin: int, end: int, word: int) -> np.uint64:
    """Which of 64 facts hold one of these terms."""
    mask = NONE
    low = word * 64
    for i in range(begin, end):
        if terms[2, i] >= 0:
            mask |= bitmaps[terms[2, i], word]
            continue
        at = seek(pool, terms[0, i], terms[1, i], low + 63)
        while at >= terms[1, i] and whole(pool[at]) >= low:
            mask |= ONE << np.uint64(whole(pool[at]) - low)
            at -= 1
        terms[0, i] = at
    return mask


@kernels.warm_up
def _warm() -> None:
    meet(
        np.array([0, LIST | 2, BITMAP, 1], np.uint32),
        np.ones((1, 1), np.uint64),
        np.ones(1, np.uint64),
        0,
        np.array([0, 1]),
        np.array([0, 1, 2]),
        np.zeros(1, np.int64),
        0,
    )
