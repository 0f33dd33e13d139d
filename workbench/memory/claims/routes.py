"""Routes: how one gets from one thing to another by what is told to lead to what."""

import re
from collections.abc import Iterator

from ingest.language.questions import Question
from ingest.language.records import Phrase
from ingest.language.word_lists import words
from workbench.memory.claims.held import Held, Memory
from workbench.memory.claims.things import unlabelled

#: Steps of a way at most.
_STEPS = 6
_PLAIN = re.compile(r"^(?:the|a|an) | (?:table|view|of|\().*$", re.IGNORECASE)

Way = tuple[tuple[Phrase, ...], Held | None]


def route(question: Question, memory: Memory) -> tuple[str, Held] | None:
    """The things on the shortest way that is asked for, and the claim of its first step."""
    ends = _ends(question)
    if ends is None:
        return None
    start, goal = (unlabelled(end) for end in ends)
    steps = list(_steps(memory))
    ways: list[Way] = [((ends[0],), None)]
    seen = {start}
    for _ in range(_STEPS):
        more: list[Way] = []
        for way, first in ways:
            for here, there, held in steps:
                key = unlabelled(there)
                if key in seen or unlabelled(here) != unlabelled(way[-1]):
                    continue
                seen.add(key)
                more.append(((*way, there), first or held))
                if key == goal:
                    return ", ".join(_PLAIN.sub("", thing.text) for thing in more[-1][0]), (
                        first or held
                    )
        ways = more
    return None


def _ends(question: Question) -> tuple[Phrase, Phrase] | None:
    """The two things between which the way is asked for."""
    clause = question.clause
    if question.hole != "manner" or clause.verb not in words("reach") | words("connect"):
        return None
    things = clause.object.members if clause.object is not None else ()
    start = clause.role("from") or clause.object
    goal = clause.role("to") or clause.role("with")
    if len(things) == 2:
        return things[0], things[1]
    return None if start is None or goal is None else (start, goal)


def _steps(memory: Memory) -> Iterator[tuple[Phrase, Phrase, Held]]:
    """What is told to lead to what, both ways."""
    for held in memory.claims:
        clause = held.clause
        other = clause.role("to") or clause.object
        if clause.verb not in words("connect") or clause.negated or held.claim.status != "now":
            continue
        if clause.subject is not None and other is not None and not other.members:
            yield clause.subject, other, held
            yield other, clause.subject, held
