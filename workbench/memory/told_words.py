"""Index keys of facts, apart from those of sources.

Questions to sources match none of them, and facts do not change the frequencies in sources. A word
is posted verbatim and, in another key space, under its other forms, so that a cue may prefer the
word itself. Forms are English, whatever the language. A number is also posted with each of its
neighbours: “crate 7” is not crate 70, and “q7-r8” is one value.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from workbench.memory import words
from workbench.memory.vocabulary import DENSE_STOP

#: The key spaces of words, of their other forms, and of whole statements.
_WORD, _FORM, _SAME = "f", "g", "same"
_DIGIT = re.compile(r"\d")


class Term(NamedTuple):
    """A lookup key: of a word, or of all other words with this form."""

    key: int
    word: str
    is_form: bool = False


def postings(text: str) -> set[int]:
    """The keys of a statement."""
    sequence = in_order(text)
    keys = {same_key(text), *words.digests(numbered(sequence), _WORD)}
    for word in sequence:
        keys.update(_posted(word))
    return keys


@lru_cache(maxsize=32_768)
def _posted(word: str) -> tuple[int, ...]:
    variants = (form for form in words.forms(word, "en") if form != word)
    return word_key(word), *(words.key(form, _FORM) for form in variants)


def word_key(word: str) -> int:
    """The key of a word itself."""
    return words.key(word, _WORD)


def word_term(word: str) -> Term:
    """The term of a word itself."""
    return Term(word_key(word), word)


def word_terms(terms: Sequence[str]) -> list[Term]:
    """The terms of words themselves."""
    return list(map(Term, words.digests(terms, _WORD), terms))


@lru_cache(maxsize=8192)
def form_terms(word: str) -> tuple[Term, ...]:
    """The terms of all forms of a word, itself first."""
    variants = (form for form in words.forms(word, "en") if form != word)
    forms = (word, *variants)
    return (*word_terms(forms), *(Term(words.key(form, _FORM), form, True) for form in forms))


def in_order(text: str) -> list[str]:
    """The words of a text as they are indexed, in order."""
    return [word for raw in words.raw_tokens(text) for word in words.split(raw)]


def numbered(sequence: Sequence[str]) -> list[str]:
    """Pairs of adjacent words of which one has a digit, joined by a space."""
    numeric = [not word.isalpha() and _DIGIT.search(word) is not None for word in sequence]
    if not any(numeric):
        return []
    neighbours = zip(pairwise(sequence), pairwise(numeric), strict=True)
    return [f"{a} {b}" for (a, b), (first, second) in neighbours if first or second]


def split(text: str) -> list[str]:
    """The words of a text as they are indexed, without duplicates."""
    return list(dict.fromkeys(in_order(text)))


def normalized(text: str) -> str:
    """A statement without case, spacing and final stop, for equality."""
    folded = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    return folded.rstrip(".!。！ ")


def same_key(text: str) -> int:
    """The key of all statements with the same normalised text."""
    return words.digest(normalized(text), _SAME)


def same_keys(texts: Iterable[str]) -> list[int]:
    """`same_key` of several texts."""
    return words.digests(map(normalized, texts), _SAME)


def dense_words(text: str) -> frozenset[str]:
    """The character bigrams that index a text without spaces; single characters if alone."""
    terms: set[str] = set()
    for token in words.tokens(DENSE_STOP.sub(" ", text)):
        for word in token.words:
            if words.is_dense(word) and len(word) == 1 and len(token.raw) > 1:
                continue
            terms.add(word)
    return frozenset(terms)


def is_dense(text: str) -> bool:
    """Whether the text is mostly of a script without spaces."""
    if text.isascii():
        return False
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and 2 * sum(map(words.is_dense, letters)) >= len(letters)
