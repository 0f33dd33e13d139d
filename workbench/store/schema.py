"""The tables of a `.brain` file: `schema.sql` beside, as statements, and its version."""

import sqlite3
import time
import uuid
from functools import cache
from pathlib import Path

#: "Engr" in ASCII: what `file` and other programs know a library by.
APPLICATION_ID = 0x456E6772
#: `user_version` of a library that has the tables of `schema.sql`.
VERSION = 107


def create(connection: sqlite3.Connection) -> None:
    """Make an empty file a library with an identity of its own, inside a transaction.

    Its record, checksums and counts are left to the caller, who holds the transaction.
    """
    for statement in statements():
        connection.execute(statement)
    assign_identity(connection)


def assign_identity(connection: sqlite3.Connection) -> None:
    """Tell a new library from all others, and when it was made."""
    connection.executemany(
        "INSERT INTO meta(key, value) VALUES (?, ?)",
        [("library_id", uuid.uuid4().hex), ("created", time.time())],
    )


@cache
def statements(file: str = "schema.sql") -> tuple[str, ...]:
    """The statements of a file, as those that create tables, indexes and triggers.

    `executescript` would commit the transaction around it.
    """
    created, current = [], ""
    text = Path(__file__).with_name(file).read_text(encoding="utf-8")
    for line in text.splitlines(keepends=True):
        if current or (line.strip() and not line.startswith("--")):
            current += line
        if sqlite3.complete_statement(current):
            created.append(current.strip().removesuffix(";"))
            current = ""
    return tuple(created)
