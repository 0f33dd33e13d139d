"""The days on which a library was used, for judging what was unused for long.

A day counts if a statement is stored, a source read or a memory recalled on it. Neither a clock
that jumps nor months in which the library stays closed add days.
"""

from workbench.memory.plasticity import DAY
from workbench.memory.strengths import Strengths, Waiting
from workbench.store import sleeping
from workbench.store.store import Store

_TOPICS = frozenset(("facts", "sources"))
_QUEUE_LIMIT = 64


class Awake:
    """Notes the days of use, once a day, along with what else is written of use."""

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
