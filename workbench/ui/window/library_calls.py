"""Calls of the window to the library, on worker threads: loading lists, changing, closing."""

import itertools
import logging
import os
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage

from workbench.errors import Cancelled, InputError, WorkbenchError
from workbench.intake.records import Added, QueueRow, QueueSummary
from workbench.jobs import Cancel, Report
from workbench.store.records import CollectionRow, SourceRow, TagRow
from workbench.ui.activity.order import in_order
from workbench.ui.fading.model import WITHIN
from workbench.ui.language import tr
from workbench.ui.memories.rows import counts

if TYPE_CHECKING:
    from workbench.intake.again import Changed
    from workbench.library import Library
    from workbench.sleep.records import Undone

Result = TypeVar("Result")
FINISHED = ("done", "failed", "cancelled", "skipped")
_MAX_PROVISIONAL = 20
_numbers = itertools.count()


@dataclass(frozen=True, slots=True)
class Batch:
    """What was added in one go: its rows once all of them are finished.

    `existing` are the sources that were in the library when it was asked for, `trashed` those that
    lay in the trash.
    """

    rows: tuple[QueueRow, ...]
    existing: frozenset[int] = frozenset()
    trashed: frozenset[int] = frozenset()

    @property
    def added(self) -> tuple[int, ...]:
        """The sources that are new."""
        fresh = (row for row in self.rows if row.state == "done" and not row.already)
        old = self.existing | self.trashed
        return tuple(source for row in fresh for source in row.sources if source not in old)

    @property
    def restored(self) -> tuple[int, ...]:
        """The sources that came back from the trash."""
        results: list[int] = []
        for row in self.rows:
            if row.state == "done" and row.restored:
                lay = [source for source in row.sources if source in self.trashed]
                # What was moved there after it was asked for came back, too.
                results += lay or [s for s in row.sources if row.already and s not in results]
        return tuple(results)

    @property
    def fresh(self) -> tuple[int, ...]:
        """The sources that are there now and were not before; Undo takes exactly these away."""
        return tuple(dict.fromkeys((*self.added, *self.restored)))

    @property
    def duplicates(self) -> tuple[QueueRow, ...]:
        """Rows whose bytes were in the library before."""
        completed = (row for row in self.rows if row.state == "done" and row.already)
        return tuple(row for row in completed if not row.restored)

    @property
    def failed(self) -> tuple[QueueRow, ...]:
        """Rows that could not be read."""
        return tuple(row for row in self.rows if row.state == "failed")


@dataclass(slots=True)
class OpenBatch:
    """A batch under way."""

    rows: dict[int, QueueRow | None]
    existing: frozenset[int]
    trashed: frozenset[int]

    def settle(self, rows: Mapping[int, QueueRow]) -> Batch | None:
        """Take the rows as they are now; the batch once it is over, None before."""
        for job, previous in self.rows.items():
            self.rows[job] = rows.get(job, previous)
        is_running = any(
            row is not None and job in rows and row.state not in FINISHED
            for job, row in self.rows.items()
        )
        finished = tuple(row for row in self.rows.values() if row is not None)
        return None if is_running or not finished else Batch(finished, self.existing, self.trashed)


def provisional(paths: Sequence[Path | str], collection: str | None) -> list[QueueRow]:
    """Rows for what is not on the queue yet; their ids are below nought."""
    names = [path.name if isinstance(path, Path) else path for path in paths]
    if len(names) > _MAX_PROVISIONAL:
        names = [tr("{names} files", names=len(names))]
    return [
        QueueRow(
            id=-1 - next(_numbers),
            path=str(paths[at]) if len(names) == len(paths) else "",
            name=name,
            collection=collection,
            state="queued",
            stage="queued",
            stage_word=tr("Waiting for the library"),
            done=0,
            total=None,
            unit="",
            rate=None,
            seconds_left=None,
            error="",
            hint="",
            sources=(),
            already=False,
            added=time.time(),
        )
        for at, name in enumerate(names)
    ]


