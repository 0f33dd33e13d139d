"""A neuron's state, a synapse and a fiber of NeuralMemory, for the portable cases.

Their arithmetic is the engine's, which stores rows instead of objects. With them stands the hop of
neurram, which the engine does not take.
"""

import math
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from typing import Generic, Self, TypeVar

from workbench.errors import UsageError
from workbench.memory.concepts.records import AssociationType
from workbench.memory.plasticity import hebb
from workbench.memory.reflex.activation import gate, level_decay
from workbench.memory.reflex.settings import DEFAULTS, BrainConfig
from workbench.memory.reflex.synapses import time_decay
from workbench.memory.reflex.trails import CONDUCTING
from workbench.store.concept_mentions import UNDIRECTED

Member = TypeVar("Member", bound=Hashable)

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


@dataclass(frozen=True, slots=True)
class Fiber(Generic[Member]):
    """The concepts of one memory and the way through them.

    `anchor`, by which it is entered, and all of the ordered `pathway` are `members`.
    `conductivity`, how well activation passes, and `salience`, how much the memory matters, are
    from 0 to 1. `frequency` counts how often it was conducted, `last_conducted` is when, in seconds
    since the epoch (None: never).
    Raises `UsageError` for an anchor or a step that is no member.
    """

    members: frozenset[Member]
    anchor: Member
    pathway: tuple[Member, ...]
    conductivity: float = 1.0
    salience: float = 0.0
    frequency: int = 0
    tags: frozenset[str] = frozenset()
    last_conducted: float | None = None

    def __post_init__(self) -> None:
        if self.anchor not in self.members:
            raise UsageError(
                f"The anchor “{self.anchor}” is not among the concepts of this fiber.",
                "Name one of its members.",
            )
        missing = [step for step in self.pathway if step not in self.members]
        if missing:
            raise UsageError(
                f"The pathway leads over “{missing[0]}”, which this fiber does not have.",
                "Leave it out, or add it to the members.",
            )

    @classmethod
    def along(cls, pathway: Iterable[Member], anchor: Member | None = None) -> Self:
        """A fiber whose members are the steps of its pathway; the first is its anchor.

        Raises `UsageError` for a pathway without a step.
        """
        steps = tuple(dict.fromkeys(pathway))
        if not steps:
            raise UsageError("A fiber needs a concept.", "Name at least one.")
        return cls(frozenset(steps), steps[0] if anchor is None else anchor, steps)

    @property
    def pathway_length(self) -> int:
        """How many steps the pathway has."""
        return len(self.pathway)

    def pathway_position(self, member: Member) -> int | None:
        """The place of a concept in the pathway, from 0; None where it is not in it."""
        return self.pathway.index(member) if member in self.pathway else None

    def conduct(self, conducted_at: float, *, reinforce: bool = True) -> Self:
        """The fiber after activation has passed at this moment, in seconds since the epoch."""
        better = self.conductivity + CONDUCTING if reinforce else self.conductivity
        return replace(
            self,
            conductivity=min(better, 1.0),
            frequency=self.frequency + 1,
            last_conducted=conducted_at,
        )

    def with_conductivity(self, conductivity: float) -> Self:
        """The fiber with this conductivity, kept within 0 and 1."""
        return replace(self, conductivity=_unit(conductivity))

    def with_salience(self, salience: float) -> Self:
        """The fiber with this salience, kept within 0 and 1."""
        return replace(self, salience=_unit(salience))

    def add_tags(self, *tags: str) -> Self:
        """The fiber with more tags; none stands twice, and case does not tell them apart."""
        more = (tag.strip().casefold() for tag in tags)
        return replace(self, tags=self.tags | {tag for tag in more if tag})


def _unit(value: float) -> float:
    if math.isnan(value):
        raise UsageError("This must be a number from 0 to 1.")
    return min(max(float(value), 0.0), 1.0)


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
