"""Matches questions with keys: “What is the wifi password?” names “wifi password”, not “bank pin”.

A key in the same words matches. Otherwise every word of the key must be in the question, or every
word of the question in the key: a bank password does not answer a question about the wifi password,
though they share a word.
"""

import unicodedata
from dataclasses import dataclass
from itertools import product
from typing import Self

from workbench.memory import words
from workbench.memory.vocabulary import DENSE_STOP, STOP

#: Maximum characters of a question, and of its words for more than a literal match.
_MAX_CHARACTERS = 20_000
_MAX_WORDS = 64

_QUESTION_VERBS = """
know knew need want look find get see say said remember recall remind current currently again
stored saved kept called put brauche suche finde weiß lautet heißt besoin sais cherche necesito
busco нужен
"""
#: Words that phrase questions, but may also be part of a key.
_QUESTION_WORDS = STOP | frozenset(_QUESTION_VERBS.split())

Form = frozenset[str]
#: The words of a text, each with its forms.
Reading = dict[str, Form]


@dataclass(frozen=True, slots=True)
class Naming:
    """How well a question names a key; larger is better. `literal` is an exact match."""

    literal: bool
    coverage: float
    words: int

    @property
    def order(self) -> tuple[bool, float, int]:
        """The sort key."""
        return self.literal, self.coverage, self.words


def name(key: str) -> str:
    """The normalised key: NFKC, case-folded, with single spaces."""
    return " ".join(unicodedata.normalize("NFKC", key).casefold().split())


@dataclass(frozen=True, slots=True)
class ParsedQuestion:
    """A question parsed once, to be matched with many keys."""

    name: str
    readings: tuple[Reading, ...]

    @classmethod
    def of(cls, question: str) -> Self:
        """Parse a question."""
        return cls(name(question), _readings(question))


def naming(question: ParsedQuestion, key: str) -> Naming | None:
    """How well the question names the key; None if it does not."""
    if question.name == name(key):
        return Naming(True, 1.0, len(key))
    namings = [_compare(*pair) for pair in product(question.readings, _readings(key))]
    return max((match for match in namings if match), key=lambda match: match.order, default=None)


def _compare(question: Reading, key: Reading) -> Naming | None:
    question_words, key_words = _carrying(question, _QUESTION_WORDS), _carrying(key, STOP)
    if not key_words or len(question_words) > _MAX_WORDS:
        return None
    # Question words count if the key has them, and may be missing otherwise.
    shared = sum(any(word & other for other in question.values()) for word in key_words)
    extra = sum(not any(word & other for other in key_words) for word in question_words)
    is_complete = shared == len(key_words) and extra < len(key_words)
    part = not extra and 2 * shared >= len(key_words)
    if not shared or not (is_complete or part):
        return None
    return Naming(False, shared / len(key_words), shared)


def _carrying(reading: Reading, idle: frozenset[str]) -> frozenset[Form]:
    """The content words; all words if there are none."""
    content = frozenset(forms for word, forms in reading.items() if word not in idle)
    return content or frozenset(reading.values())


def _readings(text: str) -> tuple[Reading, ...]:
    """The words of a text; a second variant if some are joined (WifiPassword)."""
    tokens = list(words.tokens(_cut(text[:_MAX_CHARACTERS])))
    if not tokens:
        tokens = list(words.tokens(text[:_MAX_CHARACTERS]))
    joined: list[str] = []
    parted: list[str] = []
    for token in tokens:
        pieces = [
            w for w in token.words if not (words.is_dense(w) and len(w) == 1 < len(token.raw))
        ]
        is_compound = len(pieces) > 1 and not any(map(words.is_dense, pieces))
        joined += pieces[:1] if is_compound else pieces
        parted += pieces[1:] if is_compound else pieces
    variants = (joined, parted) if parted != joined else (joined,)
    return tuple({word: _forms(word) for word in reading} for reading in variants)


def _cut(text: str) -> str:
    """The text without question words of scripts without spaces."""
    return DENSE_STOP.sub(" ", text)


def _forms(word: str) -> Form:
    return frozenset(words.forms(word, "en"))
