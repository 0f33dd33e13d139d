"""Migrations to the present schema, from those of earlier editions.

Version 100 stored the claims of a statement beside it, which are now read from its text. Version
101 had tables of their own for what is now a column, a row of `meta` or a count
(`migration.sql`), 102 several logs of what can be undone, 103 boxes and ease. Nothing that people
wrote is changed, and a damaged row remains damaged.
"""

import re
import sqlite3
from dataclasses import replace
from functools import cache

from workbench.store import checksums, schema

#: The oldest version that is migrated, and all that can be opened.
OLDEST = 100
VERSIONS = (OLDEST, 101, 102, 103, schema.VERSION)

_CREATED = re.compile(r"CREATE (?:UNIQUE )?(TABLE|INDEX|TRIGGER) (\w+)")
#: What earlier versions did not have, by the first that had it.
_NEW = {
    102: (("INDEX", "source_original"),),
    103: (
        ("TABLE", "change"),
        ("TABLE", "change_item"),
        ("TABLE", "waiting"),
        ("INDEX", "change_item_owner"),
    ),
    104: (),
}
#: Tables that get or lose columns, and those that they lose.
_ALTERED = {
    "collection": (), "fact": ("claims",), "review": ("box", "ease"), "source": (),
    "strength": (), "watched": (),
}  # fmt: skip
#: The rows that come instead of others, by table: their keys.
_INSERTED = {
    "meta": "SELECT key FROM meta WHERE key IN ('sleep_days', 'asked', 'alerts', 'alerts_raised') "
    "OR key GLOB 'capacity:*'",
    "sight": "SELECT space, first, number FROM sight WHERE number = 0",
}
#: Acts that can be undone say nothing of columns that are gone.
_RELOG = (
    "UPDATE change_item SET before = json_remove(before, '$.box', '$.ease'), "
    "after = json_remove(after, '$.box', '$.ease'), sum = NULL WHERE name = 'review'"
)


def migrate_tables(connection: sqlite3.Connection) -> None:
    """Give a library of an earlier version the present tables, inside a transaction.

    The counts of rows are the caller's.
    """
    checksums.prepare(connection)
    connection.create_function("exact", 1, repr, deterministic=True)
    present = _by_name(schema.statements())
    existing = connection.execute(
        "SELECT upper(type), name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
    ).fetchall()
    for kind, name, sql in existing:
        if kind != "TABLE" and present.get((kind, name)) != sql:
            connection.execute(f"DROP {kind} {name}")
    previous = {name: checksums.table(connection, name) for name in _ALTERED}
    before = {(kind, name) for kind, name, _ in existing}
    if ("TABLE", "awake") in before:
        for statement in schema.statements("migration.sql"):
            connection.execute(statement)
        for name, query in _INSERTED.items():
            keys = connection.execute(query).fetchall()
            checksums.accept(connection, checksums.table(connection, name), keys)
    if "box" in previous["review"].columns:
        for statement in schema.statements("migration_103.sql"):
            connection.execute(statement)
    for name, table in previous.items():
        _renew_sums(connection, table, checksums.table(connection, name))
        for column in set(_ALTERED[name]) & set(table.columns):
            connection.execute(f"ALTER TABLE {name} DROP COLUMN {column}")
    for sql in present.values():
        connection.execute(re.sub("(TABLE|INDEX|TRIGGER)", r"\1 IF NOT EXISTS", sql, count=1))
    if ("TABLE", "change") not in before:
        for statement in schema.statements("migration_102.sql"):
            connection.execute(statement)
    connection.execute(_RELOG)
    for kind, name, _ in existing:
        if kind == "TABLE" and (kind, name) not in present:
            connection.execute(f"DROP TABLE {name}")
    checksums.fill(connection)


def _renew_sums(
    connection: sqlite3.Connection, previous: checksums.Summed, altered: checksums.Summed
) -> None:
    """Give the rows of a table that are whole the sums that they have with its present columns."""
    columns = tuple(column for column in altered.columns if column not in _ALTERED[altered.name])
    renewed = replace(altered, columns=columns).sum(altered.name)
    if columns != previous.columns:
        connection.execute(
            f"UPDATE {altered.name} SET sum = {renewed} WHERE sum IS {previous.sum(altered.name)}"
        )


def _by_name(statements: tuple[str, ...]) -> dict[tuple[str, str], str]:
    """The statements by what they create: its kind and name."""
    created = ((_CREATED.match(sql), sql) for sql in statements)
    return {(match[1], match[2]): sql for match, sql in created if match}


@cache
def statements(version: int) -> tuple[str, ...]:
    """The statements that create the tables, indexes and triggers of one of `VERSIONS`."""
    created = _by_name(schema.statements())
    for number in (104, 103, 102):
        if version < number:
            created |= _by_name(schema.statements(f"version_{number - 1}.sql"))
            for key in _NEW[number]:
                del created[key]
    if version == OLDEST:
        table = created["TABLE", "fact"]
        created["TABLE", "fact"] = table.replace(" sum INTEGER", " claims BLOB, sum INTEGER")
    # Tables before what stands on them.
    return tuple(created[key] for key in sorted(created, key=lambda key: key[0] != "TABLE"))
