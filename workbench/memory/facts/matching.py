"""Whether a facet answers a question, with which of its words, and how well.

Every word of the question must be met, full words before forms and aliases; what asks for a time,
a number, a place or a person gets that part alone.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from workbench.memory.facts import facets, question_parts, speech, value_types
from workbench.memory.facts.claims import Claim, Statement, carries
from workbench.memory.facts.facets import Facet, Key
from workbench.memory.facts.measures import MEASURES, dimension, measured
from workbench.memory.facts.question_parts import Asked
from workbench.memory.facts.reading import Token
from workbench.memory.facts.times import time_span
from workbench.memory.facts.when import time_in

_EXACT, _FORM, _ALIAS = 1.0, 0.97, 0.87
EXTRA = 0.09
DOUBTFUL = 0.75
#: Where a word of the question was met: in the part that answers, not beside it.
_INSIDE = -1
#: Verbs that say no more than when something is.
_PLANNING = frozenset(("plan", "schedule", "set", "expect", "happen"))
#: Verbs that say no more than where something is.
STAYING = speech.these(
    "be have lie stand sit locate stay hang keep store live base reside park leave put place house"
    " hide lock bury move relocate"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A fact to choose from: its id, when it holds from, and what it says.

    `stale` are the places of its claims that something newer has taken the place of.
    """

    id: int
    at: float
    statement: Statement
    stale: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Match:
    score: float
    extras: int
    order: tuple[float, int, int]
    candidate: Candidate
    claim: Claim | None
    stale: bool
    first: int
    last: int

    @property
    def words(self) -> tuple[str, ...]:
        """What the answer says, for comparing answers."""
        tokens = self.candidate.statement.tokens[self.first : self.last]
        return tuple(t.word for t in tokens if t.word not in speech.ARTICLES)


def matches(asked: Asked, candidate: Candidate) -> list[Match]:
    found: list[Match] = []
    statement = candidate.statement
    if asked.kind == "many":
        for facet in facets.counts(statement):
            match = _match(asked, candidate, None, 0, facet)
            if match is not None:
                found.append(match)
        if found:
            # Whether it still holds is told by the claim the number stands in.
            found = [_with_claim(match) for match in found]
            return [match for match in found if not (asked.having and _goes(match.claim))]
    for place, claim in enumerate(statement.claims):
        for facet in facets.facets(statement, claim):
            match = _match(asked, candidate, claim, place, facet)
            if match is not None:
                found.append(match)
    return found


def _with_claim(match: Match) -> Match:
    for place, claim in enumerate(match.candidate.statement.claims):
        if any(slot.first <= match.first < slot.last for slot in claim.slots):
            stale = place in match.candidate.stale
            return replace(match, claim=claim, stale=stale)
    return match


#: Verbs of what one has no more by them, or not yet: "I sold two lamps".
_GOING = speech.these(
    "sell eat drink lose give use spend donate lend throw break miss need want owe order return"
)


def _goes(claim: Claim | None) -> bool:
    return claim is not None and claim.verb in _GOING


