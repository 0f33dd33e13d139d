"""How near the words of a question stand to windows: 1 inside, less the farther away.

A word counts by how near to the window it stands in what is read in one go, not only by standing in
it, because running text names its people once and then says “he”; names fade more slowly still
(measured in `spec/untitled.md`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from workbench import kernels
from workbench.memory.lexicon import Snapshot
from workbench.memory.segment import Ordinals
from workbench.recall.ascending import address, from_on, i32
from workbench.recall.kernel_set import RECALL_KERNELS
from workbench.recall.question import Term

Floats = NDArray[np.float32]
#: Sentences, what each distance counts, and where the windows' counts go.
_Count = Callable[[Ordinals, Floats, Floats], None]


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


def nearness(
    snapshot: Snapshot, terms: Sequence[Term], starts: Ordinals, ends: Ordinals, fading: Fading
) -> tuple[Floats, Floats, Floats]:
    """How near each term stands to each window `[starts, ends)`, ascending: (terms, windows) each.

    First for the ranking, where exact forms count most; then with all forms alike; then only what
    stands inside.
    """
    near = np.zeros((len(terms), len(starts)), np.float32)
    meets, inside = np.zeros_like(near), np.zeros_like(near)
    count = _counter(snapshot.columns["flow_start"], starts, ends)
    for i, term in enumerate(terms):
        values = _by_distance(fading.reach, fading.names if term.name else fading.common)
        _term(term, count, values, fading, (near[i], meets[i], inside[i]))
    return near, meets, inside


def _term(
    term: Term, count: _Count, values: Floats, fading: Fading, out: tuple[Floats, Floats, Floats]
) -> None:
    near, kin, inside = out
    count(term.ordinals, values, kin)
    np.greater_equal(kin, 1.0, out=inside, casting="unsafe")
    if len(term.exact) == len(term.ordinals):
        near[:] = kin
    else:
        np.multiply(kin, np.float32(fading.stems), out=near)
        if len(term.exact):
            exact = np.empty_like(near)
            count(term.exact, values, exact)
            np.maximum(near, exact, out=near)
    if len(term.like):
        like = np.empty_like(near)
        count(term.like, values, like)
        share = np.float32(fading.like * term.likeness)
        np.maximum(inside, share * (like >= 1.0), out=inside)
        like *= share
        np.maximum(near, like, out=near)
        np.maximum(kin, like, out=kin)
    if term.akin:
        akin = np.empty_like(near)
        for ordinals, worth in term.akin:
            count(ordinals, values, akin)
            akin *= np.float32(fading.akin * worth)
            np.maximum(near, akin, out=near)


def _counter(flows: Ordinals, starts: Ordinals, ends: Ordinals) -> _Count:
    """What tells what one of some ascending sentences counts at most for each window."""
    compiled = kernels.ready(RECALL_KERNELS)
    if compiled:
        # Looked up once: for every term that would take as long as a walk over few windows.
        where = address(flows), len(flows), address(starts), address(ends), len(starts)

    def count(ordinals: Ordinals, values: Floats, out: Floats) -> None:
        if not len(ordinals):
            out[:] = 0
        elif compiled:
            _walk(address(ordinals), len(ordinals), *where, values, out)
        else:
            _by_search(ordinals, flows, starts, ends, values, out)

    return count


def _by_search(
    ordinals: Ordinals,
    flows: Ordinals,
    starts: Ordinals,
    ends: Ordinals,
    values: Floats,
    out: Floats,
) -> None:
    """The same as `_walk`, for NumPy."""
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
    ordinals: int, count: int, flows: int, size: int, starts: int, ends: int, windows: int,
    values: Floats, out: Floats,
) -> None:  # fmt: skip
    held, flow = i32(ordinals, count), i32(flows, size)
    starts_, ends_ = i32(starts, windows), i32(ends, windows)
    beyond, far = len(values) - 2, len(values) - 1
    at = 0
    for i in range(windows):
        start = starts_[i]
        at = from_on(held, at, start)
        nearest = far
        if at < count and flow[held[at]] == flow[start]:
            nearest = min(max(held[at] - ends_[i] + 1, 0), beyond)
        if at > 0 and start - held[at - 1] < nearest and flow[held[at - 1]] == flow[start]:
            nearest = start - held[at - 1]
        elif at > 0 and nearest == far and flow[held[at - 1]] == flow[start]:
            nearest = beyond
        out[i] = values[nearest]


@kernels.warm_up
def _warm() -> None:
    some, number = np.zeros(1, np.int32), np.zeros(2, np.float32)
    at = address(some)
    _walk(at, 1, at, 1, at, at, 1, number, number)
