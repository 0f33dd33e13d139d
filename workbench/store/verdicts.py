"""The user's verdicts on edges, kept by the keys of their ends.

There are few of them, so that whoever follows associations asks for all that are rejected. What an
edge that is rejected joined is not joined by merely standing together either: that is where the
edge was read.
"""

import json
import sqlite3
from collections.abc import Collection, Mapping

from workbench.store import meta
from workbench.store.edges import Ends

CONFIRMED, REJECTED = 1, -1
#: Types without a direction.
_UNDIRECTED = (20, 21, 22)
#: Of which type a link is that nobody wrote.
RELATED = 21

#: Types that nobody states in so many words: happened at, beside, related, like, is, involves.
MERE = (1, 20, 21, 22, 31, 32)
#: What is said not to be: rejecting that parts nobody.
_DENIED = 90

#: What the user says of edges.
Verdicts = Mapping[Ends, int]


def judge(
    connection: sqlite3.Connection, keys: tuple[str, int, str], verdict: int, now: float
) -> None:
    """Write down what the user says of an edge by the keys of its ends; 0 takes it back."""
    connection.execute("DELETE FROM verdict WHERE head = ? AND type = ? AND tail = ?", keys)
    if verdict:
        connection.execute(
            "INSERT INTO verdict(head, type, tail, verdict, at) VALUES (?, ?, ?, ?, ?)",
            (*keys, verdict, now),
        )
    meta.count(connection, meta.TAUGHT)


def drop_unheld(connection: sqlite3.Connection) -> None:
    """Forget what was said of edges whose ends nothing mentions any more: their keys are words."""
    connection.execute(
        "DELETE FROM verdict WHERE NOT EXISTS (SELECT 1 FROM concept_key WHERE key = head) "
        "OR NOT EXISTS (SELECT 1 FROM concept_key WHERE key = tail)"
    )
    meta.count(connection, meta.TAUGHT)


def keys_judged(connection: sqlite3.Connection, ends: Ends) -> list[tuple[str, int, str]]:
    """By which keys the user has said something of an edge."""
    rows = connection.execute(
        "SELECT v.head, v.type, v.tail, h.concept, t.concept FROM verdict v "
        "JOIN concept_key h ON h.key = v.head JOIN concept_key t ON t.key = v.tail "
        "WHERE v.type = ?",
        (ends[1],),
    )
    return [(a, type, b) for a, type, b, head, tail in rows if in_order(head, type, tail) == ends]


def verdicts(connection: sqlite3.Connection) -> Verdicts:
    """What the user says of edges, by the concepts that their keys stand for now."""
    rows = connection.execute(
        "SELECT h.concept, v.type, t.concept, v.verdict FROM verdict v "
        "JOIN concept_key h ON h.key = v.head JOIN concept_key t ON t.key = v.tail "
        "WHERE h.concept <> t.concept"
    )
    return {in_order(head, type, tail): verdict for head, type, tail, verdict in rows}


def rejected(connection: sqlite3.Connection) -> frozenset[Ends]:
    """The edges that are not to be shown or followed.

    That are those that the user rejects, and what joins their ends without a saying of its own.
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
    """The ends of edges that the user rejects, in both orders: only what is stated joins them."""
    wrong = [
        (head, tail)
        for (head, type, tail), verdict in verdicts(connection).items()
        if verdict == REJECTED and type != _DENIED
    ]
    return frozenset(wrong) | {(tail, head) for head, tail in wrong}


def agreed(connection: sqlite3.Connection, concepts: Collection[int]) -> dict[int, int]:
    """What the user says is related to any of these concepts, each with that one."""
    requested = set(concepts)
    results: dict[int, int] = {}
    for (head, type, tail), verdict in verdicts(connection).items():
        if verdict == CONFIRMED and type == RELATED:
            for concept, other in ((head, tail), (tail, head)):
                if concept in requested and other not in requested:
                    results.setdefault(other, concept)
    return results


def agreed_pairs(connection: sqlite3.Connection) -> list[tuple[int, int]]:
    """The ends of links that the user says are related, whether or not something states that."""
    return sorted(
        (head, tail)
        for (head, type, tail), verdict in verdicts(connection).items()
        if verdict == CONFIRMED and type == RELATED
    )


def existing(connection: sqlite3.Connection, edges: Collection[Ends]) -> frozenset[Ends]:
    """Those of these edges that are associations."""
    rows = connection.execute(
        "SELECT a.head, a.type, a.tail FROM json_each(?) j JOIN association a "
        "ON a.head = j.value ->> 0 AND a.type = j.value ->> 1 AND a.tail = j.value ->> 2",
        (json.dumps(sorted(edges)),),
    )
    return frozenset(rows)


def joined(connection: sqlite3.Connection, concept: int, other: int) -> bool:
    """Whether an association that the user has not rejected is between two concepts."""
    rows = connection.execute(
        "SELECT head, type, tail FROM association WHERE (head = ?1 AND tail = ?2) "
        "OR (head = ?2 AND tail = ?1)",
        (concept, other),
    ).fetchall()
    wrong = rejected(connection) if rows else frozenset()
    return any(tuple(row) not in wrong for row in rows)


def in_order(head: int, type: int, tail: int) -> Ends:
    """An edge as it is stored: one without a direction begins at the smaller concept."""
    return (tail, type, head) if type in _UNDIRECTED and tail < head else (head, type, tail)
