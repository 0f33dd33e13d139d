"""Edges: stated associations, counted from their sayings (`store.stated`).

Edges with changed sayings are recounted from all of their sayings, so counts cannot drift.
"""

import sqlite3
from collections.abc import Iterable, Sequence

from workbench.store import meta
from workbench.store.queries import json_list, select

#: Sayings of one place that count, and the share of a saying's confidence in an edge's strength.
_PER_PLACE, _SHARE = 3, 0.5

#: (head, type, tail)
Ends = tuple[int, int, int]


def believed(sayings: Iterable[tuple[int, float]]) -> float:
    """Combine sayings to a strength of belief, 0 to 1, from (number, confidence) of each place.

    Noisy or, 1 − Π(1 − c): each further place adds to it. Only the first few sayings of a place
    count, so that a text that repeats itself is one voice.
    """
    doubt = 1.0
    for number, confidence in sayings:
        doubt *= (1 - _SHARE * confidence) ** min(number, _PER_PLACE)
    return round(1 - doubt, 4)


def recount(connection: sqlite3.Connection, changed: Iterable[tuple[object, ...]]) -> None:
    """Recount edges with changed sayings."""
    rows = select(
        connection,
        "SELECT m.head, m.type, m.tail, s.place, count(s.place), avg(s.confidence), min(s.at), "
        "max(s.at) FROM (SELECT value ->> 0 AS head, value ->> 1 AS type, value ->> 2 AS tail "
        "FROM json_each(?)) m LEFT JOIN saying s "
        "ON s.head = m.head AND s.type = m.type AND s.tail = m.tail "
        "GROUP BY m.head, m.type, m.tail, s.place",
        changed,
    )
    parts: dict[Ends, list[tuple[int, float, float, float]]] = {}
    for head, type, tail, place, *counts in rows:
        place_counts = parts.setdefault((head, type, tail), [])
        if place is not None:
            place_counts.append(tuple(counts))
    connection.executemany(
        "DELETE FROM edge WHERE head = ? AND type = ? AND tail = ?",
        [triple for triple, held in parts.items() if not held],
    )
    connection.executemany(
        "INSERT OR REPLACE INTO edge(head, type, tail, strength, sayings, places, first, last) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [(*triple, *summed(held)) for triple, held in parts.items() if held],
    )


def drop(connection: sqlite3.Connection, engrams: Iterable[int]) -> set[tuple[object, ...]]:
    """Delete the sayings of engrams; returns the edges to recount."""
    rows = connection.execute(
        "DELETE FROM saying WHERE engram IN (SELECT value FROM json_each(?)) "
        "RETURNING head, type, tail",
        (json_list(engrams),),
    )
    return {*rows.fetchall()}


def summed(
    counts: Sequence[tuple[int, float, float, float]],
) -> tuple[float, int, int, float, float]:
    """Strength, number of sayings, number of places, first and last time of an edge.

    `counts` has the number, mean confidence (0 to 100), first and last time of each place.
    """
    return (
        believed((number, certain / 100) for number, certain, *_ in counts),
        sum(item[0] for item in counts),
        len(counts),
        min(item[2] for item in counts),
        max(item[3] for item in counts),
    )


def move(connection: sqlite3.Connection, previous: int, after: int) -> None:
    """Move sayings to another place; call before their fibers move."""
    rows = connection.execute(
        "UPDATE saying SET place = ? WHERE engram IN (SELECT engram FROM fiber WHERE place = ?) "
        "RETURNING head, type, tail",
        (after, previous),
    )
    recount(connection, {*rows.fetchall()})


def queue_reextraction(connection: sqlite3.Connection, engrams: Iterable[int]) -> None:
    """Queue engrams that had triples extracted for another extraction."""
    mark = meta.number(connection, meta.EXTRACTED)
    connection.executemany(
        "INSERT INTO waiting(engram, stage) SELECT id, 1 FROM engram WHERE id = ? "
        "ON CONFLICT DO NOTHING",
        [(engram,) for engram in sorted(engrams) if engram <= mark],
    )


def preview_deletion(
    connection: sqlite3.Connection, sources: Sequence[int]
) -> tuple[int, int, int]:
    """The number of sayings in sources, and of edges that their deletion removes and keeps."""
    selected = json_list(sources)
    row = connection.execute(
        "WITH theirs AS MATERIALIZED (SELECT s.head, s.type, s.tail, count(*) AS n "
        "FROM extent x JOIN saying s ON s.engram BETWEEN x.first AND x.last "
        "WHERE x.source IN (SELECT value FROM json_each(:ids)) GROUP BY s.head, s.type, s.tail) "
        "SELECT coalesce(sum(n), 0), coalesce(sum(NOT kept), 0), coalesce(sum(kept), 0) "
        "FROM (SELECT n, EXISTS (SELECT 1 FROM saying s WHERE s.head = t.head AND s.type = t.type "
        "AND s.tail = t.tail AND s.place NOT IN (SELECT value FROM json_each(:ids))) AS kept "
        "FROM theirs t)",
        {"ids": selected},
    ).fetchone()
    return int(row[0]), int(row[1]), int(row[2])


#: Queries that count inconsistencies, by what they mean. Pending subtractions, as after a kill, are
#: consistent.
FAULTS = {
    "{} triples have lost their statements; a repair draws them again.": (
        "SELECT count(*) FROM saying s WHERE NOT EXISTS "
        "(SELECT 1 FROM fiber f WHERE f.engram = s.engram AND f.place = s.place "
        "UNION ALL SELECT 1 FROM derived g WHERE g.kind = 'gone:fiber' AND g.part = s.engram "
        "AND g.stamp = CAST(s.place AS TEXT)) "
        "OR NOT EXISTS (SELECT 1 FROM mention WHERE concept = s.head AND place = s.place "
        "AND engram = s.engram) OR NOT EXISTS (SELECT 1 FROM mention WHERE concept = s.tail "
        "AND place = s.place AND engram = s.engram)"
    ),
    "{} links are not counted as the statements have them.": (
        "SELECT (SELECT count(*) FROM (SELECT head, type, tail, count(*) AS n, "
        "count(DISTINCT place) AS p, min(at) AS a, max(at) AS z FROM saying "
        "GROUP BY head, type, tail) s "
        "LEFT JOIN edge e ON e.head = s.head AND e.type = s.type AND e.tail = s.tail "
        "WHERE (e.sayings IS NOT s.n OR e.places IS NOT s.p OR e.first IS NOT s.a "
        "OR e.last IS NOT s.z)) + (SELECT count(*) FROM edge e WHERE NOT EXISTS "
        "(SELECT 1 FROM saying WHERE head = e.head AND type = e.type AND tail = e.tail))"
    ),
}


def mend(connection: sqlite3.Connection) -> None:
    """Recount all edges; sayings without their statements are extracted again."""
    missing = connection.execute(
        "SELECT DISTINCT s.engram FROM saying s WHERE NOT EXISTS (SELECT 1 FROM fiber f "
        "WHERE f.engram = s.engram AND f.place = s.place) OR NOT EXISTS (SELECT 1 FROM mention "
        "WHERE concept = s.head AND engram = s.engram AND place = s.place) OR NOT EXISTS "
        "(SELECT 1 FROM mention WHERE concept = s.tail AND engram = s.engram AND place = s.place)"
    ).fetchall()
    connection.executemany("DELETE FROM saying WHERE engram = ?", missing)
    queue_reextraction(connection, [row[0] for row in missing])
    connection.execute("DELETE FROM edge")
    rows = connection.execute("SELECT DISTINCT head, type, tail FROM saying")
    recount(connection, rows.fetchall())
