"""The picture as a file to put into a talk: SVG of real text and shapes, and PNG.

Both show everything that the canvas holds, whatever part of it is seen, with a title and a legend
of the lines, in the colours of the theme in force.
"""

from dataclasses import dataclass
from html import escape

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QImageWriter, QPainter, QPainterPath, QPen

from workbench.ui import theme
from workbench.ui.associations import painting, wording
from workbench.ui.associations.canvas import GraphCanvas
from workbench.ui.associations.graph import TAGS
from workbench.ui.associations.painting import Look
from workbench.ui.associations.picture import BOLD, Picture, more, name_font
from workbench.ui.components import words
from workbench.ui.language import known, tr

_MARGIN = 32
_TITLE, _LEGEND = 46, 40
_SAMPLE = 26  # the length of a line in the legend
#: A picture of more points than this is drawn smaller.
_MOST = 24_000_000
_CONTRADICTED = "contradicted"


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The page around a picture: its rectangle in the picture's pixels, title and legend."""

    page: QRectF
    title: str
    note: str
    legend: tuple[tuple[str, QPointF], ...]


def to_svg(canvas: GraphCanvas) -> bytes:
    """The picture as SVG: one group for each concept and link, with its sentence as title."""
    picture = canvas.picture
    sheet = _sheet(picture)
    page = sheet.page
    box = " ".join(_n(v) for v in (page.x(), page.y(), page.width(), page.height()))
    family = escape(theme.family(serif=False), quote=True)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" width="{_n(page.width())}" '
        f'height="{_n(page.height())}" role="img" aria-labelledby="title desc" '
        f"font-family=\"{family}, Inter, 'Noto Sans', sans-serif\">",
        f'<title id="title">{_text(sheet.title)}</title>',
        f'<desc id="desc">{_text(wording.sentence(picture.names))}</desc>',
        f'<rect x="{_n(page.x())}" y="{_n(page.y())}" width="{_n(page.width())}" '
        f'height="{_n(page.height())}" fill="{_ink("surface")}"/>',
    ]
    lines += [_svg_line(picture, index) for index in range(len(picture.names.edges))]
    lines += [_svg_name(picture, index) for index in range(len(picture.names.nodes))]
    lines += _svg_frame(sheet)
    lines.append("</svg>\n")
    return "\n".join(lines).encode()


