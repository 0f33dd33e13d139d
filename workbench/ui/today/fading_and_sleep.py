"""Gathers what Today shows of fading and sleep, on a worker.

Strengths change with every moment: numbers are those that are shown, so that nothing counts as new
which looks the same.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workbench.memory.fading.records import Fading
from workbench.sleep.records import Proposal, SleepState
from workbench.ui.fading.model import WITHIN

if TYPE_CHECKING:
    from workbench.library import Library

#: So many fading memories and ideas are shown.
MAX_FADING, MAX_IDEAS = 3, 3
_DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Rested:
    """Fading first of all, how many more there are; how sleep stands; ideas."""

    fading: tuple[Fading, ...] = ()
    fading_total: int = 0
    #: Whether the total is counted to the end, else there are at least so many.
    complete: bool = True
    sleep: SleepState | None = None
    ideas: tuple[Proposal, ...] = ()
    ideas_total: int = 0


def rested(library: "Library") -> Rested:
    """Gather it."""
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
