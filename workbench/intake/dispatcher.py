"""The dispatcher: works the queue of a library in its own threads and processes.

One dispatcher thread takes the lease, gives jobs to one or two lanes (a thread with a reader
process each), renews the lease, and releases it as soon as the queue is empty, so that another
process with the library open can work its own jobs.
"""

import contextlib
import itertools
import logging
import os
import sqlite3
import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from workbench import paths as folders
from workbench.errors import Cancelled, InputError, LibraryError, WorkbenchError
from workbench.intake import places, queue
from workbench.intake.origin import sweep
from workbench.intake.pace import Live
from workbench.intake.queue import Job
from workbench.intake.queue_blockers import Blocker, blocking_error, failure
from workbench.intake.reader import Reader
from workbench.intake.records import Hooks, QueueRow
from workbench.intake.stage_times import Spent
from workbench.intake.work import JobRunner, Step, Stopped
from workbench.jobs import Cancel, Progress
from workbench.store import lease
from workbench.store.store import Store

if TYPE_CHECKING:
    from workbench.intake.cluster import Cluster

_TICK = 0.1
#: Up to this many jobs, callers are notified of each change instead of once per tick.
_POLLED_JOBS = 8
#: Requested jobs offered to a lane at a time.
_OFFERED = 64
_IDLE = 1.0
_READER_IDLE_SECONDS = 3.0
#: Seconds between checks whether running jobs were cancelled or changed by others.
_CLAIM_CHECK_SECONDS = 1.0
#: Reasons of failure for which the current page is probably to blame.
_AT_A_PAGE = ("crashed", "timeout", "too_large")
#: Pages that crashed a reader and are left out before the file fails.
_PAGE_LIMIT = 3

_log = logging.getLogger(__name__)


