"""Where a phrase occurs in a sentence, however it is cased, spaced or quoted.

Words are compared one by one after normalising (NFKC, case folded); an article before the phrase
need not stand in the sentence.
"""

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"\w+(?:[’'\-.]\w+)*")
_ARTICLES = frozenset(("the", "a", "an"))


def occurring(sentence: str, phrase: str) -> tuple[int, int] | None:
    """Start and end of the first occurrence of a phrase in code points, None where there is none.

    A phrase without a word occurs nowhere.
    """
    words, places = _words(sentence)
    wanted, _ = _words(phrase)
    found = _find(words, wanted)
    if found is None and len(wanted) > 1 and wanted[0] in _ARTICLES:
        wanted = wanted[1:]
        found = _find(words, wanted)
    if found is None:
        return None
    return places[found][0], places[found + len(wanted) - 1][1]


def _find(words: tuple[str, ...], wanted: tuple[str, ...]) -> int | None:
    if not wanted:
        return None
    for at in range(len(words) - len(wanted) + 1):
        if words[at : at + len(wanted)] == wanted:
            return at
    return None


@lru_cache(512)
def _words(text: str) -> tuple[tuple[str, ...], tuple[tuple[int, int], ...]]:
    """The words of a text as they are compared, and where they stand."""
    words: list[str] = []
    places: list[tuple[int, int]] = []
    for found in _WORD.finditer(text):
        word = unicodedata.normalize("NFKC", found[0]).casefold().replace("’", "'")
        start, end = found.span()
        if word.endswith("'s"):
            word, end = word[:-2], end - 2
        words.append(word)
        places.append((start, end))
    return tuple(words), tuple(places)
