"""Edges: associations that statements say, counted from their sayings (`store.stated`).

Only edges whose sayings have changed are counted anew, each from all of its sayings, so that a
count cannot drift.
"""

import sqlite3
from collections.abc import Iterable

from workbench.store import meta

#: Sayings of one place beyond which no more make an edge stronger, and the share of its confidence
#: that one saying counts.
_PER_PLACE, _SHARE = 3, 0.5

#: (head, type, tail)
Ends = tuple[int, int, int]


def believed(sayings: Iterable[tuple[int, float]]) -> float:
    """How far something is believed, 0 to 1, by how often places say it and how surely (0 to 1).

    1 − Π(1 − c): each further place adds to it; within a place only the first few sayings do, so
    that a text that says one thing ten thousand times is no more than one voice.
    """
    doubt = 1.0
    for number, confidence in sayings:
        doubt *= (1 - _SHARE * confidence) ** min(number, _PER_PLACE)
    return round(1 - doubt, 4)


def recount(connection: sqlite3.Connection) -> int:
    """Count the edges anew whose sayings have changed; returns how many those are."""
    rows = connection.execute(
        "SELECT m.head, m.type, m.tail, s.place, count(s.place), avg(s.confidence), min(s.at), "
        "max(s.at) FROM edge_moved m LEFT JOIN saying s "
        "ON s.head = m.head AND s.type = m.type AND s.tail = m.tail "
        "GROUP BY m.head, m.type, m.tail, s.place"
    ).fetchall()
    parts: dict[Ends, list[tuple[int, float, float, float]]] = {}
    for head, type, tail, place, *counted in rows:
        held = parts.setdefault((head, type, tail), [])
        if place is not None:
            held.append(tuple(counted))
    connection.executemany(
        "DELETE FROM edge WHERE head = ? AND type = ? AND tail = ?",
        [triple for triple, held in parts.items() if not held],
    )
    connection.executemany(
        "INSERT OR REPLACE INTO edge(head, type, tail, strength, sayings, places, first, last) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                *triple,
                believed((number, sure / 100) for number, sure, *_ in held),
                sum(each[0] for each in held),
                len(held),
                min(each[2] for each in held),
                max(each[3] for each in held),
            )
            for triple, held in parts.items()
            if held
        ],
    )
    connection.execute("DELETE FROM edge_moved")
    return len(parts)


def move(connection: sqlite3.Connection, before: int, after: int) -> None:
    """Let what was said in one place stand in another; to be called before its fibers move."""
    connection.execute(
        "INSERT OR IGNORE INTO edge_moved(head, type, tail) SELECT s.head, s.type, s.tail "
        "FROM fiber f JOIN saying s ON s.engram = f.engram WHERE f.place = ?",
        (before,),
    )
    connection.execute(
        "UPDATE saying SET place = ? WHERE engram IN (SELECT engram FROM fiber WHERE place = ?)",
        (after, before),
    )
    recount(connection)


def again(connection: sqlite3.Connection, engrams: Iterable[int]) -> None:
    """Have triples drawn again from those of these engrams from which they were drawn before."""
    mark = int(meta.get(connection, meta.DRAWN) or 0)
    connection.executemany(
        "INSERT INTO undrawn(engram) SELECT id FROM engram WHERE id = ? ON CONFLICT DO NOTHING",
        [(engram,) for engram in sorted(engrams) if engram <= mark],
    )
