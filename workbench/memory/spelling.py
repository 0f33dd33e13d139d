"""Spelling correction: the words at edit distance one (Damerau 1964), to be looked up.

One edit is an insertion, deletion, substitution or transposition. Words with digits never match
each other: project498 is not project499.
"""

from functools import lru_cache
from unicodedata import normalize

#: Minimum and maximum letters of a word.
LEAST, MOST = 3, 40
#: The block size by which Unicode is divided into alphabets.
_BLOCK = 128


def fits(text: str) -> bool:
    """Whether spelling correction applies to a word."""
    if not LEAST <= len(text) <= MOST:
        return False
    return (text.isascii() and text.isalpha()) or not any(map(str.isdigit, text))


def edits(word: str) -> list[str]:
    """The words one edit away, those with the same beginning first."""
    blocks = {ord(own) // _BLOCK for own in word}
    # Accented text contains plain letters, too.
    blocks |= {0} if 1 in blocks else set()
    letters = sorted({letter for block in blocks for letter in _alphabet(block)})
    found: dict[str, None] = {}
    # An error in the first letter is the least likely.
    for at in range(len(word), -1, -1):
        head, tail = word[:at], word[at + 1 :]
        found.update(dict.fromkeys([head + letter + word[at:] for letter in letters]))
        if at < len(word):
            others = [*letters, *_accented(word[at])]
            found.update(dict.fromkeys([head + letter + tail for letter in others]))
            found[head + tail] = None
            found[head + tail[:1] + word[at] + tail[1:]] = None
    found.pop(word, None)
    return [text for text in found if len(text) >= LEAST]


@lru_cache(maxsize=64)
def _alphabet(block: int) -> str:
    letters = map(chr, range(block * _BLOCK, (block + 1) * _BLOCK))
    return "".join(each for each in letters if each.isalpha() and each.lower() == each)


@lru_cache(maxsize=64)
def _accented(letter: str) -> str:
    """The accented variants of a plain letter."""
    return "".join(each for each in _alphabet(1) if normalize("NFD", each)[0] == letter)
