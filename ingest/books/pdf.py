"""PDF: text rebuilt from the positions of its characters, page by page, with chapters and boxes.

A sliding window shows each page its neighbours (running heads, page numbers, paragraphs across
pages) while at most a chapter is in memory. A section consists of whole pages; each passage has its
chapter, even if that begins in mid-page.
"""

import contextlib
import re
import textwrap
from collections import deque
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from ingest import boxes as packing
from ingest import segment
from ingest.best_effort import attempt
from ingest.books import (
    gutenberg,
    naming,
    pdf_figure_words,
    pdf_floats,
    pdf_flow,
    pdf_furniture,
    pdf_page,
    pdf_scan,
    pdfium,
)
from ingest.books.document import is_page_number
from ingest.books.hyphens import Words
from ingest.books.pdf_flow import Flow, Style
from ingest.books.pdf_page import PageText
from ingest.books.pdf_sections import PAGES_A_SECTION, Mark, Sections
from ingest.books.pdf_title_block import (
    date_of_file,
    is_cover,
    is_name,
    printed_date,
    title_block,
)
from ingest.errors import NoTextError
from ingest.models import ocr
from ingest.parts import Parts
from ingest.patterns import later
from ingest.records import Notice, Reading, ReadRequest, Source

READER = "pdf/15"

_NO_LABEL = Notice("labels_unreadable", "The printed page numbers of this PDF could not be read.")


#: Pages that are read at most: more are no document for people, and take minutes.
_MOST_PAGES = 100_000
_SAMPLE_PAGES = 16
#: Levels of the outline that make chapters, unless they are more than this per page.
_DEEPEST = 3
_MARKS_A_PAGE = 3
_MAX_MARKS = 20_000
#: Points per side beyond which a page is invalid (seventy metres).
_LARGEST = 200_000.0
#: Invisible letters that are reported; fewer are a typesetting slip.
_UNSEEN = 8
#: Characters of the first page in which a DOI is searched.
_FIRST = 12_000
_DOI = later(r"\b(10\.\d{4,9}/[^\s\"<>]*[^\W_][^\s\"<>]*)")
_ARXIV = later(r"\barxiv:\s?(\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+(?:\.[A-Z]{2})?/\d{7}(?:v\d+)?)", re.I)
_ENUMERATED = later(r"\n\W*(?:\d+\.?\s+)?(?:References|Bibliography)\s*\n", re.I)
_NO_LETTERS = "Run the file through a text recognition (OCR) program if you need them."
#: Lines at the edges of pages that are remembered, and digits of a page's number.
_MOST_EDGES, _PAGE_DIGITS = 2_000, 4
_NOTHING_SEEN = "Text recognition found nothing there; look at the pages if you expect words."


def read(path: Path, request: ReadRequest) -> Iterator[Reading]:
    """Read one PDF: `Source`, its `Section`s with their `Page`s, perhaps `Notice`s.

    Pages in `left_out` are never opened; they are listed without text.

    Raises `EncryptedFileError`, `DamagedFileError` and `NoTextError`.
    """
    import pypdfium2

    with pdfium.open_document(path) as document:
        try:
            yield from _Reader(document, path, request).run()
        except pypdfium2.PdfiumError as error:
            raise pdfium.damaged() from error


