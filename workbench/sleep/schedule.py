"""Whether a library should sleep now, and when next."""

from workbench.sleep.records import SleepSettings, SleepState

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
