"""Rows of any table that refer to an engram and are deleted with it.

Which tables those are is read from the library itself, so that none is forgotten that came later.
"""

import base64
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

#: Told by those who read and write them, or derived.
_OWN = frozenset(
    ("fact", "note", "said", "strength", "link", "merged", "mark", "wording", "fiber", "untraced")
)
#: Rows of tables: each is a record by column.
Images = dict[str, list[dict[str, Any]]]
#: A table and its columns that name an engram.
Hanging = tuple[tuple[str, tuple[str, ...]], ...]


def tables(connection: sqlite3.Connection) -> Hanging:
    """The tables that name engrams, but for those of facts themselves, each with its columns."""
    results: list[tuple[str, tuple[str, ...]]] = []
    names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    for (table,) in names.fetchall():
        keys = connection.execute(f"PRAGMA foreign_key_list({table})").fetchall()
        columns = tuple(sorted(key[3] for key in keys if key[2] == "engram"))
        if columns and table not in _OWN:
            results.append((table, columns))
    return tuple(results)


def images(connection: sqlite3.Connection, engram: int, hanging: Hanging) -> Images:
    """All rows that name an engram, with the summaries that such rows are members of."""
    results: Images = {}
    for table, columns in hanging:
        test = " OR ".join(f"{column} = :engram" for column in columns)
        rows = _records(connection, f"SELECT * FROM {table} WHERE {test}", {"engram": engram})
        if rows:
            results[table] = rows
    members = results.get("summary_member")
    if members:
        summaries = json.dumps([row["summary"] for row in members])
        for table, column in (("summary", "id"), ("summary_member", "summary")):
            results[table] = _records(
                connection,
                f"SELECT * FROM {table} WHERE {column} IN (SELECT value FROM json_each(:ids))",
                {"ids": summaries},
            )
    return results


def restore(
    connection: sqlite3.Connection, kept: Images, hanging: Hanging, moved: Mapping[int, int]
) -> None:
    """Put rows back that are not there, by the ids that engrams have now.

    Left out are those of engrams, concepts or runs that are gone.
    """
    columns = dict(hanging)
    # A summary before its members.
    for table in sorted(kept, key=lambda name: (name != "summary", name)):
        for row in kept[table]:
            record = dict(row)
            for column in columns.get(table, ()):
                if record[column] is not None:
                    record[column] = moved.get(record[column], record[column])
            if _owned(connection, table, record):
                names = ", ".join(record)
                marks = ", ".join("?" * len(record))
                connection.execute(
                    f"INSERT OR IGNORE INTO {table}({names}) VALUES ({marks})",
                    tuple(map(stored, record.values())),
                )


def _owned(connection: sqlite3.Connection, table: str, record: Mapping[str, Any]) -> bool:
    for _, _, parent, column, key, *_ in connection.execute(
        f"PRAGMA foreign_key_list({table})"
    ).fetchall():
        value = record.get(column)
        if value is None:
            continue
        asked = connection.execute(
            f"SELECT 1 FROM {parent} WHERE {key or 'rowid'} = ?", (value,)
        ).fetchone()
        if asked is None:
            return False
    return True


def _records(
    connection: sqlite3.Connection, query: str, asked: Mapping[str, object]
) -> list[dict[str, Any]]:
    cursor = connection.execute(query, asked)
    names = [column[0] for column in cursor.description]
    return list(_named(names, cursor))


def _named(names: Sequence[str], rows: sqlite3.Cursor) -> Iterator[dict[str, Any]]:
    for row in rows:
        record = dict(zip(names, map(plain, row), strict=True))
        # Put back under another id, a row has another sum.
        record.pop("sum", None)
        yield record


def plain(value: Any) -> Any:
    """A value as JSON knows it."""
    return {"bytes": base64.b64encode(value).decode()} if isinstance(value, bytes) else value


def stored(value: Any) -> Any:
    """A value of JSON as the table has it."""
    return base64.b64decode(value["bytes"]) if isinstance(value, dict) else value
