"""The graph view: concepts as pills, links as lines, navigable by mouse and keyboard.

The table lists the same links; signals keep the two selections in sync.
"""

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, QSizeF, Qt, Signal
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
from workbench.ui.associations import wording
from workbench.ui.associations.ego import GraphNode
from workbench.ui.associations.layout import Places
from workbench.ui.associations.picture import ID, KIND, GraphScene
from workbench.ui.components import ENTER
from workbench.ui.language import tr

_MARGIN = 28
_MIN_SCALE, _MAX_SCALE = 0.02, 3.0  # zoom limits
_FITTED = 1.15  # largest zoom of "fit to view"
_STEP = 1.2  # zoom factor of a key press or wheel notch
_SURROUNDINGS = 20_000.0  # scene margin for panning, in scene units
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
_DIRECTIONS = {
    Qt.Key.Key_Left: (-1.0, 0.0),
    Qt.Key.Key_Right: (1.0, 0.0),
    Qt.Key.Key_Up: (0.0, -1.0),
    Qt.Key.Key_Down: (0.0, 1.0),
}


class GraphCanvas(QGraphicsView):
    """Shows a graph and emits selections, activations and context menu requests."""

    nodeActivated = Signal(int)
    edgeActivated = Signal(str)
    nodeSelected = Signal(int)
    edgeSelected = Signal(str)
    selectionCleared = Signal()
    #: "node", "edge" or "canvas"; concept number, link id or None; global position.
    contextAsked = Signal(str, object, QPoint)

    def __init__(self) -> None:
        super().__init__()
        #: The scene, as `export` draws it.
        self.picture = GraphScene((), (), 0, {})
        #: What was last shown as selected.
        self._chosen: tuple[int | None, str | None] = None, None
        self._hub: int | None = None
        #: Whether the whole graph is shown, and refitted when the widget is resized.
        self.is_fitted = True
        self.setFrameShape(QFrame.Shape.NoFrame)
        for bar in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            bar(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        for part in (self, self.viewport()):
            part.setAccessibleName(tr("Picture of the links"))
        self.set_graph((), (), 0)
        theme.watch(self, self._restyle)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(640), theme.px(440))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(160), theme.px(120))

    # -- graph -------------------------------------------------------------------------------------

    @property
    def factor(self) -> float:
        """The zoom: screen pixels per scene unit."""
        return self.transform().m11()

    def set_graph(
        self,
        nodes: Iterable[GraphNode],
        edges: Iterable[Edge],
        centre: int,
        *,
        fresh: bool = True,
    ) -> None:
        """Show a graph centred on the concept `centre`.

        A graph that is not `fresh` is the one already shown, with fewer or further concepts: what
        stays keeps its place and its selection.
        """
        places: Places = {}
        node, edge = self.selected_node, self.selected_edge
        if fresh:
            self.is_fitted = True
        else:
            places = self.picture.places
        aspect = max(1.0, min(2.2, self.width() / max(1, self.height())))
        previous = self.picture
        self.picture = GraphScene(nodes, edges, centre, places, aspect)
        self._choose(None if fresh else node, None if fresh else edge)
        self.setScene(self.picture)
        previous.deleteLater()
        bounds, far = self.picture.itemsBoundingRect(), _SURROUNDINGS
        self.setSceneRect(bounds.adjusted(-far, -far, far, far))
        if self.is_fitted:
            self.fit()
        if (node, edge) != (self.selected_node, self.selected_edge):
            self.selectionCleared.emit()

    def _restyle(self) -> None:
        """Draw everything anew, as names are wider in larger type."""
        nodes, edges = self.picture.nodes.values(), self.picture.edges.values()
        self.set_graph(nodes, edges, self.picture.centre or 0, fresh=False)

    # -- selection ---------------------------------------------------------------------------------

    def _selection(self, kind: str) -> object:
        items = self.picture.selectedItems()
        return items[0].data(ID) if items and items[0].data(KIND) == kind else None

    @property
    def selected_node(self) -> int | None:
        """The number of the selected concept."""
        node = self._selection("node")
        return node if isinstance(node, int) else None

    @property
    def selected_edge(self) -> str | None:
        """The id of the selected link."""
        edge = self._selection("edge")
        return edge if isinstance(edge, str) else None

    def select_node(self, node: int | None) -> None:
        """Select a concept without emitting a signal; None clears the selection."""
        self._choose(node, None)

    def select_edge(self, edge: str | None) -> None:
        """Select a link without emitting a signal; None clears the selection."""
        self._choose(None, edge)

    def _choose(self, node: int | None, edge: str | None) -> None:
        item = self.picture.item(node, edge)
        self.picture.clearSelection()
        if item is not None:
            item.setSelected(True)
        if item is not None and self.picture is self.scene():
            spot, air = item.sceneBoundingRect(), theme.px(16)
            if edge is not None:
                spot = QRectF(self.picture.middle(edge), QSizeF(1, 1))
            if not self.rect().contains(self.mapFromScene(spot).boundingRect()):
                self.is_fitted = False
                self.ensureVisible(spot, air, air)
        self._show_selection()

    def _select(self, node: int | None, edge: str | None = None) -> None:
        """Select and emit the matching signal."""
        if (node, edge) != (self.selected_node, self.selected_edge):
            self._choose(node, edge)
            self._selected()

    def _selected(self) -> None:
        """Emit what is selected."""
        self._show_selection()
        node, edge = self.selected_node, self.selected_edge
        if node is not None:
            self.nodeSelected.emit(node)
        elif edge is not None:
            self.edgeSelected.emit(edge)
        else:
            self.selectionCleared.emit()

    def _show_selection(self) -> None:
        self._chosen = self.selected_node, self.selected_edge
        self.picture.restyle(focus=self.hasFocus())
        self.setAccessibleDescription(f"{self.sentence()} {wording.KEYS}")

    def sentence(self) -> str:
        """Describe the graph and its selection for screen readers."""
        return self.picture.sentence(self.selected_node, self.selected_edge)

    # -- viewport ----------------------------------------------------------------------------------

    def fit(self) -> None:
        """Fit the graph to the view, also after later resizes."""
        self.is_fitted = True
        bounds, margin = self.picture.itemsBoundingRect(), 2 * theme.px(_MARGIN)
        factor = 1.0
        if not bounds.isEmpty():
            wide = max(1.0, self.width() - margin) / bounds.width()
            high = max(1.0, self.height() - margin) / bounds.height()
            factor = min(_FITTED, max(_MIN_SCALE, min(wide, high)))
        self.setTransform(QTransform.fromScale(factor, factor))
        self.centerOn(bounds.center())

    def zoom(self, factor: float, centre: QPoint | None = None) -> None:
        """Zoom by a factor around a point of the widget, by default its centre."""
        place = centre or self.viewport().rect().center()
        point = self.mapToScene(place)
        factor = min(_MAX_SCALE, max(_MIN_SCALE, self.factor * factor))
        self.setTransform(QTransform.fromScale(factor, factor))
        self.pan(place - self.mapFromScene(point))

    def pan(self, by: QPoint) -> None:
        """Move the graph by so many pixels."""
        self.is_fitted = False
        for bar, pixels in (
            (self.horizontalScrollBar(), by.x()),
            (self.verticalScrollBar(), by.y()),
        ):
            bar.setValue(bar.value() - pixels)

    def place_of(self, node: int) -> QPointF:
        """The centre of a concept in widget coordinates. Raises `KeyError`."""
        return QPointF(self.mapFromScene(self.picture.pills[node].pos()))

    def place_of_edge(self, edge: str) -> QPointF:
        """The label position of a link in widget coordinates. Raises `KeyError`."""
        return QPointF(self.mapFromScene(self.picture.middle(edge)))

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        super().drawForeground(painter, rect)
        if self.hasFocus():
            painter.resetTransform()
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.is_fitted:
            self.fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.picture.restyle(focus=True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.picture.restyle(focus=False)

    # -- mouse -------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.is_fitted = False
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        event.accept()
        if self._chosen != (self.selected_node, self.selected_edge):
            self._selected()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._open()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom(_STEP ** (event.angleDelta().y() / 120), event.position().toPoint())
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            item = self.itemAt(event.pos())
            item = item.topLevelItem() if item is not None else None
            found = (item.data(KIND), item.data(ID)) if item is not None else (None, None)
            self._select(*(found[1] if found[0] == kind else None for kind in ("node", "edge")))
        else:
            items = self.picture.selectedItems()
            spot = items[0].sceneBoundingRect().center() if items else QPointF()
            place = self.mapToGlobal(self.mapFromScene(spot) if items else self.rect().center())
        node, edge = self.selected_node, self.selected_edge
        kind = "node" if node is not None else "edge" if edge is not None else "canvas"
        self.contextAsked.emit(kind, edge if node is None else node, place)

    # -- keyboard ----------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, mask = event.key(), event.modifiers()
        shift = mask == Qt.KeyboardModifier.ShiftModifier
        direction = _DIRECTIONS.get(Qt.Key(key)) if key in _DIRECTIONS else None
        if direction is not None and shift:
            self.pan(QPoint(*(round(-theme.px(48) * part) for part in direction)))
        elif direction is not None and mask in _PLAIN:
            self._walk(direction)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal) and (mask in _PLAIN or shift):
            self.zoom(_STEP)
        elif key == Qt.Key.Key_Minus and mask in _PLAIN:
            self.zoom(1 / _STEP)
        elif key == Qt.Key.Key_0 and mask in _PLAIN:
            self.fit()
        elif key == Qt.Key.Key_Home and mask in _PLAIN:
            self._select(self.picture.centre)
        elif key == Qt.Key.Key_Space and mask in _PLAIN:
            self._next_link()
        elif key in ENTER and mask in _PLAIN:
            self._open()
        elif key == Qt.Key.Key_Escape and self.picture.selectedItems():
            self._select(None)
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
        places, node, edge = self.picture.places, self.selected_node, self.selected_edge
        if node is None:
            self._select(self.picture.edges[edge].tail if edge else self.picture.centre)
            return
        costs = {}
        for id, (x, y) in places.items():
            across, down = x - places[node][0], y - places[node][1]
            forward = across * direction[0] + down * direction[1]
            lateral = abs(across * direction[1] - down * direction[0])
            if forward > 1 and lateral <= 2.5 * forward:
                costs[id] = forward + 2 * lateral
        if costs:
            self._select(min(costs, key=lambda id: costs[id]))

    def _next_link(self) -> None:
        """Cycle through the links of a concept, strongest first."""
        edge = self.selected_edge
        if edge is None:
            node = self.selected_node
            self._hub = self.picture.centre if node is None else node
        links = [link.id for link in self.picture.strongest(self._hub)]
        if links:
            turn = links.index(edge) + 1 if edge in links else 0
            self._select(None, links[turn % len(links)])
