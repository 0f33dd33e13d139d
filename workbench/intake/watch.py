"""Watches folders and adds files once they have stopped growing.

It polls: notifications are lost on network shares and removable disks, and differ on every system.
A scan reads names, sizes and times and opens nothing; without changes scans become rare, and never
take more than a small share of one core. What was queued is recorded in the same transaction as its
job, so that a crash queues nothing twice.

A file that is edited repeatedly replaces its former version as long as it is the same work; another
work under the same name (of a scanner or browser) is added beside the former.
"""

import contextlib
import logging
import os
import sqlite3
import stat
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from workbench import paths
from workbench.errors import InputError, LibraryError, NotFoundError, UsageError
from workbench.intake import places, queue, requests
from workbench.intake.queue import Addition
from workbench.intake.records import Watched
from workbench.store import lease, meta
from workbench.store.store import Store

LEASE = "watch"
#: Seconds of the lease; long, because renewing it is a write.
_LEASE_SECONDS = 120.0

#: Seconds between scans while something changes, and the maximum otherwise.
SCAN_SECONDS = 3.0
IDLE_SECONDS = 15.0
#: Largest share of one core spent on scanning, as long as that allows a scan per minute.
_SHARE = 0.02
_LONGEST = 60.0

_log = logging.getLogger(__name__)

#: Libraries, their backups, and the files that SQLite writes beside them.
_LIBRARIES = (
    ".brain",
    ".brain-wal",
    ".brain-shm",
    ".brain-journal",
    ".brain-told",
    ".brain-told-other",
)
_LOADING = (*places.UNFINISHED, ".restoring", ".tmp", ".temp", ".swp", ".swx", ".lock")
#: A file with one of these beside it is still being downloaded.
_COMPANIONS = (".part", ".crdownload", ".aria2", ".download", ".opdownload")

Stamp = tuple[int, float]


def watch(connection: sqlite3.Connection, folder: str, collection: str | None) -> None:
    """Watch a folder from now on, or change the collection of its files."""
    connection.execute(
        "INSERT INTO meta(key, value) VALUES ('watched:' || ?1, json_array(?2, ?3, '')) "
        "ON CONFLICT(key) DO UPDATE SET value = json_set(value, '$[0]', ?2)",
        (folder, collection, time.time()),
    )


def unwatch(connection: sqlite3.Connection, folder: str) -> None:
    """Stop watching a folder; its sources stay. Raises `NotFoundError`."""
    removed = connection.execute("DELETE FROM meta WHERE key = 'watched:' || ?", (folder,)).rowcount
    meta.remove(connection, f"{meta.OFFERED}{folder}")
    if not removed:
        raise NotFoundError(
            f"The folder “{places.name_of(folder)}” is not being watched.", "Nothing was changed."
        )


def watched(connection: sqlite3.Connection) -> list[Watched]:
    """The watched folders, in the order they were added."""
    rows = connection.execute(
        "SELECT substr(key, 9), value ->> 0, value ->> 1, value ->> 2 FROM meta "
        "WHERE key GLOB 'watched:*' ORDER BY value ->> 1, key"
    )
    return [Watched(*row) for row in rows]


def checked(folder: str | Path, collection: str | None) -> str:
    """The folder as the library stores it. Raises if it cannot be watched."""
    requests.check_collection(collection)
    stored = places.as_text(folder)
    path = places.as_path(stored)
    if not requests.is_folder(stored):
        raise InputError(
            f"“{places.name_of(stored)}” is not a folder, so it cannot be watched.",
            "Choose a folder on this machine.",
            reason="missing",
        )
    if not os.access(path, os.R_OK | os.X_OK):
        raise InputError(
            f"The folder “{places.name_of(stored)}” cannot be opened, so it is not watched.",
            "Check that you may read it, then try again.",
            reason="missing",
        )
    if any(_is_inside(path.resolve(), own) for own in _program_folders()):
        raise UsageError(
            f"“{places.name_of(stored)}” belongs to this program, so it is not watched.",
            "Choose the folder where your books arrive.",
        )
    return stored


def _program_folders() -> list[Path]:
    return [folder.resolve() for folder in (paths.cache_dir(), paths.config_dir())]


def _is_inside(path: Path, folder: Path) -> bool:
    return path == folder or folder in path.parents


@dataclass(slots=True)
class Scan:
    """The result of one scan of a folder: stamps of files by path, and what could not be opened."""

    found: dict[str, Stamp] = field(default_factory=dict)
    closed: list[str] = field(default_factory=list)
    missing: str = ""


