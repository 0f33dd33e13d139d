"""Answers questions from told statements by comparing their claims, role by role."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.language.claims import claims_of
from ingest.language.nouns import singular
from ingest.language.questions import Question, question_of, questions_of
from ingest.language.records import Token
from ingest.language.verbs import forms
from workbench.memory.claims import candidates
from workbench.memory.claims.candidates import ScopeView
from workbench.memory.claims.held import Memory, Told
from workbench.memory.claims.matching import Match, answered, compared, ended, matched
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
    memory: Memory


def answer(view: ScopeView, question: str) -> Match | None:
    """What the statements of a scope answer; None for nothing."""
    return _read(view, question).match


def _read(view: ScopeView, question: str, *besides: FactRow) -> Reading:
    selected = candidates.select(view, question)
    known = {row.id for row in selected}
    selected += [row for row in besides if row.id not in known]
    memory = candidates.memory(view, selected)
    alternative = _alternative(question, memory)
    pattern, match = answered(question, memory, view.index.alike)
    return Reading(pattern, alternative or match, memory)


def confidence(match: Match) -> float:
    """How likely an answer is right, from 0 to 1."""
    if match.newer is not None:
        return DOUBTED
    return match.sure if match.exact else min(match.sure, CONTRAST)


def denied(index: FactIndex, question: str, fact: Fact) -> bool:
    """Whether roles deny that a statement answers a question: it tells of another, or of a case."""
    with index.store.read() as connection:
        (row,) = rows.by_ids(connection, [fact.id])
        reading = _read(ScopeView(index, connection, row.scope), question, row)
    if reading.pattern is None:
        return False
    if reading.pattern.surely:
        return True
    endings = (ended(pattern, reading.memory) for pattern in questions_of(question))
    over = next((statement for statement in endings if statement is not None), None)
    if over is not None:
        # nothing but what ended it answers
        return over.id != fact.id
    statement = _understood(reading.memory, fact.id)
    if statement is None:
        return not _ON_CONDITION.search(question) and _ON_CONDITION.match(fact.text) is not None
    return compared(reading.pattern, statement, reading.memory) != ""


def _understood(memory: Memory, fact: int) -> Told | None:
    """A statement of which every word has its place in a clause: then silence means something."""
    statement = next((each for each in memory.statements if each.id == fact), None)
    if statement is None or not claims_of(statement.text, statement.context).complete:
        return None
    return statement


def _alternative(question: str, memory: Memory) -> Match | None:
    """Which of the two it is that a question leaves to choose from; None for both or neither."""
    for pair in choices(question):
        patterns = [(said, question_of(asked)) for said, asked in pair]
        answers = [
            (said, match)
            for said, pattern in patterns
            if pattern is not None and (match := matched(pattern, memory)) is not None
        ]
        upheld = [(said, match) for said, match in answers if match.said == "yes"]
        if len(upheld) == 1:
            said, match = upheld[0]
            return replace(match, said=said)
        if answers:
            break
    return None


def forms_of(token: Token) -> set[str]:
    """A word as it may stand elsewhere."""
    return {token.low, singular(token.low), *(form.verb for form in forms(token.low))}


# -- which of the two ------------------------------------------------------------------------------

_WHICH = re.compile(
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
    which = _WHICH.fullmatch(question.strip())
    if which is not None:
        be, what, one, other = which.groups()
        than = [f" than {each}" if _MORE.fullmatch(what) else "" for each in (other, one)]
        yield (one, f"{be} {one} {what}{than[0]}?"), (other, f"{be} {other} {what}{than[1]}?")
        return
    found = _OR.search(question)
    if found is None:
        return
    other, words = found["other"], question[: found.start()].split()
    size = len(other.split())
    if size > _WORDS or re.search(r",|\b(?:or|not)\b", other, re.IGNORECASE):
        return
    # Most often both are as long.
    for many in sorted(range(1, min(_WORDS, len(words) - 2) + 1), key=lambda n: abs(n - size)):
        before, one = " ".join(words[:-many]), " ".join(words[-many:])
        yield (one, f"{before} {one}?"), (other, f"{before} {other}?")
