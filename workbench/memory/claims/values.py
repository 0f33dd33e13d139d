"""Answers with a value: chooses among what the claims give for the open role of a question."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.language.questions import Question
from ingest.language.records import Clause, Phrase, with_role
from workbench.memory.claims.cardinality import adds_up, narrows
from workbench.memory.claims.held import Held, Memory
from workbench.memory.claims.holes import Hole
from workbench.memory.claims.roles import usable
from workbench.memory.claims.routes import route
from workbench.memory.claims.things import fuller, names_in, same, same_name
from workbench.memory.claims.yes_no import comparisons

_UNOWNED = re.compile(r"^(?:my|our|his|her|its|their|the) ", re.IGNORECASE)
#: Values of several statements that are given together.
_MOST = 12
#: What is asked for that may be many things; how much or how old something is, it is but once.
_MANY = ("object", "complement", "place", "time", "deed")


@dataclass(frozen=True, slots=True)
class Found:
    """A value as it is said, and the claim that gives it.

    `beside` says that what is asked about was only told just before.
    `of` names what the claim is of where that was told by a fuller name or of a narrower attribute
    than was asked for: “Tom Baker's dog” for “Tom's dog”.
    """

    said: str
    held: Held
    beside: bool = False
    of: str = ""


def value(question: Question, memory: Memory) -> Found | None:
    """The value that the claims give to a question; None where they give none."""
    found: list[Found] = []
    for held in memory.claims:
        if held.clause.negated != question.clause.negated:
            continue
        if question.surely and held.clause.modality != "asserted":
            continue
        hole = Hole(question, held, memory)
        said = hole.value()
        # whether it still holds is looked up only for what would answer
        if said and usable(question, held, memory):
            narrowed = _narrowed(question, held.clause, said)
            found.append(Found(said, held, hole.beside, narrowed))
    if not found and question.clause.role("before") is not None:
        return _predecessor(question, memory)
    if not found and question.hole in ("subject", "complement"):
        most = _most(question, memory)
        if most is not None or question.hole == "subject":
            return most
    way = route(question, memory) if not found else None
    if way is not None:
        return Found(*way)
    if not found or _of_several(question, found):
        return None
    # what was told word for word goes before what it may mean
    best = _one(question, [value for value in found if not value.of] or found)
    return replace(best, said=f"{best.said} ({best.of})") if best.of else best


def _narrowed(question: Question, told: Clause, said: str) -> str:
    """What a claim is of, where a question has a shorter name or a wider attribute for it."""
    asked, subject = question.clause, told.subject
    if question.hole == "complement" and asked.subject is not None:
        # “the password for the wifi” is the wifi password
        whole = replace(asked.subject, inside=(*asked.subject.inside, *asked.prepositions))
        for thing in (subject, told.complement):
            if thing is not None and thing.text != said and narrows(whole, thing):
                return _UNOWNED.sub("", thing.text)
    phrases = (thing for _, thing in told.prepositions)
    for thing in (subject, told.object, told.second, told.complement, *phrases):
        if thing is None or thing.text == said:
            continue
        names = list(names_in(Clause("", thing)))
        for name in names_in(asked):
            alike = any(same_name(name, other) for other in names)
            if not alike and any(fuller(name, other) for other in names):
                return _UNOWNED.sub("", thing.text)
    return ""


def _predecessor(question: Question, memory: Memory) -> Found | None:
    """“Who was the treasurer before Lea?”, “Where did Bo live before Hull?”, by what is now."""
    who, then = question.clause.role("before"), with_role(question.clause, "before", None)
    if who is None or who.kind in ("time", "clause"):
        return None
    now = value(replace(question, clause=replace(then, tense="present")), memory)
    former = value(replace(question, clause=replace(then, tense="past")), memory)
    if now is None or former is None or former.said == now.said:
        return None
    return former if who.words <= {*now.said.lower().split()} else None


def _of_several(question: Question, found: Sequence[Found]) -> bool:
    """“What is the code?” where the north code and the south code are told: neither was meant."""
    asked = question.clause.subject
    if question.hole != "complement" or asked is None or asked.kind != "noun":
        return False
    about = [f.held.clause.subject for f in found]
    if any(thing is None or thing.head != asked.head for thing in about):
        return False
    kinds = {_more_than(thing, asked) for thing in about if thing is not None}
    return len(kinds) > 1 and frozenset() not in kinds


def _more_than(thing: Phrase, asked: Phrase) -> frozenset[str]:
    """What describes a thing beyond what it was called."""
    inside = {word for _, other in thing.inside for word in other.words}
    return frozenset(thing.mods | inside) - asked.words


def _one(question: Question, found: list[Found]) -> Found:
    """One of the values, or several together where they do not exclude each other."""
    asked = question.clause
    if asked.subject is not None and asked.subject.head == "we":
        # when we meet is rather told of us than of me
        ours = [f for f in found if (s := f.held.clause.subject) is not None and s.head == "we"]
        found = ours or found
    if asked.tense == "past":
        found = [f for f in found if f.held.claim.status in ("was", "happened")] or found
    if asked.tense == "present":
        found = [f for f in found if f.held.claim.status != "will"] or found
    if question.wh == "who" and question.hole == "complement":
        found = [f for f in found if _is_name(f)] or found
    if asked.subject is not None and asked.subject.kind == "name":
        # “my dog Rolo is a beagle”: that comes before what he is called beside his name
        found = [f for f in found if f.held.claim.derived != "called"] or found
    if question.hole == "deed" and asked.modality == "obliged":
        tasks = dict.fromkeys(f.said for f in found)
        return replace(found[0], said="; ".join([*tasks][:_MOST]))
    statements = _by_statement(found)
    best = _of_statement(question, statements[0])
    if not _adds_up(question, best.held.clause):
        return best
    others = [_of_statement(question, values).said for values in statements[1:]]
    said = _distinct([best.said, *others])
    together = " and " if question.hole in ("subject", "time") else ", "
    return replace(best, said=together.join(said[:_MOST])) if len(said) > 1 else best


def _by_statement(found: Sequence[Found]) -> list[list[Found]]:
    """The values of each statement, in their order."""
    by_id: dict[int, list[Found]] = {}
    for value in found:
        by_id.setdefault(value.held.told.id, []).append(value)
    return list(by_id.values())


def _of_statement(question: Question, found: list[Found]) -> Found:
    """One of the values that a statement gives, or several together."""
    several = _several(question, found)
    if several is not None:
        return several
    lists = [f for f in found if _whole(f.held.clause)] if question.hole != "count" else []
    if lists:
        return lists[0]
    if question.hole in ("time", "price"):
        # “at 23:10, on Fridays at 0:40”: what is so at large comes first
        fewest = min(len(value.held.clause.prepositions) for value in found)
        found = [value for value in found if len(value.held.clause.prepositions) == fewest]
    best = found[0]
    if question.hole == "time":
        # “on Mondays in the hall and on Fridays in the church”
        how = best.held.claim.derived
        said = [value.said for value in reversed(found) if value.held.claim.derived == how]
        return replace(best, said=" and ".join(dict.fromkeys(said)))
    if not _adds_up(question, best.held.clause):
        return best
    together = " and " if question.hole == "subject" else ", "
    return replace(best, said=together.join(_distinct([value.said for value in found])))


def _adds_up(question: Question, clause: Clause) -> bool:
    """Whether the values that several claims give to a question hold beside each other."""
    asked, hole = question.clause, question.hole
    if hole == "subject":
        what = asked.object if asked.verb in ("have", "own") else asked.complement
        if asked.verb in ("have", "own"):
            return what is not None and what.determiner in ("", "a", "an", "any") and not what.owner
        return asked.verb != "be" or what is None or what.kind == "adjective"
    if hole in _MANY or hole.startswith("to:"):
        return adds_up(clause, hole.removeprefix("to:"))
    return False


def _distinct(said: Sequence[str]) -> list[str]:
    """The values without those that others hold: “Rome” beside “Rome, Italy”."""
    low = [each.lower() for each in said]
    return list(
        dict.fromkeys(
            value
            for value in said
            if not any(value.lower() != other and value.lower() in other for other in low)
        )
    )


def _is_name(found: Found) -> bool:
    """Whether a value is a name: Clara, before “the aunt of Till”."""
    clause = found.held.clause
    things = [thing for thing in (clause.subject, clause.complement) if thing is not None]
    return any(thing.kind == "name" and thing.text == found.said for thing in things)


def _several(question: Question, found: list[Found]) -> Found | None:
    """“M in shirts and 43 in shoes”, where it is not asked of which."""
    told = found[0].held.told
    if question.hole != "complement" or question.clause.prepositions:
        return None
    parts = [
        thing
        for each in found
        if each.held.told.id == told.id and not each.held.claim.derived
        for thing in (each.held.clause.complement, *(t for _, t in each.held.clause.prepositions))
        if thing is not None and thing.text in told.text and each.held.clause.prepositions
    ]
    if len({f.said for f in found if f.held.told.id == told.id}) < 2 or not parts:
        return None
    start, end = min(part.start for part in parts), max(part.end for part in parts)
    return Found(told.text[start:end], found[0].held)


def _whole(clause: Clause) -> bool:
    """Whether a claim is of a list as a whole."""
    roles = (clause.subject, clause.object, clause.complement)
    things = [*roles, *(thing for _, thing in clause.prepositions)]
    return any(thing is not None and thing.members for thing in things)


def _most(question: Question, memory: Memory) -> Found | None:
    """“Which tower is higher?”, “who is the tallest?” by told comparisons or by two amounts."""
    asked, quality = question.clause, question.clause.complement
    if quality is None and asked.subject is not None and asked.subject.determiner == "the":
        # “the tallest”, where nothing else is asked
        quality = None if asked.subject.mods or asked.subject.inside else asked.subject
    elif asked.subject is not None or quality is None or quality.kind != "adjective":
        return None
    if asked.verb != "be" or asked.prepositions or quality is None:
        return None
    steps = comparisons(quality, memory)
    tops = {
        high.text: held
        for high, _, held in reversed(steps)
        if not any(same(high, low, memory.identities) for _, low, _ in steps)
        and (not question.noun or question.noun in high.words)
    }
    if not tops:
        return _by_amounts(question, memory) if quality.kind == "adjective" else None
    return Found(*next(iter(tops.items()))) if len(tops) == 1 else None


def _by_amounts(question: Question, memory: Memory) -> Found | None:
    from workbench.memory.claims.yes_no import positive

    complement = question.clause.complement
    quality = positive(complement.head) if complement is not None else ""
    found: list[tuple[float, str, Held]] = []
    for held in memory.claims:
        clause = held.clause
        if (
            clause.verb != "be"
            or clause.subject is None
            or clause.complement is None
            or clause.negated
        ):
            continue
        if clause.complement.head != quality or not clause.complement.number:
            continue
        if (
            question.noun and question.noun not in clause.subject.words
        ) or held.claim.status != "now":
            continue
        try:
            amount = float(clause.complement.number.split()[0].replace(",", ""))
        except ValueError:
            continue
        found.append((amount, clause.subject.text, held))
    if len(found) != 2 or found[0][0] == found[1][0]:
        return None
    _, said, held = max(found, key=lambda each: each[0])
    return Found(said, held)
