"""Whether a library should sleep now, when next, and the days on which it was used."""

from workbench.memory.plasticity import DAY
from workbench.memory.strengths import Strengths, Waiting
from workbench.sleep.records import SleepSettings, SleepState
from workbench.store import sleeping
from workbench.store.store import Store

_HOUR = 3600.0


def due(state: SleepState, timestamp: float, idle_seconds: float) -> bool:
    """Whether a sleep is due at `timestamp` (seconds), after `idle_seconds` without use."""
    if not state.automatic or state.asleep or idle_seconds < 60 * state.idle_minutes:
        return False
    return state.next_due is not None and timestamp >= state.next_due


def next_due(previous: float | None, timestamp: float, settings: SleepSettings) -> float:
    """When the next sleep is due after one that ended at `previous` (None: never slept)."""
    # A sleep that ended in the future ended under another clock.
    return (
        timestamp
        if previous is None or previous > timestamp
        else previous + settings.every_hours * _HOUR
    )


_TOPICS = frozenset(("facts", "sources"))
_QUEUE_LIMIT = 64


class Awake:
    """Records the days of use, once a day, in batches with other records of use.

    A day counts if a statement was stored, a source read or a memory recalled. A clock that jumps,
    or months in which the library stays closed, add no days.
    """

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
