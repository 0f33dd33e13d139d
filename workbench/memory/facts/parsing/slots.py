"""One clause → what it claims: a verb and slots (subject, object, key, value, prepositions).

Verbs in the passive are turned, so that "Petrel is owned by Ilona" and "Ilona owns Petrel" fill the
same slots.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from workbench.memory.facts import speech
from workbench.memory.facts.parsed_claims import Claim, Slot
from workbench.memory.facts.parsing.classes import (
    JOINING,
    MOVING,
    NAUGHT,
    POINTING,
    QUALIFYING,
    RECEIVING,
    RELATIVE,
    SUBJECTS,
    SUBORDINATING,
    TIMELY,
    TIMES,
    TRAILING,
    is_participle,
    labels,
)
from workbench.memory.facts.parsing.clauses import Tokens, cuts, verb_at
from workbench.memory.facts.times import is_strong, is_weak

#: Tokens of a sentence that are parsed; of what follows only the words count.
MOST_TOKENS = 240
#: Before a subject and its verb these say nothing of it.
_HELPING = QUALIFYING | speech.AUXILIARIES | RELATIVE
_OPENING = speech.ADVERBS | speech.these("that then")

Span = tuple[int, int]


class _Mood(NamedTuple):
    """See `Claim`."""

    negative: bool = False
    ended: bool = False
    doubtful: bool = False

    def with_(self, word: str) -> "_Mood":
        """The mood with what a word says: “not”, “maybe”, “longer”."""
        return _Mood(
            self.negative or word in speech.NEGATIONS,
            self.ended or word == "longer",
            self.doubtful or word in speech.DOUBT,
        )


def claims(said: Tokens, first: int) -> list[Claim]:
    """What the clauses of a sentence claim, from token `first` on."""
    last = min(len(said), MOST_TOKENS)
    found: list[Claim] = []
    before: Span | None = None
    thing: Span | None = None
    begin = first
    for at in range(first + 1, last + 1):
        if at < last and not cuts(said, begin, at, last):
            continue
        start = begin
        while start < at and said[start].word in JOINING:
            start += 1
        if start < at:
            about = thing if thing is not None and said[start].word == "it" else before
            made = _clause(said, start, at, about)
            if made:
                thing, before = _thing(said, made[0]), _span(made[0].slots[0])
                found += made
        begin = at
    return found


def _thing(said: Tokens, claim: Claim) -> Span | None:
    """What "it" is after "I renewed my passport"; None where it is what the claim is about."""
    if len(claim.slots) < 2 or claim.slots[1].role != "object":
        return None
    about, other = claim.slots[:2]
    alone = about.last - about.first == 1 and said[about.first].word in MOVING
    return _span(other) if alone else None


def _span(slot: Slot) -> Span:
    return slot.first, slot.last


def _pair(verb: str, mood: _Mood, key: Span, value: Span) -> Claim:
    return Claim(verb, (Slot("key", *key), Slot("value", *value)), *mood)


# -- a clause --------------------------------------------------------------------------------------


def _clause(said: Tokens, start: int, end: int, before: Span | None) -> list[Claim]:
    """The claims of a clause, if it makes any; `before` is what the last one was about."""
    parted = _label(said, start, end, before is None)
    if parted is not None:
        return [_pair("be", _Mood(), (start, parted[0]), (parted[1], end))]
    end = _without_since(said, start, _without_reason(said, start, end))
    while end - start > 2 and said[end - 1].word in TRAILING:
        end -= 1
    at = verb_at(said, start, end)
    if at < 0 and before is not None:
        step = start
        while step < end and said[step].word in QUALIFYING:
            step += 1
        if step < end and (said[step].word in speech.COPULAS or speech.verb_of(said[step].word)):
            at = step
    if at < 0:
        return []
    subject = _subject(said, start, at)
    if subject is None or (_is_one(subject) and said[subject[0]].word in POINTING):
        subject = before or subject
    if subject is None:
        return []
    mood = _mood(said, start, at)
    rest = at + 1
    while rest < end and said[rest].word in QUALIFYING:
        mood = mood.with_(said[rest].word)
        rest += 1
    if said[at].word in speech.NEGATIONS:
        mood = mood._replace(negative=True)
    if said[at].word in speech.COPULAS:
        return _copular(said, subject, rest, end, mood)
    if rest < end and said[rest].word in NAUGHT:
        mood = mood._replace(negative=True)
        rest += 1
    verb = speech.verb_of(said[at].word) or "have"
    if verb == "get" and rest < end and is_participle(said[rest].word) and (
        speech.verb_of(said[rest].word) in speech.CHANGES
    ):  # fmt: skip
        # "Lunch got moved to one": as "was moved".
        return _copular(said, subject, rest, end, mood)
    return _verbal(said, subject, rest, end, verb, mood)


def _is_one(span: Span) -> bool:
    return span[1] - span[0] == 1


def _label(said: Tokens, start: int, end: int, alone: bool) -> Span | None:
    """Where a label ends and its value begins; None where there is none.

    "wifi password: plover88", "deadline = Friday", "gate → 5", "locker 12".
    """
    for at in range(start, min(end - 1, start + 8)):
        if said[at].mark and at > start and said[at].raw not in ("&", "+", "/", "*", "•"):
            return at, at + 1
        if labels(said[at]):
            return None if verb_at(said, start, at + 1) >= 0 else (at + 1, at + 1)
    if not alone or end - start < 2 or not said[end - 1].numeric:
        return None
    if any(token.numeric for token in said[start : end - 1]) or verb_at(said, start, end) >= 0:
        return None
    return end - 1, end - 1


def _without_reason(said: Tokens, start: int, end: int) -> int:
    """The end of the clause before "because …", ", which …" and what stands behind."""
    for at in range(start + 2, end):
        if said[at].word == "because" or (
            "," in said[at - 1].after and said[at].word in SUBORDINATING
        ):
            return at
    return end


def _without_since(said: Tokens, start: int, end: int) -> int:
    """The end of the clause before "as of this month" and "from today on"."""
    for at in range(start + 3, end - 1):
        as_of = said[at].word == "as" and said[at + 1].word == "of"
        from_on = said[at].word == "from" and said[end - 1].word == "on"
        if (as_of or from_on) and _says_when(said, at, end):
            return at
    return end


def _subject(said: Tokens, start: int, end: int) -> Span | None:
    """A subject without helpers, adverbs and what says only when; None where none is left."""
    while end > start and (said[end - 1].word in _HELPING or said[end - 1].word == "no"):
        end -= 1
    changed = True
    while changed and start < end:
        changed = False
        if said[start].word in _OPENING and end - start > 1:
            start += 1
            changed = True
            continue
        for stop in range(min(end - 1, start + 5), start, -1):
            opens = said[stop].word in SUBJECTS or said[stop].owner
            name = said[stop].capital and said[stop].word not in TIMES
            if (
                opens
                or "," in said[stop - 1].after
                or (name and said[start].word in speech.PREPOSITIONS)
            ) and _says_when(said, start, stop):
                start = stop
                changed = True
                break
    return (start, end) if start < end else None


def _says_when(said: Tokens, start: int, stop: int) -> bool:
    """Whether words before a subject say only when: "last week", "in March 2024", "since May"."""
    words = [token.word for token in said[start:stop]]
    timed = any(word in TIMES or word[:4].isdigit() for word in words)
    return timed and all(word in TIMES or word in TIMELY or word[:1].isdigit() for word in words)


def _mood(said: Tokens, start: int, at: int) -> _Mood:
    words = [token.word for token in said[start:at]]
    longer = ("no", "longer") in pairwise(words)
    return _Mood(
        longer or any(word in speech.NEGATIONS and word != "no" for word in words),
        longer,
        any(word in speech.DOUBT for word in words),
    )


# -- with a copula ---------------------------------------------------------------------------------


def _copular(said: Tokens, key: Span, rest: int, end: int, mood: _Mood) -> list[Claim]:
    if said[key[0]].word == "there" and _is_one(key):
        # "There is a key under the mat": it is said of the key.
        stop = rest
        while stop < end and said[stop].word not in speech.PREPOSITIONS:
            stop += 1
        if rest < stop < end:
            led = by_preposition(said, stop, end)
            return [Claim("be", (Slot("key", rest, stop), *led), *mood)]
    if rest >= end:
        return []
    head = said[rest]
    verb = speech.verb_of(head.word)
    alone = rest + 1 >= end
    ing = head.word.endswith("ing")
    by = not alone and said[rest + 1].word == "by"
    if verb and not head.capital and (is_participle(head.word) or ing or by or head.word == "born"):
        if verb in speech.NAMERS and not alone:
            return [_pair("call", mood, key, (rest + 1, end))]
        if verb in speech.CHANGES:
            value = _changed_to(said, rest + 1, end)
            if value is not None:
                return [_pair("be", mood, key, value)]
        elif alone and not ing:
            return [_pair("be", mood, key, (rest, end))]
        if ing:
            return _verbal(said, key, rest + 1, end, verb, mood)
        if alone or said[rest + 1].word in speech.PREPOSITIONS:
            return [_passive(said, key, rest + 1, end, verb, mood)]
    if head.word in speech.PREPOSITIONS:
        led = by_preposition(said, rest, end)
        if led:
            return [Claim("be", (Slot("key", *key), *led), *mood)]
    return [_pair("be", mood, key, (rest, end))]


def _passive(said: Tokens, subject: Span, rest: int, end: int, verb: str, mood: _Mood) -> Claim:
    """The agent is the subject, what was the subject the object."""
    led = [
        replace(slot, role="subject") if slot.role == "by" else slot
        for slot in by_preposition(said, rest, end)
    ]
    return Claim(verb, (Slot("object", *subject), *led), *mood)


# -- with another verb -----------------------------------------------------------------------------


def _verbal(
    said: Tokens, subject: Span, rest: int, end: int, verb: str, mood: _Mood
) -> list[Claim]:
    if verb in speech.CHANGES:
        changed = _changed(said, subject, rest, end, verb, mood)
        if changed is not None:
            return [changed]
    shifted = None
    if verb in speech.SHIFTS and not any(mood):
        shifted = _shifted(said, subject, rest, end, verb)
    slots = [Slot("subject", *subject)]
    stop = rest
    while stop < end and (
        said[stop].word not in speech.PREPOSITIONS or (stop > rest and said[stop - 1].word == "of")
    ):
        stop += 1
    if stop > rest:
        slots += _objects(said, rest, stop)
    claim = Claim(verb, (*slots, *by_preposition(said, stop, end)), *mood)
    return [claim] if shifted is None else [shifted, claim]


def _changed(
    said: Tokens, subject: Span, rest: int, end: int, verb: str, mood: _Mood
) -> Claim | None:
    """ "my plan changed to gold", "we moved the review to Friday": what holds from now on."""
    value = _changed_to(said, rest, end)
    if value is None:
        return None
    stop = _until(said, rest, value[0] - 1, "from")
    while stop > rest + 1 and said[stop - 1].word in ("back", "forward"):
        stop -= 1
    if stop > rest and said[rest].word not in ("back", "forward"):
        return _pair("be", mood, (rest, stop), value)
    if said[subject[0]].word in MOVING and _is_one(subject):
        return None
    moves = verb in ("move", "relocate")
    if moves and _is_name(said, subject[0]) and _is_name(said, value[0]):
        # "Nora moved to Nantes": she lives there, and is no Nantes.
        return None
    return _pair("be", mood, subject, value)


def _shifted(said: Tokens, subject: Span, rest: int, end: int, verb: str) -> Claim | None:
    """ "The rent rose to 950 euros", "went from 9 to 7 percent": how much it is from now on.

    A claim of its own before that of the verb.
    """
    value = _changed_to(said, rest, end)
    if value is None or not said[value[0]].numeric:
        return None
    first, last = value
    head = said[subject[0]]
    named = head.capital and head.word not in speech.DETERMINERS and not head.owner
    if named or (_is_one(subject) and head.word in MOVING):
        # "She went up to 5 people": of somebody it tells no amount.
        return None
    between = [token.word for token in said[rest : first - 1]]
    since = next((at for at, word in enumerate(between) if word in ("from", "by")), len(between))
    if not all(word in ("up", "down") or word in speech.ADVERBS for word in between[:since]):
        return None
    if verb == "go":
        timed = all(_says_time(said, at) for at in range(first, last))
        if timed or not (since < len(between) or said[rest].word in ("up", "down")):
            # "The show goes from 5 to 9".
            return None
    stop = first + 1
    while stop < last and said[stop].word not in speech.PREPOSITIONS:
        stop += 1
    return _pair("be", _Mood(), subject, (first, stop))


def _says_time(said: Tokens, at: int) -> bool:
    token = said[at]
    return token.word in TIMES or is_weak(token.word) or is_strong(token.word, token.capital)


def _is_name(said: Tokens, at: int) -> bool:
    token = said[at]
    other = token.word in speech.DETERMINERS or token.word in TIMES or token.owner or token.numeric
    return token.capital and not other


def _changed_to(said: Tokens, start: int, end: int) -> Span | None:
    """What stands behind the first "to", before a "from"; None where nothing does."""
    first = _until(said, start, end, "to") + 1
    if first >= end or said[first].word == "from":
        return None
    return first, _until(said, first, end, "from")


def _until(said: Tokens, start: int, end: int, word: str) -> int:
    return next((at for at in range(start, end) if said[at].word == word), end)


def _objects(said: Tokens, rest: int, stop: int) -> Sequence[Slot]:
    """One object, or a receiver and an object: "lent Boris the ladder"."""
    for at in range(rest + 1, min(stop, rest + 4)):
        token, before = said[at], said[at - 1]
        if not (before.capital or before.word in RECEIVING):
            break
        if token.word in speech.DETERMINERS or (
            token.numeric and not before.numeric and at + 1 < stop
        ):
            return Slot("to", rest, at), Slot("object", at, stop)
    return (Slot("object", rest, stop),)


def by_preposition(said: Tokens, start: int, end: int) -> list[Slot]:
    """What follows, parted by prepositions."""
    found: list[Slot] = []
    at = start
    while at < end:
        leads = said[at].word in speech.PREPOSITIONS
        first = at + 1 if leads else at
        if leads and first < end and (
            said[first].word in speech.PREPOSITIONS or said[first].word == "of"
        ):  # fmt: skip
            first += 1
        stop = max(first, at + 1)
        while stop < end and not (said[stop].word in speech.PREPOSITIONS and stop > first):
            stop += 1
        if first < stop:
            found.append(Slot(said[at].word if leads else "object", first, stop))
        at = max(stop, at + 1)
    return found
