"""Words of a library with a similar meaning, by the static embedding of the included model.

A cosine of two words agrees with people's judgements better than what a library of five books can
learn of its own words (`wordsim_*` in the benchmarks), and costs nothing to learn. The embedding is
made for English; of other languages it knows spellings.
"""

import threading
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ingest import installation
from workbench.arrays import F32
from workbench.errors import InputError
from workbench.jobs import Cancel
from workbench.memory import purge, words
from workbench.memory.lexicon import Lexicon
from workbench.memory.segment import Ordinals
from workbench.memory.snapshot import Snapshot
from workbench.memory.vocabulary import STOP
from workbench.space.embeddings import static
from workbench.space.nearest import products
from workbench.store.text import Extent

#: Maximum statements whose words are compared; those of a larger library are sampled evenly.
_READ = 20_000
_BATCH = 2_000
#: The minimum statements of a word to be shown: at least, per so many statements of the library, at
#: most.
_FEWEST, _PER, _MOST = 2, 2_000, 10
#: The least cosine of a word that is shown: one pair in fifty of words at random reaches it.
_NEAR = 0.44
#: Maximum length of a word; longer ones are keys and addresses.
_MAX_WORD = 40

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
class _Vocabulary:
    """The spellings of a library of `size` statements after so many `removals`.

    Most frequent first; `vectors`, float32[n, dimension], are of unit length.
    """

    size: int
    removals: int
    spellings: tuple[str, ...]
    vectors: F32


class SimilarWords:
    """The words of one library. Thread-safe."""

    def __init__(
        self,
        lexicon: Lexicon,
        languages: Callable[[], Collection[str]],
        extents: Callable[[], Sequence[Extent]],
        texts: Texts,
    ) -> None:
        """`languages` are those of the library's sources, `texts` returns the text of engrams.

        `extents` are the current statements: a source that was read again has new ones.
        """
        self._lexicon = lexicon
        self._languages, self._extents, self._texts = languages, extents, texts
        self._lock = threading.Lock()
        self._vocabulary: _Vocabulary | None = None

    def between(self, word: str, other: str) -> float | None:
        """The cosine of two words; None if the library lacks one of them. Raises `InputError`."""
        snapshot = self._lexicon.refresh()
        if not all(self._keys(snapshot, each) for each in (word, other)):
            return None
        left, right = _vectors([word, other])
        return float(left @ right)

    def neighbours(self, word: str, limit: int, cancel: Cancel | None = None) -> list[NearWord]:
        """The most similar words, nearest first; none for a word that the library lacks.

        Raises `InputError` without the included model, and `Cancelled`.
        """
        snapshot = self._lexicon.refresh()
        shown = self._keys(snapshot, word)
        if not shown:
            return []
        vocabulary = self._fresh(snapshot, cancel or Cancel())
        nearness = products(vocabulary.vectors, _vectors([word])[0])
        fewest = min(max(snapshot.size // _PER, _FEWEST), _MOST)
        found: list[NearWord] = []
        for row in np.argsort(-nearness, kind="stable").tolist():
            if len(found) == limit or nearness[row] < _NEAR:
                break
            spelling = vocabulary.spellings[row]
            keys = self._keys(snapshot, spelling)
            if keys and shown.isdisjoint(keys):
                shown |= keys
                statements = _statements(snapshot, keys)
                if len(statements) >= fewest:
                    name = self._commonest(snapshot, vocabulary, keys) or spelling
                    found.append(NearWord(name, float(nearness[row]), len(statements)))
        return found

    def _commonest(self, snapshot: Snapshot, vocabulary: _Vocabulary, keys: set[int]) -> str:
        """The most frequent spelling of a word's forms."""
        return next((each for each in vocabulary.spellings if words.key(each) in keys), "")

    def _keys(self, snapshot: Snapshot, phrase: str) -> set[int]:
        """The keys of the words of a phrase in any of their forms, if statements have them."""
        keys = {
            key
            for word in words.sequence(phrase[: _MAX_WORD * 4])
            for key in snapshot.inflections(word, self._languages())
        }
        return keys if len(_statements(snapshot, keys)) else set()

    def _fresh(self, snapshot: Snapshot, cancel: Cancel) -> _Vocabulary:
        with self._lock:
            known, state = self._vocabulary, (snapshot.size, self._lexicon.removals)
            if known is None or (known.size, known.removals) != state:
                known = self._vocabulary = self._gather(snapshot, state, cancel)
            return known

    def _gather(self, snapshot: Snapshot, state: tuple[int, int], cancel: Cancel) -> _Vocabulary:
        missing = purge.orphaned(snapshot.columns["source"], self._extents())
        stored = np.flatnonzero((snapshot.columns["source"] > 0) & ~missing)
        stored = stored[:: max(1, -(-len(stored) // _READ))]
        counts: Counter[str] = Counter()
        for low in range(0, len(stored), _BATCH):
            cancel.check()
            for text in self._texts((stored[low : low + _BATCH] + 1).tolist()).values():
                counts.update(words.sequence(text))
        spellings = tuple(
            word
            for word, _ in counts.most_common()
            if word not in STOP and len(word) <= _MAX_WORD and not any(map(str.isdigit, word))
        )
        cancel.check()
        return _Vocabulary(*state, spellings, _vectors(spellings))


def _vectors(phrases: Sequence[str]) -> F32:
    """The vectors of words or phrases: float32[n, dimension], of unit length or zero."""
    model = static.shipped()
    if model is None:
        raise InputError(
            "Words cannot be compared without the included embedding model.",
            f"{installation.repair()}.",
        )
    return static.unit(static.of(model).sums(phrases))


def _statements(snapshot: Snapshot, keys: Collection[int]) -> Ordinals:
    """The ordinals of the statements of sources with any of these keys."""
    places = [snapshot.lookup(key) for key in keys]
    if not places:
        return np.zeros(0, np.int32)
    found = np.unique(np.concatenate(places))
    return found[snapshot.columns["source"][found] > 0]
