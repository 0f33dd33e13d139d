"""The one migration: from the schema of the second edition, version 100, to the present one.

Version 100 stored the claims of a statement beside it; they are now read from its text. Nothing
that people wrote is changed.
"""

import sqlite3
from dataclasses import replace

from workbench.store import checksums, schema

#: The version that is migrated, and all that can be opened.
PREVIOUS = 100
VERSIONS = (PREVIOUS, schema.VERSION)


def migrate_tables(connection: sqlite3.Connection) -> None:
    """Remove the claims of version 100, inside a transaction; a damaged row remains damaged.

    The record of the migration, its checksum and the counts of rows are the caller's.
    """
    table = checksums.table(connection, "fact")
    columns = tuple(name for name in table.columns if name != "claims")
    migrated = replace(table, columns=columns).sum("fact")
    checksums.prepare(connection)
    connection.execute(f"UPDATE fact SET sum = {migrated} WHERE sum IS {table.sum('fact')}")
    connection.execute("ALTER TABLE fact DROP COLUMN claims")


def statements(version: int) -> tuple[str, ...]:
    """The statements that create the tables, indexes and triggers of one of `VERSIONS`."""
    created = [sql for sql in schema.statements() if sql.startswith("CREATE")]
    if version == PREVIOUS:
        table = schema.table("fact")
        created[created.index(table)] = table.replace(" sum INTEGER", " claims BLOB, sum INTEGER")
    return tuple(created)
