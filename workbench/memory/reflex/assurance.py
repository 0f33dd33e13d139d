"""How sure recall is that its first memory answers the cue: a probability, not a score.

Signs that can be read without knowing the answer go through a logistic curve whose weights were
fitted to made-up memories and questions, answerable or not (`bench.reflex_sureness` measures it).
What asks for something that nothing mentions is unsure however well the rest is met.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

from workbench.memory import words
from workbench.memory.facts.records import Value
from workbench.memory.vocabulary import STOP


class Signs(NamedTuple):
    """What can be told of a recall, each from 0 to 1.

    `words` is the share of the cue that the first memory meets by the weight of its words, `said`
    by their number, known or not (see `said`), `names` the share of its names and times (1 where it
    has none). `margin` is how far the first leads, `far` 1 where it was reached over another one.
    """

    words: float
    said: float
    names: float
    margin: float
    far: float


NOTHING = Signs(0.0, 0.0, 0.0, 0.0, 0.0)

#: Fitted weights of the signs, and what is added to all.
_WEIGHTS = Signs(words=3.6, said=3.5, names=4.4, margin=4.8, far=-1.0)
_BASE = -11.2
#: Without a value to give nothing is surer than this.
_MOST = 0.97


def said(cue: str, text: str) -> float:
    """The share of the words of a cue, without those that only ask, that a text says."""
    asked = [forms for word, forms in _forms(cue) if word not in STOP]
    if not asked:
        return 0.0
    there = {form for _, forms in _forms(text) for form in forms}
    return sum(not there.isdisjoint(forms) for forms in asked) / len(asked)


def _forms(text: str) -> list[tuple[str, set[str]]]:
    found = dict.fromkeys(word for token in words.tokens(text) for word in token.words)
    return [(word, {word, *words.forms(word, "en")}) for word in found]


def margin(scores: Sequence[float]) -> float:
    """How far the first of these leads, from 0 to 1; few others make it less telling."""
    if not scores or not scores[0]:
        return 0.0
    others = [*scores[1:6], *[0.5 * scores[0]] * (6 - len(scores))]
    return 1 - sum(others) / len(others) / scores[0]


def confidence(signs: Signs, answer: Value | None) -> float:
    """The probability that the first memory answers; that of the value where there is one."""
    if answer is not None:
        return answer.confidence
    if signs == NOTHING:
        return 0.0
    total = _BASE + sum(weight * sign for weight, sign in zip(_WEIGHTS, signs, strict=True))
    return min(_MOST, 1 / (1 + math.exp(-total)))
