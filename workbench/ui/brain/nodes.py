"""The association cortex from near: the concepts that lit up, joined by the ways of the activity.

A node has the ink and the sign of its type, a ring in the line of its tag; what lights up only
later is pale. The list beside the picture is its table twin and has the same selection.
"""

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)

from workbench.ui import theme
from workbench.ui.brain.backdrop import Backdrop
from workbench.ui.brain.tree import CUE, Tree, tree
from workbench.ui.components import cells, words
from workbench.ui.concepts import kinds
from workbench.ui.jobs import Jobs
from workbench.ui.language import inside, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.brain.records import BrainRecall, Lit

#: Pixels: the radius of a node, around all of them, and how long a name may be in letters.
_RADIUS, _EDGE, _LONG = 11, 34, 28
_DASHES = {"emergent": [4.0, 2.6], "predicted": [0.1, 3.0]}


#: Arrow keys as directions.
ARROWS = {
    Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Up: (0, -1),
}  # fmt: skip
#: Pixels around a spot within which the pointer still finds it.
_AIR = 6


def under(spots: Sequence[QPointF], point: QPointF, radius: Callable[[int], float]) -> int:
    """The number of the spot, `radius` wide, that is at a point; -1 where none is."""
    far = [
        (math.hypot(spot.x() - point.x(), spot.y() - point.y()) - radius(at), at)
        for at, spot in enumerate(spots)
    ]
    best = min(far, default=(math.inf, -1))
    return best[1] if best[0] <= _AIR else -1


def towards(spots: Sequence[QPointF], here: QPointF, way: tuple[int, int]) -> int:
    """The number of the nearest spot in a direction; -1 where none is."""
    x, y = way
    best, minimum = -1, math.inf
    for at, spot in enumerate(spots):
        off = spot - here
        ahead = off.x() * x + off.y() * y
        aside = abs(off.x() * y) + abs(off.y() * x)
        if ahead > 1 and (far := ahead + 2 * aside) < minimum:
            best, minimum = at, far
    return best


