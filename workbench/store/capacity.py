"""The capacity of a scope: beyond it the oldest facts are removed, and counted."""

import sqlite3
from dataclasses import astuple, dataclass, replace

from workbench.store import changes, facts, meta
from workbench.store.queries import select, select_one


@dataclass(frozen=True, slots=True)
class CapacityRow:
    """A limit of `maximum` facts (None: unlimited), and the number `dropped` because of it.

    `count` is the scope's number of facts (None: unknown) at the time when the library had seen
    `removals` removals; none of its facts has an id below `oldest`.
    """

    maximum: int | None = None
    dropped: int = 0
    count: int | None = None
    removals: int = 0
    oldest: int = 0


def of_scope(connection: sqlite3.Connection, scope: int) -> CapacityRow:
    """The capacity of a scope."""
    return CapacityRow(*(meta.load(connection, _key(scope)) or ()))


def set_maximum(connection: sqlite3.Connection, scope: int, maximum: int | None) -> None:
    """Set the maximum of a scope; None is unlimited."""
    row = of_scope(connection, scope)
    _store(connection, scope, replace(row, maximum=maximum, count=None, oldest=0))


def enforce(connection: sqlite3.Connection, scope: int, added: int | None = None) -> int:
    """Remove the oldest facts beyond the maximum; returns their number.

    Inside the transaction that added facts. `added` is their number, which saves a full count
    unless the cached one is stale.
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


def shrink(connection: sqlite3.Connection, scope: int, now: float) -> int:
    """Enforce a lower maximum, as a permanent deletion; returns how many facts were removed."""
    return changes.erased(connection, "forgotten", enforce(connection, scope), now)


def unsure_everywhere(connection: sqlite3.Connection) -> None:
    """Invalidate the cached counts of all scopes."""
    keys = select(connection, "SELECT key FROM meta WHERE key GLOB 'capacity:*'")
    for (key,) in keys:
        unsure(connection, int(key.split(":")[1]))


def unsure(connection: sqlite3.Connection, scope: int) -> None:
    """Invalidate the cached count of a scope, whose facts changed other than by telling."""
    row = of_scope(connection, scope)
    if row != CapacityRow():
        _store(connection, scope, replace(row, count=None, oldest=0))


def _removals(connection: sqlite3.Connection) -> int:
    """The number of facts ever removed from the library."""
    return int(select_one(connection, facts.REMOVALS)[0])


def remove(connection: sqlite3.Connection, scope: int) -> None:
    """Delete the capacity of a scope."""
    meta.remove(connection, _key(scope))


def _store(connection: sqlite3.Connection, scope: int, row: CapacityRow) -> None:
    meta.dump(connection, _key(scope), astuple(row))


def _key(scope: int) -> str:
    return f"capacity:{scope}"
