"""A library of version 100: told statements with packed claims beside them, and no index."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from workbench.store import checksums, migration, row_counts, schema

#: What version 100 stored of a statement's claims; nobody reads it any more.
_PACKED = b"\x01packed"


def write(path: Path, statements: Iterable[tuple[int, str]]) -> Path:
    """Write a library of statements with their scopes, 0 or 1, the collection “Barn”."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        for statement in migration.statements(migration.OLDEST):
            connection.execute(statement)
        schema.assign_identity(connection)
        connection.execute("INSERT INTO collection(name, created) VALUES ('Barn', 1)")
        for number, (scope, text) in enumerate(statements, start=1):
            connection.execute(
                "INSERT INTO engram(id, kind, start, end, text) VALUES (?, 'fact', 0, ?, ?)",
                (number, len(text), text),
            )
            connection.execute(
                "INSERT INTO fact(engram, scope, told, teller, claims) VALUES (?, ?, ?, 0, ?)",
                (number, scope, 1.5e9 + number, _PACKED),
            )
        row_counts.recount(connection)
        checksums.fill(connection)
        connection.execute("COMMIT")
        connection.execute(f"PRAGMA application_id={schema.APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version={migration.OLDEST}")
    return path


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """What was told, and how: every row of these tables, whatever the version."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        return {
            query: connection.execute(query).fetchall()
            for query in (
                "SELECT engram, scope, told, at, teller FROM fact ORDER BY engram",
                "SELECT * FROM engram ORDER BY id",
            )
        }