def _match(
    asked: Asked, candidate: Candidate, claim: Claim | None, place: int, facet: Facet
) -> Match | None:
    statement = candidate.statement
    if not _fits_role(asked, statement, claim, facet):
        return None
    if claim is not None and claim.under is not None and not under(asked, statement, claim):
        return None
    if claim is not None and not names(asked, claim):
        return None
    if asked.mine and claim is not None and claim.slots and (
        statement.tokens[claim.slots[0].first].word in speech.THIRD
    ):  # fmt: skip
        # Her number is not mine.
        return None
    outside = (*facet.about, *facet.beside, *((facet.verb,) if facet.verb else ()))
    inside = facets.keys(statement, facet.first, facet.last)
    levels: list[float] = []
    met: set[int] = set()
    if not _conditions(asked, facet, outside, inside, levels, met):
        return None
    if asked.counted and not _counted(asked, facet, inside, levels, met, outside):
        return None
    if met == {_INSIDE} and not _same_person(asked, facet):
        return None
    if asked.mine and not facet.mine and facet.verb is not None and met == {len(outside) - 1}:
        # What others are paid is not what I am paid.
        return None
    missed = facet.verb is not None and len(outside) - 1 not in met
    if missed and not _verb_goes_without(asked, claim, facet):
        level = max((level_of(key, outside[-1:])[0] for key in asked.soft), default=0.0)
        if not level:
            return None
        levels.append(level)
    named = all(t.capital for t in statement.tokens[facet.first : facet.last])
    soft = _soft(asked, claim, facet, outside, inside, met, named)
    if soft is None:
        return None
    if asked.yours and not any(t.word in ("you", "your", "yours") for t in statement.tokens):
        return None
    extras = _extras(asked, facet, met)
    if extras is None or extras > max(2, 2 * len(met)):
        return None
    span = _value(_less(asked, outside), statement, claim, facet)
    if span is None:
        return None
    for key in asked.soft:
        if value_types.differ(key.kin, statement.tokens[span[0] : span[1]]):
            return None
        if key.word in question_parts.GENERIC and not level_of(key, (*outside, *inside))[0]:
            if not _is_such(key.word, statement.tokens[span[0] : span[1]]):
                return None
            levels.append(_ALIAS)
    score = sum(levels) / len(levels) if levels else _FORM
    score -= EXTRA * extras + soft
    if claim is not None and claim.doubtful:
        score *= DOUBTFUL
    order = (candidate.at, candidate.id, place)
    stale = claim is not None and place in candidate.stale
    return Match(score, extras, order, candidate, claim, stale, *span)


def names(asked: Asked, claim: Claim) -> bool:
    """Whether a claim that tells but who somebody is may answer: not to what they are."""
    named = (*asked.wanted, *asked.soft)
    return (
        not claim.naming or asked.kind == "who" or any(key.kin & {"name", "call"} for key in named)
    )


def under(asked: Asked, statement: Statement, claim: Claim) -> bool:
    """Whether it is asked for what a claim holds under: "43 | in shoes"."""
    if claim.under is None:
        return False
    there = facets.keys(statement, claim.under.first, claim.under.last)
    return bool(there) and all(level_of(key, (*asked.wanted, *asked.soft))[0] for key in there)


def _conditions(
    asked: Asked,
    facet: Facet,
    outside: Sequence[Key],
    inside: Sequence[Key],
    levels: list[float],
    met: set[int],
) -> bool:
    """Whether every word that must be met is; adds how well to `levels`, by which to `met`.

    A word may stand in the part that answers ("which room": room 12), as long as another does not.
    """
    for key in asked.wanted:
        level, which = level_of(key, outside)
        if not level:
            level, which = level_of(key, inside)[0], _INSIDE
            if not level:
                return False
        levels.append(level)
        met.add(which)
    if _INSIDE in met:
        # "Who is Ruth's mother" is not answered by whose mother Ruth is.
        if facet.role == "holder":
            return asked.having
        return facet.role != "value" or not (
            any(key.owner for key in inside) or any(key.owner for key in asked.wanted)
        )
    named = facet.role in ("value", "holder") and facet.about
    # A name may be asked for, but of somebody else.
    return not named or not met.isdisjoint(range(len(facet.about)))


def level_of(key: Key, others: Sequence[Key]) -> tuple[float, int]:
    """How well a word is met, and by which; full words first, stems second."""
    best, which = 0.0, -1
    for at, other in enumerate(others):
        if key.word == other.word:
            return _EXACT, at
        level = 0.0
        if key.kin & other.kin:
            level = _FORM
        elif key.kin & other.like or key.like & other.kin:
            level = _ALIAS
        if level > best:
            best, which = level, at
    return best, which


