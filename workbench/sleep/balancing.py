"""The phase that limits what asking has taught each concept's links.

Where the links that begin at a concept have learned more in all than the set point, they are scaled
down to it alike, as neurons scale their synapses to hold their rate (Turrigiano 2008); what is too
little for the brain to tell from nothing is pruned. The associations themselves, and what states
them, stay as they are. What is within bounds is not touched, so that a second sleep changes
nothing.
"""

import sqlite3
from collections.abc import Mapping, Sequence

from workbench.brain.engine.eligibility import renormalised
from workbench.sleep.night import Night, Tally
from workbench.store import changes, synapses
from workbench.store.synapses import Pair


def plan(night: Night, ahead: Mapping[Pair, float] | None = None) -> list[int]:
    """The concepts whose links are to be settled; `ahead` is what a preview foresees of them."""
    return sorted({head for head, _ in foreseen(night, ahead or {})})


def foreseen(night: Night, ahead: Mapping[Pair, float]) -> dict[Pair, float]:
    """The links that would change, 0 where they go."""
    # Concepts are of the whole library.
    if night.scope is not None:
        return {}
    with night.store.read() as connection:
        return renormalised({**synapses.load(connection), **ahead})


def work(night: Night, connection: sqlite3.Connection, items: Sequence[int]) -> Tally:
    """Settle some of what was planned."""
    after = renormalised(synapses.leaving(connection, items))
    synapses.scale(connection, after)
    return {"balanced": changes.step(connection)}
