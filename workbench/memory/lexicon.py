"""The inverted index of engrams, kept up to date; it can be rebuilt at any time.

New engrams are indexed into small segments in memory; large ones are written to files of the cache
folder, which the next process maps. A missing, damaged or foreign cache costs only time. Of many
unindexed facts only the scopes are read at first: `index_slice` indexes them in slices, each of
which is cached. Readers work on an immutable `Snapshot`; one refresh at a time publishes the next.
"""

import contextlib
import json
import shutil
import sqlite3
import threading
import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np

from workbench import permissions
from workbench.jobs import Cancel, Progress, Report, silent
from workbench.memory import index_feed, purge, segment, segment_files, words
from workbench.memory.segment import COLUMNS, Segment
from workbench.memory.segment_building import Seam, gather, told_segment
from workbench.memory.segment_files import SegmentError
from workbench.memory.snapshot import Columns, Snapshot
from workbench.store import facts, meta, text
from workbench.store.facts import FactRevision
from workbench.store.store import Store

#: Engrams read per batch; bounds the memory of a build.
_BATCH = 16_384
#: Engrams in memory above which they are written to a file.
_FREEZE = 4096
#: Consecutive facts that are indexed on refresh; longer runs are indexed in slices of this size.
_SLICE = 4096
#: Adjacent segments merge if the older is less than this times the newer.
_FANOUT = 4


