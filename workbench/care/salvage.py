"""Recovers all readable rows of a damaged library into a new one.

Rows are read page by page (`pages`), so that a damaged page costs only its own. They keep their
ids, so that references stay valid. Derived data is rebuilt: chapters from their statements,
statements from their chapters, counts, fibers and indexes from both. The old file is not changed.
"""

import contextlib
import os
import shutil
import sqlite3
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from mmap import ACCESS_READ, mmap
from pathlib import Path

from workbench import paths, permissions
from workbench.care import row_ids, text_recovery
from workbench.care.pages import SIZE, Cell, Pages, Value, text
from workbench.care.row_ids import Rivals
from workbench.errors import LibraryError, NotFoundError, UsageError
from workbench.jobs import Cancel, Progress, Report, silent
from workbench.store import (
    checksums,
    failures,
    file,
    leftovers,
    migration,
    quarantine,
    repair,
    row_counts,
    schema,
    shared,
)
from workbench.store.checksums import Summed
from workbench.store.row_counts import MAX_ID
from workbench.store.store import Store
from workbench.store.verify import verify

_BATCH = 500
_LOGS = ("-wal", "-journal")
_TYPES: dict[str, tuple[type, ...]] = {
    "INTEGER": (int,),
    "REAL": (int, float),
    "TEXT": (str,),
    "BLOB": (bytes,),
    "ANY": (int, float, str, bytes),
}


@dataclass(frozen=True, slots=True)
class Salvaged:
    """The result: counts of what was recovered, and everything that is incomplete.

    `damaged` rows exist, but not as they were written; they are left out of answers until
    corrected. `derived` data was rebuilt from other rows. `lost` is gone. `reread` are sources with
    losses that their original may still have. `library` is the library's own id.
    """

    path: Path
    sources: int
    engrams: int
    facts: int
    rows: int
    seconds: float
    damaged: tuple[str, ...]
    derived: tuple[str, ...]
    lost: tuple[str, ...]
    reread: tuple[int, ...] = ()
    library: str = ""


@dataclass(frozen=True, slots=True)
class _Table:
    """A table to fill: its columns in the order of a record, and their types."""

    name: str
    columns: tuple[str, ...]
    types: tuple[str, ...]
    needed: tuple[bool, ...]
    #: The column that is the row id, -1 for none.
    id: int
    rows: bool

    def values(self, cell: Cell) -> tuple[Value, ...] | None:
        """The row of a cell; None if it cannot belong to this table."""
        if not 0 < len(cell.values) <= len(self.columns):
            return None
        row = list(text(cell.values, cell.texts))
        if self.id >= 0:
            if len(row) <= self.id or row[self.id] is not None:
                return None
            row[self.id] = cell.rowid
        for value, type, needed in zip(row, self.types, self.needed, strict=False):
            if value is None:
                if needed:
                    return None
            elif not isinstance(value, _TYPES[type]):
                return None
        return tuple(row)


@dataclass(slots=True)
class _Outcome:
    rows: int = 0
    damaged: list[str] = field(default_factory=list)
    derived: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    reread: list[int] = field(default_factory=list)
    #: Rows whose id another row has.
    rivals: Rivals = field(default_factory=Rivals)
    #: Table, column, id and bytes of texts that are no UTF-8.
    garbled: list[tuple[str, str, int, bytes]] = field(default_factory=list)


def salvage(
    source: Path, target: Path, report: Report = silent, cancel: Cancel | None = None
) -> Salvaged:
    """Recover what can be read of `source` into the library `target`.

    `source` is not changed. Raises `NotFoundError` if there is no such file, `UsageError` if
    `target` exists, `LibraryError` if nothing can be read or `target` cannot be written, and
    `Cancelled`; then nothing is left behind.
    """
    started = time.perf_counter()
    cancel = cancel or Cancel()
    source, target = paths.absolute(source), paths.absolute(target)
    try:
        _check(source, target)
    except OSError as error:
        raise UsageError(
            f"These file names cannot be used ({error.strerror}).", "Check both names."
        ) from error
    outcome = _Outcome()
    try:
        _sweep(target.parent)
        prefix = f"{leftovers.SALVAGE}{os.getpid()}-"
        with leftovers.folder(target.parent, prefix) as folder:
            fresh = folder / target.name
            copy = _folded(source, folder)
            _fill(source, copy, fresh, outcome, report, cancel)
            with Store.open(fresh) as store:
                _settle(store, outcome, report, cancel)
                checked = verify(store, report=report, cancel=cancel)
                library = store.id
                store.empty_log()
            outcome.damaged += checked.problems
            file.sync(fresh)
            fresh.rename(target)
            file.sync_folder(target.parent)
    except OSError as error:
        raise LibraryError(
            f"The library “{target.name}” could not be written ({error.strerror}).",
            "Choose another place for it, or free some space.",
        ) from error
    return Salvaged(
        path=target,
        sources=checked.sources,
        engrams=checked.engrams,
        facts=checked.facts,
        rows=outcome.rows,
        seconds=time.perf_counter() - started,
        damaged=tuple(outcome.damaged),
        derived=tuple(outcome.derived),
        lost=tuple(outcome.lost),
        reread=tuple(outcome.reread),
        library=library,
    )


