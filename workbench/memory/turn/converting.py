"""Unit conversion: “5 miles in km”, “how many minutes are in 3 hours?”.

The factors are those by which the units are defined (the international yard and pound of 1959); of
units that are not the same everywhere, such as the gallon, none is known here. A line that is
anything else is left alone, as in `arithmetic`.
"""

import re
from fractions import Fraction

from ingest.language.word_lists import entries
from workbench.memory.turn.arithmetic import Calculation, calculate
from workbench.memory.turn.numerals import DIGITS, NUMBER_WORDS, read_digits, read_words, write

#: Longer lines hold no measure.
_MOST_CHARACTERS = 120


def _units() -> dict[str, tuple[str, str, Fraction]]:
    """Name → dimension, how the unit is written, how much of the first one it is."""
    found: dict[str, tuple[str, str, Fraction]] = {}
    for dimension, units in entries("units.txt"):
        said, factor = "", Fraction(0)
        for word in units.replace(";", " ").split():
            if "=" in word:
                said, _, number = word.partition("=")
                factor = Fraction(number)
            name = word.partition("=")[0].lower().replace("-", " ")
            found[name] = dimension, said.replace("-", " "), factor
    return found


_UNITS = _units()
#: Degrees: how many kelvins one is, and where its scale begins.
_DEGREES = {
    "°C": (Fraction(1), Fraction("273.15")),
    "°F": (Fraction(5, 9), Fraction("273.15") - Fraction(160, 9)),
    "K": (Fraction(1), Fraction(0)),
}
_SCALES = {
    "c": "°C", "°c": "°C", "celsius": "°C", "degrees celsius": "°C", "degrees c": "°C",
    "centigrade": "°C", "f": "°F", "°f": "°F", "fahrenheit": "°F", "degrees fahrenheit": "°F",
    "degrees f": "°F", "kelvin": "K",
}  # fmt: skip
_UNIT = "|".join(re.escape(name) for name in sorted({*_UNITS, *_SCALES}, key=len, reverse=True))
_NUMBER = (
    rf"(?:-?{DIGITS}|(?:{'|'.join(NUMBER_WORDS)})(?:[\s-]+(?:{'|'.join(NUMBER_WORDS)}))*|an?|one)"
)
_OPENING = (
    r"(?:(?:ok|okay|so|and|please)[,\s]+)*(?:(?:can|could)\s+you\s+)?(?:please\s+)?"
    r"(?:(?:convert|what(?:['’]?s|\s+is|\s+are)?|how\s+much(?:\s+is|\s+are)?|tell\s+me)\s+)?"
)
_SHAPES = (
    re.compile(
        rf"{_OPENING}(?P<number>{_NUMBER})\s*(?P<unit>{_UNIT})\s+(?:in|to|into|as)\s+(?P<to>{_UNIT})"
        r"\s*[?？.!]*",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:so\s+|and\s+)?how\s+many\s+(?P<to>{_UNIT})\s+(?:(?:are|is)\s+)?(?:there\s+)?"
        rf"(?:in|make)\s+(?P<number>{_NUMBER})\s*(?P<unit>{_UNIT})\s*[?？.!]*",
        re.IGNORECASE,
    ),
)


def worked_out(line: str) -> Calculation | None:
    """The sum that a line is, or the measure in other units; None where it is neither."""
    return calculate(line) or convert(line)


def convert(line: str) -> Calculation | None:
    """The measure that a line asks for in other units; None where it asks for none."""
    if len(line) > _MOST_CHARACTERS:
        return None
    text = line.strip()
    found = next(filter(None, (shape.fullmatch(text) for shape in _SHAPES)), None)
    number = None if found is None else _number(found["number"])
    if found is None or number is None:
        return None
    result = _in(number, " ".join(found["unit"].split()), " ".join(found["to"].split()))
    if result is None:
        return None
    amount, unit = result
    value, exact = write(amount, True)
    shown = f"{found['number']} {found['unit']}"
    return Calculation(found.start(), found.end(), shown, f"{value} {unit}", exact)


def _number(said: str) -> Fraction | None:
    if said[:1].isdigit() or said[:1] in "-.":
        digits = read_digits(said.lstrip("-"))
        return None if digits is None else -digits if said[0] == "-" else digits
    words = [word for word in re.split(r"[\s-]+", said.lower()) if word]
    return read_words(["a" if word == "an" else word for word in words])


def _in(number: Fraction, unit: str, other: str) -> tuple[Fraction, str] | None:
    """So much of a unit in another, and how that is written; None where they differ in kind."""
    one, to = unit.lower(), other.lower()
    if one in _SCALES and to in _SCALES:
        size, begin = _DEGREES[_SCALES[one]]
        smaller, start = _DEGREES[_SCALES[to]]
        return (number * size + begin - start) / smaller, _SCALES[to]
    if one not in _UNITS or to not in _UNITS:
        return None
    dimension, _, factor = _UNITS[one]
    wanted, said, by = _UNITS[to]
    return (number * factor / by, said) if dimension == wanted else None
