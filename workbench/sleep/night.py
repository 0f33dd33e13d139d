"""State of one running sleep: scope, progress, and writing in slices.

A run is recorded with its first change, so that a sleep that changes nothing leaves no trace. Each
slice records its results and position in the same transaction.
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
from workbench.store import changes, lease, sleeping
from workbench.store import facts as rows
from workbench.store.lease import Slices
from workbench.store.store import Store

Item = TypeVar("Item")

#: Counts by name.
Tally = dict[str, float]
#: Writes a slice of a plan; returns what to add to the tally.
Writing = Callable[[sqlite3.Connection, Sequence[Item]], Tally]


@dataclass(slots=True)
class Night:
    """A sleep of a scope (None: the whole library), or its preview (without `slices`).

    `scopes` are those whose facts it processes; `run` is None until the first change; `start` is
    the time by which everything is judged.
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
    #: For a preview: facts that would be retained, those that would be merged, and those they would
    #: be merged into.
    promoted: frozenset[int] = frozenset()
    merged: frozenset[int] = frozenset()
    grown: frozenset[int] = frozenset()
    #: Unstated links of concepts, if they are computed already.
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
        """The facts that others were merged into during this sleep."""
        if self.run is None:
            return self.grown
        return frozenset(sleeping.keepers(connection, self.run))

    def is_full(self, connection: sqlite3.Connection, name: str, limit: float) -> bool:
        """Whether sleeps of this day have done `limit` of something already.

        The rest waits for another day of use: sleeping again at once changes nothing.
        """
        previous = sleeping.latest_effective(connection, self.scope, any_scope=False)
        if previous is not None and previous.id == self.run:
            return False
        if previous is None or previous.report.get(name, 0) < limit:
            return False
        # A day recorded by a clock that ran ahead is not reached yet.
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
        """Write a plan slice by slice; `cursor(item)` is the position to record.

        Raises `Cancelled` between two slices.
        """
        assert self.slices is not None
        count = 0
        for portion in self.slices.portions(items):
            self.write(lambda c, items_here=portion: work(c, items_here), cursor(portion[-1]))  # type: ignore[misc]
            count += len(portion)
            self.report_progress(label, count, len(items))

    def write(self, work: Callable[[sqlite3.Connection], Tally], cursor: Any = None) -> None:
        """Do one piece of work in a slice, and record it.

        If it does nothing before the first change of the sleep, no run begins.
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
    """Rolls back a transaction in which nothing was done."""


def scopes(
    connection: sqlite3.Connection, collection: str | None
) -> tuple[int | None, tuple[int, ...]]:
    """The scope of a sleep (None: all) and those whose facts it processes.

    Raises `NotFoundError` for an unknown collection.
    """
    if collection is None:
        return None, tuple(sorted({rows.OWN, *rows.counts(connection)}))
    scope = rows.require_scope(connection, collection)
    return scope, (scope,)


LEASE = "sleep"


def asleep() -> LibraryLockedError:
    """The error of a library that is asleep already."""
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
