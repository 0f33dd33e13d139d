"""Deliberate recall."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.memory.facts.index import FactIndex
from workbench.store import changes

#: The strength added by a deliberate recall.
_RECALL = 1.0


@dataclass(frozen=True, slots=True)
class Reinforced:
    """The result of a deliberate recall: the number of memories, and the change id, 0 for none."""

    count: int
    change: int = 0


def reinforce(index: FactIndex, engrams: Sequence[int]) -> Reinforced:
    """Recall these deliberately: they are strengthened and restored."""

    def work(connection: sqlite3.Connection) -> Reinforced:
        with changes.act(connection, "reinforced", index.store.clock()) as change:
            count = len(index.strengths.strengthen(connection, engrams, _RECALL))
        return Reinforced(count, change)

    if not engrams:
        return Reinforced(0)
    index.strengths.flush()
    return index.store.write(work)
