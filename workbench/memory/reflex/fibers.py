"""Fibers: the ordered concepts of one statement, which conduct activation.

After NeuralMemory's fiber (package neural-memory, 4.63 and the published guide). A
fiber is never changed: every operation returns another one.
"""

import math
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from typing import Generic, Self, TypeVar

from workbench.errors import UsageError

Member = TypeVar("Member", bound=Hashable)

#: What conducting adds to the conductivity.
CONDUCTING = 0.02


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
