"""OpenDocument (ODT, ODP, ODS): paragraphs, headings, lists, table rows, and notes.

OASIS OpenDocument 1.3, part 3: `content.xml` in reading order, without tables of contents and
tracked deletions. Annotations are notes that begin with their author. Slides and sheets are headed
by their names; hidden ones, and hidden text, are left out and named. Headers and footers are below
the text, once.
"""

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from xml.etree.ElementTree import Element

from ingest import scripts
from ingest.books import document, formulas, looks, sheets, symbol_fonts, table_rows
from ingest.books.archive import attribute, content, damaged, local, open_package, whole_number, xml
from ingest.books.document import Document
from ingest.books.looks import PLAIN, Look
from ingest.books.markup import BULLET, Block
from ingest.books.numerals import numeral
from ingest.errors import EncryptedFileError, NoTextError
from ingest.parts import Parts
from ingest.records import Notice, Reading, ReadRequest

READER = "odt/7"

_NOUN = "OpenDocument text"
_SKIPPED = frozenset(
    {"tracked-changes", "annotation-end", "table-of-content", "alphabetical-index"}
    | {"illustration-index", "sequence-decls", "variable-decls", "forms", "note-citation"}
    | {"image", "object", "bookmark-ref-text", "ruby-text", "user-field-decls"}
)
#: Elements with the content, by kind.
_BODIES = frozenset({"text", "presentation", "spreadsheet"})
#: Columns of a sheet that are read.
_WIDEST = 500
#: How rows and columns of a sheet are hidden.
_CONCEALED = frozenset({"collapse", "filter"})
_MAX_DEPTH = 60
_MAX_SPACES = 40


def read(path: Path, request: ReadRequest) -> Iterator[Reading]:
    """Read one ODT: `Source`, then its `Section`s from `start_section` on.

    Raises `DamagedFileError`, `EncryptedFileError` and `NoTextError`.
    """
    parts = Parts("part")
    with open_package(path, _NOUN) as package:
        text, hidden = _document(package, parts)
    empty = NoTextError(
        "This OpenDocument file contains no words, only pictures or nothing at all.",
        "Check that it is the right file, or add a copy with text.",
    )
    yield from document.records(text, path, document.Format("odt", READER), request, parts, empty)
    if hidden:
        yield sheets.left_out(
            "slide" if next(iter(hidden)).startswith("Slide ") else "sheet", hidden
        )


def _document(package: zipfile.ZipFile, parts: Parts) -> tuple[Document, dict[str, str]]:
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
    styles = (
        parts.value("styles.xml", lambda: xml(content(package, "styles.xml", _NOUN), _NOUN))
        if "styles.xml" in names
        else None
    )
    marks = _looks([root] if styles is None else [styles, root])
    lists = _list_styles(root) | (_list_styles(styles) if styles is not None else {})
    walk = _Walk(_titles(root), marks, lists, partial(_object, package, names, parts))
    text, hidden = Document(), dict[str, str]()
    if local(body) == "spreadsheet":
        walk.drawn = "title"
    slides = 0
    for number, item in enumerate(body, 1):
        name, full = f"paragraph {number}", partial(walk.guarded_blocks, item)
        if local(body) == "presentation" and local(item) == "page":
            slides += 1
            name, full = f"slide {slides}", partial(_slide, walk, item, slides)
        elif local(body) == "spreadsheet" and local(item) == "table":
            name, full = f"sheet {number}", partial(_sheet, walk, item)
        blocks = parts.items(name, full)
        if marks.get(attribute(item, "style-name"), PLAIN).hidden and local(item) in _WHOLE:
            hidden |= {block.text: " ".join(b.text for b in blocks) for block in blocks[:1]}
        else:
            text.blocks += blocks
    if pictures := sum(local(item) == "image" for item in body.iter()):
        text.metadata["figures"] = str(pictures)
    if "meta.xml" in names:
        meta = partial(content, package, "meta.xml", _NOUN)
        parts.value("meta.xml", lambda: document.describe(xml(meta(), _NOUN), text))
    text.title = text.title or walk.title
    if local(body) == "text":
        text.title = text.title or document.first_heading(text.blocks)
    text.leave_out(walk.hidden)
    text.leave_out(walk.deleted, deleted=True)
    text.notices += walk.notices()
    text.add_edges(_edges(styles, walk, parts) if styles is not None else ())
    declared = (item for item in body if local(item) in {"header-decl", "footer-decl"})
    text.add_edges("".join(item.itertext()) for item in declared)
    return text, hidden


