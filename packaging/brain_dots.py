"""Makes `resources/window/brain.npz`: where the dots of the brain's picture stand.

    python packaging/brain_dots.py

Ten regions are seen from the left. The cortex is an outline whose points belong to the nearest
seed, thinned along furrows and borders so that regions part softly; deep regions have bodies of
their own and push the cortex aside. Outlines and seeds are in `resources/window/brain.toml`.
"""

import math
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from workbench import paths  # noqa: E402
from workbench.ui.brain.cloud import FILE, UNIT, Cloud  # noqa: E402

Floats = NDArray[np.float64]

_GRID = 512
_ROWS = paths.table("window/brain.toml")
_SEEDS: Sequence[Sequence[float]] = _ROWS["seeds"]
_HIPPOCAMPUS, _AMYGDALA, _BRAINSTEM, _CEREBELLUM = 4, 6, 8, 9
#: Regions with a body of their own: how far from the middle, and half as thick.
_BODIES = {_HIPPOCAMPUS: (0.115, 0.03), _AMYGDALA: (0.12, 0.028)}
#: The distance from the outline at which the shell is thickest, and half the gap between its sides.
_DEEP, _GAP = 0.20, 0.012
#: Cells of the square in which distances from the outline are counted.
_CELLS = 128


def dots() -> Cloud:
    """The dots, always the same; about a tenth of a second."""
    chance = np.random.default_rng(7)
    inside = {name: _mask(shape) for name, shape in _ROWS["outlines"].items()}

    def inside_of(name: str, places: Floats) -> NDArray[np.bool_]:
        at = np.clip((places * _GRID).astype(np.int64), 0, _GRID - 1)
        result: NDArray[np.bool_] = inside[name][at[:, 1], at[:, 0]]
        return result

    cortex, of = _cortex(chance, inside_of)
    bend = np.linspace(0, 1, 60)
    horse = np.stack(
        [0.47 + 0.20 * bend, 0.575 - 0.115 * np.sin(math.pi * (0.12 + 0.80 * bend))], 1
    )
    almond = np.array([0.40, 0.575])
    distance = np.min(np.linalg.norm(cortex[:, None] - horse[None, ::4], axis=2), 1)
    clear = (distance > 0.047) & (np.linalg.norm(cortex - almond, axis=1) > 0.050)
    places, regions = [cortex[clear]], [of[clear]]
    at = chance.integers(0, 60, 1100)
    width = 0.022 * (1.2 - 0.55 * bend[at])[:, None]
    places.append(horse[at] + chance.uniform(-1, 1, (1100, 2)) * width)
    regions.append(np.full(1100, _HIPPOCAMPUS))
    angle, radius = chance.random(260) * math.tau, np.sqrt(chance.random(260)) * 0.028
    round_ = np.stack([np.cos(angle), 1.15 * np.sin(angle)], 1)
    places.append(almond + round_ * radius[:, None])
    regions.append(np.full(260, _AMYGDALA))
    stem = chance.random((40_000, 2)) * (0.12, 0.30) + (0.53, 0.66)
    places.append(stem[inside_of("stem", stem)][:1300])
    regions.append(np.full(len(places[-1]), _BRAINSTEM))
    leaves = chance.random((60_000, 2)) * (0.27, 0.22) + (0.63, 0.63)
    fold = np.abs(np.sin(95 * np.hypot(leaves[:, 0] - 0.63, (leaves[:, 1] - 0.74) * 1.25)))
    retained = inside_of("leaves", leaves) & ~inside_of("stem", leaves)
    retained &= chance.random(len(leaves)) < 0.12 + 0.85 * fold
    places.append(leaves[retained][:2500])
    regions.append(np.full(len(places[-1]), _CEREBELLUM))
    all_places, all_regions = np.concatenate(places), np.concatenate(regions).astype(np.int64)
    parts = _parted(all_places, all_regions)
    return Cloud(all_places, all_regions, parts, _depths(all_places, all_regions))


def _cortex(chance: np.random.Generator, inside_of: object) -> tuple[Floats, NDArray[np.int64]]:
    places = chance.random((60_000, 2))
    places = places[inside_of("cortex", places)]  # type: ignore[operator]
    kinds = np.array([at for at, seed in enumerate(_SEEDS) if seed])
    seeds = np.array([seed for seed in _SEEDS if seed])
    x, y = places[:, 0], places[:, 1]
    warp = 0.018 * np.stack([np.sin(31 * y + 9 * x), np.cos(27 * x - 12 * y)], 1)
    far = np.linalg.norm((places + warp)[:, None] - seeds[None, :, :2], axis=2) / seeds[:, 2]
    two = np.sort(far, axis=1)
    gap = two[:, 1] - two[:, 0]
    u, v = x + 2.2 * warp[:, 0], y + 2.2 * warp[:, 1]
    fold = np.abs(
        np.sin(38 * u + 6 * np.sin(9 * v) + 5 * np.cos(13 * u))
        * np.cos(24 * v + 5 * np.sin(11 * u))
    )
    odds = np.clip(0.16 + 0.95 * fold, 0, 1) * np.clip((gap - 0.006) / 0.02, 0, 1)
    retained = chance.random(len(places)) < odds
    return places[retained], kinds[np.argmin(far, axis=1)[retained]]


