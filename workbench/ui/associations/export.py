"""Export the graph as SVG or PNG.

Both contain the whole graph regardless of the viewport, with a title and a legend, in the colours
of the current theme.
"""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QSize
from PySide6.QtGui import QImage, QImageWriter, QPainter, QPen
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QGraphicsItem

from workbench.ui import theme
from workbench.ui.associations import lines
from workbench.ui.associations.canvas import GraphCanvas
from workbench.ui.associations.ego import TAGS
from workbench.ui.associations.picture import GraphScene
from workbench.ui.associations.wording import single_line
from workbench.ui.components import words
from workbench.ui.language import tr

_MARGIN = 32
_TITLE, _LEGEND = 46, 24  # pixels above and below the graph
_SAMPLE = 26  # length of a sample line in the legend
#: Larger images are scaled down to this number of pixels.
_MAX_POINTS = 24_000_000


def to_svg(canvas: GraphCanvas) -> bytes:
    """Export the graph as SVG."""
    page = _page(canvas.picture)
    octets = QByteArray()
    buffer = QBuffer(octets)
    drawing = QSvgGenerator()
    drawing.setOutputDevice(buffer)
    drawing.setResolution(96)
    drawing.setViewBox(page.sceneRect())
    drawing.setSize(page.sceneRect().size().toSize())
    drawing.setTitle(_title(page))
    drawing.setDescription(page.sentence(None, None))
    painter = QPainter(drawing)
    page.render(painter, page.sceneRect(), page.sceneRect())
    painter.end()
    return bytes(octets.data())


def to_png(canvas: GraphCanvas, scale: float = 2.0) -> bytes:
    """Export the graph as PNG with `scale` pixels per scene unit, fewer for huge graphs."""
    page = _page(canvas.picture)
    width, height = page.width(), page.height()
    scale *= min(1.0, (_MAX_POINTS / (width * height * scale**2)) ** 0.5)
    size = QSize(max(1, round(width * scale)), max(1, round(height * scale)))
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(theme.colour("surface"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    page.render(painter)
    painter.end()
    octets = QByteArray()
    buffer = QBuffer(octets)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(octets.data())


def _page(picture: GraphScene) -> GraphScene:
    """The graph, with nothing selected, between its title and a legend."""
    edges = picture.edges.values()
    page = GraphScene(picture.nodes.values(), edges, picture.centre or 0, picture.places)
    inside = page.itemsBoundingRect()
    at = inside.topLeft() - QPointF(0, theme.px(_TITLE))
    at = _write(page, at, _title(page), "section", "text")
    if page.nodes:
        counts = words.count(len(edges), "link"), words.count(len(page.nodes), "concept")
        _write(page, at, ", ".join(counts), "small", "text2")
    at = inside.bottomLeft() + QPointF(0, theme.px(_LEGEND))
    tags = {edge.tag for edge in edges}
    for tag in (tag for tag in TAGS if tag in tags):
        path, pen = lines.line_path(tag, _SAMPLE).translated(0, theme.px(8)), lines.line_pen(tag, 2)
        at = _write(page, _place(page.addPath(path, pen), at), lines.WORDS[tag], "small", tag)
    if any(edge.contradicted for edge in edges):
        bar = page.addLine(
            0, theme.px(14), theme.px(6), theme.px(2), QPen(theme.colour("danger"), 2)
        )
        _write(page, _place(bar, at), tr("Contradicted"), "small", "danger")
    margin = _MARGIN
    page.setSceneRect(page.itemsBoundingRect().adjusted(-margin, -margin, margin, margin))
    return page


def _title(page: GraphScene) -> str:
    return tr("No concept") if page.centre is None else single_line(page.nodes[page.centre].name)


def _write(page: GraphScene, at: QPointF, text: str, font: str, ink: str) -> QPointF:
    """Write a text, and return where the next item goes."""
    item = page.addSimpleText(text, theme.font(font))
    item.setBrush(theme.colour(ink))
    return _place(item, at) + QPointF(theme.px(8), 0)


def _place(item: QGraphicsItem, at: QPointF) -> QPointF:
    """Place an item, and return where the next one goes."""
    item.setPos(at)
    return at + QPointF(item.boundingRect().right() + theme.px(8), 0)
