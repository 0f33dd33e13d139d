"""Calibration: turns the rules' score of a triple into the probability that it is right.

The rules multiply how sure each step is, which ranks triples but is no probability: between .3 and
.8 the share that is right hardly moves. A ridge logistic regression adds what the product leaves
out: the rule, whether the subject is a name, how far apart the sides stand, how long the sentence
is and how late the clause. `packaging/triple_sureness.py` makes the numbers, from the
sentences that rules were written from.
"""

import math
from dataclasses import dataclass

from ingest.triples.fitted import RULE_WEIGHTS, WEIGHTS
from ingest.triples.records import TermKind

#: How much lower than on the sentences fitted to, in logits, for rules were written from these:
#: .89 were right on such sentences, .84 on others at first contact.
OPTIMISM = 0.4
#: Rules of which enough was judged for a weight of their own.
RULES = ("object", "preposition", "copula", "passive", "adjective", "be in")


@dataclass(frozen=True, slots=True)
class Doubts:
    """What is known of a triple before it is judged.

    `product` is that of its doubts in 0..1, `guessed` whether a pronoun was taken for a name
    without a title or a speaker to say it; `distance` counts the words between its sides, `length`
    those of its sentence and `preceding` those of the sentence in front of it.
    """

    product: float
    rule: str
    subject: TermKind
    guessed: bool
    distance: int
    length: int
    preceding: int


def features(doubts: Doubts) -> dict[str, float]:
    """What the regression weighs, by name; the rule's own weight comes beside it."""
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
    """Tens of words over the usual, as far as there were judged sentences."""
    return min(max(0, words - typical), 25) / 10


def rule_of(doubts: Doubts) -> str:
    """The rules that have a weight of their own; the rest, all of them rare and sure, are one."""
    return doubts.rule if doubts.rule in RULES else "other"


def calibrated(doubts: Doubts) -> float:
    """The share of such triples that are right, in 0..1."""
    weighed = sum(WEIGHTS[name] * value for name, value in features(doubts).items())
    weighed += RULE_WEIGHTS[rule_of(doubts)] - OPTIMISM
    return round(1 / (1 + math.exp(-weighed)), 3)
