"""The sizes of a brain on offer, and the memory that each takes."""

from dataclasses import dataclass

from workbench.brain.engine.neurons import resting_state
from workbench.brain.engine.regions import SMALLEST, layout
from workbench.brain.library.brain_recall import fitting_scale

#: Sizes on offer, as shares of two million neurons.
SCALES = (1.0, 0.5, 0.1, 0.01)


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
