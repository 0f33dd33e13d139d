"""Flashcards: question and answer for a memory, proposed from its words or written by hand.

A front with words in double braces is a cloze deletion, of which they are the answer; any other
front is a question.
"""

from functools import lru_cache

from ingest.language.claims import claims_of
from ingest.language.records import Clause, Phrase
from workbench.errors import UsageError
from workbench.memory.concepts.records import ConceptType
from workbench.memory.concepts.tracing import trace
from workbench.memory.kinds.records import GAP

_LONGEST = 5_000  # characters of a front or an answer
_GAP_WORDS = 6
#: Concept types preferred for a cloze: names and times.
_NAMED = (ConceptType.ENTITY, ConceptType.TIME)


def value_of(clause: Clause) -> Phrase | None:
    """The object of a clause, else its complement, else its first prepositional phrase."""
    phrases = (phrase for _, phrase in clause.prepositions)
    return clause.object or clause.complement or next(phrases, None)


def check(front: str, answer: str) -> None:
    """Raise `UsageError` for an invalid card."""
    if len(front) > _LONGEST or len(answer) > _LONGEST:
        raise UsageError(f"A card has at most {_LONGEST:,} characters a side.", "Shorten it.")
    if answer.strip() and not front.strip():
        raise UsageError("An answer needs a question.", "Write the front of the card, too.")


def proposed(text: str, note: str = "") -> tuple[str, str]:
    """Front and answer for a memory; a note on it that is a question becomes the front."""
    if note.rstrip().endswith("?"):
        return note.strip(), text
    return _cloze(text), ""


def answer_of(front: str, answer: str, text: str) -> str:
    """The back of a card: the words of its gaps, else the answer, else the whole text."""
    return "; ".join(GAP.findall(front)) or answer or text


@lru_cache(4096)
def _cloze(text: str) -> str:
    """The text with a gap at its value, else at a name or time, else at its weightiest concept."""
    if "{{" in text or "}}" in text:
        return text
    span = _value_span(text) or _concept_span(text)
    if span is None:
        return text
    start, end = span
    return f"{text[:start]}{{{{{text[start:end]}}}}}{text[end:]}"


def _value_span(text: str) -> tuple[int, int] | None:
    for claim in claims_of(text).claims:
        value = None if claim.derived else value_of(claim.clause)
        if (
            value is not None
            and value.kind != "pronoun"
            and value.start > 0
            and text[value.start : value.end] == value.text
            and len(value.text.split()) <= _GAP_WORDS
        ):
            determiner = f"{value.determiner} "
            led = value.text.lower().startswith(determiner)
            return value.start + len(determiner) * led, value.end
    return None


def _concept_span(text: str) -> tuple[int, int] | None:
    spans = [
        span for span in trace(text).spans if span.start > 0 and span.type is not ConceptType.ACTION
    ]
    named = [span for span in spans if span.type in _NAMED]
    if named:
        return named[-1].start, named[-1].end
    best = max(spans, key=lambda span: (span.weight, span.start), default=None)
    return None if best is None else (best.start, best.end)
