"""A concept and its links as scene items: pills for concepts, lines with labels for links.

The line style shows a link's tag: explicit solid, confirmed double, emergent dashed, predicted
dotted. No text is laid over another.
"""

import math
from collections.abc import Iterable, Mapping

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPainterPathStroker,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsPathItem,
    QGraphicsPolygonItem,
    QGraphicsRectItem,
    QGraphicsScene,
    QGraphicsSimpleTextItem,
    QStyle,
    QStyleOptionGraphicsItem,
    QWidget,
)

from workbench.memory.graph.records import Edge
from workbench.ui import theme
from workbench.ui.associations import layout, lines, wording
from workbench.ui.associations.ego import GraphNode
from workbench.ui.associations.layout import Places
from workbench.ui.associations.wording import single_line
from workbench.ui.concepts import signs
from workbench.ui.language import tr

#: Keys of item data: "node" or "edge", and the number or id.
KIND, ID = 0, 1
_LINE, _WORD, _PILL = range(3)
_WIDEST, _WORDS = 240, 160  # widths of a name and of a relation in pixels
_SIGN = 14  # width of the type icon within a pill in pixels
_FAN = 26.0  # pixels between adjacent links of the same two concepts
_ARROW, _SWEEP = 9.0, 2.62  # length of an arrow head; radians from its direction to its barbs
_REACH = 14.0  # width of the area in which a line is hit
_FAINT = 0.45  # opacity of links to the outer ring
#: Where a label may lie on its line, from 0 at the head to 1 at the tail.
_STOPS = (0.5, 0.42, 0.58, 0.35, 0.65, 0.28, 0.72)
_LABELLED = 200  # links up to which labels are laid out


class _Item(QGraphicsPathItem):
    """A selectable path that is hit along its line, without Qt's frame around the selected one."""

    def __init__(self, path: QPainterPath, kind: str, id: object) -> None:
        super().__init__(path)
        self.setData(KIND, kind)
        self.setData(ID, id)
        self.setZValue(_PILL if kind == "node" else _LINE)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIsSelectable)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def shape(self) -> QPainterPath:
        if self.data(KIND) == "node":
            return super().shape()
        stroker = QPainterPathStroker()
        stroker.setWidth(_REACH)
        return stroker.createStroke(self.path())

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        option.state &= ~QStyle.StateFlag.State_Selected
        super().paint(painter, option, widget)


