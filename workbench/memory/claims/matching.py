"""A question answered by statements: yes, no, a value, or nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

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
    if pattern is None and asked_in(question) is not None:
        told = [each for each in told if not claims_of(each.text, each.context).sure]
        newest = sorted(told, key=lambda each: (each.at, each.id), reverse=True)
        left = ((each, remainder(question, each.text)) for each in newest)
        return next((Match(found.text, each) for each, found in left if found is not None), None)
    return None if pattern is None else matched(pattern, Memory(told))


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
