"""Archives memories and restores them: still found, but ranked last and labelled."""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from workbench.errors import UsageError
from workbench.memory.facts.index import FactIndex
from workbench.store import strengths as rows
from workbench.store.strengths import RELEASED


def archive(index: FactIndex, engrams: Sequence[int]) -> int:
    """Archive memories manually; returns how many were not archived. Nothing is deleted.

    Raises `UsageError` for pinned ones; then none is.
    """
    strengths = index.strengths

    def work(connection: sqlite3.Connection) -> int:
        created = rows.origins(connection, engrams)
        stored = strengths.stored(connection, created)
        if any(row.pinned for row in stored.values()):
            raise UsageError("What is pinned stays.", "Let it fade again first, then let it go.")
        after = [
            replace(row, archived=RELEASED) for row in stored.values() if row.archived != RELEASED
        ]  # fmt: skip
        strengths.store(connection, after, created)
        return len(after)

    strengths.flush()
    return index.store.write(work, act="archived")


def take_back(index: FactIndex, engrams: Sequence[int]) -> int:
    """Restore archived or released memories; returns how many there were."""
    strengths = index.strengths

    def work(connection: sqlite3.Connection) -> int:
        created = rows.origins(connection, engrams)
        archived = {
            id: replace(row, archived=None)
            for id, row in rows.by_ids(connection, list(created)).items()
            if row.archived is not None
        }
        # A row that only recorded the release is no longer needed.
        new = {id for id, row in archived.items() if row == strengths.new(id, created[id])}
        rows.drop(connection, new)
        strengths.store(connection, [row for id, row in archived.items() if id not in new], created)
        return len(archived)

    strengths.flush()
    return index.store.write(work, act="archived no more")
