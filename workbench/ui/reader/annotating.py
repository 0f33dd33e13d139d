"""Highlights in the open source: select words to highlight, annotate, ask about or cite them.

Library calls run as `Jobs`; a signal reports each change, so that the window can undo it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolButton, QWidget

from ingest.records import Box
from workbench.jobs import Cancel
from workbench.ui import theme
from workbench.ui.components import Sign, cells, delayed, fit_sign, row, tool
from workbench.ui.jobs import Jobs
from workbench.ui.language import known, tr
from workbench.ui.reader.margin import NARROW, REACH, WIDE, Card, Margin
from workbench.ui.reader.page_letters import cut_word

if TYPE_CHECKING:
    from workbench.library import Library
    from workbench.memory.notes.records import Highlight
    from workbench.ui.reader.tab import ReaderTab

_ABOVE = 5


class Pen(QToolButton):
    """A highlighter button: a disc of its colour, with a ring when checked."""

    def __init__(self, colour: str, number: int) -> None:
        super().__init__()
        self.setCheckable(True)
        self.colour = colour
        self.setIcon(theme.drawn(self._draw))
        self.setProperty("kind", "pen")
        fit_sign(self)
        self.setAccessibleName(tr("Highlight in {colour}", colour=known(colour)))
        self.setToolTip(f"{known(colour.capitalize())} ({number})")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def _draw(self, painter: QPainter, box: QRectF, _mode: object, state: QIcon.State) -> None:
        inset = box.width() / 6
        cells.disc(painter, box.adjusted(inset, inset, -inset, -inset), self.colour)
        if state == QIcon.State.On:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(box.adjusted(1, 1, -1, -1))


class SelectionBar(QFrame):
    """Toolbar at the selection without focus; keys 1 to 5, N, A, C and Delete do the same."""

    coloured = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("card", "toast")
        self.setAccessibleName(tr("Selected words"))
        self._sign = Sign("highlight", size=16)
        self.pens = tuple(Pen(colour, at) for at, colour in enumerate(theme.PENS, 1))
        self.note = tool("note", tr("Note"), text=True)
        self.ask = tool("ask", tr("Ask"), text=True)
        self.cite = tool("quote", tr("Cite"), text=True)
        self.remove = tool("trash", tr("Delete"), text=True)
        tips = (
            (self.note, tr("Write a note (N)")),
            (self.ask, tr("Ask about these words (A)")),
            (self.cite, tr("Copy with citation (C)")),
            (self.remove, tr("Delete this highlight (Delete)")),
        )
        for press, tip in tips:
            press.setToolTip(tip)
        self._verbs = (self.note, self.ask, self.cite, self.remove)
        self._line = row(self._sign, *self.pens, 4, *self._verbs, margins=(10, 3, 6, 3), gap=0)
        self.setLayout(self._line)
        for pen in self.pens:
            pen.clicked.connect(lambda _=False, colour=pen.colour: self.coloured.emit(colour))
        self.hide()

    def offer(self, words: QRectF, area: QRectF, colour: str | None, *, writes: bool) -> None:
        """Show the bar above `words`, inside `area`; `colour` is that of a clicked highlight.

        Without `writes`, actions that change the library are hidden.
        """
        for pen in self.pens:
            pen.setVisible(writes)
            pen.setChecked(pen.colour == colour)
        self._sign.setVisible(writes and colour is None)
        self.note.setVisible(writes)
        self.remove.setVisible(writes and colour is not None)
        self.setAccessibleName(tr("Selected words") if colour is None else tr("Highlight"))
        size = self._size(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        if size.width() > area.width():
            size = self._size(Qt.ToolButtonStyle.ToolButtonIconOnly)
        left = min(max(words.left(), area.left()), area.right() - size.width())
        top = words.top() - size.height() - theme.px(_ABOVE)
        if top < area.top():
            top = words.bottom() + theme.px(_ABOVE)
        self.resize(size)
        self.move(QPoint(round(max(area.left(), left)), round(top)))
        self.show()
        self.raise_()

    def _size(self, verbs: Qt.ToolButtonStyle) -> QSize:
        """The size of the bar with this button style."""
        for press in self._verbs:
            press.setToolButtonStyle(verbs)
        # Newly visible buttons count only after the layout is activated.
        self._line.activate()
        return self.sizeHint()

    def take(self, event: QKeyEvent) -> bool:
        """Trigger the button of a key; return False for other keys."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        presses: dict[int, QToolButton] = {
            Qt.Key.Key_1 + at: pen for at, pen in enumerate(self.pens)
        }
        presses |= {
            Qt.Key.Key_N: self.note,
            Qt.Key.Key_A: self.ask,
            Qt.Key.Key_C: self.cite,
            Qt.Key.Key_Delete: self.remove,
        }
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return True
        press = presses.get(event.key())
        if press is None or press.isHidden():
            return False
        press.click()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.take(event):
            super().keyPressEvent(event)


