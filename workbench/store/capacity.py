"""The capacity of a scope: beyond it the oldest facts are removed and counted."""

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
        "ON CONFLICT(scope) DO UPDATE SET most = excluded.most, held = NULL, oldest = 0",
        (scope, most),
    )


def enforce(connection: sqlite3.Connection, scope: int, added: int | None = None) -> int:
    """Remove the oldest facts that a scope has no room for; returns how many went.

    To be called inside the transaction that added some. `added` says how many: then they are not
    all counted again, unless some were removed or came in another way meanwhile.
    """
    row = connection.execute(
        "SELECT most, held, seen, oldest FROM capacity WHERE scope = ? AND most IS NOT NULL",
        (scope,),
    ).fetchone()
    if row is None:
        return 0
    most, held, seen, oldest = row
    if added is None or held is None or seen != _removals(connection):
        held = facts.count(connection, scope)
    else:
        held += added
    gone = facts.oldest(connection, scope, oldest, held - most) if held > most else []
    if gone:
        facts.remove(connection, gone)
        held, oldest = held - len(gone), gone[-1] + 1
    connection.execute(
        "UPDATE capacity SET held = ?, seen = ?, oldest = ?, dropped = dropped + ? WHERE scope = ?",
        (held, _removals(connection), oldest, len(gone), scope),
    )
    return len(gone)


def unsure(connection: sqlite3.Connection, scope: int) -> None:
    """Facts came into a scope in another way than by being told: they are to be counted again."""
    connection.execute("UPDATE capacity SET held = NULL, oldest = 0 WHERE scope = ?", (scope,))


def _removals(connection: sqlite3.Connection) -> int:
    """How many facts have ever been removed from the library."""
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'fact_gone'").fetchone()
    return 0 if row is None else int(row[0])


def remove(connection: sqlite3.Connection, scope: int) -> None:
    """Forget what a scope keeps at most, and what has left it."""
    connection.execute("DELETE FROM capacity WHERE scope = ?", (scope,))
