"""The picture of a graph: concepts as pills, links as curves, walked through by mouse and keys.

The table beside it holds the same links; the two follow one another by the signals here.
"""

import math

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip

from workbench.ui import theme
from workbench.ui.associations import wording
from workbench.ui.associations.picture import Picture
from workbench.ui.associations.view import GraphView
from workbench.ui.components.controls import ENTER

_REACH = 7.0  # pixels of the screen within which the pointer finds a line
_STEP = 1.2  # one key or one notch of the wheel
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
_WAYS = {
    Qt.Key.Key_Left: (-1.0, 0.0),
    Qt.Key.Key_Right: (1.0, 0.0),
    Qt.Key.Key_Up: (0.0, -1.0),
    Qt.Key.Key_Down: (0.0, 1.0),
}


class GraphCanvas(GraphView):
    """Shows a graph and tells what is chosen, opened and asked for.

    With `jobs`, graphs of many concepts are placed on its threads; without, at once. `contextAsked`
    tells "node", "edge" or "canvas", the number or id (None for the canvas) and the place on the
    screen.
    """

    # -- the mouse -------------------------------------------------------------------------------

    def _under(self, point: QPointF) -> tuple[int | None, int | None]:
        """The concept, else the link, under a point of the widget."""
        there, scale = self._lens.to_picture(point, self._size()), self._lens.scale
        air = max(0.0, 6.0 / scale - 6.0)
        node = self.picture.node_under(there.x(), there.y(), air)
        if node is not None or self.is_settling:
            return node, None
        return None, self.picture.edge_under(there.x(), there.y(), _REACH / scale)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self._pressed = event.position()
        self._dragging = False
        self._dragged, _edge = self._under(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position()
        if self._pressed is None:
            self._point_at(point)
            return
        way = point - self._pressed
        if not self._dragging and math.hypot(way.x(), way.y()) < 4:
            return
        if not self._dragging:
            self._dragging = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        self._pressed = point
        if self._dragged is None or self.is_settling:
            self.pan(way)
        else:
            self._drag(self._dragged, way / self._lens.scale)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            super().mouseReleaseEvent(event)
            return
        moved = self._dragging
        self._pressed = self._dragged = None
        self._dragging = False
        self.unsetCursor()
        if not moved:
            self._choose_and_tell(*self._under(event.position()))
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._choose_and_tell(*self._under(event.position()))
            self._open()

    def _drag(self, index: int, by: QPointF) -> None:
        """Move the concept of this index by so many pixels of the picture, and pin it there."""
        self._fits = False
        self._pinned.add(self.picture.names.nodes[index].id)
        positions = self.picture.positions.copy()
        positions[index] += [by.x(), by.y()]
        self.picture = Picture(self.picture.names, positions)
        self._over_node, self._over_edge = index, None
        self.update()

    def _point_at(self, point: QPointF) -> None:
        """Have the pointer over a point of the widget: what is there stands out."""
        over = self._under(point)
        if over != (self._over_node, self._over_edge):
            self._over_node, self._over_edge = over
            hand = Qt.CursorShape.PointingHandCursor
            self.setCursor(hand if over != (None, None) else Qt.CursorShape.ArrowCursor)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._over_node = self._over_edge = None
        self.update()
        super().leaveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y() / 120.0
        if turned:
            self.zoom(_STEP**turned, event.position())
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            node, edge = self._under(QPointF(event.pos()))
            self._choose_and_tell(node, edge)
            place = event.globalPos()
        else:
            node, edge = self._node, self._edge
            place = self.mapToGlobal(self._chosen_place())
        names = self.picture.names
        if node is not None:
            self.contextAsked.emit("node", names.nodes[node].id, place)
        elif edge is not None:
            self.contextAsked.emit("edge", names.edges[edge].id, place)
        else:
            self.contextAsked.emit("canvas", None, place)

    def _chosen_place(self) -> QPoint:
        node, edge = self.selected_node, self.selected_edge
        if node is not None:
            return self.place_of(node).toPoint()
        return self.place_of_edge(edge).toPoint() if edge is not None else self.rect().center()

    # -- keys ------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, mask = event.key(), event.modifiers()
        shift = mask == Qt.KeyboardModifier.ShiftModifier
        way = _WAYS.get(Qt.Key(key)) if key in _WAYS else None
        if way is not None and shift:
            self.pan(QPointF(-way[0], -way[1]) * theme.px(48))
        elif way is not None and mask in _PLAIN:
            self._walk(way)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal) and (mask in _PLAIN or shift):
            self.zoom(_STEP)
        elif key == Qt.Key.Key_Minus and mask in _PLAIN:
            self.zoom(1 / _STEP)
        elif key == Qt.Key.Key_0 and mask in _PLAIN:
            self.fit()
        elif key == Qt.Key.Key_Home and mask in _PLAIN and self.picture.names.nodes:
            self._choose_and_tell(self.picture.names.centre, None)
        elif key == Qt.Key.Key_Space and mask in _PLAIN:
            self._next_link()
        elif key in ENTER and mask in _PLAIN:
            self._open()
        elif key == Qt.Key.Key_Escape and (self._node, self._edge) != (None, None):
            self._choose_and_tell(None, None)
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        node, edge = self.selected_node, self.selected_edge
        if node is not None:
            self.nodeActivated.emit(node)
        elif edge is not None:
            self.edgeActivated.emit(edge)

    def _walk(self, way: tuple[float, float]) -> None:
        """Choose the nearest concept in a direction; what lies far aside counts as farther off."""
        names, positions = self.picture.names, self.picture.positions
        if not names.nodes:
            return
        if self._node is None:
            ends = names.centre
            if self._edge is not None:
                ends = int(names.tails[self._edge])
            self._choose_and_tell(ends, None)
            return
        apart = positions - positions[self._node]
        ahead = apart @ np.array(way)
        aside = np.abs(apart @ np.array([-way[1], way[0]]))
        cost = np.where(ahead > 1.0, ahead + 2.0 * aside, np.inf)
        cost[aside > 2.5 * np.maximum(ahead, 0.0)] = np.inf
        best = int(cost.argmin())
        if math.isfinite(cost[best]):
            self._choose_and_tell(best, None)

    def _next_link(self) -> None:
        """Choose the links of a concept one after the other, the strongest first."""
        names = self.picture.names
        if not names.edges:
            return
        around = self._around if self._edge is not None else self._node
        if around is None:
            around = names.centre
        self._around = around
        links = sorted(names.links[around], key=lambda link: -names.edges[link].strength)
        if not links:
            return
        turn = links.index(self._edge) + 1 if self._edge in links else 0
        self._choose_and_tell(None, links[turn % len(links)])

    # -- words beside the pointer ----------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            names = self.picture.names
            node, edge = self._under(QPointF(event.pos()))
            told = ""
            if node is not None:
                told = wording.of_node(names, node)
            elif edge is not None:
                told = wording.of_edge(names, edge)
            QToolTip.showText(event.globalPos(), told, self)
            return True
        return super().event(event)
