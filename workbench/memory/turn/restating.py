"""Rewrites a correction of the previous line as a full statement: “no, it's Tuesday”.

After “the dentist is on Monday at 3” this is “the dentist is on Tuesday at 3”: a statement that can
be found, supersedes the older one, and can be shown to the user. If the reference is unclear, the
line is stored as it is.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from ingest.language.analyse import analyse
from ingest.language.numerals import number_words
from ingest.language.records import Clause, Phrase, Sentence, Token
from ingest.language.tagging import tagged
from ingest.language.times import time_of
from ingest.language.word_lists import words

#: Maximum words of a replacement value.
_MAX_WORDS = 8
#: The minimum similarity of a word and its corrected spelling.
_MIN_SIMILARITY = 0.6

_WRONG = (
    r"(?:no|nope|wait|sorry|oops|actually|correction|hang\s+on|hold\s+on|my\s+mistake|my\s+bad"
    r"|scratch\s+that|rather|in\s+fact)"
)
_INTERJECTION = r"(?:oh|ah|well|um|ok|okay|and|but|so)"
_MARKS = rf"(?P<marks>(?:(?:{_WRONG}|{_INTERJECTION})\b[\s,;:.!–—-]*)*)"
_POINTS = (
    r"(?:it|that|this|they|these|those|he|she)"
    r"(?:['’](?:s|re|ll\s+be)|\s+(?:is|are|was|were|(?:should|must|will)\s+be))"
)
_EXPLICIT = (
    r"(?:i\s+mean(?:t)?(?:\s+to\s+say)?|(?:let['’]?s\s+)?make\s+(?:it|that)"
    r"|(?:change|correct)\s+(?:it|that)\s+to|it\s+should\s+(?:be|say|read))"
)
_LINE = re.compile(
    rf"{_MARKS}(?P<now>now\s+)?(?:(?P<itself>{_EXPLICIT})|(?P<points>{_POINTS}))?\s*"
    r"(?P<fresh>(?:(?:now|actually|really|in\s+fact|rather)\s+)*)"
    r"(?P<value>\S.*?)(?:,?\s+(?:and\s+)?not\s+\S.*?)?(?P<late>(?:\s+(?:now|instead|actually))*)"
    r"[\s.!]*",
    re.IGNORECASE | re.DOTALL,
)
_WRONG_WORD = re.compile(rf"\b{_WRONG}\b", re.IGNORECASE)
_HOUR = re.compile(
    r"\b(?:\d{1,2}[:.]\d\d|\d{1,2} ?[ap]\.?m\b|noon|midnight|o['’]clock|past)", re.IGNORECASE
)
_TIMED = ("hour", "day")


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a value: its preposition ("" for none), words and category."""

    lead: str
    text: str
    sort: str


def corrects(line: str, *, after: str = "") -> str:
    """The value by which a line corrects a previous statement; "" if it corrects none.

    `after` is an interjection before it: "no,".
    """
    match = _LINE.fullmatch(line.strip())
    if match is None:
        return ""
    wrong = _WRONG_WORD.search(f"{after} {match['marks']} {match['fresh']}") is not None
    is_current = bool(match["now"] or match["fresh"] or match["late"])
    value = match["value"].strip(" ,;")
    if not 0 < len(value.split()) <= _MAX_WORDS or not any(map(str.isalnum, value)):
        return ""
    if not (match["itself"] or wrong or (match["points"] and is_current)):
        return ""
    if not match["points"] and (_is_clause(value) or _opens(value, itself=bool(match["itself"]))):
        # A complete statement.
        return ""
    return value


def restated(statement: str, value: str) -> str:
    """The previous statement with this value; "" if it is unclear what it replaces."""
    parts = list(_parts(value))
    for sentence in reversed(analyse(statement).sentences):
        for clause in reversed(sentence.clauses):
            corrected = _corrected(statement, sentence, clause, parts)
            if corrected:
                return corrected
    return ""


def _is_clause(value: str) -> bool:
    """Whether a value is a clause; "gate 5" is only a label."""
    return any(sentence.clauses for sentence in analyse(value).sentences)


def _opens(value: str, *, itself: bool) -> bool:
    """Whether words begin like a sentence or an order, and are not a value."""
    first, *following = tagged(value)
    if first.low == "to" and following and "B" in following[0].tags:
        return True
    return not itself and (first.tags[0] in "PS" or (bool(following) and first.tags[0] == "B"))


def _parts(value: str) -> Iterator[_Part]:
    """Yield the prepositional parts of a value: "Wednesday | at 4"."""
    tokens = tagged(value)
    first, lead = 0, ""
    for at in range(len(tokens) + 1):
        ends = at == len(tokens) or tokens[at].tags[0] in "IT"
        if ends and at > first:
            text = value[tokens[first].start : tokens[at - 1].end]
            yield _Part(lead, text, _sort(tokens[first:at], text))
        if ends and at < len(tokens):
            first, lead = at + 1, tokens[at].word


