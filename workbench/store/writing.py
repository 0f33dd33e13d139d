"""The writing connection of a process, and the order of its writes.

A write runs on the calling thread, in the order of arrival.

A commit survives a crash of the process immediately. For loss of power a thread syncs the log to
disk, once for all commits of half a second. It also checkpoints a long log into the file, so that
commits hardly ever wait for the disk; without it one commit in a thousand would, for longer than
all others together. A few seconds after the last commit it checkpoints as well, so that a copy of
the file alone is complete.
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

T = TypeVar("T")

#: Seconds for which a commit waits for readers to end, alternating with new readers waiting for it.
_TURN = 0.5


class Gate:
    """A lock between readers and commits of this process, for rollback journals. Thread-safe.

    With a rollback journal (synchronised folders, network drives) a pending commit lets SQLite
    start no new readers until all present ones have ended. A reader that needs a second connection,
    or a lock whose owner is about to read, would deadlock with the commit
    (https://sqlite.org/lockingv3.html, 5.1). So a commit of this process starts only while none of
    its connections is in use.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._lent = 0
        self._held = False
        self._own = threading.local()

    def __enter__(self) -> None:
        """Begin reading; waits for a running or long-waiting commit.

        A thread that is already reading does not wait.
        """
        depth = getattr(self._own, "lent", 0)
        with self._changed:
            if not depth:
                self._changed.wait_for(lambda: not self._held, timeout=2 * _TURN)
            self._lent += 1
        self._own.lent = depth + 1

    def __exit__(self, *_: object) -> None:
        """End reading, on any thread."""
        self._own.lent = max(0, getattr(self._own, "lent", 0) - 1)
        with self._changed:
            self._lent -= 1
            if not self._lent:
                self._changed.notify_all()

    def exclusively(self, work: Callable[[], T], seconds: float) -> T:
        """Run `work` while nobody reads, or after `seconds` in any case."""
        deadline = time.monotonic() + seconds
        with self._changed:
            try:
                while self._lent and (left := deadline - time.monotonic()) > 0:
                    self._changed.wait_for(lambda: not self._lent, timeout=min(_TURN, left))
                    # Alternate: a reader may depend on one that is waiting.
                    self._held = bool(self._lent) and not self._held
                    self._changed.notify_all()
                return work()
            finally:
                self._held = False
                self._changed.notify_all()


Work = Callable[[sqlite3.Connection], T]

#: Milliseconds between checks whether a wait for another process's lock is still wanted.
_SLICE = 200
#: Maximum seconds between a commit and its sync.
_LOOSE_SECONDS = 0.4
#: Seconds after the last commit until a checkpoint.
_QUIET_SECONDS = 3.0
#: Maximum seconds until a checkpoint while writes go on.
_BUSY_SECONDS = 10.0
#: Bytes of a log from which the thread checkpoints; at four times as many (`file.connect_writer`) a
#: commit does.
_LONG_LOG = 16 << 20
_UNLIMITED = float("inf")


class Mode(Enum):
    """The transaction mode of a write.

    MENDING is a transaction that is allowed despite damage.
    """

    TRANSACTION = 1
    OUTSIDE = 2
    MENDING = 3


class Writer:
    """The writing connection of an open library. Thread-safe."""

    def __init__(
        self, connection: sqlite3.Connection, path: Path, busy: float, gate: Gate | None = None
    ) -> None:
        """Take over a connection; `busy` is the timeout for other processes in seconds.

        Commits pass the `gate`; None in WAL mode.
        """
        self._connection = connection
        self._gate = gate
        self._path = path
        #: Device and inode of the file; None where they are no identity: network drives may
        #: renumber files, and Windows deletes no open file.
        self._place = None if gate is not None or sys.platform == "win32" else file.place(path)
        self._busy = busy
        #: The number of writes started, including the current one.
        self.count = 0
        self._latest = _UNLIMITED
        self._timeout = -1
        #: Held by the user of the connection.
        self._turns = _Turns()
        self._owner = 0
        self._closed = False
        #: Whether commits await a sync, and the event that wakes the thread.
        self._loose = False
        self._loosened = threading.Event()
        self._ending = threading.Event()
        self._fault: OSError | None = None
        self._named = False
        #: Held during a checkpoint; truncation waits for it.
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
        """Run `work(connection)` in order of arrival.

        Exceptions of `work` roll the transaction back. `on_commit(result)` runs before the next
        write; it must neither write nor raise.
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
        """Limit waits for locks to `seconds` from now."""
        self._latest = min(self._latest, time.monotonic() + seconds)

    def close(self) -> None:
        """Finish pending writes, and close the connection."""
        with self._turns:
            self._closed = True
        self._ending.set()
        self._loosened.set()
        self._thread.join()

    def _carry_out(self, work: Work[Any], sync: bool, mode: Mode) -> Any:
        """Run one write; the caller holds the turn."""
        self._owner = threading.get_ident()
        self.count += 1
        try:
            with failures.noting_damage(self._path):
                if mode is Mode.TRANSACTION and damage.is_recorded(self._path):
                    raise damage.refusal(self._path)
                if mode is not Mode.OUTSIDE:
                    self._check_place()
                    result = self._transaction(work, sync)
                    # Again, as a long write takes seconds.
                    self._check_place()
                    return result
                self._wait_for_locks(round(self._busy * 1000))
                return work(self._connection)
        finally:
            self._owner = 0

    def _check_place(self) -> None:
        """Refuse to write if the path no longer refers to this file.

        SQLite would go on writing to the unlinked file and report success.
        """
        if not self.in_place():
            self._empty_log()
            raise failures.vanished(self._path)

    def in_place(self) -> bool:
        """Whether the path still refers to this file, as far as known."""
        if self._place is None:
            return True
        try:
            status = os.stat(self._path)  # noqa: PTH116 - before every write
        except OSError:
            return False
        return (status.st_dev, status.st_ino) == self._place

    def _empty_log(self) -> None:
        """Checkpoint and truncate the log of this file, wherever it is now.

        SQLite leaves the log behind when a file is renamed, and would apply it to another library
        at this path.
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
        """Schedule a sync of the last commit."""
        self._loose = True
        self._loosened.set()

    def _through_the_gate(self, commit: Callable[[], T]) -> T:
        if self._gate is None:
            return self._patiently(commit)
        left = min(self._busy, self._latest - time.monotonic())
        return self._gate.exclusively(lambda: self._patiently(commit), left)

    def _patiently(self, attempt: Callable[[], T]) -> T:
        """Begin or end a transaction, waiting for another process's lock in short slices."""
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
        """The thread's loop: sync commits until closing."""
        try:
            # Check for the end first: the event that `close` set may have been cleared.
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
        """Sync the log to disk; later commits are not included.

        Opening the log outside SQLite is safe: its POSIX locks are on the library and the
        shared-memory file.
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
            # Every commit syncs a rollback journal, but not its removal.
            file.sync_folder(self._path.parent)
        except FileNotFoundError:
            return
        except OSError as error:
            # Raised by the next write: acknowledged commits may not survive a loss of power.
            self._fault = error

    def _copy_log(self) -> bool:
        """Checkpoint as much of the log as readers and writers allow, without blocking them.

        Returns whether the file is complete.
        """
        with self.copying, contextlib.suppress(sqlite3.Error):
            # Uncopied pages stay in the log, where they are as safe.
            connection = sqlite3.connect(file.uri(self._path, "rw"), uri=True, isolation_level=None)
            try:
                _, pages, copied = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
            finally:
                connection.close()
            return bool(pages == copied)
        return False


class _Turns:
    """A fair (first come, first served) lock."""

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
            # Interrupted: pass on the turn if it was granted.
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
    """The error for calls after closing."""
    return LibraryError("The library is closed.", "Open it again.")
