"""Backups on request: a single, synced, verifiable file, and restoring it.

The copy is a snapshot of a library in use (SQLite's online backup API). It stores row counts and a
digest of every row, computed on the library and verified on the copy; restoring verifies them again
before any file is moved. A replaced library is renamed, never overwritten. The copy that is made
before a migration is in `file`.
"""

import contextlib
import glob
import hashlib
import json
import operator
import os
import sqlite3
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from workbench import paths
from workbench.errors import (
    AlteredLibraryError,
    DamagedLibraryError,
    InputError,
    LibraryError,
    LibraryLockedError,
    NotALibraryError,
    NotFoundError,
    UsageError,
)
from workbench.jobs import Cancel, Progress, Report, silent
from workbench.store import damage, failures, file, meta, migration, quarantine, row_counts
from workbench.version import __version__

#: Key of the counts and digest in the copy.
SEAL = "backup"

_ROWS = 500
#: Maximum of damaged rows in messages.
_PROBLEMS = 20
_LARGE = ("original", "vault_record")
_SURROGATES = operator.methodcaller("decode", "utf-8", "surrogateescape")
_LOGS = ("-wal", "-shm", "-journal", "-told", damage.ENDING)


@dataclass(frozen=True, slots=True)
class Contents:
    """Counts of a library, and a SHA-256 digest of all rows."""

    sources: int
    passages: int
    engrams: int
    digest: str


