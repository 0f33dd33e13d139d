"""The text view: a stretch of a source in serif on a sheet of paper.

Cited words are marked, the rest of the evidence is underlined, doubtful words of a transcript have
dots.

The document's margins centre a column of 66 characters in any window. Text is set with
`setPlainText`, in under a millisecond, and laid out lazily by Qt; formats are merged over it.
`slide` replaces the stretch without moving visible lines.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit, QWidget

from ingest.books.markup import BULLET
from workbench.ui import theme
from workbench.ui.ask.quote import difference, selecting
from workbench.ui.components import emphasise, zooms
from workbench.ui.language import tr
from workbench.ui.reader.opening import Stretch
from workbench.ui.reader.page_view import Plates
from workbench.ui.reader.paragraphs import Flow, flow
from workbench.ui.reader.typesetting import Typesetting

#: Bullets by depth; the last one for all deeper lists.
_BULLETS = (BULLET, "◦", "▪")


def paint_marks(
    painter: QPainter,
    document: QTextDocument,
    items: Mapping[int, tuple[int, str]],
    down: int,
    clip: QRect,
) -> None:
    """Paint the markers of list items, by paragraph: (depth, bullet or number).

    `down` is the scroll offset, `clip` the viewport rectangle to paint.
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


Span = tuple[int, int]

#: Sixty-six characters of English: the measure of a book page.
_MEASURE = "The proposal had the charm of thrift. It explained why slow waves a"
_PAD, _ABOVE, _BOTTOM = 46, 36, 48
#: Indentation of a list item: number or bullet, and a gap.
_ITEM = "00. "
_DOUBTFUL = tr("The speech model was not sure of this word. Listen, then press F2 to correct it.")
_PROPORTIONAL = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value


