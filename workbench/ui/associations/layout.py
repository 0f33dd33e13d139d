"""Graph layout in rings around a concept; no Qt.

Each concept stands beyond the one that leads to it, in a wedge as wide as its branch. Names that
overlap are then pushed apart. The result is deterministic.
"""

import math
from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
#: Centres of concepts in pixels, x to the right and y down.
Places = dict[int, tuple[float, float]]

#: Least height of the first ring, what each concept adds to it, and the step to the next ring.
_FIRST, _EACH, _NEXT = 150.0, 9.0, 110.0
#: Minimum horizontal and vertical gap between names in pixels.
GAP = (26.0, 20.0)
_ROUNDS, _JAMMED, _LOOSENED = 400, 80, 0.02
_SETTLED = 0.05  # mobility of concepts that had a place before
_SLACK = 0.01
_GOLDEN = 2.399963  # golden angle in radians


def place(
    sizes: Mapping[int, tuple[float, float]],
    links: Iterable[tuple[int, int]],
    centre: int,
    known: Mapping[int, tuple[float, float]],
    aspect: float = 1.6,
) -> Places:
    """Place names of `sizes` in pixels so that no two overlap.

    Concepts with a place in `known` nearly keep it. `aspect` is the window's width divided by its
    height.
    """
    parents = _parents(sizes, links, centre)
    rings = _rings(parents, aspect)
    places: Places = {}
    for id, parent in parents.items():
        x, y = rings[id]
        if parent is not None:  # beside the concept that leads to it, wherever that stands
            x += places[parent][0] - rings[parent][0]
            y += places[parent][1] - rings[parent][1]
        places[id] = known.get(id, (x, y))
    positions = np.array(list(places.values()))
    mobility = np.array([_SETTLED if id in known else 1.0 for id in places])
    separate(positions, np.array([sizes[id] for id in places]), mobility)
    if not known:
        positions -= positions[0].copy()
    return {id: (x, y) for id, (x, y) in zip(places, positions.tolist(), strict=True)}


def _parents(
    ids: Iterable[int], links: Iterable[tuple[int, int]], centre: int
) -> dict[int, int | None]:
    """The concept that leads to each, breadth first; the centre for one without a link to it."""
    neighbours: dict[int, list[int]] = {id: [] for id in ids}
    for head, tail in links:
        neighbours[head].append(tail)
        neighbours[tail].append(head)
    parents: dict[int, int | None] = {}
    for root in (centre, *neighbours):
        if root in parents:
            continue
        parents[root] = None if root == centre else centre
        ahead = [root]
        for id in ahead:
            fresh = [other for other in dict.fromkeys(neighbours[id]) if other not in parents]
            parents.update(dict.fromkeys(fresh, id))
            ahead += fresh
    return parents


def _rings(parents: Mapping[int, int | None], aspect: float) -> Places:
    """Places in elliptic rings, with a wedge per branch."""
    leaves = dict.fromkeys(parents, 0)
    for id, parent in reversed(list(parents.items())):
        leaves[id] = max(1, leaves[id])
        if parent is not None:
            leaves[parent] += leaves[id]
    centre = next(iter(parents))
    first = max(_FIRST, _EACH * leaves[centre])
    # A gap, as two branches on one line would hide the links between them.
    turn = math.tau * (1 - 0.5 / (1 + leaves[centre]))
    begins: dict[int, float] = {}
    depths = {centre: 0}
    places = {centre: (0.0, 0.0)}
    for id, parent in parents.items():
        if parent is None:
            begins[id] = 0.0
            continue
        share = turn * leaves[id] / leaves[centre]
        # The first branch is centred on the right.
        if len(places) == 1:
            begins[parent] = -share / 2
        begins[id], angle = begins[parent], begins[parent] + share / 2
        begins[parent] += share
        depths[id] = depths[parent] + 1
        radius = first + _NEXT * (depths[id] - 1)
        places[id] = aspect * radius * math.cos(angle), radius * math.sin(angle)
    return places


def separate(positions: Points, sizes: Points, mobility: Points) -> None:
    """Push names (n, 2) apart in place until none overlap.

    `mobility` (n,) is above 0 and at most 1.
    """
    # Coincident names need a direction to be pushed in.
    turn = np.arange(len(positions)) * _GOLDEN
    positions += 1e-3 * np.stack([np.cos(turn), np.sin(turn)], axis=1)
    pairs = np.triu_indices(len(positions), 1)
    for turns in range(_ROUNDS):
        if not _push(positions, sizes + np.array(GAP), mobility, *pairs):
            return
        if turns >= _JAMMED:  # expand a jammed layout
            positions += _LOOSENED * mobility[:, None] * (positions - positions.mean(axis=0))


def _push(
    positions: Points,
    room: Points,
    mobility: Points,
    head: NDArray[np.int64],
    other: NDArray[np.int64],
) -> bool:
    """Push overlapping pairs apart by the overlap; return whether there were any."""
    offsets = positions[other] - positions[head]
    lacks = (room[head] + room[other]) / 2 - np.abs(offsets)
    hit = (lacks > _SLACK).all(axis=1)
    if not hit.any():
        return False
    head, other, offsets, lacks = head[hit], other[hit], offsets[hit], lacks[hit]
    # Mostly along the axis of less overlap and slightly along the other, or rows jam.
    towards = 1.0 - lacks / lacks.sum(axis=1, keepdims=True)
    towards /= np.hypot(towards[:, 0], towards[:, 1])[:, None]
    shift = np.where(offsets >= 0, 1.0, -1.0) * (lacks + 0.2) * towards
    share = (mobility[head] / (mobility[head] + mobility[other]))[:, None]
    np.add.at(positions, other, shift * (1 - share))
    np.subtract.at(positions, head, shift * share)
    return True
