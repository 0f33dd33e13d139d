"""The one writing connection of a process, and whose turn it is to use it.

A write runs on the thread that wants it, in the order of arrival.

A commit survives the death of the process at once. Loss of power is provided for soon after: a
thread has the system write the log to the disk, once for all commits of half a second. Where
the log has become long it copies it into the file as well, so that hardly any commit waits for the
disk; without it one commit of a thousand would, for longer than all the others take together. A few
seconds after the last commit it copies the log, too, so that a copy of the file alone has all.
"""

import contextlib
import os
import sqlite3
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

from workbench.errors import LibraryError
from workbench.store import damage, failures, file
from workbench.store.gate import Gate

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]

#: Milliseconds after which a wait for another program's lock looks whether it is still wanted.
_SLICE = 200
#: Seconds for which a commit may lie in the system's memory only.
_LOOSE_SECONDS = 0.4
#: Seconds after the last commit from which on the file alone has all.
_QUIET_SECONDS = 3.0
#: Seconds after which it has what was committed before them, though more is written meanwhile.
_BUSY_SECONDS = 10.0
#: Bytes of a log that is copied into the file beside the commits; from four times as many on
#: (`file.connect_writer`) a commit does it.
_LONG_LOG = 16 << 20
_UNLIMITED = float("inf")


class Mode(Enum):
    """In what a piece of work runs: one transaction, or none.

    A mending is a transaction that damage does not forbid.
    """

    TRANSACTION = 1
    OUTSIDE = 2
    MENDING = 3


