"""Fetches, on a worker, what the Reader needs to open a place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from ingest.records import Box
from workbench.jobs import Cancel
from workbench.recall.records import Place, SourceRef
from workbench.recall.wording import chapter_name, quoted, reference
from workbench.store.records import PageRow, SectionRow, SourceRow
from workbench.ui.ask.cited import located
from workbench.ui.ask.quote import difference
from workbench.ui.language import tr
from workbench.ui.reader.finding import Span, find_all
from workbench.ui.reader.page_letters import Letters
from workbench.ui.reader.paragraphs import STRETCH, Flow, flow, headings, notes

if TYPE_CHECKING:
    from workbench.library import Library

Boxes = tuple[tuple[int, Box], ...]

#: A stretch begins and ends at a paragraph, where there is one within so many characters.
_TRIM = 2_000


@dataclass(frozen=True, slots=True)
class Shelf:
    """A source with its chapters and pages, without its text.

    `paths` are the titles that lead to each of `sections`, as the places of quotes have them;
    `outline` are the numbers of those that stand in the outline.
    """

    source: SourceRow
    sections: tuple[SectionRow, ...]
    pages: tuple[PageRow, ...]
    paths: tuple[str, ...]
    outline: tuple[int, ...] = ()

    @property
    def end(self) -> int:
        """The offset after the last character of the source."""
        return self.sections[-1].end if self.sections else 0

    def section_index(self, offset: int) -> int:
        """Which of `sections` holds the offset, or is the last one before it; 0 without any."""
        return max(0, bisect_right(self.sections, offset, key=lambda each: each.start) - 1)

    def section_at(self, offset: int) -> SectionRow | None:
        """The section that holds the offset, or the last one before it."""
        return self.sections[self.section_index(offset)] if self.sections else None

    def path(self, section: SectionRow) -> str:
        """The titles that lead to a section, outermost first."""
        return self.paths[self.section_index(section.start)]

    def page_at(self, offset: int) -> PageRow | None:
        """The page that holds the offset, or the last one before it."""
        if not self.pages:
            return None
        return self.pages[max(0, bisect_right(self.pages, offset, key=lambda p: p.start) - 1)]

    def page(self, number: int) -> PageRow | None:
        """The page of this number in the file."""
        return next((page for page in self.pages if page.number == number), None)

    def first_words(self) -> int:
        """Where reading begins: the first chapter that is neither title page nor contents."""
        for section in self.sections:
            if section.kind == "body" and section.end > section.start:
                return section.start
        return self.sections[0].start if self.sections else 0


@dataclass(frozen=True, slots=True)
class Stretch:
    """As much of a source's text as is laid out at a time, around the place one is at.

    `headings` gives the levels of those paragraphs that are headings, `notes` those set small,
    `items` those of lists, with their depth and their bullet or number ("" without).
    """

    flow: Flow
    headings: Mapping[int, int]
    notes: frozenset[int]
    items: Mapping[int, tuple[int, str]] = field(default_factory=dict)

    def words(self, span: Span) -> str:
        """The words at `span`, white space as single spaces."""
        start = self.flow.start
        return " ".join(self.flow.source[max(0, span[0] - start) : max(0, span[1] - start)].split())


@dataclass(frozen=True, slots=True)
class Opening:
    """A place in a source, ready to be shown.

    `span` are the words that were asked for, None where there were none or where they are not
    there any more; `lost` tells the second case. `cited` are those of them that the answer cites.
    `boxes` are the places of the cited words on the pages, in fractions, `other_boxes` those of
    the rest of `span`. `wanted` is the place that was asked for.
    """

    shelf: Shelf
    stretch: Stretch
    wanted: int
    span: Span | None = None
    lost: bool = False
    cited: tuple[Span, ...] = ()
    boxes: Boxes = ()
    other_boxes: Boxes = ()

    @property
    def offset(self) -> int:
        """Where to go: the first cited word, else the place that was asked for."""
        return self.cited[0][0] if self.cited else self.wanted


@dataclass(frozen=True, slots=True)
class Quoted:
    """What a place must say, and which spans of it the answer cites (none: they all count)."""

    words: str
    cited: tuple[Span, ...]


def open_place(
    library: Library,
    source: int,
    start: int | None,
    end: int | None,
    quoted: Quoted | None,
    cancel: Cancel,
) -> Opening:
    """Fetch a source, its text around `start`, and see whether the quoted words still stand there.

    `quoted` is what `[start, end)` must say, white space aside; None: whatever it says is right
    and counts as cited.
    """
    sections = tuple(library.sources.sections(source))
    pages = tuple(library.sources.pages(source))
    row = library.sources.get(source)
    shelf = Shelf(row, sections, pages, paths(sections), _outline(row, sections))
    cancel.check()
    requested = shelf.first_words() if start is None else start
    span = None if start is None or end is None else (start, end)
    stretch = open_stretch(library, shelf, requested, span)
    cancel.check()
    if span is None:
        return Opening(shelf, stretch, requested)
    words = stretch.flow.source[span[0] - stretch.flow.start : span[1] - stretch.flow.start]
    if not words.strip() or (quoted is not None and words.split() != quoted.words.split()):
        return Opening(shelf, stretch, requested, lost=True)
    cited: tuple[Span, ...] = (span,)
    if quoted is not None:
        cited = located(words, span[0], quoted.words, quoted.cited)
    if not shelf.pages:
        return Opening(shelf, stretch, requested, span, cited=cited)
    boxes, other = (
        tuple(chain.from_iterable(box_of(library, source, item) for item in spans))
        for spans in (cited, difference(span, cited))
    )
    return Opening(shelf, stretch, requested, span, False, cited, boxes, other)


def open_stretch(
    library: Library, shelf: Shelf, offset: int, retain: Span | None = None
) -> Stretch:
    """Fetch the text around `offset`, all of `retain` included, and lay it out as paragraphs."""
    first, last = retain or (offset, offset)
    start = max(0, min(offset - STRETCH // 2, shelf.end - STRETCH, first))
    end = min(shelf.end, max(start + STRETCH, last))
    text = library.sources.text(shelf.source.id, start, end)
    previous = _cut(text, min(first, offset) - start) if start else 0
    after = len(text)
    if end < shelf.end:
        after -= _cut(text[::-1], end - max(last, offset + 1))
    area = [item for item in shelf.sections if item.start < end and item.end > start]
    visible = flow(text[previous:after], start + previous, [item.start for item in area])
    titles = [(item.start, item.title, item.level) for item in area]
    listing = shelf.source.list_items
    blocks = enumerate(visible.paragraphs)
    items = {at: listing[block.start] for at, block in blocks if block.start in listing}
    return Stretch(visible, headings(visible, titles), notes(visible, titles), items)


def _cut(text: str, limit: int) -> int:
    """Where the first paragraph that begins in `text` does; at most `limit`."""
    for mark in ("\n\n", "\n", " "):
        at = text.find(mark, 0, max(0, min(limit, _TRIM)))
        if at >= 0:
            return at + len(mark) if at + len(mark) <= limit else 0
    return 0


def _outline(source: SourceRow, sections: Sequence[SectionRow]) -> tuple[int, ...]:
    """The numbers of the sections in the outline: of a chat its days, not each message."""
    chat = source.kind == "chat"
    return tuple(at for at, item in enumerate(sections) if not chat or item.level == 1)


def paths(sections: Sequence[SectionRow]) -> tuple[str, ...]:
    """The titles that lead to each section: "8. While We Sleep · The Price of Waking"."""
    above: list[SectionRow] = []
    results = []
    for section in sections:
        while above and above[-1].level >= section.level:
            above.pop()
        file = section.title
        titles = [path.title for path in above if path.title and not file.startswith(path.title)]
        results.append(" · ".join([*titles, file] if file else titles))
        above.append(section)
    return tuple(results)


def title(section: SectionRow) -> str:
    """A section's name in few words: "36  The Quarter-Deck" of "CHAPTER 36. The Quarter-Deck."

    Where it has none, its number.
    """
    entire = " ".join(section.title.split())
    parts = chapter_name(entire)
    return (
        "  ".join(parts) if parts else entire or tr("Part {ordinal}", ordinal=section.ordinal + 1)
    )


def search(library: Library, shelf: Shelf, words: str, start: int, cancel: Cancel) -> list[Span]:
    """Every place of `words` in the source; of too many those from `start` on."""
    if not shelf.sections:
        return []
    at = shelf.section_index(start)
    position = shelf.sections[at]
    text, cut = (
        library.sources.text(position.source, position.start, position.end),
        max(0, start - position.start),
    )
    remaining = (*shelf.sections[at + 1 :], *shelf.sections[:at])
    texts = chain(
        [(position.start + cut, text[cut:])],
        (
            (part.start, library.sources.text(part.source, part.start, part.end))
            for part in remaining
        ),
        # With the words that go on beyond `start`.
        [(position.start, text[: cut + len(words)])],
    )
    return sorted(set(find_all(texts, words, cancel.check)))


def box_of(library: Library, source: int, span: Span) -> Boxes:
    """Where `span` stands on the source's pages."""
    return tuple(library.sources.page_boxes(source, *span))


