"""Rewrites a correction of the line before as a full statement: “no, it's Tuesday”.

After “the dentist is on Monday at 3” that is “the dentist is on Tuesday at 3”: as a fact of its own
it is found, takes the place of the older one, and can be shown to whoever said it. Where it cannot
be told what is meant, nothing is written out, and the line is taken as it stands.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from workbench.memory.facts import speech
from workbench.memory.facts.claims import Claim, Slot, Statement, read_again
from workbench.memory.facts.reading import Token, tokens
from workbench.memory.facts.times import time_span

#: Words of a value that takes the place of another.
_MOST_WORDS = 8
#: How like a word must be to one of a list to be a better spelling of it.
_LIKE = 0.6

_WRONG = (
    r"(?:no|nope|wait|sorry|oops|actually|correction|hang\s+on|hold\s+on|my\s+mistake|my\s+bad"
    r"|scratch\s+that|rather|in\s+fact)"
)
_IDLE = r"(?:oh|ah|well|um|ok|okay|and|but|so)"
_MARKS = rf"(?P<marks>(?:(?:{_WRONG}|{_IDLE})\b[\s,;:.!–—-]*)*)"
_POINTS = (
    r"(?:it|that|this|they|these|those|he|she)"
    r"(?:['’](?:s|re|ll\s+be)|\s+(?:is|are|was|were|(?:should|must|will)\s+be))"
)
_SAYS_ITSELF = (
    r"(?:i\s+mean(?:t)?(?:\s+to\s+say)?|(?:let['’]?s\s+)?make\s+(?:it|that)"
    r"|(?:change|correct)\s+(?:it|that)\s+to|it\s+should\s+(?:be|say|read))"
)
_LINE = re.compile(
    rf"{_MARKS}(?P<now>now\s+)?(?:(?P<itself>{_SAYS_ITSELF})|(?P<points>{_POINTS}))?\s*"
    r"(?P<fresh>(?:(?:now|actually|really|in\s+fact|rather)\s+)*)"
    r"(?P<value>\S.*?)(?:,?\s+(?:and\s+)?not\s+\S.*?)?(?P<late>(?:\s+(?:now|instead|actually))*)"
    r"[\s.!]*",
    re.IGNORECASE | re.DOTALL,
)
_WRONG_WORD = re.compile(rf"\b{_WRONG}\b", re.IGNORECASE)
_CLOCK = re.compile(r"\d{1,2}(?:[:.]\d\d)?(?:am|pm|h)?$|noon$|midnight$")
_HOURS = speech.these("am pm oclock o'clock past noon midnight")


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a value: what leads it in ("" for nothing), its words, and what sort they are."""

    lead: str
    text: str
    sort: str


def corrects(line: str, *, after: str = "") -> str:
    """What a line puts in the place of something said before; "" where it does nothing of it.

    `after` is what stood before it in the same breath: "no,".
    """
    found = _LINE.fullmatch(line.strip())
    if found is None:
        return ""
    wrong = _WRONG_WORD.search(f"{after} {found['marks']} {found['fresh']}") is not None
    now = bool(found["now"] or found["fresh"] or found["late"])
    value = found["value"].strip(" ,;")
    said = tokens(value)
    if not 0 < len(said) <= _MOST_WORDS or not any(map(str.isalnum, value)):
        return ""
    if not (found["itself"] or wrong or (found["points"] and now)):
        return ""
    if not found["points"] and (_states(value) or (not found["itself"] and _opens(said))):
        # It says all by itself.
        return ""
    return value


def restated(before: str, value: str) -> str:
    """The statement before with this in the place of what it corrects; "" where that is unclear."""
    statement = read_again(before)
    parts = list(_parts(value))
    claims = [claim for claim in statement.claims if len(claim.slots) > 1 and not claim.ended]
    claims += [claim for claim in statement.claims if claim.ended and claim.negative]
    for claim in reversed(claims):
        made = _with(statement, claim, parts)
        if made:
            return made
    return ""


def _states(value: str) -> bool:
    """Whether a value is a clause of its own; "gate 5" is but a label."""
    statement = read_again(value)
    copula = any(token.word in speech.COPULAS for token in statement.tokens)
    return any(claim.verb != "be" or copula for claim in statement.claims)


def _opens(said: Sequence[Token]) -> bool:
    """Whether words begin as a sentence or an order does, and are no value."""
    first = said[0].word
    return first in speech.SELF | speech.PRONOUNS or (
        len(said) > 1 and speech.verb_of(first) == first and not said[0].capital
    )


def _parts(value: str) -> Iterator[_Part]:
    """A value by its prepositions: "Wednesday | at 4"."""
    said = tokens(value)
    first, lead = 0, ""
    for at in range(len(said) + 1):
        ends = at == len(said) or said[at].word in speech.PREPOSITIONS
        if ends and at > first:
            text = value[said[first].start : said[at - 1].end]
            yield _Part(lead, text, _sort(said[first:at]))
        if ends and at < len(said):
            first, lead = at + 1, said[at].raw


