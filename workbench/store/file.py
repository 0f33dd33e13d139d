"""A `.brain` file on disk: detection, creation, opening, migration.

The type is decided from the first hundred bytes (https://sqlite.org/fileformat.html) before SQLite
opens the file for writing, so that a refused file stays unchanged, byte for byte.
"""

import contextlib
import operator
import os
import secrets
import sqlite3
import stat
import struct
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from workbench import paths, permissions
from workbench.errors import (
    DamagedLibraryError,
    LibraryError,
    LibraryUnreachableError,
    NotALibraryError,
)
from workbench.store import checksums, failures, migration, row_counts, schema
from workbench.store.schema import APPLICATION_ID, VERSION

# -- folders in which the write-ahead log is unsafe ------------------------------------------------
# Detects folders where SQLite's write-ahead log is unsafe (network drives, synced folders).
# Processes share the log through memory mapped from a file. Network file systems do not keep such
# memory coherent, and synchronisers copy log and database at different times; there a rollback
# journal keeps the library a single consistent file.


# fmt: off
_NETWORK = frozenset((
    "9p", "acfs", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "fuse.cephfs",
    "fuse.davfs2", "fuse.gcsfuse", "fuse.glusterfs", "fuse.gvfsd-fuse", "fuse.onedriver",
    "fuse.rclone", "fuse.s3fs", "fuse.sshfs", "fuse.vmhgfs-fuse", "gfs2", "lustre", "ncpfs",
    "nfs", "nfs4", "ocfs2", "prl_fs", "smb2", "smb3", "smbfs", "vboxsf", "vmhgfs",
))
# fmt: on
_CLOUD = ("dropbox", "onedrive", "google drive", "googledrive", "my drive", "nextcloud", "owncloud")
_CLOUD_EXACT = ("mobile documents", "icloud drive", "icloud~com~apple~clouddocs", "pclouddrive")


def unsafe_for_log(path: Path) -> str:
    """Why the folder of `path` is unsafe for a write-ahead log: "network", "cloud", or ""."""
    folder = path.absolute().parent
    for part in folder.parts:
        name = part.casefold()
        if name in _CLOUD_EXACT or any(
            name == cloud or name.startswith((f"{cloud} ", f"{cloud}-")) for cloud in _CLOUD
        ):
            return "cloud"
    if sys.platform == "win32":
        return "network" if _windows_remote(folder) else ""
    return "network" if file_system(folder) in _NETWORK else ""


def file_system(folder: Path, table: Path = Path("/proc/self/mountinfo")) -> str:
    """The type of the file system of `folder` ("ext4"); "" if unknown."""
    try:
        lines = table.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return ""
    real = os.path.realpath(folder)
    best, kind = -1, ""
    for line in lines:
        previous, _, after = line.partition(" - ")
        fields = previous.split(" ")
        if len(fields) < 5 or not after:
            continue
        mount = fields[4].encode("utf-8", "surrogateescape").decode("unicode_escape")
        inside = real == mount or real.startswith(mount.rstrip("/") + "/")
        if inside and len(mount) >= best:
            best, kind = len(mount), after.split(" ")[0]
    return kind


def _windows_remote(folder: Path) -> bool:
    import ctypes

    remote = 4
    drive = folder.anchor
    windll = getattr(ctypes, "windll", None)
    if drive.startswith("\\\\"):
        return True
    return bool(windll is not None and windll.kernel32.GetDriveTypeW(drive) == remote)


#: Seconds to wait for another program's lock, and bytes of a page.
BUSY_SECONDS = 30.0
PAGE_SIZE = 4096

_MAGIC = b"SQLite format 3\x00"
_HEADER = 100
_COPY_PAGES = 2048
_PARTIAL = ".partial"
#: Ends the name of a restored library before it is put in its place.
_RESTORING = ".restoring"
#: Seconds for which a partial copy is left alone even if it is not locked.
_PARTIAL_SECONDS = 60.0
_LOCK_ATTEMPTS = 3
_ATTEMPTS = 20
#: Invalid UTF-8 becomes U+FFFD: a damaged row must not fail the whole query.
_DECODE = operator.methodcaller("decode", "utf-8", "replace")
_RETRY_SECONDS = 0.1


#: Device and inode of libraries open in this process, with counts.
_open: Counter[tuple[int, int]] = Counter()
_open_lock = threading.Lock()


def register(path: Path) -> tuple[int, int]:
    """Register that this process has the library open; pass the result to `release`.

    Until then this process must not open and close the file outside SQLite: closing any descriptor
    of a file drops all POSIX locks of the process on it (https://sqlite.org/howtocorrupt.html,
    2.2).
    """
    identity = place(path)
    with _open_lock:
        _open[identity] += 1
    return identity


