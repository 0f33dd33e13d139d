"""Whether a number of four digits counts what stands after it, so that it is no year."""

from functools import cache

from ingest.language.nouns import singular
from ingest.language.tagging import tagged
from ingest.language.word_lists import lines, measures
from ingest.patterns import later
from workbench.recall.checking.amounts import UNITS

#: The rest of a range of numbers after its first one.
_RANGE_ON = later(r"\s?(?:to|or|and|bis|(?P<rise>auf)|oder|und|[–-])\s?\d[\d,.]*(?!\w)")
#: What is before a number, or a range, that may count a noun at the end of a clause; before the
#: second one in “von 1200 auf 1500 Kronen”; and before a number that is not exact.
_MAY_COUNT = later(r"(?i)\b(?:from|between|in|of) (?:\d[\d,.]* (?:to|and) )?$")
_RISEN = later(r"\d auf $")
_ABOUT = later(r"(?i)\b(?:about|around|circa|ca\.?|roughly|approximately) $")
#: “In about 1900” is a year.
_IN = later(r"(?i)\b(?:in|since|until|till|by|before|after|during) $")
#: What may be a noun, and the end of a clause.
_NOUN, _ENDS = later(r" (?:square |cubic )?(?P<noun>[^\W\d_]+)"), later(r"[.;!?)]|$")
#: Shorter names of units are symbols, and words such as “bar”, after which a year may stand.
_SHORT = 4


def counts(lead: str, rest: str, *, german: bool = False) -> bool:
    """Whether a number between `lead` and `rest` of a sentence, or its range, counts a noun.

    A unit is counted after any word. Another plural is counted after “about 1900”, and at the end
    of a clause, which would lack a subject if the number were a year: “in 1500 trials.” In
    `german`, where a year stands before “Direktor”, a noun is counted after “auf”.
    """
    match = _RANGE_ON.match(rest)
    found = _NOUN.match(rest, match.end() if match else 0)
    if found is None:
        return False
    word, low = found["noun"], found["noun"].lower()
    if german:
        # “Metern”, “Kilogramm”
        is_unit = not _units().isdisjoint((low, low[:-1]))
        is_rise = match["rise"] is not None if match else _RISEN.search(lead) is not None
        return word[0].isupper() and (is_unit or is_rise)
    # “The 1900 crown” is dated.
    if singular(low) == low:
        return False
    if singular(low) in _units():
        return True
    if tagged(word)[0].tags[0] != "N":
        return False
    if hedge := _ABOUT.search(lead):
        return not _IN.search(lead[: hedge.start()])
    return _MAY_COUNT.search(lead) is not None and bool(_ENDS.match(rest, found.end()))


@cache
def _units() -> frozenset[str]:
    """The names of units in the tables, with their prefixes."""
    rows = [line.split() for line in lines("units.txt", "")]
    names = {name for kind, _, *named in rows if kind == "unit" for name in named}
    prefixes = ["", *(name for kind, _, *named in rows if kind == "prefix" for name in named)]
    found = {f"{prefix}{name}" for prefix in prefixes for name in names}
    found |= {unit for measure in measures().values() for unit in measure.units}
    return frozenset(name for name in found | UNITS.keys() if len(name) >= _SHORT)
