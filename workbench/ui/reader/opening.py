"""What a worker fetches so that the Reader can open a place in one go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.records import Box
from workbench.jobs import Cancel
from workbench.store.records import PageRow, SectionRow, SourceRow
from workbench.ui.reader.finding import Span, find_all
from workbench.ui.reader.paragraphs import STRETCH

if TYPE_CHECKING:
    from workbench.library import Library


@dataclass(frozen=True, slots=True)
class Shelf:
    """A source with its chapters and pages, without its text."""

    source: SourceRow
    sections: tuple[SectionRow, ...]
    pages: tuple[PageRow, ...]
    chapters: tuple[tuple[SectionRow, ...], ...]

    def chapter_at(self, offset: int) -> int:
        """Which of `chapters` holds the offset, or is the last one before it."""
        found = 0
        for index, sections in enumerate(self.chapters):
            if sections[0].start > offset:
                break
            found = index
        return found

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
    chapter: Chapter
    span: Span | None
    lost: bool
    boxes: tuple[tuple[int, Box], ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """What is read in one go: sections with their text, and the offset in it to go to.

    `index` is its place among the chapters of its `Shelf`.
    """

    index: int
    sections: tuple[SectionRow, ...]
    text: str
    offset: int

    @property
    def start(self) -> int:
        """The offset of the first character of `text`."""
        return self.sections[0].start if self.sections else 0

    @property
    def end(self) -> int:
        """The offset after the last character of `text`."""
        return self.start + len(self.text)

    @property
    def title(self) -> str:
        """The chapter's name."""
        return title(self.sections[0]) if self.sections else ""

    def words(self, span: Span) -> str:
        """The words at `span`, white space as single spaces."""
        return " ".join(self.text[span[0] - self.start : span[1] - self.start].split())


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
    sections = tuple(library.sections(source))
    pages = tuple(library.pages(source))
    shelf = Shelf(library.source(source), sections, pages, group(sections))
    cancel.check()
    chapter = open_chapter(library, shelf, shelf.first_words() if start is None else start)
    cancel.check()
    span: Span | None = None
    lost = False
    boxes: tuple[tuple[int, Box], ...] = ()
    if start is not None and end is not None:
        words = _words_at(library, source, chapter, (start, end))
        if words and (quote is None or words == " ".join(quote.split())):
            span = (start, end)
            boxes = tuple(library.page_boxes(source, start, end)) if shelf.pages else ()
        else:
            lost = True
    return Opened(shelf, chapter, span, lost, boxes)


def _words_at(library: Library, source: int, chapter: Chapter, span: Span) -> str:
    if chapter.start <= span[0] and span[1] <= chapter.end:
        return chapter.words(span)
    return " ".join(library.text_at(source, *span).split())


def open_chapter(library: Library, shelf: Shelf, offset: int) -> Chapter:
    """Fetch the text of the chapter that holds `offset`."""
    if not shelf.chapters:
        return Chapter(0, (), "", offset)
    index = shelf.chapter_at(offset)
    sections = shelf.chapters[index]
    text = "".join(library.section_text(section.id) for section in sections)
    return Chapter(index, sections, text, offset)


def group(sections: Sequence[SectionRow]) -> tuple[tuple[SectionRow, ...], ...]:
    """Put sections together that are read in one go: a chapter with what stands under it.

    A heading of the same level or a higher one begins another; so does any heading once there is
    more than can be laid out at once.
    """
    groups: list[list[SectionRow]] = []
    for section in sections:
        here = groups[-1] if groups else []
        below = bool(here) and section.level > here[0].level and section.kind == here[0].kind
        empty = bool(here) and here[-1].end == here[0].start
        if (below or empty) and section.end - here[0].start <= STRETCH:
            here.append(section)
        else:
            groups.append([section])
    return tuple(tuple(one) for one in groups)


def title(section: SectionRow) -> str:
    """A section's name, its number where it has none."""
    return " ".join(section.title.split()) or f"Part {section.ordinal + 1}"


def search(library: Library, shelf: Shelf, words: str, cancel: Cancel) -> list[Span]:
    """Every place of `words` in the source."""
    texts = ((section.start, library.section_text(section.id)) for section in shelf.sections)
    return find_all(texts, words, cancel.check)


def box_of(library: Library, source: int, span: Span) -> tuple[tuple[int, Box], ...]:
    """Where `span` stands on the source's pages."""
    return tuple(library.page_boxes(source, *span))
