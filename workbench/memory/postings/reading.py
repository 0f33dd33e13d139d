"""Reading the index as it is at one moment."""

import itertools
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from workbench.memory.postings import column_scan, recent_postings, weighing
from workbench.memory.postings.arrays import F64, I64, U8, U64, Flags
from workbench.memory.postings.column_scan import NEWEST, ORDINAL_BITS
from workbench.memory.postings.merging import alive_of
from workbench.memory.postings.recent_postings import Tail
from workbench.memory.postings.segment import Segment, bitmap

NOTHING: I64 = np.zeros(0, np.int64)


class State(NamedTuple):
    """The index at one moment: `size` facts are in the tail, the first of ordinal `base`.

    `begins` and `values` are the runs of ids of all segments, by ordinal.
    """

    segments: tuple[Segment, ...]
    tail: Tail
    size: int
    base: int
    begins: I64
    values: I64


class Within(NamedTuple):
    """Bits of some facts: for each segment, and flags for the tail."""

    bits: tuple[U64, ...]
    flags: U8


def ordinals_of(state: State, ids: I64) -> I64:
    """The ordinals of facts that can be found; -1 for others."""
    found = np.full(len(ids), -1, np.int64)
    if len(state.values):
        run = np.searchsorted(state.values, ids, side="right") - 1
        at = np.maximum(run, 0)
        ordinal = state.begins[at] + ids - state.values[at]
        ends = np.append(state.begins[1:], state.base)
        known = (run >= 0) & (ordinal < ends[at])
        found[known] = ordinal[known]
    if state.size:
        tail_ids = state.tail.ids[: state.size]
        at = np.minimum(np.searchsorted(tail_ids, ids), state.size - 1)
        known = tail_ids[at] == ids
        found[known] = state.base + at[known]
    for part in state.segments:
        mine = np.flatnonzero((found >= part.first) & (found < part.end))
        found[mine[~alive_of(part.live, found[mine] - part.first)]] = -1
    mine = np.flatnonzero(found >= state.base)
    found[mine[state.tail.live[found[mine] - state.base] == 0]] = -1
    return found


def ids_of(state: State, ordinals: I64) -> I64:
    """The ids of facts."""
    own = ordinals >= state.base
    ids = np.empty(len(ordinals), np.int64)
    ids[own] = state.tail.ids[ordinals[own] - state.base]
    run = np.searchsorted(state.begins, ordinals[~own], side="right") - 1
    ids[~own] = state.values[run] + ordinals[~own] - state.begins[run]
    return ids


def within(state: State, ids: I64) -> Within:
    """The bits of some facts, as `best` and `meet` take them."""
    ordinals = ordinals_of(state, ids)
    ordinals = ordinals[ordinals >= 0]
    bits = tuple(
        bitmap(ordinals[(ordinals >= part.first) & (ordinals < part.end)] - part.first, part.size)
        for part in state.segments
    )
    flags = np.zeros(len(state.tail.live), np.uint8)
    flags[ordinals[ordinals >= state.base] - state.base] = 1
    return Within(bits, flags)


def frequencies(state: State, terms: U64) -> I64:
    """How many facts hold each term; removed ones count until their terms are taken out."""
    return _holders(state, terms)[1]


def top(
    state: State,
    terms: U64,
    groups: Sequence[int],
    levels: Sequence[float],
    limit: int,
    total: int,
    only: Within | None,
) -> tuple[I64, I64]:
    """The ordinals and scores of the best facts, best first."""
    held, frequency = _holders(state, terms)
    found = weighing.weights(frequency.tolist(), groups, levels, total)
    return _top(state, held, found, groups, limit, only)


def best(
    state: State,
    terms: U64,
    groups: Sequence[int],
    levels: Sequence[float],
    limit: int,
    only: Within | None,
) -> tuple[tuple[I64, I64], int, int]:
    """`top` with the number of facts that hold `terms[0]` as the total; groups are of the others.

    Also: how many groups any fact meets, and the score of one that meets all of them.
    """
    held, frequency = _holders(state, terms)
    total, *rest = frequency.tolist()
    found = weighing.weights(rest, groups, levels, total) if total else []
    heaviest: dict[int, int] = {}
    for group, weight in zip(groups, found, strict=False):
        if weight > heaviest.get(group, 0):
            heaviest[group] = weight
    if not heaviest:
        return (NOTHING, NOTHING), 0, 0
    # What all facts hold weighs nothing.
    chosen = _top(state, held, [0, *found], [groups[0], *groups], limit, only)
    return chosen, len(heaviest), sum(heaviest.values())


