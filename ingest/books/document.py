"""The blocks of a document that was read as a whole, as sections, passages and metadata."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from ingest import segment
from ingest.books import chapters, naming
from ingest.books.markup import Block
from ingest.errors import IngestError
from ingest.parts import Parts
from ingest.records import Reading, ReadRequest, Source


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
    yield from parts.notices()


def first_heading(found: list[Block]) -> str:
    """The title at the beginning of a document: its first block, if no other heading is equal."""
    if len(found) < 2 or not found[0].level:
        return ""
    first = found[0]
    if any(0 < block.level <= first.level for block in found[1:]):
        return ""
    return " ".join(first.text.split())