def _check(source: Path, target: Path) -> None:
    if not source.is_file():
        raise NotFoundError(f"There is no library at “{source}”.", "Check the name.")
    if target.exists():
        raise UsageError(f"“{target.name}” exists; it was not touched.", "Choose a new name.")
    if not target.parent.is_dir():
        raise LibraryError(
            f"The folder “{target.parent}” does not exist.", "Make it first, or choose another."
        )


def _sweep(parent: Path) -> None:
    """Remove leftovers of a salvage that was killed."""
    for folder in parent.glob(f"{leftovers.SALVAGE}*"):
        process = folder.name.removeprefix(leftovers.SALVAGE).partition("-")[0]
        if process.isdigit() and leftovers.is_terminated(int(process)):
            shutil.rmtree(folder, ignore_errors=True)


def _folded(source: Path, folder: Path) -> Path:
    """A copy of a library with its write-ahead log merged as far as SQLite can."""
    copy = folder / f"damaged-{source.name}"
    for log in ("", *_LOGS):
        original = source.with_name(source.name + log)
        if original.exists():
            place = permissions.private(copy.with_name(copy.name + log))
            shutil.copyfile(original, place)
    # SQLite's message quotes a name of the schema, which may not decode.
    with contextlib.suppress(sqlite3.Error, UnicodeDecodeError):
        connection = sqlite3.connect(copy, isolation_level=None)
        try:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()
    return copy


# -- the rows --------------------------------------------------------------------------------------


def _fill(
    source: Path, copy: Path, fresh: Path, outcome: _Outcome, report: Report, cancel: Cancel
) -> None:
    """Create a library of the version of `source`, with every readable row of its copy."""
    if copy.stat().st_size < SIZE:
        raise LibraryError(
            "Nothing of a library can be read in this file: it is cut off or something else.",
            "Restore a backup: workbench restore-backup FILE.",
        )
    connection = sqlite3.connect(permissions.private(fresh), isolation_level=None)
    with copy.open("rb") as stream, mmap(stream.fileno(), 0, access=ACCESS_READ) as data:
        if sys.platform != "win32":
            # Unlinked, the file is gone with the process however that ends.
            copy.unlink()
        try:
            pages = Pages(data)
            schema_rows, number = _schema(pages), int.from_bytes(data[60:64], "big")
            if migration.is_unsupported(schema_rows, number):
                raise failures.unsupported(source)
            version = migration.likeliest(schema_rows, number)
            statements = migration.statements(version)
            connection.execute(f"PRAGMA page_size={SIZE}")
            connection.execute("BEGIN")
            for statement in statements:
                if statement.startswith("CREATE TABLE"):
                    connection.execute(statement)
            _read(connection, pages, outcome, report, cancel)
            if not outcome.rows:
                raise LibraryError(
                    "Nothing of a library can be read in this file.",
                    "Restore a backup: workbench restore-backup FILE.",
                )
            if version < 107:
                connection.execute(
                    "INSERT OR REPLACE INTO derived(kind, part, stamp, data) "
                    "SELECT 'rows:' || name, 0, rows, X'' FROM row_count"
                )
            for name, noted, actual in row_counts.wrong(connection):
                if noted is not None and noted > actual and name not in row_counts.DERIVED_TABLES:
                    outcome.lost.append(f"{noted - actual:,} of {noted:,} rows of {name}.")
            _complete(connection, outcome)
            for statement in statements:
                if not statement.startswith("CREATE TABLE"):
                    _index(connection, statement, outcome)
            row_counts.recount(connection)
            connection.execute(f"PRAGMA application_id={schema.APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version={version}")
            connection.execute("COMMIT")
        finally:
            connection.close()


