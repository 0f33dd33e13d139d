"""Deletes forgotten facts from the versions of their scope."""

import json
import sqlite3
from collections.abc import Callable, Sequence

from workbench.store import versions
from workbench.store.exported import Record

Matches = Callable[[str], bool]


def drop_all(connection: sqlite3.Connection, scope: int) -> int:
    """Delete all versions of a scope; returns how many."""
    return versions.clear(connection, scope)


def drop_memories(connection: sqlite3.Connection, ids: Sequence[int]) -> int:
    """Remove these facts and notes, before their deletion, from all versions; returns how many.

    They are identified by id, by ids before edits, and by text.
    """
    ids_json = json.dumps(list(ids))
    by_scope: dict[int, set[tuple[str, str]]] = {}
    for scope, kind, words in connection.execute(
        "SELECT coalesce(f.scope, n.scope), coalesce(n.kind, 'fact'), coalesce(n.key, e.text) "
        "FROM engram e LEFT JOIN fact f ON f.engram = e.id LEFT JOIN note n ON n.engram = e.id "
        "WHERE e.id IN (SELECT value FROM json_each(?)) AND coalesce(f.scope, n.scope) NOT NULL",
        (ids_json,),
    ):
        by_scope.setdefault(scope, set()).add((kind, words))
    all_ids = set(ids) | _former_ids(connection, ids_json)

    def touched(scope: int, identities: set[tuple[str, str]]) -> int:
        return versions.rewrite(
            connection,
            scope,
            lambda record: (
                None if record["id"] in all_ids or _identity(record) in identities else record
            ),
        )

    return sum(touched(scope, identities) for scope, identities in by_scope.items())


def _identity(record: Record) -> tuple[str, str]:
    return record["kind"], record["text"] if record["kind"] == "fact" else record["key"]


def matching(
    connection: sqlite3.Connection,
    scope: int,
    ids: Sequence[int],
    matches: Matches | None,
    source: str | None,
) -> int:
    """Remove facts from the versions of a scope: these, and those whose text satisfies `matches`.

    With `source` they lose that source, and only those without another are removed.
    """
    all_ids = set(ids) | _former_ids(connection, json.dumps(list(ids)))

    def change(record: Record) -> Record | None:
        if record["kind"] != "fact":
            return record
        if not (record["id"] in all_ids or (matches is not None and matches(record["text"]))):
            return record
        if source is None:
            return None
        by = [teller for teller in record["by"] if teller[0] != source]
        if len(by) == len(record["by"]):
            return record
        return {**record, "by": by} if by else None

    return versions.rewrite(connection, scope, change)


def _former_ids(connection: sqlite3.Connection, ids_json: str) -> set[int]:
    rows = connection.execute(
        "SELECT former FROM wording WHERE engram IN (SELECT value FROM json_each(?))", (ids_json,)
    )
    return {int(row[0]) for row in rows}
