"""Repairs derived data: counts, ownership, indexes, orphaned rows.

The text of sections is authoritative. What can be derived from it is rebuilt; text without a source
gets one; nothing else is touched, so that a repair never causes a loss.

Counts that are derived from fibers are checked and recomputed by streaming the fibers once, in
constant memory: expected and stored rows are each summed up by their hashes, and the sums are
compared. Fibers that are damaged, or refer to a missing concept, are traced again from their texts.
"""

import sqlite3
from collections import Counter
from collections.abc import Container, Iterator

from workbench.errors import DamagedLibraryError
from workbench.store import (
    derived,
    edges,
    failures,
    fiber_records,
    kept_originals,
    meta,
    quarantine,
    queries,
    row_counts,
    unlinked,
)
from workbench.store.concept_mentions import (
    GONE_FIBERS,
    RECOUNT_LIMIT,
    add_counts,
    count_fibers,
    insert_mentions,
    triples_of,
)
from workbench.store.fiber_records import FiberRecordError
from workbench.store.queries import counted, integers, select

#: Rows that a backup may complete later: sealed records without their lock. Text without a source
#: gets a new source instead.
_COMPLETED = frozenset(("section", "vault_record"))

Range = tuple[int, int, int]


def mend(connection: sqlite3.Connection) -> list[str]:
    """Rebuild what can be derived; returns the repairs as sentences.

    Inside a transaction. Raises `DamagedLibraryError` if the file structure itself is damaged,
    which needs a backup.
    """
    completed = [
        *_indexes(connection),
        *row_counts.mend_counters(connection),
        *lost_sources(connection),
    ]
    completed += [*orphans(connection, _COMPLETED), *_strays(connection)]
    completed += [*_ownership(connection), *_counts(connection), *_unowned(connection)]
    completed += _kinds(connection)
    completed += recount(connection)
    completed += quarantine.mend(connection)
    completed += _vectors(connection)
    derived.clear(connection)
    completed += row_counts.mend(connection)
    return completed


def _indexes(connection: sqlite3.Connection) -> Iterator[str]:
    faults = [row[0] for row in connection.execute("PRAGMA integrity_check(100)")]
    if faults == ["ok"]:
        faults = [f"letters of index {name}" for name in queries.miscased_indexes(connection)]
    if not faults:
        return
    if not all(" index " in f" {fault} " for fault in faults):
        raise _irreparable()
    try:
        connection.execute("REINDEX")
    except sqlite3.DatabaseError as error:
        # Duplicate keys, or an unreadable page of the index itself.
        raise _irreparable() from error
    yield "The file's own indexes were rebuilt."


def _irreparable() -> DamagedLibraryError:
    return DamagedLibraryError(
        "The library's file is damaged beyond repair; it was not touched.",
        "Restore it from a backup (workbench restore-backup FILE), or save what can be read "
        "(workbench salvage OLD.brain NEW.brain).",
    )


def lost_sources(connection: sqlite3.Connection) -> Iterator[str]:
    """Give each text without a source a new one; inside a transaction, yields what was done."""
    missing = connection.execute(
        "SELECT DISTINCT source FROM section WHERE source NOT IN (SELECT id FROM source)"
    ).fetchall()
    for (source,) in missing:
        connection.execute(
            "INSERT INTO source(id, hash, title, kind, reader, state, added, verified) "
            "VALUES (?, ?, ?, 'text', 'repair', 'verified', unixepoch(), unixepoch())",
            (source, f"repair:{source}", f"Recovered text {source}"),
        )
    if missing:
        yield f"{_plural(len(missing), 'text')} without a source became “Recovered text”."


