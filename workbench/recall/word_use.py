"""Word vectors learned from the word use of a library.

A word is represented by the words in its own and in the next sentence (`space.usage`), with forms
of one stem merged. The vectors are learned at the first request, and again in the background once
the library has grown; those of a large library are stored in its file.
"""

import contextlib
import json
import sqlite3
import threading
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.segment import EVERY_LINE
from ingest.segment import segment as segment_text
from workbench.arrays import F32
from workbench.errors import LibraryError
from workbench.jobs import Cancel
from workbench.memory import purge, segment, words
from workbench.memory.lexicon import Lexicon
from workbench.memory.segment import Keys, Ordinals
from workbench.memory.snapshot import Snapshot
from workbench.memory.vocabulary import STOP
from workbench.space import usage
from workbench.space.latent import Counts
from workbench.space.nearest import products
from workbench.store import derived, meta
from workbench.store.store import Store
from workbench.store.text import Extent

#: Maximum statements that are read; a larger library is sampled evenly, with the next statement.
_READ = 150_000
#: The minimum stretches of a word to be shown as a neighbour: at least, per so many statements of
#: the library, at most.
_VISITED, _ITEM, _FREQUENCY = 4, 1000, 20
#: The share of new statements after which vectors are learned again; in a small library any.
_NEW = 0.05
#: Statements that are searched for the spelling of a word.
_SPELT = 8
#: Stretches that are counted at once: all of them took 30 bytes per word of the library.
_SLICE = 4_000
#: Maximum length of a word for training; longer ones are keys and addresses.
_MAX_WORD = 40
#: Libraries with more statements store their vectors in the file, under this name and with these
#: arrays; the version is to be raised whenever the same index would give others.
_SMALL = 3_000
_NAME, _VERSION, _ARRAYS = "word use", 3, ("keys", "groups", "often", "vectors")

Texts = Callable[[Sequence[int]], Mapping[int, str]]


@dataclass(frozen=True, slots=True)
class NearWord:
    """A word as written, its cosine to the given one, and its number of statements.

    All forms of its stem count, and the most frequent is shown. `statements` is None if not
    counted.
    """

    word: str
    nearness: float
    statements: int | None = None


@dataclass(frozen=True, slots=True)
class _Table:
    """Vectors learned from an index of `size` statements after so many `removals`.

    `groups`, int32[n], is the row of each word of `keys`, uint64[n], which are sorted. `vectors`,
    float32[m, d], are those of words; unknown ones share the last row, which is zero. `often`,
    int32[m], is the number of stretches of each, 0 for the last.
    """

    size: int
    removals: int
    keys: Keys
    groups: NDArray[np.int32]
    often: NDArray[np.int32]
    vectors: F32

    def rows(
        self, snapshot: Snapshot, tokens: Iterable[str], languages: Collection[str]
    ) -> list[int]:
        """The rows of these words in any of their forms, ascending."""
        rows: set[int] = set()
        for word in tokens if len(self.keys) else ():
            keys = np.array(snapshot.inflections(word, languages), np.uint64)
            at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
            rows.update(self.groups[at[self.keys[at] == keys]].tolist())
        return sorted(rows)


