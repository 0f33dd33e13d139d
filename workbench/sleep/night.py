"""State of one running sleep: scope, progress, and how it writes.

A run is recorded with its first change, so that a sleep that finds nothing to do leaves no trace.
Each slice records in the same transaction what it did and how far it came.
"""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from workbench.brain.library.emergent import Proposed
from workbench.errors import LibraryLockedError
from workbench.jobs import Cancel, Progress, Report
from workbench.memory.facts.index import FactIndex
from workbench.memory.graph.concept_graph import ConceptGraph
from workbench.memory.plasticity import DAY
from workbench.memory.strengths import Strengths
from workbench.sleep.records import SleepSettings
from workbench.store import changes, lease, sleep_queries, sleeping
from workbench.store import facts as rows
from workbench.store.slices import Slices
from workbench.store.store import Store

Item = TypeVar("Item")

#: What a sleep did, by name.
Tally = dict[str, float]
#: Writes some of what was planned; returns what that was, to be added to the tally.
Writing = Callable[[sqlite3.Connection, Sequence[Item]], Tally]


@dataclass(slots=True)
class Night:
    """A sleep of a scope (None: of the whole library), or the preview of one (without `slices`).

    `scopes` are those whose facts it is about; `run` is None until something was changed; `start`
    is the moment by which everything is judged.
    """

    index: FactIndex
    graph: ConceptGraph
    settings: SleepSettings
    scope: int | None
    scopes: tuple[int, ...]
    trigger: str
    start: float
    prune_below: float | None
    report: Report
    cancel: Cancel
    slices: Slices | None = None
    run: int | None = None
    phase: str = ""
    cursor: Any = None
    tally: Tally = field(default_factory=dict)
    #: For a preview: facts that would be kept for long, those that would go into others, and those
    #: that they would go into.
    promoted: frozenset[int] = frozenset()
    merged: frozenset[int] = frozenset()
    grown: frozenset[int] = frozenset()
    #: What is driven by concepts though nobody wrote of it, where that is known already.
    dreams: Callable[[Sequence[int]], Sequence[Proposed]] | None = None

    @property
    def store(self) -> Store:
        """The library's file."""
        return self.index.store

    @property
    def strengths(self) -> Strengths:
        """How strong memories are."""
        return self.index.strengths

    def keepers(self, connection: sqlite3.Connection) -> frozenset[int]:
        """The facts that others went into in this sleep."""
        if self.run is None:
            return self.grown
        return frozenset(sleep_queries.keepers(connection, self.run))

    def is_full(self, connection: sqlite3.Connection, name: str, limit: float) -> bool:
        """Whether the last sleep of this day has done as much of something as one may.

        What it has left waits for another day of use: sleeping again at once changes nothing.
        """
        previous = sleeping.latest_effective(connection, self.scope, any_scope=False)
        if previous is not None and previous.id == self.run:
            return False
        if previous is None or previous.report.get(name, 0) < limit:
            return False
        # A day that the clock was ahead on has not come yet.
        previous_day, today = previous.begun // DAY, self.start // DAY
        return not any(previous_day < day <= today for day in sleeping.days(connection))

    def report_progress(self, label: str, count: int, total: int) -> None:
        """Report progress on memories. Raises `Cancelled`."""
        self.cancel.check()
        self.report(Progress("asleep", count, total, "memories", label))

    def write_all(
        self,
        label: str,
        items: Sequence[Item],
        work: Writing[Item],
        cursor: Callable[[Item], Any] = lambda _item: None,
    ) -> None:
        """Write what was planned, slice by slice; `cursor(item)` is what the run has come to.

        Raises `Cancelled` between two slices.
        """
        assert self.slices is not None
        count = 0
        for portion in self.slices.portions(items):
            self.write(lambda c, items_here=portion: work(c, items_here), cursor(portion[-1]))  # type: ignore[misc]
            count += len(portion)
            self.report_progress(label, count, len(items))

    def write(self, work: Callable[[sqlite3.Connection], Tally], cursor: Any = None) -> None:
        """Do one piece of work in a slice, and record with it that it was done.

        Where the work did nothing and the sleep has not begun to change anything, none is begun.
        """
        assert self.slices is not None

        def recorded(connection: sqlite3.Connection) -> tuple[int, Tally]:
            run = self.run or self._begin(connection)
            previous, self.run = self.run, run
            try:
                with changes.recording(connection, run):
                    counts = work(connection)
            finally:
                self.run = previous
            if previous is None and not any(counts.values()):
                raise _NoChangeError
            tally = {**self.tally}
            for name, number in counts.items():
                tally[name] = tally.get(name, 0) + number
            sleeping.advance(connection, run, self.phase, cursor, tally)
            return run, tally

        try:
            self.run, self.tally = self.slices.write(recorded)
        except _NoChangeError:
            return
        self.cursor = cursor

    def _begin(self, connection: sqlite3.Connection) -> int:
        options = {} if self.prune_below is None else {"prune_below": self.prune_below}
        return sleeping.begin(connection, self.scope, self.trigger, self.start, options)


class _NoChangeError(Exception):
    """Undoes a transaction in which nothing was done after all."""


def scopes(
    connection: sqlite3.Connection, collection: str | None
) -> tuple[int | None, tuple[int, ...]]:
    """The scope of a sleep (None: all) and those whose facts it is about.

    Raises `NotFoundError` for no such collection.
    """
    if collection is None:
        return None, tuple(sorted({rows.OWN, *rows.counts(connection)}))
    scope = rows.require_scope(connection, collection)
    return scope, (scope,)


LEASE = "sleep"


def asleep() -> LibraryLockedError:
    """Somebody else sleeps already."""
    return LibraryLockedError(
        "The library is already asleep in another window or program.",
        "Wait until it has finished, or stop it there.",
    )


def of_sleep(store: Store, cancel: Cancel) -> Slices:
    """The writes of one sleep. Raises `LibraryLockedError` on entry if another sleep is running."""
    return Slices(store, cancel, LEASE, asleep)


def is_asleep(connection: sqlite3.Connection) -> bool:
    """Whether a sleep of this library is running, in any process."""
    return not lease.is_open(connection, "", LEASE)
