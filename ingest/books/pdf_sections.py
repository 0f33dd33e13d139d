"""Blocks of PDF pages into sections: one per chapter, wherever on a page it begins.

Pages and chapters divide the text independently: a `Page` belongs to the section in which it starts
and may end in the next. A section is emitted once its last page is complete.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ingest import boxes as packing
from ingest import segment
from ingest.books import pdf_flow
from ingest.books.chapters import repeats
from ingest.books.headings import classify, is_notes
from ingest.books.pdf_floats import FLOATS
from ingest.books.pdf_flow import Block, Flow, Style
from ingest.books.pdf_page import PageText
from ingest.records import Page, Passage, Section

#: Pages of a section without chapters; and pages after which a chapter is divided.
PAGES_A_SECTION = 16
MOST_PAGES = 80
_BREAK = "\n\n"
#: Chapters found by layout: deepest level, and fewest characters of a bold heading.
_DEEPEST = 3
_SHORTEST = 200


@dataclass(frozen=True, slots=True)
class Mark:
    """An outline entry: its page, counted from 1, and its position down the page in points.

    `down` is None for the page as a whole.
    """

    title: str
    page: int
    level: int
    down: float | None = None


@dataclass(slots=True)
class _Open:
    """A section under construction. `body` are spans of running text, relative to its start."""

    title: str
    chapter: str
    level: int
    start: int
    first_page: int
    kind: str = ""
    size: float = 0.0
    texts: list[str] = field(default_factory=list)
    length: int = 0
    body: list[list[int]] = field(default_factory=list)
    whole: bool = False
    stream: str = ""
    pages: list[Page] = field(default_factory=list)
    figures: int = 0


@dataclass(slots=True)
class _Pending:
    """A page that is complete except for the white space after it."""

    page: PageText
    section: _Open
    start: int
    texts: list[str] = field(default_factory=list)
    cells: list[NDArray[np.int32]] = field(default_factory=list)


class Sections:
    """Takes the pages in order (`lay`, finally `finish`) and yields the sections."""

    def __init__(self, marks: Sequence[Mark], style: Style, language: str, title: str = "") -> None:
        self._by_page: dict[int, list[Mark]] = {}
        for mark in marks:
            self._by_page.setdefault(mark.page, []).append(mark)
        self._outlined = bool(marks)
        self._style = style
        self._language = language
        self._title = title
        self._begun = False
        self._ordinal = 0
        self._offset = 0
        self._above: list[tuple[int, str]] = []
        self._sizes: dict[int, float] = {}
        self._current = _Open("", "", 1, 0, 1)
        self._waiting: list[_Open] = []
        self._pending: _Pending | None = None
        self._pages: list[Page] = []
        self._starts: list[int] = []
        self._labels: list[tuple[int, str]] = []

    def lay(self, flow: Flow) -> Iterator[Section]:
        """Append a page; yields completed sections."""
        openers: list[Mark | None] = [None] * len(flow.blocks)
        for mark in self._by_page.get(flow.page.number, []):
            at = _place_of(mark, flow.blocks, openers)
            if at is not None:
                openers[at] = mark
            elif flow.blocks:
                # Of two entries for one place the later is the deeper.
                self._enter(mark)
        if flow.blocks:
            openers[0] = openers[0] or self._by_looks(flow.blocks[0])
            self._space(flow.blocks[0], bool(openers[0]))
        yield from self._page_done()
        self._begin(flow, openers)

    def finish(self) -> Iterator[Section]:
        """Complete the last page and section."""
        yield from self._page_done()
        if self._current.length or self._current.pages:
            yield self._section(self._current)

    # -- laying -------------------------------------------------------------------------------

    def _begin(self, flow: Flow, openers: list[Mark | None]) -> None:
        if flow.blocks:
            self._open_where_due(flow.blocks[0], openers[0], flow.page.number)
        pending = _Pending(flow.page, self._current, self._offset)
        self._pending = pending
        self._starts.append(self._offset)
        self._labels.append((flow.page.number, flow.page.label))
        gap = np.full(len(_BREAK), -1, dtype=np.int32)
        for index, block in enumerate(flow.blocks):
            if index:
                self._append(_BREAK)
                pending.texts.append(_BREAK)
                pending.cells.append(gap)
                openers[index] = openers[index] or self._by_looks(block)
                self._open_where_due(block, openers[index], flow.page.number)
            self._add(block, is_opener=openers[index] is not None)
            pending.texts.append(block.text)
            pending.cells.append(block.cells)

    def _append(self, text: str) -> None:
        self._current.texts.append(text)
        self._current.length += len(text)
        self._offset += len(text)

    def _add(self, block: Block, *, is_opener: bool) -> None:
        section = self._current
        floats = block.kind in FLOATS
        heads = (block.heading or is_opener) and not block.numbered
        running = not (heads or (block.kind and not floats))
        if running:
            end = section.length + len(block.text)
            # A caption or figure is a passage of its own; notes and tables do not mix with text.
            same = block.kind == section.stream and block.kind not in ("caption", "figure")
            if section.whole and section.body and same:
                section.body[-1][1] = end
            else:
                section.body.append([section.length, end])
        section.whole, section.stream = running, block.kind
        self._append(block.text)

    def _space(self, first: Block, opens: bool) -> None:
        """White space between two pages, part of the first of them."""
        if self._pending is None or not self._offset:
            return
        if opens:
            first.joins = False
        glue = first.glue if first.joins else _BREAK
        if glue:
            self._append(glue)
            self._pending.texts.append(glue)
            self._pending.cells.append(np.full(len(glue), -1, dtype=np.int32))

    def _open_where_due(self, block: Block, opener: Mark | None, page: int) -> None:
        section = self._current
        kind = block.kind if block.kind in {"front", "back"} else ""
        if kind != section.kind and not (kind == "front" and section.length):
            self._open(Mark("Project Gutenberg" if kind else "", page, 1), page, kind)
        if opener is not None:
            self._open(opener, page, kind, block.size)
            return
        limit = MOST_PAGES if section.title else PAGES_A_SECTION
        if page - self._current.first_page >= limit and not block.joins:
            self._close()
            self._current = _Open(
                section.title, section.chapter, section.level, self._offset, page, section.kind
            )
            self._current.pages.extend(self._pages)

    def _open(self, mark: Mark, page: int, kind: str, size: float = 0.0) -> None:
        chapter = self._enter(mark) if mark.title and not kind else mark.title
        self._sizes[mark.level] = size
        self._close()
        self._current = _Open(
            mark.title, chapter, mark.level, self._offset, page, kind, size or self._current.size
        )
        self._current.pages.extend(self._pages)

    def _close(self) -> None:
        if self._current.length:
            self._waiting.append(self._current)
            self._pages = []
        else:
            # Pages without words belong to the section of the next ones.
            self._pages = self._current.pages

    def _enter(self, mark: Mark) -> str:
        self._above = [(level, title) for level, title in self._above if level < mark.level]
        self._above.append((mark.level, mark.title))
        return " · ".join(title for _, title in self._above if not repeats(title, self._title))

    def _by_looks(self, block: Block) -> Mark | None:
        """A chapter by layout that is not in the outline."""
        if self._outlined or not block.heading or block.kind:
            return None
        title = " ".join(block.text.split())
        if len(title) > 140 or not any(map(str.isalpha, title)):
            return None
        if block.numbered:
            return Mark(title, 0, 1)
        kind = classify(title)
        worded = kind is not None and kind[0] in {"chapter", "part", "named"}
        lower = classify(self._current.title) if kind is not None and kind[0] == "named" else None
        if (not worded or (lower is not None and lower[0] == "chapter")) and (
            not self._current.body and self._current.length
        ):
            # More of a title page, a subtitle, or the title under "Chapter 1".
            return None
        larger = [
            level for level, _ in self._above if self._sizes.get(level, 0.0) > block.size * 1.05
        ]
        level = 1 if worded or not larger else min(_DEEPEST, larger[-1] + 1)
        if level > 1 or not worded:
            plain = block.size <= self._style.size * 1.14
            if plain and self._current.body and self._current.length < _SHORTEST:
                # Names in a play, questions of an interview: no chapters.
                return None
        return Mark(title, 0, level)

    # -- handing on ---------------------------------------------------------------------------

    def _page_done(self) -> Iterator[Section]:
        pending, self._pending = self._pending, None
        if pending is not None:
            text = "".join(pending.texts)
            cells = np.concatenate(pending.cells) if pending.cells else np.zeros(0, dtype=np.int32)
            page = pending.page
            pending.section.figures += page.pictured
            pending.section.pages.append(
                Page(
                    number=page.number,
                    label=page.label,
                    start=pending.start,
                    end=pending.start + len(text),
                    width=page.width,
                    height=page.height,
                    boxes=packing.pack(pdf_flow.boxes_of(cells, page.boxes)),
                )
            )
        waiting, self._waiting = self._waiting, []
        for section in waiting:
            yield self._section(section)

    def _section(self, section: _Open) -> Section:
        text = "".join(section.texts)
        kind = section.kind
        results: tuple[Passage, ...] = ()
        if not kind:
            results = segment.passages(
                text,
                section.start,
                self._language,
                chapter=section.chapter or None,
                body=[(a, b) for a, b in section.body],
            )
            self._begun = self._begun or bool(results)
            # Before the first running text are the title page and the contents.
            kind = "notes" if is_notes(section.title) else "body" if self._begun else "front"
        created = Section(
            ordinal=self._ordinal,
            title=section.title,
            start=section.start,
            text=text,
            passages=tuple(map(self._with_page, results)),
            level=section.level,
            kind=kind,
            pages=tuple(section.pages),
            figures=section.figures,
        )
        self._ordinal += 1
        return created

    def _with_page(self, passage: Passage) -> Passage:
        """The passage with the page of its first character."""
        index = bisect_right(self._starts, passage.locator.start) - 1
        number, label = self._labels[index]
        return segment.at_page(passage, number, label)


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _place_of(mark: Mark, blocks: Sequence[Block], used: Sequence[Mark | None]) -> int | None:
    """The block of an outline entry: by its words, its position, or the first."""
    free = [index for index in range(len(blocks)) if used[index] is None]
    results = next((index for index in free if _matches(mark.title, blocks[index].text)), None)
    if results is None and mark.down is not None:
        edge = mark.down - 4.0
        results = next((index for index in free if blocks[index].top >= edge), None)
    return results if results is not None else next(iter(free[:1]), None)


def _matches(title: str, text: str) -> bool:
    """Whether a block is the heading of an outline entry."""
    if len(text) > 2 * len(title) + 60:
        return False
    request, results = _letters(title), _letters(text)
    if not request or not results:
        return False
    if results.startswith(request) or (
        results.endswith(request) and len(results) < len(request) + 16
    ):
        return True
    return request.endswith(results) and len(results) > 3
