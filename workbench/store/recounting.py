"""Checks and recomputes counts that are derived from fibers.

Both stream the fibers once, in constant memory: expected and stored rows are each summed up by
their hashes, and the sums are compared. Fibers that are damaged, or refer to a missing concept, are
traced again from their texts.
"""

import sqlite3
from collections.abc import Iterator, Sequence

from workbench.store import edges, failures, fiber_records, meta, unlinked
from workbench.store.concept_mentions import GONE_FIBERS, RECOUNT_LIMIT, count_fibers, triples_of
from workbench.store.fiber_records import FiberRecordError

_PART = 4096
_MASK = (1 << 64) - 1

#: Engram, place and record.
_Row = tuple[int, int, bytes]


def faults(connection: sqlite3.Connection) -> Iterator[str]:
    """Inconsistencies of fibers and of counts derived from them, as sentences."""
    existing = _concept_ids(connection)
    damaged = 0
    numbers = associations = mentions = 0
    for query in ("SELECT engram, place, record FROM fiber", GONE_FIBERS):
        for engram, place, record in connection.execute(query):
            try:
                pathway = fiber_records.unpack(record)
            except FiberRecordError:
                damaged += 1
                continue
            concepts = set(pathway.concepts)
            damaged += not existing.issuperset(concepts)
            numbers += sum(map(hash, concepts))
            associations += sum(map(hash, triples_of(pathway)))
            mentions += sum(hash((concept, place, engram)) for concept in concepts)
    if damaged:
        yield (
            f"The ways through {damaged} statements are damaged or have lost a concept; a repair "
            "traces them again."
        )
    stored = {
        "concepts": sum(
            number * hash(concept)
            for concept, number in connection.execute("SELECT id, mentions FROM concept")
        ),
        "associations": sum(
            number * hash((head, type, tail))
            for head, type, tail, number in connection.execute(
                "SELECT head, type, tail, evidence FROM association"
            )
        ),
        "mentions": sum(
            map(hash, connection.execute("SELECT concept, place, engram FROM mention"))
        ),
    }
    counts = {"concepts": numbers, "associations": associations, "mentions": mentions}
    for subject, number in counts.items():
        if (number - stored[subject]) & _MASK:
            yield f"The {subject} are not counted as the statements have them."
    (untimely,) = connection.execute(
        "SELECT count(*) FROM concept c "
        "JOIN (SELECT m.concept, min(f.at) AS low, max(f.at) AS high FROM mention m "
        "JOIN fiber f ON f.engram = m.engram GROUP BY m.concept) t "
        "ON t.concept = c.id WHERE NOT EXISTS (SELECT 1 FROM derived WHERE kind = 'gone:fiber') "
        "AND (c.first > t.low OR c.last < t.high "
        # Times of very frequent concepts are not always recomputed on removal.
        "OR c.mentions <= ? AND (c.first < t.low OR c.last > t.high))",
        (RECOUNT_LIMIT,),
    ).fetchone()
    if untimely:
        yield f"When {untimely} concepts were mentioned first or last is not as it was written."
    yield from edges.faults(connection)
    (keyless,) = connection.execute(
        "SELECT count(*) FROM concept WHERE NOT kept "
        "AND NOT EXISTS (SELECT 1 FROM concept_key WHERE concept = id)"
    ).fetchone()
    if keyless:
        yield f"{keyless} concepts can be found by no word."


def recount(connection: sqlite3.Connection) -> list[str]:
    """Recompute all counts from the fibers; returns the repairs, as sentences.

    Inside a transaction.
    """
    if not any(faults(connection)):
        return []
    _drop_damaged(connection)
    connection.execute("DELETE FROM derived WHERE kind = 'gone:fiber'")
    connection.execute("DELETE FROM mention")
    connection.execute("UPDATE association SET evidence = 0")
    connection.execute("UPDATE concept SET mentions = 0, first = NULL, last = NULL")
    for part in _parts(connection):
        _count(connection, part)
    connection.execute("DELETE FROM association WHERE evidence = 0")
    connection.execute("DELETE FROM concept WHERE mentions = 0 AND NOT kept")
    edges.mend(connection)
    meta.count(connection, meta.CONCEPT_MOVES)
    return ["Concepts and what joins them were recounted."]


def _drop_damaged(connection: sqlite3.Connection) -> None:
    """Queue engrams with unusable fibers for retracing.

    Including fibers with a concept that has no key, which could never be found again.
    """
    existing = {
        row[0]
        for row in connection.execute(
            "SELECT id FROM concept WHERE kept OR id IN (SELECT concept FROM concept_key)"
        )
    }
    bad = [
        engram
        for part in _parts(connection)
        for engram, _, record in part
        if not _is_intact(record, existing)
    ]
    unlinked.queue_retrace(connection, bad)
    connection.executemany("DELETE FROM fiber WHERE engram = ?", [(id,) for id in bad])


def _count(connection: sqlite3.Connection, part: Sequence[_Row]) -> None:
    mentions, numbers, triples = count_fibers(part)
    connection.executemany("INSERT INTO mention(concept, place, engram) VALUES (?, ?, ?)", mentions)
    connection.executemany(
        "UPDATE concept SET mentions = mentions + ? WHERE id = ?",
        [(number, concept) for concept, number in sorted(numbers.items())],
    )
    connection.executemany(
        "INSERT INTO association(head, type, tail, evidence) VALUES (?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET evidence = evidence + excluded.evidence",
        [(*triple, number) for triple, number in sorted(triples.items())],
    )


def _parts(connection: sqlite3.Connection) -> Iterator[list[_Row]]:
    """All fibers in the order of engrams, in batches."""
    last = -1
    while part := connection.execute(
        "SELECT engram, place, record FROM fiber WHERE engram > ? ORDER BY engram LIMIT ?",
        (last, _PART),
    ).fetchall():
        yield failures.forward(part, last)
        last = part[-1][0]


def _concept_ids(connection: sqlite3.Connection) -> set[int]:
    return {row[0] for row in connection.execute("SELECT id FROM concept")}


def _is_intact(record: bytes, concepts: set[int]) -> bool:
    try:
        pathway = fiber_records.unpack(record)
    except FiberRecordError:
        return False
    return concepts.issuperset(pathway.concepts)
