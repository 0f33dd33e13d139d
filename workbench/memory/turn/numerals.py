"""Numbers as people write them, in digits or in English words, read exactly; and written back.

What is no number for sure (`007`, `1.2.3`, `12,34.5`) is refused rather than guessed: it may be a
version, a telephone number or a key.
"""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal, Inexact
from fractions import Fraction

_UNITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    "ten", "eleven", "twelve", "thirteen", "fourteen",
    "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SMALL = {
    **{word: value for value, word in enumerate(_UNITS)},
    **{word: 10 + value for value, word in enumerate(_TEENS)},
    **{word: 20 + 10 * value for value, word in enumerate(_TENS)},
}
#: Every word that a number in words is made of.
NUMBER_WORDS = (*_SMALL, "hundred", *_SCALES)

#: Digits with marks between them; `read_digits` decides whether they are a number.
DIGITS = r"(?:\d(?:[\d.,]*\d)?|\.\d+)(?:e[+-]?\d{1,3}(?![\w.]))?"

_PLAIN = re.compile(r"(?:0|[1-9]\d*)?(?:\.\d+)?")
_BY_COMMA = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")
_BY_STOP = re.compile(r"[1-9]\d{0,2}(?:\.\d{3}){2,}(?:,\d+)?|[1-9]\d{0,2}(?:\.\d{3})+,\d+")
_COMMA_FRACTION = re.compile(r"(?:0|[1-9]\d*),\d+")

#: Whole numbers are written out up to so many digits; decimals up to so many places.
_MOST_DIGITS = 100
_MOST_PLACES = 15
#: A rounded result keeps six places, or six significant digits where it is below one.
_ROUNDED = 6


def read_digits(raw: str) -> Fraction | None:
    """The number written in ASCII digits; None for what may be something else.

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
    """The number said in lower-case English words; None where they say no single number."""
    total = current = 0
    said = False
    ceiling = 10**15
    for word in words:
        if word == "and":
            continue
        if word == "a":
            current += 1
        elif word == "hundred":
            if not 1 <= current <= 9:
                return None
            current *= 100
        elif word in _SCALES:
            scale = _SCALES[word]
            if not current or scale >= ceiling:
                return None
            total, current, ceiling = total + current * scale, 0, scale
        else:
            value = _SMALL[word]
            room = 10 if value < 10 else 100
            if said and (current % room or not value or (value < 20 and current % 100 == 10)):
                return None
            if not current and total and not value:
                return None
            current += value
        said = True
    return Fraction(total + current) if said else None


def write(value: Fraction) -> tuple[str, bool]:
    """A value in digits, and whether that is exactly the value.

    What ends within 15 places is written whole. The rest is rounded, half away from zero, to six
    places, or below one to six significant digits; beyond 100 digits as `1.26765 × 10^130`.
    """
    context = Context(prec=_MOST_DIGITS, rounding=ROUND_HALF_UP)
    number = context.divide(Decimal(value.numerator), Decimal(value.denominator))
    places = -int(number.as_tuple().exponent)
    if not context.flags[Inexact] and places <= _MOST_PLACES:
        return _plain(number), True
    order = number.adjusted()
    scientific = not -_MOST_PLACES < order < _MOST_DIGITS
    kept = _ROUNDED if scientific else _ROUNDED + max(order + 1, 0)
    number = Context(prec=kept, rounding=ROUND_HALF_UP).plus(number)
    if not scientific:
        return _plain(number), False
    return f"{_plain(number.scaleb(-number.adjusted()))} × 10^{number.adjusted()}", False


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
