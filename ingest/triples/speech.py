"""Speakers and addressees of quotations, and first-person narrators.

A passage may begin or end inside a quotation, so each mark is judged by what stands beside it, not
by counting. The speaker is named before the quotation or after it by a verb of saying; a quotation
that goes on after such words keeps its speaker.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from ingest.triples.lexicon import lexicon

NARRATOR = "the narrator"

_NAME = (
    r"(?:(?:Mr|Mrs|Ms|Dr|St)\.?\s|(?:Miss|Sir|Lord|Lady|Captain)\s)?"
    r"[A-ZÀ-Ž][\w-]+(?:\s[A-ZÀ-Ž][\w-]+)?"
)
_WHO = rf"(?P<who>{_NAME}|he|she|I)"
_SAID = (
    "(?:said|says|say|cried|replied|answered|asked|murmured|exclaimed|added|whispered|remarked"
    "|observed|returned|continued|shouted|muttered|repeated|sneered|laughed|sighed|thought)"
)
_AFTER = re.compile(
    rf"\s*(?:{_SAID}\s+{_WHO}\b|(?P<first>{_NAME}|he|she|I)\s+(?:\w+ly\s+)?{_SAID}\b)"
)
_BEFORE = re.compile(rf"\b{_WHO}\s+(?:\w+ly\s+)?{_SAID}\b[^.!?\"]{{0,50}}[,:–-]*\s*$")
_BETWEEN = re.compile(rf"\b{_SAID}\b")
_CALLED = re.compile(
    rf"^\"?\s*(?:My dear |Dear |O |Oh, )?({_NAME})[,!]|,\s(?:my dear )?({_NAME})[,.!?]*\"?$"
)
_PERSON = re.compile(r"\b(?:I|my|me|myself)\b")
_WORD = re.compile(r"\w+")


class Speech(NamedTuple):
    """A quotation `[start, end)` with the words by which its speaker and listener are named."""

    start: int
    end: int
    speaker: str | None
    listener: str | None


def speeches(text: str) -> list[Speech]:
    """The quotations of an evened passage, in order."""
    found: list[Speech] = []
    for start, end in _quotations(text):
        speaker = _speaker(text, start, end)
        if found and text[found[-1].end : start].find("\n\n") < 0:
            last, between = found[-1], text[found[-1].end : start]
            if speaker is None and len(between) < 120 and _BETWEEN.search(between):
                speaker = last.speaker
        found.append(Speech(start, end, speaker, _listener(text[start:end])))
    return found


def told_by_narrator(text: str) -> bool:
    """Whether outside quotations at least 8 words of a thousand are "I", "me" or "my"."""
    outside = total = last = 0
    for start, end in [*_quotations(text), (len(text), len(text))]:
        stretch = text[last:start]
        outside += len(_PERSON.findall(stretch))
        total += len(_WORD.findall(stretch))
        last = end
    return total >= 2000 and outside * 1000 >= 8 * total


def _quotations(text: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    opened: int | None = None
    for match in re.finditer('"|\n\\s*\n', text):
        place = match.start()
        if match.group() != '"':
            if opened is not None:
                found.append((opened, place))
            opened = None
            continue
        before, after = text[place - 1 : place], text[place + 1 : place + 2]
        opens = (not before or before in " \n\t(–-") and not (not after or after.isspace())
        if opens and opened is None:
            opened = place
        elif not opens:
            # closing without an opening: the passage began inside a quotation
            begin = opened if opened is not None else (found[-1][1] if found else 0)
            if opened is not None or not found:
                found.append((begin, place + 1))
            opened = None
    if opened is not None:
        found.append((opened, len(text)))
    return found


def _speaker(text: str, start: int, end: int) -> str | None:
    after = _AFTER.match(text, end)
    if after:
        return after.group("who") or after.group("first")
    before = _BEFORE.search(text, max(0, start - 120), start)
    return before.group("who") if before else None


def _listener(quotation: str) -> str | None:
    match = _CALLED.search(quotation.strip())
    name = (match.group(1) or match.group(2)) if match else None
    return name if name and name.lower() not in lexicon() else None


def speech_at(found: Sequence[Speech], place: int) -> Speech | None:
    """The quotation in which a place stands."""
    return next((speech for speech in found if speech.start <= place < speech.end), None)
