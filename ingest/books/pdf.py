"""PDF: text rebuilt from the places of its characters, page by page, with chapters and boxes.

Pages are read through a sliding window, so that a page knows its neighbours (running heads, page
numbers, a paragraph that goes on) while no more than a chapter is in memory. A section is made of
whole pages; each passage carries the chapter it stands in, even where that begins in mid-page.
"""

import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest import boxes as packing
from ingest import segment
from ingest.books import gutenberg, naming, pdf_flow, pdf_furniture, pdf_page, pdfium
from ingest.books.headings import classify
from ingest.books.pdf_flow import Block, Flow, Style
from ingest.books.pdf_page import PageText
from ingest.errors import NoTextError
from ingest.records import Notice, Page, Passage, Reading, Section, Source

READER = "pdf/1"

Report = Callable[[int, int, str], None]
Check = Callable[[], None]

#: Without chapters a section holds so many pages, and no section more than the second number.
PAGES_A_SECTION = 16
MOST_PAGES = 80
_SAMPLE_PAGES = 16


@dataclass(frozen=True, slots=True)
class _Mark:
    """An entry of the outline: the page it points to, counted from 1."""

    title: str
    page: int
    level: int


@dataclass(slots=True)
class _Open:
    """A section in the making."""

    title: str
    level: int
    start: int
    pages: list[Page] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    length: int = 0
    stretches: list["_Stretch"] = field(default_factory=list)


@dataclass(slots=True)
class _Stretch:
    """Running text of one chapter inside a section: `[start, end)` counted from the section."""

    start: int
    end: int
    chapter: str


def read(
    path: Path, *, title: str | None = None, start_section: int = 0, report: Report, cancel: Check
) -> Iterator[Reading]:
    """Read one PDF: `Source`, its `Section`s with their `Page`s, perhaps a `Notice`.

    Raises `EncryptedFileError`, `DamagedFileError` and `NoTextError`.
    """
    with pdfium.opened(path) as document:
        yield from _Reader(document, path, title, report, cancel).run(start_section)


