"""Amounts in a text: numbers in digits or words with units, as comparable values."""

import re
from dataclasses import dataclass

from ingest.language import numerals
from ingest.languages import word_set

#: Cardinal and ordinal numerals of the supported languages, with their values.
_SMALL = numerals.cardinals() | numerals.ordinals()
#: "first" and "second" are ranks rather than counts; "one" and its equivalents are often pronouns.
_LOOSE = word_set("one eins uno un один واحد")

_UNITS = """
metre meter metres meters m метр метра метров mètre mètres متر
kilometre kilometer kilometres kilometers km километр километра километров kilomètre kilomètres
centimetre centimeter centimetres centimeters zentimeter zentimetern cm
millimetre millimeter millimetres millimeters mm
mile miles meile meilen
foot feet ft
kilogram kilograms kilogramme kilogrammes kilo kilos kg килограмм килограммов
gram grams gramme gramm g
pound pounds lb lbs
tonne tonnes ton tons tonnen
litre liter litres liters l
percent per_cent prozent % pourcent процентов
°c celsius
°f fahrenheit
second seconds sekunde sekunden s
minute minutes minuten min минут
hour hours stunde stunden h heures heure
day days tag tage tagen jour jours день дня дней
week weeks woche wochen semaine semaines неделя недель
month months monat monate monaten mois
year years jahr jahre jahren ans années год года лет سنة سنوات
century centuries jahrhundert siècle век
euro euros € eur
dollar dollars $ usd
sterling £ gbp
crown crowns
"""
#: Spelling of a unit → its canonical spelling.
UNITS = {word: line.split()[0] for line in _UNITS.strip().splitlines() for word in line.split()}


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of a text at `[start, end)`; `unit` is "" if there is none."""

    value: float
    unit: str
    start: int
    end: int
    loose: bool = False


#: A number in digits, perhaps grouped by thousands, else a word or the symbol of a unit.
_NUMBER_OR_WORD = re.compile(
    r"(?P<grouped>\d{1,3}(?:[ \u00a0\u202f,.']\d{3})+)(?!\d)(?P<fraction>[.,]\d+)?"
    r"|\d+(?:[.,:]\d+)*|°[CF]\b|[^\W\d_]+(?:-[^\W\d_]+)*|[%€$£°]"
)
_ORDINAL = re.compile(r"(?:st|nd|rd|th|er|e|ème)\b")
#: The word after a number, and its unit.
_NEXT, _UNIT = (
    re.compile(r"[ \u00a0-]?([^\W\d_]+)"),
    re.compile(r"[\s\u00a0-]*(°\s?[CF]\b|%|€|[^\W\d_]+)"),
)


def amounts(text: str) -> list[Amount]:
    """The numbers of a text, in order."""
    results: list[Amount] = []
    taken = 0
    for match in _NUMBER_OR_WORD.finditer(text):
        if match.start() < taken:
            continue
        raw, end, loose = match[0], match.end(), False
        if raw[0].isdecimal():
            value = _digits(match)
            ordinal = _ORDINAL.match(text, end)
            end = ordinal.end() if ordinal else end
        else:
            read = _words(raw.casefold())
            if read is None:
                continue
            value, loose = read, raw.casefold() in _LOOSE
            # "forty five", "twenty-seven" in one or two words
            if value in numerals.tens().values():
                rest = _NEXT.match(text, end) if text[end : end + 1] in (" ", "-") else None
                ones = _SMALL.get(rest[1].casefold()) if rest else None
                if rest and ones is not None and 0 < ones < 10:
                    value, end = value + ones, rest.end()
        value, end = _scaled(text, value, end)
        unit, after = _unit(text, match.start(), end)
        results.append(Amount(value, unit, match.start(), end, loose))
        taken = max(end, after)
    return results


def _digits(match: re.Match[str]) -> float:
    raw, grouped = match[0], match["grouped"]
    # A single point before three digits is a decimal point.
    if grouped and not ("." in raw and raw.replace(".", "", 1).isdecimal()):
        return float(
            "".join(filter(str.isdecimal, grouped)) + (match["fraction"] or "").replace(",", ".")
        )
    plain = raw.replace(":", ".").replace(",", ".")
    return float(plain.replace(".", "") if plain.count(".") > 1 else plain)


def _words(word: str) -> float | None:
    if word in _SMALL or word in ("hundred", "hundert"):
        return float(_SMALL.get(word, 100))
    if "-" in word:
        tens, _, unit = word.partition("-")
        if tens in numerals.tens() and 0 < _SMALL.get(unit, 0) < 10:
            return float(_SMALL[tens] + _SMALL[unit])
        # seven-year-olds
        return float(_SMALL[tens]) if tens in _SMALL else None
    return None


def _scaled(text: str, value: float, end: int) -> tuple[float, int]:
    after = _NEXT.match(text, end)
    if after and text[end] != "-":
        word = after[1].casefold()
        for scale in (word, word[0]):
            if scale in numerals.scales() and (scale == word or scale in "万萬亿"):
                return value * numerals.scales()[scale], after.start(1) + len(scale)
    return value, end


def _unit(text: str, start: int, end: int) -> tuple[str, int]:
    before = text[:start].rstrip()[-1:]
    if before in ("€", "$", "£"):
        return UNITS[before], end
    after = _UNIT.match(text, end)
    if after:
        word = after[1].casefold().replace(" ", "")
        if word == "per" and text[after.end() :].lstrip().lower().startswith("cent"):
            return "percent", text.lower().index("cent", after.end()) + 4
        if word in UNITS and not (len(word) == 1 and text[after.start()] == "-"):
            return UNITS[word], after.end()
    return "", end
