"""The schema of a `.brain` file, the statements of `schema.sql`, and its version."""

import sqlite3
import time
import uuid
from functools import cache
from pathlib import Path

#: "Engr" in ASCII, by which `file` recognises a library.
APPLICATION_ID = 0x456E6772
#: `user_version` of the schema in `schema.sql`.
VERSION = 108


def create(connection: sqlite3.Connection) -> None:
    """Create the schema and a new identity in an empty file, inside a transaction.

    Triggers, checksums and counts are left to the caller.
    """
    for statement in statements():
        connection.execute(statement)
    assign_identity(connection)


def assign_identity(connection: sqlite3.Connection) -> None:
    """Store a new id and the time of creation."""
    connection.executemany(
        "INSERT INTO meta(key, value) VALUES (?, ?)",
        [("library_id", uuid.uuid4().hex), ("created", time.time())],
    )


@cache
def statements(file: str = "schema.sql") -> tuple[str, ...]:
    """The statements of a file, split at their ends.

    `executescript` would commit the transaction.
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
