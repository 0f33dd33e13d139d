"""Removes permanently deleted rows from the log of changes."""

import json
import sqlite3
from collections.abc import Iterable

from workbench.store.changes import drop_empty, recorder_of
from workbench.store.queries import execute


def purge(connection: sqlite3.Connection, engrams: Iterable[int]) -> None:
    """Delete the recorded steps that changed rows of these engrams.

    For permanent deletion only; removals that can be undone need their steps.
    """
    _purge(connection, "IN (SELECT value FROM json_each(?))", json.dumps(list(engrams)))


def purge_sources(connection: sqlite3.Connection, sources: Iterable[int]) -> None:
    """Delete the recorded items of these sources; the rest of their acts can be undone."""
    if recorder_of(connection).is_active:
        return
    touched = execute(
        connection,
        "DELETE FROM change_item WHERE owner IN (SELECT value FROM json_each(?)) RETURNING change",
        [-source for source in sources],
    )
    _recount(connection, {*touched.fetchall()})


def purge_between(connection: sqlite3.Connection, first: int, last: int) -> None:
    """`purge` for a range of engrams."""
    _purge(connection, "BETWEEN ? AND ?", first, last)


def _purge(connection: sqlite3.Connection, owned: str, *values: object) -> None:
    if recorder_of(connection).is_active:
        return
    steps: set[tuple[int, int]] = set()
    while True:
        owned_steps = connection.execute(
            f"SELECT DISTINCT change, step FROM change_item WHERE owner {owned}", values
        ).fetchall()
        if steps.issuperset(owned_steps):
            break
        steps.update(owned_steps)
        # Engrams that these were derived from, as by an edit, no longer exist: purge their steps,
        # too.
        rows = connection.execute(
            "SELECT i.owner FROM json_each(?) s JOIN change_item i ON i.change = s.value ->> 0 "
            "AND i.step = s.value ->> 1 WHERE i.owner > 0 "
            "AND NOT EXISTS (SELECT 1 FROM engram WHERE id = i.owner)",
            (json.dumps(owned_steps),),
        )
        owned, values = (
            "IN (SELECT value FROM json_each(?))",
            (json.dumps([id for (id,) in {*rows}]),),
        )
    connection.executemany("DELETE FROM change_item WHERE change = ? AND step = ?", list(steps))
    _recount(connection, {(change,) for change, _ in steps})


def _recount(connection: sqlite3.Connection, touched: set[tuple[int]]) -> None:
    """Recompute the sizes of changes after a purge; delete empty ones."""
    connection.executemany(
        "UPDATE change SET bytes = (SELECT coalesce(sum(length(name) + length(key) + "
        "coalesce(length(before), 0) + coalesce(length(after), 0)), 0) FROM change_item "
        "WHERE change = id) WHERE id = ?",
        list(touched),
    )
    if touched:
        drop_empty(connection)
