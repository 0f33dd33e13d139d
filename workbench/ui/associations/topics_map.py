"""The map of topics: a disc for each, as large as it has names, near to what it is joined with."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from workbench.memory.graph.records import Topic
from workbench.ui import theme
from workbench.ui.components import ENTER, words
from workbench.ui.concepts import kinds, signs
from workbench.ui.language import tr

#: Names written in a disc, and how much room is left around the map, in pixels.
_LISTED_NAMES, _EDGE = 3, 24
#: Room between two discs, as a share of the mean radius; directions that are tried.
_SPACING, _TURNS = 0.35, 48
#: Lines to the nearest topics of each.
_LINES = 2
_MIDDLE = int(Qt.AlignmentFlag.AlignCenter.value | Qt.TextFlag.TextSingleLine.value)


@dataclass(frozen=True, slots=True)
class Disc:
    """Where a topic lies: centre and radius, in units of the map."""

    x: float
    y: float
    radius: float


def lay_out(topics: Sequence[Topic]) -> list[Disc]:
    """Lay the discs side by side, the largest first, each as near as it can to its nearest."""
    discs: list[Disc] = []
    sizes = [math.sqrt(len(item.members)) for item in topics]
    average = sum(sizes) / len(sizes) if sizes else 1.0
    radii = [0.6 * average + 0.6 * size for size in sizes]
    for at, radius in enumerate(radii):
        if not discs:
            discs.append(Disc(0.0, 0.0, radius))
            continue
        pulls = [(n.weight, discs[n.topic]) for n in topics[at].near if n.topic < at]
        pulls = pulls or [(1.0, discs[0])]
        options = [
            Disc(
                item.x + math.cos(turn) * (item.radius + radius + gap),
                item.y + 0.7 * math.sin(turn) * (item.radius + radius + gap),
                radius,
            )
            for item in discs
            for gap in (_SPACING * average, 0.8 * radius + _SPACING * average)
            for turn in (2 * math.pi * step / _TURNS for step in range(_TURNS))
        ]
        free = [
            option for option in options if all(_clear(option, item, average) for item in discs)
        ]
        total = sum(weight for weight, _ in pulls)

        def cost(
            disc: Disc, pulls: Sequence[tuple[float, Disc]] = pulls, of: float = total
        ) -> float:
            distance = sum(w * math.hypot(disc.x - d.x, disc.y - d.y) for w, d in pulls) / of
            return distance + 0.6 * math.hypot(disc.x, 1.6 * disc.y)

        discs.append(min(free, key=cost))
    return discs


def _clear(disc: Disc, other: Disc, average: float) -> bool:
    distance = math.hypot(disc.x - other.x, disc.y - other.y)
    return distance >= disc.radius + other.radius + 0.9 * _SPACING * average


class TopicsMap(QWidget):
    """Paints the map; the list beside it says the same in words."""

    #: The place of a topic in the list; one was pressed.
    chosen = Signal(int)
    #: It was pressed twice, or Enter.
    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._topics: Sequence[Topic] = ()
        self._discs: list[Disc] = []
        self._at, self._over = -1, -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Map of topics"))
        theme.watch(self, self.update)

    def show_topics(self, topics: Sequence[Topic]) -> None:
        """Show these topics."""
        self._topics, self._discs = topics, lay_out(topics)
        self._at = self._over = -1
        names = "; ".join(topic.name for topic in topics)
        self.setAccessibleDescription(f"{words.count(len(topics), 'topic')}: {names}")
        self.update()

    def choose(self, at: int) -> None:
        """Mark a topic as the chosen one."""
        if at != self._at:
            self._at = at
            self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), theme.px(60))

    # -- painting ---------------------------------------------------------------------------------

    def _scale(self) -> tuple[float, QPointF]:
        """Pixels a unit of the map, and where its origin lies."""
        left = min(d.x - d.radius for d in self._discs)
        right = max(d.x + d.radius for d in self._discs)
        top = min(d.y - d.radius for d in self._discs)
        foot = max(d.y + d.radius for d in self._discs)
        edge = 2 * theme.px(_EDGE)
        scale = min((self.width() - edge) / (right - left), (self.height() - edge) / (foot - top))
        scale = max(1.0, min(scale, theme.px(150) / max(d.radius for d in self._discs)))
        middle = QPointF((left + right) / 2, (top + foot) / 2)
        return scale, QPointF(self.width() / 2, self.height() / 2) - middle * scale

    def box(self, at: int) -> QRectF:
        """Where a topic is painted."""
        scale, origin = self._scale()
        disc = self._discs[at]
        centre = origin + QPointF(disc.x, disc.y) * scale
        radius = disc.radius * scale
        return QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._discs:
            return
        painter = theme.smooth(self)
        self._paint_lines(painter)
        for at in range(len(self._discs)):
            self._paint_disc(painter, at)

    def _paint_lines(self, painter: QPainter) -> None:
        maximum = max((n.weight for item in self._topics for n in item.near), default=1.0)
        for at, topic in enumerate(self._topics):
            for neighbour in topic.near[:_LINES]:
                width = 1.0 + 3.0 * neighbour.weight / maximum
                painter.setPen(QPen(theme.colour("edge"), width))
                painter.drawLine(self.box(at).center(), self.box(neighbour.topic).center())

    def _paint_disc(self, painter: QPainter, at: int) -> None:
        topic, box = self._topics[at], self.box(at)
        marked = at == self._at
        painter.setPen(QPen(theme.colour("accent" if marked else "line"), 2 if marked else 1))
        ground = "accent_soft" if marked else "hover" if at == self._over else "canvas"
        painter.setBrush(theme.colour(ground))
        painter.drawEllipse(box)
        if marked and self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(box.adjusted(-4, -4, 4, 4))
        self._paint_dots(painter, topic, box)
        self._write(painter, topic, box)

    def _paint_dots(self, painter: QPainter, topic: Topic, box: QRectF) -> None:
        """The names that are not written, as fine dots along the rim."""
        painter.setPen(Qt.PenStyle.NoPen)
        radius, fine = box.width() / 2, theme.px(20) / 10
        remainder = topic.concepts[_LISTED_NAMES:]
        for number, item in enumerate(remainder):
            turn = 2 * math.pi * (number + 0.5 * math.sin(item.id)) / len(remainder)
            out = radius * (0.86 + 0.06 * math.cos(7.0 * item.id))
            spot = box.center() + QPointF(math.cos(turn), math.sin(turn)) * out
            painter.setBrush(theme.colour(kinds.ink(item.type), 0.55))
            painter.drawEllipse(spot, fine, fine)

    def _write(self, painter: QPainter, topic: Topic, box: QRectF) -> None:
        """The title and, where they find room, the names that tell most."""
        wide = box.width() * 0.72
        bold, plain = theme.font("body", QFont.Weight.DemiBold), theme.font("small")
        title = QFontMetricsF(bold)
        lines = [
            title.elidedText(item, Qt.TextElideMode.ElideRight, wide) for item in _title(topic)
        ]
        high, small = title.height() * 1.1, QFontMetricsF(plain).height() * 1.35
        names = topic.concepts[2 : 2 + _LISTED_NAMES]
        room = box.height() * 0.62 - high * len(lines)
        names = names[: max(0, int(room // small))]
        top = box.center().y() - (high * len(lines) + small * len(names)) / 2
        painter.setFont(bold)
        painter.setPen(theme.colour("text"))
        for line in lines:
            painter.drawText(QRectF(box.left(), top, box.width(), high), _MIDDLE, line)
            top += high
        painter.setFont(plain)
        metrics, sign = QFontMetricsF(plain), theme.px(12)
        for item in names:
            text = metrics.elidedText(
                " ".join(item.name.split()), Qt.TextElideMode.ElideRight, wide - 2 * sign
            )
            long = metrics.horizontalAdvance(text) + 1.5 * sign
            left = box.center().x() - long / 2
            spot = QRectF(left, top + (small - sign) / 2, sign, sign)
            signs.draw_in(painter, spot, item.type)
            painter.setPen(theme.colour("text2"))
            place = QRectF(left + 1.5 * sign, top, long, small)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), text)
            top += small

    # -- pointer and keys -------------------------------------------------------------------------

    def _hit(self, spot: QPointF) -> int:
        for at in range(len(self._discs)):
            box = self.box(at)
            off = spot - box.center()
            if math.hypot(off.x(), off.y()) <= box.width() / 2:
                return at
        return -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        hit = self._hit(event.position())
        if hit != self._over:
            self._over = hit
            hand = Qt.CursorShape.PointingHandCursor if hit >= 0 else Qt.CursorShape.ArrowCursor
            self.setCursor(hand)
            self.setToolTip(self._topics[hit].name if hit >= 0 else "")
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._over = -1
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self._hit(event.position())
        if at >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(at)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at = self._hit(event.position())
        if at >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        by = step.get(Qt.Key(event.key()))
        if by is not None and self._topics:
            self.chosen.emit((max(self._at, -1 if by > 0 else 0) + by) % len(self._topics))
        elif event.key() in ENTER and self._at >= 0:
            self.opened.emit(self._at)
        else:
            super().keyPressEvent(event)


def _title(topic: Topic) -> list[str]:
    """The two names of a topic, each in its line."""
    first, *remainder = (" ".join(item.name.split()) for item in topic.concepts[:2])
    return [f"{first} and", *remainder] if remainder else [first]
