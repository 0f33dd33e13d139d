"""The picture of one step, composed of dots off the GUI thread: quiet ones grey, firing ones lit.

One hue, from resting to firing: ink on paper, light on dark. Which dots are lit follows from where
in each region the neurons of this step fired.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.ui.brain.cloud import cloud

F32 = NDArray[np.float32]
Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Palette:
    """Paper, resting dots, glow and the core of what fires, as red, green, blue."""

    paper: Colour
    quiet: Colour
    glow: Colour
    core: Colour
    dark: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """How large the picture is, in device pixels, and the square in it that the brain fills."""

    width: int
    height: int
    left: float
    top: float
    side: float


def compose(
    raster: NDArray[np.uint8] | None, sheet: Sheet, palette: Palette, only: int | None = None
) -> bytes:
    """Rows of red, green, blue; `raster` uint8[10, 64] are the spikes of a step, None at rest.

    With `only`, nothing but this region is drawn.
    """
    dots = cloud()
    chance = np.random.default_rng(3)
    # Fewer dots in a smaller picture, so that it is as dense.
    few = chance.random(len(dots.regions)) < min(1.0, (sheet.side / 470) ** 2)
    if only is not None:
        few &= dots.regions == only
    places, regions, parts = dots.places[few], dots.regions[few], dots.parts[few]
    level = np.zeros(len(regions), np.float32)
    if raster is not None:
        lit = np.sqrt(np.minimum(raster.astype(np.float32), 24) / 24)
        level = lit[regions, parts]
    # Of a part in which one neuron fires a few dots are lit, of one in which many do most.
    sparks = chance.random(len(regions)) < level * 0.9
    x = sheet.left + places[:, 0] * sheet.side
    y = sheet.top + places[:, 1] * sheet.side
    remainder = _splat(x[~sparks], y[~sparks], np.ones(int((~sparks).sum()), np.float32), sheet)
    fire = _splat(x[sparks], y[sparks], 0.4 + 0.6 * level[sparks], sheet)
    point = max(1, round(0.0012 * sheet.side))
    still, hot = _blurred(remainder, point), _blurred(fire, point)
    halo = _blurred(fire, max(2, round(sheet.side * 0.012)))
    body = _blurred(remainder + fire, max(2, round(sheet.side * 0.010)))
    gain = 9.0 * (2 * point + 1) ** 2 / 9
    density = len(regions) / sheet.side**2
    paper, quiet, glow, core = (
        np.array(item, np.float32) for item in
        (palette.paper, palette.quiet, palette.glow, palette.core)
    )  # fmt: skip
    maximum = 0.34 if palette.dark else 0.26
    out = paper + (quiet - paper) * np.clip(body / density / 14, 0, maximum)[..., None]
    reach, maximum = (2.2, 0.62) if palette.dark else (3.6, 0.42)
    out += (glow - out) * np.clip(halo / density / reach, 0, maximum)[..., None]
    out += (quiet - out) * np.clip(still * gain * 0.34, 0, 0.9)[..., None]
    bright = np.clip(hot * gain * (0.55 if palette.dark else 0.42), 0, 0.97)[..., None]
    out += ((glow + (core - glow) * np.clip(bright * 1.15 - 0.25, 0, 1)) - out) * bright
    return np.clip(out, 0, 255).astype(np.uint8).tobytes()


def _splat(x: NDArray[np.float64], y: NDArray[np.float64], weight: F32, sheet: Sheet) -> F32:
    """Dots on the grid, each shared among the four pixels around it, so that it stays round."""
    x, y = np.clip(x, 1, sheet.width - 3), np.clip(y, 1, sheet.height - 3)
    i, j = x.astype(np.int64), y.astype(np.int64)
    fx, fy = x - i, y - j
    flat = np.concatenate(
        [(j + b) * sheet.width + i + a for a, b in ((0, 0), (1, 0), (0, 1), (1, 1))]
    )
    share = np.concatenate([(1 - fx) * (1 - fy), fx * (1 - fy), (1 - fx) * fy, fx * fy])
    result = np.bincount(flat, np.tile(weight, 4) * share, sheet.width * sheet.height)
    return result.reshape(sheet.height, sheet.width).astype(np.float32)


def _blurred(values: F32, radius: int) -> F32:
    """Two passes of a box, close to a Gaussian."""
    size = 2 * radius + 1
    for axis in (0, 1):
        for _ in range(2):
            wide = [(radius + 1, radius) if item == axis else (0, 0) for item in (0, 1)]
            summed = np.cumsum(np.pad(values, wide, mode="edge"), axis=axis, dtype=np.float64)
            high = summed[size:] if axis == 0 else summed[:, size:]
            low = summed[:-size] if axis == 0 else summed[:, :-size]
            values = ((high - low) / size).astype(np.float32)
    return values
