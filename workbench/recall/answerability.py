"""The probability that the first passage answers, which decides what is called an answer.

A logistic regression over the reader's score of the first quote, its lead over the others, its rank
in retrieval, its cosine to the question, and how clearly a span answers. What tells right from
wrong differs between kinds of text, so that features are weighted by three of them: narratives,
whose pronouns give them away, other texts, and scopes of few statements, where the best has no
rivals. Without the reader, the words of the question must occur together in one place, as for a
topic. The weights come from `packaging/reader/answerability.py`.
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
from workbench.memory import words
from workbench.recall import topic
from workbench.recall.quotes import Quote
from workbench.recall.rerank import Reread
from workbench.recall.search import Retrieval

#: The features: the reader's score of the first quote, its lead over the others, its rank in
#: retrieval, its cosine to the question, and the share of the answer's span among all.
FEATURES = ("quote", "lead", "rank", "cosine", "clear")
#: The kinds of text, in the order of `features`.
KINDS = ("other texts", "narratives", "few")
#: The largest lead, and that without a rival.
_SINGLE = 3.0
#: The midpoint and steepness of the transition from few to many statements, and the minimum.
_MIDDLE, _SHARP, _MINIMUM = 100, 4, 0.01
#: The shares of pronouns for persons in the best quotes from which a text is, in part and wholly, a
#: narrative; and how many quotes are looked at.
_PRONOUNS, _TOLD, _LOOKED_AT = (
    (0.02, 0.06),
    frozenset({"i", "me", "my", "he", "him", "his", "she", "her", "himself", "herself", "myself"}),
    5,
)


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
    """The features in the order of `FEATURES` and a constant, times the share of each kind."""
    first, windows, meant = reread.quotes[0], retrieval.windows, retrieval.cue.meant
    start, end = windows.starts[first.place], windows.ends[first.place]
    values = [
        reread.readings[0].score,
        min(reread.lead, _SINGLE),
        math.log1p(reread.rank),
        0.0 if meant is None else float(meant.cosines[start:end].mean()),
        reread.readings[0].clear,
    ]
    few = _fewness(retrieval)
    told = (1 - few) * _narrative(reread.quotes[:_LOOKED_AT])
    shares = 1 - few - told, told, few
    return [share * value for share in shares for value in (*values, 1.0)]


def _narrative(quotes: Sequence[Quote]) -> float:
    """How far quotes are of narratives, 0 to 1, by their pronouns for persons."""
    said = [word for quote in quotes for word in words.sequence(quote.words)]
    share = sum(map(_TOLD.__contains__, said)) / max(1, len(said))
    low, high = _PRONOUNS
    return min(1.0, max(0.0, (share - low) / (high - low)))


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
