"""Sentences of sources with most words of a cue, from the inverted index.

Rare words select candidates, common ones only score them: the cost is independent of frequent
words.
"""

import math
from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from workbench.memory import words
from workbench.memory.segment import Ordinals
from workbench.memory.snapshot import Snapshot
from workbench.memory.vocabulary import ENGLISH_STOP, STOP

#: Maximum postings of a word that selects candidates.
_POSTING_LIMIT = 4096
_WORD_LIMIT = 24
#: The length in words at which the penalty for long sentences saturates, and that penalty.
_LONG, _BREVITY = 80, 0.1


def find_sentences(
    snapshot: Snapshot,
    cue: str,
    ranges: NDArray[np.int64],
    limit: int,
    languages: Collection[str] = ("en",),
) -> list[tuple[int, float]]:
    """The sentences with most of a cue's weight: (engram, share from 0 to 1), best first.

    `ranges` are the first and last eligible ordinals, `(n, 2)`, sorted.
    """
    if not len(ranges) or not snapshot.size or limit < 1:
        return []
    weighted = [
        (weight, ordinals) for weight, ordinals in _postings(snapshot, cue, ranges, languages)
    ]
    total = sum(weight for weight, _ in weighted)
    rare = [ordinals for _, ordinals in weighted if 0 < len(ordinals) <= _POSTING_LIMIT]
    if not rare:
        # Only common words: the beginning of the shortest list selects.
        rare = sorted((ordinals for _, ordinals in weighted if len(ordinals)), key=len)[:1]
        rare = [ordinals[:_POSTING_LIMIT] for ordinals in rare]
    if not rare or not total:
        return []
    candidates = np.unique(np.concatenate(rare))
    scores = np.zeros(len(candidates))
    for weight, ordinals in weighted:
        at = np.searchsorted(ordinals, candidates)
        at[at == len(ordinals)] = 0
        if len(ordinals):
            scores[ordinals[at] == candidates] += weight
    # Of equal matches, the shorter is better.
    length = np.minimum(snapshot.columns["words"][candidates], _LONG) / _LONG
    scores *= 1 - _BREVITY * length
    best = np.argsort(-scores, kind="stable")[:limit]
    # The ordinal of an engram is its id less one.
    return [(int(candidates[index]) + 1, float(scores[index] / total)) for index in best]


def _postings(
    snapshot: Snapshot, cue: str, ranges: NDArray[np.int64], languages: Collection[str]
) -> Sequence[tuple[float, Ordinals]]:
    """The content words of the cue: weight and postings of each."""
    cue_words = dict.fromkeys(word for token in words.tokens(cue[:2000]) for word in token.words)
    content_words = [word for word in cue_words if word not in STOP and word not in ENGLISH_STOP]
    weighted: list[tuple[float, Ordinals]] = []
    for word in (content_words or list(cue_words))[:_WORD_LIMIT]:
        ordinals = _inside(snapshot.union(snapshot.inflections(word, languages)), ranges)
        weighted.append((math.log1p(snapshot.size / (len(ordinals) + 1)), ordinals))
    return weighted


def _inside(ordinals: Ordinals, ranges: NDArray[np.int64]) -> Ordinals:
    """The ordinals inside one of the ranges, without duplicates."""
    if not len(ordinals):
        return ordinals
    at = np.searchsorted(ranges[:, 0], ordinals, side="right") - 1
    is_inside = (at >= 0) & (ordinals <= ranges[at, 1])
    is_first = np.ones(len(ordinals), np.bool_)
    is_first[1:] = ordinals[1:] != ordinals[:-1]
    inside: Ordinals = ordinals[is_inside & is_first]
    return inside