class _Reader:
    """One reading of one document: what is known of it, and the window over its pages."""

    def __init__(
        self, document: Any, path: Path, title: str | None, report: Report, cancel: Check
    ) -> None:
        self.document = document
        self.path = path
        self.given_title = title
        self.report = report
        self.cancel = cancel
        self.count = 0
        self.style = Style(10.0, 12.0, False)
        self.language = ""
        self.marks: list[_Mark] = []
        self.wordless: list[int] = []
        self.broken: list[int] = []
        self.known: frozenset[str] = frozenset()

    def run(self, start_section: int) -> Iterator[Reading]:
        with pdfium.LOCK:
            self.count = len(self.document)
        if not self.count:
            raise pdfium.damaged()
        sample = self._sample()
        self.style = pdf_flow.style_of(sample)
        words = " ".join(line.text for page in sample for line in page.lines)
        with pdfium.LOCK:
            self.marks = _outline(self.document, self.count)
            facts = self.document.get_metadata_dict()
        self.language = self._language(words)
        self.known = frozenset()
        yield self._source(facts, sample, len(words))
        for section in self._sections():
            if section.ordinal >= start_section:
                yield section
        yield from self._notices()

    # -- about the document ---------------------------------------------------------------------

    def _sample(self) -> list[PageText]:
        """Some pages with text, from all over. Raises `NoTextError` where no page has any."""
        step = max(1, self.count // _SAMPLE_PAGES)
        sample = [self._extract(number) for number in range(1, self.count + 1, step)]
        found = [page for page in sample if page.lines]
        self.broken.clear()
        if not found:
            for number in range(1, self.count + 1):
                self.cancel()
                page = self._extract(number)
                if page.lines:
                    found.append(page)
                    break
        if not found:
            if len(set(self.broken)) == self.count:
                raise pdfium.damaged()
            pages = (
                "The only page of this PDF holds"
                if self.count == 1
                else (f"The {self.count} pages of this PDF hold")
            )
            raise NoTextError(
                f"{pages} pictures and no text; text recognition is not built in yet.",
                "Run the file through a text recognition (OCR) program and add the result.",
            )
        self.broken.clear()
        return found

    def _language(self, words: str) -> str:
        with pdfium.LOCK:
            declared = _declared_language(self.document)
        return naming.language_tag(declared) or segment.detect_language(words)

    def _source(self, facts: dict[str, str], sample: Sequence[PageText], sampled: int) -> Source:
        title = _useful_title(facts.get("Title", ""), self.path)
        author = facts.get("Author", "").strip()
        if author.lower() in _NOBODY:
            author = ""
        date = naming.iso_date(facts.get("CreationDate", ""))
        metadata = {
            name.lower(): facts[name].strip()
            for name in ("Subject", "Keywords", "Creator", "Producer")
            if facts.get(name, "").strip()
        }
        metadata["pages"] = str(self.count)
        header = "\n".join(line.text for line in sample[0].lines) if sample[0].number == 1 else ""
        wrapping = gutenberg.unwrap(header + "\n")
        if wrapping.found:
            title, author = wrapping.title or title, wrapping.author or author
            date = wrapping.date or date
            self.language = wrapping.language or self.language
        match = re.fullmatch(r"(?P<title>.{2,120}), by (?P<author>[^,]{3,60})", title)
        if match:
            title, author = match["title"], match["author"]
        return Source(
            title=self.given_title or title or naming.from_file_name(self.path),
            kind="pdf",
            reader=READER,
            author=author,
            language=self.language,
            date=date,
            characters=sampled * self.count // max(1, len(sample)),
            sections=max(1, len(self.marks) or -(-self.count // PAGES_A_SECTION)),
            metadata=metadata,
        )

    def _notices(self) -> Iterator[Notice]:
        if self.broken:
            pages = tuple(self.broken)
            yield Notice(
                code="pages_unreadable",
                message=f"{_named(pages)} of this PDF could not be read; the rest is in the library.",
                hint="Copy or download the file again if you need them.",
                pages=pages,
            )
        if self.wordless:
            pages = tuple(self.wordless)
            verb = "holds" if len(pages) == 1 else "hold"
            yield Notice(
                code="pages_without_text",
                message=f"{_named(pages)} {verb} pictures and no text.",
                hint="Text recognition is not built in yet; run the file through an OCR program "
                "if you need them.",
                pages=pages,
            )

    # -- pages ----------------------------------------------------------------------------------

    def _extract(self, number: int) -> PageText:
        import pypdfium2

        with pdfium.LOCK:
            try:
                page = self.document[number - 1]
                try:
                    found = pdf_page.extract(page, number)
                finally:
                    page.close()
            except pypdfium2.PdfiumError:
                self.broken.append(number)
                return PageText(number, 0.0, 0.0, packing.unpack(b""))
            found.label = self.document.get_page_label(number - 1)
            return found

    def _flows(self) -> Iterator[Flow]:
        """The pages as blocks of text, each known only when the pages after it have been seen."""
        window: deque[tuple[PageText, list[pdf_furniture.Edge]]] = deque()
        before: Flow | None = None
        seen: deque[tuple[PageText, list[pdf_furniture.Edge]]] = deque(maxlen=pdf_furniture.AROUND)
        state = _Wrapped()
        number = 0
        while number < self.count or window:
            while number < self.count and len(window) <= pdf_furniture.AROUND:
                self.cancel()
                number += 1
                page = self._extract(number)
                self._remember_words(page)
                window.append((page, pdf_furniture.edges(page)))
            page, own = window.popleft()
            gone, printed = pdf_furniture.furniture(page, own, [*seen, *window])
            page.label = page.label or printed or str(page.number)
            lines = [line for line in page.lines if id(line) not in gone]
            current = pdf_flow.flow(page, lines, self.style, before, self.known)
            state.mark(current)
            if not page.lines and page.objects and page.number not in self.broken:
                self.wordless.append(page.number)
            if before is not None:
                yield before
            seen.append((page, own))
            before = current
            self.report(page.number, self.count, "pages")
        if before is not None:
            yield before

    def _remember_words(self, page: PageText) -> None:
        """Compounds seen inside a line: broken at a line's end, they keep their hyphen."""
        found = {match.casefold() for line in page.lines for match in _COMPOUND.findall(line.text)}
        if not found <= self.known:
            self.known |= found

    # -- sections -------------------------------------------------------------------------------

    def _sections(self) -> Iterator[Section]:
        by_page: dict[int, list[_Mark]] = {}
        for mark in self.marks:
            by_page.setdefault(mark.page, []).append(mark)
        ordinal = offset = 0
        section = _Open("", 1, 0)
        above: list[tuple[int, str]] = []
        chapter = ""
        for current in self._flows():
            marks = by_page.get(current.page.number, [])
            opener = _opener(current, marks, bool(self.marks))
            full = len(section.pages) >= (MOST_PAGES if section.title else PAGES_A_SECTION)
            carries = bool(current.blocks) and current.blocks[0].joins
            if section.pages and (opener or full):
                if carries and current.blocks:
                    # A section ends what it holds; the sentence is cut, the text is not.
                    current.blocks[0].joins = False
                made = self._made(section, ordinal)
                yield made
                ordinal, offset = ordinal + 1, made.end
                section = _Open("" if opener else section.title, section.level, offset)
            if opener:
                section.title, section.level = opener.title, opener.level
            chapter = self._lay(section, current, marks, above, chapter)
        if section.pages:
            yield self._made(section, ordinal)

    def _lay(
        self,
        section: _Open,
        current: Flow,
        marks: Sequence[_Mark],
        above: list[tuple[int, str]],
        chapter: str,
    ) -> str:
        """Append a page to a section; returns the chapter that its end stands in."""
        waiting = list(marks)
        for mark in list(waiting):
            if not any(_matches(mark.title, block.text) for block in current.blocks):
                chapter = _entered(above, mark)
                waiting.remove(mark)
        start = section.length
        texts: list[str] = []
        cells: list[NDArray[np.int32]] = []
        gap = np.full(2, -1, dtype=np.int32)
        length = 0
        for index, block in enumerate(current.blocks):
            if index or section.length:
                glue = block.glue if block.joins else "\n\n"
                if index or not block.joins:
                    glue = "\n\n"
                if index:
                    texts.append(glue)
                    cells.append(gap[: len(glue)])
                    length += len(glue)
                elif glue and section.pages:
                    self._extend_last(section, glue)
                    start = section.length
            mark = next((m for m in waiting if _matches(m.title, block.text)), None)
            if mark:
                chapter = _entered(above, mark)
                waiting.remove(mark)
            elif (
                block.heading and not self.marks and not block.contents and _is_chapter(block.text)
            ):
                title = " ".join(block.text.split())
                chapter = _entered(above, _Mark(title, current.page.number, 1))
            place = start + length
            if not (block.heading or block.contents or mark):
                stretches = section.stretches
                if stretches and stretches[-1].chapter == chapter and not _split(current, index):
                    stretches[-1].end = place + len(block.text)
                else:
                    stretches.append(_Stretch(place, place + len(block.text), chapter))
            texts.append(block.text)
            cells.append(block.cells)
            length += len(block.text)
        text = "".join(texts)
        numbers = np.concatenate(cells) if cells else np.zeros(0, dtype=np.int32)
        page = current.page
        section.texts.append(text)
        section.length += length
        section.pages.append(
            Page(
                number=page.number,
                label=page.label,
                start=section.start + start,
                end=section.start + section.length,
                width=page.width,
                height=page.height,
                boxes=packing.pack(pdf_flow.boxes_of(numbers, text, page.boxes)),
            )
        )
        return chapter

    def _extend_last(self, section: _Open, glue: str) -> None:
        """White space between two pages belongs to the first of them."""
        last = section.pages[-1]
        section.texts[-1] += glue
        section.length += len(glue)
        packed = packing.unpack(last.boxes)
        padded = np.concatenate([packed, np.zeros((len(glue), 4), dtype=np.uint16)])
        section.pages[-1] = replace(last, end=last.end + len(glue), boxes=packing.pack(padded))

    def _made(self, section: _Open, ordinal: int) -> Section:
        if section.length and section.pages:
            self._extend_last(section, "\n\n")
        text = "".join(section.texts)
        found: list[Passage] = []
        for stretch in section.stretches:
            found.extend(
                segment.passages(
                    text[stretch.start : stretch.end],
                    section.start + stretch.start,
                    self.language,
                    chapter=stretch.chapter or None,
                )
            )
        return Section(
            ordinal=ordinal,
            title=section.title,
            start=section.start,
            text=text,
            passages=tuple(_placed(found, section.pages)),
            level=section.level,
            kind="body" if found else "front",
            pages=tuple(section.pages),
        )


_COMPOUND = re.compile(r"[^\W\d_]+-[^\W\d_]+")
_NOBODY = {"", "anonymous", "unknown", "user", "admin", "administrator", "owner", "default", "-"}
_RUBBISH = re.compile(
    r"(?:untitled(?:[ -]?\d+)?|unknown|document\d*|title|no title|slide \d+|microsoft (?:word|powerpoint|excel) - .*"
    r"|.*\.(?:docx?|dvi|indd|qxd|tex|pptx?|xlsx?|rtf|odt|pages|pdf|ps|eps|wpd)|\W*|\d+)",
    re.IGNORECASE,
)


def _useful_title(title: str, path: Path) -> str:
    plain = " ".join(title.split())
    return "" if _RUBBISH.fullmatch(plain) else plain


def _named(pages: Sequence[int]) -> str:
    shown = ", ".join(map(str, pages[:8])) + (" …" if len(pages) > 8 else "")
    return f"Page {shown}" if len(pages) == 1 else f"{len(pages)} pages ({shown})"


def _declared_language(document: Any) -> str:
    import ctypes

    from pypdfium2 import raw

    size = raw.FPDFCatalog_GetLanguage(document, None, 0)
    if size <= 2:
        return ""
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    raw.FPDFCatalog_GetLanguage(document, buffer, size)
    return bytes(buffer)[: size - 2].decode("utf-16-le", "replace").strip("\x00 ")


def _outline(document: Any, count: int) -> list[_Mark]:
    """The bookmarks of the first two levels, in the order of their pages."""
    marks: list[_Mark] = []
    for item in document.get_toc(max_depth=4):
        target = item.get_dest()
        index = target.get_index() if target else None
        title = " ".join((item.get_title() or "").split())
        if title and index is not None and 0 <= index < count:
            marks.append(_Mark(title, index + 1, item.level + 1))
    marks.sort(key=lambda mark: mark.page)
    tops = [mark for mark in marks if mark.level == 1]
    if len(tops) == 1 and len(marks) > 1:
        # A single root is the book's own title.
        marks = [replace(mark, level=mark.level - 1) for mark in marks if mark.level > 1]
    return [mark for mark in marks if mark.level <= 2]


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _matches(title: str, text: str) -> bool:
    """Whether a block of text is the heading that an outline entry names."""
    if len(text) > 2 * len(title) + 60:
        return False
    wanted, found = _letters(title), _letters(text)
    return (
        bool(wanted)
        and bool(found)
        and (found.startswith(wanted) or wanted.endswith(found) and len(found) > 3)
    )


def _is_chapter(text: str) -> bool:
    """Whether a heading found by its looks begins a chapter."""
    return 1 < len(text) <= 140 and any(map(str.isalpha, text))


def _entered(above: list[tuple[int, str]], mark: _Mark) -> str:
    above[:] = [(level, title) for level, title in above if level < mark.level]
    chapter = " · ".join([*(title for _, title in above), mark.title])
    above.append((mark.level, mark.title))
    return chapter


def _opener(current: Flow, marks: Sequence[_Mark], has_outline: bool) -> _Mark | None:
    """What begins a section on this page: an outline entry, or a chapter's heading."""
    if has_outline:
        return marks[0] if marks else None
    for block in current.blocks:
        if not block.heading or block.contents:
            continue
        text = " ".join(block.text.split())
        kind = classify(text)
        if (kind and kind[0] in {"chapter", "part", "named"}) or block.size > 0:
            return _Mark(text, current.page.number, 1)
    return None


def _split(current: Flow, index: int) -> bool:
    """Whether something that is no running text stands right before this block."""
    if index == 0:
        return False
    before = current.blocks[index - 1]
    return before.heading or before.contents


def _placed(found: Sequence[Passage], pages: Sequence[Page]) -> Iterator[Passage]:
    """Passages with the page that their first character stands on."""
    index = 0
    for passage in found:
        while index + 1 < len(pages) and pages[index].end <= passage.locator.start:
            index += 1
        page = pages[index]
        yield replace(
            passage, locator=replace(passage.locator, page=page.number, page_label=page.label)
        )


class _Wrapped:
    """Project Gutenberg's header and licence inside a PDF: read, but no running text."""

    def __init__(self) -> None:
        self.over = False

    def mark(self, current: Flow) -> None:
        """Mark the blocks of a page that belong to the wrapping as no running text."""
        for index, block in enumerate(current.blocks):
            if current.page.number <= 5 and _PG_START.search(block.text):
                for earlier in current.blocks[: index + 1]:
                    earlier.contents = True
            if _PG_END.search(block.text):
                self.over = True
            if self.over:
                block.contents = True


_PG_START = re.compile(r"\*\*\* ?START OF (?:THE|THIS) PROJECT GUTENBERG", re.IGNORECASE)
_PG_END = re.compile(
    r"\*\*\* ?END OF (?:THE|THIS) PROJECT GUTENBERG|^End of (?:the )?Project Gutenberg",
    re.IGNORECASE,
)
