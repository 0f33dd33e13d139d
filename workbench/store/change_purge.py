"""Takes out of the log of changes what goes from a library for good."""

import json
import sqlite3
from collections.abc import Iterable

from workbench.store.changes import drop_empty, recorder_of


def purge(connection: sqlite3.Connection, engrams: Iterable[int]) -> None:
    """Forget the steps in which rows of these engrams were changed.

    To be called for what goes for good; what an act removes is to come back with it.
    """
    _purge(connection, "IN (SELECT value FROM json_each(?))", json.dumps(list(engrams)))


def purge_sources(connection: sqlite3.Connection, sources: Iterable[int]) -> None:
    """Forget what was changed of these sources; of others the same acts can be undone still."""
    if recorder_of(connection).is_active:
        return
    touched = connection.execute(
        "DELETE FROM change_item WHERE owner IN (SELECT value FROM json_each(?)) RETURNING change",
        (json.dumps([-source for source in sources]),),
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
        # What these came from, as by an edit, is there no more: what was done of it goes as well.
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
    """Count anew how much changes take of which something was forgotten; empty ones go."""
    connection.executemany(
        "UPDATE change SET bytes = (SELECT coalesce(sum(length(name) + length(key) + "
        "coalesce(length(before), 0) + coalesce(length(after), 0)), 0) FROM change_item "
        "WHERE change = id) WHERE id = ?",
        list(touched),
    )
    if touched:
        drop_empty(connection)