def release(identity: tuple[int, int]) -> None:
    """Unregister an open library."""
    with _open_lock:
        _open[identity] -= 1
        if not _open[identity]:
            del _open[identity]


def place(path: Path) -> tuple[int, int]:
    """Device and inode of a file, which identify it."""
    status = path.stat()
    return status.st_dev, status.st_ino


def uri(path: Path, mode: str) -> str:
    """SQLite's URI of a file: `mode` is ro, rw, rwc or immutable."""
    address = path.absolute().as_uri()
    return f"{address}?immutable=1&mode=ro" if mode == "immutable" else f"{address}?mode={mode}"


def guard(connection: sqlite3.Connection) -> None:
    """Read damaged files row by row, and execute nothing that a file brings along."""
    connection.text_factory = _DECODE
    connection.execute("PRAGMA trusted_schema=OFF")
    # Detects pages with overlapping or misplaced cells when they are read.
    connection.execute("PRAGMA cell_size_check=ON")
    if sys.version_info >= (3, 12):
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE)


def read_version(path: Path) -> int:
    """The version of the library at `path`, without changing it; 0 if it must be created.

    Raises the `LibraryError` for a file that is no usable library. A file that another process is
    writing is checked several times.
    """
    for _ in range(_ATTEMPTS):
        state = _state(path)
        try:
            return _inspect(path)
        except (DamagedLibraryError, NotALibraryError):
            # SQLite creates an empty file before it writes to it.
            if _state(path) == state and path.stat().st_size:
                raise
        time.sleep(_RETRY_SECONDS)
    return _inspect(path)


def _state(path: Path) -> list[tuple[int, int] | None]:
    """Size and modification time of the file and its logs."""
    states: list[tuple[int, int] | None] = []
    for suffix in ("", "-wal", "-journal"):
        try:
            status = Path(f"{path}{suffix}").stat()
        except OSError:
            states.append(None)
        else:
            states.append((status.st_size, status.st_mtime_ns))
    return states


def _inspect(path: Path) -> int:
    try:
        if place(path) in _open:
            return _query_version(path)[1]
        status = path.stat()
        if not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
            # Opening a pipe would block, and SQLite might write to a device.
            raise failures.foreign(path)
        size = status.st_size
        with path.open("rb") as file:
            head = file.read(_HEADER)
    except FileNotFoundError:
        return 0
    except IsADirectoryError:
        raise failures.foreign(path) from None
    except OSError as error:
        # Missing permissions are permanent; a failing disk or share may recover.
        kind = LibraryError if isinstance(error, PermissionError) else LibraryUnreachableError
        raise kind(
            f"The library “{path.name}” could not be read ({error.strerror}).",
            "Check that you may read it, then try again.",
        ) from error
    if not head and path == paths.default_library():
        # The program was killed while it created the file; no user chose this name.
        return 0
    if not head:
        raise NotALibraryError(
            f"“{path.name}” is empty and no library; it was not touched.",
            "Delete it to start a library of this name, restore a backup, or choose another name.",
        )
    if not head.startswith(_MAGIC):
        raise failures.damaged(path) if _MAGIC.startswith(head) else failures.foreign(path)
    if len(head) < _HEADER:
        raise failures.damaged(path)
    if has_log(path):
        # The current version may be in the log only; SQLite reads both.
        application, version, _ = _query_version(path)
    else:
        application, version = _from_header(head)
    if application == version == 0:
        # Another process may be creating a library: check more than once.
        for _ in range(_LOCK_ATTEMPTS):
            application, version, tables = _query_version(path)
            if application == version == tables == 0:
                return 0
            if application:
                break
            time.sleep(_RETRY_SECONDS)
    if application != APPLICATION_ID:
        raise failures.foreign(path)
    if version > VERSION:
        raise failures.newer(path)
    if not has_log(path) and _cut_off(head, size):
        raise failures.damaged(path)
    return version


def _from_header(head: bytes) -> tuple[int, int]:
    version, application = struct.unpack(">I4xI", head[60:72])
    return application, version


def _cut_off(head: bytes, size: int) -> bool:
    page, pages = struct.unpack(">H", head[16:18])[0], struct.unpack(">I", head[28:32])[0]
    page = 65536 if page == 1 else page
    if page < 512 or page & (page - 1):
        return True
    # The page count is valid only if written together with the change counter.
    is_current = head[24:28] == head[92:96]
    return size % page != 0 or (is_current and size < page * pages)


def has_log(path: Path) -> bool:
    """Whether a non-empty log exists: the file is in use, or was not closed."""
    for suffix in ("-wal", "-journal"):
        with contextlib.suppress(FileNotFoundError):
            if path.with_name(path.name + suffix).stat().st_size > 0:
                return True
    return False


