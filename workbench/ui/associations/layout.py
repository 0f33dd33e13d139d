"""Graph layout by stress majorisation; no Qt.

Distances approximate shortest path lengths, with the update of Gansner, Koren and North, "Graph
drawing by stress majorization" (2004). Overlapping names are then pushed apart. The result is
deterministic.
"""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.jobs import Cancel

Points = NDArray[np.float64]
Numbers = NDArray[np.int64]

#: Minimum length of a link in pixels.
LENGTH = 104.0
_STEPS = 120
_DAMPING = 0.7
_ANCHORED = 12.0
_RIM = 12  # neighbours of a concept that fit in one ring
#: Exponent that compresses long paths, so that chains bend into the window.
_BENT = 0.82


@dataclass(frozen=True, slots=True)
class Shape:
    """A graph to lay out: `sizes` (n, 2) in pixels, and m links from `heads` to `tails`.

    `lengths` (m,) are the minimum lengths of links in pixels between names one above the other,
    `wider` (m,) the additional length side by side. `centre` is the index of the central concept,
    `aspect` the window's width divided by its height.
    """

    sizes: Points
    heads: Numbers
    tails: Numbers
    lengths: Points
    wider: Points
    centre: int = 0
    aspect: float = 1.6

    @property
    def count(self) -> int:
        """The number of concepts."""
        return len(self.sizes)


def place(
    shape: Shape,
    previous: Points | None = None,
    pinned: NDArray[np.bool_] | None = None,
    *,
    cancel: Cancel | None = None,
) -> Points:
    """Lay out the graph so that no two names overlap.

    Returns centres (n, 2) in pixels, x to the right and y down. `previous` (n, 2) are known
    positions, NaN for none: those move little, and `pinned` (n,) ones not at all. Raises
    `Cancelled`.
    """
    if not shape.count:
        return np.zeros((0, 2))
    existing = np.zeros(shape.count, dtype=np.bool_)
    if previous is not None:
        existing |= ~np.isnan(previous[:, 0])
    fixed = np.zeros(shape.count, bool) if pinned is None else pinned & existing
    positions = np.zeros((shape.count, 2)) if previous is None else np.nan_to_num(previous)
    mobility = np.where(fixed, 0.0, np.where(existing, 0.08, 1.0))
    # With all positions known, as after filtering, only overlaps are resolved.
    if not existing.all():
        links = _neighbours(shape)
        pieces = _pieces(shape, links)
        for piece in pieces:
            anchor = np.where(fixed, 1e6, np.where(existing, _ANCHORED, 0.0))[piece]
            positions[piece] = _place_piece(shape, piece, links, positions[piece], anchor, cancel)
            spaced = positions[piece]
            separate(spaced, shape.sizes[piece], mobility[piece], cancel=cancel)
            positions[piece] = spaced
        pack(positions, shape.sizes, [(p, bool(existing[p].any())) for p in pieces])
    separate(positions, shape.sizes, mobility, cancel=cancel)
    if not existing.any():
        positions -= positions[shape.centre].copy()
    return positions


def _neighbours(shape: Shape) -> list[dict[int, float]]:
    """The neighbours of each concept and the desired distances."""
    results: list[dict[int, float]] = [{} for _ in range(shape.count)]
    distinct = shape.heads != shape.tails
    for head, tail, length in zip(
        shape.heads[distinct].tolist(),
        shape.tails[distinct].tolist(),
        (shape.lengths + 0.45 * shape.wider)[distinct].tolist(),
        strict=True,
    ):
        longest = max(length, results[head].get(tail, 0.0))
        results[head][tail] = results[tail][head] = longest
    # A hub needs a circumference for all neighbours; its leaves alternate between two rings.
    rim = [math.sqrt(max(1.0, len(item) / _RIM)) for item in results]
    for index, item in enumerate(results):
        for turn, other in enumerate(sorted(item)):
            if (len(item), index) > (len(results[other]), other):
                outer = 1.45 if len(item) > _RIM and len(results[other]) == 1 and turn % 2 else 1.0
                item[other] = results[other][index] = item[other] * rim[index] * outer
    return results


