"""The graph view: concepts as pills, links as curves, navigable by mouse and keyboard.

The table lists the same links; signals keep the two selections in sync.
"""

import math
from collections.abc import Iterable, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsView, QSizePolicy, QWidget

from workbench.memory.graph.records import Edge
from workbench.ui import theme
from workbench.ui.associations import layout, wording
from workbench.ui.associations.picture import Names, Picture, measure
from workbench.ui.associations.scene import INDEX, KIND, NAMES, Emphasis, GraphScene
from workbench.ui.associations.walk import GraphNode, Places
from workbench.ui.components import ENTER
from workbench.ui.jobs import Job, Jobs
from workbench.ui.language import tr

_MARGIN = 28
_IMMEDIATE = 12  # concepts laid out in the GUI thread; larger graphs use a worker
_MIN_SCALE, _MAX_SCALE = 0.02, 3.0  # zoom limits
_FITTED = 1.15  # largest zoom of "fit to view"
_STEP = 1.2  # zoom factor of a key press or wheel notch
_AIR = 6  # hit tolerance around a dot, in pixels
_SLACK = 4  # movement still counted as a click, in pixels
_SURROUNDINGS = 20_000.0  # scene margin for panning, in scene units
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
_DIRECTIONS = {
    Qt.Key.Key_Left: (-1.0, 0.0),
    Qt.Key.Key_Right: (1.0, 0.0),
    Qt.Key.Key_Up: (0.0, -1.0),
    Qt.Key.Key_Down: (0.0, 1.0),
}


