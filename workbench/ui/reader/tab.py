"""The Reader: opens a source at a place, as text or pages, and navigates in it.

Everything is loaded by `Jobs`; a later request supersedes an earlier one. Text and pages each
scroll through the whole source: `Book` and `PageView`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from ingest.records import Box
from workbench.errors import WorkbenchError
from workbench.recall.records import Answer, Evidence
from workbench.store.records import PageRow, SectionRow, SourceRow
from workbench.ui.ask.cited import cited_spans
from workbench.ui.components import (
    EmptyState,
    Stack,
    clear,
    column,
    error_message,
    fill,
    holder,
    row,
    rule,
)
from workbench.ui.jobs import Jobs
from workbench.ui.language import tr
from workbench.ui.reader.annotating import Annotating
from workbench.ui.reader.bars import (
    Banner,
    Finder,
    Header,
    deleted_message,
    no_pages,
    notice_of,
    trashed,
)
from workbench.ui.reader.book import Book
from workbench.ui.reader.correcting import Correcting
from workbench.ui.reader.finding import Span
from workbench.ui.reader.listening import Listening
from workbench.ui.reader.opening import History, Opening, Quoted, Shelf, box_of, cite, open_place
from workbench.ui.reader.page_view import PageView
from workbench.ui.reader.pages import Pages
from workbench.ui.reader.timeline import Timeline
from workbench.ui.reader.typesetting import Typesetting

if TYPE_CHECKING:
    from workbench.library import Library


class ReaderTab(QWidget):
    """Shows one source at a time."""

    #: A request to return to the answer.
    back = Signal()
    #: The visible `Evidence`, for the Inspector.
    inspect = Signal(object)
    #: (source id, title) of the opened source.
    opened = Signal(int, str)
    #: The position in the source changed.
    moved = Signal()
    #: The outline index of the current chapter.
    chapter_shown = Signal(int)
    #: (source id, `Place`, words) copied to the clipboard with a reference.
    copied = Signal(int, object, str)
    #: The requested `Typesetting`.
    typeset = Signal(object)

    def __init__(self, library: Library | None, jobs: Jobs) -> None:
        super().__init__()
        #: The current library.
        self.library = library
        self._jobs = jobs
        # Unique keys, since two Readers side by side must not supersede each other's jobs.
        self._open_key, self._hit_key = (f"reader.{part}.{id(self)}" for part in ("open", "hit"))
        self._shelf: Shelf | None = None
        self._history = History()
        #: The place opened last in the source.
        self._opened_at: Opening | None = None
        self._answer: Answer | None = None
        self._n: int | None = None
        self._wants_pages = True
        self._has_pages = False
        self._places: dict[int, int] = {}
        self._place: int | None = None
        #: Whether an answer opened the page, so that it is not the reading position.
        self.glanced = False
        self._begun = False
        #: (source, page number) to show once opened.
        self._wanted_page: tuple[int, int] | None = None
        self._build()

    def _build(self) -> None:
        self.header = Header()
        self.banner = Banner()
        self.finder = Finder(self._jobs, self._position, self)
        self.find_bar = self.finder.bar
        self.timeline = Timeline()
        self.listening = Listening(self._jobs, self.timeline, self._failed)
        self.book = Book(self._jobs, self._failed)
        self.sheet = self.book.sheet
        self.page_view = PageView()
        self._pages = Pages(self.page_view, self._jobs)
        self._views = Stack(self.book, self.page_view)
        self._notice = column(margins=(16, 8, 16, 8))
        self._notices = holder(self._notice)
        self.correcting = Correcting(self, self._jobs)
        self.annotating = Annotating(self, self._jobs, self._failed)
        above = (self.header, rule(), self.banner, self.find_bar, self._notices)
        speech = (self.timeline, self.correcting.bar)
        spread = row(self._views, self.annotating.margin, gap=0, wide=0)
        reading = column(*above, *speech, spread, gap=0)
        reading.setStretchFactor(spread, 1)
        self._reading = holder(reading)
        empty = EmptyState(
            "reader",
            tr("Nothing is open"),
            tr("Open a source from the Library, or click a citation."),
        )
        self._nothing = holder(column(empty, margins=(32, 22, 32, 20)))
        # A hidden page must not widen a narrow window with two sources.
        self._nothing.setMinimumWidth(320)
        self._stack = Stack(self._nothing, self._reading)
        fill(self, column(self._stack), name=tr("Reader"))
        for part in (self.banner, self._notices):
            part.hide()
        self.header.back_button.clicked.connect(self.go_back)
        self.header.forward_button.clicked.connect(self.go_forward)
        self.header.chapters.activated.connect(self.go_to_section)
        self.header.page_typed.connect(self._go_to_typed)
        self.header.finder.clicked.connect(self.open_find)
        self.header.copier.clicked.connect(self.copy_with_citation)
        self.header.pages_chosen.connect(self.show_as_pages)
        self.header.zoomed.connect(self._zoomed)
        self.banner.stepped.connect(self.step_evidence)
        self.finder.changed.connect(self._hit_changed)
        self.finder.closed.connect(self._focus_view)
        self.finder.failed.connect(self._failed)
        self.timeline.wanted.connect(lambda offset: self.go_to(offset, share=0.3))
        self.sheet.moved.connect(self._text_scrolled)
        self.sheet.typeset.connect(self._typeset)
        self.header.type_menu.chosen.connect(self._typeset)
        self.page_view.moved.connect(self._page_scrolled)
        self._pages.unseen.connect(self._no_page)

    # -- library and position ----------------------------------------------------------------------

    def set_library(self, library: Library | None) -> None:
        """Switch to another library and close the open source."""
        for key in (self._open_key, self._hit_key):
            self._jobs.cancel(key)
        self.library = library
        self._shelf = self._opened_at = self._answer = self._n = None
        self.book.leave()
        self._places.clear()
        self._begun = False
        self._pages.show(None, None, ())
        self.listening.close()
        self.finder.close()
        self._stack.setCurrentWidget(self._nothing)

    def open_source(
        self,
        source_id: int,
        start: int | None = None,
        end: int | None = None,
        evidence: Answer | None = None,
        n: int | None = None,
        *,
        focus: bool = True,
    ) -> None:
        """Open a source at `[start, end)` of its text, if given, and mark those words.

        With an answer as `evidence` and `n`, the words are compared with its quote; cited ones are
        marked, others underlined, and the banner leads to further evidence. Without `focus`, the
        keyboard focus stays.
        """
        if self.library is None:
            return
        self._begun, self.glanced = True, not focus
        if start is None:
            start = self._places.get(source_id)
        visible = _evidence(evidence, n)
        quoted = None
        if evidence is not None and visible is not None:
            quoted = Quoted(visible.quote, cited_spans(evidence, visible.n))
        self._jobs.run(
            *(open_place, self.library, source_id, start, end, quoted),
            done=partial(self._place_loaded, evidence, n, focus=focus),
            failed=self._failed, key=self._open_key,
        )  # fmt: skip

    def open_page(self, source_id: int, number: int) -> None:
        """Open a source at a page, which may be without text."""
        self._wanted_page = (source_id, number)
        self.open_source(source_id)

    def open_evidence(self, answer: Answer, n: int, *, focus: bool = True) -> None:
        """Open evidence `n` of an answer at its quote; `focus` moves the keyboard focus there."""
        visible = _evidence(answer, n)
        if visible is not None:
            place = visible.locator
            self.open_source(visible.source.id, place.start, place.end, answer, n, focus=focus)

    @property
    def source_id(self) -> int | None:
        """The id of the open source."""
        return self._shelf.source.id if self._shelf else None

    @property
    def place(self) -> int | None:
        """The current offset in the open source."""
        return self._place if self._shelf else None

    def read_on(self) -> None:
        """Make the page opened by an answer the reading position."""
        self.glanced = False
        if self._shelf is not None and self._place is not None:
            self._set_place(self._place)
            self.opened.emit(self._shelf.source.id, self._shelf.source.title)

    def _set_place(self, place: int) -> None:
        self._place = place
        if self._shelf is not None and not self.glanced:
            self._places[self._shelf.source.id] = place

    def place_in(self, source: int) -> int | None:
        """The reading position in a source, None if it was never open."""
        return self._places.get(source)

    def take_places(self, places: Mapping[int, int]) -> None:
        """Restore the reading positions of sources."""
        self._places.update(places)

    @property
    def empty(self) -> bool:
        """Whether nothing has been opened in this library."""
        return not self._begun

    @property
    def span(self) -> Span | None:
        """The requested span: the whole evidence."""
        return self._opened_at.span if self._opened_at is not None else None

    @property
    def cited(self) -> tuple[Span, ...]:
        """The cited spans."""
        return self._opened_at.cited if self._opened_at is not None else ()

    @property
    def shows_pages(self) -> bool:
        """Whether the page view is active."""
        return self._views.currentWidget() is self.page_view

    def highlighted_words(self) -> str:
        """The marked words with white space collapsed; empty if none."""
        if self.shows_pages:
            visible = self.cited if self.page_view.marked() else ()
            return " ".join(self._words(span) for span in visible)
        return self.sheet.marked_words()

    def evidence_words(self) -> str:
        """The words of the evidence with white space collapsed; empty if none are visible."""
        if self.shows_pages:
            visible = self.page_view.marked() or self.page_view.underlined()
            return self._words(self.span) if self.span is not None and visible else ""
        return self.sheet.underlined_words()

    def notice(self) -> str:
        """The accessible text of the notices, empty if none."""
        if self._notices.isHidden():
            return ""
        items = [self._notice.itemAt(index) for index in range(self._notice.count())]
        widgets = [item.widget() for item in items if item is not None]
        return " ".join(widget.accessibleName() for widget in widgets if widget is not None)

    # -- opening -----------------------------------------------------------------------------------

    def _place_loaded(
        self, answer: Answer | None, n: int | None, opened: Opening, *, focus: bool
    ) -> None:
        with self.header.batch():
            self._show_place(answer, n, opened, focus=focus)

    def _show_place(
        self, answer: Answer | None, n: int | None, opened: Opening, *, focus: bool
    ) -> None:
        library, source = self.library, opened.shelf.source
        if library is None:
            return
        other = self._shelf is None or self._shelf.source.id != source.id
        self._shelf, self._opened_at = opened.shelf, opened
        self._answer, self._n = answer, n
        self._show_notice()
        self._history.clear()
        self.header.show_ways(False, False)
        if other:
            self.finder.close()
        self._has_pages = source.kind in _PAGED and bool(opened.shelf.pages)
        if other or not self.page_view.page:
            visible = opened.shelf.pages if self._has_pages else ()
            printed = source.kind == "pdf"
            self._pages.show(library, source.id, visible, printed=printed)
        self.page_view.mark(opened.boxes, opened.other_boxes, opened.column)
        underlined = [opened.span] if opened.span else []
        self.book.open(library, opened.shelf, opened.stretch, opened.cited, underlined)
        quoted = " ".join(self._words(span) for span in opened.cited)
        if opened.span and not opened.cited:
            quoted = tr("Not cited: {words}", words=self._words(opened.span))
        elif quoted:
            quoted = tr("Quoted: {quoted}", quoted=quoted)
        for view in (self.sheet, self.page_view):
            view.setAccessibleDescription(quoted)
        self.header.show_source(opened.shelf, self._has_pages)
        self.header.show_way_back(opened.span is not None)
        self._show_banner()
        self._stack.setCurrentWidget(self._reading)
        self.listening.open(library, source, opened.offset, _evidence(answer, n))
        self._show_notice(*notice_of(opened))
        self.book.go_to(opened.offset, share=0.3 if opened.span or opened.lost else 0.0)
        pages = self._has_pages and self._wants_pages and not self._pages.failed
        # A description of a picture has no location in it: the picture itself is shown.
        pictured = source.kind == "image"
        located = opened.boxes or opened.other_boxes or opened.span is None or pictured
        self._show_view(pages=pages and bool(located))
        if self.shows_pages:
            self._reveal_page(opened.offset)
        requested, self._wanted_page = self._wanted_page, None
        for page in opened.shelf.pages:
            if (source.id, page.number) == requested:
                self._go_to_page(page)
        self.annotating.open(other=other)
        if focus:
            self._focus_view()
        self.opened.emit(source.id, source.title)
        evidence = _evidence(answer, n)
        if evidence is not None:
            self.inspect.emit(evidence)

    def know(self, source: SourceRow | None) -> None:
        """Update the open source after it was moved to the Trash, restored, or deleted (None)."""
        if self._shelf is None:
            return
        if source is None:
            self._show_notice(deleted_message())
        elif (source.trashed is None) != (self._shelf.source.trashed is None):
            self._shelf = replace(self._shelf, source=source)
            if source.trashed is not None:
                self._show_notice(trashed())
            else:
                self._show_notice()

    def _failed(self, error: WorkbenchError) -> None:
        if self._shelf is None:
            self.header.title.setText("")
        self._stack.setCurrentWidget(self._reading)
        self._show_notice(error_message(error))

    def _words(self, span: Span) -> str:
        """The text of a span of the evidence or of the loaded stretch."""
        area = self.span
        if self._opened_at is not None and area and area[0] <= span[0] and span[1] <= area[1]:
            return self._opened_at.stretch.words(span)
        return self.sheet.words(span)

    # -- navigation --------------------------------------------------------------------------------

    def go_to(self, offset: int, *, share: float = 0.0) -> None:
        """Go to an offset of the source in the current view."""
        if self._shelf is None or self.library is None:
            return
        if self.shows_pages:
            self._reveal_page(offset)
        else:
            self.book.go_to(offset, share)

    def leave_place(self) -> None:
        """Record the position before a jump; Alt+Left returns to it."""
        self._history.leave(self.place)
        self.header.show_ways(*self._history.directions)

    def go_back(self) -> None:
        """Return to before the last jump, else to where the source was opened from."""
        place = self._history.back(self.place)
        if place is None:
            self.back.emit()
        else:
            self._return_to(place)

    def go_forward(self) -> None:
        """Undo the last `go_back`."""
        place = self._history.forward(self.place)
        if place is not None:
            self._return_to(place)

    def _return_to(self, place: int) -> None:
        self.go_to(place)
        self.header.show_ways(*self._history.directions)
        self._focus_view()

    def _current_page(self) -> PageRow | None:
        if self._shelf is None or not self._shelf.pages:
            return None
        if self.shows_pages:
            return self._shelf.page(self.page_view.page)
        return self._shelf.page_at(self.sheet.position())

    def _go_to_page(self, page: PageRow) -> None:
        if self.shows_pages:
            self.page_view.reveal(page.number)
        else:
            self.go_to(page.start)

    def _go_to_typed(self, typed: str) -> None:
        """Go to a page by its printed label, else by its number in the file."""
        if self._shelf is None:
            return
        requested = typed.strip().casefold()
        pages = self._shelf.pages
        page = next((p for p in pages if p.label.casefold() == requested), None)
        if page is None and requested.isdecimal():
            page = self._shelf.page(int(requested))
        self._focus_view()
        if page is not None:
            self.leave_place()
            self._go_to_page(page)
        self._show_position(self._current_page())

    @property
    def outline(self) -> tuple[SectionRow, ...]:
        """The sections of the outline."""
        shelf = self._shelf
        return tuple(shelf.sections[at] for at in shelf.outline) if shelf is not None else ()

    def go_to_section(self, index: int) -> None:
        """Go to the start of a chapter by outline index."""
        if 0 <= index < len(self.outline):
            self.leave_place()
            self.go_to(self.outline[index].start)
            self._focus_view()

    def step_evidence(self, by: int) -> None:
        """Open the next (1) or previous (-1) evidence of the answer."""
        if self._answer is None:
            return
        numbers = [item.n for item in self._answer.evidence]
        at = numbers.index(self._n) + by if self._n in numbers else -1
        if 0 <= at < len(numbers):
            self.open_evidence(self._answer, numbers[at])

    def _show_banner(self) -> None:
        answer, n = self._answer, self._n
        numbers = [item.n for item in answer.evidence] if answer is not None else []
        self.banner.setVisible(n in numbers)
        if answer is not None and n in numbers:
            self.banner.show_evidence(numbers.index(n) + 1, len(numbers), answer.question)

    # -- position display --------------------------------------------------------------------------

    def _text_scrolled(self, offset: int) -> None:
        if self._shelf is None or self.shows_pages:
            return
        self._set_place(offset)
        self.listening.follow(offset)
        self._name_chapter(self._shelf.section_index(offset))
        self._show_position(self._shelf.page_at(offset))
        end = self.sheet.bottom_offset()
        self.header.show_read(min(1.0, end / max(1, self._shelf.end)))

    def _page_scrolled(self, number: int) -> None:
        if self._shelf is None or not self.shows_pages:
            return
        page = self._shelf.page(number)
        if page is None:
            return
        self._set_place(page.start)
        self.header.show_read(None)
        self._name_chapter(self._shelf.section_index(max(page.start, page.end - 1)))
        self._show_position(page)

    def _name_chapter(self, section: int) -> None:
        listing = self._shelf.outline if self._shelf is not None else ()
        index = max(0, bisect_right(listing, section) - 1)
        self.header.show_chapter(index)
        self.chapter_shown.emit(index)

    def _show_position(self, page: PageRow | None) -> None:
        if self._shelf is None:
            return
        self.moved.emit()
        source = self._shelf.source
        is_pdf = source.kind == "pdf"
        self.header.show_page(page, len(self._shelf.pages), is_pdf=is_pdf)
        chapter = f", {self.header.chapters.name}"
        page_text = tr(", page {label}", label=page.label) if page is not None else ""
        self.sheet.setAccessibleName(f"{source.title}{chapter}{page_text}")
        at = self.header.index.text()
        self.page_view.setAccessibleName(f"{source.title}{page_text}{f', {at}' if at else ''}")

    def _focus_view(self) -> None:
        if self.isVisible():
            (self.page_view if self.shows_pages else self.sheet).setFocus()

    # -- pages -----------------------------------------------------------------------------------

    def show_as_pages(self, pages: bool) -> None:
        """Switch between pages and text, keeping the position."""
        if self._shelf is None or pages == self.shows_pages:
            return
        self._wants_pages = pages
        self._pages.failed = False
        if pages:
            offset = self.sheet.position()
            self._show_notice()
            self._show_view(pages=True)
            self._reveal_page(offset)
        else:
            page = self._current_page()
            self._show_view(pages=False)
            if page is not None:
                inside_page = self.span is not None and page.start <= self._first() < page.end
                start = self._first() if inside_page else page.start
                self.go_to(start, share=0.3 if inside_page else 0.0)
        self._focus_view()

    def _show_view(self, *, pages: bool) -> None:
        view = self.page_view if pages else self.book
        self.annotating.fit()
        self._views.setCurrentWidget(view)
        self.setFocusProxy(self.page_view if pages else self.sheet)
        self.header.show_view(pages=pages)
        self.annotating.arrange()
        if pages:
            self._page_scrolled(self.page_view.page)
        else:
            self._text_scrolled(self.sheet.position())

    def _first(self) -> int:
        """The start of the evidence: its first cited word if any."""
        if self.cited:
            return self.cited[0][0]
        return self.span[0] if self.span is not None else 0

    def _reveal_page(self, offset: int) -> None:
        if self._shelf is None:
            return
        marked = self.page_view.marked() or self.page_view.underlined()
        if self.span is not None and offset == self._first() and marked:
            number, box = marked[0]
            self.page_view.reveal(number, box[1], 0.3)
            return
        page = self._shelf.page_at(offset)
        if page is not None:
            self.page_view.reveal(page.number)

    def _no_page(self, error: WorkbenchError) -> None:
        """Fall back to text, as the original is missing or locked."""
        if not self.shows_pages:
            return
        page = self._current_page()
        self._show_view(pages=False)
        self._show_notice(no_pages(error, self._pages.unlock, self._unlocked))
        if self.span is not None:
            self.go_to(self._first(), share=0.3)
        elif page is not None:
            self.go_to(page.start)

    def _unlocked(self, _none: object) -> None:
        if self._shelf is not None:
            self._show_notice()
            self._pages.show(self.library, self._shelf.source.id, self._shelf.pages)
            self._show_view(pages=True)
            self.opened.emit(self._shelf.source.id, self._shelf.source.title)

    # -- search ------------------------------------------------------------------------------------

    def open_find(self) -> None:
        """Open the find bar."""
        if self._shelf is not None and self.library is not None:
            self.finder.open(self.library, self._shelf)

    def find_words(self, words: str) -> None:
        """Open the find bar and search for words."""
        self.finder.bar.field.setText(words)
        self.open_find()

    def _position(self) -> int:
        page = self._current_page() if self.shows_pages else None
        return page.start if page is not None else self.sheet.position()

    def _hit_changed(self) -> None:
        hit = self.finder.current
        self.sheet.show_hits(self.finder.hits, hit)
        self.page_view.show_hits(self.finder.hits)
        if hit is None or self.library is None or self._shelf is None:
            self.page_view.show_hit(())
        elif self.shows_pages:
            source = self._shelf.source.id
            self._jobs.run(
                box_of, self.library, source, hit, done=self._hit_boxes, key=self._hit_key
            )
        else:
            self.go_to(hit[0], share=0.3)

    def _hit_boxes(self, boxes: tuple[tuple[int, Box], ...]) -> None:
        self.page_view.show_hit(boxes)
        if boxes:
            number, box = boxes[0]
            self.page_view.reveal(number, box[1], 0.3)

    # -- clipboard, zoom, keyboard -----------------------------------------------------------------

    def chosen_span(self) -> tuple[int, int] | None:
        """The selected span of the source, else that of the evidence."""
        if self._shelf is None:
            return None
        if self.shows_pages:
            return self.page_view.selected_span or self.span
        return self.sheet.selected_span() or self.span

    def copy_with_citation(self) -> None:
        """Copy the selected words, else the evidence, with a reference."""
        if self._shelf is None:
            return
        span = self.chosen_span()
        # Mouse selections are rarely exact, and a quotation needs whole words.
        span = self.annotating.expand_to_words(*span) if span else None
        words = self._words(span) if span else ""
        if span and self.shows_pages and self.page_view.selected_span is not None:
            words = " ".join(self.page_view.selected_words(*span).split())
        page = self._current_page() if self.shows_pages else None
        place, line = cite(self._shelf, span, self.sheet.position(), page, words)
        QGuiApplication.clipboard().setText(line)
        self.copied.emit(self._shelf.source.id, place, words)

    def set_look(self, typesetting: Typesetting, *, original: bool) -> None:
        """Apply the typesetting, and the colours of pages: original or themed."""
        self.header.type_menu.show_now(typesetting, original=original)
        self.sheet.set_type(typesetting)
        self._pages.set_original(original)

    def _typeset(self, typesetting: Typesetting) -> None:
        self.sheet.set_type(typesetting)
        self.typeset.emit(typesetting)

    def zoom(self, steps: int) -> None:
        """Zoom in or out; 0 resets."""
        if self.shows_pages:
            self.page_view.zoom(steps)
        else:
            self.sheet.zoom(steps)

    def _zoomed(self, steps: int) -> None:
        zooms = steps or not self.page_view.fits_width
        self.page_view.zoom(steps) if zooms else self.page_view.fit_page()

    def fit_page(self) -> None:
        """Fit a whole page to the view."""
        if self.shows_pages:
            self.page_view.fit_page()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.annotating.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if alt and event.key() == Qt.Key.Key_Left:
            self.go_back()
        elif alt and event.key() == Qt.Key.Key_Right:
            self.go_forward()
        elif event.key() == Qt.Key.Key_Escape and self.find_bar.isVisible():
            self.finder.close()
        else:
            super().keyPressEvent(event)

    def _show_notice(self, *widgets: QWidget) -> None:
        clear(self._notice)
        for widget in widgets:
            self._notice.addWidget(widget)
        self._notices.setVisible(bool(widgets))


#: Kinds of sources that open in the page view.
_PAGED = ("pdf", "image")


def _evidence(answer: Answer | None, n: int | None) -> Evidence | None:
    items = answer.evidence if answer is not None else ()
    return next((item for item in items if item.n == n), None)
