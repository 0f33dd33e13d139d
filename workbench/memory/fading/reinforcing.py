"""Deliberate recall, and its undo."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.memory.facts.index import FactIndex
from workbench.store import fading
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
    """What a deliberate recall did; `undo_reinforcing` takes it back."""

    recalled: tuple[Recalled, ...]

    @property
    def count(self) -> int:
        """How many memories that were."""
        return len(self.recalled)


def reinforce(index: FactIndex, engrams: Sequence[int]) -> Reinforced:
    """Recall these deliberately: they grow stronger and count again."""

    def work(connection: sqlite3.Connection) -> Reinforced:
        before, logs = rows.by_ids(connection, engrams), rows.logs(connection, engrams)
        done = index.strengths.strengthen(connection, engrams, _RECALL)
        after = rows.by_ids(connection, list(done))
        return Reinforced(
            tuple(Recalled(before.get(id), logs.get(id), row) for id, row in after.items())
        )

    if not engrams:
        return Reinforced(())
    index.strengths.flush()
    return index.store.write(work)


def undo(index: FactIndex, done: Reinforced) -> int:
    """Put back what was before; returns how much. What was used or changed since stays as it is."""

    def work(connection: sqlite3.Connection) -> int:
        now = rows.by_ids(connection, [each.after.engram for each in done.recalled])
        same = [each for each in done.recalled if now.get(each.after.engram) == each.after]
        ids = [each.after.engram for each in same]
        fading.drop(connection, [each.after.engram for each in same if each.before is None])
        back = [each.before for each in same if each.before is not None]
        index.strengths.put(connection, back, rows.came(connection, ids))
        rows.drop_logs(connection, [each.after.engram for each in same if each.log is None])
        rows.put_logs(
            connection, {each.after.engram: each.log for each in same if each.log is not None}
        )
        return len(same)

    if not done.recalled:
        return 0
    index.strengths.flush()
    return index.store.write(work)
