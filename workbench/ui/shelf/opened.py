"""The open library in the window: lists are loaded, and changes made, on workers.

The library reports changes on any thread; lists are reloaded at most ten times a second, less often
if loading is slow. Changes are made one at a time, in the order of calls.
"""

import threading
from collections import Counter, deque
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from workbench.errors import LibraryError, WorkbenchError
from workbench.intake.records import QueueRow, QueueSummary
from workbench.jobs import Cancel, Progress, Report
from workbench.store.records import CollectionRow, SourceRow, TagRow
from workbench.ui.components import delayed
from workbench.ui.jobs import Job, Jobs
from workbench.ui.shelf import calls as library_calls
from workbench.ui.shelf.calls import Change, Left, Lists, OpenBatch
from workbench.ui.shelf.undo import Acts
from workbench.ui.shelf.wanted import Wanted

if TYPE_CHECKING:
    from workbench.library import Library

OpenLibrary = Callable[[Path], "Library"]
Result = TypeVar("Result")


_READING = "shelf:read"
#: Sources first, as they fill the window; the others are loaded after painting.
_FIRST, _TOPICS = ("sources",), ("sources", "collections", "queue", "facts")
_MIN_WAIT = 100  # minimum milliseconds between loads
_MAX_WAIT = 2000
#: Milliseconds before each retry after an error that may pass.
_RETRY_DELAYS = (1000, 2000, 5000, 10_000)
#: Milliseconds after which a running change is reported as slow.
_SLOW_MILLISECONDS = 1500


