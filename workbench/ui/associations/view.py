"""The view of a graph in the window: its visible part, its selection."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHideEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.ui import theme
from workbench.ui.associations import painting, wording
from workbench.ui.associations.graph import GraphEdge, GraphNode
from workbench.ui.associations.layer import Layer, render
from workbench.ui.associations.layout_jobs import Settling
from workbench.ui.associations.painting import Look
from workbench.ui.associations.picture import Names, Picture, measure
from workbench.ui.associations.viewport import Lens, fitted
from workbench.ui.jobs import Jobs
from workbench.ui.language import tr

Points = NDArray[np.float64]

_MARGIN = 28
_SLOW = 0.02  # seconds of painting beyond which a picture in motion is not painted anew
_REST = 90  # milliseconds without motion after which it is


class GraphView(QWidget):
    """Shows a graph; what a hand does with it is in `GraphCanvas`."""

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
        self.setAccessibleName(tr("Picture of the links"))
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
        """Put names into the picture; what was chosen is an index into those before until then."""
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
