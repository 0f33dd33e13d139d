"""The best facts of a segment for weighted terms: exact, and without looking at most of them.

A fact scores the weight of its best term in each group, added up. Facts in at least one list are
met in windows from the newest; only the lists that can still decide are read through (MaxScore:
Turtle and Flood 1995), and what could come in looks into the lighter lists and the bitmaps. Facts
in bitmaps only are met 64 at a time; only sets of terms that can still win are intersected, so two
common terms that never meet cost one pass over two bitmaps.
"""

import numpy as np

from workbench import kernels
from workbench.memory.postings.arrays import ALL, I64, NONE, ONE, U32, U64, whole
from workbench.memory.postings.heap import NEWEST, ORDINAL_BITS, bar, push
from workbench.memory.postings.lookup import seek
from workbench.memory.postings.segment import BITMAP, LIST

#: Ordinals of one window.
WINDOW = 4096
#: Terms with bitmaps whose sets are looked at one by one; the others only bound what is left.
_SETS = 6
_FLAGGED = 0x7FFFFFFF


@kernels.kernel
def top(
    pool: U32,
    bitmaps: U64,
    live: U64,
    base: int,
    places: I64,
    weights: I64,
    groups: I64,
    heap: I64,
    held: int,
    scratch: I64,
    seen: U64,
    touched: U64,
) -> int:
    """Put the best facts of a segment into `heap`; returns how many it holds then.

    `places` are those of the terms in the segment, -1 for none; `groups` are below 64. `scratch`
    and `seen` (WINDOW,), `touched` (WINDOW / 64,) are zero and left so.
    """
    return top_of(
        pool, bitmaps, live, base, places, weights, groups, heap, held, scratch, seen, touched
    )


@kernels.inner
def top_of(
    pool: U32,
    bitmaps: U64,
    live: U64,
    base: int,
    places: I64,
    weights: I64,
    groups: I64,
    heap: I64,
    held: int,
    scratch: I64,
    seen: U64,
    touched: U64,
) -> int:
    """`top` for kernels."""
    # Rows: place in the pool, its first place, its weight, its group. Lightest first.
    lists = np.empty((4, places.size), np.int64)
    # Rows: bitmap, weight, group. Heaviest first.
    dense = np.empty((3, places.size), np.int64)
    n_lists, n_dense = 0, 0
    for i in range(places.size):
        place = places[i]
        if place < 0 or weights[i] <= 0:
            continue
        head = whole(pool[place])
        first = last = whole(place)
        row = -1
        if head & LIST:
            first = (head & _FLAGGED) + 1
            length = whole(pool[first - 1])
            if length & BITMAP:
                row = length & _FLAGGED
            last = first + length - 1
        if row < 0:
            j = n_lists
            while j > 0 and lists[2, j - 1] > weights[i]:
                for field in range(4):
                    lists[field, j] = lists[field, j - 1]
                j -= 1
            lists[0, j], lists[1, j] = last, first
            lists[2, j], lists[3, j] = weights[i], groups[i]
            n_lists += 1
        else:
            j = n_dense
            while j > 0 and dense[1, j - 1] < weights[i]:
                for field in range(3):
                    dense[field, j] = dense[field, j - 1]
                j -= 1
            dense[0, j], dense[1, j], dense[2, j] = row, weights[i], groups[i]
            n_dense += 1
    best = np.zeros(64, np.int64)
    if n_lists:
        held = _listed(
            pool, bitmaps, live, base, lists, n_lists, dense, n_dense, best, heap, held,
            scratch, seen, touched,
        )  # fmt: skip
    if n_dense:
        held = _dense(bitmaps, live, base, dense, n_dense, best, heap, held, n_lists > 0)
    return held


