"""The schema of an SQLite file, by pragmas over a read-only connection."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from ingest.databases.address import SqliteFile
from ingest.databases.checks import allowed, resolved
from ingest.databases.records import Column, Reference, Schema, Table
from ingest.errors import (
    DamagedFileError,
    EmptyFileError,
    EncryptedFileError,
    IngestError,
    MissingFileError,
    RefusedError,
    TooLargeError,
    UnreachableError,
    UnsupportedFileError,
)

_MAGIC = b"SQLite format 3\0"
#: Most columns of all tables together.
_COLUMN_LIMIT = 500_000
#: Suffixes of the shadow tables of virtual tables (FTS, R-tree).
_SHADOWS = ("data", "idx", "content", "docsize", "config", "segments", "segdir", "stat", "node",
            "parent", "rowid")  # fmt: skip
_VIRTUAL = re.compile(r"\s*CREATE\s+VIRTUAL\s", re.IGNORECASE)
_HIDDEN, _GENERATED = 1, (2, 3)

_TABLES = (
    "SELECT name, type, coalesce(sql, '') FROM sqlite_master "
    "WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
)
_COLUMNS = 'SELECT name, type, "notnull", pk, hidden FROM pragma_table_xinfo(?) ORDER BY cid'
_REFERENCES = 'SELECT id, "table", "from", "to" FROM pragma_foreign_key_list(?) ORDER BY id, seq'
_UNIQUE = (
    "SELECT min(i.name) FROM pragma_index_list(?) l, pragma_index_info(l.name) i "
    'WHERE l."unique" AND NOT l.partial GROUP BY l.name HAVING count(*) = 1'
)


def read(
    place: SqliteFile,
    *,
    report: Callable[[int, int, str], None],
    cancel: Callable[[], None],
    timeout: float,
) -> Schema:
    """Read the schema of a file without creating or changing it. Raises an `IngestError`."""
    path = place.path
    _check_header(path)
    with _errors(path), closing(_connect(path, timeout)) as connection:
        schema_rows = connection.execute(_TABLES).fetchall()
        virtual = {name for name, _, sql in schema_rows if _VIRTUAL.match(sql)}
        shadows = {f"{name}_{part}" for name in virtual for part in _SHADOWS}
        table_rows = [row for row in schema_rows if row[0] not in shadows]
        if not table_rows:
            raise EmptyFileError(
                f"“{path.name}” is a database without tables.", "Choose one that has some."
            )
        tables, unread, columns = [], [], 0
        for number, (name, kind, sql) in enumerate(table_rows):
            cancel()
            report(number, len(table_rows), "tables")
            try:
                table = _table(connection, name, kind == "view", sql)
            except sqlite3.OperationalError as error:
                if _passing(error):
                    raise
                # A view of a missing table, a virtual table of an unknown module.
                unread.append(name)
                continue
            columns += len(table.columns)
            if columns > _COLUMN_LIMIT:
                raise TooLargeError(
                    f"“{path.name}” has more than {_COLUMN_LIMIT:,} columns.",
                    "Choose a smaller database.",
                )
            tables.append(table)
        report(len(table_rows), len(table_rows), "tables")
    address = f"sqlite:{path.absolute().as_posix()}"
    return Schema("SQLite", address, path.stem, tuple(resolved(tables)), tuple(unread))


def _check_header(path: Path) -> None:
    """Raise if it is no SQLite file, before SQLite would create or lock one."""
    try:
        if path.is_dir():
            raise UnsupportedFileError(
                f"“{path.name}” is a folder, not a database.", "Name the file in it."
            )
        with path.open("rb") as file:
            head = file.read(100)
    except FileNotFoundError:
        raise MissingFileError(
            f"There is no file “{path.name}” where this leads.", "Check the path."
        ) from None
    except (OSError, ValueError) as error:
        raise MissingFileError(
            f"“{path.name}” cannot be read.", "Check the path, and that you may read it."
        ) from error
    if not head:
        raise EmptyFileError(f"“{path.name}” is empty.", "Choose a database that has tables.")
    if not head.startswith(_MAGIC):
        if b"\0" not in head and head.isascii():
            raise UnsupportedFileError(
                f"“{path.name}” is a text file, not an SQLite database.", "Choose another file."
            )
        raise EncryptedFileError(
            f"“{path.name}” is not an SQLite database, or it is encrypted.",
            "Choose another file, or decrypt it first.",
        )
    if len(head) < 100:
        raise DamagedFileError(f"“{path.name}” is cut off.", "Take it from a backup.")


def _connect(path: Path, timeout: float) -> sqlite3.Connection:
    name = path.absolute().as_uri()
    with path.open("rb") as file:
        logged = file.read(20)[18:20] == b"\2\2"
    log = path.with_name(f"{path.name}-wal")
    # Not open elsewhere: immutable mode creates no files beside it.
    options = "&immutable=1" if logged and not log.exists() else ""
    connection = sqlite3.connect(
        f"{name}?mode=ro{options}", uri=True, timeout=timeout, isolation_level=None
    )
    try:
        connection.text_factory = lambda data: data.decode("utf-8", "replace")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA query_only = ON")
        connection.execute("BEGIN")
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def _errors(path: Path) -> Iterator[None]:
    """Convert errors of SQLite."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise _database_error(path, error) from error


def _database_error(path: Path, error: sqlite3.DatabaseError) -> IngestError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return RefusedError(
            f"“{path.name}” is locked by another program.", "Close it there, then try again."
        )
    if code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return UnreachableError(
            f"“{path.name}” cannot be read now.", "Check its disk, and that you may read it."
        )
    return DamagedFileError(
        f"“{path.name}” is damaged: SQLite cannot read its schema.", "Take it from a backup."
    )


def _passing(error: sqlite3.OperationalError) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_ERROR


def _table(connection: sqlite3.Connection, name: str, view: bool, sql: str) -> Table:
    rows = connection.execute(_COLUMNS, (name,)).fetchall()
    single = set() if view else {row[0] for row in connection.execute(_UNIQUE, (name,))}
    checked = allowed(sql) if not view else {}
    columns = tuple(
        Column(
            name=column,
            type=" ".join(kind.lower().split()),
            required=bool(required),
            primary=place,
            unique=column in single,
            generated=hidden in _GENERATED,
            values=checked.get(column.casefold(), ()),
        )
        for column, kind, required, place, hidden in rows
        if hidden != _HIDDEN
    )
    return Table(name, columns, () if view else _references(connection, name), view)


def _references(connection: sqlite3.Connection, name: str) -> tuple[Reference, ...]:
    schema_rows: dict[int, list[tuple[str, str, str]]] = {}
    for number, table, column, target in connection.execute(_REFERENCES, (name,)):
        schema_rows.setdefault(number, []).append((table, column, target or ""))
    # SQLite counts them from the last one.
    return tuple(
        Reference(
            tuple(column for _, column, _ in pairs),
            pairs[0][0],
            tuple(target for _, _, target in pairs),
        )
        for _, pairs in sorted(schema_rows.items(), reverse=True)
    )
