"""How the picture of a graph is painted: far out dots and hairlines, close by names and words.

Nothing written is smaller than 11 pixels: where names would be, they are written in the size of the
screen, the most telling first and as many as find room.

Close by a link shows its tag by the shape of its line: explicit one line, confirmed two, emergent
dashes, predicted dots.
"""

import math
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
)

from workbench.ui import theme
from workbench.ui.associations.curves import ARROW
from workbench.ui.associations.picture import BOLD, SIGN, Picture, more, name_font, one_line
from workbench.ui.concepts import signs

#: Below these scales lines are hairlines, names (13 px) are dots with some written over them, and
#: the relations' words (11 px) are told of what is chosen alone.
FAR, NAMES, WORDS = 0.4, 0.85, 1.0
_NAMED_FAR = 40  # names that are written far out
_TOLD = 12  # links of the concept under the pointer whose words are told
_SWEEP = 2.62  # radians between an arrow's direction and its barbs
_DIMMED = 0.28
_OUTER = 0.45  # of a line to the second ring
_NO_BRUSH, _NO_PEN = Qt.BrushStyle.NoBrush, Qt.PenStyle.NoPen
_MIDDLE = int(Qt.AlignmentFlag.AlignCenter.value | Qt.TextFlag.TextSingleLine.value)


@dataclass(frozen=True, slots=True)
class Look:
    """What is seen and what stands out: indices of concepts and links in the picture.

    `scale` is pixels of the screen a pixel of the picture. Where `path` has links, all others step
    back.
    """

    scale: float = 1.0
    node: int | None = None
    edge: int | None = None
    over_node: int | None = None
    over_edge: int | None = None
    focus: bool = False
    path: frozenset[int] = frozenset()
    pinned: frozenset[int] = frozenset()


def paint(painter: QPainter, picture: Picture, look: Look) -> None:
    """Paint the picture in its own coordinates; the painter is already moved and scaled."""
    if look.scale < FAR:
        _paint_far(painter, picture, look)
    else:
        _paint_near(painter, picture, look)


