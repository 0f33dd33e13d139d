"""What walks and counts on the same graph find: the rivals of emergent associations."""

import numpy as np
from numpy.typing import NDArray

from workbench.bench.emergent_text import World
from workbench.brain.engine.wandering import wander

F64 = NDArray[np.float64]
I64 = NDArray[np.int64]


class Rivals:
    """The four-step walk over concepts and places, weighed by rarity and frequency; PageRank, gone
    to its end; common neighbours; Adamic and Adar 2003; the cosine in the corpus space."""

    def __init__(self, world: World) -> None:
        self._world = world
        rarity = np.log(1 + world.count / np.maximum(world.spread, 1))
        weight = world.weights * rarity[world.concepts]
        of_place = np.bincount(world.places, weight, minlength=world.count)
        of_concept = np.bincount(world.concepts, weight, minlength=world.size)
        self._down = weight / np.maximum(of_concept, 1e-12)[world.concepts]
        self._up = weight / np.maximum(of_place, 1e-12)[world.places]
        starts, _ = world.near
        self._degree = np.diff(starts).astype(np.float64)

    def scores(self, cue: int) -> dict[str, F64]:
        """What each makes of a cue: float64[concepts]."""
        world = self._world
        start = np.zeros(world.size)
        start[cue] = 1
        near = world.beside(cue)
        common, rare = np.zeros(world.size), np.zeros(world.size)
        for other in near.tolist():
            others = world.beside(other)
            common[others] += 1
            rare[others] += 1 / np.log(2 + self._degree[other])
        vectors = world.vectors
        return {
            "popularity": self._degree,
            "common neighbours": common,
            "Adamic-Adar": rare,
            "four-step walk": self._across(self._across(start)),
            "PageRank": wander(world.fabric, [cue], least=0).chance,
            "cosine": (vectors @ vectors[cue]).astype(np.float64),
        }

    def _to_places(self, concepts: F64) -> F64:
        world = self._world
        said = self._down * concepts[world.concepts]
        return np.bincount(world.places, said, minlength=world.count).astype(np.float64)

    def _to_concepts(self, places: F64) -> F64:
        world = self._world
        said = self._up * places[world.places]
        return np.bincount(world.concepts, said, minlength=world.size).astype(np.float64)

    def _across(self, concepts: F64) -> F64:
        return self._to_concepts(self._to_places(concepts))
