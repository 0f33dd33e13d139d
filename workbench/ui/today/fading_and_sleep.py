"""Loads fading memories and the state of sleep for Today on a worker.

Strengths change continuously: they are rounded as displayed, so that equal results compare equal.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workbench.memory.fading.records import Fading
from workbench.sleep.records import Proposal, SleepState
from workbench.ui.shelf.calls import WITHIN

if TYPE_CHECKING:
    from workbench.library import Library

#: Maximum numbers of fading memories and ideas to show.
MAX_FADING, MAX_IDEAS = 3, 3
_DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Rested:
    """Fading memories with their total, the state of sleep, and ideas."""

    fading: tuple[Fading, ...] = ()
    fading_total: int = 0
    #: Whether the total is exact, else a lower bound.
    complete: bool = True
    sleep: SleepState | None = None
    ideas: tuple[Proposal, ...] = ()
    ideas_total: int = 0


def rested(library: "Library") -> Rested:
    """Load everything."""
    result = library.memory.fading(within_days=WITHIN, limit=MAX_FADING)
    ideas = library.sleep.proposals(limit=50) if library.sleep.configure().propose else []
    return Rested(
        tuple(map(_round_values, result.items)),
        result.total,
        result.complete,
        library.sleep.state(),
        tuple(ideas[:MAX_IDEAS]),
        len(ideas),
    )


def _round_values(fading: Fading) -> Fading:
    return replace(
        fading, strength=round(fading.strength, 2), fades_at=fading.fades_at // _DAY * _DAY
    )
