"""Reading the index as it is at one moment: by kernels where they are ready, else by columns."""

import itertools
import threading
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from workbench import kernels
from workbench.memory.facts.kernel_set import FACT_KERNELS
from workbench.memory.postings import (
    column_scan,
    intersection,
    lookup,
    recent_postings,
    scoring,
    weighing,
)
from workbench.memory.postings.arrays import F64, I64, U8, U64, Flags
from workbench.memory.postings.heap import NEWEST, ORDINAL_BITS
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


class _Scratch(threading.local):
    """Zeroed arrays of one thread, left zeroed by whoever uses them."""

    def __init__(self) -> None:
        self.score = np.zeros(scoring.WINDOW, np.int64)
        self.seen = np.zeros(scoring.WINDOW, np.uint64)
        self.touched = np.zeros(scoring.WINDOW // 64, np.uint64)


_scratch = _Scratch()


def ordinals_of(state: State, ids: I64) -> I64:
    """The ordinals of facts that can be found; -1 for others."""
    found = np.full(len(ids), -1, np.int64)
    if ready():
        own = state.tail
        lookup.ordinals_of.run(
            ids, state.begins, state.values, state.base, own.ids, own.live, state.size, found
        )
        for part in state.segments:
            lookup.drop_dead.run(part.live, part.first, part.end, found)
        return found
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
    if ready():
        ids = np.empty(len(ordinals), np.int64)
        lookup.ids_of.run(ordinals, state.begins, state.values, state.base, state.tail.ids, ids)
        return ids
    own = ordinals >= state.base
    ids = np.empty(len(ordinals), np.int64)
    ids[own] = state.tail.ids[ordinals[own] - state.base]
    run = np.searchsorted(state.begins, ordinals[~own], side="right") - 1
    ids[~own] = state.values[run] + ordinals[~own] - state.begins[run]
    return ids


def within(state: State, ids: I64) -> Within:
    """The bits of some facts, as `top` and `meet` take them."""
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
    return _places(state, terms)[1] if ready() else _counted(state, terms)


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
    sought = _sought(state, terms)
    found = weighing.weights(sought.frequency, groups, levels, total)
    return _top(state, sought, found, groups, limit, only)


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
    sought = _sought(state, terms)
    total, *frequency = sought.frequency
    found = weighing.weights(frequency, groups, levels, total) if total else []
    heaviest: dict[int, int] = {}
    for group, weight in zip(groups, found, strict=False):
        if weight > heaviest.get(group, 0):
            heaviest[group] = weight
    if not heaviest:
        return (NOTHING, NOTHING), 0, 0
    # What all facts hold weighs nothing.
    chosen = _top(state, sought, [0, *found], [groups[0], *groups], limit, only)
    return chosen, len(heaviest), sum(heaviest.values())


class _Sought(NamedTuple):
    """Terms as they stand in the index: by kernels their `places`, else who `held` them."""

    terms: U64
    frequency: list[int]
    places: I64 | None
    held: list[list[column_scan.Holders]]


def _sought(state: State, terms: U64) -> _Sought:
    if ready():
        places, numbers = _places(state, terms)
        return _Sought(terms, numbers.tolist(), places, [])
    held, numbers = _holders(state, terms)
    return _Sought(terms, numbers.tolist(), None, held)


def _top(
    state: State,
    sought: _Sought,
    found: Sequence[int],
    groups: Sequence[int],
    limit: int,
    only: Within | None,
) -> tuple[I64, I64]:
    """The best facts for terms of these weights."""
    chosen = weighing.heaviest(found)
    if not chosen:
        return NOTHING, NOTHING
    if sought.places is None:
        return _top_cold(state, sought, found, groups, limit, only)
    places, terms = sought.places, sought.terms
    if len(chosen) < len(terms):
        # `places[:, chosen]` would be laid out the other way, for which kernels are not made.
        places, terms = places.take(chosen, axis=1), terms.take(chosen)
    numbers: dict[int, int] = {}
    counted = [(found[at], numbers.setdefault(groups[at], len(numbers))) for at in chosen]
    weights, of = np.array(counted, np.int64).T.copy()
    heap, count = np.empty(limit, np.int64), 0
    segments, last = state.segments, len(state.segments)
    if state.size:
        own = state.tail
        flags = own.live if only is None else own.live & only.flags
        count = recent_postings.top.run(
            own.heads, own.entries, own.owner, own.older, own.starts, flags, state.size,
            state.base, places[last], terms, weights, of, heap, count,
        )  # fmt: skip
    for at in range(last - 1, -1, -1):
        part = segments[at]
        bits = part.live if only is None else part.live & only.bits[at]
        count = scoring.top.run(
            part.pool, part.bitmaps, bits, part.first, places[at], weights, of, heap, count,
            _scratch.score, _scratch.seen, _scratch.touched,
        )  # fmt: skip
    winners = heap[:count][::-1]
    return winners & NEWEST, winners >> ORDINAL_BITS


def _top_cold(
    state: State,
    sought: _Sought,
    found: Sequence[int],
    groups: Sequence[int],
    limit: int,
    only: Within | None,
) -> tuple[I64, I64]:
    chosen = weighing.heaviest(found)
    weights, of = [found[at] for at in chosen], [groups[at] for at in chosen]
    winners = NOTHING
    for at in range(len(state.segments), -1, -1):
        live, base = _live(state, at, only)
        held = [sought.held[at][i] for i in chosen]
        winners = column_scan.top(held, live, base, weights, of, winners, limit)
    return winners[::-1] & NEWEST, winners[::-1] >> ORDINAL_BITS


def meet(state: State, terms: U64, starts: I64, limit: int, only: Within | None = None) -> I64:
    """The newest ordinals with a term of every group, newest first; all for a `limit` of -1.

    The terms of group g are `terms[starts[g]:starts[g + 1]]`.
    """
    if not ready():
        return _meet(state, terms, starts, limit, only)
    places, frequency = _places(state, terms)
    least = min(np.add.reduceat(frequency, starts[:-1]).tolist())
    limit = least if limit < 0 else min(limit, least)
    if not limit:
        return NOTHING
    found, held = np.empty(limit, np.int64), 0
    own, last = state.tail, len(state.segments)
    if state.size:
        live = own.live if only is None else own.live & only.flags
        held = recent_postings.meet.run(
            own.heads, own.frequency, own.entries, own.owner, own.older, own.starts, live,
            state.size, state.base, places[last], terms, starts, found, held,
        )  # fmt: skip
    for at in range(last - 1, -1, -1):
        if held == limit:
            break
        part = state.segments[at]
        bits = part.live if only is None else part.live & only.bits[at]
        held = intersection.meet.run(
            part.pool, part.bitmaps, bits, part.first, places[at], starts, found, held
        )
    return found[:held]


def _meet(state: State, terms: U64, starts: I64, limit: int, only: Within | None) -> I64:
    held, _ = _holders(state, terms)
    limit = state.base + state.size if limit < 0 else limit
    found: list[I64] = []
    for at in range(len(state.segments), -1, -1):
        live, base = _live(state, at, only)
        groups = [held[at][begin:end] for begin, end in itertools.pairwise(starts.tolist())]
        found.append(column_scan.meet(groups, live, base, limit - sum(map(len, found))))
    return np.concatenate(found)


def holding(state: State, ordinals: I64, term: np.uint64) -> Flags:
    """Which of these facts hold a term; an ordinal of -1 is none."""
    held = np.zeros(len(ordinals), np.uint8)
    for part in state.segments:
        if ready():
            lookup.hold.run(part.core, part.first, part.end, term, ordinals, held)
            continue
        mine = np.flatnonzero((ordinals >= part.first) & (ordinals < part.end))
        if len(mine):
            held[mine] = column_scan.holders(part, term).among(ordinals[mine] - part.first)
    for at in np.flatnonzero(ordinals >= state.base).tolist():
        fact = int(ordinals[at]) - state.base
        begin, end = int(state.tail.starts[fact]), int(state.tail.starts[fact + 1])
        held[at] = (state.tail.entries[begin:end] == term).any()
    return held > 0


def at_of(state: State, ordinals: I64) -> F64:
    """Since when facts hold, seconds since 1970; not a number for an ordinal of -1."""
    found = np.full(len(ordinals), np.nan)
    for part in state.segments:
        if ready():
            begins, values = part.runs.at_begin, part.runs.at_value
            lookup.times_of.run(begins, values, part.first, part.end, ordinals, found)
            continue
        mine = (ordinals >= part.first) & (ordinals < part.end)
        if mine.any():
            found[mine] = part.at(ordinals[mine] - part.first)
    own = ordinals >= state.base
    found[own] = state.tail.at[ordinals[own] - state.base]
    return found


def ready() -> bool:
    """Whether kernels read; else NumPy does."""
    return kernels.ready(FACT_KERNELS)


def _places(state: State, terms: U64) -> tuple[I64, I64]:
    """Where the terms stand in each segment and, last, in the tail; and their frequencies."""
    places = np.empty((len(state.segments) + 1, len(terms)), np.int64)
    frequency = np.zeros(len(terms), np.int64)
    for at, part in enumerate(state.segments):
        lookup.find.run(part.core, terms, places[at], frequency)
    own = state.tail
    recent_postings.find.run(own.keys, own.frequency, terms, places[len(state.segments)], frequency)
    return places, frequency


def _counted(state: State, terms: U64) -> I64:
    """How many facts hold each term, without saying which."""
    frequency = np.array(
        [len(column_scan.tail_holders(state.tail, state.size, term)) for term in terms]
    )
    return sum(
        (column_scan.counts(part, terms) for part in state.segments), frequency.astype(np.int64)
    )


def _holders(state: State, terms: U64) -> tuple[list[list[column_scan.Holders]], I64]:
    """Who holds the terms in each segment and, last, in the tail; and their frequencies."""
    held = [[column_scan.holders(part, term) for term in terms] for part in state.segments]
    held.append([column_scan.tail_holders(state.tail, state.size, term) for term in terms])
    frequency = np.array([[len(each) for each in part] for part in held]).sum(axis=0)
    return held, frequency


def _live(state: State, at: int, only: Within | None) -> tuple[U64, int]:
    """The facts of a segment, or of the tail behind the last one, and its first ordinal."""
    if at < len(state.segments):
        part = state.segments[at]
        return part.live if only is None else part.live & only.bits[at], part.first
    flags = state.tail.live[: state.size]
    if only is not None:
        flags = flags & only.flags[: state.size]
    return bitmap(np.flatnonzero(flags), state.size), state.base
