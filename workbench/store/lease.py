"""Leases, and writes in slices: one process at a time works the queue, and renews its lease.

A lease that has expired, or belongs to a dead process of this machine, can be taken. Work is
fenced: every transaction of a worker checks that it still owns the lease, so a suspended process
cannot interfere with its successor.

Slices are short transactions, between which others can write. Their size is adapted to the duration
of the previous ones, on a monotonic clock.
"""

import contextlib
import json
import os
import platform
import sqlite3
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from workbench.errors import LibraryLockedError
from workbench.jobs import Cancel
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


T = TypeVar("T")
Item = TypeVar("Item")

#: Default duration of a slice, in seconds.
_AIM = 0.004
#: Items of the first slice, and maximum.
_FIRST, _MAX_SIZE = 4, 4096
#: Minimum pause after a slice, in seconds.
_PAUSE = 0.002


class Slices:
    """The writes of a long task; a context manager for one thread.

    `longest` is the maximum duration of a slice in seconds, `count` their number.
    """

    def __init__(
        self,
        store: Store,
        cancel: Cancel,
        name: str,
        locked: Callable[[], LibraryLockedError],
        *,
        aim: float = _AIM,
    ) -> None:
        """Takes the lease `name` on entry; raises `locked()` if another process has it.

        `aim` is the intended duration of a slice in seconds.
        """
        self._store = store
        self._cancel = cancel
        self._name, self._is_taken, self._aim = name, locked, aim
        self._holder = new_holder()
        self._renewed = 0.0
        self._taken = False
        self._took = 0.0
        self.longest = 0.0
        self.count = 0

    def __enter__(self) -> "Slices":
        if not self._store.write(lambda c: acquire(c, self._holder, self._name)):
            raise self._is_taken()
        self._taken, self._renewed = True, time.monotonic()
        return self

    def __exit__(self, *_: object) -> None:
        if self._taken:
            self._store.write(lambda c: release(c, self._holder, self._name))

    def write(self, work: Callable[[sqlite3.Connection], T], *, sync: bool = False) -> T:
        """Run `work(connection)` as one slice, synced with `sync`, then let others write."""
        started = 0.0

        def measured(connection: sqlite3.Connection) -> T:
            nonlocal started
            started = time.perf_counter()
            if not is_owner(connection, self._holder, self._name):
                raise self._is_taken()
            if self._is_old:
                acquire(connection, self._holder, self._name)
                self._renewed = time.monotonic()
            return work(connection)

        completed = self._store.write(measured, sync=sync)
        self._took = time.perf_counter() - started
        self.count += 1
        self.longest = max(self.longest, self._took)
        self._cancel.wait(max(_PAUSE, min(self._took, 2 * self._aim)))
        return completed

    @property
    def _is_old(self) -> bool:
        return time.monotonic() - self._renewed > RENEW_SECONDS

    def renew(self) -> None:
        """Renew the lease during work without writes. Raises `Cancelled`."""
        self._cancel.check()
        if self._is_old:
            self.write(lambda _: None)

    def finish(self) -> None:
        """Ignore cancellation from now on."""
        self._cancel = Cancel()

    def portions(self, items: Sequence[Item]) -> Iterator[Sequence[Item]]:
        """Yield items in portions that each fit into a slice, to be written before the next.

        Raises `Cancelled` between two of them.
        """
        completed, size = 0, _FIRST
        while completed < len(items):
            self._cancel.check()
            portion = items[completed : completed + size]
            yield portion
            completed += len(portion)
            size = fitting(size, self._took, self._aim)

    def repeat(self, work: Callable[[int], int]) -> None:
        """Call `work(limit)`, which writes a slice, until it returns 0. Raises `Cancelled`."""
        size = _FIRST
        while True:
            self._cancel.check()
            if not work(size):
                return
            size = fitting(size, self._took, self._aim)


def fitting(size: int, seconds: float, aim: float) -> int:
    """The number of items for the next slice, after `size` items that took `seconds`."""
    if seconds <= 0:
        return min(size + (size + 1) // 2, _MAX_SIZE)
    return max(1, min(size + (size + 1) // 2, _MAX_SIZE, int(size * aim / seconds)))