#: Rows of `meta` except leases.
_NO_LEASE = "(key NOT GLOB 'lease:*')"
#: Filters of tables that are compared in part.
_COMPARED = {
    "meta": f"WHERE key <> '{SEAL}' AND {_NO_LEASE}",
    "derived": "WHERE kind NOT GLOB 'rows:*'",
}


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup: its path, contents, size in bytes and duration.

    `problems` lists damaged rows of the library, which are damaged in the backup, too.
    """

    path: Path
    sources: int
    passages: int
    engrams: int
    digest: str
    bytes: int
    seconds: float
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Restored:
    """A restored library.

    `aside` is the new path of the replaced library, None if there was none. `proven` tells whether
    counts and digest matched; a plain copy of a library has none, and only its structure is
    checked. `library` is the library's id.
    """

    path: Path
    aside: Path | None
    sources: int
    passages: int
    engrams: int
    digest: str
    bytes: int
    proven: bool
    library: str


def contents(
    connection: sqlite3.Connection, report: Report = silent, cancel: Cancel | None = None
) -> Contents:
    """Count and hash the rows of a library; a snapshot if inside a transaction.

    Excludes leases, the seal itself, and row counts. Raises `Cancelled`.
    """
    cancel = cancel or Cancel()
    with _surrogate_escapes(connection):
        return _contents(connection, report, cancel)


@contextlib.contextmanager
def _surrogate_escapes(connection: sqlite3.Connection) -> Iterator[None]:
    """Decode invalid UTF-8 losslessly, so that a digest distinguishes it."""
    previous, connection.text_factory = connection.text_factory, _SURROGATES
    try:
        yield
    finally:
        connection.text_factory = previous


def _progress(name: str, report: Report, cancel: Cancel, completed: int, total: int) -> None:
    report(Progress("copying", completed, total, "pages", name))
    cancel.check()


def _contents(connection: sqlite3.Connection, report: Report, cancel: Cancel) -> Contents:
    digest = hashlib.sha256()
    tables = [
        name
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' "
            # Of earlier versions.
            "AND name NOT IN ('lease', 'row_count') "
            "AND (name NOT LIKE 'sqlite%' OR name = 'sqlite_sequence') ORDER BY name"
        )
    ]
    for number, table in enumerate(tables):
        report(Progress("checking", number, len(tables), "tables", table))
        digest.update(f"\n{table}\n".encode())
        selected = _COMPARED.get(table, "")
        rows = connection.execute(
            f'SELECT * FROM "{table}" {selected} ORDER BY {_order(connection, table)}'
        )
        # Web originals and sealed records may be large.
        while batch := rows.fetchmany(1 if table in _LARGE else _ROWS):
            cancel.check()
            # ASCII, as Python versions differ in which characters `repr` prints.
            digest.update("\n".join(map(ascii, batch)).encode("ascii"))
    sources, passages, engrams = connection.execute(
        "SELECT (SELECT count(*) FROM source), (SELECT count(*) FROM passage), "
        "(SELECT count(*) FROM engram)"
    ).fetchone()
    return Contents(sources, passages, engrams, digest.hexdigest())


def _order(connection: sqlite3.Connection, table: str) -> str:
    """The primary key as order, since rowids may change in a VACUUM."""
    columns = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
    keys = sorted((row[5], row[1]) for row in columns if row[5])
    return ", ".join(f'"{name}"' for _, name in keys) or "rowid"


def make(
    connection: sqlite3.Connection,
    library: Path,
    target: Path,
    report: Report = silent,
    cancel: Cancel | None = None,
    *,
    replace: bool = False,
) -> Backup:
    """Copy a library in use to `target`, and verify the copy row by row.

    In a folder the copy gets the library's name and the date. With `replace` it may overwrite an
    older backup of the same library; any other existing `target` raises `UsageError`. Raises
    `Cancelled`, or a `LibraryError` if the copy cannot be written.
    """
    started = time.perf_counter()
    cancel = cancel or Cancel()
    target = paths.absolute(target)
    with _reached(target):
        if target.is_dir():
            target /= f"{library.stem}-backup-{time.strftime('%Y-%m-%d')}{library.suffix}"
            target = target if replace or not target.exists() else _free_name(target, "-%H%M%S")
        _check_target(connection, library, target, replace=replace)
    starts_transaction = not connection.in_transaction
    if starts_transaction:
        connection.execute("BEGIN")
    try:
        content = contents(connection, report, cancel)
        problems = _problems(connection)

        def seal(copy: sqlite3.Connection) -> None:
            copy.text_factory = connection.text_factory
            # A bit that flipped while reading is in both digests.
            if contents(copy, report, cancel) != content or _problems(copy) != problems:
                raise DamagedLibraryError(
                    f"The copy “{target.name}” differs from the library, so it was removed.",
                    "Try again; if it happens twice, use another disk.",
                )
            row_counts.create_triggers(copy)
            copy.execute(f"DELETE FROM meta WHERE NOT {_NO_LEASE}")
            sealed = {**asdict(content), "made": time.time(), "program": __version__}
            meta.put(copy, SEAL, json.dumps(sealed))

        progress = partial(_progress, target.name, report, cancel)
        file.copy_to(connection, target, seal=seal, progress=progress)
    finally:
        if starts_transaction and connection.in_transaction:
            connection.execute("ROLLBACK")
    return Backup(
        path=target,
        **asdict(content),
        bytes=target.stat().st_size,
        seconds=time.perf_counter() - started,
        problems=problems,
    )


def _problems(connection: sqlite3.Connection) -> tuple[str, ...]:
    return tuple(islice(quarantine.faults(connection), _PROBLEMS))


@contextlib.contextmanager
def _reached(path: Path) -> Iterator[None]:
    """Convert errors of file access to a `LibraryError` that names the file."""
    try:
        yield
    except OSError as error:
        raise LibraryError(
            f"“{path.name}” could not be looked at ({error.strerror}).",
            "Check its name, and that you may look into its folder.",
        ) from error


def _check_target(
    connection: sqlite3.Connection, library: Path, target: Path, *, replace: bool
) -> None:
    if not target.exists():
        if not target.parent.is_dir():
            raise LibraryError(
                f"The folder “{target.parent}” does not exist.", "Make it first, or choose another."
            )
        return
    if target.samefile(library):
        raise UsageError(
            "A library cannot be its own backup.", "Choose another name, best on another disk."
        )
    if target.is_dir():
        raise failures.foreign(target)
    if _library_at(target) != meta.get(connection, meta.LIBRARY_ID):
        raise UsageError(
            f"“{target.name}” exists and is not a backup of this library; it was not touched.",
            "Choose another name for the backup.",
        )
    if not replace:
        raise UsageError(
            f"The backup “{target.name}” exists already and was not touched.",
            "Choose another name or a folder, or replace it with --replace.",
        )


def _library_at(path: Path) -> str:
    """The id of the library in a file; "" if there is none."""
    try:
        file.read_version(path)
        with contextlib.closing(_open_reader(path)) as connection:
            return str(meta.get(connection, meta.LIBRARY_ID))
    except (LibraryError, sqlite3.Error):
        return ""


def _open_reader(path: Path) -> sqlite3.Connection:
    # Read-only media: opening it must not create a log.
    mode = "ro" if file.has_log(path) else "immutable"
    connection = sqlite3.connect(file.uri(path, mode), uri=True, isolation_level=None)
    file.guard(connection)
    return connection


def restore(
    backup: Path, target: Path, report: Report = silent, cancel: Cancel | None = None
) -> Restored:
    """Restore the library in `backup` to `target`; an existing file is renamed.

    The backup is verified, copied, and verified again before it is renamed to `target`. Raises
    `LibraryLockedError` while a program has `target` open, `InputError` if the backup is no library
    or was altered, `Cancelled`; then `target` is unchanged.
    """
    cancel = cancel or Cancel()
    backup, target = paths.absolute(backup), paths.absolute(target)
    with _reached(backup):
        _check_backup(backup, target)
    fresh = target.with_name(f"{target.name}.restoring")
    try:
        with failures.explained(backup), contextlib.closing(_open_reader(backup)) as connection:
            connection.execute("BEGIN")
            content, proven, library = _proven(connection, backup, report, cancel)

            def seal(copy: sqlite3.Connection) -> None:
                if contents(copy, report, cancel) != content:
                    raise _spoilt(backup)
                row_counts.create_triggers(copy)
                copy.execute(f"DELETE FROM meta WHERE NOT {_NO_LEASE}")
                meta.remove(copy, SEAL)

            progress = partial(_progress, target.name, report, cancel)
            file.copy_to(connection, fresh, seal=seal, progress=progress)
        displaced = _install(fresh, target)
    except BaseException:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise
    return Restored(
        path=target,
        aside=displaced,
        **asdict(content),
        bytes=target.stat().st_size,
        proven=proven,
        library=library,
    )


def _check_backup(backup: Path, target: Path) -> None:
    if not backup.exists():
        raise NotFoundError(f"There is no backup “{backup}”.", "Check the name.")
    if target.exists() and target.samefile(backup):
        raise UsageError(
            "This is the library itself, not a backup of it.", "Name the backup to restore."
        )
    if target.exists() and not target.is_file():
        # A folder, or a device file.
        raise failures.foreign(target)
    try:
        version = backup.stat().st_size and file.read_version(backup)
    except NotALibraryError as error:
        raise InputError(
            f"“{backup.name}” is not a backup of a library.",
            "Choose a file that `workbench backup` has made.",
            "not_a_library",
        ) from error
    except DamagedLibraryError as error:
        raise _spoilt(backup) from error
    if not version:
        raise InputError(f"“{backup.name}” is empty.", "Choose another backup.", "empty")
    if not target.parent.is_dir():
        raise LibraryError(
            f"The folder “{target.parent}” does not exist.", "Make it first, or choose another."
        )
    if not os.access(target.parent, os.W_OK):
        raise LibraryError(
            f"No library can be written to “{target.parent}”: you may not write there.",
            "Choose another place with --library.",
        )
    if target.suffix != ".brain" and target.exists():
        # An existing file that is clearly no library is not touched.
        with contextlib.suppress(DamagedLibraryError):
            file.read_version(target)


def _proven(
    connection: sqlite3.Connection, backup: Path, report: Report, cancel: Cancel
) -> tuple[Contents, bool, str]:
    """The contents of a backup, whether they match its seal, and the library's id."""
    try:
        if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise _spoilt(backup)
        migration.check(connection, backup)
        content = contents(connection, report, cancel)
        sealed = meta.get(connection, SEAL)
        library = str(meta.get(connection, meta.LIBRARY_ID))
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        raise _spoilt(backup) from error
    except AlteredLibraryError as error:
        raise InputError(error.message, error.hint, "altered") from error
    if sealed is None:
        return content, False, library
    recorded = json.loads(str(sealed))
    counts = (recorded["sources"], recorded["passages"], recorded["engrams"])
    if recorded["digest"] != content.digest or counts != (
        content.sources,
        content.passages,
        content.engrams,
    ):
        raise InputError(
            f"“{backup.name}” has changed since the backup was made; nothing was restored.",
            "Choose another backup, or look at this one with --library.",
            "changed",
        )
    return content, True, library


