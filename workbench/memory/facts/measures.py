"""Which dimension a number has: "how tall" asks for a length, not for a room number."""

import re
from collections.abc import Sequence

from workbench.memory.facts import speech
from workbench.memory.facts.facets import Facet
from workbench.memory.facts.question_parts import Asked
from workbench.memory.facts.reading import Token

#: The dimension asked for → words that say that a number is of it.
MEASURES = {
    "old": "old aged age year month week day",
    "long": "long length duration last take",
    "tall": "tall high height measure",
    "high": "high tall height",
    "heavy": "heavy weight weigh",
    "wide": "wide width",
    "deep": "deep depth",
    "far": "far away distance",
}
_LENGTHS = (
    "m cm mm km metre meter kilometre kilometer centimetre centimeter millimetre millimeter foot"
    " feet ft inch inches yard mile miles stories storeys floors"
)
_SPANS = " second minute hour day week month year min h hrs s decade century"
#: The units in which the answer to "how tall" is given, where it does not say so itself.
_UNITS = {
    "tall": speech.these(_LENGTHS),
    "high": speech.these(_LENGTHS),
    "wide": speech.these(_LENGTHS),
    "deep": speech.these(_LENGTHS),
    "far": speech.these(_LENGTHS + _SPANS),
    "long": speech.these(_LENGTHS + _SPANS + " page"),
    "heavy": speech.these("kg g kilo kilogram gram pound lb lbs ton tonne t stone ounce oz"),
}
_DIGITS_OFF = re.compile(r"^[\d.,]+")
_DIMENSIONS = speech.these("old long tall high heavy wide deep")


def measured(asked: Asked, facet: Facet, said: Sequence[Token]) -> bool:
    """Whether a number is of the dimension asked for: a length is no age."""
    if any(token.word == "than" for token in said):
        # By how much one is older than another says nothing of their age.
        return False
    fitting = frozenset(MEASURES.get(asked.measure, "").split())
    if not fitting:
        return True
    kin = {form for token in said for form in speech.kin(token.word)}
    there = kin | {form for key in (*facet.about, *facet.beside) for form in key.kin}
    if facet.verb is not None:
        there |= facet.verb.kin
    if there & fitting:
        return True
    # A number alone may be of anything: only a unit says that it is a length.
    units = _UNITS.get(asked.measure)
    if units is None:
        return asked.measure != "old" and not kin & _DIMENSIONS
    glued = {_DIGITS_OFF.sub("", token.word) for token in said}
    return not kin & _DIMENSIONS and bool((kin | glued) & units)


def dimension(measure: str, said: Sequence[Token], first: int, last: int) -> tuple[int, int]:
    """The part of `[first, last)` that is of a measure: "80 m long and | 12 m wide"."""
    places = [at for at in range(first, last) if speech.kin(said[at].word) & _DIMENSIONS]
    asked = next((at for at in places if said[at].word == measure), None)
    if asked is None or len(places) < 2:
        return first, last
    begin = max((at for at in places if at < asked), default=first - 1) + 1
    while begin < asked and not said[begin].numeric and said[begin].word not in speech.NUMBER_WORDS:
        begin += 1
    return (begin, asked + 1) if begin < asked else (first, last)
