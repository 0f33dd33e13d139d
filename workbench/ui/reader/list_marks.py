"""Bullets and numbers of lists, painted beside the words of a document that does not have them."""

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QTextDocument

from ingest.books.markup import BULLET
from workbench.ui import theme

#: Bullets of lists in lists; the last one for all that lie deeper.
_BULLETS = (BULLET, "◦", "▪")


def paint_marks(
    painter: QPainter,
    document: QTextDocument,
    items: Mapping[int, tuple[int, str]],
    down: int,
    clip: QRect,
) -> None:
    """Paint what stands before the items of lists, by paragraph: (depth, bullet or number).

    `down` is how far the document is scrolled, `clip` what of the view is painted.
    """
    layout = document.documentLayout()
    at = layout.hitTest(QPointF(clip.left(), clip.top() + down), Qt.HitTestAccuracy.FuzzyHit)
    block = document.findBlock(max(0, at))
    while block.isValid():
        place, shape = layout.blockBoundingRect(block), block.layout()
        if place.top() > clip.bottom() + down:
            return
        depth, mark = items.get(block.blockNumber(), (0, ""))
        if mark and shape.lineCount():
            mark = _BULLETS[min(depth, len(_BULLETS)) - 1] if mark == BULLET else mark
            measure, line = QFontMetricsF(document.defaultFont()), shape.lineAt(0)
            words = line.naturalTextRect().translated(shape.position())
            gap = measure.horizontalAdvance(" ") * 1.5
            left = words.left() - gap - measure.horizontalAdvance(mark)
            if block.textDirection() == Qt.LayoutDirection.RightToLeft:
                left = words.right() + gap
            painter.setLayoutDirection(block.textDirection())
            painter.setFont(document.defaultFont())
            painter.setPen(theme.colour("text2"))
            painter.drawText(QPointF(left, words.top() + line.ascent() - down), mark)
        block = block.next()