class Writer:
    """The writing connection of an open library; any thread may call."""

    def __init__(
        self, connection: sqlite3.Connection, path: Path, busy: float, gate: Gate | None = None
    ) -> None:
        """Take over a connection; `busy` is how many seconds to wait for another program.

        Commits go through the `gate`; None where they shut no reader out.
        """
        self._connection = connection
        self._gate = gate
        self._path = path
        #: Device and inode of the file; None where they say nothing: a drive in the network may
        #: number its files anew, and Windows deletes no file that is open.
        self._place = None if gate is not None or sys.platform == "win32" else file.place(path)
        self._busy = busy
        #: Pieces of work that were begun so far, the present one among them.
        self.count = 0
        self._latest = _UNLIMITED
        self._timeout = -1
        #: Held by whoever uses the connection.
        self._turns = _Turns()
        self._owner = 0
        self._closed = False
        #: Whether commits lie in the system's memory only, and what tells the thread so.
        self._loose = False
        self._loosened = threading.Event()
        self._ending = threading.Event()
        self._fault: OSError | None = None
        self._named = False
        #: Held while the log is copied into the file; who wants to empty it waits.
        self.copying = threading.Lock()
        self._thread = threading.Thread(target=self._work, name="workbench-sync", daemon=True)
        self._thread.start()

    def run(
        self,
        work: Work[T],
        *,
        sync: bool = False,
        mode: Mode = Mode.TRANSACTION,
        on_commit: Callable[[T], object] | None = None,
    ) -> T:
        """Run `work(connection)` when it is its turn.

        Whatever `work` raises undoes the transaction and is raised here. `on_commit(result)` runs
        before the next in turn; it must not write, nor raise.
        """
        if self._owner == threading.get_ident():
            raise RuntimeError("a write inside a write would wait for itself")
        with self._turns:
            if self._closed:
                raise closed()
            result: T = self._carry_out(work, sync, mode)
            if on_commit is not None:
                on_commit(result)
            return result

    def hurry(self, seconds: float) -> None:
        """Wait for no lock longer than `seconds` from now."""
        self._latest = min(self._latest, time.monotonic() + seconds)

    def close(self) -> None:
        """Finish what was ordered, and close the connection."""
        with self._turns:
            self._closed = True
        self._ending.set()
        self._loosened.set()
        self._thread.join()

    def _carry_out(self, work: Work[Any], sync: bool, mode: Mode) -> Any:
        """Do one piece of work; the turn is this thread's."""
        self._owner = threading.get_ident()
        self.count += 1
        try:
            with failures.noting_damage(self._path):
                if mode is Mode.TRANSACTION and damage.is_recorded(self._path):
                    raise damage.refusal(self._path)
                if mode is not Mode.OUTSIDE:
                    self._check_place()
                    result = self._transaction(work, sync)
                    # Meanwhile: a long one takes seconds.
                    self._check_place()
                    return result
                self._wait_for_locks(round(self._busy * 1000))
                return work(self._connection)
        finally:
            self._owner = 0

    def _check_place(self) -> None:
        """Refuse to write where the library's name stands for this file no longer.

        SQLite would go on writing to a file without a name, and say that all is stored.
        """
        if not self.in_place():
            self._empty_log()
            raise failures.vanished(self._path)

    def in_place(self) -> bool:
        """Whether the library's name stands for this file still, as far as that can be known."""
        if self._place is None:
            return True
        try:
            status = os.stat(self._path)  # noqa: PTH116 - before every write
        except OSError:
            return False
        return (status.st_dev, status.st_ino) == self._place

    def _empty_log(self) -> None:
        """Take what the log holds into this file, wherever that is now.

        SQLite leaves the log where a file has lost its name, and whoever opens the library that has
        come in its place would take our rows for rows of that one.
        """
        with contextlib.suppress(sqlite3.Error):
            self._wait_for_locks(_SLICE)
            with self.copying:
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _transaction(self, work: Work[Any], sync: bool) -> Any:
        self._raise_fault()
        connection = self._connection
        if sync:
            connection.execute("PRAGMA synchronous=FULL")
        try:
            self._patiently(lambda: connection.execute("BEGIN IMMEDIATE"))
            try:
                result = work(connection)
                self._through_the_gate(lambda: connection.execute("COMMIT"))
            except BaseException:
                # SQLite has already rolled back after some errors, such as a full disk.
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
        finally:
            if sync:
                connection.execute("PRAGMA synchronous=NORMAL")
        self._loosen()
        return result

    def _raise_fault(self) -> None:
        if self._fault is not None:
            fault, self._fault = self._fault, None
            raise failures.unreachable(self._path) from fault

    def _loosen(self) -> None:
        """Have the thread sync soon what was committed just now."""
        self._loose = True
        self._loosened.set()

    def _through_the_gate(self, commit: Callable[[], T]) -> T:
        if self._gate is None:
            return self._patiently(commit)
        left = min(self._busy, self._latest - time.monotonic())
        return self._gate.exclusively(lambda: self._patiently(commit), left)

    def _patiently(self, attempt: Callable[[], T]) -> T:
        """Begin or end a transaction, waiting for the lock of another program in short slices."""
        deadline = time.monotonic() + self._busy
        while True:
            left = min(deadline, self._latest) - time.monotonic()
            self._wait_for_locks(max(0, min(_SLICE, round(left * 1000))))
            try:
                return attempt()
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or left <= 0:
                    raise

    def _wait_for_locks(self, milliseconds: int) -> None:
        if milliseconds != self._timeout:
            self._connection.execute(f"PRAGMA busy_timeout={milliseconds}")
            self._timeout = milliseconds

    # -- the thread -----------------------------------------------------------------------------

    def _work(self) -> None:
        """Sync soon what was committed, until the end."""
        try:
            # The end is looked for first: what `close` sets may have been cleared here since.
            copied, since = True, 0.0
            while not self._ending.is_set():
                if not self._loosened.wait(None if copied else _QUIET_SECONDS):
                    copied = self._copy_log()
                    continue
                if self._ending.wait(_LOOSE_SECONDS):
                    break
                self._loosened.clear()
                self._sync()
                now = time.monotonic()
                since = now if copied else since
                copied = False
                if now - since >= _BUSY_SECONDS:
                    copied, since = self._copy_log(), now
        finally:
            if self._loose:
                self._sync()
            if not self.in_place():
                self._empty_log()
            self._connection.close()

    def _sync(self) -> None:
        """Have the system write to the disk what was committed; what comes later is not counted.

        The log is opened beside SQLite: closing it drops none of its locks, which lie on the
        library itself and on the shared memory.
        """
        self._loose = False
        log = self._path.with_name(f"{self._path.name}-wal")
        try:
            if log.exists():
                file.sync(log)
                if log.stat().st_size >= _LONG_LOG:
                    self._copy_log()
                if self._named:
                    return
                self._named = True
            # A rollback journal is synced by every commit, all but its removal.
            file.sync_folder(self._path.parent)
        except FileNotFoundError:
            return
        except OSError as error:
            # Told to the next who writes: what was said to be stored may not outlive the power.
            self._fault = error

    def _copy_log(self) -> bool:
        """Copy the log into the file as far as nobody reads or writes; they go on meanwhile.

        Whether the file has all then.
        """
        with self.copying, contextlib.suppress(sqlite3.Error):
            # What cannot be copied now stays in the log and is as safe there.
            connection = sqlite3.connect(file.uri(self._path, "rw"), uri=True, isolation_level=None)
            try:
                _, pages, copied = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
            finally:
                connection.close()
            return bool(pages == copied)
        return False


class _Turns:
    """A lock that is had in the order in which it was asked for."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._held = False
        self.waiting: deque[threading.Event] = deque()

    def __enter__(self) -> None:
        with self._guard:
            if not self._held:
                self._held = True
                return
            event = threading.Event()
            self.waiting.append(event)
        try:
            event.wait()
        except BaseException:
            # Interrupted: the turn goes to the next, if it has come.
            with self._guard:
                granted = event not in self.waiting
                if not granted:
                    self.waiting.remove(event)
            if granted:
                self.__exit__()
            raise

    def __exit__(self, *_: object) -> None:
        with self._guard:
            if self.waiting:
                self.waiting.popleft().set()
            else:
                self._held = False


def closed() -> LibraryError:
    """The library was closed before this call."""
    return LibraryError("The library is closed.", "Open it again.")
