"""Background work: functions run on a small thread pool, results arrive as Qt calls.

A job with a `key` supersedes the previous one of that key, which is cancelled and its result
dropped, so that fast typing never shows an outdated answer.
"""

import inspect
import logging
import math
import queue
import threading
import time
from collections.abc import Callable, Collection
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from types import FunctionType
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from shiboken6 import isValid

from workbench.allocator import trim
from workbench.errors import Cancelled, WorkbenchError
from workbench.jobs import Cancel, Progress
from workbench.turns import short_turns
from workbench.ui.language import known

Result = TypeVar("Result")
Failed = Callable[[WorkbenchError], object]
_Task = tuple["Future[Any]", Callable[[], Any]]

_log = logging.getLogger(__name__)
_INTERVAL = 0.1  # seconds between progress reports of a job
#: Idle seconds after which freed memory is returned to the system: some 100 MB after an answer.
_IDLE_SECONDS = 0.25


@dataclass(slots=True)
class Job:
    """A running job; `cancel()` requests a stop and drops its result.

    `latest` is the last progress report, `due` when it may be delivered; `delivered` is False from
    a report to its delivery, so that at most one message is pending.
    """

    key: str | None
    done: Callable[[Any], object] | None
    failed: Failed | None
    stopped: Callable[[], object] | None
    progress: Callable[[Progress], object] | None
    switch: Cancel = field(default_factory=Cancel)
    future: "Future[Any] | None" = None
    finished: bool = False
    latest: Progress | None = None
    due: float = float("-inf")
    delivered: bool = True

    def stop(self) -> None:
        """Stop at the next checkpoint; `stopped` is called, or `done` if it was too late."""
        self.switch.set()

    def cancel(self) -> None:
        """Stop at the next checkpoint; nothing is called any more."""
        self.switch.set()
        if self.future is not None:
            self.future.cancel()
        self.forget()

    def forget(self) -> None:
        """Drop the callbacks.

        The worker may hold the last reference to the job: destroying a widget there, instead of on
        the GUI thread, crashes the process.
        """
        self.done = self.failed = self.stopped = self.progress = None


class Jobs(QObject):
    """The thread pool of the window. GUI thread only."""

    _completed = Signal(object)
    _reported = Signal(object)

    def __init__(self, parent: QObject | None = None, workers: int = 4) -> None:
        super().__init__(parent)
        # Indexing shares the GIL with the window: with Python's default switch interval of 5 ms, a
        # series of small Qt calls that each release it would block the window for 100 ms.
        short_turns()
        self._pool = _Pool(workers)
        self._jobs: dict[int, Job] = {}
        self._by_key: dict[str, Job] = {}
        self._closed = False
        #: Jobs whose latest report is not due yet.
        self._throttled: list[Job] = []
        self._report_timer = QTimer(self, singleShot=True)
        self._report_timer.timeout.connect(self._report_due)
        queued = Qt.ConnectionType.QueuedConnection
        self._completed.connect(self._deliver, queued)
        self._reported.connect(self._throttle, queued)

    def run(
        self,
        work: Callable[..., Result],
        *args: object,
        done: Callable[[Result], object] | None = None,
        failed: Failed | None = None,
        stopped: Callable[[], object] | None = None,
        key: str | None = None,
        progress: Callable[[Progress], object] | None = None,
        **options: object,
    ) -> Job:
        """Call `work(*args, **options)` on a worker; `done(result)` runs on the GUI thread.

        `report` and `cancel` are passed if `work` has such parameters. `progress` is called at most
        ten times a second, and always gets the last report. `failed` gets errors for the user; any
        other exception is a bug and is raised on the GUI thread. `stopped` is called if the work
        ended early on `stop`. Callbacks of deleted widgets are not called.
        """
        job = Job(key, done, failed, stopped, progress)
        if self._closed:
            job.switch.set()
            return job
        if key is not None:
            previous = self._by_key.pop(key, None)
            if previous is not None:
                previous.cancel()
            self._by_key[key] = job
        takes = _parameters(work)
        if "report" in takes and "report" not in options:
            options["report"] = self._reporter(job)
        if "cancel" in takes and "cancel" not in options:
            options["cancel"] = job.switch
        self._jobs[id(job)] = job
        job.future = self._pool.submit(partial(work, *args, **options))
        job.future.add_done_callback(lambda _future: self._complete(job))
        return job

    @property
    def busy(self) -> int:
        """The number of jobs that are not delivered or dropped yet."""
        return len(self._jobs)

    def is_running(self, key: str) -> bool:
        """Whether the job of this key is not delivered yet."""
        return key in self._by_key

    def stop(self, key: str) -> None:
        """Stop the job of this key, if any, and deliver what it has."""
        if key in self._by_key:
            self._by_key[key].stop()

    def cancel(self, key: str) -> None:
        """Cancel the job of this key, if any, and drop its result."""
        job = self._by_key.pop(key, None)
        if job is not None:
            job.cancel()

    def close(self, seconds: float | None = None) -> bool:
        """Cancel all jobs and wait for the threads; nothing is delivered afterwards.

        Wait at most `seconds`, if given: a thread waiting for a lock of another program cannot be
        cancelled. Returns whether all threads have ended.
        """
        self._closed = True
        self._throttled.clear()
        self._report_timer.stop()
        for job in tuple(self._jobs.values()):
            job.cancel()
        ended = self._pool.close(seconds)
        self._jobs.clear()
        self._by_key.clear()
        return ended

    def _complete(self, job: Job) -> None:
        # Called on the worker, which may outlive the window.
        if not self._closed:
            self._completed.emit(job)

    def _reporter(self, job: Job) -> Callable[[Progress], None]:
        def report(progress: Progress) -> None:
            job.latest = progress
            if job.delivered and job.progress is not None and not self._closed:
                job.delivered = False
                self._reported.emit(job)

        return report

    @Slot(object)
    def _throttle(self, job: Job) -> None:
        if not job.finished and not self._closed:
            self._throttled.append(job)
            self._report_due()

    def _report_due(self) -> None:
        """Report due progress; the timer handles the rest."""
        now = time.monotonic()
        due = [job for job in self._throttled if job.due <= now]
        self._throttled = [job for job in self._throttled if job.due > now]
        if self._throttled and not self._report_timer.isActive():
            wait = min(job.due for job in self._throttled) - now
            self._report_timer.start(math.ceil(1000 * wait))
        for job in due:
            self._report(job)

    def _report(self, job: Job) -> None:
        # In this order: a later report then sends its own message.
        job.delivered = True
        progress, job.due = job.latest, time.monotonic() + _INTERVAL
        if progress is None or job.progress is None or job.finished or job.switch.is_set:
            return
        if self._is_current(job.progress):
            job.progress(progress)

    @Slot(object)
    def _deliver(self, job: Job) -> None:
        job.finished = True
        self._jobs.pop(id(job), None)
        self._throttled = [item for item in self._throttled if item is not job]
        if not self._throttled:
            self._report_timer.stop()
        if job.key is not None and self._by_key.get(job.key) is job:
            del self._by_key[job.key]
        future, completed, failed, stopped = job.future, job.done, job.failed, job.stopped
        job.forget()
        if future is None or future.cancelled():
            return
        error = future.exception()
        if error is None:
            if completed is not None and self._is_current(completed):
                completed(future.result())
        elif isinstance(error, Cancelled):
            if stopped is not None and self._is_current(stopped):
                stopped()
        elif isinstance(error, WorkbenchError):
            if failed is None and not job.switch.is_set:
                _log.warning("%s", error)
            elif failed is not None and self._is_current(failed):
                error.message = known(error.message)
                error.hint = known(error.hint)
                failed(error)
        else:
            raise error

    def _is_current(self, callback: Callable[..., object]) -> bool:
        owner = _owner(callback)
        return not self._closed and (not isinstance(owner, QObject) or isValid(owner))


