"""Which background work of a library failed last, and why, until it goes well again."""

import sqlite3

from workbench.store import meta

_KEY = "failed_work"


def failed(connection: sqlite3.Connection) -> dict[str, str]:
    """Why each kind of work failed, by its name."""
    return dict(meta.load(connection, _KEY) or {})


def note(connection: sqlite3.Connection, name: str, sentence: str) -> None:
    """Store why the work of this name failed; "" where it went well."""
    rows = failed(connection)
    rows.pop(name, None)
    if sentence:
        rows[name] = sentence
    meta.dump(connection, _KEY, rows)
