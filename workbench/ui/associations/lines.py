"""Line styles of tags: explicit solid, confirmed double, emergent dashed, predicted dotted."""

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPen

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


def draw_line(painter: QPainter, box: QRectF, tag: str) -> None:
    """Draw the line style of a tag across the middle of `box`, in its colour."""
    pen = QPen(theme.colour(tag), max(1.4, theme.px(16) / 10))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if tag in DASHES:
        pen.setDashPattern(DASHES[tag])
    round_ends = tag == "predicted"
    pen.setCapStyle(Qt.PenCapStyle.RoundCap if round_ends else Qt.PenCapStyle.FlatCap)
    middle = box.center().y()
    gap = theme.px(16) / 10 if tag == "confirmed" else 0.0
    painter.setPen(pen)
    for off in {-gap, gap}:
        ends = QPointF(box.left(), middle + off), QPointF(box.right(), middle + off)
        painter.drawLine(QLineF(*ends))


def line_icon(tag: str) -> QIcon:
    """The line style of a tag as an icon."""
    return theme.drawn(lambda painter, box, _mode, _state: draw_line(painter, box, tag))
