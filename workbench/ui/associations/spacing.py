"""Room between the names of a picture: what overlaps is pushed apart, pieces stand side by side.

Pairs are found in a grid, so that a round looks at a bounded number for each name; what the
rounds leave over takes the nearest free place. No Qt.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from workbench.jobs import Cancel

Points = NDArray[np.float64]
Numbers = NDArray[np.int64]

#: Least room between two names, across and down, in pixels.
GAP = (26.0, 20.0)
_ROUNDS = 80
_DENSITY = 0.32
_MANY = 300
_SLACK = 0.01
_GOLDEN = 2.399963  # an angle of which no two multiples are alike
_NEAR = 24  # names of one cell of the grid that a name is held against
_CELLS = ((0, 0), (1, 0), (-1, 1), (0, 1), (1, 1))


def spread(positions: Points, sizes: Points, pressed: Points) -> None:
    """Thin out the middle of a picture, in place: no circle around it holds more than it has room.

    Angles and the order outwards stay. `pressed` (2,) makes circles of what are ellipses here.
    """
    # A large picture is seen from afar first, where room costs nothing.
    density = _DENSITY if len(positions) <= _MANY else 0.6 * _DENSITY
    middle = np.median(positions, axis=0)
    around = (positions - middle) * pressed
    far = np.hypot(around[:, 0], around[:, 1])
    order = np.argsort(far, kind="stable")
    area = np.cumsum((sizes + np.array(GAP)).prod(axis=1)[order])
    wide = np.empty_like(far)
    wide[order] = np.maximum(far[order], np.sqrt(area / (math.pi * density)))
    positions[:] = middle + (positions - middle) * (wide / np.maximum(far, 1e-9))[:, None]


def separate(
    positions: Points, sizes: Points, mobility: Points, *, cancel: Cancel | None = None
) -> tuple[int, int]:
    """Push names (n, 2) apart, in place, until no two overlap; returns rounds and pairs looked at.

    `mobility` (n,) from 0 (stays) to 1. Names that may not move are left where they are, even
    where they overlap one another.
    """
    room = sizes + np.array(GAP)
    looked = 0
    _part(positions, mobility)
    for turn in range(_ROUNDS):
        if cancel is not None:
            cancel.check()
        one, other = _near(positions, room)
        looked += len(one)
        if not _push(positions, room, mobility, one, other):
            return turn + 1, looked
    return _ROUNDS, looked + _seat(positions, room, mobility)


def overlaps(positions: Points, sizes: Points) -> int:
    """How many pairs of names lie on one another."""
    apart = np.abs(positions[:, None] - positions[None])
    need = (sizes[:, None] + sizes[None]) / 2
    return int(np.triu((apart < need - 1e-6).all(axis=2), 1).sum())


def pack(positions: Points, sizes: Points, pieces: Sequence[tuple[Numbers, bool]]) -> None:
    """Put the pieces of a picture below the first, in rows; a piece that is settled stays."""
    settled = [piece for piece, stays in pieces if stays] or [pieces[0][0]]
    loose = [piece for piece, stays in pieces if not stays and piece is not settled[0]]
    if not loose:
        return
    fixed = np.concatenate(settled)
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
    """Give names on the same spot a direction in which to be pushed."""
    turn = np.arange(len(positions)) * _GOLDEN
    apart = 1e-3 * np.stack([np.cos(turn), np.sin(turn)], axis=1)
    positions += np.where(mobility[:, None] > 0, apart, 0.0)


def _near(positions: Points, room: Points) -> tuple[Numbers, Numbers]:
    """Pairs of names whose cells of the grid touch, at most `_NEAR` of a cell for each name."""
    if len(positions) < 64:
        one, other = np.triu_indices(len(positions), 1)
        return one, other
    cell = room.max(axis=0)
    at = np.floor((positions - positions.min(axis=0)) / cell).astype(np.int64) + 1
    columns = int(at[:, 0].max()) + 2
    key = at[:, 1] * columns + at[:, 0]
    order = np.argsort(key, kind="stable")
    ranked = key[order]
    ones, others = [], []
    for across, down in _CELLS:
        wanted = ranked + down * columns + across
        first = np.searchsorted(ranked, wanted, "left")
        last = np.searchsorted(ranked, wanted, "right")
        if not across and not down:
            first = np.arange(len(ranked)) + 1
        count = np.minimum(last - first, _NEAR)
        count = np.maximum(count, 0)
        one = np.repeat(np.arange(len(ranked)), count)
        step = np.arange(len(one)) - np.repeat(np.cumsum(count) - count, count)
        ones.append(order[one])
        others.append(order[np.repeat(first, count) + step])
    return np.concatenate(ones), np.concatenate(others)


def _push(positions: Points, room: Points, mobility: Points, one: Numbers, other: Numbers) -> bool:
    """Push the two of every pair that overlaps as far apart as they lack; whether any did."""
    apart = positions[other] - positions[one]
    lacks = (room[one] + room[other]) / 2 - np.abs(apart)
    free = mobility[one] + mobility[other]
    hit = (lacks > _SLACK).all(axis=1) & (free > 0)
    if not hit.any():
        return False
    one, other, apart, lacks, free = one[hit], other[hit], apart[hit], lacks[hit], free[hit]
    # Mostly along the axis on which less is lacking, and a little along the other, or rows jam.
    towards = 1.0 - lacks / lacks.sum(axis=1, keepdims=True)
    towards /= np.hypot(towards[:, 0], towards[:, 1])[:, None]
    shift = np.where(apart >= 0, 1.0, -1.0) * (lacks + 0.2) * towards
    share = mobility[one] / free
    for axis in (0, 1):
        moved = np.bincount(other, shift[:, axis] * (1 - share), len(positions))
        moved -= np.bincount(one, shift[:, axis] * share, len(positions))
        positions[:, axis] += moved
    return True


def _seat(positions: Points, room: Points, mobility: Points) -> int:
    """Give names that still overlap the nearest free place, those that move least first."""
    cell = room.max(axis=0)
    grid: dict[tuple[int, int], list[int]] = {}
    one, other = _near(positions, room)
    lying = (
        (room[one] + room[other]) / 2 - np.abs(positions[other] - positions[one]) > _SLACK
    ).all(axis=1)
    loose = np.zeros(len(positions), bool)
    loose[one[lying]] = loose[other[lying]] = True
    loose &= mobility > 0
    looked = len(one)
    for index in np.lexsort((mobility, loose)).tolist():
        turn = 0
        while loose[index]:
            places = positions[index] + _spiral(turn) * room[index] / 2
            reach = np.ceil(np.abs(places - positions[index]).max(axis=0) / cell).astype(int) + 1
            across, down = np.floor(positions[index] / cell).astype(int).tolist()
            there = [
                other
                for x in range(across - reach[0], across + reach[0] + 1)
                for y in range(down - reach[1], down + reach[1] + 1)
                for other in grid.get((x, y), ())
            ]
            looked += len(there) * len(places)
            apart = np.abs(places[:, None] - positions[there][None])
            need = (room[index] + room[there]) / 2 - 2 * _SLACK
            free = ~(apart < need).all(axis=2).any(axis=1)
            if free.any():
                positions[index] = places[int(free.argmax())]
                break
            turn += 1
        key = np.floor(positions[index] / cell).astype(int).tolist()
        grid.setdefault((key[0], key[1]), []).append(index)
    return looked


def _spiral(turn: int) -> Points:
    """Places around the origin, nearest first: that itself, then bands ever wider outwards."""
    number = np.arange(2**turn - 1, 2 ** (turn + 1) - 1)
    far, angle = 0.6 * np.sqrt(number), number * _GOLDEN
    return np.stack([far * np.cos(angle), far * np.sin(angle)], axis=1)
