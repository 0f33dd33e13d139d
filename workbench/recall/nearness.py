"""Proximity of the question's words to a window: 1 inside, less with distance.

A word counts by how near to the window it stands in what is read in one go, not only by standing in
it, because running text names its people once and then says “he”; names fade more slowly still.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from workbench.arrays import F32
from workbench.memory.lexicon import Snapshot
from workbench.memory.segment import Ordinals
from workbench.recall.question import Term


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
) -> tuple[F32, F32, F32]:
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
    flow_of = flows[starts]
    for i, each in lists:
        counts = _counts(each.ordinals, flows, starts, ends, flow_of, values[terms[i].name])
        np.maximum(near[i], np.float32(each.near) * counts, out=near[i])
        if each.meets:
            np.maximum(meets[i], np.float32(each.meets) * counts, out=meets[i])
        if each.inside:
            within = np.float32(each.inside) * (counts >= 1.0)
            np.maximum(inside[i], within, out=inside[i])
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


def _counts(
    ordinals: Ordinals,
    flows: Ordinals,
    starts: Ordinals,
    ends: Ordinals,
    flow: Ordinals,
    values: F32,
) -> F32:
    """What one of these sentences counts at most for each window."""
    # Sentences farther away than any step count alike, and what stands in another flow nothing.
    beyond, far = np.int32(len(values) - 2), np.int32(len(values) - 1)
    held = flows[ordinals]
    at = ordinals.searchsorted(starts)
    right = ordinals.take(at, mode="clip")
    ahead = np.clip(right - ends + np.int32(1), np.int32(0), beyond)
    ahead[(right < starts) | (held.take(at, mode="clip") != flow)] = far
    at -= 1
    left = ordinals.take(at, mode="clip")
    behind = np.minimum(starts - left, beyond)
    behind[(left >= starts) | (held.take(at, mode="clip") != flow)] = far
    found: F32 = values[np.minimum(ahead, behind)]
    return found


@lru_cache(maxsize=8)
def _by_distance(reach: tuple[int, ...], fading: tuple[float, ...]) -> F32:
    """What a term counts at each distance, then at any greater one, then in another flow."""
    steps = np.searchsorted(np.array(reach), np.arange(reach[-1] + 2))
    return np.array([*(fading[step] for step in steps), 0.0], np.float32)
