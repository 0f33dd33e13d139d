"""Proximity of the question's words to a window: 1 inside, less with distance.

A word counts by how near to the window it stands in what is read in one go, not only by standing in
it, because running text names its people once and then says “he”; names fade more slowly still.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from workbench.arrays import F32
from workbench.memory.segment import Ordinals
from workbench.memory.snapshot import Snapshot
from workbench.recall.question import Term

#: Sentences within which a word counts as much as stands in the same place of the others, and what
#: it counts anywhere farther in the same flow; a name fades more slowly.
_REACH = (0, 2, 8, 16)
_COMMON, _NAMES = (1.0, 0.6, 0.4, 0.25, 0.1), (1.0, 0.9, 0.8, 0.6, 0.4)
#: What another form of the word counts, and, for the ranking alone and times the cosine of the two,
#: a word in like company.
_STEMS, _AKIN = 0.9, 0.85


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
    snapshot: Snapshot, terms: Sequence[Term], starts: Ordinals, ends: Ordinals
) -> tuple[F32, F32, F32]:
    """How near each term stands to each window `[starts, ends)`, ascending: (terms, windows) each.

    First for the ranking, where exact forms count most; then with all forms alike; then only what
    stands inside.
    """
    proximity = np.zeros((len(terms), len(starts)), np.float32)
    meets, inside = np.zeros_like(proximity), np.zeros_like(proximity)
    lists = [(i, list_item) for i, term in enumerate(terms) for list_item in _lists(term)]
    values = _by_distance(_COMMON), _by_distance(_NAMES)
    flows = snapshot.columns["flow_start"]
    spans = starts, ends, flows[starts]
    for i, list_item in lists:
        counts = _counts(list_item.ordinals, flows, spans, values[terms[i].name])
        np.maximum(proximity[i], np.float32(list_item.near) * counts, out=proximity[i])
        if list_item.meets:
            np.maximum(meets[i], np.float32(list_item.meets) * counts, out=meets[i])
        if list_item.inside:
            inside_item = np.float32(list_item.inside) * (counts >= 1.0)
            np.maximum(inside[i], inside_item, out=inside[i])
    return proximity, meets, inside


def _lists(term: Term) -> Iterator[_List]:
    """The lists of a term that hold anything."""
    if len(term.ordinals):
        similar = len(term.exact) == len(term.ordinals)
        yield _List(term.ordinals, 1.0 if similar else _STEMS, 1.0, 1.0)
        if len(term.exact) and not similar:
            yield _List(term.exact, 1.0)
    for ordinals, weight in term.akin:
        yield _List(ordinals, _AKIN * weight)


def _counts(
    ordinals: Ordinals, flows: Ordinals, spans: tuple[Ordinals, Ordinals, Ordinals], values: F32
) -> F32:
    """What one of these sentences counts at most for each window: its start, end and flow."""
    starts, ends, flow = spans
    # Sentences farther away than any step count alike, and what stands in another flow nothing.
    excess, far = np.int32(len(values) - 2), np.int32(len(values) - 1)
    contents = flows[ordinals]
    at = ordinals.searchsorted(starts)
    right = ordinals.take(at, mode="clip")
    ahead = np.clip(right - ends + np.int32(1), np.int32(0), excess)
    ahead[(right < starts) | (contents.take(at, mode="clip") != flow)] = far
    at -= 1
    left = ordinals.take(at, mode="clip")
    following = np.minimum(starts - left, excess)
    following[(left >= starts) | (contents.take(at, mode="clip") != flow)] = far
    result: F32 = values[np.minimum(ahead, following)]
    return result


@cache
def _by_distance(fading: tuple[float, ...]) -> F32:
    """What a term counts at each distance, then at any greater one, then in another flow."""
    steps = np.searchsorted(np.array(_REACH), np.arange(_REACH[-1] + 2))
    return np.array([*(fading[step] for step in steps), 0.0], np.float32)
