"""The days on which a library was used, for judging what was unused for long.

A day counts when something is told, read or recalled on it. A clock that jumps, or months in which
nobody opens the library, add none that was not one.
"""

import sqlite3
import threading

from workbench.memory.plasticity import DAY
from workbench.memory.strengths import Strengths
from workbench.store import sleeping
from workbench.store.store import Store

_TOPICS = frozenset(("facts", "sources"))


class Awake:
    """Notes the days of use, once a day, along with what else is written of use."""

    def __init__(self, store: Store, strengths: Strengths) -> None:
        self._store = store
        self._strengths = strengths
        self._lock = threading.Lock()
        self._noted = -1
        self._waiting: float | None = None
        strengths.ride(self)

    def note(self, topic: str) -> None:
        """Something was told or read just now."""
        if topic not in _TOPICS or self._store.read_only:
            return
        now = self._store.clock()
        if int(now // DAY) == self._noted:
            return
        with self._lock:
            self._noted, self._waiting = int(now // DAY), now
        self._strengths.nudge()

    # -- riding along with the strengths --------------------------------------------------------

    def waits(self) -> bool:
        """Whether there is a day to write."""
        return self._waiting is not None

    def write(self, connection: sqlite3.Connection) -> None:
        """Write the day."""
        at = self._waiting
        if at is not None:
            sleeping.in_use(connection, at)

    def wrote(self) -> None:
        """The day is committed."""
        with self._lock:
            if self._waiting is not None and int(self._waiting // DAY) == self._noted:
                self._waiting = None
