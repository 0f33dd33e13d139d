"""Progress and cancellation as plain values, used by every package.

Long calls take `report` (a callable) and `cancel` (a `Cancel`); neither knows of Qt. The window
and the command line turn them into a row, a bar or a line.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from weakref import WeakSet

from workbench.errors import Cancelled


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is.

    `stage` is one word (reading, searchable …); `done` and `total` count `unit`s (characters,
    pages, passages), with None for an unknown total; `note` names the current item, such as a file;
    `page` is the page being read, from 1.
    """

    stage: str
    done: int = 0
    total: int | None = None
    unit: str = ""
    note: str = ""
    page: int | None = None


Report = Callable[[Progress], None]


def silent(_progress: Progress) -> None:
    """Ignore progress."""


class Cancel:
    """A cancellation flag: one thread sets it, another checks it between steps."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self._parts: WeakSet[Cancel] = WeakSet()
        self._lock = threading.Lock()

    def set(self) -> None:
        """Request cancellation of this and its parts."""
        with self._lock:
            self._event.set()
            parts = list(self._parts)
        for part in parts:
            part.set()

    def part(self) -> "Cancel":
        """A flag for a part of the work, set together with this one."""
        made = Cancel()
        with self._lock:
            self._parts.add(made)
            if self._event.is_set():
                made._event.set()
        return made

    @property
    def is_set(self) -> bool:
        """Whether cancellation was requested."""
        return self._event.is_set()

    def check(self) -> None:
        """Raise `Cancelled` if cancellation was requested."""
        if self._event.is_set():
            raise Cancelled

    def wait(self, seconds: float) -> bool:
        """Sleep for `seconds` or until cancellation; True if cancelled."""
        return self._event.wait(seconds)