def _read(
    connection: sqlite3.Connection, pages: Pages, outcome: _Outcome, report: Report, cancel: Cancel
) -> None:
    tables = _tables(connection)
    roots, indexes = _roots(pages, tables)
    summed = {table.name: table for table in checksums.tables(connection)}
    checksums.prepare(connection)
    owners = _owners(
        connection, pages, {tables[name]: roots[name] for name in tables if name in roots}, summed
    )
    for number, (name, table) in enumerate(tables.items()):
        report(Progress("reading", number, len(tables), "tables", name))
        if name in roots:
            foreign = {page for page, owner in owners.items() if owner is not table}
            cells = pages.tree(roots[name], rows=table.rows, excluded=foreign)
            _insert(connection, table, cells, outcome, cancel)
    for root in indexes:
        pages.mark(root)
    strays: dict[str, list[Cell]] = {}
    for page in list(pages.leaves()):
        cancel.check()
        page_cells = list(pages.strays(page))
        owner = _owner(
            connection,
            page_cells,
            [t for t in tables.values() if t.rows == pages.has_ids(page)],
            summed,
        )
        if owner is not None:
            strays.setdefault(owner.name, []).extend(page_cells)
    for name, stray in strays.items():
        _insert(connection, tables[name], iter(stray), outcome, cancel)
    numbered = {name for name, table in tables.items() if table.id >= 0}
    outcome.rows += row_ids.restore(connection, summed, numbered, outcome.rivals)
    outcome.lost += outcome.rivals.lost
    _heal_garbled(connection, summed, outcome)
    _count_on(connection, pages, roots.get("sqlite_sequence", 0))
    missing = [name for name in tables if name not in roots]
    if missing:
        outcome.lost.append(
            f"{len(missing)} tables cannot be read where they should be: {', '.join(missing)}."
        )
    for name, root in roots.items():
        if pages.unread[root] and name in tables:
            outcome.lost.append(
                f"{pages.unread[root]} pages or rows of {name} cannot be read where they should be."
            )


def _heal_garbled(
    connection: sqlite3.Connection, summed: Mapping[str, Summed], outcome: _Outcome
) -> None:
    """Repair a text that is no UTF-8 by undoing one flipped bit or byte, if its bytes are known."""
    for name, column, id, raw in outcome.garbled:
        statement = f"UPDATE {name} SET {column} = CAST(? AS TEXT) WHERE rowid = ?"
        connection.execute(statement, (raw, id))
        owners = ("fact", "note") if name == "engram" else (name,)
        if not any(
            quarantine.heal(connection, summed[owner], (id,)) for owner in owners if owner in summed
        ):
            connection.execute(statement, (raw.decode("utf-8", "replace"), id))


def _tables(connection: sqlite3.Connection) -> dict[str, _Table]:
    tables = {}
    for name, without_rowid in connection.execute(
        "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
        "AND name NOT LIKE 'sqlite%' ORDER BY name"
    ).fetchall():
        columns = connection.execute(f"PRAGMA table_info({name})").fetchall()
        if without_rowid:
            # The key first, in its own order.
            columns.sort(key=lambda column: (not column[5], column[5] or column[0]))
        keys = [column for column in columns if column[5]]
        is_rowid = len(keys) == 1 and keys[0][2] == "INTEGER" and not without_rowid
        tables[str(name)] = _Table(
            name=str(name),
            columns=tuple(column[1] for column in columns),
            types=tuple(column[2] for column in columns),
            needed=tuple(bool(column[3]) for column in columns),
            id=columns.index(keys[0]) if is_rowid else -1,
            rows=not without_rowid,
        )
    return tables


def _schema(pages: Pages) -> migration.Schema:
    """The schema of the file, as far as it can be read."""
    rows = (text(cell.values, cell.texts) for cell in Pages(pages.data).tree(1, rows=True))
    return [
        (str(row[0]), str(row[1]), str(row[4]))
        for row in rows
        if len(row) == 5 and row[4] is not None
    ]


