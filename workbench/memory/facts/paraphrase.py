"""Answers reworded questions: compares relations instead of words.

Used only where no fact answers in the question's own words. Every word of the question must be
accounted for: met in the fact as it stands, evoking the relation that the fact states, naming the
sort of value, or saying nothing ("known", "listed"). One that is none of these is an attribute
nobody told, and there is no answer. Who is asked about must be the one that the fact is about.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import lru_cache

from workbench.memory.facts import facets, matching, speech, value_types
from workbench.memory.facts.claims import Claim, carries, read_again
from workbench.memory.facts.facets import Facet
from workbench.memory.facts.families import Evoked, Unit, evoked
from workbench.memory.facts.matching import (
    DOUBTFUL,
    EXTRA,
    Candidate,
    Match,
    names,
    names_somebody,
    no_name,
)
from workbench.memory.facts.question_relations import Sought, alike, is_light, literal
from workbench.memory.facts.reading import Token
from workbench.memory.facts.relating import (
    GENERAL,
    NAMED,
    Reading,
    claims,
    kinds_of,
    mutual,
    readings,
)
from workbench.memory.facts.times import time_span
from workbench.memory.facts.when import time_in

#: How sure an answer is at best that rests on a relation in other words.
_SURE = 0.9
#: Relations whose values do nothing: who is called on a number is not called by it.
_UNTURNED = frozenset(("phone", "email", "address", "website"))
_HELPS = speech.these("do does did have has had")
_MINE = speech.these("my mine our ours")
#: Nouns that say no more than what a value looks like.
_SHAPES = speech.these("address number code name type place date time id digit")
#: Relations whose values may be of any sort: what one likes.
_TASTES = frozenset(("liking", "disliking", "collecting", "hobby", "fear"))


_DAYS = speech.these("yesterday today tomorrow tonight")


def matches(question: Sought, candidate: Candidate) -> list[Match]:
    """Every way in which a fact answers a question in other words."""
    found: list[Match] = []
    families = question.families
    said = candidate.statement.tokens
    # A noun may name what only the value does: "which port" is port 8443.
    open_ = any(
        (at == question.noun or unit.parts or _is_noun(question, unit)) and literal(unit, said)
        for at, unit in enumerate(question.units)
    )
    for place, claim, reading in _readings(candidate.statement.text):
        if not open_ and reading.family != NAMED and reading.family not in families:
            continue
        if (claim.negative and not reading.denied) or not names(question.asked, claim):
            continue
        match = _match(question, candidate, claim, place, reading)
        if match is not None:
            found.append(match)
    return found


@lru_cache(maxsize=4096)
def _readings(text: str) -> tuple[tuple[int, Claim, Reading], ...]:
    statement = read_again(text)
    return tuple(
        (place, claim, reading)
        for place, claim in enumerate(claims(statement))
        if claim.under is None
        for reading in dict.fromkeys(readings(statement, claim))
    )


def _match(
    question: Sought, candidate: Candidate, claim: Claim, place: int, reading: Reading
) -> Match | None:
    statement = candidate.statement
    denied = facets.denial(statement, *reading.b)
    if denied < reading.b[1]:
        reading = replace(reading, b=(reading.b[0], denied))
    side = _side(question, statement.tokens, claim, reading)
    if side is None:
        return None
    known, span = (reading.a, reading.b) if side == "a" else (reading.b, reading.a)
    extras = _accounted(question, statement.tokens, claim, reading, known, span)
    if extras is None or not _directed(question, statement.tokens, reading, side, known):
        return None
    value = _value(question, candidate, claim, reading, side, span)
    if value is not None and side == "a" and not names_somebody(
        question.asked, claim, reading.role, statement.tokens[slice(*value)]
    ):  # fmt: skip
        return None
    if value is None or _only_asked(question, statement.tokens[slice(*value)]):
        return None
    score = _SURE - EXTRA * extras
    if reading.word == "bare":
        score -= EXTRA
    if claim.doubtful:
        score *= DOUBTFUL
    order = (candidate.at, candidate.id, place)
    stale = place in candidate.stale
    if reading.denied:
        claim = replace(claim, negative=False)
    return Match(score, extras, order, candidate, claim, stale, *value)


def _only_asked(question: Sought, said: Sequence[Token]) -> bool:
    """Whether a value only says again what was asked: "which citation style" are no citations."""
    carrying = [token for token in said if carries(token)]
    return bool(carrying) and all(
        any(literal(unit, (token,)) for unit in question.units) for token in carrying
    )


def _side(question: Sought, said: Sequence[Token], claim: Claim, reading: Reading) -> str | None:
    """Which side of a reading is known: "a", "b", or None where neither is."""
    a, b = said[slice(*reading.a)], said[slice(*reading.b)]
    own = any(token.word in speech.SELF for token in a)
    if question.mine and own:
        return "a"
    if own or (question.mine and any(token.word in _MINE for token in question.tokens)):
        return None
    bearing = [unit for unit in question.units if unit.name] or list(question.units)
    in_a = [unit for unit in bearing if literal(unit, a)]
    in_b = [unit for unit in bearing if literal(unit, b)]
    if not in_a and not in_b:
        # "Who bought Ann's flat": Ann sold it.
        in_a = [unit for unit in question.units if literal(unit, a)]
        in_b = [unit for unit in question.units if literal(unit, b)]
    if in_a and in_b and any(unit.name for unit in question.units):
        return None
    return "a" if in_a else "b" if in_b else None


def _accounted(
    question: Sought,
    said: Sequence[Token],
    claim: Claim,
    reading: Reading,
    known: tuple[int, int],
    span: tuple[int, int],
) -> int | None:
    """How many words of the known side nobody asked for; None where a word stays unaccounted."""
    there = said[slice(*known)]
    elsewhere = [
        token for slot in claim.slots if (slot.first, slot.last) not in (known, span)
        for token in said[slot.first : slot.last]
    ]  # fmt: skip
    inside = said[slice(*span)]
    kinds = kinds_of(reading.family)
    direct = reading.family in question.implied
    named = reading.family == NAMED
    stated = {one.family for one in evoked(frozenset((claim.verb,)))}
    met: list[Unit] = []
    cost = 0
    for at, (unit, evoking) in enumerate(zip(question.units, question.evoking, strict=True)):
        if literal(unit, there):
            met.append(unit)
            continue
        if (at == question.noun or unit.parts or _is_noun(question, unit)) and literal(
            unit, inside
        ):
            # "Which port": port 8443.
            direct = True
            continue
        if unit.name:
            if literal(unit, elsewhere):
                continue
            return None
        families = {one.family for one in evoking}
        if reading.family in families:
            direct = True
            continue
        sort = value_types.asked_sort(unit.forms)
        if at == question.noun and families and not sort and not unit.forms & _SHAPES:
            # "Which track": one must be in the value, or the value be of its sort.
            held = {one.family for token in inside for one in evoked(speech.kin(token.word))}
            typed = reading.family in _TASTES and not _firm(families)
            if not (families & held or typed):
                return None
            cost += typed
            continue
        if families & stated or any(
            families & {one.family for one in evoked(other.forms)} for other in reading.rest
        ):
            continue
        if any(alike(unit) & other.forms for other in reading.rest):
            direct = direct or (named and not unit.forms & GENERAL)
            continue
        if literal(unit, elsewhere):
            continue
        if families and any(families & {one.family for one in evoked(speech.kin(token.word))}
                            for token in elsewhere):  # fmt: skip
            continue
        if reading.family in _TASTES and families and not _firm(families) and _nominal(evoking):
            # "My favourite music": jazz, which I like.
            cost += 1
            continue
        if sort and (sort == question.sort or value_types.suits(sort, kinds)):
            continue
        if "name" in unit.forms and no_name(question.asked, reading.role):
            return None
        if is_light(unit) or unit.forms & {"name", "number", "type", "place"}:
            continue
        if "address" in unit.forms and kinds & {"contact", "place"}:
            continue
        if literal(unit, inside) and not any(token.owner for token in inside):
            continue
        if at == question.noun and not evoking and not sort:
            # "Which ship does Ann captain": what a noun that nothing is known of names.
            cost += 1
            continue
        if speech.these("company organisation organization firm team") & unit.forms:
            continue
        return None
    if not direct:
        return None
    for other in reading.rest:
        if not (named and other.forms & GENERAL) and not _asked_for(question, other):
            return None
    extras = _extras(question, there, met, reading)
    return None if extras is None else extras + cost


def _is_noun(question: Sought, unit: Unit) -> bool:
    """Whether a word stands where only nouns do: "the room of …"."""
    if unit.name or is_light(unit) or not unit.first:
        return False
    before = question.tokens[unit.first - 1]
    return before.owner or before.word in speech.DETERMINERS


def _firm(families: Collection[str]) -> bool:
    """Whether values of these families can be told by their looks."""
    return any(kinds_of(family) & {"place", "time", "number", "person"} for family in families)


def _nominal(evoking: Sequence[Evoked]) -> bool:
    return all(one.how == "b" for one in evoking)


def _asked_for(question: Sought, other: Unit) -> bool:
    """Whether a word that narrows a relation is asked for, in its own words or others."""
    if other.word in speech.FRESH:
        return True
    families = {one.family for one in evoked(other.forms)}
    return any(
        unit.forms & other.forms or families & {one.family for one in evoking}
        for unit, evoking in zip(question.units, question.evoking, strict=True)
    )


def _extras(
    question: Sought, there: Sequence[Token], met: Sequence[Unit], reading: Reading
) -> int | None:
    """Words of the known side that nobody asked for; None where it is another's."""
    forms = frozenset[str]().union(*(alike(unit) | {unit.word} for unit in met))
    evoking = [one for each in question.evoking for one in each]
    families = {one.family for one in evoking}
    left = [
        token for token in there
        if carries(token) and token.word not in speech.SELF
        and not (speech.kin(token.word) & forms)
        and not families & {one.family for one in evoked(speech.kin(token.word))}
    ]  # fmt: skip
    if left and (any(token.owner for token in there) or question.mine):
        return None
    of = next((at for at, token in enumerate(there) if at and token.word == "of"), None)
    if of is not None and there[of - 1] in left:
        # "What colour is Ann" is not answered by the car of Ann.
        return None
    if not met and not question.mine:
        return None
    if left and any(token.word in ("and", "or") for token in there):
        # Of two who marry each one does.
        return 0 if mutual(reading.family) else None
    return len(left)


