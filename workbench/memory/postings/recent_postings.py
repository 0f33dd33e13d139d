"""The tail: the newest facts, found as soon as they are added.

An open-addressed table leads from a key to the chain of its facts, newest first; beside it lie the
keys of each fact one after the other, so a fact that was met by one term is scored by reading its
own keys. Arrays only grow at the end: a reader looks at facts below the size that it saw.
"""

from dataclasses import dataclass

import numpy as np

from workbench import kernels
from workbench.memory.facts.kernel_set import FACT_KERNELS
from workbench.memory.postings import bulk_insert
from workbench.memory.postings.arrays import F64, I32, I64, NONE, SKIP, U8, U32, U64, whole
from workbench.memory.postings.batch import DENIAL, SAME, TOPIC, Batch
from workbench.memory.postings.heap import ORDINAL_BITS, bar, push

#: From so many facts on NumPy is quicker than one key after the other, without kernels.
_MANY = 8
_GROWTH = 4


@dataclass(frozen=True, slots=True)
class Tail:
    """Room for facts. `keys`, `heads` and `frequency` are the table, a power of two of slots.

    Entry e is one key of one fact: `entries[e]`, of the fact `owner[e]`, with the next older one of
    that key at `older[e]` (-1: none). The entries of fact i are `starts[i]:starts[i + 1]`. `filled`
    holds the number of slots that are taken.
    """

    keys: U64
    heads: I32
    frequency: U32
    entries: U64
    owner: U32
    older: I32
    starts: U32
    live: U8
    ids: I64
    at: F64
    filled: I64


def room(facts: int, entries: int) -> Tail:
    """An empty tail for so many facts and entries."""
    slots = 1 << max(10, (entries * 2 - 1).bit_length())
    return Tail(
        keys=np.zeros(slots, np.uint64),
        heads=np.full(slots, -1, np.int32),
        frequency=np.zeros(slots, np.uint32),
        entries=np.zeros(entries, np.uint64),
        owner=np.zeros(entries, np.uint32),
        older=np.zeros(entries, np.int32),
        starts=np.zeros(facts + 1, np.uint32),
        live=np.ones(facts, np.uint8),
        ids=np.zeros(facts, np.int64),
        at=np.zeros(facts, np.float64),
        filled=np.zeros(1, np.int64),
    )


def keys_of(batch: Batch) -> int:
    """How many entries a batch needs at most."""
    return len(batch.terms) + len(batch) + 2 * len(batch.topics)


def add_all(tail: Tail, size: int, batch: Batch) -> None:
    """Put a batch behind the first `size` facts of a tail, for which there has to be room."""
    if not kernels.ready(FACT_KERNELS) and len(batch) >= _MANY:
        at = int(tail.starts[size])
        keys, facts = bulk_insert.keys_of(batch)
        tail.entries[at : at + len(keys)] = keys
        tail.owner[at : at + len(keys)] = facts + size
        bulk_insert.chain(tail.keys, tail.heads, tail.frequency, tail.older, tail.filled, keys, at)
        ends = np.searchsorted(facts, np.arange(len(batch)), side="right") + at
        tail.starts[size + 1 : size + 1 + len(batch)] = ends
        return
    add.run(
        tail.keys, tail.heads, tail.frequency, tail.entries, tail.owner, tail.older, tail.starts,
        tail.filled, size, batch.starts, batch.terms, batch.same, batch.claim_starts,
        batch.topics, batch.denials,
    )  # fmt: skip


def fits(tail: Tail, size: int, count: int, more: int) -> bool:
    """Whether there is room for `count` facts with so many entries behind `size` facts."""
    return size + count <= len(tail.ids) and int(tail.starts[size]) + more <= len(tail.entries)


def grown(tail: Tail, size: int, count: int, more: int) -> Tail:
    """A tail with the same `size` facts and four times the room at least, and room for more.

    Filling a table anew costs as much as taking the facts in, so that it is done seldom.
    """
    used = int(tail.starts[size])
    larger = room(
        max(_GROWTH * len(tail.ids), size + count), max(_GROWTH * len(tail.entries), used + more)
    )
    larger.starts[: size + 1] = tail.starts[: size + 1]
    larger.live[:size] = tail.live[:size]
    larger.ids[:size] = tail.ids[:size]
    larger.at[:size] = tail.at[:size]
    if used:
        larger.entries[:used] = tail.entries[:used]
        larger.owner[:used] = tail.owner[:used]
        if kernels.ready(FACT_KERNELS):
            refill.run(larger.keys, larger.heads, larger.frequency, larger.entries, larger.owner,
                       larger.older, used, larger.filled)  # fmt: skip
        else:
            bulk_insert.chain(larger.keys, larger.heads, larger.frequency, larger.older,
                           larger.filled, larger.entries[:used], 0)  # fmt: skip
    return larger


