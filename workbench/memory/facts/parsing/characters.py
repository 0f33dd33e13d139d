"""Characters in UTF-8 as compiled code sees them: white space, marks around tokens, gaps."""

from typing import Any, TypeAlias

import numpy as np

from workbench.kernels import inner
from workbench.memory.facts.parsing.classes import (
    BEHIND,
    COLON,
    COLON_FIRST,
    COLON_LAST,
    COMMA,
    SEMICOLON,
)
from workbench.memory.facts.parsing.phrases import (
    CLOSED,
    CLOSED_FIRST,
    COMMA_FIRST,
    COMMA_ONE,
    LEADING,
    LEADING_FIRST,
    ONE,
    ONE_FIRST,
)

#: Arrays as compiled code sees them: of bytes, and of numbers of 64 bits with a sign.
Bytes: TypeAlias = Any
Numbers: TypeAlias = Any

#: Classes of ASCII.
SPACE, _OPENS, _CLOSES, FIGURE, LOWER, UPPER = 1, 2, 4, 8, 16, 32
ASCII = np.zeros(128, np.int64)
for _byte in range(128):
    _char = chr(_byte)
    ASCII[_byte] = (
        SPACE * _char.isspace()
        | _OPENS * (_char in "\"'([{<`*_")
        | _CLOSES * (_char in "\"')]}>`*_.,;:!?")
        | FIGURE * _char.isdigit()
        | LOWER * _char.islower()
        | UPPER * _char.isupper()
    )


@inner
def space_at(data: Bytes, at: int) -> int:
    """How many bytes of white space begin here: one character's, or 0."""
    byte = data[at]
    if byte < 0x80:
        return 1 if ASCII[byte] & SPACE else 0
    if byte == 0xC2:
        return 2 if data[at + 1] == 0x85 or data[at + 1] == 0xA0 else 0
    if byte == 0xE2:
        two, three = data[at + 1], data[at + 2]
        if two == 0x80 and (three <= 0x8A or three == 0xA8 or three == 0xA9 or three == 0xAF):
            return 3
        if two == 0x81 and three == 0x9F:
            return 3
    return 0


@inner
def is_odd(data: Bytes, at: int) -> bool:
    """Whether a character is one that Python tells: of a script without spaces, or near one, and
    the two letters that are more than one letter's small form."""
    byte = data[at]
    if byte < 0xC5:
        return False
    if byte == 0xC5:
        return bool(data[at + 1] == 0xBF)
    if byte == 0xE0 or (byte == 0xE1 and data[at + 1] < 0xB8):
        return True
    if byte == 0xE2:
        return bool(data[at + 1] == 0x84 and data[at + 2] == 0xAA)
    if byte == 0xF0:
        return bool(data[at + 1] >= 0xA0)
    return bool(byte >= 0xE3)


@inner
def opens_at(data: Bytes, at: int, stop: int) -> int:
    """Bytes of the opening mark that begins here, or 0."""
    byte = data[at]
    if byte < 0x80:
        return 1 if ASCII[byte] & _OPENS else 0
    if byte == 0xC2:
        return 2 if data[at + 1] == 0xAB or data[at + 1] == 0xBB else 0
    if byte == 0xE2 and data[at + 1] == 0x80:
        last = data[at + 2]
        return 3 if last == 0x98 or last == 0x99 or last == 0x9C or last == 0x9D else 0
    return 0


@inner
def closes_at(data: Bytes, start: int, end: int) -> int:
    """Bytes of the closing mark that ends here, or 0."""
    byte = data[end - 1]
    if byte < 0x80:
        return 1 if ASCII[byte] & _CLOSES else 0
    if end - start >= 2 and data[end - 2] == 0xC2:
        return 2 if byte == 0xAB or byte == 0xBB else 0
    if end - start >= 3 and data[end - 3] == 0xE2 and data[end - 2] == 0x80:
        return 3 if byte == 0x98 or byte == 0x99 or byte in (0x9C, 0x9D, 0xA6) else 0
    return 0


@inner
def marks_behind(data: Bytes, start: int, end: int, before: int) -> int:
    """Bits of the marks `[start, end)` behind a token that has `before` already."""
    if end <= start:
        return before
    marks = (before & ~COLON_LAST) | BEHIND
    if not before & BEHIND and data[start] == 58:
        marks |= COLON_FIRST
    if data[end - 1] == 58:
        marks |= COLON_LAST
    for at in range(start, end):
        byte = data[at]
        if byte == 44:
            marks |= COMMA
        elif byte == 59:
            marks |= SEMICOLON
        elif byte == 58:
            marks |= COLON
    return marks


@inner
def characters(data: Bytes, start: int, end: int) -> int:
    count = 0
    for at in range(start, end):
        if data[at] & 0xC0 != 0x80:
            count += 1
    return count


@inner
def gap_between(data: Bytes, start: int, end: int) -> int:
    """How a gap between two tokens looks to a phrase that ends or goes on there."""
    if end <= start:
        return 0
    head = data[start]
    length = end - start
    gap = 0
    if head == 32:
        gap |= ONE_FIRST
        if length == 1:
            gap |= ONE
    if head == 44 and length > 1 and data[start + 1] == 32:
        gap |= COMMA_FIRST
        if length == 2:
            gap |= COMMA_ONE
    if head == 44 or head == 33 or head == 46 or head == 32:
        gap |= LEADING_FIRST | LEADING
        for at in range(start, end):
            byte = data[at]
            if byte != 44 and byte != 33 and byte != 46 and byte != 32:
                gap &= ~LEADING
                break
    at = start
    while at < end and (data[at] == 44 or data[at] == 58 or data[at] == 33 or data[at] == 46):
        at += 1
    if at > start and at < end and data[at] == 32:
        gap |= CLOSED_FIRST
        if at + 1 == end:
            gap |= CLOSED
    return gap


@inner
def asks_by_mark(data: Bytes, begin: int, end: int) -> bool:
    """Whether a text ends with a question mark, whatever closes it."""
    at = end
    while at > begin:
        size = 1
        while size < 3 and at - size > begin and data[at - size] & 0xC0 == 0x80:
            size += 1
        if space_at(data, at - size) == 0:
            break
        at -= size
    while at > begin:
        byte = data[at - 1]
        if byte == 34 or byte == 39 or byte == 41 or byte == 42 or byte == 32:
            at -= 1
        elif (
            at - begin >= 3
            and data[at - 3] == 0xE2
            and data[at - 2] == 0x80
            and (byte == 0x9D or byte == 0x99)
        ):
            at -= 3
        elif at - begin >= 2 and data[at - 2] == 0xC2 and byte == 0xBB:
            at -= 2
        else:
            break
    if at == begin:
        return False
    byte = data[at - 1]
    return byte == 63 or (byte == 0x9F and at - begin >= 2 and data[at - 2] == 0xD8)


@inner
def begins_bare(data: Bytes, begin: int, first: int) -> bool:
    """Whether nothing but white space stands before the first token, at byte `first`."""
    at = begin
    while at < first:
        size = space_at(data, at)
        if size == 0:
            return False
        at += size
    return True
