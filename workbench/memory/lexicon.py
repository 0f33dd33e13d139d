"""The inverted index of engrams: kept up to date, and can be rebuilt at any time.

New engrams are replayed from the library into small segments in memory; large ones are frozen
into files of the cache folder, from which the next process maps them. Everything here can be
rebuilt from the library: a missing, damaged or foreign cache costs time and nothing else. Readers
work on a `Snapshot`, which never changes; one refresher at a time publishes the next.
"""

import contextlib
import json
import threading
import zlib
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from workbench import permissions
from workbench.jobs import Cancel
from workbench.memory import index_feed, purge, segment, segment_files, words
from workbench.memory.segment import COLUMNS, Ordinals, Segment
from workbench.memory.segment_building import Seam, gather
from workbench.memory.segment_files import SegmentError
from workbench.store import meta, text
from workbench.store.store import Store

T = TypeVar("T")

#: Engrams a replay reads at a time; bounds the memory of a build.
_BATCH = 16_384
#: Engrams in memory above which they are frozen into a file.
_FREEZE = 4096
#: Neighbouring segments merge while the older is less than this times the newer.
_FANOUT = 4
#: Forms of one word that a question is widened to.
_MOST_FORMS = 24
#: What an index keeps of what was looked up, and ordinals of a list of its own that it keeps.
_LASTING, _LITTLE = 20_000, 64


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The index at one moment. Arrays are shared and must not be written to.

    `columns` hold one int32 an ordinal (see `segment.COLUMNS`); `before[i]` is the number of
    words before ordinal i; `sections` and `flows` are the ordinals at which these begin, with
    `size` last. `known` holds what was looked up for one question, None where nothing is kept, and
    `lasting` what is little and stays true as long as the index is this one.
    """

    segments: tuple[Segment, ...]
    size: int
    columns: dict[str, Ordinals]
    before: NDArray[np.int64]
    sections: Ordinals
    flows: Ordinals
    known: dict[Hashable, Any] | None = None
    lasting: dict[Hashable, Any] = field(default_factory=dict)

    def for_question(self) -> "Snapshot":
        """The same, which keeps what it looks up: a question asks for the same words many times."""
        return replace(self, known={})

    def once(self, what: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, made once for a question; `what` tells it from all else."""
        if self.known is None:
            return make()
        if what not in self.known:
            self.known[what] = make()
        found: T = self.known[what]
        return found

    def lookup(self, key: int) -> Ordinals:
        """The sorted ordinals of one key."""
        if self.known is None:
            return self._looked_up(key)
        found: Ordinals | None = self.known.get(key)
        if found is None:
            found = self.known[key] = self._looked_up(key)
        return found

    def _looked_up(self, key: int) -> Ordinals:
        kept: Ordinals | None = self.lasting.get(key)
        if kept is not None:
            return kept
        found = [part for each in self.segments if len(part := each.lookup(key))]
        if len(found) > 1:
            whole = np.concatenate(found)
            return self._kept(key, whole) if len(whole) <= _LITTLE else whole
        # A part of the index takes no memory of its own.
        return self._kept(key, found[0] if found else _NOTHING)

    def lastingly(self, what: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, made once as long as the index is this one: for what is little."""
        found: T | None = self.lasting.get(what)
        return self._kept(what, make()) if found is None else found

    def _kept(self, what: Hashable, found: T) -> T:
        """Keep something for the questions that follow: people ask on of the same things."""
        if len(self.lasting) >= _LASTING:
            self.lasting.clear()
        self.lasting[what] = found
        return found

    def holds(self, keys: Collection[int], ordinal: int) -> bool:
        """Whether looking up every one of these keys leads to this ordinal.

        Only the one segment that the ordinal belongs to is asked.
        """
        if not keys:
            return ordinal < self.size
        return any(each.holds(keys, ordinal) for each in self.segments if ordinal in each.span)

    def union(self, keys: Iterable[int]) -> Ordinals:
        """The sorted ordinals at which any of these keys stands."""
        found = [part for key in keys if len(part := self.lookup(key))]
        if not found:
            return _NOTHING
        if len(found) == 1:
            return found[0]
        return np.sort(np.concatenate(found), kind="stable")

    def kin(self, word: str, languages: Collection[str]) -> list[int]:
        """Keys of the words that share a form with this one, itself first; at most 24.

        `languages` are BCP 47 tags, "" where the language of a source is not known.
        """
        tags = frozenset(map(words.base_language, languages))
        return self.lastingly(("kin", word, tags), lambda: self._kin(word, tags))

    def _kin(self, word: str, languages: Collection[str]) -> list[int]:
        own = words.key(word)
        found = dict.fromkeys([own])
        for form in {form for tag in languages for form in words.forms(word, tag)}:
            key = words.key(form, "s")
            for each in self.segments:
                found.update(dict.fromkeys(each.words_of(key)))
        return list(found)[:_MOST_FORMS]

    def of_stem(self, stem: str) -> list[int]:
        """Keys of the words that are forms of an English stem; at most 24."""
        return self.lastingly(("stem", stem), lambda: self._of_stem(stem))

    def _of_stem(self, stem: str) -> list[int]:
        key = words.key(stem, "s")
        found = dict.fromkeys(each for part in self.segments for each in part.words_of(key))
        return list(found)[:_MOST_FORMS]

    def casing(self, keys: Iterable[int]) -> tuple[int, int]:
        """How often these words stand with and without a capital inside sentences."""
        capitals = smalls = 0
        for key in keys:
            for each in self.segments:
                at = each.find(key)
                if at >= 0:
                    capitals += int(each.capitals[at])
                    smalls += int(each.smalls[at])
        return capitals, smalls

    def section_of(self, ordinals: Ordinals) -> NDArray[np.intp]:
        """The place in `sections` of each ordinal's section."""
        return np.searchsorted(self.sections, ordinals, side="right") - 1


_NOTHING: Ordinals = np.zeros(0, np.int32)


class _Columns:
    """Arrays that grow at the end; what was handed out before stays as it was."""

    def __init__(self) -> None:
        self.size = 0
        self._arrays = {name: np.zeros(0, np.int32) for name in COLUMNS}
        self._before = np.zeros(1, np.int64)
        self._begins: dict[str, list[Ordinals]] = {"section_start": [], "flow_start": []}

    def extend(self, part: Segment) -> None:
        end = self.size + part.size
        if self.size == 0:
            # The common case of one mapped segment costs no copy.
            self._arrays = dict(part.columns)
        for name in COLUMNS:
            array = self._arrays[name]
            if len(array) < end or not array.flags.writeable:
                if self.size == 0 and len(array) == end:
                    continue
                grown = np.zeros(max(end, end + end // 2), np.int32)
                grown[: self.size] = array[: self.size]
                self._arrays[name] = array = grown
            array[self.size : end] = part.columns[name]
        if len(self._before) < end + 1:
            grown_before = np.zeros(end + 1 + end // 2, np.int64)
            grown_before[: self.size + 1] = self._before[: self.size + 1]
            self._before = grown_before
        np.cumsum(part.columns["words"], out=self._before[self.size + 1 : end + 1])
        self._before[self.size + 1 : end + 1] += self._before[self.size]
        ordinals = np.arange(self.size, end, dtype=np.int32)
        for name, begins in self._begins.items():
            here = (part.columns[name] == ordinals) & (part.columns["source"] > 0)
            begins.append(ordinals[here])
        self.size = end

    def snapshot(self, segments: tuple[Segment, ...]) -> Snapshot:
        for name, parts in self._begins.items():
            if len(parts) > 64:
                self._begins[name] = [np.concatenate(parts)]
        ends = np.array([self.size], np.int32)
        return Snapshot(
            segments=segments,
            size=self.size,
            columns={name: self._arrays[name][: self.size] for name in COLUMNS},
            before=self._before[: self.size + 1],
            sections=np.concatenate([*self._begins["section_start"], ends]),
            flows=np.concatenate([*self._begins["flow_start"], ends]),
        )


class Lexicon:
    """The inverted index of one library.

    `cache_dir` None keeps it in memory only. Any thread may read `snapshot()`; `refresh` may be
    called from any thread and brings the index up to what the library holds.
    """

    def __init__(self, store: Store, cache_dir: Path | None) -> None:
        self._store = store
        self._folder = cache_dir
        self._lock = threading.Lock()
        self._columns = _Columns()
        self._seam = Seam()
        self._marks: list[tuple[int, int]] = []
        self._unfrozen = 0
        #: The files of the generation that this index was read from, or has written.
        self._written: set[str] = set()
        #: As far as `meta.REMOVALS` had counted when this was last free of what was removed.
        self._removals = 0
        #: Whether files of older generations hold words that the library has no more.
        self._purged = False
        self._snapshot = self._columns.snapshot(())
        self._loaded = False

    def snapshot(self) -> Snapshot:
        """The index as of the last refresh."""
        return self._snapshot

    @property
    def removals(self) -> int:
        """What the library had counted of removals when this was last free of what was removed."""
        return self._removals

    def refresh(self, cancel: Cancel | None = None) -> Snapshot:
        """Take in every engram that is not in the index yet; cost follows their number."""
        # The snapshot decides, not the seam: another thread may be about to publish what it read.
        now = self._snapshot
        if self._loaded and self._newest() <= now.size:
            return now
        with self._lock:
            if not self._loaded:
                self._load()
                self._loaded = True
            while True:
                if cancel is not None:
                    cancel.check()
                with self._store.read() as connection:
                    batch = index_feed.statements(connection, self._seam.ordinal, _BATCH)
                    if batch is None:
                        break
                    headings = index_feed.headings(connection, set(batch.sections))
                    works = index_feed.works(connection, set(batch.sources))
                part, self._seam = gather(batch, self._seam, headings, works)
                self._marks += [_mark(batch.ids[at], batch.texts[at]) for at in (0, -1)]
                self._unfrozen += part.size
                self._columns.extend(part)
                self._publish([*self._snapshot.segments, part])
                if len(batch.ids) < _BATCH:
                    break
            if self._unfrozen >= _FREEZE:
                self._freeze()
            return self._snapshot

    def freeze(self) -> None:
        """Write what is only in memory to the cache, so that the next process opens quickly."""
        with self._lock:
            if self._unfrozen:
                self._freeze()

    def rebuild(self, cancel: Cancel | None = None) -> Snapshot:
        """Make the index anew from the library, whatever the cache holds. Raises `Cancelled`."""
        with self._lock:
            path = self._manifest()
            if path is not None:
                # Where it cannot be removed it is replaced by the next freeze.
                with contextlib.suppress(OSError):
                    path.unlink()
            self._columns, self._seam, self._marks = _Columns(), Seam(), []
            self._unfrozen = 0
            self._snapshot = self._columns.snapshot(())
            self._loaded = True
        return self.refresh(cancel)

    def forget(self) -> None:
        """Let go of everything that the library does not hold any more, in the cache as well."""
        self.refresh()
        with self._lock:
            self._purge()
            if self._purged:
                self._freeze()

    def close(self) -> None:
        """Freeze what is worth it."""
        if self._unfrozen >= 64:
            self.freeze()

    def _newest(self) -> int:
        with self._store.read() as connection:
            return text.last_statement(connection)

    def _publish(self, parts: list[Segment]) -> None:
        while len(parts) > 1 and _worth_merging(parts[-2], parts[-1]):
            parts[-2:] = [segment.merge(parts[-2:])]
        self._snapshot = self._columns.snapshot(tuple(parts))

    # -- the cache ------------------------------------------------------------------------------

    def _manifest(self) -> Path | None:
        return self._folder / "lexicon.json" if self._folder else None

    def _stamp(self) -> dict[str, Any]:
        return {"library": self._store.id, "words": words.VERSION, "layout": 4}

    def _load(self) -> None:
        """Map the segments of the cache if they are of this library and still true."""
        path = self._manifest()
        if path is None:
            return
        try:
            facts = json.loads(path.read_text(encoding="utf-8"))
            if facts["stamp"] != self._stamp():
                return
            marks = [(int(a), int(b)) for a, b in facts["marks"]]
            if not self._true(marks):
                return
            parts = [segment_files.read(path.with_name(name)) for name in facts["segments"]]
            if self._lacks(parts):
                return
            seam = Seam(**facts["seam"])
            removals = int(facts.get("removals", 0))
        except (OSError, ValueError, KeyError, TypeError, SegmentError):
            # Whatever is wrong with the cache, the cure is the same: build it again.
            return
        for part in parts:
            self._columns.extend(part)
        self._seam, self._marks, self._removals = seam, marks, removals
        self._written = set(facts["segments"])
        self._snapshot = self._columns.snapshot(tuple(parts))
        # Another process may have died between removing a source and taking it out of here.
        self._purge()
        if self._purged:
            self._freeze()
        else:
            segment_files.sweep(path.parent, facts["segments"])

    def _purge(self) -> None:
        """Take out what the library has no more."""
        columns, size = self._snapshot.columns, self._snapshot.size
        with self._store.read() as connection:
            removals = int(meta.get(connection, meta.REMOVALS) or 0)
            counted = removals == self._removals
            if counted and self._loaded:
                return
            lost = purge.gone(columns["source"], text.extents(connection))
            # Two copies of a library may each have removed as much, and not the same.
            if counted and not lost.any():
                return
            self._removals, self._purged = removals, True
            if not lost.any():
                return
            flows = purge.flow_starts(columns["flow_start"], lost)
            changed = lost | (flows != columns["flow_start"])
            self._marks = [mark for mark in self._marks if not lost[mark[0] - 1]]
            left = np.flatnonzero((columns["source"] > 0) & ~lost)
            if not self._marks and len(left):
                ends = [int(left[0]) + 1, int(left[-1]) + 1]
                found = text.engrams(connection, ends)
                self._marks = [_mark(row.id, row.text) for row in found.values()]
        parts = []
        for part in self._snapshot.segments:
            here = slice(part.first, part.end)
            if changed[here].any():
                fewer = purge.blanked(part, lost[here], flows[here])
                part = purge.without(part, lost[here], fewer)
            parts.append(part)
        self._columns = _Columns()
        for part in parts:
            self._columns.extend(part)
        self._snapshot = self._columns.snapshot(tuple(parts))
        self._seam = replace(self._seam, flow_start=int(flows[size - 1]))
        if lost[size - 1]:
            # It holds the title of the last source.
            self._seam = Seam(self._seam.ordinal)

    def _true(self, marks: Sequence[tuple[int, int]]) -> bool:
        """Whether the engrams that were marked still say what they said.

        A library that was put back from a backup may have given the same ids to other engrams.
        """
        with self._store.read() as connection:
            newest = text.last_engram(connection)
            found = text.engrams(connection, [mark[0] for mark in marks])
        if not marks or max(mark[0] for mark in marks) > newest:
            return False
        return all(_mark(i, found[i].text)[1] == crc for i, crc in marks if i in found)

    def _lacks(self, parts: Sequence[Segment]) -> bool:
        """Whether the library has statements that were taken out of these segments.

        So it is for a copy of the library, or one that was copied back, after something was removed
        from the other: both have the same id, and with it the same cache.
        """
        if not parts:
            return False
        with self._store.read() as connection:
            held = text.extents(connection)
        source = np.concatenate([part.columns["source"] for part in parts])
        return bool(purge.untold(source, held).any())

    def _freeze(self) -> None:
        """Write the segments that have no file yet, and a manifest of all."""
        path = self._manifest()
        if path is None:
            self._unfrozen = 0
            return
        self._purge()
        parts = list(self._snapshot.segments)
        loose = len(parts)
        while loose and parts[loose - 1].path is None:
            loose -= 1
        if loose < len(parts):
            parts[loose:] = [segment.merge(parts[loose:])]
        names: list[str] = []
        try:
            permissions.folder(path.parent)
            for i, part in enumerate(parts):
                # Another process may have removed the file together with what was in it.
                if part.path is None or not part.path.exists():
                    file = path.with_name(segment_files.new_name(part))
                    segment_files.write(part, file)
                    parts[i] = segment_files.read(file)
                names.append((parts[i].path or path).name)
            self._marks = _thin(self._marks)
            facts = {
                "stamp": self._stamp(),
                "segments": names,
                "marks": self._marks,
                "seam": {name: getattr(self._seam, name) for name in Seam.__slots__},
                "removals": self._removals,
            }
            segment_files.put_in_force(path, facts)
        except (OSError, SegmentError):
            # A full or read-only cache folder slows the next start; it must not stop this one.
            self._unfrozen = 0
            if self._purged:
                # Better no cache than one that holds what was removed.
                segment_files.sweep(path.parent, (), 0.0)
            return
        # Each generation is nearly as large as all before it together. Who has mapped a file keeps
        # it, and Windows keeps it until the next sweep.
        for name in self._written - set(names):
            with contextlib.suppress(OSError):
                path.with_name(name).unlink()
        self._written = set(names)
        self._snapshot = self._columns.snapshot(tuple(parts))
        self._unfrozen = 0
        linger = 0.0 if self._purged else segment_files.LINGER_SECONDS
        segment_files.sweep(path.parent, names, linger)
        self._purged = False


def _worth_merging(older: Segment, newer: Segment) -> bool:
    """Small neighbours merge; what lies in a file waits until it is outgrown."""
    if older.path is not None and newer.size < _FREEZE:
        return False
    return older.size < _FANOUT * newer.size


def _mark(engram: int, text: str) -> tuple[int, int]:
    return engram, zlib.crc32(text.encode("utf-8", "surrogatepass"))


def _thin(marks: list[tuple[int, int]], most: int = 32) -> list[tuple[int, int]]:
    """Some marks of all: the first, the last and evenly spaced ones between."""
    if len(marks) <= most:
        return marks
    step = (len(marks) - 1) / (most - 1)
    return [marks[round(i * step)] for i in range(most)]
