"""A graph as scene items: pills and dots for concepts, curves and labels for links.

No text is smaller than 11 pixels: when zoomed out, concepts become dots, and as many names as fit
are drawn over them at screen size, the most important first.

The line style shows a link's tag: explicit solid, confirmed double, emergent dashed, predicted
dotted.
"""

import math
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QFont,
    QPainterPath,
    QPainterPathStroker,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import (
    QAbstractGraphicsShapeItem,
    QGraphicsEllipseItem,
    QGraphicsItem,
    QGraphicsLineItem,
    QGraphicsPathItem,
    QGraphicsPolygonItem,
    QGraphicsRectItem,
    QGraphicsScene,
    QGraphicsSimpleTextItem,
)

from workbench.ui import theme
from workbench.ui.associations import wording
from workbench.ui.associations.curves import ARROW
from workbench.ui.associations.lines import DASHES
from workbench.ui.associations.picture import BOLD, SIGN, Picture, more, name_font, single_line
from workbench.ui.concepts import signs

#: Below these zooms lines are hairlines, names (13 px) become dots, and only selected or hovered
#: links have labels (11 px).
FAR, NAMES, WORDS = 0.4, 0.85, 1.0
_MAX_LABELS = 40  # names drawn when zoomed out
_REVEALED = 12  # links of the hovered concept whose labels are shown
_SWEEP = 2.62  # radians between an arrow's direction and its barbs
_DIMMED = 0.28
_OUTER = 0.45  # opacity of links to the outer ring
_REACH = 7.0  # hit tolerance of a line in screen pixels
#: Keys of item data: "node" or "edge", and the index.
KIND, INDEX = 0, 1
_LINE, _WORD, _DOT, _PILL, _TOP = range(5)
_UNSCALED = QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations
_NO_PEN = QPen(Qt.PenStyle.NoPen)
_Item = TypeVar("_Item", bound=QGraphicsItem)
_Shape = TypeVar("_Shape", bound=QAbstractGraphicsShapeItem)


@dataclass(frozen=True, slots=True)
class Emphasis:
    """The highlighted items, by index.

    If `path` has links, all others are dimmed.
    """

    node: int | None = None
    edge: int | None = None
    over_node: int | None = None
    over_edge: int | None = None
    focus: bool = False
    path: frozenset[int] = frozenset()
    pinned: frozenset[int] = frozenset()


class _Curve(QGraphicsPathItem):
    """A curve whose hit area follows its line instead of the enclosed region."""

    def __init__(self, path: QPainterPath) -> None:
        super().__init__(path)
        self.reach = _REACH

    def shape(self) -> QPainterPath:
        stroker = QPainterPathStroker()
        stroker.setWidth(2 * self.reach)
        return stroker.createStroke(self.path())


