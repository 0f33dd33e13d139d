"""Spelling: all words that are one edit away from a misspelled one, to be looked up.

One edit is a letter too many, too few, another, or two neighbours swapped. Words with digits are
never meant by one another: project498 is not project499.
"""

from functools import lru_cache
from unicodedata import normalize

#: Words of fewer or more letters are not looked for.
LEAST, MOST = 3, 40
#: So many neighbours in Unicode make an alphabet.
_BLOCK = 128


def fits(text: str) -> bool:
    """Whether a word is one that others may be misspellings of."""
    if not LEAST <= len(text) <= MOST:
        return False
    return (text.isascii() and text.isalpha()) or not any(map(str.isdigit, text))


def edits(word: str) -> list[str]:
    """The words one edit away from one that fits, those that begin alike first."""
    blocks = {ord(own) // _BLOCK for own in word}
    # Who writes an accent writes plain letters, too.
    blocks |= {0} if 1 in blocks else set()
    letters = sorted({letter for block in blocks for letter in _alphabet(block)})
    found: dict[str, None] = {}
    # A change at the beginning is the least likely slip.
    for at in range(len(word), -1, -1):
        head, tail = word[:at], word[at + 1 :]
        found.update(dict.fromkeys(head + letter + word[at:] for letter in letters))
        if at < len(word):
            others = [*letters, *_accented(word[at])]
            found.update(dict.fromkeys(head + letter + tail for letter in others))
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
    """A plain letter with its accents."""
    return "".join(each for each in _alphabet(1) if normalize("NFD", each)[0] == letter)
