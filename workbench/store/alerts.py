"""Alerts and their states, a row of `meta`."""

import sqlite3
from collections.abc import Iterable
from dataclasses import astuple, dataclass, replace

from workbench.store import meta

RESOLVED = "resolved"
#: Resolved alerts of one type that are kept.
_HISTORY = 20
#: All alerts as a JSON list of rows in the order of their ids, and how many were ever raised.
_ALERTS, _RAISED = "alerts", "alerts_raised"


@dataclass(frozen=True, slots=True)
class AlertRow:
    """An alert; `collection` is 0 for the whole library, times are in seconds since the epoch.

    `previous` is the status it had until its cause was gone; None where somebody resolved it.
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
    """The alerts of a collection that are not resolved, by type."""
    return {
        row.type: row
        for row in _all(connection)
        if row.collection == collection and row.status != RESOLVED
    }


def latest_resolved(connection: sqlite3.Connection, collection: int) -> dict[str, AlertRow]:
    """The alert of each type that was resolved last."""
    return {row.type: row for row in reversed(resolved(connection, collection))}


def resolved(connection: sqlite3.Connection, collection: int) -> list[AlertRow]:
    """The alerts of a collection that are resolved, the latest first."""
    rows = [row for row in _all(connection) if row.collection == collection]
    return sorted(
        (row for row in rows if row.status == RESOLVED),
        key=lambda row: (row.changed, row.id),
        reverse=True,
    )


def by_id(connection: sqlite3.Connection, id: int) -> AlertRow | None:
    """One alert; None where there is none of that number."""
    return next((row for row in _all(connection) if row.id == id), None)


def insert(
    connection: sqlite3.Connection,
    collection: int,
    type: str,
    now: float,
    value: float,
    bound: float,
) -> None:
    """Raise an alert, and forget the oldest of its type."""
    meta.count(connection, _RAISED)
    id = int(meta.get(connection, _RAISED) or 0)
    outdated = [row for row in resolved(connection, collection) if row.type == type][_HISTORY:]
    rows = [row for row in _all(connection) if row not in outdated]
    _store(
        connection, [*rows, AlertRow(id, collection, type, "active", None, now, now, value, bound)]
    )


def change(
    connection: sqlite3.Connection, id: int, status: str, previous: str | None, now: float
) -> None:
    """Give an alert another status."""
    _store(
        connection,
        [
            replace(row, status=status, previous=previous, changed=now) if row.id == id else row
            for row in _all(connection)
        ],
    )


def remove(connection: sqlite3.Connection, collection: int) -> None:
    """Forget the alerts of a collection."""
    _store(connection, (row for row in _all(connection) if row.collection != collection))


def _all(connection: sqlite3.Connection) -> list[AlertRow]:
    return [AlertRow(*row) for row in meta.load(connection, _ALERTS) or ()]


def _store(connection: sqlite3.Connection, rows: Iterable[AlertRow]) -> None:
    meta.dump(connection, _ALERTS, list(map(astuple, rows)))
