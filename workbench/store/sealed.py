"""The rows of the vault: locks (in `meta`) and sealed records.

Here they are only kept. What is in them is made and opened by `workbench.memory.vault`, which alone
knows a key; this room can tell their shape and nothing of what they say.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from workbench.store import meta
from workbench.store.queries import integers

#: Bytes: the salt of a lock, and the least that a sealed text takes (version, nonce, mark of
#: authenticity).
SALT = 16
_MIN_SIZE = 1 + 12 + 16

#: What a lock may cost at most: a damaged or foreign file must not take all memory.
_MAX_MEMORY = 4 << 30
_MAX_LANES = 16


@dataclass(frozen=True, slots=True)
class Cost:
    """What one try of a secret costs: scrypt's parameters (RFC 7914, section 2).

    `n` (a power of two) and `r` set the memory, 128 · n · r bytes; `p` repeats the work. The
    defaults, 128 MiB and 0.3 to 0.5 s, are the first choice for scrypt of OWASP's Password Storage
    Cheat Sheet. They count for new locks; a lock goes on with those that it was made with.
    """

    n: int = 1 << 17
    r: int = 8
    p: int = 1

    @property
    def memory(self) -> int:
        """Bytes that one try takes."""
        return 128 * self.n * self.r

    @property
    def sensible(self) -> bool:
        """Whether it can be worked with at all."""
        return (
            self.n > 1
            and self.n & (self.n - 1) == 0
            and self.r > 0
            and 0 < self.p <= _MAX_LANES
            and self.memory <= _MAX_MEMORY
        )

    def covers(self, other: "Cost") -> bool:
        """Whether this is as dear as `other`, in memory and in work."""
        return self.memory >= other.memory and self.memory * self.p >= other.memory * other.p


@dataclass(frozen=True, slots=True)
class Lock:
    """What belongs to a secret of a scope: salt and cost. It says nothing about the secret."""

    id: int
    scope: str
    salt: bytes
    cost: Cost


def locks(connection: sqlite3.Connection, scope: str) -> list[Lock]:
    """The locks of a scope, the newest first."""
    return [lock for lock in _locks(connection) if lock.scope == scope]


def _locks(connection: sqlite3.Connection) -> list[Lock]:
    """All locks, the newest first."""
    rows = sorted(meta.numbered(connection, meta.LOCK).items(), reverse=True)
    return [
        Lock(id, scope, bytes.fromhex(salt), Cost(n, r, p))
        for id, (scope, salt, n, r, p, _) in rows
    ]


def add_lock(connection: sqlite3.Connection, scope: str, salt: bytes, cost: Cost) -> Lock:
    """Give a scope a lock."""
    id = meta.count(connection, meta.LOCKS)
    meta.dump(connection, f"{meta.LOCK}{id}", [scope, salt.hex(), cost.n, cost.r, cost.p, 0])
    return Lock(id, scope, salt, cost)


def drop_empty(connection: sqlite3.Connection, lock: int) -> None:
    """Remove a lock that nothing lies behind."""
    if not heads(connection, lock):
        meta.remove(connection, f"{meta.LOCK}{lock}")


def exists(connection: sqlite3.Connection, lock: int) -> bool:
    """Whether there still is this lock."""
    return meta.get(connection, f"{meta.LOCK}{lock}") is not None


def count_write(connection: sqlite3.Connection, lock: int) -> int:
    """Number the next write behind a lock that is there, from 1."""
    key = f"{meta.LOCK}{lock}"
    *row, writes = meta.load(connection, key)
    meta.dump(connection, key, [*row, writes + 1])
    return int(writes) + 1


def scopes(connection: sqlite3.Connection) -> list[str]:
    """The scopes that something is kept for, by name."""
    used = set(integers(connection, "SELECT DISTINCT lock FROM vault_record"))
    return sorted({lock.scope for lock in _locks(connection) if lock.id in used})


def heads(connection: sqlite3.Connection, lock: int) -> list[tuple[int, bytes]]:
    """The records behind a lock, each with its sealed key."""
    return connection.execute(
        "SELECT id, head FROM vault_record WHERE lock = ?", (lock,)
    ).fetchall()


def body(connection: sqlite3.Connection, id: int) -> bytes:
    """The sealed value of a record that is there."""
    row: bytes = connection.execute("SELECT body FROM vault_record WHERE id = ?", (id,)).fetchone()[
        0
    ]
    return row


def store(connection: sqlite3.Connection, id: int, lock: int, head: bytes, body: bytes) -> None:
    """Keep a record; what had the id before is overwritten."""
    connection.execute(
        "INSERT INTO vault_record(id, lock, rules, head, body) VALUES (?, ?, 0, ?, ?) "
        "ON CONFLICT(id) DO UPDATE SET lock = excluded.lock, rules = excluded.rules, "
        "head = excluded.head, body = excluded.body",
        (id, lock, head, body),
    )


def drop(connection: sqlite3.Connection, id: int) -> None:
    """Remove a record."""
    connection.execute("DELETE FROM vault_record WHERE id = ?", (id,))


def faults(connection: sqlite3.Connection) -> Iterator[str]:
    """What is wrong with the shape of the rows, as sentences; what they say is not looked at."""
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
    (bad,) = connection.execute(
        f"SELECT count(*) FROM vault_record WHERE min(length(head), length(body)) < {_MIN_SIZE}"
    ).fetchone()
    if bad:
        yield f"{bad} entries of the vault are not as they were written."
