"""What plugins import, and what rooms ask of them; `resources/guide` has a page about both.

`ingest.plugins` finds and runs them.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ingest.errors import DamagedFileError, IngestError, UnsupportedFileError
from ingest.plugins import CITATION_STYLES, EXPORTERS, READERS, SILENCE_SECONDS, THEMES, found
from ingest.plugins import value as _value
from ingest.records import Notice, Reading, ReadRequest, Section, Source
from workbench.errors import InputError

__all__ = [
    "CITATION_STYLES",
    "EXPORTERS",
    "READERS",
    "THEMES",
    "DamagedFileError",
    "Notice",
    "ReadRequest",
    "Reading",
    "Section",
    "Source",
    "UnsupportedFileError",
    "found",
    "records",
    "value",
]


def records(
    path: Path,
    request: ReadRequest,
    reader: str,
    paragraphs: Iterable[tuple[int, str]],
    **details: str,
) -> Iterator[Reading]:
    """The records of a document that is `paragraphs`, each with its level.

    The level is 1 to 6 for a heading and 0 for text. `reader` is the kind of the file with the
    version of its reader ("fb2/1"). `details` are title, author, date (ISO 8601) and language (a
    BCP 47 tag), as far as known.
    """
    # The window asks for themes, and needs none of these.
    from ingest.books import document
    from ingest.books.markup import Block

    blocks = [Block(text, level) for level, text in paragraphs]
    title, author, date, language = (
        details.get(name, "") for name in ("title", "author", "date", "language")
    )
    result = document.Document(title, author, date, language, blocks)
    form = document.Format(reader.split("/")[0], reader)
    return document.records(result, path, form, request)


def value(group: str, name: str, *arguments: object, seconds: float = SILENCE_SECONDS) -> Any:
    """What a plugin is or, if it is a function, returns. Raises `InputError`."""
    try:
        return _value(group, name, *arguments, seconds=seconds)
    except IngestError as error:
        raise InputError(error.message, error.hint) from error
