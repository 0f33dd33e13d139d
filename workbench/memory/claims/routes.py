"""Routes: the shortest path over connections stated in facts."""

import re
from collections.abc import Iterator

from ingest.language.questions import Question
from ingest.language.records import Phrase
from ingest.language.word_lists import words
from workbench.memory.claims.claim_set import ClaimSet, DatedClaim
from workbench.memory.claims.identity import unlabelled

#: Maximum steps of a route.
_STEPS = 6
_PLAIN = re.compile(r"^(?:the|a|an) | (?:table|view|of|\().*$", re.IGNORECASE)

Path = tuple[tuple[Phrase, ...], DatedClaim | None]


def route(question: Question, claim_set: ClaimSet) -> tuple[str, DatedClaim] | None:
    """The things on the shortest route of a question, and the claim of its first step."""
    ends = _ends(question)
    if ends is None:
        return None
    start, goal = (unlabelled(end) for end in ends)
    steps = list(_steps(claim_set))
    paths: list[Path] = [((ends[0],), None)]
    visited = {start}
    for _ in range(_STEPS):
        more: list[Path] = []
        for path, first in paths:
            for source, target, dated in steps:
                key = unlabelled(target)
                if key in visited or unlabelled(source) != unlabelled(path[-1]):
                    continue
                visited.add(key)
                more.append(((*path, target), first or dated))
                if key == goal:
                    return ", ".join(_PLAIN.sub("", phrase.text) for phrase in more[-1][0]), (
                        first or dated
                    )
        paths = more
    return None


def _ends(question: Question) -> tuple[Phrase, Phrase] | None:
    """The two ends of the requested route."""
    clause = question.clause
    if question.hole != "manner" or clause.verb not in words("reach") | words("connect"):
        return None
    members = clause.object.members if clause.object is not None else ()
    start = clause.role("from") or clause.object
    goal = clause.role("to") or clause.role("with")
    if len(members) == 2:
        return members[0], members[1]
    return None if start is None or goal is None else (start, goal)


def _steps(claim_set: ClaimSet) -> Iterator[tuple[Phrase, Phrase, DatedClaim]]:
    """Yield the stated connections, in both directions."""
    for dated in claim_set.claims:
        clause = dated.clause
        other = clause.role("to") or clause.object
        if clause.verb not in words("connect") or clause.negated or dated.claim.status != "now":
            continue
        if clause.subject is not None and other is not None and not other.members:
            yield clause.subject, other, dated
            yield other, clause.subject, dated
