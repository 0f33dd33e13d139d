"""The relations of a claim by families: "Ann drives a van" as "Ann's car is a van".

A claim gives readings: a family, the part A of which something is said, and the part B that says
it. The words of a key beside its head noun ("the *favourite* colour of Ann") are the reading's
rest: they narrow it, and must be asked for.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workbench.memory.facts import speech
from workbench.memory.facts.claims import Claim, Slot, Statement, carries, following
from workbench.memory.facts.families import Unit, evoked, tables, units
from workbench.memory.facts.matching import SEATED
from workbench.memory.facts.reading import Token
from workbench.memory.facts.value_types import sorts_of

#: Nouns that say what a value looks like; what stands before them says what it is of.
GENERAL = speech.these(
    "number code date name id address place title type day time colour color town city level size"
)
#: The family of whatever a key names by a noun that no family knows: "Ann's locker is 12".
NAMED = "named"
#: Sort of a bare value → the family in which it is said.
_BARE = {
    "colour": "colour",
    "nationality": "nationality",
    "job": "job",
    "animal": "pet",
    "instrument": "instrument",
}
_MEASURED = {
    "old": "age",
    "aged": "age",
    "tall": "height",
    "high": "height",
    "long": "length",
    "wide": "width",
    "deep": "depth",
    "heavy": "weight",
    "away": "distance",
}
#: Verbs of handing over → the relation of who gets the thing.
_HANDED = {"sell": "buying", "give": "receiving", "lend": "borrowing", "teach": "learning"}
_SPANS = speech.these("minute hour day week month year decade")
_TRADED = speech.these("buy purchase sell acquire get")
_REFUSING = speech.these("eat drink tolerate stand touch have")


@dataclass(frozen=True, slots=True)
class Reading:
    """A claim in a family: spans of tokens for A and B.

    `role` is that of B's slot; `rest` are the units that narrow the relation, and `word` what
    evoked it. `denied` says that the claim denies and the reading does not ("cannot eat").
    """

    family: str
    a: tuple[int, int]
    b: tuple[int, int]
    role: str
    rest: tuple[Unit, ...] = ()
    word: str = ""
    denied: bool = False


def claims(statement: Statement) -> tuple[Claim, ...]:
    """The claims of a statement, and what the grammar misses: "my name's Sam", a rare verb."""
    if statement.claims:
        return statement.claims
    said = statement.tokens
    at = next((i for i, token in enumerate(said) if token.owner), None)
    if at is not None and 0 < at < len(said) - 1 and said[0].word in speech.DETERMINERS:
        return (Claim("be", (Slot("key", 0, at + 1), Slot("value", at + 1, len(said)))),)
    for unit in units(said)[1:]:
        verb = _rare(unit)
        if verb and unit.last < len(said):
            return (Claim(verb, (Slot("subject", 0, unit.first), *following(said, unit.last))),)
    return ()


def _rare(unit: Unit) -> str:
    """The dictionary form of a verb that only the families know; "" for any other word."""
    for form in sorted(unit.forms - {unit.word}):
        if any(one.how in ("ab", "ba") for one in evoked(frozenset((form,)))):
            return form
    return ""


def readings(statement: Statement, claim: Claim) -> list[Reading]:
    """Everything that a claim relates."""
    if claim.verb in ("be", "call") and claim.slot("key"):
        return [*_copular(statement, claim)]
    return [*_verbal(statement, claim)]


# -- verbs -----------------------------------------------------------------------------------------


def _verbal(statement: Statement, claim: Claim) -> Iterator[Reading]:
    subject, thing = claim.slot("subject"), claim.slot("object")
    passive = thing is not None and (subject is None or subject.first > thing.first)
    if claim.negative and claim.verb in _REFUSING and subject and thing:
        for family in ("allergy", "diet"):
            yield Reading(family, _span(subject), _span(thing), "object", (), "avoid", True)
        return
    others = [slot for slot in claim.slots if slot not in (subject, thing)]
    verb = claim.verb
    if verb == "use" and any(slot.role == "to" for slot in others):
        # "Used to live in" is what was.
        return
    led = {slot.role: slot for slot in others}
    if verb in _HANDED and thing is not None and "to" in led:
        yield Reading(_HANDED[verb], _span(led["to"]), _span(thing), "object", (), verb)
    if subject is not None and thing is not None and "for" in led and all(
        token.word in speech.SELF for token in statement.tokens[subject.first : subject.last]
    ):  # fmt: skip
        # "We use Postgres for billing": what billing uses.
        subject, others = led["for"], [slot for slot in others if slot.role != "for"]
    if verb in _TRADED and thing is not None and "for" in led:
        paid = statement.tokens[slice(*_span(led["for"]))]
        if any(t.numeric for t in paid) and not any(speech.kin(t.word) & _SPANS for t in paid):
            yield Reading("price", _span(thing), _span(led["for"]), "for", (), verb)
    for each in evoked(frozenset((verb,))):
        if each.how == "ab":
            turned = (passive and verb in SEATED) or (
                each.family == "location" and thing is not None
            )
            a = thing if turned else subject
            fillers = others if turned or thing is None else [thing, *others]
            if each.led:
                fillers = [slot for slot in others if slot.role in each.led]
            elif not turned and not kinds_of(each.family) & {"time", "place", "organisation"}:
                # "Ann drives to work" does not say what.
                fillers = fillers[:1] if thing is not None else []
        elif each.how == "ba":
            a, fillers = thing, [subject] if subject is not None else []
            if each.led:
                a = next((slot for slot in others if slot.role in each.led), None)
            if not fillers and passive:
                fillers = others
        else:
            continue
        for slot in fillers:
            if a is not None and slot is not a:
                yield Reading(each.family, _span(a), _span(slot), slot.role, (), verb)
    if verb in ("have", "get", "keep") and subject is not None and thing is not None:
        yield from _had(statement, subject, thing)
    if thing is not None and subject is not None and not passive:
        yield from _phrased(statement, claim, subject, thing, others)


def _had(statement: Statement, subject: Slot, thing: Slot) -> Iterator[Reading]:
    """ "Ann has a peanut allergy", "Ann has two children"."""
    for unit in units(statement.tokens, thing.first, thing.last):
        for each in evoked(unit.forms):
            if each.how == "b":
                yield Reading(each.family, _span(subject), _span(thing), "object", (), unit.word)


def _phrased(
    statement: Statement, claim: Claim, subject: Slot, thing: Slot, others: list[Slot]
) -> Iterator[Reading]:
    """A verb and its object that are one phrase: "takes place in", "goes to school at"."""
    before = statement.tokens[thing.first - 1 : thing.last]
    for unit in units(before):
        if unit.last - unit.first > 1:
            for each in evoked(unit.forms):
                for slot in others:
                    yield Reading(each.family, _span(subject), _span(slot), slot.role, (),
                                  unit.word)  # fmt: skip


# -- copulas ---------------------------------------------------------------------------------------


def _copular(statement: Statement, claim: Claim) -> Iterator[Reading]:
    key, *others = claim.slots
    yield from _placed(statement, key)
    for slot in others:
        yield from _keyed(statement, key, slot)
    for slot in others:
        if slot.role == "value":
            yield from _valued(statement, claim, key, slot)
        elif slot.role == "from":
            yield Reading("origin", _span(key), _span(slot), "from", (), "from")
        for each in evoked(frozenset(("be",))):
            if slot.role in each.led:
                yield Reading(each.family, _span(key), _span(slot), slot.role, (), "be")
    if claim.verb == "call":
        for slot in others:
            yield Reading("name", _span(key), _span(slot), slot.role, (), "call")


def _placed(statement: Statement, key: Slot) -> Iterator[Reading]:
    """ "The fair in Cologne is": where it is."""
    tokens = statement.tokens
    for at in range(key.first + 1, key.last - 1):
        if tokens[at].word in ("in", "at") and all(t.capital for t in tokens[at + 1 : key.last]):
            role = tokens[at].word
            yield Reading("location", (key.first, at), (at + 1, key.last), role, (), role)
            return


def _keyed(statement: Statement, key: Slot, slot: Slot) -> Iterator[Reading]:
    """ "The manager of Ann is Jonas", "my name is Sam", "the desk of Ann is in room 4"."""
    first, last, holder = _noun(statement, key.first, key.last)
    if holder is None:
        return
    said = [unit for unit in units(statement.tokens, first, last) if _says(statement, unit)]
    if said:
        yield Reading(NAMED, holder, _span(slot), slot.role, tuple(said), said[-1].word)
    for place in _heads(said):
        unit = said[place]
        rest = tuple(
            other for at, other in enumerate(said)
            if at != place and not (at > place and other.word in GENERAL)
        )  # fmt: skip
        for each in evoked(unit.forms):
            if each.how == "b" or (each.how == "a" and slot.role == "value"):
                a, b = (holder, _span(slot)) if each.how == "b" else (_span(slot), holder)
                yield Reading(each.family, a, b, slot.role, rest, unit.word)
            elif each.how == "m":
                yield Reading(each.family, holder, _span(slot), slot.role, rest, unit.word)


def _heads(said: list[Unit]) -> list[int]:
    """Which of the units of a key name the relation: the last, and what a general noun is of."""
    if not said:
        return []
    last = len(said) - 1
    if last > 0 and said[last].word in GENERAL and evoked(said[last - 1].forms):
        return [last, last - 1] if evoked(said[last].forms) else [last - 1]
    return [last]


def _noun(statement: Statement, first: int, last: int) -> tuple[int, int, tuple[int, int] | None]:
    """The noun of a key, and of whom it is said: "N of H", "H's N", "my N"."""
    tokens = statement.tokens
    for at in range(first + 1, last - 1):
        if tokens[at].word in ("of", "for") and at + 1 < last:
            return first, at, (at + 1, last)
    for at in range(last - 2, first - 1, -1):
        if tokens[at].owner:
            return at + 1, last, (first, at + 1)
    if tokens[first].word in speech.SELF and last - first > 1:
        return first + 1, last, (first, first + 1)
    found = units(tokens, first, last)
    for unit in found[1:]:
        if evoked(unit.forms) and any(carries(t) for t in tokens[first : unit.first]):
            # "The harbour budget is": what stands before is what it is of.
            return unit.first, last, (first, unit.first)
    return first, last, None


def _valued(statement: Statement, claim: Claim, key: Slot, value: Slot) -> Iterator[Reading]:
    """ "Jonas is the manager of Ann", "Ann is allergic to nuts", "Ann is a nurse", "it is red"."""
    tokens, about = statement.tokens, _span(key)
    whole = _span(value)
    said = units(tokens, value.first, value.last)
    led = next((at for at in range(value.first + 1, value.last - 1)
                if tokens[at].word in speech.PREPOSITIONS | {"of"}), None)  # fmt: skip
    stop = value.last if led is None else led
    for unit in said:
        for each in evoked(unit.forms):
            if each.how in ("ab", "ba"):
                # A verb that the grammar does not know: "was fired | in 2016".
                if unit.first == value.first and led is not None:
                    yield Reading(each.family, about, (led + 1, value.last), tokens[led].word, (),
                                  unit.word)  # fmt: skip
            elif each.how == "m":
                yield from _described(each.family, about, value, unit, tokens, stop)
            elif unit.first < stop and each.how in ("a", "b") and led is not None:
                other = (led + 1, value.last)
                a, b = (about, other) if each.how == "a" else (other, about)
                yield Reading(each.family, a, b, tokens[led].word, (), unit.word)
            elif each.how == "b" and led is None and unit.last == value.last:
                owner = next((at for at in range(value.first, unit.first) if tokens[at].owner
                              or tokens[at].word in speech.SELF), None)  # fmt: skip
                if owner is not None:
                    yield Reading(each.family, (value.first, owner + 1), about, "key", (),
                                  unit.word)  # fmt: skip
    if led is not None and tokens[led].word == "of" and tokens[value.first].word in speech.ARTICLES:
        yield Reading("role", about, (value.first, led), "value", (), "role")
    head = tokens[stop - 1]
    for sort in sorted(sorts_of(head.word) if head.word else ()):
        if sort in _BARE:
            yield Reading(_BARE[sort], about, (value.first, stop), "value", (), head.word)
    tint = value.first + 1
    if tokens[value.first].word in speech.ARTICLES and tint + 1 < stop and (
        "colour" in sorts_of(tokens[tint].word) and not tokens[tint].capital
    ):  # fmt: skip
        # "The bicycle is a green Gazelle".
        yield Reading("colour", about, (tint, tint + 1), "value", (), tokens[tint].word)
    if "nationality" in sorts_of(head.word) or "country" in sorts_of(head.word):
        yield Reading("origin", about, (value.first, stop), "value", (), head.word)
    measured = next((t.word for t in tokens[value.first : value.last] if t.word in _MEASURED), "")
    if measured:
        yield Reading(_MEASURED[measured], about, whole, "value", (), measured)
    elif stop - value.first == 1 and (head.word.isdigit() or head.word in speech.NUMBER_WORDS):
        # "I'm 34" says how old somebody is.
        key_words = tokens[key.first : key.last]
        if any(t.word in speech.SELF or t.capital for t in key_words) and not claim.slot("in"):
            yield Reading("age", about, whole, "value", (), "bare")


def _described(
    family: str,
    about: tuple[int, int],
    value: Slot,
    unit: Unit,
    tokens: Sequence[Token],
    stop: int,
) -> Iterator[Reading]:
    """An adjective and what it is said with: "allergic | to nuts", "180 cm | tall"."""
    if unit.last < value.last:
        first = max(unit.last, stop + 1) if stop < value.last else unit.last
        if first < value.last:
            yield Reading(family, about, (first, value.last), "value", (), unit.word)
    elif value.first + 1 < unit.first or (
        value.first < unit.first and tokens[value.first].word not in speech.ARTICLES
    ):
        yield Reading(family, about, (value.first, unit.first), "value", (), unit.word)
    else:
        yield Reading(family, about, (value.first, value.last), "value", (), unit.word)


def _span(slot: Slot) -> tuple[int, int]:
    return slot.first, slot.last


def _says(statement: Statement, unit: Unit) -> bool:
    return unit.last - unit.first > 1 or carries(statement.tokens[unit.first])


def kinds_of(family: str) -> frozenset[str]:
    """The kinds of a family's values."""
    known = tables().families.get(family)
    return frozenset() if known is None else known.kinds


def mutual(family: str) -> bool:
    """Whether both sides of a family are the same: who is married to whom."""
    known = tables().families.get(family)
    return known is not None and known.mutual
