"""Where the dots of the picture stand: ten regions of the brain, seen from the left.

They were computed once, by `packaging/brain_dots.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from workbench import paths

Floats = NDArray[np.float64]

#: The file of the dots among the resources; lengths in it are parts of the square's side.
FILE, UNIT = "window/brain.npz", 65_535
#: Parts of a region whose spikes are told apart.
PARTS = 64
#: Where the name of each region stands.
LABELS: Sequence[tuple[float, float]] = paths.table("window/brain.toml")["labels"]


@dataclass(frozen=True)
class Cloud:
    """Dots: places float64[n, 2] in the unit square, the region of each int64[n], its part of that.

    There are 64 parts. `depths` float64[n] are how far each is to the left of the middle; so many
    are to the right, too.
    """

    places: Floats
    regions: NDArray[np.int64]
    parts: NDArray[np.int64]
    depths: Floats

    def heart(self, region: int) -> tuple[float, float]:
        """The dot of a region that stands nearest to where its name is."""
        places = self.places[self.regions == region]
        far = np.hypot(places[:, 0] - LABELS[region][0], places[:, 1] - LABELS[region][1])
        x, y = places[np.argsort(far)[len(places) // 16]].tolist()
        return x, y

    def active(self, raster: "NDArray[np.uint8] | None") -> NDArray[np.bool_]:
        """Which dots the spikes of a step light; `raster` uint8[10, 64], None at rest."""
        if raster is None:
            return np.zeros(len(self.regions), bool)
        level = np.sqrt(np.minimum(raster.astype(np.float64), 24) / 24)[self.regions, self.parts]
        # Of a part in which one neuron fires a few dots are lit, of one in which many do most.
        mask: NDArray[np.bool_] = np.random.default_rng(3).random(len(level)) < level * 0.9
        return mask


@lru_cache(maxsize=1)
def cloud() -> Cloud:
    """The dots, always the same."""
    with np.load(paths.resources() / FILE) as file:
        regions, parts = (file[name].astype(np.int64) for name in ("regions", "parts"))
        return Cloud(file["places"] / UNIT, regions, parts, file["depths"] / UNIT)
