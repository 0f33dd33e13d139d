"""How often a concept stands in relations, counted from sayings when somebody asks."""

import sqlite3
from collections.abc import Collection
from typing import NamedTuple

from workbench.store.edges import Ends
from workbench.store.graph import Places
from workbench.store.stated import TURNED


class RelationCount(NamedTuple):
    """How often one place says a relation of a concept and another one, and how surely (0 to 1).

    `subject` is whether the concept is the one that the relation is said of; `engram` says so last.
    """

    relation: str
    subject: bool
    ends: Ends
    place: int
    number: int
    confidence: float
    engram: int


def relations_of(
    connection: sqlite3.Connection,
    concept: int,
    among: Places,
    *,
    without: Collection[Ends],
    denied: int,
) -> list[RelationCount]:
    """The relations that places say of a concept, but for edges `without` and what is denied.

    What only cue words join has no relation.
    """
    rows = connection.execute(
        "WITH near(head, type, tail) AS (SELECT head, type, tail FROM edge WHERE head = :concept "
        "UNION ALL SELECT head, type, tail FROM edge WHERE tail = :concept) "
        "SELECT s.relation, "
        "(s.head = :concept) <> (s.type IN (20, 21, 22) AND s.flags & :turned <> 0) AS subject, "
        "s.head, s.type, s.tail, s.place, count(*), avg(s.confidence) / 100, max(s.engram) "
        "FROM near n JOIN saying s ON s.head = n.head AND s.type = n.type AND s.tail = n.tail "
        "WHERE s.relation <> '' AND s.type <> :denied "
        "GROUP BY s.head, s.type, s.tail, s.place, s.relation, subject",
        {"concept": concept, "turned": TURNED, "denied": denied},
    )
    return [
        RelationCount(relation, bool(subject), (head, type, tail), place, *rest)
        for relation, subject, head, type, tail, place, *rest in rows
        if place in among and (head, type, tail) not in without
    ]
