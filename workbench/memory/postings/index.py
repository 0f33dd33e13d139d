"""The index of facts: segments and a memtable; any thread reads, one at a time writes.

What readers see is one tuple, replaced as a whole. The memtable is frozen into a segment when it
is full, and neighbouring segments merge, so there are few however many facts there are. Everything
can be made again from the library; nothing here is the truth.
"""

import itertools
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from workbench.arrays import I64
from workbench.memory import purge, segment
from workbench.memory.postings import cache
from workbench.memory.postings.entries import Entry
from workbench.memory.postings.memtable import Memtable
from workbench.memory.postings.queries import NOTHING, Looking, State
from workbench.memory.segment import Segment
from workbench.memory.segment_files import SegmentError

#: Facts of a full memtable, which is frozen, and pairs of key and fact for whose sake it is.
FULL, FULL_PAIRS = 4096, 1 << 17
#: So many facts at once become segments of their own, at most so large.
BULK, PART = 1024, 1 << 16
#: Neighbouring segments merge while the older is less than so many times the newer.
FANOUT = 4
_REPLAY = 8192
_MARKS = 32
#: Removed facts from which on a segment that is being frozen is made anew without them.
_MANY = 4096


class Postings(Looking):
    """The index of one library's facts.

    `folder` None keeps it in memory only. `stamp` (anything that JSON can say) tells whose and of
    which version it is: a cache with another stamp is not used. Removed facts are found no more at
    once; their terms leave with the next `purge`. Frequencies count them until then.
    """

    def __init__(self, folder: Path | None, stamp: object = None) -> None:
        self._folder = folder
        self._stamp = stamp
        self._lock = threading.RLock()
        #: What the caller wants to know when the cache is opened again, such as a count of
        #: removals; anything that JSON can say.
        self.note: Any = None
        self._marks: list[tuple[int, int]] = []
        self._saved: tuple[object, ...] | None = None
        self._state = _empty()
        kept = cache.load(folder, stamp) if folder is not None else None
        if kept is not None:
            self.note = kept.note
            self._marks.extend(kept.marks)
            self._state = _state_of(kept)
            self._saved = self._fingerprint()

    @property
    def size(self) -> int:
        """How many facts can be found."""
        return int(np.count_nonzero(self._state.live[: self._state.size]))

    @property
    def last_id(self) -> int:
        """The id of the newest fact that was taken in, 0 where there is none."""
        state = self._state
        return int(state.ids[state.size - 1]) if state.size else 0

    @property
    def marks(self) -> tuple[tuple[int, int], ...]:
        """(id, dedup key) of some of the facts: a library that has others is another one."""
        return tuple(self._marks)

    def ids(self) -> I64:
        """The ids of all facts that can be found, ascending."""
        state = self._state
        return state.ids[: state.size][state.live[: state.size]]

    # -- taking in ------------------------------------------------------------------------------

    def append(self, entries: Sequence[Entry]) -> None:
        """Take in facts; they can be found when this returns.

        Raises `ValueError` where an id is not larger than every one before it.
        """
        if not entries:
            return
        with self._lock:
            ids = [self.last_id, *(each.id for each in entries)]
            if any(a >= b for a, b in itertools.pairwise(ids)):
                raise ValueError("facts have to come in the order of their ids")
            if len(entries) >= BULK or sum(len(each.keys) for each in entries) >= FULL_PAIRS // 2:
                self._freeze()
                for begin in range(0, len(entries), PART):
                    self._append_segment(entries[begin : begin + PART])
            else:
                state = self._state
                if state.size - state.base >= FULL or state.memtable.pairs_held > FULL_PAIRS:
                    self._freeze()
                self._append(entries)
            self._marks += [(each.id, each.same) for each in (entries[0], *entries[1:][-1:])]
            if len(self._marks) > 2 * _MARKS:
                self._marks = self._marks[::2]

    def catch_up(self, feed: Callable[[int, int], Sequence[Entry]]) -> int:
        """Take in what `feed(after id, at most so many)` gives until it gives none; how many."""
        taken = 0
        while entries := feed(self.last_id, _REPLAY):
            self.append(entries)
            taken += len(entries)
        return taken

    def _append(self, entries: Sequence[Entry]) -> None:
        state = _with_room(self._state, entries)
        for ordinal, each in enumerate(entries, state.size):
            state.memtable.add(ordinal, each)
        self._state = state._replace(size=state.size + len(entries))

    def _append_segment(self, entries: Sequence[Entry]) -> None:
        state = _with_room(self._state, entries)
        end = state.size + len(entries)
        ordinals = np.arange(state.size, end, dtype=np.int32)
        ordinals = np.repeat(ordinals, [len(each.keys) for each in entries])
        keys = np.fromiter((key for each in entries for key in each.keys), np.uint64, len(ordinals))
        made = segment.build(
            state.size, _columns(state, state.size, end), keys, np.arange(len(keys)), ordinals
        )
        self._state = state._replace(segments=(*state.segments, made), base=end, size=end)
        self._tidy()

    # -- letting go -----------------------------------------------------------------------------

    def remove(self, ids: I64 | Sequence[int]) -> int:
        """Let facts be found no more; how many of them could be."""
        with self._lock:
            state = self._state
            before = self.size
            ordinals = state.ordinals(ids)
            state.live[ordinals[ordinals >= 0]] = False
            return before - self.size

    def purge(self) -> bool:
        """Take the terms of removed facts out of memory and files; False where there are none."""
        with self._lock:
            state = self._state
            dead = cache.dead(state.segments, state.live)
            if not dead and state.live[state.base : state.size].all():
                return False
            self._freeze()
            self._purge()
            self._save(everything=True)
            return True

    def clear(self) -> None:
        """Forget everything, in the cache as well, to be made again by `catch_up`."""
        with self._lock:
            self._state, self._marks, self._saved = _empty(), [], None
            if self._folder is not None:
                cache.drop(self._folder)

    def _purge(self) -> None:
        state = self._state
        parts = list(state.segments)
        for at, part in enumerate(parts):
            lost = part.columns["live"] & ~state.live[part.first : part.end]
            if lost.any():
                columns = _columns(state, part.first, part.end)
                parts[at] = purge.without(part, lost, columns)
        self._state = state._replace(segments=tuple(parts))

    # -- segments -------------------------------------------------------------------------------

    def freeze(self) -> None:
        """Write what is only in memory to the cache, so that the next process opens quickly."""
        with self._lock:
            if self._folder is None or self._fingerprint() == self._saved:
                return
            self._freeze()
            self._tidy()
            state = self._state
            # What another process has forgotten must not come back with a new file.
            dead = cache.dead([part for part in state.segments if _unkept(part)], state.live)
            if dead or len(cache.dead(state.segments, state.live)) > _MANY:
                self._purge()
            self._save(everything=False)

    def _freeze(self) -> None:
        """Make the memtable a segment."""
        state = self._state
        if state.size == state.base:
            return
        columns = _columns(state, state.base, state.size)
        # Which of them are removed already is seen by that when their terms are taken out.
        columns["live"] = np.ones(state.size - state.base, np.bool_)
        made = segment.build(state.base, columns, *state.memtable.pairs())
        self._state = state._replace(
            segments=(*state.segments, made), memtable=Memtable(), base=state.size
        )
        self._tidy()

    def _tidy(self) -> None:
        """Merge the newest segments."""
        parts = self._state.segments
        first = len(parts) - 1
        size = parts[first].size if parts else 0
        while first > 0 and parts[first - 1].size < FANOUT * size:
            first -= 1
            size += parts[first].size
        if len(parts) - first > 1:
            merged = segment.merge(parts[first:])
            self._state = self._state._replace(segments=(*parts[:first], merged))

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
            dead = cache.dead(parts, self._state.live)
            kept = cache.Kept(tuple(parts), dead, tuple(self._marks[-_MARKS:]), self.note)
            cache.publish(folder, self._stamp, kept, everything=everything)
        except (OSError, SegmentError):
            # A full or read-only folder slows the next start; it must not stop this one.
            if everything:
                # Better no cache than one that holds what was removed.
                cache.drop(folder)
        self._saved = self._fingerprint()

    def _fingerprint(self) -> tuple[object, ...]:
        return self.last_id, self.size, self.note