@kernels.inner
def slot_of(keys: U64, key: np.uint64) -> int:
    """The slot of a key, or the free one where it belongs."""
    mask = keys.size - 1
    slot = whole(key >> SKIP) & mask
    while keys[slot] != NONE and keys[slot] != key:
        slot = (slot + 1) & mask
    return slot


@kernels.inner
def _put(
    keys: U64,
    heads: I32,
    frequency: U32,
    entries: U64,
    owner: U32,
    older: I32,
    filled: I64,
    at: int,
    key: np.uint64,
    fact: int,
) -> int:
    """Put a key of the newest fact at entry `at`; returns the next entry."""
    if key == NONE:
        return at
    slot = slot_of(keys, key)
    head = whole(heads[slot])
    if head >= 0 and whole(owner[head]) == fact:
        return at
    entries[at], owner[at], older[at] = key, fact, head
    heads[slot] = at
    frequency[slot] += 1
    if keys[slot] == NONE:
        keys[slot] = key
        filled[0] += 1
    return at + 1


@kernels.kernel
def refill(
    keys: U64,
    heads: I32,
    frequency: U32,
    entries: U64,
    owner: U32,
    older: I32,
    used: int,
    filled: I64,
) -> None:
    """Fill an empty table from the first `used` entries."""
    for at in range(used):
        _put(keys, heads, frequency, entries, owner, older, filled, at, entries[at],
             whole(owner[at]))  # fmt: skip


@kernels.kernel
def add(
    keys: U64,
    heads: I32,
    frequency: U32,
    entries: U64,
    owner: U32,
    older: I32,
    starts: U32,
    filled: I64,
    size: int,
    batch_starts: I32,
    terms: U64,
    same: U64,
    claim_starts: I32,
    topics: U64,
    denials: U64,
) -> None:
    """Put facts behind the first `size` ones, for which there has to be room."""
    at = whole(starts[size])
    for i in range(same.size):
        fact = size + i
        for j in range(whole(batch_starts[i]), whole(batch_starts[i + 1])):
            at = _put(keys, heads, frequency, entries, owner, older, filled, at, terms[j], fact)
        if same[i] != NONE:
            at = _put(keys, heads, frequency, entries, owner, older, filled, at, same[i] ^ SAME,
                      fact)  # fmt: skip
        for j in range(whole(claim_starts[i]), whole(claim_starts[i + 1])):
            if topics[j] != NONE:
                at = _put(keys, heads, frequency, entries, owner, older, filled, at,
                          topics[j] ^ TOPIC, fact)  # fmt: skip
            if denials[j] != NONE:
                at = _put(keys, heads, frequency, entries, owner, older, filled, at,
                          denials[j] ^ DENIAL, fact)  # fmt: skip
        starts[fact + 1] = at


@kernels.kernel
def find(keys: U64, table: U32, terms: U64, places: I64, frequency: I64) -> None:
    """The slots of terms, -1 where there is none; adds to their frequencies."""
    for i in range(terms.size):
        slot = slot_of(keys, terms[i])
        places[i] = -1
        if keys[slot] != NONE:
            places[i] = slot
            frequency[i] += whole(table[slot])


@kernels.inner
def newest(heads: I32, owner: U32, older: I32, slot: int, size: int) -> int:
    """The newest entry of a slot among the first `size` facts."""
    at = whole(heads[slot])
    while at >= 0 and whole(owner[at]) >= size:
        at = whole(older[at])
    return at


@kernels.kernel
def top(
    heads: I32,
    entries: U64,
    owner: U32,
    older: I32,
    starts: U32,
    live: U8,
    size: int,
    base: int,
    places: I64,
    terms: U64,
    weights: I64,
    groups: I64,
    heap: I64,
    held: int,
) -> int:
    """Put the best of the first `size` facts into `heap`; see `scoring.top`."""
    return top_of(
        heads, entries, owner, older, starts, live, size, base, places, terms, weights, groups,
        heap, held,
    )  # fmt: skip


