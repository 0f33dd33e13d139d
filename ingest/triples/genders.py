"""Gender of the first names in a source, by following pronouns.

The first he or she within 60 characters of the same sentence votes; a name needs three votes with a
majority of three quarters.
"""

import re

from ingest.triples import nouns, words
from ingest.triples.lexicon import lexicon

_VOTE = re.compile(
    r"\b([A-Z][a-zà-ž]+)(?='?s?\b[^.!?;\"“”]{0,60}?\b(he|she|his|her|him|himself|herself)\b)"
)
_CLOSED = (
    words.DETERMINER
    | words.PREPOSITION
    | words.SUBORDINATOR
    | words.PRONOUN
    | words.POSSESSIVE
    | nouns.TITLE
)


def genders(text: str, minimum: int = 3, share: float = 0.75) -> dict[str, str]:
    """Names that are no common words, each with "m" or "f"."""
    votes: dict[str, list[int]] = {}
    for match in _VOTE.finditer(text):
        vote = votes.setdefault(match.group(1), [0, 0])
        vote[match.group(2) in ("she", "her", "herself")] += 1
    return {
        name: "m" if male > female else "f"
        for name, (male, female) in votes.items()
        if max(male, female) >= max(minimum, share * (male + female)) and _is_name(name)
    }


def _is_name(name: str) -> bool:
    low = name.lower()
    return low not in lexicon() or (
        lexicon().get(name, "").startswith("NNP") and low not in _CLOSED
    )
