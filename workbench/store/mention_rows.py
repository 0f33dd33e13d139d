"""Mentions of concepts, all or selected: input for links."""

import sqlite3
from collections.abc import Collection, Iterator

from workbench.store import fiber_records
from workbench.store.fiber_records import FiberRecordError
from workbench.store.graph import Places
from workbench.store.queries import integers, select

_PART = 5_000
#: Maximum mentions of a concept searched for the other.
_SCAN_LIMIT = 500

#: Engram, place, and the concepts that it mentions in order.
EngramMentions = tuple[int, int, tuple[int, ...]]


def batches(connection: sqlite3.Connection, places: Places) -> Iterator[list[EngramMentions]]:
    """All engrams that mention concepts in these places, in order, in batches."""
    cursor = connection.execute("SELECT engram, place, record FROM fiber ORDER BY engram")
    while part := cursor.fetchmany(_PART):
        results: list[EngramMentions] = []
        for engram, place, record in part:
            if place not in places:
                continue
            try:
                results.append((engram, place, fiber_records.members(record)))
            except FiberRecordError:
                # Damaged; a repair restores it.
                continue
        yield results


def passages(connection: sqlite3.Connection) -> list[tuple[int, int]]:
    """The first and last engram of every passage, sorted."""
    rows = connection.execute("SELECT first_engram, last_engram FROM passage")
    return sorted((int(first), int(last)) for first, last in rows if last >= first)


def types(connection: sqlite3.Connection) -> dict[int, int]:
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
