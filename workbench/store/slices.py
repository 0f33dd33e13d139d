"""Writing in slices: each one short transaction, so that others write in between.

How much goes into a slice follows from how long the last ones took, by a clock that nobody sets.
Every slice checks that its lease is still its own and renews it, so that two programs never do the
same at once, and one that was stopped for long does not go on with what another has taken over.
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

#: Seconds that a slice shall take, where nobody says otherwise.
_AIM = 0.004
#: Items of the first slice, and at most.
_FIRST, _MAX_SIZE = 4, 4096
#: Seconds that others have after a slice, at least.
_PAUSE = 0.002


class Slices:
    """The writes of one long piece of work. To be used with `with`, on one thread.

    `longest` is how long a slice held the library at most, in seconds, `count` how many there were.
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
        """Take the lease of that name when entered; raise `locked()` where somebody else has it.

        `aim` is how many seconds a slice shall take.
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
        """Run `work(connection)` as one slice, on the disk with `sync`, then let others write."""
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
        """Keep the lease while something is done that writes nothing. Raises `Cancelled`."""
        self._cancel.check()
        if self._is_old:
            self.write(lambda _: None)

    def finish(self) -> None:
        """From now on let nobody cancel what is left to do."""
        self._cancel = Cancel()

    def portions(self, items: Sequence[Item]) -> Iterator[Sequence[Item]]:
        """Items in order, as many at once as fit into a slice that is written before the next.

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
        """Call `work(limit)`, which writes a slice, until nothing was left. Raises `Cancelled`."""
        size = _FIRST
        while True:
            self._cancel.check()
            if not work(size):
                return
            size = fitting(size, self._took, self._aim)


def fitting(size: int, seconds: float, aim: float) -> int:
    """How many items the next slice has, after one of `size` that took so many seconds."""
    if seconds <= 0:
        return min(size + (size + 1) // 2, _MAX_SIZE)
    return max(1, min(size + (size + 1) // 2, _MAX_SIZE, int(size * aim / seconds)))
