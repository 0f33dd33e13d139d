"""Makes a triple with its confidence from the parts of a clause; every rule ends here."""

from dataclasses import dataclass, replace

from ingest.triples import words
from ingest.triples.canonical import canonical
from ingest.triples.chunking import Chunk
from ingest.triples.context import Phrase
from ingest.triples.phrases import Line, phrase, term
from ingest.triples.records import Triple

#: Below this a candidate is not even kept until the sentence's end.
_LEAST = 0.25
_QUESTION = 0.4
#: Words between a verb and its object that are taken for the relation's own.
_BETWEEN, _NOT_BETWEEN = 4, "EPVBXHY"
#: Verbs that say nothing of their own about their object.
_EMPTY = frozenset(("let", "ought"))


@dataclass(frozen=True, slots=True)
class Claim:
    """What a rule says of a verb, before its subject and object are known as concepts."""

    rule: str
    relation: str
    confidence: float
    at: Chunk
    negated: bool = False
    modal: bool = False
    time: str | None = None

    def by(self, rule: str, relation: str, share: float) -> "Claim":
        """The same verb under another rule, with this share of the confidence."""
        return replace(self, rule=rule, relation=relation, confidence=self.confidence * share)


def emit(line: Line, subject: Chunk, claim: Claim, object_: Chunk) -> None:
    """Add the triple to what the sentence says, unless it says nothing."""
    left = _subject(line, subject)
    right = _object(line, object_, left.text) if left else None
    if left is None or right is None or claim.relation.split()[0] in _EMPTY:
        return
    if left.head == right.head and left.text == right.text:
        return
    confidence = claim.confidence * left.confidence * right.confidence
    if line.question:
        confidence *= _QUESTION
    if confidence < _LEAST:
        return
    negated = (
        claim.negated
        or line.low(subject.start) in words.NEGATIVE
        or line.low(object_.start) in words.NEGATIVE
    )
    typed, turned = canonical(claim.relation, claim.rule)
    start, end = line.span(
        min(subject.start, object_.start, claim.at.start),
        max(subject.end, object_.end, claim.at.end),
    )
    line.found.append(
        Triple(
            term(subject, left, line),
            claim.relation,
            term(object_, right, line),
            claim.rule,
            min(confidence, 0.98),
            negated,
            claim.modal,
            typed,
            turned,
            claim.time,
            start,
            end,
            _said(line, claim.at, object_),
        )
    )


def _said(line: Line, at: Chunk, object_: Chunk) -> tuple[int, int]:
    """Where the relation is written: its verb, with what little stands before the object."""
    begin, end = at.start, max(at.end, at.start + 1)
    between = line.tags[end : object_.start]
    if 0 < len(between) <= _BETWEEN and not any(tag in _NOT_BETWEEN for tag in between):
        end = object_.start
    while end > begin + 1 and line.tags[end - 1] in "DSR,":
        end -= 1
    return line.span(begin, end)


def _subject(line: Line, chunk: Chunk) -> Phrase | None:
    if chunk.kind != "poss":
        return phrase(chunk, line, True)
    meant = line.context.resolve(line.words[chunk.start], line.span(chunk.start, chunk.end)[0])
    if meant is None:
        return None
    head = meant.name.split()[-1].lower()
    return Phrase(meant.name, head, max(0.75, meant.confidence), "name")


def _object(line: Line, chunk: Chunk, subject: str) -> Phrase | None:
    if chunk.kind != "adj":
        return phrase(chunk, line, False, subject)
    text = " ".join(line.words[chunk.start : chunk.end])
    return Phrase(text, line.low(chunk.end - 1), 0.9, "adjective")


def strongest(found: list[Triple]) -> list[Triple]:
    """Of triples that say the same the surest, in the order in which they were found."""
    best: dict[tuple[str, str, str], Triple] = {}
    for triple in found:
        key = (triple.subject.text, triple.relation, triple.object.head)
        if key not in best or best[key].confidence < triple.confidence:
            best[key] = triple
    return list(best.values())
