"""The dispatcher: what works the queue of a library, in threads and processes of its own.

One dispatcher thread takes the lease, hands jobs to one or two lanes (a thread with a reader
process each), renews the lease, and lets it go as soon as there is nothing to do, so that another
process that has the library open can work what it was asked for.
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

from workbench import paths as folders
from workbench.errors import Cancelled, InputError, LibraryError, WorkbenchError
from workbench.intake import places, queue
from workbench.intake.live import Live
from workbench.intake.origin import sweep
from workbench.intake.queue import Job
from workbench.intake.queue_blockers import Blocker, blocking_error, failure
from workbench.intake.reader import Reader
from workbench.intake.records import Hooks, QueueRow
from workbench.intake.stage_times import Spent
from workbench.intake.work import Road, Step, Stopped
from workbench.jobs import Cancel, Progress
from workbench.store import lease
from workbench.store.store import Store

_TICK = 0.1
#: Jobs up to which a waiting caller looks at the queue after every change, not every tick.
_POLLED_JOBS = 8
#: Wanted jobs that a lane is offered at a time: more than are worked between two looks.
_OFFERED = 64
_IDLE = 1.0
_READER_IDLE_SECONDS = 3.0
#: Seconds between two looks at whether the running jobs are still wanted as they were claimed.
_CLAIM_CHECK_SECONDS = 1.0
#: Ends of a reading that the page at hand is the likely cause of.
_AT_A_PAGE = ("crashed", "timeout", "too_large")
#: Pages at which a reader ended that are left out of one file before it fails.
_PAGE_LIMIT = 3

_log = logging.getLogger(__name__)


class Dispatcher:
    """Works the queue of one open library. Every method may be called from any thread.

    `holder` is who takes the lease; `reader` names the reading function. It works `lanes` jobs at
    a time, None for one or two.
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
        self.road = Road(store, hooks, holder, self._report_progress, self._scratch)
        self._changed = threading.Condition()
        # All below is guarded by `_changed`.
        self._closing = False
        self._background = False
        self._requested: dict[int, bool] = {}
        self.running: dict[int, tuple[Job, Cancel]] = {}
        #: What is read and waits to be finished together.
        self.read: list[Step] = []
        self._live = Live()
        #: Passwords that are tried with locked PDFs; kept in memory alone.
        self.passwords: list[str] = []
        self._dirty: set[str] = set()
        self._recount = True
        self.lanes: list[threading.Thread] = []
        #: Lanes that have not come to the end of the queue.
        self._reading = 0
        self.readers: list[Reader] = []
        self._blocker = Blocker()
        self._thread: threading.Thread | None = None

    # -- what is to be worked ---------------------------------------------------------------------

    @property
    def background(self) -> bool:
        """Whether the whole queue is worked, and not only what somebody waits for."""
        with self._changed:
            return self._background

    def work_all(self) -> None:
        """Work the whole queue in the background from now on."""
        with self._changed:
            self._background = True
            self._blocker.forget()
        self.wake()

    def want(self, jobs: Sequence[int], *, insist: bool) -> None:
        """Work these jobs before others; who `insist`s has them worked while the queue rests."""
        with self._changed:
            self._blocker.forget()
            self._requested.update(dict.fromkeys(jobs, insist))
        self.wake()

    def want_with(self, jobs: Sequence[int], later: Sequence[int]) -> None:
        """Work what the `jobs` have brought like them."""
        with self._changed:
            insist = any(self._requested.get(job, False) for job in jobs)
            self._requested.update(dict.fromkeys(later, insist))

    def leave(self, jobs: Sequence[int]) -> None:
        """Nobody waits for these jobs any more."""
        with self._changed:
            for job in jobs:
                self._requested.pop(job, None)

    def clear_blocker(self) -> None:
        """Somebody asks for work: what stood in the way may be gone."""
        with self._changed:
            self._blocker.forget()

    def pause_jobs(self) -> None:
        """Let go of all jobs that are being worked, but of those that somebody insists on."""
        with self._changed:
            for job, (_, cancel) in self.running.items():
                if not self._requested.get(job, False):
                    cancel.set()

    def close(self) -> None:
        """Stop at once: end threads and reader processes; unfinished jobs wait in the library."""
        with self._changed:
            self._closing = True
            for _, cancel in self.running.values():
                cancel.set()
            self._changed.notify_all()
            thread, self._thread = self._thread, None
        if thread is not None:
            thread.join()

    # -- how far it is ----------------------------------------------------------------------------

    def await_change(self, left: Sequence[int]) -> None:
        """Wait for a change, and with many jobs left for all the changes of a tick."""
        with self._changed:
            if len(left) <= _POLLED_JOBS:
                if not self._closing:
                    self._changed.wait(_TICK)
                return
            deadline = time.monotonic() + _TICK
            while not self._closing and (remainder := deadline - time.monotonic()) > 0:
                self._changed.wait(remainder)

    def check_alive(self) -> None:
        """Raise why nothing goes on, if anything stands in the way."""
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
        """How long the stages took so far."""
        return self.road.spent

    @property
    def working(self) -> bool:
        """Whether jobs of the queue are being worked in this process.

        What is recognised meanwhile does not count: it takes minutes, and all else goes on.
        """
        with self._changed:
            slow = sum(job.priority < 0 for job, _ in self.running.values())
            lanes = sum(lane.is_alive() for lane in self.lanes)
            return max(len(self.running), lanes) > slow

    def page_of(self, job: int) -> int | None:
        """The page of a job that is being read; None where nobody knows."""
        with self._changed:
            return self._live.page_of(job)

    def active_job(self, jobs: Sequence[int]) -> int:
        """The first of the jobs that is being worked, else the first."""
        with self._changed:
            return next((job for job in jobs if job in self.running), jobs[0])

    def with_progress(self, rows: Sequence[QueueRow]) -> list[QueueRow]:
        """The rows, with what is known of those at work and what keeps the queue from going on."""
        with self._changed:
            return [self._blocked(row) for row in self._live.with_rates(rows)]

    def glance(self) -> tuple[bool, list[tuple[int, Progress]]]:
        """Whether the queue is another than at the last glance; size and progress of jobs at work.

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
        """Look at the queue now; the thread that works it is started by the first who asks."""
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
                        self._store.write(lambda c: lease.release(c, self._holder))
                        leased = False
                except LibraryError as error:
                    self._halt(error)
                    leased = False
                except Exception as error:  # noqa: BLE001 - a fault must not end the queue
                    _log.exception("the queue failed and is tried again")
                    self._halt(failure(error))
                    leased = False
                if not leased:
                    self._stop_lanes()
                    if current - idle_start > _READER_IDLE_SECONDS:
                        self._close_readers()
                self._flush_topics()
                self._await_work(leased)
        finally:
            self._stop_lanes()
            self._close_readers()
            if leased:
                with contextlib.suppress(LibraryError):
                    self._store.write(lambda c: lease.release(c, self._holder))
            self._flush_topics()

    def _await_work(self, leased: bool) -> None:
        """Wait for a change; while lanes read, for all that they have read in a tick."""
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
        """Finish what the lanes have read; one by one where all together end in a fault."""
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
        """The steps, and what each ends with."""
        try:
            return list(zip(steps, self.road.finish(steps), strict=True)) if steps else []
        except Exception as error:  # noqa: BLE001 - it is what a step ends with
            if len(steps) == 1 or isinstance(error, LibraryError):
                return [(step, error) for step in steps]
            return [ended for step in steps for ended in self._finished([step])]

    def _resume_blocked(self, leased: bool) -> None:
        with self._changed:
            resume = self._blocker.retry_due()
            running = list(self.running)
        if resume and leased:
            # What the trouble broke off, while another lane went on.
            self._store.write(lambda c: queue.requeue_orphans(c, but=running))

    def _waiting(self, leased: bool) -> list[int]:
        """Jobs that could be worked here; without the lease, only where it could be had."""
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
            # Whoever had the lease before is dead or done: nobody reads these any more.
            sweep(self._scratch)
        return acquired

    def _send_lanes(self, ready: int) -> bool:
        """Start lanes for the jobs that are ready; say whether any lane is at work.

        What the user wants first does not wait for long books: it gets one lane more.
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

        Their own next write would stop them, too, but what hangs writes nothing.
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
            self.road.release(step)
            # What stopped the lanes may keep this from being written, too: the job is found as it
            # is once the library can be written again.
            with contextlib.suppress(LibraryError):
                self._end(step.job, Stopped())

    def _close_readers(self) -> None:
        with self._changed:
            readers, self.readers = self.readers, []
        for reader in readers:
            reader.close()

    def new_reader(self) -> Reader:
        """A reader process, not started yet."""
        return Reader(self._reader, scratch=self._scratch, passwords=self.passwords)

    # -- a lane ---------------------------------------------------------------------------------

    def _lane(self, express: bool) -> None:
        with self._changed:
            reader = self.readers.pop() if self.readers else self.new_reader()
        try:
            # Its start takes as long as hashing a book: let it happen meanwhile.
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
            # What was stopped and asked for again waits until its first worker has let go.
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
            step = self.road.travel(job, reader, insist, cancel)
        except BaseException as error:  # noqa: BLE001 - raised again where nobody can go on
            self._end(job, error)
            return
        if step is None:
            self._end(job, None)
            return
        with self._changed:
            self.read.append(step)

    def _end(self, job: Job, error: BaseException | None) -> None:
        """Record what a job ends with; raise it again where the queue cannot go on."""
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
            # The job stays as it is and goes on once the library can be written again.
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
        """Whether the job is over; else it goes on without the page at which its reader ended."""

        def work(connection: sqlite3.Connection) -> bool:
            if queue.state_of(connection, job.id) != "running" or not lease.is_owner(
                connection, self._holder
            ):
                return True
            new = page is not None and page not in job.left_out
            if new and reason != "too_large" and len(job.left_out) < _PAGE_LIMIT:
                # One bad page costs that page: the rest is read without it, and says so.
                queue.leave_out(connection, job.id, page)
                queue.requeue(connection, job.id)
                return False
            queue.fail(connection, job.id, message, hint, reason, page)
            return True

        return self._store.write(work)

    def _halt(self, error: LibraryError) -> None:
        """The library cannot be written: rest until that may have passed, or somebody asks."""
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
        """Something has changed in the queue or by it: look at it, and tell of the topic."""
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
        """Let go of a job that is being worked."""
        with self._changed:
            if job in self.running:
                self.running[job][1].set()
        self.touch("queue")
