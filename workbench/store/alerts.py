"""The table of alerts and their states."""

import sqlite3
from dataclasses import dataclass

RESOLVED = "resolved"
#: Resolved alerts of one type that are kept.
_KEPT = 20


@dataclass(frozen=True, slots=True)
class AlertRow:
    """An alert; `collection` is 0 for the whole library, times are in seconds since the epoch.

    `before` is the status it had until its cause was gone; None where somebody resolved it.
    """

    id: int
    collection: int
    type: str
    status: str
    before: str | None
    raised: float
    changed: float
    value: float
    bound: float


_ROWS = "SELECT id, collection, type, status, before, raised, changed, value, bound FROM alert"


def opened(connection: sqlite3.Connection, collection: int) -> dict[str, AlertRow]:
    """The alerts of a collection that are not resolved, by type."""
    rows = connection.execute(
        f"{_ROWS} WHERE collection = ? AND status <> 'resolved'", (collection,)
    )
    return {row[2]: AlertRow(*row) for row in rows}


def latest_resolved(connection: sqlite3.Connection, collection: int) -> dict[str, AlertRow]:
    """The alert of each type that was resolved last."""
    rows = connection.execute(
        f"{_ROWS} WHERE collection = ? AND status = 'resolved' ORDER BY changed, id", (collection,)
    )
    return {row[2]: AlertRow(*row) for row in rows}


def resolved(connection: sqlite3.Connection, collection: int) -> list[AlertRow]:
    """The alerts of a collection that are resolved, the latest first."""
    rows = connection.execute(
        f"{_ROWS} WHERE collection = ? AND status = 'resolved' ORDER BY changed DESC, id DESC",
        (collection,),
    )
    return [AlertRow(*row) for row in rows]


def by_id(connection: sqlite3.Connection, id: int) -> AlertRow | None:
    """One alert; None where there is none of that number."""
    row = connection.execute(f"{_ROWS} WHERE id = ?", (id,)).fetchone()
    return None if row is None else AlertRow(*row)


def insert(
    connection: sqlite3.Connection,
    collection: int,
    type: str,
    now: float,
    value: float,
    bound: float,
) -> None:
    """Raise an alert, and forget the oldest of its type."""
    connection.execute(
        "INSERT INTO alert(collection, type, status, raised, changed, value, bound) "
        "VALUES (?, ?, 'active', ?, ?, ?, ?)",
        (collection, type, now, now, value, bound),
    )
    connection.execute(
        "DELETE FROM alert WHERE id IN (SELECT id FROM alert WHERE collection = ? AND type = ? "
        "AND status = 'resolved' ORDER BY changed DESC, id DESC LIMIT -1 OFFSET ?)",
        (collection, type, _KEPT),
    )


def change(
    connection: sqlite3.Connection, id: int, status: str, before: str | None, now: float
) -> None:
    """Give an alert another status."""
    connection.execute(
        "UPDATE alert SET status = ?, before = ?, changed = ? WHERE id = ?",
        (status, before, now, id),
    )
