"""Excel workbooks (XLSX): each sheet under its name, each row labelled by its columns.

SpreadsheetML, ECMA-376 part 1, 18: cells as they are shown, by their number formats, with powers,
struck-out words and the letters of symbol fonts; comments and drawn text below. A formula whose
result no program has stored is said to be not calculated. Hidden sheets are left out and named.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from xml.parsers import expat

from ingest import scripts
from ingest.books import document, drawings, looks, number_formats, symbol_fonts, table_rows
from ingest.books.archive import (
    SPOILT,
    attribute,
    content,
    damaged,
    defines_entities,
    is_disk_failure,
    local,
    open_package,
    whole_number,
    xml,
)
from ingest.books.document import Document
from ingest.books.looks import PLAIN, Look
from ingest.books.markup import Block
from ingest.errors import NoTextError
from ingest.parts import Parts
from ingest.records import Notice, Reading, ReadRequest

READER = "sheets/7"

_NOUN = "Excel workbook"
#: Columns of a sheet that are read, and rows between checks for cancellation.
_WIDEST, _INTERVAL = 500, 500
#: Consecutive empty rows that end a sheet: some claim a million.
_EMPTY = 2_000
#: Cells covered by vertical merges that are handled per sheet.
_MAX_MERGED = 100_000
#: Bytes in which the first element of a sheet begins.
_PROLOG = 1 << 16
#: Hidden sheets, and cells without a result, that a notice lists.
_MOST_NAMED = 12
_LONGEST_FORMULA, _LONGEST_ADDRESS = 200, 300
#: Codes of headers and footers: the side, fonts, sizes, page numbers and dates.
_CODES = re.compile(r'&(?:"[^"]*"|K[0-9A-F]{6}|\d+|[A-Za-z&])')
_HIDDEN_COLUMN = re.compile(rb'<(?:\w+:)?col (?=[^>]*hidden="(?:1|true)")[^>]*>')
_THREAD = re.compile(r"\[Threaded comment\].*?(?:Comment|Kommentar|Commentaire):\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Style:
    """The number format of cells, and how their text is set."""

    code: str = ""
    look: Look = PLAIN


@dataclass(slots=True)
class _Book:
    """What the sheets of a workbook share, and what was found in them."""

    package: zipfile.ZipFile
    names: frozenset[str]
    strings: list[str] = field(default_factory=list)
    styles: list[_Style] = field(default_factory=list)
    since_1904: bool = False
    #: Cells with a formula without a result, and sheets with hidden rows or columns.
    uncalculated: list[str] = field(default_factory=list)
    concealed: dict[str, None] = field(default_factory=dict)

    def part(self, name: str) -> Element:
        """A part of the package, parsed."""
        return xml(content(self.package, name, _NOUN), _NOUN)

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """The relations of a part by their number: the kind, and the part or address."""
        folder, base = posixpath.split(name)
        relations = f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels"
        results = {}
        for item in self.part(relations) if relations in self.names else ():
            target = item.get("Target", "")
            if item.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            results[item.get("Id", "")] = item.get("Type", "").rpartition("/")[2], target
        return results


def read(path: Path, request: ReadRequest) -> Iterator[Reading]:
    """Read one XLSX: `Source`, then its `Section`s from `start_section` on.

    Raises `DamagedFileError` and `NoTextError`.
    """
    parts = Parts("sheet", cancel=request.cancel)
    with open_package(path, _NOUN) as package:
        book = _Book(package, frozenset(package.namelist()))
        text, hidden = _document(book, parts)
    empty = NoTextError(
        "The sheets of this workbook are empty, or contain only drawings.",
        "Check that it is the right file, or add a copy with text.",
    )
    yield from document.records(
        text, path, document.Format("sheets", READER), request, parts, empty
    )
    if hidden:
        yield left_out("sheet", hidden)
    if book.concealed:
        yield also_read(book.concealed)
    if book.uncalculated:
        yield not_calculated(book.uncalculated)


def not_calculated(cells: Sequence[str]) -> Notice:
    """A notice of cells with formulas without a result."""
    one = len(cells) == 1
    return Notice(
        "not_calculated",
        f"{len(cells)} {'cell has a formula' if one else 'cells have formulas'} "
        f"without a stored result: {_some(cells)}.",
        "Open the workbook in a spreadsheet program, save it, and add it again.",
    )


def also_read(names: Iterable[str]) -> Notice:
    """A notice of sheets with hidden rows or columns, whose cells are in the text."""
    return Notice(
        "hidden_cells",
        "Rows or columns that are hidden were read like the others: "
        f"{_some([f'“{name}”' for name in names])}.",
        "Delete them and add the file again if they should not answer.",
    )


def _some(items: Sequence[str]) -> str:
    return ", ".join(items[:_MOST_NAMED]) + (" …" if len(items) > _MOST_NAMED else "")


def left_out(noun: str, hidden: Mapping[str, str]) -> Notice:
    """A notice of hidden sheets or slides, by name the words of each."""
    names = list(hidden)
    visible = _some([f"“{name}”" for name in names])
    one = len(names) == 1
    return Notice(
        f"hidden_{noun}s",
        f"{'A' if one else len(names)} hidden {noun}{'' if one else 's'} {'was' if one else 'were'}"
        f" left out: {visible}.",
        f"Show {'it' if one else 'them'} and add the file again if you need what is there.",
        words=" ".join(hidden.values()),
    )


def _document(book: _Book, parts: Parts) -> tuple[Document, dict[str, str]]:
    main = "xl/workbook.xml"
    if main not in book.names:
        found = book.relations("").values()
        main = next((target for kind, target in found if kind == "officeDocument"), "")
    if main not in book.names:
        raise damaged(_NOUN, "has lost its sheets")
    root = book.part(main)
    relations = book.relations(main)
    by_kind = {kind: target for kind, target in relations.values() if target in book.names}
    if "styles" in by_kind:
        parts.value("styles", lambda: book.styles.extend(_styles(book.part(by_kind["styles"]))))
    if "sharedStrings" in by_kind:
        strings = parts.value("shared texts", lambda: book.part(by_kind["sharedStrings"]))
        book.strings = [_rich(item) for item in strings if local(item) == "si"] if strings else []
    text, hidden = Document(), dict[str, str]()
    for item in root.iter():
        if local(item) == "workbookPr":
            book.since_1904 = attribute(item, "date1904") in {"1", "true"}
        kind, target = relations.get(attribute(item, "id"), ("", ""))
        if local(item) != "sheet" or kind != "worksheet":
            continue
        name = " ".join(attribute(item, "name").split())
        blocks = []
        if target in book.names:
            blocks = parts.items(name, partial(_sheet, book, target, name, parts))
        if attribute(item, "state") in {"", "visible"}:
            text.blocks += blocks
        elif blocks or target not in book.names:
            hidden[name] = " ".join(block.text for block in blocks)
    if "docProps/core.xml" in book.names:
        core = partial(book.part, "docProps/core.xml")
        parts.value("docProps/core.xml", lambda: document.describe(core(), text))
        text.author = "" if text.author == "openpyxl" else text.author
    return text, hidden


# -- what cells share ------------------------------------------------------------------------------


def _styles(root: Element) -> Iterator[_Style]:
    """The formats of cells, in the order in which cells refer to them."""
    children = {local(item): item for item in root}
    codes = {
        attribute(item, "numFmtId"): attribute(item, "formatCode")
        for item in children.get("numFmts", ())
    }
    fonts = [_font(item) for item in children.get("fonts", ())]
    for item in children.get("cellXfs", ()):
        number = attribute(item, "numFmtId")
        code = codes.get(number) or number_formats.BUILT_IN.get(whole_number(number) or 0, "")
        at = whole_number(attribute(item, "fontId"))
        yield _Style(code, fonts[at] if at is not None and at < len(fonts) else PLAIN)


def _font(properties: Element) -> Look:
    facts = {local(item): attribute(item, "val") for item in properties}
    return Look(
        {"superscript": scripts.UP, "subscript": scripts.DOWN}.get(facts.get("vertAlign", "")),
        facts.get("strike", "0") not in {"0", "false"} or None,
        font=looks.font(facts.get("name") or facts.get("rFont", "")) or None,
    )


def _rich(item: Element) -> str:
    """A text of runs, with marks of `scripts`, without phonetic readings."""
    words = []
    for run in item:
        if local(run) == "t":
            words.append(run.text or "")
        elif local(run) == "r":
            text = "".join(part.text or "" for part in run if local(part) == "t")
            facts = next((part for part in run if local(part) == "rPr"), None)
            words.append(text if facts is None else _font(facts).set(text))
    return "".join(words)


# -- one sheet -------------------------------------------------------------------------------------


def _sheet(book: _Book, part: str, name: str, parts: Parts) -> list[Block]:
    try:
        with book.package.open(part) as file:
            if defines_entities(file.read(_PROLOG)):
                raise damaged(_NOUN, "defines XML entities of its own, as harmful files do")
        around = _Around(book, part, book.relations(part))
        blocks = blocks_of(name, _rows(book, part, name, around, parts))
    except (*SPOILT, expat.ExpatError) as error:
        if is_disk_failure(error):
            raise
        raise damaged(_NOUN, "has a part that is cut off or corrupt") from error
    return [*blocks, *around.blocks(parts)]


def _rows(
    book: _Book, part: str, name: str, around: "_Around", parts: Parts
) -> Iterator[table_rows.Cells]:
    """The rows of a sheet as texts, the empty ones between them included."""
    previous = 0
    with book.package.open(part) as file:
        try:
            for number, row in _elements(file):
                if number % _INTERVAL == 0:
                    parts.check()
                at = int(row.get("r") or previous + 1)
                yield from ([""] for _ in range(min(at - previous - 1, _EMPTY)))
                previous = at
                yield _cells(book, row, at, name, around)
        except (ElementTree.ParseError, ValueError) as error:
            raise damaged(_NOUN) from error


def _elements(file: IO[bytes]) -> Iterator[tuple[int, Element]]:
    """The rows of a sheet, one in memory at a time."""
    number = 0
    data: Element | None = None
    for event, element in ElementTree.iterparse(file, ("start", "end")):
        if event == "start":
            if element.tag.endswith("}sheetData") or element.tag == "sheetData":
                data = element
        elif element.tag.endswith("}row") or element.tag == "row":
            number += 1
            yield number, element
            if data is not None:
                data.clear()


def _cells(
    book: _Book, row: Element, number: int, name: str, around: "_Around"
) -> list[str | None]:
    cells: list[str | None] = []
    is_hidden = row.get("hidden") in {"1", "true"}
    for cell in row:
        at = _column(cell.get("r") or "") or len(cells) + 1
        if at > _WIDEST:
            break
        cells += [""] * (at - 1 - len(cells))
        text = _shown(book, cell)
        if text and (is_hidden or at in around.hidden):
            book.concealed[name] = None
        if text.endswith(_UNCALCULATED):
            book.uncalculated.append(f"{name}!{cell.get('r', '')}")
        if address := around.addresses.get((number, at)) if text else "":
            text = text if address in text else f"{text} ({address})"
        cells[at - 1 :] = [text]
    for at, mark in around.covered.get(number, {}).items():
        if at <= _WIDEST:
            cells += [""] * (at - len(cells))
            cells[at - 1] = mark
    return cells


_UNCALCULATED = "(not calculated)"


def uncalculated(formula: str) -> str:
    """What stands for a result that no program has stored."""
    return f"={formula[:_LONGEST_FORMULA]} {_UNCALCULATED}" if formula else _UNCALCULATED


def _column(reference: str) -> int:
    """The column of “AB12”, from 1; 0 without one."""
    column = 0
    for letter in reference:
        if not "A" <= letter <= "Z":
            break
        column = 26 * column + ord(letter) - 64
    return column


def _shown(book: _Book, cell: Element) -> str:
    """The text of a cell on one line, as it is shown."""
    kind, value, formula, inline = cell.get("t", "n"), None, None, ""
    for item in cell:
        tag = local(item)
        if tag == "v":
            value = item.text
        elif tag == "f":
            formula = " ".join((item.text or "").split())
        elif tag == "is":
            inline = _rich(item)
    at = int(cell.get("s") or 0)
    style = book.styles[at] if at < len(book.styles) else _Style()
    if value is None and formula is not None and kind != "str":
        return uncalculated(formula)
    if kind == "n" and value:
        text = number_formats.shown(value, style.code, book.since_1904)
    elif kind == "s" and value:
        text = book.strings[int(value)] if int(value) < len(book.strings) else ""
    elif kind == "b":
        text = "" if value is None else "yes" if value == "1" else "no"
    else:
        text = inline or value or ""
    if style.look != PLAIN:
        text = style.look.set(text)
    return " ".join(scripts.without_marks(symbol_fonts.shown(text)).split())


class _Around:
    """What a sheet has beside its cells: merges, addresses of links, comments, drawn text."""

    def __init__(self, book: _Book, part: str, relations: dict[str, tuple[str, str]]) -> None:
        with book.package.open(part) as file:
            raw = file.read()
        self._book = book
        self._targets = [target for target in relations.values() if target[1] in book.names]
        self.covered = _covered(raw)
        #: The numbers of hidden columns.
        self.hidden: set[int] = set()
        for item in _HIDDEN_COLUMN.findall(raw):
            ends = [int(n) for n in re.findall(rb'(?:min|max)="(\d{1,5})"', item)]
            self.hidden.update(range(min(ends, default=1), min(max(ends, default=0), _WIDEST) + 1))
        self.addresses: dict[tuple[int, int], str] = {}
        for match in re.finditer(rb"<(?:\w+:)?hyperlink [^>]*>", raw):
            fields = dict(re.findall(r'([\w:]+)="([^"]*)"', match[0].decode("utf-8", "replace")))
            id = next((value for key, value in fields.items() if key.endswith("id")), "")
            _, address = relations.get(id, ("", ""))
            if address.startswith(("http://", "https://", "mailto:")):
                reference = fields.get("ref", "").partition(":")[0]
                row = re.search(r"\d{1,7}", reference)
                if row:
                    place = int(row[0]), _column(reference)
                    self.addresses[place] = address.removeprefix("mailto:")[:_LONGEST_ADDRESS]
        found = re.findall(rb"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)>([^<]*)<", raw)
        self._edges = [item.decode("utf-8", "replace") for item in found]

    def blocks(self, parts: Parts) -> Iterator[Block]:
        """Comments, drawn text, headers and footers, of which each is a block."""
        for kind, target in self._targets:
            inner = self._book.relations(target).values() if kind == "drawing" else ()
            for what, name in ((kind, target), *inner):
                if what in _READ_AROUND and name in self._book.names:
                    yield from parts.items(name, partial(_READ_AROUND[what], self._book, name))
        import html

        texts = (_CODES.sub(" ", html.unescape(edge).replace("&&", "＆")) for edge in self._edges)
        lines = (" ".join(text.replace("＆", "&").split()) for text in texts)
        yield from (Block(line) for line in dict.fromkeys(lines) if any(map(str.isalpha, line)))


def _comments(book: _Book, part: str) -> list[Block]:
    results = []
    root = book.part(part)
    authors = [item.text or "" for item in root.iter() if local(item) == "author"]
    for item in root.iter():
        if local(item) != "comment":
            continue
        text = "".join(part.text or "" for part in item.iter() if local(part) == "t")
        words = " ".join(_THREAD.sub("", text).split())
        at = whole_number(attribute(item, "authorId"))
        name = authors[at] if at is not None and at < len(authors) else ""
        name = "" if name.startswith("tc=") else " ".join(name.split())
        # Excel begins a comment with its author.
        words = words.removeprefix(f"{name}:").strip()
        of = f"Comment by {name}" if name else "Comment"
        if words:
            results.append(Block(f"{of} on {attribute(item, 'ref')}: {words}", note=True))
    return results


def _drawn(book: _Book, part: str) -> list[Block]:
    """The paragraphs of shapes and text boxes, and the titles of charts."""
    return [Block(text) for text in drawings.texts(book.part(part), cells=False)]


_READ_AROUND = {"comments": _comments, "drawing": _drawn, "chart": _drawn, "diagramData": _drawn}


def _covered(raw: bytes) -> dict[int, dict[int, str | None]]:
    """The column labels covered by merged cells, by row."""
    results: dict[int, dict[int, str | None]] = {}
    left = _MAX_MERGED
    for match in re.finditer(
        rb'<(?:\w+:)?mergeCell [^>]*ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"', raw
    ):
        first, final = (_column(match[n].decode()) for n in (1, 3))
        top, bottom = int(match[2]), int(match[4])
        left -= (final - first + 1) * (bottom - top + 1)
        if left < 0:
            break
        for row in range(top, bottom + 1):
            marks = results.setdefault(row, {})
            marks.update(dict.fromkeys(range(first + 1, final + 1), table_rows.ACROSS))
            if row > top:
                marks[first] = None
    return results


def blocks_of(name: str, rows: Iterable[table_rows.Cells]) -> list[Block]:
    """A sheet under its name, each cell with its column's name; nothing if it is empty."""
    blocks = [
        Block(text)
        for table in table_rows.tables(_limited(rows))
        for text in table_rows.texts(table, sheet=True)
    ]
    return [Block(" ".join(name.split()), level=1), *blocks] if blocks else []


def _limited(rows: Iterable[table_rows.Cells]) -> Iterator[table_rows.Cells]:
    """The rows until many of them are empty."""
    empty = 0
    for cells in rows:
        empty = 0 if any(cell and cell != table_rows.ACROSS for cell in cells) else empty + 1
        if empty == _EMPTY:
            return
        if empty < 2:
            yield cells