def scan(
    folder: Path, excludes: Callable[["os.DirEntry[str]"], bool], stop: Callable[[], bool]
) -> Scan:
    """Scan a folder: sizes and times of files that may be documents; nothing is opened.

    Skipped are hidden files, files in progress (downloads, editor locks), empty files, pipes and
    devices, and everything for which `is_excluded(entry)` is true. Links to folders are not
    followed. Stops early when `stop()` is true.
    """
    visited = Scan()
    root = os.fspath(folder)
    left = [root]
    been: set[tuple[int, int]] = set()
    while left and not stop():
        directory = left.pop()
        try:
            with os.scandir(directory) as entries:
                listing = list(entries)
        except OSError as error:
            if directory == root:
                visited.missing = error.strerror or str(error)
            elif not isinstance(error, FileNotFoundError | NotADirectoryError):
                visited.closed.append(directory)
            continue
        if places.is_visited(directory, been):
            continue
        names = {entry.name for entry in listing}
        for entry in listing:
            if _is_queued(entry.name, names):
                continue
            try:
                if entry.is_dir(follow_symlinks=False):
                    if not excludes(entry):
                        left.append(entry.path)
                    continue
                if entry.is_symlink() and places.leads_out(Path(entry.path), folder):
                    continue
                facts = entry.stat()
            except OSError:
                # Deleted meanwhile, or a dangling link.
                continue
            if stat.S_ISREG(facts.st_mode) and facts.st_size and not excludes(entry):
                visited.found[entry.path] = facts.st_size, facts.st_mtime
    return visited


def _is_queued(name: str, siblings: set[str]) -> bool:
    """Whether a name is hidden, or that of a file still being written."""
    low = name.lower()
    if name.startswith((".", "~")) or low.endswith(("~", *_LOADING)):
        return True
    return any(name + ending in siblings for ending in _COMPANIONS)


class _Folder:
    """The state of one watched folder: files queued before, and files that may still grow."""

    def __init__(self, offered: dict[str, Stamp]) -> None:
        self.offered = offered
        self.growing: dict[str, tuple[Stamp, float]] = {}

    def stable_files(self, found: dict[str, Stamp], timestamp: float, wait: float) -> list[str]:
        """The new or changed files that have been the same for `wait` seconds."""
        ready = []
        growing: dict[str, tuple[Stamp, float]] = {}
        for path, stamp in found.items():
            if self.offered.get(path) == stamp:
                continue
            previous, since = self.growing.get(path, (None, timestamp))
            if previous != stamp:
                since = timestamp
            elif timestamp - since >= wait:
                ready.append(path)
            growing[path] = stamp, since
        self.growing = growing
        return sorted(ready)