def _object(
    package: zipfile.ZipFile, names: set[str], parts: Parts, address: str
) -> Element | None:
    """The content of an embedded object, such as a formula or chart."""
    name = posixpath.normpath(f"{address}/content.xml")
    if name not in names:
        return None
    return parts.value(name, lambda: xml(content(package, name, _NOUN), _NOUN))


def _edges(styles: Element, walk: "_Walk", parts: Parts) -> Iterator[str]:
    """The lines of headers and footers."""
    for page in styles.iter():
        for item in page if local(page) == "master-page" else ():
            if local(item).startswith(("header", "footer")):
                blocks = parts.items(local(item), partial(walk.guarded_blocks, item))
                yield from (block.text for block in blocks)


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


def _sheet(walk: "_Walk", table: Element) -> list[Block]:
    notes: list[Block] = []
    name = attribute(table, "name")
    hidden: list[bool] = []
    for item in table.iter():
        if local(item) == "table-column" and len(hidden) < _WIDEST:
            times = min(whole_number(attribute(item, "number-columns-repeated")) or 1, _WIDEST)
            hidden += [attribute(item, "visibility") in _CONCEALED] * times

    def rows() -> Iterator[list[str | None]]:
        for row in _rows(table):
            concealed = attribute(row, "visibility") in _CONCEALED
            for cells in _cells(walk, row, notes):
                if (concealed and any(cells)) or any(map(all, zip(cells, hidden, strict=False))):
                    walk.concealed[name] = None
                yield cells

    shapes = (item for item in table if local(item) == "shapes")
    drawn = [block for item in shapes for block in walk.guarded_blocks(item)]
    return [*sheets.blocks_of(name, rows()), *drawn, *notes]


def _cells(walk: "_Walk", row: Element, notes: list[Block]) -> Iterator[list[str | None]]:
    """The cells of a row, and an empty one for each repetition; repeated cells are read once."""
    cells: list[str | None] = []
    covered = 0
    for cell in row:
        times = whole_number(attribute(cell, "number-columns-repeated")) or 1
        if local(cell) == "table-cell" and len(cells) < _WIDEST:
            blocks = walk.guarded_blocks(cell)
            notes += [block for block in blocks if block.note]
            text = " ".join(block.text.replace("\n", " ") for block in blocks if not block.note)
            text = text or attribute(cell, "value")
            if (formula := attribute(cell, "formula")) and not (
                text or attribute(cell, "value-type")
            ):
                text = sheets.uncalculated(formula.partition("=")[2])
                walk.uncalculated.append(text)
            if walk.looks.get(attribute(cell, "style-name"), PLAIN).struck:
                text = scripts.without_marks(scripts.struck(text))
            spanning = whole_number(attribute(cell, "number-columns-spanned")) or 1
            covered = spanning - 1
            cells += table_rows.spread(text, spanning)
            cells += [text] * min(times - 1, _WIDEST - len(cells))
        elif local(cell) == "covered-table-cell":
            # Covered by the cell before, or by one that spans rows.
            cells += [None] * min(max(times - max(covered, 0), 0), _WIDEST - len(cells))
            covered -= times
    yield cells
    if (whole_number(attribute(row, "number-rows-repeated")) or 1) > 1 and not any(cells):
        yield []


def _titles(root: Element) -> frozenset[str]:
    """Title styles: "Title", and those derived from it."""
    created = {
        attribute(item, "name")
        for item in root.iter()
        if local(item) == "style" and attribute(item, "parent-style-name") == "Title"
    }
    return frozenset(created | {"Title"})


#: Elements that their style may hide as a whole.
_WHOLE = frozenset({"page", "table"})


