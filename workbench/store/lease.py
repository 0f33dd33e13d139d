"""The lease of the queue: one process at a time works it and renews the lease.

A lease that has run out, or whose holder is a dead process of this machine, is there for the
taking. Work is fenced: every transaction of a worker checks that the lease is still its own, so
a process that was asleep cannot write into the work of the one that took over.
"""

import contextlib
import json
import os
import platform
import sqlite3
import sys
import time
import uuid
from collections.abc import Callable, Iterator

from workbench.errors import LibraryLockedError
from workbench.store import meta
from workbench.store.store import Store

QUEUE = "queue"
SECONDS = 15.0
RENEW_SECONDS = 4.0


def new_holder() -> str:
    """A name for this holder that no other process or library has."""
    return json.dumps([platform.node(), os.getpid(), uuid.uuid4().hex])


def is_open(
    connection: sqlite3.Connection, holder: str, name: str = QUEUE, *, seconds: float = SECONDS
) -> bool:
    """Whether `holder` could have the lease: it is free, has run out, or is its own.

    `seconds` is how long a lease of this name is taken for.
    """
    owner, expires = meta.load(connection, f"{meta.LEASE}{name}") or (None, 0.0)
    if owner in (None, holder):
        return True
    now = time.time()
    # A lease from far in the future was written under another clock.
    return not (now < expires < now + 2 * seconds) or _is_dead(owner)


def acquire(
    connection: sqlite3.Connection, holder: str, name: str = QUEUE, *, seconds: float = SECONDS
) -> bool:
    """Take or renew the lease; False while somebody else holds it."""
    if not is_open(connection, holder, name, seconds=seconds):
        return False
    meta.dump(connection, f"{meta.LEASE}{name}", (holder, time.time() + seconds))
    return True


@contextlib.contextmanager
def acquired(
    store: Store, name: str, locked: Callable[[], LibraryLockedError], *, seconds: float = SECONDS
) -> Iterator[Callable[[sqlite3.Connection], None]]:
    """Hold the lease of this name; lends what renews it within a write.

    Raises, as does that, `locked()` where somebody else holds it.
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
    """Whether `holder` still has the lease (it may have run out, if nobody else took it)."""
    owner, _ = meta.load(connection, f"{meta.LEASE}{name}") or (None, 0.0)
    return bool(owner == holder)


def release(connection: sqlite3.Connection, holder: str, name: str = QUEUE) -> None:
    """Give the lease back if it is still one's own."""
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


def is_terminated(process: int) -> bool:
    """Whether no process of this machine has this number; False where that cannot be told."""
    if sys.platform == "win32":
        return False
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return True
    except PermissionError:
        return False
    return False