def _roots(pages: Pages, tables: dict[str, _Table]) -> tuple[dict[str, int], list[int]]:
    """The roots of the tables, as far as the schema can be read, and those of the indexes."""
    roots: dict[str, int] = {}
    indexes: list[int] = []
    for cell in pages.tree(1, rows=True):
        row = text(cell.values, cell.texts)
        if len(row) != 5 or not isinstance(row[3], int) or not 1 < row[3] <= pages.count:
            continue
        if row[0] == "table" and (row[1] in tables or row[1] == "sqlite_sequence"):
            roots[str(row[1])] = row[3]
        elif row[0] == "index":
            indexes.append(row[3])
    # A table without row ids is an index, and its root is listed under its own name only.
    return roots, [root for root in indexes if root not in roots.values()]


def _insert(
    connection: sqlite3.Connection,
    table: _Table,
    cells: Iterator[Cell],
    outcome: _Outcome,
    cancel: Cancel,
) -> None:
    for number, cell in enumerate(cells):
        row = table.values(cell)
        if row is not None:
            if table.id >= 0:
                outcome.garbled += (
                    (table.name, table.columns[number], cell.rowid, value)
                    for number, value in enumerate(cell.values)
                    if isinstance(value, bytes)
                    and number in cell.texts
                    and "\ufffd" in str(row[number])
                )
            if _put(connection, table, row):
                outcome.rows += 1
            elif table.id >= 0:
                outcome.rivals.add(table.name, table.columns, row)
        if number % _BATCH == _BATCH - 1:
            cancel.check()


def _put(connection: sqlite3.Connection, table: _Table, row: Sequence[Value]) -> bool:
    """Insert a row; False if its id is taken, or it violates a constraint."""
    names = ", ".join(f'"{column}"' for column in table.columns[: len(row)])
    marks = ", ".join("?" * len(row))
    statement = f"INSERT OR IGNORE INTO {table.name}({names}) VALUES ({marks})"
    with contextlib.suppress(sqlite3.Error, OverflowError):
        return connection.execute(statement, tuple(row)).rowcount > 0
    return False


def _fits(
    connection: sqlite3.Connection,
    table: _Table,
    summed: Mapping[str, Summed],
    row: Sequence[Value],
) -> bool:
    """Whether a row of a damaged page matches its checksum."""
    connection.execute("SAVEPOINT row")
    try:
        if len(row) < len(table.columns) or not _put(connection, table, row):
            return False
        sums = summed[table.name]
        condition = " AND ".join(f'"{column}" = ?' for column in sums.key)
        (fits,) = connection.execute(
            f"SELECT sum = {sums.sum(table.name)} FROM {table.name} WHERE {condition}",
            [row[table.columns.index(column)] for column in sums.key],
        ).fetchone()
        return bool(fits)
    finally:
        connection.execute("ROLLBACK TO row")
        connection.execute("RELEASE row")


def _owners(
    connection: sqlite3.Connection,
    pages: Pages,
    roots: dict[_Table, int],
    summed: dict[str, Summed],
) -> dict[int, _Table | None]:
    """The owner of each page that several tables lead to, as when a copy replaced another page."""
    claims: dict[int, list[_Table]] = {}
    for table, root in roots.items():
        for page, kind in pages.reached(root, rows=table.rows):
            if kind is not None:
                claims.setdefault(page, []).append(table)
    return {
        page: _owner(connection, list(pages.strays(page)), tables, summed)
        for page, tables in claims.items()
        if len(tables) > 1
    }


def _owner(
    connection: sqlite3.Connection,
    cells: Sequence[Cell],
    tables: Sequence[_Table],
    summed: dict[str, Summed],
) -> _Table | None:
    """The one table these rows fit: by checksums if it has some, or else by shape."""
    likely = []
    for table in tables:
        rows = [table.values(cell) for cell in cells]
        if not rows or None in rows:
            continue
        if table.name in summed and table.name not in ("fact", "note"):
            if any(row and _fits(connection, table, summed, row) for row in (rows[0], rows[-1])):
                return table
        else:
            likely.append(table)
    return likely[0] if len(likely) == 1 else None


def _count_on(connection: sqlite3.Connection, pages: Pages, root: int) -> None:
    """Keep ids from being reused."""
    for cell in pages.tree(root, rows=True) if root else ():
        row = text(cell.values, cell.texts)
        if len(row) == 2 and isinstance(row[1], int) and 0 <= row[1] < MAX_ID:
            changed = connection.execute(
                "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", (row[1], row[0])
            )
            table_exists = connection.execute(
                "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?", (row[0],)
            ).fetchone()
            if not changed.rowcount and table_exists:
                connection.execute("INSERT INTO sqlite_sequence VALUES (?, ?)", (row[0], row[1]))


