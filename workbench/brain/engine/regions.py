"""The ten regions of the brain: their sizes, the constants of their neurons, and their functions.

Sizes and constants are those of the published Cortex (2,000,000 neurons); a smaller brain has the
same proportions. Sizes are multiples of 80, so that runs of 16 neurons and inhibitory fifths come
out even.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

#: Neurons of a block, which are updated together; a region is a whole number of blocks.
BLOCK = 80
#: Adjacent neurons that one patch of synapses reaches.
LINE = 16
#: Synapses of a neuron within its region, in patches.
PATCHES = 63
#: The smallest and the largest scale, as shares of the published size.
SMALLEST, LARGEST = 0.01, 1.0


@dataclass(frozen=True, slots=True)
class Region:
    """A region: `neurons` at scale 1, the constants of its neurons, and its `job` in recall.

    Each step a potential is multiplied by `leak` and its adaptation by `recovery`; a spike adds
    `fatigue` to the adaptation. `threshold` is the mean.
    """

    name: str
    label: str
    neurons: int
    job: str
    leak: float = 0.95
    recovery: float = 0.99
    fatigue: float = 0.1
    threshold: float = 1.0


REGIONS: tuple[Region, ...] = (
    Region("visual", "Visual cortex", 200_000, "Takes in what pictures show, as codes."),
    Region("auditory", "Auditory cortex", 200_000, "Takes in what recordings say, as codes."),
    Region(
        "association", "Association cortex", 500_000,
        "Each concept is a group of 100 neurons here.",
    ),
    Region(
        "predictive", "Predictive cortex", 200_000,
        "Holds sequences: what came next in what was read, so that it is expected.",
    ),
    Region(
        "hippocampus", "Hippocampus", 300_000,
        "Tells apart who does what: a hundred neurons for each concept in a relation.",
        0.93, 0.995, 0.05,
    ),
    Region(
        "prefrontal", "Prefrontal cortex", 200_000,
        "Keeps in mind what was asked about and what came up, seven things at most.",
        0.98, 0.999, 0.02,
    ),
    Region(
        "amygdala", "Amygdala", 100_000,
        "Answers to what matters: what is salient is strengthened more.",
        0.94, 0.98, 0.15,
    ),
    Region("motor", "Motor cortex", 100_000, "Holds the answer that is being given."),
    Region(
        "brainstem", "Brainstem", 50_000,
        "Sets gain, focus, noise and learning by four modulators.",
        0.90, 0.95, 0.20, 0.8,
    ),
    Region(
        "cerebellum", "Cerebellum", 150_000,
        "Keeps time and procedures: what is done in which order.",
        0.92, 0.97, 0.08,
    ),
)  # fmt: skip

NAMES: tuple[str, ...] = tuple(region.name for region in REGIONS)
ASSOCIATION, PREDICTIVE, HIPPOCAMPUS = map(
    NAMES.index, ("association", "predictive", "hippocampus")
)

#: Tracts between regions: the share of neurons that project, each to one neuron, and the range of
#: their weights.
TRACTS: tuple[tuple[str, str, float, float, float], ...] = (
    ("visual", "association", 0.30, 0.8, 1.5),
    ("auditory", "association", 0.30, 0.8, 1.5),
    ("association", "predictive", 0.10, 0.5, 1.2),
    ("association", "prefrontal", 0.30, 0.8, 1.5),
    ("predictive", "visual", 0.03, 0.1, 0.3),
    ("predictive", "auditory", 0.03, 0.1, 0.3),
    ("association", "hippocampus", 0.30, 0.8, 1.5),
    ("hippocampus", "association", 0.03, 0.3, 0.8),
    ("prefrontal", "association", 0.03, 0.3, 0.8),
    ("prefrontal", "hippocampus", 0.02, 0.5, 1.2),
    ("visual", "amygdala", 0.03, 0.05, 0.3),
    ("auditory", "amygdala", 0.03, 0.05, 0.3),
    ("amygdala", "prefrontal", 0.03, 0.05, 0.2),
    ("prefrontal", "amygdala", 0.02, -0.2, 0.1),
    ("amygdala", "hippocampus", 0.02, 0.05, 0.2),
    ("prefrontal", "motor", 0.05, 0.05, 0.25),
    ("association", "motor", 0.03, 0.03, 0.15),
    ("amygdala", "brainstem", 0.03, 0.1, 0.3),
    ("prefrontal", "brainstem", 0.02, 0.05, 0.2),
    ("association", "cerebellum", 0.03, 0.05, 0.2),
    ("motor", "cerebellum", 0.03, 0.05, 0.2),
    ("cerebellum", "motor", 0.02, 0.03, 0.15),
    ("cerebellum", "prefrontal", 0.01, 0.02, 0.1),
)


@dataclass(frozen=True, slots=True)
class Layout:
    """The positions of the regions among the neurons of a brain of one scale.

    Region r has the neurons `bases[r]` to `bases[r + 1]`: int64[11].
    """

    scale: float
    bases: NDArray[np.int64]

    @property
    def neurons(self) -> int:
        """The total number of neurons."""
        return int(self.bases[-1])

    @property
    def synapses(self) -> int:
        """The number of background synapses, none of which is stored."""
        return self.neurons * PATCHES * LINE

    @property
    def sizes(self) -> NDArray[np.int64]:
        """Neurons per region: int64[10]."""
        return np.diff(self.bases)


def layout(scale: float) -> Layout:
    """The layout of a brain of this scale, 0.01 to 1. Raises `ValueError`."""
    if not SMALLEST <= scale <= LARGEST:
        raise ValueError(f"a scale is from {SMALLEST} to {LARGEST}")
    sizes = [max(1, round(region.neurons * scale / BLOCK)) * BLOCK for region in REGIONS]
    return Layout(scale, np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64))
