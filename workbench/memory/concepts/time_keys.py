"""Resolves times ("yesterday", "2 March 2026") to one key for each moment.

Dates become `2026-03-02`, months of a year `2026-03`, days of a year without it `03-02`, hours
`15:00`. What is relative to the telling ("yesterday", "3 days ago", "last week") becomes a date,
week, month or year where that time is known, else its own words.
"""

import re
from datetime import date, datetime, timedelta

from ingest.language.numerals import cardinals, months, ordinals, weekdays
from ingest.language.word_lists import exclusive

_MONTH_NAMES, _WEEKDAYS = exclusive()["month"], weekdays()
_MONTHS = months()
_CARDINALS = cardinals("en") | {"hundred": 100}
_NUMBERS = _CARDINALS | {"a": 1, "an": 1, "half": 0}
_ORDINALS = ordinals()
_ISO = re.compile(r"(\d{4})[-/](\d\d?)[-/](\d\d?)(?:t(\d\d:\d\d))?")
_REVERSED = re.compile(r"(\d\d?)[./-](\d\d?)[./-](\d{4})")
_CLOCK = re.compile(r"(\d{1,2})(?::(\d\d))?(?::\d\d)? ?(am|pm|a\.m|p\.m|o'clock|oclock)?")
_UNITS = {"min": "minute", "hr": "hour", "centurie": "century"}


def time_key(words: list[str], at: float | None) -> str:
    """The key of a time said in these words, in lower case; `at` is the telling in seconds."""
    if words and words[0] in ("the", "of"):
        words = words[1:]
    if not words:
        return ""
    words = [str(_NUMBERS[word]) if word in _CARDINALS else word for word in words]
    first = words[0]
    reference = _to_date(at)
    if len(words) == 1:
        return _single(first, reference)
    final = words[-1]
    if final in ("am", "pm", "a.m", "p.m", "o'clock", "oclock"):
        return _single(f"{first} {final}", reference)
    if any(word in _MONTHS for word in words):
        return _month(words, reference)
    if final == "ago" or final in _MONTHS:
        return (
            _relative(-_count(first), _unit(words[-2]), reference)
            or f"{first} {_unit(words[-2])} ago"
        )
    if first in ("last", "past", "previous", "next", "coming", "following", "upcoming", "this"):
        turn = 0 if first == "this" else -1 if first in ("last", "past", "previous") else 1
        return _turn(turn, _unit(final), reference) or f"{first} {_unit(final)}"
    if first in ("every", "each"):
        return f"every {_unit(final)}"
    if first in ("yesterday", "today", "tomorrow") or _weekday(first):
        return _single(first, reference)
    if final.isdigit():
        return f"{final}-{first.upper()}" if first[0] == "q" else f"{first} {final}"
    return " ".join((*words[:-1], _unit(final)))


def _to_date(at: float | None) -> date | None:
    if at is None:
        return None
    try:
        return datetime.fromtimestamp(at).date()
    except (OverflowError, OSError, ValueError):
        return None


def _count(word: str) -> int:
    digits = word.replace(",", "")
    return int(digits) if digits.isdecimal() and len(digits) < 5 else _NUMBERS.get(word, 0)


def _unit(word: str) -> str:
    singular = word[:-1] if word.endswith("s") else word
    return _UNITS.get(singular, singular)


def _weekday(word: str) -> str:
    """The weekday that a word or its abbreviation names, or ""."""
    if word in _WEEKDAYS:
        return word
    if word.endswith("s") and word[:-1] in _WEEKDAYS:
        return word[:-1]
    if word in ("mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri"):
        return next(day for day in _WEEKDAYS if day.startswith(word[:3]))
    return ""


def _single(word: str, reference: date | None) -> str:
    if word in ("yesterday", "today", "tonight", "tomorrow"):
        if reference is None:
            return word
        return _shifted(reference, {"yesterday": -1, "tomorrow": 1}.get(word, 0)) or word
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
        hour = int(match[1])
        if match[3] and match[3][0] in "ap" and hour <= 12:
            hour = hour % 12 + (12 if match[3][0] == "p" else 0)
        return f"{hour:02}:{match[2] or '00'}"
    return word[:-1] if word.endswith("s") and word[:-1].isalpha() else word


def _day(year: str, month: str, day: str) -> str:
    return f"{year}-{int(month):02}-{int(day):02}"


def _month(words: list[str], reference: date | None) -> str:
    month = next(_MONTHS[word] for word in words if word in _MONTHS)
    if words[0] in ("last", "next", "this", "past", "coming"):
        if reference is None:
            return f"{words[0]} {_MONTH_NAMES[month - 1]}"
        ahead = words[0] in ("next", "coming")
        year = reference.year + (ahead and month <= reference.month)
        year -= words[0] in ("last", "past") and month >= reference.month
        return f"{year}-{month:02}"
    day = year_text = ""
    for word in words:
        digits = word.rstrip("sthnrd")
        if word in _ORDINALS:
            day = f"{_ORDINALS[word]:02}"
        elif digits.isdecimal():
            if len(digits) == 4:
                year_text = digits
            elif len(digits) < 3:
                day = f"{int(digits):02}"
    if not (day or year_text):
        return _MONTH_NAMES[month - 1]
    return "-".join(part for part in (year_text, f"{month:02}", day) if part)


def _shifted(reference: date, days: int) -> str:
    try:
        return (reference + timedelta(days)).isoformat()
    except OverflowError:
        return ""


def _relative(count: int, unit: str, reference: date | None) -> str:
    if reference is None or not count:
        return ""
    if unit in ("day", "week", "fortnight"):
        return _shifted(reference, count * {"day": 1, "week": 7, "fortnight": 14}[unit])
    if unit == "month":
        return _shifted_month(reference, count)
    if (
        unit in ("year", "decade")
        and 0 < reference.year + count * (10 if unit == "decade" else 1) < 9999
    ):
        return str(reference.year + count * (10 if unit == "decade" else 1))
    return ""


def _shifted_month(reference: date, count: int) -> str:
    months = reference.year * 12 + reference.month - 1 + count
    return f"{months // 12:04}-{months % 12 + 1:02}" if 12 <= months < 119_988 else ""


def _turn(turn: int, unit: str, reference: date | None) -> str:
    """Last, this or next day, week, month or year."""
    if reference is None:
        return ""
    if unit in _WEEKDAYS:
        ahead = (_WEEKDAYS.index(unit) - reference.weekday()) % 7
        if turn < 0:
            return _shifted(reference, ahead - 7)
        return _shifted(reference, ahead or (7 if turn else 0))
    if unit == "week":
        try:
            year, week, _ = (reference + timedelta(7 * turn)).isocalendar()
        except OverflowError:
            return ""
        return f"{year}-W{week:02}"
    if unit == "month":
        return _shifted_month(reference, turn)
    return str(reference.year + turn) if unit == "year" else ""
