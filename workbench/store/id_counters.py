"""The id counters of AUTOINCREMENT tables (`sqlite_sequence`), which have no checksum.

A counter that is too low makes ids collide, one that is too high exhausts them.
"""

import sqlite3
from collections.abc import Iterator

from workbench.store import failures
from workbench.store.queries import select_one

#: Ids are consecutive, so no valid counter gets this high.
MAX_ID = 1 << 48


def highest(connection: sqlite3.Connection, table: str) -> int:
    """The highest id ever used, 0 for none."""
    row = select_one(connection, "SELECT seq FROM sqlite_sequence WHERE name = ?", table)
    if row is None:
        return 0
    if not isinstance(row[0], int):
        raise failures.corrupt(f"the counter of ids of {table} is no number")
    return row[0]


def faults(connection: sqlite3.Connection) -> Iterator[str]:
    """Counters that cannot be right, as sentences."""
    for table, _ in _wrong(connection):
        yield f"The counter of ids of {table} is not as it was written."


def mend(connection: sqlite3.Connection) -> Iterator[str]:
    """Reset wrong counters to the highest existing id. Inside a transaction."""
    wrong, counters = list(_wrong(connection)), set(_counter_tables(connection))
    connection.execute(
        "DELETE FROM sqlite_sequence WHERE name IS NULL OR name NOT IN "
        "(SELECT name FROM sqlite_schema WHERE type = 'table')"
    )
    for table, highest in wrong:
        if table not in counters:
            continue
        connection.execute("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
        connection.execute("INSERT INTO sqlite_sequence(name, seq) VALUES (?, ?)", (table, highest))
        yield f"The counter of ids of {table} was set to the highest id there is, {highest}."


def _wrong(connection: sqlite3.Connection) -> Iterator[tuple[str, int]]:
    """Tables with a wrong counter, and their highest ids."""
    counters: dict[str, list[object]] = {}
    for name, seq in connection.execute("SELECT name, seq FROM sqlite_sequence"):
        counters.setdefault(str(name), []).append(seq)
    for table in _counter_tables(connection):
        (highest,) = select_one(connection, f"SELECT coalesce(max(rowid), 0) FROM {table}")
        result = counters.pop(table, [0] if not highest else [])
        if len(result) != 1 or type(result[0]) is not int or not highest <= result[0] < MAX_ID:
            yield table, highest
    for name in counters:
        yield name, 0


def _counter_tables(connection: sqlite3.Connection) -> list[str]:
    """The AUTOINCREMENT tables."""
    return [
        name
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%'"
        )
    ]
