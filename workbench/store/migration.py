"""Migrations to the present schema, from those of earlier editions.

Version 100 stored the claims of a statement beside it, which are now read from its text. Version
101 had tables of their own for what is now a column, a row of `meta` or a count. Nothing that
people wrote is changed, and a damaged row remains damaged.
"""

import re
import sqlite3
from functools import cache

from workbench.store import checksums, meta, schema

#: The oldest version that is migrated, and all that can be opened.
OLDEST = 100
VERSIONS = (OLDEST, 101, schema.VERSION)

_CREATED = re.compile(r"CREATE (?:UNIQUE )?(TABLE|INDEX|TRIGGER) (\w+)")
#: Columns that went, by table.
_DROPPED = {"fact": "claims"}
#: Columns that came, by table, with what fills them.
_ADDED: dict[str, tuple[str, str]] = {}
#: Rows of `meta` that hold what tables held: the key and the value of each, as SQL.
_META = ("SELECT 'sleep_days', json_group_array(day) FROM (SELECT day FROM awake ORDER BY day)",)


def migrate_tables(connection: sqlite3.Connection) -> None:
    """Give a library of an earlier version the present tables, inside a transaction.

    The counts of rows are the caller's.
    """
    checksums.prepare(connection)
    present = _named(schema.statements())
    for kind, name, sql in connection.execute(
        "SELECT upper(type), name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') "
        "AND sql IS NOT NULL"
    ).fetchall():
        if present.get((kind, name)) != sql:
            connection.execute(f"DROP {kind} {name}")
    for query in _META:
        _store(connection, connection.execute(query).fetchall())
    for table in sorted({*_DROPPED, *_ADDED}):
        _alter(connection, table)
    existing = set(
        connection.execute(
            "SELECT upper(type), name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
        )
    )
    for kind, name in sorted(existing - present.keys()):
        connection.execute(f"DROP {kind} {name}")
    for key, sql in present.items():
        if key not in existing:
            connection.execute(sql)


def _store(connection: sqlite3.Connection, rows: list[tuple[str, meta.Value]]) -> None:
    for key, value in rows:
        meta.put(connection, key, value)
    keys: list[tuple[object, ...]] = [(key,) for key, _ in rows]
    checksums.accept(connection, checksums.table(connection, "meta"), keys)


def _alter(connection: sqlite3.Connection, name: str) -> None:
    """Add and drop the columns of a table; its rows that are whole get another sum."""
    previous = checksums.table(connection, name)
    if name in _ADDED:
        column, values = _ADDED[name]
        connection.execute(f"ALTER TABLE {name} ADD COLUMN {column}")
        connection.execute(values)
    present = checksums.table(connection, name)
    dropped = _DROPPED.get(name)
    columns = tuple(column for column in present.columns if column != dropped)
    if columns != previous.columns:
        migrated = checksums.Summed(name, present.key, columns, present.texts, present.free).sum(
            name
        )
        connection.execute(f"UPDATE {name} SET sum = {migrated} WHERE sum IS {previous.sum(name)}")
    if dropped in present.columns:
        connection.execute(f"ALTER TABLE {name} DROP COLUMN {dropped}")


def _named(statements: tuple[str, ...]) -> dict[tuple[str, str], str]:
    """The statements by what they create: its kind and name."""
    created = {match.groups(): sql for sql in statements if (match := _CREATED.match(sql))}
    return {(kind, name): sql for (kind, name), sql in created.items()}


@cache
def statements(version: int) -> tuple[str, ...]:
    """The statements that create the tables, indexes and triggers of one of `VERSIONS`."""
    created = _named(schema.statements())
    if version < schema.VERSION:
        created |= _named(schema.statements("version_101.sql"))
    if version == OLDEST:
        table = created["TABLE", "fact"]
        created["TABLE", "fact"] = table.replace(" sum INTEGER", " claims BLOB, sum INTEGER")
    # Tables before what stands on them.
    return tuple(created[key] for key in sorted(created, key=lambda key: key[0] != "TABLE"))
