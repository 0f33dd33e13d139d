"""From the blocks of a document that is read as a whole to sections, passages and metadata."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ingest import segment
from ingest.books import chapters, naming
from ingest.books.markup import Block
from ingest.records import Check, Reading, Report, Source


@dataclass(slots=True)
class Document:
    """A document as it was parsed. `language` is a BCP 47 tag or "", `date` ISO 8601 or ""."""

    title: str = ""
    author: str = ""
    date: str = ""
    language: str = ""
    blocks: list[Block] = field(default_factory=list)
    metadata: dict[str, str] = field(default_factory=dict)

    @property
    def has_words(self) -> bool:
        """Whether there is anything to read."""
        return any(block.text for block in self.blocks)


def records(
    document: Document,
    path: Path,
    kind: str,
    reader: str,
    *,
    title: str | None,
    start_section: int,
    report: Report,
    cancel: Check,
) -> Iterator[Reading]:
    """A `Source` and its `Section`s from `start_section` on."""
    cancel()
    text = " ".join(block.text for block in document.blocks)
    own = naming.tidy(document.title)
    found = list(chapters.by_headings(document.blocks, own))
    language = segment.told_language(document.language, text)
    yield Source(
        title=title or own or naming.from_file_name(path),
        kind=kind,
        reader=reader,
        author=document.author,
        language=language,
        date=document.date,
        characters=len(text),
        sections=len(found),
        metadata=document.metadata,
    )
    for section in chapters.sections(found, language, start_section):
        cancel()
        yield section
        report(min(section.end, len(text)), len(text), "characters")
    report(len(text), len(text), "characters")


def first_heading(found: list[Block]) -> str:
    """The title that a document opens with: its first block, where no other heading equals it."""
    if len(found) < 2 or not found[0].level:
        return ""
    first = found[0]
    if any(0 < block.level <= first.level for block in found[1:]):
        return ""
    return " ".join(first.text.split())
