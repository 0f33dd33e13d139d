"""Numerals: numbers in words and digits read exactly and written back; months and weekdays.

The words are in `resources/language/numerals.txt`. Ambiguous ones (`007`, `1.2.3`, `12,34.5`) are
rejected, since they may be a version, a telephone number or a key. text2num 3.1 (MIT) was tried; it
lacks `a hundred`, trillions and Russian.
"""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal, Inexact
from fractions import Fraction
from functools import cache

from ingest.language.word_lists import entries, exclusive

#: Digits with separators; `read_digits` decides whether they are a number.
DIGITS = r"(?:\d(?:[\d.,]*\d)?|\.\d+)(?:e[+-]?\d{1,3}(?![\w.]))?"

_PLAIN = re.compile(r"(?:0|[1-9]\d*)?(?:\.\d+)?")
_BY_COMMA = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")
_BY_STOP = re.compile(r"[1-9]\d{0,2}(?:\.\d{3}){2,}(?:,\d+)?|[1-9]\d{0,2}(?:\.\d{3})+,\d+")
_COMMA_FRACTION = re.compile(r"(?:0|[1-9]\d*),\d+")

#: Integers have at most so many digits, decimals so many places.
_MAX_DIGITS = 100
_MAX_PLACES = 15
#: Places of a rounded result, or significant digits below one.
_ROUNDED = 6


@cache
def _numbered(kind: str, language: str) -> dict[str, int]:
    """The words of a kind in a language (all languages for ""), with their values."""
    first, step = {"tens": (20, 10), "ordinal": (1, 1), "month": (1, 1)}.get(kind, (0, 1))
    values: dict[str, int] = {}
    for name, members in entries("numerals.txt", ""):
        if name == f"{kind} {language}" or (not language and name.startswith(f"{kind} ")):
            for at, group in enumerate(members.split()):
                for form in group.split("/"):
                    word, _, value = form.partition("=")
                    values[word] = int(value or first + step * at)
    return values


def cardinals(language: str = "") -> dict[str, int]:
    """The words for integers to twenty and for tens; of all languages by default."""
    return _numbered("cardinal", language) | tens(language)


def tens(language: str = "") -> dict[str, int]:
    """The words for twenty, thirty … ninety."""
    return _numbered("tens", language)


def ordinals(language: str = "en") -> dict[str, int]:
    """The words for first, second … twentieth."""
    return _numbered("ordinal", language)


def scales(language: str = "") -> dict[str, int]:
    """The words that multiply: dozen, hundred, thousand …"""
    return _numbered("scale", language)


@cache
def number_words() -> frozenset[str]:
    """Every English word of spelled-out numbers."""
    return frozenset(cardinals("en")) | frozenset(scales("en"))


@cache
def months(language: str = "en") -> dict[str, int]:
    """The months by name and abbreviation, as numbers; "" is all languages."""
    names = _numbered("month", language).items()
    return {word: at for name, at in names for word in (name, name[:3])}


def weekdays() -> tuple[str, ...]:
    """The weekdays by their English names, from Monday on."""
    return exclusive()["weekday"]


def read_digits(raw: str) -> Fraction | None:
    """The number in ASCII digits; None if ambiguous.

    `1,000` and `1.000.000` are grouped, `3,5` is a decimal comma, `1.000` a decimal point.
    """
    digits, _, exponent = raw.partition("e")
    if _PLAIN.fullmatch(digits):
        plain = digits
    elif _BY_COMMA.fullmatch(digits):
        plain = digits.replace(",", "")
    elif _BY_STOP.fullmatch(digits):
        plain = digits.replace(".", "").replace(",", ".")
    elif _COMMA_FRACTION.fullmatch(digits):
        plain = digits.replace(",", ".")
    else:
        return None
    return Fraction(plain) * Fraction(10) ** int(exponent or 0)


def read_words(words: Sequence[str]) -> Fraction | None:
    """The number in lower-case English words; None if they are no single number."""
    units, multiples = cardinals("en"), scales("en")
    total = current = 0
    started = False
    ceiling = 10**15
    for word in words:
        if word == "and":
            continue
        if word == "a":
            current += 1
        elif word in ("hundred", "dozen"):
            if not 1 <= current <= 9:
                return None
            current *= multiples[word]
        elif word in multiples:
            scale = multiples[word]
            if not current or scale >= ceiling:
                return None
            total, current, ceiling = total + current * scale, 0, scale
        else:
            value = units[word]
            room = 10 if value < 10 else 100
            if started and (current % room or not value or (value < 20 and current % 100 == 10)):
                return None
            if not current and total and not value:
                return None
            current += value
        started = True
    return Fraction(total + current) if started else None


def write(value: Fraction) -> tuple[str, bool]:
    """Format a value in digits; returns whether that is exact.

    Up to 15 places are exact. Otherwise it is rounded, half away from zero, to six places, or below
    one to six significant digits; beyond 100 digits as `1.26765 × 10^130`.
    """
    context = Context(prec=_MAX_DIGITS, rounding=ROUND_HALF_UP)
    number = context.divide(Decimal(value.numerator), Decimal(value.denominator))
    places = -int(number.as_tuple().exponent)
    if not context.flags[Inexact] and places <= _MAX_PLACES:
        return _plain(number), True
    order = number.adjusted()
    scientific = not -_MAX_PLACES < order < _MAX_DIGITS
    precision = _ROUNDED if scientific else _ROUNDED + max(order + 1, 0)
    number = Context(prec=precision, rounding=ROUND_HALF_UP).plus(number)
    if not scientific:
        return _plain(number), False
    return f"{_plain(number.scaleb(-number.adjusted()))} × 10^{number.adjusted()}", False


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