class GraphScene(QGraphicsScene):
    """The picture of a graph; `restyle` highlights what is selected.

    Concepts keep their places from `known`. Links to concepts missing from `nodes`, and of a
    concept to itself, are left out.
    """

    def __init__(
        self,
        nodes: Iterable[GraphNode],
        edges: Iterable[Edge],
        centre: int,
        known: Mapping[int, tuple[float, float]],
        aspect: float = 1.6,
    ) -> None:
        super().__init__()
        self.nodes = {node.id: node for node in nodes}
        self.edges = {
            edge.id: edge
            for edge in edges
            if edge.head in self.nodes and edge.tail in self.nodes and edge.head != edge.tail
        }
        #: The number of the central concept, None for an empty picture.
        self.centre = centre if centre in self.nodes else next(iter(self.nodes), None)
        self.setBackgroundBrush(theme.colour("surface"))
        self.pills = {node.id: self._pill(node) for node in self.nodes.values()}
        pairs = [(edge.head, edge.tail) for edge in self.edges.values()]
        sizes = {id: _size(pill) for id, pill in self.pills.items()}
        #: The centres of the concepts.
        self.places: Places = (
            {} if self.centre is None else layout.place(sizes, pairs, self.centre, known, aspect)
        )
        for id, (x, y) in self.places.items():
            self.pills[id].setPos(x, y)
            shown = len(self.strongest(id))
            self.pills[id].setToolTip(wording.of_node(self.nodes[id], shown))
        bundles: dict[frozenset[int], list[str]] = {}
        for edge in self.edges.values():
            bundles.setdefault(frozenset((edge.head, edge.tail)), []).append(edge.id)
        self.lines = {
            id: self._line(self.edges[id], rank - (len(bundle) - 1) / 2)
            for bundle in bundles.values()
            for rank, id in enumerate(bundle)
        }
        self.labels: dict[str, QGraphicsPathItem] = {}
        self._hidden = self._label_lines()
        self.restyle(focus=False)

    def strongest(self, concept: int | None = None) -> list[Edge]:
        """The links, strongest first; only those of `concept` if it is given."""
        edges = self.edges.values()
        links = [e for e in edges if concept is None or concept in (e.head, e.tail)]
        return sorted(links, key=lambda edge: -edge.strength)

    def item(self, node: int | None, edge: str | None) -> QGraphicsItem | None:
        """The item of a concept or of a link."""
        return self.pills.get(node) if node is not None else self.lines.get(edge or "")

    def sentence(self, node: int | None, edge: str | None) -> str:
        """Describe the graph, and the concept or link selected in it."""
        if self.centre is None:
            return tr("No concept is shown.")
        edges = self.strongest()
        text = wording.around(self.nodes, self.centre, edges)
        if node is not None:
            of_node = wording.of_node(self.nodes[node], len(self.strongest(node)))
            return text + tr(" Chosen: {of_node}", of_node=of_node)
        if edge is not None:
            of_edge = wording.of_edge(self.nodes, self.edges[edge])
            return text + tr(" Chosen: {of_edge}", of_edge=of_edge)
        return text + wording.strongest(self.nodes, edges)

    def middle(self, edge: str) -> QPointF:
        """The position of a link's label, else the middle of its line."""
        label = self.labels.get(edge)
        return label.pos() if label else self.lines[edge].path().pointAtPercent(0.5)

    # -- items -------------------------------------------------------------------------------------

    def _pill(self, node: GraphNode) -> _Item:
        centre = node.id == self.centre
        font = theme.font("body", QFont.Weight.Medium)
        if centre:
            font = theme.font("reading", QFont.Weight.DemiBold, serif=False)
        text = _text(node.name, font, _WIDEST)
        sign, height = 0 if centre else theme.px(_SIGN), theme.px(36 if centre else 28)
        width = max(text.boundingRect().width() + theme.px(26) + sign, height)
        pill = _Item(_rounded(width, height), "node", node.id)
        _centre(text, pill, sign / 2)
        ring = QGraphicsPathItem(_rounded(width + 8, height + 8), pill)
        ring.setPen(QPen(theme.colour("accent"), 2))
        if not centre:
            signs.item(node.type, pill).setPos(theme.px(14) - width / 2, 0)
        if node.hidden:
            count = _text(f"+{node.hidden}", theme.font("caption"), _WIDEST)
            paper = QGraphicsRectItem(count.boundingRect(), count)
            paper.setFlag(QGraphicsItem.GraphicsItemFlag.ItemStacksBehindParent)
            paper.setPen(QPen(Qt.PenStyle.NoPen))
            paper.setBrush(theme.colour("surface"))
            _centre(count, pill, (width + count.boundingRect().width()) / 2 + theme.px(4))
        self.addItem(pill)
        return pill

    def _line(self, edge: Edge, off: float) -> _Item:
        """The line of a link, bent by `off` if others join the same two concepts."""
        begin, end = self.pills[edge.head].pos(), self.pills[edge.tail].pos()
        along = (end - begin) * (1 if edge.head < edge.tail else -1)
        length = math.hypot(along.x(), along.y())
        bend = QPointF(-along.y(), along.x()) * (2 * off * min(_FAN / length, 0.3))
        path = QPainterPath(begin)
        path.quadTo((begin + end) / 2 + bend, end)
        line = _Item(path, "edge", edge.id)
        line.setToolTip(wording.of_edge(self.nodes, edge))
        ink, width = theme.colour(edge.tag), theme.px(100) / 100 * (1.1 + 1.2 * edge.strength)
        halo = QGraphicsPathItem(path, line)
        halo.setFlag(QGraphicsItem.GraphicsItemFlag.ItemStacksBehindParent)
        halo.setPen(QPen(theme.colour(edge.tag, 0.2), theme.px(14)))
        pen = lines.line_pen(edge.tag, width)
        if edge.tag == "confirmed":  # a double line: a wide one with its middle painted over
            pen.setWidthF(2.9 * width)
            middle = QGraphicsPathItem(path, line)
            middle.setPen(QPen(theme.colour("surface"), 0.95 * width))
        line.setPen(pen)
        if self.nodes[edge.head].outer or self.nodes[edge.tail].outer:
            line.setOpacity(_FAINT)
        if edge.tag != "emergent":  # co-mentions have no direction
            tip = _entered(path, self.pills[edge.tail])
            back = tip - _ARROW / max(length, _ARROW)
            points = path.pointAtPercent(tip), path.pointAtPercent(max(0.0, back))
            arrow = QGraphicsPolygonItem(_arrow(*points), line)
            arrow.setPen(QPen(Qt.PenStyle.NoPen))
            arrow.setBrush(ink)
        if edge.contradicted:
            bar, at = QPainterPath(), path.pointAtPercent(0.7)
            arm = QPointF(theme.px(3), -theme.px(6))
            bar.moveTo(at - arm)
            bar.lineTo(at + arm)
            for role, thick in (("surface", 5), ("danger", 2)):
                QGraphicsPathItem(bar, line).setPen(QPen(theme.colour(role), theme.px(thick)))
        self.addItem(line)
        return line

    def _label(self, edge: Edge) -> QGraphicsPathItem:
        text = _text(edge.relation, theme.font("caption"), _WORDS)
        width = text.boundingRect().width() + theme.px(10)
        label = QGraphicsPathItem(_rounded(width, theme.px(18), 4))
        label.setPen(QPen(Qt.PenStyle.NoPen))
        label.setBrush(theme.colour("surface"))
        label.setZValue(_WORD)
        label.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        _centre(text, label)
        self.addItem(label)
        return label

    def _label_lines(self) -> set[str]:
        """Label links, strongest first; return those whose label would lie on another text."""
        hidden = set()
        used = [pill.mapRectToScene(_room(pill)) for pill in self.pills.values()]
        # Co-mentions are recognisable by their dashes and need no label.
        edges = [e for e in self.edges.values() if e.tag != "emergent" and e.relation]
        for edge in sorted(edges, key=lambda edge: -edge.strength)[:_LABELLED]:
            label, path = self._label(edge), self.lines[edge.id].path()
            self.labels[edge.id] = label
            for stop in _STOPS:
                label.setPos(path.pointAtPercent(stop))
                box = label.sceneBoundingRect()
                if not any(box.intersects(other) for other in used):
                    used.append(box)
                    break
            else:
                label.setPos(path.pointAtPercent(_STOPS[0]))
                hidden.add(edge.id)
        return hidden

    # -- appearance --------------------------------------------------------------------------------

    def restyle(self, *, focus: bool) -> None:
        """Highlight the selected item; with `focus` a selected concept has a ring."""
        for id, pill in self.pills.items():
            node, selected = self.nodes[id], pill.isSelected()
            text, ring, *_ = pill.childItems()
            fill, ink, edge, width = "raised", "text", "edge", 1
            if id == self.centre:
                fill, ink, edge = "accent", "on_accent", "accent"
            elif selected:
                fill, edge, width = "accent_soft", "accent", 2
            elif node.outer:
                fill, ink, edge = "surface", "text2", "line"
            pill.setPen(QPen(theme.colour(edge), width))
            pill.setBrush(theme.colour(fill))
            ring.setVisible(selected and (focus or id == self.centre))
            if isinstance(text, QGraphicsSimpleTextItem):
                text.setBrush(theme.colour(ink))
        for edge_id, line in self.lines.items():
            selected = line.isSelected()
            line.childItems()[0].setVisible(selected)
            label = self.labels.get(edge_id)
            if label is not None:
                label.setVisible(selected or edge_id not in self._hidden)


