"""All associations as rows between concepts.

Rows are (head, type, tail, evidence). `moves` tells whether arrays built from them are still valid.
"""

import sqlite3
from collections.abc import Callable, Collection, Iterator

from workbench.store import meta
from workbench.store.concept_mentions import count_fibers
from workbench.store.queries import execute

#: (head, type, tail, evidence)
Road = tuple[int, int, int, int]

#: All associations that count, in batches.
Roads = Callable[[sqlite3.Connection], Iterator[list[Road]]]

_ROADS = "SELECT head, type, tail, evidence FROM association"
_PART = 5_000


def moves(connection: sqlite3.Connection) -> int:
    """A counter that changes whenever associations, or what counts as a work of its own, do."""
    return meta.number(connection, meta.GRAPH_MOVES) + sum(meta.statement_version(connection))


def batches(connection: sqlite3.Connection, copies: Collection[int]) -> Iterator[list[Road]]:
    """All associations in batches, without the evidence of sources that are `copies`."""
    fibers = execute(
        connection,
        "SELECT f.engram, f.place, f.record FROM extent x "
        "JOIN fiber f ON f.engram BETWEEN x.first AND x.last "
        "WHERE x.source IN (SELECT value FROM json_each(?))",
        sorted(copies),
    )
    *_, repeated = count_fibers(fibers)
    cursor = connection.execute(_ROADS)
    while part := cursor.fetchmany(_PART):
        if repeated:
            counted = ((*row[:3], row[3] - repeated[row[:3]]) for row in part)
            part = [row for row in counted if row[3] > 0]
        yield part


def joined(connection: sqlite3.Connection, concept: int, other: int) -> bool:
    """Whether two concepts are associated, in either direction."""
    row = connection.execute(
        "SELECT 1 FROM association WHERE (head = ?1 AND tail = ?2) OR (head = ?2 AND tail = ?1)",
        (concept, other),
    ).fetchone()
    return row is not None