class Watch:
    """Watches the folders of one library in a thread, unless another process does.

    `added()` is called when jobs were queued, `told()` when a folder's problem changed.
    """

    def __init__(
        self,
        store: Store,
        holder: str,
        added: Callable[[], None],
        problem_changed: Callable[[], None],
        *,
        seconds: float = SCAN_SECONDS,
    ) -> None:
        self._store = store
        self._holder = holder
        self._added = added
        self._problem_changed = problem_changed
        self._seconds = seconds
        self._folders: dict[str, _Folder] = {}
        #: Processor seconds of the last scan of all folders.
        self._walked = 0.0
        self._thread: threading.Thread | None = None
        #: Start and stop may be called by two threads: the intake's and the one that closes.
        self._turn = threading.Lock()
        self._closing = threading.Event()
        self._wake = threading.Event()

    def start(self) -> None:
        """Start watching, or scan again at once."""
        with self._turn:
            if self._closing.is_set() or self._store.read_only:
                return
            if self._thread is None:
                run = threading.Thread(target=self._run, name="workbench-watch", daemon=True)
                run.start()
                self._thread = run
        self._wake.set()

    def close(self) -> None:
        """End the thread."""
        self._closing.set()
        self._wake.set()
        with self._turn:
            running = self._thread
        if running is not None:
            running.join()

    def _run(self) -> None:
        pause = self._seconds
        lease_start = 0.0
        try:
            while not self._closing.is_set():
                self._wake.clear()
                start = time.monotonic()
                try:
                    requested = self._watched()
                    own_rows = (
                        bool(requested)
                        and start - lease_start < _LEASE_SECONDS / 3
                        and lease_start > 0
                    )
                    if requested and not own_rows and self._take():
                        lease_start, own_rows = start, True
                    busy = own_rows and self._scan_folders(requested)
                except LibraryError:
                    # The queue reports it; files that were not recorded are seen again.
                    busy = False
                except Exception:  # noqa: BLE001 - a fault must not end the watch
                    _log.exception("the watched folders are looked at again after a failure")
                    busy = False
                longest = self._seconds * (IDLE_SECONDS / SCAN_SECONDS)
                pause = self._seconds if busy else min(longest, pause * 1.5)
                self._wake.wait(max(pause, min(_LONGEST, self._walked / _SHARE)))
        finally:
            if lease_start:
                self._restore()

    def _watched(self) -> list[Watched]:
        """The folders to scan now; none while the queue is paused or another process watches."""
        with self._store.read() as connection:
            if queue.is_paused(connection) or not lease.is_open(
                connection, self._holder, LEASE, seconds=_LEASE_SECONDS
            ):
                return []
            return watched(connection)

    def _take(self) -> bool:
        return self._store.write(
            lambda c: lease.acquire(c, self._holder, LEASE, seconds=_LEASE_SECONDS)
        )

    def _restore(self) -> None:
        try:
            self._store.write(lambda c: lease.release(c, self._holder, LEASE))
        except LibraryError:
            # The lease expires by itself.
            return

    def _scan_folders(self, folders: Sequence[Watched]) -> bool:
        """Scan every folder once; returns whether anything changes in any of them."""
        without = _exclusion(self._store.file, [places.as_path(item.folder) for item in folders])
        for removed in set(self._folders) - {item.folder for item in folders}:
            del self._folders[removed]
        busy, self._walked = False, 0.0
        for item in folders:
            folder = places.as_path(item.folder)
            start = time.thread_time()
            visited = scan(folder, without, self._closing.is_set)
            self._walked += time.thread_time() - start
            if self._closing.is_set():
                return False
            self._report(item, _problem(item.folder, visited))
            if visited.missing:
                continue
            existing = self._folders.get(item.folder)
            if existing is None:
                existing = self._folders[item.folder] = _Folder(self._offered(item.folder))
            ready = existing.stable_files(visited.found, time.monotonic(), self._seconds)
            if ready:
                self._offer(item, existing, [(path, visited.found[path]) for path in ready])
            busy = busy or bool(existing.growing)
        return busy

    def _offered(self, folder: str) -> dict[str, Stamp]:
        with self._store.read() as connection:
            return {
                str(places.as_path(path)): (size, mtime)
                for path, (size, mtime) in _offers(connection, folder).items()
            }

    def _offer(self, folder: Watched, known: _Folder, ready: Sequence[tuple[str, Stamp]]) -> None:
        """Queue files and record them; unsupported ones are only recorded."""
        for batch in _batches(ready):
            chosen = [
                (path, stamp, not places.read_error(Path(path)))
                for path, stamp in batch
                if not self._closing.is_set()
            ]

            def work(
                connection: sqlite3.Connection,
                chosen: Sequence[tuple[str, Stamp, bool]] = chosen,
            ) -> bool:
                watched = meta.get(connection, f"{meta.WATCHED}{folder.folder}")
                if watched is None or not lease.is_owner(connection, self._holder, LEASE):
                    return False
                offers = _offers(connection, folder.folder)
                offers |= {places.as_text(path): stamp for path, stamp, _ in chosen}
                meta.dump(connection, f"{meta.OFFERED}{folder.folder}", offers)
                for path, (size, _), readable in chosen:
                    stored = places.as_text(path)
                    if readable:
                        queue.enqueue(
                            connection,
                            Addition(stored, folder.collection, size=size, purpose="follow"),
                        )
                return True

            if not self._store.write(work):
                return
            for path, stamp, _ in chosen:
                known.offered[path] = stamp
                known.growing.pop(path, None)
            if any(readable for _, _, readable in chosen):
                self._added()

    def _report(self, folder: Watched, problem: str) -> None:
        if problem != folder.problem:
            self._store.write(
                lambda c: c.execute(
                    "UPDATE meta SET value = json_set(value, '$[2]', ?) "
                    "WHERE key = 'watched:' || ?",
                    (problem, folder.folder),
                )
            )
            self._problem_changed()


def _exclusion(library: Path, watched: Sequence[Path]) -> Callable[["os.DirEntry[str]"], bool]:
    """What to skip: this program's own output, and folders watched by themselves."""
    roots = {os.fspath(folder) for folder in watched}
    own = {}
    for folder in _program_folders():
        with contextlib.suppress(OSError):
            own[folder.stat().st_ino] = folder
    beside = {f"{library.name}{ending}" for ending in ("", "-wal", "-shm", "-journal", "-told")}

    def is_excluded(entry: "os.DirEntry[str]") -> bool:
        if entry.path in roots or entry.name in beside or entry.name.endswith(_LIBRARIES):
            return True
        folder = own.get(entry.inode())
        try:
            return folder is not None and folder.samefile(entry.path)
        except OSError:
            return True

    return is_excluded


def _batches(
    ready: Sequence[tuple[str, Stamp]], size: int = 200
) -> Iterator[Sequence[tuple[str, Stamp]]]:
    for start in range(0, len(ready), size):
        yield ready[start : start + size]


def _offers(connection: sqlite3.Connection, folder: str) -> dict[str, Stamp]:
    """Recorded files of a watched folder, with size and time, by stored path."""
    return dict(meta.load(connection, f"{meta.OFFERED}{folder}") or {})


def _problem(folder: str, seen: Scan) -> str:
    """Why a folder cannot be watched and what to do, or ""."""
    name = places.name_of(folder)
    if seen.missing:
        return (
            f"The folder “{name}” cannot be looked into now ({seen.missing}). It is watched again "
            "as soon as it can be."
        )
    if seen.closed:
        first = places.name_of(places.as_text(seen.closed[0]))
        more = f" and {len(seen.closed) - 1} others" if len(seen.closed) > 1 else ""
        return (
            f"“{first}”{more} in “{name}” cannot be looked into, so nothing of it is added. Check "
            "that you may read it."
        )
    return ""
