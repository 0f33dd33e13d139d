"""Deletes forgotten facts from the versions of their scope."""

import json
import sqlite3
from collections.abc import Callable, Sequence

from workbench.store import versions
from workbench.store.exported_facts import Record

Holds = Callable[[str], bool]


def everything(connection: sqlite3.Connection, scope: int) -> int:
    """Drop all versions of a scope; returns how many there were."""
    return versions.clear(connection, scope)


def these(connection: sqlite3.Connection, ids: Sequence[int]) -> int:
    """Take these facts and notes out of all versions, before they go; returns how many places.

    They are known by their ids, by those that they had before they were edited, and by their words.
    """
    asked = json.dumps(list(ids))
    by_scope: dict[int, set[tuple[str, str]]] = {}
    for scope, kind, words in connection.execute(
        "SELECT coalesce(f.scope, n.scope), coalesce(n.kind, 'fact'), coalesce(n.key, e.text) "
        "FROM engram e LEFT JOIN fact f ON f.engram = e.id LEFT JOIN note n ON n.engram = e.id "
        "WHERE e.id IN (SELECT value FROM json_each(?)) AND coalesce(f.scope, n.scope) NOT NULL",
        (asked,),
    ):
        by_scope.setdefault(scope, set()).add((kind, words))
    meant = set(ids) | _former(connection, asked)

    def touched(scope: int, said: set[tuple[str, str]]) -> int:
        return versions.rewrite(
            connection,
            scope,
            lambda record: None if record["id"] in meant or _said(record) in said else record,
        )

    return sum(touched(scope, said) for scope, said in by_scope.items())


def _said(record: Record) -> tuple[str, str]:
    return record["kind"], record["text"] if record["kind"] == "fact" else record["key"]


def matching(
    connection: sqlite3.Connection,
    scope: int,
    ids: Sequence[int],
    holds: Holds | None,
    source: str | None,
) -> int:
    """Take facts out of the versions of a scope: these, and those whose words `holds` says are so.

    With `source` of these only what that source said, and of that what nobody else says.
    """
    meant = set(ids) | _former(connection, json.dumps(list(ids)))

    def change(record: Record) -> Record | None:
        if record["kind"] != "fact":
            return record
        if not (record["id"] in meant or (holds is not None and holds(record["text"]))):
            return record
        if source is None:
            return None
        by = [each for each in record["by"] if each[0] != source]
        if len(by) == len(record["by"]):
            return record
        return {**record, "by": by} if by else None

    return versions.rewrite(connection, scope, change)


def _former(connection: sqlite3.Connection, asked: str) -> set[int]:
    rows = connection.execute(
        "SELECT former FROM wording WHERE engram IN (SELECT value FROM json_each(?))", (asked,)
    )
    return {int(row[0]) for row in rows}
