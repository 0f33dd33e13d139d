"""Merging: neighbouring segments become one, and what was removed leaves it for good.

Sorting keys that lie in sorted runs is linear; the facts of each key are then copied over, in
stretches of keys so that little memory is needed however large the segments are.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from workbench.memory.postings import spelling
from workbench.memory.postings.arrays import F64, I32, I64, U32, U64, Flags
from workbench.memory.postings.building import Plan, packed, plan, spread
from workbench.memory.postings.segment import BITMAP, LIST, Runs, Segment, members

#: Keys whose facts are copied at a time.
_STRETCH = 1 << 18
_FLAGGED = np.uint32(0x7FFFFFFF)


@dataclass(frozen=True, slots=True)
class _Entries:
    """Keys of one part or of several: how many facts hold each, and where they stand.

    `begin` is in the pool of the part, `row` that of the bitmap there, or -1.
    """

    owner: I32
    count: U32
    begin: U32
    row: I32

    def chosen(self, at: I64 | Flags | slice) -> "_Entries":
        return _Entries(self.owner[at], self.count[at], self.begin[at], self.row[at])


def merge(parts: Sequence[Segment]) -> Segment:
    """One segment of neighbours, oldest first. What is removed from them stays out of it."""
    parts = [purged(part) for part in parts]
    first, size = parts[0].first, parts[-1].end - parts[0].first
    keys = np.concatenate([part.keys for part in parts])
    each = [_entries(part, i) for i, part in enumerate(parts)]
    entries = _Entries(
        np.concatenate([one.owner for one in each]),
        np.concatenate([one.count for one in each]),
        np.concatenate([one.begin for one in each]),
        np.concatenate([one.row for one in each]),
    )
    order = np.argsort(keys, kind="stable")
    keys, entries = keys[order], entries.chosen(order)
    fresh = np.ones(len(keys), np.bool_)
    fresh[1:] = keys[1:] != keys[:-1]
    heads = np.flatnonzero(fresh)
    keys = keys[heads]
    ends = np.cumsum(entries.count, dtype=np.int64)
    before = ends - entries.count
    frequency = np.diff(np.append(before[heads], ends[-1:]))
    laid = plan(frequency, size)
    target = np.cumsum(fresh) - 1
    # Where the facts of each entry go: behind those of the older parts.
    goal = laid.begin[target] + before - before[heads][target]
    shifts = [part.first - first for part in parts]
    for begin in range(0, len(order), _STRETCH):
        some = slice(begin, begin + _STRETCH)
        sparse = ~laid.dense[target[some]]
        _copy(parts, shifts, entries.chosen(some).chosen(sparse), goal[some][sparse], laid)
    dense = np.flatnonzero(laid.dense[target])
    bitmaps = np.zeros((int(laid.dense.sum()), (size + 63) // 64), np.uint64)
    live = _live(parts, shifts, size)
    _set(parts, shifts, entries.chosen(dense), laid.row[target[dense]], bitmaps)
    return Segment(
        first=first,
        size=size,
        keys=keys,
        pool=laid.pool,
        bitmaps=bitmaps,
        runs=_runs(parts, shifts),
        spelled=spelling.joined([part.spelled for part in parts]),
        scopes=np.unique(np.concatenate([part.scopes for part in parts])),
        live=live,
        held=live.copy(),
    )


def purged(part: Segment, lost_words: Flags | None = None) -> Segment:
    """The segment without the terms of its removed facts, and without the words that are marked.

    It is the same one where there is nothing to take out.
    """
    spelled = part.spelled if lost_words is None else spelling.without(part.spelled, lost_words)
    if not part.dead() and len(spelled) == len(part.spelled):
        return part
    counts, docs = facts_of(part)
    alive = alive_of(part.live, docs)
    ends = np.concatenate([[0], np.cumsum(alive)])
    key_ends = np.cumsum(counts, dtype=np.int64)
    left = ends[key_ends] - ends[key_ends - counts]
    kept = left > 0
    return packed(
        part.first,
        part.size,
        part.keys[kept],
        left[kept],
        docs[alive],
        runs=part.runs,
        spelled=spelled,
        scopes=part.scopes,
        live=part.live.copy(),
    )


def facts_of(part: Segment) -> tuple[U32, U32]:
    """How many facts hold each key, and the ordinals of those facts one key after the other."""
    entries = _entries(part, 0)
    ends = np.cumsum(entries.count, dtype=np.int64)
    docs = np.empty(int(ends[-1]) if len(ends) else 0, np.uint32)
    goal = ends - entries.count
    listed = entries.row < 0
    from_lists = entries.chosen(listed)
    source = spread(from_lists.begin.astype(np.int64), from_lists.count.astype(np.int64))
    docs[spread(goal[listed], from_lists.count.astype(np.int64))] = part.pool[source]
    for at in np.flatnonzero(~listed).tolist():
        docs[goal[at] : ends[at]] = members(part.bitmaps[entries.row[at]])
    return entries.count, docs


def alive_of(live: U64, ordinals: U32 | I64) -> Flags:
    """Which of these facts of a segment are not removed."""
    bits = live.view(np.uint8)[ordinals >> 3] >> (ordinals & 7).astype(np.uint8)
    alive: Flags = (bits & np.uint8(1)).view(np.bool_)
    return alive


def _entries(part: Segment, owner: int) -> _Entries:
    keys = len(part.keys)
    head = part.pool[:keys]
    count, begin = np.ones(keys, np.uint32), np.arange(keys, dtype=np.uint32)
    row = np.full(keys, -1, np.int32)
    lists = np.flatnonzero(head & np.uint32(LIST))
    at = head[lists] & _FLAGGED
    length = part.pool[at]
    packed_ = length & np.uint32(BITMAP) != 0
    count[lists] = np.where(packed_, part.pool[at + np.uint32(1)], length)
    begin[lists] = at + np.uint32(1)
    row[lists[packed_]] = (length[packed_] & _FLAGGED).astype(np.int32)
    return _Entries(np.full(keys, owner, np.int32), count, begin, row)


def _copy(
    parts: Sequence[Segment], shifts: Sequence[int], entries: _Entries, goal: I64, laid: Plan
) -> None:
    """Copy the facts of entries whose key has a list, or one fact only, in the merged segment."""
    for owner, part in enumerate(parts):
        mine = entries.owner == owner
        listed = mine & (entries.row < 0)
        count = entries.count[listed].astype(np.int64)
        source = spread(entries.begin[listed].astype(np.int64), count)
        laid.pool[spread(goal[listed], count)] = part.pool[source] + np.uint32(shifts[owner])
        for at in np.flatnonzero(mine & (entries.row >= 0)).tolist():
            docs = members(part.bitmaps[entries.row[at]]) + shifts[owner]
            laid.pool[goal[at] : goal[at] + len(docs)] = docs.astype(np.uint32)


def _set(
    parts: Sequence[Segment], shifts: Sequence[int], entries: _Entries, rows: I64, bitmaps: U64
) -> None:
    """Mark the facts of entries whose key has a bitmap in the merged segment."""
    for at, to in enumerate(rows.tolist()):
        owner = int(entries.owner[at])
        part, shift = parts[owner], shifts[owner]
        row = int(entries.row[at])
        if row >= 0:
            _or_shifted(bitmaps[to], part.bitmaps[row], shift)
            continue
        begin = int(entries.begin[at])
        docs = part.pool[begin : begin + int(entries.count[at])].astype(np.int64) + shift
        np.bitwise_or.at(bitmaps[to], docs >> 6, np.uint64(1) << (docs & 63).astype(np.uint64))


def _or_shifted(target: U64, bits: U64, shift: int) -> None:
    at, rest = shift >> 6, np.uint64(shift & 63)
    if not rest:
        target[at : at + len(bits)] |= bits
        return
    target[at : at + len(bits)] |= bits << rest
    over = bits >> (np.uint64(64) - rest)
    room = len(target) - at - 1
    target[at + 1 : at + 1 + len(bits)] |= over[:room]


def _live(parts: Sequence[Segment], shifts: Sequence[int], size: int) -> U64:
    live = np.zeros((size + 63) // 64, np.uint64)
    for part, shift in zip(parts, shifts, strict=True):
        _or_shifted(live, part.live, shift)
    return live


def _runs(parts: Sequence[Segment], shifts: Sequence[int]) -> Runs:
    id_begin = np.concatenate(
        [part.runs.id_begin.astype(np.int64) + s for part, s in zip(parts, shifts, strict=True)]
    )
    id_value: I64 = np.concatenate([part.runs.id_value for part in parts])
    at_begin = np.concatenate(
        [part.runs.at_begin.astype(np.int64) + s for part, s in zip(parts, shifts, strict=True)]
    )
    at_value: F64 = np.concatenate([part.runs.at_value for part in parts])
    breaks = np.ones(len(id_begin), np.bool_)
    breaks[1:] = np.diff(id_value) != np.diff(id_begin)
    changes = np.ones(len(at_begin), np.bool_)
    changes[1:] = at_value[1:] != at_value[:-1]
    return Runs(
        id_begin[breaks].astype(np.uint32),
        id_value[breaks],
        at_begin[changes].astype(np.uint32),
        at_value[changes],
    )
