"""Probability that the shown sentence answers, from what the reader found.

Whether a library knows, `judgement` says from where the words of a question meet. That is no
statement about the sentence that is shown: this is. A logistic regression gives the probability
that any of the first quotes answers, by which an answer is withheld; another over the same features
that it is the first sentence, if any does. `workbench.bench.reader.answerability` makes the
weights.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from workbench import paths
from workbench.errors import LibraryError
from workbench.recall import quotes
from workbench.recall.judgement import Regression
from workbench.recall.question import Cue
from workbench.recall.rerank import Reread

#: What is weighed: the scores that the reader gives the first sentence and its quote, how far the
#: sentence leads those of other quotes, how far the third and tenth quote lie behind the best,
#: where retrieval had put the quote, the odds that the library knows, how clear the place of an
#: answer is, and how much of the question stands in the sentence and in its quote.
FEATURES = ("sentence", "quote", "lead", "third", "tenth", "rank", "knows", "clear", "said", "near")
#: Places, from 0, with which the best quote is compared, and the lead of what has no rival.
_THIRD, _TENTH, _ALONE = 3, 10, 3.0
_SURE = 1e-4
#: The share of `least` that is enough for a question that goes on from answered ones. In 266 turns
#: of conversations that lets 34 more be answered, 16 of them rightly and 20 with the right quote
#: among five; of 25 follow-ups that nothing answers 6 instead of 13 stay unanswered.
_GOES_ON = 0.6


@dataclass(frozen=True, slots=True)
class Judgement:
    """Probabilities: that the sentence shown first answers, and that one of the first quotes does.

    Below `least` the second is too small for an answer.
    """

    answers: float
    bears: float
    least: float

    @property
    def silent(self) -> bool:
        """Whether nothing that was found is good enough to be shown as an answer."""
        return self.bears < self.least


@dataclass(frozen=True, slots=True)
class _Weights:
    bears: Regression
    first: Regression
    least: float


def features(cue: Cue, reread: Reread, knows: float) -> list[float]:
    """The features in the order of `FEATURES`; `knows` is what `judgement` holds for likely."""
    first = reread.sentences[0]
    quote = next(each for each in reread.quotes if each.place == first.place)
    rivals = [each.worth for each in reread.sentences if each.place != first.place]
    scores = sorted((each.score for each in reread.readings), reverse=True)
    odds = min(max(knows, _SURE), 1 - _SURE)
    return [
        first.reading.score,
        reread.readings[0].score,
        first.worth - max(rivals, default=first.worth - _ALONE),
        scores[min(_THIRD, len(scores) - 1)] - scores[0],
        scores[min(_TENTH, len(scores) - 1)] - scores[0],
        # Of sentences that hold a name, and nothing more is asked for, retrieval knows no order.
        0.0 if cue.introduced else math.log1p(first.rank),
        math.log(odds / (1 - odds)),
        first.reading.clear,
        quotes.cover(first.text, cue),
        quotes.covered(quote, cue),
    ]


def judged(values: Sequence[float], *, goes_on: bool = False) -> Judgement:
    """What features say of a question, which may go on from others that were answered."""
    fitted = _weights()
    bears = fitted.bears(values)
    least = fitted.least * (_GOES_ON if goes_on else 1.0)
    return Judgement(bears * fitted.first(values), bears, least)


@lru_cache(maxsize=1)
def _weights() -> _Weights:
    (bears, first), facts = shipped_weights("answerability.json", FEATURES, "bears", "first")
    return _Weights(bears, first, float(facts["least"]))


def shipped_weights(
    name: str, features: Sequence[str], *parts: str
) -> tuple[list[Regression], Mapping[str, Any]]:
    """The regressions of these parts of a file of weights for these features, and all of the file.

    Raises `LibraryError` where the file is missing, damaged or of other features.
    """
    try:
        facts = json.loads((paths.resources() / "recall" / name).read_text(encoding="utf-8"))
        if tuple(facts["features"]) != tuple(features):
            raise ValueError("other features")
        return [
            Regression(*(np.array(facts[part][each]) for each in ("mean", "spread", "weights")))
            for part in parts
        ], facts
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LibraryError(
            f"A file that ships with the program is missing or damaged (recall/{name}).",
            "Reinstall the program.",
        ) from error
