"""Measures in other units: “5 miles in km”, “how many minutes are in 3 hours?”, worked out exactly.

The factors are those by which the units are defined (the international yard and pound of 1959); of
units that are not the same everywhere, such as the gallon, none is known here. A line that is
anything else is left alone, as in `arithmetic`.
"""

import re
from fractions import Fraction

from workbench.memory.turn.arithmetic import Calculation, calculate
from workbench.memory.turn.numerals import DIGITS, NUMBER_WORDS, read_digits, read_words, write

#: Longer lines hold no measure.
_MOST_CHARACTERS = 120

#: Dimension: unit (as it is written in a result) = how much of the first, and its other names.
_TABLE = """
length: m=1 metre metres meter meters; km=1000 kilometre kilometres kilometer kilometers kms
 cm=0.01 centimetre centimetres centimeter centimeters; mm=0.001 millimetre millimetres millimeter
 millimeters; miles=1609.344 mile mi; yards=0.9144 yard yd; feet=0.3048 foot ft
 inches=0.0254 inch; nautical-miles=1852 nautical-mile
mass: kg=1 kilo kilos kilogram kilograms kgs; g=0.001 gram grams; mg=0.000001 milligram milligrams
 tonnes=1000 tonne; lb=0.45359237 lbs pound pounds; oz=0.028349523125 ounce ounces
 stone=6.35029318 stones
time: seconds=1 second sec secs s; minutes=60 minute min mins; hours=3600 hour hr hrs h
 days=86400 day; weeks=604800 week; milliseconds=0.001 millisecond ms
months: months=1 month; years=12 year; decades=120 decade; centuries=1200 century
 quarters=3 quarter
speed: km/h=1 kmh kph kilometres-per-hour kilometers-per-hour; mph=1.609344 miles-per-hour
 m/s=3.6 metres-per-second meters-per-second; knots=1.852 knot
volume: l=1 litre litres liter liters; ml=0.001 millilitre millilitres milliliter milliliters
 cl=0.01 centilitre centilitres
area: m²=1 square-metre square-metres square-meter square-meters; hectares=10000 hectare ha
 acres=4046.8564224 acre; km²=1000000 square-kilometre square-kilometres square-kilometers
energy: kJ=1 kj kilojoule kilojoules; kcal=4.184 calorie calories kilocalorie kilocalories
"""


def _units() -> dict[str, tuple[str, str, Fraction]]:
    """Name → dimension, how the unit is written, how much of the first one it is."""
    found: dict[str, tuple[str, str, Fraction]] = {}
    for line in _TABLE.strip().replace("\n ", "; ").splitlines():
        dimension, _, units = line.partition(": ")
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
