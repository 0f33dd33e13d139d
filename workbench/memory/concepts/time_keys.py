"""Resolves times ("yesterday", "2 March 2026") to normalised keys.

Dates become `2026-03-02`, months of a year `2026-03`, days without a year `03-02`, hours `15:00`.
Relative times ("yesterday", "3 days ago", "last week") become a date, week, month or year if the
time of the statement is known, else their own words.
"""

import re
from datetime import date, datetime, timedelta

from ingest.language.numerals import cardinals, months, ordinals, weekdays
from ingest.language.word_lists import exclusive

_MONTH_NAMES, _WEEKDAYS = exclusive()["month"], weekdays()
_MONTHS = months()
_CARDINALS = cardinals("en") | {"hundred": 100}
_ORDINALS = ordinals()
_ISO = re.compile(r"(\d{4})[-/](\d\d?)[-/](\d\d?)(?:t(\d\d:\d\d))?")
_REVERSED = re.compile(r"(\d\d?)[./-](\d\d?)[./-](\d{4})")
_CLOCK = re.compile(r"(\d{1,2})(?::(\d\d))?(?::\d\d)? ?(am|pm|a\.m|p\.m|o'clock|oclock)?")
_UNITS = {"min": "minute", "hr": "hour", "centurie": "century"}
_CLOCK_ENDS = ("am", "pm", "a.m", "p.m", "o'clock", "oclock")
_SHORT_DAYS = ("mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri")
_DAYS = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
#: Units in days, and in months.
_IN_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_IN_MONTHS = {"month": 1, "year": 12, "decade": 120}
_TURNS = dict.fromkeys(("last", "past", "previous"), -1) | dict.fromkeys(
    ("next", "coming", "following", "upcoming"), 1
)
_TURNS["this"] = 0


def time_key(words: list[str], at: float | None) -> str:
    """The key of a time in these lower-case words; `at` is the time of the statement in seconds."""
    if words and words[0] in ("the", "of"):
        words = words[1:]
    if not words:
        return ""
    words = [str(_CARDINALS.get(word, word)) for word in words]
    first, final = words[0], words[-1]
    reference = _to_date(at)
    if len(words) == 1:
        return _single(first, reference)
    if final in _CLOCK_ENDS:
        return _single(f"{first} {final}", reference)
    if any(word in _MONTHS for word in words):
        return _month(words, reference)
    unit = _unit(final)
    if final == "ago":
        unit = _unit(words[-2])
        count = 1 if first in ("a", "an") else int(first) if first.isdecimal() else 0
        return (count and _shifted(reference, -count, unit)) or f"{first} {unit} ago"
    if first in _TURNS:
        return _turn(_TURNS[first], unit, reference) or f"{first} {unit}"
    if first in ("every", "each"):
        return f"every {unit}"
    if first in _DAYS or _weekday(first):
        return _single(first, reference)
    if final.isdigit():
        return f"{final}-{first.upper()}" if first[0] == "q" else f"{first} {final}"
    return " ".join((*words[:-1], unit))


def _to_date(at: float | None) -> date | None:
    try:
        return None if at is None else datetime.fromtimestamp(at).date()
    except (OverflowError, OSError, ValueError):
        return None


def _unit(word: str) -> str:
    singular = word.removesuffix("s")
    return _UNITS.get(singular, singular)


def _weekday(word: str) -> str:
    """The weekday that a word or its abbreviation stands for, or ""."""
    if word in _SHORT_DAYS:
        return next(day for day in _WEEKDAYS if day.startswith(word[:3]))
    word = word.removesuffix("s")
    return word if word in _WEEKDAYS else ""


def _single(word: str, reference: date | None) -> str:
    if word in _DAYS:
        return _shifted(reference, _DAYS[word], "day") or word
    if word in _MONTHS:
        return _MONTH_NAMES[_MONTHS[word] - 1]
    if day := _weekday(word):
        return day
    if match := _ISO.fullmatch(word):
        return _day(*match.group(1, 2, 3)) + (f" {match[4]}" if match[4] else "")
    if match := _REVERSED.fullmatch(word):
        first, second, year = match.group(1, 2, 3)
        return _day(year, second, first) if int(second) <= 12 else _day(year, first, second)
    match = _CLOCK.fullmatch(word)
    if match and (match[2] or match[3]):
        hour, half = int(match[1]), (match[3] or "o")[0]
        if half in "ap" and hour <= 12:
            hour = hour % 12 + 12 * (half == "p")
        return f"{hour:02}:{match[2] or '00'}"
    return word.removesuffix("s") if word.isalpha() else word


def _day(year: str, month: str, day: str) -> str:
    return f"{year}-{int(month):02}-{int(day):02}"


def _month(words: list[str], reference: date | None) -> str:
    month = next(_MONTHS[word] for word in words if word in _MONTHS)
    turn = _TURNS.get(words[0])
    if turn is not None:
        if reference is None:
            return f"{words[0]} {_MONTH_NAMES[month - 1]}"
        direction = (month > reference.month) - (month < reference.month)
        return f"{reference.year + turn * (direction != turn)}-{month:02}"
    day = year = ""
    for word in words:
        digits = word.rstrip("sthnrd")
        if word in _ORDINALS:
            day = f"-{_ORDINALS[word]:02}"
        elif digits.isdecimal():
            if len(digits) == 4:
                year = f"{digits}-"
            elif len(digits) < 3:
                day = f"-{int(digits):02}"
    return f"{year}{month:02}{day}" if day or year else _MONTH_NAMES[month - 1]


def _shifted(reference: date | None, count: int, unit: str) -> str:
    """The key of the day, month or year so many units away; "" if unknown."""
    if reference is None:
        return ""
    months = reference.year * 12 + reference.month - 1 + count * _IN_MONTHS.get(unit, 0)
    try:
        if unit in _IN_DAYS:
            return (reference + timedelta(count * _IN_DAYS[unit])).isoformat()
        key = date(months // 12, months % 12 + 1, 1).isoformat()
    except (OverflowError, ValueError):
        return ""
    return key[: 7 if unit == "month" else 4] if unit in _IN_MONTHS else ""


def _turn(turn: int, unit: str, reference: date | None) -> str:
    """The key of the last, this or next weekday, week, month or year."""
    if reference is None or unit not in ("week", "month", "year", *_WEEKDAYS):
        return ""
    if unit in _WEEKDAYS:
        ahead = (_WEEKDAYS.index(unit) - reference.weekday()) % 7
        return _shifted(reference, ahead - 7 if turn < 0 else ahead or 7 * turn, "day")
    key = _shifted(reference, turn, unit)
    if unit == "week" and key:
        year, week, _ = date.fromisoformat(key).isocalendar()
        key = f"{year}-W{week:02}"
    return key
