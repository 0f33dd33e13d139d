"""How the picture of a graph is painted: far out dots and hairlines, close by names and words.

Nothing written is smaller than 11 pixels: where names would be, they are written in the size of the
screen, the most telling first and as many as find room.

Close by a link shows its tag by the shape of its line: explicit one line, confirmed two, emergent
dashes, predicted dots. Everything is painted from arrays; what the window does not show is not
touched.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
)

from workbench.ui import theme
from workbench.ui.associations.curves import ARROW
from workbench.ui.associations.graph import TAGS
from workbench.ui.associations.picture import BOLD, SIGN, Picture, more, name_font
from workbench.ui.concepts import signs

#: Below these scales lines are hairlines, names (13 px) are dots with some written over them, and
#: the relations' words (11 px) are told of what is chosen alone.
FAR, NAMES, WORDS = 0.4, 0.85, 1.0
_NAMED_FAR = 40  # names that are written far out
_FEW = 60  # links that are drawn whole wherever their ends are
_TOLD = 12  # links of the concept under the pointer whose words are told
_SWEEP = 2.62  # radians between an arrow's direction and its barbs
_DIMMED = 0.28
_OUTER = 0.45  # of a line to the second ring
_NO_BRUSH, _NO_PEN = Qt.BrushStyle.NoBrush, Qt.PenStyle.NoPen
_MIDDLE = int(Qt.AlignmentFlag.AlignCenter.value | Qt.TextFlag.TextSingleLine.value)


@dataclass(frozen=True, slots=True)
class Look:
    """What is seen and what stands out: indices of concepts and links in the picture.

    `scale` is pixels of the screen a pixel of the picture, `seen` the part of the picture that is
    visible. Where `path` has links, all others step back. `words` false leaves the relations out.
    `dragged`: what the pointer is on is being moved.
    """

    scale: float = 1.0
    seen: QRectF = field(default_factory=QRectF)
    node: int | None = None
    edge: int | None = None
    over_node: int | None = None
    over_edge: int | None = None
    focus: bool = False
    path: frozenset[int] = frozenset()
    pinned: frozenset[int] = frozenset()
    words: bool = True
    dragged: bool = False


def paint(painter: QPainter, picture: Picture, look: Look) -> None:
    """Paint the picture in its own coordinates; the painter is already moved and scaled."""
    if look.scale < FAR:
        _paint_far(painter, picture, look)
    else:
        _paint_near(painter, picture, look)


def paint_over(painter: QPainter, picture: Picture, look: Look) -> None:
    """Paint what the pointer is on once more, on top of a picture that was painted without."""
    if look.scale < FAR:
        if look.over_edge is not None:
            tag = _tag(picture.names.edges[look.over_edge].tag)
            painter.setPen(_cosmetic(theme.colour(tag), 3.0))
            painter.drawLine(picture.straight(look.over_edge))
        for link in picture.names.links[look.over_node or 0] if look.dragged else ():
            painter.setPen(_cosmetic(theme.colour(_tag(picture.names.edges[link].tag)), 1.0))
            painter.drawLine(picture.straight(link))
        _write_far(painter, picture, look, only_chosen=True)
        return
    names = {look.over_node} - {None}
    if look.scale < NAMES:
        if look.over_edge is not None:
            _paint_line(painter, picture, look, look.over_edge)
            _paint_word(painter, picture, look.over_edge)
        for link in picture.names.links[look.over_node or 0] if look.dragged else ():
            _paint_line(painter, picture, look, link)
        _write_far(painter, picture, look, only_chosen=True)
        return
    if look.over_edge is not None:
        _paint_line(painter, picture, look, look.over_edge)
        _paint_word(painter, picture, look.over_edge)
        names |= {int(picture.names.heads[look.over_edge])}
        names |= {int(picture.names.tails[look.over_edge])}
    if look.over_node is not None:
        for link in picture.names.links[look.over_node][:_TOLD]:
            if look.dragged:
                _paint_line(painter, picture, look, link)
            elif math.isnan(picture.words[link, 0]) and look.scale >= WORDS:
                _paint_word(painter, picture, link)
    for index in names:
        if index is not None:
            _paint_name(painter, picture, look, index)


def tag_pen(tag: str, width: float, alpha: float = 1.0) -> QPen:
    """The pen of a tag's line. A confirmed link is stroked twice by `stroke`."""
    pen = QPen(theme.colour(tag, alpha), width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    if tag == "emergent":
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([4.0, 3.0])
    elif tag == "predicted":
        pen.setWidthF(1.35 * width)
        pen.setDashPattern([0.1, 3.0])
    return pen


def stroke(
    painter: QPainter,
    path: QPainterPath,
    tag: str,
    width: float = 1.6,
    alpha: float = 1.0,
    behind: str = "surface",
) -> None:
    """Draw one line in the shape of its tag, on paper of the colour `behind`."""
    painter.setBrush(_NO_BRUSH)
    if tag == "confirmed":  # two lines: a broad one with its middle taken out
        flat, solid = Qt.PenCapStyle.FlatCap, Qt.PenStyle.SolidLine
        painter.setPen(QPen(theme.colour(tag, alpha), 2.9 * width, solid, flat))
        painter.drawPath(path)
        painter.setPen(QPen(theme.colour(behind), 0.95 * width, solid, flat))
    else:
        painter.setPen(tag_pen(tag, width, alpha))
    painter.drawPath(path)


def ring_pen() -> QPen:
    """The border of what has the focus."""
    return QPen(theme.colour("accent"), 2)


def width_of(strength: float) -> float:
    """How broad the line of a link is, in pixels."""
    return theme.px(100) / 100 * (1.1 + 1.2 * min(1.0, max(0.0, strength)))


def contradiction(picture: Picture, index: int) -> QLineF:
    """The bar across a link of which some passages say the opposite, near its end."""
    a, b, c, d = (QPointF(*point) for point in picture.curves.shafts[index].tolist())
    at = a * 0.008 + b * 0.096 + c * 0.384 + d * 0.512  # the curve at four fifths
    angle = math.atan2(d.y() - c.y(), d.x() - c.x()) + 1.1
    arm = QPointF(math.cos(angle), math.sin(angle)) * theme.px(7)
    return QLineF(at - arm, at + arm)


def arrow(tip: QPointF, back: QPointF) -> QPolygonF:
    """The head of an arrow that comes from `back`."""
    angle = math.atan2(tip.y() - back.y(), tip.x() - back.x())
    barbs = [
        tip + QPointF(math.cos(angle + sweep), math.sin(angle + sweep)) * ARROW
        for sweep in (_SWEEP, -_SWEEP)
    ]
    return QPolygonF([tip, *barbs])


# -- close by --------------------------------------------------------------------------------------


def _paint_near(painter: QPainter, picture: Picture, look: Look) -> None:
    lines = _paint_passing(painter, picture, look, _seen_lines(picture, look.seen))
    for index in lines:
        _paint_line(painter, picture, look, index)
    if look.words and look.scale >= WORDS:
        _paint_words(painter, picture, look, lines)
    for index in lines:
        if picture.names.edges[index].contradicted:
            alpha = _DIMMED if look.path and index not in look.path else 1.0
            _paint_contradiction(painter, picture, index, alpha)
    for chosen in (look.over_edge, look.edge):
        if chosen is not None:
            _paint_word(painter, picture, chosen)
    if look.scale < NAMES:
        _paint_dots(painter, picture)
        _write_far(painter, picture, look)
        return
    for index in _seen_names(picture, look.seen):
        _paint_name(painter, picture, look, index)


def _seen_lines(picture: Picture, seen: QRectF) -> list[int]:
    box = picture.boxes
    if seen.isEmpty():
        return list(range(len(box)))
    hit = (
        (box[:, 0] <= seen.right())
        & (box[:, 1] <= seen.bottom())
        & (box[:, 2] >= seen.left())
        & (box[:, 3] >= seen.top())
    )
    return [int(index) for index in np.flatnonzero(hit)]


def _paint_passing(painter: QPainter, picture: Picture, look: Look, lines: list[int]) -> list[int]:
    """Paint links that only pass through as hairlines; returns the others."""
    if len(lines) <= _FEW or look.seen.isEmpty():
        return lines
    names, (x, y) = picture.names, picture.positions.T
    seen = look.seen
    inside = (x >= seen.left()) & (x <= seen.right()) & (y >= seen.top()) & (y <= seen.bottom())
    ends = inside[names.heads] | inside[names.tails]
    passing: dict[str, list[QLineF]] = {}
    for index in lines:
        if not ends[index] and index not in look.path and index != look.edge:
            passing.setdefault(names.edges[index].tag, []).append(picture.straight(index))
    painter.setBrush(_NO_BRUSH)
    for tag, straight in passing.items():
        painter.setPen(_cosmetic(_mixed(_tag(tag), 0.25), 1.0))
        painter.drawLines(straight)
    return [i for i in lines if ends[i] or i in look.path or i == look.edge]


def _seen_names(picture: Picture, seen: QRectF) -> list[int]:
    if seen.isEmpty():
        return list(range(len(picture.positions)))
    half = picture.names.sizes / 2
    low, high = picture.positions - half, picture.positions + half
    hit = (
        (low[:, 0] <= seen.right())
        & (low[:, 1] <= seen.bottom())
        & (high[:, 0] + theme.px(34) >= seen.left())
        & (high[:, 1] >= seen.top())
    )
    return [int(index) for index in np.flatnonzero(hit)]


def _paint_line(painter: QPainter, picture: Picture, look: Look, index: int) -> None:
    edge, path = picture.names.edges[index], picture.path(index)
    tag = _tag(edge.tag)
    on_path = index in look.path
    alpha = _DIMMED if look.path and not on_path else 1.0
    if not on_path and index != look.over_edge and _outer(picture, index):
        alpha *= _OUTER
    if on_path or index in (look.edge, look.over_edge):
        painter.setBrush(_NO_BRUSH)
        glow = QPen(theme.colour(tag, 0.12 if index == look.over_edge else 0.2), theme.px(14))
        glow.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(glow)
        painter.drawPath(path)
    stroke(painter, path, tag, width_of(edge.strength), alpha)
    curves = picture.curves
    if edge.tag == "emergent":
        return  # to be named together has no direction
    tip, back = QPointF(*curves.tips[index].tolist()), QPointF(*curves.backs[index].tolist())
    painter.setPen(_NO_PEN)
    painter.setBrush(theme.colour(tag, alpha))
    painter.drawPolygon(arrow(tip, back))


def _outer(picture: Picture, index: int) -> bool:
    """Whether a link leads to the second ring, or runs within it."""
    names = picture.names
    return any(names.nodes[end].outer for end in (names.heads[index], names.tails[index]))


def _paint_contradiction(painter: QPainter, picture: Picture, index: int, alpha: float) -> None:
    """A bar across the line near its end: some passages say the opposite."""
    bar = contradiction(picture, index)
    painter.setPen(QPen(theme.colour("surface"), theme.px(5)))
    painter.drawLine(bar)
    painter.setPen(QPen(theme.colour("danger", alpha), theme.px(2)))
    painter.drawLine(bar)


def _paint_words(painter: QPainter, picture: Picture, look: Look, lines: Iterable[int]) -> None:
    painter.setFont(theme.font("caption"))
    words, paper = picture.words, theme.colour("surface")
    inks = {False: theme.colour("text2"), True: theme.colour("text2", _DIMMED)}
    for index in lines:
        x, y = words[index].tolist()
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
    if not edge.label:
        return
    at = picture.words[index]
    if np.isnan(at).any():
        at = picture.polylines[index, 8]
    font = theme.font("small", QFont.Weight.DemiBold)
    text = " ".join(edge.label.split())
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
    painter.setPen(theme.colour(_tag(edge.tag)))
    painter.drawText(box, _MIDDLE, text)
    painter.restore()


def _paint_name(painter: QPainter, picture: Picture, look: Look, index: int) -> None:
    names, pill = picture.names, picture.pill(index)
    node, centre, chosen = names.nodes[index], index == names.centre, index == look.node
    weight = float(names.weights[index])
    dim = bool(look.path) and not any(link in look.path for link in names.links[index])
    painter.setOpacity(1.0 if not dim or chosen else 0.45)
    fill, ink = "raised", "text"
    pen = QPen(theme.colour("edge"), 1 + min(1.0, weight))
    if centre:
        fill, ink, pen = "accent", "on_accent", QPen(theme.colour("accent"), 1)
    elif node.outer and not chosen and index != look.over_node:
        fill, ink, pen = "surface", "text2", QPen(theme.colour("line"), 1)
    elif chosen:
        fill = "accent_soft"
    elif index == look.over_node:
        fill = "hover"
    if chosen and not centre:
        pen = QPen(theme.colour("accent"), 2)
    painter.setPen(pen)
    painter.setBrush(theme.colour(fill))
    radius = pill.height() / 2
    painter.drawRoundedRect(pill, radius, radius)
    if chosen and (centre or look.focus):
        painter.setBrush(_NO_BRUSH)
        painter.setPen(QPen(theme.colour("accent"), 2))
        ring = pill.adjusted(-4, -4, 4, 4)
        painter.drawRoundedRect(ring, ring.height() / 2, ring.height() / 2)
    painter.setFont(name_font(centre=centre, bold=weight > BOLD))
    painter.setPen(theme.colour(ink))
    if not centre:
        signs.paint(painter, node.type, QPointF(pill.left() + theme.px(14), pill.center().y()))
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
    names = picture.names
    painter.setBrush(_NO_BRUSH)
    # The more lines, the fainter each: where many run together it is seen all the same.
    faint = min(0.6, max(0.16, 9.0 / math.sqrt(1 + len(names.edges))))
    faint = faint / 2 if look.path else faint
    for tag, lines in picture.hairlines.items():
        painter.setPen(_cosmetic(_mixed(_tag(tag), faint), 1.0))
        painter.drawLines(lines)
    for index in sorted({*look.path, *(i for i in (look.edge, look.over_edge) if i is not None)}):
        painter.setPen(_cosmetic(theme.colour(_tag(names.edges[index].tag)), 3.0))
        painter.drawLine(picture.straight(index))
    _paint_dots(painter, picture)
    _write_far(painter, picture, look)


def _cosmetic(ink: QColor, width: float) -> QPen:
    pen = QPen(ink, width)
    pen.setCosmetic(True)
    return pen


def _mixed(role: str, share: float) -> QColor:
    """An ink thinned with the paper: lines that shine through take five times as long."""
    ink, paper = theme.colour(role), theme.colour("surface")
    parts = [
        round(share * one + (1 - share) * other)
        for one, other in zip(ink.getRgb()[:3], paper.getRgb()[:3], strict=True)  # type: ignore[index]
    ]
    return QColor(*parts)


def _paint_dots(painter: QPainter, picture: Picture) -> None:
    """Stamp a dot for every concept; the same dot drawn anew takes ten times as long."""
    move, ratio = painter.transform(), painter.device().devicePixelRatio()
    painter.save()
    painter.resetTransform()
    places = picture.positions * [move.m11(), move.m22()] + [move.dx(), move.dy()]
    for width, members in picture.dots.items():
        stamp, half = _stamp(width, ratio), width / 2 + 1
        for x, y in (places[members] - half).tolist():
            painter.drawImage(QPointF(x, y), stamp)
    painter.restore()


def _stamp(width: float, ratio: float) -> QImage:
    side = math.ceil((width + 2) * ratio)
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(_NO_PEN)
    painter.setBrush(theme.colour("text3"))
    painter.drawEllipse(QRectF(1, 1, width, width))
    painter.end()
    return image


def _write_far(
    painter: QPainter, picture: Picture, look: Look, *, only_chosen: bool = False
) -> None:
    """Write the names of what has most links, in the size of the screen, where there is room."""
    names = picture.names
    first = [i for i in (look.over_node, look.node, names.centre) if i is not None]
    if look.over_edge is not None:
        first += [int(names.heads[look.over_edge]), int(names.tails[look.over_edge])]
    for index in sorted(look.path):
        first += [int(names.heads[index]), int(names.tails[index])]
    rest = () if only_chosen else picture.foremost[: 3 * _NAMED_FAR]
    wanted = list(dict.fromkeys([*first, *rest]))
    move = painter.transform()
    painter.save()
    painter.resetTransform()
    taken: list[QRectF] = []
    here = QRectF(painter.viewport())
    for index in wanted:
        if index >= len(picture.positions) or len(taken) >= _NAMED_FAR:
            continue
        at = move.map(QPointF(*picture.positions[index].tolist()))
        centre, chosen = index == names.centre, index in (look.node, look.over_node)
        painter.setFont(theme.font("small", QFont.Weight.DemiBold if centre or chosen else None))
        wide = painter.fontMetrics().horizontalAdvance(names.shown[index]) + theme.px(12)
        box = QRectF(at.x() - wide / 2, at.y() - theme.px(9), wide, theme.px(18))
        if not here.intersects(box) or any(box.intersects(other) for other in taken):
            continue
        taken.append(box)
        radius = box.height() / 2
        edge = "accent" if chosen else "line"
        painter.setPen(QPen(theme.colour(edge), 2 if index == look.node else 1))
        painter.setBrush(theme.colour("accent" if centre else "raised"))
        painter.drawRoundedRect(box, radius, radius)
        painter.setPen(theme.colour("on_accent" if centre else "text"))
        painter.drawText(box, _MIDDLE, names.shown[index])
    painter.restore()


def _tag(tag: str) -> str:
    """A tag that has a colour and a shape; what is none of them is drawn as predicted."""
    return tag if tag in TAGS else TAGS[-1]