def _looks(roots: Iterable[Element]) -> dict[str, Look]:
    """Styles that raise, lower, strike out or hide (ODF 1.3, 20.398, 20.389, 20.407)."""
    results: dict[str, Look] = {}
    parents: dict[str, str] = {}
    for style in (item for root in roots for item in root.iter() if local(item) == "style"):
        name = attribute(style, "name")
        parents[name] = attribute(style, "parent-style-name")
        for item in style:
            position = attribute(item, "text-position")
            script = "" if position else None
            if position and not position.startswith("0"):
                script = scripts.DOWN if position.startswith(("sub", "-")) else scripts.UP
            through = {attribute(item, f"text-line-through-{kind}") for kind in ("style", "type")}
            shown = {attribute(item, kind) for kind in ("display", "visibility")}
            look = Look(
                script,
                not through <= {"", "none"} if through != {""} else None,
                not shown.isdisjoint({"none", "false", "hidden"}) if shown != {""} else None,
                looks.font(attribute(item, "font-name") or attribute(item, "font-family")),
            )
            results[name] = look.over(results.get(name, PLAIN))
    return looks.inherited(results, parents)


@dataclass(frozen=True, slots=True)
class _Level:
    """How a level of a list is numbered: “1” and the like, or a bullet if `form` is ""."""

    form: str
    before: str
    after: str
    levels: int
    start: int


def _list_styles(root: Element) -> dict[str, dict[int, _Level]]:
    """The levels of lists by style (ODF 1.3, 16.30 to 16.34)."""
    results: dict[str, dict[int, _Level]] = {}
    for style in root.iter():
        if local(style) == "list-style":
            results[attribute(style, "name")] = {
                whole_number(attribute(item, "level")) or 1: _Level(
                    attribute(item, "num-format") if local(item).endswith("number") else "",
                    attribute(item, "num-prefix"),
                    attribute(item, "num-suffix"),
                    whole_number(attribute(item, "display-levels")) or 1,
                    whole_number(attribute(item, "start-value")) or 1,
                )
                for item in style
            }
    return results


