"""Answers questions from stored facts by comparing their claims, role by role."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.language.claims import claims_of
from ingest.language.nouns import singular
from ingest.language.questions import Question, asks_of_past, question_of, questions_of
from ingest.language.records import Token
from ingest.language.unasserted import is_unasserted
from ingest.language.verbs import forms
from workbench.memory.claims import candidates
from workbench.memory.claims.candidates import ScopeView
from workbench.memory.claims.claim_set import ClaimSet, Statement
from workbench.memory.claims.matching import (
    DIRECT,
    Match,
    answer_question,
    ending_statement,
    matched,
    mismatch,
)
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.records import Fact
from workbench.store import facts as rows
from workbench.store.facts import FactRow

_ON_CONDITION = re.compile(r"\b(?:if|unless)\b", re.IGNORECASE)
#: Upper bounds of confidence: for an answer inferred by contrast, and for one that something newer
#: may have ended.
CONTRAST, DOUBTED = 0.85, 0.55


@dataclass(frozen=True, slots=True)
class Reading:
    """A parsed question and the statements that may answer it.

    `pattern` is None if the question is not understood, `match` if nothing answers it.
    """

    pattern: Question | None
    match: Match | None
    claim_set: ClaimSet


def read(view: ScopeView, question: str) -> Reading:
    """Match a question against the statements of a scope, reading only as many as decide it."""
    if view.until is None and asks_of_past(question):
        view = replace(view, judged=True)
    for selected in candidates.selections(view, question):
        reading = _read(view, question, selected)
        if _is_decided(reading):
            break
    if reading.match is None:
        return reading
    known = {row.id for row in selected}
    later = candidates.later_changes(view, reading.match.statement, known)
    return _read(view, question, [*selected, *later]) if later else reading


def _is_decided(reading: Reading) -> bool:
    """Whether reading more statements is unlikely to change the answer."""
    match = reading.match
    direct = match is not None and match.exact and match.confidence >= DIRECT
    return direct and match is not None and match.newer is None


def _read(view: ScopeView, question: str, selected: Sequence[FactRow]) -> Reading:
    claim_set = candidates.claim_set(view, selected)
    alternative = _alternative(question, claim_set)
    pattern, match = answer_question(question, claim_set, view.index.similar_words)
    return Reading(pattern, alternative or match, claim_set)


def superseded_by(match: Match, claim_set: ClaimSet) -> list[int]:
    """The ids of statements that the answering one supersedes."""
    newer = ((dated.statement.id, claim_set.newer(dated)) for dated in claim_set.claims)
    answering = match.statement.id
    return [
        id
        for id, other in dict(newer).items()
        if other is not None and other.statement.id == answering != id
    ]


def confidence(match: Match) -> float:
    """The probability that an answer is right, 0 to 1."""
    if match.newer is not None:
        return DOUBTED
    return match.confidence if match.exact else min(match.confidence, CONTRAST)


def denied(index: FactIndex, question: str, fact: Fact) -> bool:
    """Whether a fact does not answer: it is on another subject, conditional, or not asserted."""
    if is_unasserted(fact.text):
        return True
    with index.reading() as connection:
        (row,) = rows.by_ids(connection, [fact.id])
        view = ScopeView(index, connection, row.scope)
        *_, selected = candidates.selections(view, question)
        known = {other.id for other in selected}
        besides = [] if row.id in known else [row]
        besides += candidates.later_changes(view, Statement(row.id, row.text, row.at), known)
        reading = _read(view, question, [*selected, *besides])
    if reading.pattern is None:
        return False
    if reading.pattern.surely:
        return True
    query = reading.pattern
    if query.hole == "deed" and query.clause.modality == "obliged":
        # A task that its claim did not give is done.
        of_fact = (dated for dated in reading.claim_set.claims if dated.statement.id == fact.id)
        return any(dated.clause.modality == "obliged" for dated in of_fact)
    ended_by = ending(question, reading)
    if ended_by is not None:
        # only the statement that ended it answers
        return ended_by.id != fact.id
    statement = _understood(reading.claim_set, fact.id)
    if statement is None:
        return not _ON_CONDITION.search(question) and _ON_CONDITION.match(fact.text) is not None
    return mismatch(reading.pattern, statement, reading.claim_set) != ""


def ending(question: str, reading: Reading) -> Statement | None:
    """The statement that ended the value a question asks for; None if none did."""
    endings = (ending_statement(pattern, reading.claim_set) for pattern in questions_of(question))
    return next((statement for statement in endings if statement is not None), None)


def _understood(claim_set: ClaimSet, fact: int) -> Statement | None:
    """The statement, if every word has a role in a clause: only then is absence evidence."""
    statement = next(
        (candidate for candidate in claim_set.statements if candidate.id == fact), None
    )
    if statement is None or not claims_of(statement.text, statement.context).complete:
        return None
    return statement


def _alternative(question: str, claim_set: ClaimSet) -> Match | None:
    """The option that a choice question selects; None for both or neither."""
    for pair in choices(question):
        patterns = [(option, question_of(wording)) for option, wording in pair]
        answers = [
            (option, match)
            for option, pattern in patterns
            if pattern is not None and (match := matched(pattern, claim_set)) is not None
        ]
        upheld = [(option, match) for option, match in answers if match.answer == "yes"]
        if len(upheld) == 1:
            option, match = upheld[0]
            return replace(match, answer=option)
        if answers:
            break
    return None


def forms_of(token: Token) -> set[str]:
    """The inflected forms of a token that may occur elsewhere."""
    return {token.low, singular(token.low), *(form.verb for form in forms(token.low))}


# -- choice questions ------------------------------------------------------------------------------

_COMPARISON = re.compile(
    r"(?:who|which(?: \w+)?) (is|was|are|were) ([\w ]+?),"
    r" (?P<one>[^,?]+) or (?P<other>[^,?]+?)[ ?.!]*",
    re.IGNORECASE,
)
_MORE = re.compile(r"(?:more|less) \w+|\w+er", re.IGNORECASE)
_OR = re.compile(r"\s+or\s+(?P<other>\S.*?)\s*[?？.!]*\s*$", re.IGNORECASE)
#: Words of one option.
_WORDS = 4


def choices(question: str) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """Yield the two options of a choice question with a question for each, in every split."""
    comparison = _COMPARISON.fullmatch(question.strip())
    if comparison is not None:
        be, quality, left, right = comparison.groups()
        suffixes = [f" than {rival}" if _MORE.fullmatch(quality) else "" for rival in (right, left)]
        yield (
            (left, f"{be} {left} {quality}{suffixes[0]}?"),
            (right, f"{be} {right} {quality}{suffixes[1]}?"),
        )
        return
    separator = _OR.search(question)
    if separator is None:
        return
    right, words = separator["other"], question[: separator.start()].split()
    size = len(right.split())
    if size > _WORDS or re.search(r",|\b(?:or|not)\b", right, re.IGNORECASE):
        return
    # The options usually have the same length.
    for length in sorted(range(1, min(_WORDS, len(words) - 2) + 1), key=lambda n: abs(n - size)):
        stem, left = " ".join(words[:-length]), " ".join(words[-length:])
        yield (left, f"{stem} {left}?"), (right, f"{stem} {right}?")
