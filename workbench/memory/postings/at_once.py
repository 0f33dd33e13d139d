"""The best facts for a cue in one call: lookup, weights, tail and segments, ids.

What `reading.best` does step by step, for the usual cue of few words among all facts of a scope:
the steps cost more than the search. It gives the same to the last bit.
"""

import math

import numpy as np

from workbench import kernels
from workbench.memory.postings import addresses as at_
from workbench.memory.postings.addresses import FIRST, SEGMENTS, WIDTH, i64, u64
from workbench.memory.postings.arrays import I64, U64, whole
from workbench.memory.postings.heap import NEWEST, ORDINAL_BITS
from workbench.memory.postings.lookup import frequency_at, place_of, run_of
from workbench.memory.postings.salting import salted_in
from workbench.memory.postings.scoring import WINDOW
from workbench.memory.postings.scoring import top_of as top_of_segment
from workbench.memory.postings.tail import room, slot_of
from workbench.memory.postings.tail import top_of as top_of_tail
from workbench.memory.postings.weighing import WHOLE

#: In what `best` gives: groups that are met, the score of all, then ids with their scores.
MET, ALL, FOUND = 0, 1, 2


@kernels.kernel
def best(table: I64, size: int, base: int, salt: np.uint64, sought: U64, out: I64) -> int:
    """The best facts into `out`, best first; how many. See `reading.best`.

    `table` is that of an `Addresses`; the rows of `sought` are hashes, groups below 64 and levels
    (float64, bit by bit), the first column is what all facts hold. `out` is (2 + 2 · limit,).
    """
    n = sought.shape[1]
    levels = sought[2].view(np.float64)
    segments = table[SEGMENTS]
    terms = np.empty(n, np.uint64)
    groups, weights = np.empty(n, np.int64), np.zeros(n, np.int64)
    frequency = np.zeros(n, np.int64)
    places = np.empty((segments + 1, n), np.int64)
    for i in range(n):
        terms[i] = salted_in(sought[0, i], salt)
        groups[i] = whole(sought[1, i])
    for at in range(segments):
        head = FIRST + at * WIDTH
        keys, radix = at_.keys_of(table, head)
        pool, bitmaps, live = at_.pool_of(table, head)
        for i in range(n):
            place = place_of(keys, radix, table[head + at_.BITS], terms[i])
            places[at, i] = place
            if place >= 0:
                frequency[i] += frequency_at(pool, place)
    keys, heads, numbers = at_.slots_of(table)
    for i in range(n):
        places[segments, i] = -1
        if size > 0:
            slot = slot_of(keys, terms[i])
            if keys[slot] != 0:
                places[segments, i] = slot
                frequency[i] += whole(numbers[slot])
    if not _weigh(frequency, groups, levels, weights, out):
        return 0
    limit = (out.size - FOUND) // 2
    heap, held = np.empty(limit, np.int64), 0
    if size > 0:
        entries, owner, older, starts, alive = at_.entries_of(table)
        held = top_of_tail(
            heads, entries, owner, older, starts, alive, size, base, places[segments], terms,
            weights, groups, heap, held,
        )  # fmt: skip
    score, seen = i64(table[at_.SCORE], WINDOW), u64(table[at_.SEEN], WINDOW)
    touched = u64(table[at_.TOUCHED], WINDOW // 64)
    for at in range(segments - 1, -1, -1):
        head = FIRST + at * WIDTH
        pool, bitmaps, live = at_.pool_of(table, head)
        held = top_of_segment(
            pool, bitmaps, live, table[head + at_.BASE], places[at], weights, groups, heap, held,
            score, seen, touched,
        )  # fmt: skip
    begins, values, own = at_.ids_of(table)
    for i in range(held):
        key = heap[held - 1 - i]
        ordinal = key & NEWEST
        if ordinal >= base:
            out[FOUND + i] = own[ordinal - base]
        else:
            run = run_of(begins, ordinal)
            out[FOUND + i] = values[run] + ordinal - begins[run]
        out[FOUND + limit + i] = key >> ORDINAL_BITS
    return held


@kernels.inner
def _weigh(frequency: I64, groups: I64, levels: "I64", weights: I64, out: I64) -> bool:
    """Fill the weights and what heads `out`; see `weighing`. False where nothing weighs."""
    total = frequency[0]
    own, heaviest = np.zeros(64, np.int64), np.zeros(64, np.int64)
    out[MET], out[ALL] = 0, 0
    if total == 0:
        return False
    for i in range(1, frequency.size):
        if frequency[i] and levels[i] > 0:
            weights[i] = int(levels[i] * math.log(1 + total / frequency[i])) + 1
            if levels[i] >= WHOLE:
                own[groups[i]] = max(own[groups[i]], weights[i])
    for i in range(1, frequency.size):
        group = groups[i]
        if levels[i] < WHOLE and own[group] > 0:
            weights[i] = min(weights[i], own[group])
        heaviest[group] = max(heaviest[group], weights[i])
    for group in range(64):
        if heaviest[group] > 0:
            out[MET] += 1
            out[ALL] += heaviest[group]
    return bool(out[MET] > 0)


@kernels.warm_up
def _warm() -> None:
    empty = np.zeros(0, np.int64)
    held = at_.Addresses((), room(1, 4), empty, empty)
    # What comes in is of bytes, which nobody can write to: another type to the kernel.
    sought = np.frombuffer(bytes(48), np.uint64).reshape(3, 2)
    best(held.table, 0, 0, np.uint64(1), sought, np.zeros(4, np.int64))
