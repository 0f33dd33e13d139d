"""Word lists for questions: question words, conjunctions, common words, words that are no names.

Lists are few and short on purpose: rarity in the library decides almost everything; these cover
what a small library cannot know yet.
"""

import re

from ingest.language.word_lists import entries
from ingest.patterns import later
from workbench.memory import words

_CLASSES = dict(entries("stop.txt"))


def _folded(text: str) -> frozenset[str]:
    return frozenset(word for raw in text.split() for word in words.split(raw))


#: The rows of letters of keyboards, from both ends.
_KEY_ROWS = ("qwertyuiop", "qwertzuiop", "asdfghjkl", "zxcvbnm", "yxcvbnm", "azertyuiop")
_KEY_RUNS = "\n".join(row[::step] for row in _KEY_ROWS for step in (1, -1))


def is_key_run(word: str) -> bool:
    """Whether a word is three or more keys beside each other in a row, as in “asdf”."""
    return len(word) > 2 and word in _KEY_RUNS


#: Words that ask or join and say nothing about the subject. They stay in the index, and count
#: where a question has no others.
STOP = _folded(_CLASSES["english"]) | _folded(_CLASSES["others"])
ENGLISH_STOP = _folded(_CLASSES["english"])
#: Those of them that carry something in a statement, though they only ask in a question.
_REQUEST_VERBS = ("give", "tell", "show", "explain", "describe")
#: Abbreviations and names that are written as a word that joins.
_NAME_ABBREVIATIONS = ("US", "IT", "UK", "AM", "PM", "May", "Will")

#: The same for text without spaces, out of which they are cut, longest first.
DENSE_STOP = later(
    "|".join(map(re.escape, sorted(_CLASSES["unspaced"].split(), key=len, reverse=True)))
)

#: Words of everyday questions and prose. In a small library a word that is merely missing looks
#: as telling as a name; these are known to be common whatever the library holds.
COMMON = frozenset(_CLASSES["common"].split())


def carries(token: words.Token) -> bool:
    """Whether a token of a statement says something: it is no word that merely joins."""
    initial = len(token.raw) == 1 and token.capital and token.raw != "I"
    joins = all(word in ENGLISH_STOP and word not in _REQUEST_VERBS for word in token.words)
    return token.raw in _NAME_ABBREVIATIONS or initial or not joins