def _pieces(shape: Shape, links: Sequence[dict[int, float]]) -> list[Numbers]:
    """Connected components, that of the centre first, then by descending size."""
    visited = [False] * shape.count
    pieces: list[list[int]] = []
    for start in itertools.chain((shape.centre,), range(shape.count)):
        if visited[start]:
            continue
        visited[start] = True
        piece = [start]
        for index in piece:
            for other in links[index]:
                if not visited[other]:
                    visited[other] = True
                    piece.append(other)
        pieces.append(piece)
    pieces[1:] = sorted(pieces[1:], key=lambda piece: (-len(piece), piece[0]))
    return [np.array(piece, dtype=np.int64) for piece in pieces]


def _place_piece(
    shape: Shape,
    piece: Numbers,
    links: Sequence[dict[int, float]],
    previous: Points,
    anchor: Points,
    cancel: Cancel | None,
) -> Points:
    """Lay out a connected component, before overlaps are resolved.

    `anchor` (n,) is the weight of each previous position, 0 for new concepts.
    """
    if len(piece) == 1:
        return previous
    existing = anchor > 0
    at = {int(one): index for index, one in enumerate(piece)}
    inner = [{at[other]: length for other, length in links[one].items()} for one in piece.tolist()]
    start = _radial(inner)
    if existing.any():
        start = _attached(inner, start, previous, existing)
    positions = _relaxed(inner, _wider(shape, piece), start, anchor, cancel)
    if not existing.any():
        positions = _rotated(positions)
        pressed = _stretched(positions, shape.aspect)
        positions /= pressed
        spread(positions, shape.sizes[piece], pressed)
    return positions


def _relaxed(
    inner: Sequence[dict[int, float]],
    wider: Points,
    start: Points,
    anchor: Points,
    cancel: Cancel | None,
) -> Points:
    """Minimise stress; `wider` (n, n) is the additional length of links side by side.

    `anchor` (n,) is the weight of each start position relative to the sum of its stress weights.
    """
    distance = _shortened(_all_distances(inner))
    np.fill_diagonal(distance, 1.0)
    weight = distance**-2.0
    np.fill_diagonal(weight, 0.0)
    total = weight.sum(axis=1)
    anchor = anchor * total
    positions = start.copy()
    for _ in range(_STEPS):
        if cancel is not None:
            cancel.check()
        offsets = positions[:, None] - positions[None]
        gap = np.maximum(np.hypot(offsets[..., 0], offsets[..., 1]), 1e-9)
        # Horizontal links need more length than the average that `distance` includes.
        lateral = np.maximum(0.0, 2.0 * np.abs(offsets[..., 0]) / gap - 1.0)
        wish = weight * (distance + 0.55 * wider * lateral) / gap
        pull = weight @ positions + (wish[..., None] * offsets).sum(axis=1)
        fresh = (pull + anchor[:, None] * start) / (total + anchor)[:, None]
        change = (fresh - positions) * _DAMPING
        positions += change
        if np.abs(change).max() < 0.35:
            break
    return positions


def _wider(shape: Shape, piece: Numbers) -> Points:
    """Additional length of links side by side, (n, n); 0 for pairs without a link."""
    result = np.zeros((shape.count, shape.count))
    np.maximum.at(result, (shape.heads, shape.tails), shape.wider)
    return np.maximum(result, result.T)[np.ix_(piece, piece)]


def _shortened(lengths: Points) -> Points:
    """Compress long path lengths; those of single links stay about the same."""
    unit = 1.5 * LENGTH
    result: Points = np.where(lengths > unit, unit * (lengths / unit) ** _BENT, lengths)
    return result


