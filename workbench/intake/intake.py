"""The intake: what works the queue of a library, in the background or for a caller that waits.

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
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ingest.media.listed import Listed
from workbench import paths as folders
from workbench.errors import Cancelled, InputError, LibraryError, UsageError, WorkbenchError
from workbench.intake import places, queue, queue_rows, requests
from workbench.intake import watch as watching
from workbench.intake.live import Live
from workbench.intake.origin import sweep
from workbench.intake.queue import Job
from workbench.intake.queue_blockers import Trouble, meant_by
from workbench.intake.queue_rows import Listing
from workbench.intake.reader import DEFAULT_READER, Reader
from workbench.intake.records import AWAITED, WORKED, Added, QueueRow, QueueSummary, Watched
from workbench.intake.stage_times import Spent
from workbench.intake.summary import Glance
from workbench.intake.watch import LOOK, Watch
from workbench.intake.work import Road, Step, Stopped
from workbench.jobs import Cancel, Progress, Report, silent
from workbench.store import lease
from workbench.store.store import Store

#: The stages that there are so far and that a caller can wait for.
_WAITS = WORKED

_TICK = 0.1
#: Jobs up to which a waiting caller looks at the queue after every change, not every tick.
_FEW = 8
#: Wanted jobs that a lane is offered at a time: more than are worked between two looks.
_OFFERED = 64
_IDLE = 1.0
_KEEP_READERS = 3.0
#: Seconds between two looks at whether the running jobs are still wanted as they were claimed.
_LOOK = 1.0
#: Ends of a reading that the page at hand is the likely cause of.
_AT_A_PAGE = ("crashed", "timeout", "too_large")
#: Pages at which a reader ended that are left out of one file before it fails.
_MOST_LEFT_OUT = 3

_log = logging.getLogger(__name__)


class Intake:
    """The queue of one open library. Every method may be called from any thread.

    `index` makes what is stored searchable; `find(source)` says whether a search finds a source;
    `notify(topic)` hears of changes ("queue", "sources"), at most ten times a second each, on any
    thread. `reader` names the reading function as `module:function`.
    """

    def __init__(
        self,
        store: Store,
        index: Callable[[], None],
        find: Callable[[int], bool],
        notify: Callable[[str], None],
        *,
        reader: str = DEFAULT_READER,
        lanes: int | None = None,
        look_seconds: float = LOOK,
    ) -> None:
        self._store = store
        self._notify = notify
        self._reader = reader
        self._lane_limit = lanes or min(2, os.cpu_count() or 1)
        self._holder = lease.new_holder()
        self._scratch = folders.cache_dir() / "reading" / store.id
        self._watch = Watch(
            store,
            self._holder,
            self._arrived,
            lambda: self._touch("queue"),
            seconds=look_seconds,
        )
        self._road = Road(store, index, find, self._holder, self._tell, self._scratch)
        self._rows = Listing(time.time())
        self._listing = threading.Lock()
        self._glance = Glance(store)
        self._glancing = threading.Lock()
        self._changed = threading.Condition()
        # All below is guarded by `_changed`.
        self._closing = False
        self._background = False
        self._wanted: dict[int, bool] = {}
        self._running: dict[int, tuple[Job, Cancel]] = {}
        #: What is read and waits to be finished together.
        self._read: list[Step] = []
        self._live = Live()
        self._dirty: set[str] = set()
        self._recount = True
        self._lanes: list[threading.Thread] = []
        #: Lanes that have not come to the end of the queue.
        self._reading = 0
        self._readers: list[Reader] = []
        self._trouble = Trouble()
        self._dispatcher: threading.Thread | None = None

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
        """Put files, the files of folders, and links on the queue; return their jobs in order.

        With `replace`, a file that has changed takes the place of the source that it was. `typed`
        says that the user typed the links, so that private addresses may be asked. Raises
        `InputError` for what can be no path, `UsageError` for a collection without a name.
        """
        jobs = requests.enqueue(
            self._store, paths, collection=collection, title=title, replace=replace, typed=typed
        )
        self._touch("queue")
        return jobs

    def enqueue_text(
        self, content: bytes, *, title: str | None, collection: str | None = None
    ) -> int:
        """Keep pasted text in the library and put it on the queue, both or neither."""
        job = requests.enqueue_text(self._store, content, title=title, collection=collection)
        self._touch("queue")
        return job

    def enqueue_again(self, wanted: Sequence[int] | None) -> list[int]:
        """Put sources (None: all that have an original) on the queue to be read again.

        Raises `NotFoundError`, and `InputError` for a source that never had a file.
        """

        jobs = self._store.write(lambda c: requests.enqueue_again(c, wanted))
        self._touch("queue")
        return jobs

    def start(self) -> None:
        """Work the whole queue in the background from now on."""
        with self._changed:
            self._background = True
            self._trouble.forget()
        self._ensure_dispatcher()
        self._watch.start()

    def watch(self, folder: str | Path, collection: str | None = None) -> None:
        """Add what lies in a folder, and what appears or changes in it later.

        Raises `InputError` where there is no such folder, `UsageError` for one of this program's
        own and for a collection without a name.
        """
        stored = watching.checked(folder, collection)
        self._store.write(lambda c: watching.watch(c, stored, collection))
        with self._changed:
            working = self._background
        if working:
            self._watch.start()
        self._touch("queue")

    def unwatch(self, folder: str | Path) -> None:
        """Watch a folder no longer; what it brought stays. Raises `NotFoundError`."""
        stored = places.as_text(folder)
        self._store.write(lambda c: watching.unwatch(c, stored))
        self._touch("queue")

    def watched(self) -> list[Watched]:
        """The folders that are watched."""
        with self._store.read() as connection:
            return watching.watched(connection)

    def _arrived(self) -> None:
        self._touch("queue")

    def run(
        self,
        jobs: Sequence[int],
        report: Report = silent,
        cancel: Cancel | None = None,
        *,
        wait: str = "verified",
        each: Callable[[Added], None] | None = None,
    ) -> list[Added]:
        """Wait until these jobs are over, or have reached the stage `wait`.

        `each` is told what became of a source as soon as its job is over, and nothing is returned
        then: with many jobs there would be much to hold. They are worked here unless another
        process works the queue, which is then followed. Jobs asked for while the queue rests are
        worked all the same. Raises `Cancelled` after `cancel` (the jobs are then cancelled, too), a
        `LibraryError` where nothing can be stored.
        """
        if wait not in _WAITS:
            raise UsageError(
                f"Adding cannot wait for “{wait}”.", f"Choose one of {', '.join(AWAITED)}."
            )
        insist = self.paused
        with self._changed:
            self._trouble.forget()
            self._wanted.update(dict.fromkeys(jobs, insist))
        self._ensure_dispatcher()
        figures: set[int] = set()
        try:
            left = list(jobs)
            while left := self._told(left, self._unfinished(left, wait, figures), each):
                if cancel is not None and cancel.is_set:
                    for job in left:
                        with contextlib.suppress(WorkbenchError):
                            self.cancel(job)
                    raise Cancelled
                self._check_alive()
                report(self._progress(jobs, left))
                self._await_change(left)
        finally:
            with self._changed:
                for job in (*jobs, *figures):
                    self._wanted.pop(job, None)
        return [] if each is not None else self._outcomes(jobs)

    def _told(
        self, before: list[int], left: list[int], each: Callable[[Added], None] | None
    ) -> list[int]:
        """The jobs that are `left`, when `each` has been told of the others."""
        if each is not None and len(left) < len(before):
            still = set(left)
            for added in self._outcomes([job for job in before if job not in still]):
                each(added)
        return left

    def _outcomes(self, jobs: Sequence[int]) -> list[Added]:
        with self._store.read() as connection:
            return queue_rows.outcomes(connection, jobs)

    def _await_change(self, left: Sequence[int]) -> None:
        """Wait for a change, and with many jobs left for all the changes of a tick."""
        with self._changed:
            if len(left) <= _FEW:
                if not self._closing:
                    self._changed.wait(_TICK)
                return
            deadline = time.monotonic() + _TICK
            while not self._closing and (rest := deadline - time.monotonic()) > 0:
                self._changed.wait(rest)

    def _check_alive(self) -> None:
        with self._changed:
            if self._trouble.error is not None:
                raise self._trouble.error
            if self._closing:
                raise Cancelled
            if self._dispatcher is None or not self._dispatcher.is_alive():
                raise WorkbenchError(
                    "The queue stopped because of an error in this program.",
                    "Start it again; finished work is kept.",
                )

    def rows(self) -> list[QueueRow]:
        """Every job that is not done, and those that were done since the library was opened."""
        with self._listing:
            with self._store.read() as connection:
                rows = self._rows.rows(connection)
            with self._changed:
                return [self._held_up(row) for row in self._live.shown(rows)]

    @property
    def spent(self) -> Spent:
        """How long the stages took so far."""
        return self._road.spent

    def summary(self) -> QueueSummary:
        """The whole queue at a glance; cheap enough for ten times a second."""
        with self._glancing:
            with self._changed:
                fresh, self._recount = self._recount, False
                live = [
                    (job.size, progress)
                    for job, _ in self._running.values()
                    if (progress := self._live.of(job.id)) is not None
                ]
            return self._glance.sum_up(live, fresh=fresh)

    @property
    def working(self) -> bool:
        """Whether jobs of the queue are being worked in this process."""
        with self._changed:
            return bool(self._running) or any(lane.is_alive() for lane in self._lanes)

    @property
    def paused(self) -> bool:
        """Whether the queue rests."""
        with self._store.read() as connection:
            return queue.is_paused(connection)

    def pause(self) -> None:
        """Let the queue rest after the batch at hand, here and in other processes."""
        self._store.write(lambda c: queue.set_paused(c, True))
        with self._changed:
            for job, (_, cancel) in self._running.items():
                if not self._wanted.get(job, False):
                    cancel.set()
        self._touch("queue")

    def resume(self) -> None:
        """Work the queue again."""
        self._store.write(lambda c: queue.set_paused(c, False))
        with self._changed:
            self._trouble.forget()
        self._touch("queue")

    def skip(self, job: int) -> None:
        """Leave a job out for now; `retry` goes on where it was."""
        self._store.write(lambda c: queue.skip(c, job))
        self._stop(job)

    def cancel(self, job: int) -> None:
        """Stop a job and remove what it has stored."""
        self._store.write(lambda c: queue.cancel(c, job))
        self._stop(job)
        self._touch("sources")

    def retry(self, job: int) -> None:
        """Try a failed, skipped or cancelled job again."""
        self._store.write(lambda c: queue.retry(c, job))
        with self._changed:
            self._trouble.forget()
        self._touch("queue")

    def prioritize(self, job: int) -> None:
        """Read a job before all that wait, in a lane of its own where the others are taken."""
        self._store.write(lambda c: queue.prioritize(c, job))
        self._touch("queue")

    def leave_out_page(self, job: int, page: int | None = None) -> None:
        """Leave out the page that is being read (or `page`) and go on; a failed job is retried."""
        if page is None:
            with self._changed:
                page = self._live.page_of(job)
        self._store.write(lambda c: queue.leave_out(c, job, page))
        with self._changed:
            self._trouble.forget()
        self._stop(job)

    def dismiss(self, *jobs: int) -> None:
        """Take jobs that are over off the list, all of them or none."""

        def work(connection: sqlite3.Connection) -> None:
            for job in jobs:
                queue.dismiss(connection, job)

        self._store.write(work)
        self._touch("queue")

    def close(self) -> None:
        """Stop at once: end threads and reader processes; unfinished jobs wait in the library."""
        self._watch.close()
        with self._changed:
            self._closing = True
            for _, cancel in self._running.values():
                cancel.set()
            self._changed.notify_all()
            dispatcher, self._dispatcher = self._dispatcher, None
        if dispatcher is not None:
            dispatcher.join()

    # -- the dispatcher -------------------------------------------------------------------------

    def _ensure_dispatcher(self) -> None:
        with self._changed:
            if self._closing or self._store.read_only:
                return
            if self._dispatcher is None:
                self._dispatcher = threading.Thread(
                    target=self._dispatch, name="workbench-intake", daemon=True
                )
                self._dispatcher.start()
            self._changed.notify_all()

    def _dispatch(self) -> None:
        holding = False
        renewed = idle_since = looked = 0.0
        try:
            while not self._closing:
                now = time.monotonic()
                try:
                    self._try_again(holding)
                    ready = self._waiting(holding)
                    if not holding and ready:
                        holding = self._take_lease()
                        renewed = now
                        continue
                    if holding and now - renewed > lease.RENEW_SECONDS:
                        holding = self._store.write(lambda c: lease.acquire(c, self._holder))
                        renewed = now
                    if holding and now - looked > _LOOK:
                        self._stop_taken_away()
                        looked = now
                    if holding:
                        self._finish()
                    if holding and self._send_lanes(len(ready)):
                        idle_since = now
                    elif holding and not ready:
                        self._store.write(lambda c: lease.release(c, self._holder))
                        holding = False
                except LibraryError as error:
                    self._halt(error)
                    holding = False
                if not holding:
                    self._stop_lanes()
                    if now - idle_since > _KEEP_READERS:
                        self._close_readers()
                self._flush_topics()
                self._await_work(holding)
        finally:
            self._stop_lanes()
            self._close_readers()
            if holding:
                with contextlib.suppress(LibraryError):
                    self._store.write(lambda c: lease.release(c, self._holder))
            self._flush_topics()

    def _await_work(self, holding: bool) -> None:
        """Wait for a change; while lanes read, for all that they have read in a tick."""
        with self._changed:
            if self._closing:
                return
            active = holding or self._dirty or self._wanted or self._readers
            deadline = time.monotonic() + _TICK
            self._changed.wait(_TICK if active else _IDLE)
            while not self._closing and self._reading and (rest := deadline - time.monotonic()) > 0:
                self._changed.wait(rest)

    def _finish(self) -> None:
        """Finish what the lanes have read; one by one where all together end in a fault."""
        with self._changed:
            steps, self._read = self._read, []
        trouble: LibraryError | None = None
        for step, error in self._finished(steps):
            try:
                self._end(step.job, error)
            except LibraryError as met:
                trouble = met
            except Exception as fault:  # noqa: BLE001 - reported like that of a lane
                args = (type(fault), fault, fault.__traceback__, threading.current_thread())
                threading.excepthook(threading.ExceptHookArgs(args))
        if trouble is not None:
            raise trouble

    def _finished(self, steps: list[Step]) -> list[tuple[Step, Exception | None]]:
        """The steps, and what each ends with."""
        try:
            return list(zip(steps, self._road.finish(steps), strict=True)) if steps else []
        except Exception as error:  # noqa: BLE001 - it is what a step ends with
            if len(steps) == 1 or isinstance(error, LibraryError):
                return [(step, error) for step in steps]
            return [ended for step in steps for ended in self._finished([step])]

    def _try_again(self, holding: bool) -> None:
        with self._changed:
            again = self._trouble.try_again()
            running = list(self._running)
        if again and holding:
            # What the trouble broke off, while another lane went on.
            self._store.write(lambda c: queue.requeue_orphans(c, but=running))

    def _waiting(self, holding: bool) -> list[int]:
        """Jobs that could be worked here; without the lease, only where it could be had."""
        with self._changed:
            if self._trouble.error is not None:
                return []
            first, insist, others = self._choice()
        with self._store.read() as connection:
            if not holding and not lease.is_open(connection, self._holder):
                return []
            return queue.waiting(
                connection, first=first, insist=insist, others=others, orphans=not holding
            )

    def _choice(self) -> tuple[list[int], list[int], bool]:
        offered = list(itertools.islice(self._wanted.items(), _OFFERED))
        insist = [job for job, despite in offered if despite]
        return [job for job, _ in offered], insist, self._background

    def _take_lease(self) -> bool:
        def work(connection: sqlite3.Connection) -> bool:
            if not lease.acquire(connection, self._holder):
                return False
            queue.requeue_orphans(connection)
            queue.forget_old(connection)
            return True

        held = self._store.write(work)
        if held:
            # Whoever had the lease before is dead or done: nobody reads these any more.
            sweep(self._scratch)
        return held

    def _send_lanes(self, ready: int) -> bool:
        """Start lanes for the jobs that are ready; say whether any lane is at work.

        What the user wants first does not wait for long books: it gets one lane more.
        """
        with self._changed:
            self._lanes = [lane for lane in self._lanes if lane.is_alive()]
            free = self._lane_limit - len(self._lanes)
        if ready and free == 0 and self._is_urgent():
            self._start_lane(express=True)
        for _ in range(min(ready, free)):
            self._start_lane()
        with self._changed:
            return bool(self._lanes or self._read)

    def _start_lane(self, *, express: bool = False) -> None:
        lane = threading.Thread(
            target=self._lane, args=(express,), name="workbench-lane", daemon=True
        )
        with self._changed:
            self._lanes.append(lane)
            self._reading += 1
        lane.start()

    def _is_urgent(self) -> bool:
        with self._changed:
            running = list(self._running)
        if len(running) < self._lane_limit:
            # A lane is between two jobs and takes the first that waits.
            return False
        with self._store.read() as connection:
            return queue.is_urgent(connection, running)

    def _stop_taken_away(self) -> None:
        """Stop jobs that another process cancelled, or wants read without a page.

        Their own next write would stop them, too, but what hangs writes nothing.
        """
        with self._changed:
            running = list(self._running.values())
        with self._store.read() as connection:
            for job, cancel in running:
                if not queue.is_as_claimed(connection, job):
                    cancel.set()

    def _stop_lanes(self) -> None:
        with self._changed:
            for _, cancel in self._running.values():
                cancel.set()
            lanes, self._lanes = self._lanes, []
        for lane in lanes:
            lane.join()
        with self._changed:
            steps, self._read = self._read, []
        for step in steps:
            self._road.let_go(step)
            # What stopped the lanes may keep this from being written, too: the job is found as it
            # is once the library can be written again.
            with contextlib.suppress(LibraryError):
                self._end(step.job, Stopped())

    def _close_readers(self) -> None:
        with self._changed:
            readers, self._readers = self._readers, []
        for reader in readers:
            reader.close()

    @contextlib.contextmanager
    def reader(self) -> Iterator[Reader]:
        """A reader process for one errand, which ends with it."""
        reader = self._new_reader()
        try:
            yield reader
        finally:
            reader.close()

    def listed(self, link: str, first: int, count: int, *, typed: bool, cancel: Cancel) -> Listed:
        """What a list of videos holds; asked by a process of its own, which ends with the call."""
        with self.reader() as reader:
            return reader.listed(link, first=first, count=count, typed=typed, cancel=cancel)

    def _new_reader(self) -> Reader:
        return Reader(self._reader, scratch=self._scratch)

    # -- a lane ---------------------------------------------------------------------------------

    def _lane(self, express: bool) -> None:
        with self._changed:
            reader = self._readers.pop() if self._readers else self._new_reader()
        try:
            # Its start takes as long as hashing a book: let it happen meanwhile.
            reader.start()
            while (job := self._claim(express)) is not None:
                self._work(job, reader)
        except LibraryError as error:
            self._halt(error)
        except OSError as error:
            trouble = meant_by(error)
            if trouble is None:
                raise
            self._halt(trouble)
        finally:
            with self._changed:
                surplus = len(self._readers) >= self._lane_limit or express
                if not surplus:
                    self._readers.append(reader)
                self._reading -= 1
                self._changed.notify_all()
            if surplus:
                reader.close()

    def _claim(self, express: bool) -> Job | None:
        with self._changed:
            if self._closing or self._trouble.error:
                return None
            first, insist, others = self._choice()
            # What was stopped and asked for again waits until its first worker has let go.
            running = list(self._running)
            if express and len(running) < self._lane_limit:
                return None

        def work(connection: sqlite3.Connection) -> Job | None:
            if not lease.is_held_by(connection, self._holder):
                return None
            if express and not queue.is_urgent(connection, running):
                return None
            return queue.claim(connection, first=first, insist=insist, others=others, but=running)

        return self._store.write(work)

    def _work(self, job: Job, reader: Reader) -> None:
        cancel = Cancel()
        with self._changed:
            self._running[job.id] = job, cancel
            insist = self._wanted.get(job.id, False)
            if self._closing:
                cancel.set()
        try:
            step = self._road.travel(job, reader, insist, cancel)
        except BaseException as error:  # noqa: BLE001 - raised again where nobody can go on
            self._end(job, error)
            return
        if step is None:
            self._end(job, None)
            return
        with self._changed:
            self._read.append(step)

    def _end(self, job: Job, error: BaseException | None) -> None:
        """Record what a job ends with; raise it again where the queue cannot go on."""
        settled = over = False
        try:
            if error is not None:
                raise error
            settled = over = True
            with self._changed:
                self._trouble.ease()
        except (Stopped, Cancelled):
            settled = True
            self._store.write(lambda c: queue.put_back(c, job.id))
        except InputError as met:
            with self._changed:
                page = self._live.page_of(job.id) if met.reason in _AT_A_PAGE else None
            over = self._fail(job, met.message, met.hint, met.reason, page)
            settled = True
        except LibraryError:
            # The job stays as it is and goes on once the library can be written again.
            settled = True
            raise
        except OSError as met:
            trouble = meant_by(met)
            if trouble is None:
                raise
            settled = True
            self._store.write(lambda c: queue.put_back(c, job.id))
            raise trouble from met
        finally:
            if not settled:
                self._fail(
                    job,
                    f"“{places.name_of(job.path)}” could not be added because of a fault in this "
                    "program.",
                    "Retry it; if that fails, please report it with the log.",
                    "fault",
                )
            with self._changed:
                if over:
                    self._wanted.pop(job.id, None)
                self._running.pop(job.id, None)
                self._live.forget(job.id)
                self._recount = True
                self._dirty.update(("queue", "sources"))
                self._changed.notify_all()

    def _fail(
        self, job: Job, message: str, hint: str, reason: str, page: int | None = None
    ) -> bool:
        """Whether the job is over; else it goes on without the page at which its reader ended."""

        def work(connection: sqlite3.Connection) -> bool:
            if queue.state_of(connection, job.id) != "running" or not lease.is_held_by(
                connection, self._holder
            ):
                return True
            new = page is not None and page not in job.left_out
            if new and reason != "too_large" and len(job.left_out) < _MOST_LEFT_OUT:
                # One bad page costs that page: the rest is read without it, and says so.
                queue.leave_out(connection, job.id, page)
                queue.put_back(connection, job.id)
                return False
            queue.fail(connection, job.id, message, hint, reason, page)
            return True

        return self._store.write(work)

    def _halt(self, error: LibraryError) -> None:
        """The library cannot be written: rest until that may have passed, or somebody asks."""
        with self._changed:
            if self._trouble.arise(error):
                _log.error("the queue stopped: %s", error)
            self._dirty.add("queue")
            self._changed.notify_all()

    # -- telling --------------------------------------------------------------------------------

    def _tell(self, job: int, progress: Progress) -> None:
        with self._changed:
            self._dirty.add("queue")
            if self._live.tell(job, progress):
                self._dirty.add("sources")

    def _touch(self, topic: str) -> None:
        with self._changed:
            self._dirty.add(topic)
            self._recount = True
            dispatched = self._dispatcher is not None
            self._changed.notify_all()
        if not dispatched:
            self._flush_topics()

    def _flush_topics(self) -> None:
        with self._changed:
            topics, self._dirty = sorted(self._dirty), set()
        for topic in topics:
            self._notify(topic)

    def _stop(self, job: int) -> None:
        with self._changed:
            if job in self._running:
                self._running[job][1].set()
        self._touch("queue")

    def _unfinished(self, jobs: Sequence[int], stage: str, figures: set[int]) -> list[int]:
        """Which of the jobs are under way, or the figures of what they brought; these are told."""
        with self._store.read() as connection:
            left = queue.unfinished(connection, jobs, stage)
            over = set(jobs).difference(left)
            later = queue.of_figures(connection, over) if stage == WORKED[-1] and over else {}
        if new := set(later.values()) - figures:
            figures |= new
            with self._changed:
                insist = any(self._wanted.get(job, False) for job in jobs)
                self._wanted.update(dict.fromkeys(new, insist))
        wanted = later.keys() | left
        return [job for job in jobs if job in wanted]

    def _held_up(self, row: QueueRow) -> QueueRow:
        """The row, with what keeps the whole queue from going on."""
        if self._trouble.error is None or row.state not in queue.UNFINISHED:
            return row
        message, hint = self._trouble.sentence
        return replace(row, state="paused", error=message, hint=hint)

    def _progress(self, jobs: Sequence[int], left: Sequence[int]) -> Progress:
        """One progress for all the jobs: of the only one, or of their number."""
        with self._changed:
            at_work = next((job for job in left if job in self._running), left[0])
        with self._store.read() as connection:
            row = queue_rows.row(connection, at_work)
        if row is None:
            return Progress("verified", len(jobs), len(jobs), "files")
        with self._changed:
            row = self._held_up(self._live.shown([row])[0])
        stage = "paused" if row.state == "paused" else row.stage_word.lower() or "reading"
        if len(jobs) == 1:
            return Progress(stage, row.done, row.total, row.unit, row.name)
        return Progress(stage, len(jobs) - len(left), len(jobs), "files", row.name)
