"""Whether a library should sleep now, and when next."""

from workbench.sleep.records import SleepSettings, SleepState

_HOUR = 3600.0


def due(state: SleepState, now: float, idle_seconds: float) -> bool:
    """Whether a library should go to sleep at `now`, nobody having used it for `idle_seconds`."""
    if not state.automatic or state.asleep or idle_seconds < 60 * state.idle_minutes:
        return False
    return state.next_due is not None and now >= state.next_due


def next_due(last: float | None, now: float, settings: SleepSettings) -> float:
    """When the next sleep is due after one that ended at `last` (None: there was none)."""
    # A sleep that ended in the future did so under another clock.
    return now if last is None or last > now else last + settings.every_hours * _HOUR
