"""Boxes of words drawn close around their ink, where a recogniser only shares out its line's box.

Between two words the widest gap near the place that was named parts them; above and below, and at
both ends, a box ends where its ink does. Lines that lean, and letters lighter than their ground,
are left as they are.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Box = tuple[float, float, float, float]

#: A line leans where its words stand so much of their height apart; and letters are darker than the
#: ground by so many steps of grey.
_LEANS, _DARKER = 0.25, 40
#: A box gives up no more than this share of its height.
_LIMIT = 0.7


def tightened(grey: NDArray[np.uint8], line: Sequence[Box]) -> list[Box]:
    """The boxes of one line's words, left to right, in pixels of `grey` (rows, columns)."""
    if not line or _leans(line):
        return list(line)
    left, top = max(0, int(min(box[0] for box in line))), max(0, int(min(b[1] for b in line)))
    right = min(grey.shape[1], int(max(box[2] for box in line)) + 1)
    bottom = min(grey.shape[0], int(max(box[3] for box in line)) + 1)
    visited = grey[top:bottom, left:right]
    if min(visited.shape, default=0) < 3:
        return list(line)
    ground, ink = np.percentile(visited, (90, 2))
    if ground - ink < _DARKER or np.median(visited) < (ground + ink) / 2:
        return list(line)
    dark = visited < (ground + ink) / 2
    columns = dark.sum(axis=0) > 0
    edges = [0, *(_parting(columns, a, b, left) for a, b in pairwise(line)), len(columns)]
    return [
        _fitted(dark[:, start:end], box, left + start, top)
        for box, (start, end) in zip(line, pairwise(edges), strict=True)
    ]


def _leans(line: Sequence[Box]) -> bool:
    high = float(np.median([box[3] - box[1] for box in line]))
    tops = [box[1] for box in line]
    ordered = all(a[0] <= b[0] for a, b in pairwise(line))
    return not ordered or high <= 0 or max(tops) - min(tops) > _LEANS * high


def _parting(columns: NDArray[np.bool_], left_box: Box, right_box: Box, left: int) -> int:
    """The column that parts two words: the middle of the widest gap near the one named."""
    middle = round((left_box[2] + right_box[0]) / 2) - left
    reach = max(2, round((left_box[3] - left_box[1]) * 0.5))
    low, high = max(0, middle - reach), min(len(columns), middle + reach)
    blank = np.flatnonzero(~columns[low:high])
    if not len(blank):
        return min(max(middle, 0), len(columns))
    runs = np.split(blank, np.flatnonzero(np.diff(blank) > 1) + 1)
    best = max(runs, key=lambda run: (len(run), -abs(low + run.mean() - middle)))
    return low + int(best.mean())


def _fitted(dark: NDArray[np.bool_], box: Box, left: int, top: int) -> Box:
    """The ink of one word as a box; the box it had where that would leave too little of it."""
    rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    if not len(rows) or rows[-1] + 1 - rows[0] < (1 - _LIMIT) * (box[3] - box[1]):
        return box
    return (
        float(left + columns[0]),
        float(top + rows[0]),
        float(left + columns[-1] + 1),
        float(top + rows[-1] + 1),
    )
