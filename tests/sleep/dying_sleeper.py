"""A program that sleeps, or wakes, and is killed at one of its commits.

    python -m tests.sleep.dying_sleeper LIBRARY NOW sleep|undo COMMIT [SIGNAL]

COMMIT counts from 1; 0: it is not killed. SIGNAL is KILL, or STOP, after which it can be woken. It
prints how many commits there were.
"""

import os
import signal
import sqlite3
import sys
from typing import Any

from workbench.library import Library


class _Commits:
    count = 0
    at = 0
    counting = False
    signal = signal.SIGKILL


class Counted(sqlite3.Connection):
    """A connection that ends its process after a commit."""

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        cursor = super().execute(sql, parameters)
        if _Commits.counting and sql.upper().startswith("COMMIT"):
            _Commits.count += 1
            if _Commits.count == _Commits.at:
                os.kill(os.getpid(), _Commits.signal)
        return cursor


def main(file: str, now: str, what: str, at: str, how: str = "KILL") -> None:
    connect = sqlite3.connect

    def counted(*words: Any, **more: Any) -> sqlite3.Connection:
        more["factory"] = Counted
        made: sqlite3.Connection = connect(*words, **more)
        return made

    sqlite3.connect = counted  # type: ignore[assignment]
    _Commits.at = int(at)
    _Commits.signal = signal.Signals[f"SIG{how}"]
    with Library.open(file, clock=lambda: float(now)) as library:
        _Commits.counting = True
        if what == "sleep":
            library.sleep.run()
        else:
            library.undo("sleep")
    print(_Commits.count)


if __name__ == "__main__":
    main(*sys.argv[1:])
