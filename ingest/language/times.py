"""Recognises times in words, spans of tokens, and phrases."""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import lru_cache

from ingest.language.nouns import singular
from ingest.language.numerals import months, number_words
from ingest.language.records import Phrase, Token
from ingest.language.word_lists import exclusive, words

_CLOCK = re.compile(r"\d{1,2}(?:[:.]\d\d)?(?:[ap]\.?m\.?)?$|o'clock$")
_YEAR = re.compile(r"(?:1\d|20)\d\d$")
_QUARTER = re.compile(r"q[1-4]$")
_COUNT = re.compile(r"\d{1,2}(?:st|nd|rd|th)$|\d+$")
_NTH = re.compile(r"\d{1,2}(?:st|nd|rd|th)$")
_ISO = re.compile(r"(?:19|20)\d\d-[01]?\d-[0-3]?\d")
_SHORT = re.compile(r"\d{1,2}:\d\d|\d+(?:[ap]m|st|nd|rd|th)$")
_DATE = re.compile(r"\d{1,2}([/.-])\d{1,2}\1(?:\d\d)?\d\d$|\d{4}([/-])\d{1,2}\2\d{1,2}$")
_OFFSET = re.compile(r"[+\-−]\d{1,2}(?::?\d\d)?$")
_HOURS = re.compile(r"\d{1,2}(?:\.\d\d)?(?:[ap]\.?m\.?)$|o'clock$")
_RECURRENT = ("every", "each", "daily", "weekly", "once", "twice", "times")
_CLOCKS = ("noon", "midday", "midnight", "o'clock", "am", "pm", "a.m.", "p.m.")
_OF_CLOCK = ("o'clock", "am", "pm", "a.m.", "p.m.")
#: Words whose forms are cached.
_REMEMBERED = 16_384
#: Days that occur alone or in a time phrase, never modified by other words.
NO_HEAD = frozenset(
    (*exclusive()["weekday"], "yesterday", "today", "tomorrow", "tonight", "ago", "nowadays")
)


def is_time(phrase: Phrase | None, preposition: str = "") -> bool:
    """Whether a phrase is a time, with this preposition before it."""
    if phrase is None:
        return False
    if phrase.kind == "time":
        return True
    if phrase.head in ("start", "beginning", "middle", "end") and phrase.owner is not None:
        # “the end of the month”, “the end of 2028”
        return phrase.owner.kind == "time" or bool(_YEAR.match(phrase.owner.head))
    prepositions = (
        "at", "until", "since", "till", "by", "before", "after", "around", "from", "to", "between",
    )  # fmt: skip
    definite = phrase.determiner == "the" and not (phrase.mods or phrase.owner)
    nth = phrase.head in exclusive()["ordinal"] or (
        phrase.kind == "number" and _NTH.match(phrase.head)
    )
    if definite and preposition in ("on", *prepositions) and nth:
        # “on the ninth”, “on the 9th”
        return True
    if preposition in (*prepositions, "in") and (
        _YEAR.match(phrase.head) or _QUARTER.match(phrase.head)
    ):
        return True
    return (
        preposition in prepositions
        and phrase.kind == "number"
        and not phrase.head.startswith(tuple("£$€¥"))
    )


def is_clock(phrase: Phrase) -> bool:
    """Whether a time is a time of day: “9:15”, “half past nine”, “noon”."""
    lows = phrase.text.lower().split()
    dated = any(
        word in months() or _YEAR.match(word) or _NTH.match(word) or _DATE.match(word)
        for word in lows
    )
    if not dated and (phrase.kind == "number" or set(_CLOCKS) & set(lows)):
        return True
    return not dated and (":" in phrase.text or any(map(_HOURS.match, lows)) or "past" in lows)


def recurs(phrase: Phrase) -> bool:
    """Whether a time recurs: “Mondays”, “every June”, “twice a week”."""
    lows = phrase.text.lower().split()
    return any(
        word in _RECURRENT or (word != singular(word) and singular(word) in words("time"))
        for word in lows
    )


def as_event(phrase: Phrase) -> Phrase:
    """“The lunch”, “my birthday” as an event, not a time: it may be moved."""
    if phrase.kind != "time" or not phrase.text.lower().startswith(("the ", "my ", "our ")):
        return phrase
    return replace(phrase, kind="noun", determiner="the", mods=frozenset())


