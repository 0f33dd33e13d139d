"""A concordance of told statements that are not indexed yet: which of them contain which words.

The words of all statements are one string that is searched for a word when somebody asks for it.
To make it takes a small part of the time that indexing takes, and it gives the same postings. What
stands between white space is parsed once, since no token reaches over it.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import accumulate

import numpy as np

from workbench.memory import term_scoring, words
from workbench.memory.segment import Ordinals
from workbench.memory.told_words import Term, in_order


class Concordance:
    """Postings of statements from `first` on, made from rows of (id, text) in the order of ids."""

    def __init__(self, first: int, rows: Sequence[tuple[int, str]]) -> None:
        self.first = first
        chunks = _Chunks()
        lines = [f"{chunks.parse(text)} \n" for _, text in rows]
        self._text = "\n" + "".join(lines)
        self._line_starts = np.fromiter(accumulate(map(len, lines), initial=0), np.int64)
        self._ordinals = np.array([id - 1 for id, _ in rows], np.int32)
        self._vocabulary = chunks.vocabulary
        self._postings: dict[Term, Ordinals] = {}

    def lookups(self, terms: Sequence[Term], span: range) -> list[Ordinals]:
        """The sorted ordinals of each term within a span."""
        bounds = np.array((span.start, span.stop), np.int32)
        lists: list[Ordinals] = []
        for term in terms:
            ordinals = self._lookup(term)
            start, stop = ordinals.searchsorted(bounds).tolist()
            lists.append(ordinals[start:stop])
        return lists

    def equals(self, text: str) -> Ordinals:
        """The statements that consist of the same words in the same order."""
        return self._search(f"\n{_Chunks().parse(text)} ", "\n")

    def _lookup(self, term: Term) -> Ordinals:
        ordinals = self._postings.get(term)
        if ordinals is None:
            ordinals = self._postings[term] = self._find(term)
        return ordinals

    def _find(self, term: Term) -> Ordinals:
        if term.is_form:
            variants = self._words_by_form.get(term.word, ())
            return term_scoring.union(
                [self._search(f" {word}", " ") for word in variants if word != term.word]
            )
        # A pair of words is in no vocabulary.
        if term.word not in self._vocabulary and " " not in term.word:
            return term_scoring.EMPTY
        return self._search(f" {term.word}", " ")

    def _search(self, phrase: str, end: str) -> Ordinals:
        """The statements in which a phrase occurs before `end`."""
        pattern = re.compile(f"{re.escape(phrase)}(?={end})")
        positions = np.fromiter((match.start() for match in pattern.finditer(self._text)), np.int64)
        lines = np.unique(self._line_starts.searchsorted(positions, side="right") - 1)
        return self._ordinals[lines]

    @cached_property
    def _words_by_form(self) -> Mapping[str, list[str]]:
        by_form: defaultdict[str, list[str]] = defaultdict(list)
        for word in self._vocabulary:
            # A number has no other form.
            if word.isascii() and not word.isalpha():
                continue
            for form in words.forms(word, "en"):
                by_form[form].append(word)
        return by_form


class _Chunks(dict[str, str]):
    """What stands between white space → its words, each after a space."""

    def __init__(self) -> None:
        super().__init__()
        self.vocabulary: set[str] = set()

    def parse(self, text: str) -> str:
        return "".join(map(self.__getitem__, text.split()))

    def __missing__(self, chunk: str) -> str:
        sequence = in_order(chunk)
        self.vocabulary.update(sequence)
        joined = self[chunk] = "".join(f" {word}" for word in sequence)
        return joined
