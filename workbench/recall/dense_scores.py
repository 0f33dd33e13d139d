"""Adds the similarity of sentence vectors to the scores of windows.

The stretch that stands nearest to the question lifts by the whole weight, the last one that counts
by nothing, and those between by how near they are. What has no stretch in it is not lifted.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.arrays import F32
from workbench.memory.segment import Ordinals
from workbench.recall.ordinal_sets import joined
from workbench.space.nearest import NearestStretches, Nearness

#: Stretches that count, and of those the nearest that are made windows of their own.
MAX = 300
_NEW = 60
#: What the nearest stretch adds in long sections, as those of books: all of a chapter is about much
#: the same, and which of its sentences answers is told by the words (chosen on halves A of the
#: questions about books); and its share where most sections say a sentence or two, of which a
#: vector knows little. Elsewhere it adds 1.
_RUNNING, _SHORT = 0.35, 0.5
#: The share that is given up where a window holds every word of the question: the words tell then
#: which is meant, and a model that knows little of the matter must not stand over them.
_YIELDS = 0.6


@dataclass(frozen=True, slots=True)
class SemanticScores:
    """What a search by meaning found for one question.

    `weight` is what the nearest stretch adds at most outside long sections. `ordinals` are the
    sentences of all stretches, ascending, and `lifts` float32[n] how near the nearest stretch is in
    which each stands, from 1 for the nearest of all to 0 for the last.
    """

    near: NearestStretches
    weight: float
    ordinals: Ordinals
    lifts: F32

    def lift(self, starts: Ordinals, ends: Ordinals, long: NDArray[np.bool_], little: bool) -> F32:
        """What is added to each window; `long` are those in long sections.

        `little` is whether most sections say but a sentence or two. Of a long section a window has
        the mean of its sentences: one that only touches what lies near has less of it than one
        that lies in it. The windows `[starts, ends)` are ascending, and no two begin with one
        sentence.
        """
        lifts = np.zeros(len(starts), np.float32)
        if not len(starts):
            return lifts
        # The sentences are far fewer than the windows, and no window is longer than a few of them:
        # what begins at each sentence is looked up, then what begins one before it, and so on.
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
        """The share of the lift that counts beside the words.

        `rarity` float32[terms] is what each word of the question weighs, `inside` float32[terms,
        windows] how far it stands in each window. Where a window holds nearly all of them the words
        tell already which is meant; that rises with the square of what it holds, for half of them
        leaves most of the question open.
        """
        total = float(rarity.sum())
        if total <= 0:
            return np.float32(1)
        stored = np.einsum("t,tw->w", rarity, inside)
        covered = min(float(stored.max(initial=0.0)) / total, 1.0)
        return np.float32(1 - _YIELDS * covered**2)

    def share(self, start: int, end: int) -> float:
        """How near the window stands to the question, from 0 to 1 for the nearest of all."""
        inside = slice(*self.ordinals.searchsorted([start, end]).tolist())
        return float(self.lifts[inside].max(initial=0.0))

    @property
    def nearest(self) -> Ordinals:
        """The sentences of the nearest stretches, sorted."""
        spans = zip(self.near.starts[:_NEW].tolist(), self.near.ends[:_NEW].tolist(), strict=True)
        return joined(*(np.arange(start, end, dtype=np.int32) for start, end in spans))


def semantic_scores(
    nearness: Nearness, question: str, inside: NDArray[np.bool_] | None
) -> SemanticScores | None:
    """Ask a search by meaning; None where it has nothing to say."""
    closeness = nearness.nearest(question, limit=MAX, within=inside)
    if closeness is None or not len(closeness.starts):
        return None
    # Of fewer than were asked for, the next lies at no nearness at all.
    minimum, maximum = float(closeness.cosines[-1]), float(closeness.cosines[0])
    if len(closeness.cosines) < MAX:
        # Something is nearest among a handful too: there it lifts by no more than it is near.
        weight = min(1.0, max(maximum, 0.0))
    else:
        # All that was asked for lies equally near: that tells nothing of any.
        weight = float(maximum > minimum)
    values = np.ones(len(closeness.starts), np.float32)
    if maximum > minimum:
        values = ((closeness.cosines - minimum) / (maximum - minimum)).astype(np.float32)
    lengths = closeness.ends - closeness.starts
    first = np.repeat(closeness.starts - (np.cumsum(lengths) - lengths), lengths)
    ordinals = (np.arange(int(lengths.sum()), dtype=np.int32) + first).astype(np.int32)
    # Stretches come nearest first, and of equal sentences the first is kept.
    unique, at = np.unique(ordinals, return_index=True)
    return SemanticScores(closeness, weight, unique, np.repeat(values, lengths)[at])