def to_png(canvas: GraphCanvas, scale: float = 2.0) -> bytes:
    """The picture as PNG, `scale` points for each pixel of the picture, fewer for a huge one."""
    picture = canvas.picture
    sheet = _sheet(picture)
    page = sheet.page
    points = page.width() * page.height() * scale**2
    scale *= min(1.0, (_MOST / points) ** 0.5)
    size = QSize(max(1, round(page.width() * scale)), max(1, round(page.height() * scale)))
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(theme.colour("surface"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    painter.translate(-page.topLeft())
    painting.paint(painter, picture, Look(scale=scale))
    _paint_frame(painter, sheet)
    painter.end()
    written = QByteArray()
    buffer = QBuffer(written)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    buffer.close()
    return bytes(written.data())


# -- the page --------------------------------------------------------------------------------------


def _sheet(picture: Picture) -> _Sheet:
    names = picture.names
    title, note = tr("No concept"), ""
    if names.nodes:
        title = wording.one_line(names.nodes[names.centre].name)
        note = f"{words.count(len(names.edges), 'link')}, "
        note += words.count(len(names.nodes), "concept")
    there = {edge.tag for edge in names.edges}
    shown = [tag for tag in TAGS if tag in there]
    if any(edge.contradicted for edge in names.edges):
        shown.append(_CONTRADICTED)
    inside = picture.bounds()
    small = QFontMetricsF(theme.font("small"))
    steps = [_SAMPLE + 8 + small.horizontalAdvance(known(word.capitalize())) + 24 for word in shown]
    heading = QFontMetricsF(theme.font("section")).horizontalAdvance(title)
    heading += 12 + small.horizontalAdvance(note)
    width = max(inside.width(), sum(steps), heading)
    left = inside.center().x() - width / 2 - _MARGIN
    top = inside.top() - _MARGIN - theme.px(_TITLE)
    bottom = inside.bottom() + _MARGIN + (theme.px(_LEGEND) if shown else 0)
    page = QRectF(left, top, width + 2 * _MARGIN, bottom - top)
    x, legend = left + _MARGIN, []
    for word, step in zip(shown, steps, strict=True):
        legend.append((word, QPointF(x, bottom - _MARGIN)))
        x += step
    return _Sheet(page, title, note, tuple(legend))


def _paint_frame(painter: QPainter, sheet: _Sheet) -> None:
    at = sheet.page.topLeft() + QPointF(_MARGIN, _MARGIN)
    painter.setFont(theme.font("section"))
    painter.setPen(theme.colour("text"))
    painter.drawText(at, sheet.title)
    along = painter.fontMetrics().horizontalAdvance(sheet.title) + 12
    painter.setFont(theme.font("small"))
    painter.setPen(theme.colour("text2"))
    painter.drawText(at + QPointF(along, 0), sheet.note)
    for word, place in sheet.legend:
        path = QPainterPath(place)
        path.lineTo(place + QPointF(_SAMPLE, 0))
        ink = word
        if word == _CONTRADICTED:
            ink = "danger"
            painter.setPen(QPen(theme.colour(ink), 2))
            middle = place + QPointF(_SAMPLE / 2, 0)
            painter.drawLine(middle + QPointF(-3, 6), middle + QPointF(3, -6))
        else:
            painting.stroke(painter, path, word)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour(ink))
        painter.drawText(place + QPointF(_SAMPLE + 8, theme.px(4)), known(word.capitalize()))


# -- SVG -------------------------------------------------------------------------------------------


def _svg_frame(sheet: _Sheet) -> list[str]:
    at = sheet.page.topLeft() + QPointF(_MARGIN, _MARGIN)
    along = QFontMetricsF(theme.font("section")).horizontalAdvance(sheet.title) + 12
    lines = [
        _svg_text(sheet.title, at, theme.font("section"), "text", anchor="start"),
        _svg_text(sheet.note, at + QPointF(along, 0), theme.font("small"), "text2", "start"),
        '<g id="legend">',
    ]
    for word, place in sheet.legend:
        end = place + QPointF(_SAMPLE, 0)
        path = f"M{_p(place)}L{_p(end)}"
        ink = word
        if word == _CONTRADICTED:
            ink = "danger"
            middle = place + QPointF(_SAMPLE / 2, 0)
            path = f"M{_p(middle + QPointF(-3, 6))}L{_p(middle + QPointF(3, -6))}"
            lines.append(f'<path d="{path}" stroke="{_ink(ink)}" stroke-width="2"/>')
        else:
            lines.append(_svg_stroke(path, word, 1.6))
        beside = end + QPointF(8, theme.px(4))
        lines.append(_svg_text(known(word.capitalize()), beside, theme.font("small"), ink, "start"))
    lines.append("</g>")
    return lines


def _svg_line(picture: Picture, index: int) -> str:
    names, edge = picture.names, picture.names.edges[index]
    a, b, c, d = (QPointF(*point) for point in picture.curves.shafts[index].tolist())
    tag = edge.tag if edge.tag in TAGS else TAGS[-1]
    parts = [
        f'<g class="link {tag}"><title>{_text(wording.of_edge(names, index))}</title>',
        _svg_stroke(f"M{_p(a)}C{_p(b)} {_p(c)} {_p(d)}", tag, painting.width_of(edge.strength)),
    ]
    tip, back = (
        QPointF(*ends[index].tolist()) for ends in (picture.curves.tips, picture.curves.backs)
    )
    corners = " ".join(_p(point) for point in painting.arrow(tip, back).toList())
    parts.append(f'<polygon points="{corners}" fill="{_ink(tag)}"/>')
    if not np.isnan(picture.words[index]).any():
        middle = QPointF(*picture.words[index].tolist())
        wide, high = names.boxes[index].tolist()
        parts.append(
            f'<rect x="{_n(middle.x() - wide / 2)}" y="{_n(middle.y() - high / 2)}" '
            f'width="{_n(wide)}" height="{_n(high)}" rx="4" fill="{_ink("surface")}"/>'
        )
        font = theme.font("caption")
        parts.append(_svg_middle(names.said[index], middle, font, "text2"))
    if edge.contradicted:
        bar = painting.contradiction(picture, index)
        ends = f"M{_p(bar.p1())}L{_p(bar.p2())}"
        parts.append(f'<path d="{ends}" stroke="{_ink("surface")}" stroke-width="5"/>')
        parts.append(f'<path d="{ends}" stroke="{_ink("danger")}" stroke-width="2"/>')
    return "".join([*parts, "</g>"])


def _svg_name(picture: Picture, index: int) -> str:
    names, pill = picture.names, picture.pill(index)
    node, centre = names.nodes[index], index == names.centre
    weight = float(names.weights[index])
    fill, edge, ink = ("accent", "accent", "on_accent") if centre else ("raised", "edge", "text")
    parts = [
        f'<g class="concept"><title>{_text(wording.of_node(names, index))}</title>',
        f'<rect x="{_n(pill.x())}" y="{_n(pill.y())}" width="{_n(pill.width())}" '
        f'height="{_n(pill.height())}" rx="{_n(pill.height() / 2)}" fill="{_ink(fill)}" '
        f'stroke="{_ink(edge)}" stroke-width="{_n(1 + min(1.0, weight))}"/>',
    ]
    font = name_font(centre=centre, bold=weight > BOLD)
    parts.append(_svg_middle(names.shown[index], pill.center(), font, ink))
    if node.hidden:
        at = QPointF(pill.right() + theme.px(5), pill.center().y() + theme.px(4))
        small = theme.font("caption")
        wide = QFontMetricsF(small).horizontalAdvance(more(node)) + 3
        parts.append(
            f'<rect x="{_n(at.x() - 1)}" y="{_n(pill.center().y() - 7)}" width="{_n(wide)}" '
            f'height="14" fill="{_ink("surface")}"/>'
        )
        parts.append(_svg_text(more(node), at, small, "text2", "start"))
    return "".join([*parts, "</g>"])


def _svg_stroke(path: str, tag: str, width: float) -> str:
    """The line of a tag; two lines are one broad line with its middle taken out."""

    def drawn(ink: str, wide: float, more_: str = "") -> str:
        stroke = f'stroke="{_ink(ink)}" stroke-width="{_n(wide)}"'
        return f'<path d="{path}" fill="none" {stroke}{more_}/>'

    if tag == "confirmed":
        return drawn(tag, 2.9 * width) + drawn("surface", 0.95 * width)
    pen = painting.tag_pen(tag, width)
    wide = pen.widthF()
    more_ = ""
    if pen.style() == Qt.PenStyle.CustomDashLine:
        dashes = " ".join(_n(part * wide) for part in pen.dashPattern())
        more_ = f' stroke-dasharray="{dashes}"'
    if pen.capStyle() == Qt.PenCapStyle.RoundCap:
        more_ += ' stroke-linecap="round"'
    return drawn(tag, wide, more_)


def _svg_middle(text: str, middle: QPointF, font: QFont, ink: str) -> str:
    """A text around a point, held to the width it has here, whatever type is found elsewhere."""
    metrics = QFontMetricsF(font)
    base = middle + QPointF(0, (metrics.ascent() - metrics.descent()) / 2)
    return _svg_text(text, base, font, ink, "middle", metrics.horizontalAdvance(text))


def _svg_text(
    text: str, base: QPointF, font: QFont, ink: str, anchor: str = "start", wide: float = 0.0
) -> str:
    held = f' textLength="{_n(wide)}" lengthAdjust="spacingAndGlyphs"' if wide else ""
    weight = int(font.weight())
    return (
        f'<text x="{_n(base.x())}" y="{_n(base.y())}" font-size="{font.pixelSize()}" '
        f'font-weight="{weight}" text-anchor="{anchor}" unicode-bidi="plaintext" '
        f'fill="{_ink(ink)}"{held}>{_text(text)}</text>'
    )


def _ink(role: str) -> str:
    return theme.colour(role).name()


def _text(text: str) -> str:
    """Text for XML, without the characters that XML has no place for."""
    sound = "".join(letter for letter in text if letter >= " " or letter in "\t\n")
    return escape(sound, quote=False)


def _p(point: QPointF) -> str:
    return f"{_n(point.x())} {_n(point.y())}"


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"
