"""The capacity of a scope: beyond it the oldest facts are removed and counted."""

import sqlite3
from dataclasses import astuple, dataclass, replace

from workbench.store import facts, meta


@dataclass(frozen=True, slots=True)
class CapacityRow:
    """At most `maximum` facts (None: any number), and how many have left over that so far.

    The scope held `count` facts (None: nobody knows) when `removals` facts had ever been removed
    from the library, none of its own with an id below `oldest`.
    """

    maximum: int | None = None
    dropped: int = 0
    count: int | None = None
    removals: int = 0
    oldest: int = 0


def of_scope(connection: sqlite3.Connection, scope: int) -> CapacityRow:
    """What a scope keeps, and what has left it."""
    return CapacityRow(*(meta.load(connection, _key(scope)) or ()))


def set_maximum(connection: sqlite3.Connection, scope: int, maximum: int | None) -> None:
    """Say how many facts a scope keeps at most; None is any number."""
    row = of_scope(connection, scope)
    _store(connection, scope, replace(row, maximum=maximum, count=None, oldest=0))


def enforce(connection: sqlite3.Connection, scope: int, added: int | None = None) -> int:
    """Remove the oldest facts that a scope has no room for; returns how many went.

    To be called inside the transaction that added some. `added` says how many: then they are not
    all counted again, unless some were removed or came in another way meanwhile.
    """
    row = of_scope(connection, scope)
    if row.maximum is None:
        return 0
    if added is None or row.count is None or row.removals != _removals(connection):
        count = facts.count(connection, scope)
    else:
        count = row.count + added
    excess = count - row.maximum
    outdated = facts.oldest(connection, scope, row.oldest, excess) if excess > 0 else []
    if outdated:
        facts.remove(connection, outdated)
    _store(
        connection,
        scope,
        CapacityRow(
            row.maximum,
            row.dropped + len(outdated),
            count - len(outdated),
            _removals(connection),
            outdated[-1] + 1 if outdated else row.oldest,
        ),
    )
    return len(outdated)


def unsure_everywhere(connection: sqlite3.Connection) -> None:
    """Facts came back, or went, of any scope: where only some are kept, they are counted again."""
    keys = connection.execute("SELECT key FROM meta WHERE key GLOB 'capacity:*'").fetchall()
    for (key,) in keys:
        unsure(connection, int(key.split(":")[1]))


def unsure(connection: sqlite3.Connection, scope: int) -> None:
    """Facts came into a scope in another way than by being told: they are to be counted again."""
    row = of_scope(connection, scope)
    if row != CapacityRow():
        _store(connection, scope, replace(row, count=None, oldest=0))


def _removals(connection: sqlite3.Connection) -> int:
    """How many facts have ever been removed from the library."""
    return int(connection.execute(facts.REMOVALS).fetchone()[0])


def remove(connection: sqlite3.Connection, scope: int) -> None:
    """Forget what a scope keeps at most, and what has left it."""
    meta.remove(connection, _key(scope))


def _store(connection: sqlite3.Connection, scope: int, row: CapacityRow) -> None:
    meta.dump(connection, _key(scope), astuple(row))


def _key(scope: int) -> str:
    return f"capacity:{scope}"
