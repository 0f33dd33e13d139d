"""The open library: one writing connection, any number of readers.

Within a process writes are serialised (`writing`); between processes SQLite's lock decides. Readers
get read-only connections, each with a consistent snapshot while it is borrowed.

A write is *acknowledged* when `write` returns: it survives a crash of the process, and within a
second a loss of power; with `sync=True` both immediately.
"""

import contextlib
import os
import shutil
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Self

from workbench import paths, permissions
from workbench.errors import AlteredLibraryError, LibraryError, NotFoundError
from workbench.jobs import Cancel, Report, silent
from workbench.store import (
    backup,
    changes,
    damage,
    failures,
    file,
    leftovers,
    meta,
    migration,
    quarantine,
)
from workbench.store.backup import Backup
from workbench.store.queries import select_one
from workbench.store.schema import VERSION
from workbench.store.writing import Gate, Mode, T, Work, Writer, closed

_POOL = 8
#: Seconds for which a write may still wait for a lock after `stop_waiting`.
_LEAVING_SECONDS = 0.5
#: Milliseconds to wait for readers of older snapshots before truncating the log is postponed.
_LOG_WAIT = 1500


class Store:
    """An open `.brain` file. Thread-safe."""

    def __init__(
        self,
        path: Path,
        writer: sqlite3.Connection | None,
        *,
        notice: str,
        busy: float,
        immutable: bool,
        scratch: Path | None,
    ) -> None:
        self._file = path
        self._busy = busy
        self._immutable = immutable
        self._scratch = scratch
        self.notice = notice
        #: The clock for all stored times, in seconds since the epoch.
        self.clock: Callable[[], float] = time.time
        self._pool: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._closed = threading.Event()
        #: A connection that is never lent, for detecting changes.
        self._witness: sqlite3.Connection | None = None
        self._gate = None if writer is None or file.is_logged(writer) else Gate()
        self._reading: AbstractContextManager[object] = self._gate or contextlib.nullcontext()
        self._writer = None if writer is None else Writer(writer, path, busy, self._gate)
        #: The connection borrowed by this thread, with a rollback journal.
        self._own = threading.local()
        self._id = ""
        self._place = file.register(path)

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        read_only: bool = False,
        make_folder: bool = False,
        busy_seconds: float = file.BUSY_SECONDS,
    ) -> Self:
        """Open or create the library at `path`; ":memory:" stores nothing.

        `make_folder` creates the folder (for the default library only: elsewhere a missing folder
        is a typing error). Without write permission the library is opened read-only, with a
        `notice`. Raises a `LibraryError`, leaving the file unchanged.
        """
        scratch: Path | None = None
        if str(path) == ":memory:":
            # A shared in-memory database ignores busy timeouts and locks whole tables; a temporary
            # file behaves like every other library.
            scratch = Path(tempfile.mkdtemp(prefix="workbench-"))
            path = scratch / "memory.brain"
        path = paths.absolute(path)
        try:
            store = cls._open(path, read_only, make_folder, busy_seconds, scratch)
        except BaseException:
            if scratch is not None:
                shutil.rmtree(scratch, ignore_errors=True)
            raise
        try:
            if damage.is_recorded(path):
                store.notice = f"{damage.refusal(path)}"
            with store.read() as connection:
                store._id = str(meta.get(connection, meta.LIBRARY_ID) or "")
        except BaseException:
            store.close()
            raise
        return store

    @classmethod
    def _open(
        cls, path: Path, read_only: bool, make_folder: bool, busy: float, scratch: Path | None
    ) -> Self:
        version = file.read_version(path)
        if not path.exists():
            if read_only:
                raise NotFoundError(
                    f"There is no library at “{path}”.", "Check the name, or open it for writing."
                )
            _check_folder(path, make_folder)
        elif version and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
            read_only = True
        if not read_only:
            writer, notice = file.connect_writer(path, version, busy)
            file.sweep_partials(path)
            leftovers.sweep(path.parent)
            return cls(path, writer, notice=notice, busy=busy, immutable=False, scratch=scratch)
        notice = "This library can only be read here: what you add or change cannot be stored."
        try:
            _try_reading(path, busy, immutable=False)
            immutable = False
        except LibraryError as error:
            if file.has_log(path) or isinstance(error, AlteredLibraryError):
                # Recent data may be in the log only, which this mode does not read.
                raise
            # Nobody can be writing where SQLite cannot create its lock file.
            _try_reading(path, busy, immutable=True)
            immutable = True
        if version < VERSION:
            raise LibraryError(
                f"The library “{path.name}” is from an older version and can only be read here.",
                "Copy it to a folder where you may write, and open the copy once.",
            )
        return cls(path, None, notice=notice, busy=busy, immutable=immutable, scratch=scratch)

    @property
    def id(self) -> str:
        """The library's id, created with it."""
        return self._id

    @property
    def path(self) -> Path | None:
        """The path of the library; None if it is in memory."""
        return None if self._scratch else self._file

    @property
    def file(self) -> Path:
        """The database file, even if `path` is None."""
        return self._file

    @property
    def read_only(self) -> bool:
        """Whether writes are impossible: no permission, or known damage."""
        return self._writer is None or damage.is_recorded(self._file)

    def write(
        self,
        work: Work[T],
        *,
        act: str = "",
        scope: int | None = None,
        sync: bool = False,
        on_commit: Callable[[T], object] | None = None,
    ) -> T:
        """Run `work(connection)` as one transaction, in the order of calls; returns its result.

        An `act`, such as "note edited", is recorded as a change of a `scope` that can be undone.
        Exceptions of `work` roll the transaction back. With `sync` the commit is on disk on return.
        `on_commit(result)` runs before the next write; it must neither write nor raise. Must not be
        called inside `work`, nor inside `read` on the same thread (deadlock with a rollback
        journal).
        """
        if self._writer is None:
            raise failures.read_only(self._file)

        def recorded(connection: sqlite3.Connection) -> T:
            with changes.act(connection, act, self.clock(), scope=scope):
                return work(connection)

        with changes.committing():
            return self._writer.run(recorded if act else work, sync=sync, on_commit=on_commit)

    def mend(self, work: Work[T]) -> T:
        """Run `work` as one synced transaction, even if the library is marked as damaged."""
        if self._writer is None:
            raise failures.read_only(self._file)
        return self._writer.run(work, sync=True, mode=Mode.MENDING)

    @contextlib.contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """Borrow a read-only connection with a consistent snapshot.

        With a rollback journal nested calls on a thread share one connection: a second one might
        wait for a commit that waits for the first.
        """
        lent: list[sqlite3.Connection] = getattr(self._own, "lent", [])
        if lent:
            yield lent[0]
            return
        with self._reading, failures.noting_damage(self._file):
            connection = self._borrow()
            lent = [connection]
            if self._gate is not None:
                self._own.lent = lent
            try:
                connection.execute("BEGIN")
                yield connection
            except (TypeError, ValueError, LookupError) as error:
                # A damaged row may contain invalid values.
                fault = next(quarantine.faults(connection), None)
                if fault is None:
                    raise
                raise failures.damaged_row(self._file, fault) from error
            finally:
                # The context may exit on another thread.
                lent.clear()
                self._release(connection)

    def rows(self, query: str, parameters: Sequence[Any] = ()) -> list[Any]:
        """The rows of one query, from one snapshot."""
        with self.read() as connection:
            return connection.execute(query, parameters).fetchall()

    def _borrow(self) -> sqlite3.Connection:
        try:
            # `list.pop` is atomic.
            return self._pool.pop()
        except IndexError:
            pass
        if self._closed.is_set():
            raise closed()
        return file.connect_reader(self._file, self._busy, immutable=self._immutable)

    def _release(self, connection: sqlite3.Connection) -> None:
        if connection.in_transaction:
            connection.rollback()
        if self._closed.is_set() or len(self._pool) >= _POOL:
            connection.close()
            return
        self._pool.append(connection)
        if self._closed.is_set():
            self._empty_pool()

    def _empty_pool(self) -> None:
        try:
            while True:
                self._pool.pop().close()
        except IndexError:
            return

    def data_version(self) -> int:
        """A number that changes when another process or another `Store` has written."""
        if self._writer is None:
            return self.changes()
        return self._writer.run(version_of, mode=Mode.OUTSIDE)

    def in_place(self) -> bool:
        """Whether the path still refers to the open file; True if unknown.

        False after another file replaced it.
        """
        return self._writer is None or self._writer.in_place()

    def turns(self) -> int:
        """The number of writes started by this `Store`, including the current one."""
        return 0 if self._writer is None else self._writer.count

    def changes(self) -> int:
        """A number that changes with any write, also of this `Store`.

        Does not wait for writes.
        """
        with self._reading, self._lock, failures.noting_damage(self._file):
            if self._closed.is_set():
                raise closed()
            if self._witness is None:
                self._witness = file.connect_reader(
                    self._file, self._busy, immutable=self._immutable
                )
            return version_of(self._witness)

    def backup(
        self,
        target: Path,
        report: Report = silent,
        cancel: Cancel | None = None,
        *,
        replace: bool = False,
    ) -> Backup:
        """Copy the library to `target` while it is in use; see `backup.make`.

        Other reads and writes go on; with a rollback journal, writes of this process wait.
        """

        def work(connection: sqlite3.Connection) -> Backup:
            return backup.make(connection, self._file, target, report, cancel, replace=replace)

        with self.read() as connection:
            if self._gate is None or self._writer is None:
                return work(connection)
        return self._outside(work)

    def pages(self) -> tuple[int, int, int]:
        """Free pages of the file, all pages, and the page size in bytes."""
        with self.read() as connection:
            free, pages, size = (
                int(connection.execute(f"PRAGMA {name}").fetchone()[0])
                for name in ("freelist_count", "page_count", "page_size")
            )
        return free, pages, size

    def empty_log(self) -> bool:
        """Checkpoint and truncate the log; False while readers prevent it.

        No-op with a rollback journal.
        """
        writer = self._writer
        if writer is None:
            raise failures.read_only(self._file)
        copying = writer.copying

        def work(connection: sqlite3.Connection) -> bool:
            connection.execute(f"PRAGMA busy_timeout={_LOG_WAIT}")
            try:
                with copying:
                    busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            finally:
                connection.execute(f"PRAGMA busy_timeout={round(self._busy * 1000)}")
            return not busy

        return writer.run(work, mode=Mode.OUTSIDE)

    def shrink(self) -> bool:
        """Compact the file (VACUUM); False if the disk is too full."""

        def work(connection: sqlite3.Connection) -> bool:
            try:
                if self._gate is None:
                    connection.execute("VACUUM")
                else:
                    self._gate.exclusively(lambda: connection.execute("VACUUM"), self._busy)
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF not in (
                    sqlite3.SQLITE_FULL,
                    sqlite3.SQLITE_BUSY,
                    sqlite3.SQLITE_LOCKED,
                ):
                    raise
                return False
            return True

        return self._outside(work)

    def _outside(self, work: Work[T]) -> T:
        """Run `work` on the writing connection outside any transaction."""
        if self._writer is None:
            raise failures.read_only(self._file)
        return self._writer.run(work, mode=Mode.OUTSIDE)

    def stop_waiting(self) -> None:
        """Shorten the waits of writes for other processes; call before `close`.

        A write that finds the library locked half a second from now raises `LibraryLockedError`, as
        otherwise after `busy_seconds`; acknowledged writes are unaffected.
        """
        if self._writer is not None:
            self._writer.hurry(_LEAVING_SECONDS)

    def close(self) -> None:
        """Finish pending writes, sync them, and close the file."""
        with self._lock:
            if self._closed.is_set():
                return
            self._closed.set()
            witness, self._witness = self._witness, None
        self._empty_pool()
        if witness is not None:
            witness.close()
        if self._writer is not None:
            self._writer.close()
        file.release(self._place)
        if self._scratch is not None:
            shutil.rmtree(self._scratch, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def version_of(connection: sqlite3.Connection) -> int:
    """A number that changes with writes of other connections."""
    return int(select_one(connection, "PRAGMA data_version")[0])


def _try_reading(path: Path, busy: float, *, immutable: bool) -> None:
    """Check that the library is readable and has the expected schema."""
    connection = file.connect_reader(path, busy, immutable=immutable)
    try:
        with failures.explained(path):
            migration.check(connection, path)
    finally:
        connection.close()


def _check_folder(path: Path, make_folder: bool) -> None:
    folder = path.parent
    if make_folder:
        try:
            permissions.folder(folder)
        except OSError as error:
            raise LibraryError(
                f"The folder “{folder}” for the library could not be made ({error.strerror}).",
                "Choose another place for the library.",
            ) from error
    if not folder.is_dir():
        raise LibraryError(
            f"The folder “{folder}” does not exist.",
            "Make it first, or choose another place for the library.",
        )
    if not os.access(folder, os.W_OK):
        raise LibraryError(
            f"No library can be made in “{folder}”: you may not write there.",
            "Choose another place for the library.",
        )
