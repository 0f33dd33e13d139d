"""How near the words of a question stand to windows: 1 inside, less the farther away.

A word counts by how near to the window it stands in what is read in one go, not only by standing in
it, because running text names its people once and then says “he”; names fade more slowly still
(measured in `spec/untitled.md`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from workbench import kernels
from workbench.memory.lexicon import Snapshot
from workbench.memory.segment import Ordinals
from workbench.recall.kernel_set import RECALL_KERNELS
from workbench.recall.ordinal_sets import address, from_on, i32
from workbench.recall.question import Term

Floats = NDArray[np.float32]
I64 = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Fading:
    """What a word counts at a distance.

    Within each number of sentences of `reach`, and anywhere in the same flow, it counts the number
    of `common` in its place, a name that of `names`. Other forms of the word count by `stems`,
    other words that say nearly the same by `like`, those in like company by `akin`, and for the
    ranking alone.
    """

    reach: tuple[int, ...]
    common: tuple[float, ...]
    names: tuple[float, ...]
    stems: float
    like: float
    akin: float


@dataclass(frozen=True, slots=True)
class _List:
    """Where one of a term's words stands, and what it counts there.

    What stands at a distance counts `near` of that for the ranking and `meets` of it with all forms
    alike; what stands inside, counts `inside`.
    """

    ordinals: Ordinals
    near: float
    meets: float = 0.0
    inside: float = 0.0


def nearness(
    snapshot: Snapshot, terms: Sequence[Term], starts: Ordinals, ends: Ordinals, fading: Fading
) -> tuple[Floats, Floats, Floats]:
    """How near each term stands to each window `[starts, ends)`, ascending: (terms, windows) each.

    First for the ranking, where exact forms count most; then with all forms alike; then only what
    stands inside.
    """
    near = np.zeros((len(terms), len(starts)), np.float32)
    meets, inside = np.zeros_like(near), np.zeros_like(near)
    lists = [(i, each) for i, term in enumerate(terms) for each in _lists(term, fading)]
    values = (
        _by_distance(fading.reach, fading.common),
        _by_distance(fading.reach, fading.names),
    )
    flows = snapshot.columns["flow_start"]
    if kernels.ready(RECALL_KERNELS):
        if lists and len(starts):
            held = [each.ordinals for _, each in lists]
            _walk(
                np.array([address(each) for each in held], np.int64),
                np.array([len(each) for each in held], np.int64),
                np.array([i for i, _ in lists], np.int64),
                np.array([terms[i].name for i, _ in lists], np.int64),
                np.array([(each.near, each.meets, each.inside) for _, each in lists], np.float32),
                address(flows), len(flows), address(starts), address(ends), len(starts),
                np.stack(values), near, meets, inside,
            )  # fmt: skip
        return near, meets, inside
    counts = np.empty(len(starts), np.float32)
    for i, each in lists:
        _by_search(each.ordinals, flows, starts, ends, values[terms[i].name], counts)
        held_inside = np.float32(each.inside) * (counts >= 1.0)
        np.maximum(near[i], np.float32(each.near) * counts, out=near[i])
        np.maximum(meets[i], np.float32(each.meets) * counts, out=meets[i])
        np.maximum(inside[i], held_inside, out=inside[i])
    return near, meets, inside


def _lists(term: Term, fading: Fading) -> Iterator[_List]:
    """The lists of a term that hold anything."""
    if len(term.ordinals):
        alike = len(term.exact) == len(term.ordinals)
        yield _List(term.ordinals, 1.0 if alike else fading.stems, 1.0, 1.0)
        if len(term.exact) and not alike:
            yield _List(term.exact, 1.0)
    if len(term.like):
        share = fading.like * term.likeness
        yield _List(term.like, share, share, share)
    for ordinals, worth in term.akin:
        yield _List(ordinals, fading.akin * worth)


def _by_search(
    ordinals: Ordinals,
    flows: Ordinals,
    starts: Ordinals,
    ends: Ordinals,
    values: Floats,
    out: Floats,
) -> None:
    """What one of these sentences counts at most for each window: as `_walk`, for NumPy."""
    at = ordinals.searchsorted(starts)
    # Sentences farther away than any step count alike, and what stands in another flow nothing.
    beyond, far = np.int32(len(values) - 2), np.int32(len(values) - 1)
    right = ordinals.take(at, mode="clip")
    left = ordinals.take(at - 1, mode="clip")
    flow = flows[starts]
    ahead = np.clip(right - ends + np.int32(1), np.int32(0), beyond)
    ahead[(right < starts) | (flows[right] != flow)] = far
    behind = np.minimum(starts - left, beyond)
    behind[(left >= starts) | (flows[left] != flow)] = far
    out[:] = values[np.minimum(ahead, behind)]


@lru_cache(maxsize=8)
def _by_distance(reach: tuple[int, ...], fading: tuple[float, ...]) -> Floats:
    """What a term counts at each distance, then at any greater one, then in another flow."""
    steps = np.searchsorted(np.array(reach), np.arange(reach[-1] + 2))
    return np.array([*(fading[step] for step in steps), 0.0], np.float32)


@kernels.kernel
def _walk(
    places: I64, counts: I64, of: I64, named: I64, shares: Floats,
    flows: int, size: int, starts: int, ends: int, windows: int,
    values: Floats, near: Floats, meets: Floats, inside: Floats,
) -> None:  # fmt: skip
    """All lists over all windows, flow by flow: most flows hold nothing of a list."""
    flow = i32(flows, size)
    starts_, ends_ = i32(starts, windows), i32(ends, windows)
    # The windows of each flow, and where it begins; at the end what is beyond all.
    firsts, begins = np.empty(windows + 1, np.int32), np.empty(windows + 1, np.int32)
    number = 0
    for i in range(windows):
        begin = flow[starts_[i]]
        if i == 0 or begin != begins[number - 1]:
            firsts[number], begins[number] = i, begin
            number += 1
    firsts[number], begins[number] = windows, size
    beyond, far = values.shape[1] - 2, values.shape[1] - 1
    for k in range(len(places)):
        count = counts[k]
        held = i32(places[k], count)
        term, name = of[k], named[k]
        for_near, for_meets, for_inside = shares[k, 0], shares[k, 1], shares[k, 2]
        at = 0
        for group in range(number):
            begin, beyond_it = begins[group], begins[group + 1]
            at = from_on(held, at, begin)
            if at == count:
                break
            if held[at] >= beyond_it or flow[held[at]] != begin:
                continue
            earliest = at
            for i in range(firsts[group], firsts[group + 1]):
                start = starts_[i]
                at = from_on(held, at, start)
                nearest = far
                if at < count and flow[held[at]] == begin:
                    nearest = min(max(held[at] - ends_[i] + 1, 0), beyond)
                if at > earliest:
                    nearest = min(nearest, start - held[at - 1], beyond)
                value = values[name, nearest]
                near[term, i] = max(near[term, i], for_near * value)
                if for_meets > 0:
                    meets[term, i] = max(meets[term, i], for_meets * value)
                    if value >= 1:
                        inside[term, i] = max(inside[term, i], for_inside)


@kernels.warm_up
def _warm() -> None:
    some, one, number = np.zeros(1, np.int32), np.zeros(1, np.int64), np.zeros((2, 2), np.float32)
    at = address(some)
    places = np.array([at], np.int64)
    _walk(
        places, one + 1, one, one, np.zeros((1, 3), np.float32),
        at, 1, at, at, 1, number, number, number, number,
    )  # fmt: skip
