"""Query helpers: lists as parameters, integer columns, and a check of indexes."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any


def json_list(values: Iterable[Any]) -> str:
    """Values as the parameter of `IN (SELECT value FROM json_each(?))`."""
    return json.dumps(list(values))


def integers(
    connection: sqlite3.Connection, query: str, parameters: Sequence[Any] | Mapping[str, Any] = ()
) -> list[int]:
    """The first column of a query, as integers."""
    rows = connection.execute(query, parameters)
    return [int(row[0]) for row in rows]


def miscased_indexes(connection: sqlite3.Connection) -> Iterator[str]:
    """Case-insensitive indexes whose letters differ from those of their tables.

    SQLite's own check treats “Harbour” and “harbour” as equal there, and queries may read either.
    """
    indexes = connection.execute("SELECT tbl_name, name FROM sqlite_master WHERE type = 'index'")
    for table, index in indexes.fetchall():
        columns = connection.execute(
            "SELECT coalesce(name, 'rowid'), coll FROM pragma_index_xinfo(?)", (index,)
        ).fetchall()
        if all(collation != "NOCASE" for _, collation in columns):
            continue
        letters = ", ".join(f"CAST({name} AS BLOB)" for name, _ in columns)
        # A column outside the index, which forces a read of the table.
        (other,) = connection.execute(
            "SELECT name FROM pragma_table_info(?) WHERE name NOT IN "
            "(SELECT coalesce(name, '') FROM pragma_index_xinfo(?)) LIMIT 1",
            (table, index),
        ).fetchone() or ("1",)
        if connection.execute(
            f"SELECT {letters} FROM {table} INDEXED BY {index} EXCEPT "
            f"SELECT {letters} FROM {table} NOT INDEXED WHERE {other} IS {other} LIMIT 1"
        ).fetchone():
            yield index
