"""A lock between readers and commits of this process, for rollback journals.

With a rollback journal (synchronised folders, network drives) a pending commit lets SQLite start no
new readers until all present ones have ended. A reader that needs a second connection, or a lock
whose owner is about to read, would deadlock with the commit (https://sqlite.org/lockingv3.html,
5.1). So a commit of this process starts only while none of its connections is in use.
"""

import threading
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

#: Seconds for which a commit waits for readers to end, alternating with new readers waiting for it.
_TURN = 0.5


class Gate:
    """Counts readers. Thread-safe."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._lent = 0
        self._held = False
        self._own = threading.local()

    def __enter__(self) -> None:
        """Begin reading; waits for a running or long-waiting commit.

        A thread that is already reading does not wait.
        """
        depth = getattr(self._own, "lent", 0)
        with self._changed:
            if not depth:
                self._changed.wait_for(lambda: not self._held, timeout=2 * _TURN)
            self._lent += 1
        self._own.lent = depth + 1

    def __exit__(self, *_: object) -> None:
        """End reading, on any thread."""
        self._own.lent = max(0, getattr(self._own, "lent", 0) - 1)
        with self._changed:
            self._lent -= 1
            if not self._lent:
                self._changed.notify_all()

    def exclusively(self, work: Callable[[], T], seconds: float) -> T:
        """Run `work` while nobody reads, or after `seconds` in any case."""
        deadline = time.monotonic() + seconds
        with self._changed:
            try:
                while self._lent and (left := deadline - time.monotonic()) > 0:
                    self._changed.wait_for(lambda: not self._lent, timeout=min(_TURN, left))
                    # Alternate: a reader may depend on one that is waiting.
                    self._held = bool(self._lent) and not self._held
                    self._changed.notify_all()
                return work()
            finally:
                self._held = False
                self._changed.notify_all()