class Opened(QObject):
    """The open library: its lists, and the queue of its changes.

    `Shelf` adds the changes. GUI thread only.

    `library` is None until the file is open; a new library is only created when something is added,
    so that its place can be chosen before.
    """

    opening = Signal()
    #: The window is closing; threads may still be waiting.
    closing = Signal()
    switched = Signal()
    opened = Signal()
    #: The lists of a newly opened library are shown; other data can be loaded.
    listed = Signal()
    open_failed = Signal(object)
    sources_changed = Signal()
    collections_changed = Signal()
    queue_changed = Signal()
    #: Facts or notes changed; `fact_counts` has their numbers by scope.
    facts_changed = Signal()
    #: The number of memories that fade within a week changed.
    fading_changed = Signal()
    #: Associations were extracted from new text.
    learned = Signal()
    #: Background work of an embedding model started, made progress or ended.
    embedding = Signal()
    #: (ids, whether they exist): adding these facts was undone or redone.
    facts_toggled = Signal(object, bool)
    #: (announcement, act) of a change; the act is None if it cannot be undone.
    told = Signal(str, object)
    #: (engrams, what was done to them, "" if it was undone).
    marked = Signal(object, str)
    #: The records of an undo or redo.
    undo_applied = Signal(object)
    batch_finished = Signal(object)
    text_added = Signal(object)
    retried = Signal(object)
    #: (old name, new name) of a collection.
    renamed = Signal(str, str)
    failed = Signal(object)
    #: Added files that have changed, and the target collection.
    changed_found = Signal(object, object)
    #: The library is unavailable for now, with the error; it is available again.
    suspended = Signal(object)
    resumed = Signal()
    #: Whether changes are slow, as while another program locks the library.
    slow = Signal(bool)
    _noticed = Signal(str)

    def __init__(
        self, path: Path, open_library: OpenLibrary, jobs: Jobs, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.path = path
        #: Requests between parts of the window.
        self.wanted = Wanted(self)
        self.library: Library | None = None
        self.sources: list[SourceRow] = []
        self.trashed: list[SourceRow] = []
        self.collections: list[CollectionRow] = []
        self.tags: list[TagRow] = []
        #: The queue in display order.
        self.queue: list[QueueRow] = []
        self.summary: QueueSummary | None = None
        #: Rows for items not enqueued yet, as the library is busy.
        self.coming: list[QueueRow] = []
        self.fact_counts: dict[str | None, Counter[str]] = {}
        #: The number of memories that fade within a week.
        self.fading = 0
        self.paused = False
        #: Whether the sources, and whether all lists, are loaded.
        self.loaded = self.complete = False
        self.acts = Acts(self)
        self._open_library = open_library
        self.jobs = jobs
        self._opening = False
        self._fresh: Library | None = None
        self._install_lock = threading.Lock()
        self._waiting: list[Callable[[], None]] = []
        self._unsubscribe: Callable[[], None] | None = None
        self._dirty: set[str] = set()
        self._loading: set[str] = set()
        self._outdated = False
        self._changes: deque[Change] = deque()
        self._changing: tuple[Change, Job] | None = None
        self._batches: list[OpenBatch] = []
        self._absent = self._closed = False
        self._timer = delayed(self, self._load)
        self._again = delayed(self, self.retry)
        self._tries, self._is_suspended = 0, False
        self._abandoned: Change | None = None
        self._slow_timer = delayed(self, partial(self.slow.emit, True))
        self._unqueued: list[list[QueueRow]] = []
        self._patience = delayed(self, self._show_pending)
        self._noticed.connect(self._notice, Qt.ConnectionType.QueuedConnection)

    @property
    def remote(self) -> bool:
        """Whether the library is on another computer."""
        return library_calls.is_remote(self.path)

    # -- opening and closing -----------------------------------------------------------------------

    def check_file(self) -> None:
        """Open the library if another program has created its file."""
        if self._absent and self.library is None and not self._opening and not self._closed:
            self.jobs.run(self.path.exists, done=self._appeared, key="shelf:exists")

    def _appeared(self, exists: bool) -> None:
        if exists and self.library is None:
            self.with_library(lambda: None)

    def start(self) -> None:
        """Open the library if its file exists; otherwise wait until something is added."""
        if self.library is None:
            self.loaded = self._absent = False
        self.opening.emit()
        self.jobs.run(self.path.exists, done=self._start_existing, key="shelf:exists")

    def _start_existing(self, exists: bool) -> None:
        if exists:
            self.with_library(lambda: None)
        else:
            self.loaded = self.complete = self._absent = True
            self.sources_changed.emit()

    def with_library(self, callback: Callable[[], None]) -> None:
        """Call `callback` once the library is open, creating its file if needed."""
        if self.library is not None:
            callback()
            return
        self._waiting.append(callback)
        if not self._opening:
            self._opening = True
            finished = partial(self._install, self.path)
            failed = partial(self._fail_opening, self.path)
            self.jobs.run(self._open, self.path, done=finished, failed=failed)

    def _open(self, path: Path) -> "Library":
        library = self._open_library(path)
        with self._install_lock:
            closed = self._closed
            if not closed:
                # If the window closes before `_install`, it must find the library here.
                self._fresh = library
        if closed:
            library.close()
        return library

    def _install(self, path: Path, library: "Library") -> None:
        with self._install_lock:
            if self._fresh is library:
                self._fresh = None
        if path != self.path or self.library is not None:
            # Another library was chosen while this one was opening.
            self.jobs.run(library.close)
            return
        self._opening = self.complete = False
        self.library = library
        self._resume()
        self._unsubscribe = library.subscribe(self._noticed.emit)
        self.opened.emit()
        self._dirty.update(_FIRST)
        self._load()
        waiting, self._waiting = self._waiting, []
        for callback in waiting:
            callback()

    def _fail_opening(self, path: Path, error: WorkbenchError) -> None:
        if path != self.path or self.library is not None:
            return
        self._opening = False
        if _passes(error):
            # Keep the callbacks until the library can be opened.
            self._suspend(error)
        else:
            self._waiting.clear()
        self.loaded = True
        self.open_failed.emit(error)

    def switch(self, path: Path) -> None:
        """Open another library, or set the place of a new one."""
        left = self._leave_for(path)
        if left.library is None:
            self.start()
        else:
            self.jobs.run(library_calls.end, left, done=lambda _none: self.start())

    def while_closed(
        self,
        work: Callable[[Report, Cancel], Any],
        switch: Cancel,
        *,
        done: Callable[[Any], object],
        failed: Callable[[WorkbenchError], object],
        progress: Callable[[Progress], object],
    ) -> None:
        """Close the library, call `work(report, cancel)` on a worker, and reopen it.

        `done` gets the result, None if cancelled by `switch`.
        """

        def finish(result: Any) -> None:
            self.start()
            done(result)

        def fail(error: WorkbenchError) -> None:
            self.start()
            failed(error)

        self.jobs.run(
            library_calls.run_closed,
            *(self._leave_for(self.path), work, switch),
            done=finish,
            failed=fail,
            progress=progress,
        )

    def _leave_for(self, path: Path) -> Left:
        """Reset the state for another library, and return what is left to close.

        Pending changes are still made unless an error holds them up; in that case the bar offered
        to wait.
        """
        running = self._changing[1].future if self._changing is not None else None
        waiting = () if self._is_suspended else tuple(self._changes)
        left = Left(self._release(), waiting, running)
        self.jobs.cancel(_READING)
        self._loading.clear()
        self._outdated = False
        self._opening = False
        self.path, self.loaded = path, False
        self.sources, self.trashed, self.collections, self.queue = [], [], [], []
        self.tags, self.fact_counts, self.fading = [], {}, 0
        self.coming, self._unqueued = [], []
        self.paused, self.summary = False, None
        self.acts.clear()
        self._dirty.clear()
        self._changes.clear()
        self._changing = None
        self._batches.clear()
        self._waiting.clear()
        self.switched.emit()
        for changed in (
            self.sources_changed,
            self.collections_changed,
            self.queue_changed,
            self.facts_changed,
        ):
            changed.emit()
        return left

    def leave(self) -> None:
        """Stop opening and loading, as the window closes. Call before `Jobs.close`."""
        if not self._closed:
            self.closing.emit()
        self._patience.stop()
        with self._install_lock:
            self._closed = True

    def close(self, seconds: float | None = None) -> bool:
        """Close the library. Call before the program ends, after `Jobs.close`.

        Pending changes are made first. Wait at most `seconds`, if given; return whether the library
        is closed.
        """
        self.leave()
        library, fresh = self._release(), self._fresh
        left = list(self._changes)
        if self._changing is not None:
            change, job = self._changing
            if job.future is not None and _is_unfinished(job.future):
                left.insert(0, change)
        self._changes.clear()
        ending = threading.Thread(
            target=library_calls.end,
            args=(Left(library or fresh, tuple(left)),),
            name="closing",
            daemon=True,
        )
        ending.start()
        ending.join(seconds)
        return not ending.is_alive()

    def _release(self) -> "Library | None":
        self._timer.stop()
        self._again.stop()
        self._clear_slow()
        self._tries, self._is_suspended = 0, False
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None
        library, self.library = self.library, None
        return library

    # -- loading -----------------------------------------------------------------------------------

    @Slot(str)
    def _notice(self, topic: str) -> None:
        if self._closed:
            return
        if topic == "graph":
            self.learned.emit()
            return
        if topic == "meaning":
            self.embedding.emit()
            return
        # Collections include counts of sources.
        self._dirty.update({topic, "collections"} if topic == "sources" else {topic})
        if not self._timer.isActive() and not self._loading:
            self._timer.start(_MIN_WAIT)

    def refresh(self) -> None:
        """Reload all lists."""
        self._dirty.update(_TOPICS)
        self._load()

    def outdate(self) -> None:
        """Reload lists that are being loaded, as a local change made them outdated."""
        self._outdated = bool(self._loading)

    def _load(self) -> None:
        if self.library is None or self._loading or not self._dirty:
            return
        topics = frozenset(self._dirty)
        self._dirty.clear()
        self._loading.update(topics)
        self.jobs.run(
            library_calls.read,
            self.library,
            topics,
            tuple(self.queue),
            done=self._apply_lists,
            failed=self._not_loaded,
            key=_READING,
        )

    def _apply_lists(self, lists: Lists) -> None:
        if self._outdated:
            self._read_anew()
            self._load()
            return
        self._loading.clear()
        if not self._changes:
            self._resume()
        self.loaded = True
        if lists.fact_counts is not None:
            self.fact_counts = lists.fact_counts
            self._set_fading(lists.fading)
        if lists.sources is not None:
            self.sources, self.trashed, self.tags = lists.sources, lists.trashed, lists.tags
            self.sources_changed.emit()
        if lists.collections is not None:
            self.collections = lists.collections
            self.collections_changed.emit()
        if lists.queue is not None:
            self.queue, self.paused = lists.queue, lists.paused
            self.summary = lists.summary
            self._settle_batches()
            self.queue_changed.emit()
        if lists.fact_counts is not None:
            self.facts_changed.emit()
        if not self.complete and lists.fact_counts is not None:
            self._begin()
        if not self.complete:
            # After painting, which threads that import modules would delay.
            self._dirty.update(_TOPICS[1:])
            self._timer.start(_MIN_WAIT)
        elif self._dirty:
            wait = int(lists.seconds * 4000)
            self._timer.start(max(_MIN_WAIT, min(_MAX_WAIT, wait)))

    def _begin(self) -> None:
        """Start the queue, once the window shows its contents."""
        self.complete = True
        self.jobs.run(library_calls.begin, self.library, failed=self._fail_begin)
        self.listed.emit()

    def _fail_begin(self, error: WorkbenchError) -> None:
        self.complete = False
        self._dirty.update(_TOPICS[1:])
        self._not_loaded(error)

    def _set_fading(self, number: int) -> None:
        if number != self.fading:
            self.fading = number
            self.fading_changed.emit()

    def _not_loaded(self, error: WorkbenchError) -> None:
        self._read_anew()
        if _passes(error):
            self._suspend(error)
            return
        self.failed.emit(error)

    def _read_anew(self) -> None:
        """Mark the lists that were being loaded as dirty again."""
        self._dirty |= self._loading
        self._loading.clear()
        self._outdated = False

    # -- errors that may pass ----------------------------------------------------------------------

    @property
    def waiting(self) -> int:
        """The number of pending changes."""
        return len(self._changes) + (self._changing is not None)

    def retry(self) -> None:
        """Retry now."""
        self._again.stop()
        if self.library is None:
            if not self._closed and self.path.parent.is_dir():
                self.with_library(lambda: None)
            return
        self._load()
        self._next_change()

    def discard_waiting(self) -> None:
        """Drop the pending changes; stored data is kept."""
        dropped, self._changes = list(self._changes), deque()
        # A running one is dropped if it fails again.
        self._abandoned = self._changing[0] if self._changing is not None else None
        self._resume()
        for change in dropped:
            if change.failed is not None:
                change.failed()
        self.refresh()

    def _suspend(self, error: WorkbenchError) -> None:
        self._tries = min(self._tries + 1, len(_RETRY_DELAYS))
        self._is_suspended = True
        self._again.start(_RETRY_DELAYS[self._tries - 1])
        self.suspended.emit(error)

    def _resume(self) -> None:
        self._again.stop()
        self._tries = 0
        if self._is_suspended:
            self._is_suspended = False
            self.resumed.emit()

    # -- changes -----------------------------------------------------------------------------------

    def change(
        self,
        work: Callable[["Library"], Result],
        *,
        done: Callable[[Result], object] | None = None,
        failed: Callable[[], object] | None = None,
        parting: Callable[["Library"], object] | None = None,
    ) -> None:
        """Queue a change of the open library, if any.

        `work(library)` runs on a worker. `done(result)` is called on success; `failed()` after an
        error, once the signal of that name has reported it. An error that may pass is retried:
        `suspended` reports it, and `resumed` the recovery. `parting` replaces `work` while the
        window closes.
        """
        library = self.library
        if library is not None:
            leaving = partial(parting or work, library)
            self._changes.append(Change(partial(work, library), done, failed, leaving))
            self._next_change()

    def ask(
        self,
        work: Callable[..., Result],
        *args: object,
        done: Callable[[Result], object] | None = None,
        failed: Callable[[WorkbenchError], object] | None = None,
        key: str | None = None,
        progress: Callable[[Progress], object] | None = None,
    ) -> None:
        """Call `work(library, *args)` on a worker if a library is open."""
        if self.library is not None:
            self.jobs.run(
                work, self.library, *args, done=done, failed=failed, key=key, progress=progress
            )

    def _next_change(self) -> None:
        if self._changing is not None or not self._changes or self._again.isActive():
            return
        change = self._changes.popleft()
        end = partial(self._end_change, change, self.library)
        job = self.jobs.run(change.work, done=partial(end, None), failed=end)
        self._changing = change, job
        if not self._slow_timer.isActive():
            self._slow_timer.start(_SLOW_MILLISECONDS)

    def _end_change(
        self,
        change: Change,
        library: "Library | None",
        error: WorkbenchError | None,
        result: Any = None,
    ) -> None:
        if self.library is not library:
            return
        self._changing = None
        if not self._changes:
            self._clear_slow()
        if error is not None and _passes(error) and change is not self._abandoned:
            self._changes.appendleft(change)
            self._suspend(error)
            return
        self._resume()
        if error is not None:
            self.failed.emit(error)
            if change.failed is not None:
                change.failed()
        elif change.done is not None:
            change.done(result)
        self.refresh()
        self._next_change()

    def _clear_slow(self) -> None:
        self._slow_timer.stop()
        self.slow.emit(False)

    def _settle_batches(self) -> None:
        """Check the reloaded queue for finished batches."""

    def _show_pending(self) -> None:
        """Show rows for items that are not enqueued yet."""


def _is_unfinished(future: "Future[Any]") -> bool:
    """Whether a running change must be repeated: it was cancelled, or failed temporarily."""
    if not future.done() or future.cancelled():
        return future.cancelled()
    error = future.exception()
    return isinstance(error, WorkbenchError) and _passes(error)


def _passes(error: WorkbenchError) -> bool:
    return isinstance(error, LibraryError) and error.passes
