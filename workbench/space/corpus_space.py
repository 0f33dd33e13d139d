"""The corpus space: word vectors learned from the library's own text.

It learns from any text, stores no sentence of it, and lies in the library file. Near words are used
alike, which holds for mother and father as for lift and elevator: answers may rest only on
`interchangeable` words, each other's nearest; a search may be widened by any of the `neighbours`.
"""

import hashlib
import sqlite3
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.arrays import F32
from workbench.space.nearest import products
from workbench.store import derived
from workbench.store.store import Store

DIMENSIONS = 256
#: Nonzero entries of an index vector.
ONES = 12
#: Neighbours on each side.
WINDOW = 5
#: Relative frequency above which a word is down-weighted as a neighbour.
_FREQUENT = 1e-3


def index_places(word: str) -> NDArray[np.int64]:
    """Return the places of the ones of a word's index vector, int64[12] < 256; odd ones are −1.

    They follow from its spelling, so that no table is needed.
    """
    digits: dict[int, None] = {}
    turn = 0
    while len(digits) < ONES:
        digest = hashlib.blake2b(f"{turn}{word}".encode("utf-8", "surrogatepass"), digest_size=64)
        digits |= dict.fromkeys(digest.digest())
        turn += 1
    return np.array(list(digits)[:ONES], np.int64)


def contexts(
    sentences: Sequence[Sequence[int]], places: NDArray[np.int64], shares: NDArray[np.float64]
) -> F32:
    """Return what these sentences add to the context vectors: float32[words, 256].

    Random indexing: a context vector is the sum of the index vectors of the neighbours (Kanerva,
    Kristofersson, Holst 2000; Sahlgren 2005), down-weighted by distance and frequency (the square
    root of Mikolov et al. 2013). A sentence is a list of word numbers, `places` int64[words, 12]
    are their `index_places`, `shares` float64[words] their relative frequencies.
    """
    weights = np.minimum(1.0, np.sqrt(_FREQUENT / np.maximum(shares, 1e-12)))
    ids = np.fromiter((i for s in sentences for i in (*s, -1)), np.int64)
    out = np.zeros((len(places), DIMENSIONS), np.float32)
    signs = np.where(np.arange(ONES) % 2, -1.0, 1.0).astype(np.float32)
    sentence = np.cumsum(ids < 0)
    for distance in range(1, WINDOW + 1):
        left, right = ids[:-distance], ids[distance:]
        is_pair = (sentence[:-distance] == sentence[distance:]) & (left >= 0) & (right >= 0)
        for word, other in ((left[is_pair], right[is_pair]), (right[is_pair], left[is_pair])):
            weight = (weights[other] / distance**0.5).astype(np.float32)
            flat = word[:, None] * DIMENSIONS + places[other]
            # Flat, since `np.add.at` is ten times slower with two-dimensional indices.
            np.add.at(out.reshape(-1), flat.ravel(), (signs * weight[:, None]).ravel())
    return out


#: Occurrences of a word from which its neighbours are meaningful.
_MIN_COUNT = 4
_MUTUAL_COSINE = 0.6
_MIN_COSINE = 0.35
#: Words read at a time; bounds memory.
_BATCH = 200_000


@dataclass(frozen=True, slots=True)
class LearningResult:
    """The number of `words` read, and of `new` ones."""

    words: int
    new: int


@dataclass(frozen=True, slots=True)
class _Table:
    version: int
    names: list[str]
    place: dict[str, int]
    counts: NDArray[np.int64]
    unit: F32


class CorpusSpace:
    """The space of one library. Thread-safe."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._table: _Table | None = None
        self._version = 0

    def learn(self, sentences: Sequence[Sequence[str]]) -> LearningResult:
        """Learn sentences, each a list of words. The result is stored before this returns."""
        read = new = size = 0
        batch: list[Sequence[str]] = []
        for at, sentence in enumerate(sentences):
            batch.append(sentence)
            size += len(sentence)
            if size >= _BATCH or at == len(sentences) - 1:
                new += self._store.write(_Addition(batch))
                read, size, batch = read + size, 0, []
        with self._lock:
            self._version += 1
        return LearningResult(read, new)

    def neighbours(self, word: str, limit: int = 8) -> list[tuple[str, float]]:
        """The words used most like this one, nearest first, with cosines from 0.35 to 1."""
        table = self._current()
        at = table.place.get(word)
        if at is None or table.counts[at] < _MIN_COUNT:
            return []
        cosines = products(table.unit, table.unit[at])
        cosines[at] = -1
        cosines[table.counts < _MIN_COUNT] = -1
        order = np.argsort(-cosines, kind="stable")[:limit]
        return [(table.names[i], float(cosines[i])) for i in order if cosines[i] >= _MIN_COSINE]

    def interchangeable(self, word: str) -> frozenset[str]:
        """The words that can replace this one: near, and each other's nearest."""
        result = set()
        for other, nearness in self.neighbours(word, 2):
            back = [name for name, _ in self.neighbours(other, 2)]
            if nearness >= _MUTUAL_COSINE and word in back[:1]:
                result.add(other)
                break
        return frozenset(result)

    def _current(self) -> _Table:
        version = (self._version << 32) + self._store.data_version()
        with self._lock:
            if self._table is None or self._table.version != version:
                with self._store.read() as connection:
                    self._table = _load(connection, version)
            return self._table


def _load(connection: sqlite3.Connection, version: int) -> _Table:
    rows = derived.all_words(connection)
    names = [row[0] for row in rows]
    vectors = np.zeros((len(rows), DIMENSIONS), np.float32)
    for i, row in enumerate(rows):
        vectors[i] = derived.unpack(row[2])
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return _Table(
        version,
        names,
        {name: i for i, name in enumerate(names)},
        np.array([row[1] for row in rows], np.int64),
        vectors / np.maximum(length, 1e-9),
    )


class _Addition:
    """One batch of sentences to be added to the table."""

    def __init__(self, sentences: Sequence[Sequence[str]]) -> None:
        self._sentences = sentences

    def __call__(self, connection: sqlite3.Connection) -> int:
        frequencies = Counter(word for sentence in self._sentences for word in sentence)
        stored = derived.load_words(connection, frequencies)
        numbers = {word: i for i, word in enumerate(frequencies)}
        counts = {word: n + stored.get(word, (0,))[0] for word, n in frequencies.items()}
        total_words = derived.total(connection) + frequencies.total()
        added = contexts(
            [[numbers[word] for word in sentence] for sentence in self._sentences],
            np.array([index_places(word) for word in frequencies]),
            np.array([counts[word] / total_words for word in frequencies]),
        )
        for word, (_, vector) in stored.items():
            added[numbers[word]] += vector
        # Half precision ends at 65,504, and only the direction of a vector matters.
        peaks = np.abs(added).max(axis=1, initial=0.0, keepdims=True)
        added *= np.minimum(1.0, 30_000 / np.maximum(peaks, 1e-9))
        derived.store_words(connection, ((w, counts[w], added[i]) for w, i in numbers.items()))
        return len(frequencies) - len(stored)
