"""What a worker fetches so that the Reader can open a place in one go."""

from dataclasses import dataclass

from ingest.records import Box
from workbench.jobs import Cancel
from workbench.library import Library
from workbench.store.records import PageRow, SectionRow, SourceRow
from workbench.ui.reader.finding import Span, find_all


@dataclass(frozen=True, slots=True)
class Shelf:
    """A source with its chapters and pages, without its text."""

    source: SourceRow
    sections: tuple[SectionRow, ...]
    pages: tuple[PageRow, ...]

    def section_at(self, offset: int) -> SectionRow | None:
        """The chapter that holds the offset, or the last one before it."""
        found = None
        for section in self.sections:
            if section.start > offset:
                break
            found = section
        return found or (self.sections[0] if self.sections else None)

    def page_at(self, offset: int) -> PageRow | None:
        """The page that holds the offset, or the last one before it."""
        found = None
        for page in self.pages:
            if page.start > offset:
                break
            found = page
        return found or (self.pages[0] if self.pages else None)

    def first_words(self) -> int:
        """Where reading begins: the first chapter that is neither title page nor contents."""
        for section in self.sections:
            if section.kind == "body" and section.end > section.start:
                return section.start
        return self.sections[0].start if self.sections else 0


@dataclass(frozen=True, slots=True)
class Opened:
    """A place in a source, ready to be shown.

    `span` is what to highlight, None where nothing was asked for or where the words are not there
    any more; `lost` tells the second case. `boxes` are the span's on its pages, in fractions.
    """

    shelf: Shelf
    section: SectionRow | None
    text: str
    offset: int
    span: Span | None
    lost: bool
    boxes: tuple[tuple[int, Box], ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter with its text, and the offset in it to go to."""

    section: SectionRow
    text: str
    offset: int


def open_place(
    library: Library,
    source: int,
    start: int | None,
    end: int | None,
    quote: str | None,
    cancel: Cancel,
) -> Opened:
    """Fetch a source, the chapter at `start`, and see whether the quoted words still stand there.

    `quote` is what `[start, end)` must say, white space aside; None: whatever it says is right.
    """
    shelf = Shelf(
        library.source(source), tuple(library.sections(source)), tuple(library.pages(source))
    )
    cancel.check()
    offset = shelf.first_words() if start is None else start
    section = shelf.section_at(offset)
    text = library.section_text(section.id) if section else ""
    cancel.check()
    span: Span | None = None
    lost = False
    boxes: tuple[tuple[int, Box], ...] = ()
    if start is not None and end is not None:
        words = _words_at(library, source, section, text, start, end)
        if words and (quote is None or words == " ".join(quote.split())):
            span = (start, end)
            boxes = tuple(library.page_boxes(source, start, end)) if shelf.pages else ()
        else:
            lost = True
    return Opened(shelf, section, text, offset, span, lost, boxes)


def _words_at(
    library: Library, source: int, section: SectionRow | None, text: str, start: int, end: int
) -> str:
    if section is not None and section.start <= start and end <= section.end:
        return " ".join(text[start - section.start : end - section.start].split())
    return " ".join(library.text_at(source, start, end).split())


def open_chapter(library: Library, section: SectionRow, offset: int) -> Chapter:
    """Fetch a chapter's text."""
    return Chapter(section, library.section_text(section.id), offset)


def search(library: Library, shelf: Shelf, words: str, cancel: Cancel) -> list[Span]:
    """Every place of `words` in the source."""
    texts = ((section.start, library.section_text(section.id)) for section in shelf.sections)
    return find_all(texts, words, cancel.check)


def box_of(library: Library, source: int, span: Span) -> tuple[tuple[int, Box], ...]:
    """Where `span` stands on the source's pages."""
    return tuple(library.page_boxes(source, *span))
