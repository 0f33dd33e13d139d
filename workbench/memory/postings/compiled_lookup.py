"""Looking in one call: lookup, weights, tail and segments, ids.

What `reading.best` and `reading.meet` do step by step, for the usual question of few words among
all facts of a scope: the steps cost more than the search. It gives the same to the last bit.
"""

import math

import numpy as np

from workbench import kernels
from workbench.memory.postings import addresses as at_
from workbench.memory.postings.addresses import FIRST, SEGMENTS, WIDTH, i64, u64
from workbench.memory.postings.arrays import F64, I64, NONE, U64, whole
from workbench.memory.postings.heap import NEWEST, ORDINAL_BITS
from workbench.memory.postings.intersection import meet_in as meet_in_segment
from workbench.memory.postings.lookup import frequency_at, place_of, run_of
from workbench.memory.postings.recent_postings import meet_in as meet_in_tail
from workbench.memory.postings.recent_postings import room, slot_of
from workbench.memory.postings.recent_postings import top_of as top_of_tail
from workbench.memory.postings.salting import salted_in
from workbench.memory.postings.scoring import WINDOW
from workbench.memory.postings.scoring import top_of as top_of_segment
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
    _find(table, size, terms, places, frequency)
    if not _weigh(frequency, groups, levels, weights, out):
        return 0
    limit = (out.size - FOUND) // 2
    heap, held = np.empty(limit, np.int64), 0
    if size > 0:
        _, heads, _ = at_.slots_of(table)
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
    for i in range(held):
        key = heap[held - 1 - i]
        out[FOUND + i] = key & NEWEST
        out[FOUND + limit + i] = key >> ORDINAL_BITS
    _name(table, base, out[FOUND : FOUND + held])
    return held


@kernels.kernel
def meet(
    table: I64, size: int, base: int, salt: np.uint64, hashes: U64, starts: I64, found: I64
) -> int:
    """The newest facts that hold a term of every group into `found`; how many.

    The hashes of group g are `hashes[starts[g]:starts[g + 1]]`.
    """
    n = hashes.size
    terms = np.empty(n, np.uint64)
    for i in range(n):
        terms[i] = salted_in(hashes[i], salt)
    places = np.empty((table[SEGMENTS] + 1, n), np.int64)
    _find(table, size, terms, places, np.zeros(n, np.int64))
    return _meet(table, size, base, terms, starts, places, found)


@kernels.kernel
def each(
    table: I64,
    size: int,
    base: int,
    salt: np.uint64,
    hashes: U64,
    found: I64,
    counts: I64,
) -> None:
    """For each row of `hashes` the newest facts that hold one of them into a row of `found`.

    `counts` says how many; 0 for a row that is not wide enough, where too many hold one.
    """
    n, width = hashes.shape
    most = found.shape[1] - 1
    terms, starts = np.empty(width, np.uint64), np.array([0, width])
    places = np.empty((table[SEGMENTS] + 1, width), np.int64)
    frequency = np.empty(width, np.int64)
    for row in range(n):
        for i in range(width):
            terms[i] = salted_in(hashes[row, i], salt)
            frequency[i] = 0
        _find(table, size, terms, places, frequency)
        counts[row] = 0
        if frequency.max() <= most:
            held = _meet(table, size, base, terms, starts, places, found[row])
            if held <= most:
                counts[row] = held


@kernels.inner
def _find(table: I64, size: int, terms: U64, places: I64, frequency: I64) -> None:
    """Where terms stand in each segment and, last, in the tail; adds to their frequencies."""
    segments = table[SEGMENTS]
    for at in range(segments):
        head = FIRST + at * WIDTH
        keys, radix = at_.keys_of(table, head)
        pool, _, _ = at_.pool_of(table, head)
        for i in range(terms.size):
            place = place_of(keys, radix, table[head + at_.BITS], terms[i])
            places[at, i] = place
            if place >= 0:
                frequency[i] += frequency_at(pool, place)
    keys, _, numbers = at_.slots_of(table)
    for i in range(terms.size):
        places[segments, i] = -1
        if size > 0:
            slot = slot_of(keys, terms[i])
            if keys[slot] != NONE:
                places[segments, i] = slot
                frequency[i] += whole(numbers[slot])


@kernels.inner
def _meet(
    table: I64, size: int, base: int, terms: U64, starts: I64, places: I64, found: I64
) -> int:
    held, last = 0, table[SEGMENTS]
    if size > 0:
        _, heads, numbers = at_.slots_of(table)
        entries, owner, older, begins, alive = at_.entries_of(table)
        held = meet_in_tail(
            heads, numbers, entries, owner, older, begins, alive, size, base, places[last], terms,
            starts, found, held,
        )  # fmt: skip
    for at in range(last - 1, -1, -1):
        if held == found.size:
            break
        head = FIRST + at * WIDTH
        pool, bitmaps, live = at_.pool_of(table, head)
        held = meet_in_segment(
            pool, bitmaps, live, table[head + at_.BASE], places[at], starts, found, held
        )
    _name(table, base, found[:held])
    return held


@kernels.inner
def _name(table: I64, base: int, ordinals: I64) -> None:
    """Put the ids of facts in the place of their ordinals."""
    begins, values, own = at_.ids_of(table)
    for i in range(ordinals.size):
        ordinal = ordinals[i]
        if ordinal >= base:
            ordinals[i] = own[ordinal - base]
        else:
            run = run_of(begins, ordinal)
            ordinals[i] = values[run] + ordinal - begins[run]


@kernels.inner
def _weigh(frequency: I64, groups: I64, levels: F64, weights: I64, out: I64) -> bool:
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
    meet(held.table, 0, 0, np.uint64(1), sought[0], np.array([0, 2]), np.zeros(1, np.int64))
    each(held.table, 0, 0, np.uint64(1), sought, np.zeros((3, 1), np.int64), np.zeros(3, np.int64))