def expand(paths: Sequence[Path | str]) -> list[Path | str]:
    """Files and links stay; a folder becomes the visible files in it, at every depth, in order."""
    results: list[Path | str] = []
    for path in paths:
        if isinstance(path, str) or not path.is_dir():
            results.append(path)
            continue
        for folder, folders, files in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            visible = sorted(name for name in files if not name.startswith("."))
            results.extend(Path(folder) / name for name in visible)
    return results


_log = logging.getLogger(__name__)
#: How the file that keeps the connection to another computer ends.
REMOTE = ".remote"


def is_remote(path: Path) -> bool:
    """Whether a library's file keeps the connection to another computer."""
    return path.suffix == REMOTE


@dataclass(frozen=True, slots=True)
class Change:
    """Work on a library; `parting` is done instead where the window is about to go."""

    work: Callable[[], Any]
    done: Callable[[Any], object] | None
    failed: Callable[[], object] | None
    parting: Callable[[], Any]


@dataclass(frozen=True, slots=True)
class Left:
    """A library that is to be closed, and the changes of it that are still to be made."""

    library: "Library | None"
    changes: tuple[Change, ...] = ()
    #: The change that a worker is just making.
    running: "Future[Any] | None" = None


def end(left: Left) -> None:
    """Make the changes that wait, then close; on a thread, for it may wait for other programs."""
    if left.library is None:
        return
    try:
        if left.changes and left.running is not None:
            wait([left.running])
        for change in left.changes:
            _part(change)
    finally:
        left.library.close()


def _part(change: Change) -> None:
    """Make a change; where it cannot be made, those after it are made all the same."""
    try:
        change.parting()
    except WorkbenchError as error:
        _log.warning("a change was not made: %s", error)


def run_closed(
    left: Left,
    work: Callable[[Report, Cancel], Any],
    switch: Cancel,
    report: Report,
) -> Any:
    """Close the library and do something to its file; None where the user stopped it."""
    end(left)
    try:
        return work(report, switch)
    except Cancelled:
        return None


@dataclass(slots=True)
class Lists:
    sources: list[SourceRow] | None
    trashed: list[SourceRow]
    tags: list[TagRow]
    collections: list[CollectionRow] | None
    queue: list[QueueRow] | None
    summary: QueueSummary | None
    paused: bool
    seconds: float
    #: What was told to each scope; a scope is a collection, None the library's own.
    fact_counts: dict[str | None, Counter[str]] | None = None
    #: How many memories fade within a week.
    fading: int = 0


def read(library: "Library", topics: frozenset[str], previous: Sequence[QueueRow]) -> Lists:
    """Read the lists of `topics`; rows of the queue that are as in `previous` are those rows."""
    started = time.perf_counter()
    lists = Lists(None, [], [], None, None, None, False, 0.0)
    if "sources" in topics:
        lists.sources = library.sources.list()
        lists.trashed = library.sources.list(trashed=True)
        lists.tags = library.sources.tags()
    if "collections" in topics:
        lists.collections = library.collections.list()
    if "queue" in topics:
        lists.queue, lists.paused = in_order(library.queue.list(), previous), library.queue.paused
        lists.summary = library.queue.summary()
    if "facts" in topics:
        lists.fact_counts = counts(library)
        lists.fading = library.memory.fading(within_days=WITHIN, limit=1).total
    lists.seconds = time.perf_counter() - started
    return lists


def begin(library: "Library") -> None:
    """Load all groups of calls, and work the queue, once the window shows what there is."""
    # The window's thread must wait for no import.
    from workbench.library import groups  # noqa: F401

    library.queue.work()


@dataclass(frozen=True, slots=True)
class Enqueued:
    """What was put on the queue, and the files that were not because they have changed."""

    jobs: list[int]
    changed: "tuple[Changed, ...]" = ()


