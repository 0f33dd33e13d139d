"""The same answers by whole columns: until the kernels are loaded, and where they never are.

Everything is done with NumPy on the lists and bitmaps that the kernels read, with the same whole
numbers for scores, so nobody can tell the answers apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from workbench.memory.postings.arrays import I64, U64, Flags
from workbench.memory.postings.heap import ORDINAL_BITS
from workbench.memory.postings.merging import alive_of
from workbench.memory.postings.segment import BITMAP, LIST, Segment, bitmap, members
from workbench.memory.postings.tail import Tail

_FLAGGED = 0x7FFFFFFF
#: Words of bitmaps that are added up at a time, the newest first.
_STRETCH = 2048


@dataclass(frozen=True, slots=True)
class Holders:
    """The facts that hold one term: ascending ordinals, or the bits of a bitmap."""

    listed: I64
    bits: U64 | None = None

    def among(self, ordinals: I64) -> Flags:
        """Which of these ordinals are here."""
        if self.bits is not None:
            return alive_of(self.bits, ordinals)
        if not len(self.listed):
            return np.zeros(len(ordinals), np.bool_)
        at = np.minimum(np.searchsorted(self.listed, ordinals), len(self.listed) - 1)
        held: Flags = self.listed[at] == ordinals
        return held

    def __len__(self) -> int:
        if self.bits is None:
            return len(self.listed)
        return int(np.bitwise_count(self.bits).sum())


_NOBODY = Holders(np.zeros(0, np.int64))


def holders(part: Segment, term: np.uint64) -> Holders:
    """Who holds a term in a segment."""
    at = int(np.searchsorted(part.keys, term))
    if at == len(part.keys) or part.keys[at] != term:
        return _NOBODY
    head = int(part.pool[at])
    if not head & LIST:
        return Holders(np.array([head]))
    begin = (head & _FLAGGED) + 1
    length = int(part.pool[begin - 1])
    if length & BITMAP:
        return Holders(_NOBODY.listed, part.bitmaps[length & _FLAGGED])
    return Holders(part.pool[begin : begin + length].astype(np.int64))


def tail_holders(tail: Tail, size: int, term: np.uint64) -> Holders:
    """Who holds a term among the first `size` facts of the tail."""
    used = int(tail.starts[size])
    found = np.flatnonzero(tail.entries[:used] == term)
    return Holders(tail.owner[found].astype(np.int64))


def top(
    held: Sequence[Holders],
    live: U64,
    base: int,
    weights: Sequence[int],
    groups: Sequence[int],
    best: I64,
    limit: int,
) -> I64:
    """The `limit` best keys (score above ordinal, ascending) of `best` and what is here."""
    listed = [each.listed for each in held if each.bits is None and len(each.listed)]
    known = np.unique(np.concatenate(listed)) if listed else _NOBODY.listed
    if len(known):
        score = np.zeros(len(known), np.int64)
        for group in set(groups):
            most = np.zeros(len(known), np.int64)
            for each, weight, of in zip(held, weights, groups, strict=True):
                if of == group and weight > 0:
                    np.maximum(most, np.where(each.among(known), weight, 0), out=most)
            score += most
        score[~alive_of(live, known)] = 0
        best = _better(best, score, base + known, limit)
    packed = [
        (each.bits, weight, group)
        for each, weight, group in zip(held, weights, groups, strict=True)
        if each.bits is not None and weight > 0
    ]
    bound = sum(max(w for _, w, g in packed if g == group) for group in {g for _, _, g in packed})
    end = len(live)
    while packed and end > 0:
        key = (bound << ORDINAL_BITS) + base + end * 64 - 1
        if len(best) == limit and key <= best[0]:
            break
        begin = max(0, end - _STRETCH)
        score = np.zeros((end - begin) * 64, np.int64)
        for group in {g for _, _, g in packed}:
            most = np.zeros(len(score), np.int64)
            for bits, weight, of in packed:
                if of == group:
                    there = _unpacked(bits[begin:end] & live[begin:end])
                    np.maximum(most, there * np.int64(weight), out=most)
            score += most
        inside = known[(known >= begin * 64) & (known < end * 64)]
        score[inside - begin * 64] = 0
        some = np.flatnonzero(score)
        best = _better(best, score[some], base + begin * 64 + some, limit)
        end = begin
    return best


def meet(held: Sequence[Sequence[Holders]], live: U64, base: int, limit: int) -> I64:
    """The newest ordinals (plus `base`) that hold a term of every group, newest first."""
    sizes = [sum(map(len, group)) for group in held]
    if not all(sizes):
        return _NOBODY.listed
    lead = int(np.argmin(sizes))
    if any(each.bits is not None for each in held[lead]):
        bits = live
        for group in held:
            some = np.zeros(len(live), np.uint64)
            for each in group:
                some |= bitmap(each.listed, len(live) * 64) if each.bits is None else each.bits
            bits = bits & some
        found = members(bits)
    else:
        found = np.unique(np.concatenate([each.listed for each in held[lead]]))
        for i, group in enumerate(held):
            if i != lead:
                there = np.zeros(len(found), np.bool_)
                for each in group:
                    there |= each.among(found)
                found = found[there]
        found = found[alive_of(live, found)]
    return base + found[::-1][:limit]


def _better(best: I64, score: I64, ordinals: I64, limit: int) -> I64:
    keys = ((score << ORDINAL_BITS) + ordinals)[score > 0]
    if len(keys) > limit:
        keys = np.partition(keys, -limit)[-limit:]
    return np.sort(np.concatenate([best, keys]))[-limit:]


def _unpacked(bits: U64) -> I64:
    return np.unpackbits(bits.view(np.uint8), bitorder="little").astype(np.int64)