def _directed(
    question: Sought,
    said: Sequence[Token],
    reading: Reading,
    side: str,
    known: tuple[int, int],
) -> bool:
    """Whether the question puts the one it knows on the side on which the fact has them."""
    if mutual(reading.family):
        return True
    there = said[slice(*known)]
    at = next((unit.first for unit in question.units if literal(unit, there)), None)
    if at is None:
        at = next((i for i, t in enumerate(question.tokens) if t.word in speech.SELF), None)
    if at is None:
        return True
    sides: set[str] = set()
    for unit, evoking in zip(question.units, question.evoking, strict=True):
        for one in evoking:
            if one.family == reading.family:
                sides |= _told_side(question, unit, one, at)
    return not sides or side in sides


def _told_side(question: Sought, unit: Unit, one: Evoked, at: int) -> set[str]:
    """The side on which a word puts what stands at `at`; empty where that cannot be told."""
    said, last = question.tokens, question.tokens[-1].word
    before = at < unit.first
    previous = {token.word for token in said[max(0, unit.first - 2) : unit.first]}
    if one.how in ("ab", "ba") and one.family in _UNTURNED:
        return set()
    if one.family == "location":
        # Whoever puts it there, a thing is where it is.
        return set()
    if one.how in ("ab", "ba"):
        word = said[unit.last - 1].word
        be = any(
            t.word in speech.COPULAS | {"been", "being", "get", "got"} for t in said[: unit.first]
        )
        passive = (
            be and not word.endswith("ing") and (speech.is_inflected(word) or bool(unit.parts))
        )
        if passive and speech.verb_of(word) in matching.SEATED:
            passive = False
        first = "a" if one.how == "ab" else "b"
        second = "b" if first == "a" else "a"
        if passive and not before and said[at - 1].word not in ("by",) and at > 0:
            # "By whom was Ann hired" has its subject between.
            return {second, first}
        return {first if before != passive else second}
    if one.how == "b":
        words = [token.word for token in said]
        turned = "whose" in words or ("who" in words and "as" in previous and "has" in words)
        if before and last in ("of", "for") and at + 1 < unit.first and not _HELPS & set(words):
            turned = True
        return {"b"} if turned else {"a"}
    if one.how == "a":
        if "as" in previous or last in speech.PREPOSITIONS | {"of"}:
            return {"a"}
        after = said[unit.last].word if unit.last < len(said) else ""
        if after == "of" or (before and said[at].owner):
            return {"b"}
        return set()
    return {"a"} if before or unit.word == question.asked.measure else set()


