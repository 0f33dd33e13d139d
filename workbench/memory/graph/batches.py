"""Runs pending work in batches for a limited time."""

import math
import sqlite3
import threading
import time
from abc import ABC, abstractmethod
from typing import ClassVar

from workbench.jobs import Cancel, Progress, Report, silent
from workbench.store.store import Store


class InBatches(ABC):
    """Processes pending engrams of one library in batches. Thread-safe."""

    #: The stage in progress reports.
    _stage: ClassVar[str]

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        #: The change number at which nothing was pending.
        self._idle_at = -1

    @property
    def read_only(self) -> bool:
        """Whether the library cannot be written."""
        return self._store.read_only

    @property
    def writes(self) -> int:
        """The number of writes that this program has begun in the library."""
        return self._store.turns()

    def backlog(self) -> int:
        """About how many engrams are pending; 0 only if none."""
        changes = self._store.changes()
        if changes == self._idle_at:
            return 0
        with self._store.read() as connection:
            left = self._left(connection)
        if not left:
            self._idle_at = changes
        return left

    def catch_up(
        self, report: Report = silent, cancel: Cancel | None = None, *, patience: float = math.inf
    ) -> int:
        """Process pending engrams for `patience` seconds; returns how many.

        A read-only library is left as it is. Raises `Cancelled` between two batches; finished ones
        stay.
        """
        if self._store.read_only or not (left := self.backlog()):
            return 0
        total, deadline = 0, time.monotonic() + patience
        while time.monotonic() < deadline and (count := self.step()):
            total += count
            if cancel is not None:
                cancel.check()
            report(Progress(self._stage, min(total, left), left, "statements"))
        return total

    def step(self, limit: int | None = None) -> int:
        """Run one batch; returns how many engrams were processed, 0 if none was pending."""
        with self._lock:
            changes = self._store.changes()
            if changes == self._idle_at or self._store.read_only:
                return 0
            count = self._batch(limit)
            if not count:
                self._idle_at = changes
            return count

    @abstractmethod
    def _left(self, connection: sqlite3.Connection) -> int:
        """About how many engrams are pending."""

    @abstractmethod
    def _batch(self, limit: int | None) -> int:
        """Run a batch of at most `limit` engrams; returns how many, 0 if none was pending."""
