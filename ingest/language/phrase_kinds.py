"""Kinds of noun phrases: the first person, addresses, scores, plurals."""

import re

from ingest.language.nouns import singular
from ingest.language.records import Phrase, Token
from ingest.language.word_lists import words

#: The head of all first-person phrases.
ME = "i"
FIRST_PERSON = frozenset(("i", "me", "my", "mine", "myself"))
_SCORE = re.compile(r"\d{1,3}[-–:]\d{1,3}")


def is_plural(phrase: Phrase) -> bool:
    return phrase.kind == "noun" and singular(word := phrase.text.split()[-1]) != word.lower()


def me(text: str = "I", start: int = 0, end: int = 0) -> Phrase:
    """The first person."""
    return Phrase(ME, text, start, end, "pronoun")


def is_score(text: str) -> bool:
    """Whether a text is the result of a game: “3-1”."""
    return _SCORE.fullmatch(text) is not None


def is_address(phrase: Phrase) -> bool:
    """Whether a name is a street with a house number, or a flat."""
    named = phrase.kind == "name" and phrase.head in words("street")
    if not named and phrase.head not in words("dwelling"):
        return False
    return any(word[0].isdigit() for word in phrase.mods)


def compact(phrase: Phrase) -> bool:
    """Whether no nested phrase may belong to the clause instead."""
    inside = () if phrase.kind == "adjective" else phrase.inside
    if [preposition for preposition, _ in inside if preposition not in ("of", "")]:
        return False
    owners = () if phrase.owner is None else (phrase.owner,)
    parts = (*[part for _, part in inside], *owners, *phrase.members, *phrase.names)
    return all(map(compact, parts))


def pronoun_of(token: Token) -> Phrase:
    low = token.low
    if low in FIRST_PERSON:
        return me(token.word, token.start, token.end)
    head = {
        "our": "we",
        "his": "he",
        "her": "she",
        "its": "it",
        "their": "they",
        "your": "you",
    }.get(low, low)
    return Phrase(head, token.word, token.start, token.end, "pronoun")
