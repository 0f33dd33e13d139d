"""Whether two phrases name the same thing: "project Petrel", "Petrel", "the Petrel project".

Only all words together name a thing: "Petrel budget" is not Petrel, "the old mill" not the mill.
What a name may go with or without is the kind of thing it is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingest.language.word_lists import classes
from workbench.memory.facts import speech
from workbench.memory.facts.claims import carries, dense_words, is_dense
from workbench.memory.facts.reading import Token, tokens

#: Nouns and titles that say what kind of thing a name beside them is of.
KINDS = classes("memory.txt")["chains_phrases_kinds"]
_OWNER = re.compile(r"['’]s?$|$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase by its words.

    `words` are those that say something, `forms` the same without the endings of what is no name.
    `core` is the name in it and `kinds` what it is said to be. `mine` says that it is the
    speaker's.
    """

    text: str
    tokens: tuple[Token, ...]
    words: frozenset[str]
    forms: frozenset[str]
    core: frozenset[str]
    kinds: frozenset[str]
    mine: bool

    @property
    def empty(self) -> bool:
        """Whether it names nothing."""
        return not self.words and not self.mine


@lru_cache(maxsize=8192)
def phrase(text: str) -> Phrase:
    """A phrase out of its text."""
    return of_tokens(text, tokens(text))


def of_tokens(text: str, found: Sequence[Token]) -> Phrase:
    """A phrase out of tokens of its text."""
    if is_dense(text):
        dense = dense_words(text) or frozenset((text.strip(),))
        return Phrase(text, tuple(found), dense, dense, dense, frozenset(), False)
    mine = any(token.word in speech.SELF for token in found)
    said = [token for token in found if _says(token)]
    words = frozenset(token.word for token in said)
    forms = frozenset(map(_form, said))
    core, kinds = _core(found, said)
    return Phrase(text, tuple(found), words, forms, core, kinds, mine)


def _says(token: Token) -> bool:
    return carries(token) and token.word not in speech.SELF and token.word not in speech.DETERMINERS


def _form(token: Token) -> str:
    if token.capital:
        return token.word
    return min(sorted(speech.kin(token.word)), key=len)


def _named(token: Token) -> bool:
    """Whether a token looks like a name: a capital letter, or letters with digits."""
    return token.capital or (token.numeric and any(map(str.isalpha, token.word)))


def _core(found: Sequence[Token], said: Sequence[Token]) -> tuple[frozenset[str], frozenset[str]]:
    """The name in a phrase, and the words that say what it names."""
    whole = frozenset(token.word for token in said), frozenset[str]()
    joined = any(
        token.word in speech.PREPOSITIONS or token.word == "of" or token.owner for token in found
    )
    if joined or len(said) < 2:
        return whole
    first, last = 0, len(said)
    while first < last - 1 and (said[first].word in KINDS or not _named(said[first])):
        first += 1
    while last - 1 > first and said[last - 1].word in KINDS:
        last -= 1
    core = said[first:last]
    if not any(map(_named, core)):
        # "The old mill" is no name, "project manager" none either.
        return whole
    kinds = [*said[:first], *said[last:]]
    return frozenset(t.word for t in core), frozenset(map(_form, kinds))


def alike(one: Phrase, other: Phrase) -> bool:
    """Whether two phrases name the same thing."""
    if one.mine is not other.mine:
        return False
    if one.words == other.words or one.forms == other.forms:
        return bool(one.words) or one.mine
    if not one.kinds and not other.kinds:
        return False
    if one.kinds and other.kinds and not one.kinds & other.kinds:
        return False
    return one.core == other.core


def names(text: str, thing: Phrase) -> bool:
    """Whether a text names a thing, alone or among others: "Ada, Bo and Cy"."""
    if alike(phrase(text), thing):
        return True
    parts = _PARTS.split(text)
    return len(parts) > 1 and any(alike(phrase(part), thing) for part in parts)


def bare(text: str) -> str:
    """A text without the possessive at its end: "Kenji's" is Kenji."""
    return _OWNER.sub("", text, count=1)


_PARTS = re.compile(r"\s*(?:,|;|&)\s*(?:and\s+)?|\s+(?:and|or)\s+", re.IGNORECASE)


@lru_cache(maxsize=4096)
def readings(text: str) -> tuple[str, ...]:
    """What a value may name, the whole first: "Ada and Bo since May" names Ada, too."""
    found = [text]
    head = _head(text)
    found.append(head)
    found += [part for part in _PARTS.split(head) if part.strip()]
    return tuple(dict.fromkeys(found))


def _head(text: str) -> str:
    """A value up to what says only when, where or how."""
    said = tokens(text)
    for at, token in enumerate(said[1:], start=1):
        if token.word in speech.PREPOSITIONS or text[token.start - 1] == "(":
            return text[: said[at - 1].end]
    return text
