"""A new library: what all migrations lead to, written in one transaction.

Migrations move what older libraries hold, which takes most of the time of making a new one though
there is nothing to move. So they run in memory, once in a process, and what they leave is written:
a library is there whole or not at all, and its tables are those of a library that came all the way.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from workbench.store.schema import Migration, give_identity

#: Tables first: indexes and triggers are made on them.
_MADE = """
SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%'
ORDER BY type != 'table', rowid
"""
_TABLES = """
SELECT name FROM sqlite_master
WHERE type = 'table' AND (name NOT LIKE 'sqlite%' OR name = 'sqlite_sequence')
"""


@dataclass(frozen=True, slots=True)
class _Blank:
    """Statements that make tables, and those that fill some of them, with their rows."""

    made: tuple[str, ...]
    filled: tuple[tuple[str, tuple[tuple[Any, ...], ...]], ...]


def write(connection: sqlite3.Connection, migrations: Sequence[Migration]) -> None:
    """Make an empty file what these migrations would make of it, with an identity of its own.

    Records of migrations are left to the caller, who holds the transaction.
    """
    blank = _blank(tuple(migrations))
    for statement in blank.made:
        connection.execute(statement)
    for statement, rows in blank.filled:
        connection.executemany(statement, rows)
    give_identity(connection)


def statements(migrations: Sequence[Migration]) -> tuple[str, ...]:
    """What makes the tables, indexes and triggers that these migrations lead to, in order."""
    return _blank(tuple(migrations)).made


@lru_cache(maxsize=4)
def _blank(migrations: tuple[Migration, ...]) -> _Blank:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for migration in migrations:
            migration(connection)
        connection.execute("DELETE FROM meta WHERE key IN ('library_id', 'created')")
        made = tuple(sql for (sql,) in connection.execute(_MADE))
        filled = []
        for (table,) in connection.execute(_TABLES).fetchall():
            rows = tuple(connection.execute(f'SELECT * FROM "{table}"'))
            if rows:
                marks = ", ".join("?" * len(rows[0]))
                filled.append((f'INSERT INTO "{table}" VALUES ({marks})', rows))
    finally:
        connection.close()
    return _Blank(made, tuple(filled))
