"""Export the graph as SVG or PNG.

Both contain the whole graph regardless of the viewport, with a title and a legend, in the colours
of the current theme.
"""

from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, QSize, QSizeF
from PySide6.QtGui import QFontMetricsF, QImage, QImageWriter, QPainter, QPen
from PySide6.QtSvg import QSvgGenerator

from workbench.ui import theme
from workbench.ui.associations import lines
from workbench.ui.associations.canvas import GraphCanvas
from workbench.ui.associations.ego import TAGS
from workbench.ui.associations.picture import GraphScene
from workbench.ui.associations.wording import single_line
from workbench.ui.components import words
from workbench.ui.language import tr

_MARGIN = 32
_TITLE, _LEGEND = 46, 40
_SAMPLE = 26  # length of a sample line in the legend
#: Larger images are scaled down to this number of pixels.
_MAX_POINTS = 24_000_000
_CONTRADICTED = "contradicted"


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The page around a graph: rectangle in scene units, title and legend."""

    page: QRectF
    title: str
    note: str
    legend: tuple[tuple[str, QPointF], ...]


def to_svg(canvas: GraphCanvas) -> bytes:
    """Export the graph as SVG."""
    sheet = _sheet(canvas.picture)
    octets = QByteArray()
    buffer = QBuffer(octets)
    drawing = QSvgGenerator()
    drawing.setOutputDevice(buffer)
    drawing.setResolution(96)
    drawing.setViewBox(sheet.page)
    drawing.setSize(sheet.page.size().toSize())
    drawing.setTitle(sheet.title)
    drawing.setDescription(canvas.picture.sentence(None, None))
    painter = QPainter(drawing)
    painter.fillRect(sheet.page, theme.colour("surface"))
    _draw(painter, canvas.picture, sheet)
    return bytes(octets.data())


def to_png(canvas: GraphCanvas, scale: float = 2.0) -> bytes:
    """Export the graph as PNG with `scale` pixels per scene unit, fewer for huge graphs."""
    sheet = _sheet(canvas.picture)
    page = sheet.page
    points = page.width() * page.height() * scale**2
    scale *= min(1.0, (_MAX_POINTS / points) ** 0.5)
    size = QSize(max(1, round(page.width() * scale)), max(1, round(page.height() * scale)))
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(theme.colour("surface"))
    painter = QPainter(image)
    painter.scale(scale, scale)
    painter.translate(-page.topLeft())
    _draw(painter, canvas.picture, sheet)
    octets = QByteArray()
    buffer = QBuffer(octets)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(octets.data())


def _draw(painter: QPainter, picture: GraphScene, sheet: _Sheet) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    # A scene of its own, in which nothing is selected.
    nodes, edges = picture.nodes.values(), picture.edges.values()
    scene = GraphScene(nodes, edges, picture.centre or 0, picture.places)
    scene.render(painter, sheet.page, sheet.page)
    _paint_frame(painter, sheet)
    painter.end()


# -- page ------------------------------------------------------------------------------------------


def _sheet(picture: GraphScene) -> _Sheet:
    title, note = tr("No concept"), ""
    edges = picture.edges.values()
    if picture.centre is not None:
        title = single_line(picture.nodes[picture.centre].name)
        note = f"{words.count(len(edges), 'link')}, "
        note += words.count(len(picture.nodes), "concept")
    tags = {edge.tag for edge in edges}
    visible = [tag for tag in TAGS if tag in tags]
    if any(edge.contradicted for edge in edges):
        visible.append(_CONTRADICTED)
    inside = picture.itemsBoundingRect()
    small = QFontMetricsF(theme.font("small"))
    steps = [_SAMPLE + 8 + small.horizontalAdvance(_word(word)) + 24 for word in visible]
    heading = QFontMetricsF(theme.font("section")).horizontalAdvance(title)
    heading += 12 + small.horizontalAdvance(note)
    width = max(inside.width(), sum(steps), heading)
    left = inside.center().x() - width / 2 - _MARGIN
    top = inside.top() - _MARGIN - theme.px(_TITLE)
    bottom = inside.bottom() + _MARGIN + (theme.px(_LEGEND) if visible else 0)
    page = QRectF(left, top, width + 2 * _MARGIN, bottom - top)
    x, legend = left + _MARGIN, []
    for word, step in zip(visible, steps, strict=True):
        legend.append((word, QPointF(x, bottom - _MARGIN)))
        x += step
    return _Sheet(page, title, note, tuple(legend))


def _paint_frame(painter: QPainter, sheet: _Sheet) -> None:
    at = sheet.page.topLeft() + QPointF(_MARGIN, _MARGIN)
    painter.setFont(theme.font("section"))
    painter.setPen(theme.colour("text"))
    painter.drawText(at, sheet.title)
    indent = painter.fontMetrics().horizontalAdvance(sheet.title) + 12
    painter.setFont(theme.font("small"))
    painter.setPen(theme.colour("text2"))
    painter.drawText(at + QPointF(indent, 0), sheet.note)
    for word, place in sheet.legend:
        ink = word
        if word == _CONTRADICTED:
            ink = "danger"
            painter.setPen(QPen(theme.colour(ink), 2))
            middle = place + QPointF(_SAMPLE / 2, 0)
            painter.drawLine(middle + QPointF(-3, 6), middle + QPointF(3, -6))
        else:
            lines.draw_line(painter, QRectF(place, QSizeF(_SAMPLE, 0)), word)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour(ink))
        painter.drawText(place + QPointF(_SAMPLE + 8, theme.px(4)), _word(word))


def _word(tag: str) -> str:
    return tr("Contradicted") if tag == _CONTRADICTED else lines.WORDS[tag]
