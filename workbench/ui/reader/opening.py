"""Loads what the Reader needs to open a place. Functions here run on a worker."""

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

#: A stretch is trimmed to paragraph boundaries within this number of characters.
_TRIM = 2_000
#: Lines next to a passage by which the width of its column is known.
_NEAR, _REACHED = 15, 3


@dataclass(frozen=True, slots=True)
class Shelf:
    """A source with its sections and pages, without its text.

    `paths` are the title paths of `sections`, in the format of quotes' locations; `outline` are the
    indices of those in the outline.
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
        """The index of the section that contains the offset, else of the last one before it."""
        return max(0, bisect_right(self.sections, offset, key=lambda each: each.start) - 1)

    def section_at(self, offset: int) -> SectionRow | None:
        """The section that contains the offset, or the last one before it."""
        return self.sections[self.section_index(offset)] if self.sections else None

    def path(self, section: SectionRow) -> str:
        """The title path of a section, outermost first."""
        return self.paths[self.section_index(section.start)]

    def page_at(self, offset: int) -> PageRow | None:
        """The page that contains the offset, or the last one before it."""
        if not self.pages:
            return None
        return self.pages[max(0, bisect_right(self.pages, offset, key=lambda p: p.start) - 1)]

    def page(self, number: int) -> PageRow | None:
        """The page with this number in the file."""
        return next((page for page in self.pages if page.number == number), None)

    def first_words(self) -> int:
        """The start of the first section that is neither title page nor contents."""
        for section in self.sections:
            if section.kind == "body" and section.end > section.start:
                return section.start
        return self.sections[0].start if self.sections else 0


@dataclass(frozen=True, slots=True)
class Stretch:
    """The part of a source's text that is laid out, around the current position.

    By paragraph index: `headings` has levels, `notes` those in small print, `items` the depth and
    the bullet or number ("" for none) of list items, `quoted` who wrote what a mail quotes.
    """

    flow: Flow
    headings: Mapping[int, int]
    notes: frozenset[int]
    items: Mapping[int, tuple[int, str]] = field(default_factory=dict)
    quoted: Mapping[int, str] = field(default_factory=dict)

    def words(self, span: Span) -> str:
        """The text of `span` with white space collapsed."""
        start = self.flow.start
        return " ".join(self.flow.source[max(0, span[0] - start) : max(0, span[1] - start)].split())


@dataclass(frozen=True, slots=True)
class Opening:
    """A place in a source, ready to be shown.

    `span` are the requested words, None if there were none or they have changed; `lost` means the
    latter. `cited` are the parts that the answer cites. `boxes` are the places of cited words on
    the pages, in fractions, `other_boxes` those of the rest of `span`; `column` is the first line,
    as wide as its column. `wanted` is the requested offset.
    """

    shelf: Shelf
    stretch: Stretch
    wanted: int
    span: Span | None = None
    lost: bool = False
    cited: tuple[Span, ...] = ()
    boxes: Boxes = ()
    other_boxes: Boxes = ()
    column: Box | None = None

    @property
    def offset(self) -> int:
        """The offset to show: the first cited word, else the requested place."""
        return self.cited[0][0] if self.cited else self.wanted


@dataclass(frozen=True, slots=True)
class Quoted:
    """The expected words at a place, and the spans that the answer cites (all of it if empty)."""

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
    """Load a source and its text around `start`, and check the quoted words.

    `quoted` is the expected text of `[start, end)`, ignoring white space; with None any text is
    accepted and counts as cited.
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
    page = shelf.page((boxes or other or ((0, None),))[0][0])
    lines = box_of(library, source, (page.start, page.end)) if page is not None else ()
    column = column_of(lines, (boxes or other)[0][1]) if lines else None
    return Opening(shelf, stretch, requested, span, False, cited, boxes, other, column)