class GraphCanvas(QGraphicsView):
    """Shows a graph and emits selections, activations and context menu requests.

    With `jobs`, large graphs are laid out on a worker thread; without, synchronously.
    """

    nodeActivated = Signal(int)
    edgeActivated = Signal(str)
    nodeSelected = Signal(int)
    edgeSelected = Signal(str)
    selectionCleared = Signal()
    #: "node", "edge" or "canvas"; concept number, link id or None; global position.
    contextAsked = Signal(str, object, QPoint)

    def __init__(self, jobs: Jobs | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._job: Job | None = None
        self._node: int | None = None
        self._edge: int | None = None
        self._hovered: tuple[int | None, int | None] = None, None
        self._path: frozenset[int] = frozenset()
        self._pinned: set[int] = set()
        #: Positions from before a running layout.
        self._known: Places = {}
        self._pressed: QPointF | None = None
        self._dragged: int | None = None
        self._dragging = False
        self._hub: int | None = None
        self._fits = True
        self.setFrameShape(QFrame.Shape.NoFrame)
        for bar in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            bar(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        for part in (self, self.viewport()):
            part.setAccessibleName(tr("Picture of the links"))
        self._set_picture(Picture(measure((), (), 0), np.zeros((0, 2))))
        theme.watch(self, self._restyle)
        self._describe()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(640), theme.px(440))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(160), theme.px(120))

    # -- graph -------------------------------------------------------------------------------------

    @property
    def is_settling(self) -> bool:
        """Whether a layout is running."""
        return self._job is not None and not self._job.finished

    @property
    def is_fitted(self) -> bool:
        """Whether the whole graph is shown, and refitted when the widget is resized."""
        return self._fits

    @property
    def factor(self) -> float:
        """The zoom: screen pixels per scene unit."""
        return self.transform().m11()

    def set_graph(
        self,
        nodes: Sequence[GraphNode],
        edges: Sequence[Edge],
        centre: int,
        places: Places | None = None,
    ) -> None:
        """Show a graph centred on the concept `centre`.

        Without `places`, as after filtering, positions and selection are kept. With them, the
        concepts listed there are placed, the selection is cleared and the graph is fitted to the
        view.
        """
        names = measure(nodes, edges, centre)
        if places is None:
            self._update_graph(names)
            return
        self._pinned.clear()
        self._fits = True
        selected = (self._node, self._edge) != (None, None)
        self._node = self._edge = None
        self._show(names, places)
        if selected:
            self.selectionCleared.emit()
        self._describe()

    def _show(self, names: Names, places: Places) -> None:
        """Lay out a graph and show it."""
        self._path = frozenset()
        self._known = places
        previous = np.array([places.get(n.id, (np.nan, np.nan)) for n in names.nodes])
        previous = previous.reshape(-1, 2)
        pinned = np.array([node.id in self._pinned for node in names.nodes], dtype=bool)
        shape = names.shape(max(1.0, min(2.2, self.width() / max(1, self.height()))))
        if self._job is not None:
            self._job.cancel()
            self._job = None
        work = partial(layout.place, shape, previous, pinned)
        if self._jobs is None or shape.count <= _IMMEDIATE:
            self._place(names, work())
        else:
            # New concepts start at the centre until the layout arrives.
            self._set_picture(Picture(names, np.nan_to_num(previous)))
            self.setInteractive(False)
            self._job = self._jobs.run(work, done=partial(self._place, names))

    def _place(self, names: Names, positions: NDArray[np.float64]) -> None:
        self.setInteractive(True)
        self._set_picture(Picture(names, positions))
        if self._fits:
            self._fit()

    def _set_picture(self, picture: Picture) -> None:
        #: The graph with its layout, as `export` draws it.
        self.picture = picture
        self._hovered = None, None
        previous = self.scene()
        self._items = GraphScene(picture)
        self.setScene(self._items)
        self.setSceneRect(
            picture.bounds().adjusted(-_SURROUNDINGS, -_SURROUNDINGS, _SURROUNDINGS, _SURROUNDINGS)
        )
        self._items.show_scale(self.factor)
        self._emphasise()
        if previous is not None:
            previous.deleteLater()

    def _update_graph(self, names: Names) -> None:
        """Replace the graph, keeping positions and selection."""
        node, edge = self.selected_node, self.selected_edge
        places = self.positions()
        self._node = names.at.get(node) if node is not None else None
        self._edge = names.edge_at.get(edge) if edge is not None else None
        self._show(names, places)
        if (node, edge) != (None, None) and (self._node, self._edge) == (None, None):
            self.selectionCleared.emit()
        self._describe()

    def _restyle(self) -> None:
        """Measure names again after the text size changed."""
        names = self.picture.names
        centre = names.nodes[names.centre].id if names.nodes else 0
        self._update_graph(measure(names.nodes, names.edges, centre))

    def positions(self) -> Places:
        """The positions of all concepts, in scene units from the centre."""
        nodes = self.picture.names.nodes
        if self.is_settling:
            return self._known
        places = self.picture.positions.tolist()
        return {node.id: (x, y) for node, (x, y) in zip(nodes, places, strict=True)}

    # -- selection ---------------------------------------------------------------------------------

    @property
    def selected_node(self) -> int | None:
        """The number of the selected concept."""
        return None if self._node is None else self.picture.names.nodes[self._node].id

    @property
    def selected_edge(self) -> str | None:
        """The id of the selected link."""
        return None if self._edge is None else self.picture.names.edges[self._edge].id

    def select_node(self, node: int | None) -> None:
        """Select a concept without emitting a signal; None clears the selection."""
        self._choose(self.picture.names.at.get(node) if node is not None else None, None)

    def select_edge(self, edge: str | None) -> None:
        """Select a link without emitting a signal; None clears the selection."""
        self._choose(None, self.picture.names.edge_at.get(edge) if edge is not None else None)

    def highlight_path(self, edges: Iterable[str]) -> None:
        """Highlight these links and dim the others; an empty path resets all."""
        at = self.picture.names.edge_at
        self._path = frozenset(at[edge] for edge in edges if edge in at)
        self._emphasise()

    def _choose(self, node: int | None, edge: int | None) -> bool:
        """Select a concept or link; return whether the selection changed."""
        if (node, edge) == (self._node, self._edge):
            return False
        self._node, self._edge = node, edge
        spot = self._selected_spot()
        if spot is not None:
            air = theme.px(16) / self.factor
            area = self.mapToScene(self.viewport().rect()).boundingRect()
            if not area.contains(spot.adjusted(-air, -air, air, air)):
                self._fits = False
                self.ensureVisible(spot, theme.px(16), theme.px(16))
        self._describe()
        self._emphasise()
        return True

    def _select(self, node: int | None, edge: int | None) -> None:
        """Select and emit the matching signal."""
        if not self._choose(node, edge):
            return
        selected, line = self.selected_node, self.selected_edge
        if selected is not None:
            self.nodeSelected.emit(selected)
        elif line is not None:
            self.edgeSelected.emit(line)
        else:
            self.selectionCleared.emit()

    def _selected_spot(self) -> QRectF | None:
        """The scene rectangle of the selected item."""
        if self._node is not None:
            return self.picture.pill(self._node)
        if self._edge is not None:
            return QRectF(self.picture.middle(self._edge) - QPointF(40, 16), QSizeF(80, 32))
        return None

    def _emphasise(self) -> None:
        at = self.picture.names.at
        pinned = frozenset(at[node] for node in self._pinned if node in at)
        self._items.show_emphasis(
            Emphasis(self._node, self._edge, *self._hovered, self.hasFocus(), self._path, pinned)
        )

    def sentence(self) -> str:
        """Describe the graph and its selection for screen readers."""
        return wording.sentence(self.picture.names, self._node, self._edge)

    def _describe(self) -> None:
        self.setAccessibleDescription(f"{self.sentence()} {wording.KEYS}")

    # -- viewport ----------------------------------------------------------------------------------

    def fit(self) -> None:
        """Fit the graph to the view, also after later resizes."""
        self._fits = True
        self._fit()

    def _fit(self) -> None:
        bounds, margin = self.picture.bounds(), 2 * theme.px(_MARGIN)
        factor = 1.0
        if not bounds.isEmpty():
            wide = max(1.0, self.width() - margin) / bounds.width()
            high = max(1.0, self.height() - margin) / bounds.height()
            factor = min(_FITTED, max(_MIN_SCALE, min(wide, high)))
        self._set_factor(factor)
        self.centerOn(bounds.center())

    def _set_factor(self, factor: float) -> None:
        self.setTransform(QTransform.fromScale(factor, factor))
        self._items.show_scale(factor)

    def zoom(self, factor: float, centre: QPointF | None = None) -> None:
        """Zoom by a factor around a point of the widget, by default its centre."""
        self._fits = False
        place = self.viewport().rect().center() if centre is None else centre.toPoint()
        point = self.mapToScene(place)
        self._set_factor(min(_MAX_SCALE, max(_MIN_SCALE, self.factor * factor)))
        self.pan(QPointF(place - self.mapFromScene(point)))

    def pan(self, by: QPointF) -> None:
        """Move the graph by so many pixels."""
        self._fits = False
        for bar, pixels in (
            (self.horizontalScrollBar(), by.x()),
            (self.verticalScrollBar(), by.y()),
        ):
            bar.setValue(bar.value() - round(pixels))

    def place_of(self, node: int) -> QPointF:
        """The centre of a concept in widget coordinates. Raises `KeyError`."""
        index = self.picture.names.at[node]
        return QPointF(self.mapFromScene(*self.picture.positions[index].tolist()))

    def place_of_edge(self, edge: str) -> QPointF:
        """The label position of a link in widget coordinates. Raises `KeyError`."""
        return QPointF(self.mapFromScene(self.picture.middle(self.picture.names.edge_at[edge])))

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        # Painted here, since a brush of the scene would not follow a change of theme.
        painter.fillRect(rect, theme.colour("surface"))

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        super().drawForeground(painter, rect)
        if self.hasFocus():
            painter.resetTransform()
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fits:
            self._fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._emphasise()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._emphasise()

    # -- mouse -------------------------------------------------------------------------------------

    def _hit(self, point: QPointF) -> tuple[int | None, int | None]:
        """The index of the concept, else of the link, at a point of the widget."""
        air = _AIR if self.factor < NAMES else 0
        area = QRect(point.toPoint() - QPoint(air, air), QSize(2 * air + 1, 2 * air + 1))
        for item in self.items(area) if self.isInteractive() else ():
            top = item.topLevelItem()
            kind, index = top.data(KIND), top.data(INDEX)
            return (index, None) if kind == "node" else (None, index)
        return None, None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._dragging = event.position(), False
            self._dragged = self._hit(event.position())[0]
        if self._dragged is None:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position()
        if self._pressed is None:
            hovered = self._hit(point)
            if hovered != self._hovered:
                self._hovered = hovered
                self._emphasise()
        elif self._dragging or (point - self._pressed).manhattanLength() >= _SLACK:
            self._dragging = True
            self._fits = False
            if self._dragged is not None:
                self._drag(self._dragged, (point - self._pressed) / self.factor)
            self._pressed = point
        if self._dragged is None:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragged is None:
            super().mouseReleaseEvent(event)
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        event.accept()
        dragging = self._dragging
        self._pressed = self._dragged = None
        self._dragging = False
        if not dragging:
            self._select(*self._hit(event.position()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._select(*self._hit(event.position()))
            self._open()

    def _drag(self, index: int, by: QPointF) -> None:
        """Move a concept by so many scene units and pin it there."""
        self._pinned.add(self.picture.names.nodes[index].id)
        positions = self.picture.positions.copy()
        positions[index] += [by.x(), by.y()]
        self._set_picture(Picture(self.picture.names, positions))

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = None, None
        self._emphasise()
        super().leaveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        notches = event.angleDelta().y() / 120.0
        if notches:
            self.zoom(_STEP**notches, event.position())
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            self._select(*self._hit(QPointF(event.pos())))
        else:
            spot = self._selected_spot()
            centre = self.mapFromScene(spot.center()) if spot else self.rect().center()
            place = self.mapToGlobal(centre)
        node, edge = self.selected_node, self.selected_edge
        if node is not None:
            self.contextAsked.emit("node", node, place)
        elif edge is not None:
            self.contextAsked.emit("edge", edge, place)
        else:
            self.contextAsked.emit("canvas", None, place)

    # -- keyboard ----------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, mask = event.key(), event.modifiers()
        shift = mask == Qt.KeyboardModifier.ShiftModifier
        direction = _DIRECTIONS.get(Qt.Key(key)) if key in _DIRECTIONS else None
        if direction is not None and shift:
            self.pan(QPointF(-direction[0], -direction[1]) * theme.px(48))
        elif direction is not None and mask in _PLAIN:
            self._walk(direction)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal) and (mask in _PLAIN or shift):
            self.zoom(_STEP)
        elif key == Qt.Key.Key_Minus and mask in _PLAIN:
            self.zoom(1 / _STEP)
        elif key == Qt.Key.Key_0 and mask in _PLAIN:
            self.fit()
        elif key == Qt.Key.Key_Home and mask in _PLAIN and self.picture.names.nodes:
            self._select(self.picture.names.centre, None)
        elif key == Qt.Key.Key_Space and mask in _PLAIN:
            self._next_link()
        elif key in ENTER and mask in _PLAIN:
            self._open()
        elif key == Qt.Key.Key_Escape and (self._node, self._edge) != (None, None):
            self._select(None, None)
        else:
            # Bypass QGraphicsView, whose scroll bars would take the arrow keys.
            QWidget.keyPressEvent(self, event)

    def _open(self) -> None:
        node, edge = self.selected_node, self.selected_edge
        if node is not None:
            self.nodeActivated.emit(node)
        elif edge is not None:
            self.edgeActivated.emit(edge)

    def _walk(self, direction: tuple[float, float]) -> None:
        """Select the nearest concept in a direction; lateral distance counts double."""
        names, positions = self.picture.names, self.picture.positions
        if not names.nodes:
            return
        if self._node is None:
            self._select(names.centre if self._edge is None else int(names.tails[self._edge]), None)
            return
        offsets = positions - positions[self._node]
        forward = offsets @ np.array(direction)
        lateral = np.abs(offsets @ np.array([-direction[1], direction[0]]))
        cost = np.where(forward > 1.0, forward + 2.0 * lateral, np.inf)
        cost[lateral > 2.5 * np.maximum(forward, 0.0)] = np.inf
        best = int(cost.argmin())
        if math.isfinite(cost[best]):
            self._select(best, None)

    def _next_link(self) -> None:
        """Cycle through the links of a concept, strongest first."""
        names = self.picture.names
        hub = self._hub if self._edge is not None else self._node
        self._hub = names.centre if hub is None else hub
        indices = names.links[self._hub] if names.edges else ()
        links = sorted(indices, key=lambda link: -names.edges[link].strength)
        if links:
            turn = links.index(self._edge) + 1 if self._edge in links else 0
            self._select(None, links[turn % len(links)])
