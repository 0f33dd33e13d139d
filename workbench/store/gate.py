"""A lock between readers and commits of this process, for rollback journals.

With a rollback journal (folders copied to the cloud, network drives) SQLite lets nobody begin to
read from the moment at which a commit wants the file until all who were reading have ended. Whoever
reads and needs a second connection to end, or a lock that somebody holds who is about to read, then
waits for the commit, and the commit for him (https://sqlite.org/lockingv3.html, 5.1). So a commit
of this process asks for the file only while no connection of this process is lent out.
"""

import threading
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

#: Seconds for which a commit waits for a gap between readers; then, as long, new ones wait for it.
_TURN = 0.5


class Gate:
    """Counts who reads. Any thread may call."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._lent = 0
        self._held = False
        self._own = threading.local()

    def __enter__(self) -> None:
        """Begin to read; waits while a commit runs, and where one has waited for long.

        A thread that reads already goes on: the commit waits for it.
        """
        depth = getattr(self._own, "lent", 0)
        with self._changed:
            if not depth:
                self._changed.wait_for(lambda: not self._held, timeout=2 * _TURN)
            self._lent += 1
        self._own.lent = depth + 1

    def __exit__(self, *_: object) -> None:
        """End to read, on whichever thread."""
        self._own.lent = max(0, getattr(self._own, "lent", 0) - 1)
        with self._changed:
            self._lent -= 1
            if not self._lent:
                self._changed.notify_all()

    def exclusively(self, work: Callable[[], T], seconds: float) -> T:
        """Run `work` while nobody reads; as it is where somebody still does after `seconds`."""
        deadline = time.monotonic() + seconds
        with self._changed:
            try:
                while self._lent and (left := deadline - time.monotonic()) > 0:
                    self._changed.wait_for(lambda: not self._lent, timeout=min(_TURN, left))
                    # Turn and turn about: who reads may need one that was kept waiting.
                    self._held = bool(self._lent) and not self._held
                    self._changed.notify_all()
                return work()
            finally:
                self._held = False
                self._changed.notify_all()
