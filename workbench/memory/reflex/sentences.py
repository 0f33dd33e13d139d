"""Sentences of sources with most words of a cue, from the inverted index.

Rare words find them, common ones only weigh them: the cost does not follow what every page says.
"""

import math
from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from workbench.memory import words
from workbench.memory.segment import Ordinals
from workbench.memory.snapshot import Snapshot
from workbench.memory.vocabulary import ENGLISH_STOP, STOP

#: Sentences that a word finds at most; one that stands in more only weighs them.
_POSTING_LIMIT = 4096
_WORD_LIMIT = 24
#: What a sentence of so many words, or more, counts less than a short one.
_LONG, _BREVITY = 80, 0.1


def find_sentences(
    snapshot: Snapshot,
    cue: str,
    ranges: NDArray[np.int64],
    limit: int,
    languages: Collection[str] = ("en",),
) -> list[tuple[int, float]]:
    """The statements that meet most of a cue's weight: (engram, share from 0 to 1), best first.

    `ranges` are the first and last ordinals that count, `(n, 2)`, sorted.
    """
    if not len(ranges) or not snapshot.size or limit < 1:
        return []
    weighted = [
        (weight, ordinals) for weight, ordinals in _postings(snapshot, cue, ranges, languages)
    ]
    total = sum(weight for weight, _ in weighted)
    rare = [ordinals for _, ordinals in weighted if 0 < len(ordinals) <= _POSTING_LIMIT]
    if not rare:
        # Nothing but common words: the shortest list finds, and only its beginning.
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
    # Of two that meet as much, the shorter one says it.
    length = np.minimum(snapshot.columns["words"][candidates], _LONG) / _LONG
    scores *= 1 - _BREVITY * length
    best = np.argsort(-scores, kind="stable")[:limit]
    # The ordinal of an engram is its id less one.
    return [(int(candidates[index]) + 1, float(scores[index] / total)) for index in best]


def _postings(
    snapshot: Snapshot, cue: str, ranges: NDArray[np.int64], languages: Collection[str]
) -> Sequence[tuple[float, Ordinals]]:
    """Each word of the cue that says something: its weight, and where it stands."""
    cue_words = dict.fromkeys(word for token in words.tokens(cue[:2000]) for word in token.words)
    content_words = [word for word in cue_words if word not in STOP and word not in ENGLISH_STOP]
    weighted: list[tuple[float, Ordinals]] = []
    for word in (content_words or list(cue_words))[:_WORD_LIMIT]:
        ordinals = _inside(snapshot.union(snapshot.inflections(word, languages)), ranges)
        weighted.append((math.log1p(snapshot.size / (len(ordinals) + 1)), ordinals))
    return weighted


def _inside(ordinals: Ordinals, ranges: NDArray[np.int64]) -> Ordinals:
    """Those ordinals that one of the ranges has, each once."""
    if not len(ordinals):
        return ordinals
    at = np.searchsorted(ranges[:, 0], ordinals, side="right") - 1
    is_inside = (at >= 0) & (ordinals <= ranges[at, 1])
    is_first = np.ones(len(ordinals), np.bool_)
    is_first[1:] = ordinals[1:] != ordinals[:-1]
    inside: Ordinals = ordinals[is_inside & is_first]
    return inside
