"""Going about among spots of a picture: by the pointer, and by arrow keys."""

import math
from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, Qt

#: Arrow keys as directions.
ARROWS = {
    Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Up: (0, -1),
}  # fmt: skip
#: Pixels around a spot within which the pointer still finds it.
_AIR = 6


def under(spots: Sequence[QPointF], point: QPointF, radius: Callable[[int], float]) -> int:
    """The number of the spot, `radius` wide, that is at a point; -1 where none is."""
    far = [
        (math.hypot(spot.x() - point.x(), spot.y() - point.y()) - radius(at), at)
        for at, spot in enumerate(spots)
    ]
    best = min(far, default=(math.inf, -1))
    return best[1] if best[0] <= _AIR else -1


def towards(spots: Sequence[QPointF], here: QPointF, way: tuple[int, int]) -> int:
    """The number of the nearest spot in a direction; -1 where none is."""
    x, y = way
    best, least = -1, math.inf
    for at, spot in enumerate(spots):
        off = spot - here
        ahead = off.x() * x + off.y() * y
        aside = abs(off.x() * y) + abs(off.y() * x)
        if ahead > 1 and (far := ahead + 2 * aside) < least:
            best, least = at, far
    return best
