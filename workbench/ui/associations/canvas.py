"""The picture of a graph: concepts as pills, links as curves, walked through by mouse and keys.

The table beside it holds the same links; the two follow one another by the signals here.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from workbench.ui import theme
from workbench.ui.associations import painting, wording
from workbench.ui.associations.graph import GraphEdge, GraphNode
from workbench.ui.associations.layer import Layer, render
from workbench.ui.associations.lens import Lens, fitted
from workbench.ui.associations.painting import Look
from workbench.ui.associations.picture import Names, Picture, measure
from workbench.ui.associations.settling import Settling
from workbench.ui.jobs import Jobs

Points = NDArray[np.float64]

_MARGIN = 28
_REACH = 7.0  # pixels of the screen within which the pointer finds a line
_SLOW = 0.02  # seconds of painting beyond which a picture in motion is not painted anew
_REST = 90  # milliseconds without motion after which it is
_STEP = 1.2  # one key or one notch of the wheel
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
_WAYS = {
    Qt.Key.Key_Left: (-1.0, 0.0),
    Qt.Key.Key_Right: (1.0, 0.0),
    Qt.Key.Key_Up: (0.0, -1.0),
    Qt.Key.Key_Down: (0.0, 1.0),
}


class GraphCanvas(QWidget):
    """Shows a graph and tells what is chosen, opened and asked for.

    With `jobs`, graphs of many concepts are placed on its threads; without, at once. `contextAsked`
    tells "node", "edge" or "canvas", the number or id (None for the canvas) and the place on the
    screen. `settled` comes when all stand where they stay, `moved` when the user moved one.
    """

    nodeActivated = Signal(int)
    edgeActivated = Signal(str)
    nodeSelected = Signal(int)
    edgeSelected = Signal(str)
    selectionCleared = Signal()
    contextAsked = Signal(str, object, QPoint)
    settled = Signal()
    moved = Signal(int)

    def __init__(self, jobs: Jobs | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settling = Settling(jobs)
        self._picture = Picture(measure((), (), 0), np.zeros((0, 2)))
        self._lens = Lens(QPointF())
        self._node: int | None = None
        self._edge: int | None = None
        self._over_node: int | None = None
        self._over_edge: int | None = None
        self._path: frozenset[int] = frozenset()
        self._pinned: set[int] = set()
        self._kept: dict[int, tuple[float, float]] = {}
        self._pressed: QPointF | None = None
        self._dragged: int | None = None
        self._dragging = False
        self._around: int | None = None
        self._kept_layer: Layer | None = None
        self._hurried = False
        self._rest = QTimer(self)
        self._rest.setObjectName("sharpen")
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._rest.timeout.connect(self._sharpen)
        self._fits = True
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Picture of the links")
        theme.watch(self, self._themed)
        self._tell()

    # -- what is shown ---------------------------------------------------------------------------

    @property
    def picture(self) -> Picture:
        """What is shown, with its places: what `export` writes."""
        return self._picture

    @property
    def is_settling(self) -> bool:
        """Whether places are still being looked for."""
        return self._settling.under_way

    @property
    def scale(self) -> float:
        """Pixels of the screen for a pixel of the picture."""
        return self._lens.scale

    def set_graph(
        self,
        nodes: Sequence[GraphNode],
        edges: Sequence[GraphEdge],
        centre: int,
        *,
        keep_places: bool = False,
    ) -> None:
        """Show another graph, in whose middle is the concept `centre`.

        With `keep_places`, as for a filter, what was shown before stays where it stands, and what
        is chosen stays chosen; else everything is placed and fitted anew. Places given to
        `restore` are kept in both cases.
        """
        chosen = self.selected_node, self.selected_edge
        if keep_places:
            self._kept.update(self.positions())
        else:
            self._pinned = {one for one in self._pinned if one in self._kept}
            self._fits = True
        self._show(measure(nodes, edges, centre), moving=not keep_places)
        if keep_places:
            self._choose_again(*chosen)
        else:
            self._drop_selection()

    def grow(self, nodes: Iterable[GraphNode], edges: Iterable[GraphEdge]) -> None:
        """Add concepts and links; what is there already keeps its place.

        One with the number or id of one that is there takes its place.
        """
        names = self._picture.names
        chosen = self.selected_node, self.selected_edge
        self._kept.update(self.positions())
        grown = {node.id: node for node in (*names.nodes, *nodes)}
        lines = {edge.id: edge for edge in (*names.edges, *edges)}
        centre = names.nodes[names.centre].id if names.nodes else 0
        self._show(measure(tuple(grown.values()), tuple(lines.values()), centre), moving=False)
        self._choose_again(*chosen)

    def _show(self, names: Names, *, moving: bool) -> None:
        self._over_node = self._over_edge = None
        self._path = frozenset()
        count = len(names.nodes)
        before = np.array(
            [self._kept.get(node.id, (np.nan, np.nan)) for node in names.nodes]
        ).reshape(count, 2)
        pinned = np.array([node.id in self._pinned for node in names.nodes], dtype=bool)
        known = not np.isnan(before).all()
        self._kept = {}
        shape = names.shape(max(1.0, min(2.2, self.width() / max(1, self.height()))))

        def on_the_way(positions: Points) -> None:
            if moving and not theme.reduced_motion():
                self._place(names, positions)

        def at_rest(positions: Points) -> None:
            self._place(names, positions)
            self.settled.emit()

        # Until the first places come, what is new stands in the middle: it is a moment.
        first = np.where(np.isnan(before), 0.0, before)
        self._picture = Picture(names, first)
        self._settling.begin(shape, before if known else None, pinned, on_the_way, at_rest)
        self._tell()
        self.update()

    def _place(self, names: Names, positions: Points) -> None:
        self._picture = Picture(names, positions)
        if self._fits:
            self._fit(whole=not self.is_settling)
        self.update()

    def _choose_again(self, node: int | None, edge: str | None) -> None:
        names = self._picture.names
        self._node = names.at.get(node) if node is not None else None
        self._edge = names.edge_at.get(edge) if edge is not None else None
        if (node is not None or edge is not None) and self._node is None and self._edge is None:
            self.selectionCleared.emit()
        self._tell()
        self.update()

    def _drop_selection(self) -> None:
        had = self._node is not None or self._edge is not None
        self._node = self._edge = None
        if had:
            self.selectionCleared.emit()
        self._tell()

    # -- places ----------------------------------------------------------------------------------

    def positions(self) -> dict[int, tuple[float, float]]:
        """Where every concept stands, in pixels from the centre of the picture."""
        names = self._picture.names
        if self.is_settling:
            return dict(self._kept)
        return {
            node.id: (x, y)
            for node, (x, y) in zip(names.nodes, self._picture.positions.tolist(), strict=True)
        }

    def pinned_positions(self) -> dict[int, tuple[float, float]]:
        """Where the concepts stand that the user moved."""
        return {one: at for one, at in self.positions().items() if one in self._pinned}

    def restore(
        self, positions: Mapping[int, tuple[float, float]], pinned: Iterable[int] = ()
    ) -> None:
        """Put concepts where they stood, those shown now and those of the next graph."""
        sound = {
            one: (float(x), float(y))
            for one, (x, y) in positions.items()
            if math.isfinite(x) and math.isfinite(y)
        }
        self._pinned |= set(pinned) & sound.keys()
        names = self._picture.names
        if any(one in names.at for one in sound):
            self._kept = {**self.positions(), **sound}
            chosen = self.selected_node, self.selected_edge
            self._show(names, moving=False)
            self._choose_again(*chosen)
        self._kept = sound

    def unpin(self, node: int) -> None:
        """Let a concept that the user moved give way again."""
        self._pinned.discard(node)
        self.update()

    # -- what is chosen --------------------------------------------------------------------------

    @property
    def selected_node(self) -> int | None:
        """The number of the concept that is chosen."""
        return None if self._node is None else self._picture.names.nodes[self._node].id

    @property
    def selected_edge(self) -> str | None:
        """The id of the link that is chosen."""
        return None if self._edge is None else self._picture.names.edges[self._edge].id

    def select_node(self, node: int | None) -> None:
        """Choose a concept as the table does, without telling; None chooses nothing."""
        self._choose(self._picture.names.at.get(node) if node is not None else None, None)

    def select_edge(self, edge: str | None) -> None:
        """Choose a link as the table does, without telling; None chooses nothing."""
        self._choose(None, self._picture.names.edge_at.get(edge) if edge is not None else None)

    def highlight_path(self, edges: Iterable[str]) -> None:
        """Let these links stand out and all others step back; none: all are alike again."""
        at = self._picture.names.edge_at
        self._path = frozenset(at[edge] for edge in edges if edge in at)
        self.update()

    def _choose(self, node: int | None, edge: int | None) -> None:
        if (node, edge) == (self._node, self._edge):
            return
        self._node, self._edge = node, edge
        self._bring_in()
        self._tell()
        self.update()

    def _choose_and_tell(self, node: int | None, edge: int | None) -> None:
        if (node, edge) == (self._node, self._edge):
            return
        self._choose(node, edge)
        chosen, line = self.selected_node, self.selected_edge
        if chosen is not None:
            self.nodeSelected.emit(chosen)
        elif line is not None:
            self.edgeSelected.emit(line)
        else:
            self.selectionCleared.emit()

    def _bring_in(self) -> None:
        """Move the picture so that what is chosen can be seen."""
        if self._node is not None:
            spot = self._picture.pill(self._node)
        elif self._edge is not None:
            middle = self._picture.polylines[self._edge, 8].tolist()
            spot = QRectF(middle[0] - 40, middle[1] - 16, 80, 32)
        else:
            return
        air = theme.px(16) / self._lens.scale
        spot = spot.adjusted(-air, -air, air, air)
        seen = self._lens.seen(self._size())
        if seen.contains(spot):
            return
        across = max(0.0, spot.right() - seen.right()) + min(0.0, spot.left() - seen.left())
        down = max(0.0, spot.bottom() - seen.bottom()) + min(0.0, spot.top() - seen.top())
        self._fits = False
        self._lens = self._lens.moved(-QPointF(across, down) * self._lens.scale)

    # -- what is said ----------------------------------------------------------------------------

    def sentence(self) -> str:
        """The picture in a sentence or two, for those who do not see it."""
        return wording.sentence(self._picture.names, self._node, self._edge)

    def _tell(self) -> None:
        self.setAccessibleDescription(f"{self.sentence()} {wording.KEYS}")

    # -- the part that is seen -------------------------------------------------------------------

    def fit(self) -> None:
        """Show everything, and go on doing so while the window changes its size."""
        self._fits = True
        self._fit()
        self.update()

    def zoom(self, factor: float, around: QPointF | None = None) -> None:
        """Enlarge the picture around a point of the widget, or around its middle."""
        self._fits = False
        place = QPointF(self.rect().center()) if around is None else around
        self._lens = self._lens.zoomed(factor, place, self._size())
        self._hurried = True
        self.update()

    def pan(self, by: QPointF) -> None:
        """Move the picture by so many pixels."""
        self._fits = False
        self._lens = self._lens.moved(by)
        self.update()

    def place_of(self, node: int) -> QPointF:
        """Where in the widget the middle of a concept is seen. Raises `KeyError` for no such."""
        index = self._picture.names.at[node]
        point = QPointF(*self._picture.positions[index].tolist())
        return self._lens.to_screen(point, self._size())

    def place_of_edge(self, edge: str) -> QPointF:
        """Where in the widget the middle of a link is seen. Raises `KeyError` for no such."""
        point = self._picture.polylines[self._picture.names.edge_at[edge], 8]
        return self._lens.to_screen(QPointF(*point.tolist()), self._size())

    def _fit(self, *, whole: bool = True) -> None:
        self._lens = fitted(self._picture.bounds(whole=whole), self._size(), theme.px(_MARGIN))

    def _size(self) -> QSizeF:
        return QSizeF(self.size())

    def _themed(self) -> None:
        """Names have another size after a change of the text's, so all is measured again."""
        names = self._picture.names
        chosen = self.selected_node, self.selected_edge
        self._kept = self.positions()
        centre = names.nodes[names.centre].id if names.nodes else 0
        self._show(measure(names.nodes, names.edges, centre), moving=False)
        self._choose_again(*chosen)

    # -- painting --------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(theme.px(640), theme.px(440))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(160), theme.px(120))

    def look(self) -> Look:
        """What the painting is told of this moment."""
        names = self._picture.names
        return Look(
            scale=self._lens.scale,
            seen=self._lens.seen(self._size()),
            node=self._node,
            edge=self._edge,
            over_node=self._over_node,
            over_edge=self._over_edge,
            focus=self.hasFocus(),
            path=self._path,
            pinned=frozenset(names.at[one] for one in self._pinned if one in names.at),
            words=not self.is_settling,
            dragged=self._dragging and self._dragged is not None,
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), theme.colour("surface"))
        look = self.look()
        self._layer(look).show(painter, self._lens, self._size())
        painter.save()
        painter.translate(QPointF(self.width() / 2, self.height() / 2))
        painter.scale(self._lens.scale, self._lens.scale)
        painter.translate(-self._lens.middle)
        painting.paint_over(painter, self._picture, look)
        painter.restore()
        if self.hasFocus():
            painter.setPen(painting.ring_pen())
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def _layer(self, look: Look) -> Layer:
        """The picture without what the pointer is on, with some more around what is seen."""
        still = replace(look, over_node=None, over_edge=None, seen=QRectF(), dragged=False)
        ratio, size = self.devicePixelRatioF(), self._size()
        key = (still, self._picture, theme.current(), theme.px(1000), ratio)
        layer = self._kept_layer
        if layer is None or not layer.serves(key, self._lens, size):
            if layer is not None and self._hurried and layer.seconds > _SLOW:
                # What takes longer than a frame is painted when the hand rests.
                self._rest.start()
                return layer
            layer = render(key, self._picture, still, self._lens, size, ratio)
            self._kept_layer = layer
        return layer

    def _sharpen(self) -> None:
        self._hurried = False
        self.update()

    def hideEvent(self, event: QHideEvent) -> None:
        self._rest.stop()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fits:
            self._fit(whole=not self.is_settling)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    # -- the mouse -------------------------------------------------------------------------------

    def _under(self, point: QPointF) -> tuple[int | None, int | None]:
        """The concept, else the link, under a point of the widget."""
        there, scale = self._lens.to_picture(point, self._size()), self._lens.scale
        air = max(0.0, 6.0 / scale - 6.0)
        node = self._picture.node_under(there.x(), there.y(), air)
        if node is not None or self.is_settling:
            return node, None
        return None, self._picture.edge_under(there.x(), there.y(), _REACH / scale)

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
            self._hover(point)
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
        dragged, moved = self._dragged, self._dragging
        self._pressed = self._dragged = None
        self._dragging = False
        self.unsetCursor()
        if not moved:
            self._choose_and_tell(*self._under(event.position()))
        elif dragged is not None and not self.is_settling:
            self._picture = Picture(self._picture.names, self._picture.positions)
            self._hurried = False
            self.moved.emit(self._picture.names.nodes[dragged].id)
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._choose_and_tell(*self._under(event.position()))
            self._open()

    def _drag(self, index: int, by: QPointF) -> None:
        self._fits = False
        self._pinned.add(self._picture.names.nodes[index].id)
        place = self._picture.positions[index] + [by.x(), by.y()]
        self._picture = self._picture.moved(index, place)
        self._over_node, self._over_edge = index, None
        self._hurried = True
        self.update()

    def _hover(self, point: QPointF) -> None:
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
        names = self._picture.names
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
        elif key == Qt.Key.Key_Home and mask in _PLAIN and self._picture.names.nodes:
            self._choose_and_tell(self._picture.names.centre, None)
        elif key == Qt.Key.Key_Space and mask in _PLAIN:
            self._next_link()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and mask in _PLAIN:
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
        names, positions = self._picture.names, self._picture.positions
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
        names = self._picture.names
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
            names = self._picture.names
            node, edge = self._under(QPointF(event.pos()))
            told = ""
            if node is not None:
                told = wording.of_node(names, node)
            elif edge is not None:
                told = wording.of_edge(names, edge)
            QToolTip.showText(event.globalPos(), told, self)
            return True
        return super().event(event)
