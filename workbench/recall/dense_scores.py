"""Adds the similarity of sentence vectors to the scores of windows.

The nearest stretch adds the whole weight, the last one that counts nothing, and others in
proportion to their similarity. Windows without a stretch are unchanged.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.arrays import F32
from workbench.memory.segment import Ordinals
from workbench.recall.ordinal_sets import joined
from workbench.space.nearest import NearestStretches, Nearness

#: Stretches that count, and the nearest that become windows themselves.
MAX = 300
_NEW = 60
#: The weight in long sections, as of books, where a whole chapter has one topic and words decide
#: which sentence answers (chosen on halves A of the questions about books); and the factor where
#: most sections have a sentence or two, of which vectors say little. Elsewhere the weight is 1.
_RUNNING, _SHORT = 0.35, 0.5
#: The reduction if a window contains every word of the question: words are then more reliable than
#: a general model.
_YIELDS = 0.6


@dataclass(frozen=True, slots=True)
class SemanticScores:
    """The result of a semantic search for one question.

    `weight` is the maximum score outside long sections. `ordinals` are the sentences of all
    stretches, ascending, and `lifts`, float32[n], the similarity of the nearest stretch of each,
    from 1 for the nearest of all to 0 for the last.
    """

    near: NearestStretches
    weight: float
    ordinals: Ordinals
    lifts: F32

    def lift(self, starts: Ordinals, ends: Ordinals, long: NDArray[np.bool_], little: bool) -> F32:
        """The score added to each window, float32[windows]; `long` marks those in long sections.

        `little` is whether most sections have only a sentence or two. In a long section a window
        has the mean over its sentences, so that partial overlap counts less. The windows `[starts,
        ends)` are ascending, with distinct starts.
        """
        lifts = np.zeros(len(starts), np.float32)
        if not len(starts):
            return lifts
        # Sentences are far fewer than windows, which are short: look up windows that begin at each
        # sentence, then one before it, and so on.
        for step in range(int((ends - starts).max())):
            starts_item = self.ordinals - np.int32(step)
            at = np.minimum(starts.searchsorted(starts_item), len(starts) - 1)
            matched = (starts[at] == starts_item) & (self.ordinals < ends[at])
            place, new = at[matched], self.lifts[matched]
            local = lifts[place]
            lifts[place] = np.where(long[place], local + new, np.maximum(local, new))
        lifts[long] /= (ends - starts)[long]
        elsewhere = self.weight * (_SHORT if little else 1)
        share = np.where(long, np.float32(_RUNNING if self.weight else 0), np.float32(elsewhere))
        added: F32 = share * lifts
        return added

    def lift_share(self, rarity: F32, inside: F32) -> np.float32:
        """The share of the semantic score next to the words.

        `rarity`, float32[terms], are the weights of the question's words, `inside`, float32[terms,
        windows], their presence in each window. It falls with the square of the best coverage,
        since half of the words leave most of the question open.
        """
        total = float(rarity.sum())
        if total <= 0:
            return np.float32(1)
        stored = np.einsum("t,tw->w", rarity, inside)
        covered = min(float(stored.max(initial=0.0)) / total, 1.0)
        return np.float32(1 - _YIELDS * covered**2)

    def share(self, start: int, end: int) -> float:
        """The similarity of a window, from 0 to 1 for the nearest of all."""
        inside = slice(*self.ordinals.searchsorted([start, end]).tolist())
        return float(self.lifts[inside].max(initial=0.0))

    @property
    def nearest(self) -> Ordinals:
        """The sentences of the nearest stretches, sorted: int32[n]."""
        spans = zip(self.near.starts[:_NEW].tolist(), self.near.ends[:_NEW].tolist(), strict=True)
        return joined(*(np.arange(start, end, dtype=np.int32) for start, end in spans))


def semantic_scores(
    nearness: Nearness, question: str, inside: NDArray[np.bool_] | None
) -> SemanticScores | None:
    """Search by meaning; None if there is no result."""
    closeness = nearness.nearest(question, limit=MAX, within=inside)
    if closeness is None or not len(closeness.starts):
        return None
    # Fewer than requested: the next has no similarity.
    minimum, maximum = float(closeness.cosines[-1]), float(closeness.cosines[0])
    if len(closeness.cosines) < MAX:
        # Something is nearest even among a handful: use its actual similarity.
        weight = min(1.0, max(maximum, 0.0))
    else:
        # All equally near: not informative.
        weight = float(maximum > minimum)
    values = np.ones(len(closeness.starts), np.float32)
    if maximum > minimum:
        values = ((closeness.cosines - minimum) / (maximum - minimum)).astype(np.float32)
    lengths = closeness.ends - closeness.starts
    first = np.repeat(closeness.starts - (np.cumsum(lengths) - lengths), lengths)
    ordinals = (np.arange(int(lengths.sum()), dtype=np.int32) + first).astype(np.int32)
    # Nearest first: of equal sentences the first is kept.
    unique, at = np.unique(ordinals, return_index=True)
    return SemanticScores(closeness, weight, unique, np.repeat(values, lengths)[at])
