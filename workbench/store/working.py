"""Rows of working memory: when facts were last recalled or rehearsed.

When a fact was told stands with the fact, so that telling writes nothing here.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping


def touch(connection: sqlite3.Connection, moments: Mapping[int, float], slots: int) -> None:
    """Facts came to mind at these moments; of each scope the latest `slots` are kept."""
    connection.executemany(
        "INSERT INTO in_mind(engram, scope, at) SELECT engram, scope, ?2 FROM fact "
        "WHERE engram = ?1 ON CONFLICT(engram) DO UPDATE SET at = max(at, excluded.at)",
        list(moments.items()),
    )
    scopes = connection.execute(
        "SELECT DISTINCT scope FROM in_mind WHERE engram IN (SELECT value FROM json_each(?))",
        (json.dumps(list(moments)),),
    ).fetchall()
    connection.executemany(
        "DELETE FROM in_mind WHERE engram IN (SELECT engram FROM in_mind WHERE scope = ? "
        "ORDER BY at DESC, engram DESC LIMIT -1 OFFSET ?)",
        [(scope, slots) for (scope,) in scopes],
    )


def stay(connection: sqlite3.Connection, engrams: Iterable[int], at: float) -> None:
    """Facts that are in mind are so from `at` on."""
    connection.execute(
        "UPDATE in_mind SET at = ?1 WHERE at < ?1 AND engram IN (SELECT value FROM json_each(?2))",
        (at, json.dumps(list(engrams))),
    )


def touched(connection: sqlite3.Connection, scope: int) -> dict[int, float]:
    """When facts of a scope were in mind last, but for their telling."""
    rows = connection.execute("SELECT engram, at FROM in_mind WHERE scope = ?", (scope,))
    return {int(engram): float(at) for engram, at in rows}


def move(connection: sqlite3.Connection, engram: int, to: int) -> None:
    """What was in mind of one fact is of another from now on."""
    connection.execute(
        "UPDATE OR REPLACE in_mind SET engram = ? WHERE engram = ?", (to, engram)
    )  # fmt: skip
