"""Which fact answers a question, and how sure that is.

What a fact is about beyond the question makes it less likely to be meant. Among equals the newest
counts. A denial is no answer, and takes away older answers of the same words.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.memory.facts import facets, speech
from workbench.memory.facts.asking import Asked
from workbench.memory.facts.claims import Claim, Slot, Statement, carries, dense_words
from workbench.memory.facts.facets import Key
from workbench.memory.facts.matching import (
    DOUBTFUL,
    EXTRA,
    STAYING,
    Candidate,
    Match,
    alike_led,
    doing,
    level_of,
    matches,
    under,
)
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
    if asked.kind == "yes":
        return _yes_or_no(asked, candidates)
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


# -- yes or no -------------------------------------------------------------------------------------


def _yes_or_no(asked: Asked, candidates: Sequence[Candidate]) -> Choice | None:
    """ "yes" or "no" where a fact says everything that the question says."""
    best: tuple[tuple[float, int, int], Choice] | None = None
    for candidate in candidates:
        statement = candidate.statement
        own = [claim for claim in statement.claims if under(asked, statement, claim)]
        for place, claim in enumerate(statement.claims):
            if own and claim not in own:
                # Of "43 in shoes" alone it is asked.
                continue
            score = _says(asked, statement, claim)
            if score is None or place in candidate.stale:
                continue
            if claim.ended and not claim.negative and not (asked.former or _of_past(asked)):
                # What somebody used to do says nothing of what they do.
                continue
            order = (candidate.at, candidate.id, place)
            if best is not None and order < best[0]:
                continue
            denied = claim.negative or _denies(asked, statement, claim)
            yes = denied == asked.negative
            sure = score * (DOUBTFUL if claim.doubtful else 1.0)
            if sure >= LEAST:
                end = len(statement.text)
                said = "yes" if yes else "no"
                best = order, Choice(candidate.id, end, end, round(sure, 3), said)
    return None if best is None else best[1]


def _of_past(asked: Asked) -> bool:
    return asked.text[:4].lower() in ("did ", "was ", "were")


def _denies(asked: Asked, statement: Statement, claim: Claim) -> bool:
    """Whether a word of the question stands only where a part is denied: "tea but not coffee"."""
    upheld: list[Key] = [Key(claim.verb, speech.kin(claim.verb))]
    denied: list[Key] = []
    for slot in claim.slots:
        at = facets.denial(statement, slot.first, slot.last)
        said = [token.word for token in statement.tokens[slot.first : at]]
        if said[:2] == ["out", "of"] or (claim.verb == "prefer" and slot.role in ("to", "over")):
            # "We are out of milk", "I prefer tea to coffee".
            at = slot.first
        upheld += facets.spoken(statement, slot.first, at)
        denied += facets.spoken(statement, at, slot.last)
    return any(level_of(key, denied)[0] and not level_of(key, upheld)[0] for key in asked.wanted)


def _compares_backwards(asked: Asked, statement: Statement, claim: Claim) -> bool:
    """Whether "is Rome colder than Oslo" asks a claim that says it of Oslo."""
    first = claim.slots[0] if claim.slots else None
    than = any(token.word == "than" for token in statement.tokens)
    if first is None or not than or not asked.wanted:
        return False
    return not level_of(asked.wanted[0], facets.spoken(statement, first.first, first.last))[0]


def _owns_backwards(asked: Asked, statement: Statement) -> bool:
    """Whether "is Kenji Hana's daughter" asks a fact that says it of Hana."""
    owners = {token.word for token in statement.tokens if token.owner}
    plain = {token.word for token in statement.tokens if not token.owner}
    return any(key.owner and key.word in plain - owners for key in asked.wanted) and any(
        not key.owner and key.word in owners - plain for key in asked.wanted
    )


def _says(asked: Asked, statement: Statement, claim: Claim) -> float | None:
    said: list[Key] = [Key(claim.verb, speech.kin(claim.verb))]
    mine = False
    about = claim.slots[0] if claim.slots else Slot("", 0, 0)
    for slot in claim.slots:
        said += facets.spoken(statement, slot.first, slot.last)
        if slot is about and claim.under is not None:
            said += facets.spoken(statement, claim.under.first, claim.under.last)
        words = {token.word for token in statement.tokens[slot.first : slot.last]}
        mine = mine or bool(words & speech.SELF)
    if not doing(asked, statement, claim) or _compares_backwards(asked, statement, claim):
        return None
    if _owns_backwards(asked, statement):
        return None
    levels = [level_of(key, said)[0] for key in asked.wanted]
    if not levels or not all(levels):
        return None
    if claim.verb != "be" and not level_of(said[0], asked.wanted)[0] and claim.verb not in STAYING:
        return None
    if asked.yours or (mine and not asked.mine):
        return None
    head = facets.keys(statement, about.first, about.last)
    extras = [key for key in head if not level_of(key, asked.wanted)[0]]
    if any(key.name for key in extras) or (asked.mine and not mine and extras):
        return None
    if not any(level_of(key, asked.wanted)[0] for key in head) and not (mine and asked.mine):
        return None
    return sum(levels) / len(levels) - EXTRA * len(extras)


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
