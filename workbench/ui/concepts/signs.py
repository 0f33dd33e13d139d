"""The sign of a type, wherever a concept is named: a disc for a name, a diamond for a place."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from workbench.ui import theme
from workbench.ui.concepts import kinds

#: Pixels of half a sign.
_HALF = 4
_CORNERS = ((0, -1), (1, 0), (0, 1), (-1, 0))


def draw_in(painter: QPainter, box: QRectF, type: str) -> None:
    """Draw the sign of a type in a box: a ring for an idea, a square for what is else."""
    at, half, ink = box.center(), theme.px(_HALF), theme.colour(kinds.ink(type))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    if type == "entity":
        painter.drawEllipse(at, half, half)
    elif type == "spatial":
        painter.drawPolygon(QPolygonF([at + QPointF(x, y) * half * 1.25 for x, y in _CORNERS]))
    elif type == "concept":
        painter.setPen(QPen(ink, theme.px(2)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(at, half - theme.px(1), half - theme.px(1))
    else:
        painter.drawRect(QRectF(at.x() - half, at.y() - half, 2 * half, 2 * half))