class Dispatcher:
    """Works the queue of one open library. Thread-safe.

    `holder` identifies the lease; `reader` names the reading function. `lanes` jobs run at a time,
    None for one or two.
    """

    def __init__(
        self, store: Store, holder: str, hooks: Hooks, *, reader: str, lanes: int | None
    ) -> None:
        self._store = store
        self._holder = holder
        self._notify = hooks.notify
        self._reader = reader
        self._lane_limit = lanes or min(2, os.cpu_count() or 1)
        self._scratch = folders.cache_dir() / "reading" / store.id
        self.runner = JobRunner(store, hooks, holder, self._report_progress, self._scratch)
        self._changed = threading.Condition()
        # `_changed` guards everything below.
        self._closing = False
        self._background = False
        self._requested: dict[int, bool] = {}
        self.running: dict[int, tuple[Job, Cancel]] = {}
        #: Steps that are read and wait to be finished together.
        self.read: list[Step] = []
        self._live = Live()
        #: Passwords to try with locked PDFs; kept in memory only.
        self.passwords: list[str] = []
        self._dirty: set[str] = set()
        self._recount = True
        self.lanes: list[threading.Thread] = []
        #: Lanes that have not reached the end of the queue.
        self._reading = 0
        self.readers: list[Reader] = []
        self._blocker = Blocker()
        self._cluster: Cluster | None = None
        self._thread: threading.Thread | None = None

    # -- what is to be worked ---------------------------------------------------------------------

    @property
    def background(self) -> bool:
        """Whether the whole queue is worked, and not only jobs somebody waits for."""
        with self._changed:
            return self._background

    def work_all(self) -> None:
        """Work the whole queue in the background from now on."""
        with self._changed:
            self._background = True
            self._blocker.forget()
        self.wake()

    def want(self, jobs: Sequence[int], *, insist: bool) -> None:
        """Work these jobs first; with `insist` even while the queue is paused."""
        with self._changed:
            self._blocker.forget()
            self._requested.update(dict.fromkeys(jobs, insist))
        self.wake()

    def want_with(self, jobs: Sequence[int], later: Sequence[int]) -> None:
        """Treat the jobs that `jobs` have created like them."""
        with self._changed:
            insist = any(self._requested.get(job, False) for job in jobs)
            self._requested.update(dict.fromkeys(later, insist))

    def leave(self, jobs: Sequence[int]) -> None:
        """Stop waiting for these jobs."""
        with self._changed:
            for job in jobs:
                self._requested.pop(job, None)

    def clear_blocker(self) -> None:
        """Retry after a blocking error, since the user asks for work."""
        with self._changed:
            self._blocker.forget()

    def pause_jobs(self) -> None:
        """Release all running jobs except insisted ones."""
        with self._changed:
            for job, (_, cancel) in self.running.items():
                if not self._requested.get(job, False):
                    cancel.set()

    def close(self) -> None:
        """Stop at once: end threads and reader processes; unfinished jobs stay in the queue."""
        with self._changed:
            self._closing = True
            for _, cancel in self.running.values():
                cancel.set()
            self._changed.notify_all()
            thread, self._thread = self._thread, None
        if thread is not None:
            thread.join()
        if self._cluster is not None:
            self._cluster.close()

    # -- how far it is ----------------------------------------------------------------------------

    def await_change(self, left: Sequence[int]) -> None:
        """Wait for a change, or with many jobs left for the next tick."""
        with self._changed:
            if len(left) <= _POLLED_JOBS:
                if not self._closing:
                    self._changed.wait(_TICK)
                return
            deadline = time.monotonic() + _TICK
            while not self._closing and (remainder := deadline - time.monotonic()) > 0:
                self._changed.wait(remainder)

    def check_alive(self) -> None:
        """Raise the error that blocks the queue, if there is one."""
        with self._changed:
            if self._blocker.error is not None:
                raise self._blocker.error
            if self._closing:
                raise Cancelled
            if self._thread is None or not self._thread.is_alive():
                raise WorkbenchError(
                    "The queue stopped because of an error in this program.",
                    "Start it again; finished work is kept.",
                )

    @property
    def spent(self) -> Spent:
        """Seconds by stage."""
        return self.runner.spent

    @property
    def working(self) -> bool:
        """Whether this process works jobs of the queue.

        Text recognition does not count: it takes minutes, and everything else goes on.
        """
        with self._changed:
            slow = sum(job.priority < 0 for job, _ in self.running.values())
            lanes = sum(lane.is_alive() for lane in self.lanes)
            return max(len(self.running), lanes) > slow

    def page_of(self, job: int) -> int | None:
        """The page a job is reading; None if unknown."""
        with self._changed:
            return self._live.page_of(job)

    def active_job(self, jobs: Sequence[int]) -> int:
        """The first of the jobs that is running, or else the first."""
        with self._changed:
            return next((job for job in jobs if job in self.running), jobs[0])

    def with_progress(self, rows: Sequence[QueueRow]) -> list[QueueRow]:
        """Add the progress of running jobs and the blocking error to rows."""
        with self._changed:
            return [self._blocked(row) for row in self._live.with_rates(rows)]

    def glance(self) -> tuple[bool, list[tuple[int, Progress]]]:
        """Whether the queue changed since the last call; size and progress of running jobs.

        Sizes are in bytes.
        """
        with self._changed:
            fresh, self._recount = self._recount, False
            live = [
                (job.size, progress)
                for job, _ in self.running.values()
                if (progress := self._live.of(job.id)) is not None
            ]
        return fresh, live

    def _blocked(self, row: QueueRow) -> QueueRow:
        if self._blocker.error is None or row.state not in queue.UNFINISHED:
            return row
        message, hint = self._blocker.sentence
        return replace(row, state="paused", error=message, hint=hint)

    # -- the dispatcher -------------------------------------------------------------------------

    def wake(self) -> None:
        """Check the queue now; the first call starts the dispatcher thread."""
        with self._changed:
            if self._closing or self._store.read_only:
                return
            if self._thread is None:
                self._thread = threading.Thread(
                    target=self._dispatch, name="workbench-intake", daemon=True
                )
                self._thread.start()
            self._changed.notify_all()

    def _dispatch(self) -> None:
        leased = False
        renewed = idle_start = checked = 0.0
        try:
            while not self._closing:
                current = time.monotonic()
                try:
                    self._resume_blocked(leased)
                    ready = self._waiting(leased)
                    if not leased and ready:
                        leased = self._take_lease()
                        renewed = current
                        continue
                    if leased and current - renewed > lease.RENEW_SECONDS:
                        leased = self._store.write(lambda c: lease.acquire(c, self._holder))
                        renewed = current
                    if leased and current - checked > _CLAIM_CHECK_SECONDS:
                        self._stop_reclaimed()
                        checked = current
                    if leased:
                        self._finish()
                    if leased and self._send_lanes(len(ready)):
                        idle_start = current
                    elif leased and not ready:
                        self._release()
                        leased = False
                except LibraryError as error:
                    self._halt(error)
                    leased = False
                except Exception as error:  # noqa: BLE001 - a fault must not end the queue
                    _log.exception("the queue failed and is tried again")
                    self._halt(failure(error))
                    leased = False
                if not leased:
                    self._rest(current - idle_start)
                self._flush_topics()
                self._await_work(leased)
        finally:
            self._stop_lanes()
            self._close_readers()
            if leased:
                with contextlib.suppress(LibraryError):
                    self._release()
            self._flush_topics()

    def _rest(self, idle: float) -> None:
        self._stop_lanes()
        if idle > _READER_IDLE_SECONDS:
            self._close_readers()

    def _release(self) -> None:
        self._store.write(lambda c: lease.release(c, self._holder))

    def _await_work(self, leased: bool) -> None:
        """Wait for a change; while lanes read, collect results until the tick ends."""
        with self._changed:
            if self._closing:
                return
            active = leased or self._dirty or self._requested or self.readers
            deadline = time.monotonic() + _TICK
            self._changed.wait(_TICK if active else _IDLE)
            while (
                not self._closing
                and self._reading
                and (remainder := deadline - time.monotonic()) > 0
            ):
                self._changed.wait(remainder)

    def _finish(self) -> None:
        """Finish what the lanes have read; one by one if the batch fails."""
        with self._changed:
            steps, self.read = self.read, []
        problem: LibraryError | None = None
        for step, error in self._finished(steps):
            try:
                self._end(step.job, error)
            except LibraryError as met:
                problem = met
            except Exception as fault:  # noqa: BLE001 - reported like that of a lane
                args = (type(fault), fault, fault.__traceback__, threading.current_thread())
                threading.excepthook(threading.ExceptHookArgs(args))
        if problem is not None:
            raise problem

    def _finished(self, steps: list[Step]) -> list[tuple[Step, Exception | None]]:
        """The steps with their results."""
        try:
            return list(zip(steps, self.runner.finish(steps), strict=True)) if steps else []
        except Exception as error:  # noqa: BLE001 - it is what a step ends with
            if len(steps) == 1 or isinstance(error, LibraryError):
                return [(step, error) for step in steps]
            return [ended for step in steps for ended in self._finished([step])]

    def _resume_blocked(self, leased: bool) -> None:
        with self._changed:
            resume = self._blocker.retry_due()
            running = list(self.running)
        if resume and leased:
            # Jobs that the error interrupted while another lane went on.
            self._store.write(lambda c: queue.requeue_orphans(c, but=running))

    def _waiting(self, leased: bool) -> list[int]:
        """Jobs that could run here; without the lease, only if it is free."""
        with self._changed:
            if self._blocker.error is not None:
                return []
            first, insist, remaining = self._choice()
        with self._store.read() as connection:
            if not leased and not lease.is_open(connection, self._holder):
                return []
            return queue.waiting(
                connection, first=first, insist=insist, others=remaining, orphans=not leased
            )

    def _choice(self) -> tuple[list[int], list[int], bool]:
        offered = list(itertools.islice(self._requested.items(), _OFFERED))
        insist = [job for job, despite in offered if despite]
        return [job for job, _ in offered], insist, self._background

    def _take_lease(self) -> bool:
        def work(connection: sqlite3.Connection) -> bool:
            if not lease.acquire(connection, self._holder):
                return False
            queue.requeue_orphans(connection)
            queue.forget_old(connection)
            return True

        acquired = self._store.write(work)
        if acquired:
            # The previous holder of the lease is gone, and with it the users of these files.
            sweep(self._scratch)
        return acquired

    def _send_lanes(self, ready: int) -> bool:
        """Start lanes for waiting jobs; returns whether any lane is running.

        Prioritised jobs get an additional lane instead of waiting for long books.
        """
        with self._changed:
            self.lanes = [lane for lane in self.lanes if lane.is_alive()]
            free = self._lane_limit - len(self.lanes)
        if ready and free == 0 and self._is_urgent():
            self._start_lane(express=True)
        for _ in range(min(ready, free)):
            self._start_lane()
        with self._changed:
            return bool(self.lanes or self.read)

    def _start_lane(self, *, express: bool = False) -> None:
        lane = threading.Thread(
            target=self._lane, args=(express,), name="workbench-lane", daemon=True
        )
        with self._changed:
            self.lanes.append(lane)
            self._reading += 1
        lane.start()

    def _is_urgent(self) -> bool:
        with self._changed:
            running = list(self.running)
        if len(running) < self._lane_limit:
            # A lane is between two jobs and takes the first that waits.
            return False
        with self._store.read() as connection:
            return queue.is_urgent(connection, running)

    def _stop_reclaimed(self) -> None:
        """Stop jobs that another process cancelled, or wants read without a page.

        Their next write would stop them, too, but a hanging one writes nothing.
        """
        with self._changed:
            running = list(self.running.values())
        with self._store.read() as connection:
            for job, cancel in running:
                if not queue.is_as_claimed(connection, job):
                    cancel.set()

    def _stop_lanes(self) -> None:
        with self._changed:
            for _, cancel in self.running.values():
                cancel.set()
            lanes, self.lanes = self.lanes, []
        for lane in lanes:
            lane.join()
        with self._changed:
            steps, self.read = self.read, []
        for step in steps:
            self.runner.release(step)
            # If this cannot be written either, the job is found in its old state later.
            with contextlib.suppress(LibraryError):
                self._end(step.job, Stopped())

    def _close_readers(self) -> None:
        with self._changed:
            readers, self.readers = self.readers, []
        for reader in readers:
            reader.close()

    def new_reader(self) -> Reader:
        """A reader process that is not started yet, or one on the cluster."""
        if self._cluster is not None:
            return self._cluster.reader(self._reader, self._scratch, self.passwords)
        return Reader(self._reader, scratch=self._scratch, passwords=self.passwords)

    def use(self, cluster: "Cluster") -> None:
        """Read on a cluster from now on, as many files at once as it has room for."""
        with self._changed:
            self._cluster, self._lane_limit = cluster, cluster.lanes
        self._close_readers()

    # -- a lane ---------------------------------------------------------------------------------

    def _lane(self, express: bool) -> None:
        with self._changed:
            reader = self.readers.pop() if self.readers else self.new_reader()
        try:
            # Its start takes as long as hashing a book, so both run in parallel.
            reader.start()
            while (job := self._claim(express)) is not None:
                self._work(job, reader)
        except LibraryError as error:
            self._halt(error)
        except OSError as error:
            problem = blocking_error(error)
            if problem is None:
                raise
            self._halt(problem)
        finally:
            with self._changed:
                surplus = len(self.readers) >= self._lane_limit or express
                if not surplus:
                    self.readers.append(reader)
                self._reading -= 1
                self._changed.notify_all()
            if surplus:
                reader.close()

    def _claim(self, express: bool) -> Job | None:
        with self._changed:
            if self._closing or self._blocker.error:
                return None
            first, insist, remaining = self._choice()
            # A job that was stopped and requested again waits until its first worker has finished.
            running = list(self.running)
            if express and len(running) < self._lane_limit:
                return None

        def work(connection: sqlite3.Connection) -> Job | None:
            if not lease.is_owner(connection, self._holder):
                return None
            if express and not queue.is_urgent(connection, running):
                return None
            return queue.claim(
                connection, first=first, insist=insist, others=remaining, but=running
            )

        return self._store.write(work)

    def _work(self, job: Job, reader: Reader) -> None:
        cancel = Cancel()
        with self._changed:
            self.running[job.id] = job, cancel
            insist = self._requested.get(job.id, False)
            if self._closing:
                cancel.set()
        try:
            step = self.runner.run(job, reader, insist, cancel)
        except BaseException as error:  # noqa: BLE001 - raised again where nobody can go on
            self._end(job, error)
            return
        if step is None:
            self._end(job, None)
            return
        with self._changed:
            self.read.append(step)

    def _end(self, job: Job, error: BaseException | None) -> None:
        """Record the result of a job; re-raise errors that block the queue."""
        resolved = finished = False
        try:
            if error is not None:
                raise error
            resolved = finished = True
            with self._changed:
                self._blocker.ease()
        except (Stopped, Cancelled):
            resolved = True
            self._store.write(lambda c: queue.requeue(c, job.id))
        except InputError as met:
            with self._changed:
                page = self._live.page_of(job.id) if met.reason in _AT_A_PAGE else None
            finished = self._fail(job, met.message, met.hint, met.reason, page)
            resolved = True
        except LibraryError:
            # The job keeps its state and continues once the library is writable.
            resolved = True
            raise
        except OSError as met:
            problem = blocking_error(met)
            if problem is None:
                raise
            resolved = True
            self._store.write(lambda c: queue.requeue(c, job.id))
            raise problem from met
        finally:
            if not resolved:
                self._fail(
                    job,
                    f"“{places.name_of(job.path)}” could not be added because of a fault in this "
                    "program.",
                    "Retry it; if that fails, please report it with the log.",
                    "fault",
                )
            with self._changed:
                if finished:
                    self._requested.pop(job.id, None)
                self.running.pop(job.id, None)
                self._live.forget(job.id)
                self._recount = True
                self._dirty.update(("queue", "sources"))
                self._changed.notify_all()

    def _fail(
        self, job: Job, message: str, hint: str, reason: str, page: int | None = None
    ) -> bool:
        """Record a failure, or retry without the page that crashed the reader; whether it ended."""

        def work(connection: sqlite3.Connection) -> bool:
            if queue.state_of(connection, job.id) != "running" or not lease.is_owner(
                connection, self._holder
            ):
                return True
            new = page is not None and page not in job.left_out
            if new and reason != "too_large" and len(job.left_out) < _PAGE_LIMIT:
                # One bad page costs only that page: the rest is read, with a notice.
                queue.leave_out(connection, job.id, page)
                queue.requeue(connection, job.id)
                return False
            queue.fail(connection, job.id, message, hint, reason, page)
            return True

        return self._store.write(work)

    def _halt(self, error: LibraryError) -> None:
        """Block the queue until the retry time, or until somebody asks for work."""
        with self._changed:
            if self._blocker.arise(error):
                _log.error("the queue stopped: %s", error)
            self._dirty.add("queue")
            self._changed.notify_all()

    # -- telling --------------------------------------------------------------------------------

    def _report_progress(self, job: int, progress: Progress) -> None:
        with self._changed:
            self._dirty.add("queue")
            if self._live.update(job, progress):
                self._dirty.add("sources")

    def touch(self, topic: str) -> None:
        """Notify listeners of a topic, and check the queue."""
        with self._changed:
            self._dirty.add(topic)
            self._recount = True
            dispatched = self._thread is not None
            self._changed.notify_all()
        if not dispatched:
            self._flush_topics()

    def _flush_topics(self) -> None:
        with self._changed:
            topics, self._dirty = sorted(self._dirty), set()
        for topic in topics:
            self._notify(topic)

    def stop(self, job: int) -> None:
        """Release a running job."""
        with self._changed:
            if job in self.running:
                self.running[job][1].set()
        self.touch("queue")
