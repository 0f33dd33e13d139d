"""The brain sizes that this machine can run: the memory each takes, and how long a step lasts."""

import time
from dataclasses import dataclass

import numpy as np

from workbench.brain.engine.modulators import BROAD
from workbench.brain.engine.neurons import resting_state
from workbench.brain.engine.regions import SMALLEST, layout
from workbench.brain.engine.simulation import STEPS, Brain
from workbench.brain.engine.synapses import freeze
from workbench.brain.library.brain_recall import fitting_scale
from workbench.jobs import Cancel, Progress, Report, silent

#: Sizes on offer, as shares of two million neurons.
SCALES = (1.0, 0.5, 0.1, 0.01)
#: The timed recall: concepts, links of each, concepts of the cue, and repetitions.
_CONCEPTS, _LINKS, _CUE, _ROUNDS = 4000, 10, 3, 3


@dataclass(frozen=True, slots=True)
class BrainSize:
    """A size: its neurons and background synapses, and the `bytes` of the neurons.

    Learned links come on top. `fits` marks the default for this machine.
    """

    scale: float
    neurons: int
    synapses: int
    bytes: int
    fits: bool


def sizes() -> tuple[BrainSize, ...]:
    """The sizes on offer, the largest first."""
    smallest = layout(SMALLEST)
    bytes_per_neuron = resting_state(smallest).bytes / smallest.neurons
    best = fitting_scale()
    laid = [layout(scale) for scale in SCALES]
    return tuple(
        BrainSize(item.scale, item.neurons, item.synapses, round(item.neurons * bytes_per_neuron),
                  item.scale == best)
        for item in laid
    )  # fmt: skip


def step_times(
    scales: tuple[float, ...] = SCALES, report: Report = silent, cancel: Cancel | None = None
) -> dict[float, float]:
    """Time a step at each scale, in milliseconds, in a brain with random links.

    The fastest of three recalls counts, since other programs may be busy. Raises `Cancelled`.
    """
    stop = cancel or Cancel()
    times: dict[float, float] = {}
    for at, scale in enumerate(scales):
        report(Progress("measuring", at, len(scales), "sizes"))
        stop.check()
        brain = Brain(scale, _CONCEPTS, _CONCEPTS)
        chance = np.random.default_rng(5)
        ends = chance.integers(0, _CONCEPTS, (2, _CONCEPTS * _LINKS))
        weights = chance.random(_CONCEPTS * _LINKS).astype(np.float32)
        brain.synapses = freeze(brain.pools.room, ends[0], ends[1], weights)
        durations = []
        for number in range(_ROUNDS):
            started = time.perf_counter()
            brain.recall([number * _CUE + position for position in range(_CUE)], BROAD,
                         watch=lambda _step, _frame: stop.check())  # fmt: skip
            durations.append(time.perf_counter() - started)
        times[scale] = 1000 * min(durations) / STEPS
    return times