def _query_version(path: Path) -> tuple[int, int, int]:
    """Application id, version and number of tables as SQLite reads them."""
    mode = "ro" if has_log(path) else "immutable"
    with failures.explained(path):
        connection = sqlite3.connect(uri(path, mode), uri=True, timeout=BUSY_SECONDS)
        try:
            connection.execute("BEGIN")
            tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            version = connection.execute("PRAGMA user_version").fetchone()[0]
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_READONLY:
                raise
            # A hot journal needs a rollback by a writer: use the header.
            with path.open("rb") as file:
                application, version = _from_header(file.read(_HEADER))
            tables = 1
        finally:
            connection.close()
    return application, version, tables


def is_locked(path: Path) -> bool:
    """Whether another process has locked the file exclusively."""
    connection = sqlite3.connect(uri(path, "ro"), uri=True, timeout=0)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.Error as error:
        return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY
    finally:
        connection.close()
    return False


def connect_writer(path: Path, version: int, busy: float) -> tuple[sqlite3.Connection, str]:
    """The writing connection, migrated and configured, and a notice for the user or "".

    It may be used on any thread.
    """
    created = not path.exists()
    with failures.explained(path):
        if created:
            # SQLite's logs get the mode of the library; it also reports why creation fails.
            with contextlib.suppress(OSError):
                permissions.private(path).write_bytes(_first_page())
        if 0 < version < VERSION:
            _migrate_alone(path, busy)
        connection = sqlite3.connect(
            uri(path, "rwc"), uri=True, timeout=busy, isolation_level=None, check_same_thread=False
        )
        try:
            guard(connection)
            migration.check(connection, path)
            notice = _prepare(connection, path, version, busy)
            migrate(connection, path)
            row_counts.create_triggers(connection)
            connection.execute("PRAGMA foreign_keys=ON")
            _check_tables(connection, path)
        except BaseException:
            connection.close()
            if created:
                with contextlib.suppress(OSError):
                    if path.stat().st_size <= PAGE_SIZE:
                        path.unlink()
            raise
    return connection, notice


def _first_page() -> bytes:
    """A database without tables, so that a program killed before the first commit leaves no empty
    file, which is refused.
    """
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(f"PRAGMA page_size={PAGE_SIZE}")
        connection.execute("PRAGMA user_version=0")
        return connection.serialize()


def _prepare(connection: sqlite3.Connection, path: Path, version: int, busy: float) -> str:
    reason = unsafe_for_log(path)
    mode = "delete" if reason else "wal"
    actual = _journal(connection, mode, time.monotonic() + busy)
    connection.execute("PRAGMA synchronous=NORMAL")
    # Usually `writing` checkpoints beside the commits, long before.
    connection.execute("PRAGMA wal_autocheckpoint=16000")
    # Truncates a log that a large import has grown.
    connection.execute("PRAGMA journal_size_limit=8000000")
    connection.execute("PRAGMA cache_size=-16000")
    if actual != "wal":
        # A cache spill in a long transaction would lock out readers before its end.
        connection.execute("PRAGMA cache_spill=OFF")
    # Overwrites deleted data, also in pages after splits.
    connection.execute("PRAGMA secure_delete=ON")
    if reason == "cloud":
        return (
            "This library lies in a folder that is copied to the cloud: open it on one machine at "
            "a time, or move it out of that folder."
        )
    if reason == "network" or actual != "wal":
        return (
            "This library lies on a network drive, where two programs should not write to it at "
            "the same time; a folder on this machine is faster and safer."
        )
    return ""


