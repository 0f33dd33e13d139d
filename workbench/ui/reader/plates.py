"""The reader's highlights in the text view: plates under the words, line by line."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QTextDocument, QTextLine

from workbench.ui import theme

if TYPE_CHECKING:
    from workbench.memory.notes.records import Highlight
    from workbench.ui.reader.sheet import Sheet

_ROUND = 3


class Plates:
    """What is highlighted on a sheet, and where."""

    def __init__(self, sheet: "Sheet") -> None:
        self._sheet = sheet
        self.shown: tuple[Highlight, ...] = ()
        self.active: int | None = None

    def show(self, highlights: Sequence["Highlight"], active: int | None) -> None:
        """Show these highlights; the `active` one gets an outline."""
        self.shown = tuple(highlight for highlight in highlights if not highlight.lost)
        self.active = active
        self._sheet.viewport().update()

    def paint(self, painter: QPainter) -> None:
        """Lay the plates that are in view under the words."""
        for item in self.shown:
            rects = self.rects(item)
            painter.setBrush(theme.colour(item.colour))
            edge = theme.colour(f"{item.colour}_edge")
            painter.setPen(edge if item.id == self.active else Qt.PenStyle.NoPen)
            for rect in rects:
                painter.drawRoundedRect(rect.adjusted(-2, 0, 2, 1), _ROUND, _ROUND)

    def rects(self, item: "Highlight") -> list[QRectF]:
        """Where the lines of a highlight stand in the view; none where they are out of it."""
        span = self._sheet.flow.span(item.start, item.end)
        if span is None:
            return []
        down = self._sheet.verticalScrollBar().value()
        view = QRectF(self._sheet.viewport().rect())
        result = (rect.translated(0, -down) for rect in lines(self._sheet.document(), *span))
        return [rect for rect in result if rect.intersects(view)]

    def at(self, point: QPoint) -> "Highlight | None":
        """The highlight at a point of the view; of several the shortest."""
        place = QPointF(point)
        hit = [
            item
            for item in self.shown
            if any(rect.adjusted(-2, -2, 2, 2).contains(place) for rect in self.rects(item))
        ]
        return min(hit, key=lambda each: each.end - each.start, default=None)


def lines(document: QTextDocument, first: int, last: int) -> Iterator[QRectF]:
    """The places of the words `[first, last)` of a document, one a line, in its coordinates.

    A line's rectangle ends with its last letter, never with the space behind it.
    """
    layout = document.documentLayout()
    block = document.findBlock(first)
    while block.isValid() and block.position() < last:
        layout.blockBoundingRect(block)  # laid out by this, if it was not
        shape, words, at = block.layout(), block.text(), block.position()
        for number in range(shape.lineCount()):
            line = shape.lineAt(number)
            begin = max(first - at, line.textStart())
            end = min(last - at, line.textStart() + line.textLength())
            end = begin + len(words[begin:end].rstrip()) if begin < end else begin
            if begin < end:
                sides = offset_in_line(line, begin), offset_in_line(line, end)
                rect = line.naturalTextRect()
                rect.setLeft(min(sides))
                rect.setRight(max(sides))
                yield rect.translated(shape.position())
        block = block.next()


def offset_in_line(line: QTextLine, at: int) -> float:
    """How far along its line a position stands."""
    # PySide hands back (x, position); its stubs promise a bare number.
    result: object = line.cursorToX(at)
    return float(result[0]) if isinstance(result, tuple) else float(str(result))
