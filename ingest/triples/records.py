"""Records of the rules: triples with the spans of their parts."""

from typing import Literal, NamedTuple

TermKind = Literal["name", "noun", "pronoun", "date", "number", "adjective"]
ConceptKind = Literal["entity", "time", "place", "action", "state", "sensory", "intent", "concept"]


class Term(NamedTuple):
    """One side of a triple.

    `text` is the normal form: pronouns resolved, short names completed. `start` and `end` are its
    span in the passage, in code points, as written there.
    """

    text: str
    start: int
    end: int
    head: str
    kind: TermKind
    concept: ConceptKind


class Triple(NamedTuple):
    """One statement of one sentence.

    `relation` is the lemma with its preposition ("live in"); `canonical` the common form of several
    wordings, with `turned` set if subject and object swap for it. `confidence` is the share of
    triples of this kind that were right on sentences read by people. `time` is the date of the
    verb, as written; `said` is the span of the relation. `plain` says that it lies between both
    sides as in a simple clause, so that they read as a sentence.
    """

    subject: Term
    relation: str
    object: Term
    rule: str
    confidence: float
    negated: bool
    modal: bool
    canonical: str
    turned: bool
    time: str | None
    start: int
    end: int
    said: tuple[int, int] = (0, 0)
    plain: bool = True
