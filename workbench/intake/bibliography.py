"""Reference lists, public catalogues and releases: metadata of sources, and attached files.

A curated list knows title, author and date better than a file does. So an entry completes the
source that was read from its attachment or has its DOI; one with its title and year gets missing
fields only. The order of adding does not matter.
"""

import contextlib
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ingest import bibliography, catalogues, zotero
from ingest.errors import IngestError
from workbench import version
from workbench.errors import InputError, UsageError
from workbench.intake import places
from workbench.intake.reader import Reader
from workbench.intake.records import LookUp
from workbench.jobs import Cancel
from workbench.store import collections, details, sources, tags
from workbench.store.records import SourceRow

_READERS = tuple(bibliography.READERS.values())
_SUFFIXES = (".bib", ".bibtex", ".ris")
#: Fields of an entry besides title, author and date.
_SAID = (
    "citation_key", "doi", "url", "venue", "type", "publisher", "volume", "issue",
    "page_range", "authors", "editors",
)  # fmt: skip


def attached(stored: str, reader: Reader) -> list[str]:
    """The existing files that a reference list names; [] for other files.

    Foreign files are parsed in the process of `reader` only.
    """
    path = places.as_path(stored)
    if path.suffix.lower() not in _SUFFIXES and path.name != zotero.DATABASE:
        return []
    try:
        results = reader.attachments(path, Cancel())
    except InputError:
        # Errors of the file are reported when it is read.
        return []
    return [places.as_text(item) for item in results]


def complete(connection: sqlite3.Connection, fresh: Sequence[int], read: Sequence[int]) -> None:
    """Let entries complete the documents they describe, if either is `fresh`.

    `read` are all sources that were read together with these.
    """
    _sort_notes(connection, fresh)
    lists = _ids(connection, "IN")
    if not lists:
        return
    new = {*fresh}
    if entries := sources.by_ids(connection, sorted(new & lists)):
        _replace(connection, entries, {*read})
        for entry in entries:
            _sort(connection, entry, entry)
        _pair(connection, entries, sources.by_ids(connection, sorted(_ids(connection, "NOT IN"))))
    if remaining := sources.by_ids(connection, sorted(new - lists)):
        _pair(connection, sources.by_ids(connection, sorted(lists)), remaining)


def _sort_notes(connection: sqlite3.Connection, fresh: Sequence[int]) -> None:
    """Put Markdown notes into the collections and under the tags they name."""
    for row in sources.by_ids(connection, fresh):
        if row.kind == "markdown":
            for name in _lines(row, "collections"):
                with contextlib.suppress(UsageError):
                    collections.assign(connection, [row.id], name)
            for name in filter(None, map(str.strip, row.metadata.get("tags", "").split(","))):
                with contextlib.suppress(UsageError):
                    tags.tag(connection, [row.id], name)


def _replace(
    connection: sqlite3.Connection, entries: Sequence[SourceRow], read: Collection[int]
) -> None:
    """Move entries from an earlier reading of their list to the trash."""
    for entry in entries:
        same = sources.ids_by_key(connection, entry.key) if entry.key else []
        previous = [
            row
            for row in sources.by_ids(connection, [id for id in same if id not in read])
            if row.trashed is None and {*row.locations} & {*entry.locations}
        ]
        for row in previous:
            # Corrections by the user apply to the entry of today as well.
            corrected = {name: details.fields(row)[name] for name in details.read_values(row)}
            details.edit(connection, [entry.id], corrected)
        if previous:
            sources.trash(connection, [row.id for row in previous])


def _sort(connection: sqlite3.Connection, row: SourceRow, entry: SourceRow) -> None:
    """Put a source into the collections and under the tags of an entry."""
    for name in _lines(entry, "collections"):
        with contextlib.suppress(UsageError):
            collections.assign(connection, [row.id], name)
    for name in _lines(entry, "tags"):
        with contextlib.suppress(UsageError):
            tags.tag(connection, [row.id], name)


