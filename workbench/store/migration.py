"""Migrations from the schemas of earlier versions.

Version 100 stored the claims of statements, which are now read from their texts. The schema
differences of each later version are in `version_N.sql`, and the conversion of its rows to the next
in `migration_N.sql`. Texts of users are not changed, and damaged rows stay damaged.
"""

import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from functools import cache

from workbench.store import checksums, schema

#: The oldest version that can be migrated, and all that can be opened.
OLDEST = 100
VERSIONS = tuple(range(OLDEST, schema.VERSION + 1))

_DEFINED = re.compile(r"(?:CREATE (?:UNIQUE )?|DROP )(TABLE|INDEX|TRIGGER) (\w+)")
#: Tables that are rebuilt, as a foreign key was dropped or the primary key changed.
_REBUILT = ("model_triple", "vault_record", "vector")


def migrate_tables(connection: sqlite3.Connection) -> None:
    """Migrate a library to the current tables, inside a transaction.

    The caller recounts rows.
    """
    checksums.prepare(connection)
    connection.create_function("exact", 1, repr, deterministic=True)
    connection.create_function("lowered", 1, str.lower, deterministic=True)
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    present = _by_name(schema.statements())
    with closing(sqlite3.connect(":memory:")) as empty:
        for statement in schema.statements():
            empty.execute(statement)
        columns = {table.name: table.columns for table in checksums.tables(empty)}
    altered = [
        table
        for table in checksums.tables(connection)
        if columns.get(table.name, table.columns) != table.columns
    ]
    existing = connection.execute(
        "SELECT upper(type), name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
    ).fetchall()
    for kind, name, sql in existing:
        if kind != "TABLE" and present.get((kind, name)) != sql:
            connection.execute(f"DROP {kind} {name}")
    for name in _REBUILT:
        connection.execute(f"ALTER TABLE {name} RENAME TO former_{name}")
    _create(connection, present, "TABLE")
    for name in _REBUILT:
        shared = ", ".join(
            column
            for (column,) in connection.execute(
                "SELECT name FROM pragma_table_info(?)", (f"former_{name}",)
            )
        )
        connection.execute(f"INSERT INTO {name}({shared}) SELECT {shared} FROM former_{name}")
        connection.execute(f"DROP TABLE former_{name}")
    for number in range(max(version, 101), schema.VERSION):
        for statement in schema.statements(f"migration_{number}.sql"):
            connection.execute(statement)
    for table in altered:
        # Recompute the checksums of undamaged rows for the current columns.
        name, present_columns = table.name, columns[table.name]
        renewed = replace(checksums.table(connection, name), columns=present_columns).sum(name)
        connection.execute(f"UPDATE {name} SET sum = {renewed} WHERE sum IS {table.sum(name)}")
        for column in set(table.columns) - set(present_columns):
            connection.execute(f"ALTER TABLE {name} DROP COLUMN {column}")
    for kind, name, _ in existing:
        if kind == "TABLE" and (kind, name) not in present:
            connection.execute(f"DROP TABLE {name}")
    _create(connection, present, "INDEX", "TRIGGER")
    checksums.fill(connection)


def _create(
    connection: sqlite3.Connection, present: dict[tuple[str, str], str], *kinds: str
) -> None:
    """Create missing schema objects of these kinds."""
    for (kind, _), sql in present.items():
        if kind in kinds:
            connection.execute(sql.replace(kind, f"{kind} IF NOT EXISTS", 1))


def _by_name(statements: tuple[str, ...]) -> dict[tuple[str, str], str]:
    """The statements by kind and name of what they create or drop."""
    defined = ((_DEFINED.match(sql), sql) for sql in statements)
    return {(match[1], match[2]): sql for match, sql in defined if match}


@cache
def statements(version: int) -> tuple[str, ...]:
    """The statements that create the schema of one of `VERSIONS`."""
    created = _by_name(schema.statements())
    for number in range(schema.VERSION - 1, max(version, 101) - 1, -1):
        created |= _by_name(schema.statements(f"version_{number}.sql"))
    if version == OLDEST:
        table = created["TABLE", "fact"]
        created["TABLE", "fact"] = table.replace(" sum INTEGER", " claims BLOB, sum INTEGER")
    # Tables before their indexes and triggers.
    names = sorted(created, key=lambda key: key[0] != "TABLE")
    return tuple(created[key] for key in names if created[key].startswith("CREATE"))
