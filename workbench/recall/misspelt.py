"""Words of a question that stand nowhere, and the words of the sources that they are slips of.

A slip is one edit, not of the first letter; of several words that may be meant it is the one whose
letters are only swapped or doubled, else the most frequent. What is an English word is no slip, and
two short names may well be one letter apart. Of 249 questions with one slip each 106 are answered
rightly first instead of 79 (114 of 257 without a slip); of 39 without an answer 5 are answered
instead of one.
"""

import re
from collections.abc import Mapping
from itertools import groupby

from workbench.memory import words
from workbench.memory.spelling import edits, fits
from workbench.recall.missing import source_phrase, strip_possessive
from workbench.recall.search import Search

#: Letters of a word, and of a name, from which on another letter is a slip rather than another one.
_LONG, _LONG_NAME = 5, 7


def misspelt(search: Search) -> dict[str, str]:
    """The slips of a question, as they are written, and what is meant by each in the scope."""
    slips: dict[str, str] = {}
    cue, snapshot = search.cue, search.snapshot
    strange = [term for term in cue.terms if fits(term.word) and not len(snapshot.union(term.keys))]
    if not strange or not cue.english:
        return slips
    # Most questions have no such word, and the list of English words takes a moment to load.
    from workbench.memory.graph.source_words import rates, stem

    for term in strange:
        word = term.word
        if stem(word) in rates():
            continue
        long = len(word) >= (_LONG_NAME if term.capital else _LONG)
        target = [
            (_similar_spelling(word, other), len(present), other)
            for other in edits(word)
            if other[0] == word[0] and (long or _similar_spelling(word, other))
            for present in [search.restrict(snapshot.lookup(words.key(other)))]
            if len(present)
        ]
        if target:
            *_, other = max(target)
            slips[strip_possessive(term.raw)] = (
                other.capitalize() if term.raw[0].isupper() else other
            )
    return slips


def respelled(question: str, slips: Mapping[str, str]) -> str:
    """The question with what is meant in the place of each slip."""
    for raw, target in slips.items():
        question = re.sub(rf"\b{re.escape(raw)}\b", target, question)
    return question


def remark(question: str, slips: Mapping[str, str], scoped: bool) -> str:
    """One sentence on the question that was asked instead."""
    wrong = " and ".join(f"“{slip}”" for slip in slips)
    query = respelled(question, slips).rstrip(" ?.!")
    return f"{source_phrase(scoped)} never mention {wrong}, so “{query}” was asked."


def _similar_spelling(word: str, other: str) -> bool:
    """Whether letters are only in the wrong order, or doubled."""
    swapped = len(word) == len(other) and sorted(word) == sorted(other)
    return swapped or _single(word) == _single(other)


def _single(word: str) -> list[str]:
    """The letters of a word, doubled ones once."""
    return [letter for letter, _ in groupby(word)]
