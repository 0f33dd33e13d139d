"""Icons of concept types: a disc for a name, a diamond for a place."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem

from workbench.ui import theme
from workbench.ui.concepts import kinds

#: Half the size of an icon in pixels.
_HALF = 4
_CORNERS = ((0, -1), (1, 0), (0, 1), (-1, 0))


def outline(type: str) -> QPainterPath:
    """The outline of a type's icon around 0: a ring for an idea, a square for other types."""
    half, path = theme.px(_HALF), QPainterPath()
    if type == "spatial":
        path.addPolygon(QPolygonF([QPointF(x, y) * half * 1.25 for x, y in _CORNERS]))
        path.closeSubpath()
    elif type in ("entity", "concept"):
        radius = half - theme.px(1) if type == "concept" else half
        path.addEllipse(QPointF(), radius, radius)
    else:
        path.addRect(QRectF(-half, -half, 2 * half, 2 * half))
    return path


def draw_in(painter: QPainter, box: QRectF, type: str) -> None:
    """Paint the icon of a type in a box."""
    ink, hollow = theme.colour(kinds.ink(type)), type == "concept"
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ink, theme.px(2)) if hollow else QPen(Qt.PenStyle.NoPen))
    painter.setBrush(Qt.BrushStyle.NoBrush if hollow else ink)
    painter.drawPath(outline(type).translated(box.center()))


def item(type: str, parent: QGraphicsItem) -> QGraphicsPathItem:
    """The icon of a type as a child of a scene item."""
    created, ink = QGraphicsPathItem(outline(type), parent), theme.colour(kinds.ink(type))
    hollow = type == "concept"
    created.setPen(QPen(ink, theme.px(2)) if hollow else QPen(Qt.PenStyle.NoPen))
    created.setBrush(Qt.BrushStyle.NoBrush if hollow else ink)
    return created
