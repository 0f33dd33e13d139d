"""The rows of the vault: locks (in `meta`) and sealed records.

Only `workbench.memory.vault` has the keys to seal and open them; these functions see their
structure, not their content.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from workbench.store import meta
from workbench.store.queries import counted, integers, select, select_one

#: Bytes of a lock's salt, and of the shortest sealed text (version, nonce, authentication tag).
SALT = 16
_MIN_SIZE = 1 + 12 + 16

#: Maximum cost of a lock: a damaged or foreign file must not exhaust memory.
_MAX_MEMORY = 4 << 30
_MAX_LANES = 16


@dataclass(frozen=True, slots=True)
class Cost:
    """The cost of a key derivation: scrypt's parameters (RFC 7914, section 2).

    `n` (a power of two) and `r` set the memory, 128 · n · r bytes; `p` repeats the work. The
    defaults, 128 MiB and 0.3 to 0.5 s, are the first recommendation for scrypt in OWASP's Password
    Storage Cheat Sheet. They apply to new locks; existing ones keep their parameters.
    """

    n: int = 1 << 17
    r: int = 8
    p: int = 1

    @property
    def memory(self) -> int:
        """Bytes of memory for a derivation."""
        return 128 * self.n * self.r

    @property
    def sensible(self) -> bool:
        """Whether the parameters are valid and affordable."""
        return (
            self.n > 1
            and self.n & (self.n - 1) == 0
            and self.r > 0
            and 0 < self.p <= _MAX_LANES
            and self.memory <= _MAX_MEMORY
        )

    def covers(self, other: "Cost") -> bool:
        """Whether this costs at least as much as `other`, in memory and work."""
        return self.memory >= other.memory and self.memory * self.p >= other.memory * other.p


@dataclass(frozen=True, slots=True)
class Lock:
    """The salt and cost for a secret of a scope; reveals nothing about the secret."""

    id: int
    scope: str
    salt: bytes
    cost: Cost


def locks(connection: sqlite3.Connection, scope: str) -> list[Lock]:
    """The locks of a scope, newest first."""
    return [lock for lock in _locks(connection) if lock.scope == scope]


def _locks(connection: sqlite3.Connection) -> list[Lock]:
    """All locks, newest first."""
    rows = sorted(meta.numbered(connection, meta.LOCK).items(), reverse=True)
    return [
        Lock(id, scope, bytes.fromhex(salt), Cost(n, r, p))
        for id, (scope, salt, n, r, p, _) in rows
    ]


def add_lock(connection: sqlite3.Connection, scope: str, salt: bytes, cost: Cost) -> Lock:
    """Add a lock to a scope."""
    id = meta.count(connection, meta.LOCKS)
    meta.dump(connection, f"{meta.LOCK}{id}", [scope, salt.hex(), cost.n, cost.r, cost.p, 0])
    return Lock(id, scope, salt, cost)


def drop_empty(connection: sqlite3.Connection, lock: int) -> None:
    """Remove a lock without records."""
    if not heads(connection, lock):
        meta.remove(connection, f"{meta.LOCK}{lock}")


def exists(connection: sqlite3.Connection, lock: int) -> bool:
    """Whether a lock exists."""
    return meta.get(connection, f"{meta.LOCK}{lock}") is not None


def count_write(connection: sqlite3.Connection, lock: int) -> int:
    """Count a write with an existing lock; returns its number, from 1."""
    key = f"{meta.LOCK}{lock}"
    *row, writes = meta.load(connection, key)
    meta.dump(connection, key, [*row, writes + 1])
    return int(writes) + 1


def scopes(connection: sqlite3.Connection) -> list[str]:
    """The scopes with records, by name."""
    used = set(integers(connection, "SELECT DISTINCT lock FROM vault_record"))
    return sorted({lock.scope for lock in _locks(connection) if lock.id in used})


def heads(connection: sqlite3.Connection, lock: int) -> list[tuple[int, bytes]]:
    """The records of a lock, each with its sealed key."""
    return select(connection, "SELECT id, head FROM vault_record WHERE lock = ?", lock)


def body(connection: sqlite3.Connection, id: int) -> bytes:
    """The sealed value of an existing record."""
    row: bytes = select_one(connection, "SELECT body FROM vault_record WHERE id = ?", id)[0]
    return row


def store(connection: sqlite3.Connection, id: int, lock: int, head: bytes, body: bytes) -> None:
    """Insert or overwrite a record."""
    connection.execute(
        "INSERT INTO vault_record(id, lock, rules, head, body) VALUES (?, ?, 0, ?, ?) "
        "ON CONFLICT(id) DO UPDATE SET lock = excluded.lock, rules = excluded.rules, "
        "head = excluded.head, body = excluded.body",
        (id, lock, head, body),
    )


def drop(connection: sqlite3.Connection, id: int) -> None:
    """Delete a record."""
    connection.execute("DELETE FROM vault_record WHERE id = ?", (id,))


def faults(connection: sqlite3.Connection) -> Iterator[str]:
    """Structural problems of the rows, as sentences; contents are not checked."""
    locks = _locks(connection)
    for lock in locks:
        if len(lock.salt) != SALT or not lock.cost.sensible:
            yield (
                f"Lock {lock.id} of the vault is not as it was made: what it closes cannot be "
                "opened."
            )
    used = set(integers(connection, "SELECT DISTINCT lock FROM vault_record"))
    for id in sorted(used - {lock.id for lock in locks}):
        yield f"Lock {id} of the vault is gone: what it closes cannot be opened."
    query = f"SELECT count(*) FROM vault_record WHERE min(length(head), length(body)) < {_MIN_SIZE}"
    yield from counted(connection, {"{} entries of the vault are not as they were written.": query})
