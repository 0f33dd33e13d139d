"""A question answered by statements: yes, no, a value, or nothing."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.language.analyse import is_strange
from ingest.language.claims import claims_of
from ingest.language.questions import Question, question_of
from ingest.language.remainder import asked_in, remainder
from workbench.memory.claims.held import Memory, Told
from workbench.memory.claims.values import value
from workbench.memory.claims.yes_no import verdict


@dataclass(frozen=True, slots=True)
class Match:
    """An answer: what to say and the statement that says it. `exact` unless by contrast."""

    said: str
    told: Told
    exact: bool = True


def match(question: str, told: Iterable[Told]) -> Match | None:
    """What these statements say to a question; None where they say nothing for sure."""
    pattern = question_of(question)
    return left_over(question, told) if pattern is None else matched(pattern, Memory(told))


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
    """What a memory says to a pattern."""
    if not pattern.hole:
        found = verdict(pattern, memory)
        return (
            None
            if found is None
            else Match("yes" if found.yes else "no", found.held.told, found.exact)
        )
    given = value(pattern, memory)
    return None if given is None else Match(given.said, given.held.told)
