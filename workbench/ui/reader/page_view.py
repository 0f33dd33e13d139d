"""The page view: the rendered pages of a source in one column, painted only where visible.

The layout needs only page sizes, so a thousand pages are cheap. Pictures are requested for visible
and adjacent pages, at most two at a time, and the most recent are cached; a page that was scrolled
past is never rendered. The marker is multiplied onto the picture, like a highlighter on paper; the
rest of the evidence is underlined.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
    QTextDocument,
    QTextLine,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from ingest.records import Box
from workbench.store.records import PageRow
from workbench.ui import theme
from workbench.ui.components import zooms
from workbench.ui.language import tr
from workbench.ui.reader.page_letters import Letters

if TYPE_CHECKING:
    from workbench.memory.notes.records import Highlight
    from workbench.ui.reader.sheet import Sheet


_ROUND = 3


class Plates:
    """Paints highlights on a sheet."""

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
        """Paint the visible highlights below the text."""
        for item in self.shown:
            rects = self.rects(item)
            painter.setBrush(theme.colour(item.colour))
            edge = theme.colour(f"{item.colour}_edge")
            painter.setPen(edge if item.id == self.active else Qt.PenStyle.NoPen)
            for rect in rects:
                painter.drawRoundedRect(rect.adjusted(-2, 0, 2, 1), _ROUND, _ROUND)

    def rects(self, item: "Highlight") -> list[QRectF]:
        """The rectangles of a highlight's lines in the viewport; none if out of view."""
        span = self._sheet.flow.span(item.start, item.end)
        if span is None:
            return []
        down = self._sheet.verticalScrollBar().value()
        view = QRectF(self._sheet.viewport().rect())
        result = (rect.translated(0, -down) for rect in lines(self._sheet.document(), *span))
        return [rect for rect in result if rect.intersects(view)]

    def at(self, point: QPoint) -> "Highlight | None":
        """The highlight at a point of the viewport; the shortest if several."""
        place = QPointF(point)
        hit = [
            item
            for item in self.shown
            if any(rect.adjusted(-2, -2, 2, 2).contains(place) for rect in self.rects(item))
        ]
        return min(hit, key=lambda each: each.end - each.start, default=None)


def lines(document: QTextDocument, first: int, last: int) -> Iterator[QRectF]:
    """The rectangles of `[first, last)`, one per line, in document coordinates.

    A rectangle ends at its line's last letter, without trailing space.
    """
    layout = document.documentLayout()
    block = document.findBlock(first)
    while block.isValid() and block.position() < last:
        layout.blockBoundingRect(block)  # forces the lazy layout of this block
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
    """The x coordinate of a position in its line."""
    # PySide returns (x, position); its stubs declare a float.
    result: object = line.cursorToX(at)
    return float(result[0]) if isinstance(result, tuple) else float(str(result))


#: Requests the picture of (page number, width in pixels); `set_picture` receives it.
Ask = Callable[[int, int], None]
Boxes = Sequence[tuple[int, Box]]

_GAP, _EDGE, _WIDEST = 16, 24, 816
_MAX_REQUESTS = 2
_CACHE_BYTES = 96 * 1024 * 1024
_MIN_CACHED = 6
_ZOOM_STEP, _MIN_ZOOM, _MAX_ZOOM = 1.2, 0.5, 4.0
#: Beside an answer: pixels left and right of a column, least height of a line from its lowest to
#: its highest ink (which nine pixels of type reach at most), and how much wider than alone a page
#: becomes at most.
_COLUMN_EDGE, _LEAST_TYPE, _WIDENED = 12, 11, 1.5


