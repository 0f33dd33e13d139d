"""Writes in slices: short transactions, between which others can write.

The size of a slice is adapted to the duration of the previous ones, on a monotonic clock. Every
slice checks and renews its lease, so that two processes never do the same work, and a suspended one
does not continue after another has taken over.
"""

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from workbench.errors import LibraryLockedError
from workbench.jobs import Cancel
from workbench.store import lease
from workbench.store.store import Store

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
        self._holder = lease.new_holder()
        self._renewed = 0.0
        self._taken = False
        self._took = 0.0
        self.longest = 0.0
        self.count = 0

    def __enter__(self) -> "Slices":
        if not self._store.write(lambda c: lease.acquire(c, self._holder, self._name)):
            raise self._is_taken()
        self._taken, self._renewed = True, time.monotonic()
        return self

    def __exit__(self, *_: object) -> None:
        if self._taken:
            self._store.write(lambda c: lease.release(c, self._holder, self._name))

    def write(self, work: Callable[[sqlite3.Connection], T], *, sync: bool = False) -> T:
        """Run `work(connection)` as one slice, synced with `sync`, then let others write."""
        started = 0.0

        def measured(connection: sqlite3.Connection) -> T:
            nonlocal started
            started = time.perf_counter()
            if not lease.is_owner(connection, self._holder, self._name):
                raise self._is_taken()
            if self._is_old:
                lease.acquire(connection, self._holder, self._name)
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
        return time.monotonic() - self._renewed > lease.RENEW_SECONDS

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
