"""The relations, value type and known things of a question, in any wording.

Each of its words (a phrase counts as one) is a name, evokes relations, asks for a sort of value, or
says nothing ("known", "listed").
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.language.word_lists import classes
from workbench.memory.facts import question_parts, speech, value_types
from workbench.memory.facts.claims import carries
from workbench.memory.facts.families import Evoked, Unit, cues_of, evoked, units
from workbench.memory.facts.index import Alike
from workbench.memory.facts.question_parts import Asked
from workbench.memory.facts.reading import Token
from workbench.memory.facts.relating import kinds_of

#: Words that are said of anything, and ask for nothing.
_LIGHT = classes("speech.txt")["asking_light"]
#: Verbs of the speaker that only look for what is asked: "where can I find …".
_SEEKING = classes("speech.txt")["asking_seeking"]


@dataclass(frozen=True, slots=True)
class Sought:
    """A question by its units: what each may evoke, where it stands, and what is known.

    `sort` is that of the value, `mine` says that it is asked of the speaker, `implied` are the
    relations that no word evokes. `noun` is the unit that says what is asked for (-1: none).
    """

    asked: Asked
    tokens: tuple[Token, ...]
    units: tuple[Unit, ...]
    evoking: tuple[tuple[Evoked, ...], ...]
    mine: bool
    sort: str
    year: bool
    implied: frozenset[str]
    noun: int

    @property
    def holders(self) -> list[frozenset[str]]:
        """For each word that a fact must hold as it stands its forms."""
        return [
            alike(unit)
            for at, (unit, each) in enumerate(zip(self.units, self.evoking, strict=True))
            if unit.name
            or not (each or is_light(unit) or at == self.noun or value_types.asked_sort(unit.forms))
        ]  # fmt: skip

    @property
    def families(self) -> frozenset[str]:
        """The relations that may be asked for."""
        return self.implied.union(one.family for each in self.evoking for one in each)

    @property
    def cues(self) -> frozenset[str]:
        """The words of which a fact that answers must hold one, where nobody is named."""
        return cues_of(self.families)


_MEASURES = {
    "old": "age",
    "tall": "height",
    "high": "height",
    "heavy": "weight",
    "long": "length",
    "wide": "width",
    "deep": "depth",
    "far": "distance",
    "fast": "speed",
    "big": "size",
    "large": "size",
    "much": "price",
}


def sought(asked: Asked, learned: Alike) -> Sought | None:
    """A question for its relation; None where it is none that facts could answer in other words."""
    if asked.dense or asked.kind in ("yes", "why") or asked.yours or not asked.kind:
        return None
    found = question_parts.words_of(asked.text)
    said: list[Unit] = []
    for unit in units(found):
        if unit.last - unit.first > 1 or (carries(found[unit.first]) and not _asks(found, unit)):
            said.append(unit)
    if not said or _asks_beside(found):
        return None
    evoking = [() if unit.name else _meant(asked, found, unit, learned) for unit in said]
    family = _MEASURES.get(asked.measure)
    at = next((i for i, unit in enumerate(said) if unit.word == asked.measure), None)
    if family and at is not None:
        timed = (Evoked("duration", "m"),) if asked.measure == "long" else ()
        evoking[at] = (Evoked(family, "m"), *timed, *evoking[at])
    sort, year = _sort(asked, found, said)
    mine = _mine(asked, found, said)
    implied = _implied(asked, found, evoking)
    noun = _noun(found, said)
    if noun >= 0:
        evoking[noun] = tuple(one for one in evoking[noun] if one.how not in ("ab", "ba"))
    return Sought(asked, found, tuple(said), tuple(evoking), mine, sort, year, implied, noun)


def _noun(found: Sequence[Token], said: Sequence[Unit]) -> int:
    """Which unit is the noun of "which car does …" or "what eye colour has …"."""
    at = next((i for i, t in enumerate(found) if t.word in ("which", "what")), None)
    if at is None:
        return -1
    noun = -1
    for place, unit in enumerate(said):
        if unit.first <= at:
            continue
        word = found[unit.first].word
        begun = noun >= 0
        if unit.name or unit.first != (said[noun].last if begun else at + 1):
            break
        if begun and speech.verb_of(word) and speech.is_inflected(word):
            break
        noun = place
    return noun


def _asks_beside(found: Sequence[Token]) -> bool:
    """Whether it is asked what is beside a thing: "what is on the desk of Ann"."""
    said = [token.word for token in found[:3]]
    return (
        len(said) == 3
        and said[0] == "what"
        and said[1] in speech.COPULAS
        and said[2] in speech.PLACE_PREPOSITIONS
    )


def _implied(
    asked: Asked, found: Sequence[Token], evoking: Sequence[tuple[Evoked, ...]]
) -> frozenset[str]:
    """The relations that a question's form asks for where no word of it does."""
    words = [token.word for token in found]
    if "whose" in words[:1] and len(words) > 1 and words[1] in speech.COPULAS:
        return frozenset(("ownership",))
    if words[-1] == "from" and asked.kind in ("where", "what"):
        return frozenset(("origin",))
    placed = any("place" in kinds_of(one.family) for each in evoking for one in each)
    timed = any("time" in kinds_of(one.family) for each in evoking for one in each)
    if asked.kind == "when" and not timed and words[0] == "when" and words[1] in speech.COPULAS:
        # "When was the fair": when it took place.
        return frozenset(("taking-place",))
    if asked.kind == "where" and not placed:
        return frozenset(("location",))
    return frozenset()


