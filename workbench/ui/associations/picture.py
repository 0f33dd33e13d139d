"""A graph prepared for drawing: measured names, positions, curves and label positions."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainterPath

from workbench.memory.graph.records import Edge
from workbench.ui import theme
from workbench.ui.associations import curves
from workbench.ui.associations.layout import LENGTH, Shape
from workbench.ui.associations.walk import GraphNode

Points = NDArray[np.float64]
Numbers = NDArray[np.int64]

_CONTROLS = dict.fromkeys(range(32), " ")
_WIDEST = 240  # width of a name in pixels
_WORDS = 160  # width of a relation in pixels


@dataclass(frozen=True)
class Names:
    """A graph with labels measured at the current text size; sizes in pixels, (n, 2).

    `boxes` (m, 2) are the sizes of link labels, 0 for none. `weights` (n,) is the strength of each
    concept's strongest link.
    """

    nodes: tuple[GraphNode, ...]
    edges: tuple[Edge, ...]
    centre: int
    sizes: Points
    boxes: Points
    heads: Numbers
    tails: Numbers
    weights: Points
    shown: tuple[str, ...]
    said: tuple[str, ...]

    @cached_property
    def at(self) -> dict[int, int]:
        """Maps concept numbers to indices."""
        return {node.id: index for index, node in enumerate(self.nodes)}

    @cached_property
    def edge_at(self) -> dict[str, int]:
        """Maps link ids to indices."""
        return {edge.id: index for index, edge in enumerate(self.edges)}

    @cached_property
    def links(self) -> tuple[tuple[int, ...], ...]:
        """The indices of the links of each concept."""
        results: list[list[int]] = [[] for _ in self.nodes]
        for index, (head, tail) in enumerate(zip(self.heads, self.tails, strict=True)):
            results[head].append(index)
            if head != tail:
                results[tail].append(index)
        return tuple(map(tuple, results))

    @cached_property
    def strengths(self) -> Points:
        """The strengths of the links, (m,)."""
        return np.array([edge.strength for edge in self.edges])

    def shape(self, aspect: float) -> Shape:
        """The input of the layout; `aspect` is the window's width divided by its height."""
        room = self.sizes.copy()
        metrics = QFontMetricsF(theme.font("caption"))
        room[:, 0] += [metrics.horizontalAdvance(more(node)) for node in self.nodes]
        unit = theme.px(100) / 100
        lengths = np.full(len(self.edges), LENGTH * unit)
        # Side by side, half of both names, the label and an arrow must fit between the centres.
        halves = (room[self.heads, 0] + room[self.tails, 0]) / 2
        wider = np.maximum(0.0, halves + self.boxes[:, 0] + 60 * unit - lengths)
        return Shape(room, self.heads, self.tails, lengths, wider, self.centre, aspect)


def measure(nodes: Sequence[GraphNode], edges: Sequence[Edge], centre: int) -> Names:
    """Measure the labels of a graph. Links to concepts missing from `nodes` are dropped."""
    unique = tuple({node.id: node for node in nodes}.values())
    at = {node.id: index for index, node in enumerate(unique)}
    lines = {edge.id: edge for edge in edges if edge.head in at and edge.tail in at}
    retained = tuple(lines.values())
    heads = np.array([at[edge.head] for edge in retained], dtype=np.int64)
    tails = np.array([at[edge.tail] for edge in retained], dtype=np.int64)
    weights = np.zeros(len(unique))
    strengths = np.array([edge.strength for edge in retained])
    np.maximum.at(weights, heads, strengths)
    np.maximum.at(weights, tails, strengths)
    middle = at.get(centre, 0)
    sizes, visible = np.zeros((len(unique), 2)), []
    metrics = {bold: QFontMetricsF(name_font(bold=bold)) for bold in (False, True)}
    large = QFontMetricsF(name_font(centre=True))
    for index, node in enumerate(unique):
        central = index == middle
        font = large if central else metrics[bool(weights[index] > BOLD)]
        text = _cut(font, node.name, theme.px(_WIDEST))
        visible.append(text)
        width, height = theme.px(26 if central else 26 + SIGN), theme.px(36 if central else 28)
        sizes[index] = max(font.horizontalAdvance(text) + width, height), height
    words = QFontMetricsF(theme.font("caption"))
    # Co-mentions are recognisable by their dashes and need no label.
    relations = tuple(
        "" if edge.tag == "emergent" else _cut(words, edge.relation, theme.px(_WORDS))
        for edge in retained
    )
    boxes = np.array(
        [(words.horizontalAdvance(text) + theme.px(10), theme.px(18)) for text in relations]
    ).reshape(-1, 2)
    boxes[[not text for text in relations]] = 0.0
    return Names(
        unique, retained, middle, sizes, boxes, heads, tails, weights, tuple(visible), relations
    )


