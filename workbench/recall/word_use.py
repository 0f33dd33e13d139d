"""Word and passage vectors learned from how a library uses words.

Every word lies by the words beside it in its own sentence and in the next (`space.usage`), forms
of one stem together; that is laid beside what the passages which hold it are about (`subjects`).
It is made when somebody first asks, and anew in the background once the library has grown; what a
large library has learned lies in its file meanwhile.
"""

import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.arrays import F32
from workbench.jobs import Cancel
from workbench.memory import purge, segment, words
from workbench.memory.lexicon import Lexicon
from workbench.memory.segment import Ordinals
from workbench.memory.snapshot import Snapshot
from workbench.memory.vocabulary import STOP
from workbench.recall.learned_tables import Kind, LearnedTable, TableCache
from workbench.recall.topic_vectors import Subjects, stem_counts, stems
from workbench.space import usage
from workbench.space.nearest import products
from workbench.store.store import Store
from workbench.store.text import Extent

#: Statements that are read at most; of more, evenly chosen ones with the next.
_READ = 150_000
#: A word is shown as near to others when it stands in so many stretches: at least, one for so many
#: statements of the library, at most.
_VISITED, _ITEM, _FREQUENCY = 4, 1000, 20
#: A library is read again when so much of it is new, a small one when anything is.
_NEW = 0.05
#: What passages say beside sentences: chosen on one half of judged pairs.
_TOPIC = 0.3
#: Statements that are looked through for the spelling of a word.
_SPELT = 8
#: How what is learned is kept.
_KIND = Kind(
    "word use", version=3, halved="vectors", small=3_000,
    arrays=("keys", "groups", "often", "vectors"),
)  # fmt: skip

Texts = Callable[[Sequence[int]], Mapping[int, str]]


@dataclass(frozen=True, slots=True)
class NearWord:
    """A word as it is written, its cosine to the one asked about, and in how many statements.

    All forms of its stem count, and the most frequent is shown. Statements that nobody counted are
    None.
    """

    word: str
    nearness: float
    statements: int | None = None


@dataclass(frozen=True, slots=True)
class _Table(LearnedTable):
    """The `vectors` float32[m, d] of words.

    What is not known shares the last row, which is zero. `often` int32[m] is in how many stretches
    each stands, 0 for the last.
    """

    often: NDArray[np.int32]
    vectors: F32


class WordUse:
    """Where the words of one library lie. Any thread may call it."""

    def __init__(
        self,
        lexicon: Lexicon,
        subjects: Subjects,
        store: Store,
        languages: Callable[[], Collection[str]],
        extents: Callable[[], Sequence[Extent]],
        texts: Texts,
    ) -> None:
        """As of `Subjects`; `texts` gives the words of engrams by their ids."""
        self._lexicon, self._subjects = lexicon, subjects
        self._trained = TableCache(lexicon, store, _KIND, _Table)
        self._languages, self._extents, self._texts = languages, extents, texts
        self._making = threading.Lock()

    def between(self, first_item: str, other: str, cancel: Cancel | None = None) -> float | None:
        """The cosine of two words; None where one of them is not known. Raises `Cancelled`."""
        snapshot = self._lexicon.refresh()
        table = self._fresh(snapshot, cancel or Cancel())
        left, right = self._row(table, snapshot, first_item), self._row(table, snapshot, other)
        if left is None or right is None:
            return None
        adjacent = float(left @ right)
        topic = self._subjects.between(first_item, other)
        return adjacent if topic is None else (adjacent + _TOPIC * topic) / (1 + _TOPIC)

    def neighbours(
        self, word: str, limit: int, cancel: Cancel | None = None
    ) -> list[NearWord] | None:
        """The words used most like this one, nearest first; None where it is not known."""
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
        """Whether what was made for somebody has fallen behind a library that takes a while."""
        snapshot = self._lexicon.refresh()
        table = self._trained.current(snapshot)
        return table is not None and table.size > _KIND.small and _is_stale(table, snapshot)

    def update(self, cancel: Cancel | None = None) -> bool:
        """Make it anew where that is due; returns whether it was. Raises `Cancelled`."""
        if not self.stale():
            return False
        self._fresh(self._lexicon.refresh(), cancel or Cancel())
        return True

    def forget(self) -> None:
        """Something was removed for good: nothing that was learned from it stays."""
        self._trained.forget()

    # -- words ----------------------------------------------------------------------------------

    def _rows(self, table: _Table, snapshot: Snapshot, word: str) -> list[int]:
        tokens = (word for token in words.tokens(word) for word in token.words)
        return table.rows(snapshot, tokens, self._languages())

    def _row(self, table: _Table, snapshot: Snapshot, word: str) -> F32 | None:
        rows = self._rows(table, snapshot, word)
        vector = table.vectors[rows].sum(axis=0)
        length = float(np.linalg.norm(vector)) if rows else 0.0
        return (vector / length).astype(np.float32) if length > 0 else None

    def _spelt(self, table: _Table, snapshot: Snapshot, row: int) -> tuple[str, int] | None:
        """The most frequent word of a stem as it is written, and the statements that have any."""
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

    # -- the table ------------------------------------------------------------------------------

    def _fresh(self, snapshot: Snapshot, cancel: Cancel) -> _Table:
        table = self._trained.current(snapshot)
        if table is not None and not _is_stale(table, snapshot):
            return table
        with self._making:
            # Somebody else may have made it meanwhile.
            table = self._trained.current(snapshot)
            if table is not None and not _is_stale(table, snapshot):
                return table
            missing = purge.orphaned(snapshot.columns["source"], self._extents())
            contents = (snapshot.columns["source"] > 0) & ~missing
            return self._trained.store(
                _learn_table(snapshot, contents, self._lexicon.removals, cancel)
            )


def _is_stale(table: _Table, snapshot: Snapshot) -> bool:
    grown = snapshot.size - table.size
    return grown > 0 and (snapshot.size <= _KIND.small or grown > _NEW * table.size)


def _learn_table(
    snapshot: Snapshot, stored: NDArray[np.bool_], removals: int, cancel: Cancel
) -> _Table:
    """Read the library; `stored` bool[statements] says which of them it has."""
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
    groups, count = stems(merged)
    counts = stem_counts(merged, groups, count, starts, ends)
    cancel.check()
    vectors = usage.vectors(counts, check=cancel.check)
    frequency = np.bincount(counts.words, minlength=count).astype(np.int32)
    # Of most words too little was read: they need no room.
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

    So a word counts three times in the sentence of another, and once in the one beside it.
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
