"""What the window knows of the library: lists loaded off the GUI thread, changes sent the same way.

The library calls back from any thread that something changed; the shelf notes it and reloads at
most ten times a second, less often when loading takes long. Changes go to the library one after
the other, in the order they were asked for.
"""

import logging
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QUndoStack

from workbench.errors import WorkbenchError
from workbench.intake.records import Added, QueueRow
from workbench.store.records import CollectionRow, SourceRow
from workbench.ui.jobs import Job, Jobs
from workbench.ui.window.undo import (
    AddCommand,
    CollectCommand,
    RemoveCollectionCommand,
    TrashCommand,
)

if TYPE_CHECKING:
    from workbench.library import Library

OpenLibrary = Callable[[Path], "Library"]

_log = logging.getLogger(__name__)

FINISHED = ("done", "failed", "cancelled", "skipped")
_READING = "shelf:read"
_LEAST_WAIT = 100  # milliseconds between two loads of one list
_MOST_WAIT = 2000


@dataclass(frozen=True, slots=True)
class Batch:
    """What was added in one go: its rows once all of them are finished."""

    rows: tuple[QueueRow, ...]

    @property
    def added(self) -> tuple[int, ...]:
        """The sources that are new."""
        fresh = (row for row in self.rows if row.state == "done" and not row.already)
        return tuple(source for row in fresh for source in row.sources)

    @property
    def known(self) -> tuple[QueueRow, ...]:
        """Rows whose bytes were in the library before."""
        return tuple(row for row in self.rows if row.state == "done" and row.already)

    @property
    def failed(self) -> tuple[QueueRow, ...]:
        """Rows that could not be read."""
        return tuple(row for row in self.rows if row.state == "failed")