def letters_of(library: Library, source: int, page: PageRow) -> Letters:
    """The text of a page with a box for each character (on a worker)."""
    words = library.sources.text(source, page.start, page.end)
    boxes = library.sources.page_boxes(source, page.start, page.end, letters=True)
    return Letters(page.start, words, [box for _, box in boxes])


def cite(
    shelf: Shelf, span: tuple[int, int] | None, position: int, page: PageRow | None, words: str
) -> tuple[Place, str]:
    """The place of a span of the source's text, and a line for the clipboard: words, reference.

    Without a span it is the place `position`, or that of `page` where pages are shown.
    """
    offset = span[0] if span else position
    page = None if span else page
    page = page or shelf.page_at(offset)
    section = shelf.section_at(page.start if page and not span else offset)
    place = Place(
        page=page.number if page else None,
        page_label=page.label if page else None,
        chapter=shelf.path(section) if section else None,
        start=offset,
        end=span[1] if span else offset,
    )
    source = shelf.source
    title = SourceRef(source.id, source.key, source.title, source.path, source.kind)
    line = reference(title, place, source.author)
    return place, f"{quoted(words)} ({line})" if words else line


class History:
    """Offsets before and after the place one is at; scrolling leaves them as they are."""

    def __init__(self) -> None:
        self._before: list[int] = []
        self._after: list[int] = []

    def clear(self) -> None:
        """Another source is on show."""
        self._before, self._after = [], []

    def leave(self, place: int | None) -> None:
        """A jump leads away from here; what lay ahead is no more."""
        if place is not None and (not self._before or self._before[-1] != place):
            self._before.append(place)
        self._after = []

    def back(self, place: int | None) -> int | None:
        """Where the last jump began; None where none did."""
        return _step(self._before, self._after, place)

    def forward(self, place: int | None) -> int | None:
        """Where one came back from."""
        return _step(self._after, self._before, place)

    @property
    def directions(self) -> tuple[bool, bool]:
        """Whether there is a place before, and one after."""
        return bool(self._before), bool(self._after)


def _step(source: list[int], target: list[int], here: int | None) -> int | None:
    if not source:
        return None
    if here is not None:
        target.append(here)
    return source.pop()
