"""The positions of the dots: ten regions of the brain in lateral view from the left.

They were computed by `packaging/brain_dots.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from workbench import paths

Floats = NDArray[np.float64]

#: The resource file of the dots; its lengths are fractions of the square's side in units of
#: 1/`UNIT`.
FILE, UNIT = "window/brain.npz", 65_535
#: Number of parts of a region with separate spike counts.
PARTS = 64
#: Position of each region's label.
LABELS: Sequence[tuple[float, float]] = paths.table("window/brain.toml")["labels"]


@dataclass(frozen=True)
class Cloud:
    """Dots: positions float64[n, 2] in the unit square, region and part int64[n].

    There are 64 parts. `depths` float64[n] are distances to the left of the midline, mirrored on
    the right.
    """

    places: Floats
    regions: NDArray[np.int64]
    parts: NDArray[np.int64]
    depths: Floats

    def heart(self, region: int) -> tuple[float, float]:
        """A dot of the region close to its label."""
        places = self.places[self.regions == region]
        far = np.hypot(places[:, 0] - LABELS[region][0], places[:, 1] - LABELS[region][1])
        x, y = places[np.argsort(far)[len(places) // 16]].tolist()
        return x, y

    def active(self, raster: "NDArray[np.uint8] | None") -> NDArray[np.bool_]:
        """Select the active dots of a step; `raster` uint8[10, 64], None at rest."""
        if raster is None:
            return np.zeros(len(self.regions), bool)
        level = np.sqrt(np.minimum(raster.astype(np.float64), 24) / 24)[self.regions, self.parts]
        # The share of active dots grows with the number of spikes in a part.
        mask: NDArray[np.bool_] = np.random.default_rng(3).random(len(level)) < level * 0.9
        return mask


@lru_cache(maxsize=1)
def cloud() -> Cloud:
    """Load the dots once."""
    with np.load(paths.resources() / FILE) as file:
        regions, parts = (file[name].astype(np.int64) for name in ("regions", "parts"))
        return Cloud(file["places"] / UNIT, regions, parts, file["depths"] / UNIT)
