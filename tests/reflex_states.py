"""Synapse, fiber and neuron of NeuralMemory, and the hop of neurram, for the portable cases.

The arithmetic is the engine's, which stores rows instead of objects.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from workbench.errors import UsageError
from workbench.memory.concepts.records import AssociationType
from workbench.memory.plasticity import hebb
from workbench.memory.reflex.activation import CONDUCTING, gate, level_decay, time_decay
from workbench.memory.reflex.settings import DEFAULTS, BrainConfig
from workbench.memory.spreading import NEURRAM, Active, spread
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
    """What is left of an activation after so many hops over links of this weight, after neurram."""

    def links(front: Mapping[int, Active[int]]) -> Iterator[tuple[int, int, float]]:
        yield from ((at, at + 1, weight) for at in front)

    if hops < 1:
        return activation
    active = spread({0: activation}, links, NEURRAM, hops)
    return active[hops].level if hops in active else 0.0


@dataclass(frozen=True, slots=True)
class Fiber:
    """The concepts of one memory and the way through them; `last_conducted` in seconds.

    Raises `UsageError` for an anchor or a step that is no member.
    """

    members: frozenset[str]
    anchor: str
    pathway: tuple[str, ...]
    conductivity: float = 1.0
    salience: float = 0.0
    frequency: int = 0
    tags: frozenset[str] = frozenset()
    last_conducted: float | None = None

    def __post_init__(self) -> None:
        for member in (self.anchor, *self.pathway):
            if member not in self.members:
                raise UsageError(f"“{member}” is not among the concepts of this fiber.")

    def conduct(self, conducted_at: float, *, reinforce: bool = True) -> "Fiber":
        """The fiber after activation has passed at this moment."""
        better = self.conductivity + (CONDUCTING if reinforce else 0.0)
        return replace(
            self,
            conductivity=min(better, 1.0),
            frequency=self.frequency + 1,
            last_conducted=conducted_at,
        )

    def with_conductivity(self, value: float) -> "Fiber":
        """The fiber with this conductivity, kept within 0 and 1."""
        return replace(self, conductivity=_unit(value))

    def with_salience(self, value: float) -> "Fiber":
        """The fiber with this salience, kept within 0 and 1."""
        return replace(self, salience=_unit(value))

    def add_tags(self, *tags: str) -> "Fiber":
        """The fiber with more tags; none stands twice, and case does not tell them apart."""
        more = (tag.strip().casefold() for tag in tags)
        return replace(self, tags=self.tags | {tag for tag in more if tag})


def _unit(value: float) -> float:
    if math.isnan(value):
        raise UsageError("This must be a number from 0 to 1.")
    return min(max(float(value), 0.0), 1.0)


@dataclass(frozen=True, slots=True)
class NeuronState:
    """The activity of one concept: `level` from 0 to 1, how often it was activated, and its rest.

    `rests_until` is in milliseconds on the clock that `activate` is given; None: it does not rest.
    """

    level: float = 0.0
    access: int = 0
    rests_until: float | None = None
    threshold: float = DEFAULTS.default_firing_threshold

    @property
    def fired(self) -> bool:
        """Whether it is active enough to fire."""
        return self.level >= self.threshold

    def activate(
        self, level: float, at_ms: float, settings: BrainConfig = DEFAULTS
    ) -> "NeuronState":
        """The state after a stimulus of this level; the same one while it rests."""
        if self.rests_until is not None and at_ms < self.rests_until:
            return self
        reached = gate(level, settings.sigmoid_steepness)
        rests = self.rests_until
        if reached >= self.threshold:
            rests = at_ms + settings.default_refractory_ms
        return replace(self, level=reached, access=self.access + 1, rests_until=rests)

    def with_level(self, level: float) -> "NeuronState":
        """The state at this level, kept within 0 and 1."""
        return replace(self, level=min(max(float(level), 0.0), 1.0))

    def decay(self, days: float, rate: float = DEFAULTS.decay_rate) -> "NeuronState":
        """The state after so many days without a stimulus."""
        return replace(self, level=level_decay(self.level, rate, days))
