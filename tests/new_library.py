"""New libraries, copied from one: making the tables anew is most of what opening one takes.

Each has an identity of its own, as if it had been made from nothing; how that is done is tested in
`tests/store`.
"""

import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path

from workbench.store import checksums, file, schema


@cache
def _made() -> bytes:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute(f"PRAGMA page_size={file.PAGE_SIZE}")
        file.guard(connection)
        file.migrate(connection, Path("new.brain"))
        return connection.serialize()


def content() -> bytes:
    """What the file of a new library has in it."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.deserialize(_made())
        file.guard(connection)
        connection.execute("DELETE FROM meta WHERE key IN ('library_id', 'created')")
        schema.assign_identity(connection)
        changed: list[tuple[object, ...]] = [("library_id",), ("created",)]
        checksums.accept(connection, checksums.table(connection, "meta"), changed)
        return connection.serialize()
