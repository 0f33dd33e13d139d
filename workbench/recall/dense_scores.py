"""The similarity of a question's vector to every sentence, by the stretches that contain it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.arrays import F32
from workbench.memory.segment import Ordinals
from workbench.space.nearest import Nearness, largest

#: Nearest stretches whose sentences are candidates.
_NEAREST = 300
#: The smallest cosine of a question to its nearest stretch by which others are divided: below it
#: nothing is near.
_FLOOR = 0.3


@dataclass(frozen=True, slots=True)
class DenseScores:
    """The semantic search of one question.

    `cosines`, float32[sentences], is that of the nearest stretch with each sentence, 0 for none;
    `nearest` are the sorted sentences of the nearest stretches, int32[n].
    """

    cosines: F32
    nearest: Ordinals
    best: float

    def scores(self, starts: Ordinals, ends: Ordinals) -> F32:
        """The mean cosine of each window `[starts, ends)`, relative to the best: float32[n]."""
        total = np.concatenate([[0.0], np.cumsum(self.cosines, dtype=np.float64)])
        mean = (total[ends] - total[starts]) / np.maximum(ends - starts, 1)
        relative: F32 = (mean / max(self.best, _FLOOR)).astype(np.float32)
        return relative

    def share(self, start: int, end: int) -> float:
        """The cosine of the nearest sentence of a window relative to the best, 0 to 1."""
        inside = self.cosines[start:end]
        return min(1.0, float(inside.max(initial=0.0)) / max(self.best, _FLOOR))


def dense_scores(
    nearness: Nearness,
    question: str,
    inside: NDArray[np.bool_] | None,
    size: int,
    seconds: float = 0.0,
) -> DenseScores | None:
    """Compare the question with `size` sentences, those `inside` (None: all).

    Approximate vectors of the nearest are made exact for at most so many `seconds`. None if no
    model reads the question, or nothing has a vector.
    """
    found = nearness.all_cosines(question, within=inside, seconds=seconds)
    if found is None:
        return None
    # A model may have encoded later statements than this snapshot.
    known = found.ends <= size
    if inside is not None:
        known &= inside[np.minimum(found.starts, size - 1)]
    starts, ends = found.starts[known], found.ends[known]
    values = np.maximum(found.cosines[known], 0)
    if not len(starts):
        return None
    cosines = np.zeros(size, np.float32)
    for step in range(int((ends - starts).max())):
        longer = starts + step < ends
        np.maximum.at(cosines, starts[longer] + step, values[longer])
    first = largest(values, _NEAREST)
    is_near = np.zeros(size, np.bool_)
    for start, end in zip(starts[first].tolist(), ends[first].tolist(), strict=True):
        is_near[start:end] = True
    return DenseScores(cosines, np.flatnonzero(is_near).astype(np.int32), float(values.max()))
