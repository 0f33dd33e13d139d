"""The view of a graph in the window: its visible part, its selection."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.memory.graph.records import Edge
from workbench.ui import theme
from workbench.ui.associations import layout, painting, wording
from workbench.ui.associations.painting import Look
from workbench.ui.associations.picture import Names, Picture, measure
from workbench.ui.associations.trail import Places
from workbench.ui.associations.walk import GraphNode
from workbench.ui.jobs import Job, Jobs
from workbench.ui.language import tr

Points = NDArray[np.float64]

_MARGIN = 28
_AT_ONCE = 12  # concepts that are placed between two frames; more are on a worker


LEAST, MOST = 0.02, 3.0
#: What is fitted in is not blown up further than this.
_FITTED = 1.15


@dataclass(frozen=True, slots=True)
class Lens:
    """`middle` is the point of the picture in the middle of the window, `scale` its enlargement."""

    middle: QPointF
    scale: float = 1.0

    def to_screen(self, point: QPointF, size: QSizeF) -> QPointF:
        """Where in a window of `size` a point of the picture is seen."""
        return (point - self.middle) * self.scale + QPointF(size.width() / 2, size.height() / 2)

    def to_picture(self, point: QPointF, size: QSizeF) -> QPointF:
        """Which point of the picture is seen at a point of the window."""
        return self.middle + (point - QPointF(size.width() / 2, size.height() / 2)) / self.scale

    def seen(self, size: QSizeF) -> QRectF:
        """The part of the picture that a window of `size` shows."""
        half = QPointF(size.width(), size.height()) / (2 * self.scale)
        return QRectF(self.middle - half, self.middle + half)

    def moved(self, by: QPointF) -> "Lens":
        """The picture moved by so many pixels of the screen."""
        return replace(self, middle=self.middle - by / self.scale)

    def zoomed(self, factor: float, around: QPointF, size: QSizeF) -> "Lens":
        """Enlarged by `factor`; what is at the point `around` of the window stays there."""
        scale = min(MOST, max(LEAST, self.scale * factor))
        retained = self.to_picture(around, size)
        return Lens(
            retained - (self.to_picture(around, size) - self.middle) * self.scale / scale, scale
        )


def fitted(bounds: QRectF, size: QSizeF, margin: float) -> Lens:
    """The lens that shows all of `bounds` with a margin in pixels around it."""
    if bounds.isEmpty() or size.isEmpty():
        return Lens(bounds.center())
    wide = max(1.0, size.width() - 2 * margin) / bounds.width()
    high = max(1.0, size.height() - 2 * margin) / bounds.height()
    return Lens(bounds.center(), min(_FITTED, max(LEAST, min(wide, high))))


class GraphView(QWidget):
    """Shows a graph; what a hand does with it is in `GraphCanvas`."""

    nodeActivated = Signal(int)
    edgeActivated = Signal(str)
    nodeSelected = Signal(int)
    edgeSelected = Signal(str)
    selectionCleared = Signal()
    contextAsked = Signal(str, object, QPoint)

    def __init__(self, jobs: Jobs | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._job: Job | None = None
        #: What is shown, with its places: what `export` writes.
        self.picture = Picture(measure((), (), 0), np.zeros((0, 2)))
        self._lens = Lens(QPointF())
        self._node: int | None = None
        self._edge: int | None = None
        self._over_node: int | None = None
        self._over_edge: int | None = None
        self._path: frozenset[int] = frozenset()
        self._pinned: set[int] = set()
        #: The places that were known before the others are looked for.
        self._known: Places = {}
        self._pressed: QPointF | None = None
        self._dragged: int | None = None
        self._dragging = False
        self._around: int | None = None
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
    def is_settling(self) -> bool:
        """Whether places are still being looked for."""
        return self._job is not None and not self._job.finished

    @property
    def scale(self) -> float:
        """Pixels of the screen for a pixel of the picture."""
        return self._lens.scale

    def set_graph(
        self,
        nodes: Sequence[GraphNode],
        edges: Sequence[Edge],
        centre: int,
        places: Places | None = None,
    ) -> None:
        """Show another graph, in whose middle is the concept `centre`.

        Without `places`, as for a filter, what was shown before stays where it stands, and what is
        chosen stays chosen; else what has a place is put there, and the whole is fitted in.
        """
        names = measure(nodes, edges, centre)
        if places is None:
            self._show_again(names)
            return
        self._pinned.clear()
        self._fits = True
        self._show(names, places)
        self._drop_selection()

    def _show(self, names: Names, places: Places) -> None:
        """Put names into the picture; what was chosen is an index into those before until then."""
        self._over_node = self._over_edge = None
        self._path = frozenset()
        self._known = places
        stood = [places.get(node.id, (np.nan, np.nan)) for node in names.nodes]
        previous = np.array(stood).reshape(-1, 2)
        pinned = np.array([node.id in self._pinned for node in names.nodes], dtype=bool)
        shape = names.shape(max(1.0, min(2.2, self.width() / max(1, self.height()))))
        # Until the first places come, what is new stands in the middle: it is a moment.
        self.picture = Picture(names, np.nan_to_num(previous))
        if self._job is not None:
            self._job.cancel()
            self._job = None
        work = partial(layout.place, shape, previous, pinned)
        if self._jobs is None or shape.count <= _AT_ONCE:
            self._place(names, work())
        else:
            self._job = self._jobs.run(work, done=partial(self._place, names))
        self.update()

    def _place(self, names: Names, positions: Points) -> None:
        self.picture = Picture(names, positions)
        if self._fits:
            self._fit()
        self.update()

    def _show_again(self, names: Names) -> None:
        """Show these names where they stood, with the same one chosen."""
        node, edge = self.selected_node, self.selected_edge
        self._show(names, self.positions())
        self._node = names.at.get(node) if node is not None else None
        self._edge = names.edge_at.get(edge) if edge is not None else None
        if (node is not None or edge is not None) and self._node is None and self._edge is None:
            self.selectionCleared.emit()
        self._tell()

    def _drop_selection(self) -> None:
        had = self._node is not None or self._edge is not None
        self._node = self._edge = None
        if had:
            self.selectionCleared.emit()
        self._tell()

    # -- places ----------------------------------------------------------------------------------

    def positions(self) -> Places:
        """Where every concept stands, in pixels from the centre of the picture."""
        names = self.picture.names
        if self.is_settling:
            return self._known
        return {
            node.id: (x, y)
            for node, (x, y) in zip(names.nodes, self.picture.positions.tolist(), strict=True)
        }

    # -- what is chosen --------------------------------------------------------------------------

    @property
    def selected_node(self) -> int | None:
        """The number of the concept that is chosen."""
        return None if self._node is None else self.picture.names.nodes[self._node].id

    @property
    def selected_edge(self) -> str | None:
        """The id of the link that is chosen."""
        return None if self._edge is None else self.picture.names.edges[self._edge].id

    def select_node(self, node: int | None) -> None:
        """Choose a concept as the table does, without telling; None chooses nothing."""
        self._choose(self.picture.names.at.get(node) if node is not None else None, None)

    def select_edge(self, edge: str | None) -> None:
        """Choose a link as the table does, without telling; None chooses nothing."""
        self._choose(None, self.picture.names.edge_at.get(edge) if edge is not None else None)

    def highlight_path(self, edges: Iterable[str]) -> None:
        """Let these links stand out and all others step back; none: all are alike again."""
        at = self.picture.names.edge_at
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
        selected, line = self.selected_node, self.selected_edge
        if selected is not None:
            self.nodeSelected.emit(selected)
        elif line is not None:
            self.edgeSelected.emit(line)
        else:
            self.selectionCleared.emit()

    def _bring_in(self) -> None:
        """Move the picture so that what is chosen can be seen."""
        if self._node is not None:
            spot = self.picture.pill(self._node)
        elif self._edge is not None:
            middle = self.picture.polylines[self._edge, 8].tolist()
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
        return wording.sentence(self.picture.names, self._node, self._edge)

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
        self.update()

    def pan(self, by: QPointF) -> None:
        """Move the picture by so many pixels."""
        self._fits = False
        self._lens = self._lens.moved(by)
        self.update()

    def place_of(self, node: int) -> QPointF:
        """Where in the widget the middle of a concept is seen. Raises `KeyError` for no such."""
        index = self.picture.names.at[node]
        point = QPointF(*self.picture.positions[index].tolist())
        return self._lens.to_screen(point, self._size())

    def place_of_edge(self, edge: str) -> QPointF:
        """Where in the widget the middle of a link is seen. Raises `KeyError` for no such."""
        point = self.picture.polylines[self.picture.names.edge_at[edge], 8]
        return self._lens.to_screen(QPointF(*point.tolist()), self._size())

    def _fit(self) -> None:
        self._lens = fitted(self.picture.bounds(), self._size(), theme.px(_MARGIN))

    def _size(self) -> QSizeF:
        return QSizeF(self.size())

    def _themed(self) -> None:
        """Names have another size after a change of the text's, so all is measured again."""
        names = self.picture.names
        centre = names.nodes[names.centre].id if names.nodes else 0
        self._show_again(measure(names.nodes, names.edges, centre))

    # -- painting --------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(theme.px(640), theme.px(440))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(160), theme.px(120))

    def _look(self) -> Look:
        names = self.picture.names
        return Look(
            scale=self._lens.scale,
            node=self._node,
            edge=self._edge,
            over_node=self._over_node,
            over_edge=self._over_edge,
            focus=self.hasFocus(),
            path=self._path,
            pinned=frozenset(names.at[one] for one in self._pinned if one in names.at),
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = theme.smooth(self)
        painter.fillRect(event.rect(), theme.colour("surface"))
        if self.positions():
            painter.save()
            painter.translate(QPointF(self.width() / 2, self.height() / 2))
            painter.scale(self._lens.scale, self._lens.scale)
            painter.translate(-self._lens.middle)
            painting.paint(painter, self.picture, self._look())
            painter.restore()
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fits:
            self._fit()
