"""64-bit hashes of words: FNV-1a over UTF-8, mixed once more.

A word has one number in each *space*: "" for words as they stand, "s" for the dictionary forms
under which others of their kind are found; so `live` said and `live` as the form of `lives` are
two terms.
FNV is by Fowler, Noll and Vo; the mixing step is by Pelle Evensen.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

#: The space of dictionary forms.
FORMS = "s"

_MASK = 0xFFFFFFFFFFFFFFFF
_SIGN = 1 << 63
_OFFSET = 0xCBF29CE484222325
_MIX = 0xD6E8FEB86659FD93
_PRIME = 0x100000001B3


@lru_cache(maxsize=16_384)
def word_hash(word: str, space: str = "") -> int:
    """The number of a word, 1 ≤ number < 2⁶⁴."""
    return text_hash(f"{space}\x1f{word}" if space else word)


def either(word: str) -> tuple[int, int]:
    """A word as it stands and as a form of others: where a fact may say it in whatever form."""
    return word_hash(word), word_hash(word, FORMS)


def text_hash(text: str) -> int:
    """The number of any text."""
    number = _OFFSET
    for byte in text.encode("utf-8", "surrogatepass"):
        number = ((number ^ byte) * _PRIME) & _MASK
    return _finished(number)


def word_hashes(words: Sequence[str]) -> NDArray[np.uint64]:
    """`word_hash` of many words as they stand, much quicker than one by one."""
    coded = [word.encode("utf-8", "surrogatepass") for word in words]
    lengths = np.fromiter(map(len, coded), np.int64, len(coded))
    longest = int(max(1, 1, *lengths))
    # One column a word; what is behind its end changes nothing.
    letters = np.array(coded, f"S{longest}").view(np.uint8).reshape(-1, longest)
    found = np.full(len(words), _OFFSET, np.uint64)
    for at, column in enumerate(letters.T.astype(np.uint64)):
        np.multiply(found ^ column, np.uint64(_PRIME), out=found, where=lengths > at)
    half = np.uint64(32)
    found ^= found >> half
    found *= np.uint64(_MIX)
    found ^= found >> half
    return np.maximum(found, np.uint64(1))


def combined(relation: int, parts: Iterable[int]) -> int:
    """One number of a relation and the set of its parts, in whatever order they come."""
    number = relation
    for part in sorted(set(parts), key=signed):
        number = _finished(((number ^ part) * _PRIME) & _MASK)
    return number


def signed(number: int) -> int:
    """The number as a signed one of 64 bits: as SQLite holds it."""
    return number - (1 << 64) if number & _SIGN else number


def _finished(number: int) -> int:
    number ^= number >> 32
    number = (number * _MIX) & _MASK
    number ^= number >> 32
    return number or 1
