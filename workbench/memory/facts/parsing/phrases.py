"""Phrases that introduce a statement ("note that …") or a question ("could you tell me …").

Phrases are rows of a table: the ids of their words and how they end. They stand at the very
beginning, may follow one another, and their words are parted by single spaces; what stands between
two tokens is told by the bits of a *gap*.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from ingest.patterns import later
from workbench.memory.facts.parsing.classes import (
    ASKS,
    AUXILIARY,
    BEHIND,
    COPULA,
    HOW,
    OPEN,
    SELF,
    WHOM,
    YESNO,
)

#: What parts a token from the next: one space; a comma and a space; marks and spaces that may stand
#: between phrases of a question; marks of a preface and a space. The second of each pair says that
#: the gap only begins so.
ONE, ONE_FIRST = 1, 2
COMMA_ONE, COMMA_FIRST = 4, 8
LEADING, LEADING_FIRST = 16, 32
CLOSED, CLOSED_FIRST = 64, 128

_PUNCTUATED = later(r"[,:!.]+ ")


class Found(NamedTuple):
    """The tokens of a text in columns.

    Bits of `classes`, marks behind, ids of small words and verbs, ids of words in phrases, and the
    gap behind each token.
    """

    bits: list[int]
    marks: list[int]
    small: list[int]
    verb: list[int]
    lead: list[int]
    gap: list[int]


@lru_cache(maxsize=1024)
def gap_bits(gap: str) -> int:
    """How a gap between two tokens looks to a phrase that ends or goes on there."""
    closed = _PUNCTUATED.match(gap)
    return (
        ONE * (gap == " ")
        | ONE_FIRST * gap.startswith(" ")
        | COMMA_ONE * (gap == ", ")
        | COMMA_FIRST * gap.startswith(", ")
        | LEADING * (bool(gap) and not gap.strip(",!. "))
        | LEADING_FIRST * gap.startswith((",", "!", ".", " "))
        | CLOSED * (closed is not None and closed.end() == len(gap))
        | CLOSED_FIRST * (closed is not None)
    )


# -- the table -------------------------------------------------------------------------------------

#: How a phrase ends: with a space; a space that a comma may precede; marks and a space; marks or
#: spaces.
SPACE, MAYBE_COMMA, PUNCTUATED, LOOSE = 0, 1, 2, 3
Phrase = tuple[str, int]
#: Rows of numbers.
Table = tuple[tuple[int, ...], ...]


def _each(pattern: str) -> Iterator[str]:
    """The phrases that a pattern of alternatives stands for: "(a|b) c" → "a c", "b c"."""
    parts = [part.strip("()").split("|") for part in re.findall(r"\([^)]*\)|[^\s()]+", pattern)]
    for choice in product(*parts):
        yield " ".join(filter(None, choice))


def _phrases(patterns: Iterable[tuple[str, int]]) -> list[Phrase]:
    return [(phrase, end) for pattern, end in patterns for phrase in _each(pattern)]


_PREFACES = _phrases(
    (
        ("(|please|kindly) (remember|note|know) (that|)", SPACE),
        ("(|please|kindly) keep in mind (that|)", SPACE),
        ("(|please|kindly) be aware (that|)", SPACE),
        ("(fyi|btw|note|remember|update|correction|reminder|fact|psst|actually|hello|hi|hey|thanks|ok|okay"
         "|well|so|yes|no|oh|sorry)", PUNCTUATED),
        ("by the way", PUNCTUATED),
        ("for the record", PUNCTUATED),
        ("in fact", PUNCTUATED),
        ("thank you", PUNCTUATED),
        ("good news", PUNCTUATED),
        ("i (think|believe|guess|heard|mean|meant|said) (that|)", SPACE),
        ("it turns out (that|)", SPACE),
        ("as of (today|now)", MAYBE_COMMA),
        ("from now on", MAYBE_COMMA),
        ("just so you know", MAYBE_COMMA),
        # Before this last word there may be a comma.
        ("as of (today|now) ,that", SPACE),
        ("from now on ,that", SPACE),
        ("just so you know ,that", SPACE),
    )
)  # fmt: skip
_LEADS = _phrases(
    (
        ("(please|hey|hi|hello|ok|okay|so|and|well|um|also|now)", LOOSE),
        ("(can|could|would|will|do) you (please|) (tell|remind|show|give) me (again|)",
         MAYBE_COMMA),
        ("(can|could|would|will|do) you (please|) (know|remember|recall|say) (again|)",
         MAYBE_COMMA),
        ("(tell|remind|show|give) me (again|)", MAYBE_COMMA),
        ("i (forgot|forget|wonder)", MAYBE_COMMA),
        ("i (want|need) to know", MAYBE_COMMA),
        ("i would like to know", MAYBE_COMMA),
        ("any idea", SPACE),
        ("do we know", SPACE),
        ("remember", SPACE),
        ("what about", SPACE),
    )
)  # fmt: skip
_WORDS = sorted({word.strip(",") for phrase, _ in _PREFACES + _LEADS for word in phrase.split()})
_ID = {word: at for at, word in enumerate(_WORDS, start=1)}
_ANY = later("|".join(_WORDS), re.IGNORECASE)


def lead_of(raw: str) -> int:
    """The id of a word of some phrase, 0 for every other."""
    if raw.isascii():
        return _ID.get(raw.lower(), 0)
    return _ID.get(raw.casefold(), 0) if _ANY.match(raw) else 0


def _table(phrases: Iterable[Phrase]) -> tuple[Table, Table]:
    """Rows (how it ends, comma before the last, number of words, words …), longest first, and for
    each first word where its rows begin and end."""
    rows = []
    for phrase, end in phrases:
        ids = [_ID[word.strip(",")] for word in phrase.split()]
        rows.append([end, int(" ," in phrase), len(ids), *ids, *[0] * (9 - len(ids))])
    rows.sort(key=lambda row: (row[3], -row[2]))
    firsts = [row[3] for row in rows]
    bounds = [[firsts.index(word), firsts.index(word) + firsts.count(word)] if word in firsts
              else [0, 0] for word in range(len(_WORDS) + 1)]  # fmt: skip
    return tuple(map(tuple, rows)), tuple(map(tuple, bounds))


PREFACES, PREFACE_BOUNDS = _table(_PREFACES)
LEADS, LEAD_BOUNDS = _table(_LEADS)


# -- matching --------------------------------------------------------------------------------------


def _phrase_at(found: Found, at: int, last: int, rows: Table, low: int, high: int) -> int:
    """The row of the phrase that begins at token `at`, or -1."""
    for row in range(low, high):
        size = rows[row][2]
        if at + size > last:
            continue
        fits = True
        for i in range(size):
            if found.lead[at + i] != rows[row][3 + i]:
                fits = False
                break
            if i + 1 < size:
                gap = found.gap[at + i]
                if not gap & ONE and not (i + 2 == size and rows[row][1] and gap & COMMA_ONE):
                    fits = False
                    break
        if fits and _ends(found.gap[at + size - 1], rows[row][0]):
            return row
    return -1


def _ends(gap: int, how: int) -> bool:
    if how == SPACE:
        return gap & ONE_FIRST != 0
    if how == MAYBE_COMMA:
        return gap & (ONE_FIRST | COMMA_FIRST) != 0
    if how == PUNCTUATED:
        return gap & CLOSED_FIRST != 0
    return gap & LEADING_FIRST != 0


def _goes_on(gap: int, how: int) -> bool:
    """Whether the phrase ended right before the next token."""
    if how == SPACE:
        return gap & ONE != 0
    if how == MAYBE_COMMA:
        return gap & (ONE | COMMA_ONE) != 0
    if how == PUNCTUATED:
        return gap & CLOSED != 0
    return gap & LEADING != 0


def led(found: Found, last: int, rows: Table, bounds: Table) -> int:
    """How many tokens of `[0, last)` the phrases at the beginning take."""
    at = 0
    while at < last:
        lead = found.lead[at]
        row = _phrase_at(found, at, last, rows, bounds[lead][0], bounds[lead][1])
        if row < 0:
            break
        at += rows[row][2]
        if not _goes_on(found.gap[at - 1], rows[row][0]):
            break
    return at


def asks(found: Found, count: int, begins: bool) -> bool:
    """Whether a sentence begins as questions do; `begins`: no mark stands before its first word."""
    first = led(found, count, LEADS, LEAD_BOUNDS) if begins and count else 0
    if count - first < 2:
        return False
    one, two = found.bits[first], found.bits[first + 1]
    if one & ASKS:
        if one & OPEN and not two & SELF:
            if found.small[first] == HOW:
                return True
            for at in range(first + 1, min(first + 6, count)):
                if found.bits[at] & (COPULA | AUXILIARY):
                    return True
            return False
        return two & (COPULA | AUXILIARY) != 0
    return one & YESNO != 0 and two & WHOM != 0 and not found.marks[first] & BEHIND
