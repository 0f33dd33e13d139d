"""All associations as rows between concepts.

Rows are (head, type, tail, evidence). `moves` tells whether arrays built from them are still valid.
"""

import sqlite3
from collections.abc import Iterator

from workbench.store import meta

#: (head, type, tail, evidence)
Road = tuple[int, int, int, int]

_ROADS = "SELECT head, type, tail, evidence FROM association"
_PART = 5_000


def moves(connection: sqlite3.Connection) -> int:
    """A counter that changes whenever associations do."""
    return meta.number(connection, meta.GRAPH_MOVES)


def batches(connection: sqlite3.Connection) -> Iterator[list[Road]]:
    """All associations in batches."""
    cursor = connection.execute(_ROADS)
    while part := cursor.fetchmany(_PART):
        yield part


def joined(connection: sqlite3.Connection, concept: int, other: int) -> bool:
    """Whether two concepts are associated, in either direction."""
    row = connection.execute(
        "SELECT 1 FROM association WHERE (head = ?1 AND tail = ?2) OR (head = ?2 AND tail = ?1)",
        (concept, other),
    ).fetchone()
    return row is not None