def _fits_role(asked: Asked, statement: Statement, claim: Claim | None, facet: Facet) -> bool:
    if facet.role == "count":
        return asked.kind == "many"
    if asked.led and claim is not None and not _led(asked.led, claim, facet):
        return False
    if claim is not None and not doing(asked, statement, claim, facet):
        return False
    if facet.verb is not None and facet.role == "object" and _as_noun(asked, claim, facet.verb):
        return False
    if asked.roles and not asked.led and asked.kind == "what" and facet.role in speech.PREPOSITIONS:
        # "What did she buy in Prague": a thing, where one was bought, not for how much.
        thing = None if claim is None else claim.slot("object")
        if thing and not _all_asked(asked, statement.tokens, thing.first, thing.last):
            return False
    if asked.roles:
        return facet.role in asked.roles
    if asked.kind == "where":
        if facet.verb is not None and facet.verb.word == "work" and facet.role == "under":
            # Whom somebody works under is no place.
            return False
        if claim is not None and claim.verb == "work" and facet.role in ("for", "with"):
            return True
        return facet.role in speech.PLACE_PREPOSITIONS or facet.role in ("value", "object")
    return True


def _as_noun(asked: Asked, claim: Claim | None, verb: Key) -> bool:
    """Whether the question has a verb of a turned claim as a noun: "the mentor of Ann"."""
    if claim is None or claim.verb != "be":
        return False
    return f" the {verb.word} of " in asked.text.lower()


#: Sorts of things that go by names.
_NAMED = frozenset(("settlement", "country", "person", "organisation"))
#: Prepositions that may stand for each other.
_ALIKE = (
    speech.PLACE_PREPOSITIONS,
    speech.these("for at with"),
    speech.these("to toward towards into onto"),
    speech.these("about on"),
)


#: What two do to each other: who did it to whom says nothing.
_MUTUAL = speech.these("marry meet date neighbor neighbour equal resemble")


def doing(asked: Asked, statement: Statement, claim: Claim, facet: Facet | None = None) -> bool:
    """Whether who does it in the question does it in the claim: Bob likes Ann, not she him.

    Of a `facet` that turns the claim round nothing can be said.
    """
    subject = claim.slot("subject")
    turned = facet is not None and (facet.verb is None or facet.verb.word != claim.verb)
    if not asked.doer or subject is None or turned or claim.verb in _MUTUAL:
        return True
    does = facets.spoken(statement, subject.first, subject.last)
    if all(level_of(key, does)[0] for key in asked.doer):
        return True
    others = [
        key
        for slot in claim.slots
        if slot is not subject
        for key in facets.spoken(statement, slot.first, slot.last)
    ]
    return not any(level_of(key, others)[0] for key in asked.doer)


def alike_led(one: str, other: str) -> bool:
    """Whether two prepositions may stand for each other."""
    return one == other or any(one in group and other in group for group in _ALIKE)


def _led(led: str, claim: Claim, facet: Facet) -> bool:
    """Whether a part is led by the preposition that was asked with, or by one like it."""
    if facet.role in speech.PREPOSITIONS:
        return alike_led(led, facet.role) and (facet.role == led or claim.slot(led) is None)
    return facet.role not in ("subject", "object") or claim.slot(led) is None


def _verb_goes_without(asked: Asked, claim: Claim | None, facet: Facet) -> bool:
    if facet.verb is None:
        return True
    verb = facet.verb.word
    if asked.measure and facet.verb.kin & frozenset(MEASURES.get(asked.measure, "").split()):
        # "How heavy" is answered by what it weighs.
        return True
    if claim is None or facet.role in ("value", "holder"):
        if asked.kind != "much":
            return False
        named = frozenset(MEASURES.get(asked.measure, "").split()) or speech.KIND_NOUNS["much"]
        return bool(facet.verb.kin & named)
    if asked.kind == "when" and verb in _PLANNING:
        return True
    if asked.kind in ("where", "when", "many", "much") or asked.soft:
        return verb in STAYING
    return verb == "have"


def _same_person(asked: Asked, facet: Facet) -> bool:
    # How old my dog is says nothing of how old I am.
    return asked.mine and facet.mine and not (asked.measure and facet.about)


def _counted(
    asked: Asked,
    facet: Facet,
    inside: Sequence[Key],
    levels: list[float],
    met: set[int],
    outside: Sequence[Key],
) -> bool:
    """Whether what is counted is what the number belongs to."""
    there = facet.about if facet.role == "count" else (*outside, *inside)
    for key in asked.counted:
        level, which = level_of(key, there)
        if not level:
            return False
        levels.append(level)
        met.add(which)
    return True


