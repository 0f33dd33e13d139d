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
    """How far a piece of work is.

    `stage` is one word of the queue's road (reading, searchable ...); `done` and `total` count
    `unit`s (characters, pages, passages); `total` is None while nobody knows; `note` names the
    thing at hand, such as a file; `page` is the page that is being read, counted from 1.
    """

    stage: str
    done: int = 0
    total: int | None = None
    unit: str = ""
    note: str = ""
    page: int | None = None


Report = Callable[[Progress], None]


def silent(_progress: Progress) -> None:
    """A report that nobody reads."""


class Cancel:
    """A switch that one thread throws and another reads between two steps."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self._parts: WeakSet[Cancel] = WeakSet()
        self._lock = threading.Lock()

    def set(self) -> None:
        """Ask the work to stop at its next step."""
        with self._lock:
            self._event.set()
            parts = list(self._parts)
        for part in parts:
            part.set()

    def part(self) -> "Cancel":
        """A switch for a part of the work, which this one throws as well."""
        made = Cancel()
        with self._lock:
            self._parts.add(made)
            if self._event.is_set():
                made._event.set()
        return made

    @property
    def is_set(self) -> bool:
        """Whether somebody asked to stop."""
        return self._event.is_set()

    def check(self) -> None:
        """Raise `Cancelled` if somebody asked to stop."""
        if self._event.is_set():
            raise Cancelled

    def wait(self, seconds: float) -> bool:
        """Sleep for `seconds` or until somebody asks to stop; True in the second case."""
        return self._event.wait(seconds)
