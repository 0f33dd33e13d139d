"""Library calls of the window: loading lists, changing, closing. Run on workers."""

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
from workbench.ui.language import tr
from workbench.ui.shelf.queue_order import in_order

if TYPE_CHECKING:
    from workbench.intake.rereading import Changed
    from workbench.library import Library
    from workbench.sleep.records import Undone

Result = TypeVar("Result")
#: Number of days ahead that the list of fading memories covers.
WITHIN = 7.0
FINISHED = ("done", "failed", "cancelled", "skipped")
_MAX_PROVISIONAL = 20
_numbers = itertools.count()


@dataclass(frozen=True, slots=True)
class Batch:
    """Items added together: their rows once all are finished.

    `existing` are the sources in the library at the time of adding, `trashed` those in the Trash.
    """

    rows: tuple[QueueRow, ...]
    existing: frozenset[int] = frozenset()
    trashed: frozenset[int] = frozenset()

    @property
    def added(self) -> tuple[int, ...]:
        """The new sources."""
        fresh = (row for row in self.rows if row.state == "done" and not row.already)
        old = self.existing | self.trashed
        return tuple(source for row in fresh for source in row.sources if source not in old)

    @property
    def restored(self) -> tuple[int, ...]:
        """The sources restored from the Trash."""
        results: list[int] = []
        for row in self.rows:
            if row.state == "done" and row.restored:
                lay = [source for source in row.sources if source in self.trashed]
                # Sources trashed after adding were restored, too.
                results += lay or [s for s in row.sources if row.already and s not in results]
        return tuple(results)

    @property
    def fresh(self) -> tuple[int, ...]:
        """New and restored sources, which Undo removes."""
        return tuple(dict.fromkeys((*self.added, *self.restored)))

    @property
    def duplicates(self) -> tuple[QueueRow, ...]:
        """Rows whose bytes were already in the library."""
        completed = (row for row in self.rows if row.state == "done" and row.already)
        return tuple(row for row in completed if not row.restored)

    @property
    def failed(self) -> tuple[QueueRow, ...]:
        """Rows that could not be read."""
        return tuple(row for row in self.rows if row.state == "failed")


@dataclass(slots=True)
class OpenBatch:
    """A batch in progress."""

    rows: dict[int, QueueRow | None]
    existing: frozenset[int]
    trashed: frozenset[int]

    def settle(self, rows: Mapping[int, QueueRow]) -> Batch | None:
        """Update the rows; return the batch once it is finished, else None."""
        for job, previous in self.rows.items():
            self.rows[job] = rows.get(job, previous)
        is_running = any(
            row is not None and job in rows and row.state not in FINISHED
            for job, row in self.rows.items()
        )
        finished = tuple(row for row in self.rows.values() if row is not None)
        return None if is_running or not finished else Batch(finished, self.existing, self.trashed)


def provisional(paths: Sequence[Path | str], collection: str | None) -> list[QueueRow]:
    """Rows for items not enqueued yet, with negative ids."""
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
    """Replace folders by their visible files, recursively and sorted."""
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
#: The suffix of files with a connection to another computer.
REMOTE = ".remote"


def is_remote(path: Path) -> bool:
    """Whether a library's file is a connection to another computer."""
    return path.suffix == REMOTE


@dataclass(frozen=True, slots=True)
class Change:
    """Work on a library; `parting` replaces it while the window closes."""

    work: Callable[[], Any]
    done: Callable[[Any], object] | None
    failed: Callable[[], object] | None
    parting: Callable[[], Any]


@dataclass(frozen=True, slots=True)
class Left:
    """A library to close, and its pending changes."""

    library: "Library | None"
    changes: tuple[Change, ...] = ()
    #: The change that a worker is making.
    running: "Future[Any] | None" = None


def end(left: Left) -> None:
    """Make the pending changes, then close. Runs on a worker, as it may wait for a lock."""
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
    """Make a change; log an error, so that the next changes are made."""
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
    """Close the library and work on its file; return None if cancelled."""
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
    #: Facts per scope: a collection, or None for the library.
    fact_counts: dict[str | None, Counter[str]] | None = None
    #: The number of memories that fade within a week.
    fading: int = 0


def read(library: "Library", topics: frozenset[str], previous: Sequence[QueueRow]) -> Lists:
    """Load the lists of `topics`; queue rows equal to those in `previous` are reused."""
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
        lists.fact_counts = _counts(library)
        lists.fading = library.memory.fading(within_days=WITHIN, limit=1).total
    lists.seconds = time.perf_counter() - started
    return lists


def _counts(library: "Library") -> dict[str | None, Counter[str]]:
    """Count by scope (None for the library) and kind. Runs on a worker."""
    return {
        scope.collection: Counter(
            {
                "fact": scope.facts, "instruction": scope.notes, "stance": scope.stances,
                "variable": scope.variables, "highlight": scope.highlights,
            }
        )
        for scope in library.collections.scopes()
    }  # fmt: skip


def begin(library: "Library") -> None:
    """Import all groups of calls and start the queue, once the window shows its contents."""
    # Here, to keep imports off the GUI thread.
    from workbench.library import groups  # noqa: F401

    library.queue.work()


@dataclass(frozen=True, slots=True)
class Enqueued:
    """The enqueued jobs, and files not enqueued because they have changed."""

    jobs: list[int]
    changed: "tuple[Changed, ...]" = ()


def enqueue(
    library: "Library", paths: tuple[Path | str, ...], collection: str | None, typed: bool
) -> Enqueued:
    """Enqueue files, folders and links, except added files that have changed.

    The user decides about those.
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
    """Send files, and links, to the library on another computer."""
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
    """Enqueue everything: with nobody to ask, both versions are kept."""
    return Enqueued(_enqueue(library, paths, collection, typed=typed))


def _enqueue(
    library: "Library", paths: Sequence[Path | str], collection: str | None, *, typed: bool
) -> list[int]:
    if typed:
        return library.queue.enqueue(paths, collection=collection, typed=True)
    return library.queue.enqueue(paths, collection=collection)


def _expand_folders(paths: Sequence[Path | str]) -> list[Path | str]:
    """Replace folders by the files in them that the library can read."""
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
    """The result of work, and the numbers of its changes."""
    with library.numbering() as numbers:
        result = work(library)
    return result, tuple(numbers)


def turn(library: "Library", numbers: Sequence[int], *, redo: bool) -> "list[Undone]":
    """Undo or redo changes, all or none."""
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
    """Add a picture without a file. Raises `InputError` if it is empty."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if picture.isNull() or not picture.save(buffer, "PNG"):  # type: ignore[call-overload]
        raise InputError(
            tr("The picture could not be pasted."), tr("Save it as a file and add that."), "empty"
        )
    title = time.strftime("Pasted picture, %Y-%m-%d %H:%M")
    return library.add_text(bytes(buffer.data().data()), title=title, collection=collection)


def unlock(library: "Library", password: str, rows: Sequence[QueueRow]) -> list[int]:
    """Try a password on locked files; return the jobs of those it opens.

    Raises `InputError` if it opens none.
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