def _soft(
    asked: Asked,
    claim: Claim | None,
    facet: Facet,
    outside: Sequence[Key],
    inside: Sequence[Key],
    met: set[int],
    named: bool,
) -> float | None:
    """What it costs that the noun of the kind asked for is missing; None where it may not be."""
    cost = 0.0
    for key in asked.soft:
        if level_of(key, inside)[0]:
            continue
        level, which = level_of(key, outside)
        if level:
            met.add(which)
            cost += (1 - level) / 4
            if level_of(key, facet.beside)[0]:
                # "Which gate": the part that has the gate in it is meant, not the one beside it.
                cost += 0.1
            continue
        doing = facet.verb is not None and facet.role not in ("value", "holder")
        if doing and not asked.led and facet.role in speech.PREPOSITIONS and (
            value_types.asked_sort(key.kin) in ("", "thing", "vehicle") and asked.kind == "what"
        ):  # fmt: skip
            # "What car does Ann drive" is not answered by where she drives to.
            return None
        if doing and claim is not None and (claim.verb not in STAYING or asked.kind == "where"):
            # "Which company employs Ann": what employs is a company.
            cost += 0.1
            continue
        places = speech.KIND_NOUNS["where"]
        if key.kin & places and facet.role in speech.PLACE_PREPOSITIONS:
            cost += 0.05
        elif key.kin & speech.KIND_NOUNS["when"] and asked.kind == "when":
            continue
        elif key.kin & places and facet.role == "value" and any(each.name for each in inside):
            # "Which country is Riga the capital of": what else has a name here.
            cost += 0.1
        elif named and asked.led and facet.role == asked.led:
            # "Through which port": what has a name is one.
            cost += 0.1
        elif named and facet.role == "holder" and value_types.asked_sort(key.kin) in _NAMED:
            # "Which city is colder than Rome": what the name is of is for the asker to know.
            cost += 0.1
        elif "name" in key.kin and no_name(asked, facet.role):
            # Where somebody is from is not what they are called.
            return None
        elif key.kin & {"name", "call"} or key.word in ("called", "named", "known", "exactly"):
            cost += 0.02
        elif key.kin & {"do", "come", "current", "still", "again", "currently"}:
            continue
        elif key.word in question_parts.GENERIC:
            # Whether the value is one is looked at when there is one.
            continue
        else:
            return None
    return cost


def no_name(asked: Asked, role: str) -> bool:
    """Whether it is asked what somebody's name is, and a part in this role tells something else."""
    return role in speech.PREPOSITIONS - {"by", "as"} and bool(_THEIR_NAME.search(asked.text))


_THEIR_NAME = re.compile(r"(?:['’]s?|\b(?:my|our|your|his|her|their|its)) name\b", re.IGNORECASE)


def _extras(asked: Asked, facet: Facet, met: Collection[int]) -> int | None:
    """Words that a fact is about and nobody asked for; None where it is about somebody else."""
    kinds = speech.KIND_NOUNS.get(asked.kind, frozenset()) | speech.KIND_NOUNS["what"]
    extras = 0
    last = len(facet.about) - 1
    called = last > 0 and last in met and facet.about[last].name and not facet.about[last].owner
    for at, key in enumerate(facet.about):
        if called and key.owner and not facet.about[last - 1].owner:
            # "Emma's daughter Lily": whose daughter she is tells no Lily from another.
            continue
        if at in met or key.word in speech.FRESH | speech.FORMER or key.kin & kinds:
            continue
        if any(key.kin & other.kin for other in asked.soft):
            continue
        if asked.kind != "many" and key.owner:
            return None
        extras += 1
    if asked.mine and not facet.mine and extras and facet.role != "subject":
        return None
    owners = {key.word for at, key in enumerate(facet.about) if at in met and key.owner}
    if extras and owners & {key.word for key in asked.wanted if not key.owner}:
        # "Where is Ada" does not ask where Ada's laptop is.
        return None
    return extras