@kernels.inner
def _listed(
    pool: U32,
    bitmaps: U64,
    live: U64,
    base: int,
    lists: I64,
    n_lists: int,
    dense: I64,
    n_dense: int,
    best: I64,
    heap: I64,
    held: int,
    scratch: I64,
    seen: U64,
    touched: U64,
) -> int:
    """Facts in at least one list."""
    # The most that the lists 0..i and all bitmaps can give.
    bound = np.empty(n_lists, np.int64)
    newest_of = np.empty(n_lists, np.int64)
    total = 0
    for i in range(n_dense):
        group = dense[2, i]
        if dense[1, i] > best[group]:
            total += dense[1, i] - best[group]
            best[group] = dense[1, i]
    dense_bound = total
    for i in range(n_lists):
        group = lists[3, i]
        if lists[2, i] > best[group]:
            total += lists[2, i] - best[group]
            best[group] = lists[2, i]
        bound[i] = total
        newest_of[i] = lists[0, i]
    best[:] = 0
    theta = bar(heap, held)
    full = held == heap.size
    first = 0
    while True:
        newest = -1
        for i in range(first, n_lists):
            if lists[0, i] >= lists[1, i] and whole(pool[lists[0, i]]) > newest:
                newest = whole(pool[lists[0, i]])
        while first < n_lists and full and (bound[first] << ORDINAL_BITS) + base + newest < theta:
            first += 1
        if newest < 0 or first == n_lists:
            return held
        low = newest - newest % WINDOW
        # The heaviest first, so the first term of a group that is met is its best.
        for i in range(n_lists - 1, first - 1, -1):
            at, weight = lists[0, i], lists[2, i]
            bit = ONE << np.uint64(lists[3, i])
            while at >= lists[1, i] and whole(pool[at]) >= low:
                o = whole(pool[at]) - low
                if not seen[o] & bit:
                    seen[o] |= bit
                    scratch[o] += weight
                    touched[o >> 6] |= ONE << np.uint64(o & 63)
                at -= 1
            lists[0, i] = at
        lighter = bound[first - 1] if first else dense_bound
        for word in range((newest - low) >> 6, -1, -1):
            mask = touched[word]
            if mask == NONE:
                continue
            touched[word] = NONE
            alive = live[(low >> 6) + word]
            for bit_at in range(63, -1, -1):
                if not (mask >> np.uint64(bit_at)) & ONE:
                    continue
                o = word * 64 + bit_at
                score, had = scratch[o], seen[o]
                scratch[o], seen[o] = 0, NONE
                doc = low + o
                if not (alive >> np.uint64(bit_at)) & ONE:
                    continue
                if full and ((score + lighter) << ORDINAL_BITS) + base + doc < theta:
                    continue
                score = _rest(
                    pool, bitmaps, doc, score, had, lists, n_lists, first, newest_of, bound,
                    dense, n_dense, full, theta - base - doc,
                )  # fmt: skip
                key = (score << ORDINAL_BITS) + base + doc
                if key > theta:
                    held = push(heap, held, key)
                    theta = bar(heap, held)
                    full = held == heap.size


@kernels.inner
def _rest(
    pool: U32,
    bitmaps: U64,
    doc: int,
    score: int,
    had: np.uint64,
    lists: I64,
    n_lists: int,
    first: int,
    newest_of: I64,
    bound: I64,
    dense: I64,
    n_dense: int,
    full: bool,
    least: int,
) -> int:
    """The score of a fact, with what bitmaps and the lists before `first` add to it.

    Stops early where a full heap takes nothing below `least`.
    """
    # Groups that were met among the bitmaps, and those that count by a bitmap alone.
    met, by_bitmap = NONE, NONE
    for i in range(n_dense):
        group = dense[2, i]
        bit = ONE << np.uint64(group)
        if met & bit:
            continue
        if not (bitmaps[dense[0, i], doc >> 6] >> np.uint64(doc & 63)) & ONE:
            continue
        met |= bit
        if not had & bit:
            by_bitmap |= bit
            score += dense[1, i]
            continue
        # A list of this group was counted: is it the lighter one?
        for j in range(n_lists - 1, first - 1, -1):
            if lists[3, j] == group:
                at = seek(pool, newest_of[j], lists[1, j], doc)
                if at >= lists[1, j] and whole(pool[at]) == doc:
                    if dense[1, i] > lists[2, j]:
                        score += dense[1, i] - lists[2, j]
                    break
    had |= by_bitmap
    for i in range(first - 1, -1, -1):
        if full and ((score + bound[i]) << ORDINAL_BITS) < least:
            return score
        at = seek(pool, lists[0, i], lists[1, i], doc)
        lists[0, i] = at
        if at < lists[1, i] or whole(pool[at]) != doc:
            continue
        group = lists[3, i]
        bit = ONE << np.uint64(group)
        if not had & bit:
            score += lists[2, i]
            had |= bit
        elif by_bitmap & bit:
            by_bitmap &= ~bit
            for j in range(n_dense):
                if dense[2, j] != group:
                    continue
                if (bitmaps[dense[0, j], doc >> 6] >> np.uint64(doc & 63)) & ONE:
                    if dense[1, j] < lists[2, i]:
                        score += lists[2, i] - dense[1, j]
                    break
    return score