def _sort(said: Sequence[Token]) -> str:
    """What a value tells: an hour, a day, an amount, what somebody does, or anything else."""
    said = [token for token in said if token.word not in speech.ARTICLES]
    words = [token.word for token in said]
    if words and all(_CLOCK.match(word) or word in _HOURS for word in words):
        bare = all(word.isdigit() for word in words)
        return "number" if bare else "hour"
    if time_span(said, 0, len(said)) is not None:
        return "hour" if any(word in _HOURS or ":" in word for word in words) else "day"
    if any(token.numeric or token.word in speech.NUMBER_WORDS for token in said):
        return "number"
    return "doing" if words and words[0].endswith("ing") and not said[0].capital else "other"


def _with(statement: Statement, claim: Claim, parts: Sequence[_Part]) -> str:
    """The statement with parts of this claim replaced; "" where one finds no place."""
    key, *slots = claim.slots
    if claim.negative:
        return _anew(statement, claim, key, parts)
    changed: list[tuple[int, int, str]] = []
    added: list[str] = []
    taken: set[Slot] = set()
    for part in parts:
        slot = _slot_of(statement, [each for each in slots if each not in taken], part)
        if slot is not None:
            taken.add(slot)
            place = _place(statement, slot, part)
            if place is None:
                return ""
            changed.append(place)
        elif part.lead and part.sort in ("hour", "day", "number") and len(parts) == 1:
            added.append(f"{part.lead} {part.text}")
        else:
            return ""
    text = statement.text.rstrip(" .!")
    for start, end, said in sorted(changed, reverse=True):
        text = f"{text[:start]}{said}{text[end:]}"
    return f"{' '.join([text.rstrip(), *added])}."


def _anew(statement: Statement, claim: Claim, key: Slot, parts: Sequence[_Part]) -> str:
    """ "My boss is no longer Alex", "now it's Dana": what is said of the same instead."""
    if claim.verb != "be":
        return ""
    start, end = statement.span(key.first, key.last)
    copula = statement.tokens[key.last].word.removesuffix("nt")
    if copula not in speech.ENGLISH_COPULAS or any(part.sort == "doing" for part in parts):
        return ""
    said = " ".join(f"{part.lead} {part.text}".strip() for part in parts)
    return f"{statement.text[start:end]} {copula} {said}."


def _slot_of(statement: Statement, slots: Sequence[Slot], part: _Part) -> Slot | None:
    """Which slot a part takes the place of."""
    sorts = {slot: _sort(_bare(statement, slot)) for slot in slots}
    timed = ("hour", "day")
    lead = part.lead.lower()
    for slot in slots:
        if lead and slot.role == lead and (sorts[slot] in timed) == (
            part.sort in timed or (part.sort == "number" and sorts[slot] in timed)
        ):  # fmt: skip
            return slot
    alike = [slot for slot in slots if sorts[slot] == part.sort]
    if not alike and part.sort == "number" and lead in ("", "at"):
        # "At 4" is an hour where one was named.
        alike = [slot for slot in slots if sorts[slot] == "hour"]
    if part.sort == "other" and lead:
        places = speech.PLACE_PREPOSITIONS | {"to"}
        alike = [slot for slot in alike if slot.role in places and lead in places]
    first = [slot for slot in alike if slot.role in ("value", "object")]
    return next(iter([*first, *alike]), None) if part.sort != "doing" else None


def _bare(statement: Statement, slot: Slot) -> Sequence[Token]:
    """The words of a slot without a time behind them: "York | last month"."""
    time = time_span(statement.tokens, slot.first, slot.last)
    last = slot.last
    if time is not None and slot.first < time[0] and time[1] == last:
        last = time[0]
    return statement.tokens[slot.first : last]


def _place(statement: Statement, slot: Slot, part: _Part) -> tuple[int, int, str] | None:
    """What stands where the part belongs, `[start, end)`, and what is put there; None for none."""
    said = _bare(statement, slot)
    start, end = said[0].start, said[-1].end
    items = re.split(r",\s*|\s+(?:and|or)\s+", statement.text[start:end])
    if len(items) > 1 and not re.search(r",|\b(?:and|or)\b", part.text):
        # Of a list only what is spelled alike is meant.
        near = [item for item in items if _spelled_alike(item, part.text)]
        if len(near) != 1:
            return None
        at = statement.text.index(near[0], start)
        return at, at + len(near[0]), part.text
    lead = statement.tokens[slot.first - 1]
    if part.lead and slot.role in speech.PREPOSITIONS and lead.word == slot.role:
        return lead.start, end, f"{part.lead} {part.text}"
    return start, end, part.text


def _spelled_alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one.lower(), other.lower()).ratio() >= _LIKE
