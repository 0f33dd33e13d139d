"""Word documents (DOCX): paragraphs, headings by style, table rows, and notes.

Office Open XML, ECMA-376 part 1: `word/document.xml` in reading order, including embedded HTML.
Inserted text is kept; deleted and hidden text is left out and reported, like embedded files.
Comments are notes that begin with their author; pictures have their alternative text; charts and
diagrams are below their paragraph. Headers and footers are below the text, once.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar
from xml.etree.ElementTree import Element

from ingest import scripts
from ingest.books import (
    document,
    drawings,
    formulas,
    looks,
    markup,
    sheets,
    symbol_fonts,
    table_rows,
)
from ingest.books.archive import attribute, content, damaged, local, open_package, whole_number, xml
from ingest.books.document import Document
from ingest.books.looks import PLAIN, Look
from ingest.books.markup import BULLET, Block
from ingest.books.numerals import numeral
from ingest.errors import UnsupportedFileError
from ingest.parts import Parts
from ingest.records import Reading, ReadRequest

# -- word numbering -------------------------------------------------------------------------------
# Bullets and numbers of lists in Word documents: `word/numbering.xml`, counted as Word counts.
#
# ECMA-376 part 1, 17.9: a paragraph names a list and a level; the levels give form, text and start.


_FORMS = {"lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}
_UNSEEN = ("bullet", "none")


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    text: str
    start: int


@dataclass(slots=True)
class Numbering:
    """The lists of a document, and their counters."""

    #: Levels by list; and the list whose counter it continues.
    _lists: dict[str, dict[int, _Level]] = field(default_factory=dict)
    _counted_as: dict[str, str] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def read(self, root: Element | None) -> None:
        """Read the lists that a document defines."""
        kinds: dict[str, dict[int, _Level]] = {}
        #: Lists defined by a list style, and the definitions of these styles.
        like: dict[str, str] = {}
        styles: dict[str, dict[int, _Level]] = {}
        for entry in root if root is not None else ():
            if local(entry) == "abstractNum":
                id = attribute(entry, "abstractNumId")
                kinds[id] = dict(
                    _numbering_level(level) for level in entry if local(level) == "lvl"
                )
                text = {local(part): _value(part) for part in entry}
                like[id] = text.get("numStyleLink", "")
                if "styleLink" in text:
                    styles[text["styleLink"]] = kinds[id]
            elif local(entry) == "num":
                id = attribute(entry, "numId")
                kind = next((_value(e) for e in entry if local(e) == "abstractNumId"), "")
                changed = [e for e in entry if local(e) == "lvlOverride"]
                self._lists[id] = kinds.get(kind) or styles.get(like.get(kind, ""), {})
                self._counted_as[id] = id if changed else f"kind {kind}"

    def mark(self, id: str, level: int) -> tuple[int, str]:
        """Count a paragraph: the depth of its list, and its bullet or number."""
        levels = self._lists.get(id, {})
        inner = levels.get(level)
        if inner is None:
            return (level + 1, BULLET) if id != "0" else (0, "")
        counts = self._counts.setdefault(self._counted_as[id], {})
        counts[level] = counts.get(level, inner.start - 1) + 1
        for deeper in [entry for entry in counts if entry > level]:
            del counts[deeper]
        if inner.form in _UNSEEN:
            return level + 1, BULLET if inner.form == "bullet" else ""

        def number(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            present = levels.get(at, inner)
            return numeral(counts.get(at, present.start), _FORMS.get(present.form, "1"))

        return level + 1, "".join(re.sub(r"%([1-9])", number, inner.text).split())


def item(properties: Element) -> tuple[str, int] | None:
    """The list and level in the properties of a paragraph or style."""
    for entry in properties:
        if local(entry) == "numPr":
            text = {local(part): _value(part) for part in entry}
            level = whole_number(text.get("ilvl", "0")) or 0
            return (text["numId"], level) if "numId" in text else None
    return None


def _numbering_level(element: Element) -> tuple[int, _Level]:
    text = {local(entry): _value(entry) for entry in element}
    start = whole_number(text.get("start", ""))
    created = _Level(text.get("numFmt", ""), text.get("lvlText", ""), 1 if start is None else start)
    return whole_number(attribute(element, "ilvl")) or 0, created


def _value(element: Element) -> str:
    return attribute(element, "val")


# -- word ----------------------------------------

READER = "word/11"

_NOUN = "Word document"
_TITLE = 1
_SKIPPED = frozenset(
    {"del", "moveFrom", "instrText", "delText", "delInstrText", "pPr", "rPr", "sdtPr", "tblPr"}
    | {"sectPr", "trPr", "tcPr", "annotationRef", "ruby", "drawing"}
)
_MAX_DEPTH = 60
_LITERALS = {"tab": " ", "ptab": " ", "noBreakHyphen": "\u2011"}
_NOTES = ("footnote", "endnote", "comment")
#: Automatic descriptions of pictures, and words of manual ones.
_AUTOMATIC = (
    *("automatically generated", "AI-generated"),
    *("Automatisch generierte", "KI-generierte"),
)
_DESCRIBED = 3
_UNKNOWN = "▯"
_EDGE = re.compile(r"(?:header|footer)\d*\.xml")
_SCRIPTS: Mapping[str, str] = {"superscript": scripts.UP, "subscript": scripts.DOWN}
_Said = TypeVar("_Said")
#: Values of properties that are switched off.
_OFF = frozenset({"0", "false", "off", "none"})


@dataclass(slots=True)
class _Word:
    """The other parts of the package: levels of styles, notes by number."""

    levels: dict[str, int] = field(default_factory=dict)
    titles: set[str] = field(default_factory=set)
    #: Styles that set their words apart, and the look of the current paragraph.
    looks: dict[str, Look] = field(default_factory=dict)
    look: Look = PLAIN
    #: Hidden text, text whose deletion is tracked, and whether a row of a table is hidden.
    hidden: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    concealed: bool = False
    items: dict[str, tuple[str, int]] = field(default_factory=dict)
    numbering: Numbering = field(default_factory=Numbering)
    notes: dict[tuple[str, str], Element] = field(default_factory=dict)
    used: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    #: Alternative texts of the pictures in a paragraph, words drawn as art, charts and diagrams.
    shown: list[str] = field(default_factory=list)
    #: Embedded pages, charts and diagrams, by their relation.
    chunks: dict[str, list[Block]] = field(default_factory=dict)
    #: The text of a paragraph whose end was deleted: it continues in the next one.
    carried: str = ""
    title: str = ""


def read(path: Path, request: ReadRequest) -> Iterator[Reading]:
    """Read one DOCX: `Source`, then its `Section`s from `start_section` on.

    Raises `DamagedFileError`, `EncryptedFileError` and `NoTextError`.
    """
    parts = Parts("part")
    with open_package(path, _NOUN) as package:
        text = _document(package, parts)
        embedded = sum("/embeddings/" in name for name in package.namelist())
    records = partial(document.records, text, path, document.Format("word", READER), request, parts)
    yield from document.with_files(records, "Word document", embedded)


def _document(package: zipfile.ZipFile, parts: Parts) -> Document:
    names = set(package.namelist())
    main = _main_part(package, names)
    folder = posixpath.dirname(main)

    def part(name: str) -> Element | None:
        full = posixpath.join(folder, name)
        return parts.value(full, partial(_tree, package, full)) if full in names else None

    word = _Word()
    parts.value("styles", partial(_read_styles, part("styles.xml"), word))
    parts.value("numbering", partial(word.numbering.read, part("numbering.xml")))
    for kind in _NOTES:
        notes = part(f"{kind}s.xml")
        for note in notes if notes is not None else ():
            if attribute(note, "type") in {"", "normal"}:
                word.notes[kind, attribute(note, "id")] = note
    relations = part(f"_rels/{posixpath.basename(main)}.rels")
    for relation in relations if relations is not None else ():
        kind = relation.get("Type", "").rpartition("/")[2]
        if kind in _CHUNKS:
            name = posixpath.join("/", folder, relation.get("Target", "")).lstrip("/")
            chunk = partial(_CHUNKS[kind], package, name)
            word.chunks[relation.get("Id", "")] = parts.items(name, chunk)
    root = xml(content(package, main, _NOUN), _NOUN)
    body = next((entry for entry in root if local(entry) == "body"), None)
    if body is None:
        raise damaged(_NOUN, "has lost its text")
    text, edges = Document(), list[str]()
    for number, entry in enumerate(body, 1):
        text.blocks += parts.items(f"paragraph {number}", partial(_guarded_blocks, entry, word))
    if word.carried:
        text.blocks.append(Block(_tidy(word.carried)))
    # Comments on what was deleted.
    for key in [key for key in word.notes if key[0] == "comment"]:
        text.blocks += parts.items(f"comment {key[1]}", partial(_note, key, word, 0))
    if pictures := sum(local(entry) in {"blip", "imagedata"} for entry in body.iter()):
        text.metadata["figures"] = str(pictures)
    for name in sorted(item for item in names if _EDGE.fullmatch(posixpath.basename(item))):
        edge = parts.value(name, partial(_tree, package, name))
        if edge is not None:
            blocks = parts.items(name, partial(_guarded_blocks, edge, word))
            edges += [block.text for block in blocks]
    text.leave_out(word.hidden)
    text.leave_out(word.deleted, deleted=True)
    if word.concealed:
        text.notices.append(sheets.also_read(["Tables"]))
    if "docProps/core.xml" in names:
        core = partial(_tree, package, "docProps/core.xml")
        parts.value("docProps/core.xml", lambda: document.describe(core(), text))
    text.title = text.title or word.title or document.first_heading(text.blocks)
    text.add_edges(edges)
    return text


def _tree(package: zipfile.ZipFile, name: str) -> Element:
    return xml(content(package, name, _NOUN), _NOUN)


def _chunk(package: zipfile.ZipFile, name: str) -> list[Block]:
    """The blocks of embedded HTML."""
    data = content(package, name, _NOUN)
    if b"<" not in data[:1000]:
        raise UnsupportedFileError("It is an embedded document, not an HTML page.")
    return markup.blocks(markup.decoded(data))


def _drawing(package: zipfile.ZipFile, name: str) -> list[Block]:
    return [Block(text) for text in drawings.texts(_tree(package, name))]


_CHUNKS = {"aFChunk": _chunk, "chart": _drawing, "diagramData": _drawing}


def _guarded_blocks(element: Element, word: _Word) -> list[Block]:
    """All blocks of a paragraph or table at once, so that a failure leaves none."""
    return list(_block(element, word, 0))


def _main_part(package: zipfile.ZipFile, names: set[str]) -> str:
    if "_rels/.rels" in names:
        for relation in xml(content(package, "_rels/.rels", _NOUN), _NOUN):
            target = relation.get("Target", "").lstrip("/")
            if relation.get("Type", "").endswith("/officeDocument") and target in names:
                return target
    if "word/document.xml" not in names:
        raise damaged(_NOUN, "has lost its text")
    return "word/document.xml"


# -- styles ----------------------------------------------------------------------------------------


def _read_styles(root: Element | None, word: _Word) -> None:
    """Levels of heading styles, by name or outline, inherited from the style they are based on."""
    parents: dict[str, str] = {}
    for style in root if root is not None else ():
        if local(style) != "style":
            continue
        id = attribute(style, "styleId")
        word.looks[id] = _look(style)
        for entry in style:
            if local(entry) == "basedOn":
                parents[id] = attribute(entry, "val")
        for entry in style if attribute(style, "type") in {"", "paragraph"} else ():
            kind = local(entry)
            if kind == "name":
                name = attribute(entry, "val").lower()
                if name == "title":
                    word.titles.add(id)
                elif name.startswith("heading ") and (level := whole_number(name[8:].strip())):
                    word.levels[id] = level
            elif kind == "pPr":
                level = _outline(entry)
                if level:
                    word.levels.setdefault(id, level)
                if members := item(entry):
                    word.items[id] = members
    _inherit(word.levels, parents)
    _inherit(word.items, parents)
    word.looks = looks.inherited(word.looks, parents)


def _inherit(existing: dict[str, _Said], parents: Mapping[str, str]) -> None:
    """Let each style inherit from the nearest one that it is based on."""
    visited = set[str]()
    for id in parents:
        at, chain = id, list[str]()
        while at not in existing and at in parents and at not in visited:
            visited.add(at)
            chain.append(at)
            at = parents[at]
        if at in existing:
            existing.update(dict.fromkeys(chain, existing[at]))


def _outline(properties: Element) -> int:
    """The outline level in paragraph properties, from 1; 0 for running text."""
    for entry in properties:
        if local(entry) == "outlineLvl":
            value = whole_number(attribute(entry, "val"))
            return value + 1 if value is not None and value < 9 else 0
    return 0


# -- the text --------------------------------------------------------------------------------------


def _blocks(parent: Element, word: _Word, depth: int) -> Iterator[Block]:
    for entry in parent:
        yield from _block(entry, word, depth)


def _block(entry: Element, word: _Word, depth: int) -> Iterator[Block]:
    kind = local(entry)
    if kind == "p":
        yield from _paragraph(entry, word, depth)
    elif kind == "tbl":
        yield from _table(entry, word, depth)
    elif kind == "altChunk":
        yield from word.chunks.pop(attribute(entry, "id"), [])
    elif kind == "AlternateContent":
        yield from _blocks(entry[0] if len(entry) else entry, word, depth + 1)
    elif kind not in _SKIPPED and len(entry):
        # Content controls, tracked moves, smart tags: their text is part of the document.
        if depth < _MAX_DEPTH:
            yield from _blocks(entry, word, depth + 1)
        else:
            yield Block(_flat(entry))


def _flat(element: Element) -> str:
    """The text of an element that is nested too deeply, without blocks."""
    return _tidy(" ".join(entry.text or "" for entry in element.iter() if local(entry) == "t"))


def _paragraph(paragraph: Element, word: _Word, depth: int) -> Iterator[Block]:
    level, ends, members = 0, True, None
    word.look = PLAIN
    for entry in paragraph:
        if local(entry) == "pPr":
            word.look = word.looks.get(_style(entry), PLAIN)
            level = _level(entry, word, paragraph)
            ends = not _is_deleted(entry)
            members = item(entry) or word.items.get(_style(entry))
            break
    raw = word.carried + "".join(_words(paragraph, word, 0))
    word.carried = "" if ends else raw
    text = _tidy(raw)
    if not ends:
        return
    if text:
        deep, mark = word.numbering.mark(*members) if members else (0, "")
        if level:
            # Headings are counted like items, and called by their number.
            text = f"{mark} {text}" if any(map(str.isalnum, mark)) else text
            deep, mark = 0, ""
        yield Block(text, min(level, 6), depth=deep, mark=mark)
    boxes, word.boxes = word.boxes, []
    for box in boxes:
        yield from _blocks(box, word, depth + 1) if depth < _MAX_DEPTH else [Block(_flat(box))]
    visible, word.shown = word.shown, []
    yield from map(Block, visible)
    used, word.used = word.used, []
    for key in used:
        yield from _note(key, word, depth)


def _note(key: tuple[str, str], word: _Word, depth: int) -> list[Block]:
    """A note or comment, the first time that it is referred to."""
    note = word.notes.pop(key, None)
    words = "" if note is None else " ".join(b.text for b in _blocks(note, word, depth + 1))
    return [] if note is None or not words else [Block(_maker(note, key[0]) + words, note=True)]


def _maker(note: Element, kind: str) -> str:
    """The prefix of a comment, with its author."""
    name = " ".join(attribute(note, "author").split())
    return "" if kind != "comment" else f"Comment by {name}: " if name else "Comment: "


def _is_deleted(properties: Element) -> bool:
    """Whether the paragraph mark is a tracked deletion."""
    marks = (entry for entry in properties if local(entry) == "rPr")
    return any(local(entry) == "del" for mark in marks for entry in mark)


def _level(properties: Element, word: _Word, paragraph: Element) -> int:
    style = _style(properties)
    if style in word.titles:
        word.title = word.title or _tidy("".join(_words(paragraph, word, 0)))
        word.used, word.boxes, word.shown = [], [], []
        return _TITLE
    return _outline(properties) or word.levels.get(style, 0)


def _style(properties: Element) -> str:
    return next((attribute(e, "val") for e in properties if local(e) == "pStyle"), "")


def _words(parent: Element, word: _Word, depth: int) -> Iterator[str]:
    """The text of a paragraph; notes and text boxes in it are collected in `word`."""
    for entry in parent:
        kind = local(entry)
        if kind == "t":
            yield entry.text or ""
        elif kind == "sym":
            code = re.fullmatch("[0-9A-Fa-f]{4}", attribute(entry, "char"))
            sign = chr(int(code[0], 16)) if code else ""
            sign = symbol_fonts.shown(sign, attribute(entry, "font"))
            # A drawing without a character of its own.
            yield _UNKNOWN if "\ue000" <= sign <= "\uf8ff" else sign
        elif kind == "oMath":
            yield formulas.linear(entry)
        elif kind in _LITERALS:
            yield _LITERALS[kind]
        elif kind in {"br", "cr"}:
            yield " " if attribute(entry, "type") in {"page", "column"} else "\n"
        elif kind.removesuffix("Reference") in _NOTES:
            word.used.append((kind.removesuffix("Reference"), attribute(entry, "id")))
        elif kind == "AlternateContent":
            # Alternatives for newer and older programs: the first is enough.
            yield from _words(entry[0], word, depth + 1) if len(entry) else ()
        elif kind == "drawing" or kind == "pict":
            parts = list(_around_boxes(entry))
            word.boxes.extend(part for part in parts if local(part) == "txbxContent")
            word.shown.extend(_described(parts, word))
        elif kind == "del":
            word.deleted += (part.text or "" for part in entry.iter() if local(part) == "delText")
        elif kind == "checkBox":
            facts = {local(part): attribute(part, "val") not in _OFF for part in entry}
            yield "☒" if facts.get("checked", facts.get("default")) else "☐"
        elif kind == "ddList":
            chosen = (whole_number(_value(part)) for part in entry if local(part) == "result")
            choices = [_value(part) for part in entry if local(part) == "listEntry"]
            yield "".join(choices[(at := next(chosen, 0) or 0) : at + 1])
        elif kind == "ruby":
            bases = (part for part in entry if local(part) == "rubyBase")
            yield from (text for base in bases for text in _words(base, word, 0))
        elif kind not in _SKIPPED and len(entry):
            look = PLAIN
            if kind == "r":
                style = _run_property(entry, "rStyle") or ""
                look = _look(entry).over(word.looks.get(style, PLAIN)).over(word.look)
            inner = _words(entry, word, depth + 1) if depth < _MAX_DEPTH else [_flat(entry)]
            if look.hidden:
                word.hidden += [part.text or "" for part in entry if local(part) == "t"]
            elif look == PLAIN:
                yield from inner
            else:
                yield look.set("".join(inner))


def _around_boxes(drawing: Element) -> Iterator[Element]:
    """The parts of a drawing with its text boxes, but not the contents of those."""
    left = [drawing]
    while left:
        part = left.pop()
        yield part
        if local(part) != "txbxContent":
            left += reversed(part)


def _described(parts: Iterable[Element], word: _Word) -> Iterator[str]:
    """Alternative texts of pictures that were written by hand, and words that are drawn."""
    for entry in parts:
        if local(entry) == "docPr":
            words = " ".join(attribute(entry, "descr").split())
            if len(words.split()) >= _DESCRIBED and not any(sign in words for sign in _AUTOMATIC):
                yield f"Picture: {words}"
        elif local(entry) == "textpath":
            yield " ".join(attribute(entry, "string").split())
        elif reference := drawings.REFERENCES.get(local(entry)):
            drawn = word.chunks.pop(attribute(entry, reference), [])
            yield from (block.text for block in drawn)


def _look(run: Element) -> Look:
    """How a run or style sets its words."""
    properties = [entry for part in run if local(part) == "rPr" for entry in part]
    if not properties:
        return PLAIN
    facts = {local(entry): attribute(entry, "val") for entry in properties}
    position = facts.get("position", "")
    script = _SCRIPTS.get(facts["vertAlign"], "") if "vertAlign" in facts else None
    if whole_number(position.lstrip("-")):
        script = scripts.DOWN if position.startswith("-") else scripts.UP
    strikes = [facts[name] not in _OFF for name in ("strike", "dstrike") if name in facts]
    fonts = (entry for entry in properties if local(entry) == "rFonts")
    names = (attribute(entry, "ascii") or attribute(entry, "hAnsi") for entry in fonts)
    return Look(
        script,
        any(strikes) if strikes else None,
        facts["vanish"] not in _OFF if "vanish" in facts else None,
        looks.font(next(names, "")),
    )


def _run_property(run: Element, name: str) -> str | None:
    """The value of a property of a run: "" without a value, None without the property."""
    marks = (entry for properties in run if local(properties) == "rPr" for entry in properties)
    return next((attribute(entry, "val") for entry in marks if local(entry) == name), None)


def _table(table: Element, word: _Word, depth: int) -> Iterator[Block]:
    """Each row a block; a table of one column is a frame around text."""
    if word.carried:
        yield Block(_tidy(word.carried))
        word.carried = ""
    notes: list[Block] = []
    rows: list[list[list[Block]]] = []
    texts: list[list[str | None]] = []
    heads = 0
    for row in _children(table, "tr"):
        cells = []
        heads += len(texts) == heads and _property(row, "tblHeader") is not None
        word.concealed = word.concealed or _property(row, "hidden") is not None
        texts.append([])
        for cell in _children(row, "tc"):
            deep = depth >= _MAX_DEPTH
            results = [Block(_flat(cell))] if deep else list(_blocks(cell, word, depth + 1))
            notes.extend(block for block in results if block.note)
            cells.append([block for block in results if not block.note and block.text])
            spanning = _property(cell, "gridSpan")
            wide = whole_number(spanning or "") or 1
            text = " ".join(block.text.replace("\n", " ") for block in cells[-1])
            # A cell that spans rows has its text in the first of them.
            goes_on = not text and _property(cell, "vMerge") in {"", "continue"}
            texts[-1] += table_rows.spread(None if goes_on else text, wide)
        rows.append(cells)
    if max(map(len, rows), default=0) <= 1:
        for cells in rows:
            yield from (block for cell in cells for block in cell)
    else:
        yield from map(Block, table_rows.texts(texts, heads))
    yield from notes


def _property(element: Element, name: str) -> str | None:
    """The value of a property of a row or cell: "" without a value, None without the property."""
    for properties in element:
        if local(properties) in {"trPr", "tcPr"}:
            for entry in properties:
                if local(entry) == name and attribute(entry, "val") not in {"0", "false", "off"}:
                    return attribute(entry, "val")
    return None


def _children(parent: Element, kind: str) -> Iterator[Element]:
    """The rows or cells of a table, including those in content controls."""
    for entry in parent:
        if local(entry) == kind:
            yield entry
        elif local(entry) in {"sdt", "sdtContent", "ins", "customXml"}:
            yield from _children(entry, kind)


def _tidy(text: str) -> str:
    text = symbol_fonts.shown(scripts.without_marks(text))
    lines = (" ".join(line.split()) for line in text.replace("\u00ad", "").split("\n"))
    return "\n".join(line for line in lines if line)