def orphans(connection: sqlite3.Connection, excluded: Container[str] = ()) -> Iterator[str]:
    """Delete rows whose parent is missing; yields the numbers by table.

    Inside a transaction. `excluded` tables are skipped. A source without its original stays.
    """
    connection.execute(
        "UPDATE source SET original = NULL WHERE original NOT IN (SELECT hash FROM original)"
    )
    references = [
        reference
        for reference in connection.execute(
            'SELECT t.name, k."table", k."from", coalesce(k."to", k."from") FROM sqlite_schema t, '
            "pragma_foreign_key_list(t.name) k WHERE t.type = 'table' ORDER BY t.rowid"
        ).fetchall()
        if reference[0] not in excluded
    ]
    deleted: Counter[tuple[str, str]] = Counter()
    previous = -1
    # Deletions may orphan further rows.
    while previous < deleted.total():
        previous = deleted.total()
        for table, parent, column, key in references:
            deleted[table, parent] += connection.execute(
                f"DELETE FROM {table} WHERE {column} IS NOT NULL "
                f"AND {column} NOT IN (SELECT {key} FROM {parent})"
            ).rowcount
    for (table, parent), number in deleted.items():
        if number:
            yield f"{_plural(number, 'row')} of {table} without a {parent} went."


def _strays(connection: sqlite3.Connection) -> Iterator[str]:
    removed = connection.execute(
        "DELETE FROM engram WHERE passage IS NOT NULL AND NOT EXISTS (SELECT 1 FROM passage p "
        "WHERE p.id = engram.passage AND engram.id BETWEEN p.first_engram AND p.last_engram)"
    ).rowcount
    if removed:
        yield f"{_plural(removed, 'statement')} without a passage went."


def _vectors(connection: sqlite3.Connection) -> Iterator[str]:
    removed = connection.execute(
        "DELETE FROM vector WHERE space NOT IN (SELECT CAST(substr(key, ?) AS INTEGER) FROM meta "
        "WHERE key GLOB ? || '*')",
        (len(meta.SPACE) + 1, meta.SPACE),
    ).rowcount
    if removed:
        yield f"{_plural(removed, 'vector')} without a model removed."


def _kinds(connection: sqlite3.Connection) -> Iterator[str]:
    """Restore kinds from the tables of statements, and spans of told ones from their texts."""
    changed = connection.execute(
        "UPDATE engram SET kind = 'statement' WHERE passage IS NOT NULL AND kind <> 'statement'"
    ).rowcount
    for table, kind in (("fact", "'fact'"), ("note", "r.kind")):
        changed += connection.execute(
            f"UPDATE engram SET kind = {kind}, passage = NULL, start = 0, end = length(text) "
            f"FROM {table} r WHERE r.engram = engram.id AND (engram.kind, start, end) "
            f"IS NOT ({kind}, 0, length(text))"
        ).rowcount
    if changed:
        yield f"{_plural(changed, 'statement')} got back what kind and length they are of."


def _ownership(connection: sqlite3.Connection) -> Iterator[str]:
    stored = select(connection, "SELECT first, last, source FROM extent ORDER BY first")
    true = _joined(
        connection.execute(
            "SELECT first_engram, last_engram, source FROM passage "
            "WHERE last_engram >= first_engram ORDER BY first_engram"
        )
    )
    if _joined(iter(stored)) == true:
        return
    meta.count(connection, meta.SOURCE_CHANGES)
    connection.execute("DELETE FROM extent")
    connection.executemany("INSERT INTO extent(first, last, source) VALUES (?, ?, ?)", true)
    yield "Which statements belong to which source was worked out again."


def _joined(ranges: Iterator[Range]) -> list[Range]:
    """Merge adjacent ranges of the same owner."""
    joined: list[Range] = []
    for first, last, source in ranges:
        if joined and joined[-1][1] == first - 1 and joined[-1][2] == source:
            joined[-1] = (joined[-1][0], last, source)
        else:
            joined.append((first, last, source))
    return joined


def _counts(connection: sqlite3.Connection) -> Iterator[str]:
    wrong = connection.execute(
        "SELECT id, characters, passages, engrams, pages, true_characters, true_passages, "
        "true_engrams, true_pages FROM (SELECT s.id, s.characters, s.passages, s.engrams, s.pages, "
        "coalesce((SELECT max(end) FROM section WHERE source = s.id), 0) AS true_characters, "
        "(SELECT count(*) FROM passage WHERE source = s.id) AS true_passages, "
        "coalesce((SELECT sum(last - first + 1) FROM extent WHERE source = s.id), 0) "
        "AS true_engrams, (SELECT count(*) FROM page WHERE source = s.id) AS true_pages "
        "FROM source s) WHERE (characters, passages, engrams, pages) "
        "<> (true_characters, true_passages, true_engrams, true_pages)"
    ).fetchall()
    connection.executemany(
        "UPDATE source SET characters = ?, passages = ?, engrams = ?, pages = ? WHERE id = ?",
        [(*row[5:], row[0]) for row in wrong],
    )
    if wrong:
        yield f"{_plural(len(wrong), 'source')} recounted."


