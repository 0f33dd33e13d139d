"""Tokens with digits (keys, amounts, dates, hours) told by their bytes, as `classes.told` does.

Most of them occur once, so it would not pay to look them up.
"""

from workbench.kernels import inner
from workbench.memory.facts.parsing.characters import ASCII, FIGURE, LOWER, UPPER, Bytes, Numbers
from workbench.memory.facts.parsing.classes import (
    ALNUM,
    CAPITAL,
    CARRIES,
    CASED,
    DIGIT,
    DIGITS,
    HISSING,
    INFLECTED,
    ING,
    LETTER,
    LONE,
    NUMERIC,
    OWNER,
    PARTICIPLE,
    PLURAL,
    STRONG,
    WEAK,
)
from workbench.memory.hashing import OFFSET, finish, step

#: Longer ones are left to Python.
_LONGEST = 250


@inner
def is_numeral(data: Bytes, start: int, end: int) -> bool:
    """Whether a token is one to be told here: ASCII with a digit, and no case for `reading`."""
    if end - start > _LONGEST:
        return False
    digits = False
    first = -1
    letters = True
    for at in range(start, end):
        byte = data[at]
        if byte >= 0x80:
            return False
        kind = ASCII[byte]
        if kind & FIGURE:
            digits = True
        if byte == 39 and (at != end - 2 or data[at + 1] | 32 != 115):
            return False
        if first < 0:
            if byte == 44 or byte == 33 or byte == 46:
                first = at - start
            elif not kind & (LOWER | UPPER):
                letters = False
    # "so.5": a word that leads in may be glued to what follows.
    return digits and not (letters and first > 0)


@inner
def numeral(data: Bytes, start: int, end: int, word: Numbers, out: Numbers) -> None:
    """Tell a token with digits: its bits to `out[0]`, the hash of its word to `out[1]`."""
    bits = NUMERIC | ALNUM | CARRIES
    head = ASCII[data[start]]
    if head & UPPER:
        bits |= CAPITAL
    if head & (UPPER | LOWER):
        bits |= LETTER
    stop = end
    if end - start > 2 and data[end - 2] == 39:
        bits |= OWNER
        stop = end - 2
    size = digits = 0
    number = OFFSET
    for at in range(start, end):
        kind = ASCII[data[at]]
        if kind & UPPER:
            bits |= CASED
        if at >= stop or data[at] == 44:
            continue
        byte = data[at] + 0
        if kind & UPPER:
            byte += 32
        if kind & FIGURE:
            digits += 1
        word[size] = byte
        size += 1
        number = step(number, byte)
    out[0] = bits | _shape(word, size, digits)
    out[1] = finish(number)


@inner
def _is_digit(byte: int) -> bool:
    return 48 <= byte <= 57


@inner
def _shape(word: Numbers, size: int, digits: int) -> int:
    """Bits of a word of `size` bytes that holds so many digits."""
    bits = 0
    last = word[size - 1]
    two = word[size - 2] if size > 1 else 0
    three = word[size - 3] if size > 2 else 0
    if last == 115:
        bits |= HISSING | INFLECTED
        if two != 115:
            bits |= PLURAL
    if two == 101 and last == 100:
        bits |= INFLECTED | PARTICIPLE
    if two == 101 and last == 110:
        bits |= PARTICIPLE
    if three == 105 and two == 110 and last == 103:
        bits |= ING
    if _is_digit(word[0]):
        bits |= DIGIT
    leading = 0
    while leading < size and _is_digit(word[leading]):
        leading += 1
    if leading >= min(size, 4):
        bits |= DIGITS
    if digits == size:
        bits |= LONE
        if size <= 2:
            bits |= WEAK
        if size == 4:
            year = 0
            for at in range(4):
                year = year * 10 + word[at] - 48
            if 1000 <= year <= 2200:
                bits |= STRONG
    if (
        size > 2
        and leading == digits
        and leading == size - 2
        and (
            (two == 115 and last == 116)
            or (two == 110 and last == 100)
            or (two == 114 and last == 100)
            or (two == 116 and last == 104)
        )
    ):
        bits |= WEAK
    if _is_hour(word, size, digits) or _is_date(word, size, digits):
        bits |= STRONG
    return bits


@inner
def _is_hour(word: Numbers, size: int, digits: int) -> bool:
    """12:30, 9:30pm, 9am, 9.30a.m"""
    colon = False
    for at in range(size):
        if word[at] == 58:
            colon = True
    if colon and digits >= 3:
        end = size
        while end > 0 and (
            word[end - 1] == 97
            or word[end - 1] == 112
            or word[end - 1] == 109
            or word[end - 1] == 104
            or word[end - 1] == 58
        ):
            end -= 1
        fits = end > 0
        for at in range(end):
            if not _is_digit(word[at]) and word[at] != 58:
                fits = False
                break
        if fits:
            return True
    if size < 3 or word[size - 1] != 109:
        return False
    half = word[size - 2]
    if half == 46:
        half = word[size - 3]
    if half != 97 and half != 112:
        return False
    end = size
    while end > 0 and (
        word[end - 1] == 97
        or word[end - 1] == 112
        or word[end - 1] == 109
        or word[end - 1] == 104
        or word[end - 1] == 46
    ):
        end -= 1
    for at in range(end):
        if not _is_digit(word[at]):
            return False
    return end > 0


@inner
def _is_date(word: Numbers, size: int, digits: int) -> bool:
    """2024-05-03, 5/6, 3.4.5: two or three numbers."""
    if digits < 3:
        return False
    parts = 1
    empty = True
    for at in range(size):
        byte = word[at]
        if _is_digit(byte):
            empty = False
        elif byte == 45 or byte == 46 or byte == 47:
            if empty:
                return False
            parts += 1
            empty = True
        else:
            return False
    return not empty and 2 <= parts <= 3
