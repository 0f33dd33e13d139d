"""Classifies a line as statement or question.

`turn` keeps whatever is not plainly something else, so that no fact is lost. Where the same field
also searches books, words such as “sleep and synapses” are looked for rather than remembered: only
what claims something is taken as told. What does neither clearly is asked, which harms nothing.
"""

import re
from enum import StrEnum

from workbench.memory.facts.claims import is_dense, read
from workbench.memory.turn.utterance import Kind, Part, parts


class Intent(StrEnum):
    """TELL: something in the line is to be kept. TALK: sums, courtesies, orders. ASK: the rest."""

    ASK = "ask"
    TELL = "tell"
    TALK = "talk"


#: Characters that are looked at; what is longer is told, not asked.
_LONGEST = 2000
_ENDED = re.compile(r"[.!。！]['\"”’)\]]*\s*$")
_LINKED = re.compile(r"\b(?:is|are|was|were|am|be|been)\b|['’](?:s|m|re)\b|n['’]t\b|[:=：]", re.I)
_LEAST_WORDS = 3


def intent(line: str) -> Intent:
    """What a line is for. A pure function of its words, quick enough for every key pressed."""
    if len(line) > _LONGEST:
        return Intent.TELL
    found = parts(line)
    if any(part.kind is Kind.STATEMENT and _is_told(line, part) for part in found):
        return Intent.TELL
    asked = {Kind.QUESTION, Kind.STATEMENT}
    if not found or any(part.kind in asked for part in found):
        courteous = any(part.kind not in {*asked, Kind.CHATTER} for part in found)
        question = any(part.kind is Kind.QUESTION for part in found)
        return Intent.TALK if courteous and question else Intent.ASK
    return Intent.TALK if any(part.kind is not Kind.CHATTER for part in found) else Intent.ASK


def can_be_kept(line: str) -> bool:
    """Whether there is a statement in a line, be it only some words: what `turn` would keep."""
    return any(part.kind is Kind.STATEMENT for part in parts(line[:_LONGEST]))


def _is_told(line: str, part: Part) -> bool:
    before = line[part.start : part.said_start]
    if any(letter.isalnum() for letter in before):
        return True  # “remember that …”, “note: …”
    said = part.said
    statement = read(said)
    if any(claim.verb != "be" or is_dense(said) or _LINKED.search(said)
           for claim in statement.claims):  # fmt: skip
        return True
    whole = len(statement.tokens) >= _LEAST_WORDS or is_dense(said)
    return whole and _ENDED.search(said) is not None