def _unowned(connection: sqlite3.Connection) -> Iterator[str]:
    strays = kept_originals.unowned(connection)
    kept_originals.drop_unused(connection, strays)
    if strays:
        yield f"{_plural(len(strays), 'kept original')} without a source went."


def _plural(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number} {noun}s"


_PART = 4096
_MASK = (1 << 64) - 1

#: Engram, place and record.
_Row = tuple[int, int, bytes]


#: Queries that count wrong counts, by what they mean.
_MISCOUNTED = {
    "When {} concepts were mentioned first or last is not as it was written.": (
        "SELECT count(*) FROM concept c "
        "JOIN (SELECT m.concept, min(f.at) AS low, max(f.at) AS high FROM mention m "
        "JOIN fiber f ON f.engram = m.engram GROUP BY m.concept) t "
        "ON t.concept = c.id WHERE NOT EXISTS (SELECT 1 FROM derived WHERE kind = 'gone:fiber') "
        "AND (c.first > t.low OR c.last < t.high "
        # Times of very frequent concepts are not always recomputed on removal.
        f"OR c.mentions <= {RECOUNT_LIMIT} AND (c.first < t.low OR c.last > t.high))"
    ),
    **edges.FAULTS,
    "{} concepts can be found by no word.": (
        "SELECT count(*) FROM concept WHERE NOT kept "
        "AND NOT EXISTS (SELECT 1 FROM concept_key WHERE concept = id)"
    ),
}


def count_faults(connection: sqlite3.Connection) -> Iterator[str]:
    """Inconsistencies of fibers and of counts derived from them, as sentences."""
    existing = set(integers(connection, "SELECT id FROM concept"))
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
    yield from counted(connection, _MISCOUNTED)


def recount(connection: sqlite3.Connection) -> list[str]:
    """Recompute all counts from the fibers; returns the repairs, as sentences.

    Inside a transaction.
    """
    if not any(count_faults(connection)):
        return []
    _drop_damaged(connection)
    connection.execute("DELETE FROM derived WHERE kind = 'gone:fiber'")
    connection.execute("DELETE FROM mention")
    connection.execute("UPDATE association SET evidence = 0")
    connection.execute("UPDATE concept SET mentions = 0, first = NULL, last = NULL")
    for part in _parts(connection):
        mentions, numbers, triples = count_fibers(part)
        insert_mentions(connection, mentions)
        add_counts(connection, numbers, triples)
    connection.execute("DELETE FROM association WHERE evidence = 0")
    connection.execute("DELETE FROM concept WHERE mentions = 0 AND NOT kept")
    edges.mend(connection)
    meta.count(connection, meta.CONCEPT_MOVES)
    return ["Concepts and what joins them were recounted."]


def _drop_damaged(connection: sqlite3.Connection) -> None:
    """Queue engrams with unusable fibers for retracing.

    Including fibers with a concept that has no key, which could never be found again.
    """
    query = "SELECT id FROM concept WHERE kept OR id IN (SELECT concept FROM concept_key)"
    existing = set(integers(connection, query))
    for part in _parts(connection):
        sound = {
            engram
            for engram, _, pathway in fiber_records.intact(part)
            if existing.issuperset(pathway.concepts)
        }
        bad = [engram for engram, *_ in part if engram not in sound]
        unlinked.queue_retrace(connection, bad)
        connection.executemany("DELETE FROM fiber WHERE engram = ?", [(id,) for id in bad])


def _parts(connection: sqlite3.Connection) -> Iterator[list[_Row]]:
    """All fibers in the order of engrams, in batches."""
    last = -1
    while part := connection.execute(
        "SELECT engram, place, record FROM fiber WHERE engram > ? ORDER BY engram LIMIT ?",
        (last, _PART),
    ).fetchall():
        yield failures.forward(part, last)
        last = part[-1][0]
