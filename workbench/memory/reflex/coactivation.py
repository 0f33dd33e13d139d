"""Co-activation: what several anchors reach at once is bound together (Hebb).

Bound one concept at a time, as NeuralMemory's guide describes it: the binding is the mean level
over all anchor sets, so that what three of three sets reach fully is bound with 1.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Member = TypeVar("Member", bound=Hashable)

#: Milliseconds within which anchors count as active at once: one question.
WINDOW_MS = 500


@dataclass(frozen=True, slots=True)
class CoActivation(Generic[Member]):
    """A concept that several anchor sets reached; `sources` are the places of these sets."""

    concept: Member
    count: int
    strength: float
    sources: tuple[int, ...]


def co_activated(
    sets: Sequence[Mapping[Member, float]], least: int = 2
) -> list[CoActivation[Member]]:
    """The concepts that at least so many anchor sets reached, the strongest binding first."""
    reached: dict[Member, list[int]] = {}
    for place, levels in enumerate(sets):
        for concept in levels:
            reached.setdefault(concept, []).append(place)
    found = [
        CoActivation(
            concept,
            len(places),
            min(1.0, sum(sets[place][concept] for place in places) / len(sets)),
            tuple(places),
        )
        for concept, places in reached.items()
        if len(places) >= least
    ]
    return sorted(found, key=lambda each: (-each.strength, -each.count))
