"""The curves of links, clipped at the names' borders, and the positions of their labels.

Every link is a cubic Bézier curve. Parallel links fan out as a bundle; a single link bends to the
side on which it crosses fewer names. No Qt.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Numbers = NDArray[np.int64]

#: Length of an arrow head in pixels.
ARROW = 9.0
_FAN = 26.0  # pixels between adjacent links of a bundle
_BENDS = (0.06, -0.06, 0.16, -0.16, 0.3, -0.3)
_AIR = 3.0  # pixels between a curve and the name it ends at
_WEIGHED = 60_000  # links times names up to which bends are compared
_SAMPLES = np.linspace(0.0, 1.0, 33)
_STOPS = (0.5, 0.45, 0.55, 0.39, 0.61, 0.33, 0.67, 0.27, 0.73)


@dataclass(frozen=True, slots=True)
class Curves:
    """m curves from head to tail: control points of the shafts (m, 4, 2), arrow tips and bases.

    `tips` (m, 2) touch the tail's border; shafts end at `backs` (m, 2).
    """

    shafts: Points
    tips: Points
    backs: Points

    def at(self, share: float | Points) -> Points:
        """Evaluate the shafts at a parameter from 0 to 1: (m, 2)."""
        return bezier(self.shafts, np.broadcast_to(share, len(self.shafts)))


def draw(positions: Points, sizes: Points, heads: Numbers, tails: Numbers) -> Curves:
    """Route m links between n names of `sizes` (n, 2) at `positions` (n, 2)."""
    if not len(heads):
        return Curves(np.zeros((0, 4, 2)), np.zeros((0, 2)), np.zeros((0, 2)))
    entire = _centre_curves(positions, sizes, heads, tails)
    loops = heads == tails
    begin = _border(entire, positions[heads], sizes[heads])
    end = 1.0 - _border(entire[:, ::-1], positions[tails], sizes[tails])
    begin = np.where(loops, 0.0, np.minimum(begin, 0.49))
    end = np.where(loops, 1.0, np.maximum(end, 0.51))
    tips = bezier(entire, end)
    length = np.hypot(*(entire[:, 3] - entire[:, 0]).T) + 1e-9
    length = np.where(loops, 150.0, length)
    short = np.maximum(end - (ARROW - 2.0) / length, (begin + end) / 2)
    return Curves(_cut(entire, begin, short), tips, bezier(entire, short))


def bezier(curves: Points, share: Points) -> Points:
    """Evaluate cubic curves (m, 4, 2) at parameters `share` (m,): (m, 2)."""
    t = share[:, None]
    u = 1.0 - t
    a, b, c, d = (curves[:, k] for k in range(4))
    result: Points = u**3 * a + 3 * u**2 * t * b + 3 * u * t**2 * c + t**3 * d
    return result


def sampled(curves: Points, count: int = 17) -> Points:
    """Sample curves (m, 4, 2) at `count` parameters: (m, count, 2)."""
    t = np.linspace(0.0, 1.0, count)
    u = 1.0 - t
    basis = np.stack([u**3, 3 * u**2 * t, 3 * u * t**2, t**3], axis=1)
    result: Points = np.einsum("tk,mkd->mtd", basis, curves)
    return result


def words(
    curves: Curves, boxes: Points, positions: Points, sizes: Points, order: Sequence[int]
) -> Points:
    """Place the labels of links: (m, 2), NaN where none fits.

    `boxes` (m, 2) are label sizes; labels are placed greedily in `order`, each on its own curve and
    clear of names, arrow heads and earlier labels.
    """
    result = np.full((len(boxes), 2), np.nan)
    if not len(order):
        return result
    #: Centres and half sizes of the occupied boxes.
    used = np.hstack([positions, sizes / 2])
    stops = np.stack([curves.at(share) for share in _STOPS], axis=1)
    lengths = np.hypot(*np.diff(sampled(curves.shafts, 9), axis=1).transpose(2, 0, 1)).sum(axis=1)
    for link in order:
        half = boxes[link] / 2
        if not half[0] or lengths[link] < 2.6 * half[1]:
            continue
        for spot in stops[link]:
            on_arrow = (np.abs(curves.backs[link] - spot) < half + 3).all()
            offsets = np.abs(used[:, :2] - spot)
            if not on_arrow and not (offsets < used[:, 2:] + half).all(axis=1).any():
                used = np.vstack([used, [*spot, *half]])
                result[link] = spot
                break
    return result


def _centre_curves(positions: Points, sizes: Points, heads: Numbers, tails: Numbers) -> Points:
    """Route curves from centre to centre, and loops along the name's upper border."""
    begin, end = positions[heads], positions[tails]
    low, high = np.minimum(heads, tails), np.maximum(heads, tails)
    rank, count = _bundles(low * len(positions) + high)
    chords = positions[high] - positions[low]
    length = np.hypot(chords[:, 0], chords[:, 1])
    normals = np.stack([-chords[:, 1], chords[:, 0]], axis=1) / np.maximum(length, 1e-9)[:, None]
    fan = _FAN * (rank - (count - 1) / 2)
    # Limit the fan of short bundles, which would become balls.
    fan *= np.minimum(1.0, 0.9 * length / np.maximum(_FAN * count, 1e-9))
    single = count == 1
    bends = np.where(single, _BENDS[0] * length, fan)
    if single.any() and len(heads) * len(positions) <= _WEIGHED:
        passed = np.full((len(_BENDS), len(heads)), np.inf)
        for turn, bend in enumerate(_BENDS):
            tried = _bent(begin, end, normals, bend * length)
            # Break ties in favour of the gentler bend, which is listed first.
            passed[turn] = _passed(tried, positions, sizes, heads, tails) + 0.01 * turn
        bends = np.where(single, np.array(_BENDS)[passed.argmin(axis=0)] * length, bends)
    curves = _bent(begin, end, normals, bends)
    loops = heads == tails
    if loops.any():
        top = positions[heads[loops]] - [0.0, 0.5] * (sizes[heads[loops]] + 2 * _AIR)
        lift = (1.0 + 0.45 * rank[loops])[:, None]
        shape = np.array([[-12.0, 0.0], [-40.0, -52.0], [40.0, -52.0], [12.0, 0.0]])
        curves[loops] = top[:, None] + shape[None] * lift[:, None]
    return curves


