"""A quote on a card: serif, with cited words marked and those of the question in bold."""

from collections.abc import Sequence
from html import escape
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QLabel

from workbench.ui import theme
from workbench.ui.components import italic

Span = tuple[int, int]


class QuoteText(QLabel):
    """A quote as rich text; right-to-left text is aligned by the label.

    `marks` get the marker, `strong` are semibold, `underlined` are underlined outside the marks:
    half-open spans of `quote` in code points.
    """

    def __init__(
        self,
        quote: str,
        marks: Sequence[Span] = (),
        size: str = "reading",
        strong: Sequence[Span] = (),
        underlined: Sequence[Span] = (),
    ) -> None:
        super().__init__(wordWrap=True, textFormat=Qt.TextFormat.RichText)
        #: The quote, its marked and its semibold spans, with adjacent ones merged.
        self.quote, self.marks, self.strong = quote, joined(quote, marks), joined(quote, strong)
        self._around, self._size = joined(quote, underlined), size
        self.setAccessibleName(quote)
        theme.render(self, self._write)

    @property
    def underlined(self) -> tuple[Span, ...]:
        """The underlined spans outside the marks, stripped of white space."""
        left = [
            remainder for entire in self._around for remainder in difference(entire, self.marks)
        ]
        retained = [(start, start + len(self.quote[start:end].rstrip())) for start, end in left]
        return tuple((end - len(self.quote[start:end].lstrip()), end) for start, end in retained)

    def _write(self) -> None:
        font = theme.font(self._size, serif=True)
        size = max(8, font.pixelSize() - (self._size == "reading"))
        slanted, hidden = italic(self.quote)
        looks = (
            (self.marks, f"background: {theme.current().marker}"),
            (self.strong, "font-weight: 600"),
            (self.underlined, "text-decoration: underline"),
            (slanted, "font-style: italic"),
        )
        spans = [span for styled, _ in looks for span in styled]
        cuts = sorted({0, len(self.quote)}.union(*spans, *hidden))
        parts = []
        for start, end in pairwise(cuts):
            style = "; ".join(
                css for styled, css in looks if any(a <= start < b for a, b in styled)
            )
            words = escape(self.quote[start:end]).replace("\n", "<br>")
            if not any(a <= start < b for a, b in hidden):
                parts.append(f'<span style="{style}">{words}</span>')
        self.setText(
            f'<p dir="auto" style="line-height: 1.18; font-family: \'{font.family()}\'; '
            f'font-size: {size}px">{"".join(parts)}</p>'
        )


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
