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
MOST = 300
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
class Found:
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
class Meant:
    """What the tiers found for one question."""

    found: tuple[Found, ...]

    def lift(self, starts: Ordinals, ends: Ordinals, long: NDArray[np.bool_], little: bool) -> F32:
        """What is added to each window; `long` are those in long sections.

        `little` is whether most sections say but a sentence or two.
        The windows `[starts, ends)` are ascending, and no two begin with one sentence.
        """
        total = np.zeros(len(starts), np.float32)
        for each in self.found:
            elsewhere = np.float32(each.short if little else each.weight)
            share = np.where(long, np.float32(each.running), elsewhere)
            total += share * _lift(each, starts, ends, long)
        return total

    def beside(self, rarity: F32, inside: F32) -> np.float32:
        """The share of the lift that counts beside the words.

        `rarity` float32[terms] is what each word of the question weighs, `inside` float32[terms,
        windows] how far it stands in each window. Where a window holds nearly all of them the words
        tell already which is meant; that rises with the square of what it holds, for half of them
        leaves most of the question open.
        """
        yields = max((each.tier.yields for each in self.found), default=0.0)
        everything = float(rarity.sum())
        if not yields or everything <= 0:
            return np.float32(1)
        held = np.einsum("t,tw->w", rarity, inside)
        covered = min(float(held.max(initial=0.0)) / everything, 1.0)
        return np.float32(1 - yields * covered**2)

    def share(self, start: int, end: int) -> float:
        """How near the window stands to the question, from 0 to 1 for the nearest of all."""
        return max((_share(each.near, start, end) for each in self.found), default=0.0)

    @property
    def ordinals(self) -> Ordinals:
        """The sentences of the nearest stretches, sorted."""
        spans = [
            np.arange(start, end, dtype=np.int32)
            for each in self.found
            for start, end in zip(
                each.near.starts[:_NEW].tolist(), each.near.ends[:_NEW].tolist(), strict=True
            )
        ]
        return joined(*spans)


def meant(
    tiers: Sequence[Tier], question: str, named: bool, within: NDArray[np.bool_] | None
) -> Meant | None:
    """Ask the tiers; None where none of them has anything to say."""
    found = [
        Found(tier, near, *_weights(near, tier), *_spread(near))
        for tier in tiers
        if not (named and tier.only_unnamed)
        and (near := tier.nearness.nearest(question, limit=MOST, within=within)) is not None
        and len(near.starts)
    ]
    return Meant(tuple(found)) if found else None


def _weights(near: NearestStretches, tier: Tier) -> tuple[float, float, float]:
    """What the nearest stretch adds at most: elsewhere, in long sections, where most are short."""
    # Of fewer than were asked for, the next lies at no nearness at all.
    few = len(near.cosines) < MOST
    fall = float(near.cosines[0] - (0 if few else near.cosines[-1]))
    if tier.yields and not few and fall <= 0:
        # All that was asked for lies equally near: that tells nothing of any.
        return 0.0, 0.0, 0.0
    # Something is nearest among a handful too: there it lifts by no more than it is near.
    weight = min(tier.weight, max(fall, 0.0)) if tier.by_fall or few else tier.weight
    return weight, tier.weight * tier.running, weight * tier.short


def _lift(found: Found, starts: Ordinals, ends: Ordinals, long: NDArray[np.bool_]) -> F32:
    """For each window the lift of the nearest stretch that it shares a sentence with.

    Of a tier that lifts evenly those that are `long` have the mean of what each sentence has.
    """
    lifts = np.zeros(len(starts), np.float32)
    if not len(starts):
        return lifts
    evenly = long & found.tier.evenly
    # The sentences are far fewer than the windows, and no window is longer than a few of them: what
    # begins at each sentence is looked up, then what begins one before it, and so on.
    for step in range(int((ends - starts).max())):
        begins = found.ordinals - np.int32(step)
        at = np.minimum(starts.searchsorted(begins), len(starts) - 1)
        met = (starts[at] == begins) & (found.ordinals < ends[at])
        place, new = at[met], found.lifts[met]
        here = lifts[place]
        lifts[place] = np.where(evenly[place], here + new, np.maximum(here, new))
    if evenly.any():
        lifts[evenly] /= (ends - starts)[evenly]
    return lifts


def _share(near: NearestStretches, start: int, end: int) -> float:
    """The lift of the nearest stretch that shares a sentence with one window."""
    met = (near.starts < end) & (near.ends > start)
    return float(_values(near)[met].max(initial=0.0))


def _spread(near: NearestStretches) -> tuple[Ordinals, F32]:
    """The sentences of all stretches, sorted, each with the lift of the nearest it stands in."""
    lengths = near.ends - near.starts
    first = np.repeat(near.starts - (np.cumsum(lengths) - lengths), lengths)
    ordinals = (np.arange(int(lengths.sum()), dtype=np.int32) + first).astype(np.int32)
    # Stretches come nearest first, and of equal sentences the first is kept.
    unique, at = np.unique(ordinals, return_index=True)
    return unique, np.repeat(_values(near), lengths)[at]


def _values(near: NearestStretches) -> F32:
    """From 1 for the nearest stretch to 0 for the last."""
    least, most = float(near.cosines[-1]), float(near.cosines[0])
    if most <= least:
        return np.ones(len(near.starts), np.float32)
    values: F32 = ((near.cosines - least) / (most - least)).astype(np.float32)
    return values
