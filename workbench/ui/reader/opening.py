"""What a worker fetches so that the Reader can open a place in one go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from ingest.records import Box
from workbench.jobs import Cancel
from workbench.store.records import PageRow, SectionRow, SourceRow
from workbench.ui.ask.cited import located
from workbench.ui.ask.quote import without
from workbench.ui.reader.finding import Span, find_all
from workbench.ui.reader.page_letters import Letters
from workbench.ui.reader.paragraphs import STRETCH

if TYPE_CHECKING:
    from workbench.library import Library

Boxes = tuple[tuple[int, Box], ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """A source with its chapters and pages, without its text.

    `paths` are the titles that lead to each of `sections`, as the places of quotes have them.
    """

    source: SourceRow
    sections: tuple[SectionRow, ...]
    pages: tuple[PageRow, ...]
    chapters: tuple[tuple[SectionRow, ...], ...]
    paths: tuple[str, ...]

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

    def path(self, section: SectionRow) -> str:
        """The titles that lead to a section, outermost first."""
        return self.paths[self.sections.index(section)]

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

    `span` are the words that were asked for, None where there were none or where they are not
    there any more; `lost` tells the second case. `cited` are those of them that the answer cites.
    `boxes` are the places of the cited words on the pages, in fractions, `other_boxes` those of
    the rest of `span`.
    """

    shelf: Shelf
    chapter: Chapter
    span: Span | None
    lost: bool
    boxes: Boxes
    cited: tuple[Span, ...] = ()
    other_boxes: Boxes = ()

    @property
    def offset(self) -> int:
        """Where to go: the first cited word, else the place that was asked for."""
        return self.cited[0][0] if self.cited else self.chapter.offset


@dataclass(frozen=True, slots=True)
class Quoted:
    """What a place must say, and which spans of it the answer cites (none: they all count)."""

    words: str
    cited: tuple[Span, ...]


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
    quoted: Quoted | None,
    cancel: Cancel,
) -> Opened:
    """Fetch a source, the chapter at `start`, and see whether the quoted words still stand there.

    `quoted` is what `[start, end)` must say, white space aside; None: whatever it says is right
    and counts as cited.
    """
    sections = tuple(library.sources.sections(source))
    pages = tuple(library.sources.pages(source))
    shelf = Shelf(library.sources.get(source), sections, pages, group(sections), paths(sections))
    cancel.check()
    chapter = open_chapter(library, shelf, shelf.first_words() if start is None else start)
    cancel.check()
    if start is None or end is None:
        return Opened(shelf, chapter, None, False, ())
    words = _words_at(library, source, chapter, (start, end))
    if not words.strip() or (quoted is not None and words.split() != quoted.words.split()):
        return Opened(shelf, chapter, None, True, ())
    cited: tuple[Span, ...] = ((start, end),)
    if quoted is not None:
        cited = located(words, start, quoted.words, quoted.cited)
    if not shelf.pages:
        return Opened(shelf, chapter, (start, end), False, (), cited)
    boxes, other = (
        tuple(chain.from_iterable(box_of(library, source, span) for span in spans))
        for spans in (cited, without((start, end), cited))
    )
    return Opened(shelf, chapter, (start, end), False, boxes, cited, other)


def _words_at(library: Library, source: int, chapter: Chapter, span: Span) -> str:
    if chapter.start <= span[0] and span[1] <= chapter.end:
        return chapter.text[span[0] - chapter.start : span[1] - chapter.start]
    return library.sources.text_at(source, *span)


def open_chapter(library: Library, shelf: Shelf, offset: int) -> Chapter:
    """Fetch the text of the chapter that holds `offset`."""
    if not shelf.chapters:
        return Chapter(0, (), "", offset)
    index = shelf.chapter_at(offset)
    sections = shelf.chapters[index]
    text = "".join(library.sources.text(section.id) for section in sections)
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


def paths(sections: Sequence[SectionRow]) -> tuple[str, ...]:
    """The titles that lead to each section: "8. While We Sleep · The Price of Waking"."""
    above: list[SectionRow] = []
    found = []
    for section in sections:
        while above and above[-1].level >= section.level:
            above.pop()
        own = section.title
        titles = [one.title for one in above if one.title and not own.startswith(one.title)]
        found.append(" · ".join([*titles, own] if own else titles))
        above.append(section)
    return tuple(found)


def title(section: SectionRow) -> str:
    """A section's name, its number where it has none."""
    return " ".join(section.title.split()) or f"Part {section.ordinal + 1}"


def search(library: Library, shelf: Shelf, words: str, cancel: Cancel) -> list[Span]:
    """Every place of `words` in the source."""
    texts = ((section.start, library.sources.text(section.id)) for section in shelf.sections)
    return find_all(texts, words, cancel.check)


def box_of(library: Library, source: int, span: Span) -> Boxes:
    """Where `span` stands on the source's pages."""
    return tuple(library.sources.page_boxes(source, *span))


def letters_of(library: Library, source: int, page: PageRow) -> Letters:
    """The text of a page with a box for each character (on a worker)."""
    words = library.sources.text_at(source, page.start, page.end)
    return Letters(page.start, words, library.sources.letter_boxes(source, page.start, page.end))
