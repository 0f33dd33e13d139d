"""Which part of which fact answers a question, and how sure that is.

A facet answers where it meets every condition of the question and fits what is asked for; what it
is about beyond that makes it less likely to be meant. Among equals the newest counts. A denial is
no answer, and takes away older answers of the same words.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from workbench.memory.facts import asking, facets, speech
from workbench.memory.facts.asking import Asked
from workbench.memory.facts.claims import Claim, Slot, Statement, carries, dense_words
from workbench.memory.facts.facets import Facet, Key
from workbench.memory.facts.reading import Token
from workbench.memory.facts.times import time_span

_EXACT, _FORM, _ALIAS = 1.0, 0.97, 0.87
_EXTRA = 0.09
_DOUBT = 0.75
_LEAST = 0.5
#: Verbs that say no more than when something is.
_PLANNING = frozenset(("plan", "schedule", "set", "expect", "happen"))
_OWNER = re.compile(r"['’]s?$|$", re.IGNORECASE)
#: Verbs that say no more than where something is.
_STAYING = speech.these(
    "be have lie stand sit locate stay hang keep store live base reside park leave put place house"
    " hide lock bury"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A fact to choose from: its id, when it holds from, and what it says.

    `stale` are the places of its claims that something newer has taken the place of.
    """

    id: int
    at: float
    statement: Statement
    stale: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen: characters `[start, end)` of a candidate's text; `said` is yes, no or ""."""

    id: int
    start: int
    end: int
    confidence: float
    said: str = ""


@dataclass(frozen=True, slots=True)
class _Match:
    score: float
    extras: int
    order: tuple[float, int, int]
    candidate: Candidate
    claim: Claim | None
    stale: bool
    first: int
    last: int

    @property
    def words(self) -> tuple[str, ...]:
        """What the answer says, for comparing answers."""
        tokens = self.candidate.statement.tokens[self.first : self.last]
        return tuple(t.word for t in tokens if t.word not in speech.ARTICLES)