def _top(
    state: State,
    held: Sequence[Sequence[column_scan.Holders]],
    found: Sequence[int],
    groups: Sequence[int],
    limit: int,
    only: Within | None,
) -> tuple[I64, I64]:
    """The best facts for terms of these weights."""
    chosen = weighing.heaviest(found)
    if not chosen:
        return NOTHING, NOTHING
    weights, of = [found[at] for at in chosen], [groups[at] for at in chosen]
    winners = NOTHING
    for at in range(len(state.segments), -1, -1):
        holders = [held[at][i] for i in chosen]
        if any(map(len, holders)):
            live, base = _live(state, at, only)
            winners = column_scan.top(holders, live, base, weights, of, winners, limit)
    return winners[::-1] & NEWEST, winners[::-1] >> ORDINAL_BITS


def meet(state: State, terms: U64, starts: I64, limit: int, only: Within | None = None) -> I64:
    """The newest ordinals with a term of every group, newest first; all for a `limit` of -1.

    The terms of group g are `terms[starts[g]:starts[g + 1]]`.
    """
    held, _ = _holders(state, terms)
    limit = state.base + state.size if limit < 0 else limit
    found: list[I64] = []
    for at in range(len(state.segments), -1, -1):
        if limit <= 0:
            break
        groups = [held[at][begin:end] for begin, end in itertools.pairwise(starts.tolist())]
        if not all(any(map(len, group)) for group in groups):
            continue
        live, base = _live(state, at, only)
        found.append(column_scan.meet(groups, live, base, limit))
        limit -= len(found[-1])
    return np.concatenate([NOTHING, *found])


def holding(state: State, ordinals: I64, term: np.uint64) -> Flags:
    """Which of these facts hold a term; an ordinal of -1 is none."""
    held = np.zeros(len(ordinals), np.bool_)
    for part in state.segments:
        mine = np.flatnonzero((ordinals >= part.first) & (ordinals < part.end))
        if len(mine):
            there = column_scan.holders(part, np.array([term], np.uint64))[0]
            held[mine] = there.among(ordinals[mine] - part.first)
    own = recent_postings.holding(state.tail, state.size, int(term))
    if own:
        held |= np.isin(ordinals - state.base, own)
    return held


def at_of(state: State, ordinals: I64) -> F64:
    """Since when facts hold, seconds since 1970; not a number for an ordinal of -1."""
    found = np.full(len(ordinals), np.nan)
    for part in state.segments:
        mine = (ordinals >= part.first) & (ordinals < part.end)
        if mine.any():
            found[mine] = part.at(ordinals[mine] - part.first)
    own = ordinals >= state.base
    found[own] = state.tail.at[ordinals[own] - state.base]
    return found


def _holders(state: State, terms: U64) -> tuple[list[list[column_scan.Holders]], I64]:
    """Who holds the terms in each segment and, last, in the tail; and their frequencies."""
    held = [column_scan.holders(part, terms) for part in state.segments]
    held.append(
        [
            column_scan.listed(recent_postings.holding(state.tail, state.size, term))
            for term in terms.tolist()
        ]
    )
    return held, np.array([sum(map(len, each)) for each in zip(*held, strict=True)], np.int64)


def _live(state: State, at: int, only: Within | None) -> tuple[U64, int]:
    """The facts of a segment, or of the tail behind the last one, and its first ordinal."""
    if at < len(state.segments):
        part = state.segments[at]
        return part.live if only is None else part.live & only.bits[at], part.first
    flags = state.tail.live[: state.size]
    if only is not None:
        flags = flags & only.flags[: state.size]
    return bitmap(np.flatnonzero(flags), state.size), state.base
