"""Deliberate recall."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.memory.facts.index import FactIndex
from workbench.store import changes

#: What a deliberate recall adds to a strength.
_RECALL = 1.0


@dataclass(frozen=True, slots=True)
class Reinforced:
    """What a deliberate recall did: of how many memories, and as which change, 0 for none."""

    count: int
    change: int = 0


def reinforce(index: FactIndex, engrams: Sequence[int]) -> Reinforced:
    """Recall these deliberately: they grow stronger and count again."""

    def work(connection: sqlite3.Connection) -> Reinforced:
        with changes.act(connection, "reinforced", index.store.clock()) as change:
            count = len(index.strengths.strengthen(connection, engrams, _RECALL))
        return Reinforced(count, change)

    if not engrams:
        return Reinforced(0)
    index.strengths.flush()
    return index.store.write(work)
