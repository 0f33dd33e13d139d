"""A synapse of NeuralMemory and the hop of neurram, for the portable cases.

The arithmetic is the engine's, which stores rows instead of objects.
"""

from dataclasses import dataclass, replace

from workbench.memory.concepts.records import AssociationType
from workbench.memory.plasticity import hebb
from workbench.memory.reflex.settings import DEFAULTS, BrainConfig
from workbench.memory.reflex.synapses import time_decay
from workbench.store.concept_mentions import UNDIRECTED

#: What a kind is called from its other end.
INVERSE = {
    AssociationType.BEFORE: AssociationType.AFTER,
    AssociationType.AFTER: AssociationType.BEFORE,
    AssociationType.CAUSED_BY: AssociationType.LEADS_TO,
    AssociationType.LEADS_TO: AssociationType.CAUSED_BY,
    AssociationType.CONTAINS: AssociationType.AT_LOCATION,
    AssociationType.AT_LOCATION: AssociationType.CONTAINS,
}
#: neurram's hop, and the level below which it passes nothing.
_RAM_HOP = 0.6
_RAM_FLOOR = 0.08


@dataclass(frozen=True, slots=True)
class Synapse:
    """An association of one kind: its weight, kept within 0 and 1, and how often use raised it."""

    type: AssociationType
    weight: float = DEFAULTS.default_synapse_weight
    reinforced_count: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "weight", min(max(float(self.weight), 0.0), 1.0))

    @property
    def bidirectional(self) -> bool:
        """Whether it holds in both directions."""
        return self.type in UNDIRECTED

    @property
    def inverse(self) -> AssociationType | None:
        """What it is called from its other end; None where there is no word for that."""
        return INVERSE.get(self.type)

    def reinforce(
        self,
        delta: float = DEFAULTS.reinforcement_delta,
        pre: float | None = None,
        post: float | None = None,
        settings: BrainConfig = DEFAULTS,
    ) -> "Synapse":
        """The association after use: `delta` more, or by Hebb's rule where both ends are given.

        `pre` and `post` are the activities of head and tail, 0 to 1; `delta` is then the rate.
        """
        if pre is None or post is None:
            weight = self.weight + delta
        else:
            weight = hebb(
                self.weight, pre, post, self.reinforced_count, delta,
                novelty=settings.novelty_boost_max, novelty_decay=settings.novelty_decay_rate,
            )  # fmt: skip
        return replace(self, weight=weight, reinforced_count=self.reinforced_count + 1)

    def decay(self, factor: float = 0.95) -> "Synapse":
        """The association with its weight multiplied by a factor from 0 to 1."""
        return replace(self, weight=self.weight * min(max(factor, 0.0), 1.0))

    def time_decay(self, hours: float) -> "Synapse":
        """The association as it counts after so many hours without use."""
        return replace(self, weight=time_decay(self.weight, hours, self.reinforced_count))


def spread_seed(similarity: float, strength: float, salience: float) -> float:
    """neurram's start of a spreading: how active a memory is that a cue resembles."""
    return similarity * strength * (0.5 + salience / 2)


def spread_hop(activation: float, weight: float, hops: int) -> float:
    """What is left of an activation after so many hops over links of this weight, after neurram.

    0.6 of the weighted level passes each hop, and nothing below 0.08.
    """
    for _ in range(hops):
        activation *= _RAM_HOP * weight
        if activation < _RAM_FLOOR:
            return 0.0
    return activation
