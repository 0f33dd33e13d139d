"""Calibrates the rules' score of a triple into the probability that it is right.

The rules multiply their confidences, which ranks triples but is no probability: between .3 and .8
the share that is right hardly moves. A ridge logistic regression adds the rule, whether the subject
is a name, the distance between the sides, the length of the sentence and the position of the
clause. `packaging/triple_sureness.py` fits the weights, on the sentences that the rules were
written from.
"""

import math
from dataclasses import dataclass

from ingest.triples.fitted import RULE_WEIGHTS, WEIGHTS
from ingest.triples.records import TermKind

#: Correction in logits, since the rules were written from the sentences fitted to: .89 of triples
#: were right on those, .84 on unseen ones.
OPTIMISM = 0.4
#: Rules with enough labelled triples for a weight of their own.
RULES = ("object", "preposition", "copula", "passive", "adjective", "be in")


@dataclass(frozen=True, slots=True)
class Doubts:
    """Features of a triple before calibration.

    `product` is the rules' score in 0..1, `guessed` whether a pronoun was resolved to a name
    without a title or speaker to support it. In words: `distance` is between subject and object,
    `length` that of the sentence, `preceding` the words of the sentence before the triple.
    """

    product: float
    rule: str
    subject: TermKind
    guessed: bool
    distance: int
    length: int
    preceding: int


def features(doubts: Doubts) -> dict[str, float]:
    """The inputs of the regression by name; the weight of the rule is added to them."""
    product = min(max(doubts.product, 0.02), 0.98)
    return {
        "one": 1.0,
        "product": math.log(product / (1 - product)),
        "no name": float(doubts.subject != "name"),
        "guessed": float(doubts.guessed),
        "apart": math.log1p(doubts.distance),
        "long": _excess(doubts.length, 25),
        "late": _excess(doubts.preceding, 20),
    }


def _excess(words: int, typical: int) -> float:
    """Tens of words above the typical, clipped to the range of the labelled sentences."""
    return min(max(0, words - typical), 25) / 10


def rule_of(doubts: Doubts) -> str:
    """The rule for its weight; the rest, all rare and precise, share one."""
    return doubts.rule if doubts.rule in RULES else "other"


def calibrated(doubts: Doubts) -> float:
    """The probability that a triple is right."""
    weighed = sum(WEIGHTS[name] * value for name, value in features(doubts).items())
    weighed += RULE_WEIGHTS[rule_of(doubts)] - OPTIMISM
    return round(1 / (1 + math.exp(-weighed)), 3)