def _spoilt(backup: Path) -> InputError:
    return InputError(
        f"The backup “{backup.name}” is damaged or cut off; nothing was changed.",
        "Choose another backup, or copy this one again from where it came from.",
        "damaged",
    )


def _install(fresh: Path, target: Path) -> Path | None:
    """Rename `fresh` to `target`; returns the new path of a replaced file."""
    try:
        if not target.exists():
            _clear_logs(target)
            fresh.replace(target)
            file.sync_folder(target.parent)
            return None
        displaced = _free_name(target)
        with _exclusive(target):
            _rename_library(target, displaced)
            try:
                fresh.replace(target)
            except OSError:
                _restore_name(displaced, target)
                raise
        file.sync_folder(target.parent)
    except OSError as error:
        raise LibraryError(
            f"The library “{target.name}” could not be moved aside ({error.strerror}); "
            "nothing was changed.",
            "Close every program that has it open, then try again.",
        ) from error
    return displaced


def _rename_library(path: Path, to: Path) -> None:
    """Rename a library together with its log, if it was not closed properly.

    Uses a hard link if possible, so that one of the names always exists.
    """
    try:
        to.hardlink_to(path)
    except OSError:
        path.rename(to)
    _move_logs(path, to)


def _restore_name(displaced: Path, path: Path) -> None:
    if path.exists():
        displaced.unlink()
    else:
        displaced.rename(path)
    _move_logs(displaced, path)