def _unkept(part: Segment) -> bool:
    """Whether no file holds a segment; another process may have removed it with what was in it."""
    return part.path is None or not part.path.exists()


def _empty() -> State:
    return State((), Memtable(), 0, 0, NOTHING, np.zeros(0), np.zeros(0, np.bool_))


def _state_of(kept: cache.Kept) -> State:
    parts = kept.segments
    if not parts:
        return _empty()
    ids, at, live = (
        np.concatenate([part.columns[name] for part in parts]) for name in ("id", "at", "live")
    )
    live[list(kept.dead)] = False
    return State(parts, Memtable(), parts[-1].end, parts[-1].end, ids, at, live)


def _columns(state: State, begin: int, end: int) -> dict[str, Any]:
    """The columns of a segment of these ordinals, as they are now."""
    return {
        "id": state.ids[begin:end].copy(),
        "at": state.at[begin:end].copy(),
        "live": state.live[begin:end].copy(),
    }


def _with_room(state: State, entries: Sequence[Entry]) -> State:
    """The state with what is known of these facts behind its end.

    What is there is not written to: others may be reading it.
    """
    end = state.size + len(entries)
    ids, at, live = state.ids, state.at, state.live
    if len(ids) < end:
        more = max(len(entries), state.size // 2, FULL)
        ids = np.concatenate([ids[: state.size], np.zeros(more, np.int64)])
        at = np.concatenate([at[: state.size], np.zeros(more)])
        live = np.concatenate([live[: state.size], np.zeros(more, np.bool_)])
    ids[state.size : end] = [each.id for each in entries]
    at[state.size : end] = [each.at for each in entries]
    live[state.size : end] = True
    return state._replace(ids=ids, at=at, live=live)
