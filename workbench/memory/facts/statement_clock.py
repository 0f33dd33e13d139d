"""Timestamps of statements: monotonic, even if the system clock is set back.

Of two statements on one topic the later counts, by time of validity, since people also state when
something is valid. A clock that is set back would reverse the order of storage. So statements
stored while the clock was ahead, without a stated time, are made valid from when the clock was
found behind; `told` keeps the original time. A clock earlier than this program was written has lost
its date, and is ignored.
"""

import re
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta

from workbench.store import facts as rows
from workbench.store.store import Store

#: 1 January 2026: no correct clock shows less.
_EARLIEST = 1_767_225_600.0
#: The first second of the year 1 and of the year 10000, the range of calendars.
_FIRST, _END = -62_135_596_800, 253_402_300_800
#: Days relative to the day of storage.
_DAYS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
_RELATIVE = re.compile(
    r"\b(?:today|tonight|yesterday|tomorrow|(?:last|next|this) (?:week|month|year|night|morning"
    r"|afternoon|evening|weekend|(?:mon|tues|wednes|thurs|fri|satur|sun)day))\b",
    re.IGNORECASE,
)
#: Seconds by which a clock may be set back silently, as a correction.
_SLACK = 60.0


class StatementClock:
    """The clock of one library. Thread-safe, but not to be called inside a write."""

    def __init__(self, store: Store) -> None:
        self._store = store
        #: The latest time of a statement that states none; None if unknown.
        self._latest: float | None = None

    def read(self) -> float:
        """The timestamp for a statement stored now, seconds since 1970; see the module.

        Raises `LibraryError` if the clock has gone back and the library is read-only.
        """
        at, latest = self._store.clock(), self._latest
        if latest is None:
            with self._store.read() as connection:
                latest = rows.latest_recorded(connection)
        if at < _EARLIEST < latest:
            at = latest
        elif at < latest:
            self._store.write(lambda connection: rows.backdate(connection, at))
        self._latest = at
        return at

    def forget(self) -> None:
        """Forget the cached time, since another process has stored something."""
        self._latest = None


def dated(text: str, at: float, reference: float) -> str:
    """Append the day that a value's “tomorrow” refers to, if `reference` is another day than `at`.

    For “next week”, the day on which it was said.
    """
    match = _RELATIVE.search(text)
    statement_date, today = calendar_day(at), calendar_day(reference)
    if match is None or statement_date is None or today is None or statement_date == today:
        return text
    days = _DAYS.get(match[0].lower())
    if days is None:
        return f"{text} (said on {statement_date.day} {statement_date:%B %Y})"
    day = statement_date + timedelta(days=days)
    return f"{text} ({day.day} {day:%B %Y})"


def calendar_day(at: float) -> date | None:
    """The date of a timestamp; None if it is outside the calendar."""
    try:
        return date.fromtimestamp(at)
    except (OverflowError, OSError, ValueError):
        return None


def dependable(clock: Callable[[], float]) -> Callable[[], float]:
    """A clock with the system's time if `clock` is outside the years 1 to 9999."""

    def checked() -> float:
        value: object = clock()
        if isinstance(value, int | float) and _FIRST <= value < _END:
            return float(value)
        return time.time()

    return checked


def clock_warning(store: Store) -> str:
    """A sentence that warns if the clock is behind the newest statement; "" if not."""
    current = store.clock()
    with store.read() as connection:
        latest = rows.latest_recorded(connection)
    if current >= latest - _SLACK:
        return ""
    return (
        f"The clock of this computer says {_day(current)}, but the newest statement was told to "
        f"this library on {_day(latest)}: check the date and time of the computer."
    )


def _day(at: float) -> str:
    try:
        return datetime.fromtimestamp(at).strftime("%-d %B %Y, %H:%M")
    except (OverflowError, OSError, ValueError):
        # A damaged time; `verify` reports the statement.
        return "no day of any calendar"
