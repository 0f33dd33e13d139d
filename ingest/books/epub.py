"""EPUB 2 and 3: documents in reading order, divided into chapters by the table of contents.

Without a table of contents, chapters begin at headings.
"""

import posixpath
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

from ingest import segment
from ingest.books import main_text, markup, naming, web_page
from ingest.books.archive import damaged, local, open_package
from ingest.books.chapters import Chapter, repeats, sections
from ingest.books.epub_package import (
    NOUN,
    manifest_of,
    package_of,
    part,
    refuse_protected,
    resolve,
    tree,
)
from ingest.books.markup import Block
from ingest.errors import NoTextError
from ingest.parts import Parts
from ingest.records import Reading, ReadRequest, Source

READER = "epub/10"

_FRONT = {"cover", "titlepage", "halftitlepage", "copyright-page", "toc", "title-page", "halftitle",
          "landmarks", "loi", "lot", "imprint", "imprimatur", "frontispiece", "pg-header",
          "page-list"}  # fmt: skip
_BACK = {"colophon", "index", "pg-footer", "other-credits"}


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry of the table of contents; `placed` if its document was inferred."""

    document: str
    fragment: str
    title: str
    level: int
    placed: bool = False


@dataclass(slots=True)
class _Book:
    """The package: metadata, documents in reading order, table of contents."""

    title: str = ""
    author: str = ""
    language: str = ""
    date: str = ""
    documents: list[str] = field(default_factory=list)
    aside: set[str] = field(default_factory=set)
    navigation: str = ""
    kinds: dict[str, str] = field(default_factory=dict)
    contents: list[_Entry] = field(default_factory=list)
    metadata: dict[str, str] = field(default_factory=dict)


def read(path: Path, request: ReadRequest) -> Iterator[Reading]:
    """Read one EPUB: `Source`, then its `Section`s from `start_section` on.

    Raises `DamagedFileError`, `EncryptedFileError` and `NoTextError`.
    """
    with open_package(path, NOUN) as archive:
        yield from _read(archive, path, request)


def _read(archive: zipfile.ZipFile, path: Path, request: ReadRequest) -> Iterator[Reading]:
    refuse_protected(archive)
    parts = Parts("part")
    book = _package(archive, parts)
    sizes = [_size(archive, name) for name in book.documents]
    language = _language(archive, book)
    yield Source(
        title=request.title or book.title or naming.from_file_name(path),
        kind="epub",
        reader=READER,
        author=book.author,
        language=language,
        date=book.date,
        characters=sum(sizes),
        sections=max(len(book.contents), 1),
        metadata=book.metadata,
    )
    chapters = _Chapters(book)
    css = parts.value("style sheets", partial(_styles, archive)) or ""
    hidden: list[str] = []

    def laid() -> Iterator[Chapter]:
        finished = 0
        for name, size in zip(book.documents, sizes, strict=True):
            request.cancel()
            blocks = partial(_blocks, archive, name, css, hidden)
            yield from chapters.lay(name, parts.items(name, blocks))
            finished += size
            request.report(finished, sum(sizes), "bytes")
        yield from chapters.finish()

    has_words = request.start_section > 0
    for section in sections(laid(), language, request.start_section):
        has_words = has_words or bool(section.passages)
        yield section
    if not has_words:
        raise parts.error(
            NoTextError(
                "This EPUB contains pictures and no text, and text recognition reads no EPUBs.",
                "Look for an edition with text, or convert it to PDF and add that.",
            )
        )
    if hidden:
        yield web_page.unshown(hidden)
    yield from parts.notices()


def _size(archive: zipfile.ZipFile, name: str) -> int:
    return archive.getinfo(name).file_size


def _html(archive: zipfile.ZipFile, name: str) -> str:
    return markup.with_ends(markup.decoded(part(archive, name)))


# -- the package ---------------------------------------------------------------------------------


def _package(archive: zipfile.ZipFile, parts: Parts) -> _Book:
    root, package = package_of(archive)
    book = _Book()
    _metadata(root, book)
    manifest = manifest_of(archive, root, package)
    read: set[str] = set()
    for element in root.iter():
        if local(element) == "itemref":
            entry = manifest.get(element.get("idref", ""))
            if entry and entry[0] not in read:
                read.add(entry[0])
                book.documents.append(entry[0])
                if element.get("linear") == "no":
                    book.aside.add(entry[0])
        elif local(element) == "reference":
            target = resolve(package, element.get("href", ""))[0]
            book.kinds[target] = element.get("type", "").lower()
    if not book.documents:
        raise damaged(NOUN, "names no chapters")
    book.contents = parts.items("table of contents", partial(_contents, archive, manifest, book))
    return book


def _metadata(root: ElementTree.Element, book: _Book) -> None:
    authors: list[str] = []
    remaining: list[str] = []
    roles = {
        element.get("refines", ""): (element.text or "").strip()
        for element in root.iter()
        if local(element) == "meta" and element.get("property") == "role"
    }
    for element in root.iter():
        name, value = local(element), " ".join((element.text or "").split())
        if not value:
            continue
        if name == "title" and not book.title:
            book.title = value
        elif name == "creator":
            role = next((v for k, v in element.attrib.items() if k.endswith("role")), "")
            role = role or roles.get("#" + element.get("id", ""), "")
            (authors if role in {"", "aut"} else remaining).append(value)
        elif name == "language" and not book.language:
            book.language = naming.language_tag(value)
        elif name == "date":
            event = next((v for k, v in element.attrib.items() if k.endswith("event")), "")
            if not book.date or event in {"publication", "original-publication"}:
                book.date = naming.iso_date(value)
        elif name in {"publisher", "identifier", "rights"} and name not in book.metadata:
            book.metadata[name] = value[:300]
    book.author = ", ".join(dict.fromkeys(authors or remaining))


def _contents(
    archive: zipfile.ZipFile, manifest: dict[str, tuple[str, str, str]], book: _Book
) -> list[_Entry]:
    """The entries of the first table of contents that leads to documents of the book."""
    existing = _by_name(book.documents)
    for name, kind, properties in sorted(manifest.values(), key=lambda item: "nav" not in item[2]):
        if "nav" in properties.split():
            book.navigation = name
            links = markup.links(_html(archive, name), name)
        elif "ncx" in kind or name.endswith(".ncx"):
            links = _ncx(tree(part(archive, name)))
        else:
            continue
        entries = []
        for href, title, depth in links:
            target, fragment = resolve(name, href) if href else ("", "")
            document = existing.get(_key(target)) or existing.get(
                _key(posixpath.basename(target)), ""
            )
            entries.append(_Entry(document, fragment if document else "", title, depth))
        if any(entry.document for entry in entries):
            return list(_resolved(entries, book.documents))
    return []


def _resolved(entries: list[_Entry], documents: list[str]) -> Iterator[_Entry]:
    """The entries with a document.

    Broken ones are assigned the documents between those of their neighbours, if these are as many.
    """
    places = {name: place for place, name in enumerate(documents)}
    labelled = {entry.document for entry in entries}
    dropped: list[_Entry] = []
    final = -1
    for entry in (*entries, _Entry("", "", "", 0)):
        if not entry.document and entry.title:
            dropped.append(entry)
            continue
        position = places.get(entry.document, len(documents))
        free = [name for name in documents[final + 1 : position] if name not in labelled]
        if len(free) == len(dropped):
            pairs = zip(dropped, free, strict=True)
            yield from (replace(missing, document=name, placed=True) for missing, name in pairs)
        if entry.document:
            yield entry
        dropped, final = [], position


def _by_name(documents: list[str]) -> dict[str, str]:
    """Documents by name, and by unique base name."""
    final = Counter(_key(posixpath.basename(name)) for name in documents)
    short = {_key(posixpath.basename(name)): name for name in documents}
    unique = {key: name for key, name in short.items() if final[key] == 1}
    return unique | {_key(name): name for name in documents}


def _key(name: str) -> str:
    """A file name as containers compare them (EPUB 3.3, 4.2.3: ignoring case)."""
    return unicodedata.normalize("NFC", name).casefold()


def _ncx(root: ElementTree.Element) -> Iterator[tuple[str, str, int]]:
    """The entries of an EPUB 2 table of contents: (target, title, depth from 1)."""

    def points(parent: ElementTree.Element, level: int) -> Iterator[tuple[str, str, int]]:
        for point in parent:
            if local(point) != "navPoint":
                continue
            title, href = "", ""
            for element in point:
                if local(element) == "navLabel":
                    title = " ".join("".join(element.itertext()).split())
                elif local(element) == "content":
                    href = element.get("src", "")
            if title:
                yield href, title, level
            if level < 20:
                yield from points(point, level + 1)

    for element in root.iter():
        if local(element) == "navMap":
            yield from points(element, 1)


def _language(archive: zipfile.ZipFile, book: _Book) -> str:
    middle = book.documents[len(book.documents) // 2]
    # If it cannot be read, its own turn among the chapters reports it.
    blocks = Parts("part").items(middle, partial(_blocks, archive, middle, "", []))
    sample = " ".join(block.text for block in blocks)
    return segment.told_language(book.language, sample)


def _styles(archive: zipfile.ZipFile) -> str:
    sheets = (name for name in archive.namelist() if name.lower().endswith(".css"))
    return "\n".join(part(archive, name).decode("latin-1") for name in sheets)


def _blocks(archive: zipfile.ZipFile, name: str, css: str, hidden: list[str]) -> list[Block]:
    """The blocks of a document; words that are not shown go to `hidden`."""
    if name.lower().endswith(".svg"):
        return _drawing_text(tree(part(archive, name)))
    found = main_text.visible_text(markup.parse(_html(archive, name), css), book=True)
    hidden += found.hidden
    return markup.blocks_of(found.nodes)


def _drawing_text(root: ElementTree.Element) -> list[Block]:
    """The text of a page that is a drawing (SVG)."""
    texts = ("".join(item.itertext()) for item in root.iter() if local(item) == "text")
    return [Block(words) for words in (" ".join(text.split()) for text in texts) if words]


# -- chapters ------------------------------------------------------------------------------------


class _Chapters:
    """Divides documents into chapters: by the table of contents, or else at headings."""

    def __init__(self, book: _Book) -> None:
        self._by_document: dict[str, list[_Entry]] = {}
        for entry in book.contents:
            self._by_document.setdefault(entry.document, []).append(entry)
        self._by_headings = len(book.contents) < 2
        self._book = book
        self._above: list[tuple[int, str]] = []
        self._current = Chapter("", "", 1)

    def lay(self, name: str, found: list[Block]) -> Iterator[Chapter]:
        """Append a document; yields the chapters that end within it."""
        starts = _starts(self._by_document.get(name, []), found)
        kind = _document_kind(self._book, name, found)
        first, opening = next(((n, b) for n, b in enumerate(found) if b.text), (0, Block("")))
        raised = self._heading_level() - opening.level
        if -1 in starts and not (starts[-1].placed and opening.level):
            yield from self._turn(starts[-1].title, starts[-1].level, kind)
        elif kind or name in self._book.aside:
            yield from self._turn(_first_heading(found), 1, kind)
        elif self._by_headings:
            if self._current.kind or any(block.level for block in found[:3]):
                yield from self._turn("", 1, "")
        elif first not in starts and opening.level and (self._current.kind or raised >= 0):
            level = 1 if self._current.kind else max(1, self._current.level - raised)
            yield from self._turn(" ".join(opening.text.split()), level, "")
        elif self._current.kind:
            yield from self._turn("", 1, "")
        for place, block in enumerate(found):
            if place in starts:
                yield from self._turn(starts[place].title, starts[place].level, kind)
            elif self._begins_chapter(block):
                yield from self._turn(" ".join(block.text.split()), min(block.level, 2), "")
            if block.text:
                self._current.blocks.append(block)

    def _heading_level(self) -> int:
        """The level of the heading of the current chapter, if it has one."""
        return next((block.level for block in self._current.blocks[:3] if block.level), 2)

    def finish(self) -> Iterator[Chapter]:
        """The last chapter."""
        if self._current.blocks:
            yield self._current

    def _begins_chapter(self, block: Block) -> bool:
        if not self._by_headings or not 1 <= block.level <= 2 or self._current.kind:
            return False
        # A heading directly below another one is its second line.
        return not self._current.title or any(not b.level for b in self._current.blocks)

    def _turn(self, title: str, level: int, kind: str) -> Iterator[Chapter]:
        if self._current.blocks:
            yield self._current
        self._above = [(depth, name) for depth, name in self._above if depth < level]
        chapter = " · ".join([*(name for _, name in self._above), title] if title else [])
        if title:
            self._above.append((level, title))
        self._current = Chapter(title, chapter, level, kind=kind)


def _starts(entries: list[_Entry], found: list[Block]) -> dict[int, _Entry]:
    """The first block of each entry of a document; -1 for the document as a whole.

    A missing or duplicate fragment is searched among the headings; if it is not found, headings of
    that level begin chapters. The first entry starts at the beginning if no other does.
    """
    starts: dict[int, _Entry] = {}
    missing: list[_Entry] = []
    ids = {id: place for place, block in reversed([*enumerate(found)]) for id in block.ids}
    for entry in entries:
        place = ids.get(entry.fragment) if entry.fragment else -1
        doubled = place in starts and starts[place].title != entry.title
        if place is None or doubled:
            titled = (n for n, block in enumerate(found) if block.level and n not in starts)
            repeated = next((n for n in titled if repeats(found[n].text, entry.title)), None)
            place = place if repeated is None and not entry.fragment else repeated
        if place is None:
            missing.append(entry)
        else:
            starts.setdefault(place, entry)
    if not missing:
        return starts
    if missing[0] is entries[0]:
        starts.setdefault(-1, missing[0])
    levels = Counter(block.level for block in found if block.level)
    deep = {found[n].level for n in starts if n >= 0} - {0}
    deep = deep or {min((n for n in levels if levels[n] >= len(missing)), default=0)}
    first = next((n for n, block in enumerate(found) if block.text), 0)
    for place, block in enumerate(found):
        if block.level and block.level in deep and not (place == first and -1 in starts):
            inner = _Entry(missing[0].document, "", " ".join(block.text.split()), missing[0].level)
            starts.setdefault(place, inner)
    return starts


def _document_kind(book: _Book, name: str, found: list[Block]) -> str:
    """The kind of a whole document, "" for running text."""
    if name == book.navigation or book.kinds.get(name, "") in _FRONT:
        return "front"
    if not found:
        return ""
    shared = frozenset.intersection(*(block.types for block in found))
    if markup.is_notes(shared) or (
        len(found) > 1 and all(block.note or block.level for block in found)
    ):
        return "notes"
    if shared & _FRONT:
        return "front"
    if shared & _BACK or book.kinds.get(name, "") in _BACK:
        return "back"
    characters = sum(len(block.text) for block in found)
    linked = sum(block.linked for block in found)
    if linked * 10 > characters * 6 and len(found) > 3:
        return "front"
    return ""


def _first_heading(found: list[Block]) -> str:
    return next((block.text.replace("\n", " ") for block in found if block.level), "")
