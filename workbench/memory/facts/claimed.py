"""Answers questions from told statements by comparing their claims, role by role."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.language.claims import claims_of
from ingest.language.nouns import singular
from ingest.language.questions import Question, question_of, questions_of
from ingest.language.records import Token
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
#: How sure an answer is at most that follows by contrast, and one that something newer may have
#: ended.
CONTRAST, DOUBTED = 0.85, 0.55


@dataclass(frozen=True, slots=True)
class Reading:
    """A question parsed beside the statements that may answer it.

    `pattern` is None where the question is not understood, `match` where nothing answers it.
    """

    pattern: Question | None
    match: Match | None
    claim_set: ClaimSet


def read(view: ScopeView, question: str) -> Reading:
    """What the statements of a scope answer, from as few of them as settle it."""
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
    """Whether other statements would hardly give another answer."""
    match = reading.match
    direct = match is not None and match.exact and match.confidence >= DIRECT
    return direct and match is not None and match.newer is None


def _read(view: ScopeView, question: str, selected: Sequence[FactRow]) -> Reading:
    claim_set = candidates.claim_set(view, selected)
    alternative = _alternative(question, claim_set)
    pattern, match = answer_question(question, claim_set, view.index.similar_words)
    return Reading(pattern, alternative or match, claim_set)


def superseded_by(match: Match, claim_set: ClaimSet) -> list[int]:
    """The statements of which the one that answers has taken the place."""
    newer = ((dated.statement.id, claim_set.newer(dated)) for dated in claim_set.claims)
    answering = match.statement.id
    return [
        id
        for id, other in dict(newer).items()
        if other is not None and other.statement.id == answering != id
    ]


def confidence(match: Match) -> float:
    """How likely an answer is right, from 0 to 1."""
    if match.newer is not None:
        return DOUBTED
    return match.confidence if match.exact else min(match.confidence, CONTRAST)


def denied(index: FactIndex, question: str, fact: Fact) -> bool:
    """Whether roles deny that a statement answers a question: it tells of another, or of a case."""
    with index.store.read() as connection:
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
    ended_by = ending(question, reading)
    if ended_by is not None:
        # nothing but what ended it answers
        return ended_by.id != fact.id
    statement = _understood(reading.claim_set, fact.id)
    if statement is None:
        return not _ON_CONDITION.search(question) and _ON_CONDITION.match(fact.text) is not None
    return mismatch(reading.pattern, statement, reading.claim_set) != ""


def ending(question: str, reading: Reading) -> Statement | None:
    """The statement that ended what would answer a question for a value; None where none did."""
    endings = (ending_statement(pattern, reading.claim_set) for pattern in questions_of(question))
    return next((statement for statement in endings if statement is not None), None)


def _understood(claim_set: ClaimSet, fact: int) -> Statement | None:
    """A statement of which every word has its place in a clause: then silence means something."""
    statement = next(
        (candidate for candidate in claim_set.statements if candidate.id == fact), None
    )
    if statement is None or not claims_of(statement.text, statement.context).complete:
        return None
    return statement


def _alternative(question: str, claim_set: ClaimSet) -> Match | None:
    """Which of the two it is that a question leaves to choose from; None for both or neither."""
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
    """A word as it may stand elsewhere."""
    return {token.low, singular(token.low), *(form.verb for form in forms(token.low))}


# -- which of the two ------------------------------------------------------------------------------

_COMPARISON = re.compile(
    r"(?:who|which(?: \w+)?) (is|was|are|were) ([\w ]+?),"
    r" (?P<one>[^,?]+) or (?P<other>[^,?]+?)[ ?.!]*",
    re.IGNORECASE,
)
_MORE = re.compile(r"(?:more|less) \w+|\w+er", re.IGNORECASE)
_OR = re.compile(r"\s+or\s+(?P<other>\S.*?)\s*[?？.!]*\s*$", re.IGNORECASE)
#: Words of what there is to choose from.
_WORDS = 4


def choices(question: str) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """The two things that are asked and the question for each, in every way they may be parted."""
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
    # Most often both are as long.
    for length in sorted(range(1, min(_WORDS, len(words) - 2) + 1), key=lambda n: abs(n - size)):
        stem, left = " ".join(words[:-length]), " ".join(words[-length:])
        yield (left, f"{stem} {left}?"), (right, f"{stem} {right}?")
