"""The open library in the window: lists loaded off the GUI thread, changes sent the same way.

The library calls back from any thread that something changed; the shelf notes it and reloads at
most ten times a second, less often when loading takes long. Changes go to the library one after
the other, in the order they were asked for.
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
from workbench.ui.wanted import Wanted
from workbench.ui.window import library_calls
from workbench.ui.window.library_calls import Change, Left, Lists, OpenBatch
from workbench.ui.window.undo import Acts

if TYPE_CHECKING:
    from workbench.library import Library

OpenLibrary = Callable[[Path], "Library"]
Result = TypeVar("Result")


_READING = "shelf:read"
#: Sources first, which fill the window; what the others need is loaded while one looks at it.
_FIRST, _TOPICS = ("sources",), ("sources", "collections", "queue", "facts")
_MIN_WAIT = 100  # milliseconds between two loads of one list
_MAX_WAIT = 2000
#: Milliseconds until what was held up is tried again, longer each time.
_RETRY_DELAYS = (1000, 2000, 5000, 10_000)
#: Milliseconds after which a change that is still being made is spoken of.
_LONG = 1500


class Opened(QObject):
    """The open library: its lists, and the road that every change of it takes.

    `Shelf` adds what the changes are. Use it from the GUI thread only.

    `library` is None until the file is open; a library that does not exist yet is only made when
    something is put into it, so that its place can be chosen before.
    """

    opening = Signal()
    #: The window is about to go, whatever its threads still wait for.
    closing = Signal()
    switched = Signal()
    opened = Signal()
    #: The lists of the library that was opened are shown: what else stands is looked up now.
    listed = Signal()
    open_failed = Signal(object)
    sources_changed = Signal()
    collections_changed = Signal()
    queue_changed = Signal()
    #: Facts or notes were told, forgotten or changed; `told` has how many each scope holds.
    facts_changed = Signal()
    #: More or fewer memories fade within a week.
    fading_changed = Signal()
    #: Associations were drawn from what was read or told.
    learned = Signal()
    #: An embedding model began in the background, moved on, or is done.
    embedding = Signal()
    #: (ids, whether they are there): the telling of these facts was undone, or done again.
    told_again = Signal(object, bool)
    #: The records of what was undone, or done again.
    turned = Signal(object)
    batch_finished = Signal(object)
    text_added = Signal(object)
    retried = Signal(object)
    #: (old name, new name) of a collection.
    renamed = Signal(str, str)
    failed = Signal(object)
    #: Files that were added before and have changed, and the collection they are to go into.
    changed_found = Signal(object, object)
    #: The library cannot be used for now, by an error that may pass; then, that it can again.
    held = Signal(object)
    freed = Signal()
    #: Whether changes take long, as while another program holds the library.
    slow = Signal(bool)
    _noticed = Signal(str)

    def __init__(
        self, path: Path, open_library: OpenLibrary, jobs: Jobs, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.path = path
        #: What the parts of the window ask of one another.
        self.wanted = Wanted(self)
        self.library: Library | None = None
        self.sources: list[SourceRow] = []
        self.trashed: list[SourceRow] = []
        self.collections: list[CollectionRow] = []
        self.tags: list[TagRow] = []
        #: The queue in the order in which it is shown.
        self.queue: list[QueueRow] = []
        self.summary: QueueSummary | None = None
        #: What was asked to be added and is not on the queue yet, because the library is busy.
        self.coming: list[QueueRow] = []
        self.told: dict[str | None, Counter[str]] = {}
        #: How many memories fade within a week.
        self.fading = 0
        self.paused = False
        #: Whether the sources, and whether all lists, have been loaded.
        self.loaded = self.complete = False
        self.acts = Acts(self)
        self._open_library = open_library
        self.jobs = jobs
        self._opening = False
        self._fresh: Library | None = None
        self._handing = threading.Lock()
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
        self._tries, self._held = 0, False
        self._given_up: Change | None = None
        self._long = delayed(self, partial(self.slow.emit, True))
        self._unheard: list[list[QueueRow]] = []
        self._patience = delayed(self, self._show_pending)
        self._noticed.connect(self._notice, Qt.ConnectionType.QueuedConnection)

    @property
    def remote(self) -> bool:
        """Whether the library is on another computer."""
        return library_calls.is_remote(self.path)

    # -- opening and closing ----------------------------------------------------------------------

    def check_file(self) -> None:
        """Open the library if another program has made its file meanwhile."""
        if self._absent and self.library is None and not self._opening and not self._closed:
            self.jobs.run(self.path.exists, done=self._appeared, key="shelf:exists")

    def _appeared(self, exists: bool) -> None:
        if exists and self.library is None:
            self.with_library(lambda: None)

    def start(self) -> None:
        """Open the library if its file exists; else wait for the first thing put into it."""
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
        """Call `callback` as soon as the library is open, making its file if there is none."""
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
        with self._handing:
            closed = self._closed
            if not closed:
                # Between here and `_install` the window may be closed, which must find it.
                self._fresh = library
        if closed:
            library.close()
        return library

    def _install(self, path: Path, library: "Library") -> None:
        with self._handing:
            if self._fresh is library:
                self._fresh = None
        if path != self.path or self.library is not None:
            # Another library was chosen while this one was being opened.
            self.jobs.run(library.close)
            return
        self._opening = self.complete = False
        self.library = library
        self._free()
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
            # What was to be put into it is put there when it can be opened.
            self._suspend(error)
        else:
            self._waiting.clear()
        self.loaded = True
        self.open_failed.emit(error)

    def switch(self, path: Path) -> None:
        """Open another library instead, or choose the place of one that is still to be made."""
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
        """Close the library, do `work(report, cancel)` to its file, and open it again.

        `done` gets its result, None where `switch` stopped it.
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
        """Forget everything about the library that is open, which is to be closed.

        Changes that wait for nothing but their turn are still made; those that are held up are not:
        the bar that told of them offers to wait.
        """
        running = self._changing[1].future if self._changing is not None else None
        waiting = () if self._held else tuple(self._changes)
        left = Left(self._release(), waiting, running)
        self.jobs.cancel(_READING)
        self._loading.clear()
        self._outdated = False
        self._opening = False
        self.path, self.loaded = path, False
        self.sources, self.trashed, self.collections, self.queue = [], [], [], []
        self.tags, self.told, self.fading = [], {}, 0
        self.coming, self._unheard = [], []
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
        """The window is being closed: open and load nothing more. Call before `Jobs.close`."""
        if not self._closed:
            self.closing.emit()
        self._patience.stop()
        with self._handing:
            self._closed = True

    def close(self, seconds: float | None = None) -> bool:
        """Let go of the library; call before the program ends, after `Jobs.close`.

        Changes that were asked for and not begun are made first. With `seconds`, wait no longer
        than that; returns whether the library is closed.
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
        self._quick()
        self._tries, self._held = 0, False
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None
        library, self.library = self.library, None
        return library

    # -- loading ----------------------------------------------------------------------------------

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
        # A collection has as many sources as there are.
        self._dirty.update({topic, "collections"} if topic == "sources" else {topic})
        if not self._timer.isActive() and not self._loading:
            self._timer.start(_MIN_WAIT)

    def refresh(self) -> None:
        """Load everything again."""
        self._dirty.update(_TOPICS)
        self._load()

    def outdate(self) -> None:
        """The lists were changed here: what is being loaded may be older, and is loaded again."""
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
            self._free()
        self.loaded = True
        if lists.fact_counts is not None:
            self.told = lists.fact_counts
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
            # Painted first, for threads that load modules hold it up.
            self._dirty.update(_TOPICS[1:])
            self._timer.start(_MIN_WAIT)
        elif self._dirty:
            wait = int(lists.seconds * 4000)
            self._timer.start(max(_MIN_WAIT, min(_MAX_WAIT, wait)))

    def _begin(self) -> None:
        """Have the queue worked, now that the window shows what there is."""
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
        """What was being loaded is to be loaded still."""
        self._dirty |= self._loading
        self._loading.clear()
        self._outdated = False

    # -- waiting for a cause to pass --------------------------------------------------------------

    @property
    def waiting(self) -> int:
        """How many changes wait to be made."""
        return len(self._changes) + (self._changing is not None)

    def retry(self) -> None:
        """Try again what is held up, without waiting any longer."""
        self._again.stop()
        if self.library is None:
            if not self._closed and self.path.parent.is_dir():
                self.with_library(lambda: None)
            return
        self._load()
        self._next_change()

    def discard_waiting(self) -> None:
        """Drop the changes that wait; what is stored stays as it is."""
        dropped, self._changes = list(self._changes), deque()
        # The one that is just tried again is let go when it fails once more.
        self._given_up = self._changing[0] if self._changing is not None else None
        self._free()
        for change in dropped:
            if change.failed is not None:
                change.failed()
        self.refresh()

    def _suspend(self, error: WorkbenchError) -> None:
        self._tries = min(self._tries + 1, len(_RETRY_DELAYS))
        self._held = True
        self._again.start(_RETRY_DELAYS[self._tries - 1])
        self.held.emit(error)

    def _free(self) -> None:
        self._again.stop()
        self._tries = 0
        if self._held:
            self._held = False
            self.freed.emit()

    # -- changing ---------------------------------------------------------------------------------

    def change(
        self,
        work: Callable[["Library"], Result],
        *,
        done: Callable[[Result], object] | None = None,
        failed: Callable[[], object] | None = None,
        parting: Callable[["Library"], object] | None = None,
    ) -> None:
        """Queue one change of the library that is open, if any, in the order of these calls.

        `work(library)` runs on a worker. `done(result)` is called when it has happened; `failed()`
        where it could not, after the signal of that name has told why. Where the cause may pass, it
        is tried again: `held` tells what everything waits for, and `freed` that it goes on.
        `parting` is done instead where the window is about to go and nobody can be asked.
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
    ) -> None:
        """Have a worker ask the library that is open, if any: `work(library, *args)`."""
        if self.library is not None:
            self.jobs.run(work, self.library, *args, done=done, failed=failed, key=key)

    def _next_change(self) -> None:
        if self._changing is not None or not self._changes or self._again.isActive():
            return
        change = self._changes.popleft()
        end = partial(self._end_change, change, self.library)
        job = self.jobs.run(change.work, done=partial(end, None), failed=end)
        self._changing = change, job
        if not self._long.isActive():
            self._long.start(_LONG)

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
            self._quick()
        if error is not None and _passes(error) and change is not self._given_up:
            self._changes.appendleft(change)
            self._suspend(error)
            return
        self._free()
        if error is not None:
            self.failed.emit(error)
            if change.failed is not None:
                change.failed()
        elif change.done is not None:
            change.done(result)
        self.refresh()
        self._next_change()

    def _quick(self) -> None:
        self._long.stop()
        self.slow.emit(False)

    def _settle_batches(self) -> None:
        """The queue has come: see what of it is over."""

    def _show_pending(self) -> None:
        """Things asked for are not on the queue yet: show them all the same."""


def _is_unfinished(future: "Future[Any]") -> bool:
    """Whether a change that was under way is still to be made: nobody heard of its failing."""
    if not future.done() or future.cancelled():
        return future.cancelled()
    error = future.exception()
    return isinstance(error, WorkbenchError) and _passes(error)


def _passes(error: WorkbenchError) -> bool:
    return isinstance(error, LibraryError) and error.passes
