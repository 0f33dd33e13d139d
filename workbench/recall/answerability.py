"""The probability that the best sentence answers, which decides whether to abstain.

A logistic regression over the reader's scores of the first sentence and its quote, the lead over
other quotes, the rank in retrieval, the match of the best section, and whether somebody else than
the subject says it. With few statements the best has no rivals, so that features are weighted
differently, by the number of statements. Without the reader, the words of the question must occur
together in one place, as for a topic. The weights come from `packaging/reader/answerability.py`.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from workbench import paths
from workbench.arrays import F64
from workbench.errors import LibraryError
from workbench.recall import topic
from workbench.recall.rerank import Reread
from workbench.recall.search import Retrieval

#: The features: the reader's score of the first sentence and of the first quote, the lead over
#: other quotes, the rank in retrieval, the BM25 of the best section relative to the maximum, the
#: best link to a quote, and whether somebody else than the named person says it.
FEATURES = ("sentence", "quote", "lead", "rank", "matched", "led", "other")
#: The lead without a rival, and quotes whose links count.
_SINGLE, _LINKED = 3.0, 5
#: The midpoint and steepness of the transition from few to many statements, and the minimum.
_MIDDLE, _SHARP, _MINIMUM = 100, 4, 0.01


@dataclass(frozen=True, slots=True)
class Regression:
    """A logistic regression on standardised features; the last weight is the intercept."""

    mean: F64
    spread: F64
    weights: F64

    def __call__(self, values: Sequence[float]) -> float:
        """The probability for these features."""
        x = (np.array(values) - self.mean) / self.spread
        odds = float(x @ self.weights[:-1] + self.weights[-1])
        return 1 / (1 + math.exp(-max(-40.0, min(40.0, odds))))


def probability(retrieval: Retrieval, reread: Reread | None) -> float:
    """The probability that the evidence answers."""
    if retrieval.cue.topic or reread is None or not reread.sentences:
        # There is no relation to check: topics only have to occur, and in other languages
        # inflections are unknown.
        existing = retrieval.cue.english or retrieval.cue.topic
        weights = [
            term.weight if existing or term.frequency or term.is_name else 0.0
            for term in retrieval.cue.terms
        ]
        return topic.sureness(weights, retrieval.own.parts.meets)
    return shipped_weights("answerability.json", FEATURES)(features(retrieval, reread))


def features(retrieval: Retrieval, reread: Reread) -> list[float]:
    """The features in the order of `FEATURES`, split by the number of statements."""
    cue, first = retrieval.cue, reread.sentences[0]
    rivals = [row.worth for row in reread.sentences if row.place != first.place]
    possible = 2.2 * sum(term.rarity for term in cue.terms) or 1.0
    linked = [
        retrieval.paths[row.place].value
        for row in retrieval.quotes[:_LINKED]
        if row.place in retrieval.paths
    ]
    authors = retrieval.windows.parts.authors
    values = [
        first.reading.score,
        reread.readings[0].score,
        first.worth - max(rivals, default=first.worth - _SINGLE),
        math.log1p(first.rank),
        float(retrieval.own.parts.section.max(initial=0.0)) / possible,
        max(linked, default=0.0),
        float(authors.any() and not authors[first.place]),
    ]
    fewness = _fewness(retrieval)
    return [
        *((1 - fewness) * value for value in values),
        fewness,
        *(fewness * value for value in values),
    ]


def _fewness(retrieval: Retrieval) -> float:
    """How few statements were searched, from 0 to 1.

    Always 0 for keywords, which any passage with them matches.
    """
    if not retrieval.cue.english:
        return 0.0
    fewness = 1 / (1 + (retrieval.search.scope.size / _MIDDLE) ** _SHARP)
    return fewness if fewness >= _MINIMUM else 0.0


@cache
def shipped_weights(name: str, features: tuple[str, ...]) -> Regression:
    """The regression over these features in a file of weights.

    Raises `LibraryError` if the file is missing, damaged or has other features.
    """
    try:
        facts = json.loads((paths.resources() / "recall" / name).read_text(encoding="utf-8"))
        if tuple(facts["features"]) != features:
            raise ValueError("other features")
        return regression(facts["answers"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LibraryError(
            f"A file that ships with the program is missing or damaged (recall/{name}).",
            "Reinstall the program.",
        ) from error


def regression(stored: Mapping[str, Sequence[float]]) -> Regression:
    """The stored regression. Raises `KeyError` if a part is missing."""
    return Regression(*(np.array(stored[part]) for part in ("mean", "spread", "weights")))