class PageView(QAbstractScrollArea):
    """Shows pages; calls `ask_picture` for each picture it needs."""

    #: The number of the current page changed.
    moved = Signal(int)
    #: The id of the clicked highlight.
    highlight_clicked = Signal(int)
    #: Selecting started; it ended with a selection.
    selecting = Signal()
    selected = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.ask_picture: Ask = lambda _number, _width: None
        #: Requests the characters of a page; `set_letters` receives them.
        self.ask_letters: Callable[[PageRow], None] = lambda _page: None
        self._letters: dict[int, Letters] = {}
        self._unlettered: set[int] = set()
        #: Anchor and end of the selection, as offsets in the source.
        self._from: int | None = None
        self._to: int | None = None
        self._pages: tuple[PageRow, ...] = ()
        self._index: dict[int, int] = {}
        self._tops: list[float] = []
        self._height = 0.0
        self._zoom = 1.0
        self._whole = False
        #: The column of the passage with a line's height, which fills a view beside an answer.
        self._column: Box | None = None
        self._beside = False
        #: Whether pages are shown on dark paper.
        self.dark = False
        #: By page number: requested width and picture, most recent last.
        self._pictures: dict[int, tuple[int, QImage]] = {}
        self._asked: set[tuple[int, int]] = set()
        self._failed: set[int] = set()
        self._quoted: dict[int, list[Box]] = {}
        self._around: dict[int, list[Box]] = {}
        self._hits: dict[int, list[Box]] = {}
        self._found: tuple[tuple[int, int], ...] = ()
        self._highlights: tuple[tuple[int, str, Boxes], ...] = ()
        self._page = 0
        self._anchor: tuple[int, float, float] | None = None
        self._arranging = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Pages"))
        self.viewport().setAccessibleName(tr("Page"))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().setSingleStep(48)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    # -- content -----------------------------------------------------------------------------------

    def show_pages(self, pages: Sequence[PageRow]) -> None:
        """Show these pages from the first on and drop all pictures."""
        self._pages = tuple(pages)
        self._index = {page.number: index for index, page in enumerate(self._pages)}
        self._pictures.clear()
        self._asked.clear()
        self._failed.clear()
        self._quoted, self._around, self._hits = {}, {}, {}
        self._letters.clear()
        self._unlettered.clear()
        self._from = self._to = self._column = None
        self._page, self._anchor = 0, None
        self._arrange()
        self.verticalScrollBar().setValue(0)
        self._update_visible()

    def set_dark(self, dark: bool) -> None:
        """Switch between dark paper and original colours; pictures are requested again."""
        if dark != self.dark:
            self.dark = dark
            self._pictures.clear()
            self._asked.clear()
            self._update_visible()

    def mark(self, boxes: Boxes, underlined: Boxes = (), column: Box | None = None) -> None:
        """Mark boxes, in fractions of their pages, and underline others.

        Beside an answer `column`, a line of its full width, fills the view.
        """
        self._quoted, self._around = _by_page(boxes), _by_page(underlined)
        self._column = column
        if column is not None and self._beside:
            self._whole = False
        self._retain_place()

    def show_hit(self, boxes: Boxes) -> None:
        """Frame the current match of a search."""
        self._hits = _by_page(boxes)
        self.viewport().update()

    def show_hits(self, spans: Sequence[tuple[int, int]]) -> None:
        """Mark all matches of a search, given as spans of the source."""
        self._found = tuple(spans)
        self.viewport().update()

    def show_highlights(self, highlights: Sequence[tuple[int, str, Boxes]]) -> None:
        """Show highlights: (id, colour, boxes)."""
        self._highlights = tuple(highlights)
        self.viewport().update()

    def marked(self) -> list[tuple[int, Box]]:
        """The marked boxes with their page numbers."""
        return [(number, box) for number, boxes in self._quoted.items() for box in boxes]

    def underlined(self) -> list[tuple[int, Box]]:
        """The underlined boxes with their page numbers."""
        return [(number, box) for number, boxes in self._around.items() for box in boxes]

    def set_picture(self, number: int, requested: int, picture: tuple[int, int, bytes]) -> None:
        """Receive the picture of page `number` requested at `requested` pixels of width."""
        width, height, rows = picture
        image = QImage(rows, width, height, 4 * width, QImage.Format.Format_RGBA8888)
        # Convert to the screen's format: the copy owns its bytes and paints faster.
        size = image.convertToFormat(QImage.Format.Format_RGB32)
        self._asked.discard((number, requested))
        self._pictures.pop(number, None)
        self._pictures[number] = requested, size
        self._forget()
        self.viewport().update()
        self._request()

    def picture_failed(self, number: int, requested: int) -> None:
        """Record that the picture of a page could not be rendered."""
        self._asked.discard((number, requested))
        self._failed.add(number)

    @property
    def pictures(self) -> int:
        """The number of cached pictures."""
        return len(self._pictures)

    @property
    def waiting(self) -> bool:
        """Whether pictures have been requested."""
        return bool(self._asked)

    # -- selection ---------------------------------------------------------------------------------

    def set_letters(self, number: int, letters: Letters) -> None:
        """Receive the characters of page `number`."""
        self._letters[number] = letters

    @property
    def selected_span(self) -> tuple[int, int] | None:
        """The selected span of the source, without surrounding white space."""
        if self._from is None or self._to is None or self._from == self._to:
            return None
        start, end = sorted((self._from, self._to))
        words = self.selected_words(start, end)
        start += len(words) - len(words.lstrip())
        end -= len(words) - len(words.rstrip())
        return (start, end) if start < end else None

    def selected_words(self, start: int, end: int) -> str:
        """The text of a span, as far as its pages' characters are loaded."""
        parts = sorted(self._letters.values(), key=lambda each: each.start)
        return "".join(
            each.text[max(0, start - each.start) : max(0, end - each.start)] for each in parts
        )

    def unselect(self) -> None:
        """Clear the selection."""
        self._from = self._to = None
        self.viewport().update()

    def line_rects(self, start: int, end: int) -> list[QRectF]:
        """The rectangles of a span's lines in the viewport, as far as characters are loaded."""
        results: list[QRectF] = []
        for index in self._visible_pages():
            letters = self._letters.get(self._pages[index].number)
            if letters is not None:
                part = letters.lines(max(0, start - letters.start), max(0, end - letters.start))
                results += [_inside(self._rect(index), box) for box in part]
        return results

    def _place_at(self, point: QPointF) -> int | None:
        """The offset in the source at a point of the viewport."""
        for index in self._visible_pages():
            rect, page = self._rect(index), self._pages[index]
            letters = self._letters.get(page.number)
            if letters is not None and rect.top() <= point.y() <= rect.bottom():
                width = (point.x() - rect.left()) / rect.width()
                at = letters.nearest(width, (point.y() - rect.top()) / rect.height())
                return letters.start + at if at is not None else None
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._from = self._to = self._place_at(event.position())
            self.selecting.emit()
            self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if event.buttons() & Qt.MouseButton.LeftButton and self._from is not None:
            place = self._place_at(event.position())
            if place is not None and place != self._to:
                self._to = place
                self.viewport().update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position())
        for letters in self._letters.values():
            if place is not None and 0 <= place - letters.start <= len(letters.text):
                start, end = letters.word(place - letters.start)
                self._from, self._to = letters.start + start, letters.start + end
        self.viewport().update()

    # -- position ----------------------------------------------------------------------------------

    @property
    def page(self) -> int:
        """The number of the current page, 0 without pages."""
        return self._pages[self._page].number if self._pages else 0

    def reveal(self, number: int, fraction: float = 0.0, share: float = 0.0) -> None:
        """Scroll the height `fraction` of page `number` to `share` of the viewport's height."""
        index = self._index.get(number)
        if index is not None:
            self._anchor = (index, fraction, share)
            self._return()

    def visible_box(self, number: int, box: Box) -> QRectF:
        """The rectangle of `box` on page `number` in viewport pixels; empty for an unknown page."""
        index = self._index.get(number)
        return QRectF() if index is None else _inside(self._rect(index), box)

    # -- zoom ------------------------------------------------------------------------------------

    def zoom(self, steps: int) -> None:
        """Zoom in (positive) or out; 0 fits the width."""
        factor = 1.0 if steps == 0 else self.zoom_factor * _ZOOM_STEP**steps
        factor = min(_MAX_ZOOM, max(_MIN_ZOOM, factor))
        if self._whole or self._fits_column or factor != self._zoom:
            self._zoom, self._whole, self._column = factor, False, None
            self._retain_place()

    def fit_page(self) -> None:
        """Fit a whole page to the view."""
        if self._pages:
            self._whole, self._anchor = True, (self._page, 0.0, 0.0)
            self._retain_place()

    def set_beside(self, beside: bool) -> None:
        """Set whether the view is beside an answer, where it fits the column of the passage."""
        if beside != self._beside:
            self._beside = beside
            self._retain_place()

    @property
    def _fits_column(self) -> bool:
        return self._beside and self._column is not None and not self._whole

    @property
    def fits_width(self) -> bool:
        """Whether the pages fit the width."""
        return not self._whole and self._zoom == 1.0 and not self._fits_column

    @property
    def zoom_factor(self) -> float:
        """The zoom factor: 1 fits the width."""
        return self._page_width() / self._fitting_width()

    # -- geometry --------------------------------------------------------------------------------

    def _fitting_width(self) -> float:
        room = self.viewport().width() - 2 * theme.px(_EDGE)
        return max(120.0, min(float(room), float(theme.px(_WIDEST))))

    def _column_width(self, column: Box) -> float:
        """The page's width with which the column fills the view, and its type can be read."""
        left, top, right, bottom = column
        room = self.viewport().width() - 2 * theme.px(_COLUMN_EDGE)
        high = self._page_height(self._pages[self._page], bottom - top) if self._pages else 0.0
        width = min(room / max(0.1, right - left), _WIDENED * theme.px(_WIDEST))
        least = max(self._fitting_width(), theme.px(_LEAST_TYPE) / high if high else 0.0)
        return min(max(width, least), _MAX_ZOOM * self._fitting_width())

    def _page_width(self) -> float:
        if self._fits_column and self._column is not None:
            return self._column_width(self._column)
        if not self._whole:
            return self._fitting_width() * self._zoom
        # Leave a narrow gap around the page.
        room = self.viewport().height() - theme.px(_GAP)
        width = self._page_height(self._pages[self._page], 1.0) if self._pages else 1.414
        return max(120.0, room / width)

    def _page_height(self, page: PageRow, width: float) -> float:
        return width * page.height / page.width if page.width > 0 else width * 1.414

    def _arrange(self) -> None:
        width, y = self._page_width(), float(theme.px(_EDGE))
        self._tops = []
        for page in self._pages:
            self._tops.append(y)
            y += self._page_height(page, width) + theme.px(_GAP)
        self._height = y - theme.px(_GAP) + theme.px(_EDGE) if self._pages else 0.0
        self._arranging = True
        view = self.viewport().size()
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        down.setPageStep(max(1, view.height() - theme.px(40)))
        down.setRange(0, max(0, round(self._height) - view.height()))
        wide = round(width) + 2 * theme.px(_EDGE)
        across.setPageStep(view.width())
        across.setRange(0, max(0, wide - view.width()))
        if self._fits_column and self._column is not None:
            left, _, right, _ = self._column
            spare = max(2.0 * theme.px(_COLUMN_EDGE), view.width() - (right - left) * width)
            across.setValue(round(theme.px(_EDGE) + left * width - spare / 2))
        self._arranging = False

    def _rect(self, index: int) -> QRectF:
        width = self._page_width()
        left = max(float(theme.px(_EDGE)), (self.viewport().width() - width) / 2)
        return QRectF(
            left - self.horizontalScrollBar().value(),
            self._tops[index] - self.verticalScrollBar().value(),
            width,
            self._page_height(self._pages[index], width),
        )

    def _visible_pages(self) -> range:
        """The indices of the visible pages."""
        if not self._pages:
            return range(0)
        top = self.verticalScrollBar().value()
        first = max(0, bisect_right(self._tops, top) - 1)
        end = bisect_right(self._tops, top + self.viewport().height())
        return range(first, max(first + 1, end))

    def _retain_place(self) -> None:
        if self._anchor is None and self._pages:
            self._note_place()
        self._arrange()
        self._return()
        self._update_visible()

    def _note_place(self) -> None:
        if not self._pages or not self._tops:
            return
        rect = self._rect(self._visible_pages().start)
        fraction = -rect.top() / rect.height() if rect.height() else 0.0
        self._anchor = (self._visible_pages().start, fraction, 0.0)

    def _return(self) -> None:
        if self._anchor is None or not self._tops:
            return
        index, fraction, share = self._anchor
        top = self._tops[index] + fraction * self._rect(index).height()
        if fraction == 0.0 and share == 0.0:
            top -= theme.px(8)
        self._arranging = True
        self.verticalScrollBar().setValue(round(top - share * self.viewport().height()))
        self._arranging = False
        self._update_visible()

    # -- pictures ----------------------------------------------------------------------------------

    def _update_visible(self) -> None:
        """Emit the current page and request missing pictures after a move."""
        if self._pages:
            middle = self.verticalScrollBar().value() + self.viewport().height() * 0.4
            index = max(0, bisect_right(self._tops, middle) - 1)
            self._page = index
            self.moved.emit(self._pages[index].number)
        self._request()
        self.viewport().update()

    def _request(self) -> None:
        if not self.isVisible():
            return
        for index in self._visible_pages():
            page = self._pages[index]
            if page.number not in self._unlettered:
                self._unlettered.add(page.number)
                self.ask_letters(page)
        width = round(self._page_width() * self.devicePixelRatioF())
        visited = self._visible_pages()
        centre = [*visited, visited.stop, visited.start - 1]
        for index in centre:
            if len(self._asked) >= _MAX_REQUESTS:
                return
            if not 0 <= index < len(self._pages):
                continue
            key = (self._pages[index].number, width)
            if key[0] in self._failed:
                continue
            existing = self._pictures.get(key[0])
            if (existing is None or existing[0] != width) and key not in self._asked:
                self._asked.add(key)
                self.ask_picture(*key)

    def _forget(self) -> None:
        """Evict the oldest pictures, except the last few, which are visible."""
        size = sum(image.sizeInBytes() for _, image in self._pictures.values())
        for number in list(self._pictures)[:-_MIN_CACHED]:
            if size > _CACHE_BYTES:
                size -= self._pictures.pop(number)[1].sizeInBytes()

    # -- events ----------------------------------------------------------------------------------

    def _scrolled(self) -> None:
        if not self._arranging:
            self._note_place()
            self._update_visible()
        self.viewport().update()

    def scrollContentsBy(self, _dx: int, _down: int) -> None:
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._retain_place()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._retain_place()

    def sizeHint(self) -> QSize:
        return QSize(640, 640)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            event.ignore()  # the base class would scroll on Alt+Left, which goes back
            return
        bar = self.verticalScrollBar()
        action = {
            Qt.Key.Key_Home: bar.SliderAction.SliderToMinimum,
            Qt.Key.Key_End: bar.SliderAction.SliderToMaximum,
            Qt.Key.Key_Space: bar.SliderAction.SliderPageStepAdd,
        }.get(Qt.Key(event.key()))
        if action is None:
            super().keyPressEvent(event)
        else:
            bar.triggerAction(action)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not zooms(event, self.zoom):
            super().wheelEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self.selected_span is not None:
            self.selected.emit()
            return
        for id, _, boxes in self._highlights:
            if any(self.visible_box(*box).contains(event.position()) for box in boxes):
                self.highlight_clicked.emit(id)
                return

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme.colour("sunken"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for index in self._visible_pages():
            self._paint_page(painter, index)

    def _paint_page(self, painter: QPainter, index: int) -> None:
        rect, page = self._rect(index).toAlignedRect(), self._pages[index]
        _width, picture = self._pictures.get(page.number, (0, None))
        # An original page is white in every theme, so it needs the light theme's inks.
        inks = theme.current() if self.dark else theme.THEMES["light"]
        painter.fillRect(rect, QColor(inks.raised if self.dark else "white"))
        if picture is not None:
            painter.drawImage(rect, picture)
        else:
            painter.setPen(QColor(inks.text3))
            painter.setFont(theme.font("small"))
            top = rect.adjusted(0, theme.px(24), 0, 0)
            painter.drawText(
                top,
                Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop,
                tr("Page {label}", label=page.label),
            )
        painter.setPen(QPen(QColor(inks.edge), 1))
        for box in self._around.get(page.number, ()):
            line = _inside(QRectF(rect), box)
            painter.drawLine(line.bottomLeft(), line.bottomRight())
        painter.save()
        modes = QPainter.CompositionMode
        # On dark paper half the ink is added, to the letters too: else thin ones are lost in it.
        lay = modes.CompositionMode_Plus if self.dark else modes.CompositionMode_Multiply
        painter.setCompositionMode(lay)
        painter.setOpacity(0.5 if self.dark else 1.0)
        for box, ink, around in self._marked(page.number):
            area = _inside(QRectF(rect), box).adjusted(-around, -1, around, 1)
            painter.fillRect(area, QColor(getattr(inks, ink)))
        painter.restore()
        painter.setPen(QPen(QColor(inks.accent), 2))
        for box in self._hits.get(page.number, ()):
            painter.drawRect(_inside(QRectF(rect), box).adjusted(-2, -1, 2, 1))
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawRect(QRectF(rect).adjusted(-0.5, -0.5, 0.5, 0.5))

    def _marked(self, number: int) -> Iterator[tuple[Box, str, int]]:
        """Boxes to tint on a page: box, colour, and horizontal padding in pixels."""
        for _, colour, boxes in self._highlights:
            yield from ((box, colour, 2) for page, box in boxes if page == number)
        yield from ((box, "marker", 2) for box in self._quoted.get(number, ()))
        letters = self._letters.get(number)
        if letters is None:
            return
        begin, end = letters.start, letters.start + len(letters.text)
        for start, stop in self._found:
            if start < end and stop > begin:
                found = letters.lines(max(0, start - begin), stop - begin)
                yield from ((box, "accent_soft", 2) for box in found)
        if self._from is not None and self._to is not None:
            first, last = sorted((self._from - begin, self._to - begin))
            for box in letters.lines(max(0, first), max(0, last)):
                yield box, "select", 1


def _by_page(boxes: Boxes) -> dict[int, list[Box]]:
    results: dict[int, list[Box]] = {}
    for number, box in boxes:
        results.setdefault(number, []).append(box)
    return results


def _inside(rect: QRectF, box: Box) -> QRectF:
    left, top, right, bottom = box
    return QRectF(
        QPointF(rect.left() + left * rect.width(), rect.top() + top * rect.height()),
        QPointF(rect.left() + right * rect.width(), rect.top() + bottom * rect.height()),
    )