class WordUse:
    """The word vectors of one library. Thread-safe."""

    def __init__(
        self,
        lexicon: Lexicon,
        store: Store,
        languages: Callable[[], Collection[str]],
        extents: Callable[[], Sequence[Extent]],
        texts: Texts,
    ) -> None:
        """`languages` are those of the library's sources, `texts` returns the text of engrams.

        `extents` are the current statements: a source that was read again has new ones.
        """
        self._lexicon, self._store = lexicon, store
        self._languages, self._extents, self._texts = languages, extents, texts
        self._lock, self._making = threading.Lock(), threading.Lock()
        self._table: _Table | None = None

    def between(self, first_item: str, other: str, cancel: Cancel | None = None) -> float | None:
        """The cosine of two words; None if one of them is unknown. Raises `Cancelled`."""
        snapshot = self._lexicon.refresh()
        table = self._fresh(snapshot, cancel or Cancel())
        left, right = self._row(table, snapshot, first_item), self._row(table, snapshot, other)
        return None if left is None or right is None else float(left @ right)

    def neighbours(
        self, word: str, limit: int, cancel: Cancel | None = None
    ) -> list[NearWord] | None:
        """The words with the most similar use, nearest first; None for an unknown word."""
        snapshot = self._lexicon.refresh()
        table = self._fresh(snapshot, cancel or Cancel())
        query = self._row(table, snapshot, word)
        if query is None:
            return None
        closeness = products(table.vectors, query)
        closeness[table.often < min(max(table.size // _ITEM, _VISITED), _FREQUENCY)] = -1
        closeness[self._rows(table, snapshot, word)] = -1
        matches: list[NearWord] = []
        for row in np.argsort(-closeness, kind="stable").tolist():
            if len(matches) == limit or closeness[row] <= 0:
                break
            spelt = self._spelt(table, snapshot, row)
            if spelt is not None and spelt[0] not in STOP:
                matches.append(NearWord(spelt[0], float(closeness[row]), spelt[1]))
        return matches

    def stale(self) -> bool:
        """Whether existing vectors of a large library are out of date."""
        snapshot = self._lexicon.refresh()
        table = self._current(snapshot)
        return table is not None and table.size > _SMALL and _is_stale(table, snapshot)

    def update(self, cancel: Cancel | None = None) -> bool:
        """Learn again if necessary; returns whether it was. Raises `Cancelled`."""
        if not self.stale():
            return False
        self._fresh(self._lexicon.refresh(), cancel or Cancel())
        return True

    def forget(self) -> None:
        """Drop the vectors after a permanent deletion."""
        with self._lock:
            self._table = None

    # -- words ----------------------------------------------------------------------------------

    def _rows(self, table: _Table, snapshot: Snapshot, word: str) -> list[int]:
        return table.rows(snapshot, words.sequence(word), self._languages())

    def _row(self, table: _Table, snapshot: Snapshot, word: str) -> F32 | None:
        rows = self._rows(table, snapshot, word)
        vector = table.vectors[rows].sum(axis=0)
        length = float(np.linalg.norm(vector)) if rows else 0.0
        return (vector / length).astype(np.float32) if length > 0 else None

    def _spelt(self, table: _Table, snapshot: Snapshot, row: int) -> tuple[str, int] | None:
        """The most frequent spelling of a stem, and its number of statements."""
        keys = table.keys[table.groups == row].tolist()
        places = {key: snapshot.lookup(key) for key in keys}
        entries = {key: at[snapshot.columns["source"][at] > 0] for key, at in places.items()}
        for key in sorted(keys, key=lambda item: -len(entries[item])):
            ids = (entries[key][:_SPELT] + 1).tolist()
            for text in self._texts(ids).values():
                for token in words.tokens(text):
                    for word in token.words:
                        if words.key(word) == key:
                            return word, len(np.unique(np.concatenate(list(entries.values()))))
        return None

    # -- learning -------------------------------------------------------------------------------

    def _fresh(self, snapshot: Snapshot, cancel: Cancel) -> _Table:
        table = self._current(snapshot)
        if table is not None and not _is_stale(table, snapshot):
            return table
        with self._making:
            # Another thread may have learned meanwhile.
            table = self._current(snapshot)
            if table is not None and not _is_stale(table, snapshot):
                return table
            missing = purge.orphaned(snapshot.columns["source"], self._extents())
            contents = (snapshot.columns["source"] > 0) & ~missing
            return self._keep(_learn_table(snapshot, contents, self._lexicon.removals, cancel))

    # -- storage --------------------------------------------------------------------------------

    def _current(self, snapshot: Snapshot) -> _Table | None:
        """The current vectors of this library; None if there are none.

        For a large library those in its file, whoever learned them.
        """
        removals = self._lexicon.removals
        large = snapshot.size > _SMALL and not self._store.read_only
        last = self._revision() if large or self._table is None else None
        with self._lock:
            table = self._table
            if large and (table is None or last != (table.size, table.removals)):
                table = None
            if table is None and last is not None and last[1] == removals:
                table = self._read(*last)
            if table is not None and (table.removals != removals or table.size > snapshot.size):
                table = None
            self._table = table
            return table

    def _keep(self, table: _Table) -> _Table:
        """Cache the vectors, and store those of a large library; returns them as cached.

        They are rounded as when read from the file.
        """
        if table.size > _SMALL:
            half = table.vectors.astype(np.float16)
            if not self._store.read_only:
                self._save(table, half)
            table = replace(table, vectors=half.astype(np.float32))
        with self._lock:
            self._table = table
        return table

    def _revision(self) -> tuple[int, int] | None:
        """Size and removals of the vectors in the file; None if there are none to use."""
        with self._store.read() as connection:
            stamp = derived.stamp(connection, _NAME)
        try:
            of_words, version, size, removals = json.loads(stamp)
        except (ValueError, TypeError):
            return None
        return (size, removals) if (of_words, version) == (words.VERSION, _VERSION) else None

    def _read(self, size: int, removals: int) -> _Table | None:
        with self._store.read() as connection:
            arrays: dict[str, Any] | None = derived.load(connection, _NAME, _ARRAYS)
        if arrays is None:
            return None
        return _Table(size, removals, **{**arrays, "vectors": arrays["vectors"].astype(np.float32)})

    def _save(self, table: _Table, half: NDArray[np.float16]) -> None:
        """Replace the stored vectors.

        If the library cannot be written now, the next start learns again. Vectors of since deleted
        statements are not stored.
        """
        stamp = json.dumps([words.VERSION, _VERSION, table.size, table.removals])
        arrays = {name: getattr(table, name) for name in _ARRAYS}

        def work(connection: sqlite3.Connection) -> None:
            if meta.number(connection, meta.REMOVALS) == table.removals:
                derived.store(connection, _NAME, stamp, {**arrays, "vectors": half})

        with contextlib.suppress(LibraryError):
            self._store.write(work)


def _is_stale(table: _Table, snapshot: Snapshot) -> bool:
    grown = snapshot.size - table.size
    return grown > 0 and (snapshot.size <= _SMALL or grown > _NEW * table.size)


def _learn_table(
    snapshot: Snapshot, stored: NDArray[np.bool_], removals: int, cancel: Cancel
) -> _Table:
    """Learn from the library; `stored`, bool[statements], marks those it still has."""
    starts, ends = stretches(snapshot, stored)
    parts = list(snapshot.segments)
    if not len(starts) or not parts:
        empty = np.zeros(0, np.int32)
        return _Table(
            snapshot.size, removals, np.zeros(0, np.uint64), empty, np.zeros(1, np.int32),
            np.zeros((1, 1), np.float32),
        )  # fmt: skip
    merged = parts[0] if len(parts) == 1 else segment.merge(parts)
    cancel.check()
    groups, count = _stems(merged)
    counts = _stem_counts(merged, groups, count, starts, ends)
    cancel.check()
    vectors = usage.vectors(counts, check=cancel.check)
    frequency = np.bincount(counts.words, minlength=count).astype(np.int32)
    # Most words have too few occurrences: they need no row.
    existing = np.flatnonzero(vectors.any(axis=1))
    rows = np.full(count, len(existing), np.int32)
    rows[existing] = np.arange(len(existing))
    return _Table(
        snapshot.size, removals, np.array(merged.keys), rows[groups],
        np.append(frequency[existing], np.int32(0)),
        np.vstack([vectors[existing], np.zeros((1, vectors.shape[1]), np.float32)]),
    )  # fmt: skip


def stretches(snapshot: Snapshot, stored: NDArray[np.bool_]) -> tuple[Ordinals, Ordinals]:
    """Every sentence alone, and with the next one of its section: `[starts, ends)` of statements.

    So a co-occurrence counts three times within a sentence, and once between adjacent ones.
    """
    places = np.arange(len(stored), dtype=np.int32)
    section = snapshot.section_of(places)
    follows = np.zeros(len(stored), np.bool_)
    follows[:-1] = stored[:-1] & stored[1:] & (section[:-1] == section[1:])
    local = np.flatnonzero(stored).astype(np.int32)
    local = local[:: max(1, -(-len(local) // _READ))]
    pairs = local[follows[local]]
    starts = np.concatenate([local, pairs])
    ends = np.concatenate([local + 1, pairs + 2])
    order = np.argsort(starts, kind="stable")
    return starts[order].astype(np.int32), ends[order].astype(np.int32)


def _stems(merged: segment.Segment) -> tuple[NDArray[np.int32], int]:
    """The stem of each word as a number, and the number of stems.

    A word belongs to the smallest of its forms, so that words with a common one are merged.
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


def _stem_counts(
    merged: segment.Segment,
    groups: NDArray[np.int32],
    count: int,
    starts: Ordinals,
    ends: Ordinals,
) -> Counts:
    """The number of sentences of each passage with each stem."""
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
    """The number of stems in each of some passages; these stems, and their numbers of sentences."""
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


def training_sentences(text: str) -> list[list[str]]:
    """The content words of each sentence, for training word vectors."""
    lines = (text[start:end] for start, end in segment_text(text, "en", EVERY_LINE))
    tokens = (map(_content_words, words.raw_tokens(line)) for line in lines)
    return [content for row in tokens if (content := [word for part in row for word in part])]


@lru_cache(maxsize=100_000)
def _content_words(raw: str) -> list[str]:
    """The content words of a token, cached since tokens recur."""
    parts = (word for word in words.split(raw) if word not in STOP and len(word) <= _MAX_WORD)
    return [word for word in parts if not any(map(str.isdigit, word))]
