"""What a search by meaning adds to the score of the windows: a lift from 0 to its weight.

The stretch that stands nearest to the question lifts by the whole weight, the last one that counts
by nothing, and those between by how near they are: so tiers whose cosines differ in size may be
added up. What has no stretch in it is not lifted (after `spec/recall.md`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.memory.segment import Ordinals
from workbench.space.nearest import Near, Nearness

Floats = NDArray[np.float32]

#: Stretches that count, and of those the nearest that are made windows of their own.
MOST = 300
_NEW = 60


@dataclass(frozen=True, slots=True)
class Tier:
    """A search by meaning: how much it lifts at most, and whether only where nothing is named."""

    nearness: Nearness
    weight: float
    only_unnamed: bool = False


@dataclass(frozen=True, slots=True)
class Meant:
    """What the tiers found for one question, each with its weight."""

    found: tuple[tuple[Near, float], ...]

    def lift(self, starts: Ordinals, ends: Ordinals) -> Floats:
        """What is added to each window `[starts, ends)`."""
        total = np.zeros(len(starts), np.float32)
        for near, weight in self.found:
            total += np.float32(weight) * _lift(near, starts, ends)
        return total

    def share(self, start: int, end: int) -> float:
        """How near the window stands to the question, from 0 to 1 for the nearest of all."""
        at = np.array([start], np.int32), np.array([end], np.int32)
        return max((float(_lift(near, *at)[0]) for near, _ in self.found), default=0.0)

    @property
    def ordinals(self) -> Ordinals:
        """The sentences of the nearest stretches, sorted."""
        spans = [
            np.arange(start, end, dtype=np.int32)
            for near, _ in self.found
            for start, end in zip(
                near.starts[:_NEW].tolist(), near.ends[:_NEW].tolist(), strict=True
            )
        ]
        return np.unique(np.concatenate(spans)) if spans else np.zeros(0, np.int32)


def meant(
    tiers: Sequence[Tier], question: str, named: bool, within: NDArray[np.bool_] | None
) -> Meant | None:
    """Ask the tiers; None where none of them has anything to say."""
    found = [
        (near, tier.weight)
        for tier in tiers
        if not (named and tier.only_unnamed)
        and (near := tier.nearness.nearest(question, limit=MOST, within=within)) is not None
        and len(near.starts)
    ]
    return Meant(tuple(found)) if found else None


def _lift(near: Near, starts: Ordinals, ends: Ordinals) -> Floats:
    """For each window the lift of the nearest stretch that it shares a sentence with."""
    least, most = float(near.cosines[-1]), float(near.cosines[0])
    values = (near.cosines - least) / (most - least) if most > least else np.ones(len(near.starts))
    lifts = np.zeros(len(starts), np.float32)
    # Windows ascend by their starts, and no window is longer than a few sentences.
    longest = int((ends - starts).max(initial=0))
    for start, end, value in zip(near.starts, near.ends, values.tolist(), strict=True):
        low, high = np.searchsorted(starts, [start - longest + 1, end])
        if low < high:
            part = slice(int(low), int(high))
            lifts[part] = np.maximum(lifts[part], np.where(ends[part] > start, value, 0.0))
    return lifts