def _less(asked: Asked, outside: Sequence[Key]) -> Asked:
    """The question without numbers and names that are met beside the part that answers.

    There they say of what it is said: "Room 12 has 12 chairs" has as many all the same. And who
    is asked how old they are is 40 years old.
    """
    words = {key.word for key in outside if key.name or key.word[:1].isdigit()} | {asked.measure}
    if all(key.word not in words for key in asked.wanted):
        return asked
    return replace(asked, wanted=tuple(key for key in asked.wanted if key.word not in words))


# -- the part that answers -------------------------------------------------------------------------


def _value(
    asked: Asked, statement: Statement, claim: Claim | None, facet: Facet
) -> tuple[int, int] | None:
    """The tokens of a facet that answer, without words of the question at their ends."""
    tokens = statement.tokens
    first, last = facet.first, facet.last
    if facet.role == "count":
        return first, last
    last = facets.denial(statement, first, last)
    if asked.kind == "when":
        return time_in(asked, tokens, claim, facet)
    if asked.kind == "where" and not _is_place(tokens, facet):
        return None
    if facet.role == "object":
        # "Ann has a new password: otter9" says what it is.
        first = next((i + 1 for i in range(first, last - 1) if ":" in tokens[i].after), first)
    if asked.kind == "where":
        first, last = _place_beside(tokens, first, last)
    if asked.kind in ("where", "who"):
        # "I moved to Bergen last year": the year is no part of the place.
        time = time_span(tokens, first, last)
        last = time[0] if time is not None and first < time[0] and time[1] == last else last
    first, last = _item(asked, tokens, first, last)
    if asked.counted:
        first, last = _counted_item(asked, tokens, first, last)
    if asked.kind in ("many", "much"):
        numbers = [i for i in range(first, last) if _is_amount(tokens[i])]
        if not numbers:
            return None
        if asked.kind == "many":
            return numbers[0], numbers[0] + 1
        if not measured(asked, facet, tokens[first:last]):
            return None
        first, last = dimension(asked.measure, tokens, first, last)
    span = _trim(asked, tokens, first, last) if facet.role != "subject" else None
    if span is None:
        span = first, last
        if _all_asked(asked, tokens, first, last):
            return None
    elif span[0] >= span[1]:
        # "The code of room 5 is 5" answers though the question says 5, too.
        said_before = all(level_of(key, facet.about)[0] for key in asked.wanted)
        if facet.role != "value" or facet.verb is not None or not said_before:
            return None
        span = first, last
    said = tokens[span[0] : span[1]]
    if asked.kind == "who" and all(token.word[:1].isdigit() for token in said):
        return None
    named = any(key.kin & {"name"} for key in asked.soft)
    if named and claim is not None and claim.verb == "be" and not any(
        key.kin & {"name"} for key in (*facet.about, *facet.beside)
    ) and not said[0].capital:  # fmt: skip
        return None
    if claim is not None and not names_somebody(asked, claim, facet.role, said):
        return None
    if asked.kind == "where" and facet.role == "object" and not said[0].capital:
        return None
    return span


def names_somebody(asked: Asked, claim: Claim, role: str, said: Sequence[Token]) -> bool:
    """Whether to "who" a part can be the answer.

    "Who has the key" is not answered by where it is, nor "who is Ann" by where she is from.
    """
    if asked.kind != "who" or claim.verb != "be":
        return True
    placed = role in speech.PLACE_PREPOSITIONS | {"from"}
    return not placed or (bool(asked.led) and said[0].capital)


#: Verbs whose object in the passive is what they are said of: "Ann is based in Rome".
SEATED = speech.these(
    "educate base bear raise seat locate situate call name marry wed train enrol enroll engage"
)
_AMOUNT = re.compile(r"[^\W\d_]{0,3}[\W_]*\d")


def _is_amount(token: Token) -> bool:
    """Whether a token is a number, maybe with its currency before it; "wren44" is a name."""
    return facets.is_number(token) or _AMOUNT.match(token.raw) is not None


_PLACES = speech.these(
    "here there upstairs downstairs outside inside next home abroad far north south east west"
    " opposite"
)


