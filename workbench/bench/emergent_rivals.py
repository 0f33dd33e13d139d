"""What walks and counts on the same graph find: the rivals of emergent associations."""

import numpy as np
from numpy.typing import NDArray

from workbench.bench.emergent_text import World

F64 = NDArray[np.float64]
I64 = NDArray[np.int64]

_RESTART, _ROUNDS = 0.15, 20


class Rivals:
    """The four-step walk and PageRank (Haveliwala 2002) over concepts and places, weighed by rarity
    and frequency; common neighbours; Adamic and Adar 2003; the cosine in the corpus space."""

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
            "PageRank": self.pagerank(cue),
            "cosine": (vectors @ vectors[cue]).astype(np.float64),
        }

    def pagerank(self, cue: int, rounds: int = _ROUNDS) -> F64:
        """A walk that begins anew at the cue with a chance of 0.15 at each step."""
        world = self._world
        start = np.zeros(world.size)
        start[cue] = 1
        concepts, places = start.copy(), np.zeros(world.count)
        for _ in range(rounds):
            concepts, places = (
                _RESTART * start + (1 - _RESTART) * self._to_concepts(places),
                (1 - _RESTART) * self._to_places(concepts),
            )
        return concepts

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
