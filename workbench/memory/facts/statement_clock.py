"""Timestamps of statements: never earlier than the one before, whatever the clock says.

Of two statements on one topic the one told later counts, but what is newer is found by time, since
people also state when a thing holds. A clock that is set back would turn the order of telling
round. So what was told while the clock was ahead, with no time stated, is said to hold since the
clock was found behind it; `told` keeps what the clock had said. A clock that shows a time before
this program was written has lost the date itself, and what it says is not believed.
"""

import re
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta

from workbench.store import facts as rows
from workbench.store.store import Store

#: 1 January 2026: no clock that is right shows less.
_EARLIEST = 1_767_225_600.0
#: The first second of the year 1 and that after the year 9999: calendars have none beyond.
_FIRST, _END = -62_135_596_800, 253_402_300_800
#: Days after that of telling.
_DAYS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
_RELATIVE = re.compile(
    r"\b(?:today|tonight|yesterday|tomorrow|(?:last|next|this) (?:week|month|year|night|morning"
    r"|afternoon|evening|weekend|(?:mon|tues|wednes|thurs|fri|satur|sun)day))\b",
    re.IGNORECASE,
)
#: Seconds that a clock may be set back without a word: it was put right.
_SLACK = 60.0


class StatementClock:
    """The time of telling in one library. Any thread may ask, though not inside a write."""

    def __init__(self, store: Store) -> None:
        self._store = store
        #: The latest time at which something was told that states none; None where not known.
        self._latest: float | None = None

    def read(self) -> float:
        """What time it is for what is told now, seconds since 1970; see the module.

        Raises a `LibraryError` where the clock has gone back and the library cannot be written.
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
        """Others have told something: ask the library anew."""
        self._latest = None


def dated(text: str, at: float, reference: float) -> str:
    """A value with the day that its “tomorrow” meant, where another day than that of telling is.

    Of “next week” it is said on which day that was.
    """
    match = _RELATIVE.search(text)
    statement_date, today = _date(at), _date(reference)
    if match is None or statement_date is None or today is None or statement_date == today:
        return text
    days = _DAYS.get(match[0].lower())
    if days is None:
        return f"{text} (said on {statement_date.day} {statement_date:%B %Y})"
    day = statement_date + timedelta(days=days)
    return f"{text} ({day.day} {day:%B %Y})"


def _date(at: float) -> date | None:
    try:
        return date.fromtimestamp(at)
    except (OverflowError, OSError, ValueError):
        return None


def dependable(clock: Callable[[], float]) -> Callable[[], float]:
    """A clock with the system's time wherever `clock` gives no moment of the years 1 to 9999."""

    def checked() -> float:
        value: object = clock()
        if isinstance(value, int | float) and _FIRST <= value < _END:
            return float(value)
        return time.time()

    return checked


def clock_warning(store: Store) -> str:
    """Say that the clock is behind what the library was told, as one sentence; "" if it is not."""
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
        # A damaged time; `verify` names the statement.
        return "no day of any calendar"
