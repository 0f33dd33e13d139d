"""Keys of told statements: the words by which they are found, apart from those of sources.

A question to the sources meets none of them, and no word of a source is more frequent because
somebody told it. A word is posted as it stands and, in a space of their own, under its other forms:
so a cue may prefer the word itself. Forms are English ones, whatever the language. A number is
posted with each of its neighbours as well: “crate 7” is not crate 70, and “q7-r8” is one value.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from workbench.memory import words

#: The spaces of words as they stand, of their other forms, and of whole statements.
_WORD, _FORM, _SAME = "f", "g", "same"
_DIGIT = re.compile(r"\d")


class Term(NamedTuple):
    """A key that is looked up: that of a word, or of all other words with this form."""

    key: int
    word: str
    is_form: bool = False


def postings(text: str) -> set[int]:
    """The keys under which a statement is posted."""
    sequence = in_order(text)
    keys = {same_key(text), *(words.digest(pair, _WORD) for pair in numbered(sequence))}
    for word in sequence:
        keys.update(_posted(word))
    return keys


@lru_cache(maxsize=32_768)
def _posted(word: str) -> tuple[int, ...]:
    variants = (form for form in words.forms(word, "en") if form != word)
    return word_key(word), *(words.key(form, _FORM) for form in variants)


def word_key(word: str) -> int:
    """The key of a word as it stands."""
    return words.key(word, _WORD)


def word_term(word: str) -> Term:
    """The term of a word as it stands."""
    return Term(word_key(word), word)


@lru_cache(maxsize=8192)
def form_terms(word: str) -> tuple[Term, ...]:
    """The terms of a word in any of its forms, itself first."""
    variants = (form for form in words.forms(word, "en") if form != word)
    forms = (word, *variants)
    return (*map(word_term, forms), *(Term(words.key(form, _FORM), form, True) for form in forms))


def in_order(text: str) -> list[str]:
    """The words under which a text would be posted, in order."""
    return [word for raw in words.raw_tokens(text) for word in words.split(raw)]


def numbered(sequence: Sequence[str]) -> list[str]:
    """The pairs of neighbours of which one has a digit, each as a word of its own."""
    numeric = [not word.isalpha() and _DIGIT.search(word) is not None for word in sequence]
    if not any(numeric):
        return []
    neighbours = zip(pairwise(sequence), pairwise(numeric), strict=True)
    return [f"{a} {b}" for (a, b), (first, second) in neighbours if first or second]


def split(text: str) -> list[str]:
    """The words under which a text would be posted, each once."""
    return list(dict.fromkeys(in_order(text)))


def normalized(text: str) -> str:
    """What two statements of the same have in common: no case, no spacing, no final stop."""
    folded = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    return folded.rstrip(".!。！ ")


def same_key(text: str) -> int:
    """The key of all statements that say what this one says, word for word."""
    return words.digest(normalized(text), _SAME)


def same_keys(texts: Iterable[str]) -> list[int]:
    """`same_key` of each of these."""
    return [same_key(text) for text in texts]