class _Walk:
    """Traverses a text; collects the notes of a paragraph until it ends."""

    def __init__(
        self,
        titles: frozenset[str],
        styles: Mapping[str, Look],
        lists: Mapping[str, Mapping[int, _Level]],
        embedded: Callable[[str], Element | None],
    ) -> None:
        self.title = ""
        #: Sheets with hidden rows or columns, and formulas without results.
        self.concealed: dict[str, None] = {}
        self.uncalculated: list[str] = []
        self._embedded = embedded
        #: What is read of a chart: in a spreadsheet its numbers are those of cells.
        self.drawn = "chart"
        self.deleted: list[str] = []
        self.looks = styles
        self.hidden: list[str] = []
        self._list_styles = lists
        #: The style and number of each enclosing list, and of those that ended.
        self._lists: list[tuple[str, int]] = []
        self._ended: dict[tuple[str, int], int] = {}
        self._bullet = ""
        self._titles = titles
        self._notes: list[Block] = []
        self._boxes: list[Element] = []

    def notices(self) -> Iterator[Notice]:
        """What is to be said of the cells of sheets."""
        if self.concealed:
            yield sheets.also_read(self.concealed)
        if self.uncalculated:
            yield sheets.not_calculated(self.uncalculated)

    def guarded_blocks(self, element: Element) -> list[Block]:
        """All blocks of a paragraph or table at once, so that a failure leaves none."""
        self._notes, self._boxes, self._lists, self._bullet = [], [], [], ""
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
        elif kind == "list" and depth < _MAX_DEPTH:
            yield from self._list(item, depth)
        elif kind == "annotation":
            yield from self._annotated(item, depth)
        elif kind == "section" and attribute(item, "display") == "none":
            self.hidden.append(_flat(item))
        elif kind == "object":
            if text := self._object(item):
                yield Block(text)
            boxes, self._boxes = self._boxes, []
            for box in boxes:
                yield from self.blocks(box, depth + 1)
        elif kind == "tracked-changes":
            gone = (part for part in item.iter() if local(part) == "deletion")
            self.deleted += (_flat(p) for part in gone for p in part if local(p) in {"p", "h"})
        elif kind not in _SKIPPED:
            if depth < _MAX_DEPTH:
                yield from self.blocks(item, depth + 1)
            else:
                yield Block(_flat(item))

    def _list(self, item: Element, depth: int) -> Iterator[Block]:
        """The paragraphs of a list; the first of each item has its number or bullet."""
        style = attribute(item, "style-name") or (self._lists[-1][0] if self._lists else "")
        level = len(self._lists) + 1
        form = self._list_styles.get(style, {}).get(level)
        goes_on = attribute(item, "continue-numbering") == "true"
        number = self._ended.get((style, level), 0) if goes_on else 0
        number = number or (form.start - 1 if form else 0)
        self._lists.append((style, number))
        for member in item:
            if local(member) == "list-item":
                start = whole_number(attribute(member, "start-value"))
                number = number + 1 if start is None else start
                self._lists[-1] = style, number
                self._bullet = self._marked(level) if form else ""
            yield from self.blocks(member, depth + 1)
        self._bullet = ""
        self._ended[style, level] = number
        self._lists.pop()

    def _marked(self, level: int) -> str:
        """The number of the current item, with those of the levels above that it shows."""
        forms = self._list_styles[self._lists[-1][0]]
        form = forms[level]
        if not form.form:
            return BULLET
        shown = range(max(1, level - form.levels + 1), level + 1)
        parts = [numeral(self._lists[at - 1][1], forms[at].form) for at in shown if at in forms]
        return f"{form.before}{'.'.join(parts)}{form.after}".strip()

    def _paragraph(self, paragraph: Element, kind: str, depth: int) -> Iterator[Block]:
        level = 0
        if kind == "h":
            level = min(whole_number(attribute(paragraph, "outline-level")) or 1, 6)
        words = "".join(self._words(paragraph, depth))
        text = _tidy(self._set(words, attribute(paragraph, "style-name")))
        if kind == "p" and text and attribute(paragraph, "style-name") in self._titles:
            level = 1
            self.title = self.title or text
        if text:
            mark, self._bullet = self._bullet, ""
            yield Block(text, level, depth=0 if level else len(self._lists), mark=mark)
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
            elif kind == "annotation":
                self._notes += self._annotated(item, depth)
            elif kind == "text-box":
                self._boxes.append(item)
            elif kind == "desc" and (shown := _flat(item)):
                self._notes.append(Block(f"Picture: {shown}"))
            elif kind in {"hidden-text", "hidden-paragraph"}:
                self.hidden.append(attribute(item, "string-value"))
            elif kind == "object":
                yield self._object(item)
            elif kind not in _SKIPPED:
                deep = depth >= _MAX_DEPTH
                words = _flat(item) if deep else "".join(self._words(item, depth + 1))
                yield self._set(words, attribute(item, "style-name"))
            yield _SPACE.sub(" ", item.tail or "")

    def _object(self, item: Element) -> str:
        """An embedded formula as text; a chart is read like a text box."""
        root = self._embedded(attribute(item, "href"))
        if root is None or local(root) == "math":
            return "" if root is None else formulas.of_mathml_in_xml(root)
        self._boxes += (part for part in root.iter() if local(part) == self.drawn)
        return ""

    def _set(self, words: str, style: str) -> str:
        """Words as their style sets them; hidden ones are left out."""
        look = self.looks.get(style, PLAIN)
        if look.hidden:
            self.hidden.append(words)
            return ""
        return words if look == PLAIN else look.set(words)

    def _annotated(self, item: Element, depth: int) -> list[Block]:
        """A comment, with its author."""
        if depth >= _MAX_DEPTH:
            return []
        name = next((part.text or "" for part in item if local(part) == "creator"), "").strip()
        paragraphs = [part for part in item if local(part) in {"p", "list"}]
        outer, self._notes = self._notes, []
        words = " ".join(
            block.text for part in paragraphs for block in self._block(part, depth + 1)
        )
        self._notes = outer
        of = f"Comment by {name}: " if name else "Comment: "
        return [Block(of + words, note=True)] if words else []

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
        columns = (item for item in table if local(item) == "table-column")
        if any(attribute(item, "visibility") in _CONCEALED for item in (*columns, *_rows(table))):
            self.concealed[attribute(table, "name") or "Table"] = None
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
    text = symbol_fonts.shown(scripts.without_marks(text)).replace("\u00ad", "")
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