class ConceptNodes(Backdrop):
    """`show_rows` lays out what lit up; `show_step` says how far the replay is."""

    #: A concept's number: it was chosen; it is to be looked into.
    chosen = Signal(int)
    entered = Signal(int)
    #: Back to the whole brain.
    left = Signal()

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs, "brain:nodes")
        self.tree = Tree()
        self.concept = -1
        self.setAccessibleName(tr("Activated concepts"))

    def show_rows(self, recall: "BrainRecall | None", rows: "Sequence[Lit]") -> None:
        """Show what a recall lit."""
        self._recall = recall
        self.tree = Tree() if recall is None else tree(recall, rows)
        if self.tree.at(self.concept) < 0:
            self.concept = self.tree.nodes[0].concept if self.tree.nodes else -1
        self._tell()

    def show_step(self, step: int) -> None:
        """Show a step of it."""
        self.ground(self._recall, step)
        self._tell()

    def select(self, concept: int) -> None:
        """Choose a concept, where it stands here."""
        if concept != self.concept and self.tree.at(concept) >= 0:
            self.concept = concept
            self.chosen.emit(concept)
            self._tell()

    def sentence(self) -> str:
        """What the picture shows, for those who hear it."""
        nodes = [item for item in self.tree.nodes if item.tag != CUE]
        lit = [item for item in nodes if 0 <= item.step <= self._step]
        at = self.tree.at(self.concept)
        told = tr(
            "Active concepts: {lit} of {nodes} until step {step}",
            lit=len(lit),
            nodes=len(nodes),
            step=self._step + 1,
        )
        if at < 0:
            return told
        node = self.tree.nodes[at]
        tag = tr("named in the question") if node.tag == CUE else node.tag
        return tr(
            "{told}. Chosen: {name}, {word}, {tag}",
            told=told,
            name=node.name,
            word=inside(kinds.word(node.type)),
            tag=tag,
        )

    def _tell(self) -> None:
        self.setAccessibleName(self.sentence())
        self.update()

    # -- painting ---------------------------------------------------------------------------------

    def place(self, at: int) -> QPointF:
        """Where a node stands in the widget."""
        node, area = self.tree.nodes[at], self._area()
        middle = area.center()
        return middle + QPointF(node.x * area.width() / 2, node.y * area.height() / 2)

    def _area(self) -> QRectF:
        edge, beside = theme.px(_EDGE), min(theme.px(120), self.width() * 0.18)
        return QRectF(self.rect()).adjusted(beside, edge + theme.px(26), -beside, -edge)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = theme.smooth(self)
        self.paint_ground(painter)
        spots = self._spots()
        for link in self.tree.links:
            self._paint_link(painter, spots[link.head], spots[link.tail], link.tail)
        for at, spot in enumerate(spots):
            self._paint_node(painter, spot, at)
        used = [self._disc(spot).adjusted(-2, -2, 2, 2) for spot in spots]
        order = sorted(range(len(spots)), key=lambda at: self._pale(at))
        for at in order:
            self._paint_name(painter, spots[at], at, used)
        self._paint_key(painter)

    def _disc(self, spot: QPointF) -> QRectF:
        radius = theme.px(_RADIUS)
        return QRectF(spot.x() - radius, spot.y() - radius, 2 * radius, 2 * radius)

    def _pale(self, at: int) -> bool:
        step = self.tree.nodes[at].step
        return step < 0 or step > self._step

    def _paint_link(self, painter: QPainter, head: QPointF, tail: QPointF, to: int) -> None:
        tag, pale = self.tree.nodes[to].tag, self._pale(to)
        pen = QPen(theme.colour("edge" if pale else tag, 0.45 if pale else 0.9))
        pen.setWidthF(1.0 if pale else max(1.4, theme.px(16) / 10))
        if tag in _DASHES:
            pen.setDashPattern(_DASHES[tag])
        painter.setPen(pen)
        line = QLineF(head, tail)
        if tag == "confirmed" and not pale:
            # Two lines side by side, as wherever this tag is drawn.
            normal = line.normalVector().unitVector()
            off = QPointF(normal.dx(), normal.dy()) * 1.6
            painter.drawLine(line.translated(off))
            painter.drawLine(line.translated(-off))
        else:
            painter.drawLine(line)

    def _paint_node(self, painter: QPainter, spot: QPointF, at: int) -> None:
        node, pale, disc = self.tree.nodes[at], self._pale(at), self._disc(spot)
        ink = kinds.ink(node.type)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("surface"))
        painter.drawEllipse(disc.adjusted(-3, -3, 3, 3))
        painter.setBrush(theme.colour(ink, 0.06 if pale else 0.22))
        painter.drawEllipse(disc)
        pen = QPen(theme.colour("edge" if pale else ink, 0.7 if pale else 1.0), 1.6)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(disc)
        inner = disc.adjusted(*(theme.px(5) * k for k in (1, 1, -1, -1)))
        theme.paint_icon(painter, kinds.glyph(node.type), inner, "text3" if pale else ink)
        if node.concept == self.concept:
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(disc.adjusted(-4, -4, 4, 4))

    def _paint_name(self, painter: QPainter, spot: QPointF, at: int, taken: list[QRectF]) -> None:
        node, pale = self.tree.nodes[at], self._pale(at)
        weight = QFont.Weight.DemiBold if node.tag == CUE else QFont.Weight.Normal
        font = theme.font("small", weight)
        text = words.short(" ".join(node.name.split()), _LONG)
        size = QFontMetricsF(font).boundingRect(text)
        wide, high = size.width() + 10, size.height() + 2
        off = theme.px(_RADIUS) + 3
        tries = (
            QRectF(spot.x() + off, spot.y() - high / 2, wide, high),
            QRectF(spot.x() - off - wide, spot.y() - high / 2, wide, high),
            QRectF(spot.x() - wide / 2, spot.y() + off, wide, high),
            QRectF(spot.x() - wide / 2, spot.y() - off - high, wide, high),
        )
        entire = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        free = [
            item for item in tries
            if entire.contains(item) and not any(item.intersects(other) for other in taken)
        ]  # fmt: skip
        if not free and pale and node.concept != self.concept:
            return
        box = free[0] if free else tries[0]
        taken.append(box)
        painter.setFont(font)
        cells.plate(painter, box, text, "text3" if pale else "text", 0.85)

    def _paint_key(self, painter: QPainter) -> None:
        """Which ink and sign is which type, of those that are shown."""
        visible = [item for item in kinds.TYPES if any(n.type == item for n in self.tree.nodes)]
        painter.setFont(theme.font("caption"))
        metrics = painter.fontMetrics()
        side, x = theme.px(14), float(theme.px(14))
        y = self.height() - theme.px(20)
        for item in visible:
            theme.paint_icon(painter, kinds.glyph(item), QRectF(x, y, side, side), kinds.ink(item))
            x += side + 4
            wide = metrics.horizontalAdvance(kinds.word(item))
            painter.setPen(theme.colour("text2"))
            box = QRectF(x, y - 2, wide + 4, side + 4)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, kinds.word(item))
            x += wide + theme.px(14)

    # -- choosing ---------------------------------------------------------------------------------

    def _spots(self) -> list[QPointF]:
        return [self.place(at) for at in range(len(self.tree.nodes))]

    def _under(self, point: QPointF) -> int:
        return under(self._spots(), point, lambda _at: theme.px(_RADIUS))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self._under(event.position())
        if at >= 0:
            self.select(self.tree.nodes[at].concept)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at = self._under(event.position())
        if at >= 0:
            self.entered.emit(self.tree.nodes[at].concept)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y()
        if turned < 0:
            self.left.emit()
        elif turned > 0 and (at := self._under(event.position())) >= 0:
            self.entered.emit(self.tree.nodes[at].concept)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Escape, Qt.Key.Key_Minus, Qt.Key.Key_Backspace):
            self.left.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Plus) and self.concept >= 0:
            self.entered.emit(self.concept)
        elif key in ARROWS and self.tree.nodes:
            self._go(ARROWS[key])
        else:
            super().keyPressEvent(event)

    def _go(self, way: tuple[int, int]) -> None:
        """To the nearest node in a direction."""
        best = towards(self._spots(), self.place(max(self.tree.at(self.concept), 0)), way)
        if best >= 0:
            self.select(self.tree.nodes[best].concept)
