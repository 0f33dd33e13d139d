"""Topic vectors of passages, learned from the library itself: semantic search without a model.

The words of the index and the passages they stand in are taken apart into a few directions
(`space.latent`); a question is laid into them and compared with every passage. So it reaches what
is told in other words, as far as the library itself uses both in like company. A small library is
read whenever it has changed; what a large one has learned lies in its file until much is new.
"""

import contextlib
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.arrays import F32
from workbench.jobs import Cancel
from workbench.memory import purge, segment, words
from workbench.memory.lexicon import Lexicon
from workbench.memory.segment import Keys, Ordinals
from workbench.memory.snapshot import Snapshot
from workbench.memory.vocabulary import STOP
from workbench.recall.learned_tables import Kind, LearnedTable, TableCache
from workbench.space import latent
from workbench.space.latent import Counts
from workbench.space.nearest import NearestStretches, products, promising
from workbench.store.store import Store
from workbench.store.text import Extent

#: Words of a section that counts as one passage; of longer ones, sentences of a window and from one
#: to the next.
_FULL, _WINDOW, _STRIDE = 400, 5, 3
#: A word tells of a subject when it stands in so many passages, and in no larger share of them.
_MINIMUM, _MAX_SHARE = 2, 0.5
#: Passages from which directions are learned at most; the others are laid into them.
_TRAINED = 30_000
#: Fewer passages say nothing about their words.
_SPARSE = 8
#: Passages whose words are counted at once: all at once took 30 bytes a word of the library.
_SLICE = 4_000
#: A larger library is read again when so much of it is new.
_NEW = 0.05
#: Passages whose first directions are compared, and the multiple of what is wanted that is then
#: compared in all of them.
_COUNT, _COARSE, _FINISHED = 8_000, 32, 4
#: How what is learned is kept. A small library is read when somebody asks, others beforehand.
_KIND = Kind(
    "subjects", version=2, halved="directions", small=12_000,
    arrays=("keys", "groups", "telling", "directions", "starts", "ends", "passages"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Table(LearnedTable):
    """The `directions` float32[m, d] of words, and the passages laid into these.

    Words of one stem share one; `telling` float32[m] is 0 for what says nothing. `passages`
    float16[p, d], of length one, are the sentences `[starts, ends)`, sorted by start.
    """

    telling: F32
    directions: F32
    starts: Ordinals
    ends: Ordinals
    passages: NDArray[np.float16]
    coarse: F32


class Subjects:
    """Finds passages by what they are about (see `space.nearest.Nearness`). Any thread may call."""

    def __init__(
        self,
        lexicon: Lexicon,
        store: Store,
        languages: Callable[[], Collection[str]],
        extents: Callable[[], Sequence[Extent]],
    ) -> None:
        """`languages` are those of the library's sources.

        `extents` says which statements the library holds: a source that was read again has others.
        """
        self._lexicon = lexicon
        self._trained = TableCache(lexicon, store, _KIND, _table)
        self._languages = languages
        self._extents = extents
        self._lock, self._making = threading.Lock(), threading.Lock()

    def nearest(
        self, question: str, *, limit: int = 300, within: NDArray[np.bool_] | None = None
    ) -> NearestStretches | None:
        """See `Nearness`; None also where the library has not been read for it yet."""
        snapshot = self._lexicon.snapshot()
        table = self._fresh(snapshot)
        query_vector = None if table is None else self._vector(table, snapshot, question)
        if table is None or query_vector is None:
            return None
        return _nearest(table, snapshot, query_vector, limit, within)

    def between(self, first_item: str, other: str) -> float | None:
        """The cosine of two words; None where one of them is not known, or nothing is learned."""
        snapshot = self._lexicon.refresh()
        table = self._fresh(snapshot)
        if table is None:
            return None
        left, right = (
            self._vector(table, snapshot, first_item),
            self._vector(table, snapshot, other),
        )
        return None if left is None or right is None else float(left @ right)

    def company(self, engrams: NDArray[np.int64], of: NDArray[np.int64], count: int) -> F32:
        """Where things lie by the passages that mention them: float32[count, d], of length one.

        Thing `of[i]` is mentioned in `engrams[i]`; one of which no passage is known is zero.
        """
        table = self._fresh(self._lexicon.refresh())
        if table is None or not len(table.starts):
            return np.zeros((count, 1), np.float32)
        matches = np.zeros((count, table.passages.shape[1]), np.float32)
        ordinals = engrams - 1
        at = np.searchsorted(table.starts, ordinals, side="right") - 1
        existing = np.flatnonzero((at >= 0) & (ordinals < table.ends[np.maximum(at, 0)]))
        for low in range(0, len(existing), _COUNT):
            part = existing[low : low + _COUNT]
            np.add.at(matches, of[part], table.passages[at[part]].astype(np.float32))
        lengths = np.linalg.norm(matches, axis=1, keepdims=True)
        matches /= np.maximum(lengths, 1e-9)
        return matches

    def stale(self) -> bool:
        """Whether a library too large to be read while somebody waits has to be read (again)."""
        snapshot = self._lexicon.refresh()
        table = self._trained.current(snapshot)
        if snapshot.size <= _KIND.small:
            return False
        return table is None or snapshot.size > table.size * (1 + _NEW)

    @property
    def making(self) -> bool:
        """Whether the library is being read for it."""
        return self._making.locked()

    def update(self, cancel: Cancel | None = None) -> bool:
        """Read the library where that is due; returns whether it was. Raises `Cancelled`."""
        if not self.stale():
            return False
        stop = cancel or Cancel()
        with _exclusive(self._making, stop):
            # Somebody else may have read it meanwhile.
            if not self.stale():
                return False
            snapshot = self._lexicon.refresh()
            self._trained.store(self._make(snapshot, stop))
        return True

    def forget(self) -> None:
        """Something was removed for good: nothing that was learned from it stays."""
        self._trained.forget()

    # -- the table ------------------------------------------------------------------------------

    def _fresh(self, snapshot: Snapshot) -> _Table | None:
        table = self._trained.current(snapshot)
        if snapshot.size > _KIND.small or (table is not None and table.size == snapshot.size):
            return table
        with self._lock:
            table = self._trained.current(snapshot)
            if table is None or table.size != snapshot.size:
                table = self._trained.store(self._make(snapshot, Cancel()))
            return table

    def _make(self, snapshot: Snapshot, cancel: Cancel) -> _Table:
        missing = purge.orphaned(snapshot.columns["source"], self._extents())
        return _learn_table(snapshot, missing, self._lexicon.removals, cancel)

    def _vector(self, table: _Table, snapshot: Snapshot, question: str) -> F32 | None:
        """The sum of the directions of a text's words, of length one; None where it has none."""
        tokens = (word for token in words.tokens(question) for word in token.words)
        informative = (word for word in tokens if word not in STOP)
        rows = table.rows(snapshot, informative, self._languages())
        rows = [row for row in rows if table.telling[row] > 0]
        if not rows:
            return None
        vector = table.telling[rows] @ table.directions[rows]
        length = float(np.linalg.norm(vector))
        return (vector / length).astype(np.float32) if length > 0 else None


def _nearest(
    table: _Table,
    snapshot: Snapshot,
    query_vector: F32,
    limit: int,
    inside_item: NDArray[np.bool_] | None,
) -> NearestStretches | None:
    """The passages nearest to a vector of length one."""
    inside = _inside(table, snapshot, inside_item)
    places = np.arange(len(table.starts)) if inside is None else np.flatnonzero(inside)
    if len(places) > _COUNT:
        rough = products(table.coarse, query_vector[:_COARSE])
        if inside is not None:
            rough[~inside] = -2
        places = promising(rough, min(len(places), max(limit * _FINISHED, 1000)))
        if inside is not None:
            places = places[inside[places]]
    cosines = products(table.passages[places].astype(np.float32), query_vector)
    order = np.argsort(-cosines, kind="stable")[:limit]
    order = order[cosines[order] > 0]
    best = places[order]
    return (
        NearestStretches(table.starts[best], table.ends[best], cosines[order])
        if len(order)
        else None
    )


def _inside(
    table: _Table, snapshot: Snapshot, inside_item: NDArray[np.bool_] | None
) -> NDArray[np.bool_] | None:
    """Which passages count; None where all do."""

    def present() -> NDArray[np.bool_]:
        return snapshot.columns["source"][table.starts] > 0

    if inside_item is None:
        content = "subjects", table.size, table.removals
        complete = snapshot.lastingly(content, lambda: bool(present().all()))
        return None if complete else present()
    existing = table.starts < len(inside_item)
    inside = present() & existing
    inside[existing] &= inside_item[table.starts[existing]]
    return inside


@contextlib.contextmanager
def _exclusive(lock: threading.Lock, cancel: Cancel) -> Iterator[None]:
    """Hold a lock that somebody may have for seconds. Raises `Cancelled`."""
    while not lock.acquire(timeout=0.05):
        cancel.check()
    try:
        yield
    finally:
        lock.release()


def _table(
    size: int,
    removals: int,
    keys: Keys,
    groups: NDArray[np.int32],
    telling: F32,
    directions: F32,
    starts: Ordinals,
    ends: Ordinals,
    passages: NDArray[np.float16],
) -> _Table:
    first = np.ascontiguousarray(passages[:, :_COARSE], np.float32)
    return _Table(
        size, removals, keys, groups, telling, directions, starts, ends, passages, first
    )  # fmt: skip


def _learn_table(
    snapshot: Snapshot, missing: NDArray[np.bool_], removals: int, cancel: Cancel
) -> _Table:
    """Learn the directions of the library, and lay every passage into them.

    `missing` bool[statements] says which of them the library does not hold any more.
    """
    starts, ends = passages(snapshot, (snapshot.columns["source"] > 0) & ~missing)
    parts = list(snapshot.segments)
    if len(starts) < _SPARSE or not parts:
        empty = np.zeros(0, np.int32)
        return _table(
            snapshot.size, removals, np.zeros(0, np.uint64), empty, np.zeros(0, np.float32),
            np.zeros((0, 1), np.float32), empty, empty, np.zeros((0, 1), np.float16),
        )  # fmt: skip
    merged = parts[0] if len(parts) == 1 else segment.merge(parts)
    cancel.check()
    groups, count = stems(merged)
    counts = stem_counts(merged, groups, count, starts, ends)
    cancel.check()
    occurring = np.bincount(counts.words, minlength=count)
    informs = (occurring >= _MINIMUM) & (occurring <= max(10.0, _MAX_SHARE * len(starts)))
    counts = _restricted(counts, informs)
    informative = latent.rarity(counts)
    matrix = latent.weighed(counts, informative)
    cancel.check()
    step = -(-len(matrix) // _TRAINED)
    directions = latent.directions(matrix if step == 1 else _strided(matrix, step))
    cancel.check()
    laid = _laid_passages(matrix, directions)
    return _table(
        snapshot.size, removals, np.array(merged.keys), groups, informative, directions, starts,
        ends, laid,
    )  # fmt: skip


def _laid_passages(matrix: Counts, directions: F32) -> NDArray[np.float16]:
    """Each passage in these directions, of length one."""
    laid = np.zeros((len(matrix), directions.shape[1]), np.float16)
    for low in range(0, len(matrix), _SLICE):
        starts = matrix.starts[low : low + _SLICE + 1]
        part = latent.times(Counts(starts, matrix.words, matrix.times, matrix.size), directions)
        part /= np.maximum(np.linalg.norm(part, axis=1, keepdims=True), 1e-9)
        laid[low : low + _SLICE] = part
    return laid


def passages(snapshot: Snapshot, stored: NDArray[np.bool_]) -> tuple[Ordinals, Ordinals]:
    """The stretches `[starts, ends)` that are compared with a question, sorted by start.

    `stored` bool[statements] says which of them the library holds. What was removed keeps its
    numbers, and in an index that was purged it follows on a section as if it belonged to it.
    """
    first, end = snapshot.sections[:-1], snapshot.sections[1:]
    count = np.concatenate([np.zeros(1, np.int32), np.cumsum(stored, dtype=np.int32)])
    end = first + count[end] - count[first]
    first, end = first[end > first], end[end > first]
    size = snapshot.before[end] - snapshot.before[first]
    complete = (size <= _FULL) | (end - first <= _WINDOW)
    starts, ends = [first[complete]], [end[complete]]
    for low, high in zip(first[~complete].tolist(), end[~complete].tolist(), strict=True):
        # The last window that is needed reaches the end of the section.
        begin = np.arange(low, max(high - _WINDOW + _STRIDE, low + 1), _STRIDE, dtype=np.int32)
        starts.append(begin)
        ends.append(np.minimum(begin + _WINDOW, high).astype(np.int32))
    all_starts, all_ends = np.concatenate(starts), np.concatenate(ends)
    order = np.argsort(all_starts, kind="stable")
    return all_starts[order].astype(np.int32), all_ends[order].astype(np.int32)


def stems(merged: segment.Segment) -> tuple[NDArray[np.int32], int]:
    """For each word the number of its stem, and how many stems there are.

    A word belongs to the least of its forms, so that words which share one are counted together.
    """
    none = np.uint64(2**64 - 1)
    minimum = np.full(len(merged.keys), none)
    at = np.minimum(np.searchsorted(merged.keys, merged.form_words), len(merged.keys) - 1)
    local = merged.keys[at] == merged.form_words
    np.minimum.at(minimum, at[local], merged.form_keys[local])
    distinct, groups = np.unique(
        np.where(minimum == none, merged.keys, minimum), return_inverse=True
    )
    return groups.astype(np.int32), len(distinct)


def stem_counts(
    merged: segment.Segment,
    groups: NDArray[np.int32],
    count: int,
    starts: Ordinals,
    ends: Ordinals,
) -> Counts:
    """In how many sentences of each passage each stem stands."""
    stems = np.repeat(groups, np.diff(merged.starts))
    order = np.argsort(merged.postings, kind="stable")
    stems, location = stems[order], merged.postings[order]
    del order
    pieces = [
        _slice_counts(stems, location, count, starts[low : low + _SLICE], ends[low : low + _SLICE])
        for low in range(0, len(starts), _SLICE)
    ]
    bounds = np.zeros(len(starts) + 1, np.int64)
    np.cumsum(np.concatenate([sizes for sizes, _, _ in pieces]), out=bounds[1:])
    words = np.concatenate([words for _, words, _ in pieces])
    times = np.concatenate([times for _, _, times in pieces])
    return Counts(bounds, words, times, count)


def _slice_counts(
    stems: NDArray[np.int32],
    location: NDArray[np.int32],
    count: int,
    starts: Ordinals,
    ends: Ordinals,
) -> tuple[NDArray[np.int64], NDArray[np.int32], F32]:
    """How many stems stand in each of some passages; these stems, and in how many sentences."""
    lengths = (ends - starts).astype(np.int64)
    sentences = np.arange(int(lengths.sum()), dtype=np.int64)
    sentences += np.repeat(starts - (np.cumsum(lengths) - lengths), lengths)
    passage = np.repeat(np.arange(len(starts)), lengths)
    low = np.searchsorted(location, sentences)
    sizes = np.searchsorted(location, sentences, side="right") - low
    place = np.arange(int(sizes.sum()), dtype=np.int64)
    place += np.repeat(low - (np.cumsum(sizes) - sizes), sizes)
    pairs = np.repeat(passage, sizes) * np.int64(count) + stems[place]
    distinct, times = np.unique(pairs, return_counts=True)
    rows = np.bincount(distinct // count, minlength=len(starts))
    return rows, (distinct % count).astype(np.int32), times.astype(np.float32)


def _restricted(counts: Counts, retained: NDArray[np.bool_]) -> Counts:
    """The same without the words that are not kept; their numbers stay."""
    left = retained[counts.words]
    previous = np.concatenate([[0], np.cumsum(left)])
    return Counts(previous[counts.starts], counts.words[left], counts.times[left], counts.size)


def _strided(counts: Counts, step: int) -> Counts:
    """Every so many-th row."""
    rows = np.arange(0, len(counts), step)
    sizes = np.diff(counts.starts)[rows]
    bounds = np.concatenate([[0], np.cumsum(sizes)])
    place = np.arange(int(sizes.sum()), dtype=np.int64)
    place += np.repeat(counts.starts[rows] - bounds[:-1], sizes)
    return Counts(bounds, counts.words[place], counts.times[place], counts.size)
