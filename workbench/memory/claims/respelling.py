"""Questions with words that were told in the place of misspelt ones, and of ones used alike.

Only words that nobody told of are replaced. Two names, or two short words, may well be one letter
apart; a letter that is doubled, or two in the wrong order, are a slip.
"""

import re
from collections.abc import Callable, Collection, Iterator

from ingest.language.lexical import is_foreign, is_strange
from ingest.language.remainder import question_language
from ingest.language.tagging import tagged
from ingest.language.word_lists import closed_tags, groups_of, kinship, opposites, words
from workbench.memory.claims.held import Memory

#: The words that were learned to be used like a word.
Neighbours = Callable[[str], Collection[str]]
#: Letters of a word that has hardly one letter more than another, or another letter, by chance.
_LONG, _LONGER = 5, 7
_DOUBLED = re.compile(r"(.)\1+")


def rewritten(question: str, memory: Memory, neighbours: Neighbours | None = None) -> Iterator[str]:
    """The question with one word replaced by what it must mean, as far as anything was told."""
    language, tokens = question_language(question), tagged(question)
    if (language and language[0] != "en") or is_foreign([token.word for token in tokens]):
        # “hermano” is no misspelt “hermana”
        return
    for token in tokens:
        low = token.low
        if not low.isalpha() or low in closed_tags() or memory.mentions(low):
            continue
        replacements = [other for other in memory.spellings if _is_slip(token.word, other)]
        if not replacements and neighbours is not None and not _is_opposed(low):
            candidates = (other for other in neighbours(low) if memory.mentions(other))
            replacements = [
                other for other in candidates if not _is_opposed(other) and not other.isdigit()
            ]
        for other in replacements:
            yield question[: token.start] + other + question[token.end :]


def _is_opposed(word: str) -> bool:
    """Whether a word is used like others that it never means: Monday, mother, north."""
    return bool(
        word in kinship() or word in opposites() or groups_of(word) or word in words("time")
    )


def _is_slip(word: str, other: str) -> bool:
    """Whether a word is another one misspelt by one letter."""
    low, stored = word.lower(), other.lower()
    if low[0] != stored[0] or low == stored or abs(len(low) - len(stored)) > 1:
        return False
    swapped = (
        len(low) == len(stored) and sorted(low) == sorted(stored) and _mismatches(low, stored) == 2
    )
    if swapped or _DOUBLED.sub(r"\1", low) == _DOUBLED.sub(r"\1", stored):
        return True
    name = word[0].isupper() or other[0].isupper()
    long = min(len(low), len(stored)) >= _LONG
    if name or not long or not is_strange(low):
        return False
    # “stork” may be a word that is not known here, and no “store”
    other_letter = len(low) == len(stored) and len(low) >= _LONGER and _mismatches(low, stored) == 1
    return other_letter or (len(low) != len(stored) and _one_more(low, stored))


def _mismatches(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


def _one_more(one: str, other: str) -> bool:
    """Whether one of the words has a letter more."""
    short, long = sorted((one, other), key=len)
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