def _move_logs(path: Path, to: Path) -> None:
    for log in _LOGS:
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + log).rename(to.with_name(to.name + log))


def _clear_logs(target: Path) -> None:
    """Rename stray logs, which SQLite would apply to the new library."""
    for log in _LOGS:
        stray = target.with_name(target.name + log)
        if stray.exists():
            stray.rename(_free_name(stray))


def _free_name(target: Path, stamp: str = ".before-restore-%Y%m%d-%H%M%S") -> Path:
    """An unused file name beside `target`, with the time."""
    name = target.stem + time.strftime(stamp)
    number, free = 1, target.with_name(f"{name}{target.suffix}")
    while free.exists():
        number += 1
        free = target.with_name(f"{name}-{number}{target.suffix}")
    return free


@contextlib.contextmanager
def _exclusive(target: Path) -> Iterator[None]:
    """Ensure that no other connection has the library open, and checkpoint its log.

    SQLite changes WAL mode only for the last open connection. A file that is no database cannot be
    in use.
    """
    with failures.explained(target):
        connection = sqlite3.connect(
            file.uri(target, "rw"), uri=True, timeout=0.5, isolation_level=None
        )
    try:
        try:
            connection.execute("PRAGMA journal_mode=DELETE")
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise LibraryLockedError(
                    f"The library “{target.name}” is open in another program; nothing was changed.",
                    "Close it there (the window, a server, a command), then restore again.",
                ) from error
        if sys.platform == "win32":
            # Windows cannot rename open files.
            connection.close()
        yield
    finally:
        connection.close()


def copies(path: Path) -> tuple[Path, ...]:
    """Copies of the library beside it that were made before migrations or restores."""
    name = f"{glob.escape(path.stem)}.before-*{glob.escape(path.suffix)}"
    return tuple(sorted(path.parent.glob(name)))
