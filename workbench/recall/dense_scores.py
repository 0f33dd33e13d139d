"""Adds the similarity of sentence vectors to the scores of windows.

The stretch that stands nearest to the question lifts by the whole weight, the last one that counts
by nothing, and those between by how near they are: so tiers whose cosines differ in size may be
added up. What has no stretch in it is not lifted.
"""

from collections.abc import Sequence
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


@dataclass(frozen=True, slots=True)
class Tier:
    """A search by meaning: how much it lifts at most, and whether only where nothing is named.

    `running` is the share of that which it lifts inside long sections, as those of books: all of a
    chapter is about much the same, and which of its sentences answers is told by the words; `short`
    that where most sections say a sentence or two, of which a vector knows little. With
    `by_fall` it lifts elsewhere by no more than the cosines fall from the nearest to the last:
    where hundreds lie nearly as near, as in a library of many subjects, nearness tells little. In a
    library of a handful it does so without being told.
    `yields` is the share of its lift that it gives up where a window holds all that is asked.
    With `evenly` a window in a long section is lifted by the mean of its sentences, not by the
    nearest of them: one that only touches what lies near has less of it than one that lies in it.
    """

    nearness: Nearness
    weight: float
    only_unnamed: bool = False
    running: float = 1.0
    short: float = 1.0
    by_fall: bool = False
    yields: float = 0.0
    evenly: bool = False


@dataclass(frozen=True, slots=True)
class TierResult:
    """What a tier found, and its weights: elsewhere, in long sections, where most are short.

    `ordinals` are the sentences of all its stretches, ascending, and `lifts` float32[n] that of the
    nearest stretch in which each stands.
    """

    tier: Tier
    near: NearestStretches
    weight: float
    running: float
    short: float
    ordinals: Ordinals
    lifts: F32


@dataclass(frozen=True, slots=True)
class SemanticScores:
    """What the tiers found for one question."""

    found: tuple[TierResult, ...]

    def lift(self, starts: Ordinals, ends: Ordinals, long: NDArray[np.bool_], little: bool) -> F32:
        """What is added to each window; `long` are those in long sections.

        `little` is whether most sections say but a sentence or two.
        The windows `[starts, ends)` are ascending, and no two begin with one sentence.
        """
        total = np.zeros(len(starts), np.float32)
        for item in self.found:
            elsewhere = np.float32(item.short if little else item.weight)
            share = np.where(long, np.float32(item.running), elsewhere)
            total += share * _lift(item, starts, ends, long)
        return total

    def lift_share(self, rarity: F32, inside: F32) -> np.float32:
        """The share of the lift that counts beside the words.

        `rarity` float32[terms] is what each word of the question weighs, `inside` float32[terms,
        windows] how far it stands in each window. Where a window holds nearly all of them the words
        tell already which is meant; that rises with the square of what it holds, for half of them
        leaves most of the question open.
        """
        yields = max((item.tier.yields for item in self.found), default=0.0)
        total = float(rarity.sum())
        if not yields or total <= 0:
            return np.float32(1)
        stored = np.einsum("t,tw->w", rarity, inside)
        covered = min(float(stored.max(initial=0.0)) / total, 1.0)
        return np.float32(1 - yields * covered**2)

    def share(self, start: int, end: int) -> float:
        """How near the window stands to the question, from 0 to 1 for the nearest of all."""
        return max((_share(item.near, start, end) for item in self.found), default=0.0)

    @property
    def ordinals(self) -> Ordinals:
        """The sentences of the nearest stretches, sorted."""
        spans = [
            np.arange(start, end, dtype=np.int32)
            for item in self.found
            for start, end in zip(
                item.near.starts[:_NEW].tolist(), item.near.ends[:_NEW].tolist(), strict=True
            )
        ]
        return joined(*spans)


def semantic_scores(
    tiers: Sequence[Tier], question: str, is_name: bool, inside: NDArray[np.bool_] | None
) -> SemanticScores | None:
    """Ask the tiers; None where none of them has anything to say."""
    matches = [
        TierResult(tier, closeness, *_weights(closeness, tier), *_spread(closeness))
        for tier in tiers
        if not (is_name and tier.only_unnamed)
        and (closeness := tier.nearness.nearest(question, limit=MAX, within=inside)) is not None
        and len(closeness.starts)
    ]
    return SemanticScores(tuple(matches)) if matches else None


def _weights(closeness: NearestStretches, tier: Tier) -> tuple[float, float, float]:
    """What the nearest stretch adds at most: elsewhere, in long sections, where most are short."""
    # Of fewer than were asked for, the next lies at no nearness at all.
    fewness = len(closeness.cosines) < MAX
    fall = float(closeness.cosines[0] - (0 if fewness else closeness.cosines[-1]))
    if tier.yields and not fewness and fall <= 0:
        # All that was asked for lies equally near: that tells nothing of any.
        return 0.0, 0.0, 0.0
    # Something is nearest among a handful too: there it lifts by no more than it is near.
    weight = min(tier.weight, max(fall, 0.0)) if tier.by_fall or fewness else tier.weight
    return weight, tier.weight * tier.running, weight * tier.short


def _lift(retrieval: TierResult, starts: Ordinals, ends: Ordinals, long: NDArray[np.bool_]) -> F32:
    """For each window the lift of the nearest stretch that it shares a sentence with.

    Of a tier that lifts evenly those that are `long` have the mean of what each sentence has.
    """
    lifts = np.zeros(len(starts), np.float32)
    if not len(starts):
        return lifts
    evenly = long & retrieval.tier.evenly
    # The sentences are far fewer than the windows, and no window is longer than a few of them: what
    # begins at each sentence is looked up, then what begins one before it, and so on.
    for step in range(int((ends - starts).max())):
        starts_item = retrieval.ordinals - np.int32(step)
        at = np.minimum(starts.searchsorted(starts_item), len(starts) - 1)
        matched = (starts[at] == starts_item) & (retrieval.ordinals < ends[at])
        place, new = at[matched], retrieval.lifts[matched]
        local = lifts[place]
        lifts[place] = np.where(evenly[place], local + new, np.maximum(local, new))
    if evenly.any():
        lifts[evenly] /= (ends - starts)[evenly]
    return lifts


def _share(closeness: NearestStretches, start: int, end: int) -> float:
    """The lift of the nearest stretch that shares a sentence with one window."""
    matched = (closeness.starts < end) & (closeness.ends > start)
    return float(_values(closeness)[matched].max(initial=0.0))


def _spread(closeness: NearestStretches) -> tuple[Ordinals, F32]:
    """The sentences of all stretches, sorted, each with the lift of the nearest it stands in."""
    lengths = closeness.ends - closeness.starts
    first = np.repeat(closeness.starts - (np.cumsum(lengths) - lengths), lengths)
    ordinals = (np.arange(int(lengths.sum()), dtype=np.int32) + first).astype(np.int32)
    # Stretches come nearest first, and of equal sentences the first is kept.
    unique, at = np.unique(ordinals, return_index=True)
    return unique, np.repeat(_values(closeness), lengths)[at]


def _values(closeness: NearestStretches) -> F32:
    """From 1 for the nearest stretch to 0 for the last."""
    minimum, maximum = float(closeness.cosines[-1]), float(closeness.cosines[0])
    if maximum <= minimum:
        return np.ones(len(closeness.starts), np.float32)
    values: F32 = ((closeness.cosines - minimum) / (maximum - minimum)).astype(np.float32)
    return values