def is_logged(connection: sqlite3.Connection) -> bool:
    """Whether the library uses a write-ahead log, which allows reads during writes."""
    return bool(connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal")


def _journal(connection: sqlite3.Connection, mode: str, deadline: float) -> str:
    """Set the journal mode; returns the resulting one."""
    while True:
        try:
            return str(connection.execute(f"PRAGMA journal_mode={mode}").fetchone()[0])
        except sqlite3.OperationalError as error:
            # Changing the journal mode ignores the busy timeout.
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(_RETRY_SECONDS / 5)


def connect_reader(path: Path, busy: float, *, immutable: bool = False) -> sqlite3.Connection:
    """A read-only connection."""
    with failures.explained(path):
        connection = sqlite3.connect(
            uri(path, "immutable" if immutable else "ro"),
            uri=True,
            timeout=busy,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            guard(connection)
            connection.execute("PRAGMA query_only=ON")
            connection.execute("PRAGMA cache_size=-8000")
            _check_tables(connection, path)
        except BaseException:
            connection.close()
            raise
    return connection


def _check_tables(connection: sqlite3.Connection, path: Path) -> None:
    query = "SELECT count(*) FROM sqlite_master WHERE name IN ('meta', 'source', 'engram', 'job')"
    if connection.execute(query).fetchone()[0] != 4:
        raise failures.damaged(path)


def _migrate_alone(path: Path, busy: float) -> None:
    """Migrate a library that no other program has open.

    An open earlier program would go on writing as its version does. Raises `LibraryLockedError`.
    """
    deadline = time.monotonic() + busy
    while read_version(path) < VERSION:
        connection = sqlite3.connect(uri(path, "rw"), uri=True, timeout=0, isolation_level=None)
        with contextlib.closing(connection):
            guard(connection)
            connection.execute("PRAGMA secure_delete=ON")
            # From the first access on, this fails beside any connection that uses a log.
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            try:
                connection.executescript("BEGIN EXCLUSIVE; COMMIT")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                    raise
                if time.monotonic() > deadline:
                    raise failures.in_use(path) from error
            else:
                migration.check(connection, path)
                migrate(connection, path)
        time.sleep(_RETRY_SECONDS)


def migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Create a new library or migrate one, in a transaction.

    Before a migration it is copied to `backup_path`. Another process may do the same: the version
    is read again under the lock.
    """
    version = _version(connection)
    if version == VERSION:
        return
    if version:
        copy_to(connection, backup_path(path))
    with _locked(connection):
        version = _version(connection)
        if version == VERSION:
            return
        if version:
            migration.migrate_tables(connection)
        else:
            schema.create(connection)
            checksums.fill(connection)
        row_counts.recount(connection)
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version={VERSION}")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


@contextlib.contextmanager
def _locked(connection: sqlite3.Connection) -> Iterator[None]:
    """A write transaction, rolled back on errors."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def backup_path(path: Path) -> Path:
    """The path of the copy made before a migration."""
    return path.with_name(f"{path.stem}.before-{VERSION}{path.suffix}")


def copy_to(
    connection: sqlite3.Connection,
    path: Path,
    *,
    seal: Callable[[sqlite3.Connection], None] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Copy the whole library to `path`, verified and synced; replaces an older copy.

    A snapshot if `connection` is inside a transaction. `seal(copy)` may read and write the copy
    before it is renamed; `progress(done, total)` counts pages and may raise to stop. Raises a
    `LibraryError` if the copy cannot be written or is damaged; then no file is left.
    """
    # A unique name: two processes may be copying to the same path.
    partial = path.with_name(f"{path.name}.{secrets.token_hex(4)}{_PARTIAL}")
    origin = Path(connection.execute("PRAGMA database_list").fetchone()[2] or path)

    def step(_status: int, left: int, total: int) -> None:
        if progress is not None:
            progress(total - left, total)

    try:
        try:
            sweep_partials(path)
            with failures.explained(path), _blamed(origin):
                target = sqlite3.connect(permissions.private(partial), isolation_level=None)
                try:
                    # The lock tells others that this copy is still being written.
                    target.execute("PRAGMA locking_mode=EXCLUSIVE")
                    connection.backup(target, pages=_COPY_PAGES, progress=step)
                    # A single portable file, without a log.
                    target.execute("PRAGMA journal_mode=DELETE")
                    if seal is not None:
                        seal(target)
                    sound = target.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
                finally:
                    target.close()
            if not sound:
                raise failures.damaged(origin)
            sync(partial)
            partial.replace(path)
            sync_folder(path.parent)
        except BaseException:
            _remove_copy(partial)
            raise
    except OSError as error:
        raise LibraryError(
            f"The copy “{path.name}” could not be written ({error.strerror}).",
            "Choose another place for it, or free some space.",
        ) from error


@contextlib.contextmanager
def _blamed(origin: Path) -> Iterator[None]:
    """Attribute damage of the copy to the library it is copied from."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0)
        is_damage = code & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
        explanation = failures.explain(error, origin)
        if explanation is None or not (is_damage or code == sqlite3.SQLITE_IOERR_READ):
            raise
        raise explanation from error


def sweep_partials(path: Path) -> None:
    """Remove partial copies to `path` of killed processes, and a restored one not in its place."""
    timestamp, begins = time.time(), f"{path.name}."
    ends = (_PARTIAL, f"{_PARTIAL}-journal", _RESTORING)
    left: list[Path] = []
    with contextlib.suppress(OSError), os.scandir(path.parent) as entries:
        left = [
            Path(e.path) for e in entries if e.name.startswith(begins) and e.name.endswith(ends)
        ]
    for entry in left:
        with contextlib.suppress(OSError):
            copy = entry.with_name(entry.name.removesuffix("-journal"))
            if timestamp - entry.stat().st_mtime > _PARTIAL_SECONDS and not (
                copy.exists() and is_locked(copy)
            ):
                _remove_copy(copy)


def _remove_copy(partial: Path) -> None:
    for suffix in ("", "-journal", "-wal", "-shm"):
        with contextlib.suppress(OSError):
            partial.with_name(partial.name + suffix).unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Flush the file to disk (fsync)."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Flush the folder's entries to disk (fsync), where supported."""
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