def time_of(tokens: Sequence[Token], first: int, stop: int) -> tuple[str, list[str]] | None:
    """The head and modifiers of a span that is a time, or None.

    “5 June 1979”, “every Monday”, “half past nine”, “the 12th”, “this evening”.
    """
    low = [token.low for token in tokens[first:stop]]
    if len(low) == 1 and _ISO.fullmatch(low[0]):
        return low[0], []
    if low[-1] in ("ago", "later", "earlier") and stop - first > 1:
        low = low[:-1]
        if singular(low[-1]) in words("time") and has_count(tokens[first]):
            return singular(low[-1]), low[:-1]
        return None
    zoned = 2 if low[-1] == "time" else _OFFSET.sub("", low[-1]) in words("zone")
    if stop - first > zoned > 0:
        # “9 am EST”, “07:40 UTC+2”, “10:07 local time”
        clock_time = time_of(tokens, first, stop - zoned)
        if clock_time is None or not (
            ":" in clock_time[0] or clock_time[0] in _CLOCKS or _HOURS.match(clock_time[0])
        ):
            return None
        return clock_time[0], [*clock_time[1], *low[-zoned:]]
    if stop - first == 3 and low[1] == "to" and _hour(low[0]) and _hour(low[2]):
        # “9 to 5”
        if first and tokens[first - 1].low == "from":
            return None
        return low[2], low[:1]
    if "S" in tokens[first].tags or not all(map(_time_part, low)):
        return None
    counted = "C" in tokens[first].tags
    if not (_is_time_word(low[0]) if stop - first == 1 else _is_time_phrase(low, counted)):
        return None
    mods = [singular(w) for w in low[:-1] if w not in ("the", "of", "a", "an")]
    return singular(low[-1]), mods


def _is_time_word(word: str) -> bool:
    """Whether one word is a time by itself."""
    if not (names_time(word) or _SHORT.match(word) or _DATE.match(word)):
        return False
    return word not in ("second", "quarter", "fall", "moment") and word[0] not in "£$€"


def _is_time_phrase(low: Sequence[str], counted: bool) -> bool:
    """Whether words of times together are one; `counted`: the first of them is a number."""
    if (
        low == ["the", "second"]
        or low[-1] in ("and", "of", "the", "a", "every", "to", "past", "per", "each")
        or (len(low) == 2 and counted and low[1] not in (*months(), *_OF_CLOCK, "noon", "times"))
    ):
        return False
    if low[-1] == "one" and not {"past", "to"} & set(low):
        # “the second one”
        return False
    if low[-1].isdecimal() and (
        singular(low[-2]) in NO_HEAD or (low[-2] == "second" and not _YEAR.match(low[-1]))
    ):
        # “on Mondays 2 euros”, “the second 200”
        return False
    unit = singular(low[-1]) in words("span")
    numbered = counted or low[0] in ("a", "an", "half")
    if unit and numbered and not any(w in low[1:] for w in ("a", "every", "per", "each")):
        return False
    clock = {"past", "to", *_OF_CLOCK} & set(low)
    if not (clock or any(map(names_time, low)) or any(map(_YEAR.match, low))):
        return False
    quarters = ("half", "quarter", "past", "a", "to")
    if ("and" in low and not clock) or (
        "to" in low and not all(w in quarters or w in number_words() for w in low)
    ):
        return False
    if "of" in low and not low[0][0].isdigit() and low[0] not in ("the", "first", "end"):
        return False
    return low[0] in words("time_lead") or counted or names_time(low[0])


@lru_cache(_REMEMBERED)
def names_time(word: str) -> bool:
    """Whether a word is a day, a month, a unit of time or a part of the day."""
    return word in words("time") or singular(word) in words("time")


@lru_cache(_REMEMBERED)
def may_end_time(word: str) -> bool:
    """Whether a word may be the last one of a time."""
    return bool(
        word in ("ago", "later", "earlier", "time")
        or _time_part(word)
        or _hour(word)
        or _ISO.fullmatch(word)
        or _OFFSET.sub("", word) in words("zone")
    )


@lru_cache(_REMEMBERED)
def _time_part(word: str) -> bool:
    """Whether a word may be part of a time."""
    return bool(
        word in words("time_part")
        or names_time(word)
        or _CLOCK.match(word)
        or _DATE.match(word)
        or _YEAR.match(word)
        or word in number_words()
        or _COUNT.match(word)
    )


def _hour(word: str) -> bool:
    return word.isdecimal() and int(word) <= 24


def has_count(token: Token) -> bool:
    """Whether a time phrase begins with a count."""
    return "C" in token.tags or token.low in ("a", "an", "some", "many", "long")


def day_of(text: str) -> date | None:
    """The date of a time with its year, such as “2 June 2015”; None if it has none."""
    with suppress(ValueError):
        return date.fromisoformat(text)
    parts = re.findall(r"[a-z]+|\d+", text.lower())
    month_numbers = {months()[word] for word in parts if word in months()}
    years = [int(word) for word in parts if _YEAR.match(word)]
    days = [int(word) for word in parts if word.isdecimal() and len(word) < 3]
    if len(month_numbers) == len(years) == len(days) == 1:
        with suppress(ValueError):
            return date(years[0], month_numbers.pop(), days[0])
    return None
