"""Queries of one column."""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any


def integers(
    connection: sqlite3.Connection, query: str, parameters: Sequence[Any] | Mapping[str, Any] = ()
) -> list[int]:
    """The first column of what a query gives, as integers."""
    rows = connection.execute(query, parameters)
    return [int(row[0]) for row in rows]