class Lexicon:
    """The inverted index of one library.

    `cache_dir` None keeps it in memory only. Thread-safe: `snapshot()` returns the last state,
    `refresh` brings it up to date with the library.
    """

    def __init__(self, store: Store, cache_dir: Path | None) -> None:
        self.store = store
        self._folder = cache_dir
        self._lock = threading.Lock()
        self._columns = Columns()
        self._seam = Seam()
        self._marks: list[tuple[int, int]] = []
        self._unfrozen = 0
        #: The files of the generation that was loaded or written last.
        self._files: set[str] = set()
        #: The value of `meta.REMOVALS` at the last purge.
        self._removals = 0
        #: The last version of the library that was read.
        self._version = -1
        #: The removals and moves of facts that were applied last; whether words of removed ones are
        #: still indexed.
        self._removal = self._moves = 0
        self._dead = False
        #: Whether files of older generations contain removed words.
        self._purged = False
        self._snapshot = self._columns.snapshot(())
        self._loaded = False
        #: Called when facts are left to `index_slice`; whether this process has begun.
        self.wake: Callable[[], None] = lambda: None
        self._is_started = False

    def snapshot(self) -> Snapshot:
        """The index as of the last refresh."""
        return self._snapshot

    @property
    def removals(self) -> int:
        """The value of `meta.REMOVALS` at the last purge."""
        return self._removals

    @property
    def holds_removed(self) -> bool:
        """Whether words of removed facts are still indexed."""
        return self._dead

    @property
    def version(self) -> int:
        """The version of the library (`Store.changes`) that the snapshot was taken of."""
        return self._version

    def refresh(self, cancel: Cancel | None = None) -> Snapshot:
        """Index every new engram; the cost is proportional to their number."""
        version = self.store.changes()
        if version == self._version:
            return self._snapshot
        with self._lock:
            if not self._loaded:
                self._load()
                self._loaded = True
            while self._take_in(cancel):
                pass
            if self._unfrozen >= _FREEZE:
                self._freeze()
            self._version = version
            is_first, self._is_started = not self._is_started, True
        if is_first and self._snapshot.unindexed:
            # Even programs that ask one question and exit advance the index.
            self.index_slice()
            self.wake()
        return self._snapshot

    def index_slice(self) -> bool:
        """Index and cache a slice of unindexed facts; False if none is left."""
        part = next(iter(self._snapshot.unindexed), None)
        if part is None:
            return False
        size = min(part.size, _SLICE)
        with self.store.read() as connection:
            rows = facts.texts_between(connection, part.first, part.first + size)
        columns = {name: column[:size] for name, column in part.columns.items()}
        indexed = told_segment(part.first, columns, rows)
        with self._lock:
            parts = list(self._snapshot.segments)
            places = [at for at, other in enumerate(parts) if other is part]
            for at in places:
                columns_left = {name: column[size:] for name, column in part.columns.items()}
                parts[at : at + 1] = [indexed, segment.unindexed(indexed.end, columns_left)]
                merged = _merged(parts[: at + 1])
                parts = [remaining for remaining in (*merged, *parts[at + 1 :]) if remaining.size]
                self._snapshot = self._columns.snapshot(tuple(parts), self._snapshot.lasting)
                self._unfrozen += size
                self._freeze()
        # If the snapshot has changed, statements were removed or moved: read again.
        return True

    def index_all(
        self, report: Report = silent, cancel: Cancel | None = None, *, rest: float = 0.0
    ) -> None:
        """Index all facts, slice by slice. Raises `Cancelled` between two of them.

        `rest` is the pause after a slice, relative to its duration.
        """
        stop = cancel or Cancel()
        self.refresh(stop)
        while (progress := self.progress()) is not None:
            report(progress)
            stop.check()
            begin = time.monotonic()
            self.index_slice()
            stop.wait(rest * (time.monotonic() - begin))

    def progress(self) -> Progress | None:
        """How many facts are indexed; None if all are."""
        snapshot = self._snapshot
        parts = snapshot.unindexed
        if not parts:
            return None
        left = sum(int(np.count_nonzero(part.columns["source"] < 0)) for part in parts)
        total = sum(snapshot.told.values())
        return Progress("indexing", max(total - left, 0), total, "statements")

    def _take_in(self, cancel: Cancel | None) -> bool:
        """Index the next statements; False if there are no more."""
        if cancel is not None:
            cancel.check()
        with self.store.read() as connection:
            size = self._columns.size
            newest = self._follow(connection).newest
            if newest <= size >= text.last_statement(connection):
                return False
            is_behind = newest - self._seam.ordinal > _SLICE
            if is_behind and self._skip(connection):
                return True
            batch = index_feed.statements(connection, self._seam.ordinal, _BATCH)
            if batch is None:
                return False
            if is_behind:
                batch = batch.before_run(_SLICE)
            read, _ = batch.parted()
            headings = index_feed.headings(connection, set(read.sections)) if read.ids else {}
            works = index_feed.works(connection, set(read.sources)) if read.ids else {}
        part, self._seam = gather(batch, self._seam, headings, works)
        self._marks += [_mark(batch.ids[at], batch.texts[at]) for at in {0, len(batch.ids) - 1}]
        self._unfrozen += part.size
        self._columns.extend(part, self._seam.read)
        self._publish([*self._snapshot.segments, part], same_sources=not read.ids)
        return is_behind or len(batch.ids) == _BATCH

    def _skip(self, connection: sqlite3.Connection) -> bool:
        """Read only the scopes of a long run of facts; False if there is none."""
        rows = facts.run_after(connection, self._seam.ordinal)
        if len(rows) <= _SLICE:
            return False
        part = _unindexed(self._seam.ordinal, rows[-1][0], rows)
        ends = text.statements(connection, [rows[0][0], rows[-1][0]])
        self._marks += [_mark(id, words) for id, words in sorted(ends.items())]
        self._seam = replace(self._seam, ordinal=part.end)
        self._columns.extend(part, self._seam.read)
        self._publish([*self._snapshot.segments, part], same_sources=True)
        self._is_started = False
        return True

    def _follow(self, connection: sqlite3.Connection) -> FactRevision:
        """Apply the removals and moves of facts since the last call."""
        library = facts.revision(connection)
        if (library.removals, library.moves) == (self._removal, self._moves):
            return library
        if library.removals != self._removal:
            removed = {abs(id): id > 0 for id in facts.removals(connection, self._removal)}
            self._columns.remove([id for id in removed if removed[id]])
            self._bring_back(connection, [id for id in removed if not removed[id]])
            self._dead = self._dead or any(removed.values())
        if library.moves != self._moves:
            self._columns.place(facts.scopes(connection))
            self._place_segments()
        self._removal, self._moves = library.removals, library.moves
        self._snapshot = self._columns.snapshot(self._snapshot.segments, self._snapshot.lasting)
        return library

    def _bring_back(self, connection: sqlite3.Connection, ids: Sequence[int]) -> None:
        """Index facts that were removed and restored."""
        rows = [row for row in facts.places(connection, ids) if row[0] <= self._columns.size]
        if not rows:
            return
        self._columns.add(rows)
        texts = facts.texts(connection, [id for id, _ in rows])
        parts = []
        for part in self._snapshot.segments:
            inside = [(id, texts[id]) for id, _ in rows if id - 1 in part.span]
            if inside:
                columns = {**part.columns, "source": self._columns.places[part.first : part.end]}
                columns["source"] = columns["source"].copy()
                if part.indexed:
                    part = segment.with_told(part, told_segment(part.first, columns, inside))
                part = replace(part, columns=columns, path=None)
                self._unfrozen += 1
            parts.append(part)
        self._snapshot = replace(self._snapshot, segments=tuple(parts))

    def _place_segments(self) -> None:
        """Update the scopes of facts in the columns of segments."""
        parts = []
        for part in self._snapshot.segments:
            places, source = self._columns.places[part.first : part.end], part.columns["source"]
            changes = (source < 0) & (places < 0) & (source != places)
            if changes.any():
                columns = {**part.columns, "source": np.where(changes, places, source)}
                part = replace(part, columns=columns, path=None)
                self._unfrozen += 1
            parts.append(part)
        self._snapshot = replace(self._snapshot, segments=tuple(parts))

    def refresh_in(self, connection: sqlite3.Connection) -> Snapshot:
        """`refresh` inside a write, without what that transaction stored."""
        library, snapshot = facts.revision(connection), self._snapshot
        if (library.removals, library.moves) == (
            self._removal,
            self._moves,
        ) and library.newest <= len(snapshot.places):
            return snapshot
        return self.refresh()

    def freeze(self) -> None:
        """Write segments in memory to the cache, so that the next process opens quickly."""
        with self._lock:
            if self._unfrozen:
                self._freeze()

    def rebuild(self, cancel: Cancel | None = None) -> Snapshot:
        """Rebuild the index from the library, ignoring the cache. Raises `Cancelled`."""
        with self._lock:
            path = self._manifest()
            if path is not None:
                # A file that cannot be removed is replaced by the next freeze.
                with contextlib.suppress(OSError):
                    path.unlink()
            self._columns, self._seam, self._marks = Columns(), Seam(), []
            self._unfrozen = 0
            self._snapshot = self._columns.snapshot(())
            self._loaded, self._version = True, -1
            with self.store.read() as connection:
                self._begin(connection)
        self.index_all(cancel=cancel)
        return self._snapshot

    def forget(self) -> None:
        """Drop everything that the library no longer contains, in the cache as well."""
        self.refresh()
        with self._lock:
            self._purge()
            if self._purged:
                self._freeze()

    def close(self) -> None:
        """Write segments in memory if there are enough of them."""
        if self._unfrozen >= 64:
            self.freeze()

    def _begin(self, connection: sqlite3.Connection) -> None:
        """Start empty, with no removals to apply."""
        library = facts.revision(connection)
        self._removal, self._moves, self._dead = library.removals, library.moves, False

    def _publish(self, parts: list[Segment], *, same_sources: bool) -> None:
        """Publish new segments; with the `same_sources`, lasting lookups are kept."""
        lasting = self._snapshot.lasting if same_sources else None
        self._snapshot = self._columns.snapshot(tuple(_merged(parts)), lasting)

    # -- the cache ------------------------------------------------------------------------------

    def _manifest(self) -> Path | None:
        return self._folder / "lexicon.json" if self._folder else None

    def _stamp(self) -> dict[str, Any]:
        return {"library": self.store.id, "words": words.VERSION, "layout": 7}

    def _load(self) -> None:
        """Map the cached segments if they belong to this library and are current."""
        with self.store.read() as connection:
            self._begin(connection)
        path = self._manifest()
        if path is None:
            return
        # An obsolete index of facts, which would never be removed otherwise.
        shutil.rmtree(path.with_name("facts"), ignore_errors=True)
        try:
            manifest = json.loads(path.read_text(encoding="utf-8"))
            if manifest["stamp"] != self._stamp():
                return
            marks = [(int(a), int(b)) for a, b in manifest["marks"]]
            if not self._true(marks, manifest["gone"], manifest["last_gone"]):
                return
            seam = Seam(**manifest["seam"])
            files = [segment_files.read(path.with_name(name)) for name in manifest["segments"]]
            parts = self._bridged(files, seam.ordinal)
            if self._lacks(parts):
                return
            removals = int(manifest["removals"])
            removal, moves = int(manifest["gone"]), int(manifest["moves"])
        except (OSError, ValueError, KeyError, TypeError, SegmentError):
            # Any defect of the cache has the same remedy: rebuild.
            return
        for part in parts:
            self._columns.extend(part, min(part.end, seam.read))
        self._seam, self._marks, self._removals = seam, marks, removals
        self._removal, self._moves = removal, moves
        self._files = set(manifest["segments"])
        self._snapshot = self._columns.snapshot(tuple(parts))
        # Another process may have crashed between a removal and its purge.
        self._purge()
        if self._purged:
            self._freeze()
        else:
            segment_files.sweep(path.parent, manifest["segments"])

    def _purge(self) -> None:
        """Remove deleted statements from the index."""
        with self.store.read() as connection:
            self._follow(connection)
            removals = meta.number(connection, meta.REMOVALS)
            is_current = removals == self._removals and not self._dead
            if is_current and self._loaded:
                return
            segments, places = self._snapshot.segments, self._columns.places
            source, starts = (
                np.concatenate([places[:0], *(part.columns[name] for part in segments)])
                for name in ("source", "flow_start")
            )
            removed = purge.orphaned(source, text.extents(connection)) | (
                (source < 0) & (places == 0)
            )
            # Two copies of a library may have equal counts of different removals.
            if is_current and not removed.any():
                return
            self._removals, self._dead, self._purged = removals, False, True
            if not removed.any():
                return
            flows = purge.flow_starts(source, starts, removed)
            changed = removed | (flows != starts)
            self._marks = [mark for mark in self._marks if not removed[mark[0] - 1]]
            left = np.flatnonzero((source != 0) & ~removed)
            if not self._marks and len(left):
                texts = text.statements(connection, [int(left[0]) + 1, int(left[-1]) + 1])
                self._marks = [_mark(id, words) for id, words in texts.items()]
        parts = []
        for part in segments:
            span = slice(part.first, part.end)
            if changed[span].any():
                fewer = purge.blanked(part, removed[span], flows[span])
                part = purge.remove_ordinals(part, removed[span], fewer)
            parts.append(part)
        final = self._seam.read - 1
        self._columns = Columns()
        for part in parts:
            self._columns.extend(part, min(part.end, self._seam.read))
        self._snapshot = self._columns.snapshot(tuple(parts))
        if final >= 0:
            self._seam = replace(self._seam, flow_start=int(flows[final]))
            if removed[final]:
                # That ordinal has the title of the last source.
                self._seam = Seam(self._seam.ordinal, self._seam.read)

    def _true(self, marks: Sequence[tuple[int, int]], removal: int, removed_id: int | None) -> bool:
        """Whether the marked engrams still have the same text.

        A library restored from a backup may have reused ids, and another copy may have deleted
        other engrams: `removed_id` was that of number `removal`.
        """
        with self.store.read() as connection:
            newest = text.last_engram(connection)
            texts = text.statements(connection, [mark[0] for mark in marks])
            if removal and facts.removal_at(connection, removal) != removed_id:
                return False
        if not marks or max(mark[0] for mark in marks) > newest:
            return False
        return all(_mark(i, texts[i])[1] == crc for i, crc in marks if i in texts)

    def _lacks(self, parts: Sequence[Segment]) -> bool:
        """Whether the library has statements that were purged from these segments.

        This happens if one copy of a library deletes something and the other does not: both share
        the id, and thus the cache.
        """
        if not parts:
            return False
        with self.store.read() as connection:
            stored = text.extents(connection)
        source = np.concatenate([part.columns["source"] for part in parts])
        return bool(purge.untold(source, stored).any())

    def _bridged(self, files: Sequence[Segment], size: int) -> list[Segment]:
        """The segments up to an ordinal, with unindexed ones in the gaps between files."""
        parts: list[Segment] = []
        end = 0
        with self.store.read() as connection:
            for first, part in [*((part.first, part) for part in files), (size, None)]:
                if first > end:
                    rows = facts.scopes_between(connection, end, first)
                    parts.append(_unindexed(end, first, rows))
                if part is not None:
                    parts.append(part)
                    end = part.end
        return parts

    def _freeze(self) -> None:
        """Write segments without a file, and a manifest of all indexed ones."""
        path = self._manifest()
        if path is None:
            self._unfrozen = 0
            return
        self._purge()
        parts = _joined(self._snapshot.segments)
        names: list[str] = []
        try:
            permissions.folder(path.parent)
            for i, part in enumerate(parts):
                if not part.indexed:
                    continue
                # Another process may have purged and removed the file.
                if part.path is None or not part.path.exists():
                    file = path.with_name(segment_files.new_name(part))
                    segment_files.write(part, file)
                    parts[i] = segment_files.read(file)
                names.append((parts[i].path or path).name)
            self._marks = _thin(self._marks)
            with self.store.read() as connection:
                removed_id = facts.removal_at(connection, self._removal)
            manifest = {
                "stamp": self._stamp(),
                "segments": names,
                "marks": self._marks,
                "seam": {name: getattr(self._seam, name) for name in Seam.__slots__},
                "removals": self._removals,
                "gone": self._removal,
                "last_gone": removed_id,
                "moves": self._moves,
            }
            segment_files.replace_manifest(path, manifest)
        except (OSError, SegmentError):
            # A full or read-only cache folder only slows the next start.
            self._unfrozen = 0
            if self._purged:
                # No cache is better than one with removed words.
                segment_files.sweep(path.parent, (), 0.0)
            return
        # Each generation is nearly as large as all before together. A process that has mapped a
        # file keeps it; Windows does so until the next sweep.
        for name in self._files - set(names):
            with contextlib.suppress(OSError):
                path.with_name(name).unlink()
        self._files = set(names)
        self._snapshot = self._columns.snapshot(tuple(parts))
        self._unfrozen = 0
        linger = 0.0 if self._purged else segment_files.LINGER_SECONDS
        segment_files.sweep(path.parent, names, linger)
        self._purged = False