def _text(text: str, font: QFont, widest: int, ink: str = "text2") -> QGraphicsSimpleTextItem:
    """A line of text, cut to `widest` pixels."""
    cut = QFontMetricsF(font).elidedText(
        single_line(text), Qt.TextElideMode.ElideRight, theme.px(widest)
    )
    item = QGraphicsSimpleTextItem(cut)
    item.setFont(font)
    item.setBrush(theme.colour(ink))
    return item


def _centre(item: QGraphicsItem, parent: QGraphicsItem, x: float = 0.0) -> None:
    """Centre an item on its parent, `x` pixels to the right."""
    item.setParentItem(parent)
    item.setPos(QPointF(x, 0) - item.boundingRect().center())


def _room(pill: QGraphicsItem) -> QRectF:
    """The room of a name and of the number beside it."""
    return pill.boundingRect() | pill.childrenBoundingRect()


def _size(pill: QGraphicsItem) -> tuple[float, float]:
    """The width and height of a name, with room for the number on both sides."""
    room = _room(pill)
    return 2 * max(-room.left(), room.right()), room.height()


def _entered(path: QPainterPath, pill: QGraphicsPathItem) -> float:
    """The share of a line at which it enters the pill at its end."""
    low, high = 0.0, 1.0
    for _ in range(9):
        middle = (low + high) / 2
        inside = pill.path().contains(path.pointAtPercent(middle) - pill.pos())
        low, high = (low, middle) if inside else (middle, high)
    return low


def _rounded(width: float, height: float, radius: float = 99) -> QPainterPath:
    """A rounded rectangle around the origin."""
    path, radius = QPainterPath(), min(radius, height / 2)
    path.addRoundedRect(QRectF(-width / 2, -height / 2, width, height), radius, radius)
    return path


def _arrow(tip: QPointF, back: QPointF) -> QPolygonF:
    """The arrow head at `tip`, pointing away from `back`."""
    angle = math.atan2(tip.y() - back.y(), tip.x() - back.x())
    barbs = [
        tip + QPointF(math.cos(angle + sweep), math.sin(angle + sweep)) * _ARROW
        for sweep in (_SWEEP, -_SWEEP)
    ]
    return QPolygonF([tip, *barbs])
