"""The Reader tab: opens a source at a place, as text or as its own pages, and walks through it.

Everything is fetched by `Jobs`; a click that comes later supersedes one before it. What is shown
is one `Shelf` (source, chapters, pages) with one chapter's text; a chapter that is too long to be
laid out within a frame is shown in parts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ingest.records import Box
from workbench.errors import WorkbenchError
from workbench.recall.records import Answer, Evidence
from workbench.store.records import PageRow, SectionRow, SourceRow
from workbench.ui.ask.cited import cited_spans
from workbench.ui.components.boxes import clear, column, holder, row, rule
from workbench.ui.components.notices import EmptyState, error_message
from workbench.ui.jobs import Jobs
from workbench.ui.reader import citing, notices
from workbench.ui.reader.annotating import Annotating
from workbench.ui.reader.bars import Banner, Header, Turner
from workbench.ui.reader.correcting import Correcting
from workbench.ui.reader.finder import Finder
from workbench.ui.reader.finding import Span
from workbench.ui.reader.listening import Listening
from workbench.ui.reader.opening import (
    Chapter,
    Opened,
    Quoted,
    Shelf,
    box_of,
    letters_of,
    open_chapter,
    open_place,
    title,
)
from workbench.ui.reader.page_letters import Letters
from workbench.ui.reader.page_view import PageView
from workbench.ui.reader.paragraphs import flow, headings, notes, stretches
from workbench.ui.reader.sheet import Sheet
from workbench.ui.reader.timeline import Timeline

if TYPE_CHECKING:
    from workbench.library import Library

_OPEN, _TURN, _HIT = "reader.open", "reader.turn", "reader.hit"


class ReaderTab(QWidget):
    """Reads one source at a time."""

    #: The user wants to go back to the answer.
    back = Signal()
    #: The `Evidence` that is shown, for the Inspector.
    inspect = Signal(object)
    #: Beside an answer: the page is to be closed, or to be shown alone.
    closed = Signal()
    alone = Signal()
    #: (source id, title): a source is on show.
    opened = Signal(int, str)
    #: Another place of it is on show.
    moved = Signal()
    #: The section of this number is in view.
    chapter_shown = Signal(int)
    #: Source id, `Place` and words: they were put on the clipboard with their reference.
    copied = Signal(int, object, str)

    def __init__(self, library: Library | None, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._jobs = jobs
        self._shelf: Shelf | None = None
        self._chapter: Chapter | None = None
        self._parts: list[Span] = []
        self._part = 0
        self._span: Span | None = None
        self._cited: tuple[Span, ...] = ()
        self._answer: Answer | None = None
        self._n: int | None = None
        self._wants_pages = True
        self._has_pages = False
        self._picture_errors = 0
        self._places: dict[int, int] = {}
        self._begun = False
        #: The source and the number of the page that are to be seen when it is open.
        self._wanted_page: tuple[int, int] | None = None
        self._build()

    def _build(self) -> None:
        self.header = Header()
        self.banner = Banner()
        self.finder = Finder(self._jobs, self._here, self)
        self.find_bar = self.finder.bar
        self.turner = Turner()
        self.timeline = Timeline()
        self.listening = Listening(self._jobs, self.timeline, self._failed)
        self.sheet = Sheet()
        self.page_view = PageView()
        self.page_view.ask_picture = self._ask_picture
        self.page_view.ask_letters = self._ask_letters
        self._views = QStackedWidget()
        self._views.addWidget(self.sheet)
        self._views.addWidget(self.page_view)
        self._notice = QVBoxLayout()
        self._notice.setContentsMargins(16, 8, 16, 8)
        self._notices = holder(self._notice)
        self.correcting = Correcting(self, self._jobs)
        self.annotating = Annotating(self, self._jobs, self._failed)
        above = (self.header, rule(), self.banner, self.find_bar, self._notices)
        spoken = (self.timeline, self.correcting.bar)
        page = column(self._views, self.turner, gap=0)
        page.setStretchFactor(self._views, 1)
        spread = row(page, self.annotating.margin, gap=0)
        spread.setStretchFactor(page, 1)
        reading = column(*above, *spoken, spread, gap=0)
        reading.setStretchFactor(spread, 1)
        self._reading = holder(reading)
        nothing = EmptyState(
            "reader", "Nothing is open", "Open a source from the Library, or click a citation."
        )
        self._nothing = holder(column(nothing, margins=(32, 22, 32, 20)))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(self._reading)
        self.setLayout(column(self._stack))
        self.setAccessibleName("Reader")
        for part in (self.banner, self._notices):
            part.hide()
        self.header.back.connect(self.back)
        self.header.closed.connect(self.closed)
        self.header.alone.connect(self.alone)
        self.header.set_beside(False)
        self.header.chapter_chosen.connect(self.go_to_section)
        self.header.page_typed.connect(self._go_to_typed)
        self.header.stepped.connect(self.step)
        self.header.find_asked.connect(self.open_find)
        self.header.copy.connect(self.copy_with_citation)
        self.header.pages_chosen.connect(self.show_as_pages)
        self.banner.stepped.connect(self.step_evidence)
        self.finder.changed.connect(self._hit_changed)
        self.finder.closed.connect(self._focus_view)
        self.finder.failed.connect(self._failed)
        self.turner.turned.connect(self.turn)
        self.timeline.wanted.connect(lambda offset: self.go_to(offset, share=0.3))
        self.sheet.moved.connect(self._text_moved)
        self.sheet.passed_end.connect(lambda: self.turn(1))
        self.sheet.passed_start.connect(lambda: self.turn(-1))
        self.page_view.moved.connect(self._page_moved)

    # -- the library and the place ---------------------------------------------------------------

    def set_library(self, library: Library | None) -> None:
        """Read from this library from now on; what is open is closed."""
        for key in (_OPEN, _TURN, _HIT):
            self._jobs.cancel(key)
        self._library = library
        self._shelf = self._chapter = self._answer = self._n = self._span = None
        self._cited = ()
        self._places.clear()
        self._begun = False
        self.page_view.show_pages(())
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
    ) -> None:
        """Open a source, at `[start, end)` of its text if given, with those words on the marker.

        With `evidence`, an answer, and `n`, it is opened as that answer's evidence: the words are
        checked against the quote, those that the answer cites are on the marker, the others
        underlined, and the banner leads to the other evidence.
        """
        if self._library is None:
            return
        self._begun = True
        if start is None:
            start = self._places.get(source_id)
        shown = _evidence(evidence, n)
        quoted = None
        if evidence is not None and shown is not None:
            quoted = Quoted(shown.quote, cited_spans(evidence, shown.n))
        self._jobs.run(
            open_place,
            self._library,
            source_id,
            start,
            end,
            quoted,
            done=partial(self._opened, evidence, n),
            failed=self._failed,
            key=_OPEN,
        )

    def open_page(self, source_id: int, number: int) -> None:
        """Open a source at a page, which need not hold any text."""
        self._wanted_page = (source_id, number)
        self.open_source(source_id)

    def open_evidence(self, answer: Answer, n: int) -> None:
        """Open evidence `n` of an answer at its quoted words."""
        shown = _evidence(answer, n)
        if shown is not None:
            place = shown.locator
            self.open_source(shown.source.id, place.start, place.end, answer, n)

    @property
    def library(self) -> Library | None:
        """The library that is read from."""
        return self._library

    @property
    def source_id(self) -> int | None:
        """The source on show."""
        return self._shelf.source.id if self._shelf else None

    @property
    def place(self) -> int | None:
        """The character of the source's text that one has come to."""
        return self._places.get(self._shelf.source.id) if self._shelf else None

    def place_in(self, source: int) -> int | None:
        """The character that one has come to in a source, None where it was never open."""
        return self._places.get(source)

    def take_places(self, places: Mapping[int, int]) -> None:
        """Take over how far sources have been read: they open there."""
        self._places.update(places)

    @property
    def empty(self) -> bool:
        """Whether nothing was opened since the library was."""
        return not self._begun

    @property
    def span(self) -> Span | None:
        """The span of the source's text that was asked for: the whole evidence."""
        return self._span

    @property
    def cited(self) -> tuple[Span, ...]:
        """The spans on the marker."""
        return self._cited

    @property
    def shows_pages(self) -> bool:
        """Whether pages are shown rather than text."""
        return self._views.currentWidget() is self.page_view

    def highlighted_words(self) -> str:
        """The words under the marker, white space as single spaces; empty where none are."""
        if self.shows_pages:
            shown = self._cited if self.page_view.marked() else ()
            return " ".join(self._words(span) for span in shown)
        return self.sheet.marked_words()

    def evidence_words(self) -> str:
        """The words of the evidence, on the marker or underlined, white space as single spaces."""
        if self.shows_pages:
            shown = self.page_view.marked() or self.page_view.underlined()
            return self._words(self._span) if self._span is not None and shown else ""
        return self.sheet.underlined_words()

    def notice(self) -> str:
        """What the line above the text says, empty where there is none."""
        if self._notices.isHidden():
            return ""
        items = [self._notice.itemAt(index) for index in range(self._notice.count())]
        widgets = [item.widget() for item in items if item is not None]
        return " ".join(widget.accessibleName() for widget in widgets if widget is not None)

    # -- opening ---------------------------------------------------------------------------------

    def _opened(self, answer: Answer | None, n: int | None, found: Opened) -> None:
        other = self._shelf is None or self._shelf.source.id != found.shelf.source.id
        self._shelf, self._span, self._cited = found.shelf, found.span, found.cited
        self._answer, self._n = answer, n
        self._take(found.chapter, found.span)
        self._clear_notice()
        if other:
            self._picture_errors = 0
            self.finder.close()
        source = found.shelf.source
        self._has_pages = source.kind in _PAGED and bool(found.shelf.pages)
        if other or not self.page_view.page:
            self.page_view.show_pages(found.shelf.pages if self._has_pages else ())
        self.page_view.mark(found.boxes, found.other_boxes)
        quoted = " ".join(self._words(span) for span in found.cited)
        if found.span and not found.cited:
            quoted = f"Not cited: {self._words(found.span)}"
        elif quoted:
            quoted = f"Quoted: {quoted}"
        for view in (self.sheet, self.page_view):
            view.setAccessibleDescription(quoted)
        self.header.show_source(found.shelf, self._has_pages)
        self.header.show_way_back(found.span is not None)
        self._show_banner()
        self._stack.setCurrentWidget(self._reading)
        if self._library is not None:
            self.listening.open(self._library, source, found.offset, _evidence(answer, n))
        self._say(*notices.of(found))
        self._show_at(found.offset, share=0.3 if found.span or found.lost else 0.0)
        pages = self._has_pages and self._wants_pages and not self._picture_errors
        # What is told of a picture as a whole has no place in it: the picture itself is shown.
        pictured = source.kind == "image"
        placed = found.boxes or found.other_boxes or found.span is None or pictured
        self._show_view(pages=pages and bool(placed))
        if self.shows_pages:
            self._reveal_page(found.offset)
        wanted, self._wanted_page = self._wanted_page, None
        for page in found.shelf.pages:
            if (source.id, page.number) == wanted:
                self._go_to_page(page)
        self.annotating.open(other=other)
        self._focus_view()
        self.opened.emit(source.id, source.title)
        shown = _evidence(answer, n)
        if shown is not None:
            self.inspect.emit(shown)

    def know(self, source: SourceRow | None) -> None:
        """Say so where the source on show has come into the Trash, or is gone for good (None)."""
        if self._shelf is None:
            return
        if source is None:
            self._say(notices.gone())
        elif (source.trashed is None) != (self._shelf.source.trashed is None):
            self._shelf = replace(self._shelf, source=source)
            if source.trashed is not None:
                self._say(notices.trashed())
            else:
                self._clear_notice()

    def _failed(self, error: WorkbenchError) -> None:
        if self._shelf is None:
            self.header.title.setText("")
        self._stack.setCurrentWidget(self._reading)
        self._say(error_message(error))

    def _take(self, chapter: Chapter, span: Span | None = None) -> None:
        self._chapter = chapter
        keep = (span[0] - chapter.start, span[1] - chapter.start) if span else None
        self._parts = stretches(chapter.text, keep=keep)

    def _words(self, span: Span) -> str:
        return self._chapter.words(span) if self._chapter is not None else ""

    def _show_at(self, offset: int, *, share: float = 0.0) -> None:
        """Lay out the part of the chapter that holds `offset` and bring it into view."""
        chapter = self._chapter
        if chapter is None:
            return
        inside = offset - chapter.start
        self._part = next(
            (i for i, (_, last) in enumerate(self._parts) if inside < last), len(self._parts) - 1
        )
        first, last = self._parts[self._part]
        breaks = [section.start for section in chapter.sections]
        shown = flow(chapter.text[first:last], chapter.start + first, breaks)
        named = [(section.start, section.title, section.level) for section in chapter.sections]
        self.sheet.show_flow(
            shown,
            headings=headings(shown, named),
            notes=notes(shown, named),
            marks=self._cited,
            around=[self._span] if self._span else [],
        )
        self.sheet.show_hits(self.finder.hits, self.finder.current)
        self.sheet.reveal(offset, share)
        self._name_neighbours()

    def _name_neighbours(self) -> None:
        before = self._neighbour(-1)
        after = self._neighbour(1)
        self.turner.show_neighbours(before, after)

    def _neighbour(self, by: int) -> str:
        if self._chapter is None:
            return ""
        part = self._part + by
        if 0 <= part < len(self._parts):
            return f"{self._chapter.title}, part {part + 1} of {len(self._parts)}"
        beside = self._beside(by)
        return title(beside[0]) if beside else ""

    def _beside(self, by: int) -> tuple[SectionRow, ...]:
        """The sections of the chapter before or after this one that has any words."""
        if self._shelf is None or self._chapter is None:
            return ()
        chapters, at = self._shelf.chapters, self._chapter.index + by
        while 0 <= at < len(chapters):
            if chapters[at][-1].end > chapters[at][0].start:
                return chapters[at]
            at += by
        return ()

    # -- walking ---------------------------------------------------------------------------------

    def go_to(self, offset: int, *, share: float = 0.0) -> None:
        """Go to an offset of the source's text, in whichever view is shown."""
        if self._shelf is None or self._library is None:
            return
        if self.shows_pages:
            self._reveal_page(offset)
            return
        if self._chapter is not None and self._shelf.chapter_at(offset) == self._chapter.index:
            shown = self.sheet.flow
            if shown.start <= offset < shown.end:
                self.sheet.reveal(offset, share)
            else:
                self._show_at(offset, share=share)
            return
        self._jobs.run(
            open_chapter,
            self._library,
            self._shelf,
            offset,
            done=partial(self._chapter_came, share),
            failed=self._failed,
            key=_TURN,
        )

    def _chapter_came(self, share: float, chapter: Chapter) -> None:
        self._take(chapter, self._span)
        self._show_at(chapter.offset, share=share)

    def turn(self, by: int) -> None:
        """Go on to the next part or chapter (1), or back to the one before (-1)."""
        part = self._part + by
        if self._chapter is not None and 0 <= part < len(self._parts):
            first, last = self._parts[part]
            self._show_at(self._chapter.start + (first if by > 0 else last - 1))
            return
        beside = self._beside(by)
        if beside:
            self.go_to(beside[0].start if by > 0 else beside[-1].end - 1)

    def step(self, by: int) -> None:
        """Go one page on or back, or one chapter where the source has no pages."""
        if self._shelf is None:
            return
        pages = self._shelf.pages
        if not pages:
            beside = self._beside(by)
            if beside:
                self.go_to(beside[0].start)
            return
        current = self._current_page()
        at = next((i for i, page in enumerate(pages) if page is current), 0) + by
        if 0 <= at < len(pages):
            self._go_to_page(pages[at])

    def _current_page(self) -> PageRow | None:
        if self._shelf is None or not self._shelf.pages:
            return None
        if self.shows_pages:
            number = self.page_view.page
            return next((p for p in self._shelf.pages if p.number == number), None)
        return self._shelf.page_at(self.sheet.here())

    def _go_to_page(self, page: PageRow) -> None:
        if self.shows_pages:
            self.page_view.reveal(page.number)
        else:
            self.go_to(page.start)

    def _go_to_typed(self, typed: str) -> None:
        """Go to a page by its printed label, else by its number in the file."""
        if self._shelf is None:
            return
        wanted = typed.strip().casefold()
        pages = self._shelf.pages
        page = next((p for p in pages if p.label.casefold() == wanted), None)
        if page is None and wanted.isdecimal():
            page = next((p for p in pages if p.number == int(wanted)), None)
        self._focus_view()
        if page is not None:
            self._go_to_page(page)
        self._show_where(self._current_page())

    @property
    def outline(self) -> tuple[SectionRow, ...]:
        """The sections of the source on show, in order."""
        return self._shelf.sections if self._shelf is not None else ()

    def go_to_section(self, index: int) -> None:
        """Go to the beginning of a section, by its number."""
        if self._shelf is not None and 0 <= index < len(self._shelf.sections):
            self.go_to(self._shelf.sections[index].start)
            self._focus_view()

    def step_evidence(self, by: int) -> None:
        """Open the evidence before or after the one on show, of the same answer."""
        if self._answer is None:
            return
        numbers = [item.n for item in self._answer.evidence]
        at = numbers.index(self._n) + by if self._n in numbers else -1
        if 0 <= at < len(numbers):
            self.open_evidence(self._answer, numbers[at])

    def _show_banner(self) -> None:
        numbers = [item.n for item in self._answer.evidence] if self._answer else []
        shown = self._answer is not None and self._n in numbers
        self.banner.setVisible(shown)
        if self._answer is not None and self._n in numbers:
            at = numbers.index(self._n) + 1
            self.banner.show_evidence(at, len(numbers), self._answer.question)

    # -- where one is ----------------------------------------------------------------------------

    def _text_moved(self, offset: int) -> None:
        if self._shelf is None or self.shows_pages:
            return
        self._places[self._shelf.source.id] = offset
        self.listening.moved(offset)
        section = self._shelf.section_at(offset)
        if section is not None:
            self._name_chapter(self._shelf.sections.index(section))
        self._show_where(self._shelf.page_at(offset))

    def _page_moved(self, number: int) -> None:
        if self._shelf is None or not self.shows_pages:
            return
        page = next((p for p in self._shelf.pages if p.number == number), None)
        if page is None:
            return
        self._places[self._shelf.source.id] = page.start
        section = self._shelf.section_at(max(page.start, page.end - 1))
        if section is not None:
            self._name_chapter(self._shelf.sections.index(section))
        self._show_where(page)

    def _name_chapter(self, index: int) -> None:
        self.header.show_chapter(index)
        self.chapter_shown.emit(index)

    def _show_where(self, page: PageRow | None) -> None:
        if self._shelf is None:
            return
        self.moved.emit()
        source = self._shelf.source
        is_pdf = source.kind == "pdf"
        self.header.show_page(page, len(self._shelf.pages), is_pdf=is_pdf)
        chapter = f", {self.header.chapters.name}"
        where = f", page {page.label}" if page is not None else ""
        self.sheet.setAccessibleName(f"{source.title}{chapter}{where}")
        self.page_view.setAccessibleName(f"{source.title}{where}, {self.header.index.text()}")

    def _focus_view(self) -> None:
        if self.isVisible():
            (self.page_view if self.shows_pages else self.sheet).setFocus()

    # -- pages -----------------------------------------------------------------------------------

    def show_as_pages(self, pages: bool) -> None:
        """Show the source's own pages, or its text, at the same place."""
        if self._shelf is None or pages == self.shows_pages:
            return
        self._wants_pages = pages
        self._picture_errors = 0
        if pages:
            offset = self.sheet.here()
            self._clear_notice()
            self._show_view(pages=True)
            self._reveal_page(offset)
        else:
            page = self._current_page()
            self._show_view(pages=False)
            if page is not None:
                here = self._span is not None and page.start <= self._first() < page.end
                start = self._first() if here else page.start
                self.go_to(start, share=0.3 if here else 0.0)
        self._focus_view()

    def _show_view(self, *, pages: bool) -> None:
        view = self.page_view if pages else self.sheet
        self._views.setCurrentWidget(view)
        self.setFocusProxy(view)
        self.turner.setVisible(not pages and bool(self._neighbour(-1) or self._neighbour(1)))
        self.header.show_view(pages=pages)
        self.annotating.fit()
        if pages:
            self._page_moved(self.page_view.page)
        else:
            self._text_moved(self.sheet.here())

    def _first(self) -> int:
        """Where what one came for begins: the first cited word, else the evidence."""
        if self._cited:
            return self._cited[0][0]
        return self._span[0] if self._span is not None else 0

    def _reveal_page(self, offset: int) -> None:
        if self._shelf is None:
            return
        marked = self.page_view.marked() or self.page_view.underlined()
        if self._span is not None and offset == self._first() and marked:
            number, box = marked[0]
            self.page_view.reveal(number, box[1], 0.3)
            return
        page = self._shelf.page_at(offset)
        if page is not None:
            self.page_view.reveal(page.number)

    def _ask_picture(self, number: int, width: int) -> None:
        if self._library is None or self._shelf is None:
            return
        source = self._shelf.source.id
        self._jobs.run(
            self._library.sources.page_picture,
            source,
            number,
            width,
            done=partial(self._picture_came, source, number, width),
            failed=partial(self._picture_failed, source, number, width),
        )

    def _ask_letters(self, page: PageRow) -> None:
        if self._library is not None and self._shelf is not None:
            source = self._shelf.source.id
            came = partial(self._letters_came, source, page.number)
            self._jobs.run(letters_of, self._library, source, page, done=came)

    def _letters_came(self, source: int, number: int, letters: Letters) -> None:
        if self._shelf is not None and self._shelf.source.id == source:
            self.page_view.set_letters(number, letters)

    def _picture_came(
        self, source: int, number: int, width: int, picture: tuple[int, int, bytes]
    ) -> None:
        if self._shelf is not None and self._shelf.source.id == source:
            self.page_view.set_picture(number, width, picture)

    def _picture_failed(self, source: int, number: int, width: int, error: WorkbenchError) -> None:
        if self._shelf is None or self._shelf.source.id != source:
            return
        self.page_view.picture_failed(number, width)
        self._picture_errors += 1
        if self.page_view.pictures == 0 and self.shows_pages:
            # No page can be shown, so the original is gone: its text is all here.
            page = self._current_page()
            self._show_view(pages=False)
            self._say(notices.no_pages(error))
            if self._span is not None:
                self.go_to(self._first(), share=0.3)
            elif page is not None:
                self.go_to(page.start)

    # -- finding ---------------------------------------------------------------------------------

    def open_find(self) -> None:
        """Open the find bar."""
        if self._shelf is not None and self._library is not None:
            self.finder.open(self._library, self._shelf)

    def find_words(self, words: str) -> None:
        """Open the find bar, and look for these words."""
        self.finder.bar.field.setText(words)
        self.open_find()

    def _here(self) -> int:
        page = self._current_page() if self.shows_pages else None
        return page.start if page is not None else self.sheet.here()

    def _hit_changed(self) -> None:
        hit = self.finder.current
        self.sheet.show_hits(self.finder.hits, hit)
        if hit is None or self._library is None or self._shelf is None:
            self.page_view.show_hit(())
        elif self.shows_pages:
            source = self._shelf.source.id
            self._jobs.run(box_of, self._library, source, hit, done=self._hit_boxes, key=_HIT)
        else:
            self.go_to(hit[0], share=0.3)

    def _hit_boxes(self, boxes: tuple[tuple[int, Box], ...]) -> None:
        self.page_view.show_hit(boxes)
        if boxes:
            number, box = boxes[0]
            self.page_view.reveal(number, box[1], 0.3)

    # -- copying, zoom, keys ---------------------------------------------------------------------

    def chosen_span(self) -> tuple[int, int] | None:
        """The span of the source's text that is selected, or else that one came for."""
        if self._shelf is None:
            return None
        if self.shows_pages:
            return self.page_view.selected_span or self._span
        return self.sheet.selected_span() or self._span

    def copy_with_citation(self) -> None:
        """Copy the selected words, else the whole evidence, with their reference."""
        if self._shelf is None:
            return
        span = self.chosen_span()
        words = self._words(span) if span else ""
        if self.shows_pages and self.page_view.selected_span is not None:
            words = " ".join(self.page_view.selected_words(*self.page_view.selected_span).split())
        page = self._current_page() if self.shows_pages else None
        place = citing.place_of(self._shelf, span, self.sheet.here(), page)
        QGuiApplication.clipboard().setText(citing.cited(self._shelf, place, words))
        self.copied.emit(self._shelf.source.id, place, words)

    def zoom(self, steps: int) -> None:
        """Enlarge or shrink what is read; 0 goes back to the usual size."""
        if self.shows_pages:
            self.page_view.zoom(steps)
        else:
            self.sheet.zoom(steps)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.annotating.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        key = event.key()
        if control and key == Qt.Key.Key_F:
            self.open_find()
        elif control and key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(1)
        elif control and key == Qt.Key.Key_Minus:
            self.zoom(-1)
        elif control and key == Qt.Key.Key_0:
            self.zoom(0)
        elif alt and key == Qt.Key.Key_Left:
            self.back.emit()
        elif key == Qt.Key.Key_Escape and self.find_bar.isVisible():
            self.finder.close()
        else:
            super().keyPressEvent(event)

    def _clear_notice(self) -> None:
        clear(self._notice)
        self._notices.hide()

    def _say(self, *widgets: QWidget) -> None:
        clear(self._notice)
        for widget in widgets:
            self._notice.addWidget(widget)
        self._notices.setVisible(bool(widgets))


#: Kinds of sources that are shown as they look.
_PAGED = ("pdf", "image")


def _evidence(answer: Answer | None, n: int | None) -> Evidence | None:
    if answer is None or n is None:
        return None
    return next((item for item in answer.evidence if item.n == n), None)
