"""Iterates over all statements, mentions and concepts of a library."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from workbench.store import concept_changes
from workbench.store.graph import Places

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