def _meant(asked: Asked, said: Sequence[Token], unit: Unit, learned: Alike) -> tuple[Evoked, ...]:
    """What a word of a question evokes, as it is used there."""
    found = evoked(unit.forms)
    if not found and not is_light(unit):
        others = frozenset(other for form in sorted(unit.forms) for other in learned(form))
        found = evoked(others) if others else ()
    before = said[unit.first - 1] if unit.first else None
    after = said[unit.last].word if unit.last < len(said) else ""
    nominal = after == "of" or (
        before is not None and (before.owner or before.word in speech.DETERMINERS)
    )
    words = {token.word for token in said}
    place = speech.PLACE_PREPOSITIONS | {"to", "from"}
    places = frozenset(("place", "organisation"))
    kept: list[Evoked] = []
    for one in found:
        verbal = one.how in ("ab", "ba")
        if verbal and nominal and any(other.how in ("a", "b") for other in found):
            continue
        if verbal and one.led and not (
            one.led & words
            or (one.led & speech.PLACE_PREPOSITIONS and words & speech.PLACE_PREPOSITIONS)
            or (asked.kind == "how" and one.led & {"by", "with", "at", "on"})
            or asked.kind in ("when", "much", "many")
            or (asked.kind == "where" and one.led & place and kinds_of(one.family) & places)
        ):  # fmt: skip
            continue
        kept.append(one)
    return tuple(kept)


def is_light(unit: Unit) -> bool:
    """Whether a word says nothing of what is asked for."""
    # To bear a name says nothing, to be born does.
    light = bool(unit.forms & _LIGHT) and unit.word != "born"
    return light or unit.word in speech.PREPOSITIONS


def _asks(found: Sequence[Token], unit: Unit) -> bool:
    word = found[unit.first].word
    return word in question_parts.QUESTION_WORDS or word in speech.SELF


def _mine(asked: Asked, found: Sequence[Token], said: Sequence[Unit]) -> bool:
    """Whether it is asked of the speaker, who is more than the one that looks for it."""
    own = [i for i, token in enumerate(found) if token.word in speech.SELF]
    if not own:
        return False
    if any(found[i].word not in ("i", "we", "me", "us") for i in own):
        return True
    seeks = all(
        (i + 1 < len(found) and found[i + 1].word in _SEEKING) or found[i].word in ("me", "us")
        for i in own
    )
    return not seeks


def _sort(asked: Asked, found: Sequence[Token], said: Sequence[Unit]) -> tuple[str, bool]:
    """The sort of value that is asked for, and whether it is a year."""
    at = next((i for i, t in enumerate(found) if t.word in question_parts.QUESTION_WORDS), None)
    rate = speech.these("a an per each every")
    year = asked.kind in ("when", "what") and any(
        "year" in unit.forms and (not unit.first or found[unit.first - 1].word not in rate)
        for unit in said
    )
    if asked.kind == "when":
        return "time", year
    if asked.kind in ("where", "who"):
        whose = at is not None and found[at].word == "whose"
        return ("place" if asked.kind == "where" else "" if whose else "person"), False
    if asked.kind in ("many", "much"):
        return "number", False
    if at is not None:
        for unit in said:
            if unit.first in (at + 1, at + 2) and not unit.name:
                sort = value_types.asked_sort(unit.forms)
                if sort:
                    return sort, year
    return "", year


def literal(unit: Unit, said: Sequence[Token]) -> bool:
    """Whether a word of a question stands among these tokens, in any of its forms."""
    if unit.name:
        return any(unit.word == token.word for token in said)
    if unit.parts:
        there = frozenset[str]().union(*(speech.kin(token.word) for token in said))
        return all(part & there for part in unit.parts)
    said_so = alike(unit)
    return any(said_so & speech.kin(token.word) for token in said)


def alike(unit: Unit) -> frozenset[str]:
    """The words under which a unit that is no name may stand in a fact."""
    if unit.name:
        return unit.forms
    return unit.forms.union(*(speech.ALIASES.get(form, ()) for form in unit.forms))
