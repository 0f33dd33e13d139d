"""Answers a question from claims: yes, no, a value, or nothing."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ingest.language.analyse import is_strange
from ingest.language.claims import claims_of
from ingest.language.questions import Question, questions_of
from ingest.language.records import Thing, with_role
from ingest.language.remainder import asked_in, remainder
from ingest.language.word_lists import words
from workbench.memory.claims.held import Held, Memory, Told, owners, verb_fits
from workbench.memory.claims.roles import fit_of, roles_fit, usable
from workbench.memory.claims.things import same
from workbench.memory.claims.values import value
from workbench.memory.claims.yes_no import verdict

_ROLES = ("subject", "object", "complement")


@dataclass(frozen=True, slots=True)
class Match:
    """An answer: what to say and the statement that says it. `exact` unless by contrast."""

    said: str
    told: Told
    exact: bool = True


def match(question: str, told: Iterable[Told]) -> Match | None:
    """What these statements say to a question; None where they say nothing for sure."""
    memory, patterns = Memory(told), questions_of(question)
    if not patterns:
        return left_over(question, memory.statements)
    found = (matched(pattern, memory) for pattern in patterns)
    return next((each for each in found if each is not None), None)


def left_over(question: str, told: Iterable[Told]) -> Match | None:
    """What the newest statement of another language says beyond a question in it."""
    if asked_in(question) is None:
        return None
    newest = sorted(told, key=lambda each: (each.at, each.id), reverse=True)
    foreign = (each for each in newest if _foreign(each))
    left = ((each, remainder(question, each.text)) for each in foreign)
    return next((Match(found.text, each) for each, found in left if found is not None), None)


def _foreign(told: Told) -> bool:
    """Whether a statement may be one of another language."""
    strange = any(is_strange(word) for word in re.findall(r"[^\W\d_]+", told.text))
    return strange or not claims_of(told.text, told.context).sure


def matched(pattern: Question, memory: Memory) -> Match | None:
    """What a memory says to a pattern, or to the same about what a clause in it stands for."""
    found = _matched(pattern, memory)
    if found is not None:
        return found
    clause = pattern.clause
    for role in _ROLES:
        thing = clause.role(role)
        for meant in _meant(thing, memory) if thing is not None else ():
            changed = replace(pattern, clause=with_role(clause, role, meant))
            found = found or _matched(changed, memory)
    return found


def _meant(thing: Thing, memory: Memory) -> Iterator[Thing]:
    """What “the woman who owns the mill” stands for, also as who has or leads something."""
    if thing.owner is not None:
        # “the budget of the project that Ann leads”: the project, before the budget
        inner = replace(thing.owner, relatives=(*thing.owner.relatives, *thing.relatives))
        for owner in _meant(inner, memory):
            yield replace(thing, owner=owner, relatives=())
    for told in thing.relatives:
        own = next(
            (r for r in ("subject", "object") if (t := told.role(r)) and t.start <= thing.start),
            None,
        )
        if own is None:
            continue
        pattern = Question("", told)
        bare = replace(thing, relatives=(), owner=None)
        for held in memory.claims:
            found = held.clause.role(own)
            if found is None or held.clause.negated or not usable(pattern, held, memory):
                continue
            alike = thing.head in words("person") or same(bare, found, memory.identities)
            if alike and roles_fit(told, held.clause, memory.identities, own):
                yield found


def _matched(pattern: Question, memory: Memory) -> Match | None:
    if not pattern.hole:
        found = verdict(pattern, memory)
        return (
            None
            if found is None
            else Match("yes" if found.yes else "no", found.held.told, found.exact)
        )
    given = value(pattern, memory)
    return None if given is None else Match(given.said, given.held.told)


def compared(pattern: Question, told: Told, memory: Memory) -> Literal["contrary", "another", ""]:
    """How a statement that gives no answer stands to a question.

    It tells the "contrary" (who closes does not open, of two only one is colder than the other),
    or of "another": of somebody else or of another time. "" where it tells nothing with the verb
    of the question, so that it may say the same otherwise.
    """
    if all(held.claim.status == "maybe" for held in memory.claims if held.told is told):
        return "contrary"
    fits = [(_verb_fits(pattern, held), held) for held in memory.claims if held.told is told]
    alike = [held for fit, held in fits if fit > 0]
    if not alike:
        return "contrary" if any(fit < 0 for fit, _ in fits) else ""
    alike = [held for held in alike if held.clause.negated == pattern.clause.negated]
    if alike and all(_measures_another(pattern, held) for held in alike):
        return "another"
    now = pattern.clause.tense == "present" and not pattern.before
    if not alike or (now and all(_not_now(pattern, held, memory) for held in alike)):
        return "contrary"
    if any(usable(pattern, held, memory) and not _other(pattern, held, memory) for held in alike):
        return ""
    both = pattern.clause.role("than") and any(held.clause.role("than") for held in alike)
    return "contrary" if both else "another"


def _not_now(pattern: Question, held: Held, memory: Memory) -> bool:
    """Whether something else holds now, or does until what is told comes."""
    to_come = held.claim.status == "will" and not usable(pattern, held, memory)
    return to_come or memory.replaced(held)


def _measures_another(pattern: Question, held: Held) -> bool:
    """Whether an amount is of another quality: how long it is does not say how wide."""
    what = held.clause.complement
    return (
        pattern.hole == "amount"
        and pattern.adjective != ""
        and what is not None
        and what.kind == "adjective"
        and what.number != ""
        and what.head != pattern.adjective
    )


def _verb_fits(pattern: Question, held: Held) -> int:
    """`verb_fits`, also where the state that a question asks about is told: “what is broken?”"""
    state, what = pattern.state, held.clause.complement
    asked = state.complement if state is not None else None
    if asked is not None and what is not None and held.clause.verb == "be":
        return int(what.head == asked.head)
    return verb_fits(pattern.clause.verb, held.clause.verb)


def of_another(pattern: Question, said: str, told: Told, memory: Memory) -> bool:
    """Whether a statement says these words only of somebody or something else.

    “Bo got a B, I only a C”: what Bo got answers nothing about me. “We had six hens, the fox took
    two”: six is not what it took. Nor does a question ask for what it names itself.
    """
    claims = [held for held in memory.claims if held.told is told]
    alike = [held for held in claims if verb_fits(pattern.clause.verb, held.clause.verb) > 0]
    meant = [held for held in alike if not _other(pattern, held, memory)]
    if not alike:
        return _of_no_name(pattern, [held for held in claims if _says(held, said)], memory)

    asked = [role for role in _ROLES if pattern.clause.role(role) is not None]

    told_at_all = any(_says(held, said) for held in claims)
    return bool(meant) and told_at_all and not any(_says(held, said, *asked) for held in meant)


def _says(held: Held, said: str, *named: str) -> bool:
    """Whether a thing of a claim holds these words, and does not only name what is asked about."""
    things = [(role, held.clause.role(role)) for role in _ROLES]
    return any(
        thing is not None
        and said in thing.text
        and not (role in named and thing.head in said.casefold())
        for role, thing in (*things, *held.clause.prepositions)
    )


def _of_no_name(pattern: Question, claims: Sequence[Held], memory: Memory) -> bool:
    """Whether claims are of nobody that a question names: a file on Bo does not say where he is."""
    roles = [pattern.clause.role(role) for role in _ROLES]
    named = [thing for thing in roles if thing is not None and thing.kind == "name"]
    told_of = [
        each
        for held in claims
        for thing in (
            *(held.clause.role(role) for role in (*_ROLES, "second")),
            *(thing for _, thing in held.clause.prepositions),
        )
        for each in owners(thing)
    ]
    return bool(named and claims) and not any(
        same(name, each, memory.identities) for name in named for each in told_of
    )


def _other(pattern: Question, held: Held, memory: Memory) -> bool:
    """Whether a role that a question fills is filled otherwise by a claim."""
    asked, clause = pattern.clause, held.clause
    if pattern.state is not None and verb_fits(asked.verb, clause.verb) < 1:
        asked = pattern.state
    known = memory.identities
    for role in _ROLES:
        thing, other = asked.role(role), clause.role(role)
        if thing is None or other is None:
            continue
        if not same(thing, other, known) or words("blur") & (other.mods - thing.mods):
            return True
    return any(
        fit_of(preposition, thing, clause, known) in ("opposite", "differs")
        for preposition, thing in asked.prepositions
    )
