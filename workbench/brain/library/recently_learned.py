"""Concepts that recently added sources say something about.

Associations of a statement become links with the next recall; until then this tells which
assemblies they will join.
"""

import sqlite3
from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.arrays import Parts
from workbench.brain.engine.assemblies import Assemblies, assemblies, room_for
from workbench.brain.engine.hashing import mixed
from workbench.brain.engine.regions import ASSOCIATION, HIPPOCAMPUS, Layout
from workbench.brain.library.assembly import VisibleFilter
from workbench.store import graph
from workbench.store.verdicts import MERE

#: Latest engrams read, concepts listed, parts of a region.
_MAX_ENGRAMS, _MAX_NAMES, _PARTS = 200, 5, 64


@dataclass(frozen=True, slots=True)
class Learned:
    """What was extracted from recent engrams, up to `upto`.

    `statements` of them, the names of the `concepts`, the most frequent first. `raster` uint8[10,
    64] counts neurons in 64 parts of each region, as the frames of a recall do.
    """

    upto: int
    statements: int
    concepts: tuple[str, ...]
    raster: Parts


def recent_sayings(
    connection: sqlite3.Connection, layout: Layout, after: int, upto: int, visible: VisibleFilter
) -> Learned:
    """What the engrams after `after` up to `upto` say, with the names of `visible` concepts."""
    counts: Counter[int] = Counter()
    pairs: set[tuple[int, int]] = set()
    statements = 0
    for fiber in (
        graph.latest_pathways(connection, after, upto, _MAX_ENGRAMS) if upto > after else ()
    ):
        concepts = fiber.concepts
        for tie in fiber.ties:
            if tie.type not in MERE:
                statements += 1
                counts.update((concepts[tie.head], concepts[tie.tail]))
                pairs.add((concepts[tie.head], tie.type))
    raster = np.zeros((10, _PARTS), np.int64)
    if counts:
        pools = assemblies(layout, room_for(max(counts) + 1), room_for(len(pairs)))
        for concept in counts:
            _light(raster, layout, ASSOCIATION, pools, concept)
        for concept, relation in pairs:
            # Pairs are numbered when the brain is loaded; until then a hash stands for the number.
            number = int(mixed(np.array([concept << 8 | relation], np.uint64))[0])
            neurons = pools.pairs.first + number % pools.pairs.room
            _light(raster, layout, HIPPOCAMPUS, pools, neurons)
    rows = {row.id: row for row in visible(list(graph.by_ids(connection, counts).values()))}
    names = [rows[id].name for id, _ in counts.most_common() if id in rows]
    return Learned(
        upto, statements, tuple(names[:_MAX_NAMES]), np.minimum(raster, 255).astype(np.uint8)
    )


def _light(
    raster: NDArray[np.int64], layout: Layout, region: int, pools: Assemblies, assembly: int
) -> None:
    neurons = pools.neurons(assembly) - layout.bases[region]
    raster[region] += np.bincount(neurons * _PARTS // layout.sizes[region], minlength=_PARTS)
