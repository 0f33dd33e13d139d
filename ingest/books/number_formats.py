"""Numbers of a spreadsheet as its cells show them: ECMA-376 part 1, 18.8.30 and 18.8.31.

Dates are written as in ISO 8601 whatever the format, and thousands are not grouped, so that they
are found and compared.
"""

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache

#: Formats that files do not define (18.8.30).
BUILT_IN = {
    int(number): code
    for code, _, numbers in (
        row.strip().partition(": ")
        for row in """\
    0: 1
    0.00: 2
    #,##0: 3 37 38
    #,##0.00: 4 39 40 43 44
    0%: 9
    0.00%: 10
    0.00E+00: 11
    # ?/?: 12
    # ??/??: 13
    yyyy-mm-dd: 14 15 16 17 27 28 29 30 31 36 50 51 52 53 54 57 58
    h:mm: 18 20
    h:mm:ss: 19 21
    yyyy-mm-dd h:mm: 22
    mm:ss: 45 47
    [h]:mm:ss: 46
    0.0E+0: 48
    @: 49""".splitlines()
    )
    for number in numbers.split()
}
_LITERAL = re.compile(
    r'"([^"]*)"|\\(.)|_.|\*.|\[\$([^\]-]*)(?:-[^\]]*)?\]|\[(?![hms]+\])[^\]]*\]', re.I
)
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_DIGITS = re.compile(r"(?:[0#?][0#?,]*(?:\.[0#?]*)?|\.[0#?]+),*")
_MASK = re.compile(r"0+(?:[- ()]+0+)+")
#: Decimals that a format may ask for.
_MOST_PLACES = 15
_LARGEST = 1e15


def shown(number: str, code: str, since_1904: bool = False) -> str:
    """The text of a cell with this number and format; the number itself in an unknown format."""
    try:
        value = float(number)
    except ValueError:
        return number
    if not code or code.lower().startswith("general") or abs(value) >= _LARGEST:
        return plain(value)
    try:
        return _formatted(value, code, since_1904)
    except (ValueError, OverflowError, InvalidOperation, ZeroDivisionError):
        return plain(value)


def plain(value: float) -> str:
    """A number without a format."""
    return f"{value:.0f}" if 1e12 <= abs(value) < 1e18 else f"{value:.12g}"


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[str, ...]:
    """The parts of a format for positive and negative numbers, zero and text."""
    return tuple(re.findall(r'((?:"[^"]*"|\\.|[^;"\\])*)(?:;|\Z)', code))


@lru_cache(maxsize=512)
def _bare(code: str) -> str:
    return _LITERAL.sub("", code)


def _formatted(value: float, code: str, since_1904: bool) -> str:
    sections = [part for part in _sections(code) if part] or [code]
    negative = value < 0 and len(sections) > 1
    part = (
        sections[1] if negative else sections[2] if not value and len(sections) > 2 else sections[0]
    )
    bare = _bare(part)
    if _ELAPSED.search(part) or re.search("[ymdhs]", bare.replace("General", ""), re.I):
        return _moment(value, part, bare, since_1904)
    if "@" in bare or not re.search("[0#?]", bare):
        return plain(value)
    sign = "-" if value < 0 else ""
    return sign + _filled(abs(value), part, bare).strip()


def _filled(value: float, part: str, bare: str) -> str:
    """A number in the place of the digits of a format, among its words and signs."""
    amount = Decimal(repr(value))
    if "%" in bare:
        amount *= 100
    digits = _DIGITS.search(bare)
    assert digits is not None
    places = digits[0].rstrip(",")
    amount /= 1000 ** (len(digits[0]) - len(places))
    if mask := _MASK.search(bare):
        text = _masked(amount, mask[0])
        form = re.compile(re.escape(mask[0]))
    elif "/" in bare:
        text, form = _fraction(amount, bare), re.compile(r"[0#?][0#? ]*/[0#?\d]+")
    elif re.search(r"E[+-]", bare, re.I):
        wanted = min(len(places.partition(".")[2]), _MOST_PLACES)
        text, form = f"{amount:.{wanted}E}", re.compile(r"[0#?.,]+E[+-][0#?]+", re.I)
    else:
        text, form = _decimal(amount, places), _DIGITS
    literals: list[str] = []

    def keep(match: re.Match[str]) -> str:
        # Its digits are no places of the number.
        literals.append(match[1] or match[2] or match[3] or "")
        return "\1"

    marked = form.sub("\0", _LITERAL.sub(keep, part), count=1)
    words = re.sub("\1", lambda _: literals.pop(0), marked)
    # Brackets say that a number is negative, as its sign does.
    words = re.sub(r"^\((.*)\)$", r"\1", words.replace("General", "").strip())
    return words.lstrip("-").replace("\0", text) if "\0" in words else text


def _decimal(amount: Decimal, places: str) -> str:
    whole, _, fraction = places.partition(".")
    fraction = fraction[:_MOST_PLACES]
    text = str(amount.quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP))
    if optional := len(fraction) - len(fraction.rstrip("#?")):
        kept = text[-optional:].rstrip("0")
        text = (text[:-optional] + kept).rstrip(".")
    left, point, right = text.partition(".")
    return left.zfill(whole.count("0")) + point + right


def _masked(amount: Decimal, mask: str) -> str:
    """The digits of a number in a pattern such as “000-0000”."""
    figures = str(int(amount)).zfill(mask.count("0"))
    ahead = len(figures) - mask.count("0")
    left = iter(figures[ahead:])
    return figures[:ahead] + "".join(next(left) if sign == "0" else sign for sign in mask)


def _fraction(amount: Decimal, bare: str) -> str:
    below = bare.partition("/")[2].strip()
    fixed = re.match(r"\d*[1-9]\d*", below)
    limit = (
        int(fixed[0]) if fixed else 10 ** max(1, min(3, below.count("?") + below.count("#"))) - 1
    )
    part = Fraction(amount)
    entire = int(part) if re.match(r"[0#?]+ ", bare.lstrip()) else 0
    rest = (part - entire).limit_denominator(limit)
    if not rest:
        return str(entire)
    return f"{entire or ''} {rest.numerator}/{rest.denominator}".strip()


def _moment(value: float, part: str, bare: str, since_1904: bool) -> str:
    """A date, a time, or a length of time such as 30:15."""
    has_seconds = "s" in bare.lower()
    if elapsed := _ELAPSED.search(part):
        unit = elapsed[1][0].lower()
        seconds = round(abs(value) * 86_400)
        sign = "-" if value < 0 else ""
        if unit == "s":
            return f"{sign}{seconds}"
        if unit == "m":
            return (
                f"{sign}{seconds // 60}:{seconds % 60:02}"
                if has_seconds
                else f"{sign}{seconds // 60}"
            )
        rest = f":{seconds // 60 % 60:02}" if "m" in bare.lower() else ""
        return f"{sign}{seconds // 3600}{rest}" + (f":{seconds % 60:02}" if has_seconds else "")
    # A month is no minute: it has no hours before or seconds behind it.
    dated = re.search(r"[yd]|mmm", bare, re.I) or not re.search("[hs]", bare, re.I)
    timed = re.search(r"[hs]", bare, re.I)
    start = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30 + (value < 60))
    instant = start + timedelta(seconds=round(value * 86_400))
    clock = f"{instant:%H:%M:%S}" if has_seconds or not timed else f"{instant:%H:%M}"
    if not dated:
        return clock
    day = instant.date().isoformat()
    return f"{day} {clock}" if timed and instant.time() != datetime.min.time() else day
