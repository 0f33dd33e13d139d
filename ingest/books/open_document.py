"""OpenDocument (ODT, ODP, ODS): paragraphs, headings, lists, table rows, and notes.

OASIS OpenDocument 1.3, part 3: `content.xml` in reading order, without tables of contents,
annotations and tracked deletions. Slides and sheets are headed by their names.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from xml.etree.ElementTree import Element

from ingest import scripts
from ingest.books import document, naming, table_rows
from ingest.books.archive import attribute, content, damaged, local, open_package, whole_number, xml
from ingest.books.document import Document
from ingest.books.markup import Block
from ingest.books.sheets import blocks_of
from ingest.errors import EncryptedFileError, NoTextError
from ingest.parts import Parts
from ingest.records import Reading, ReadRequest

READER = "odt/4"

_NOUN = "OpenDocument text"
_SKIPPED = frozenset(
    {"tracked-changes", "annotation", "annotation-end", "table-of-content", "alphabetical-index"}
    | {"illustration-index", "sequence-decls", "variable-decls", "forms", "note-citation"}
    | {"image", "object", "bookmark-ref-text", "ruby-text", "user-field-decls"}
)
#: Elements with the content, by kind.
_BODIES = frozenset({"text", "presentation", "spreadsheet"})
#: Columns of a sheet that are read.
_WIDEST = 500
_MAX_DEPTH = 60
_MAX_SPACES = 40


def read(path: Path, request: ReadRequest) -> Iterator[Reading]:
    """Read one ODT: `Source`, then its `Section`s from `start_section` on.

    Raises `DamagedFileError`, `EncryptedFileError` and `NoTextError`.
    """
    parts = Parts("part")
    with open_package(path, _NOUN) as package:
        text = _document(package, parts)
    empty = NoTextError(
        "This OpenDocument file contains no words, only pictures or nothing at all.",
        "Check that it is the right file, or add a copy with text.",
    )
    yield from document.records(text, path, document.Format("odt", READER), request, parts, empty)


def _document(package: zipfile.ZipFile, parts: Parts) -> Document:
    names = set(package.namelist())
    manifest = "META-INF/manifest.xml"
    if manifest in names and b"encryption-data" in content(package, manifest, _NOUN):
        raise EncryptedFileError(
            "This OpenDocument file is locked with a password.",
            "Open it, save it without a password, and add that copy.",
        )
    if "content.xml" not in names:
        raise damaged(_NOUN, "has lost its text")
    root = xml(content(package, "content.xml", _NOUN), _NOUN)
    # Number formats contain elements of the name of a text, too.
    inside = next((item for item in root if local(item) == "body"), ())
    body = next((item for item in inside if local(item) in _BODIES), None)
    if body is None:
        raise damaged(_NOUN, "has lost its text")
    walk = _Walk(_titles(root), _scripts(root))
    text = Document()
    slides = 0
    for number, item in enumerate(body, 1):
        name, full = f"paragraph {number}", partial(walk.guarded_blocks, item)
        if local(body) == "presentation" and local(item) == "page":
            slides += 1
            name, full = f"slide {slides}", partial(_slide, walk, item, slides)
        elif local(body) == "spreadsheet" and local(item) == "table":
            name, full = f"sheet {number}", partial(_sheet, item)
        text.blocks += parts.items(name, full)
    if pictures := sum(local(item) == "image" for item in body.iter()):
        text.metadata["figures"] = str(pictures)
    if "meta.xml" in names:
        meta = partial(content, package, "meta.xml", _NOUN)
        parts.value("meta.xml", lambda: _describe(xml(meta(), _NOUN), text))
    text.title = text.title or walk.title
    if local(body) == "text":
        text.title = text.title or document.first_heading(text.blocks)
    return text


def _slide(walk: "_Walk", page: Element, number: int) -> list[Block]:
    """A slide under its title."""
    titled = (item for item in page.iter() if attribute(item, "class") in {"title", "subtitle"})
    frame = next(titled, None)
    title = _flat(frame).replace("\n", " ") if frame is not None else ""
    blocks = walk.guarded_blocks(page)
    if title and blocks and blocks[0].text.replace("\n", " ") == title:
        del blocks[0]
    head = Block(f"Slide {number}: {title}" if title else f"Slide {number}", level=1)
    return [head, *blocks] if title or blocks else []


def _sheet(table: Element) -> list[Block]:
    return blocks_of(attribute(table, "name"), map(_cells, _rows(table)))


def _cells(row: Element) -> list[str]:
    """The text of the cells of a row; repeated cells are read once."""
    cells: list[str] = []
    for cell in row:
        if local(cell) in {"table-cell", "covered-table-cell"} and len(cells) < _WIDEST:
            text = _flat(cell).replace("\n", " ")
            times = whole_number(attribute(cell, "number-columns-repeated")) or 1
            cells += [text] * min(times, _WIDEST - len(cells))
    return cells


def _describe(root: Element, text: Document) -> None:
    facts = {
        local(item): " ".join((item.text or "").split())
        for item in root.iter()
        if (item.text or "").strip()
    }
    text.title = facts.get("title", "")
    text.author = facts.get("initial-creator", "") or facts.get("creator", "")
    text.language = naming.language_tag(facts.get("language", ""))
    text.date = naming.iso_date(facts.get("creation-date", "") or facts.get("date", ""))
    for name in ("subject", "description"):
        if facts.get(name):
            text.metadata[name] = facts[name][:300]


def _titles(root: Element) -> frozenset[str]:
    """Title styles: "Title", and those derived from it."""
    created = {
        attribute(item, "name")
        for item in root.iter()
        if local(item) == "style" and attribute(item, "parent-style-name") == "Title"
    }
    return frozenset(created | {"Title"})


def _scripts(root: Element) -> dict[str, str]:
    """Styles that raise or lower, each with the mark for it (ODF 1.3, 20.398)."""
    results = {}
    for style in root.iter():
        for item in style if local(style) == "style" else ():
            position = attribute(item, "text-position")
            if position and not position.startswith("0"):
                lowers = position.startswith(("sub", "-"))
                results[attribute(style, "name")] = scripts.DOWN if lowers else scripts.UP
    return results


class _Walk:
    """Traverses a text; collects the notes of a paragraph until it ends."""

    def __init__(self, titles: frozenset[str], marks: Mapping[str, str]) -> None:
        self.title = ""
        self._marks = marks
        self._titles = titles
        self._notes: list[Block] = []
        self._boxes: list[Element] = []

    def guarded_blocks(self, element: Element) -> list[Block]:
        """All blocks of a paragraph or table at once, so that a failure leaves none."""
        self._notes, self._boxes = [], []
        return list(self._block(element, 0))

    def blocks(self, parent: Element, depth: int) -> Iterator[Block]:
        """The blocks inside an element."""
        for item in parent:
            yield from self._block(item, depth)

    def _block(self, item: Element, depth: int) -> Iterator[Block]:
        kind = local(item)
        if kind in {"p", "h"}:
            yield from self._paragraph(item, kind, depth)
        elif kind == "table":
            yield from self._table(item, depth)
        elif kind not in _SKIPPED:
            if depth < _MAX_DEPTH:
                yield from self.blocks(item, depth + 1)
            else:
                yield Block(_flat(item))

    def _paragraph(self, paragraph: Element, kind: str, depth: int) -> Iterator[Block]:
        level = 0
        if kind == "h":
            level = min(whole_number(attribute(paragraph, "outline-level")) or 1, 6)
        text = _tidy("".join(self._words(paragraph, depth)))
        if kind == "p" and text and attribute(paragraph, "style-name") in self._titles:
            level = 1
            self.title = self.title or text
        if text:
            yield Block(text, level)
        notes, self._notes = self._notes, []
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            yield from self.blocks(box, depth + 1)
        yield from notes

    def _words(self, parent: Element, depth: int) -> Iterator[str]:
        yield _SPACE.sub(" ", parent.text or "")
        for item in parent:
            kind = local(item)
            if kind == "s":
                count = whole_number(attribute(item, "c"))
                yield " " * (1 if count is None else min(count, _MAX_SPACES))
            elif kind == "tab":
                yield " "
            elif kind == "line-break":
                yield "\n"
            elif kind == "note":
                self._note(item, depth)
            elif kind == "text-box":
                self._boxes.append(item)
            elif kind not in _SKIPPED:
                deep = depth >= _MAX_DEPTH
                mark = self._marks.get(attribute(item, "style-name"), "")
                yield mark
                yield from [_flat(item)] if deep else self._words(item, depth + 1)
                yield scripts.END if mark else ""
            yield _SPACE.sub(" ", item.tail or "")

    def _note(self, note: Element, depth: int) -> None:
        body = next((item for item in note if local(item) == "note-body"), None)
        if body is None or depth >= _MAX_DEPTH:
            return
        outer, self._notes = self._notes, []
        words = " ".join(block.text for block in self.blocks(body, depth + 1))
        self._notes = outer
        if words:
            self._notes.append(Block(words, note=True))

    def _table(self, table: Element, depth: int) -> Iterator[Block]:
        """Each row a block; a table of one column is a frame around text."""
        notes: list[Block] = []
        rows: list[list[list[Block]]] = []
        texts: list[list[str | None]] = []
        header = (item for item in table if local(item) == "table-header-rows")
        heads = sum(len(list(_rows(item))) for item in header)
        for row in _rows(table):
            cells = []
            texts.append([])
            covered = 0
            for cell in row:
                if local(cell) == "table-cell":
                    deep = depth >= _MAX_DEPTH
                    results = [Block(_flat(cell))] if deep else list(self.blocks(cell, depth + 1))
                    notes.extend(block for block in results if block.note)
                    cells.append([block for block in results if not block.note])
                    text = " ".join(block.text.replace("\n", " ") for block in cells[-1])
                    spanning = whole_number(attribute(cell, "number-columns-spanned")) or 1
                    texts[-1] += table_rows.spread(text, spanning)
                    covered = spanning - 1
                elif local(cell) == "covered-table-cell":
                    # Covered by the cell before, or by one that spans rows.
                    texts[-1] += [None] if covered < 1 else []
                    covered -= 1
            rows.append(cells)
        if max(map(len, rows), default=0) <= 1:
            yield from (block for cells in rows for cell in cells for block in cell)
        else:
            yield from map(Block, table_rows.texts(texts, heads))
        yield from notes


def _flat(element: Element) -> str:
    """The text of an element that is nested too deeply, without blocks."""
    return _tidy(" ".join(element.itertext()))


def _rows(table: Element) -> Iterator[Element]:
    for item in table:
        if local(item) == "table-row":
            yield item
        elif local(item) in {"table-header-rows", "table-rows", "table-row-group"}:
            yield from _rows(item)


_SPACE = re.compile(r"[ \t\r\n]+")


def _tidy(text: str) -> str:
    text = scripts.without_marks(text).replace("\u00ad", "")
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
