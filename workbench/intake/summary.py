"""A summary of the queue: how much is left, its speed, and the remaining time.

It counts bytes of files, known before anything is read. The counts are two index queries, a
fraction of a millisecond for a thousand jobs; the progress of running jobs is added from memory, so
that it may be called ten times a second.
"""

import sqlite3
import time
from collections.abc import Iterable
from dataclasses import dataclass

from workbench.intake import queue
from workbench.intake.pace import Pace
from workbench.intake.records import QueueSummary
from workbench.jobs import Progress
from workbench.store.store import Store

#: Seconds for which counts are cached.
_FRESH = 0.5


@dataclass(frozen=True, slots=True)
class Counts:
    """Jobs and bytes by state; `unsized` jobs have an unknown size."""

    left: int
    failed: int
    over: int
    bytes_left: int
    finished_bytes: int
    unsized: int
    paused: bool


def count(connection: sqlite3.Connection, cutoff: float) -> Counts:
    """Count the queue; finished jobs only from `since` (Unix time) on."""
    left = size = unsized = 0
    for state in queue.UNFINISHED:
        jobs, sized, total = connection.execute(
            "SELECT count(*), count(size), coalesce(sum(size), 0) FROM job WHERE state = ?",
            (state,),
        ).fetchone()
        left, size, unsized = left + jobs, size + total, unsized + jobs - sized
    (failed,) = connection.execute("SELECT count(*) FROM job WHERE state = 'failed'").fetchone()
    over, finished_size = connection.execute(
        "SELECT count(*), coalesce(sum(size), 0) FROM job INDEXED BY job_finished "
        "WHERE finished >= ? AND state IN ('done', 'failed')",
        (cutoff,),
    ).fetchone()
    return Counts(left, failed, over, size, finished_size, unsized, queue.is_paused(connection))


class Glance:
    """Summarises the queue of one store. For one thread at a time."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._cutoff = time.time()
        self._counts: Counts | None = None
        self._count_time = 0.0
        self._pace = Pace()

    def sum_up(self, live: Iterable[tuple[int, Progress]], *, fresh: bool) -> QueueSummary:
        """Sum up; `live` has the size in bytes and the progress of each running job.

        `fresh` bypasses the cache.
        """
        current = time.monotonic()
        if fresh or self._counts is None or current - self._count_time >= _FRESH:
            with self._store.read() as connection:
                self._counts = count(connection, self._cutoff)
            self._count_time = current
        counts = self._counts
        if not counts.left:
            # The next jobs are counted from their own beginning.
            self._cutoff = time.time()
            self._pace = Pace()
        completed = counts.finished_bytes + sum(_worked(size, progress) for size, progress in live)
        total = (
            None if counts.unsized else max(completed, counts.bytes_left + counts.finished_bytes)
        )
        self._pace.mark("", completed, current)
        resting = counts.paused or not counts.left
        return QueueSummary(
            left=counts.left,
            failed=counts.failed,
            done=completed,
            total=total,
            rate=None if resting else self._pace.rate(current),
            seconds_left=None if resting else self._pace.seconds_left(completed, total, current),
            paused=counts.paused,
            over=counts.over,
        )


def _worked(size: int, progress: Progress) -> int:
    """The bytes of a file that are done, by its progress."""
    if progress.stage not in ("fetching", "reading"):
        return size
    if not progress.total:
        return 0
    return min(size, size * progress.done // progress.total)