def _bundles(keys: Numbers) -> tuple[Points, Points]:
    """The rank of each link in its bundle, and the size of the bundle; (m,) each."""
    _, groups, sizes = np.unique(keys, return_inverse=True, return_counts=True)
    order = np.argsort(groups, kind="stable")
    first = np.cumsum(sizes) - sizes
    rank = np.empty(len(keys))
    rank[order] = np.arange(len(keys)) - first[groups[order]]
    return rank, sizes[groups].astype(float)


def _bent(begin: Points, end: Points, normals: Points, bends: Points) -> Points:
    # Cubic curves with an apex `bends` pixels off the chord; the control point is twice as far.
    control = (begin + end) / 2 + 2 * normals * bends[:, None]
    return np.stack(
        [begin, begin + (control - begin) * 2 / 3, end + (control - end) * 2 / 3, end], axis=1
    )


def _passed(
    curves: Points, positions: Points, sizes: Points, heads: Numbers, tails: Numbers
) -> Points:
    """Count the names that each curve crosses, excluding its own ends; (m,)."""
    points = sampled(curves)
    offsets = np.abs(points[:, :, None] - positions[None, None])
    crossed = np.logical_and.reduce(offsets < sizes / 2 + 4.0, axis=3).max(axis=1)
    row = np.arange(len(heads))
    crossed[row, heads] = crossed[row, tails] = False
    result: Points = np.count_nonzero(crossed, axis=1).astype(np.float64)
    return result


def _border(curves: Points, centres: Points, sizes: Points) -> Points:
    """The parameter at which each curve leaves the name it starts in; (m,)."""
    inside = _inside(sampled(curves, len(_SAMPLES)), centres[:, None], sizes[:, None])
    out = np.where(inside.all(axis=1), len(_SAMPLES) - 1, (~inside).argmax(axis=1))
    low, high = _SAMPLES[np.maximum(out - 1, 0)], _SAMPLES[out]
    for _ in range(8):
        middle = (low + high) / 2
        inner = _inside(bezier(curves, middle), centres, sizes)
        low, high = np.where(inner, middle, low), np.where(inner, high, middle)
    result: Points = high
    return result


def _inside(points: Points, centres: Points, sizes: Points) -> NDArray[np.bool_]:
    """Test which points lie within a name's pill plus a margin."""
    offsets = np.abs(points - centres)
    radius = sizes[..., 1] / 2
    excess = np.maximum(offsets[..., 0] - (sizes[..., 0] / 2 - radius), 0.0)
    inner: NDArray[np.bool_] = np.hypot(excess, offsets[..., 1]) < radius + _AIR
    return inner


def _cut(curves: Points, begin: Points, end: Points) -> Points:
    """Cut cubic curves to the parameters `begin` to `end` (m,)."""
    before, _after = _split(curves, end)
    _before, cut = _split(before, begin / np.maximum(end, 1e-9))
    return cut


def _split(curves: Points, share: Points) -> tuple[Points, Points]:
    """Split cubic curves at parameters (m,), by de Casteljau's algorithm."""
    t = share[:, None]
    a, b, c, d = (curves[:, k] for k in range(4))
    ab, bc, cd = a + (b - a) * t, b + (c - b) * t, c + (d - c) * t
    abc, bcd = ab + (bc - ab) * t, bc + (cd - bc) * t
    middle = abc + (bcd - abc) * t
    return np.stack([a, ab, abc, middle], axis=1), np.stack([middle, bcd, cd, d], axis=1)
