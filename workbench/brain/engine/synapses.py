"""Learned synapses: one weight per pair of assemblies, for 2,500 pairs of their neurons.

A hash selects those pairs. Links are sorted rows of five bytes a link; the few learned while a
library is open are kept in a dictionary.
"""

from dataclasses import dataclass, field

import numpy as np

from workbench.arrays import F32, I32, I64, U8

#: Fixed-point one, and the largest weight.
WEIGHT_UNIT, MAX_WEIGHT = 127, 254


@dataclass(slots=True)
class Synapses:
    """Links among `size` assemblies.

    Those of assembly a are `starts[a]:starts[a + 1]` of `targets` int32, sorted, and `weights`
    uint8; `added` has later ones by source and target.
    """

    starts: I64
    targets: I32
    weights: U8
    added: dict[int, dict[int, int]] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """The number of assemblies."""
        return len(self.starts) - 1

    def __len__(self) -> int:
        return len(self.targets) + sum(map(len, self.added.values()))

    @property
    def bytes(self) -> int:
        """The size of the arrays."""
        return self.starts.nbytes + self.targets.nbytes + self.weights.nbytes

    def weight(self, source: int, target: int) -> int:
        """The weight of a link, in units of 1/`WEIGHT_UNIT`."""
        row = self._row(source, target)
        if row >= 0:
            return int(self.weights[row])
        return self.added.get(source, {}).get(target, 0)

    def set_weight(self, source: int, target: int, weight: int) -> None:
        """Set the weight of a link, from 0 to `MAX_WEIGHT`."""
        row = self._row(source, target)
        if row >= 0:
            self.weights[row] = weight
        else:
            self.added.setdefault(source, {})[target] = weight

    def _row(self, source: int, target: int) -> int:
        """The index of a link in the rows, or -1."""
        low, high = int(self.starts[source]), int(self.starts[source + 1])
        at = low + int(np.searchsorted(self.targets[low:high], target))
        return at if at < high and self.targets[at] == target else -1


def freeze(size: int, sources: I64, targets: I64, weights: F32) -> Synapses:
    """Build rows of these links; weights of duplicates are summed, up to 2.

    Link and weight are packed into one number, since sorting keys is many times faster than
    argsort.
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