def stroke(
    painter: QPainter,
    path: QPainterPath,
    tag: str,
    width: float = 1.6,
    alpha: float = 1.0,
) -> None:
    """Draw one line in the shape of its tag."""
    painter.setBrush(_NO_BRUSH)
    pen = QPen(theme.colour(tag, alpha), width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    if tag == "confirmed":  # two lines: a broad one with its middle taken out
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setWidthF(2.9 * width)
        painter.setPen(pen)
        painter.drawPath(path)
        pen.setColor(theme.colour("surface"))
        pen.setWidthF(0.95 * width)
    elif tag == "emergent":
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([4.0, 3.0])
    elif tag == "predicted":
        pen.setWidthF(1.35 * width)
        pen.setDashPattern([0.1, 3.0])
    painter.setPen(pen)
    painter.drawPath(path)


def _width_of(strength: float) -> float:
    """How broad the line of a link is, in pixels."""
    return theme.px(100) / 100 * (1.1 + 1.2 * min(1.0, max(0.0, strength)))


def _arrow(tip: QPointF, back: QPointF) -> QPolygonF:
    """The head of an arrow that comes from `back`."""
    angle = math.atan2(tip.y() - back.y(), tip.x() - back.x())
    barbs = [
        tip + QPointF(math.cos(angle + sweep), math.sin(angle + sweep)) * ARROW
        for sweep in (_SWEEP, -_SWEEP)
    ]
    return QPolygonF([tip, *barbs])


# -- close by --------------------------------------------------------------------------------------


def _paint_near(painter: QPainter, picture: Picture, look: Look) -> None:
    names = picture.names
    # What the pointer is on comes last, above all that it crosses.
    lines = sorted(range(len(names.edges)), key=lambda index: index == look.over_edge)
    for index in lines:
        _paint_line(painter, picture, look, index)
    if look.scale >= WORDS:
        _paint_words(painter, picture, look)
    for index, edge in enumerate(names.edges):
        if edge.contradicted:
            alpha = _DIMMED if look.path and index not in look.path else 1.0
            _paint_contradiction(painter, picture, index, alpha)
    if look.edge is not None:
        _paint_word(painter, picture, look.edge)
    if look.scale < NAMES:
        _paint_dots(painter, picture, look.scale)
        if look.over_edge is not None:
            _paint_word(painter, picture, look.over_edge)
        _write_far(painter, picture, look)
        return
    over = {look.over_node}
    if look.over_edge is not None:
        over = {int(names.heads[look.over_edge]), int(names.tails[look.over_edge])}
    for index in range(len(names.nodes)):
        if index not in over:
            _paint_name(painter, picture, look, index)
    for link in _told(picture, look):
        _paint_word(painter, picture, link)
    for item in over:
        if item is not None:
            _paint_name(painter, picture, look, item)


def _told(picture: Picture, look: Look) -> list[int]:
    """The links whose words are told because of the pointer: there was no room for them before."""
    if look.over_edge is not None:
        return [look.over_edge]
    if look.over_node is None or look.scale < WORDS:
        return []
    links = picture.names.links[look.over_node][:_TOLD]
    return [link for link in links if math.isnan(picture.words[link, 0])]


def _paint_line(painter: QPainter, picture: Picture, look: Look, index: int) -> None:
    edge, path = picture.names.edges[index], picture.paths[index]
    on_path = index in look.path
    alpha = _DIMMED if look.path and not on_path else 1.0
    if not on_path and index != look.over_edge and _outer(picture, index):
        alpha *= _OUTER
    if on_path or index in (look.edge, look.over_edge):
        painter.setBrush(_NO_BRUSH)
        glow = QPen(theme.colour(edge.tag, 0.12 if index == look.over_edge else 0.2), theme.px(14))
        glow.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(glow)
        painter.drawPath(path)
    stroke(painter, path, edge.tag, _width_of(edge.strength), alpha)
    curves = picture.curves
    if edge.tag == "emergent":
        return  # to be named together has no direction
    tip, back = QPointF(*curves.tips[index].tolist()), QPointF(*curves.backs[index].tolist())
    painter.setPen(_NO_PEN)
    painter.setBrush(theme.colour(edge.tag, alpha))
    painter.drawPolygon(_arrow(tip, back))


def _outer(picture: Picture, index: int) -> bool:
    """Whether a link leads to the second ring, or runs within it."""
    names = picture.names
    return any(names.nodes[end].outer for end in (names.heads[index], names.tails[index]))


def _paint_contradiction(painter: QPainter, picture: Picture, index: int, alpha: float) -> None:
    """A bar across the line near its end: some passages say the opposite."""
    a, b, c, d = (QPointF(*point) for point in picture.curves.shafts[index].tolist())
    at = a * 0.008 + b * 0.096 + c * 0.384 + d * 0.512  # the curve at four fifths
    angle = math.atan2(d.y() - c.y(), d.x() - c.x()) + 1.1
    arm = QPointF(math.cos(angle), math.sin(angle)) * theme.px(7)
    bar = QLineF(at - arm, at + arm)
    painter.setPen(QPen(theme.colour("surface"), theme.px(5)))
    painter.drawLine(bar)
    painter.setPen(QPen(theme.colour("danger", alpha), theme.px(2)))
    painter.drawLine(bar)


def _paint_words(painter: QPainter, picture: Picture, look: Look) -> None:
    painter.setFont(theme.font("caption"))
    paper = theme.colour("surface")
    inks = {False: theme.colour("text2"), True: theme.colour("text2", _DIMMED)}
    for index, (x, y) in enumerate(picture.words.tolist()):
        if math.isnan(x) or index in (look.edge, look.over_edge):
            continue
        box = _word_box(picture, index, x, y)
        painter.setPen(_NO_PEN)
        painter.setBrush(paper)
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(inks[bool(look.path) and index not in look.path])
        painter.drawText(box, _MIDDLE, picture.names.said[index])


def _word_box(picture: Picture, index: int, x: float, y: float) -> QRectF:
    width, height = picture.names.boxes[index].tolist()
    return QRectF(x - width / 2, y - height / 2, width, height)


def _paint_word(painter: QPainter, picture: Picture, index: int) -> None:
    """The words of the link that is chosen or pointed at: in its colour, whole, and on top."""
    edge = picture.names.edges[index]
    if not edge.relation:
        return
    at = picture.words[index]
    if np.isnan(at).any():
        at = picture.polylines[index, 8]
    font = theme.font("small", QFont.Weight.DemiBold)
    text = one_line(edge.relation)
    wide = QFontMetricsF(font).horizontalAdvance(text) + theme.px(12)
    high = theme.px(20)
    move = painter.transform()
    centre = QPointF(*at.tolist())
    painter.save()
    if move.m11() < 1:
        painter.resetTransform()
        centre = move.map(centre)
    box = QRectF(centre.x() - wide / 2, centre.y() - high / 2, wide, high)
    painter.setPen(_NO_PEN)
    painter.setBrush(theme.colour("surface"))
    painter.drawRoundedRect(box, 4, 4)
    painter.setFont(font)
    painter.setPen(theme.colour(edge.tag))
    painter.drawText(box, _MIDDLE, text)
    painter.restore()


def _paint_name(painter: QPainter, picture: Picture, look: Look, index: int) -> None:
    names, pill = picture.names, picture.pill(index)
    node, centre, selected = names.nodes[index], index == names.centre, index == look.node
    weight = float(names.weights[index])
    dim = bool(look.path) and not any(link in look.path for link in names.links[index])
    painter.setOpacity(1.0 if not dim or selected else 0.45)
    fill, ink = "raised", "text"
    pen = QPen(theme.colour("edge"), 1 + min(1.0, weight))
    if centre:
        fill, ink, pen = "accent", "on_accent", QPen(theme.colour("accent"), 1)
    elif node.outer and not selected and index != look.over_node:
        fill, ink, pen = "surface", "text2", QPen(theme.colour("line"), 1)
    elif selected:
        fill = "accent_soft"
    elif index == look.over_node:
        fill = "hover"
    if selected and not centre:
        pen = QPen(theme.colour("accent"), 2)
    painter.setPen(pen)
    painter.setBrush(theme.colour(fill))
    radius = pill.height() / 2
    painter.drawRoundedRect(pill, radius, radius)
    if selected and (centre or look.focus):
        painter.setBrush(_NO_BRUSH)
        painter.setPen(QPen(theme.colour("accent"), 2))
        ring = pill.adjusted(-4, -4, 4, 4)
        painter.drawRoundedRect(ring, ring.height() / 2, ring.height() / 2)
    painter.setFont(name_font(centre=centre, bold=weight > BOLD))
    painter.setPen(theme.colour(ink))
    if not centre:
        middle = QRectF(pill.left() + theme.px(14), pill.center().y(), 0, 0)
        signs.draw_in(painter, middle, node.type)
        painter.setPen(theme.colour(ink))
    within = pill if centre else pill.adjusted(theme.px(SIGN), 0, 0, 0)
    painter.drawText(within, _MIDDLE, names.shown[index])
    if node.hidden:
        painter.setFont(theme.font("caption"))
        wide = painter.fontMetrics().horizontalAdvance(more(node))
        beside = QRectF(pill.right() + theme.px(4), pill.center().y() - 7, wide + 3, 14)
        painter.setPen(_NO_PEN)
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(beside, 4, 4)
        painter.setPen(theme.colour("text2"))
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(beside, int(left.value), more(node))
    if index in look.pinned:
        painter.setPen(_NO_PEN)
        painter.setBrush(theme.colour("on_accent" if centre else "edge"))
        painter.drawEllipse(QPointF(pill.right() - radius * 0.62, pill.center().y()), 2.2, 2.2)
    painter.setOpacity(1.0)


# -- far out ---------------------------------------------------------------------------------------


def _paint_far(painter: QPainter, picture: Picture, look: Look) -> None:
    """Dots and hairlines, sized in pixels of the screen; the strongest names are written."""
    names, positions = picture.names, picture.positions
    painter.setBrush(_NO_BRUSH)
    # The more lines, the fainter each: where many run together it is seen all the same.
    faint = min(0.6, max(0.16, 9.0 / math.sqrt(1 + len(names.edges))))
    faint = faint / 2 if look.path else faint
    strong = {*look.path, look.edge, look.over_edge}
    for index in sorted(range(len(names.edges)), key=strong.__contains__):
        tag = names.edges[index].tag
        pen = QPen(theme.colour(tag), 3.0) if index in strong else QPen(theme.colour(tag, faint), 1)
        pen.setCosmetic(True)
        painter.setPen(pen)
        head, tail = positions[[names.heads[index], names.tails[index]]].tolist()
        painter.drawLine(QPointF(*head), QPointF(*tail))
    _paint_dots(painter, picture, look.scale)
    _write_far(painter, picture, look)


def _paint_dots(painter: QPainter, picture: Picture, scale: float) -> None:
    """A dot for every concept, by its links from 3 to 9 pixels of the screen wide."""
    painter.setPen(_NO_PEN)
    painter.setBrush(theme.colour("text3"))
    for place, links in zip(picture.positions.tolist(), picture.names.links, strict=True):
        radius = round(min(9.0, 3.0 + 1.2 * math.log2(1 + len(links)))) / 2 / scale
        painter.drawEllipse(QPointF(*place), radius, radius)


def _write_far(painter: QPainter, picture: Picture, look: Look) -> None:
    """Write the names of what has most links, in the size of the screen, where there is room."""
    names = picture.names
    if not names.nodes:
        return
    first = [i for i in (look.over_node, look.node, names.centre) if i is not None]
    if look.over_edge is not None:
        first += [int(names.heads[look.over_edge]), int(names.tails[look.over_edge])]
    for index in sorted(look.path):
        first += [int(names.heads[index]), int(names.tails[index])]
    requested = list(dict.fromkeys([*first, *picture.foremost[: 3 * _NAMED_FAR]]))
    move = painter.transform()
    painter.save()
    painter.resetTransform()
    used: list[QRectF] = []
    here = QRectF(painter.viewport())
    for index in requested:
        if len(used) >= _NAMED_FAR:
            break
        at = move.map(QPointF(*picture.positions[index].tolist()))
        centre, selected = index == names.centre, index in (look.node, look.over_node)
        painter.setFont(theme.font("small", QFont.Weight.DemiBold if centre or selected else None))
        wide = painter.fontMetrics().horizontalAdvance(names.shown[index]) + theme.px(12)
        box = QRectF(at.x() - wide / 2, at.y() - theme.px(9), wide, theme.px(18))
        if not here.intersects(box) or any(box.intersects(other) for other in used):
            continue
        used.append(box)
        radius = box.height() / 2
        edge = "accent" if selected else "line"
        painter.setPen(QPen(theme.colour(edge), 2 if index == look.node else 1))
        painter.setBrush(theme.colour("accent" if centre else "raised"))
        painter.drawRoundedRect(box, radius, radius)
        painter.setPen(theme.colour("on_accent" if centre else "text"))
        painter.drawText(box, _MIDDLE, names.shown[index])
    painter.restore()
