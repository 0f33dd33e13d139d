"""Does the library know? Features of how a question meets it, and the probability they give.

A threshold on a score fails on false premises, so the features ask whether the question's words
meet in one place, whether they meet *near the names* in the question, and how much of the question
occurs nowhere (found to help in `spec/untitled.md`, `spec/recall.md`). A ridge logistic regression
turns them into a probability; `workbench bench calibrate` makes its weights.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from workbench import paths
from workbench.errors import LibraryError
from workbench.memory.lexicon import Snapshot
from workbench.recall.question import Cue
from workbench.recall.windows import Windows

#: Below this the answer is "not in your sources".
THRESHOLD = 0.5

FEATURES = (
    "cover", "near", "unseen", "unseen_names", "margin", "meet", "gap", "home_unseen", "loose",
    "together", "first", "names", "few", "amount", "titled",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Weights:
    """A fitted regression: standardised features times weights, plus the last weight."""

    mean: NDArray[np.float64]
    spread: NDArray[np.float64]
    weights: NDArray[np.float64]
    quote: NDArray[np.float64]


@lru_cache(maxsize=1)
def weights() -> Weights:
    """The weights that ship with the program."""
    file = paths.resources() / "recall" / "weights.json"
    try:
        facts = json.loads(file.read_text(encoding="utf-8"))
        if tuple(facts["features"]) != FEATURES:
            raise ValueError("other features")
        return Weights(
            np.array(facts["mean"]),
            np.array(facts["spread"]),
            np.array(facts["weights"]),
            np.array(facts["quote"]),
        )
    except (OSError, ValueError, KeyError) as error:
        raise LibraryError(
            "A file that ships with the program is missing or damaged (recall/weights.json).",
            "Install the workbench again.",
        ) from error


def features(snapshot: Snapshot, cue: Cue, windows: Windows, order: Sequence[int]) -> list[float]:
    """The features of a question, in the order of `FEATURES`; `order` are its best windows."""
    if not cue.terms or not len(windows.starts):
        return [0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0]
    weight = np.array([term.weight for term in cue.terms])
    share = weight / weight.sum()
    named = np.array([term.name for term in cue.terms])
    here = windows.inside
    cover = share @ here
    near = share @ windows.meets
    best = np.sort(near[list(order)])[::-1]
    unseen = sum(s for s, term in zip(share, cue.terms, strict=True) if not term.found)
    unseen_names = sum(
        s for s, term in zip(share, cue.terms, strict=True) if not term.found and term.name
    )
    content = share[~named].sum()
    content_cover = (
        share[~named] @ here[~named] / content if content else np.ones(len(windows.starts))
    )
    content_loose = (
        share[~named] @ windows.meets[~named] / content if content else np.ones(len(windows.starts))
    )
    if named.any():
        close = np.where(
            windows.meets[named] >= 1, 1.0, np.where(windows.meets[named] >= 0.9, 0.6, 0)
        )
        all_names, any_name = close.min(axis=0), close.max(axis=0)
        meet = float((content_cover * all_names).max())
        about = content_cover[any_name > 0]
        apart = content_cover[any_name == 0]
        gap = float(about.max(initial=0.0) - apart.max(initial=0.0))
        loose = float((content_loose * (any_name > 0)).max())
    else:
        meet, gap = float(content_cover.max()), 0.0
        loose = float(content_loose.max())
    five = np.zeros(len(cue.terms), np.float32)
    for place in list(order)[:5]:
        five = np.maximum(five, here[:, place])
    first = order[0]
    return [
        float(cover.max()),
        float(best[0]),
        float(unseen),
        float(unseen_names),
        float((best[0] - best[1:30].mean()) / (best[0] + 1e-9)) if len(best) > 1 else 0.5,
        meet,
        gap,
        _home_unseen(snapshot, cue, share, named),
        loose,
        float(share @ five),
        float(cover[first]),
        float(named.any()),
        1.0 / len(cue.terms),
        math.log1p(float((weight @ here).max())),
        float(windows.titled[first]),
    ]


def _home_unseen(
    snapshot: Snapshot, cue: Cue, share: NDArray[np.float64], named: NDArray[np.bool_]
) -> float:
    """Share of the question that the source to which its names belong never mentions."""
    sources = snapshot.columns["source"]
    votes: dict[int, float] = {}
    for i in np.flatnonzero(named):
        ordinals = cue.terms[i].ordinals
        if not len(ordinals):
            continue
        ids, counts = np.unique(sources[ordinals], return_counts=True)
        for source, count in zip(ids.tolist(), counts.tolist(), strict=True):
            votes[source] = votes.get(source, 0.0) + float(share[i]) * count
    if not votes:
        return float(sum(s for s, t in zip(share, cue.terms, strict=True) if not t.found))
    home = max(votes, key=lambda source: votes[source])
    return float(
        sum(
            s
            for s, term in zip(share, cue.terms, strict=True)
            if not len(term.ordinals) or not (sources[term.ordinals] == home).any()
        )
    )


def probability(values: Sequence[float], fitted: Weights) -> float:
    """The probability that the library answers a question with these features."""
    x = (np.array(values) - fitted.mean) / fitted.spread
    return _sigmoid(float(x @ fitted.weights[:-1] + fitted.weights[-1]))


def quote_probability(answerable: float, share: float, rank: int, fitted: Weights) -> float:
    """The probability that a quote of this share of the best score and rank (from 0) fits."""
    a, b, c, d = fitted.quote.tolist()
    odds = math.log(max(answerable, 1e-6) / max(1 - answerable, 1e-6))
    return _sigmoid(a + b * odds + c * (1 - share) + d * math.log1p(rank))


def _sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-max(-40.0, min(40.0, x))))
