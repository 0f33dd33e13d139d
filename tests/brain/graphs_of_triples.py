"""Brains that have learned random triples, for tests."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.brain.engine.simulation import Brain
from workbench.brain.library.links import wire


@dataclass(frozen=True, slots=True)
class Taught:
    """A brain, and the triples that it was taught, as ids of concepts."""

    brain: Brain
    subjects: NDArray[np.int64]
    relations: NDArray[np.int64]
    objects: NDArray[np.int64]

    def objects_of(self, subject: int) -> set[int]:
        """What a subject leads to."""
        return set(self.objects[self.subjects == subject].tolist()) - {subject}


def grouped(concepts: int, group: int = 6, *, seed: int = 0) -> NDArray[np.float32]:
    """Where concepts lie: `group` at a time near each other, from number 0 on.

    float32[concepts, 60] of length one.
    """
    chance = np.random.default_rng(seed)
    middle = chance.standard_normal((-(-concepts // group), 60)).astype(np.float32)
    found = middle[np.arange(concepts) // group]
    found = found + np.float32(0.4) * chance.standard_normal(found.shape).astype(np.float32)
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    return found


def taught(
    triples: int, concepts: int, *, scale: float = 0.01, relations: int = 10, seed: int = 0
) -> Taught:
    """Teach a brain so many triples, drawn at random."""
    chance = np.random.default_rng(seed)
    subjects = chance.integers(0, concepts, triples)
    objects = chance.integers(0, concepts, triples)
    by = concepts + chance.integers(0, relations, triples)
    brain = Brain(scale, concepts + relations, triples)
    made = wire(
        brain.pools.room, brain.pools.pairs.first, subjects, by, objects,
        np.ones(triples, np.float32),
    )  # fmt: skip
    brain.synapses = made.synapses
    return Taught(brain, subjects, by, objects)
