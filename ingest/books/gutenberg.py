"""Project Gutenberg's wrapper: the header and licence around a book, and their metadata."""

import re
from dataclasses import dataclass, field

from ingest.books.naming import iso_date, language_tag
from ingest.records import Span

_START = re.compile(
    r"^[ \t]*\*\*\*[ \t]*START OF (?:THE|THIS) PROJECT GUTENBERG(?:[^\n*]|\n(?!\n))*\*\*\*[^\n]*\n?"
    r"|^\*?END[ *]*THE SMALL PRINT[^\n]*\n?",
    re.MULTILINE | re.IGNORECASE,
)
_END = re.compile(
    r"^[ \t]*(?:\*\*\*[ \t]*END OF (?:THE|THIS) PROJECT GUTENBERG"
    r"|End of (?:the |this )?Project Gutenberg(?:['’]s)?\b)",
    re.MULTILINE | re.IGNORECASE,
)
_FIELD = re.compile(
    r"^(?P<name>[A-Z][A-Za-z ]{2,20}):[ \t]*(?P<value>\S.*(?:\n[ \t]{2,}\S.*)*)", re.MULTILINE
)
_HEADER_LIMIT = 40_000


@dataclass(frozen=True, slots=True)
class Wrapping:
    """The span of the book, `[start, end)`, and the metadata of the header."""

    body: Span
    title: str = ""
    author: str = ""
    language: str = ""
    date: str = ""
    metadata: dict[str, str] = field(default_factory=dict)

    @property
    def exists(self) -> bool:
        """Whether there is a wrapper."""
        return bool(self.metadata)


def unwrap(text: str) -> Wrapping:
    """Find header and licence of `text`; without them the book is all of it."""
    starts = list(_START.finditer(text, 0, _HEADER_LIMIT))
    begin = starts[-1].end() if starts else 0
    final = text.lower().rfind("project gutenberg")
    ends = _END.search(text, begin) if final >= begin else None
    stop = ends.start() if ends else len(text)
    if not starts and not ends:
        return Wrapping((0, len(text)))
    fields = {
        match["name"].lower(): " ".join(match["value"].split())
        for match in reversed(list(_FIELD.finditer(text, 0, begin)))
    }
    return Wrapping(
        body=(begin, stop),
        title=fields.get("title", ""),
        author=fields.get("author", ""),
        language=language_tag(fields.get("language", "")),
        date=iso_date(fields.get("release date", fields.get("posting date", ""))),
        metadata={"publisher": "Project Gutenberg"},
    )
