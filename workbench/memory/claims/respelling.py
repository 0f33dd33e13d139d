"""Rewrites questions: misspelt words and unknown ones with similar words in the facts.

Only words in no fact are replaced. Two names, or two short words, may differ by one letter; a
doubled letter or a transposition is a misspelling.
"""

import re
from collections.abc import Callable, Collection, Iterator

from ingest.language.lexical import is_foreign, is_strange
from ingest.language.remainder import question_language
from ingest.language.tagging import tagged
from ingest.language.word_lists import closed_tags, groups_of, kinship, opposites, words
from workbench.memory.claims.claim_set import ClaimSet

#: Words of similar use.
Neighbours = Callable[[str], Collection[str]]
#: Minimum letters of words that do not differ by an extra letter, or by a substitution, by chance.
_LONG, _LONGER = 5, 7
_DOUBLED = re.compile(r"(.)\1+")


def rewritten(
    question: str, claim_set: ClaimSet, neighbours: Neighbours | None = None
) -> Iterator[str]:
    """Yield the question with one unknown word replaced by a known one."""
    language, tokens = question_language(question), tagged(question)
    if (language and language[0] != "en") or is_foreign([token.word for token in tokens]):
        # “hermano” is not a misspelt “hermana”
        return
    for token in tokens:
        low = token.low
        if not low.isalpha() or low in closed_tags() or claim_set.mentions(low):
            continue
        replacements = [other for other in claim_set.spellings if _is_slip(token.word, other)]
        if not replacements and neighbours is not None and not _is_opposed(low):
            candidates = (other for other in neighbours(low) if claim_set.mentions(other))
            replacements = [
                other for other in candidates if not _is_opposed(other) and not other.isdigit()
            ]
        for other in replacements:
            yield question[: token.start] + other + question[token.end :]


def _is_opposed(word: str) -> bool:
    """Whether a word has contrasting alternatives: Monday, mother, north."""
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
    # “stork” may be an unknown word, not “store”
    other_letter = len(low) == len(stored) and len(low) >= _LONGER and _mismatches(low, stored) == 1
    return other_letter or (len(low) != len(stored) and _has_extra_letter(low, stored))


def _mismatches(left: str, right: str) -> int:
    return sum(a != b for a, b in zip(left, right, strict=True))


def _has_extra_letter(left: str, right: str) -> bool:
    """Whether one of the words has an extra letter."""
    short, long = sorted((left, right), key=len)
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
