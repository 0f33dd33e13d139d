"""The blocks of a document that was read as a whole, as sections, passages and metadata."""

import re
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element

from ingest import segment
from ingest.books import chapters, naming
from ingest.books.archive import local
from ingest.books.markup import Block
from ingest.errors import IngestError, NoTextError
from ingest.parts import Parts
from ingest.records import Notice, Reading, ReadRequest, Source

_SAVE = (
    "Open it in a word processor, save what is embedded as files, and add what you need of them."
)
#: Characters of hidden words that a notice shows.
_LONGEST_SHOWN = 80
_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|seite|p|s|pagina|página|sida|side)\W*)?\d*(?:\s*(?:of|von|/|de|av)\s*\d*)?\W*",
    re.IGNORECASE,
)


class Format(NamedTuple):
    """The kind of a document, and its reader ("word/8")."""

    kind: str
    reader: str


@dataclass(slots=True)
class Document:
    """A parsed document. `language` is a BCP 47 tag or "", `date` ISO 8601 or ""."""

    title: str = ""
    author: str = ""
    date: str = ""
    language: str = ""
    blocks: list[Block] = field(default_factory=list)
    metadata: dict[str, str] = field(default_factory=dict)
    #: What was left out of it.
    notices: list[Notice] = field(default_factory=list)

    def add_edges(self, lines: Iterable[str]) -> None:
        """Add headers and footers of pages below the text, once, unless it has their words."""
        body = {" ".join(block.text.split()).casefold() for block in self.blocks}
        body.add(" ".join(self.title.split()).casefold())
        for line in dict.fromkeys(" ".join(line.split()) for line in lines):
            worded = any(map(str.isalpha, line)) and not is_page_number(line)
            if worded and line.casefold() not in body:
                self.blocks.append(Block(line, note=True))

    def leave_out(self, hidden: Sequence[str], *, deleted: bool = False) -> None:
        """Say that hidden words were left out, or those whose deletion is tracked."""
        words = " ".join(" ".join(hidden).split())
        if words:
            shown = textwrap.shorten(words, _LONGEST_SHOWN, placeholder=" …")
            what, step = ("Deleted", "Restore") if deleted else ("Hidden", "Show")
            self.notices.append(
                Notice(
                    "deleted_text" if deleted else "hidden_text",
                    f"{what} text was left out ({len(words.split()):,} words): “{shown}”.",
                    f"{step} it in the program that wrote it, and add the file again "
                    "if you need it.",
                    words=words,
                )
            )

    @property
    def has_words(self) -> bool:
        """Whether it has any text."""
        return any(block.text for block in self.blocks)


def records(
    document: Document,
    path: Path,
    form: Format,
    request: ReadRequest,
    parts: Parts | None = None,
    nothing: IngestError | None = None,
) -> Iterator[Reading]:
    """Yield a `Source`, its `Section`s, and notices of unreadable `parts`.

    Raises the error `nothing` if there is no text and no part failed.
    """
    parts = parts or Parts("part")
    if nothing is not None and not document.has_words:
        raise parts.error(nothing)
    request.cancel()
    text = " ".join(block.text for block in document.blocks)
    inner = naming.tidy(document.title)
    results = list(chapters.by_headings(document.blocks, inner))
    language = segment.told_language(document.language, text)
    yield Source(
        title=request.title or inner or naming.from_file_name(path),
        kind=form.kind,
        reader=form.reader,
        author=document.author,
        language=language,
        date=document.date,
        characters=len(text),
        sections=len(results),
        metadata=document.metadata,
    )
    for section in chapters.sections(results, language, request.start_section):
        request.cancel()
        yield section
        request.report(min(section.end, len(text)), len(text), "characters")
    request.report(len(text), len(text), "characters")
    yield from document.notices
    yield from parts.notices()


def with_files(
    records: Callable[[IngestError], Iterator[Reading]], noun: str, count: int
) -> Iterator[Reading]:
    """The records of a document with so many embedded files, and a notice of these.

    `records` takes the error of a document without text.
    """
    files = "a file" if count == 1 else f"{count} files"
    only = f" of its own, only {files} embedded in it"
    nothing = (
        f"This {noun} contains no text{only if count else ', only pictures or nothing at all'}."
    )
    yield from records(
        NoTextError(
            nothing,
            _SAVE if count else "Check that it is the right file, or add a copy with text.",
        )
    )
    if count:
        yield Notice("embedded", f"Embedded in this {noun} and not read: {files}.", _SAVE, words="")


def is_page_number(line: str) -> bool:
    """Whether a line has nothing but the number of its page: “Page 3 of 9”."""
    return _PAGE_NUMBER.fullmatch(line) is not None


def describe(root: Element, text: Document) -> None:
    """Take over what an Office or OpenDocument file says about itself in its properties."""
    texts = {local(entry): " ".join((entry.text or "").split()) for entry in root.iter()}
    facts = {name: text for name, text in texts.items() if text}
    text.title = facts.get("title", "")
    text.author = facts.get("initial-creator", facts.get("creator", ""))
    text.language = naming.language_tag(facts.get("language", ""))
    dates = ("creation-date", "created", "modified", "date")
    text.date = naming.iso_date(next((facts[name] for name in dates if name in facts), ""))
    for name in ("subject", "keywords", "description"):
        if facts.get(name):
            text.metadata[name] = facts[name][:300]


def first_heading(found: list[Block]) -> str:
    """The title at the beginning of a document: its first block, if no other heading is equal."""
    if len(found) < 2 or not found[0].level:
        return ""
    first = found[0]
    if any(0 < block.level <= first.level for block in found[1:]):
        return ""
    return " ".join(first.text.split())
