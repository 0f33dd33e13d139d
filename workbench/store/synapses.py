"""The table of learned synapses: bounded changes of links between concepts.

A row belongs to a pair of associated concepts, and is deleted with their last association. Bounds
and learning are defined in `brain.eligibility`.
"""

import sqlite3
from collections.abc import Collection, Iterable, Mapping

from workbench.store import meta
from workbench.store.queries import execute, select_number

#: Head and tail of a link between concepts.
Pair = tuple[int, int]
#: Maximum of rows; the oldest and weakest are dropped.
ROOM = 50_000


def version(connection: sqlite3.Connection) -> int:
    """A counter that changes with learning, unlearning and verdicts."""
    return meta.number(connection, meta.TAUGHT)


def load(connection: sqlite3.Connection) -> dict[Pair, float]:
    """All learned changes, by head and tail."""
    rows = connection.execute("SELECT head, tail, delta FROM synapse ORDER BY head, tail")
    return _deltas(rows)


def _deltas(rows: Iterable[tuple[int, int, float]]) -> dict[Pair, float]:
    return {(int(head), int(tail)): float(delta) for head, tail, delta in rows}


def of(connection: sqlite3.Connection, pairs: Collection[Pair]) -> dict[Pair, float]:
    """The learned changes of links, 0 by default, without pairs that have no association.

    An association makes links in both directions.
    """
    rows = execute(
        connection,
        "SELECT p.h, p.t, coalesce(s.delta, 0.0) FROM "
        "(SELECT value ->> 0 AS h, value ->> 1 AS t FROM json_each(?)) p "
        "LEFT JOIN synapse s ON s.head = p.h AND s.tail = p.t "
        "WHERE EXISTS (SELECT 1 FROM association a WHERE a.head = p.h AND a.tail = p.t) "
        "OR EXISTS (SELECT 1 FROM association a WHERE a.head = p.t AND a.tail = p.h)",
        sorted(pairs),
    )
    return _deltas(rows)


def leaving(connection: sqlite3.Connection, heads: Iterable[int]) -> dict[Pair, float]:
    """The learned changes of links that start at these concepts."""
    rows = execute(
        connection,
        "SELECT head, tail, delta FROM synapse WHERE head IN (SELECT value FROM json_each(?)) "
        "ORDER BY head, tail",
        sorted(heads),
    )
    return _deltas(rows)


def store(connection: sqlite3.Connection, deltas: Mapping[Pair, float], now: float) -> None:
    """Store learned changes; 0 deletes a row."""
    _drop_zeros(connection, deltas)
    connection.executemany(
        "INSERT INTO synapse(head, tail, delta, times, used) VALUES (?, ?, ?, 1, ?) "
        "ON CONFLICT DO UPDATE SET delta = excluded.delta, times = times + 1, "
        "used = excluded.used",
        [(*pair, delta, now) for pair, delta in sorted(deltas.items()) if delta != 0],
    )
    number = count(connection)
    if number > ROOM:
        connection.execute(
            "DELETE FROM synapse WHERE (head, tail) IN "
            "(SELECT head, tail FROM synapse ORDER BY abs(delta), used LIMIT ?)",
            (number - ROOM,),
        )


def scale(connection: sqlite3.Connection, deltas: Mapping[Pair, float]) -> None:
    """Rescale learned changes, without counting a use; 0 deletes a row."""
    connection.executemany(
        "UPDATE synapse SET delta = ? WHERE head = ? AND tail = ?",
        [(delta, *pair) for pair, delta in sorted(deltas.items()) if delta != 0],
    )
    _drop_zeros(connection, deltas)


def _drop_zeros(connection: sqlite3.Connection, deltas: Mapping[Pair, float]) -> None:
    connection.executemany(
        "DELETE FROM synapse WHERE head = ? AND tail = ?",
        [pair for pair, delta in sorted(deltas.items()) if delta == 0],
    )
    meta.count(connection, meta.TAUGHT)


def count(connection: sqlite3.Connection) -> int:
    """The number of learned changes."""
    return select_number(connection, "SELECT count(*) FROM synapse")
