"""Small facts about the library itself: its id, when it was made, whether the queue rests."""

import sqlite3

LIBRARY_ID = "library_id"
CREATED = "created"

Value = str | int | float | bytes


def get(connection: sqlite3.Connection, key: str) -> Value | None:
    """The value stored under `key`, or None."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return None if row is None else row[0]


def put(connection: sqlite3.Connection, key: str, value: Value) -> None:
    """Store `value` under `key`."""
    connection.execute(
        "INSERT INTO meta(key, value) VALUES (?, ?) "
        "ON CONFLICT(key) DO UPDATE SET value = excluded.value",
        (key, value),
    )


def remove(connection: sqlite3.Connection, key: str) -> None:
    """Forget `key`."""
    connection.execute("DELETE FROM meta WHERE key = ?", (key,))
