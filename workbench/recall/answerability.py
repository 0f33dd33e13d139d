"""Probability that the shown sentence answers: the one number behind an answer and a silence.

A logistic regression over what the reader finds of the first sentence and of its quote, how far it
leads the sentences of other quotes, where retrieval had put it, how well the best section is
matched, and whether somebody else says it than the one who is asked about. Among few statements
nothing stands beside the best with which it could be compared, so that the same things count
otherwise, by how few there are. Where nothing was read, what is asked has to stand together in one
place, as what is told of a topic does. `packaging/reader/answerability.py` makes the weights.
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

#: What is weighed: the reader's score of the first sentence and of the first quote, the lead over
#: other quotes, the rank in retrieval, the BM25 of the best section as a share of what is possible,
#: the best path to a quote, and whether somebody else than the one who is named says it.
FEATURES = ("sentence", "quote", "lead", "rank", "matched", "led", "other")
#: The lead of what has no rival, and quotes whose paths count.
_SINGLE, _LINKED = 3.0, 5
#: Statements that are as few as many, and how sharply fewer are parted from more; a share below
#: the least is none.
_MIDDLE, _SHARP, _MINIMUM = 100, 4, 0.01


@dataclass(frozen=True, slots=True)
class Regression:
    """A fitted regression: standardised features times weights, plus the last weight."""

    mean: F64
    spread: F64
    weights: F64

    def __call__(self, values: Sequence[float]) -> float:
        """The probability of what has these features."""
        x = (np.array(values) - self.mean) / self.spread
        odds = float(x @ self.weights[:-1] + self.weights[-1])
        return 1 / (1 + math.exp(-max(-40.0, min(40.0, odds))))


def probability(retrieval: Retrieval, reread: Reread | None) -> float:
    """How likely what is shown answers."""
    if retrieval.cue.topic or reread is None or not reread.sentences:
        # No relation is weighed that could be missing: what is named only has to be here, and of
        # another language a verb stands in forms that are not known.
        existing = retrieval.cue.english or retrieval.cue.topic
        weights = [
            term.weight if existing or term.found or term.is_name else 0.0
            for term in retrieval.cue.terms
        ]
        return topic.sureness(weights, retrieval.own.parts.meets)
    return shipped_weights("answerability.json", FEATURES)(features(retrieval, reread))


def features(retrieval: Retrieval, reread: Reread) -> list[float]:
    """The features in the order of `FEATURES`, by how few statements were asked."""
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
    """How far few statements were asked, from 0 to 1.

    Keywords are met by any passage that holds them: for them statements are never few.
    """
    if not retrieval.cue.english:
        return 0.0
    fewness = 1 / (1 + (retrieval.search.scope.size / _MIDDLE) ** _SHARP)
    return fewness if fewness >= _MINIMUM else 0.0


@cache
def shipped_weights(name: str, features: tuple[str, ...]) -> Regression:
    """The regression over these features in a file of weights.

    Raises `LibraryError` where the file is missing, damaged or of other features.
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
    """The regression that a file holds. Raises `KeyError` where it lacks a part."""
    return Regression(*(np.array(stored[part]) for part in ("mean", "spread", "weights")))
