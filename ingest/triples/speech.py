"""Speakers and addressees of quotations, and first-person narrators.

A passage may begin or end inside a quotation, so each mark is judged by its context, not by
counting. The speaker is named before or after the quotation with a verb of saying; a quotation that
continues after such words keeps its speaker.
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
_SPEAKER = rf"(?P<who>{_NAME}|he|she|I)"
_SPEECH_VERB = (
    "(?:said|says|say|cried|replied|answered|asked|murmured|exclaimed|added|whispered|remarked"
    "|observed|returned|continued|shouted|muttered|repeated|sneered|laughed|sighed|thought)"
)
_AFTER = re.compile(
    rf"\s*(?:{_SPEECH_VERB}\s+{_SPEAKER}\b|(?P<first>{_NAME}|he|she|I)\s+(?:\w+ly\s+)?{_SPEECH_VERB}\b)"
)
_PRECEDING = re.compile(rf"\b{_SPEAKER}\s+(?:\w+ly\s+)?{_SPEECH_VERB}\b[^.!?\"]{{0,50}}[,:–-]*\s*$")
_BETWEEN = re.compile(rf"\b{_SPEECH_VERB}\b")
_ADDRESS = re.compile(
    rf"^\"?\s*(?:My dear |Dear |O |Oh, )?({_NAME})[,!]|,\s(?:my dear )?({_NAME})[,.!?]*\"?$"
)
_PERSON = re.compile(r"\b(?:I|my|me|myself)\b")
_WORD = re.compile(r"\w+")


class Speech(NamedTuple):
    """A quotation `[start, end)` with the words that name its speaker and listener."""

    start: int
    end: int
    speaker: str | None
    listener: str | None


def speeches(text: str) -> list[Speech]:
    """The quotations of a normalised passage, in order."""
    spans: list[Speech] = []
    for start, end in _quotations(text):
        speaker = _speaker(text, start, end)
        if spans and text[spans[-1].end : start].find("\n\n") < 0:
            latest, between = spans[-1], text[spans[-1].end : start]
            if speaker is None and len(between) < 120 and _BETWEEN.search(between):
                speaker = latest.speaker
        spans.append(Speech(start, end, speaker, _listener(text[start:end])))
    return spans


def told_by_narrator(text: str) -> bool:
    """Whether outside quotations at least 8 words of a thousand are "I", "me" or "my"."""
    outside = total = latest = 0
    for start, end in [*_quotations(text), (len(text), len(text))]:
        stretch = text[latest:start]
        outside += len(_PERSON.findall(stretch))
        total += len(_WORD.findall(stretch))
        latest = end
    return total >= 2000 and outside * 1000 >= 8 * total


def _quotations(text: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    opening_mark: int | None = None
    for match in re.finditer('"|\n\\s*\n', text):
        place = match.start()
        if match.group() != '"':
            if opening_mark is not None:
                spans.append((opening_mark, place))
            opening_mark = None
            continue
        preceding, after = text[place - 1 : place], text[place + 1 : place + 2]
        opens = (not preceding or preceding in " \n\t(–-") and not (not after or after.isspace())
        if opens and opening_mark is None:
            opening_mark = place
        elif not opens:
            # Closing without an opening: the passage began inside a quotation.
            begin = opening_mark if opening_mark is not None else (spans[-1][1] if spans else 0)
            if opening_mark is not None or not spans:
                spans.append((begin, place + 1))
            opening_mark = None
    if opening_mark is not None:
        spans.append((opening_mark, len(text)))
    return spans


def _speaker(text: str, start: int, end: int) -> str | None:
    after = _AFTER.match(text, end)
    if after:
        return after.group("who") or after.group("first")
    preceding = _PRECEDING.search(text, max(0, start - 120), start)
    return preceding.group("who") if preceding else None


def _listener(quotation: str) -> str | None:
    match = _ADDRESS.search(quotation.strip())
    name = (match.group(1) or match.group(2)) if match else None
    return name if name and name.lower() not in lexicon() else None


def speech_at(spans: Sequence[Speech], place: int) -> Speech | None:
    """The quotation around an offset."""
    return next((speech for speech in spans if speech.start <= place < speech.end), None)
