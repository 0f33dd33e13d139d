"""Ranks facts as answers to a question, with a confidence.

What a fact is about beyond the question makes it less likely to be meant. Among equals the newest
counts. A denial is no answer, and takes away older answers of the same words.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.memory.facts import speech
from workbench.memory.facts.claims import Statement, carries, dense_words
from workbench.memory.facts.matching import (
    EXTRA,
    Candidate,
    Match,
    alike_led,
    matches,
)
from workbench.memory.facts.question_parts import Asked
from workbench.memory.facts.times import time_span

#: Below this there is no answer.
LEAST = 0.5
#: Names that are written as words that point.
_ABBREVIATED = ("US", "IT", "HE", "ME")
_NAMING = re.compile(r"\b(?:called|named)\W*$", re.IGNORECASE)
_OWNER = re.compile(r"['’]s?$|$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen: characters `[start, end)` of a candidate's text; `said` is yes, no or "".

    `extras` are words of whom it is said that nobody asked for.
    """

    id: int
    start: int
    end: int
    confidence: float
    said: str = ""
    extras: int = 0


def choose(asked: Asked, candidates: Sequence[Candidate]) -> Choice | None:
    """The answer to a question, or None where nothing answers it."""
    if asked.dense:
        return _dense(asked, candidates)
    if not asked.wanted and not asked.counted:
        return None
    return pick(asked, [each for candidate in candidates for each in matches(asked, candidate)])


def pick(asked: Asked, found: Sequence[Match]) -> Choice | None:
    """The answer among ways in which facts answer: none denied, of equals the newest."""
    found = [match for match in found if _answers(asked, match)]
    # Who does not do a thing is told by denials alone.
    denied = [match for match in found if _is_denial(match) != asked.negative]
    open_ = [
        match
        for match in found
        if _is_denial(match) == asked.negative
        and not any(d.words == match.words and d.order > match.order for d in denied)
    ]
    past = [match for match in open_ if _is_past(match)]
    open_ = [match for match in open_ if not _is_past(match)]
    best = _best([match for match in open_ if not match.stale])
    if asked.former:
        best = _newest(past) or _before(open_, best)
    if best is None:
        return None
    confidence = max(0.0, min(1.0, best.score))
    if confidence < LEAST:
        return None
    statement = best.candidate.statement
    start, end = statement.span(_since(statement, best), best.last)
    closing = best.last == len(statement.tokens) or statement.tokens[best.last - 1].after
    if statement.tokens[best.last - 1].owner and not closing:
        # "Kenji's manager is Lotte": Kenji has her, not "Kenji's"; but "it is at Luigi's".
        end = start + len(_OWNER.sub("", statement.text[start:end], count=1))
    return Choice(best.candidate.id, start, end, round(confidence, 3), extras=best.extras)


def _is_denial(match: Match) -> bool:
    return match.claim is not None and match.claim.negative


def _since(statement: Statement, match: Match) -> int:
    """Where an answer begins: with Monday, where it is "from Monday to Thursday"."""
    tokens, claim = statement.tokens, match.claim
    begun = None if claim is None else claim.slot("from")
    if begun is None or begun.last + 1 != match.first:
        return match.first
    until = tokens[begun.last].word in ("to", "until", "till")
    times = time_span(tokens, begun.first, begun.last), time_span(tokens, match.first, match.last)
    return begun.first if until and None not in times else match.first


def _answers(asked: Asked, match: Match) -> bool:
    """Whether what was found can stand as an answer: no "she", and to "why" a reason."""
    tokens = match.candidate.statement.tokens
    said = tokens[match.first : match.last]
    if all(token.word in speech.POINTING and token.raw not in _ABBREVIATED for token in said):
        return False
    if said[-1].word == "to" and len(said) > 1:
        # "Remind me to | call Petra".
        return False
    if _NAMING.search(asked.text) and match.claim is not None and match.claim.verb == "have":
        # What the firm has is not what it is called.
        return False
    led = tokens[match.first - 1].word if match.first else ""
    if asked.led and led in speech.PREPOSITIONS and led != asked.led and (
        asked.kind == "who" or not alike_led(asked.led, led)
    ):  # fmt: skip
        # "To whom was it said" is not answered by where.
        return False
    if asked.kind != "why":
        return True
    before = [token.word for token in tokens[max(0, match.first - 2) : match.first]]
    lead = [*before, said[0].word]
    if "because" in lead or before == ["due", "to"]:
        return True
    if lead[-2:-1] not in (["for"], ["since"]) or any(t.capital or t.numeric for t in said):
        # "Left for Rome", "since 2019", "in 1494" give none.
        return False
    return time_span(tokens, match.first, match.last) is None


def _is_past(match: Match) -> bool:
    """Whether a claim says itself that it holds no longer: "the old code was 9999"."""
    if match.claim is not None and match.claim.ended and not match.claim.negative:
        return True
    key = None if match.claim is None else match.claim.slot("key")
    if key is None or key.last - key.first < 2:
        return False
    tokens = match.candidate.statement.tokens
    said = tokens[key.last - 2].word
    was = key.last < len(tokens) and tokens[key.last].word in ("was", "were")
    return said in speech.FORMER and (was or said != "old")


def _best(found: Sequence[Match]) -> Match | None:
    """The newest of those that fit best; None where what was meant cannot be told."""
    if not found:
        return None
    least = min(match.extras for match in found)
    near = [match for match in found if match.extras == least]
    top = max(match.score for match in near)
    close = [match for match in near if match.score >= top - 0.05]
    best = max(close, key=lambda match: match.order)
    if least and any(_about(match) != _about(best) and match.words != best.words
                     for match in close):  # fmt: skip
        # The red door or the blue one: neither was asked for.
        return None
    return best


def _about(match: Match) -> frozenset[str]:
    claim = match.claim
    if claim is None or not claim.slots:
        return frozenset()
    statement = match.candidate.statement
    return frozenset(
        token.word
        for slot in claim.slots
        if not (slot.first <= match.first and match.last <= slot.last)
        for token in statement.tokens[slot.first : slot.last]
        if carries(token) and token.word not in speech.FRESH
    )


def _before(found: Sequence[Match], now: Match | None) -> Match | None:
    """The newest answer that differs from the one that holds now."""
    if now is None:
        return _newest(found)
    return _newest([m for m in found if m.order < now.order and m.words != now.words])


def _newest(found: Sequence[Match]) -> Match | None:
    return max(found, key=lambda match: match.order, default=None)


# -- scripts without spaces ------------------------------------------------------------------------


def _dense(asked: Asked, candidates: Sequence[Candidate]) -> Choice | None:
    best: tuple[tuple[int, float, int], Choice] | None = None
    for candidate in candidates:
        for place, claim in enumerate(candidate.statement.claims):
            if claim.negative or place in candidate.stale or len(claim.slots) < 2:
                continue
            key, value = claim.slots[:2]
            for about, answer in ((key, value), (value, key)):
                tokens = candidate.statement.tokens
                there = dense_words(tokens[about.first].raw)
                if not asked.dense or not asked.dense <= there:
                    continue
                extra = len(there - asked.dense)
                start, end = candidate.statement.span(answer.first, answer.last)
                sure = max(LEAST, 1 - EXTRA * extra / 2)
                order = (-extra, candidate.at, candidate.id)
                if best is None or order > best[0]:
                    best = order, Choice(candidate.id, start, end, round(sure, 3))
    return None if best is None else best[1]
