"""Expands a request (folders, shortcuts, lists of references) into single jobs."""

import io
import sqlite3
import time
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from ingest import kinds, zotero
from ingest.errors import IngestError
from ingest.web import shortcut
from workbench.errors import InputError
from workbench.intake import bibliography, places, queue, rereading
from workbench.intake.origin import of_text
from workbench.intake.queue import Addition
from workbench.intake.reader import Reader
from workbench.store import kept_originals, names, sources
from workbench.store.store import Store

#: Bytes searched at a time for the first line.
_PART = 4096


def enqueue(
    store: Store, paths: Sequence[str | Path], addition: Addition, reader: Reader
) -> list[int]:
    """Queue files, the files of folders, and links; returns their jobs in order.

    `addition` has everything but `path`, `size` and `added`. Raises `InputError` for an invalid
    path, `UsageError` for a collection without a name.
    """
    check_collection(addition.collection)
    named, held = resolve_shortcuts(paths)
    requested, now = [(path, size_of(path)) for path in expanded(named, reader)], time.time()

    def work(connection: sqlite3.Connection) -> list[int]:
        return [
            queue.enqueue(
                connection,
                replace(
                    addition,
                    path=path,
                    size=size,
                    typed=addition.typed and places.is_link(path) and path not in held,
                    added=now,
                ),
            )
            for path, size in requested
        ]

    return list(dict.fromkeys(store.write(work)))


def enqueue_text(store: Store, content: bytes, *, title: str | None, collection: str | None) -> int:
    """Store pasted text in the library and queue it, atomically."""
    check_collection(collection)
    original = of_text(content)

    def work(connection: sqlite3.Connection) -> int:
        kept_originals.store(connection, original, content)
        path = f"{kept_originals.PASTED}{original.hash[:16]}"
        return queue.enqueue(
            connection, Addition(path, collection, title, original.size, hash=original.hash)
        )

    return store.write(work)


def title_of(content: bytes) -> str | None:
    """The title of pasted text: its first line, shortened; None for files, which have their own.

    The first line of a piped page or PDF is no title.
    """
    try:
        kind = kinds.kind_of_content(content)
    except IngestError:
        return None
    return first_line(content) if kind in ("text", "markdown") else None


def first_line(content: bytes) -> str:
    """The first line that is not blank, shortened, or ""."""
    # In chunks, so that a large document is not copied for its first words.
    parts = iter(partial(io.BytesIO(content).readline, _PART), b"")
    lines = (line for part in parts for line in part.decode("utf-8", "replace").splitlines())
    line = next(filter(None, map(str.strip, lines)), "")
    return line if len(line) <= 60 else line[:59].rsplit(" ", 1)[0] + "…"


def enqueue_rereading(connection: sqlite3.Connection, wanted: Sequence[int] | None) -> list[int]:
    """Queue sources (None: all with an original) to be read again.

    Raises `NotFoundError`, and `InputError` for a source that never had a file.
    """
    if wanted is None:
        rows = sources.listing(connection)
        held = kept_originals.by_source(connection, [row.id for row in rows])
        rows = [row for row in rows if row.locations or row.id in held]
    else:
        sources.check_all(connection, wanted)
        rows = sources.by_ids(connection, wanted)
        held = kept_originals.by_source(connection, wanted)
    for row in rows:
        if not row.locations and row.id not in held:
            raise InputError(
                f"“{row.title}” was pasted, so there is no file to read it from again.",
                "Its text is kept as it is.",
                reason="missing",
            )
    return rereading.enqueue(connection, rows)


def check_collection(name: str | None) -> None:
    """Raise `UsageError` for an invalid name of a collection."""
    if name is not None:
        names.givable(name)


def expanded(paths: Sequence[str | Path], reader: Reader) -> list[str]:
    """The paths as the library stores them, folders replaced by their files.

    Documents named by a reference list follow it, and those of Zotero's folder its database. A
    folder that cannot be opened stays, so that its job reports the error.
    """
    results: list[str] = []
    for path in paths:
        text = places.as_text(path)
        if is_folder(text):
            folder = places.as_path(text)
            entire = folder / zotero.DATABASE
            files = [entire] if places.is_file(entire) else places.files_of(folder)
            inside = [places.as_text(item) for item in files]
        else:
            inside = [text]
        for item in inside:
            results += [
                item,
                *([] if places.is_link(item) else bibliography.attached(item, reader)),
            ]
    return list(dict.fromkeys(results))


def resolve_shortcuts(paths: Sequence[str | Path]) -> tuple[list[str | Path], set[str]]:
    """Replace shortcuts by their addresses; returns the paths, and these addresses."""
    resolved: list[str | Path] = []
    shortcuts: set[str] = set()
    for path in paths:
        text = places.as_text(path)
        address = None if places.is_link(text) else shortcut.address_in(places.as_path(text))
        if address is not None and places.is_link(address):
            shortcuts.add(places.as_text(address))
            resolved.append(address)
        else:
            resolved.append(path)
    return resolved, shortcuts


def size_of(stored: str) -> int | None:
    try:
        return None if places.is_link(stored) else places.as_path(stored).stat().st_size
    except OSError:
        return None


def is_folder(stored: str) -> bool:
    """Whether this is a folder. As a job, it could not be opened when it was added."""
    if places.is_link(stored) or places.is_pasted(stored):
        return False
    try:
        return places.as_path(stored).is_dir()
    except OSError:
        # The name is too long for this system.
        return False


def files_of_job(stored: str, reader: Reader) -> list[tuple[str, int | None]]:
    """The files of a folder that is a job, and their sizes. Raises `InputError` for none."""
    results = [(path, size_of(path)) for path in expanded([places.as_path(stored)], reader)]
    name = places.name_of(stored)
    if any(path == stored for path, _ in results):
        raise InputError(
            f"The folder “{name}” cannot be opened, so nothing was added from it.",
            "Check that you may read it, then retry.",
            reason="missing",
        )
    if not results:
        raise InputError(
            f"The folder “{name}” contains no files that can be read.",
            "Add a folder with books or documents in it.",
            reason="empty",
        )
    return results
