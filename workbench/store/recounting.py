"""Whether what was counted from fibers is as they have it, and counting it anew.

A fiber that is damaged, or has lost a concept, is traced again from its words.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import TypeVar

from workbench.store import fiber_records, meta
from workbench.store.fiber_records import FiberRecordError
from workbench.store.graph import by_ids
from workbench.store.weaving import Triple, triples_of


def faults(connection: sqlite3.Connection) -> Iterator[str]:
    """What is wrong with fibers and with what was counted from them, as sentences."""
    damaged, counted = _recounted(connection)
    if damaged:
        yield f"{damaged} fibers are damaged or have lost a concept."
    for what, (missing, different) in _compared(connection, counted).items():
        if missing or different:
            yield f"{missing + different} {what} are not as the fibers have them."


Key = TypeVar("Key", int, Triple)
Counts = tuple[dict[int, int], dict[Triple, int], set[tuple[int, int, int]]]


def _recounted(connection: sqlite3.Connection) -> tuple[int, Counts]:
    known = {row[0] for row in connection.execute("SELECT id FROM concept")}
    damaged = 0
    numbers: dict[int, int] = {}
    triples: dict[Triple, int] = {}
    rows: set[tuple[int, int, int]] = set()
    for table in ("fiber", "fiber_gone"):
        for engram, place, record in connection.execute(
            f"SELECT engram, place, record FROM {table}"
        ):
            try:
                way = fiber_records.unpack(record)
            except FiberRecordError:
                damaged += 1
                continue
            damaged += not known.issuperset(way.concepts)
            for concept in set(way.concepts):
                numbers[concept] = numbers.get(concept, 0) + 1
                rows.add((concept, place, engram))
            for triple in triples_of(way):
                triples[triple] = triples.get(triple, 0) + 1
    return damaged, (numbers, triples, rows)


def _compared(connection: sqlite3.Connection, counted: Counts) -> dict[str, tuple[int, int]]:
    numbers, triples, rows = counted
    concepts = dict(
        connection.execute("SELECT id, mentions FROM concept WHERE mentions <> 0").fetchall()
    )
    stored = {
        (head, type, tail): number
        for head, type, tail, number in connection.execute(
            "SELECT head, type, tail, evidence FROM association"
        )
    }
    held = set(connection.execute("SELECT concept, place, engram FROM mention").fetchall())
    return {
        "concepts": _differing(numbers, concepts),
        "associations": _differing(triples, stored),
        "mentions": (len(rows - held), len(held - rows)),
    }


def _differing(there: dict[Key, int], stored: dict[Key, int]) -> tuple[int, int]:
    missing = sum(key not in stored for key in there)
    return missing, sum(there.get(key) != number for key, number in stored.items())


def recount(connection: sqlite3.Connection) -> list[str]:
    """Count everything anew from the fibers; returns what was mended, as sentences."""
    found = list(faults(connection))
    if not found:
        return []
    bad = [
        engram
        for engram, record in connection.execute("SELECT engram, record FROM fiber")
        if not _is_whole(connection, record)
    ]
    connection.executemany(
        "INSERT INTO untraced(engram) VALUES (?) ON CONFLICT DO NOTHING", [(id,) for id in bad]
    )
    connection.executemany("DELETE FROM fiber WHERE engram = ?", [(id,) for id in bad])
    connection.execute("DELETE FROM fiber_gone")
    _, (numbers, triples, rows) = _recounted(connection)
    connection.execute("DELETE FROM mention")
    connection.executemany("INSERT INTO mention(concept, place, engram) VALUES (?, ?, ?)",
                           sorted(rows))  # fmt: skip
    connection.execute("UPDATE association SET evidence = 0")
    connection.executemany(
        "INSERT INTO association(head, type, tail, evidence) VALUES (?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET evidence = excluded.evidence",
        [(*triple, number) for triple, number in sorted(triples.items())],
    )
    connection.execute("DELETE FROM association WHERE evidence = 0")
    connection.execute("UPDATE concept SET mentions = 0, first = NULL, last = NULL")
    connection.executemany(
        "UPDATE concept SET mentions = ? WHERE id = ?",
        [(number, concept) for concept, number in sorted(numbers.items())],
    )
    connection.execute("DELETE FROM concept WHERE mentions = 0 AND NOT kept")
    meta.count(connection, meta.CONCEPT_MOVES)
    return ["Concepts and what joins them were counted anew."]


def _is_whole(connection: sqlite3.Connection, record: bytes) -> bool:
    try:
        concepts: Sequence[int] = fiber_records.members(record)
    except FiberRecordError:
        return False
    return len(by_ids(connection, concepts)) == len(set(concepts))