# -- the part that answers -------------------------------------------------------------------------


def _value(
    question: Sought,
    candidate: Candidate,
    claim: Claim,
    reading: Reading,
    side: str,
    span: tuple[int, int],
) -> tuple[int, int] | None:
    """The tokens that answer, where they are of the sort that is asked for."""
    statement = candidate.statement
    said = statement.tokens
    kinds = kinds_of(reading.family) if side == "a" else frozenset(("person", "thing", "place"))
    facet = Facet(reading.role if side == "a" else "subject", *span, ())
    if question.sort == "time" or (question.year and question.sort in ("", "number")):
        found = time_in(question.asked, said, claim, facet)
        if found is not None and question.year:
            years = [i for i in range(*found) if len(said[i].word) == 4 and said[i].word.isdigit()]
            return (years[0], years[0] + 1) if years else None
        return found
    first, last = span
    if time_span(said, first, last) == (first, last) and not kinds & {"time", "number"}:
        return None
    if kinds == {"time"} and time_span(said, first, last) is None:
        return None
    sort = question.sort
    known = said[slice(*reading.a)]
    if side == "a" and any(
        value_types.differ(unit.forms, said[first:last]) and not literal(unit, known)
        for unit in question.units
    ):
        return None
    if any("number" in unit.forms or "digit" in unit.forms for unit in question.units) and (
        side == "a" and not value_types.is_of("number", said[first:last])
    ):
        return None
    if side == "b" and sort == "person" and any(t.numeric for t in said[first:last]):
        return None
    if question.asked.kind == "many":
        return _number(question, said, first, last)
    if sort and reading.family == NAMED:
        kinds = frozenset((sort,))
    if sort and side == "a":
        if sort == "person" and "person" not in kinds and "organisation" not in kinds:
            return None
        if (
            sort == "place"
            and "place" not in kinds
            and reading.role not in (speech.PLACE_PREPOSITIONS)
        ):
            return None
        free = sort in ("person", "place") or kinds & {"thing", sort}
        if not (free or value_types.suits(sort, kinds) or (sort == "number" and "money" in kinds)):
            return None
        if not value_types.is_of(sort, said[first:last]):
            return None
    if (
        side == "a"
        and kinds
        and kinds <= {"number", "money"}
        and not value_types.is_of("number", said[first:last])
    ):
        return None
    for kind in kinds & {"instrument", "sport"} if side == "a" else ():
        if not value_types.is_of(kind, said[first:last]):
            return None
    if "instrument" in kinds and reading.word == "play":
        head = said[last - 1].word
        if "instrument" not in value_types.sorts_of(head) and said[first].word != "the":
            return None
    if "sport" in kinds and reading.word == "play" and said[first].word == "the":
        return None
    if (
        kinds & {"place"}
        and side == "a"
        and reading.role == "object"
        and not any(token.capital for token in said[first:last])
        and reading.word not in ("inhabit",)
    ):
        return None
    time = time_span(said, first, last)
    if time is not None and first < time[0] and time[1] == last and "time" not in kinds:
        last = time[0]
    if reading.family == "age" and last - first > 1 and said[last - 1].word in _DAYS:
        # "Turned 11 yesterday".
        last -= 1
    return (first, last) if first < last else None


def _number(
    question: Sought, said: Sequence[Token], first: int, last: int
) -> tuple[int, int] | None:
    """The number before what is counted: "*two* sons and a daughter"."""
    families = {one.family for each in question.evoking for one in each}
    for at in range(first + 1, last):
        counted = {one.family for one in evoked(speech.kin(said[at].word))}
        if counted & families and facets.is_number(said[at - 1]):
            return at - 1, at
    return None
