"""Deliberate recall, and its undo."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.memory.facts.index import FactIndex
from workbench.store import strengths as rows
from workbench.store.strengths import StrengthRow

#: What a deliberate recall adds to a strength.
_RECALL = 1.0


@dataclass(frozen=True, slots=True)
class Recalled:
    """One memory that was recalled: its strength and its last uses before (None: it had none)."""

    before: StrengthRow | None
    log: bytes | None
    after: StrengthRow


@dataclass(frozen=True, slots=True)
class Reinforced:
    """What a deliberate recall did; `undo` takes it back."""

    recalled: tuple[Recalled, ...]

    @property
    def count(self) -> int:
        """How many memories that were."""
        return len(self.recalled)


def reinforce(index: FactIndex, engrams: Sequence[int]) -> Reinforced:
    """Recall these deliberately: they grow stronger and count again."""

    def work(connection: sqlite3.Connection) -> Reinforced:
        previous, logs = rows.by_ids(connection, engrams), rows.logs(connection, engrams)
        strengthened = index.strengths.strengthen(connection, engrams, _RECALL)
        after = rows.by_ids(connection, list(strengthened))
        return Reinforced(
            tuple(Recalled(previous.get(id), logs.get(id), row) for id, row in after.items())
        )

    if not engrams:
        return Reinforced(())
    index.strengths.flush()
    return index.store.write(work)


def undo(index: FactIndex, reinforced: Reinforced) -> Reinforced:
    """Put back what was before; returns that. What was used or changed since stays as it is."""

    def work(connection: sqlite3.Connection) -> Reinforced:
        current = rows.by_ids(
            connection, [recalled.after.engram for recalled in reinforced.recalled]
        )
        same = [
            recalled
            for recalled in reinforced.recalled
            if current.get(recalled.after.engram) == recalled.after
        ]
        ids = [recalled.after.engram for recalled in same]
        rows.drop(
            connection, [recalled.after.engram for recalled in same if recalled.before is None]
        )
        back = [recalled.before for recalled in same if recalled.before is not None]
        index.strengths.store(connection, back, rows.came(connection, ids))
        rows.put_logs(connection, {recalled.after.engram: recalled.log for recalled in same})
        return Reinforced(tuple(same))

    if not reinforced.recalled:
        return reinforced
    index.strengths.flush()
    return index.store.write(work)