def _sort(tokens: Sequence[Token], text: str) -> str:
    """The category of a value: hour, day, number, activity, or other."""
    if _HOUR.search(text):
        return "hour"
    in_words = any(token.low in number_words() for token in tokens)
    digits = any(map(str.isdigit, text))
    if ("D" not in tokens[0].tags and text.isdigit()) or (in_words and len(tokens) == 1):
        return "number"
    if time_of(tokens, 0, len(tokens)) is not None:
        return "day"
    if digits or in_words:
        return "number"
    return "doing" if tokens[0].low.endswith("ing") and text[0].islower() else "other"


def _corrected(statement: str, sentence: Sentence, clause: Clause, parts: Sequence[_Part]) -> str:
    """The statement with parts of this clause replaced; "" if one has no counterpart."""
    subject = clause.subject
    if clause.negated and subject is not None:
        return _affirmed(sentence, clause, subject, parts)
    slots = [("object", clause.second), ("object", clause.object), ("object", clause.complement)]
    slots = [*slots, *clause.prepositions]
    open_slots = [(role, phrase) for role, phrase in slots if phrase is not None]
    changed: list[tuple[int, int, str]] = []
    added: list[str] = []
    if subject is None or clause.ceased or not open_slots:
        return ""
    for part in parts:
        slot = _slot_of(open_slots, part)
        if slot is not None:
            open_slots.remove(slot)
            place = _place(statement, sentence, *slot, part)
            if place is None:
                return ""
            changed.append(place)
        elif part.lead and part.sort in (*_TIMED, "number") and len(parts) == 1:
            added.append(f"{part.lead} {part.text}")
        else:
            return ""
    text = statement.rstrip(" .!")
    for start, end, new in sorted(changed, reverse=True):
        text = f"{text[:start]}{new}{text[end:]}"
    return f"{' '.join([text.rstrip(), *added])}."


def _affirmed(sentence: Sentence, clause: Clause, subject: Phrase, parts: Sequence[_Part]) -> str:
    """For "My boss is no longer Alex", "now it's Dana": the affirmative statement."""
    tokens_after = (token for token in sentence.tokens if token.start >= subject.end)
    copula = next(tokens_after, None)
    if clause.verb != "be" or copula is None or any(part.sort == "doing" for part in parts):
        return ""
    value = " ".join(f"{part.lead} {part.text}".strip() for part in parts)
    return f"{subject.text} {copula.word} {value}."


def _slot_of(slots: Sequence[tuple[str, Phrase]], part: _Part) -> tuple[str, Phrase] | None:
    """The role of a clause that a part replaces, with its phrase."""
    lead = part.lead.lower()
    sorts = [(role, phrase, _sort(tagged(phrase.text), phrase.text)) for role, phrase in slots]
    for role, phrase, sort in sorts:
        timed = part.sort in _TIMED or (part.sort == "number" and sort in _TIMED)
        if lead and role == lead and (sort in _TIMED) == timed:
            return role, phrase
    candidates = [(role, phrase) for role, phrase, sort in sorts if sort == part.sort]
    if not candidates and part.sort == "number" and lead in ("", "at"):
        # "At 4" is an hour if the clause has one.
        candidates = [(role, phrase) for role, phrase, sort in sorts if sort == "hour"]
    if part.sort == "other" and lead:
        places = words("place") | words("motion")
        candidates = [slot for slot in candidates if slot[0] in places and lead in places]
    objects = [slot for slot in candidates if slot[0] == "object"]
    return next(iter([*objects, *candidates]), None) if part.sort != "doing" else None


def _place(
    statement: str, sentence: Sentence, role: str, phrase: Phrase, part: _Part
) -> tuple[int, int, str] | None:
    """The span that the part replaces, `[start, end)`, and its text; None for none."""
    start, end = sentence.start + phrase.start, sentence.start + phrase.end
    items = re.split(r",\s*|\s+(?:and|or)\s+", statement[start:end])
    if len(items) > 1 and not re.search(r",|\b(?:and|or)\b", part.text):
        # In a list, only an item of similar spelling is replaced.
        similar = [item for item in items if _similar(item, part.text)]
        if len(similar) != 1:
            return None
        at = statement.index(similar[0], start)
        return at, at + len(similar[0]), part.text
    head = statement[:start].rstrip()
    if part.lead and role != "object" and head.lower().endswith(role) and role:
        return len(head) - len(role), end, f"{part.lead} {part.text}"
    return start, end, part.text


def _similar(item: str, value: str) -> bool:
    return SequenceMatcher(None, item.lower(), value.lower()).ratio() >= _MIN_SIMILARITY
