"""The dots of the brain in three dimensions: the plan's places, and how far to either side.

The cortex is a shell of two halves that is thickest where it is farthest from its outline; bodies
within it lie on both sides of the middle, stem and cerebellum across it.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from workbench.ui.brain.cloud import cloud

F32 = NDArray[np.float32]

#: Half the width of the shell, and the distance from the outline at which it is reached.
_WIDE, _DEEP = 0.27, 0.20
#: Half the gap between both sides.
_GAP = 0.012
#: Regions with a body of their own: how far from the middle, and half as thick.
_BODIES = {4: (0.115, 0.03), 6: (0.12, 0.028)}
_STEM, _LEAVES = 8, 9
#: Cells of the square in which distances from the outline are counted.
_CELLS = 128


@dataclass(frozen=True, slots=True)
class Solid:
    """Dots: places float32[n, 3] around 0, x to the back, y up, z to the left; region and part."""

    places: F32
    regions: NDArray[np.int64]
    parts: NDArray[np.int64]

    def hearts(self) -> F32:
        """The middle of each region's left side: float32[10, 3]."""
        left = self.places[:, 2] >= 0
        return np.stack(
            [self.places[left & (self.regions == at)].mean(axis=0) for at in range(10)]
        ).astype(np.float32)

    def levels(self, raster: NDArray[np.uint8] | None) -> F32:
        """How brightly each dot is lit by the spikes of a step, 0 to 1; `raster` uint8[10, 64]."""
        level = np.zeros(len(self.regions), np.float32)
        if raster is None:
            return level
        lit = np.sqrt(np.minimum(raster.astype(np.float32), 24) / 24)
        level = lit[self.regions, self.parts]
        chance = np.random.default_rng(3).random(len(level), np.float32)
        # Of a part in which one neuron fires a few dots are lit, of one in which many do most.
        return np.where(chance < level * 0.9, 0.4 + 0.6 * level, 0).astype(np.float32)


@lru_cache(maxsize=1)
def solid() -> Solid:
    """The dots, always the same; some tenths of a second the first time."""
    flat = cloud()
    chance = np.random.default_rng(11)
    deep = np.zeros(len(flat.regions))
    cortex = ~np.isin(flat.regions, [*_BODIES, _STEM, _LEAVES])
    for own, wide in ((cortex, _WIDE), (flat.regions == _LEAVES, 0.20)):
        far = np.minimum(_inside(flat.places[own]) / _DEEP, 1.0)
        shell = np.sqrt(1 - (1 - far) ** 2) * wide
        deep[own] = np.maximum(shell * (1 - 0.10 * chance.random(len(far))), _GAP)
    stem = flat.regions == _STEM
    deep[stem] = 0.045 * np.sqrt(chance.random(int(stem.sum())))
    for region, (off, thick) in _BODIES.items():
        own = flat.regions == region
        deep[own] = off + thick * chance.uniform(-1, 1, int(own.sum()))
    x, y = flat.places[:, 0] - 0.5, 0.5 - flat.places[:, 1]
    sides = [np.stack([x, y, sign * deep], 1) for sign in (1, -1)]
    return Solid(
        np.concatenate(sides).astype(np.float32),
        np.tile(flat.regions, 2),
        np.tile(flat.parts, 2),
    )


def _inside(places: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far each place is from the edge of all of them, in the unit of the square."""
    at = np.clip((places * _CELLS).astype(np.int64), 0, _CELLS - 1)
    filled = np.zeros((_CELLS, _CELLS), bool)
    filled[at[:, 1], at[:, 0]] = True
    # Furrows are no edges: what has dots around it counts as filled.
    for grow in (True, True, True, False, False, False):
        filled = _moved(filled, grow)
    far = np.zeros((_CELLS, _CELLS))
    while filled.any():
        far += filled
        filled = _moved(filled, False)
    return far[at[:, 1], at[:, 0]] / _CELLS


def _moved(filled: NDArray[np.bool_], grow: bool) -> NDArray[np.bool_]:
    """One cell more, or one less, at every edge."""
    padded = np.pad(filled, 1, constant_values=False)
    near = [
        padded[1 + y : 1 + y + _CELLS, 1 + x : 1 + x + _CELLS]
        for x, y in ((0, 0), (1, 0), (-1, 0), (0, 1), (0, -1))
    ]
    result: NDArray[np.bool_] = np.logical_or.reduce(near) if grow else np.logical_and.reduce(near)
    return result
