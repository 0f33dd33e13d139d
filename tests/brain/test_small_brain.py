"""A brain that is small for what it holds: most assemblies fire at once, in bounded memory."""

import tracemalloc

import numpy as np

from workbench.brain.engine.modulators import BROAD
from workbench.brain.engine.simulation import Brain
from workbench.brain.engine.synapses import freeze

_CONCEPTS = 40_000


def test_a_recall_in_which_all_fire_takes_no_array_of_all_their_neurons() -> None:
    brain = Brain(0.02, _CONCEPTS, 0)
    ids = np.arange(_CONCEPTS)
    brain.synapses = freeze(brain.pools.room, ids, np.roll(ids, 1), np.ones(len(ids), np.float32))
    tracemalloc.start()
    try:
        ignited = brain.recall([3], BROAD, frames=True)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    most = max(len(frame.emitting) for frame in ignited.frames)
    assert most > 10_000
    # Their neurons take 800 bytes each.
    assert peak < 800 * most / 2
