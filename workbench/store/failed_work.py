"""The last failures of a library's background work."""

import sqlite3

from workbench.store import meta

_KEY = "failed_work"


def failed(connection: sqlite3.Connection) -> dict[str, str]:
    """Failure messages by the name of the work."""
    return dict(meta.load(connection, _KEY) or {})


def note(connection: sqlite3.Connection, name: str, sentence: str) -> None:
    """Store the failure message of a kind of work; "" after success."""
    rows = failed(connection)
    rows.pop(name, None)
    if sentence:
        rows[name] = sentence
    meta.dump(connection, _KEY, rows)
