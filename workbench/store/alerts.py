"""Alerts and their states, stored in one row of `meta`."""

import sqlite3
from collections.abc import Iterable
from dataclasses import astuple, dataclass, replace

from workbench.store import meta

RESOLVED = "resolved"
#: Resolved alerts kept of each type.
_HISTORY = 20
#: Keys of all alerts (JSON, by id), and of the number ever raised.
_ALERTS, _RAISED = "alerts", "alerts_raised"


@dataclass(frozen=True, slots=True)
class AlertRow:
    """An alert; `collection` is 0 for the whole library, times are in seconds since the epoch.

    `previous` is its status before its cause vanished; None if the user resolved it.
    """

    id: int
    collection: int
    type: str
    status: str
    previous: str | None
    raised: float
    changed: float
    value: float
    bound: float


def unresolved(connection: sqlite3.Connection, collection: int) -> dict[str, AlertRow]:
    """The unresolved alerts of a collection, by type."""
    return {
        row.type: row
        for row in _all(connection)
        if row.collection == collection and row.status != RESOLVED
    }


def latest_resolved(connection: sqlite3.Connection, collection: int) -> dict[str, AlertRow]:
    """The last resolved alert of each type."""
    return {row.type: row for row in reversed(resolved(connection, collection))}


def resolved(connection: sqlite3.Connection, collection: int) -> list[AlertRow]:
    """The resolved alerts of a collection, the latest first."""
    rows = [row for row in _all(connection) if row.collection == collection]
    return sorted(
        (row for row in rows if row.status == RESOLVED),
        key=lambda row: (row.changed, row.id),
        reverse=True,
    )


def by_id(connection: sqlite3.Connection, id: int) -> AlertRow | None:
    """An alert by id, or None."""
    return next((row for row in _all(connection) if row.id == id), None)


def insert(
    connection: sqlite3.Connection,
    collection: int,
    type: str,
    now: float,
    value: float,
    bound: float,
) -> None:
    """Raise an alert; the oldest resolved ones of its type are deleted."""
    meta.count(connection, _RAISED)
    id = meta.number(connection, _RAISED)
    outdated = [row for row in resolved(connection, collection) if row.type == type][_HISTORY:]
    rows = [row for row in _all(connection) if row not in outdated]
    _store(
        connection, [*rows, AlertRow(id, collection, type, "active", None, now, now, value, bound)]
    )


def change(
    connection: sqlite3.Connection, id: int, status: str, previous: str | None, now: float
) -> None:
    """Set the status of an alert."""
    _store(
        connection,
        [
            replace(row, status=status, previous=previous, changed=now) if row.id == id else row
            for row in _all(connection)
        ],
    )


def remove(connection: sqlite3.Connection, collection: int) -> None:
    """Delete the alerts of a collection."""
    _store(connection, (row for row in _all(connection) if row.collection != collection))


def _all(connection: sqlite3.Connection) -> list[AlertRow]:
    return [AlertRow(*row) for row in meta.load(connection, _ALERTS) or ()]


def _store(connection: sqlite3.Connection, rows: Iterable[AlertRow]) -> None:
    meta.dump(connection, _ALERTS, list(map(astuple, rows)))
