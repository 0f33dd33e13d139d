"""Scores and intersects posting lists, newest statements first.

A statement's score is the sum over groups of its best term's weight. Weights are integers, so ties
are exact, and of two equal statements the newer wins. Rare terms weigh more (inverse document
frequency, Spärck Jones 1972): `int(level · ln(1 + total / frequency)) + 1`; related terms have a
lower level and never weigh more than the word itself. Statements with rare terms are scored first;
those with frequent terms only are scanned from the newest, until no older one can win.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from workbench.arrays import I64, Flags
from workbench.memory.segment import Ordinals

#: The level of the word itself.
FULL = 64
#: Bits of the ordinal in a key, below the score.
ORDINAL_BITS = 32
NEWEST = 0xFFFFFFFF
EMPTY: Ordinals = np.zeros(0, np.int32)
#: Maximum terms of one question, the heaviest.
_TERMS = 64
#: Maximum frequency of a rare term.
_RARE = 4096
#: Newest statements that are scanned first, and the factor for the next stretch.
_STRETCH, _FARTHER = 4096, 4


class TermPostings(NamedTuple):
    """The postings, weight and group of a term."""

    ordinals: Ordinals
    weight: int
    group: int


def weights(
    frequencies: Sequence[int], groups: Sequence[int], levels: Sequence[float], total: int
) -> list[int]:
    """The weight of each term; 0 for unused ones, and beyond the heaviest 64."""
    raw = [
        int(level * math.log(1 + total / frequency)) + 1 if frequency and level > 0 else 0
        for frequency, level in zip(frequencies, levels, strict=True)
    ]
    full: dict[int, int] = {}
    for group, level, weight in zip(groups, levels, raw, strict=True):
        if level >= FULL and weight:
            full[group] = max(full.get(group, 0), weight)
    return [
        weight if level >= FULL else min(weight, full.get(group, weight))
        for group, level, weight in zip(groups, levels, raw, strict=True)
    ]


def heaviest(weighed: Sequence[int]) -> list[int]:
    """The indices of the terms that count, at most 64, in order."""
    places = [at for at, weight in enumerate(weighed) if weight]
    if len(places) > _TERMS:
        places = sorted(sorted(places, key=lambda at: (-weighed[at], at))[:_TERMS])
    return places


def top(terms: Sequence[TermPostings], span: range, live: Flags, best: I64, limit: int) -> I64:
    """The `limit` best keys (score above ordinal, ascending) of `best` and a span.

    `live` is a mask of the ordinals that count.
    """
    # In ascending weight, so that of a group the heaviest counts.
    terms = sorted((term for term in terms if term.weight > 0 and len(term.ordinals)),
                   key=lambda term: term.weight)  # fmt: skip
    rare = union([term.ordinals for term in terms if len(term.ordinals) <= _RARE])
    if len(rare):
        best = _better(best, rare, _scores(terms, rare) * live[rare], limit)
    terms = [term for term in terms if len(term.ordinals) > _RARE]
    bound = sum({term.group: term.weight for term in terms}.values())
    end, step = span.stop, _STRETCH
    while terms and end > span.start:
        if len(best) == limit and (bound << ORDINAL_BITS) + end - 1 <= best[0]:
            break
        begin = max(span.start, end - step)
        scores = np.zeros(end - begin, np.int64)
        for group in {term.group for term in terms}:
            highest = np.zeros(end - begin, np.int64)
            for term in terms:
                if term.group == group:
                    highest[_between(term.ordinals, begin, end) - begin] = term.weight
            scores += highest
        scores[_between(rare, begin, end) - begin] = 0
        scores *= live[begin:end]
        ordinals = np.flatnonzero(scores)
        best = _better(best, ordinals + begin, scores[ordinals], limit)
        end, step = begin, step * _FARTHER
    return best


def meet(groups: Sequence[Sequence[Ordinals]], span: range, live: Flags, limit: int) -> Ordinals:
    """The newest statements in a span with a term of every group, newest first; all for -1."""
    lists = [[ordinals for ordinals in group if len(ordinals)] for group in groups]
    results: list[Ordinals] = []
    end, step = span.stop, len(span) if limit < 0 else _STRETCH
    while end > span.start and all(lists) and limit:
        begin = max(span.start, end - step)
        parts = [[_between(ordinals, begin, end) for ordinals in group] for group in lists]
        parts.sort(key=lambda group: sum(map(len, group)))
        common = union(parts[0])
        for group in parts[1:]:
            common = common[
                np.logical_or.reduce([contained_in(common, others) for others in group])
            ]
        common = common[live[common]][::-1]
        results.append(common if limit < 0 else common[:limit])
        limit -= len(results[-1]) if limit > 0 else 0
        end, step = begin, step * _FARTHER
    return np.concatenate([EMPTY, *results])


def contained_in(ordinals: Ordinals, postings: Ordinals) -> Flags:
    """Which ordinals are in the postings: bool[n]; both are ascending."""
    contained = np.zeros(len(ordinals), np.bool_)
    if len(postings) < len(ordinals):
        at = np.minimum(ordinals.searchsorted(postings), len(ordinals) - 1)
        contained[at[ordinals[at] == postings]] = True
    elif len(postings):
        contained[:] = (
            postings[np.minimum(postings.searchsorted(ordinals), len(postings) - 1)] == ordinals
        )
    return contained


def union(lists: Sequence[Ordinals]) -> Ordinals:
    """The sorted union of ascending lists."""
    if len(lists) == 1:
        return lists[0]
    merged = np.sort(np.concatenate([EMPTY, *lists]), kind="stable")
    fresh = np.ones(len(merged), np.bool_)
    fresh[1:] = merged[1:] != merged[:-1]
    return merged[fresh]


def _between(ordinals: Ordinals, begin: int, end: int) -> Ordinals:
    # Of equal type, lest NumPy convert all.
    first, stop = ordinals.searchsorted(np.array((begin, end), np.int32)).tolist()
    return ordinals[first:stop]


def _scores(terms: Sequence[TermPostings], ordinals: Ordinals) -> I64:
    """The scores of statements, int64[n]; terms are in ascending weight."""
    by_group: dict[int, I64] = {}
    for term in terms:
        scores = by_group.setdefault(term.group, np.zeros(len(ordinals), np.int64))
        scores[contained_in(ordinals, term.ordinals)] = term.weight
    return sum(by_group.values(), np.zeros(len(ordinals), np.int64))


def _better(best: I64, ordinals: Ordinals | I64, scores: I64, limit: int) -> I64:
    keys = ((scores << ORDINAL_BITS) + ordinals)[scores > 0]
    if len(keys) > limit:
        keys = np.partition(keys, -limit)[-limit:]
    return np.sort(np.concatenate([best, keys]))[-limit:]
