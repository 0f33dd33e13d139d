"""Looking through postings: which facts hold a term of every group, and which hold the best.

A fact scores the weight of its best term in each group, added up; scores are whole numbers, so ties
are exact, and of two facts with one score the newer one wins. What few hold is scored first; facts
that hold but frequent terms are then met from the newest on, until no older one can win.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from workbench.arrays import I64, Flags
from workbench.memory.segment import Ordinals

#: A key of what is best so far: the score above the ordinal.
ORDINAL_BITS = 32
NEWEST = 0xFFFFFFFF
NOBODY: Ordinals = np.zeros(0, np.int32)
#: What no more facts hold is rare.
_RARE = 4096
#: Facts that are looked through first, the newest; then four times as many, and so on.
_STRETCH, _FARTHER = 4096, 4


class Held(NamedTuple):
    """Who holds a term, what it weighs, and which group it is of."""

    ordinals: Ordinals
    weight: int
    group: int


def top(held: Sequence[Held], span: range, live: Flags, best: I64, limit: int) -> I64:
    """The `limit` best keys (score above ordinal, ascending) of `best` and the facts of a span.

    `live` says of every ordinal whether it counts.
    """
    # The heaviest terms come last, so that of a group they count.
    terms = sorted((each for each in held if each.weight > 0 and len(each.ordinals)),
                   key=lambda each: each.weight)  # fmt: skip
    known = distinct([each.ordinals for each in terms if len(each.ordinals) <= _RARE])
    if len(known):
        best = _better(best, known, _scores(terms, known) * live[known], limit)
    terms = [each for each in terms if len(each.ordinals) > _RARE]
    most = sum({each.group: each.weight for each in terms}.values())
    end, step = span.stop, _STRETCH
    while terms and end > span.start:
        if len(best) == limit and (most << ORDINAL_BITS) + end - 1 <= best[0]:
            break
        begin = max(span.start, end - step)
        scores = np.zeros(end - begin, np.int64)
        for group in {each.group for each in terms}:
            own = np.zeros(end - begin, np.int64)
            for each in terms:
                if each.group == group:
                    own[_between(each.ordinals, begin, end) - begin] = each.weight
            scores += own
        scores[_between(known, begin, end) - begin] = 0
        scores *= live[begin:end]
        found = np.flatnonzero(scores)
        best = _better(best, found + begin, scores[found], limit)
        end, step = begin, step * _FARTHER
    return best


def meet(groups: Sequence[Sequence[Ordinals]], span: range, live: Flags, limit: int) -> Ordinals:
    """The newest facts of a span that hold a term of every group, newest first.

    All of them where `limit` is negative.
    """
    held = [[each for each in group if len(each)] for group in groups]
    found: list[Ordinals] = []
    end, step = span.stop, len(span) if limit < 0 else _STRETCH
    while end > span.start and all(held) and limit:
        begin = max(span.start, end - step)
        parts = [[_between(each, begin, end) for each in group] for group in held]
        parts.sort(key=lambda group: sum(map(len, group)))
        some = distinct(parts[0])
        for group in parts[1:]:
            some = some[np.logical_or.reduce([among(some, each) for each in group])]
        some = some[live[some]][::-1]
        found.append(some if limit < 0 else some[:limit])
        limit -= len(found[-1]) if limit > 0 else 0
        end, step = begin, step * _FARTHER
    return np.concatenate([NOBODY, *found])


def among(ordinals: Ordinals, held: Ordinals) -> Flags:
    """Which of these ordinals are held; both ascend."""
    there = np.zeros(len(ordinals), np.bool_)
    if len(held) < len(ordinals):
        at = np.minimum(ordinals.searchsorted(held), len(ordinals) - 1)
        there[at[ordinals[at] == held]] = True
    elif len(held):
        there[:] = held[np.minimum(held.searchsorted(ordinals), len(held) - 1)] == ordinals
    return there


def distinct(lists: Sequence[Ordinals]) -> Ordinals:
    """The different ordinals of ascending lists, ascending."""
    if len(lists) == 1:
        return lists[0]
    found = np.sort(np.concatenate([NOBODY, *lists]), kind="stable")
    fresh = np.ones(len(found), np.bool_)
    fresh[1:] = found[1:] != found[:-1]
    return found[fresh]


def _between(ordinals: Ordinals, begin: int, end: int) -> Ordinals:
    # Of the same type: otherwise NumPy would convert them all.
    first, last = ordinals.searchsorted(np.array((begin, end), np.int32)).tolist()
    return ordinals[first:last]


def _scores(terms: Sequence[Held], ordinals: Ordinals) -> I64:
    """What each of these facts scores; the heaviest terms come last."""
    most: dict[int, I64] = {}
    for each in terms:
        own = most.setdefault(each.group, np.zeros(len(ordinals), np.int64))
        own[among(ordinals, each.ordinals)] = each.weight
    return sum(most.values(), np.zeros(len(ordinals), np.int64))


def _better(best: I64, ordinals: Ordinals | I64, scores: I64, limit: int) -> I64:
    keys = ((scores << ORDINAL_BITS) + ordinals)[scores > 0]
    if len(keys) > limit:
        keys = np.partition(keys, -limit)[-limit:]
    return np.sort(np.concatenate([best, keys]))[-limit:]
