"""Probability that the shown sentence answers, from what the reader found.

Whether a library knows, `judgement` says from where the words of a question meet. That is no
statement about the sentence that is shown: this is. A logistic regression gives the probability
that any of the first quotes answers, by which an answer is withheld; another over the same features
that it is the first sentence, if any does. Among few statements nothing stands beside the best with
which it could be compared: there two others count, by how few they are.
`packaging/reader/answerability.py` makes the weights.
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
from workbench.recall import judgement, quotes, small_library
from workbench.recall.candidates import Found
from workbench.recall.judgement import Regression
from workbench.recall.rerank import Reread

#: What is weighed: the scores that the reader gives the first sentence and its quote, how far the
#: sentence leads those of other quotes, how far the third and tenth quote lie behind the best,
#: where retrieval had put the quote, the odds that the library knows, how clear the place of an
#: answer is, and how much of the question stands in the sentence and in its quote.
OF_MANY = ("sentence", "quote", "lead", "third", "tenth", "rank", "knows", "clear", "said", "near")
#: What is weighed where few statements are asked, and all: with it how far they are few.
OF_FEW = ("sentence", "quote", *judgement.OF_FEW)
FEATURES = (*OF_MANY, "few", *judgement.OF_FEW)
#: The parts of a file of weights: two for many statements, two for few.
PARTS = ("bears", "first", "bears_of_few", "first_of_few")
_FEW, _OF_FEW = FEATURES.index("few"), tuple(map(FEATURES.index, OF_FEW))
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
class Weights:
    """Regressions for many statements and for few: any quote answers; if so, the first sentence."""

    many: tuple[Regression, Regression]
    few: tuple[Regression, Regression]

    def __call__(self, values: Sequence[float]) -> tuple[float, float]:
        """Both probabilities of what has these features."""
        part, few, many = values[_FEW], of_few(values), values[: len(OF_MANY)]
        bears, first = (
            part * small(few) + (1 - part) * large(many) if part else large(many)
            for small, large in zip(self.few, self.many, strict=True)
        )
        return bears, first


def features(found: Found, weighed: Sequence[float], reread: Reread, knows: float) -> list[float]:
    """The features in the order of `FEATURES`.

    `weighed` are those of `judgement`, `knows` is what it holds for likely by them.
    """
    cue = found.cue
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
        _few(found),
        *judgement.few_of(weighed),
    ]


def _few(found: Found) -> float:
    """How far few statements were asked, 0 for what the reader knows little of.

    Keywords are met by any passage that holds them, and an option's entry is no sentence.
    """
    if found.cue.options or not found.cue.english:
        return 0.0
    return small_library.fewness(found.search.scope.size)


def of_few(values: Sequence[float]) -> list[float]:
    """Of all features those of `OF_FEW`."""
    return [values[place] for place in _OF_FEW]


def judged(values: Sequence[float], *, goes_on: bool = False) -> Judgement:
    """What features say of a question, which may go on from others that were answered."""
    fitted, least = _weights()
    bears, first = fitted(values)
    return Judgement(bears * first, bears, least * (_GOES_ON if goes_on else 1.0))


@lru_cache(maxsize=1)
def _weights() -> tuple[Weights, float]:
    found, facts = shipped_weights("answerability.json", FEATURES, *PARTS)
    return Weights((found[0], found[1]), (found[2], found[3])), float(facts["least"])


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
        return [regression(facts[part]) for part in parts], facts
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LibraryError(
            f"A file that ships with the program is missing or damaged (recall/{name}).",
            "Reinstall the program.",
        ) from error


def regression(stored: Mapping[str, Sequence[float]]) -> Regression:
    """The regression that a file holds. Raises `KeyError` where it lacks a part."""
    return Regression(*(np.array(stored[each]) for each in ("mean", "spread", "weights")))
