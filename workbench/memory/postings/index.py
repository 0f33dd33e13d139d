"""The index of facts: segments, oldest first, and a tail; any thread reads, one at a time writes.

What readers see is one tuple that is replaced as a whole. The tail is frozen into a segment when it
is full, and neighbouring segments merge, so there are few however many facts there are. Everything
can be made again from the library; nothing here is the truth.
"""

import contextlib
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from workbench.memory.postings import (
    building,
    cache,
    column_scan,
    merging,
    reading,
    recent_postings,
    spelling,
)
from workbench.memory.postings.arrays import I64, U64
from workbench.memory.postings.batch import Batch
from workbench.memory.postings.files import SegmentError
from workbench.memory.postings.queries import Looking
from workbench.memory.postings.reading import NOTHING, State
from workbench.memory.postings.recent_postings import Tail
from workbench.memory.postings.salting import salted_all, unsalted_all
from workbench.memory.postings.segment import Segment, all_alive, bitmap, members, runs_of
from workbench.memory.postings.wordlist import Wordlist

#: Facts in the tail before it is frozen, and entries before it is frozen for their sake.
TAIL, TAIL_ENTRIES = 4096, 1 << 17
#: Batches from here on become segments of their own, at most so large.
BULK, PART = 1024, 1 << 16
#: Segments wait until there are so many; then neighbours merge while the older one is less than
#: `BUSY` times the newer, or `IDLE` times where there is time.
MOST, BUSY, IDLE = 8, 2, 4
#: Segments of so many facts go into a file at once: mapped, they need no memory.
_LARGE = 1 << 16
_REPLAY = 8192
_MARKS = 32
#: Removed facts from which on a segment that is being frozen is made anew without them.
_MANY = 4096

#: Words from which on their spellings are taken in at once.
_MANY_WORDS = 256


