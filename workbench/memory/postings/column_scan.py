"""Looking through a segment by whole columns: which facts hold all terms, and which hold the best.

A fact scores the weight of its best term in each group, added up; scores are whole numbers, so ties
are exact, and of two facts with one score the newer one wins. Facts that only bitmaps hold are met
from the newest on, and only sets of terms that can still win are intersected, so two common terms
that never meet cost one pass over two bitmaps (after MaxScore: Turtle and Flood 1995).
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from workbench.memory.postings.arrays import I64, U64, Flags
from workbench.memory.postings.merging import alive_of
from workbench.memory.postings.segment import BITMAP, LIST, Segment, bitmap, members

#: A key of what is best so far: the score above the ordinal.
ORDINAL_BITS = 32
NEWEST = 0xFFFFFFFF
_FLAGGED = 0x7FFFFFFF
#: Words of bitmaps that are looked through first, the newest; then four times as many, and so on.
_STRETCH = 4
#: Terms with bitmaps whose sets are looked at one by one; the others only bound what is left.
_SETS = 6


@dataclass(frozen=True, slots=True)
class Holders:
    """The `size` facts that hold one term: ascending ordinals, or the bits of a bitmap."""

    size: int
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
        return self.size


_NOBODY = Holders(0, np.zeros(0, np.int64))


def listed(ordinals: Sequence[int]) -> Holders:
    """These facts, ascending."""
    return Holders(len(ordinals), np.array(ordinals, np.int64)) if ordinals else _NOBODY


def holders(part: Segment, terms: U64) -> list[Holders]:
    """Who holds each term in a segment; most terms are in few segments."""
    found = [_NOBODY] * len(terms)
    if len(part.keys):
        places = np.minimum(np.searchsorted(part.keys, terms), len(part.keys) - 1)
        for at in np.flatnonzero(part.keys[places] == terms).tolist():
            found[at] = _holders_at(part, int(places[at]))
    return found


def _holders_at(part: Segment, place: int) -> Holders:
    head = int(part.pool[place])
    if not head & LIST:
        return Holders(1, np.array([head]))
    begin = (head & _FLAGGED) + 1
    length = int(part.pool[begin - 1])
    if length & BITMAP:
        return Holders(int(part.pool[begin]), _NOBODY.listed, part.bitmaps[length & _FLAGGED])
    return Holders(length, part.pool[begin : begin + length].astype(np.int64))


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
    terms = sorted(
        (
            (each, weight, group)
            for each, weight, group in zip(held, weights, groups, strict=True)
            if weight > 0 and (each.bits is not None or len(each.listed))
        ),
        key=lambda each: each[1],
    )
    known = _listed([each.listed for each, _, _ in terms if each.bits is None], len(live) * 64)
    if len(known):
        score = _scores(terms, known)
        score[~alive_of(live, known)] = 0
        best = _better(best, score, base + known, limit)
    dense = [each for each in terms if each[0].bits is not None]
    packed = [
        (each.bits, weight, group)
        for each, weight, group in reversed(terms)
        if each.bits is not None
    ]
    end, step, least = len(live), _STRETCH, -2
    sets: list[tuple[int, ...]] = []
    while packed and end > 0:
        bar = int(best[0]) if len(best) == limit else -1
        begin = max(0, end - step)
        if bar != least:
            least, sets = bar, _winning(packed, bar, base + end * 64 - 1)
        if not sets:
            break
        mask = np.zeros(end - begin, np.uint64)
        for chosen in sets:
            both = live[begin:end]
            for at in chosen:
                both = both & packed[at][0][begin:end]
            mask |= both
        inside = known[(known >= begin * 64) & (known < end * 64)] - begin * 64
        docs = members(mask & ~bitmap(inside, (end - begin) * 64)) + begin * 64
        best = _better(best, _scores(dense, docs), base + docs, limit)
        end, step = begin, step * 4
    return best


def distinct(numbers: I64) -> I64:
    """The different ones of these numbers, ascending.

    `np.unique` does that, too, but loads masked arrays first: a tenth of what a command takes.
    """
    found = np.sort(numbers)
    fresh = np.ones(len(found), np.bool_)
    fresh[1:] = found[1:] != found[:-1]
    return found[fresh]


def _listed(lists: Sequence[I64], size: int) -> I64:
    """All ordinals below `size` that stand in a list, ascending."""
    if not lists:
        return _NOBODY.listed
    together = np.concatenate(lists)
    if len(together) * 16 < size:
        return distinct(together)
    flags = np.zeros(size, np.bool_)
    flags[together] = True
    return np.flatnonzero(flags)


def _scores(terms: Sequence[tuple[Holders, int, int]], ordinals: I64) -> I64:
    """What each of these ordinals, among which all listed ones are, scores.

    The heaviest terms come last, so that of a group they count.
    """
    most: dict[int, I64] = {}
    for each, weight, group in terms:
        own = most.setdefault(group, np.zeros(len(ordinals), np.int64))
        if each.bits is None:
            own[np.searchsorted(ordinals, each.listed)] = weight
        else:
            own[alive_of(each.bits, ordinals)] = weight
    return sum(most.values(), np.zeros(len(ordinals), np.int64))


def _winning(
    packed: Sequence[tuple[U64, int, int]], bar: int, newest: int
) -> list[tuple[int, ...]]:
    """The smallest sets of bitmaps, heaviest first, whose facts up to `newest` exceed the bar."""
    heavy = range(min(len(packed), _SETS))
    rest = sum(weight for _, weight, _ in packed[len(heavy) :])
    sets: list[tuple[int, ...]] = []
    for many in range(1, len(heavy) + 1):
        for chosen in itertools.combinations(heavy, many):
            best: dict[int, int] = {}
            for at in chosen:
                _, weight, group = packed[at]
                best[group] = max(best.get(group, 0), weight)
            wins = ((sum(best.values()) + rest) << ORDINAL_BITS) + newest > bar
            if wins and not any(set(fewer) <= set(chosen) for fewer in sets):
                sets.append(chosen)
    if (rest << ORDINAL_BITS) + newest > bar:
        sets += [(at,) for at in range(len(heavy), len(packed))]
    return sets


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
        found = distinct(np.concatenate([each.listed for each in held[lead]]))
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
    return np.sort(np.concatenate([best, keys]) if len(best) else keys)[-limit:]