class GraphScene(QGraphicsScene):
    """The scene of a graph; `show_emphasis` sets highlights, `show_scale` the level of detail."""

    def __init__(self, picture: Picture) -> None:
        super().__init__()
        self.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.picture = picture
        self.look, self._scale = Emphasis(), 1.0
        self._emphasised: list[QGraphicsItem] = []
        indices = range(len(picture.names.nodes))
        links = range(len(picture.names.edges))
        self._lines = [self._line(index) for index in links]
        self._words = [self._word(index) for index in links]
        self._dots = [self._dot(index) for index in indices]
        self._pills = [self._pill(index) for index in indices]
        self.show_scale(1.0)

    # -- items -------------------------------------------------------------------------------------

    def _add(self, item: _Item, kind: str, index: int, level: int) -> _Item:
        names = self.picture.names
        item.setZValue(level)
        item.setData(KIND, kind)
        item.setData(INDEX, index)
        item.setCursor(Qt.CursorShape.PointingHandCursor)
        text = wording.of_node(names, index) if kind == "node" else wording.of_edge(names, index)
        item.setToolTip(text)
        self.addItem(item)
        return item

    def _pill(self, index: int) -> QGraphicsPathItem:
        names = self.picture.names
        node, centre = names.nodes[index], index == names.centre
        width, height = names.sizes[index].tolist()
        pill = self._add(QGraphicsPathItem(_rounded(width, height)), "node", index, _PILL)
        pill.setPos(*self.picture.positions[index].tolist())
        text = QGraphicsSimpleTextItem(names.shown[index], pill)
        text.setFont(name_font(centre=centre, bold=names.weights[index] > BOLD))
        _centre(text, 0 if centre else theme.px(SIGN) / 2, 0)
        ring = QGraphicsPathItem(_rounded(width + 8, height + 8), pill)
        ring.setPen(QPen(theme.colour("accent"), 2))
        if not centre:
            signs.item(node.type, pill).setPos(theme.px(14) - width / 2, 0)
        if node.hidden:
            count = QGraphicsSimpleTextItem(more(node))
            count.setFont(theme.font("caption"))
            count.setBrush(theme.colour("text2"))
            size = count.boundingRect()
            paper = _style(QGraphicsRectItem(size, pill), _NO_PEN, theme.colour("surface"))
            paper.setPos(width / 2 + theme.px(4), -size.height() / 2)
            count.setParentItem(paper)
        return pill

    def _dot(self, index: int) -> QGraphicsEllipseItem:
        """A dot of 3 to 9 screen pixels, by number of links."""
        links = len(self.picture.names.links[index])
        radius = round(min(9.0, 3.0 + 1.2 * math.log2(1 + links))) / 2
        item = QGraphicsEllipseItem(-radius, -radius, 2 * radius, 2 * radius)
        dot = _style(self._add(item, "node", index, _DOT), _NO_PEN, theme.colour("text3"))
        dot.setFlag(_UNSCALED)
        dot.setPos(*self.picture.positions[index].tolist())
        return dot

    def _line(self, index: int) -> _Curve:
        picture = self.picture
        edge, path = picture.names.edges[index], picture.paths[index]
        line = self._add(_Curve(path), "edge", index, _LINE)
        halo = QGraphicsPathItem(path, line)
        halo.setFlag(QGraphicsItem.GraphicsItemFlag.ItemStacksBehindParent)
        width = _width_of(edge.strength)
        if edge.tag == "confirmed":  # a double line: a wide one with its middle painted over
            middle = QGraphicsPathItem(path, line)
            middle.setPen(QPen(theme.colour("surface"), 0.95 * width))
        if edge.tag != "emergent":  # co-mentions have no direction
            tip, back = picture.curves.tips[index].tolist(), picture.curves.backs[index].tolist()
            arrow = _arrow(QPointF(*tip), QPointF(*back))
            _style(QGraphicsPolygonItem(arrow, line), _NO_PEN, theme.colour(edge.tag))
        if edge.contradicted:
            bar = self._bar(index)
            for role, thick in (("surface", 5), ("danger", 2)):
                QGraphicsLineItem(bar, line).setPen(QPen(theme.colour(role), theme.px(thick)))
        return line

    def _bar(self, index: int) -> QLineF:
        """A bar across the curve near its end, which marks contradicted links."""
        a, b, c, d = (QPointF(*point) for point in self.picture.curves.shafts[index].tolist())
        at = a * 0.008 + b * 0.096 + c * 0.384 + d * 0.512  # the curve at t = 0.8
        angle = math.atan2(d.y() - c.y(), d.x() - c.x()) + 1.1
        arm = QPointF(math.cos(angle), math.sin(angle)) * theme.px(7)
        return QLineF(at - arm, at + arm)

    def _word(self, index: int) -> QGraphicsPathItem | None:
        """The label of a link, None if it does not fit."""
        names, spot = self.picture.names, self.picture.words[index]
        if np.isnan(spot).any():
            return None
        width, height = names.boxes[index].tolist()
        box = self._add(QGraphicsPathItem(_rounded(width, height, 4)), "edge", index, _WORD)
        text = QGraphicsSimpleTextItem(names.said[index], box)
        text.setFont(theme.font("caption"))
        text.setBrush(theme.colour("text2"))
        _centre(text, 0, 0)
        _style(box, _NO_PEN, theme.colour("surface")).setPos(*spot.tolist())
        return box

    # -- appearance --------------------------------------------------------------------------------

    def show_scale(self, scale: float) -> None:
        """Set the level of detail for a zoom, in screen pixels per scene unit."""
        self._scale = scale
        self.show_emphasis(self.look)

    def show_emphasis(self, emphasis: Emphasis) -> None:
        """Highlight these items."""
        self.look = emphasis
        for index, line in enumerate(self._lines):
            self._style_line(line, index)
        for index, word in enumerate(self._words):
            if word is not None:
                word.setVisible(
                    self._scale >= WORDS and index not in (emphasis.edge, emphasis.over_edge)
                )
                word.setOpacity(_DIMMED if emphasis.path and index not in emphasis.path else 1.0)
        for index, pill in enumerate(self._pills):
            self._style_pill(pill, index)
        self._show_names()
        for item in self._emphasised:
            self.removeItem(item)
        self._emphasised = [self._emphasise(index) for index in self._spelled_out()]

    def _spelled_out(self) -> list[int]:
        """Links with full labels: selected or hovered."""
        emphasis, names = self.look, self.picture.names
        links = [
            link for link in dict.fromkeys((emphasis.edge, emphasis.over_edge)) if link is not None
        ]
        if emphasis.over_edge is None and emphasis.over_node is not None and self._scale >= WORDS:
            links_of_node = names.links[emphasis.over_node][:_REVEALED]
            links += [
                link for link in links_of_node if self._words[link] is None and link not in links
            ]
        return [link for link in links if names.edges[link].relation]

    def _emphasise(self, index: int) -> QGraphicsItem:
        edge = self.picture.names.edges[index]
        text = QGraphicsSimpleTextItem(single_line(edge.relation))
        text.setFont(theme.font("small", QFont.Weight.DemiBold))
        text.setBrush(theme.colour(edge.tag))
        _centre(text, 0, 0)
        width = text.boundingRect().width() + theme.px(12)
        box = self._add(QGraphicsPathItem(_rounded(width, theme.px(20), 4)), "edge", index, _TOP)
        text.setParentItem(box)
        _style(box, _NO_PEN, theme.colour("surface")).setPos(self.picture.middle(index))
        box.setFlag(_UNSCALED, self._scale < 1)
        return box

    def _style_line(self, line: _Curve, index: int) -> None:
        emphasis, names = self.look, self.picture.names
        edge, on_path = names.edges[index], index in emphasis.path
        alpha = _DIMMED if emphasis.path and not on_path else 1.0
        ends = (names.heads[index], names.tails[index])
        if (
            not on_path
            and index != emphasis.over_edge
            and any(names.nodes[end].outer for end in ends)
        ):
            alpha *= _OUTER
        emphasised = on_path or index in (emphasis.edge, emphasis.over_edge)
        width = _width_of(edge.strength)
        ink = theme.colour(edge.tag)
        pen = QPen(ink, width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        far = self._scale < FAR
        if far:
            pen = QPen(ink, 3 if emphasised else 1)
            pen.setCosmetic(True)
            if not emphasised:
                # The more lines, the fainter each; overlapping ones still show.
                alpha *= min(0.6, max(0.16, 9.0 / math.sqrt(1 + len(names.edges))))
        elif edge.tag == "confirmed":
            pen.setWidthF(2.9 * width)
        elif edge.tag in DASHES:
            pen.setWidthF(1.35 * width if edge.tag == "predicted" else width)
            pen.setDashPattern(DASHES[edge.tag])
        if edge.tag in ("confirmed", "emergent"):
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        # Not the item's opacity, which would reveal the wide line below a double line's middle.
        ink.setAlphaF(alpha)
        pen.setColor(ink)
        line.setPen(pen)
        line.reach = _REACH / self._scale
        halo, *parts = line.childItems()
        for part in parts:
            part.setVisible(not far)
            if isinstance(part, QGraphicsPolygonItem):
                part.setBrush(ink)
        strong = QPen(theme.colour(edge.tag, 0.12 if index == emphasis.over_edge else 0.2))
        strong.setWidthF(theme.px(14))
        strong.setCapStyle(Qt.PenCapStyle.RoundCap)
        if isinstance(halo, QGraphicsPathItem):
            halo.setPen(strong)
            halo.setVisible(emphasised and not far)

    def _style_pill(self, pill: QGraphicsPathItem, index: int) -> None:
        emphasis, names = self.look, self.picture.names
        node, centre, selected = names.nodes[index], index == names.centre, index == emphasis.node
        dim = bool(emphasis.path) and not any(link in emphasis.path for link in names.links[index])
        pill.setOpacity(0.45 if dim and not selected else 1.0)
        fill, ink = "raised", "text"
        pen = QPen(theme.colour("edge"), 1 + min(1.0, float(names.weights[index])))
        if centre:
            fill, ink, pen = "accent", "on_accent", QPen(theme.colour("accent"), 1)
        elif node.outer and not selected and index != emphasis.over_node:
            fill, ink, pen = "surface", "text2", QPen(theme.colour("line"), 1)
        elif selected or index == emphasis.over_node:
            fill = "accent_soft" if selected else "hover"
        if selected and not centre:
            pen = QPen(theme.colour("accent"), 2)
        elif index in emphasis.pinned:
            pen = QPen(theme.colour("text3"), 2)
        _style(pill, pen, theme.colour(fill))
        text, ring, *_ = pill.childItems()
        ring.setVisible(selected and (centre or emphasis.focus))
        if isinstance(text, QGraphicsSimpleTextItem):
            text.setBrush(theme.colour(ink))

    def _show_names(self) -> None:
        """Show pills when zoomed in; dots and the most important names when zoomed out."""
        full = self._scale >= NAMES
        for dot, pill in zip(self._dots, self._pills, strict=True):
            dot.setVisible(not full)
            pill.setVisible(full)
            pill.setFlag(_UNSCALED, not full)
            pill.setScale(1.0 if full else 0.85)
        if full or not self._pills:
            return
        emphasis, names = self.look, self.picture.names
        first = [i for i in (emphasis.over_node, emphasis.node, names.centre) if i is not None]
        for link in (emphasis.over_edge, emphasis.edge, *sorted(emphasis.path)):
            if link is not None:
                first += [int(names.heads[link]), int(names.tails[link])]
        used: list[QRectF] = []
        for index in dict.fromkeys([*first, *self.picture.foremost[: 3 * _MAX_LABELS]]):
            pill = self._pills[index]
            box = pill.path().boundingRect()
            box.moveCenter(pill.pos() * self._scale / 0.85)
            if len(used) < _MAX_LABELS and not any(box.intersects(other) for other in used):
                used.append(box)
                pill.setVisible(True)


def _rounded(width: float, height: float, radius: float = 99) -> QPainterPath:
    """A rounded rectangle around the origin."""
    path = QPainterPath()
    radius = min(radius, height / 2)
    path.addRoundedRect(QRectF(-width / 2, -height / 2, width, height), radius, radius)
    return path


def _centre(item: QGraphicsItem, x: float, y: float) -> None:
    """Centre an item at a point of its parent."""
    item.setPos(QPointF(x, y) - item.boundingRect().center())


def _style(item: _Shape, pen: QPen, fill: object) -> _Shape:
    item.setPen(pen)
    item.setBrush(fill or Qt.BrushStyle.NoBrush)  # type: ignore[arg-type]
    return item


def _width_of(strength: float) -> float:
    """The line width of a link in pixels."""
    return theme.px(100) / 100 * (1.1 + 1.2 * min(1.0, max(0.0, strength)))


def _arrow(tip: QPointF, back: QPointF) -> QPolygonF:
    """The arrow head at `tip`, pointing away from `back`."""
    angle = math.atan2(tip.y() - back.y(), tip.x() - back.x())
    barbs = [
        tip + QPointF(math.cos(angle + sweep), math.sin(angle + sweep)) * ARROW
        for sweep in (_SWEEP, -_SWEEP)
    ]
    return QPolygonF([tip, *barbs])
