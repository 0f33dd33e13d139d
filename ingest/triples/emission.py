"""Builds a triple with its confidence from the parts of a clause, for all rules."""

from typing import NamedTuple

from ingest.triples import words
from ingest.triples.canonical import canonical
from ingest.triples.chunking import Chunk
from ingest.triples.context import Phrase
from ingest.triples.phrases import Line, phrase, term
from ingest.triples.records import Triple
from ingest.triples.words import CLASSES

#: Confidence below which a candidate is dropped at once.
_MINIMUM = 0.25
_QUESTION = 0.4
#: Words between a verb and its object that count as part of the relation.
_BETWEEN, _NOT_BETWEEN = 4, "EPVBXHY"
#: Verbs without a relation to their object.
_EMPTY = frozenset(("let", "ought"))
#: What remains of "are by far the most noteworthy".
_ARTICLES = ("the", "a", "an")
#: Tags before a phrase that belongs to what is before it, and words before what may not be so.
_GOVERNS = "Ipw"
_UNSURE = CLASSES["unsure"]
#: Tags that make the object only a part of the statement: "sent Ada an answer", "found Ada ill".
_GOES_ON, _DEGREES = frozenset("DSJ"), frozenset(("more", "most", "less", "least"))
#: Tags between a verb and the owner of a role: "is the eldest uncle of".
_BY_ROLE = "RnITDSJNC"
#: Auxiliaries by the number of their subject.
_PLURALS, _SINGLE = (
    frozenset(("are", "were", "have", "do")),
    frozenset(("is", "was", "has", "does")),
)


class Claim(NamedTuple):
    """A verb under a rule, before its subject and object are known as concepts."""

    rule: str
    relation: str
    confidence: float
    at: Chunk
    negated: bool = False
    modal: bool = False
    time: str | None = None

    def by(self, rule: str, relation: str, share: float) -> "Claim":
        """The same verb under another rule, with this share of the confidence."""
        return self._replace(rule=rule, relation=relation, confidence=self.confidence * share)


def emit(line: Line, subject: Chunk, claim: Claim, object_: Chunk) -> None:
    """Emit a triple for each item of subject and object; "neither" denies all."""
    denied = subject.first_word in words.NEGATIVE or object_.first_word in words.NEGATIVE
    claim = claim._replace(negated=claim.negated or denied)
    for left in subject.parts():
        for right in object_.parts():
            _emit(line, left, claim, right)


def _emit(line: Line, subject: Chunk, claim: Claim, object_: Chunk) -> None:
    left = _subject(line, subject)
    right = _object(line, object_, left.text) if left else None
    if left is None or right is None or claim.relation.split()[0] in _EMPTY:
        return
    if left.text == right.text or right.text.lower() in _ARTICLES:
        return
    confidence = claim.confidence * left.confidence * right.confidence
    if line.question:
        confidence *= _QUESTION
    if confidence < _MINIMUM:
        return
    denied = subject.first_word in words.NEGATIVE or object_.first_word in words.NEGATIVE
    typed, turned = canonical(claim.relation, claim.rule)
    start, end = line.span(
        min(subject.start, object_.start, claim.at.start),
        max(subject.end, object_.end, claim.at.end),
    )
    line.triples.append(
        Triple(
            term(subject, left, line),
            claim.relation,
            term(object_, right, line),
            claim.rule,
            min(confidence, 0.98),
            claim.negated or denied,
            claim.modal,
            typed,
            turned,
            claim.time,
            start,
            end,
            _assertion(line, claim.at, object_),
            _is_plain(line, subject, claim, object_),
        )
    )


def _assertion(line: Line, at: Chunk, object_: Chunk) -> tuple[int, int]:
    """The span of the relation: its verb, with the few words before the object."""
    begin, end = at.start, max(at.end, at.start + 1)
    between = line.tags[end : object_.start]
    if 0 < len(between) <= _BETWEEN and not any(tag in _NOT_BETWEEN for tag in between):
        end = object_.start
    while end > begin + 1 and line.tags[end - 1] in "DSR,":
        end -= 1
    if object_.first_word in words.NEGATIVE and end <= object_.start <= end + _BETWEEN:
        # "is no island": what denies it is said before the object
        end = object_.start + 1
    return line.span(begin, end)


def _is_plain(line: Line, subject: Chunk, claim: Claim, object_: Chunk) -> bool:
    """Whether subject, finite verb and object are adjacent, as in a simple clause."""
    verb = claim.at
    if verb.kind != "vg" or not subject.end <= verb.start < verb.end <= object_.start:
        return False
    tags = line.tags
    if tags[subject.end : verb.start].strip("Rn,W") or tags[verb.end : object_.start].strip(
        _BY_ROLE if claim.rule in ("role", "one of") else "RnIT"
    ):
        return False
    if claim.rule == "copula" and subject.head_tag == object_.first_tag == "E":
        # that one name is another is mostly half of something longer
        return False
    if object_.start - verb.end > _BETWEEN or tags[object_.end : object_.end + 1] == "p":
        return False
    after = tags[object_.end : object_.end + 1]
    if claim.rule == "object" and after in _GOES_ON and line.low(object_.end) not in _DEGREES:
        return False
    preceding = subject.start - 1
    if preceding >= 0 and (tags[preceding] in _GOVERNS or line.low(preceding) in _UNSURE):
        return False
    if preceding > 0 and tags[preceding] in "RJ" and line.low(preceding - 1) == "how":
        # "how far Netherfield was from Meryton"
        return False
    return _agree(line, subject, verb)


def _agree(line: Line, subject: Chunk, verb: Chunk) -> bool:
    """Whether a present-tense verb agrees in number with its subject."""
    first = line.low(verb.start + 1) if verb.first_tag == "R" else verb.first_word
    noun = subject.head_tag == "N"
    is_plural = noun and subject.head.endswith("s")
    if first in _PLURALS:
        return is_plural or not noun
    if first in _SINGLE:
        return not is_plural
    if subject.head_tag not in "NE" or verb.end - verb.start > 1:
        return True
    if first == verb.lemma:
        return is_plural
    return not is_plural or first != f"{verb.lemma}s"


def _subject(line: Line, chunk: Chunk) -> Phrase | None:
    if chunk.kind != "poss":
        return phrase(chunk, line, True)
    referent = line.context.resolve(chunk.text, line.span(chunk.start, chunk.end)[0])
    return referent.phrase(max(0.75, referent.confidence)) if referent else None


def _object(line: Line, chunk: Chunk, subject: str) -> Phrase | None:
    if chunk.kind != "adj":
        return phrase(chunk, line, False, subject)
    return Phrase(chunk.text, chunk.final_word, 0.9, "adjective")


def strongest(triples: list[Triple]) -> list[Triple]:
    """Of equal triples the most confident, in order of occurrence."""
    best: dict[tuple[str, str, str], Triple] = {}
    for triple in triples:
        key = (triple.subject.text, triple.relation, triple.object.head)
        if key not in best or best[key].confidence < triple.confidence:
            best[key] = triple
    return list(best.values())