class Shelf(QObject):
    """The open library as the window sees it. Use it from the GUI thread only.

    `library` is None until the file is open; a library that does not exist yet is only made when
    something is put into it, so that its place can be chosen before.
    """

    opening = Signal()
    switched = Signal()
    opened = Signal()
    open_failed = Signal(object)
    sources_changed = Signal()
    collections_changed = Signal()
    queue_changed = Signal()
    batch_finished = Signal(object)
    text_added = Signal(object)
    failed = Signal(object)
    _noticed = Signal(str)

    def __init__(
        self, path: Path, open_library: OpenLibrary, jobs: Jobs, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.path = path
        self.library: Library | None = None
        self.sources: list[SourceRow] = []
        self.trashed: list[SourceRow] = []
        self.collections: list[CollectionRow] = []
        self.queue: list[QueueRow] = []
        self.paused = False
        self.loaded = False
        self.undo = QUndoStack(self)
        self._open_library = open_library
        self._jobs = jobs
        self._opening = False
        self._fresh: Library | None = None
        self._handing = threading.Lock()
        self._waiting: list[Callable[[], None]] = []
        self._unsubscribe: Callable[[], None] | None = None
        self._dirty: set[str] = set()
        self._loading: set[str] = set()
        self._changes: deque[_Change] = deque()
        self._changing: tuple[_Change, Job] | None = None
        self._batches: list[dict[int, QueueRow | None]] = []
        self._closed = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._load)
        self._noticed.connect(self._notice, Qt.ConnectionType.QueuedConnection)

    # -- opening and closing ----------------------------------------------------------------------

    def start(self) -> None:
        """Open the library if its file exists; else wait for the first thing put into it."""
        self.opening.emit()
        self._jobs.run(self.path.exists, done=self._found, key="shelf:exists")

    def _found(self, exists: bool) -> None:
        if exists:
            self.with_library(lambda: None)
        else:
            self.loaded = True
            self.sources_changed.emit()

    def with_library(self, then: Callable[[], None]) -> None:
        """Call `then` as soon as the library is open, making its file if there is none."""
        if self.library is not None:
            then()
            return
        self._waiting.append(then)
        if not self._opening:
            self._opening = True
            opened = partial(self._opened, self.path)
            failed = partial(self._not_opened, self.path)
            self._jobs.run(self._open, self.path, done=opened, failed=failed)

    def _open(self, path: Path) -> "Library":
        library = self._open_library(path)
        with self._handing:
            closed = self._closed
            if not closed:
                # Between here and `_opened` the window may be closed, which must find it.
                self._fresh = library
        if closed:
            library.close()
        else:
            library.work()
        return library

    def _opened(self, path: Path, library: "Library") -> None:
        with self._handing:
            if self._fresh is library:
                self._fresh = None
        if path != self.path or self.library is not None:
            # Another library was chosen while this one was being opened.
            self._jobs.run(library.close)
            return
        self._opening = False
        self.library = library
        self._unsubscribe = library.subscribe(self._noticed.emit)
        self.opened.emit()
        for topic in ("sources", "collections", "queue"):
            self._dirty.add(topic)
        self._load()
        waiting, self._waiting = self._waiting, []
        for then in waiting:
            then()

    def _not_opened(self, path: Path, error: WorkbenchError) -> None:
        if path != self.path or self.library is not None:
            return
        self._opening = False
        self._waiting.clear()
        self.loaded = True
        self.open_failed.emit(error)

    def switch(self, path: Path) -> None:
        """Open another library instead, or choose the place of one that is still to be made."""
        library = self._let_go()
        self._jobs.cancel(_READING)
        self._loading.clear()
        self._opening = False
        self.path, self.loaded = path, False
        self.sources, self.trashed, self.collections, self.queue = [], [], [], []
        self.paused = False
        self.undo.clear()
        self._dirty.clear()
        self._changes.clear()
        self._changing = None
        self._batches.clear()
        self._waiting.clear()
        self.switched.emit()
        for changed in (self.sources_changed, self.collections_changed, self.queue_changed):
            changed.emit()
        if library is None:
            self.start()
        else:
            self._jobs.run(library.close, done=lambda _none: self.start())

    def leave(self) -> None:
        """The window is being closed: open and load nothing more. Call before `Jobs.close`."""
        with self._handing:
            self._closed = True

    def close(self, seconds: float | None = None) -> bool:
        """Let go of the library; call before the program ends, after `Jobs.close`.

        Changes that were asked for and not begun are made first. With `seconds`, wait no longer
        than that; returns whether the library is closed.
        """
        self.leave()
        library, fresh = self._let_go(), self._fresh
        left = list(self._changes)
        if self._changing is not None:
            change, job = self._changing
            if job.future is not None and job.future.cancelled():
                left.insert(0, change)
        self._changes.clear()
        ending = threading.Thread(
            target=_end, args=(library or fresh, left), name="closing", daemon=True
        )
        ending.start()
        ending.join(seconds)
        return not ending.is_alive()

    def _let_go(self) -> "Library | None":
        self._timer.stop()
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
        self._dirty.add(topic)
        if not self._timer.isActive() and not self._loading:
            self._timer.start(_LEAST_WAIT)

    def refresh(self) -> None:
        """Load everything again."""
        self._dirty.update(("sources", "collections", "queue"))
        self._load()

    def _load(self) -> None:
        if self.library is None or self._loading or not self._dirty:
            return
        topics = frozenset(self._dirty)
        self._dirty.clear()
        self._loading.update(topics)
        self._jobs.run(
            _read,
            self.library,
            topics,
            done=self._loaded,
            failed=self._not_loaded,
            key=_READING,
        )

    def _loaded(self, found: "_Lists") -> None:
        self._loading.clear()
        self.loaded = True
        if found.sources is not None:
            self.sources, self.trashed = found.sources, found.trashed
            self.sources_changed.emit()
        if found.collections is not None:
            self.collections = found.collections
            self.collections_changed.emit()
        if found.queue is not None:
            self.queue, self.paused = found.queue, found.paused
            self._settle_batches()
            self.queue_changed.emit()
        if self._dirty:
            wait = int(found.seconds * 4000)
            self._timer.start(max(_LEAST_WAIT, min(_MOST_WAIT, wait)))

    def _not_loaded(self, error: WorkbenchError) -> None:
        self._loading.clear()
        self.failed.emit(error)

    # -- changing ---------------------------------------------------------------------------------

    def change(
        self,
        work: Callable[..., Any],
        *args: Any,
        done: Callable[[Any], object] | None = None,
        failed: Callable[[], object] | None = None,
    ) -> None:
        """Queue one change of the library; changes happen in the order of these calls.

        `done(result)` is called when it has happened; `failed()` where it could not, after the
        signal of that name has told why.
        """
        self._changes.append(_Change(work, args, done, failed))
        self._next_change()

    def _next_change(self) -> None:
        if self._changing is not None or not self._changes:
            return
        change, library = self._changes.popleft(), self.library

        def over() -> bool:
            """Whether this is still the library that was changed."""
            if self.library is not library:
                return False
            self._changing = None
            return True

        def finished(result: Any) -> None:
            if over():
                if change.done is not None:
                    change.done(result)
                self.refresh()
                self._next_change()

        def failed(error: WorkbenchError) -> None:
            if over():
                self.failed.emit(error)
                if change.failed is not None:
                    change.failed()
                self.refresh()
                self._next_change()

        job = self._jobs.run(change.work, *change.args, done=finished, failed=failed)
        self._changing = change, job

    def add(self, paths: Sequence[Path], collection: str | None = None) -> None:
        """Put files and folders on the queue; `batch_finished` tells what became of them."""

        def enqueue() -> None:
            if self.library is not None:
                self.change(_enqueue, self.library, tuple(paths), collection, done=self._enqueued)

        if paths:
            self.with_library(enqueue)

    def _enqueued(self, jobs: list[int]) -> None:
        if jobs:
            self._batches.append(dict.fromkeys(jobs))
        else:
            self.batch_finished.emit(Batch(()))

    def _settle_batches(self) -> None:
        rows = {row.id: row for row in self.queue}
        for batch in tuple(self._batches):
            for job, known in batch.items():
                batch[job] = rows.get(job, known)
            open_jobs = [
                job
                for job, row in batch.items()
                if row is not None and job in rows and row.state not in FINISHED
            ]
            if open_jobs or not any(batch.values()):
                continue
            self._batches.remove(batch)
            done = Batch(tuple(row for row in batch.values() if row is not None))
            if done.added:
                self.undo.push(AddCommand(self, done.added))
            self.batch_finished.emit(done)

    def add_sample(self) -> None:
        """Add the book that ships with the program."""

        def add() -> None:
            if self.library is not None:
                self.add((self.library.sample_file(),))

        self.with_library(add)

    def trash(self, sources: Sequence[int]) -> None:
        """Move sources to the trash; Undo brings them back."""
        if sources:
            self.undo.push(TrashCommand(self, tuple(sources)))

    def restore(self, sources: Sequence[int]) -> None:
        """Bring sources back from the trash; Undo trashes them again."""
        if sources:
            self.undo.push(TrashCommand(self, tuple(sources), back=True))

    def take_back(self, sources: Sequence[int]) -> None:
        """Undo the adding of exactly these sources, whatever happened since."""
        last = self.undo.command(self.undo.index() - 1) if self.undo.canUndo() else None
        if isinstance(last, AddCommand) and last.sources == tuple(sources):
            self.undo.undo()
        else:
            self.trash(sources)

    def put_away(self, sources: Sequence[int], *, back: bool) -> None:
        """What the undo commands do: trash, or bring back, without another entry."""
        if self.library is not None:
            work = self.library.restore if back else self.library.trash
            self.change(work, list(sources))

    def assign(self, sources: Sequence[int], collection: str) -> None:
        """Put sources into a collection; those in it already stay out of the Undo."""
        inside = {row.id for row in self.sources if collection in row.collections}
        fresh = tuple(source for source in sources if source not in inside)
        if fresh:
            self.undo.push(CollectCommand(self, fresh, collection))

    def unassign(self, sources: Sequence[int], collection: str) -> None:
        """Take sources out of a collection; they stay in the library."""
        if sources:
            self.undo.push(CollectCommand(self, tuple(sources), collection, out=True))

    def collect(self, sources: Sequence[int], collection: str, *, out: bool) -> None:
        """What the undo commands do: put into a collection, or take out of it."""
        if self.library is not None:
            work = self.library.unassign if out else self.library.assign
            self.change(work, list(sources), collection)

    def remove_collection(self, name: str) -> None:
        """Remove a collection; its sources stay, and Undo makes it again."""
        inside = tuple(row.id for row in self.sources if name in row.collections)
        self.undo.push(RemoveCollectionCommand(self, name, inside))

    def keep_collection(self, name: str, sources: Sequence[int], *, keep: bool) -> None:
        """What the undo command does: remove a collection, or make it again."""
        library = self.library
        if library is None:
            return
        if keep:
            self.change(library.create_collection, name)
            if sources:
                self.change(library.assign, list(sources), name)
        else:
            self.change(library.remove_collection, name)

    def paste(self, text: str, collection: str | None = None) -> None:
        """Make a source of pasted text."""

        def add() -> None:
            if self.library is not None:
                self.change(_paste, self.library, text, collection, done=self._pasted)

        self.with_library(add)

    def _pasted(self, added: list[Added]) -> None:
        fresh = tuple(a.source for a in added if a.source is not None and not a.already)
        if fresh:
            self.undo.push(AddCommand(self, fresh))
        for each in added:
            self.text_added.emit(each)

    def create_collection(
        self, name: str, done: Callable[[CollectionRow], object] | None = None
    ) -> None:
        """Make a collection, and the library's file if there is none yet."""

        def create() -> None:
            if self.library is not None:
                self.change(self.library.create_collection, name, done=done)

        self.with_library(create)

    def pause(self, rest: bool) -> None:
        """Let the queue rest, or go on."""
        if self.library is not None:
            self.change(self.library.pause if rest else self.library.resume)

    def handle(self, verb: str, job: int) -> None:
        """Do one thing to one job of the queue: skip, retry, cancel or dismiss."""
        if self.library is not None:
            self.change(getattr(self.library, verb), job)