class _Reader:
    """One reading of a document: its properties, and the window over its pages."""

    def __init__(self, document: Any, path: Path, request: ReadRequest) -> None:
        self.document = document
        self.path = path
        self.request = request
        self.count = self.declared = self.beyond = 0
        self.style = Style(10.0, 12.0, False)
        self.language = ""
        self.marks: list[Mark] = []
        self.wordless: list[int] = []
        self.letterless: list[int] = []
        self.unseen: dict[int, str] = {}
        self.aside: dict[int, str] = {}
        self.struck: dict[int, str] = {}
        self.broken: list[int] = []
        self.sampled: dict[int, PageText] = {}
        self.words = Words()
        #: Words of the text, and the lines that were left out at the edges of pages.
        self.seen: set[str] = set()
        self.edges: dict[str, int] = {}
        self.scans = pdf_scan.Scans()
        self.figures = pdf_figure_words.FigureWords()
        self.parts = Parts("part", cancel=request.cancel)
        #: Pages on which this program failed.
        self.faults = Parts("page", cancel=request.cancel)

    def run(self) -> Iterator[Reading]:
        with pdfium.LOCK:
            self.declared = len(self.document)
            there = pdfium.pages_there(self.document)
            self.count = min(there, _MOST_PAGES)
            self.beyond = there - self.count
        if not self.count:
            raise pdfium.damaged()
        sample = self._sample()
        self.style = pdf_flow.style_of(sample)
        self.words = Words(self.style.hyphenates)
        words = " ".join(line.text for page in sample for line in page.lines)
        with pdfium.LOCK:
            outline = partial(_outline, self.document, self.count, self.parts)
            self.marks = self.parts.items("bookmarks", outline)
            facts = self._facts()
        self.language = self._language(words)
        source = self._source(facts, sample, len(words))
        yield source
        title = "" if source.title in self._chapters() else source.title
        sections = Sections(self.marks, self.style, self.language, title)
        for flow in self._flows():
            for section in sections.lay(flow):
                if section.ordinal >= self.request.start_section:
                    yield section
        for section in sections.finish():
            if section.ordinal >= self.request.start_section:
                yield section
        yield from self._notices()

    # -- about the document ---------------------------------------------------------------------

    def _sample(self) -> list[PageText]:
        """Some pages with text, from all over. Raises `NoTextError` if no page has any."""
        step = max(1, self.count // _SAMPLE_PAGES)
        sample = [self._extract(number) for number in range(1, self.count + 1, step)]
        results = [page for page in sample if page.lines]
        self.sampled = {page.number: page for page in results}
        letterless = sum(not page.lettered for page in sample)
        self.broken.clear()
        if not results:
            letterless = 0
            for number in range(1, self.count + 1):
                page = self._extract(number)
                letterless += not page.lettered
                if page.lines:
                    results.append(page)
                    break
        if not results and self.scans.put_off:
            ocr.check_not_postponed()
        if not results:
            left = sum(1 <= number <= self.count for number in self.request.left_out)
            if left:
                remainder = (
                    "it has no others" if left == self.count else "the others contain no text"
                )
                raise NoTextError(
                    f"{left} of the {self.count} pages of this PDF were left out, and {remainder}.",
                    "Add the file again to read all of its pages.",
                )
            if len(set(self.broken)) == self.count:
                raise self.faults.error(pdfium.damaged())
            if letterless:
                raise NoTextError(
                    "The fonts of this PDF do not say which letters they show, so its text cannot "
                    "be read.",
                    "Run the file through a text recognition (OCR) program and add the result.",
                )
            pages = (
                "The only page of this PDF contains"
                if self.count == 1
                else (f"The {self.count} pages of this PDF contain")
            )
            if self.scans.failed and not self.scans.remedy:
                raise NoTextError(
                    f"{pages} pictures of text, and text recognition failed on them.",
                    "Run the file through another text recognition (OCR) program and add the "
                    "result.",
                )
            raise NoTextError(
                f"{pages} pictures and no text"
                + ("." if self.scans.remedy else "; text recognition found none either."),
                self.scans.remedy or "Scan them again, more sharply or with more contrast.",
            )
        if 1 in self.scans.put_off:
            # The title page identifies the document.
            self.scans.put_off.remove(1)
            self.scans.immediate_page = 1
            first = self._extract(1)
            self.sampled[1] = first
            results = [first, *results] if first.lines else results
        self.broken.clear()
        return results

    def _facts(self) -> dict[str, str]:
        """The metadata of the file; the caller holds PDFium's lock."""
        return {
            key: self.parts.value(key, partial(self.document.get_metadata_value, key)) or ""
            for key in self.document.METADATA_KEYS
        }

    def _language(self, words: str) -> str:
        with pdfium.LOCK:
            declared = (
                self.parts.value("language", partial(_declared_language, self.document)) or ""
            )
        return segment.told_language(naming.language_tag(declared), words)

    def _source(self, facts: dict[str, str], sample: Sequence[PageText], sampled: int) -> Source:
        first = sample[0] if sample[0].number == 1 else None
        if first and is_cover(first) and self.count > 1:
            first = self._behind_cover() or first
        title, author = _title_and_author(facts, first, self._chapters())
        created = naming.iso_date(facts.get("CreationDate", ""))
        metadata = {
            name.lower(): facts[name].strip()
            for name in ("Subject", "Keywords", "Creator", "Producer")
            if facts.get(name, "").strip()
        }
        metadata["pages"] = str(self.count)
        if created:
            metadata["created"] = created
        metadata |= _identifiers(facts.get("Subject", ""), self.document if first else None)
        date = printed_date(first, metadata.get("arxiv", "")) if first else ""
        texts = [line.text for page in sample for line in page.lines]
        date = date or date_of_file(created, texts)
        header = "\n".join(line.text for line in first.lines) if first else ""
        wrapping = gutenberg.unwrap(header + "\n")
        if wrapping.exists:
            title, author = wrapping.title or title, wrapping.author or author
            date = wrapping.date or date
            self.language = wrapping.language or self.language
        return Source(
            title=self.request.title or title or naming.from_file_name(self.path),
            kind="pdf",
            reader=READER,
            author=author,
            language=self.language,
            date=date,
            characters=sampled * self.count // max(1, len(sample)),
            sections=max(1, len(self.marks) or -(-self.count // PAGES_A_SECTION)),
            metadata=metadata,
        )

    def _behind_cover(self) -> PageText | None:
        """The second page, if it is a paper's first."""
        second = self.sampled.get(2) or self._extract(2)
        if second.lines:
            self.sampled[2] = second
        return second if title_block(second).authors else None

    def _chapters(self) -> set[str]:
        """The titles of several top-level bookmarks: none of them is the document's."""
        tops = {mark.title for mark in self.marks if mark.level == 1}
        return tops if len(tops) > 1 else set()

    def _notices(self) -> Iterator[Notice]:
        if self.beyond:
            yield Notice(
                code="pages_beyond",
                message=f"{self.beyond:,} pages were left out: a PDF is read up to "
                f"{_MOST_PAGES:,} pages.",
                hint="Split it into smaller files and add those.",
                words="",
            )
        elif self.count < self.declared:
            yield Notice(
                code="pages_missing",
                message=f"This PDF says that it has {self.declared} pages, but only "
                f"{self.count} are there.",
                hint="Copy or download the file again if you miss the rest.",
                words="",
            )
        faulty = {name for names in self.faults.left_out.values() for name in names}
        aside, unseen, struck = (
            " ".join(" ".join(texts.values()).split())
            for texts in (self.aside, self.unseen, self.struck)
        )
        # What is said has the verbs for one page and for several.
        for code, pages, verbs, said, hint, words in (
            ("pages_left_out", sorted(n for n in self.request.left_out if 1 <= n <= self.count),
             "was were", "of this PDF {} left out: the program could not get past it, or you asked "
             "for that.", "Re-index the source to try all of its pages again.", ""),
            ("pages_unreadable", [n for n in self.broken if str(n) not in faulty], "could could",
             "of this PDF {} not be read; the rest could.",
             "Copy or download the file again if you need them.", ""),
            ("fonts_without_letters", self.letterless, "uses use",
             "{} fonts that do not say which letters they show.",
             self.scans.remedy or _NO_LETTERS, ""),
            ("text_unseen", self.unseen, "holds hold", "{} text that nobody can see (white or tiny "
             "letters); it was left out.", "Look at the page if you expect more text on it.",
             unseen),
            ("pages_without_text", self.wordless, "holds hold", "{} pictures and no text.",
             self.scans.remedy or _NOTHING_SEEN, ""),
            ("text_aside", self.aside, "holds hold", "{} words beside the lines, such as along an "
             f"axis; they were left out: “{textwrap.shorten(aside, 80, placeholder=' …')}”.",
             "Open the file to see them.", aside),
            ("struck_out", self.struck, "holds hold", "{} struck-out words; they were left out: "
             f"“{textwrap.shorten(struck, 80, placeholder=' …')}”.", "Open the file to see them.",
             struck),
        ):  # fmt: skip
            if pages:
                verb = verbs.split()[len(pages) > 1]
                message = f"{_names([*pages])} {said.replace('{}', verb, 1)}"
                yield Notice(code, message, hint, tuple(pages), words)
        if heads := self._unsaid_edges():
            yield pdf_furniture.left_out(heads)
        yield from self.faults.notices()
        if self.scans.put_off or self.figures.put_off:
            yield ocr.POSTPONED
        yield from self.parts.notices()
        yield from self.scans.notices()
        yield from self.figures.notices()

    # -- pages ----------------------------------------------------------------------------------

    def _extract(self, number: int) -> PageText:
        self.request.cancel()
        self.request.report(number - 1, self.count, "pages")
        with pdfium.LOCK:
            if number in self.request.left_out:
                # Its size is in the page tree, so that the page is not parsed.
                return self._blank(number)
            # A page may be opened twice; `broken` reports it once.
            results = self.faults.value(str(number), partial(self._open_page, number))
            if results is None:
                self.broken.append(number)
                results = PageText(number, 0.0, 0.0, packing.unpack(b""))
            return results

    def _open_page(self, number: int) -> PageText | None:
        """Open a page; None if PDFium fails."""
        import pypdfium2

        try:
            if max(self.document.get_page_size(number - 1)) > _LARGEST:
                return None
            page = pdfium.page_of(self.document, number - 1)
            try:
                results = pdf_page.extract(page, number)
                if pdf_scan.is_scan(results):
                    results = self.scans.read(page, results)
                else:
                    self.figures.read(page, results)
            finally:
                page.close()
            results.label = self._label(number)
        except pypdfium2.PdfiumError:
            return None
        return results

    def _blank(self, number: int) -> PageText:
        """A page that is not opened: its size and label, no text."""
        import pypdfium2

        try:
            width, height = self.document.get_page_size(number - 1)
        except pypdfium2.PdfiumError:
            width = height = 0.0
        blank = PageText(number, width, height, packing.unpack(b""))
        blank.label = self._label(number)
        return blank

    def _label(self, number: int) -> str:
        label: str = attempt(lambda: self.document.get_page_label(number - 1), "", _NO_LABEL)
        return label

    def _flows(self) -> Iterator[Flow]:
        """Yield the pages as blocks of text, each after the pages behind it were seen."""
        window: deque[tuple[PageText, list[pdf_furniture.Edge]]] = deque()
        previous: Flow | None = None
        visited: deque[tuple[PageText, list[pdf_furniture.Edge]]] = deque(
            maxlen=pdf_furniture.AROUND
        )
        state = _Wrapped()
        number = 0
        while number < self.count or window:
            while number < self.count and len(window) <= pdf_furniture.AROUND:
                number += 1
                page = self.sampled.pop(number, None) or self._extract(number)
                self.words.learn((line.text, line.initial) for line in page.lines)
                window.append((page, Parts("page").items("", partial(pdf_furniture.edges, page))))
            page, inner = window.popleft()
            laid = partial(self._laid, page, inner, [*visited, *window], previous)
            current = self.faults.value(str(page.number), laid)
            if current is None:
                self.broken.append(page.number)
                page = PageText(page.number, page.width, page.height, packing.unpack(b""))
                page.label = str(page.number)
                current = pdf_flow.flow(page, [], self.style, previous, self.words)
            state.mark(current)
            if page.number not in self.scans.put_off:
                self._note_lack(page)
            if page.aside:
                self.aside[page.number] = page.aside
            if page.struck:
                self.struck[page.number] = page.struck
            if len("".join(page.unseen.split())) >= _UNSEEN:
                self.unseen[page.number] = page.unseen
            if previous is not None:
                meet = partial(pdf_floats.meet, previous, current, self.style, self.words)
                self.parts.value(f"foot of page {previous.page.number}", meet)
                yield previous
            visited.append((page, inner))
            previous = current
        self.request.report(self.count, self.count, "pages")
        if previous is not None:
            pdf_floats.close(previous)
            yield previous

    def _note_lack(self, page: PageText) -> None:
        if not page.lettered:
            self.letterless.append(page.number)
        elif not page.lines and page.objects and page.number not in self.broken:
            self.wordless.append(page.number)

    def _unsaid_edges(self) -> list[str]:
        """Running heads and feet with words or numbers that are nowhere in the text."""
        results: dict[str, str] = {}
        for mark in self.marks:
            self.seen.update(_words(mark.title))
        for line in self.edges:
            fresh = _words(line) - self.seen
            # A number of few digits is that of a page.
            if not is_page_number(line) and any(
                not word.isdecimal() or len(word) > _PAGE_DIGITS for word in fresh
            ):
                results.setdefault(re.sub(r"\d+", "#", line), line)
        return list(results.values())

    def _laid(
        self,
        page: PageText,
        inner: list[pdf_furniture.Edge],
        surrounding: Sequence[tuple[PageText, list[pdf_furniture.Edge]]],
        previous: Flow | None,
    ) -> Flow:
        """The running text of a page, without furniture."""
        removed, printed = pdf_furniture.furniture(page, inner, surrounding)
        page.label = page.label or printed or str(page.number)
        retained = [edge for edge in inner if id(edge.line) not in removed]
        pdf_furniture.number_tops(page, retained, surrounding)
        lines = [line for line in page.lines if id(line) not in removed]
        for line in page.lines:
            if id(line) not in removed:
                self.seen.update(_words(line.text))
            elif len(self.edges) < _MOST_EDGES:
                self.edges.setdefault(" ".join(line.text.split()), page.number)
        current = pdf_flow.flow(page, lines, self.style, previous, self.words)
        current.apart += pdf_figure_words.blocks(page, self.words)
        return current


_NOBODY = {"", "anonymous", "unknown", "user", "admin", "administrator", "owner", "default", "-"}
_RUBBISH = re.compile(
    r"(?:untitled(?:[ -]?\d+)?|unknown|document\d*|title|no title|slide \d+"
    r"|microsoft (?:word|powerpoint|excel) - .*"
    r"|.*\.(?:docx?|dvi|indd|qxd|tex|pptx?|xlsx?|rtf|odt|pages|pdf|ps|eps|wpd)|\W*|\d+)",
    re.IGNORECASE,
)


def _title_and_author(
    facts: dict[str, str], first: PageText | None, chapters: Collection[str]
) -> tuple[str, str]:
    """Title and author: as printed on the first page, or else from the metadata.

    Metadata count only if the first page contains them or is empty. A person's name counts only if
    a title is printed, too: a first page of running text does not name its author. The heading of
    one of several `chapters` is no title if there is another.
    """
    title, author = (" ".join(facts.get(name, "").split()) for name in ("Title", "Author"))
    if _RUBBISH.fullmatch(title):
        title = ""
    if author.lower() in _NOBODY:
        author = ""
    match = re.fullmatch(r"(?P<title>.{2,120}), by (?P<author>[^,]{3,60})", title)
    if match:
        title, author = match["title"], match["author"]
    if first is None:
        return title, author
    printed = title_block(first)
    present = _words("\n".join(line.text for line in first.lines))
    if present and not _words(title) <= present:
        title = ""
    if present and not _words(author) <= present and (printed.title or not is_name(author)):
        author = ""
    # A subtitle in smaller type is only in the metadata.
    if not (title and printed.title in chapters) and not _words(printed.title) < _words(title):
        title = printed.title or title
    return title, ", ".join(printed.authors) or author


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"[^\W_]+", text.casefold()) if len(word) > 1}


def _names(pages: Sequence[int]) -> str:
    visible = ", ".join(map(str, pages[:8])) + (" …" if len(pages) > 8 else "")
    return f"Page {visible}" if len(pages) == 1 else f"{len(pages)} pages ({visible})"


def _identifiers(subject: str, document: Any) -> dict[str, str]:
    """The DOI and arXiv number in the metadata, or on the first page."""
    # References of a list below are works of others.
    results = f"{subject}\n{_ENUMERATED.split(_first_words(document) if document else '')[0]}"
    patterns = {"doi": _DOI, "arxiv": _ARXIV}
    matches = {name: pattern.search(results) for name, pattern in patterns.items()}
    return {name: match[1].rstrip(".,;)") for name, match in matches.items() if match}


def _first_words(document: Any) -> str:
    """The first page in file order, including stamps in the margin."""
    import pypdfium2

    with pdfium.LOCK:
        try:
            page = pdfium.page_of(document, 0)
            with contextlib.closing(page), contextlib.closing(page.get_textpage()) as words:
                return str(words.get_text_range(0, min(words.count_chars(), _FIRST)))
        except pypdfium2.PdfiumError:
            return ""


def _declared_language(document: Any) -> str:
    import ctypes

    from pypdfium2 import raw

    size = raw.FPDFCatalog_GetLanguage(document, None, 0)
    if size <= 2:
        return ""
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    raw.FPDFCatalog_GetLanguage(document, buffer, size)
    return bytes(buffer)[: size - 2].decode("utf-16-le", "replace").strip("\x00 ")


def _outline(document: Any, count: int, parts: Parts) -> list[Mark]:
    """The bookmarks in page order, down to the level of chapters."""
    marks: list[Mark] = []
    items = islice(document.get_toc(max_depth=_DEEPEST + 2), _MAX_MARKS)
    for number, item in enumerate(items, 1):
        parts.check()
        mark = parts.value(f"bookmark {number}", partial(_mark, document, item))
        if mark is not None and mark.page <= count:
            marks.append(mark)
    marks.sort(key=lambda mark: mark.page)
    tops = [mark for mark in marks if mark.level == 1]
    if len(tops) == 1 and len(marks) > 1:
        # A single root is the book's own title.
        marks = [replace(mark, level=mark.level - 1) for mark in marks if mark.level > 1]
    for level in range(_DEEPEST, 2, -1):
        retained = [mark for mark in marks if mark.level <= level]
        if len(retained) <= _MARKS_A_PAGE * count:
            return retained
    return [mark for mark in marks if mark.level <= 2]


def _mark(document: Any, item: Any) -> Mark | None:
    """A bookmark; None without a title or page."""
    target = item.get_dest()
    index = target.get_index() if target else None
    title = " ".join((item.get_title() or "").split())
    if not title or index is None or index < 0:
        return None
    return Mark(title, index + 1, item.level + 1, _down(document, index, target))


def _down(document: Any, index: int, target: Any) -> float | None:
    """The vertical position of an outline entry in points; None for the whole page."""
    import pypdfium2

    raw = pypdfium2.raw
    mode, places = target.get_view()
    place = {raw.PDFDEST_VIEW_XYZ: 1, raw.PDFDEST_VIEW_FITH: 0, raw.PDFDEST_VIEW_FITBH: 0}.get(mode)
    if place is None or len(places) <= place or not places[place]:
        return None
    try:
        height: float = document.get_page_size(index)[1]
    except pypdfium2.PdfiumError:
        return None
    return max(0.0, height - float(places[place]))


class _Wrapped:
    """Project Gutenberg's header and licence inside a PDF: read, but no running text."""

    def __init__(self) -> None:
        self.over = False

    def mark(self, current: Flow) -> None:
        """Mark the blocks of the wrapper as no running text."""
        for index, block in enumerate(current.blocks):
            if current.page.number <= 5 and _PG_START.search(block.text):
                for previous in current.blocks[: index + 1]:
                    previous.kind = "front"
            if _PG_END.search(block.text):
                self.over = True
            if self.over:
                block.kind = "back"


_PG_START = re.compile(r"\*\*\* ?START OF (?:THE|THIS) PROJECT GUTENBERG", re.IGNORECASE)
_PG_END = re.compile(
    r"\*\*\* ?END OF (?:THE|THIS) PROJECT GUTENBERG|^End of (?:the )?Project Gutenberg",
    re.IGNORECASE,
)