@kernels.inner
def top_of(
    heads: I32,
    entries: U64,
    owner: U32,
    older: I32,
    starts: U32,
    live: U8,
    size: int,
    base: int,
    places: I64,
    terms: U64,
    weights: I64,
    groups: I64,
    heap: I64,
    held: int,
) -> int:
    """`top` for kernels."""
    # Rows: entry, weight, the most that this list and lighter ones give. Lightest first.
    lists = np.empty((3, places.size), np.int64)
    chosen = np.empty(places.size, np.int64)
    n = 0
    for i in range(places.size):
        if places[i] < 0 or weights[i] <= 0:
            continue
        j = n
        while j > 0 and weights[chosen[j - 1]] > weights[i]:
            chosen[j] = chosen[j - 1]
            j -= 1
        chosen[j] = i
        n += 1
    best = np.zeros(64, np.int64)
    total = 0
    for j in range(n):
        i = chosen[j]
        lists[0, j] = newest(heads, owner, older, places[i], size)
        lists[1, j] = weights[i]
        if weights[i] > best[groups[i]]:
            total += weights[i] - best[groups[i]]
            best[groups[i]] = weights[i]
        lists[2, j] = total
    best[:] = 0
    theta, first = bar(heap, held), 0
    while True:
        fact = -1
        for j in range(first, n):
            if lists[0, j] >= 0 and whole(owner[lists[0, j]]) > fact:
                fact = whole(owner[lists[0, j]])
        if fact < 0:
            return held
        key = base + fact
        while first < n and held == heap.size and (lists[2, first] << ORDINAL_BITS) + key < theta:
            first += 1
        if first == n:
            return held
        for j in range(first, n):
            if lists[0, j] >= 0 and whole(owner[lists[0, j]]) == fact:
                lists[0, j] = whole(older[lists[0, j]])
        if live[fact] == 0:
            continue
        score = 0
        for at in range(whole(starts[fact]), whole(starts[fact + 1])):
            for j in range(n):
                i = chosen[j]
                if entries[at] == terms[i] and weights[i] > best[groups[i]]:
                    score += weights[i] - best[groups[i]]
                    best[groups[i]] = weights[i]
        for j in range(n):
            best[groups[chosen[j]]] = 0
        key += score << ORDINAL_BITS
        if key > theta:
            held = push(heap, held, key)
            theta = bar(heap, held)


@kernels.kernel
def meet(
    heads: I32,
    frequency: U32,
    entries: U64,
    owner: U32,
    older: I32,
    starts: U32,
    live: U8,
    size: int,
    base: int,
    places: I64,
    terms: U64,
    group_starts: I64,
    found: I64,
    held: int,
) -> int:
    """The newest of the first `size` facts with a term of every group; see `meeting.meet`."""
    return meet_in(
        heads, frequency, entries, owner, older, starts, live, size, base, places, terms,
        group_starts, found, held,
    )  # fmt: skip


@kernels.inner
def meet_in(
    heads: I32,
    frequency: U32,
    entries: U64,
    owner: U32,
    older: I32,
    starts: U32,
    live: U8,
    size: int,
    base: int,
    places: I64,
    terms: U64,
    group_starts: I64,
    found: I64,
    held: int,
) -> int:
    """`meet` for kernels."""
    lead, least = -1, 0
    for g in range(group_starts.size - 1):
        holders = 0
        for i in range(group_starts[g], group_starts[g + 1]):
            if places[i] >= 0:
                holders += whole(frequency[places[i]])
        if holders == 0:
            return held
        if lead < 0 or holders < least:
            lead, least = g, holders
    begin, end = group_starts[lead], group_starts[lead + 1]
    at = np.empty(end - begin, np.int64)
    for i in range(begin, end):
        at[i - begin] = -1
        if places[i] >= 0:
            at[i - begin] = newest(heads, owner, older, places[i], size)
    while held < found.size:
        fact = -1
        for i in range(at.size):
            if at[i] >= 0 and whole(owner[at[i]]) > fact:
                fact = whole(owner[at[i]])
        if fact < 0:
            return held
        for i in range(at.size):
            if at[i] >= 0 and whole(owner[at[i]]) == fact:
                at[i] = whole(older[at[i]])
        if live[fact] == 0:
            continue
        every = True
        for g in range(group_starts.size - 1):
            if g == lead or not every:
                continue
            every = False
            for e in range(whole(starts[fact]), whole(starts[fact + 1])):
                for i in range(group_starts[g], group_starts[g + 1]):
                    if entries[e] == terms[i]:
                        every = True
                        break
                if every:
                    break
        if every:
            found[held] = base + fact
            held += 1
    return held


@kernels.warm_up
def _warm() -> None:
    tail = room(2, 8)
    one, terms = np.array([0, 1], np.int32), np.ones(1, np.uint64)
    add(tail.keys, tail.heads, tail.frequency, tail.entries, tail.owner, tail.older, tail.starts,
        tail.filled, 0, one, terms, terms, one, terms, terms)  # fmt: skip
    tail = grown(tail, 1, 4, 9)
    places, numbers = np.zeros(1, np.int64), np.zeros(1, np.int64)
    find(tail.keys, tail.frequency, terms, places, numbers)
    heap = np.zeros(1, np.int64)
    top(tail.heads, tail.entries, tail.owner, tail.older, tail.starts, tail.live, 1, 0, places,
        terms, np.ones(1, np.int64), np.zeros(1, np.int64), heap, 0)  # fmt: skip
    meet(tail.heads, tail.frequency, tail.entries, tail.owner, tail.older, tail.starts, tail.live,
         1, 0, places, terms, np.array([0, 1]), heap, 0)  # fmt: skip