@kernels.inner
def _dense(
    bitmaps: U64,
    live: U64,
    base: int,
    dense: I64,
    n_dense: int,
    best: I64,
    heap: I64,
    held: int,
    known: bool,
) -> int:
    """Facts in bitmaps; `known` where some of them may be in the heap already."""
    scan = min(n_dense, _SETS)
    rest = 0
    for i in range(scan, n_dense):
        rest += dense[1, i]
    value = np.zeros(1 << _SETS, np.int64)
    winning = np.zeros(1 << _SETS, np.int64)
    for chosen in range(1, 1 << scan):
        for i in range(scan):
            if (chosen >> i) & 1 and dense[1, i] > best[dense[2, i]]:
                value[chosen] += dense[1, i] - best[dense[2, i]]
                best[dense[2, i]] = dense[1, i]
        best[:] = 0
    theta = bar(heap, held)
    last_theta, n_winning, turn = theta - 1, 0, -1
    # Two bitmaps that have to meet, where nothing else can win.
    one, other = -1, -1
    word = live.size
    while word > 0:
        word -= 1
        if one >= 0:
            floor = turn if 0 <= turn <= word else 0
            while word > floor and not bitmaps[one, word] & bitmaps[other, word]:
                word -= 1
        # Older facts than the worst kept have to score more than it.
        if theta != last_theta or word == turn:
            last_theta, n_winning = theta, 0
            turn = (((theta & NEWEST) - base) >> 6) - 1
            newest = base + word * 64 + 63
            for chosen in range(1, 1 << scan):
                if ((value[chosen] + rest) << ORDINAL_BITS) + newest <= theta:
                    continue
                least = True
                for i in range(scan):
                    fewer = chosen & ~(1 << i)
                    if fewer == chosen or fewer == 0:
                        continue
                    if ((value[fewer] + rest) << ORDINAL_BITS) + newest > theta:
                        least = False
                if least:
                    winning[n_winning] = chosen
                    n_winning += 1
            alone = (rest << ORDINAL_BITS) + newest <= theta
            if n_winning == 0 and alone:
                return held
            one, other = -1, -1
            if n_winning == 1 and alone:
                one, other = _pair(dense, winning[0], scan)
        mask = NONE
        for j in range(n_winning):
            both = ALL
            for i in range(scan):
                if (winning[j] >> i) & 1:
                    both &= bitmaps[dense[0, i], word]
            mask |= both
        if (rest << ORDINAL_BITS) + base + word * 64 + 63 > theta:
            for i in range(scan, n_dense):
                mask |= bitmaps[dense[0, i], word]
        mask &= live[word]
        if mask == NONE:
            continue
        for bit_at in range(63, -1, -1):
            if not (mask >> np.uint64(bit_at)) & ONE:
                continue
            score = 0
            for i in range(n_dense):
                if (bitmaps[dense[0, i], word] >> np.uint64(bit_at)) & ONE:
                    group = dense[2, i]
                    if dense[1, i] > best[group]:
                        score += dense[1, i] - best[group]
                        best[group] = dense[1, i]
            for i in range(n_dense):
                best[dense[2, i]] = 0
            ordinal = base + word * 64 + bit_at
            key = (score << ORDINAL_BITS) + ordinal
            if key <= theta:
                continue
            twice = False
            if known:
                for j in range(held):
                    if heap[j] & NEWEST == ordinal:
                        twice = True
            if not twice:
                held = push(heap, held, key)
                theta = bar(heap, held)
    return held


@kernels.inner
def _pair(dense: I64, chosen: int, scan: int) -> tuple[int, int]:
    """The bitmaps of a set of one or two terms; -1 and -1 for a larger one."""
    one, other, many = -1, -1, 0
    for i in range(scan):
        if (chosen >> i) & 1:
            many += 1
            other = one if many == 2 else whole(dense[0, i])
            one = whole(dense[0, i])
    if many > 2:
        return -1, -1
    return one, other


@kernels.warm_up
def _warm() -> None:
    # One fact, with one term in a list and one in a bitmap.
    top(
        np.array([0, LIST | 2, BITMAP, 1], np.uint32),
        np.ones((1, 1), np.uint64),
        np.ones(1, np.uint64),
        0,
        np.array([0, 1]),
        np.array([2, 1]),
        np.array([0, 1]),
        np.zeros(1, np.int64),
        0,
        np.zeros(WINDOW, np.int64),
        np.zeros(WINDOW, np.uint64),
        np.zeros(WINDOW // 64, np.uint64),
    )
