"""The intake: the queue of a library for its callers.

`intake.dispatcher` works it.
"""

import contextlib
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from ingest.books import pdfium
from ingest.media.playlist import Playlist
from workbench.errors import Cancelled, UsageError, WorkbenchError
from workbench.intake import places, queue, queue_rows, requests
from workbench.intake import watch as watching
from workbench.intake.dispatcher import Dispatcher
from workbench.intake.queue import Addition
from workbench.intake.queue_rows import Glance, Listing
from workbench.intake.reader import DEFAULT_READER, Reader
from workbench.intake.records import AWAITED, WORKED, Added, Hooks, QueueRow, QueueSummary, Watched
from workbench.intake.stage_times import Spent
from workbench.intake.watch import SCAN_SECONDS, Watch
from workbench.jobs import Cancel, Progress, Report, silent
from workbench.store import lease
from workbench.store.store import Store

#: Stages that a caller can wait for.
_WAITS = WORKED


class Intake:
    """The queue of one open library. Thread-safe.

    `reader` names the reading function as `module:function`.
    """

    def __init__(
        self,
        store: Store,
        hooks: Hooks,
        *,
        reader: str = DEFAULT_READER,
        lanes: int | None = None,
        look_seconds: float = SCAN_SECONDS,
    ) -> None:
        self._store = store
        holder = lease.new_holder()
        self._dispatcher = Dispatcher(store, holder, hooks, reader=reader, lanes=lanes)
        self._touch = self._dispatcher.touch
        self._watch = Watch(
            store, holder, partial(self._touch, "queue"), partial(self._touch, "queue"),
            seconds=look_seconds,
        )  # fmt: skip
        self._rows = Listing(time.time())
        self._listing = threading.Lock()
        self._glance = Glance(store)
        self._glancing = threading.Lock()

    # -- what callers ask for -----------------------------------------------------------------

    def enqueue(
        self,
        paths: Sequence[str | Path],
        *,
        collection: str | None = None,
        title: str | None = None,
        replace: bool = False,
        typed: bool = False,
    ) -> list[int]:
        """Queue files, the files of folders, and links; returns their jobs in order.

        With `replace`, a changed file replaces its source. `typed` says that the user typed the
        links, so that private addresses are allowed. Raises `InputError` for an invalid path,
        `UsageError` for a collection without a name.
        """
        with self.reader() as reader:
            addition = Addition(
                "", collection, title, purpose="replace" if replace else "add", typed=typed
            )
            jobs = requests.enqueue(self._store, paths, addition, reader)
        self._touch("queue")
        return jobs

    def enqueue_text(
        self, content: bytes, *, title: str | None, collection: str | None = None
    ) -> int:
        """Store pasted text in the library and queue it, atomically."""
        job = requests.enqueue_text(self._store, content, title=title, collection=collection)
        self._touch("queue")
        return job

    def enqueue_again(self, wanted: Sequence[int] | None) -> list[int]:
        """Queue sources (None: all with an original) to be read again.

        Raises `NotFoundError`, and `InputError` for a source that never had a file.
        """

        jobs = self._store.write(lambda c: requests.enqueue_rereading(c, wanted))
        self._touch("queue")
        return jobs

    def read_on(self, address: str) -> int:
        """Read on the workers of a Dask scheduler from now on; how many files at once.

        Raises `InputError` where there is none, or one of another version (`cluster.Cluster`).
        """
        from workbench.intake.cluster import Cluster

        cluster = Cluster(address)
        self._dispatcher.use(cluster)
        return cluster.lanes

    def start(self) -> None:
        """Work the whole queue in the background from now on."""
        self._dispatcher.work_all()
        self._watch.start()

    def watch(self, folder: str | Path, collection: str | None = None) -> None:
        """Add the files of a folder, and those that appear or change in it later.

        Raises `InputError` if there is no such folder, `UsageError` for one of this program's own
        and for a collection without a name.
        """
        stored = watching.checked(folder, collection)
        self._store.write(lambda c: watching.watch(c, stored, collection))
        if self._dispatcher.background:
            self._watch.start()
        self._touch("queue")

    def unwatch(self, folder: str | Path) -> None:
        """Stop watching a folder; its sources stay. Raises `NotFoundError`."""
        stored = places.as_text(folder)
        self._store.write(lambda c: watching.unwatch(c, stored))
        self._touch("queue")

    def watched(self) -> list[Watched]:
        """The watched folders."""
        with self._store.read() as connection:
            return watching.watched(connection)

    def run(
        self,
        jobs: Sequence[int],
        report: Report = silent,
        cancel: Cancel | None = None,
        *,
        wait: str = "verified",
        each: Callable[[Added], None] | None = None,
        recognised: bool = True,
    ) -> list[Added]:
        """Wait until these jobs are finished, or have reached the stage `wait`.

        If that is earlier than "verified", or `recognised` is false, text recognition of scans and
        figures is not waited for.

        `each` is called with the outcome of a source as soon as its job is finished, and then
        nothing is returned, to save memory. The jobs run here unless another process works the
        queue, which is then followed; they run even while the queue is paused. Raises `Cancelled`
        after `cancel` (which cancels the jobs, too), and a `LibraryError` if nothing can be stored.
        """
        if wait not in _WAITS:
            raise UsageError(
                f"Adding cannot wait for “{wait}”.", f"Choose one of {', '.join(AWAITED)}."
            )
        self._dispatcher.want(jobs, insist=self.paused)
        figures: set[int] = set()
        recognised = recognised and wait == WORKED[-1]
        try:
            left = list(jobs)
            while left := self._report_finished(
                left, self._unfinished(left, wait, figures, recognised), each
            ):
                if cancel is not None and cancel.is_set:
                    for job in left:
                        with contextlib.suppress(WorkbenchError):
                            self.cancel(job)
                    raise Cancelled
                self._dispatcher.check_alive()
                report(self._progress(jobs, left))
                self._dispatcher.await_change(left)
        finally:
            self._dispatcher.leave([*jobs, *figures])
        return [] if each is not None else self.outcomes(jobs)

    def _report_finished(
        self, previous: list[int], left: list[int], each: Callable[[Added], None] | None
    ) -> list[int]:
        """Report finished jobs to `each`; returns those left."""
        if each is not None and len(left) < len(previous):
            unfinished = set(left)
            for added in self.outcomes([job for job in previous if job not in unfinished]):
                each(added)
        return left

    def outcomes(self, jobs: Sequence[int]) -> list[Added]:
        """The results of these jobs so far, one for each source; unknown jobs have none."""
        with self._store.read() as connection:
            return queue_rows.outcomes(connection, jobs)

    def rows(self) -> list[QueueRow]:
        """All jobs that are not done, and those done since the library was opened."""
        with self._listing:
            with self._store.read() as connection:
                rows = self._rows.rows(connection)
            return self._dispatcher.with_progress(rows)

    @property
    def spent(self) -> Spent:
        """Seconds by stage."""
        return self._dispatcher.spent

    def summary(self) -> QueueSummary:
        """A summary of the queue; cheap enough for ten calls a second."""
        with self._glancing:
            fresh, live = self._dispatcher.glance()
            return self._glance.sum_up(live, fresh=fresh)

    @property
    def working(self) -> bool:
        """Whether this process works jobs of the queue."""
        return self._dispatcher.working

    @property
    def paused(self) -> bool:
        """Whether the queue is paused."""
        with self._store.read() as connection:
            return queue.is_paused(connection)

    def pause(self) -> None:
        """Pause the queue after the current batch, in all processes."""
        self._store.write(lambda c: queue.set_paused(c, True))
        self._dispatcher.pause_jobs()
        self._touch("queue")

    def resume(self) -> None:
        """Resume the queue."""
        self._store.write(lambda c: queue.set_paused(c, False))
        self._dispatcher.clear_blocker()
        self._touch("queue")

    def skip(self, job: int) -> None:
        """Skip a job for now; `retry` resumes it."""
        self._store.write(lambda c: queue.skip(c, job))
        self._dispatcher.stop(job)

    def cancel(self, job: int) -> None:
        """Stop a job and remove what it has stored."""
        self._store.write(lambda c: queue.cancel(c, job))
        self._dispatcher.stop(job)
        self._touch("sources")

    def retry(self, job: int) -> None:
        """Try a failed, skipped or cancelled job again."""
        self._store.write(lambda c: queue.retry(c, job))
        self._dispatcher.clear_blocker()
        self._touch("queue")

    def prioritize(self, job: int) -> None:
        """Read a job before all others, in a lane of its own if the others are busy."""
        self._store.write(lambda c: queue.prioritize(c, job))
        self._touch("queue")

    def leave_out_page(self, job: int, page: int | None = None) -> None:
        """Leave out the current page (or `page`) and go on; a failed job is retried."""
        if page is None:
            page = self._dispatcher.page_of(job)
        self._store.write(lambda c: queue.leave_out(c, job, page))
        self._dispatcher.clear_blocker()
        self._dispatcher.stop(job)

    def unlock(self, password: str) -> None:
        """Try a password with locked files from now on; it is kept in memory only."""
        if password and password not in self._dispatcher.passwords:
            self._dispatcher.passwords.append(password)

    def unlocking(self) -> contextlib.AbstractContextManager[None]:
        """Try the known passwords with locked files that this thread opens within the block."""
        return pdfium.unlocking(self._dispatcher.passwords)

    def dismiss(self, *jobs: int) -> None:
        """Remove finished jobs from the list, all of them or none."""

        def work(connection: sqlite3.Connection) -> None:
            for job in jobs:
                queue.dismiss(connection, job)

        self._store.write(work)
        self._touch("queue")

    def close(self) -> None:
        """Stop at once: end threads and reader processes; unfinished jobs stay in the queue."""
        self._watch.close()
        self._dispatcher.close()

    def reader(self) -> contextlib.closing[Reader]:
        """A reader process for the duration of a block."""
        return contextlib.closing(self._dispatcher.new_reader())

    def playlist(
        self, link: str, first: int, count: int, *, typed: bool, cancel: Cancel
    ) -> Playlist:
        """The entries of a list of videos, fetched by a process for this call."""
        with self.reader() as reader:
            return reader.playlist(link, first=first, count=count, typed=typed, cancel=cancel)

    def _unfinished(
        self, jobs: Sequence[int], stage: str, figures: set[int], recognised: bool
    ) -> list[int]:
        """The unfinished jobs, or figures of their sources; finished ones are reported."""
        with self._store.read() as connection:
            left = queue.unfinished(connection, jobs, stage)
            finished = set(jobs).difference(left)
            figure_jobs = queue.of_figures(connection, finished) if recognised and finished else {}
            if not recognised:
                deferred = queue.deferred(connection, left)
                left = [job for job in left if job not in deferred]
        if new := set(figure_jobs.values()) - figures:
            figures |= new
            self._dispatcher.want_with(jobs, list(new))
        requested = figure_jobs.keys() | left
        return [job for job in jobs if job in requested]

    def _progress(self, jobs: Sequence[int], left: Sequence[int]) -> Progress:
        """One progress for all jobs: of the only one, or by their number."""
        at_work = self._dispatcher.active_job(left)
        with self._store.read() as connection:
            row = queue_rows.row(connection, at_work)
            slow = queue.deferred(connection, left)
            pending = queue.unfinished(connection, left)
        if row is None:
            return Progress("verified", len(jobs), len(jobs), "files")
        row = self._dispatcher.with_progress([row])[0]
        stage = "paused" if row.state == "paused" else row.stage_word.lower() or "reading"
        if len(jobs) == 1:
            return Progress(stage, row.done, row.total, row.unit, row.name)
        if len(slow) == len(pending):
            # Only recognition is left: the rest can be searched.
            stage = "recognising"
        return Progress(stage, len(jobs) - len(pending), len(jobs), "files", row.name, row.page)
