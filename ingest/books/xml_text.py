"""XML of any kind (TEI, JATS, OPML, feeds, records) as text.

Content decides: an element with text of its own is a paragraph, one of short fields a row with
labels, any other a container. A few names that most vocabularies share mark headings, notes and
raised characters; formulas are MathML. Embedded HTML is read like a page. Articles (JATS) and books
(TEI, FictionBook) say their title, authors and date.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from pathlib import Path
from xml.etree.ElementTree import Element

from ingest import scripts
from ingest.best_effort import attempt
from ingest.books import document, formulas, markup, naming, plain, table_rows
from ingest.books.archive import attribute, local, whole_number, xml
from ingest.books.document import Document
from ingest.books.markup import Block
from ingest.languages import word_set
from ingest.patterns import later
from ingest.records import Notice, Reading, ReadRequest

READER = "xml/3"

_HEADINGS = word_set("title head heading h caption article-title")
_PARAGRAPHS = word_set("p para ab s seg l line")
_NOTES = word_set("note fn footnote")
_AUTHORS = word_set("author creator")
_ROWS, _CELLS = word_set("tr row"), word_set("td th cell entry")
_GROUPS = word_set("thead tbody tfoot")
#: Elements that set words apart, with the marks of `scripts`.
_SET = {
    "sup": (scripts.UP, scripts.END), "sub": (scripts.DOWN, scripts.END),
    "superscript": (scripts.UP, scripts.END), "subscript": (scripts.DOWN, scripts.END),
    **dict.fromkeys(("strike", "strikethrough", "s", "del"), (scripts.STRUCK, scripts.STRUCK_END)),
}  # fmt: skip
_YEAR = later(r"\b(1[5-9]\d\d|20\d\d)\b")
#: Elements without words of the text: pictures, and what a FictionBook says about itself.
_UNSAID = word_set("binary description")
_FICTION = "{http://www.gribuser.ru/"
#: Attributes that contain text: of an outline (OPML).
_SPOKEN_FIELDS = ("text", "_note")
_PAGE = later(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!DOCTYPE[^>]*>\s*)?<[a-z][a-z-]*\b[^<]*>", re.IGNORECASE)
_UNREAD = Notice("xml_unread", "The XML of this file is broken; it stays as it is.")
#: A picture or a file in base64, with lines joined.
_BYTES = later(r"(?:[A-Za-z0-9+/]{60,}+={0,2} ?)++[A-Za-z0-9+/]*={0,2}")
#: Characters of a field in a row, and depth of nesting.
_LONGEST_FIELD, _DEEPEST = 200, 60


def read(path: Path, request: ReadRequest) -> Iterator[Reading]:
    """Read one XML file: `Source`, then its `Section`s; broken XML is read as plain text.

    Raises `EmptyFileError` and `NoTextError`.
    """
    root = attempt(lambda: xml(path.read_bytes(), "XML file"), None, _UNREAD)
    text = Document(blocks=list(_blocks(root, 1))) if root is not None else Document()
    if root is None or not text.has_words:
        yield from plain.read(path, request)
        return
    text.title = _first(root, _HEADINGS)
    text.author = _first(root, _AUTHORS)
    _describe(root, text)
    yield from document.records(text, path, document.Format("text", READER), request)


def _describe(root: Element, text: Document) -> None:
    """Title, authors and date of an article or book, from its own head."""
    heads = ("article-meta", "title-info", "fileDesc", "front-stub")
    head = next((item for item in root.iter() if local(item) in heads), None)
    if head is None:
        return
    found: dict[str, list[Element]] = {}
    for item in head.iter():
        found.setdefault(local(item), []).append(item)

    def line(*names: str) -> str:
        return next(
            (words for name in names for item in found.get(name, ()) if (words := _flat(item))), ""
        )

    people = [
        item for item in found.get("contrib", ()) if attribute(item, "contrib-type") != "editor"
    ]
    people = people or found.get("author", [])
    names = list(dict.fromkeys(filter(None, map(_person, people))))
    text.title = naming.tidy(line("article-title", "book-title", "title")) or text.title
    text.author = ", ".join(names) or text.author
    if names:
        text.metadata["authors"] = "\n".join(names)
    dates = [item for name in ("pub-date", "date") for item in found.get(name, ())]
    text.date = next(filter(None, map(_date, dates)), "")
    text.language = naming.language_tag(line("lang")) or text.language
    journal = next((item for item in root.iter() if local(item) == "journal-title"), None)
    if journal is not None:
        text.metadata["venue"] = _flat(journal)[:200]
    for item in found.get("article-id", ()):
        if attribute(item, "pub-id-type") == "doi":
            text.metadata["doi"] = _flat(item)[:200]


def _person(element: Element) -> str:
    """“Ada Holm”: the given names before the family name, or the name as it stands."""
    facts = {local(item): _flat(item) for item in element.iter() if local(item)}
    family = facts.get("surname") or facts.get("last-name") or facts.get("family")
    given = ("given-names", "first-name", "forename", "middle-name")
    if family:
        return " ".join([*(facts[name] for name in given if facts.get(name)), family])
    return facts.get("collab") or facts.get("persName") or ("" if len(element) else _flat(element))


def _date(element: Element) -> str:
    facts = {local(item): _flat(item) for item in element}
    if facts.get("year"):
        parts = [facts["year"], *(facts[n].zfill(2) for n in ("month", "day") if facts.get(n))]
        return naming.iso_date("-".join(parts)) or facts["year"]
    when = attribute(element, "when") or attribute(element, "value") or _flat(element)
    year = _YEAR.search(when)
    return naming.iso_date(when) or (year[1] if year else "")


def _first(root: Element, names: frozenset[str]) -> str:
    """The text of the first element of this name; "" if it has siblings of others."""
    results: dict[tuple[str, ...], list[str]] = {}
    left: list[tuple[tuple[str, ...], Element]] = [((), root)]
    while left:
        path, element = left.pop()
        inner = (*path, local(element))
        if inner[-1] in names and (text := naming.tidy(_flat(element))):
            results.setdefault(inner, []).append(text)
        elif len(inner) < _DEEPEST:
            left += [(inner, item) for item in reversed(element) if local(item)]
    first = next(iter(results.values()), [])
    return first[0] if len(first) == 1 else ""


def _blocks(element: Element, depth: int) -> Iterator[Block]:
    yield from (Block(text) for name in _SPOKEN_FIELDS if (text := _line(element.get(name, ""))))
    children = [item for item in element if isinstance(item.tag, str)]
    inner = _direct_text(element)
    if local(element) == "body" and attribute(element, "name") == "notes":
        for item in children:
            if words := _flat(item):
                yield Block(words, note=True)
        return
    if local(element) in _UNSAID and depth == 2 and element.tag.startswith(_FICTION):
        about = (item for item in element.iter() if local(item) == "annotation")
        yield from (Block(words) for item in about if (words := _flat(item)))
        return
    rows = [] if inner.strip() else list(_rows(element))
    if rows and all(cells for cells, _ in rows):
        # Titles and columns, and what stands below.
        rest = (item for item in children if local(item) not in _ROWS | _GROUPS)
        for item in rest:
            yield from _blocks(item, depth + 1)
        yield from map(Block, table_rows.texts([cells for cells, _ in rows], _heads(rows)))
        return
    if not children and _PAGE.match(inner) and "</" in inner:
        yield from markup.blocks(inner)
    elif not children or inner.strip() or depth > _DEEPEST:
        yield from _paragraph(element)
    elif fields := _fields(children):
        yield Block(table_rows.line(list(fields.values()), list(fields)))
    else:
        for item in children:
            if local(item) in _HEADINGS and len(children) > 1 and (text := _flat(item)):
                yield Block(text, level=min(depth, 6))
            else:
                yield from _blocks(item, depth + 1)


def _rows(table: Element) -> Iterator[tuple[list[str | None], bool]]:
    """The cells of each row of a table, and whether the row is a header.

    What is no row, or has anything beside its cells, is an empty one.
    """
    for item in table:
        name = local(item)
        if name in _GROUPS:
            inner = [] if _direct_text(item).strip() else list(_rows(item))
            complete = len(inner) == len(item)
            yield from ((cells if complete else [], h or name == "thead") for cells, h in inner)
            if not inner and len(item):
                yield [], False
        elif name in _ROWS:
            is_plain = not _direct_text(item).strip() and all(local(c) in _CELLS for c in item)
            wide = (whole_number(attribute(cell, "colspan")) or 1 for cell in item)
            texts = (table_rows.spread(_flat(cell), n) for cell, n in zip(item, wide, strict=True))
            cells = [text for each in texts for text in each] if is_plain else []
            yield cells, all(local(cell) == "th" for cell in item)


def _heads(rows: Sequence[tuple[object, bool]]) -> int:
    return sum(1 for _ in takewhile(lambda row: row[1], rows))


def _paragraph(element: Element) -> Iterator[Block]:
    text = []
    for note in _notes(element):
        text.append(_flat(note))
        tail = note.tail
        note.clear()
        note.tail = tail
    words = _flat(element)
    if words and not _BYTES.fullmatch(words):
        yield Block(words, note=local(element) in _NOTES)
    yield from (Block(item, note=True) for item in text if item)


def _notes(element: Element) -> Iterator[Element]:
    """The notes inside an element, including nested ones."""
    left = [*reversed(element)]
    while left:
        item = left.pop()
        if local(item) in _NOTES:
            yield item
        else:
            left += reversed(item)


def _fields(children: list[Element]) -> dict[str, str]:
    """The names and texts of a record's fields; nothing for other elements."""
    names = [local(item) for item in children]
    fields = {name: _flat(item) for name, item in zip(names, children, strict=True)}
    if len(fields) < max(2, len(children)) or not _PARAGRAPHS.isdisjoint(names):
        return {}
    short = all(
        not len(item) and len(text) <= _LONGEST_FIELD and "</" not in text
        for item, text in zip(children, fields.values(), strict=True)
    )
    return fields if short and sum(map(bool, fields.values())) > 1 else {}


def _direct_text(element: Element) -> str:
    """The text of an element itself, without children."""
    return "".join([element.text or "", *(item.tail or "" for item in element)])


def _flat(element: Element) -> str:
    """The text of an element on one line, with children separated and formulas in a line."""
    words: list[str] = []
    left: list[Element | str] = [element]
    while left:
        item = left.pop()
        if isinstance(item, str):
            words.append(item)
        elif local(item) == "math":
            words.append(formulas.of_mathml_in_xml(item))
        elif local(item) in _SET:
            begin, end = _SET[local(item)]
            left.append(end)
            left += [part for inner in reversed(item) for part in (inner.tail or "", inner)]
            words += (begin, item.text or "")
        elif isinstance(item.tag, str):
            words.append(item.text or "")
            between = "" if _direct_text(item).strip() else " "
            for inner in reversed(item):
                left += ((inner.tail or "") + between, inner)
    return _line("".join(words))


def _line(words: str) -> str:
    return " ".join(scripts.without_marks(words).split())