def _index(connection: sqlite3.Connection, statement: str, outcome: _Outcome) -> None:
    """Create an index or trigger; of rows that violate a unique index the older stay."""
    try:
        connection.execute(statement)
        return
    except sqlite3.IntegrityError:
        _, _, definition = statement.partition(" ON ")
        table, columns = (
            definition.split("(", 1)[0].strip(),
            definition.split("(", 1)[1].split(")")[0],
        )
        deleted = connection.execute(
            f"DELETE FROM {table} WHERE rowid NOT IN "
            f"(SELECT min(rowid) FROM {table} GROUP BY {columns})"
        ).rowcount
        outcome.lost.append(f"{deleted} rows of {table} that were there twice.")
        connection.execute(statement)


# -- what is made anew -----------------------------------------------------------------------------


def _complete(connection: sqlite3.Connection, outcome: _Outcome) -> None:
    """Replace lost parent rows, and keep told text whose record is lost."""
    timestamp = time.time()
    if connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'shared'").fetchone():
        # What was lost would count as deleted on all devices: they are joined anew.
        shared.clear(connection)
    scopes = "SELECT scope FROM fact UNION SELECT scope FROM note UNION SELECT collection FROM "
    for (scope,) in connection.execute(
        f"SELECT scope FROM ({scopes} membership) WHERE scope > 0 "
        "AND scope NOT IN (SELECT id FROM collection) ORDER BY 1"
    ).fetchall():
        name = f"Recovered collection {scope}"
        connection.execute(
            "INSERT OR IGNORE INTO collection(id, name, created) VALUES (?, ?, ?)",
            (scope, name, timestamp),
        )
        outcome.lost.append(f"The name of collection {scope}; it is called “{name}” now.")
    for (engram,) in connection.execute(
        "UPDATE fact SET teller = 0, at = NULL WHERE teller < 0 RETURNING engram"
    ).fetchall():
        # Numbers begin at 1: the columns are shifted.
        outcome.lost.append(f"Who told fact {engram}, and since when it holds.")
    for (teller,) in connection.execute(
        "SELECT teller FROM (SELECT teller FROM fact UNION SELECT teller FROM said) "
        "WHERE teller > 0 AND teller NOT IN (SELECT id FROM teller) ORDER BY 1"
    ).fetchall():
        name = f"Unknown teller {teller}"
        connection.execute("INSERT OR IGNORE INTO teller(id, name) VALUES (?, ?)", (teller, name))
        outcome.lost.append(f"The name of who told some facts; it is “{name}” now.")
    for engram, words in connection.execute(
        "SELECT id, text FROM engram WHERE passage IS NULL AND id NOT IN "
        "(SELECT engram FROM fact UNION SELECT engram FROM note) ORDER BY id"
    ).fetchall():
        connection.execute("UPDATE engram SET kind = 'fact' WHERE id = ?", (engram,))
        connection.execute(
            "INSERT INTO fact(engram, scope, told) VALUES (?, 0, coalesce("
            "(SELECT told FROM fact WHERE engram < ?1 ORDER BY engram DESC LIMIT 1), ?2))",
            (engram, timestamp),
        )
        outcome.lost.append(
            f"Who told fact {engram}, when and where; its words are “{words[:80]}”."
        )
    for table in ("fact", "note"):
        for (engram,) in connection.execute(
            f"SELECT engram FROM {table} WHERE engram NOT IN (SELECT id FROM engram) ORDER BY 1"
        ).fetchall():
            outcome.lost.append(f"The words of {table} {engram}.")
    if connection.execute("SELECT 1 FROM meta WHERE key = 'library_id'").fetchone() is None:
        connection.execute("DELETE FROM meta WHERE key IN ('library_id', 'created')")
        schema.assign_identity(connection)


def _settle(store: Store, outcome: _Outcome, report: Report, cancel: Cancel) -> None:
    """Rebuild derived data."""
    report(Progress("deriving"))

    def work(connection: sqlite3.Connection) -> None:
        recovery = text_recovery.restore_text(connection, cancel)
        # Passages and places stay with a text whose source is lost.
        outcome.derived += repair.lost_sources(connection)
        outcome.lost += repair.orphans(connection, ("section",))
        outcome.derived += recovery.done
        outcome.lost += recovery.lost
        outcome.reread += sorted(recovery.reread)
        outcome.derived += repair.mend(connection)

    store.mend(work)
