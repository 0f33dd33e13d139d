"""Learned synapses: one weight for two assemblies, which stands for 2,500 of their neurons' pairs.

Which pairs those are follows from a hash. Links lie in rows: five bytes a link, sorted by where
they come from. Those few that are made while a library is open lie beside them.
"""

from dataclasses import dataclass, field

import numpy as np

from workbench.arrays import F32, I32, I64, U8

#: The weight of one, and the largest.
WEIGHT_UNIT, MAX_WEIGHT = 127, 254


@dataclass(slots=True)
class Synapses:
    """Links among `size` assemblies.

    Those of assembly a lie at `starts[a]:starts[a + 1]` of `targets` int32, sorted, and `weights`
    uint8; `added` are others, by source and target, with such weights.
    """

    starts: I64
    targets: I32
    weights: U8
    added: dict[int, dict[int, int]] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many assemblies there may be."""
        return len(self.starts) - 1

    def __len__(self) -> int:
        return len(self.targets) + sum(map(len, self.added.values()))

    @property
    def bytes(self) -> int:
        """What the arrays take."""
        return self.starts.nbytes + self.targets.nbytes + self.weights.nbytes

    def weight(self, source: int, target: int) -> int:
        """What a link weighs, in whole numbers: `WEIGHT_UNIT` is 1."""
        row = self._row(source, target)
        if row >= 0:
            return int(self.weights[row])
        return self.added.get(source, {}).get(target, 0)

    def set_weight(self, source: int, target: int, weight: int) -> None:
        """Let a link weigh exactly this, from 0 to `MAX_WEIGHT`."""
        row = self._row(source, target)
        if row >= 0:
            self.weights[row] = weight
        else:
            self.added.setdefault(source, {})[target] = weight

    def _row(self, source: int, target: int) -> int:
        """Where a link lies in the rows; -1 where it does not."""
        low, high = int(self.starts[source]), int(self.starts[source + 1])
        at = low + int(np.searchsorted(self.targets[low:high], target))
        return at if at < high and self.targets[at] == target else -1


def freeze(size: int, sources: I64, targets: I64, weights: F32) -> Synapses:
    """Rows of these links; the weights of links that are there more than once are summed, to 2.

    A link and its weight go into one number, since sorting numbers is many times faster than
    sorting places.
    """
    scaled = np.minimum(np.rint(weights * WEIGHT_UNIT), MAX_WEIGHT).astype(np.int64)
    packed = np.sort((sources * np.int64(size) + targets) << 8 | scaled)
    keys = packed >> 8
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    summed = np.add.reduceat(packed & 255, first) if len(keys) else packed
    keys = keys[first]
    starts = np.zeros(size + 1, np.int64)
    np.cumsum(np.bincount(keys // size, minlength=size), out=starts[1:])
    return Synapses(
        starts=starts,
        targets=(keys % size).astype(np.int32),
        weights=np.minimum(summed, MAX_WEIGHT).astype(np.uint8),
    )
