"""The phase that limits what feedback has taught the links of each concept.

If the links from a concept have learned more in total than the set point, they are scaled down to
it evenly, as neurons scale their synapses to hold their rate (Turrigiano 2008); weights below the
resolution of the brain are pruned. The associations and their evidence stay. Concepts within bounds
are not touched, so that a second sleep changes nothing.
"""

import sqlite3
from collections.abc import Mapping, Sequence

from workbench.brain.engine.eligibility import renormalised
from workbench.sleep.night import Night, Tally
from workbench.store import changes, synapses
from workbench.store.synapses import Pair


def plan(night: Night, ahead: Mapping[Pair, float] | None = None) -> list[int]:
    """The concepts whose links are to be scaled; `ahead` has the links that a preview foresees."""
    return sorted({head for head, _ in foreseen(night, ahead or {})})


def foreseen(night: Night, ahead: Mapping[Pair, float]) -> dict[Pair, float]:
    """The links that would change, 0 where they would be pruned."""
    # Concepts belong to the whole library.
    if night.scope is not None:
        return {}
    with night.store.read() as connection:
        return renormalised({**synapses.load(connection), **ahead})


def work(night: Night, connection: sqlite3.Connection, items: Sequence[int]) -> Tally:
    """Scale the links of a slice of the plan."""
    after = renormalised(synapses.leaving(connection, items))
    synapses.scale(connection, after)
    return {"balanced": changes.step(connection)}
