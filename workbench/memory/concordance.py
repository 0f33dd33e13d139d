"""A concordance of facts that are not indexed yet: which of them contain which words.

Words are numbered in order of appearance, and their occurrences sorted by number. This takes a
fraction of the time of indexing, which needs a key for each form of each word, and returns the same
postings. Each whitespace-separated chunk is parsed once, since no token spans white space.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import chain

import numpy as np

from workbench.memory import words
from workbench.memory.segment import Ordinals
from workbench.memory.term_scoring import contained_in, union
from workbench.memory.told_words import Term, in_order

#: The separator of texts that are parsed in bulk, and their number; it is in no word.
_END, _BATCH = "\0", 4096


class Concordance:
    """Postings of facts from ordinal `first` on, from rows of (id, text) in order of id."""

    def __init__(self, first: int, rows: Sequence[tuple[int, str]]) -> None:
        self.first = first
        self._ordinals = np.array([id - 1 for id, _ in rows], np.int32)
        chunks = _Chunks()
        texts = [text for _, text in rows]
        batches = [chunks.parse(texts[at : at + _BATCH]) for at in range(0, len(texts), _BATCH)]
        self._numbers = dict(chunks.numbers)
        sequence = np.concatenate([self._ordinals[:0], *batches])
        ends = np.flatnonzero(sequence < 0)
        sequence = np.delete(sequence, ends)
        self._lengths = np.diff(ends, prepend=-1) - 1
        self._lines = np.repeat(np.arange(len(texts), dtype=np.int32), self._lengths)
        self._positions = np.argsort(sequence, kind="stable").astype(np.int32)
        self._starts = np.zeros(len(self._numbers) + 1, np.int64)
        np.cumsum(np.bincount(sequence, minlength=len(self._numbers)), out=self._starts[1:])
        self._postings: dict[Term, Ordinals] = {}

    def lookups(self, terms: Sequence[Term], span: range) -> list[Ordinals]:
        """The sorted ordinals of each term within a span."""
        bounds = np.array((span.start, span.stop), np.int32)
        lists: list[Ordinals] = []
        for term in terms:
            ordinals = self._postings.get(term)
            if ordinals is None:
                ordinals = self._postings[term] = self._find(term)
            start, stop = ordinals.searchsorted(bounds).tolist()
            lists.append(ordinals[start:stop])
        return lists

    def same_words(self, text: str) -> Ordinals:
        """The ordinals of facts with the same words, in any order."""
        sequence = in_order(text)
        ordinals: Ordinals = self._ordinals[self._lengths == len(sequence)]
        for word in sequence:
            ordinals = ordinals[contained_in(ordinals, self._ordinals_at(self._occurrences(word)))]
        return ordinals

    def _find(self, term: Term) -> Ordinals:
        if term.is_form:
            variants = self._words_by_form.get(term.word, ())
            return union([self._ordinals_at(self._occurrences(word)) for word in variants])
        if term.word in self._numbers:
            return self._ordinals_at(self._occurrences(term.word))
        # A pair of adjacent words, one of them a number.
        word, _, neighbour = term.word.partition(" ")
        following = self._occurrences(word) + 1
        following = following[contained_in(following, self._occurrences(neighbour))]
        return self._ordinals_at(following[self._lines[following] == self._lines[following - 1]])

    def _occurrences(self, word: str) -> Ordinals:
        number = self._numbers.get(word)
        if number is None:
            return self._positions[:0]
        return self._positions[self._starts[number] : self._starts[number + 1]]

    def _ordinals_at(self, occurrences: Ordinals) -> Ordinals:
        """The facts that contain these word positions."""
        return self._ordinals[np.unique(self._lines[occurrences])]

    @cached_property
    def _words_by_form(self) -> Mapping[str, list[str]]:
        """The other words with each form."""
        by_form: defaultdict[str, list[str]] = defaultdict(list)
        for word in self._numbers:
            # Numbers have no other forms.
            if word.isascii() and not word.isalpha():
                continue
            for form in words.forms(word, "en"):
                if form != word:
                    by_form[form].append(word)
        return by_form


class _Chunks(dict[str, tuple[int, ...]]):
    """Maps a whitespace-separated chunk to the numbers of its words."""

    def __init__(self) -> None:
        super().__init__()
        self.numbers: defaultdict[str, int] = defaultdict()
        self.numbers.default_factory = self.numbers.__len__
        self[_END] = (-1,)

    def parse(self, texts: Sequence[str]) -> Ordinals:
        """The word numbers of these texts, with -1 after each: int32[n]."""
        joined = "".join(f"{text.replace(_END, ' ')} {_END} " for text in texts)
        return np.fromiter(chain.from_iterable(map(self.__getitem__, joined.split())), np.int32)

    def __missing__(self, chunk: str) -> tuple[int, ...]:
        numbers = self[chunk] = tuple(map(self.numbers.__getitem__, in_order(chunk)))
        return numbers