def _owner(callback: Callable[..., object]) -> object:
    """The owner of a callback: the object of a method, or the `self` of a lambda's closure."""
    while isinstance(callback, partial):
        callback = callback.func
    if isinstance(callback, FunctionType):
        return inspect.getclosurevars(callback).nonlocals.get("self")
    return getattr(callback, "__self__", None)


class _Pool:
    """Daemon threads, started on demand."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._tasks: queue.SimpleQueue[_Task | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._open = 0  # unfinished tasks
        self._lock = threading.Lock()
        self._trimmed = threading.Event()
        self._trimmed.set()

    def submit(self, work: Callable[[], Any]) -> "Future[Any]":
        """Call `work` on a thread."""
        future: Future[Any] = Future()
        with self._lock:
            self._open += 1
            self._trimmed.clear()
            if self._open > len(self._threads) < self._workers:
                name = f"window_{len(self._threads)}"
                thread = threading.Thread(target=self._work, name=name, daemon=True)
                self._threads.append(thread)
                thread.start()
        self._tasks.put((future, work))
        return future

    def close(self, seconds: float | None) -> bool:
        """End the threads after their current work; return whether they have ended."""
        deadline = None if seconds is None else time.monotonic() + seconds
        for _ in self._threads:
            self._tasks.put(None)
        for thread in self._threads:
            thread.join(None if deadline is None else max(0.0, deadline - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def _next(self) -> _Task | None:
        """The next task; once idle for a moment, free memory is returned to the system."""
        if not self._trimmed.is_set():
            with suppress(queue.Empty):
                return self._tasks.get(timeout=_IDLE_SECONDS)
            if not self._open:
                self._trimmed.set()
                trim()
        return self._tasks.get()

    def _work(self) -> None:
        while (task := self._next()) is not None:
            future, work = task
            if future.set_running_or_notify_cancel():
                try:
                    result = work()
                except BaseException as error:  # noqa: BLE001 - delivered where the job came from
                    future.set_exception(error)
                else:
                    future.set_result(result)
                    del result
            with self._lock:
                self._open -= 1
            # An idle thread must not keep its last result.
            del task, future, work


def _parameters(work: Callable[..., object]) -> Collection[str]:
    try:
        return inspect.signature(work).parameters
    except ValueError:
        # C functions may have no signature; they take neither `report` nor `cancel`.
        return ()
