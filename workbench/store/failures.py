"""SQLite's errors as messages with a next step."""

import errno
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from workbench.errors import (
    DamagedLibraryError,
    LibraryError,
    LibraryFullError,
    LibraryLockedError,
    LibraryUnreachableError,
    NewerLibraryError,
    NotALibraryError,
)
from workbench.store import damage, schema
from workbench.store.queries import select_one

Row = TypeVar("Row", bound=tuple[Any, ...])

#: Messages of SQLite when the schema changed after the library was opened.
_OTHER_SCHEMA = ("unsupported file format", "no such column", "no such table")

#: Bytes that SQLite needs to open a library: its shared memory.
_ROOM = 32768
#: File handles of an open library: file, log and shared memory of several connections.
_HANDLES = 16


def explain(error: sqlite3.Error, path: Path) -> LibraryError | None:
    """The user's error for an SQLite error; None for programming errors."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    name = path.name
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return locked(path)
    if code == sqlite3.SQLITE_NOTADB:
        return foreign(path)
    if code == sqlite3.SQLITE_ERROR and _is_newer(path):
        # A newer program has migrated it since it was opened.
        return newer(path)
    if code == sqlite3.SQLITE_CORRUPT or str(error).startswith(_OTHER_SCHEMA):
        return damaged(path)
    if code == sqlite3.SQLITE_FULL:
        return _full(name)
    if code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN) and _has_no_room(path):
        # No space even for the shared-memory file.
        return _full(name)
    if code == sqlite3.SQLITE_IOERR:
        return unreachable(path)
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH):
        return read_only(path)
    if code == sqlite3.SQLITE_CANTOPEN and _has_no_handles():
        return LibraryUnreachableError(
            f"The library “{name}” could not be opened: too many files are open.",
            "Close other programs, or allow more open files (ulimit -n).",
        )
    if code == sqlite3.SQLITE_CANTOPEN:
        return LibraryUnreachableError(
            f"The library “{name}” could not be opened.",
            "Check that its folder exists and that you may write there.",
        )
    return None


def _is_newer(path: Path) -> bool:
    with (
        suppress(sqlite3.Error),
        closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection,
    ):
        (version,) = select_one(connection, "PRAGMA user_version")
        return bool(version > schema.VERSION)
    return False


def newer(path: Path) -> NewerLibraryError:
    """The library is of a later version than this program knows."""
    return NewerLibraryError(
        f"The library “{path.name}” was written by a newer Engram Workbench; it was not touched.",
        "Install the newest version and open it again.",
    )


def _full(name: str) -> LibraryFullError:
    return LibraryFullError(
        f"The disk with “{name}” is full; nothing that was stored before is lost.",
        "Free some space and try again.",
    )


def _has_no_room(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < _ROOM
    except OSError:
        return False


def _has_no_handles() -> bool:
    """Whether the process is out of file handles."""
    with ExitStack() as handles:
        try:
            for _ in range(_HANDLES):
                handles.callback(os.close, os.open(os.devnull, os.O_RDONLY))
        except OSError as error:
            return error.errno in (errno.EMFILE, errno.ENFILE)
    return False


def forward(rows: list[Row], after: int) -> list[Row]:
    """Check that rows, sorted by their id in the first column, lie above `after`.

    Raises `sqlite3.DatabaseError` otherwise: a damaged id is out of order, and a scan that resumes
    from it would never end.
    """
    if rows and rows[-1][0] <= after:
        raise corrupt(f"row {rows[-1][0]} stands out of order")
    return rows


def corrupt(reason: str) -> sqlite3.DatabaseError:
    """The error of SQLite for corruption."""
    error = sqlite3.DatabaseError(reason)
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return error


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Convert SQLite's errors inside the block to errors for the user."""
    try:
        yield
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        # SQLite quotes an undecodable name of the schema; what is stored as JSON is valid.
        raise damaged(path) from error
    except sqlite3.Error as error:
        explanation = explain(error, path)
        if explanation is None:
            raise
        raise explanation from error


@contextmanager
def noting_damage(path: Path) -> Iterator[None]:
    """As `explained`, for an open library; also marks it as damaged."""
    try:
        yield
    except json.JSONDecodeError as error:
        damage.note(path, str(error))
        raise damaged(path) from error
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_CORRUPT:
            damage.note(path, str(error))
        explanation = explain(error, path)
        if explanation is None:
            raise
        raise explanation from error


def locked(path: Path) -> LibraryLockedError:
    """The library is locked by another program."""
    return LibraryLockedError(
        f"The library “{path.name}” is being written by another program.",
        "Wait until it has finished, or close it, and try again.",
    )


def in_use(path: Path) -> LibraryLockedError:
    """Another program has open a library that is to be migrated."""
    return LibraryLockedError(
        f"The library “{path.name}” is open in another program; nothing was changed.",
        "Wait until it has finished, or close it, and try again.",
    )


def foreign(path: Path) -> NotALibraryError:
    """The file is no library."""
    return NotALibraryError(
        f"“{path.name}” is not a library of Engram Workbench; it was not touched.",
        "Choose a .brain file, or a new name to start an empty library.",
    )


def damaged(path: Path) -> DamagedLibraryError:
    """The file is truncated or corrupt."""
    return DamagedLibraryError(
        f"The library “{path.name}” is damaged or cut off; it was not touched.",
        "Restore it from a backup, copy it again from where it came from, or save what can be "
        f"read: workbench salvage {path.name} NEW.brain.",
    )


def unsupported(path: Path) -> LibraryError:
    """Its version precedes the first release and cannot be migrated."""
    return LibraryError(
        f"The library “{path.name}” is from a version of Engram Workbench before its first release "
        "and cannot be opened; it was not touched.",
        "Export it with the program that wrote it, and import that into a new library.",
    )


def damaged_row(path: Path, description: str) -> DamagedLibraryError:
    """A required row has a wrong checksum."""
    return DamagedLibraryError(
        f"A part of the library “{path.name}” is damaged. {description}",
        "Repair what can be repaired with workbench verify --repair, or restore a backup.",
    )


def unreachable(path: Path) -> LibraryUnreachableError:
    """The disk does not respond."""
    return LibraryUnreachableError(
        f"The disk with “{path.name}” could not be read or written.",
        "Check that it is still connected, then try again.",
    )


def vanished(path: Path) -> LibraryUnreachableError:
    """The file was removed while the library was open."""
    return LibraryUnreachableError(
        f"The library “{path.name}” was deleted, moved or replaced while it was open; "
        "nothing was stored.",
        "Put it back where it was, or restore a backup and open it again.",
    )


def read_only(path: Path) -> LibraryError:
    """The library cannot be written."""
    return LibraryError(
        f"The library “{path.name}” can only be read here.",
        "Copy it to a folder where you may write, and open the copy.",
    )
