"""A quote on a card: serif, with cited words marked and those of the question in bold."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import (
    QFont,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.ui import theme
from workbench.ui.components import emphasise

Span = tuple[int, int]

_PROPORTIONAL = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value


class QuoteText(QWidget):
    """Paints a quote; right-to-left text is aligned by the document.

    `marks` get the marker, `strong` are semibold, `underlined` are underlined outside the marks:
    half-open spans of `text` in code points.
    """

    def __init__(
        self,
        text: str,
        marks: Sequence[Span] = (),
        size: str = "reading",
        strong: Sequence[Span] = (),
        underlined: Sequence[Span] = (),
    ) -> None:
        super().__init__()
        #: The quote, its marked and its semibold spans, with adjacent ones merged.
        self.text, self.marks, self.strong = text, joined(text, marks), joined(text, strong)
        self._around, self._size = joined(text, underlined), size
        self._heights: dict[int, int] = {}
        self._document = QTextDocument(self, documentMargin=0, undoRedoEnabled=False)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(text)
        self._write()
        theme.watch(self, self._write)

    @property
    def underlined(self) -> tuple[Span, ...]:
        """The underlined spans outside the marks, stripped of white space."""
        left = [
            remainder for entire in self._around for remainder in difference(entire, self.marks)
        ]
        retained = [(start, start + len(self.text[start:end].rstrip())) for start, end in left]
        return tuple((end - len(self.text[start:end].lstrip()), end) for start, end in retained)

    def _write(self) -> None:
        font = theme.font(self._size, serif=True)
        if self._size == "reading":
            font.setPixelSize(max(8, font.pixelSize() - 1))
        self._heights.clear()
        self._document.setDefaultFont(font)
        self._document.setPlainText(self.text)
        cursor = QTextCursor(self._document)
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        shape = QTextBlockFormat()
        shape.setLineHeight(118.0, _PROPORTIONAL)
        cursor.mergeBlockFormat(shape)
        ink = QTextCharFormat()
        ink.setForeground(theme.colour("text"))
        cursor.mergeCharFormat(ink)
        yellow = QTextCharFormat()
        yellow.setBackground(theme.colour("marker"))
        bold = QTextCharFormat()
        bold.setFontWeight(QFont.Weight.DemiBold)
        lined = QTextCharFormat()
        lined.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        lined.setUnderlineColor(theme.colour("edge"))
        looks = ((self.marks, yellow), (self.strong, bold), (self.underlined, lined))
        for spans, style in looks:
            for start, end in spans:
                first, last = utf16(self.text[:start]), utf16(self.text[:end])
                selecting(self._document, first, last).mergeCharFormat(style)
        emphasise(self._document)
        cursor.endEditBlock()
        self._fit()

    def _fit(self) -> None:
        self._document.setTextWidth(max(80, self.width()))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        # Layouts ask for the same few widths repeatedly.
        if width not in self._heights:
            retained = self._document.textWidth()
            self._document.setTextWidth(max(80, width))
            self._heights[width] = int(self._document.size().height() + 0.99)
            self._document.setTextWidth(retained)
        return self._heights[width]

    def sizeHint(self) -> QSize:
        return QSize(480, self.heightForWidth(max(240, self.width())))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, theme.px(20))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        self._document.drawContents(QPainter(self))


def utf16(text: str) -> int:
    """The length of `text` in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def selecting(document: QTextDocument, start: int, end: int) -> QTextCursor:
    """A cursor that selects `[start, end)` of a document."""
    cursor = QTextCursor(document)
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    return cursor


def joined(text: str, marks: Sequence[Span]) -> tuple[Span, ...]:
    """Sort and clip marks, and merge those separated only by white space."""
    results: list[Span] = []
    for start, end in sorted(marks):
        start, end = max(0, start), min(len(text), end)
        if start >= end:
            continue
        if results and not text[results[-1][1] : start].strip():
            results[-1] = (results[-1][0], max(results[-1][1], end))
        else:
            results.append((start, end))
    return tuple(results)


def difference(span: Span, parts: Sequence[Span]) -> list[Span]:
    """Subtract `parts`, which are sorted and lie within `span`."""
    ends = [span[0], *(end for _, end in parts)]
    starts = [*(start for start, _ in parts), span[1]]
    return [(a, b) for a, b in zip(ends, starts, strict=True) if a < b]