@dataclass(frozen=True, slots=True)
class _Change:
    work: Callable[..., Any]
    args: tuple[Any, ...]
    done: Callable[[Any], object] | None
    failed: Callable[[], object] | None


def _end(library: "Library | None", changes: Sequence[_Change]) -> None:
    """Make the changes that wait, then close; on a thread, for it may wait for other programs."""
    if library is None:
        return
    try:
        for change in changes:
            change.work(*change.args)
    except WorkbenchError as error:
        _log.warning("a change was not made: %s", error)
    finally:
        library.close()


@dataclass(slots=True)
class _Lists:
    sources: list[SourceRow] | None
    trashed: list[SourceRow]
    collections: list[CollectionRow] | None
    queue: list[QueueRow] | None
    paused: bool
    seconds: float


def _read(library: "Library", topics: frozenset[str]) -> _Lists:
    began = time.perf_counter()
    lists = _Lists(None, [], None, None, False, 0.0)
    if "sources" in topics:
        lists.sources = library.sources()
        lists.trashed = library.sources(trashed=True)
    if topics & {"sources", "collections"}:
        lists.collections = library.collections()
    if "queue" in topics:
        lists.queue, lists.paused = library.queue(), library.paused
    lists.seconds = time.perf_counter() - began
    return lists


def _enqueue(library: "Library", paths: tuple[Path, ...], collection: str | None) -> list[int]:
    return library.enqueue(expand(paths), collection=collection)


def _paste(library: "Library", text: str, collection: str | None) -> list[Added]:
    return library.add_text(text, collection=collection)


def expand(paths: Sequence[Path]) -> list[Path]:
    """Files stay; a folder becomes the visible files in it, all the way down, in order."""
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        for folder, folders, files in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            shown = sorted(name for name in files if not name.startswith("."))
            found.extend(Path(folder) / name for name in shown)
    return found
