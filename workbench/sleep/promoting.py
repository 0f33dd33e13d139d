"""The phase that retains memories in long-term memory, each in the region of its kind.

A memory qualifies if recalled three times, highly salient, or matured into knowledge
(`memory.regions.stores`).
"""

import sqlite3
from collections.abc import Sequence

from workbench.memory import stages
from workbench.memory.facts import merging
from workbench.memory.regions import stores
from workbench.memory.regions.salience import salience
from workbench.sleep.night import Night, Tally
from workbench.store import facts as rows
from workbench.store import strengths as held

_CHUNK = 2000


def plan(night: Night) -> list[int]:
    """The ids of facts that qualify and are not retained yet."""
    promoted: list[int] = []
    total = sum(night.index.count(scope) for scope in night.scopes)
    examined = 0
    with night.store.read() as connection:
        for scope in night.scopes:
            ids = sorted(night.index.all(scope))
            for start in range(0, len(ids), _CHUNK):
                promoted += _worthy(night, connection, ids[start : start + _CHUNK])
                examined += _CHUNK
                night.report_progress(
                    "looking at what has earned to be kept", min(examined, total), total
                )
    night.tally["examined"] = total
    return sorted(promoted)


def work(night: Night, connection: sqlite3.Connection, items: Sequence[int]) -> Tally:
    """Retain a slice of the plan."""
    assert night.run is not None
    return {"consolidated": merging.retain(night.strengths, connection, night.run, items)}


def _worthy(night: Night, connection: sqlite3.Connection, ids: Sequence[int]) -> list[int]:
    stored = held.by_ids(connection, ids)
    # Uses that are not written yet count, too, as in a preview.
    for id, row in night.strengths.unwritten(connection, ids).items():
        stored[id] = row
    texts = rows.texts(connection, [id for id in ids if id not in stored])
    worthy = [id for id, text in texts.items() if _striking(text)]
    for row in stored.values():
        stage = stages.stage(row.came, row.ripe, night.start)
        if row.kept is None and stores.worthy(row.uses, row.salience, stage):
            worthy.append(row.engram)
    return worthy


def _striking(text: str) -> bool:
    """Whether a fact that was never used qualifies by its words."""
    return stores.worthy(0, salience(text), stages.Stage.SHORT_TERM)
