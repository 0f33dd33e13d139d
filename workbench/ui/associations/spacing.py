"""Room between the names of a picture: what overlaps is pushed apart, pieces stand side by side;
no Qt.
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
_ROUNDS, _JAMMED = 400, 80
_LOOSENED = 0.02
_DENSITY = 0.32
_SLACK = 0.01
_GOLDEN = 2.399963  # an angle of which no two multiples are alike


def spread(positions: Points, sizes: Points, pressed: Points) -> None:
    """Thin out the middle of a picture, in place: no circle around it holds more than it has room.

    Angles and the order outwards stay. `pressed` (2,) makes circles of what are ellipses here.
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
    """Push names (n, 2) apart, in place, until no two overlap.

    `mobility` (n,) from 0 (stays) to 1. Names that may not move are left where they are, even
    where they overlap one another.
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
            # Names that hold one another fast have room where all stand further out.
            positions += _LOOSENED * mobility[:, None] * (positions - positions.mean(axis=0))


def pack(positions: Points, sizes: Points, pieces: Sequence[tuple[Numbers, bool]]) -> None:
    """Put the pieces of a picture below the first, in rows; a piece that is settled stays."""
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
    """Give names on the same spot a direction in which to be pushed."""
    turn = np.arange(len(positions)) * _GOLDEN
    nudge = 1e-3 * np.stack([np.cos(turn), np.sin(turn)], axis=1)
    positions += np.where(mobility[:, None] > 0, nudge, 0.0)


def _push(positions: Points, room: Points, mobility: Points, head: Numbers, other: Numbers) -> bool:
    """Push the two of every pair that overlaps as far apart as they lack; whether any did."""
    offsets = positions[other] - positions[head]
    lacks = (room[head] + room[other]) / 2 - np.abs(offsets)
    free = mobility[head] + mobility[other]
    hit = (lacks > _SLACK).all(axis=1) & (free > 0)
    if not hit.any():
        return False
    head, other, offsets, lacks, free = head[hit], other[hit], offsets[hit], lacks[hit], free[hit]
    # Mostly along the axis on which less is lacking, and a little along the other, or rows jam.
    towards = 1.0 - lacks / lacks.sum(axis=1, keepdims=True)
    towards /= np.hypot(towards[:, 0], towards[:, 1])[:, None]
    shift = np.where(offsets >= 0, 1.0, -1.0) * (lacks + 0.2) * towards
    share = mobility[head] / free
    for axis in (0, 1):
        shifts = np.bincount(other, shift[:, axis] * (1 - share), len(positions))
        shifts -= np.bincount(head, shift[:, axis] * share, len(positions))
        positions[:, axis] += shifts
    return True
