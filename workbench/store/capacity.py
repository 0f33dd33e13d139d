"""How many facts a scope keeps: beyond that number the oldest leave it, and are counted."""

import sqlite3
from dataclasses import dataclass

from workbench.store import facts


@dataclass(frozen=True, slots=True)
class CapacityRow:
    """At most `most` facts (None: any number), and how many have left over that so far."""

    most: int | None
    dropped: int


def of_scope(connection: sqlite3.Connection, scope: int) -> CapacityRow:
    """What a scope keeps, and what has left it."""
    row = connection.execute(
        "SELECT most, dropped FROM capacity WHERE scope = ?", (scope,)
    ).fetchone()
    return CapacityRow(None, 0) if row is None else CapacityRow(*row)


def put(connection: sqlite3.Connection, scope: int, most: int | None) -> None:
    """Say how many facts a scope keeps at most; None is any number."""
    connection.execute(
        "INSERT INTO capacity(scope, most) VALUES (?, ?) "
        "ON CONFLICT(scope) DO UPDATE SET most = excluded.most",
        (scope, most),
    )


def enforce(connection: sqlite3.Connection, scope: int) -> int:
    """Remove the oldest facts that a scope has no room for; returns how many went.

    To be called inside the transaction that added some.
    """
    most = of_scope(connection, scope).most
    if most is None:
        return 0
    gone = facts.remove(connection, facts.oldest_beyond(connection, scope, most))
    if gone:
        connection.execute(
            "UPDATE capacity SET dropped = dropped + ? WHERE scope = ?", (gone, scope)
        )
    return gone


def remove(connection: sqlite3.Connection, scope: int) -> None:
    """Forget what a scope keeps at most, and what has left it."""
    connection.execute("DELETE FROM capacity WHERE scope = ?", (scope,))
