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
from workbench.memory.claims.claim_set import ClaimSet, DatedClaim, Statement
from workbench.memory.claims.endings import verb_fits
from workbench.memory.claims.gap_filling import fill
from workbench.memory.claims.identity import same
from workbench.memory.claims.respelling import Neighbours, rewritten
from workbench.memory.claims.roles import Gap, fit_of, roles_fit, usable
from workbench.memory.claims.values import value
from workbench.memory.claims.yes_no import verdict

#: How sure an answer is that a claim gives, one to the question in other words, and one that is
#: about what is asked only by what was told just before.
DIRECT, REWORDED, CONTEXTUAL = 0.95, 0.9, 0.6
#: The same where a word was learned or misspelt, and where a statement is not understood.
SLIP, REMAINDER = 0.75, 0.75
_ROLES = ("subject", "object", "complement")


@dataclass(frozen=True, slots=True)
class Match:
    """An answer: what to say and the statement that says it. `exact` unless by contrast.

    `confidence` says how likely it is, from 0 to 1. `newer` is a statement that may have ended or
    changed what it says.
    """

    answer: str
    statement: Statement
    exact: bool = True
    confidence: float = DIRECT
    newer: Statement | None = None


def match(question: str, statements: Iterable[Statement]) -> Match | None:
    """What these statements say to a question; None where they say nothing for sure."""
    return answer_question(question, ClaimSet(statements))[1]


def answer_question(
    question: str, claim_set: ClaimSet, neighbours: Neighbours | None = None
) -> tuple[Question | None, Match | None]:
    """The pattern of a question and what the claims say to it, also in other words.

    `neighbours` are words that were learned to be used alike. The pattern is None where the
    question is not understood.
    """
    pattern, match = _worded(question, claim_set)
    for variant in rewritten(question, claim_set, neighbours) if match is None else ():
        other, match = _worded(variant, claim_set)
        if match is not None:
            return other, replace(match, confidence=min(match.confidence, SLIP))
    return pattern, match


def _worded(question: str, claim_set: ClaimSet) -> tuple[Question | None, Match | None]:
    patterns = questions_of(question)
    for pattern in patterns:
        match = matched(pattern, claim_set)
        if match is not None:
            return pattern, match
    for pattern in patterns:
        for other in rewordings(pattern, claim_set.mentions):
            match = matched(other, claim_set)
            if match is not None:
                return other, replace(match, confidence=min(match.confidence, REWORDED))
    return next(iter(patterns), None), remainder_match(question, claim_set.statements)


def remainder_match(question: str, statements: Iterable[Statement]) -> Match | None:
    """What the newest statement that is not understood says beyond a question to it."""
    detected = question_language(question)
    if detected is None:
        return None
    newest = sorted(statements, key=lambda entry: (entry.at, entry.id), reverse=True)
    english = detected[0] == "en"
    foreign = (statement for statement in newest if _foreign(statement, english=english))
    remainders = ((statement, remainder(question, statement.text)) for statement in foreign)
    confidence = REMAINDER if english else DIRECT
    matches = (
        Match(piece.text, statement, confidence=confidence)
        for statement, piece in remainders
        if piece is not None
    )
    return next(matches, None)


def _foreign(statement: Statement, *, english: bool) -> bool:
    """Whether a statement may be one of another language, or of English not understood."""
    if english:
        return not claims_of(statement.text, statement.context).claims
    strange = any(is_strange(word) for word in re.findall(r"[^\W\d_]+", statement.text))
    return strange or not claims_of(statement.text, statement.context).complete


def matched(pattern: Question, claim_set: ClaimSet) -> Match | None:
    """What the claims say to a pattern, or to the same about what a clause in it stands for."""
    result = _matched(pattern, claim_set)
    if result is not None:
        return result
    clause = pattern.clause
    for role in _ROLES:
        phrase = clause.role(role)
        for referent in _referents(phrase, claim_set) if phrase is not None else ():
            changed = replace(pattern, clause=with_role(clause, role, referent))
            result = result or _matched(changed, claim_set)
    return result


def _referents(phrase: Phrase, claim_set: ClaimSet) -> Iterator[Phrase]:
    """What “the woman who owns the mill” stands for, also as who has or leads something."""
    if phrase.owner is not None:
        # “the budget of the project that Ann leads”: the project, before the budget
        inner = replace(phrase.owner, relatives=(*phrase.owner.relatives, *phrase.relatives))
        for owner in _referents(inner, claim_set):
            yield replace(phrase, owner=owner, relatives=())
    for relative in phrase.relatives:
        relative_role = next(
            (
                r
                for r in ("subject", "object")
                if (t := relative.role(r)) and t.start <= phrase.start
            ),
            None,
        )
        if relative_role is None:
            continue
        pattern = Question("", relative)
        antecedent = replace(phrase, relatives=(), owner=None)
        for dated in claim_set.claims:
            candidate = dated.clause.role(relative_role)
            if candidate is None or dated.clause.negated or not usable(pattern, dated, claim_set):
                continue
            same_kind = phrase.head in words("person") or same(
                antecedent, candidate, claim_set.identities
            )
            if same_kind and roles_fit(relative, dated.clause, claim_set.identities, relative_role):
                yield candidate


