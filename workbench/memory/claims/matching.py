"""Answers a question from claims: yes, no, a value, or nothing."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from ingest.language.claims import claims_of
from ingest.language.lexical import is_strange
from ingest.language.questions import Question, questions_of
from ingest.language.records import Phrase, with_role
from ingest.language.remainder import question_language, remainder
from ingest.language.rewordings import rewordings
from ingest.language.word_lists import words
from workbench.memory.claims.endings import verb_fits
from workbench.memory.claims.held import Held, Memory, Told
from workbench.memory.claims.holes import Hole
from workbench.memory.claims.respelling import Neighbours, rewritten
from workbench.memory.claims.roles import fit_of, roles_fit, usable
from workbench.memory.claims.things import same
from workbench.memory.claims.values import value
from workbench.memory.claims.yes_no import verdict

#: How sure an answer is that a claim gives, one to the question in other words, and one that is
#: about what is asked only by what was told just before.
SURE, REWORDED, BESIDE = 0.95, 0.9, 0.6
#: The same where a word was learned or misspelt, and where a statement is not understood.
SLIP, LEFT = 0.75, 0.75
_ROLES = ("subject", "object", "complement")


@dataclass(frozen=True, slots=True)
class Match:
    """An answer: what to say and the statement that says it. `exact` unless by contrast.

    `sure` says how likely it is, from 0 to 1. `newer` is a statement that may have ended or changed
    what it says.
    """

    said: str
    told: Told
    exact: bool = True
    sure: float = SURE
    newer: Told | None = None


def match(question: str, told: Iterable[Told]) -> Match | None:
    """What these statements say to a question; None where they say nothing for sure."""
    return answered(question, Memory(told))[1]


def answered(
    question: str, memory: Memory, alike: Neighbours | None = None
) -> tuple[Question | None, Match | None]:
    """The pattern of a question and what a memory says to it, also in other words.

    `alike` are words that were learned to be used alike. The pattern is None where the question is
    not understood.
    """
    pattern, match = _worded(question, memory)
    for again in rewritten(question, memory, alike) if match is None else ():
        other, match = _worded(again, memory)
        if match is not None:
            return other, replace(match, sure=min(match.sure, SLIP))
    return pattern, match


def _worded(question: str, memory: Memory) -> tuple[Question | None, Match | None]:
    patterns = questions_of(question)
    for pattern in patterns:
        match = matched(pattern, memory)
        if match is not None:
            return pattern, match
    for pattern in patterns:
        for other in rewordings(pattern, memory.mentions):
            match = matched(other, memory)
            if match is not None:
                return other, replace(match, sure=min(match.sure, REWORDED))
    return next(iter(patterns), None), left_over(question, memory.statements)


def left_over(question: str, told: Iterable[Told]) -> Match | None:
    """What the newest statement that is not understood says beyond a question to it."""
    asked = question_language(question)
    if asked is None:
        return None
    newest = sorted(told, key=lambda each: (each.at, each.id), reverse=True)
    english = asked[0] == "en"
    foreign = (each for each in newest if _foreign(each, english=english))
    left = ((each, remainder(question, each.text)) for each in foreign)
    sure = LEFT if english else SURE
    found = (Match(piece.text, each, sure=sure) for each, piece in left if piece is not None)
    return next(found, None)


def _foreign(told: Told, *, english: bool) -> bool:
    """Whether a statement may be one of another language, or of English not understood."""
    if english:
        return not claims_of(told.text, told.context).claims
    strange = any(is_strange(word) for word in re.findall(r"[^\W\d_]+", told.text))
    return strange or not claims_of(told.text, told.context).complete


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


def _meant(thing: Phrase, memory: Memory) -> Iterator[Phrase]:
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
        if found is None:
            return None
        doubt = memory.doubt(found.held) if found.yes else None
        newer = None if doubt is None else doubt.told
        return Match("yes" if found.yes else "no", found.held.told, found.exact, newer=newer)
    given = value(pattern, memory)
    if given is None:
        return None
    doubt = memory.doubt(given.held)
    newer = None if doubt is None else doubt.told
    sure = BESIDE if given.beside else SURE
    return Match(given.said, given.held.told, not given.of, sure, newer)


def ended(pattern: Question, memory: Memory) -> Told | None:
    """The statement that ended what would answer a question; None where nothing did."""
    if not pattern.hole:
        return None
    for held in memory.claims:
        newer = memory.newer(held)
        if newer is not None and newer.claim.endings and Hole(pattern, held, memory).value():
            return newer.told
    return None


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
    now = pattern.clause.tense == "present" and not pattern.former
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
