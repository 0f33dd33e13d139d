"""The user's verdicts on edges, stored by the keys of their ends.

They are few, so queries of associations load all rejected ones. A rejected edge also hides mere
co-occurrence of its ends, from which it was derived.
"""

import json
import sqlite3
from collections.abc import Collection, Mapping

from workbench.store import meta
from workbench.store.edges import Ends
from workbench.store.queries import execute

CONFIRMED, REJECTED = 1, -1
#: Symmetric types.
_UNDIRECTED = (20, 21, 22)
#: The type of inferred links.
RELATED = 21

#: Types that are never stated explicitly: happened at, beside, related, like, is, involves.
MERE = (1, 20, 21, 22, 31, 32)
#: The type of denials, whose rejection does not separate the ends.
_DENIED = 90

#: Verdicts by edge.
Verdicts = Mapping[Ends, int]


def judge(
    connection: sqlite3.Connection, keys: tuple[str, int, str], verdict: int, now: float
) -> None:
    """Store the verdict on an edge by the keys of its ends; 0 removes it."""
    connection.execute("DELETE FROM verdict WHERE head = ? AND type = ? AND tail = ?", keys)
    if verdict:
        connection.execute(
            "INSERT INTO verdict(head, type, tail, verdict, at) VALUES (?, ?, ?, ?, ?)",
            (*keys, verdict, now),
        )
    meta.count(connection, meta.TAUGHT)


def drop_unheld(connection: sqlite3.Connection) -> None:
    """Delete verdicts whose keys no longer belong to a concept, as keys are text."""
    connection.execute(
        "DELETE FROM verdict WHERE NOT EXISTS (SELECT 1 FROM concept_key WHERE key = head) "
        "OR NOT EXISTS (SELECT 1 FROM concept_key WHERE key = tail)"
    )
    meta.count(connection, meta.TAUGHT)


def keys_judged(connection: sqlite3.Connection, ends: Ends) -> list[tuple[str, int, str]]:
    """The keys of the verdicts on an edge."""
    rows = connection.execute(
        "SELECT v.head, v.type, v.tail, h.concept, t.concept FROM verdict v "
        "JOIN concept_key h ON h.key = v.head JOIN concept_key t ON t.key = v.tail "
        "WHERE v.type = ?",
        (ends[1],),
    )
    return [(a, type, b) for a, type, b, head, tail in rows if in_order(head, type, tail) == ends]


def verdicts(connection: sqlite3.Connection) -> Verdicts:
    """All verdicts, by the current concepts of their keys."""
    rows = connection.execute(
        "SELECT h.concept, v.type, t.concept, v.verdict FROM verdict v "
        "JOIN concept_key h ON h.key = v.head JOIN concept_key t ON t.key = v.tail "
        "WHERE h.concept <> t.concept"
    )
    return {in_order(head, type, tail): verdict for head, type, tail, verdict in rows}


def rejected(connection: sqlite3.Connection) -> frozenset[Ends]:
    """The edges that must be neither shown nor followed.

    Those that the user rejected, and unstated associations of their ends.
    """
    judged = verdicts(connection)
    mere = [in_order(a, type, b) for a, b in parted(connection) for type in MERE]
    rows = connection.execute(
        "SELECT a.head, a.type, a.tail FROM json_each(?) j JOIN association a "
        "ON a.head = j.value ->> 0 AND a.type = j.value ->> 1 AND a.tail = j.value ->> 2 "
        "WHERE NOT EXISTS (SELECT 1 FROM saying s WHERE s.head = a.head AND s.type = a.type "
        "AND s.tail = a.tail)",
        (json.dumps(mere),),
    )
    results = {ends for ends, verdict in judged.items() if verdict == REJECTED}
    return frozenset(results | {ends for ends in rows if judged.get(ends) != CONFIRMED})


def parted(connection: sqlite3.Connection) -> frozenset[tuple[int, int]]:
    """The ends of rejected edges, in both orders: only stated edges may join them."""
    wrong = [
        (head, tail)
        for (head, type, tail), verdict in verdicts(connection).items()
        if verdict == REJECTED and type != _DENIED
    ]
    return frozenset(wrong) | {(tail, head) for head, tail in wrong}


def agreed(connection: sqlite3.Connection, concepts: Collection[int]) -> dict[int, int]:
    """Concepts that the user confirmed as related to any of these, each with that one."""
    requested = set(concepts)
    results: dict[int, int] = {}
    for (head, type, tail), verdict in verdicts(connection).items():
        if verdict == CONFIRMED and type == RELATED:
            for concept, other in ((head, tail), (tail, head)):
                if concept in requested and other not in requested:
                    results.setdefault(other, concept)
    return results


def agreed_pairs(connection: sqlite3.Connection) -> list[tuple[int, int]]:
    """The ends of confirmed links, whether or not they are stated."""
    return sorted(
        (head, tail)
        for (head, type, tail), verdict in verdicts(connection).items()
        if verdict == CONFIRMED and type == RELATED
    )


def existing(connection: sqlite3.Connection, edges: Collection[Ends]) -> frozenset[Ends]:
    """The associations among these edges."""
    rows = execute(
        connection,
        "SELECT a.head, a.type, a.tail FROM json_each(?) j JOIN association a "
        "ON a.head = j.value ->> 0 AND a.type = j.value ->> 1 AND a.tail = j.value ->> 2",
        sorted(edges),
    )
    return frozenset(rows)


def joined(connection: sqlite3.Connection, concept: int, other: int) -> bool:
    """Whether two concepts have an association that is not rejected."""
    rows = connection.execute(
        "SELECT head, type, tail FROM association WHERE (head = ?1 AND tail = ?2) "
        "OR (head = ?2 AND tail = ?1)",
        (concept, other),
    ).fetchall()
    wrong = rejected(connection) if rows else frozenset()
    return any(tuple(row) not in wrong for row in rows)


def in_order(head: int, type: int, tail: int) -> Ends:
    """The canonical form of an edge: symmetric ones start at the smaller concept."""
    return (tail, type, head) if type in _UNDIRECTED and tail < head else (head, type, tail)
