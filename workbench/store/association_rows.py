"""All associations as rows between concepts.

Rows are (head, type, tail, evidence). `moves` tells whether arrays that were made of all of them
still are what the library holds.
"""

import sqlite3
from collections.abc import Iterator

from workbench.store import meta

#: (head, type, tail, evidence)
Road = tuple[int, int, int, int]

_ROADS = "SELECT head, type, tail, evidence FROM association"
_PART = 50_000


def moves(connection: sqlite3.Connection) -> int:
    """A number that is another one whenever associations are not what they were."""
    return int(meta.get(connection, meta.GRAPH_MOVES) or 0)


def batches(connection: sqlite3.Connection) -> Iterator[list[Road]]:
    """All associations, a part at a time."""
    cursor = connection.execute(_ROADS)
    while part := cursor.fetchmany(_PART):
        yield part


def joined(connection: sqlite3.Connection, concept: int, other: int) -> bool:
    """Whether any association is between two concepts."""
    row = connection.execute(
        "SELECT 1 FROM association WHERE (head = ?1 AND tail = ?2) OR (head = ?2 AND tail = ?1)",
        (concept, other),
    ).fetchone()
    return row is not None
