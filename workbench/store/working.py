"""Working memory: the last recalled or rehearsed facts of each scope, in `meta`.

The time of telling is stored with the fact, so telling writes nothing here.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping

from workbench.store import meta

#: Maximum facts of all scopes together.
_KEPT = 700


def touch(connection: sqlite3.Connection, moments: Mapping[int, float], slots: int) -> None:
    """Record recalls of facts at these times; keeps the latest `slots` of each scope."""
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
    """Extend the time of facts that are in working memory to `at`."""
    stored = _moments(connection)
    later = {id: max(at, stored[id]) for id in engrams if id in stored}
    meta.dump(connection, meta.IN_MIND, stored | later)


def touched(connection: sqlite3.Connection, scope: int) -> dict[int, float]:
    """The times of recall of facts in a scope, without tellings."""
    rows = connection.execute(
        "SELECT f.engram, j.value FROM meta m, json_each(m.value) j JOIN fact f "
        "ON f.engram = j.key WHERE m.key = 'in_mind' AND f.scope = ?",
        (scope,),
    )
    return dict(rows.fetchall())


def move(connection: sqlite3.Connection, engram: int, to: int) -> None:
    """Move the entry of a fact to another."""
    stored = _moments(connection)
    if engram in stored:
        stored[to] = stored.pop(engram)
        meta.dump(connection, meta.IN_MIND, stored)


def _moments(connection: sqlite3.Connection) -> dict[int, float]:
    stored = meta.load(connection, meta.IN_MIND) or {}
    return {int(engram): at for engram, at in stored.items()}
