"""Sleeps in the log of changes, with their progress; and days of use."""

import json
import sqlite3
from typing import Any

from workbench.store import changes, meta
from workbench.store.changes import Change
from workbench.store.queries import select_one

#: Settings of sleep that differ from the defaults, as JSON.
SETTINGS = "sleep_settings"
#: The days of use since the epoch, in order, as JSON.
_DAYS = "sleep_days"
_DAY = 24 * 3600.0
#: The kind of a sleep among the changes.
KIND = "sleep"
_SLEEP = f"kind = '{KIND}'"


# -- runs ------------------------------------------------------------------------------------------


def begin(
    connection: sqlite3.Connection, scope: int | None, why: str, begun: float, asked: dict[str, Any]
) -> int:
    """Insert a new sleep; returns its id."""
    asked = {**asked, "newest": newest(connection)}
    return changes.begin(connection, KIND, begun, scope=scope, why=why, state="asleep", asked=asked)


def advance(
    connection: sqlite3.Connection, run: int, phase: str, cursor: Any, tally: dict[str, float]
) -> None:
    """Store the progress of a sleep."""
    connection.execute(
        "UPDATE change SET phase = ?, cursor = ?, report = ? WHERE id = ?",
        (phase, json.dumps(cursor), json.dumps(tally), run),
    )


def by_id(connection: sqlite3.Connection, run: int) -> Change | None:
    """A sleep by id, or None."""
    change = changes.by_id(connection, run)
    return change if change is not None and change.kind == KIND else None


def latest(connection: sqlite3.Connection, limit: int) -> list[Change]:
    """The latest sleeps, newest first."""
    return changes.changes(connection, _SLEEP, limit=limit)


def latest_effective(
    connection: sqlite3.Connection,
    scope: int | None,
    *,
    any_scope: bool = True,
    asleep: bool = True,
) -> Change | None:
    """The latest sleep that was not undone: of any scope, or of exactly this one.

    Without `asleep`, running and interrupted ones are skipped.
    """
    test = ("" if any_scope else "AND scope IS ? ") + ("" if asleep else "AND state <> 'asleep' ")
    values = () if any_scope else (scope,)
    rows = changes.changes(connection, f"{_SLEEP} AND state <> 'undone' {test}", *values, limit=1)
    return rows[0] if rows else None


def unfinished(connection: sqlite3.Connection) -> Change | None:
    """The latest sleep that has neither ended nor been undone completely."""
    rows = changes.changes(connection, f"{_SLEEP} AND state NOT IN ('done', 'undone')", limit=1)
    return rows[0] if rows else None


def latest_starts(
    connection: sqlite3.Connection, now: float, but: int | None
) -> dict[int | None, float]:
    """The start of the latest effective sleep by scope (None: the whole library), except `but`.

    Starts after `now` come from another clock, and are ignored.
    """
    rows = connection.execute(
        "SELECT scope, max(begun) FROM change WHERE kind = 'sleep' AND state <> 'undone' "
        "AND begun <= ? AND id IS NOT ? GROUP BY scope",
        (now, but),
    )
    return {scope: float(started) for scope, started in rows}


def has_activity(
    connection: sqlite3.Connection, start: float | None, newest: int, now: float
) -> bool:
    """Whether anything was told after the engram `newest`, or used, since `start`.

    None: there was no sleep. If `start` is after `now`, it comes from another clock: all uses
    count, and told statements count by id.
    """
    after = -1.0 if start is None or start > now else start
    row = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM fact WHERE engram > ?2 AND told > ?1) "
        "OR EXISTS (SELECT 1 FROM strength WHERE used > ?1 AND used <= ?3 AND uses > 0)",
        (after, newest, now),
    ).fetchone()
    return bool(row[0])


def newest(connection: sqlite3.Connection) -> int:
    """The highest engram id; 0 for none."""
    (result,) = select_one(connection, "SELECT max(id) FROM engram")
    return int(result or 0)


# -- days of use -----------------------------------------------------------------------------------


def in_use(connection: sqlite3.Connection, at: float) -> None:
    """Record a day of use by a time in seconds since the epoch."""
    recorded = days(connection)
    day = int(at // _DAY)
    if day not in recorded:
        meta.dump(connection, _DAYS, sorted([*recorded, day]))


def days(connection: sqlite3.Connection) -> list[int]:
    """The days of use since the epoch, in order."""
    return list(meta.load(connection, _DAYS) or [])


# -- settings --------------------------------------------------------------------------------------


def settings(connection: sqlite3.Connection) -> dict[str, Any]:
    """The settings of sleep that differ from the defaults."""
    return dict(meta.load(connection, SETTINGS) or {})


def store_settings(connection: sqlite3.Connection, changed: dict[str, Any]) -> None:
    """Store the settings of sleep that differ from the defaults."""
    meta.dump(connection, SETTINGS, changed)
