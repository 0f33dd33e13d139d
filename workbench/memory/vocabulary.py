"""Word lists for questions: question words, conjunctions, common words, words that are not names.

Lists are deliberately few and short: frequencies in the library decide almost everything; these
cover what a small library cannot know.
"""

import re

from ingest.language.word_lists import entries
from ingest.patterns import later
from workbench.memory import words

_CLASSES = dict(entries("stop.txt"))


def _folded(text: str) -> frozenset[str]:
    return frozenset(word for raw in text.split() for word in words.split(raw))


#: The letter rows of keyboards, in both directions.
_KEY_ROWS = ("qwertyuiop", "qwertzuiop", "asdfghjkl", "zxcvbnm", "yxcvbnm", "azertyuiop")
_KEY_RUNS = "\n".join(row[::step] for row in _KEY_ROWS for step in (1, -1))


def is_key_run(word: str) -> bool:
    """Whether a word is three or more adjacent keys of a row, as in “asdf”."""
    return len(word) > 2 and word in _KEY_RUNS


#: Stop words. They stay in the index, and count if a question has no others.
STOP = _folded(_CLASSES["english"]) | _folded(_CLASSES["others"])
ENGLISH_STOP = _folded(_CLASSES["english"])
#: Those that only phrase a question, but have content in a statement.
_REQUEST_VERBS = ("give", "tell", "show", "explain", "describe")
#: Abbreviations and names spelled like a stop word.
_NAME_ABBREVIATIONS = ("US", "IT", "UK", "AM", "PM", "May", "Will")

#: Stop words of scripts without spaces, removed from text longest first.
DENSE_STOP = later(
    "|".join(map(re.escape, sorted(_CLASSES["unspaced"].split(), key=len, reverse=True)))
)

#: Words of everyday questions and prose. In a small library a missing word looks as specific as a
#: name; these are known to be common.
COMMON = frozenset(_CLASSES["common"].split())


def carries(token: words.Token) -> bool:
    """Whether a token of a statement is a content word."""
    initial = len(token.raw) == 1 and token.capital and token.raw != "I"
    joins = all(word in ENGLISH_STOP and word not in _REQUEST_VERBS for word in token.words)
    return token.raw in _NAME_ABBREVIATIONS or initial or not joins