def _all_distances(inner: Sequence[dict[int, float]]) -> Points:
    """All shortest path lengths, (n, n), by the Floyd-Warshall algorithm."""
    result = np.full((len(inner), len(inner)), np.inf)
    np.fill_diagonal(result, 0.0)
    for index, item in enumerate(inner):
        result[index, list(item)] = list(item.values())
    for through in range(len(inner)):
        np.minimum(result, result[:, through, None] + result[None, through], out=result)
    return result


def _radial(inner: Sequence[dict[int, float]]) -> Points:
    """A radial initial layout around the first concept, with a wedge per branch."""
    count = len(inner)
    parent, order = [-1] * count, [0]
    depth = [0.0] * count
    visited = [False] * count
    visited[0] = True
    for index in order:
        for other in sorted(inner[index]):
            if not visited[other]:
                visited[other] = True
                parent[other] = index
                depth[other] = depth[index] + inner[index][other]
                order.append(other)
    leaves = [0] * count
    children: list[list[int]] = [[] for _ in range(count)]
    for index in reversed(order):
        leaves[index] = max(1, sum(leaves[child] for child in children[index]))
        if parent[index] >= 0:
            children[parent[index]].append(index)
    wedge = [(0.0, 0.0)] * count
    wedge[0] = (0.0, math.tau)
    positions = np.zeros((count, 2))
    for index in order:
        started, room = wedge[index]
        for child in reversed(children[index]):
            share = room * leaves[child] / leaves[index]
            wedge[child] = (started, share)
            angle = started + share / 2
            positions[child] = math.cos(angle) * depth[child], math.sin(angle) * depth[child]
            started += share
    return positions


def _attached(
    inner: Sequence[dict[int, float]], start: Points, previous: Points, existing: NDArray[np.bool_]
) -> Points:
    """Initial positions of new concepts: around their neighbours, away from the old centroid."""
    positions = np.where(existing[:, None], previous, start)
    middle = previous[existing].mean(axis=0)
    completed = existing.copy()
    order = [int(one) for one in np.flatnonzero(existing)]
    for index in order:
        fresh = [other for other in sorted(inner[index]) if not completed[other]]
        outward = positions[index] - middle
        towards = math.atan2(outward[1], outward[0]) if np.hypot(*outward) > 1.0 else 0.0
        spread = min(math.tau * 0.9, 0.5 * len(fresh))
        for turn, other in enumerate(fresh):
            angle = towards + spread * ((turn + 0.5) / len(fresh) - 0.5)
            length = inner[index][other]
            positions[other] = positions[index] + [
                math.cos(angle) * length,
                math.sin(angle) * length,
            ]
            completed[other] = True
            order.append(other)
    return positions


def _rotated(positions: Points) -> Points:
    """Rotate the principal axis to the horizontal, with the first concept at the origin."""
    centred = positions - positions.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    major = axes[:, 1] if axes[0, 1] >= 0 else -axes[:, 1]
    turn = np.array([[major[0], major[1]], [-major[1], major[0]]])
    rotated: Points = (positions - positions[0]) @ turn.T
    return rotated


def _stretched(positions: Points, aspect: float) -> Points:
    """Divisors of both coordinates, (2,), that approach the window's aspect ratio."""
    width, height = np.maximum(np.ptp(positions, axis=0), 1.0).tolist()
    factor = min(1.5, max(0.8, math.sqrt(aspect * height / width)))
    return np.array([1.0 / factor, factor])


#: Minimum horizontal and vertical gap between names in pixels.
GAP = (26.0, 20.0)
_ROUNDS, _JAMMED = 400, 80
_LOOSENED = 0.02
_DENSITY = 0.32
_SLACK = 0.01
_GOLDEN = 2.399963  # golden angle in radians