def _unindexed(first: int, end: int, rows: Sequence[tuple[int, int]]) -> Segment:
    """The unindexed facts between two ordinals, from rows of (id, scope)."""
    columns = {name: np.zeros(end - first, np.int32) for name in COLUMNS}
    table = np.array(rows, np.int64).reshape(-1, 2)
    # See `text.place_of`.
    columns["source"][table[:, 0] - 1 - first] = -1 - table[:, 1]
    return segment.unindexed(first, columns)


def _merged(parts: Sequence[Segment]) -> list[Segment]:
    """The segments, of which the last ones are merged as far as worthwhile."""
    merged = list(parts)
    while len(merged) > 1 and _should_merge(merged[-2], merged[-1]):
        merged[-2:] = [segment.merge(merged[-2:])]
    return merged


def _joined(parts: Sequence[Segment]) -> list[Segment]:
    """The segments as written to files: those without one merged, with the files they outgrow."""
    joined: list[Segment] = []
    for indexed, run in groupby(parts, lambda part: part.indexed):
        segments = list(run)
        start, size = len(segments), 0
        while (
            indexed
            and start
            and (segments[start - 1].path is None or segments[start - 1].size < _FANOUT * size)
        ):
            start -= 1
            size += segments[start].size
        if start < len(segments):
            segments[start:] = [segment.merge(segments[start:])]
        joined += segments
    return joined


def _should_merge(older: Segment, newer: Segment) -> bool:
    """Whether two adjacent segments merge; one with a file waits until it is outgrown."""
    if not (older.indexed and newer.indexed):
        return False
    if older.path is not None and newer.size < _FREEZE:
        return False
    return older.size < _FANOUT * newer.size


def _mark(engram: int, text: str) -> tuple[int, int]:
    return engram, zlib.crc32(text.encode("utf-8", "surrogatepass"))


def _thin(marks: list[tuple[int, int]], limit: int = 32) -> list[tuple[int, int]]:
    """At most `limit` marks: the first, the last and evenly spaced ones between."""
    if len(marks) <= limit:
        return marks
    step = (len(marks) - 1) / (limit - 1)
    return [marks[round(i * step)] for i in range(limit)]