class Postings(Looking):
    """The index of one library's facts.

    `folder` None keeps it in memory only. `stamp` (anything that JSON can say) tells whose and of
    which version it is: a cache with another stamp is not used. Removed facts are found no more at
    once; their terms leave with the next merge or `purge`. Frequencies count them until then.
    """

    def __init__(self, folder: Path | None, stamp: object = None) -> None:
        self._folder = folder
        self._stamp = stamp
        self._lock = threading.RLock()
        #: Held by who puts words into the list of spellings.
        self._spelling = threading.Lock()
        #: What the caller wants to know when the cache is opened again, such as a count of
        #: removals; anything that JSON can say.
        self.note: Any = None
        self._marks: list[tuple[int, int]]
        self._saved: tuple[object, ...] | None
        #: Files that a manifest names or named.
        self._known: set[str]
        self._clear()
        kept = cache.load(folder, stamp) if folder is not None else None
        if kept is not None:
            self.note = kept.note
            self._marks.extend(kept.marks)
            self._alive = sum(int(np.bitwise_count(part.live).sum()) for part in kept.segments)
            self._last = cache.last_id(kept.segments)
            self._publish(kept.segments)
            self._known = _names(kept.segments)
            self._saved = self._fingerprint()

    def _clear(self) -> None:
        self._state = State((), _empty(), 0, 0, NOTHING, NOTHING)
        self._marks = []
        self._alive = 0
        self._last = 0
        self._removed = 0
        self._scopes: set[int] = set()
        self._words = Wordlist()
        #: Words that came lately: nobody asks for their spelling as often as they come.
        self._unspelled: list[tuple[int, str]] = []
        self._saved = None
        self._known = set()

    @property
    def size(self) -> int:
        """How many facts can be found."""
        return self._alive

    @property
    def last_id(self) -> int:
        """The id of the newest fact that was taken in, 0 where there is none."""
        return self._last

    @property
    def marks(self) -> tuple[tuple[int, int], ...]:
        """(id, dedup key) of some of the facts: a library that has others is another one."""
        return tuple(self._marks)

    def ids(self) -> I64:
        """The ids of all facts that can be found, ascending."""
        state = self._state
        own = state.tail.ids[: state.size][state.tail.live[: state.size] > 0]
        return np.concatenate([*(part.ids(members(part.live)) for part in state.segments), own])

    # -- spelling -------------------------------------------------------------------------------

    def near(self, word: str, limit: int) -> list[tuple[int, str]]:
        """(hash, text) of words one edit away; none for a word with digits. See `spelling`.

        Those that begin alike come first. A word may be one that no fact of a scope holds.
        """
        if not spelling.fits(word) or limit <= 0:
            return []
        self._spell()
        tables = [part.spelled for part in self._state.segments]
        found: dict[int, str] = {}
        for table in [*tables, *self._words.tables()]:
            found.update(spelling.neighbours(table, word))
        ranked = sorted(found.items(), key=lambda each: (each[1][0] != word[0], each[1]))
        return ranked[:limit]

    # -- taking in ------------------------------------------------------------------------------

    def append(self, batch: Batch) -> None:
        """Take in facts; they can be found when this returns.

        Raises `ValueError` where an id is not larger than every one before it.
        """
        if not len(batch):
            return
        with self._lock:
            ids = batch.ids
            if ids[0] <= self._last or (len(ids) > 1 and (np.diff(ids) <= 0).any()):
                raise ValueError("facts have to come in the order of their ids")
            if len(batch) >= BULK or len(batch.terms) >= TAIL_ENTRIES // 2:
                self._append_segments(batch)
            else:
                self._append_tail(batch)
            self._alive += len(batch)
            self._last = int(ids[-1])
            for at in {0, len(batch) - 1}:
                self._mark(int(ids[at]), int(batch.same[at]))

    def catch_up(self, feed: Callable[[int, int], Batch | None]) -> int:
        """Take in what `feed(after id, at most so many)` gives until it gives none; how many."""
        taken = 0
        while (batch := feed(self._last, _REPLAY)) is not None and len(batch):
            self.append(batch)
            taken += len(batch)
        return taken

    def _append_tail(self, batch: Batch) -> None:
        state = self._state
        if state.size + len(batch) > len(state.tail.ids) or state.tail.entries > TAIL_ENTRIES:
            self._freeze_tail()
            self._tidy(BUSY, MOST)
            state = self._state
        self._scopes.update(batch.scopes)
        self._unspelled.extend(batch.words)
        recent_postings.add(state.tail, state.size, batch)
        self._state = state._replace(size=state.size + len(batch))

    def _mark(self, id: int, same: int) -> None:
        self._marks.append((id, same))
        if len(self._marks) > 2 * _MARKS:
            self._marks = self._marks[::2]

    def _append_segments(self, batch: Batch) -> None:
        self._freeze_tail()
        for begin in range(0, len(batch), PART):
            part = batch.slice(begin, min(begin + PART, len(batch)))
            self._publish([*self._state.segments, building.build(self._state.base, part)])
            self._tidy(BUSY, MOST)

    def _spell(self) -> None:
        """Put the words that came with facts into the tail's list, where they are not known."""
        with self._spelling:
            if len(self._unspelled) >= _MANY_WORDS:
                # Some may be known to a segment: they are one word again when segments merge.
                self._words.extend([self._unspelled.pop() for _ in range(len(self._unspelled))])
            while self._unspelled:
                hash_, text = self._unspelled.pop()
                if spelling.fits(text) and not any(
                    part.spelled.holds(hash_, len(text)) for part in self._state.segments
                ):
                    self._words.add(hash_, text)

    # -- letting go -----------------------------------------------------------------------------

    def remove(self, ids: I64 | Sequence[int]) -> int:
        """Let facts be found no more; how many of them could be."""
        with self._lock:
            state = self._state
            ordinals = column_scan.distinct(reading.ordinals_of(state, np.asarray(ids, np.int64)))
            ordinals = ordinals[ordinals >= 0]
            for part in state.segments:
                mine = (ordinals >= part.first) & (ordinals < part.end)
                cache.kill(part, ordinals[mine] - part.first)
            state.tail.live[ordinals[ordinals >= state.base] - state.base] = 0
            self._alive -= len(ordinals)
            self._removed += len(ordinals)
            return len(ordinals)

    def retain(self, ids: I64 | Sequence[int]) -> int:
        """Remove all facts but these; how many were removed."""
        own = self.ids()
        return self.remove(own[~np.isin(own, np.asarray(ids, np.int64))])

    def purge(self) -> bool:
        """Take the terms of removed facts out of memory and files; False where there are none.

        Words that nobody holds any more are no spellings either.
        """
        with self._lock:
            state = self._state
            dead = not state.tail.live[: state.size].all()
            if not dead and not any(part.dead() for part in state.segments):
                return False
            self._freeze_tail()
            self._purge()
            self._save(everything=True)
            return True

    def clear(self) -> None:
        """Forget everything, in the cache as well, to be made again by `catch_up`."""
        with self._lock:
            self._clear()
            if self._folder is not None:
                cache.drop(self._folder)

    def _purge(self, first: int = 0) -> None:
        """Take what is removed out of the segments from `first` on, and its words out of all."""
        old = self._state.segments
        parts = (*old[:first], *(merging.purged(part) for part in old[first:]))
        lost = [
            np.setdiff1d(a.keys, b.keys, assume_unique=True)
            for a, b in zip(old, parts, strict=True)
            if a is not b
        ]
        self._state = self._state._replace(segments=parts)
        hashes = self._unheld(np.unique(np.concatenate([np.zeros(0, np.uint64), *lost])))
        if len(hashes):
            parts = tuple(
                merging.purged(part, np.isin(part.spelled.hashes, hashes)) for part in parts
            )
            self._state = self._state._replace(segments=parts)

    def _unheld(self, terms: U64) -> U64:
        """Hashes of words that had one of these terms, in any scope, and have none left."""
        parts = self._state.segments
        scopes = sorted({int(scope) for part in parts for scope in part.scopes})
        spelled = np.sort(
            np.concatenate([np.zeros(1, np.uint64), *(p.spelled.hashes for p in parts)])
        )
        found = []
        for scope in scopes:
            words = unsalted_all(terms, scope)
            at = np.searchsorted(spelled, words, side="right") - 1
            found.append(words[spelled[at] == words])
        lost = np.unique(np.concatenate([np.zeros(0, np.uint64), *found]))
        for scope in scopes:
            lost = lost[reading.frequencies(self._state, salted_all(lost, scope)) == 0]
        return lost

    # -- segments -------------------------------------------------------------------------------

    def freeze(self) -> None:
        """Write what is only in memory to the cache, so that the next process opens quickly."""
        with self._lock:
            if self._folder is None:
                self._tidy(IDLE, 1)
                return
            if self._fingerprint() == self._saved:
                return
            self._freeze_tail()
            parts = self._state.segments
            if any(part.dead() > _MANY for part in parts):
                self._purge()
            else:
                # What another process has forgotten must not come back with a new file.
                unsound = [at for at, part in enumerate(parts) if part.dead() and _unkept(part)]
                if unsound:
                    self._purge(unsound[0])
            self._tidy(IDLE, 1)
            self._save(everything=False)

    def tidy(self) -> None:
        """Merge what is worth it while there is time; fewer segments are searched faster."""
        with self._lock:
            self._tidy(IDLE, 1)

    def _freeze_tail(self) -> None:
        """Make the tail a segment."""
        state = self._state
        size = state.size
        if not size:
            return
        self._spell()
        keys, frequency, places = building.sorted_pairs(*recent_postings.all_pairs(state.tail))
        made = building.packed(
            state.base,
            size,
            keys,
            frequency,
            places,
            runs=runs_of(state.tail.ids[:size], state.tail.at[:size]),
            spelled=self._words.joined(),
            scopes=np.array(sorted(self._scopes), np.int64),
            live=all_alive(size),
        )
        made.live[:] &= bitmap(np.flatnonzero(state.tail.live[:size]), size)
        self._publish([*state.segments, made])
        self._words, self._scopes = Wordlist(), set()

    def _publish(self, parts: Sequence[Segment]) -> None:
        """Show readers these segments and an empty tail."""
        begins = [part.runs.id_begin.astype(np.int64) + part.first for part in parts]
        values = [part.runs.id_value for part in parts]
        self._state = State(
            tuple(parts),
            _empty(),
            0,
            parts[-1].end if parts else 0,
            np.concatenate([NOTHING, *begins]),
            np.concatenate([NOTHING, *values]),
        )

    def _tidy(self, fanout: int, most: int) -> None:
        """Merge the newest segments where there are more than `most`."""
        parts = list(self._state.segments)
        if len(parts) <= most:
            return
        first = len(parts) - 1
        size = parts[first].size
        while first and parts[first - 1].size < fanout * size:
            first -= 1
            size += parts[first].size
        if len(parts) - first < 2:
            return
        if any(part.dead() for part in parts[first:]):
            # Merging alone would lose the terms by which words are known that nobody holds.
            self._purge(first)
            parts = list(self._state.segments)
        merged = merging.merge(parts[first:])
        if self._folder is not None and merged.size >= _LARGE:
            # A full or read-only cache folder costs memory; it must not stop anything.
            with contextlib.suppress(OSError, SegmentError):
                merged = cache.stored(merged, self._folder)
        self._state = self._state._replace(segments=(*parts[:first], merged))
        for part in parts[first:]:
            if part.path is not None and part.path.name not in self._known:
                # No manifest ever named it.
                with contextlib.suppress(OSError):
                    part.path.unlink()

    def _save(self, *, everything: bool) -> None:
        folder = self._folder
        if folder is None:
            return
        parts = list(self._state.segments)
        try:
            for at, part in enumerate(parts):
                if _unkept(part):
                    parts[at] = cache.stored(part, folder)
            self._state = self._state._replace(segments=tuple(parts))
            kept = cache.Kept(tuple(parts), tuple(self._marks[-_MARKS:]), self.note)
            if cache.publish(folder, self._stamp, kept, everything=everything):
                self._known |= _names(parts)
        except (OSError, SegmentError):
            # A full or read-only folder slows the next start; it must not stop this one.
            if everything:
                # Better no cache than one that holds what was removed.
                cache.drop(folder)
        self._saved = self._fingerprint()

    def _fingerprint(self) -> tuple[object, ...]:
        return self._last, self._removed, self.note


def _unkept(part: Segment) -> bool:
    """Whether no file holds a segment; another process may have removed it with what was in it."""
    return part.path is None or not part.path.exists()


def _names(parts: Sequence[Segment]) -> set[str]:
    return {part.path.name for part in parts if part.path is not None}


def _empty() -> Tail:
    return recent_postings.room(max(TAIL, BULK))
