"""The days on which a library was used, to judge how long something was unused.

A day counts if a statement was stored, a source read or a memory recalled. A clock that jumps, or
months in which the library stays closed, add no days.
"""

from workbench.memory.plasticity import DAY
from workbench.memory.strengths import Strengths, Waiting
from workbench.store import sleeping
from workbench.store.store import Store

_TOPICS = frozenset(("facts", "sources"))
_QUEUE_LIMIT = 64


class Awake:
    """Records the days of use, once a day, in batches with other records of use."""

    def __init__(self, store: Store, strengths: Strengths) -> None:
        self._store = store
        self._noted = -1
        self._waiting = Waiting[float](
            strengths, lambda connection, days: sleeping.in_use(connection, days[-1]), _QUEUE_LIMIT
        )

    def note(self, topic: str) -> None:
        """Count today as a day of use."""
        if topic not in _TOPICS or self._store.read_only:
            return
        timestamp = self._store.clock()
        if int(timestamp // DAY) != self._noted:
            self._noted = int(timestamp // DAY)
            self._waiting.add(timestamp)
