"""How strong an engram is, looked up on a worker: what the Inspector says and draws of it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.errors import NotFoundError
from workbench.ui import plots

if TYPE_CHECKING:
    from workbench.library import Library
    from workbench.memory.facts.plastic import Strength
    from workbench.memory.fading.records import Curve


@dataclass(frozen=True, slots=True)
class Strong:
    """An engram, how strong it is by now, and how that came and will go."""

    engram: int
    strength: "Strength"
    curve: "Curve"


def load(library: "Library", engram: int) -> Strong | None:
    """Look it up; None where there is no such engram any more."""
    # Its curve is drawn next: what draws must not be loaded by the window's own thread.
    plots.load()
    result = library.memory.strength(engram)
    if result is None:
        return None
    try:
        return Strong(engram, result, library.memory.curve(engram))
    except NotFoundError:
        # It was taken back between the two.
        return None