def column_of(lines: Boxes, marked: Box) -> Box:
    """The marked line of a page, as wide as the lines next to it in the same column."""
    left, top, right, bottom = marked
    near = [box for _, box in lines if box[0] < right and box[2] > left]
    near = sorted(near, key=lambda box: abs(box[1] - top))[:_NEAR]
    if not near:
        return marked
    # What three lines reach: a heading over both columns does not count, nor do short lines.
    lefts, rights = sorted(box[0] for box in near), sorted(box[2] for box in near)
    least = min(_REACHED, len(near))
    return min(left, lefts[least - 1]), top, max(right, rights[-least]), bottom


def open_stretch(
    library: Library, shelf: Shelf, offset: int, retain: Span | None = None
) -> Stretch:
    """Load the text around `offset`, including all of `retain`, and split it into paragraphs."""
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
    quoted = {
        at: section.title
        for section in area
        if section.kind == "quoted"
        for at, block in enumerate(visible.paragraphs)
        if section.start <= block.start < section.end
    }
    return Stretch(visible, headings(visible, titles), notes(visible, titles), items, quoted)


def _cut(text: str, limit: int) -> int:
    """The start of the first paragraph that begins in `text` before `limit`, else 0."""
    for mark in ("\n\n", "\n", " "):
        at = text.find(mark, 0, max(0, min(limit, _TRIM)))
        if at >= 0:
            return at + len(mark) if at + len(mark) <= limit else 0
    return 0


def _outline(source: SourceRow, sections: Sequence[SectionRow]) -> tuple[int, ...]:
    """The indices of sections in the outline: for a chat its days instead of messages."""
    chat = source.kind == "chat"
    return tuple(at for at, item in enumerate(sections) if not chat or item.level == 1)


def paths(sections: Sequence[SectionRow]) -> tuple[str, ...]:
    """The title path of each section: "8. While We Sleep · The Price of Waking"."""
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
    """A short title: "36  The Quarter-Deck" for "CHAPTER 36. The Quarter-Deck."

    The section's number if it has none.
    """
    entire = " ".join(section.title.split())
    parts = chapter_name(entire)
    return (
        "  ".join(parts) if parts else entire or tr("Part {ordinal}", ordinal=section.ordinal + 1)
    )


def search(library: Library, shelf: Shelf, words: str, start: int, cancel: Cancel) -> list[Span]:
    """All matches of `words`; if there are too many, those from `start` on."""
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
        # Include a match that extends beyond `start`.
        [(position.start, text[: cut + len(words)])],
    )
    return sorted(set(find_all(texts, words, cancel.check)))


def box_of(library: Library, source: int, span: Span) -> Boxes:
    """The boxes of `span` on the source's pages."""
    return tuple(library.sources.page_boxes(source, *span))


def letters_of(library: Library, source: int, page: PageRow) -> Letters:
    """The text of a page with a box per character. Runs on a worker."""
    words = library.sources.text(source, page.start, page.end)
    boxes = library.sources.page_boxes(source, page.start, page.end, letters=True)
    return Letters(page.start, words, [box for _, box in boxes])


def cite(
    shelf: Shelf, span: tuple[int, int] | None, position: int, page: PageRow | None, words: str
) -> tuple[Place, str]:
    """The location of a span, and its words with a reference for the clipboard.

    Without a span, the location of `page` in the page view, else of `position`.
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
    """A history of jumps as offsets; scrolling does not change it."""

    def __init__(self) -> None:
        self._before: list[int] = []
        self._after: list[int] = []

    def clear(self) -> None:
        """Clear the history for another source."""
        self._before, self._after = [], []

    def leave(self, place: int | None) -> None:
        """Record the position before a jump and drop later ones."""
        if place is not None and (not self._before or self._before[-1] != place):
            self._before.append(place)
        self._after = []

    def back(self, place: int | None) -> int | None:
        """Return to the position before the last jump; None if there is none."""
        return _step(self._before, self._after, place)

    def forward(self, place: int | None) -> int | None:
        """Undo the last `back`; None if there is none."""
        return _step(self._after, self._before, place)

    @property
    def directions(self) -> tuple[bool, bool]:
        """Whether there are earlier and later positions."""
        return bool(self._before), bool(self._after)


def _step(source: list[int], target: list[int], here: int | None) -> int | None:
    if not source:
        return None
    if here is not None:
        target.append(here)
    return source.pop()