def enqueue(
    library: "Library", paths: tuple[Path | str, ...], collection: str | None, typed: bool
) -> Enqueued:
    """Put files, folders and links on the queue, but for files that were added and have changed.

    What is to become of those, the user is asked.
    """
    files = [path for path in expand(paths) if isinstance(path, Path)]
    changed = tuple(library.queue.changed(files))
    if not changed:
        return Enqueued(_enqueue(library, paths, collection, typed=typed))
    remaining = {item.path for item in changed}
    remainder = [path for path in _expand_folders(paths) if str(path) not in remaining]
    return Enqueued(
        _enqueue(library, remainder, collection, typed=typed) if remainder else [], changed
    )


def send(library: "Library", paths: tuple[Path | str, ...], collection: str | None) -> list[Added]:
    """Have the library on another computer read links, and files of this one, which are sent."""
    completed: list[Added] = []
    for path in _expand_folders(paths):
        if isinstance(path, str) and "://" in path:
            completed += library.add_link(path, collection=collection)
        else:
            completed += library.add(path, collection=collection)
    return completed


def enqueue_all(
    library: "Library", paths: tuple[Path | str, ...], collection: str | None, typed: bool
) -> Enqueued:
    """Put everything on the queue: nobody is there to be asked, so both versions are kept."""
    return Enqueued(_enqueue(library, paths, collection, typed=typed))


def _enqueue(
    library: "Library", paths: Sequence[Path | str], collection: str | None, *, typed: bool
) -> list[int]:
    if typed:
        return library.queue.enqueue(paths, collection=collection, typed=True)
    return library.queue.enqueue(paths, collection=collection)


def _expand_folders(paths: Sequence[Path | str]) -> list[Path | str]:
    """Folders as the files in them that the library would read."""
    from workbench.intake.places import files_of

    results: list[Path | str] = []
    for path in paths:
        if isinstance(path, Path) and path.is_dir():
            results.extend(files_of(path.absolute()))
        else:
            results.append(path.absolute() if isinstance(path, Path) else path)
    return results


def numbered(
    work: Callable[["Library"], Result], library: "Library"
) -> tuple[Result, tuple[int, ...]]:
    """What some work brings, and the numbers of the changes that it makes."""
    with library.numbering() as numbers:
        result = work(library)
    return result, tuple(numbers)


def turn(library: "Library", numbers: Sequence[int], *, redo: bool) -> "list[Undone]":
    """Undo changes, or do them again: all of them or none."""
    completed: list[int] = []
    records = []
    try:
        for number in numbers if redo else reversed(numbers):
            records.append(library.redo(number) if redo else library.undo(run=number))
            completed.append(number)
    except WorkbenchError:
        for number in reversed(completed):
            library.undo(run=number) if redo else library.redo(number)
        raise
    return records


def paste_picture(library: "Library", picture: QImage, collection: str | None) -> list[Added]:
    """Keep a picture that came without a file. Raises `InputError` where it holds nothing."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if picture.isNull() or not picture.save(buffer, "PNG"):  # type: ignore[call-overload]
        raise InputError(
            tr("The picture could not be pasted."), tr("Save it as a file and add that."), "empty"
        )
    title = time.strftime("Pasted picture, %Y-%m-%d %H:%M")
    return library.add_text(bytes(buffer.data().data()), title=title, collection=collection)


def unlock(library: "Library", password: str, rows: Sequence[QueueRow]) -> list[int]:
    """Try a password with files that are locked; returns the jobs of those that it opens.

    Raises `InputError` where it opens none.
    """
    jobs = []
    for row in rows:
        try:
            library.queue.unlock(password, row.path)
            jobs.append(row.id)
        except InputError:
            if len(rows) == 1:
                raise
    if not jobs:
        raise InputError(tr("This password opens none of them."), tr("Check it and try again."))
    return jobs
