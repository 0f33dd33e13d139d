"""What the rules hand out: triples whose parts keep the place where they stand."""

from typing import Literal, NamedTuple

TermKind = Literal["name", "noun", "pronoun", "date", "number", "adjective"]
ConceptKind = Literal["entity", "time", "place", "action", "state", "sensory", "intent", "concept"]


class Term(NamedTuple):
    """One side of a triple.

    `text` is the normal form: a pronoun replaced by whom it means, a short name by the full one.
    `start` and `end` are where it stands in the passage, in code points, as written there.
    """

    text: str
    start: int
    end: int
    head: str
    kind: TermKind
    concept: ConceptKind


class Triple(NamedTuple):
    """One statement drawn from one sentence.

    `relation` is the lemma with its preposition ("live in"); `canonical` the typed form on which
    several wordings agree, with `turned` set where subject and object change places for it.
    `confidence` is the share of triples of this kind that were right on sentences read by people.
    `time` is the date that the same verb names, as written; `said` is where the passage has the
    words of the relation. `plain` says that they stand between the two as a clause has them, so
    that subject, words and object read as a sentence.
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