#: Names of at least this strength are bold.
BOLD = 0.7
#: Width of the type icon within a pill in pixels.
SIGN = 14


def name_font(*, centre: bool = False, bold: bool = False) -> QFont:
    """The font of a concept's name."""
    if centre:
        return theme.font("reading", QFont.Weight.DemiBold, serif=False)
    return theme.font("body", QFont.Weight.DemiBold if bold else QFont.Weight.Medium)


def more(node: GraphNode) -> str:
    """The number of hidden links as "+12", "" for none."""
    return f"+{node.hidden}" if node.hidden else ""


class Picture:
    """A graph with positions; derived geometry is computed on first use."""

    def __init__(self, names: Names, positions: Points) -> None:
        self.names = names
        self.positions = positions

    @cached_property
    def curves(self) -> curves.Curves:
        """The curves of the links."""
        names = self.names
        return curves.draw(self.positions, names.sizes, names.heads, names.tails)

    @cached_property
    def words(self) -> Points:
        """Label positions of links, (m, 2), NaN where none fits."""
        names = self.names
        order = np.argsort(-names.strengths, kind="stable").tolist()
        counts = np.array([theme.px(7) * len(more(node)) for node in names.nodes])
        sizes = names.sizes + np.stack([counts + theme.px(6), np.zeros(len(counts))], axis=1)
        places = self.positions + (sizes - names.sizes) / 2
        return curves.words(self.curves, names.boxes, places, sizes, order)

    def middle(self, index: int) -> QPointF:
        """The label position of a link, else the midpoint of its curve."""
        spot = self.words[index]
        spot = self.curves.at(0.5)[index] if np.isnan(spot).any() else spot
        return QPointF(*spot.tolist())

    @cached_property
    def paths(self) -> tuple[QPainterPath, ...]:
        """The curves of links without arrow heads."""
        results = []
        for shaft in self.curves.shafts.tolist():
            begin, *remainder = (QPointF(*point) for point in shaft)
            path = QPainterPath(begin)
            path.cubicTo(*remainder)
            results.append(path)
        return tuple(results)

    @cached_property
    def foremost(self) -> tuple[int, ...]:
        """Concepts by number of links plus weight, descending."""
        names = self.names
        rank = [len(item) + weight for item, weight in zip(names.links, names.weights, strict=True)]
        return tuple(np.argsort(-np.array(rank), kind="stable").tolist())

    def pill(self, index: int) -> QRectF:
        """The rectangle of a name."""
        (x, y), (w, h) = self.positions[index].tolist(), self.names.sizes[index].tolist()
        return QRectF(x - w / 2, y - h / 2, w, h)

    def bounds(self) -> QRectF:
        """The bounding rectangle; empty without concepts."""
        if not len(self.positions):
            return QRectF()
        half = self.names.sizes / 2
        low = (self.positions - half).min(axis=0)
        high = (self.positions + half + [theme.px(34), 0]).max(axis=0)
        if self.names.edges:
            ends = curves.sampled(self.curves.shafts).reshape(-1, 2)
            low, high = np.minimum(low, ends.min(axis=0)), np.maximum(high, ends.max(axis=0))
            placed_words = ~np.isnan(self.words[:, 0])
            if placed_words.any():
                words, room = self.words[placed_words], self.names.boxes[placed_words] / 2
                low = np.minimum(low, (words - room).min(axis=0))
                high = np.maximum(high, (words + room).max(axis=0))
        return QRectF(QPointF(*low.tolist()), QPointF(*high.tolist()))


def single_line(text: str) -> str:
    """Collapse white space and control characters of a name."""
    return " ".join(text.translate(_CONTROLS).split())


def _cut(font: QFontMetricsF, text: str, widest: float) -> str:
    return font.elidedText(single_line(text), Qt.TextElideMode.ElideRight, widest)
