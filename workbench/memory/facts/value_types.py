"""Value types: words that are colours, instruments, professions …, and nouns that ask for one.

A copula alone names no relation ("the door is green", "Ann is a nurse"): there the sort of the
value does. And where a question asks for a sort ("which sport"), a value of another is no answer.
"""

from collections.abc import Sequence
from functools import lru_cache

from ingest.language.word_lists import classes
from workbench.memory.facts import families, speech
from workbench.memory.facts.reading import Token

#: Sorts of which a value of another is surely none.
_LEXICAL = classes("speech.txt")["sorts_lexical"]
_ASKED = {
    "place": "place location spot site area region part venue whereabouts",
    "settlement": "town city village settlement municipality",
    "country": "country nation state land",
    "room": "room floor building hall block wing",
    "person": "person people man woman guy individual somebody someone human name lady gentleman",
    "time": "time date day year month week weekday hour moment season",
    "number": "number digit digits figure figures numeral numerals code amount sum many",
    "organisation": "company firm organisation organization business institution outfit employer",
    "food": "food foods foodstuff ingredient substance dish meal fruit vegetable nut snack cuisine",
    "drink": "drink beverage",
    "thing": "thing things item object stuff kind sort type model make brand name",
    "job": "job profession occupation",
    "vehicle": "vehicle car",
}
#: Sorts that a question may ask for by a noun of another: who wants a place takes a town.
_WITHIN = {
    "settlement": ("place",),
    "country": ("place", "country"),
    "room": ("place",),
    "food": ("thing", "substance"),
    "drink": ("thing",),
    "number": ("time", "contact", "money"),
    "job": ("thing",),
    "vehicle": ("thing",),
    "organisation": ("place", "contact"),
    "person": (),
    "place": ("organisation",),
    "thing": ("food", "drink", "animal", "instrument", "vehicle", "substance", "job"),
}


@lru_cache(maxsize=1)
def _by_word() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    sort = ""
    for line in families.lines("sorts.txt"):
        if not line.startswith(" "):
            sort = line.removesuffix(" =")
            continue
        for word in line.split():
            found.setdefault(word, set()).add(sort)
    return {word: frozenset(sorts) for word, sorts in found.items()}


@lru_cache(maxsize=1)
def _by_noun() -> dict[str, str]:
    return {word: sort for sort, text in _ASKED.items() for word in text.split()}


def asked_sort(forms: frozenset[str]) -> str:
    """The sort that a noun asks for ("which *town*"), or ""."""
    known = _by_noun()
    return next((known[form] for form in sorted(forms) if form in known), "")


def sorts_of(word: str) -> frozenset[str]:
    """The sorts a word of a value is of."""
    known = _by_word()
    return frozenset(sort for form in speech.kin(word) for sort in known.get(form, ()))


def suits(sort: str, kinds: frozenset[str]) -> bool:
    """Whether a relation whose values are of these kinds may answer for a sort."""
    return sort in kinds or any(other in kinds for other in _WITHIN.get(sort, ()))


def is_of(sort: str, said: Sequence[Token]) -> bool:
    """Whether nothing speaks against a value being of a sort."""
    if sort == "number":
        return any(t.numeric or t.word in speech.NUMBER_WORDS for t in said)
    if sort == "person":
        return any(t.capital for t in said) and not any(t.numeric for t in said)
    if sort == "settlement":
        return not any(t.numeric or "country" in sorts_of(t.word) for t in said)
    if sort == "country":
        return any(sorts_of(t.word) & {"country", "nationality"} for t in said)
    if sort == "room":
        return any(t.numeric or asked_sort(speech.kin(t.word)) == "room" for t in said)
    if sort not in _LEXICAL:
        return True
    # The last word is the head: a red van is no colour.
    there = sorts_of(said[-1].word) if said else frozenset[str]()
    # Words of no list may be of any sort.
    return not there or sort in there or not there & _LEXICAL


def differ(asked: frozenset[str], said: Sequence[Token]) -> bool:
    """Whether a value is surely none of what a noun asks for: no sport is an oboe."""
    return any(not is_of(sort, said) for sort in _LEXICAL & asked)
