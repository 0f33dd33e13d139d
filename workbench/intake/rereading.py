"""Re-reads a source from its original or a new version of its file; finds moved originals.

The file is read completely before one transaction replaces the old text. If the process is killed
before that, the old text stays and the job reads again.
"""

import io
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ingest.records import Notice, Reading, Section, Source
from workbench.errors import InputError
from workbench.intake import places, queue, wire
from workbench.intake.origin import Origin
from workbench.intake.places import Print, as_path, as_text, fingerprint, is_link, name_of
from workbench.intake.queue import Job
from workbench.intake.reader import DEFAULT_READER, Reader, Request
from workbench.jobs import Cancel
from workbench.store import collections, details, exchange, kept_originals, sources
from workbench.store.records import SourceRow
from workbench.store.store import Store


@dataclass(frozen=True, slots=True)
class Changed:
    """A file that has changed since it was added; `source` is the former version."""

    path: str
    source: int
    title: str


@dataclass(slots=True)
class Draft:
    """A source as it was just read; its sections are kept serialised."""

    record: Source
    hash: str
    packed: list[bytes] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    engrams: int = 0

    def take(self, notice: Notice) -> None:
        """Add a notice, and the words of what it says was left out."""
        self.notices.append(f"{notice.message} {notice.hint}".strip())
        if line := sources.left_out_line(notice):
            said = self.record.metadata
            lines = {"left_out": said.get("left_out", "") + line}
            self.record = replace(self.record, metadata={**said, **lines})

    def sections(self) -> Iterator[Section]:
        """Yield the sections."""
        for item in self.packed:
            frame = wire.unpack(io.BytesIO(item).read)
            yield from frame[1] if frame else ()


class Drafts:
    """Collects the requested sources of one reading by hash."""

    def __init__(self, mark: Print, hashes: Sequence[str]) -> None:
        self._mark = mark
        self._wanted = set(hashes)
        self._open: Draft | None = None
        self.found: dict[str, Draft] = {}
        self.characters = 0
        #: Whether the file has sources identified by their own content instead of the file's.
        self.has_many = False

    def take(self, records: Sequence[Reading]) -> None:
        """Add a batch of records from the reader process."""
        for record in records:
            if isinstance(record, Source):
                self.has_many = self.has_many or record.content_hash is not None
                hash = record.content_hash or self._mark.hash
                self._open = Draft(record, hash) if hash in self._wanted else None
                if self._open is not None:
                    self.found[hash] = self._open
                continue
            if isinstance(record, Section):
                self.characters = max(self.characters, record.end)
            if self._open is None:
                continue
            if isinstance(record, Section):
                self._open.packed.append(wire.pack(("batch", [wire.to_values(record)])))
                self._open.engrams += wire.sentences_in(record)
            elif isinstance(record, Notice):
                self._open.take(record)


def place(
    connection: sqlite3.Connection, job: Job, origin: Origin, source: int, draft: Draft
) -> exchange.Exchanged:
    """Replace the text of `source` by what was read, and link it to the job."""
    mark = origin.mark
    completed = exchange.exchange(
        connection,
        source,
        exchange.Replacement(
            origin.annotated(draft.record, job.path), draft.sections(), draft.hash, mark.size,
            draft.notices,
        ),
    )  # fmt: skip
    if not places.is_pasted(job.path):
        sources.add_location(
            connection, source, job.path, size=mark.size, mtime=mark.mtime_ns / 1_000_000_000
        )
    if origin.copy is not None:
        kept_originals.attach(connection, source, mark.hash)
    else:
        kept_originals.detach_stale(connection, source, mark.hash)
    if job.purpose not in ("reindex", queue.FIGURES):
        sources.forget_other_locations(connection, source, job.path)
        if job.title:
            row = sources.by_id(connection, source)
            details.record(connection, row, {"title": job.title}, row.metadata)
    if job.collection:
        collections.assign(connection, [source], job.collection)
    queue.renewed(connection, job.id, source)
    return completed


def enqueue(
    connection: sqlite3.Connection, rows: Sequence[SourceRow], purpose: str = "reindex"
) -> list[int]:
    """Queue sources to be read again, one job per file.

    Originals stored in the library are read from there, never from the network.
    """
    hashes = kept_originals.by_source(connection, [row.id for row in rows])
    by_place: dict[tuple[str, str | None], list[int]] = {}
    for row in rows:
        by_place.setdefault(_best(row, hashes.get(row.id)), []).append(row.id)
    return [
        queue.enqueue_rereading(connection, path, ids, hash, purpose)
        for (path, hash), ids in by_place.items()
    ]


def _best(row: SourceRow, hash: str | None) -> tuple[str, str | None]:
    """The most likely path of the original, and its hash if the library stores it."""
    for path in row.locations:
        file = places.as_path(path)
        if not places.is_link(path) and _size(file) == row.size:
            return path, None
    if hash is not None:
        links = [path for path in row.locations if places.is_link(path)]
        return (links[0] if links else f"{kept_originals.PASTED}{hash[:16]}"), hash
    return row.locations[0], None


def changed(store: Store, paths: Sequence[str | Path]) -> list[Changed]:
    """The files among these that were added before and have changed.

    A file is hashed only if its size is the same and its time is not.
    """
    results = []
    for path in map(places.as_text, paths):
        if places.is_link(path):
            continue
        with store.read() as connection:
            rows = connection.execute(
                "SELECT s.id, s.title, s.hash, l.size, l.mtime FROM location l "
                "JOIN source s ON s.id = l.source WHERE l.path = ? AND s.verified IS NOT NULL "
                "AND s.trashed IS NULL AND s.kind <> 'record' ORDER BY s.id DESC",
                (path,),
            ).fetchall()
        if rows and _is_changed(path, rows):
            results.append(Changed(path, rows[0][0], rows[0][1]))
    return results


def _is_changed(path: str, rows: Sequence[tuple[int, str, str, int | None, float | None]]) -> bool:
    file = places.as_path(path)
    try:
        current = file.stat()
    except OSError:
        return False
    same_size = [row for row in rows if row[3] == current.st_size]
    if any(row[4] is not None and abs(row[4] - current.st_mtime) < 1e-6 for row in same_size):
        return False
    if not same_size:
        return True
    try:
        hash = places.fingerprint(file, Cancel()).hash
    except InputError:
        # Adding the file reports why it cannot be read.
        return False
    return all(row[2] != hash for row in same_size)


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None


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
            existing[path] = _file_size(as_path(path))
        current = existing[path]
        has_file = current is not None and size in (None, current) and not used
        has_original[source] = has_original.get(source, False) or has_file
    return [source for source, has_file in has_original.items() if not has_file]


def _file_size(path: Path) -> int | None:
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
            if row.id in results or _file_size(candidate) is None:
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
            records = frame[1] if frame[0] == "batch" else ()
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