def _is_place(tokens: Sequence[Token], facet: Facet) -> bool:
    """Whether a part can say where: a place is led in by a preposition, or the key names one."""
    if time_span(tokens, facet.first, facet.last) == (facet.first, facet.last):
        return False
    if facet.role != "value" or facet.verb is not None:
        return True
    named = any(key.kin & speech.KIND_NOUNS["where"] for key in facet.about)
    said = [token.word for token in tokens[facet.first : facet.last]]
    led = any(word in speech.PLACE_PREPOSITIONS for word in said)
    return named or led or said[0] in _PLACES


def _place_beside(tokens: Sequence[Token], first: int, last: int) -> tuple[int, int]:
    """The place behind a time: "tomorrow at 8pm | in the Arena"; all where it is not parted so."""
    time = time_span(tokens, first, last)
    if time is None or not time[1] < last - 1:
        return first, last
    if tokens[time[1]].word not in speech.PLACE_PREPOSITIONS:
        return first, last
    return time[1] + 1, last


def _counted_item(asked: Asked, tokens: Sequence[Token], first: int, last: int) -> tuple[int, int]:
    """The item of a list that what is counted stands in; all where it stands in none."""
    start = first
    for at in range(first, last + 1):
        ends = at == last or tokens[at].word in ("and", "but")
        if at > start and (ends or "," in tokens[at - 1].after):
            said = [facets.key_of(token, False) for token in tokens[start:at]]
            if all(level_of(key, said)[0] for key in asked.counted):
                return start, at
            start = at
        if ends:
            start = at + 1
    return first, last


def _item(asked: Asked, tokens: Sequence[Token], first: int, last: int) -> tuple[int, int]:
    """The one item of a list of numbers that was asked for: "15% for members | and 5% for …"."""
    items: list[tuple[int, int]] = []
    start = first
    for at in range(first, last):
        if tokens[at].word in ("and", "but"):
            items.append((start, at))
            start = at + 1
        elif at > start and "," in tokens[at - 1].after:
            items.append((start, at))
            start = at
    items.append((start, last))
    items = [item for item in items if item[0] < item[1]]
    if len(items) < 2 or not all(
        any(facets.is_number(token) or token.numeric for token in tokens[slice(*item)])
        for item in items
    ):
        return first, last
    meant = [item for item in items if any(_covered(asked, t) for t in tokens[slice(*item)]
                                           if carries(t))]  # fmt: skip
    opening = tokens[items[1][0]]
    if not meant and asked.kind == "much" and (
        opening.word in speech.DETERMINERS | speech.SELF or opening.capital
    ):  # fmt: skip
        # "4.2 kg, the dog 18 kg": that is said of another.
        return items[0]
    return meant[0] if len(meant) == 1 else (first, last)


def _covered(asked: Asked, token: Token) -> bool:
    key = facets.key_of(token, False)
    return bool(level_of(key, (*asked.wanted, *asked.soft))[0])


def _all_asked(asked: Asked, tokens: Sequence[Token], first: int, last: int) -> bool:
    return all(_covered(asked, token) for token in tokens[first:last] if carries(token)) and any(
        carries(token) for token in tokens[first:last]
    )


def _trim(asked: Asked, tokens: Sequence[Token], first: int, last: int) -> tuple[int, int] | None:
    """The part without the words of the question at its ends; None where it has none of them."""
    if not any(carries(token) and _covered(asked, token) for token in tokens[first:last]):
        return None
    while first < last and (
        _covered(asked, tokens[first])
        or not carries(tokens[first])
        or tokens[first].word in ("called", "named")
    ):
        first += 1
    while last > first and (_covered(asked, tokens[last - 1]) or not carries(tokens[last - 1])):
        last -= 1
    return first, last


def _is_such(noun: str, said: Sequence[Token]) -> bool:
    """Whether a value is what a general noun promises: a number, an address, a date."""
    if noun == "address":
        return any("@" in t.raw or "://" in t.raw or t.numeric for t in said)
    if noun in ("date", "time"):
        return time_span(said, 0, len(said)) is not None
    return any(t.numeric for t in said) and not any(t.word.isalpha() and t.raw.islower()
                                                   for t in said)  # fmt: skip
