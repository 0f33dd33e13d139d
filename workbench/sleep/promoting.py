"""The phase that moves memories into long-term memory, each to the region of its kind.

Recalled three times, of great salience, or matured into knowledge (`memory.regions.stores`).
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
    """The facts that have earned it and are not kept yet, by id."""
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
    """Keep some of what was planned."""
    assert night.run is not None
    return {"consolidated": merging.retain(night.strengths, connection, night.run, items)}


def _worthy(night: Night, connection: sqlite3.Connection, ids: Sequence[int]) -> list[int]:
    stored = held.by_ids(connection, ids)
    # What was used and is not written yet, as in a preview.
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
    """Whether the words of a fact alone are reason to promote it, though it was never used."""
    return stores.worthy(0, salience(text), stages.Stage.SHORT_TERM)