class Sheet(QTextBrowser):
    """Shows a `Flow`; offsets are those of the source's text."""

    #: The offset navigated to, or the one at the top after scrolling.
    moved = Signal(int)
    #: A request for the start (False) or end (True) of the source.
    end_wanted = Signal(bool)
    #: Lines moved in the viewport: other text, width or size.
    laid_out = Signal()
    #: The requested `Typesetting`.
    typeset = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stretch = Stretch(flow("", 0), {}, frozenset())
        self._marks: tuple[Span, ...] = ()
        self._around: tuple[Span, ...] = ()
        self.doubtful: tuple[Span, ...] = ()
        self._hits: tuple[Span, ...] = ()
        self._hit: Span | None = None
        self.typesetting = Typesetting()
        self._anchor: tuple[int, float] = (0, 0.0)
        self._building = False
        self._column = (0.0, 0.0)
        self.plates = Plates(self)
        self.setAcceptDrops(False)  # the window handles drops
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # The scroll bar of the whole source is beside the sheet.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        # A page has no blinking cursor; keyboard selections are visible as such.
        self.setCursorWidth(0)
        self.setAccessibleName(tr("Text"))
        self.document().setUndoRedoEnabled(False)
        self.document().setDocumentMargin(0)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        theme.watch(self, self._rebuild)

    # -- content -----------------------------------------------------------------------------------

    @property
    def flow(self) -> Flow:
        """The current flow."""
        return self._stretch.flow

    def show_stretch(
        self,
        stretch: Stretch,
        marks: Sequence[Span] = (),
        underlined: Sequence[Span] = (),
        doubtful: Sequence[Span] = (),
    ) -> None:
        """Show `stretch` from its first line on.

        `marks` are the cited spans, `underlined` the evidence around them, `doubtful` words of a
        transcript that may be wrong.
        """
        self._stretch, self.doubtful = stretch, tuple(doubtful)
        self._marks, self._around = tuple(marks), tuple(underlined)
        self._anchor = (self.flow.start, 0.0)
        self._rebuild()
        self.verticalScrollBar().setValue(0)

    def slide(self, stretch: Stretch) -> None:
        """Replace the stretch by one that contains the visible text, without moving it."""
        cursor = self.textCursor()
        selected = self.flow.offset(cursor.anchor()), self.flow.offset(cursor.position())
        visited = self.top_offset()
        previous = self.line_rect(visited).top()
        if not stretch.flow.start <= selected[1] < stretch.flow.end and selected[0] == selected[1]:
            selected = (visited, visited)
        bar = self.verticalScrollBar()
        self._stretch = stretch
        # Blocked, since the selection is only restored.
        with QSignalBlocker(self), QSignalBlocker(bar):
            self._set_words()
            self.setTextCursor(selecting(self.document(), *map(self._position, selected)))
            self._select_hits()
            self.document().documentLayout().documentSize()
            bar.setValue(round(bar.value() + self.line_rect(visited).top() - previous))
        self.viewport().update()
        self.laid_out.emit()

    def show_hits(self, hits: Sequence[Span], current: Span | None) -> None:
        """Highlight matches of a search, with `current` as the selected one."""
        self._hits, self._hit = tuple(hits), current
        self._select_hits()

    def words(self, span: Span) -> str:
        """The text of a span as far as it is loaded, with white space collapsed."""
        return self._stretch.words(span)

    def marked_words(self) -> str:
        """The marked text, with white space collapsed."""
        return self._words_of(self._marks)

    def underlined_words(self) -> str:
        """The text of the whole evidence, with white space collapsed."""
        return self._words_of(self._around)

    def _words_of(self, spans: Sequence[Span]) -> str:
        result = (
            cursor.selectedText() for cursor in map(self._cursor_over, spans) if cursor is not None
        )
        return " ".join(" ".join(result).split())

    def _cursor_over(self, span: Span) -> QTextCursor | None:
        """A cursor that selects a span, None if it is not loaded."""
        at = self.flow.span(*span)
        return selecting(self.document(), *at) if at else None

    def selected_span(self) -> Span | None:
        """The selected span of the source."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return None
        return (
            self.flow.offset(cursor.selectionStart()),
            self.flow.offset(cursor.selectionEnd()),
        )

    @property
    def column(self) -> QRectF:
        """The text column in viewport coordinates."""
        left, right = self._column
        return QRectF(left, 0, right - left, self.viewport().height())

    def zoom(self, steps: int) -> None:
        """Request larger (positive) or smaller text; 0 resets the size."""
        self.typeset.emit(self.typesetting.larger(steps))

    def set_type(self, typesetting: Typesetting) -> None:
        """Apply a typesetting."""
        if typesetting != self.typesetting:
            self.typesetting = typesetting
            self._rebuild()

    # -- position ----------------------------------------------------------------------------------

    def top_offset(self) -> int:
        """The source offset of the first visible line."""
        point = self.viewport().rect().topLeft()
        point.setX(self.viewport().width() // 2)
        point.setY(theme.px(8))
        return self.flow.offset(self.cursorForPosition(point).position())

    def bottom_offset(self) -> int:
        """The source offset of the last visible line; the end of the flow at its last words."""
        at = self.cursorForPosition(self.viewport().rect().bottomRight()).position()
        return self.flow.offset(at) if at + 1 < self.document().characterCount() else self.flow.end

    def position(self) -> int:
        """The offset last navigated to, or that of the first visible line after scrolling."""
        return self._anchor[0]

    def reveal(self, offset: int, share: float = 0.3) -> None:
        """Scroll the line of `offset` to `share` of the viewport's height."""
        self._anchor = (offset, share)
        cursor = self.textCursor()
        cursor.setPosition(self._position(offset))
        with QSignalBlocker(self.verticalScrollBar()):
            self.setTextCursor(cursor)
        self._return()

    def line_rect(self, offset: int) -> QRectF:
        """The rectangle of the line of `offset` in viewport pixels."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._position(offset))
        return QRectF(self.cursorRect(cursor))

    # -- formatting --------------------------------------------------------------------------------

    def _rebuild(self) -> None:
        self._set_words()
        self._select_hits()
        self._return()
        self.viewport().update()
        self.laid_out.emit()

    def _set_words(self) -> None:
        self._building = True
        document = self.document()
        document.setDefaultFont(self._font("reading"))
        document.setPlainText(self.flow.text)
        body = QTextBlockFormat()
        body.setLineHeight(131.0, _PROPORTIONAL)
        body.setBottomMargin(theme.px(10))
        # One edit block, as each separate change would lay out the whole stretch again.
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(body)
        self._set_items()
        self._set_headings()
        self._set_notes()
        self._set_quoted()
        emphasise(document)
        self._set_marks()
        self._set_column()
        cursor.endEditBlock()
        self._building = False

    def _font(self, size: str) -> QFont:
        serif = self.typesetting.face != "sans"
        font = theme.font("book" if size == "reading" else size, serif=serif)
        font.setPixelSize(max(8, round(font.pixelSize() * self.typesetting.size)))
        return font

    def _set_headings(self) -> None:
        for index, level in self._stretch.headings.items():
            chapter = level == 1
            more = self._stretch.headings.get(index + 1) == level
            shape = QTextBlockFormat()
            shape.setTopMargin(0 if index == 0 else theme.px(40 if chapter else 18))
            shape.setBottomMargin(theme.px(4 if more else 22 if chapter else 8))
            shape.setHeadingLevel(min(6, level))
            shape.setLineHeight(112.0, _PROPORTIONAL)
            letters = QTextCharFormat()
            font = self._font("page" if chapter else "section")
            font.setWeight(QFont.Weight.DemiBold)
            letters.setFont(font)
            self._set_block(index, shape, letters)

    def _set_block(self, index: int, shape: QTextBlockFormat, letters: QTextCharFormat) -> None:
        cursor = QTextCursor(self.document().findBlockByNumber(index))
        cursor.mergeBlockFormat(shape)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(letters)

    def _set_items(self) -> None:
        """Indent list items; `paint_marks` paints their bullets."""
        items = self._stretch.items
        room = QFontMetricsF(self._font("reading")).horizontalAdvance(_ITEM)
        self.document().setIndentWidth(room)
        for index, (depth, _) in items.items():
            shape = QTextBlockFormat()
            shape.setIndent(depth)
            if index + 1 in items:
                shape.setBottomMargin(theme.px(4))
            QTextCursor(self.document().findBlockByNumber(index)).mergeBlockFormat(shape)

    def _set_marks(self) -> None:
        remainder = [left for entire in self._around for left in difference(entire, self._marks)]
        lined, yellow, dotted = QTextCharFormat(), QTextCharFormat(), QTextCharFormat()
        lined.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        lined.setUnderlineColor(theme.colour("edge"))
        yellow.setBackground(theme.colour("marker"))
        dotted.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        dotted.setUnderlineColor(theme.colour("emergent"))
        dotted.setToolTip(_DOUBTFUL)
        for spans, format_ in ((remainder, lined), (self._marks, yellow), (self.doubtful, dotted)):
            for span in spans:
                cursor = self._cursor_over(self.flow.trimmed(*span))
                if cursor is not None:
                    cursor.mergeCharFormat(format_)

    def _set_notes(self) -> None:
        shape, letters = QTextBlockFormat(), QTextCharFormat()
        shape.setBottomMargin(theme.px(4))
        letters.setFont(self._font("small"))
        letters.setForeground(theme.colour("text2"))
        for index in sorted(self._stretch.notes):
            self._set_block(index, shape, letters)

    def _set_quoted(self) -> None:
        """Indent what a mail quotes, below its writer where the words do not name them."""
        room, written = self._font("small").pixelSize() * 2.2, ""
        for index, writer in self._stretch.quoted.items():
            shape, letters = QTextBlockFormat(), QTextCharFormat()
            shape.setLeftMargin(theme.px(18))
            if self._names_writer(index, written):
                shape.setTopMargin(room)
            letters.setForeground(theme.colour("text2"))
            letters.setToolTip(writer)
            self._set_block(index, shape, letters)
            written = writer

    def _names_writer(self, index: int, before: str) -> bool:
        """Whether the writer of a quoted paragraph is painted above it."""
        writer = self._stretch.quoted[index]
        text = self.document().findBlockByNumber(index).text()
        return writer != before and writer.partition(",")[0] not in text

    def _paint_quoted(self, painter: QPainter, down: int) -> None:
        layout, before, below = self.document().documentLayout(), "", 0.0
        painter.setFont(self._font("small"))
        for index, writer in self._stretch.quoted.items():
            block = self.document().findBlockByNumber(index)
            place = layout.blockBoundingRect(block).translated(0, -down)
            top, left = place.top(), block.layout().position().x() + theme.px(18)
            if self._names_writer(index, before):
                top -= painter.fontMetrics().height() * 1.4
                painter.setPen(theme.colour("text2"))
                line = painter.fontMetrics().elidedText(
                    writer[:1].upper() + writer[1:],
                    Qt.TextElideMode.ElideRight,
                    round(self.column.right() - left),
                )
                painter.drawText(QPointF(left, top + painter.fontMetrics().ascent()), line)
            elif writer == before:
                top = below
            below = place.bottom()
            bar = QRectF(left - theme.px(14), top, theme.px(2), below - top)
            painter.fillRect(bar, theme.colour("edge"))
            before = writer

    def _select_hits(self) -> None:
        selections = []
        for hit in self._hits:
            cursor = self._cursor_over(hit)
            if cursor is None:
                continue
            selection = QTextEdit.ExtraSelection()
            format_ = QTextCharFormat()
            if hit == self._hit:
                format_.setBackground(theme.colour("accent"))
                format_.setForeground(theme.colour("on_accent"))
            else:
                format_.setBackground(theme.colour("accent_soft"))
            selection.cursor = cursor
            selection.format = format_
            selections.append(selection)
        self.setExtraSelections(selections)

    def _set_column(self) -> None:
        measure = QFontMetricsF(self._font("reading")).horizontalAdvance(_MEASURE)
        measure *= self.typesetting.measure
        room = float(self.viewport().width())
        pad = min(float(theme.px(_PAD)), max(12.0, (room - measure) / 2 - 8))
        width = min(measure, room - 2 * pad - 16)
        left = max(pad + 8, (room - width) / 2)
        self._column = (left - pad, left + width + pad)
        root = self.document().rootFrame()
        shape = root.frameFormat()
        shape.setLeftMargin(left)
        shape.setRightMargin(max(0.0, room - left - width))
        shape.setTopMargin(theme.px(20 + _ABOVE))
        shape.setBottomMargin(theme.px(20 + _BOTTOM))
        root.setFrameFormat(shape)

    # -- scroll position ---------------------------------------------------------------------------

    def _position(self, offset: int) -> int:
        """The document position, clipped while the document's text is not yet that of the flow."""
        return min(self.flow.position(offset), max(0, self.document().characterCount() - 1))

    def _remember(self) -> None:
        self._anchor = (self.top_offset(), 0.0)

    def _return(self) -> None:
        offset, share = self._anchor
        bar = self.verticalScrollBar()
        self._building = True
        if offset <= self.flow.start and share == 0.0:
            bar.setValue(0)
            self._building = False
            self.moved.emit(offset)
            return
        # Layout is lazy: asking for the rectangle of a line lays out everything before it.
        top = self.line_rect(offset).top() + bar.value()
        self.document().documentLayout().documentSize()
        bar.setValue(round(top - self.viewport().height() * share - theme.px(8)))
        self._building = False
        self.moved.emit(offset)

    def _scrolled(self) -> None:
        if not self._building:
            self._remember()
            self.moved.emit(self._anchor[0])
        self.viewport().update()

    # -- events ----------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._building = True
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._set_column()
        self._building = False
        self._return()
        self.laid_out.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._return()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar, key = self.verticalScrollBar(), event.key()
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            event.ignore()  # QTextBrowser would use Alt+Left for its own history
            return
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        steps = {
            Qt.Key.Key_Down: bar.SliderAction.SliderSingleStepAdd,
            Qt.Key.Key_Up: bar.SliderAction.SliderSingleStepSub,
            Qt.Key.Key_PageDown: bar.SliderAction.SliderPageStepAdd,
            Qt.Key.Key_Space: bar.SliderAction.SliderPageStepAdd,
            Qt.Key.Key_PageUp: bar.SliderAction.SliderPageStepSub,
            Qt.Key.Key_Backspace: bar.SliderAction.SliderPageStepSub,
        }
        step = steps.get(Qt.Key(key)) if plain else None
        if step is not None:
            bar.triggerAction(step)
        elif plain and key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.end_wanted.emit(key == Qt.Key.Key_End)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(self._on_line(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(self._on_line(event))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(self._on_line(event))

    def _on_line(self, event: QMouseEvent) -> QMouseEvent:
        """Move an event between two lines to the lower one, as Qt finds no character there."""
        at = event.position()
        cursor = self.cursorForPosition(at.toPoint())
        top = self.cursorRect(cursor).top()
        if at.y() >= top or not cursor.positionInBlock():
            return event
        return QMouseEvent(
            *(event.type(), QPointF(at.x(), top + 1), event.globalPosition()),
            *(event.button(), event.buttons(), event.modifiers()),
        )

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not zooms(event, self.zoom):
            super().wheelEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = theme.smooth(self.viewport())
        painter.fillRect(self.viewport().rect(), theme.colour("surface"))
        self.plates.paint(painter)
        if self._stretch.items:
            down = self.verticalScrollBar().value()
            paint_marks(painter, self.document(), self._stretch.items, down, event.rect())
        self._paint_quoted(painter, self.verticalScrollBar().value())
        painter.end()
        if self.extraSelections() or self.textCursor().hasSelection():
            super().paintEvent(event)
        else:
            self._paint_words(event.rect())

    def _paint_words(self, clip: QRect) -> None:
        """Draw the document without a cursor, to which Qt adds a flag in bidirectional text."""
        painter = QPainter(self.viewport())
        width, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette = self.palette()
        context.clip = QRectF(clip.translated(width, down))
        painter.translate(-width, -down)
        painter.setClipRect(context.clip)
        self.document().documentLayout().draw(painter, context)
