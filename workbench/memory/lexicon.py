"""The inverted index of engrams, read and told: kept up to date, can be rebuilt at any time.

New engrams are replayed from the library into small segments in memory; large ones are frozen
into files of the cache folder, from which the next process maps them. Everything here can be
rebuilt from the library: a missing, damaged or foreign cache costs time and nothing else. Readers
work on a `Snapshot`, which never changes; one refresher at a time publishes the next.
"""

import contextlib
import json
import shutil
import sqlite3
import threading
import zlib
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
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
from workbench.store import facts, meta, text
from workbench.store.facts import Standing
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
    `size` last. All of these end with the last statement of a source. `places` goes on to the last
    one that was told: ids of sources, `text.place_of` scopes, 0 for nothing; `told` counts those of
    each scope. `known` holds what was looked up for one question, None where nothing is kept, and
    `lasting` what is little and stays true as long as no statement of a source is added.
    """

    segments: tuple[Segment, ...]
    size: int
    columns: dict[str, Ordinals]
    before: NDArray[np.int64]
    sections: Ordinals
    flows: Ordinals
    places: Ordinals
    told: Mapping[int, int]
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
        return any(each.contains(keys, ordinal) for each in self.segments if ordinal in each.span)

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
        #: How far the statements of sources reach.
        self.read = 0
        #: How many told statements each scope has.
        self.told: Counter[int] = Counter()
        self._arrays = {name: np.zeros(0, np.int32) for name in COLUMNS}
        self._before = np.zeros(1, np.int64)
        self._begins: dict[str, list[Ordinals]] = {"section_start": [], "flow_start": []}
        self._edges: dict[str, Ordinals] = {}
        #: Whether the arrays are those of no segment.
        self._own_arrays = False

    @property
    def places(self) -> Ordinals:
        """Where each statement is: its source, or the scope that it was told to."""
        return self._arrays["source"][: self.size]

    def extend(self, part: Segment, read: int) -> None:
        """Add a segment; statements of sources now reach to `read`."""
        end = self.size + part.size
        if self.size == 0:
            # The common case of one mapped segment costs no copy.
            self._arrays, self._own_arrays = dict(part.columns), False
        elif len(self._arrays["source"]) < end or not self._own_arrays:
            self._grow(end)
        if len(self._before) < end + 1:
            grown = np.zeros(end + 1 + end // 2, np.int64)
            grown[: self.size + 1] = self._before[: self.size + 1]
            self._before = grown
        source = part.columns["source"]
        self._count(source, 1)
        if read == self.read:
            # Of what was told all else is 0.
            if self._own_arrays:
                self._arrays["source"][self.size : end] = source
            self._before[self.size + 1 : end + 1] = self._before[self.size]
        else:
            for name in COLUMNS if self._own_arrays else ():
                self._arrays[name][self.size : end] = part.columns[name]
            np.cumsum(part.columns["words"], out=self._before[self.size + 1 : end + 1])
            self._before[self.size + 1 : end + 1] += self._before[self.size]
            ordinals = np.arange(self.size, end, dtype=np.int32)
            for name, begins in self._begins.items():
                begins.append(ordinals[(part.columns[name] == ordinals) & (source > 0)])
            self._edges = {}
        self.size, self.read = end, read

    def _grow(self, end: int) -> None:
        """Make arrays of our own with room for more than `end`."""
        for name, array in self._arrays.items():
            grown = np.zeros(end + max(end // 2, 1024), np.int32)
            grown[: self.size] = array[: self.size]
            self._arrays[name] = grown
        self._own_arrays = True

    def remove(self, ids: Sequence[int]) -> None:
        """Let told statements have no place any more."""
        ordinals = np.array([id - 1 for id in ids if id <= self.size], np.int64)
        places = self._writeable()
        self._count(places[ordinals], -1)
        places[ordinals] = np.where(places[ordinals] < 0, 0, places[ordinals])

    def place(self, told: Sequence[tuple[int, int]]) -> None:
        """Let told statements be in these scopes, by id, and others nowhere."""
        rows = np.array([row for row in told if row[0] <= self.size], np.int64).reshape(-1, 2)
        places = self._writeable()
        places[places < 0] = 0
        # As `text.place_of` says of one.
        places[rows[:, 0] - 1] = -1 - rows[:, 1]
        self.told.clear()
        self._count(places, 1)

    def _writeable(self) -> Ordinals:
        if not self._own_arrays:
            self._grow(self.size)
        return self.places

    def _count(self, places: Ordinals, sign: int) -> None:
        for place, count in Counter(places[places < 0].tolist()).items():
            self.told[-1 - place] += sign * count

    def snapshot(
        self, segments: tuple[Segment, ...], lasting: dict[Hashable, Any] | None = None
    ) -> Snapshot:
        """What is found in these segments; `lasting` is what is known and still true."""
        if not self._edges:
            end = np.array([self.read], np.int32)
            for name, parts in self._begins.items():
                self._edges[name] = np.concatenate([*parts, end])
                self._begins[name] = [self._edges[name][:-1]]
        return Snapshot(
            segments=segments,
            size=self.read,
            columns={name: self._arrays[name][: self.read] for name in COLUMNS},
            before=self._before[: self.read + 1],
            sections=self._edges["section_start"],
            flows=self._edges["flow_start"],
            places=self.places,
            told={scope: count for scope, count in self.told.items() if count},
            lasting={} if lasting is None else lasting,
        )


class Lexicon:
    """The inverted index of one library.

    `cache_dir` None keeps it in memory only. Any thread may read `snapshot()`; `refresh` may be
    called from any thread and brings the index up to what the library holds.
    """

    def __init__(self, store: Store, cache_dir: Path | None) -> None:
        self.store = store
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
        #: The version of the library that was looked at last.
        self._seen = -1
        #: As far as told statements were removed, and moved, when that was last followed; whether
        #: the words of removed ones are still here.
        self._gone = self._moves = 0
        self._dead = False
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

    @property
    def holds_removed(self) -> bool:
        """Whether words of told statements are here that the library has no more."""
        return self._dead

    def refresh(self, cancel: Cancel | None = None) -> Snapshot:
        """Take in every engram that is not in the index yet; cost follows their number."""
        seen = self.store.changes()
        if seen == self._seen:
            return self._snapshot
        with self._lock:
            if not self._loaded:
                self._load()
                self._loaded = True
            while self._take_in(cancel):
                pass
            if self._unfrozen >= _FREEZE:
                self._freeze()
            self._seen = seen
            return self._snapshot

    def _take_in(self, cancel: Cancel | None) -> bool:
        """Take in the next statements; False where there are no more."""
        if cancel is not None:
            cancel.check()
        with self.store.read() as connection:
            size = self._columns.size
            if self._follow(connection).newest <= size >= text.last_statement(connection):
                return False
            batch = index_feed.statements(connection, self._seam.ordinal, _BATCH)
            if batch is None:
                return False
            read, _ = batch.parted()
            headings = index_feed.headings(connection, set(read.sections)) if read.ids else {}
            works = index_feed.works(connection, set(read.sources)) if read.ids else {}
        part, self._seam = gather(batch, self._seam, headings, works)
        self._marks += [_mark(batch.ids[at], batch.texts[at]) for at in {0, len(batch.ids) - 1}]
        self._unfrozen += part.size
        self._columns.extend(part, self._seam.read)
        self._publish([*self._snapshot.segments, part], keep=not read.ids)
        return len(batch.ids) == _BATCH

    def _follow(self, connection: sqlite3.Connection) -> Standing:
        """Let go of what was told and forgotten since the last look, and move what was moved."""
        now = facts.standing(connection)
        if (now.gone, now.moves) == (self._gone, self._moves):
            return now
        if now.gone != self._gone:
            self._columns.remove(facts.gone(connection, self._gone))
            self._dead = True
        if now.moves != self._moves:
            self._columns.place(facts.scopes(connection))
            self._place_segments()
        self._gone, self._moves = now.gone, now.moves
        self._snapshot = self._columns.snapshot(self._snapshot.segments, self._snapshot.lasting)
        return now

    def _place_segments(self) -> None:
        """Let segments say of their told statements where these are now."""
        parts = []
        for part in self._snapshot.segments:
            places, source = self._columns.places[part.first : part.end], part.columns["source"]
            moved = (source < 0) & (places < 0) & (source != places)
            if moved.any():
                columns = {**part.columns, "source": np.where(moved, places, source)}
                part = replace(part, columns=columns, path=None)
                self._unfrozen += 1
            parts.append(part)
        self._snapshot = replace(self._snapshot, segments=tuple(parts))

    def refresh_in(self, connection: sqlite3.Connection) -> Snapshot:
        """`refresh` inside a write, without what that has told itself."""
        now, snapshot = facts.standing(connection), self._snapshot
        if (now.gone, now.moves) == (self._gone, self._moves) and now.newest <= len(
            snapshot.places
        ):
            return snapshot
        return self.refresh()

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
            self._loaded, self._seen = True, -1
            with self.store.read() as connection:
                self._begin(connection)
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

    def _begin(self, connection: sqlite3.Connection) -> None:
        """Begin without any statement: none that is gone by now has to be let go of."""
        now = facts.standing(connection)
        self._gone, self._moves, self._dead = now.gone, now.moves, False

    def _publish(self, parts: list[Segment], *, keep: bool) -> None:
        """Show new segments; `keep` what is known of statements of sources."""
        while len(parts) > 1 and _worth_merging(parts[-2], parts[-1]):
            parts[-2:] = [segment.merge(parts[-2:])]
        lasting = self._snapshot.lasting if keep else None
        self._snapshot = self._columns.snapshot(tuple(parts), lasting)

    # -- the cache ------------------------------------------------------------------------------

    def _manifest(self) -> Path | None:
        return self._folder / "lexicon.json" if self._folder else None

    def _stamp(self) -> dict[str, Any]:
        return {"library": self.store.id, "words": words.VERSION, "layout": 5}

    def _load(self) -> None:
        """Map the segments of the cache if they are of this library and still true."""
        with self.store.read() as connection:
            self._begin(connection)
        path = self._manifest()
        if path is None:
            return
        # Words of told statements lay in an index of their own, which nobody else would remove.
        shutil.rmtree(path.with_name("facts"), ignore_errors=True)
        try:
            kept = json.loads(path.read_text(encoding="utf-8"))
            if kept["stamp"] != self._stamp():
                return
            marks = [(int(a), int(b)) for a, b in kept["marks"]]
            if not self._true(marks, kept["gone"], kept["last_gone"]):
                return
            parts = [segment_files.read(path.with_name(name)) for name in kept["segments"]]
            if self._lacks(parts):
                return
            seam = Seam(**kept["seam"])
            removals = int(kept["removals"])
            gone, moves = int(kept["gone"]), int(kept["moves"])
        except (OSError, ValueError, KeyError, TypeError, SegmentError):
            # Whatever is wrong with the cache, the cure is the same: build it again.
            return
        for part in parts:
            self._columns.extend(part, min(part.end, seam.read))
        self._seam, self._marks, self._removals = seam, marks, removals
        self._gone, self._moves = gone, moves
        self._written = set(kept["segments"])
        self._snapshot = self._columns.snapshot(tuple(parts))
        # Another process may have died between removing something and taking it out of here.
        self._purge()
        if self._purged:
            self._freeze()
        else:
            segment_files.sweep(path.parent, kept["segments"])

    def _purge(self) -> None:
        """Take out what the library has no more."""
        with self.store.read() as connection:
            self._follow(connection)
            removals = int(meta.get(connection, meta.REMOVALS) or 0)
            counted = removals == self._removals and not self._dead
            if counted and self._loaded:
                return
            segments, places = self._snapshot.segments, self._columns.places
            source, starts = (
                np.concatenate([places[:0], *(part.columns[name] for part in segments)])
                for name in ("source", "flow_start")
            )
            lost = purge.orphaned(source, text.extents(connection)) | ((source < 0) & (places == 0))
            # Two copies of a library may each have removed as much, and not the same.
            if counted and not lost.any():
                return
            self._removals, self._dead, self._purged = removals, False, True
            if not lost.any():
                return
            flows = purge.flow_starts(source, starts, lost)
            changed = lost | (flows != starts)
            self._marks = [mark for mark in self._marks if not lost[mark[0] - 1]]
            left = np.flatnonzero((source != 0) & ~lost)
            if not self._marks and len(left):
                found = text.statements(connection, [int(left[0]) + 1, int(left[-1]) + 1])
                self._marks = [_mark(id, words) for id, words in found.items()]
        parts = []
        for part in segments:
            here = slice(part.first, part.end)
            if changed[here].any():
                fewer = purge.blanked(part, lost[here], flows[here])
                part = purge.remove_ordinals(part, lost[here], fewer)
            parts.append(part)
        last = self._seam.read - 1
        self._columns = _Columns()
        for part in parts:
            self._columns.extend(part, min(part.end, self._seam.read))
        self._snapshot = self._columns.snapshot(tuple(parts))
        if last >= 0:
            self._seam = replace(self._seam, flow_start=int(flows[last]))
            if lost[last]:
                # It holds the title of the last source.
                self._seam = Seam(self._seam.ordinal, self._seam.read)

    def _true(self, marks: Sequence[tuple[int, int]], gone: int, last_gone: int | None) -> bool:
        """Whether the engrams that were marked still say what they said.

        A library that was put back from a backup may have given the same ids to other engrams, and
        another copy of it has forgotten others: `last_gone` was the one at `gone`.
        """
        with self.store.read() as connection:
            newest = text.last_engram(connection)
            found = text.statements(connection, [mark[0] for mark in marks])
            if gone and facts.gone_at(connection, gone) != last_gone:
                return False
        if not marks or max(mark[0] for mark in marks) > newest:
            return False
        return all(_mark(i, found[i])[1] == crc for i, crc in marks if i in found)

    def _lacks(self, parts: Sequence[Segment]) -> bool:
        """Whether the library has statements that were taken out of these segments.

        So it is for a copy of the library, or one that was copied back, after something was removed
        from the other: both have the same id, and with it the same cache.
        """
        if not parts:
            return False
        with self.store.read() as connection:
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
        loose, size = len(parts), 0
        while loose and (parts[loose - 1].path is None or parts[loose - 1].size < _FANOUT * size):
            loose -= 1
            size += parts[loose].size
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
            with self.store.read() as connection:
                last_gone = facts.gone_at(connection, self._gone)
            kept = {
                "stamp": self._stamp(),
                "segments": names,
                "marks": self._marks,
                "seam": {name: getattr(self._seam, name) for name in Seam.__slots__},
                "removals": self._removals,
                "gone": self._gone,
                "last_gone": last_gone,
                "moves": self._moves,
            }
            segment_files.replace_manifest(path, kept)
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
