"""Does a question name a key? “What is the wifi password?” names “wifi password”, not “bank pin”.

A key that is asked for in its own words is right. Otherwise every word of the key must be asked
for, or every word of the question must be in the key: a bank password is no answer to a question
about the wifi password, though half of the words are there.
"""

import unicodedata
from dataclasses import dataclass
from itertools import product
from typing import Self

from workbench.memory import words
from workbench.memory.vocabulary import DENSE_STOP, STOP

#: A question is read up to here, and one of more words than this names a key only literally.
_MOST_CHARACTERS = 20_000
_MOST_WORDS = 64

_ASKING = """
know knew need want look find get see say said remember recall remind current currently again
stored saved kept called put brauche suche finde weiß lautet heißt besoin sais cherche necesito
busco нужен
"""
#: Words that ask for a thing as stop words do, but may also be the thing's name.
_ASKED_WITH = STOP | frozenset(_ASKING.split())

Form = frozenset[str]
#: The words of a text, each with its forms.
Reading = dict[str, Form]


@dataclass(frozen=True, slots=True)
class Naming:
    """How well a question names a key; the larger the better. `literal` is word for word."""

    literal: bool
    coverage: float
    words: int

    @property
    def order(self) -> tuple[bool, float, int]:
        """What it compares by."""
        return self.literal, self.coverage, self.words


def name(key: str) -> str:
    """What makes two keys the same: their letters and marks, whatever the case and the spacing."""
    return " ".join(unicodedata.normalize("NFKC", key).casefold().split())


@dataclass(frozen=True, slots=True)
class Asked:
    """A question taken apart once, to be held against many keys."""

    name: str
    readings: tuple[Reading, ...]

    @classmethod
    def of(cls, question: str) -> Self:
        """Take a question apart."""
        return cls(name(question), _readings(question))


def naming(asked: Asked, key: str) -> Naming | None:
    """How well the question names the key; None where it does not."""
    if asked.name == name(key):
        return Naming(True, 1.0, len(key))
    found = [_compare(*pair) for pair in product(asked.readings, _readings(key))]
    return max((each for each in found if each), key=lambda each: each.order, default=None)


def _compare(question: Reading, key: Reading) -> Naming | None:
    asked, wanted = _carrying(question, _ASKED_WITH), _carrying(key, STOP)
    if not wanted or len(asked) > _MOST_WORDS:
        return None
    # Words that merely ask count where the key has them, and are not missed where it does not.
    met = sum(any(word & other for other in question.values()) for word in wanted)
    beside = sum(not any(word & other for other in wanted) for word in asked)
    whole = met == len(wanted) and beside < len(wanted)
    part = not beside and 2 * met >= len(wanted)
    if not met or not (whole or part):
        return None
    return Naming(False, met / len(wanted), met)


def _carrying(reading: Reading, idle: frozenset[str]) -> frozenset[Form]:
    """The words that say something; all where none does."""
    said = frozenset(forms for word, forms in reading.items() if word not in idle)
    return said or frozenset(reading.values())


def _readings(text: str) -> tuple[Reading, ...]:
    """The words of a text; twice where some are run together (WifiPassword)."""
    tokens = list(words.tokens(_cut(text[:_MOST_CHARACTERS])))
    if not tokens:
        tokens = list(words.tokens(text[:_MOST_CHARACTERS]))
    whole: list[str] = []
    parted: list[str] = []
    for token in tokens:
        pieces = [
            w for w in token.words if not (words.is_dense(w) and len(w) == 1 < len(token.raw))
        ]
        run_together = len(pieces) > 1 and not any(map(words.is_dense, pieces))
        whole += pieces[:1] if run_together else pieces
        parted += pieces[1:] if run_together else pieces
    found = (whole, parted) if parted != whole else (whole,)
    return tuple({word: _forms(word) for word in reading} for reading in found)


def _cut(text: str) -> str:
    """The text without the question words of scripts that know no spaces."""
    return DENSE_STOP.sub(" ", text)


def _forms(word: str) -> Form:
    return frozenset(words.forms(word, "en"))
