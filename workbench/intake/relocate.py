"""Finds originals that were moved.

The library stores text itself, so a missing original costs only its page images and the chance to
read it again. A file is accepted as the original only if its bytes are the same or, for a file of
many sources, if it contains the record.
"""

import json
import os
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from ingest.records import Source
from workbench.errors import InputError
from workbench.intake import wire
from workbench.intake.places import as_path, as_text, fingerprint, is_link, name_of
from workbench.intake.reader import DEFAULT_READER, Reader, Request
from workbench.jobs import Cancel
from workbench.store import sources
from workbench.store.store import Store

_PLACES = """
SELECT l.source, l.path, l.size, EXISTS (SELECT 1 FROM location o JOIN source n ON n.id = o.source
  WHERE o.path = l.path AND o.source > l.source AND n.kind <> 'record' AND s.kind <> 'record'
  AND o.mtime <> l.mtime)
FROM location l JOIN source s ON s.id = l.source WHERE s.trashed IS NULL ORDER BY l.source
"""


def missing(store: Store, cancel: Cancel | None = None) -> list[int]:
    """The sources outside the trash whose original is at none of its locations.

    Checks each location once, without holding a connection, and heeds `cancel`. A file of another
    size, or a later version of the file, does not count. Pasted text and links have no original to
    miss.
    """
    has_original: dict[int, bool] = {}
    existing: dict[str, int | None] = {}
    cancel = cancel or Cancel()
    with store.read() as connection:
        rows = connection.execute(_PLACES).fetchall()
    for source, path, size, used in rows:
        cancel.check()
        if is_link(path):
            has_original[source] = True
            continue
        if path not in existing:
            existing[path] = _size(as_path(path))
        current = existing[path]
        has_file = current is not None and size in (None, current) and not used
        has_original[source] = has_original.get(source, False) or has_file
    return [source for source, has_file in has_original.items() if not has_file]


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size if path.is_file() else None
    except OSError:
        return None


def locate(
    store: Store,
    source: int,
    path: str | Path,
    cancel: Cancel | None = None,
    reader: str = DEFAULT_READER,
) -> list[int]:
    """Record that the original of `source` is at `path`; returns all sources found in that file.

    Raises `NotFoundError` for an unknown source, and `InputError` if the file cannot be read or is
    not the original.
    """
    cancel = cancel or Cancel()
    with store.read() as connection:
        row = sources.by_id(connection, source)
    place = as_text(path)
    mark = fingerprint(as_path(place), cancel)
    results = {source} if mark.hash == row.hash else set[int]()
    if not results:
        inside = _hashes_inside(as_path(place), reader, cancel)
        with store.read() as connection:
            results = set(_by_hashes(connection, inside))
    if source not in results:
        raise InputError(
            f"“{name_of(place)}” is not the file that “{row.title}” was read from: "
            "its content differs.",
            "Choose the original, or add this file as a new version.",
            reason="changed",
        )

    def work(connection: sqlite3.Connection) -> None:
        for item in results:
            sources.add_location(
                connection, item, place, size=mark.size, mtime=mark.mtime_ns / 1_000_000_000
            )

    store.write(work)
    return sorted(results)


def relocate_siblings(
    store: Store, source: int, path: str | Path, cancel: Cancel | None = None
) -> list[int]:
    """Locate missing sources relative to `path` as they were to the old location of `source`.

    So one file is enough to find a folder that was moved. Returns the sources found.
    """
    cancel = cancel or Cancel()
    missing_ids = missing(store, cancel)
    with store.read() as connection:
        rows = sources.by_ids(connection, missing_ids)
        own_paths = sources.by_id(connection, source)
    place = as_path(as_text(path))
    results: set[int] = set()
    for row in rows:
        for candidate in _sibling_paths(own_paths.locations, row.locations, place):
            cancel.check()
            if row.id in results or _size(candidate) is None:
                continue
            try:
                results.update(locate(store, row.id, candidate, cancel))
            except InputError:
                # Same name, other content: a different file.
                continue
    return sorted(results)


def _sibling_paths(
    own_paths: Iterable[str], missing_paths: Iterable[str], place: Path
) -> list[Path]:
    """Where files of another source would be if they had moved together with `place`."""
    results: dict[Path, None] = {}
    for old in own_paths:
        for missing_path in missing_paths:
            if is_link(old) or is_link(missing_path) or as_path(old) == place:
                continue
            try:
                path = os.path.relpath(as_path(missing_path), as_path(old).parent)
            except ValueError:
                # On another drive than the one that moved.
                continue
            results[Path(os.path.normpath(place.parent / path))] = None
    return list(results)


def _hashes_inside(path: Path, name: str, cancel: Cancel) -> list[str]:
    """The hashes of the sources in a file of many sources; none for a single source."""
    hashes: list[str] = []
    reader = Reader(name)
    try:
        for frame in reader.read(Request(str(path), path.name), cancel):
            records = map(wire.from_tuple, frame[1]) if frame[0] == "batch" else ()
            for record in records:
                if isinstance(record, Source):
                    if record.content_hash is None:
                        return []
                    hashes.append(record.content_hash)
    except InputError:
        # An unreadable file is not the original.
        return []
    finally:
        reader.close()
    return hashes


def _by_hashes(connection: sqlite3.Connection, hashes: Iterable[str]) -> list[int]:
    rows = connection.execute(
        "SELECT id FROM source WHERE hash IN (SELECT value FROM json_each(?))",
        (json.dumps(list(hashes)),),
    )
    return [row[0] for row in rows]