def _matched(pattern: Question, claim_set: ClaimSet) -> Match | None:
    if not pattern.hole:
        decision = verdict(pattern, claim_set)
        if decision is None:
            return None
        doubt = claim_set.doubt(decision.dated) if decision.yes else None
        newer = None if doubt is None else doubt.statement
        return Match(
            "yes" if decision.yes else "no", decision.dated.statement, decision.exact, newer=newer
        )
    answer = value(pattern, claim_set)
    if answer is None:
        return None
    doubt = claim_set.doubt(answer.dated)
    newer = None if doubt is None else doubt.statement
    confidence = CONTEXTUAL if answer.contextual else DIRECT
    return Match(answer.text, answer.dated.statement, not answer.of, confidence, newer)


def ending_statement(pattern: Question, claim_set: ClaimSet) -> Statement | None:
    """The statement that ended what would answer a question; None where nothing did."""
    if not pattern.hole:
        return None
    for dated in claim_set.claims:
        newer = claim_set.newer(dated)
        if newer is not None and newer.claim.endings and fill(Gap(pattern, dated, claim_set)):
            return newer.statement
    return None


def mismatch(
    pattern: Question, statement: Statement, claim_set: ClaimSet
) -> Literal["contrary", "another", ""]:
    """How a statement that gives no answer stands to a question.

    It tells the "contrary" (who closes does not open, of two only one is colder than the other),
    or of "another": of somebody else or of another time. "" where it tells nothing with the verb
    of the question, so that it may say the same otherwise.
    """
    if all(
        dated.claim.status == "maybe" for dated in claim_set.claims if dated.statement is statement
    ):
        return "contrary"
    fits = [
        (_verb_fits(pattern, dated), dated)
        for dated in claim_set.claims
        if dated.statement is statement
    ]
    comparable = [dated for fit, dated in fits if fit > 0]
    if not comparable:
        return "contrary" if any(fit < 0 for fit, _ in fits) else ""
    comparable = [dated for dated in comparable if dated.clause.negated == pattern.clause.negated]
    if comparable and all(_measures_another(pattern, dated) for dated in comparable):
        return "another"
    is_present = pattern.clause.tense == "present" and not pattern.former
    if not comparable or (
        is_present and all(_is_superseded(pattern, dated, claim_set) for dated in comparable)
    ):
        return "contrary"
    if any(
        usable(pattern, dated, claim_set) and not _other(pattern, dated, claim_set)
        for dated in comparable
    ):
        return ""
    is_comparative = pattern.clause.role("than") and any(
        dated.clause.role("than") for dated in comparable
    )
    return "contrary" if is_comparative else "another"


def _is_superseded(pattern: Question, dated: DatedClaim, claim_set: ClaimSet) -> bool:
    """Whether something else holds now, or does until what is told comes."""
    is_upcoming = dated.claim.status == "will" and not usable(pattern, dated, claim_set)
    return is_upcoming or claim_set.replaced(dated)


def _measures_another(pattern: Question, dated: DatedClaim) -> bool:
    """Whether an amount is of another quality: how long it is does not say how wide."""
    complement = dated.clause.complement
    return (
        pattern.hole == "amount"
        and pattern.adjective != ""
        and complement is not None
        and complement.kind == "adjective"
        and complement.number != ""
        and complement.head != pattern.adjective
    )


def _verb_fits(pattern: Question, dated: DatedClaim) -> int:
    """`verb_fits`, also where the state that a question asks about is told: “what is broken?”"""
    state, complement = pattern.state, dated.clause.complement
    query_complement = state.complement if state is not None else None
    if query_complement is not None and complement is not None and dated.clause.verb == "be":
        return int(complement.head == query_complement.head)
    return verb_fits(pattern.clause.verb, dated.clause.verb)


def _other(pattern: Question, dated: DatedClaim, claim_set: ClaimSet) -> bool:
    """Whether a role that a question fills is filled otherwise by a claim."""
    query, clause = pattern.clause, dated.clause
    if pattern.state is not None and verb_fits(query.verb, clause.verb) < 1:
        query = pattern.state
    identities = claim_set.identities
    for role in _ROLES:
        phrase, other = query.role(role), clause.role(role)
        if phrase is None or other is None:
            continue
        if not same(phrase, other, identities) or words("blur") & (other.mods - phrase.mods):
            return True
    return any(
        fit_of(preposition, phrase, clause, identities) in ("opposite", "differs")
        for preposition, phrase in query.prepositions
    )
