"""Which background work of a library failed last, and why, until it goes well again."""

import json
import sqlite3

from workbench.store import meta

_KEY = "failed_work"


def failed(connection: sqlite3.Connection) -> dict[str, str]:
    """Why each kind of work failed, by its name."""
    stored = meta.get(connection, _KEY)
    return {} if stored is None else dict(json.loads(str(stored)))


def note(connection: sqlite3.Connection, name: str, sentence: str) -> None:
    """Store why the work of this name failed; "" where it went well."""
    rows = failed(connection)
    rows.pop(name, None)
    if sentence:
        rows[name] = sentence
    if rows:
        meta.put(connection, _KEY, json.dumps(rows))
    else:
        meta.remove(connection, _KEY)
