"""Where the concepts of a picture stand: stress majorisation of the lengths of paths; no Qt.

Every concept is drawn to the distance that its shortest path to others asks for. Up to `DENSE`
concepts of one piece that is all others; beyond, its neighbours and some `PIVOTS` spread over the
piece, after Ortmann, Klimenta and Brandes, "A sparse stress model" (2017), with the update of
Gansner, Koren and North, "Graph drawing by stress majorization" (2004). Then names that overlap
are pushed apart. The same graph is always drawn in the same way.
"""

import heapq
import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.jobs import Cancel
from workbench.ui.associations import spacing

Points = NDArray[np.float64]
Numbers = NDArray[np.int64]

DENSE = 300
PIVOTS = 40
#: The least length of a link in pixels, and what a hub may add to it.
LENGTH = 104.0
_STEPS = 120
_DAMPING = 0.7
_TOLD_EVERY = 6
_ANCHORED = 12.0
_RIM = 12  # neighbours of a concept that have room in one ring
_FILLED = 0.42  # of the disc around a hub
_GOLDEN = 2.399963  # an angle of which no two multiples are alike
#: Long paths are drawn shorter than their sum, so that chains bend into the window.
_BENT = 0.82


@dataclass(frozen=True, slots=True)
class Shape:
    """A graph to place: `sizes` (n, 2) in pixels, and m links from `heads` to `tails`.

    `lengths` (m,) are the least lengths of the links in pixels, from centre to centre of names one
    above the other, and `wider` (m,) what a link needs more where they stand side by side. `centre`
    is the index of the concept in the middle, `aspect` the width of the window by its height.
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
        """How many concepts there are."""
        return len(self.sizes)


@dataclass(frozen=True, slots=True)
class Placed:
    """Centres (n, 2) in pixels, x to the right and y down; how many steps and terms it took."""

    positions: Points
    steps: int
    terms: int


def _nobody(_positions: Points) -> None:
    """Intermediate pictures that nobody looks at."""


def place(
    shape: Shape,
    before: Points | None = None,
    pinned: NDArray[np.bool_] | None = None,
    *,
    publish: Callable[[Points], None] = _nobody,
    cancel: Cancel | None = None,
) -> Placed:
    """Place every concept so that no two names overlap.

    `before` (n, 2) are places that are known, NaN where there is none: what stands there moves
    little, and what is `pinned` (n,) not at all. `publish` gets copies of places on the way.
    Raises `Cancelled` where `cancel` asks for it.
    """
    known = np.zeros(shape.count, dtype=np.bool_)
    if before is not None:
        known |= ~np.isnan(before[:, 0])
    held = np.zeros(shape.count, bool) if pinned is None else pinned & known
    if not shape.count:
        return Placed(np.zeros((0, 2)), 0, 0)
    positions = np.zeros((shape.count, 2)) if before is None else np.nan_to_num(before)
    links = _neighbours(shape)
    # Where every place is known, as after a filter, nothing is weighed anew.
    pieces = [] if known.all() else _pieces(shape, links)
    steps = terms = 0
    for piece in pieces:

        def told(inner: Points, piece: Numbers = piece) -> None:
            positions[piece] = inner
            publish(positions.copy())

        placed = _place_piece(
            shape, piece, links, positions[piece], known[piece], held[piece], told, cancel
        )
        positions[piece] = placed.positions
        steps, terms = steps + placed.steps, terms + placed.terms
    if pieces:
        spacing.pack(positions, shape.sizes, [(p, bool(known[p].any())) for p in pieces])
    mobility = np.where(held, 0.0, np.where(known, 0.08, 1.0))
    rounds, pairs = spacing.separate(positions, shape.sizes, mobility, cancel=cancel)
    if not known.any():
        positions -= positions[shape.centre].copy()
    return Placed(positions, steps + rounds, terms + pairs)


def _neighbours(shape: Shape) -> list[dict[int, float]]:
    """Of every concept the concepts linked with it and how far off they should be."""
    found: list[dict[int, float]] = [{} for _ in range(shape.count)]
    apart = shape.heads != shape.tails
    for head, tail, length in zip(
        shape.heads[apart].tolist(),
        shape.tails[apart].tolist(),
        (shape.lengths + 0.45 * shape.wider)[apart].tolist(),
        strict=True,
    ):
        longest = max(length, found[head].get(tail, 0.0))
        found[head][tail] = found[tail][head] = longest
    # A hub needs a rim for all its neighbours; those it alone leads to stand in two rings.
    rim = [math.sqrt(max(1.0, len(each) / _RIM)) for each in found]
    for one, each in enumerate(found):
        for turn, other in enumerate(sorted(each)):
            if (len(each), one) > (len(found[other]), other):
                outer = 1.45 if len(each) > _RIM and len(found[other]) == 1 and turn % 2 else 1.0
                each[other] = found[other][one] = each[other] * rim[one] * outer
    return found


def _pieces(shape: Shape, links: Sequence[dict[int, float]]) -> list[Numbers]:
    """The connected pieces, that of the centre first, then by size."""
    seen = [False] * shape.count
    pieces: list[list[int]] = []
    for start in itertools.chain((shape.centre,), range(shape.count)):
        if seen[start]:
            continue
        seen[start] = True
        piece = [start]
        for one in piece:
            for other in links[one]:
                if not seen[other]:
                    seen[other] = True
                    piece.append(other)
        pieces.append(piece)
    pieces[1:] = sorted(pieces[1:], key=lambda piece: (-len(piece), piece[0]))
    return [np.array(piece, dtype=np.int64) for piece in pieces]


def _place_piece(
    shape: Shape,
    piece: Numbers,
    links: Sequence[dict[int, float]],
    before: Points,
    known: NDArray[np.bool_],
    held: NDArray[np.bool_],
    told: Callable[[Points], None],
    cancel: Cancel | None,
) -> Placed:
    count = len(piece)
    if count == 1:
        return Placed(before.copy(), 0, 0)
    at = {int(one): index for index, one in enumerate(piece)}
    inner = [{at[other]: length for other, length in links[one].items()} for one in piece.tolist()]
    bouquets = _bouquets(inner) if count > DENSE else {}
    discs = {hub: _disc(shape, piece, leaves) for hub, leaves in bouquets.items()}
    leaves = {leaf for each in bouquets.values() for leaf in each}
    core = np.array([one for one in range(count) if one not in leaves], dtype=np.int64)
    place = {int(one): index for index, one in enumerate(core)}
    stems = [
        {
            place[other]: length + _room(discs.get(one)) + _room(discs.get(other))
            for other, length in inner[one].items()
            if other in place
        }
        for one in core.tolist()
    ]

    def flowering(middle: Points) -> Points:
        """All places, given those of the core."""
        whole = before.copy()
        whole[core] = middle
        for hub, hanging in bouquets.items():
            fresh = np.array([leaf for leaf in hanging if not known[leaf]], dtype=np.int64)
            whole[fresh] = whole[hub] + discs[hub][: len(fresh)]
        return whole

    start = _radial(stems)
    if known[core].any():
        start = _beside(stems, start, before[core], known[core])
    anchor = np.where(held, 1e6, np.where(known, _ANCHORED, 0.0))[core]
    middle, steps, terms = _relaxed(
        shape, piece[core], stems, start, anchor, lambda inside: told(flowering(inside)), cancel
    )
    if not known.any():
        middle = _turned(middle)
        pressed = _stretched(middle, shape.aspect)
        middle /= pressed
    positions = flowering(middle)
    if not known.any():
        spacing.spread(positions, shape.sizes[piece], pressed)
    mobility = np.where(held, 0.0, np.where(known, 0.08, 1.0))
    rounds, pairs = spacing.separate(positions, shape.sizes[piece], mobility, cancel=cancel)
    return Placed(positions, steps + rounds, terms + pairs)


def _bouquets(inner: Sequence[dict[int, float]]) -> dict[int, list[int]]:
    """What hangs on one concept alone, by that concept, where that is more than a ring of them."""
    found: dict[int, list[int]] = {}
    for one, each in enumerate(inner):
        if len(each) == 1:
            found.setdefault(next(iter(each)), []).append(one)
    return {hub: each for hub, each in found.items() if len(each) > _RIM}


def _disc(shape: Shape, piece: Numbers, leaves: Sequence[int]) -> Points:
    """Places around a hub, (leaves, 2), as the seeds of a sunflower stand, for as many names."""
    area = float((shape.sizes[piece[list(leaves)]] + np.array(spacing.GAP)).prod(axis=1).mean())
    number = np.arange(len(leaves))
    far = np.sqrt((1.2 * LENGTH) ** 2 + area * number / (math.pi * _FILLED))
    return np.stack([far * np.cos(number * _GOLDEN), far * np.sin(number * _GOLDEN)], axis=1)


def _room(disc: Points | None) -> float:
    return 0.0 if disc is None else float(np.hypot(*disc[-1]))


def _relaxed(
    shape: Shape,
    piece: Numbers,
    inner: Sequence[dict[int, float]],
    start: Points,
    anchor: Points,
    told: Callable[[Points], None],
    cancel: Cancel | None,
) -> tuple[Points, int, int]:
    """Places of least stress, with how many steps and terms they took.

    `anchor` (n,) is how strongly each stays at its `start`, as a multiple of all that draws it.
    """
    if len(piece) == 1:
        return start, 0, 0
    to, frm, distance, weight = _terms(inner, cancel)
    wider = _wider(shape, piece, to, frm)
    total: Points = np.bincount(to, weight, len(piece)).astype(np.float64)
    positions, steps = start.copy(), 0
    for step in range(_STEPS):
        if cancel is not None:
            cancel.check()
        moved = _step(positions, to, frm, distance, wider, weight, total, anchor * total, start)
        steps += 1
        if step % _TOLD_EVERY == 0:
            told(positions)
        if moved < 0.35:
            break
    return positions, steps, steps * len(to)


def _step(
    positions: Points,
    to: Numbers,
    frm: Numbers,
    distance: Points,
    wider: Points,
    weight: Points,
    total: Points,
    anchor: Points,
    start: Points,
) -> float:
    """Move all concepts once, in place; returns how far the one that moved most did."""
    apart = positions[to] - positions[frm]
    gap = np.hypot(apart[:, 0], apart[:, 1])
    gap = np.maximum(gap, 1e-9)
    # What is side by side wants more than the length that was allowed for on average.
    aside = np.maximum(0.0, 2.0 * np.abs(apart[:, 0]) / gap - 1.0)
    wish = weight * (distance + 0.55 * wider * aside) / gap
    fresh = np.empty_like(positions)
    for axis in (0, 1):
        pull = weight * positions[frm, axis] + wish * apart[:, axis]
        sums = np.bincount(to, pull, len(positions)) + anchor * start[:, axis]
        fresh[:, axis] = sums / (total + anchor)
    change = (fresh - positions) * _DAMPING
    positions += change
    return float(np.abs(change).max())


def _wider(shape: Shape, piece: Numbers, to: Numbers, frm: Numbers) -> Points:
    """What each term asks for more where its two stand side by side: nothing but for links."""
    ones, others = np.minimum(shape.heads, shape.tails), np.maximum(shape.heads, shape.tails)
    keys, which = np.unique(ones * shape.count + others, return_inverse=True)
    most = np.zeros(len(keys))
    np.maximum.at(most, which, shape.wider)
    a, b = piece[to], piece[frm]
    wanted = np.minimum(a, b) * shape.count + np.maximum(a, b)
    at = np.minimum(np.searchsorted(keys, wanted), max(0, len(keys) - 1))
    found: Points = np.where(keys[at] == wanted, most[at], 0.0)
    return found


def _terms(
    inner: Sequence[dict[int, float]], cancel: Cancel | None
) -> tuple[Numbers, Numbers, Points, Points]:
    """Who is drawn by whom to which distance with which weight; each (terms,)."""
    count = len(inner)
    if count <= DENSE:
        distances = _all_distances(inner)
        to, frm = np.nonzero(~np.eye(count, dtype=bool))
        distance = _shortened(distances[to, frm])
        return to, frm, distance, distance**-2.0
    pivots, distances, share = _pivots(inner, cancel)
    ones = np.repeat(np.arange(count), [len(each) for each in inner])
    others = np.array([other for each in inner for other in each], dtype=np.int64)
    lengths = np.array([length for each in inner for length in each.values()])
    to = np.tile(np.arange(count), len(pivots))
    frm = np.repeat(pivots, count)
    far = _shortened(distances.ravel())
    keep = to != frm
    to, frm, far = to[keep], frm[keep], far[keep]
    parts = np.repeat(share, count)[keep]
    return (
        np.concatenate([ones, to]),
        np.concatenate([others, frm]),
        np.concatenate([lengths, far]),
        np.concatenate([lengths**-2.0, parts * far**-2.0]),
    )


def _shortened(lengths: Points) -> Points:
    """The lengths of paths as they are drawn; that of a single link stays about what it is."""
    unit = 1.5 * LENGTH
    found: Points = np.where(lengths > unit, unit * (lengths / unit) ** _BENT, lengths)
    return found


def _all_distances(inner: Sequence[dict[int, float]]) -> Points:
    """The lengths of all shortest paths, (n, n), by Floyd and Warshall."""
    found = np.full((len(inner), len(inner)), np.inf)
    np.fill_diagonal(found, 0.0)
    for one, each in enumerate(inner):
        found[one, list(each)] = list(each.values())
    for through in range(len(inner)):
        np.minimum(found, found[:, through, None] + found[None, through], out=found)
    return found


def _pivots(
    inner: Sequence[dict[int, float]], cancel: Cancel | None
) -> tuple[Numbers, Points, Points]:
    """Pivots far from one another, their distances (pivots, n), and how many each stands for."""
    chosen, rows = [0], [_distances(inner, 0)]
    nearest = rows[0].copy()
    while len(chosen) < PIVOTS:
        if cancel is not None:
            cancel.check()
        chosen.append(int(nearest.argmax()))
        rows.append(_distances(inner, chosen[-1]))
        np.minimum(nearest, rows[-1], out=nearest)
    distances = np.array(rows)
    share = np.bincount(distances.argmin(axis=0), minlength=len(chosen)).astype(float)
    return np.array(chosen), distances, np.maximum(share, 1.0)


def _distances(inner: Sequence[dict[int, float]], start: int) -> Points:
    """The lengths of the shortest paths from `start`, (n,), by Dijkstra."""
    found = [math.inf] * len(inner)
    found[start] = 0.0
    open_ = [(0.0, start)]
    while open_:
        gone, one = heapq.heappop(open_)
        if gone > found[one]:
            continue
        for other, length in inner[one].items():
            if gone + length < found[other]:
                found[other] = gone + length
                heapq.heappush(open_, (found[other], other))
    return np.array(found)


def _radial(inner: Sequence[dict[int, float]]) -> Points:
    """A first placing: rings around the first concept, each branch in a wedge of its own."""
    count = len(inner)
    parent, order = [-1] * count, [0]
    depth = [0.0] * count
    seen = [False] * count
    seen[0] = True
    for one in order:
        for other in sorted(inner[one]):
            if not seen[other]:
                seen[other] = True
                parent[other] = one
                depth[other] = depth[one] + inner[one][other]
                order.append(other)
    leaves = [0] * count
    children: list[list[int]] = [[] for _ in range(count)]
    for one in reversed(order):
        leaves[one] = max(1, sum(leaves[child] for child in children[one]))
        if parent[one] >= 0:
            children[parent[one]].append(one)
    wedge = [(0.0, 0.0)] * count
    wedge[0] = (0.0, math.tau)
    positions = np.zeros((count, 2))
    for one in order:
        begun, room = wedge[one]
        for child in reversed(children[one]):
            share = room * leaves[child] / leaves[one]
            wedge[child] = (begun, share)
            angle = begun + share / 2
            positions[child] = math.cos(angle) * depth[child], math.sin(angle) * depth[child]
            begun += share
    return positions


def _beside(
    inner: Sequence[dict[int, float]], start: Points, before: Points, known: NDArray[np.bool_]
) -> Points:
    """A first placing of what is new: around what it hangs on, away from the middle of the old."""
    positions = np.where(known[:, None], before, start)
    middle = before[known].mean(axis=0)
    done = known.copy()
    order = [int(one) for one in np.flatnonzero(known)]
    for one in order:
        fresh = [other for other in sorted(inner[one]) if not done[other]]
        away = positions[one] - middle
        towards = math.atan2(away[1], away[0]) if np.hypot(*away) > 1.0 else 0.0
        spread = min(math.tau * 0.9, 0.5 * len(fresh))
        for turn, other in enumerate(fresh):
            angle = towards + spread * ((turn + 0.5) / len(fresh) - 0.5)
            length = inner[one][other]
            positions[other] = positions[one] + [
                math.cos(angle) * length,
                math.sin(angle) * length,
            ]
            done[other] = True
            order.append(other)
    return positions


def _turned(positions: Points) -> Points:
    """The picture turned so that it is wider than high, its first concept kept in the middle."""
    around = positions - positions.mean(axis=0)
    _, axes = np.linalg.eigh(around.T @ around)
    major = axes[:, 1] if axes[0, 1] >= 0 else -axes[:, 1]
    turn = np.array([[major[0], major[1]], [-major[1], major[0]]])
    turned: Points = (positions - positions[0]) @ turn.T
    return turned


def _stretched(positions: Points, aspect: float) -> Points:
    """By what to divide both coordinates, (2,), so that a picture comes nearer to its window."""
    width, height = np.maximum(np.ptp(positions, axis=0), 1.0).tolist()
    factor = min(1.5, max(0.8, math.sqrt(aspect * height / width)))
    return np.array([1.0 / factor, factor])