def spread(positions: Points, sizes: Points, pressed: Points) -> None:
    """Spread a crowded centre in place, so that no circle around it exceeds a density limit.

    Angles and radial order are kept. `pressed` (2,) maps the ellipses of this layout to circles.
    """
    middle = np.median(positions, axis=0)
    centred = (positions - middle) * pressed
    far = np.hypot(centred[:, 0], centred[:, 1])
    order = np.argsort(far, kind="stable")
    area = np.cumsum((sizes + np.array(GAP)).prod(axis=1)[order])
    wide = np.empty_like(far)
    wide[order] = np.maximum(far[order], np.sqrt(area / (math.pi * _DENSITY)))
    positions[:] = middle + (positions - middle) * (wide / np.maximum(far, 1e-9))[:, None]


def separate(
    positions: Points, sizes: Points, mobility: Points, *, cancel: Cancel | None = None
) -> None:
    """Push names (n, 2) apart in place until none overlap.

    `mobility` (n,) is from 0 (fixed) to 1. Fixed names may overlap one another.
    """
    room = sizes + np.array(GAP)
    _part(positions, mobility)
    head, other = np.triu_indices(len(positions), 1)
    for turn in range(_ROUNDS):
        if cancel is not None:
            cancel.check()
        if not _push(positions, room, mobility, head, other):
            return
        if turn >= _JAMMED:
            # Expand a jammed layout.
            positions += _LOOSENED * mobility[:, None] * (positions - positions.mean(axis=0))


def pack(positions: Points, sizes: Points, pieces: Sequence[tuple[Numbers, bool]]) -> None:
    """Pack components in rows below the first; settled components stay."""
    resolved = [piece for piece, stays in pieces if stays] or [pieces[0][0]]
    loose = [piece for piece, stays in pieces if not stays and piece is not resolved[0]]
    if not loose:
        return
    fixed = np.concatenate(resolved)
    half = sizes / 2
    left, _top = (positions[fixed] - half[fixed]).min(axis=0)
    right, bottom = (positions[fixed] + half[fixed]).max(axis=0)
    area = sum(float(np.prod(np.ptp(positions[p], axis=0) + sizes[p].max(axis=0))) for p in loose)
    width = max(float(right - left), 1.6 * math.sqrt(area))
    x, y, high = float(left), float(bottom) + 2 * GAP[1], 0.0
    for piece in loose:
        low = (positions[piece] - half[piece]).min(axis=0)
        size = (positions[piece] + half[piece]).max(axis=0) - low
        if x > left and x + size[0] > left + width:
            x, y, high = float(left), y + high + 2 * GAP[1], 0.0
        positions[piece] += np.array([x, y]) - low
        x += float(size[0]) + 2 * GAP[0]
        high = max(high, float(size[1]))


def _part(positions: Points, mobility: Points) -> None:
    """Offset coincident names, so that they have a direction to be pushed in."""
    turn = np.arange(len(positions)) * _GOLDEN
    nudge = 1e-3 * np.stack([np.cos(turn), np.sin(turn)], axis=1)
    positions += np.where(mobility[:, None] > 0, nudge, 0.0)


def _push(positions: Points, room: Points, mobility: Points, head: Numbers, other: Numbers) -> bool:
    """Push overlapping pairs apart by the overlap; return whether there were any."""
    offsets = positions[other] - positions[head]
    lacks = (room[head] + room[other]) / 2 - np.abs(offsets)
    free = mobility[head] + mobility[other]
    hit = (lacks > _SLACK).all(axis=1) & (free > 0)
    if not hit.any():
        return False
    head, other, offsets, lacks, free = head[hit], other[hit], offsets[hit], lacks[hit], free[hit]
    # Mostly along the axis of less overlap and slightly along the other, or rows jam.
    towards = 1.0 - lacks / lacks.sum(axis=1, keepdims=True)
    towards /= np.hypot(towards[:, 0], towards[:, 1])[:, None]
    shift = np.where(offsets >= 0, 1.0, -1.0) * (lacks + 0.2) * towards
    share = mobility[head] / free
    for axis in (0, 1):
        shifts = np.bincount(other, shift[:, axis] * (1 - share), len(positions))
        shifts -= np.bincount(head, shift[:, axis] * share, len(positions))
        positions[:, axis] += shifts
    return True
