"""A checksum for every row that cannot be derived from others, so that a changed bit is noticed.

Facts, notes, corrections, the text of sources, who said what and when: there is one copy of each,
and SQLite notices no flipped bit in it. The column `sum` has eight bytes of BLAKE2b (Aumasson and
others, 2013) over all other columns, a fact's and a note's with the words of its engram. Triggers
of the writing connection keep it, so that no writer has to know of it; being temporary they are in
no file, and a row that another program has added carries none.

A row that is damaged already keeps its old sum when other columns of it are changed: nothing but
new words in the place of the old ones makes it whole.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b

#: Columns that are counted, or known by their own hash.
_DERIVED_COLUMNS = {
    "concept": ("mentions", "first", "last"),
    "original": ("content",),
    "source": ("characters", "passages", "engrams", "pages"),
}
#: Tables of which the words lie in an engram.
_WORDED = ("fact", "note")
_FUNCTION = "row_sum"
#: The tables of each schema that was read; those of a damaged file are few.
_READ: dict[tuple[tuple[object, ...], ...], "tuple[Summed, ...]"] = {}


@dataclass(frozen=True, slots=True)
class Summed:
    """A table with sums: its key, all columns that count, and those of them that are text."""

    name: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    texts: frozenset[str]
    free: frozenset[str]

    def sum(self, row: str) -> str:
        """The sum of a row, as SQL; `row` is the name it goes by."""
        return f"{_FUNCTION}('{self.name}', {', '.join(self.values(row))})"

    def values(self, row: str) -> list[str]:
        """What the sum is over, as SQL: the columns, and the words where those are elsewhere."""
        values = [self._value(row, column) for column in self.columns]
        if self.name in _WORDED:
            key = f"{row}.{self.key[0]}"
            values.append(f"(SELECT CAST(text AS BLOB) FROM engram WHERE id = {key})")
        return values

    def _value(self, row: str, column: str) -> str:
        name = f'{row}."{column}"'
        if column in self.free:
            return f"typeof({name}), CAST({name} AS BLOB)"
        # As bytes, since text that is damaged may be none.
        return f"CAST({name} AS BLOB)" if column in self.texts else name

    def same(self, row: str) -> str:
        """The condition that a row is the one that another name stands for."""
        return " AND ".join(f'"{column}" = {row}."{column}"' for column in self.key)


def digest(*values: object) -> int:
    """Eight bytes of a digest over values as SQLite has them, text as bytes."""
    head = [("bytes", len(value)) if type(value) is bytes else value for value in values]
    hasher = blake2b(repr(head).encode(), digest_size=8)
    for value in values:
        if type(value) is bytes:
            hasher.update(value)
    return int.from_bytes(hasher.digest(), "big", signed=True)


def of_fact(
    engram: int, scope: int, recorded: float, at: float | None, teller: int, text: str
) -> int:
    """The sum of a fact; `at` as it is stored, None where it is when it was told."""
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
    """The table of that name, which has sums."""
    return next(table for table in tables(connection) if table.name == name)


def prepare(connection: sqlite3.Connection) -> None:
    """Let statements of this connection ask for the sum of a row."""
    connection.create_function(_FUNCTION, -1, digest, deterministic=True)


def create_triggers(
    connection: sqlite3.Connection, inserted: tuple[tuple[str, str], ...] = ()
) -> None:
    """Keep the sums of all that this connection writes.

    `inserted` has statements that run in the same trigger as the sum of a new row: table, SQL. One
    trigger does both, since each that is made costs the opening of a library a tenth of a
    millisecond. The one of facts is not called for a row that brings its sum.
    """
    prepare(connection)
    connection.execute("PRAGMA temp_store=MEMORY")
    for statement in _triggers(tables(connection), inserted):
        connection.execute(statement)


def fill(connection: sqlite3.Connection) -> int:
    """Give a sum to every row without one; how many there were. Inside a transaction."""
    prepare(connection)
    return sum(
        connection.execute(
            f"UPDATE {table.name} SET sum = {table.sum(table.name)} WHERE sum IS NULL"
        ).rowcount
        for table in tables(connection)
    )


def accept(connection: sqlite3.Connection, table: Summed, keys: list[tuple[object, ...]]) -> None:
    """Take rows for whole as they are now."""
    prepare(connection)
    condition = " AND ".join(f'"{column}" = ?' for column in table.key)
    connection.executemany(
        f"UPDATE {table.name} SET sum = {table.sum(table.name)} WHERE {condition}", keys
    )


def damaged(
    connection: sqlite3.Connection, table: Summed
) -> Iterator[tuple[tuple[object, ...], bool]]:
    """The keys of the rows that are not as they were written; True where one has no sum at all."""
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
    """The trigger for other words in an engram; its fact or note was whole with the old ones."""
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
