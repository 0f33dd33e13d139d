"""Leases: one process at a time works the queue, and renews its lease.

A lease that has expired, or belongs to a dead process of this machine, can be taken. Work is
fenced: every transaction of a worker checks that it still owns the lease, so a suspended process
cannot interfere with its successor.
"""

import contextlib
import json
import os
import platform
import sqlite3
import time
import uuid
from collections.abc import Callable, Iterator

from workbench.errors import LibraryLockedError
from workbench.store import meta
from workbench.store.leftovers import is_terminated
from workbench.store.store import Store

QUEUE = "queue"
SECONDS = 15.0
RENEW_SECONDS = 4.0


def new_holder() -> str:
    """A globally unique name for a holder."""
    return json.dumps([platform.node(), os.getpid(), uuid.uuid4().hex])


def is_open(
    connection: sqlite3.Connection, holder: str, name: str = QUEUE, *, seconds: float = SECONDS
) -> bool:
    """Whether `holder` can take the lease: it is free, expired, or already its own.

    `seconds` is the duration of leases of this name.
    """
    owner, expires = meta.load(connection, f"{meta.LEASE}{name}") or (None, 0.0)
    if owner in (None, holder):
        return True
    now = time.time()
    # A lease from far in the future was written with another clock.
    return not (now < expires < now + 2 * seconds) or _is_dead(owner)


def acquire(
    connection: sqlite3.Connection, holder: str, name: str = QUEUE, *, seconds: float = SECONDS
) -> bool:
    """Take or renew the lease; False if another process has it."""
    if not is_open(connection, holder, name, seconds=seconds):
        return False
    meta.dump(connection, f"{meta.LEASE}{name}", (holder, time.time() + seconds))
    return True


@contextlib.contextmanager
def acquired(
    store: Store, name: str, locked: Callable[[], LibraryLockedError], *, seconds: float = SECONDS
) -> Iterator[Callable[[sqlite3.Connection], None]]:
    """Hold a lease inside the block; yields a function that renews it within a write.

    Both raise `locked()` if another process has it.
    """
    holder = new_holder()

    def renew(connection: sqlite3.Connection) -> None:
        if not acquire(connection, holder, name, seconds=seconds):
            raise locked()

    store.write(renew)
    try:
        yield renew
    finally:
        store.write(lambda connection: release(connection, holder, name))


def is_owner(connection: sqlite3.Connection, holder: str, name: str = QUEUE) -> bool:
    """Whether `holder` has the lease; it may have expired, unless another process took it."""
    owner, _ = meta.load(connection, f"{meta.LEASE}{name}") or (None, 0.0)
    return bool(owner == holder)


def release(connection: sqlite3.Connection, holder: str, name: str = QUEUE) -> None:
    """Release the lease if it is still owned."""
    if is_owner(connection, holder, name):
        meta.remove(connection, f"{meta.LEASE}{name}")


def _is_dead(holder: str) -> bool:
    """Whether the holder was a process of this machine that has ended."""
    try:
        node, process, _ = json.loads(holder)
    except ValueError:
        return False
    if node != platform.node() or not isinstance(process, int):
        return False
    return is_terminated(process)
