"""Iterates over all statements, mentions, concepts and associations of a library.

`association_version` tells whether arrays built from associations are still valid.
"""

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import NamedTuple

from workbench.store import concept_changes, fiber_records, meta
from workbench.store.concept_mentions import count_fibers
from workbench.store.graph import Places
from workbench.store.queries import execute, integers, select

_PART = 5_000


class Statement(NamedTuple):
    """A statement of a source; `section` is its section, of that `title`."""

    engram: int
    source: int
    section: int
    title: str
    text: str


def statements(connection: sqlite3.Connection) -> Iterator[list[Statement]]:
    """The statements of all sources outside the trash, source by source."""
    read = connection.execute(
        "SELECT e.id, p.source, p.section, s.title, e.text FROM source o "
        "JOIN passage p ON p.source = o.id JOIN section s ON s.id = p.section "
        "JOIN engram e ON e.id BETWEEN p.first_engram AND p.last_engram "
        "WHERE o.trashed IS NULL ORDER BY o.id, e.id"
    )
    while part := read.fetchmany(_PART):
        yield [Statement(*row) for row in part]


def mentions(connection: sqlite3.Connection) -> Iterator[list[tuple[int, int, int]]]:
    """All mentions (concept, place, engram) in batches."""
    cursor = connection.execute("SELECT concept, place, engram FROM mention")
    while part := cursor.fetchmany(_PART):
        yield part


def concepts(connection: sqlite3.Connection) -> Iterator[list[tuple[int, str, int]]]:
    """All concepts (id, name, type) in batches."""
    cursor = connection.execute("SELECT id, name, type FROM concept")
    while part := cursor.fetchmany(_PART):
        yield part


def statement_mentions(connection: sqlite3.Connection) -> dict[int, int]:
    """Concepts in told statements, or named by the user, with their told mentions counted.

    Automatically merged concepts are kept, too, but not named by the user.
    """
    rows = connection.execute(
        "SELECT concept, count(*) FROM mention WHERE place < 0 GROUP BY concept "
        "UNION ALL SELECT id, 0 FROM concept WHERE kept = ?",
        (concept_changes.BY_HAND,),
    )
    results: dict[int, int] = {}
    for concept, number in rows:
        results[concept] = results.get(concept, 0) + number
    return results


def mentioning(
    connection: sqlite3.Connection, concepts: Collection[int], places: Places
) -> Iterable[tuple[int, int, int]]:
    """The mentions (concept, place, engram) of these concepts in places."""
    test, visible = places.condition
    return connection.execute(
        "SELECT m.concept, m.place, m.engram FROM json_each(?) j "
        f"JOIN mention m ON m.concept = j.value WHERE m.{test}",
        (json.dumps(sorted(concepts)), visible),
    )


#: (head, type, tail, evidence)
Road = tuple[int, int, int, int]

#: All associations that count, in batches.
Roads = Callable[[sqlite3.Connection], Iterator[list[Road]]]

_ROADS = "SELECT head, type, tail, evidence FROM association"


def association_version(connection: sqlite3.Connection) -> int:
    """A counter that changes whenever associations, or what counts as a work of its own, do."""
    return meta.number(connection, meta.GRAPH_MOVES) + sum(meta.statement_version(connection))


def associations(connection: sqlite3.Connection, copies: Collection[int]) -> Iterator[list[Road]]:
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


#: Maximum mentions of a concept searched for the other.
_SCAN_LIMIT = 500

#: Engram, place, and the concepts that it mentions in order.
EngramMentions = tuple[int, int, tuple[int, ...]]


def fiber_members(connection: sqlite3.Connection, places: Places) -> Iterator[list[EngramMentions]]:
    """All engrams that mention concepts in these places, in order, in batches."""
    cursor = connection.execute("SELECT engram, place, record FROM fiber ORDER BY engram")
    while part := cursor.fetchmany(_PART):
        here = (row for row in part if row[1] in places)
        yield list(fiber_records.intact(here, fiber_records.members))


def passages(connection: sqlite3.Connection) -> list[tuple[int, int]]:
    """The first and last engram of every passage, sorted."""
    rows = connection.execute("SELECT first_engram, last_engram FROM passage")
    return sorted((int(first), int(last)) for first, last in rows if last >= first)


def concept_types(connection: sqlite3.Connection) -> dict[int, int]:
    """The type of every concept."""
    return dict(select(connection, "SELECT id, type FROM concept"))


def cooccurrence(
    connection: sqlite3.Connection, concept: int, other: int, places: Places
) -> tuple[int, int] | None:
    """Two engrams of one passage that mention one concept each; None if there is no such passage.

    Searches the first 500 mentions of the rarer concept.
    """
    numbers = dict(
        select(connection, "SELECT id, mentions FROM concept WHERE id IN (?, ?)", concept, other)
    )
    swapped = numbers.get(concept, 0) > numbers.get(other, 0)
    rare, common = (other, concept) if swapped else (concept, other)
    rows = connection.execute(
        "SELECT m.engram, o.engram, m.place FROM "
        "(SELECT engram, place FROM mention WHERE concept = ?1 LIMIT ?3) m "
        "JOIN engram e ON e.id = m.engram LEFT JOIN passage p ON p.id = e.passage "
        "JOIN mention o ON o.concept = ?2 AND o.place = m.place AND o.engram "
        "BETWEEN coalesce(p.first_engram, m.engram) AND coalesce(p.last_engram, m.engram)",
        (rare, common, _SCAN_LIMIT),
    )
    for first, second, place in rows:
        if place in places:
            return (second, first) if swapped else (first, second)
    return None


def joined_concepts(
    connection: sqlite3.Connection, concept: int, candidates: Collection[int]
) -> set[int]:
    """The concepts among these that are associated with one, or were proposed and rejected."""
    return set(
        integers(
            connection,
            "SELECT j.value FROM json_each(?2) j WHERE "
            "EXISTS (SELECT 1 FROM association WHERE head = ?1 AND tail = j.value) OR "
            "EXISTS (SELECT 1 FROM association WHERE head = j.value AND tail = ?1) OR "
            "EXISTS (SELECT 1 FROM proposal WHERE state = 'rejected' AND "
            "((head = ?1 AND tail = j.value) OR (head = j.value AND tail = ?1)))",
            concept,
            candidates,
        )
    )