#: Milliseconds after the last Shift+arrow until the bar appears.
_DELAY = 250
#: Widths of the Reader from which the margin is shown, narrow and wide.
_ROOM, _WIDE = 800, 1080
#: Maximum length of a word, in letters.
_WORD = 80


@dataclass(frozen=True, slots=True)
class Marked:
    """The highlights of a source and, by id, their boxes on its pages."""

    highlights: tuple[Highlight, ...]
    boxes: dict[int, tuple[tuple[int, Box], ...]]


class Annotating(QObject):
    """Creates, changes and shows the highlights of the open source, in page and margin."""

    #: (before, after) of a highlight; before is None if created, after is None if removed.
    changed = Signal(object, object)
    #: (source id, words) to ask a question about.
    asked = Signal(int, str)
    #: The visible highlights changed.
    shown = Signal()
    #: A message for the user.
    said = Signal(str)

    def __init__(self, reader: ReaderTab, jobs: Jobs, failed: Callable[..., object]) -> None:
        super().__init__(reader)
        self._reader, self._jobs, self._failed = reader, jobs, failed
        self._key = f"reader.highlights.{id(self)}"
        self._sheet = reader.sheet
        self.marked = Marked((), {})
        self._active: int | None = None
        self._editing: int | None = None
        self._down = self._arranged = 0
        self._pressed = self._dragged = False
        self.margin = Margin(self._height_of)
        self._sheet_bar, self._page_bar = SelectionBar(self._sheet), SelectionBar(reader.page_view)
        self._soon = delayed(self, self._offer, _DELAY)
        self._wire()

    def _wire(self) -> None:
        margin, sheet, pages = self.margin, self._sheet, self._reader.page_view
        for bar in (self._sheet_bar, self._page_bar):
            bar.coloured.connect(self._colour)
            bar.note.clicked.connect(self._note)
            bar.ask.clicked.connect(self._start_question)
            bar.cite.clicked.connect(self._cite)
            bar.remove.clicked.connect(lambda: self.remove(self._active))
            bar.closed.connect(self.close_bar)
        pages.selecting.connect(self.close_bar)
        pages.selected.connect(self._offer)
        pages.installEventFilter(self)
        margin.chosen.connect(self.go_to)
        margin.noted.connect(lambda id, note: self._change(id, note=note))
        margin.removed.connect(self.remove)
        sheet.selectionChanged.connect(self._selected)
        sheet.installEventFilter(self)
        sheet.viewport().installEventFilter(self)
        sheet.laid_out.connect(self.arrange)
        for view in (sheet, self._reader.page_view):
            view.verticalScrollBar().valueChanged.connect(self._scrolled)
        self._reader.page_view.highlight_clicked.connect(self._clicked)

    @property
    def bar(self) -> SelectionBar:
        """The bar of the current view."""
        return self._page_bar if self._reader.shows_pages else self._sheet_bar

    @property
    def _view(self) -> QAbstractScrollArea:
        return self._reader.page_view if self._reader.shows_pages else self._sheet

    @property
    def _is_inside(self) -> QRectF:
        """The area that the bar must stay in: the page view, or the text column."""
        pages = self._reader.shows_pages
        return QRectF(self._view.viewport().rect()) if pages else self._sheet.column

    @property
    def _library(self) -> Library | None:
        return self._reader.library

    @property
    def writes(self) -> bool:
        """Whether the library is writable."""
        return self._library is not None and not self._library.read_only

    # -- highlights --------------------------------------------------------------------------------

    def open(self, *, other: bool) -> None:
        """Handle the opening of a place; `other` is True for another source than before."""
        self.close_bar()
        if other:
            self._show(Marked((), {}))
        self.read()

    def read(self) -> None:
        """Load the highlights of the open source."""
        library, source = self._library, self._reader.source_id
        if library is None or source is None:
            return
        visible = partial(self._loaded, source)
        self._jobs.run(_marked, library, source, done=visible, failed=self._failed, key=self._key)

    def _loaded(self, source: int, marked: Marked) -> None:
        if source == self._reader.source_id:
            self._show(marked)

    def _show(self, marked: Marked) -> None:
        self.marked = marked
        present = {highlight.id for highlight in marked.highlights}
        if self._active is not None and self._active not in present:
            self.close_bar()
        self._paint()
        self.fit()
        self.shown.emit()
        if self._editing in present:
            editing, self._editing = self._editing, None
            self._write(editing)

    def _paint(self) -> None:
        self._sheet.plates.show(self.marked.highlights, self._active)
        visible = [
            (highlight.id, highlight.colour, self.marked.boxes.get(highlight.id, ()))
            for highlight in self.marked.highlights
            if not highlight.lost
        ]
        self._reader.page_view.show_highlights(visible)
        self.arrange()

    def _of(self, id: int | None) -> Highlight | None:
        return next((highlight for highlight in self.marked.highlights if highlight.id == id), None)

    # -- margin ------------------------------------------------------------------------------------

    def fit(self) -> None:
        """Show the margin if there is room.

        A writable source has it before the first highlight, so that the text does not move later.
        """
        wide = self._reader.width()
        self.margin.setFixedWidth(theme.px(WIDE if wide >= theme.px(_WIDE) else NARROW))
        retained = self.writes and self._reader.source_id is not None
        used = retained or bool(self.marked.highlights)
        self.margin.hint.setVisible(not self.marked.highlights)
        visible = used and wide >= theme.px(_ROOM)
        if visible == self.margin.isHidden():
            self.margin.setVisible(visible)
            # Lay out now, or a page would be rendered for a width that is too large.
            layout = self._reader.layout()
            if layout is not None:
                layout.activate()
        self.arrange()

    def _height_of(self, item: Highlight) -> float | None:
        """The y coordinate of a highlight in the view, None in another chapter."""
        if self._reader.shows_pages:
            boxes = self.marked.boxes.get(item.id)
            rect = self._reader.page_view.visible_box(*boxes[0]) if boxes else QRectF()
            return rect.top() if rect.isValid() else None
        flow = self._sheet.flow
        inside = flow.start <= item.start < max(flow.end, flow.start + 1)
        return self._sheet.line_rect(item.start).top() if inside else None

    def arrange(self) -> None:
        """Move the cards to the current positions of their words."""
        self._down = self._arranged = self._scroll()
        self.margin.show_highlights(self.marked.highlights, self._active)

    def _scrolled(self) -> None:
        value = self._scroll()
        by, self._down = value - self._down, value
        if abs(value - self._arranged) < REACH:
            self.margin.scroll_by(by)
        else:
            self.arrange()
        if self.bar.isVisible():
            self.bar.move(self.bar.x(), self.bar.y() - by)

    def _scroll(self) -> int:
        return self._view.verticalScrollBar().value()

    # -- selection ---------------------------------------------------------------------------------

    def _span(self) -> tuple[int, int] | None:
        """The selected span of the source, without surrounding white space."""
        if self._reader.shows_pages:
            return self._reader.page_view.selected_span
        selected = self._sheet.selected_span()
        if selected is None:
            return None
        start, end = self._sheet.flow.trimmed(*selected)
        return (start, end) if start < end else None

    def _selected(self) -> None:
        """Handle a selection change; after selecting by keyboard the bar appears with a delay."""
        self._soon.stop()
        self._dragged = False
        if self._active is None or self._span() is not None:
            self.close_bar()
        if self._sheet.hasFocus() and not self._pressed and self._span() is not None:
            self._soon.start()

    def _offer(self) -> None:
        span = self._span()
        if span is None or self._pressed:
            return
        self._active = None
        if self._reader.shows_pages:
            words = next(iter(self._reader.page_view.line_rects(*span)), None)
        else:
            words, end = self._sheet.line_rect(span[0]), self._sheet.line_rect(span[1])
            words = words.united(end) if end.top() < words.top() else words
        if words is not None:
            self.bar.offer(words, self._is_inside, None, writes=self.writes)

    def _clicked(self, id: int) -> None:
        """Handle a click on a highlight in either view."""
        item = self._of(id)
        if item is None:
            return
        self._active = id
        self._paint()
        if self._reader.shows_pages:
            boxes = self.marked.boxes.get(id, ())
            rects = [self._reader.page_view.visible_box(*box) for box in boxes]
        else:
            rects = self._sheet.plates.rects(item)
        if rects:
            self.bar.offer(rects[0], self._is_inside, item.colour, writes=self.writes)

    def close_bar(self) -> None:
        """Hide the bar; the selection is kept."""
        self._soon.stop()
        had = self.bar.isAncestorOf(self.bar.focusWidget()) if self.bar.focusWidget() else False
        for bar in (self._sheet_bar, self._page_bar):
            bar.hide()
        if had:
            self._view.setFocus()
        if self._active is not None:
            self._active = None
            self._paint()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        views = (self._sheet, self._reader.page_view)
        if watched in views and isinstance(event, QKeyEvent):
            if self.bar.isVisible() and kind == QEvent.Type.KeyPress and self.bar.take(event):
                return True
            handled = event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Escape)
            if self.bar.isVisible() and kind == QEvent.Type.ShortcutOverride and handled:
                event.accept()
                return True
        elif isinstance(event, QMouseEvent) and watched is self._sheet.viewport():
            if kind == QEvent.Type.MouseButtonPress:
                self._pressed = True
                self.close_bar()
            elif kind == QEvent.Type.MouseButtonRelease:
                self._pressed = False
                # The view updates its selection only after this event.
                position = event.position().toPoint()
                QTimer.singleShot(0, self, partial(self._released, position))
        return False

    def _released(self, position: QPoint) -> None:
        if self._span() is not None:
            self._dragged = True
            self._soon.stop()
            self._offer()
            return
        item = self._sheet.plates.at(position)
        if item is not None:
            self._clicked(item.id)

    # -- actions -----------------------------------------------------------------------------------

    def _colour(self, colour: str) -> None:
        if self._active is not None:
            self._change(self._active, colour=colour)
        else:
            self._make(colour)

    def _make(self, colour: str, *, then: Callable[[Highlight], object] | None = None) -> None:
        library, source, span = self._library, self._reader.source_id, self._span()
        if library is None or source is None or span is None or not self.writes:
            return
        if self._dragged or self._reader.shows_pages:
            span = self.expand_to_words(*span)
        previous = next((highlight for highlight in self.marked.highlights
                       if (highlight.start, highlight.end) == span), None)  # fmt: skip

        def created(after: Highlight) -> None:
            if then is not None:
                then(after)
            self._finished(previous, after)

        work = partial(library.notes.highlight, source, *span, colour=colour)
        self._unselect()
        self._jobs.run(work, done=created, failed=self._failed)

    def expand_to_words(self, start: int, end: int) -> tuple[int, int]:
        """Extend a span to whole words, since mouse selections are rarely exact."""
        flow = self._sheet.flow

        def text(first: int, end: int) -> str:
            if self._reader.shows_pages:
                return self._reader.page_view.selected_words(first, end)
            return flow.source[max(0, first - flow.start) : max(0, end - flow.start)]

        previous, _ = cut_word(text(start - _WORD, start), text(start, start + _WORD))
        _, after = cut_word(text(end - _WORD, end), text(end, end + _WORD))
        return start - previous, end + after

    def _change(self, id: int, *, colour: str | None = None, note: str | None = None) -> None:
        library, previous = self._library, self._of(id)
        if library is None or previous is None or not self.writes:
            return
        work = partial(library.notes.highlight, id, colour=colour, note=note)
        self._jobs.run(work, done=partial(self._finished, previous), failed=self._failed)

    def remove(self, id: int | None) -> None:
        """Delete a highlight; the window offers to undo it."""
        library, previous = self._library, self._of(id)
        if library is None or previous is None or not self.writes:
            return
        self.close_bar()
        completed: Callable[[object], object] = lambda _gone: self._finished(previous, None)  # noqa: E731
        self._jobs.run(library.notes.remove, previous.id, done=completed, failed=self._failed)

    def _finished(self, previous: Highlight | None, after: Highlight | None) -> None:
        self.close_bar()
        self.read()
        self.changed.emit(previous, after)

    def _note(self) -> None:
        if self._active is not None:
            id = self._active
            self.close_bar()
            self._write(id)
        else:
            self._make(theme.PENS[0], then=self._edit_later)

    def _edit_later(self, created: Highlight) -> None:
        self._editing = created.id

    def _write(self, id: int | None) -> None:
        """Edit the note of a highlight, in the margin if visible, else over the page."""
        item = self._of(id)
        if item is None:
            return
        card = self.margin.card(item.id)
        if card is not None and self.margin.isVisible():
            card.write()
            return
        pages, view = self._reader.page_view, self._view
        card = Card(item, view)
        card.noted.connect(lambda id, note: self._change(id, note=note))
        card.ended.connect(card.hide)
        card.ended.connect(card.deleteLater)
        card.write()
        room = view.viewport()
        width = min(theme.px(WIDE), room.width() - theme.px(16))
        high = card.height_at(width)
        places = self.marked.boxes.get(item.id, ()) if view is pages else ()
        words = pages.visible_box(*places[-1]) if places else self._sheet.line_rect(item.end)
        left = max(8.0, min(words.left(), room.width() - width - 8.0))
        top = min(words.bottom() + 6, max(8.0, room.height() - high - 8.0))
        card.setGeometry(round(left), round(top), width, high)
        card.show()
        card.raise_()
        if card.field is not None:
            card.field.setFocus()

    def _start_question(self) -> None:
        words, source = self._words(), self._reader.source_id
        if words and source is not None:
            self.close_bar()
            self.asked.emit(source, words)

    def _cite(self) -> None:
        self._reader.copy_with_citation()
        self.close_bar()
        self.said.emit(tr("Copied with citation"))

    def _words(self) -> str:
        item = self._of(self._active)
        if item is not None:
            return item.quote
        span = self._span()
        if self._reader.shows_pages:
            words = self._reader.page_view.selected_words(*span) if span is not None else ""
        else:
            words = self._sheet.textCursor().selectedText()
        return " ".join(words.split())

    def _unselect(self) -> None:
        cursor = self._sheet.textCursor()
        cursor.clearSelection()
        self._sheet.setTextCursor(cursor)
        self._reader.page_view.unselect()
        self.close_bar()

    def go_to(self, id: int) -> None:
        """Scroll to a highlight and show its bar."""
        item = self._of(id)
        if item is None or item.lost:
            return
        position = self._height_of(item)
        if position is None or not 0 <= position < self._view.height():
            self._reader.leave_place()
            self._reader.go_to(item.start, share=0.3)
        self._clicked(id)


def _marked(library: Library, source: int, cancel: Cancel) -> Marked:
    """The highlights of a source and their boxes on its pages. Runs on a worker."""
    highlights = tuple(library.notes.list("highlight", source=source))
    boxes = {}
    if highlights and library.sources.get(source).pages:
        for highlight in highlights:
            cancel.check()
            boxes[highlight.id] = tuple(
                library.sources.page_boxes(source, highlight.start, highlight.end)
            )
    return Marked(highlights, boxes)