def _lines(entry: SourceRow, name: str) -> list[str]:
    return entry.metadata.get(name, "").splitlines()


def _ids(connection: sqlite3.Connection, among: str) -> set[int]:
    """The sources read from reference lists, or all others."""
    marks = ", ".join("?" * len(_READERS))
    rows = connection.execute(f"SELECT id FROM source WHERE reader {among} ({marks})", _READERS)
    return {id for (id,) in rows}


@dataclass(frozen=True, slots=True)
class _Reference:
    """Finds documents by what an entry may say about them."""

    paths: dict[str, SourceRow]
    dois: dict[str, SourceRow]
    titles: dict[tuple[str, str], SourceRow]


def _pair(
    connection: sqlite3.Connection, entries: Iterable[SourceRow], documents: Sequence[SourceRow]
) -> None:
    existing = _Reference(
        {path: row for row in documents for path in row.locations},
        {row.metadata["doi"].lower(): row for row in documents if row.metadata.get("doi")},
        {(row.title.casefold(), row.date[:4]): row for row in documents},
    )
    for entry in entries:
        files = _lines(entry, "attachments")
        by_file = [
            existing.paths[path] for path in map(places.as_text, files) if path in existing.paths
        ]
        doi = entry.metadata.get("doi", "").lower()
        certain = by_file or ([existing.dois[doi]] if doi in existing.dois else [])
        title = entry.title.casefold()
        likely = existing.titles.get((title, entry.date[:4])) or existing.titles.get((title, ""))
        for row in certain:
            _complete(connection, row, entry, sure=True)
        if not certain and likely is not None:
            _complete(connection, likely, entry, sure=False)


def _complete(
    connection: sqlite3.Connection, row: SourceRow, entry: SourceRow, *, sure: bool
) -> None:
    metadata = {name: entry.metadata[name] for name in _SAID if name in entry.metadata}
    title, author, date = (entry.title, entry.author, entry.date) if sure else ("", "", "")
    if any(title == Path(item).name for item in _lines(entry, "attachments")):
        # The title of an attachment that is listed by itself is its file name.
        title = ""
    author, date = author or row.author or entry.author, date or row.date or entry.date
    columns = {"title": title, "author": author, "date": date}
    details.record(connection, row, columns, {**row.metadata, **metadata})
    if sure:
        _sort(connection, row, entry)


def look_up(identifier: str, send: bool, cancel: Cancel) -> LookUp:
    """The address for a DOI, arXiv number or ISBN, and with `send` the answer.

    Raises `UsageError`, `InputError`, `Cancelled`.
    """
    try:
        address = catalogues.request_address(identifier)
    except ValueError:
        raise UsageError(
            f"“{identifier.strip()[:80]}” is neither a DOI, nor an arXiv number, nor an ISBN.",
            "Give one such as 10.1000/182, arXiv:1512.03385 or 978-0-14-143972-3.",
        ) from None
    return _request(address, partial(catalogues.details, address=address), send, cancel)


def newest_release(send: bool, cancel: Cancel) -> LookUp:
    """The address of the releases, and with `send` what `catalogues.release` reads there.

    Raises `UsageError` in a copy that has no address, `InputError`, `Cancelled`.
    """
    if not (address := version.releases()):
        raise UsageError(
            "This copy of the program has no address of releases.",
            "Look where you got the program.",
        )
    return _request(address, partial(catalogues.release, own=version.__version__), send, cancel)


def _request(address: str, read: partial[dict[str, str]], send: bool, cancel: Cancel) -> LookUp:
    if not send:
        return LookUp(address)
    with contextlib.closing(Reader()) as reader:
        # The host is one of four constants.
        page = reader.fetch(address, typed=True, tell=lambda *_: None, cancel=cancel)
    try:
        return LookUp(address, read(page.content))
    except IngestError as error:
        raise InputError(error.message, error.hint) from error