def _parted(places: Floats, regions: NDArray[np.int64]) -> NDArray[np.int64]:
    """Number the dots of each region by 64 parts of like size that lie side by side."""
    parts = np.zeros(len(places), np.int64)
    for region in range(10):
        indices = np.flatnonzero(regions == region)
        rows = indices[np.argsort(places[indices, 1], kind="stable")]
        for at, strip in enumerate(np.array_split(rows, 8)):
            line = strip[np.argsort(places[strip, 0], kind="stable")]
            parts[line] = 8 * at + np.arange(len(line)) * 8 // max(len(line), 1)
    return parts


def _inside(places: Floats) -> Floats:
    """How far each place is from the edge of all of them, in the unit of the square."""
    at = np.clip((places * _CELLS).astype(np.int64), 0, _CELLS - 1)
    filled = np.zeros((_CELLS, _CELLS), bool)
    filled[at[:, 1], at[:, 0]] = True
    # Furrows are no edges: what has dots around it counts as filled.
    for grow in (True, True, True, False, False, False):
        filled = _resized(filled, grow)
    far = np.zeros((_CELLS, _CELLS))
    while filled.any():
        far += filled
        filled = _resized(filled, False)
    return far[at[:, 1], at[:, 0]] / _CELLS


def _resized(filled: NDArray[np.bool_], grow: bool) -> NDArray[np.bool_]:
    """One cell more, or one less, at every edge."""
    padded = np.pad(filled, 1, constant_values=False)
    neighbours = [
        padded[1 + y : 1 + y + _CELLS, 1 + x : 1 + x + _CELLS]
        for x, y in ((0, 0), (1, 0), (-1, 0), (0, 1), (0, -1))
    ]
    result: NDArray[np.bool_] = (
        np.logical_or.reduce(neighbours) if grow else np.logical_and.reduce(neighbours)
    )
    return result


def _mask(points: Sequence[tuple[float, float]]) -> NDArray[np.bool_]:
    image = QImage(_GRID, _GRID, QImage.Format.Format_Grayscale8)
    image.fill(0)
    painter = QPainter(image)
    painter.fillPath(outline(points, _GRID), Qt.GlobalColor.white)
    painter.end()
    grey = np.frombuffer(image.constBits(), np.uint8).reshape(_GRID, image.bytesPerLine())
    return grey[:, :_GRID] > 127


def outline(points: Sequence[tuple[float, float]], size: float) -> QPainterPath:
    """A closed, smooth curve through points of the unit square (Catmull, Rom 1974)."""
    at = [QPointF(x * size, y * size) for x, y in points]
    path, count = QPainterPath(at[0]), len(at)
    for i in range(count):
        a, b, c, d = at[i - 1], at[i], at[(i + 1) % count], at[(i + 2) % count]
        path.cubicTo(b + (c - a) / 6, c - (d - b) / 6, c)
    return path


def _depths(places: Floats, regions: NDArray[np.int64]) -> Floats:
    """How far each dot is to the left of the middle, float64[n]; so many are to the right, too.

    The cortex is a shell that is thickest where it is farthest from its outline; bodies within
    it lie on both sides of the middle, stem and cerebellum across it.
    """
    chance = np.random.default_rng(11)
    result = np.zeros(len(regions))
    bodies = [*_BODIES, _BRAINSTEM, _CEREBELLUM]
    for mask, wide in ((~np.isin(regions, bodies), 0.27),
                      (regions == _CEREBELLUM, 0.20)):  # fmt: skip
        rim = np.minimum(_inside(places[mask]) / _DEEP, 1.0)
        shell = np.sqrt(1 - (1 - rim) ** 2) * wide
        result[mask] = np.maximum(shell * (1 - 0.10 * chance.random(len(rim))), _GAP)
    stem = regions == _BRAINSTEM
    result[stem] = 0.045 * np.sqrt(chance.random(int(stem.sum())))
    for region, (offset, thick) in _BODIES.items():
        mask = regions == region
        result[mask] = offset + thick * chance.uniform(-1, 1, int(mask.sum()))
    return result


def main() -> int:
    """Write the file."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    made = dots()
    np.savez_compressed(
        paths.resources() / FILE,
        places=np.round(made.places * UNIT).astype(np.uint16),
        depths=np.round(made.depths * UNIT).astype(np.uint16),
        regions=made.regions.astype(np.uint8),
        parts=made.parts.astype(np.uint8),
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
