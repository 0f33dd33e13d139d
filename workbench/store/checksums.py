"""Checksums of all rows that cannot be derived from others, to detect flipped bits.

Facts, notes, corrections, texts of sources and tellings exist once, and SQLite does not detect bit
rot. The column `sum` has eight bytes of BLAKE2b (Aumasson et al., 2013) over all other columns, for
facts and notes including the text of their engram. Temporary triggers of the writing connection
maintain it; they are not in the file, so rows added by other programs have no checksum.

A damaged row keeps its old sum when other columns change; only replacing its text makes it valid.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b

#: Columns that are counted, or verified by their own hash.
_DERIVED_COLUMNS = {
    "concept": ("mentions", "first", "last"),
    "original": ("content",),
    "source": ("characters", "passages", "engrams", "pages"),
}
#: Tables whose text is in an engram.
_WORDED = ("fact", "note")
_FUNCTION = "row_sum"
#: The tables by schema definition, cached.
_READ: dict[tuple[tuple[object, ...], ...], "tuple[Summed, ...]"] = {}


@dataclass(frozen=True, slots=True)
class Summed:
    """A table with checksums: its key, the columns covered, and the text columns among them."""

    name: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    texts: frozenset[str]
    free: frozenset[str]

    def sum(self, row: str) -> str:
        """SQL for the checksum of a row; `row` is its alias."""
        return f"{_FUNCTION}('{self.name}', {', '.join(self.values(row))})"

    def values(self, row: str) -> list[str]:
        """SQL for the values covered: the columns, and the text of an engram."""
        values = [self._value(row, column) for column in self.columns]
        if self.name in _WORDED:
            key = f"{row}.{self.key[0]}"
            values.append(f"(SELECT CAST(text AS BLOB) FROM engram WHERE id = {key})")
        return values

    def _value(self, row: str, column: str) -> str:
        name = f'{row}."{column}"'
        if column in self.free:
            return f"typeof({name}), CAST({name} AS BLOB)"
        # As bytes, since damaged text may be invalid UTF-8.
        return f"CAST({name} AS BLOB)" if column in self.texts else name

    def same(self, row: str) -> str:
        """SQL condition that the key equals that of `row`."""
        return " AND ".join(f'"{column}" = {row}."{column}"' for column in self.key)


def digest(*values: object) -> int:
    """An eight-byte digest of SQLite values, with text as bytes."""
    head = [("bytes", len(value)) if type(value) is bytes else value for value in values]
    hasher = blake2b(repr(head).encode(), digest_size=8)
    for value in values:
        if type(value) is bytes:
            hasher.update(value)
    return int.from_bytes(hasher.digest(), "big", signed=True)


def of_fact(
    engram: int, scope: int, recorded: float, at: float | None, teller: int, text: str
) -> int:
    """The checksum of a fact; `at` as stored, None if it equals the time of telling."""
    valid_from = None if at is None else float(at)
    return digest("fact", engram, scope, float(recorded), valid_from, teller, text.encode())


def tables(connection: sqlite3.Connection) -> tuple[Summed, ...]:
    """The tables of a library that have checksums."""
    definitions = tuple(
        connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'")
    )
    if definitions not in _READ:
        _READ[definitions] = _tables(connection)
    return _READ[definitions]


def table(connection: sqlite3.Connection, name: str) -> Summed:
    """The table of this name, which must have checksums."""
    return next(table for table in tables(connection) if table.name == name)


def prepare(connection: sqlite3.Connection) -> None:
    """Register the checksum function on a connection."""
    connection.create_function(_FUNCTION, -1, digest, deterministic=True)


def create_triggers(
    connection: sqlite3.Connection, inserted: tuple[tuple[str, str], ...] = ()
) -> None:
    """Create temporary triggers that maintain checksums of all writes.

    `inserted` has further statements (table, SQL) for the trigger of new rows: sharing triggers
    saves a tenth of a millisecond each on opening. The trigger of facts skips rows inserted with a
    checksum.
    """
    prepare(connection)
    connection.execute("PRAGMA temp_store=MEMORY")
    for statement in _triggers(tables(connection), inserted):
        connection.execute(statement)


def fill(connection: sqlite3.Connection) -> int:
    """Fill in missing checksums; returns their number. Inside a transaction."""
    prepare(connection)
    return sum(
        connection.execute(
            f"UPDATE {table.name} SET sum = {table.sum(table.name)} WHERE sum IS NULL"
        ).rowcount
        for table in tables(connection)
    )


def accept(connection: sqlite3.Connection, table: Summed, keys: list[tuple[object, ...]]) -> None:
    """Recompute the checksums of rows, accepting their current values."""
    prepare(connection)
    condition = " AND ".join(f'"{column}" = ?' for column in table.key)
    connection.executemany(
        f"UPDATE {table.name} SET sum = {table.sum(table.name)} WHERE {condition}", keys
    )


def damaged(
    connection: sqlite3.Connection, table: Summed
) -> Iterator[tuple[tuple[object, ...], bool]]:
    """The keys of rows with a wrong checksum; True if it is missing."""
    prepare(connection)
    keys = ", ".join(f'"{column}"' for column in table.key)
    for *key, missing in connection.execute(
        f"SELECT {keys}, sum IS NULL FROM {table.name} WHERE sum IS NOT {table.sum(table.name)}"
    ):
        yield tuple(key), bool(missing)


def _tables(connection: sqlite3.Connection) -> tuple[Summed, ...]:
    schema = connection.execute(
        "SELECT t.name, c.name, c.type, c.pk FROM sqlite_schema t, pragma_table_info(t.name) c "
        "WHERE t.type = 'table' ORDER BY t.name, c.cid"
    ).fetchall()
    summed = []
    for name in dict.fromkeys(table for table, column, _, _ in schema if column == "sum"):
        table_columns = [row[1:] for row in schema if row[0] == name]
        out = ("sum", *_DERIVED_COLUMNS.get(name, ()))
        summed.append(
            Summed(
                name,
                tuple(
                    column
                    for column, _, place in sorted(table_columns, key=lambda c: c[2])
                    if place
                ),
                tuple(column for column, _, _ in table_columns if column not in out),
                frozenset(column for column, type, _ in table_columns if type == "TEXT"),
                frozenset(column for column, type, _ in table_columns if type == "ANY"),
            )
        )
    return tuple(summed)


@cache
def _triggers(tables: tuple[Summed, ...], inserted: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    also = dict(inserted)
    triggers = [_worded(tuple(table for table in tables if table.name in _WORDED))]
    for table in tables:
        name, row = table.name, table.sum(table.name)
        columns = ", ".join(f'"{column}"' for column in table.columns)
        triggers += [
            f"CREATE TEMP TRIGGER {name}_summed AFTER INSERT ON main.{name} "
            f"{'WHEN new.sum IS NULL ' if name == 'fact' else ''}"
            f"BEGIN UPDATE {name} SET sum = {row} WHERE {table.same('new')}; "
            f"{also.get(name, '')} END",
            f"CREATE TEMP TRIGGER {name}_summed_anew AFTER UPDATE OF {columns} ON main.{name} "
            f"BEGIN UPDATE {name} SET sum = {row} WHERE {table.same('new')} "
            f"AND (new.sum IS NULL OR old.sum = {table.sum('old')}); END",
        ]
    return tuple(triggers)


def _worded(tables: tuple[Summed, ...]) -> str:
    """The trigger for a new text of an engram, if its fact or note was valid with the old one."""
    parts = []
    for table in tables:
        current = table.sum(table.name)
        previous = current.replace(
            f"(SELECT CAST(text AS BLOB) FROM engram WHERE id = {table.name}.engram)",
            "CAST(old.text AS BLOB)",
        )
        parts.append(
            f"UPDATE {table.name} SET sum = {current} WHERE engram = new.id AND sum = {previous};"
        )
    return (
        "CREATE TEMP TRIGGER engram_summed_anew AFTER UPDATE OF text ON main.engram "
        f"WHEN new.passage IS NULL BEGIN {' '.join(parts)} END"
    )
