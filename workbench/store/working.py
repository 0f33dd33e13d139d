"""Working memory: when facts were last recalled or rehearsed, a few of each scope, in `meta`.

When a fact was told stands with the fact, so that telling writes nothing here.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping

from workbench.store import meta

#: Facts that are kept of all scopes together.
_KEPT = 700


def touch(connection: sqlite3.Connection, moments: Mapping[int, float], slots: int) -> None:
    """Facts came to mind at these moments; of each scope the latest `slots` are kept."""
    stored = _moments(connection)
    latest = stored | {id: max(at, stored.get(id, at)) for id, at in moments.items()}
    rows = connection.execute(
        "SELECT engram, at FROM (SELECT f.engram, j.value AS at, row_number() OVER (PARTITION BY "
        "f.scope ORDER BY j.value DESC, f.engram DESC) AS place FROM json_each(?) j "
        "JOIN fact f ON f.engram = j.key) WHERE place <= ? ORDER BY at DESC LIMIT ?",
        (json.dumps(latest), slots, _KEPT),
    )
    meta.dump(connection, meta.IN_MIND, dict(rows.fetchall()))


def stay(connection: sqlite3.Connection, engrams: Iterable[int], at: float) -> None:
    """Facts that are in mind are so from `at` on."""
    stored = _moments(connection)
    later = {id: max(at, stored[id]) for id in engrams if id in stored}
    meta.dump(connection, meta.IN_MIND, stored | later)


def touched(connection: sqlite3.Connection, scope: int) -> dict[int, float]:
    """When facts of a scope were in mind last, but for their telling."""
    rows = connection.execute(
        "SELECT f.engram, j.value FROM meta m, json_each(m.value) j JOIN fact f "
        "ON f.engram = j.key WHERE m.key = 'in_mind' AND f.scope = ?",
        (scope,),
    )
    return dict(rows.fetchall())


def move(connection: sqlite3.Connection, engram: int, to: int) -> None:
    """What was in mind of one fact is of another from now on."""
    stored = _moments(connection)
    if engram in stored:
        stored[to] = stored.pop(engram)
        meta.dump(connection, meta.IN_MIND, stored)


def _moments(connection: sqlite3.Connection) -> dict[int, float]:
    stored = meta.load(connection, meta.IN_MIND) or {}
    return {int(engram): at for engram, at in stored.items()}