def choose(asked: Asked, candidates: Sequence[Candidate]) -> Choice | None:
    """The answer to a question, or None where nothing answers it."""
    if asked.dense:
        return _dense(asked, candidates)
    if not asked.wanted and not asked.counted:
        return None
    if asked.kind == "yes":
        return _yes_or_no(asked, candidates)
    found = [match for candidate in candidates for match in _matches(asked, candidate)]
    denied = [match for match in found if match.claim is not None and match.claim.negative]
    open_ = [
        match
        for match in found
        if not (match.claim is not None and match.claim.negative)
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
    if confidence < _LEAST:
        return None
    statement = best.candidate.statement
    start, end = statement.span(best.first, best.last)
    if statement.tokens[best.last - 1].owner:
        # "Kenji's manager is Lotte": Kenji has her, not "Kenji's".
        end = start + len(_OWNER.sub("", statement.text[start:end], count=1))
    return Choice(best.candidate.id, start, end, round(confidence, 3))


def _is_past(match: _Match) -> bool:
    """Whether a claim says itself that it holds no longer: "the old code was 9999"."""
    key = None if match.claim is None else match.claim.slot("key")
    if key is None or key.last - key.first < 2:
        return False
    tokens = match.candidate.statement.tokens
    said = tokens[key.last - 2].word
    was = key.last < len(tokens) and tokens[key.last].word in ("was", "were")
    return said in speech.FORMER and (was or said != "old")


def _best(found: Sequence[_Match]) -> _Match | None:
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


def _about(match: _Match) -> frozenset[str]:
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


def _before(found: Sequence[_Match], now: _Match | None) -> _Match | None:
    """The newest answer that differs from the one that holds now."""
    if now is None:
        return _newest(found)
    return _newest([m for m in found if m.order < now.order and m.words != now.words])


def _newest(found: Sequence[_Match]) -> _Match | None:
    return max(found, key=lambda match: match.order, default=None)


# -- one fact --------------------------------------------------------------------------------------


def _matches(asked: Asked, candidate: Candidate) -> list[_Match]:
    found: list[_Match] = []
    statement = candidate.statement
    if asked.kind == "many":
        for facet in facets.counts(statement):
            match = _match(asked, candidate, None, 0, facet)
            if match is not None:
                found.append(match)
        if found:
            # Whether it still holds is told by the claim the number stands in.
            return [_with_claim(match) for match in found]
    for place, claim in enumerate(statement.claims):
        for facet in facets.facets(statement, claim):
            match = _match(asked, candidate, claim, place, facet)
            if match is not None:
                found.append(match)
    return found


def _with_claim(match: _Match) -> _Match:
    for place, claim in enumerate(match.candidate.statement.claims):
        if any(slot.first <= match.first < slot.last for slot in claim.slots):
            stale = place in match.candidate.stale
            return _Match(match.score, match.extras, match.order, match.candidate, claim, stale,
                          match.first, match.last)  # fmt: skip
    return match


def _match(
    asked: Asked, candidate: Candidate, claim: Claim | None, place: int, facet: Facet
) -> _Match | None:
    statement = candidate.statement
    if not _fits_role(asked, claim, facet):
        return None
    outside = (*facet.about, *facet.beside, *((facet.verb,) if facet.verb else ()))
    inside = facets.keys(statement, facet.first, facet.last)
    levels: list[float] = []
    met: set[int] = set()
    within = False
    for key in asked.wanted:
        level, which = _level(key, outside)
        if not level:
            level, which = _level(key, inside)
            if not level or not (levels or len(asked.wanted) > 1 or _same_person(asked, facet)):
                return None
            within, which = True, -1
        levels.append(level)
        met.add(which)
    whose = facet.role in ("value", "holder") and facet.about and not within
    if whose and met.isdisjoint(range(len(facet.about))):
        # A name is asked for, but of somebody else.
        return None
    if asked.counted and not _counted(asked, facet, inside, levels, met, outside):
        return None
    if within and facet.role == "holder" and not asked.having:
        # "Who is Ruth's mother" is not answered by whose mother Ruth is.
        return None
    if within and not met - {-1} and not _same_person(asked, facet):
        return None
    missed = facet.verb is not None and len(outside) - 1 not in met
    if missed and not _verb_goes_without(asked, claim, facet):
        level = max((_level(key, outside[-1:])[0] for key in asked.soft), default=0.0)
        if not level:
            return None
        levels.append(level)
    soft = _soft(asked, claim, facet, outside, inside, met)
    if soft is None:
        return None
    if asked.yours and not _says_you(statement, claim, facet):
        return None
    extras = _extras(asked, facet, met)
    if extras is None or extras > max(2, 2 * len(met)):
        return None
    span = _value(asked, statement, claim, facet, place)
    if span is None:
        return None
    for key in asked.soft:
        if key.word in asking.GENERIC and not _level(key, (*outside, *inside))[0]:
            if not _is_such(key.word, statement.tokens[span[0] : span[1]]):
                return None
            levels.append(_ALIAS)
    score = sum(levels) / len(levels) if levels else _FORM
    score -= _EXTRA * extras + soft
    if claim is not None and claim.doubtful:
        score *= _DOUBT
    order = (candidate.at, candidate.id, place)
    stale = claim is not None and place in candidate.stale
    return _Match(score, extras, order, candidate, claim, stale, *span)


def _level(key: Key, others: Sequence[Key]) -> tuple[float, int]:
    """How well a word is met, and by which; full words first, stems second."""
    best, which = 0.0, -1
    for at, other in enumerate(others):
        if key.word == other.word:
            return _EXACT, at
        level = 0.0
        if key.kin & other.kin:
            level = _FORM
        elif key.kin & other.like or key.like & other.kin:
            level = _ALIAS
        elif any(speech.agent_verb(k) in other.kin for k in key.kin if speech.agent_verb(k)):
            level = 0.0
        if level > best:
            best, which = level, at
    return best, which


def _fits_role(asked: Asked, claim: Claim | None, facet: Facet) -> bool:
    if facet.role == "count":
        return asked.kind == "many"
    roles = asked.roles
    if roles and facet.role not in roles:
        # A copula has no doer; "who leads the team" is met by "the leader is Ann" in its facets.
        return False
    if not roles and asked.kind in ("who", "what", ""):
        # "Who is …" asks for what a thing is, or which thing is so; a doer needs his verb.
        if facet.role in ("value", "holder"):
            return True
        return facet.role in ("subject", "object") or facet.role in speech.PREPOSITIONS
    if asked.kind == "where":
        if claim is not None and claim.verb == "work" and facet.role in ("for", "with"):
            return True
        return facet.role in speech.PLACE_PREPOSITIONS or facet.role in ("value", "object")
    return True


def _verb_goes_without(asked: Asked, claim: Claim | None, facet: Facet) -> bool:
    if claim is None or facet.role in ("value", "holder"):
        if asked.kind != "much" or facet.verb is None:
            return False
        named = frozenset(_MEASURES.get(asked.measure, "").split()) or speech.KIND_NOUNS["much"]
        return bool(facet.verb.kin & named)
    if asked.kind == "when" and claim.verb in _PLANNING:
        return True
    if asked.kind in ("where", "when", "many", "much") or asked.soft:
        return claim.verb in _STAYING
    return claim.verb == "have"


def _same_person(asked: Asked, facet: Facet) -> bool:
    return asked.mine and facet.mine


def _counted(
    asked: Asked,
    facet: Facet,
    inside: Sequence[Key],
    levels: list[float],
    met: set[int],
    outside: Sequence[Key],
) -> bool:
    """Whether what is counted is what the number belongs to."""
    there = facet.about if facet.role == "count" else (*outside, *inside)
    for key in asked.counted:
        level, which = _level(key, there)
        if not level:
            return False
        levels.append(level)
        met.add(which)
    return True


def _soft(
    asked: Asked,
    claim: Claim | None,
    facet: Facet,
    outside: Sequence[Key],
    inside: Sequence[Key],
    met: set[int],
) -> float | None:
    """What it costs that the noun of the kind asked for is missing; None where it may not be."""
    cost = 0.0
    for key in asked.soft:
        if _level(key, inside)[0]:
            continue
        level, which = _level(key, outside)
        if level:
            met.add(which)
            cost += (1 - level) / 4
            if _level(key, facet.beside)[0]:
                # "Which gate": the part that has the gate in it is meant, not the one beside it.
                cost += 0.1
            continue
        doing = facet.verb is not None and facet.role not in ("value", "holder")
        if doing and claim is not None and (claim.verb not in _STAYING or asked.kind == "where"):
            # "Which company employs Ann": what employs is a company.
            cost += 0.1
            continue
        places = speech.KIND_NOUNS["where"]
        if key.kin & places and facet.role in speech.PLACE_PREPOSITIONS:
            cost += 0.05
        elif key.kin & speech.KIND_NOUNS["when"] and asked.kind == "when":
            continue
        elif key.kin & {"name", "call"} or key.word in ("called", "named", "known", "exactly"):
            cost += 0.02
        elif key.kin & {"do", "current", "still", "again", "currently"}:
            continue
        elif key.word in asking.GENERIC:
            # Whether the value is one is looked at when there is one.
            continue
        else:
            return None
    return cost


def _says_you(statement: Statement, claim: Claim | None, facet: Facet) -> bool:
    return any(token.word in ("you", "your", "yours") for token in statement.tokens)


def _extras(asked: Asked, facet: Facet, met: Collection[int]) -> int | None:
    """Words that a fact is about and nobody asked for; None where it is about somebody else."""
    kinds = speech.KIND_NOUNS.get(asked.kind, frozenset()) | speech.KIND_NOUNS["what"]
    extras = 0
    for at, key in enumerate(facet.about):
        if at in met or key.word in speech.FRESH | speech.FORMER or key.kin & kinds:
            continue
        if any(key.kin & other.kin for other in asked.soft):
            continue
        if asked.kind != "many" and key.owner:
            return None
        extras += 1
    if asked.mine and not facet.mine and extras and facet.role != "subject":
        return None
    return extras


# -- the part that answers -------------------------------------------------------------------------


def _value(
    asked: Asked, statement: Statement, claim: Claim | None, facet: Facet, place: int
) -> tuple[int, int] | None:
    tokens = statement.tokens
    first, last = facet.first, facet.last
    if facet.role == "count":
        return first, last
    if asked.kind == "when":
        named = any(key.kin & speech.KIND_NOUNS["when"] for key in asked.wanted)
        spans = [(first, last)]
        if claim is not None:
            spans += [(slot.first, slot.last) for slot in claim.slots if slot.role not in
                      ("key", "subject")]  # fmt: skip
        for begin, end in spans:
            time = time_span(tokens, begin, end)
            if time is not None:
                return time
        return (first, last) if named and facet.role == "value" else None
    if asked.kind == "where":
        time = time_span(tokens, first, last)
        if time is not None and time[1] - time[0] == last - first:
            return None
    if asked.kind in ("many", "much"):
        numbers = [i for i in range(first, last) if any(map(str.isdigit, tokens[i].word)) or
                   facets.is_number(tokens[i])]  # fmt: skip
        if not numbers:
            return None
        if asked.kind == "many":
            return numbers[0], numbers[0] + 1
        if not _measured(asked, facet, tokens[first:last]):
            return None
    span = _trim(asked, tokens, first, last) if facet.role != "subject" else None
    if span is None:
        span = first, last
        if _all_asked(asked, tokens, first, last):
            return None
    elif span[0] >= span[1]:
        return None
    said = tokens[span[0] : span[1]]
    if asked.kind == "who" and all(token.word[:1].isdigit() for token in said):
        return None
    named = any(key.kin & {"name"} for key in asked.soft)
    if named and claim is not None and claim.verb == "be" and not any(
        key.kin & {"name"} for key in (*facet.about, *facet.beside)
    ) and not said[0].capital:  # fmt: skip
        return None
    if asked.kind == "where" and facet.role == "object" and not said[0].capital:
        return None
    return span


_MEASURES = {
    "old": "old aged age year month week day",
    "long": "long length duration",
    "tall": "tall high height",
    "high": "high tall height",
    "heavy": "heavy weight",
    "wide": "wide width",
    "deep": "deep depth",
    "far": "far away distance",
}
_DIMENSIONS = speech.these("old long tall high heavy wide deep")


def _measured(asked: Asked, facet: Facet, said: Sequence[Token]) -> bool:
    """Whether a number is of the dimension asked for: a length is no age."""
    fitting = frozenset(_MEASURES.get(asked.measure, "").split())
    if not fitting:
        return True
    kin = {form for token in said for form in speech.kin(token.word)}
    there = kin | {form for key in (*facet.about, *facet.beside) for form in key.kin}
    if facet.verb is not None:
        there |= facet.verb.kin
    if there & fitting:
        return True
    return asked.measure != "old" and not kin & _DIMENSIONS


def _covered(asked: Asked, token: Token) -> bool:
    key = facets.key_of(token, False)
    return bool(_level(key, (*asked.wanted, *asked.soft))[0])


def _all_asked(asked: Asked, tokens: Sequence[Token], first: int, last: int) -> bool:
    return all(_covered(asked, token) for token in tokens[first:last] if carries(token)) and any(
        carries(token) for token in tokens[first:last]
    )


def _trim(asked: Asked, tokens: Sequence[Token], first: int, last: int) -> tuple[int, int] | None:
    """The part without the words of the question at its ends; None where it has none of them."""
    if not any(carries(token) and _covered(asked, token) for token in tokens[first:last]):
        return None
    while first < last and (
        _covered(asked, tokens[first])
        or not carries(tokens[first])
        or tokens[first].word in ("called", "named")
    ):
        first += 1
    while last > first and (_covered(asked, tokens[last - 1]) or not carries(tokens[last - 1])):
        last -= 1
    return first, last


def _is_such(noun: str, said: Sequence[Token]) -> bool:
    """Whether a value is what a general noun promises: a number, an address, a date."""
    if noun == "address":
        return any("@" in t.raw or "://" in t.raw or t.numeric for t in said)
    if noun in ("date", "time"):
        return time_span(said, 0, len(said)) is not None
    return any(t.numeric for t in said) and not any(t.word.isalpha() and t.raw.islower()
                                                   for t in said)  # fmt: skip


# -- yes or no -------------------------------------------------------------------------------------


def _yes_or_no(asked: Asked, candidates: Sequence[Candidate]) -> Choice | None:
    """ "yes" or "no" where a fact says everything that the question says."""
    best: tuple[tuple[float, int, int], Choice] | None = None
    for candidate in candidates:
        statement = candidate.statement
        for place, claim in enumerate(statement.claims):
            score = _says(asked, statement, claim)
            if score is None or place in candidate.stale:
                continue
            order = (candidate.at, candidate.id, place)
            if best is not None and order < best[0]:
                continue
            yes = claim.negative == asked.negative
            sure = score * (_DOUBT if claim.doubtful else 1.0)
            if sure >= _LEAST:
                end = len(statement.text)
                said = "yes" if yes else "no"
                best = order, Choice(candidate.id, end, end, round(sure, 3), said)
    return None if best is None else best[1]


def _says(asked: Asked, statement: Statement, claim: Claim) -> float | None:
    said: list[Key] = [Key(claim.verb, speech.kin(claim.verb))]
    mine = False
    about = claim.slots[0] if claim.slots else Slot("", 0, 0)
    for slot in claim.slots:
        said += facets.keys(statement, slot.first, slot.last)
        words = {token.word for token in statement.tokens[slot.first : slot.last]}
        mine = mine or bool(words & speech.SELF)
    levels = [_level(key, said)[0] for key in asked.wanted]
    if not levels or not all(levels):
        return None
    if claim.verb != "be" and not _level(said[0], asked.wanted)[0] and claim.verb not in _STAYING:
        return None
    if asked.yours or (mine and not asked.mine):
        return None
    head = facets.keys(statement, about.first, about.last)
    extras = [key for key in head if not _level(key, asked.wanted)[0]]
    if any(key.name for key in extras) or (asked.mine and not mine and extras):
        return None
    if not any(_level(key, asked.wanted)[0] for key in head) and not (mine and asked.mine):
        return None
    return sum(levels) / len(levels) - _EXTRA * len(extras)


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
                sure = max(_LEAST, 1 - _EXTRA * extra / 2)
                order = (-extra, candidate.at, candidate.id)
                if best is None or order > best[0]:
                    best = order, Choice(candidate.id, start, end, round(sure, 3))
    return None if best is None else best[1]
