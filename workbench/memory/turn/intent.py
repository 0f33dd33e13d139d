"""Classifies a line as statement or question.

`turn` stores everything that is not clearly something else, so that no fact is lost. If the same
field also searches books, words such as “sleep and synapses” are a query: only a claim is a
statement. The default is a question, which is harmless.
"""

import re
from enum import StrEnum

from ingest.language.analyse import analyse
from ingest.language.word_lists import words
from workbench.memory.turn.utterance import Kind, Part, parts


class Intent(StrEnum):
    """TELL: the line has something to store. TALK: arithmetic, courtesy, order. ASK: the rest."""

    ASK = "ask"
    TELL = "tell"
    TALK = "talk"


#: Maximum characters that are examined; longer lines are statements.
_LONGEST = 2000
_FULL_STOP = re.compile(r"[.!。！]['\"”’)\]]*\s*$")
_COPULA = re.compile(
    r"\b(?:is|are|was|were|am|be|been)\b|['’](?:s|m|re)\b|n['’]t\b|\S\s*[:=：]\s*\S|\w[是は为為]\w",
    re.IGNORECASE,
)
_MIN_WORDS = 3


def intent(line: str) -> Intent:
    """The intent of a line. A pure function, fast enough for every keystroke."""
    if len(line) > _LONGEST:
        return Intent.TELL
    pieces = parts(line)
    if any(part.kind is Kind.STATEMENT and _is_statement(line, part) for part in pieces):
        return Intent.TELL
    open_kinds = {Kind.QUESTION, Kind.STATEMENT}
    if not pieces or any(part.kind in open_kinds for part in pieces):
        courteous = any(part.kind not in {*open_kinds, Kind.CHATTER} for part in pieces)
        question = any(part.kind is Kind.QUESTION for part in pieces)
        return Intent.TALK if courteous and question else Intent.ASK
    return Intent.TALK if any(part.kind is not Kind.CHATTER for part in pieces) else Intent.ASK


def has_statement(line: str) -> bool:
    """Whether a line has a statement, if only some words: what `turn` would store."""
    return any(part.kind is Kind.STATEMENT for part in parts(line[:_LONGEST]))


def _is_statement(line: str, part: Part) -> bool:
    prefix = line[part.start : part.text_start]
    if any(letter.isalnum() for letter in prefix):
        return True  # “remember that …”, “note: …”
    text = part.text
    if _COPULA.search(text) or _is_clause(text):
        return True
    return len(text.split()) >= _MIN_WORDS and _FULL_STOP.search(text) is not None


def _is_clause(text: str) -> bool:
    """Whether a text has a subject and a word that is more likely a verb than a noun."""
    common = words("functional") | words("stative")
    for sentence in analyse(text).sentences:
        verbal = any(token.tags[0] in "XHMOV" for token in sentence.tokens[1:])
        for clause in sentence.clauses:
            # An order has an empty subject, a noun phrase an implicit copula.
            subject = clause.subject if clause.verb != "be" else None
            explicit = subject is not None and subject.end > subject.start
            if explicit and (verbal or clause.verb in common):
                return True
    return False
