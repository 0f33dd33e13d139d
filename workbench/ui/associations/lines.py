"""Line styles of tags: explicit solid, confirmed double, emergent dashed, predicted dotted."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPainterPath, QPen

from workbench.ui import theme
from workbench.ui.language import tr

#: Labels of tags.
WORDS = {
    "explicit": tr("Stated"),
    "confirmed": tr("Accepted"),
    "emergent": tr("Suggested"),
    "predicted": tr("Expected"),
}
#: Descriptions of tags, for tool tips and screen readers.
MEANING = {
    "explicit": tr("Stated in a passage"),
    "confirmed": tr("Accepted by you"),
    "emergent": tr("Suggested; no passage says how"),
    "predicted": tr("Often follows in the text; no passage connects the two"),
}
#: Dash patterns: lengths of dash and gap in pen widths.
DASHES = {"emergent": [4.0, 2.6], "predicted": [0.1, 3.0]}
_GAP = 1.6  # half the distance of a double line in pixels


def line_pen(tag: str, width: float) -> QPen:
    """The pen of a line; that of a double line draws each of its two strokes."""
    pen = QPen(theme.colour(tag), width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap if tag == "predicted" else Qt.PenCapStyle.FlatCap)
    if tag in DASHES:
        pen.setDashPattern(DASHES[tag])
    return pen


def line_path(tag: str, length: float) -> QPainterPath:
    """A sample of a line, from the origin to the right."""
    path = QPainterPath()
    for off in (-_GAP, _GAP) if tag == "confirmed" else (0.0,):
        path.moveTo(0, theme.px(100) / 100 * off)
        path.lineTo(length, theme.px(100) / 100 * off)
    return path


def draw_line(painter: QPainter, box: QRectF, tag: str) -> None:
    """Draw the line style of a tag across the middle of `box`, in its colour."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = line_path(tag, box.width()).translated(box.left(), box.center().y())
    painter.strokePath(path, line_pen(tag, max(1.4, theme.px(16) / 10)))


def line_icon(tag: str) -> QIcon:
    """The line style of a tag as an icon."""
    return theme.drawn(lambda painter, box, _mode, _state: draw_line(painter, box, tag))
