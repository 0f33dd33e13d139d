"""Rows of triples: relations of concepts in engrams, aggregated to edges.

A triple extends the fiber of its engram by its concepts and by a tie, so that mentions and
associations count it like any other; a row of `saying` has its words. Edges are recounted from all
of their sayings when some change.
"""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from workbench.store import concept_mentions, edges, fiber_records, meta
from workbench.store.concept_mentions import UNDIRECTED, Triple
from workbench.store.fiber_records import MAX_STEPS, MAX_TIES, Pathway, Step
from workbench.store.queries import execute, integers, json_list, select_one, select_records

#: Flags of a saying: it is denied, only possible, inverted, or its words are not directly between
#: the two concepts.
NEGATED, MODAL, INVERTED, LOOSE = 1, 2, 4, 8
_TIES_BITS = 16
#: Bits of a saying's `extractor` below those of its reader.
READER_BITS = 16


class End(NamedTuple):
    """An end of a triple: a step of the fiber, or (-1) a concept by its key.

    `start` and `end` are its span in the engram's text; equal if it is only implied.
    """

    key: str
    name: str
    type: int
    start: int
    end: int
    step: int = -1


class Claim(NamedTuple):
    """A triple of two ends. `relation` is its name, "" for a tie by cue words alone.

    `start` and `end` are the relation's span in the engram's text; `confidence` is from 0 to 1.
    `reader` is the id of the model that read it, 0 for none; `rules` tells whether rules extracted
    it.
    """

    head: End
    type: int
    tail: End
    relation: str
    start: int
    end: int
    flags: int
    confidence: float
    reader: int = 0
    rules: bool = True


class Extraction(NamedTuple):
    """The triples extracted from an engram when its fiber was `record`."""

    engram: int
    record: bytes
    claims: Sequence[Claim]


class TracedFiber(NamedTuple):
    """A fiber as traced, without extensions by triples; `record` is the whole."""

    engram: int
    record: bytes
    pathway: Pathway


def traced(pathway: Pathway, plain: int | None) -> Pathway:
    """The part of a pathway before its extension by triples."""
    if plain is None:
        return pathway
    steps, ties = plain >> _TIES_BITS, plain & ((1 << _TIES_BITS) - 1)
    return Pathway(pathway.steps[:steps], pathway.ties[:ties])


def owned(connection: sqlite3.Connection, engrams: Collection[int]) -> dict[int, TracedFiber]:
    """The fibers of these engrams, without damaged ones."""
    rows = execute(
        connection,
        "SELECT engram, plain, record, record FROM fiber "
        "WHERE engram IN (SELECT value FROM json_each(?))",
        engrams,
    )
    return {
        engram: TracedFiber(engram, record, traced(pathway, plain))
        for engram, plain, record, pathway in fiber_records.intact(rows)
    }


def write(connection: sqlite3.Connection, extractions: Sequence[Extraction], extractor: int) -> int:
    """Replace the sayings of engrams; returns the number stored.

    Engrams whose fiber has changed are left for another extraction. Inside a transaction.
    """
    rows = {
        row[0]: row[1:]
        for row in execute(
            connection,
            "SELECT engram, place, at, record, plain, "
            "EXISTS (SELECT 1 FROM saying s WHERE s.engram = fiber.engram) FROM fiber "
            "WHERE engram IN (SELECT value FROM json_each(?))",
            [item.engram for item in extractions],
        )
    }
    ready = [
        item for item in extractions if item.engram in rows and rows[item.engram][2] == item.record
    ]
    edges.queue_reextraction(
        connection, {item.engram for item in extractions if item.engram in rows} - _ids(ready)
    )
    # Engrams without triples before and after are unchanged.
    ready = [item for item in ready if item.claims or rows[item.engram][4]]
    ids = _numbers(connection, ready) | concept_mentions.own_keys(connection)
    weft = _Weft(ids, extractor)
    for item in ready:
        place, at, record, plain, _ = rows[item.engram]
        weft.add(item, place, at, fiber_records.unpack(record), plain)
    changed = edges.drop(connection, sorted(_ids(ready)))
    weft.store(connection)
    edges.recount(connection, changed.union(row[:3] for row in weft.sayings))
    return len(weft.sayings)


def _ids(extractions: Iterable[Extraction]) -> set[int]:
    return {item.engram for item in extractions}


def _numbers(connection: sqlite3.Connection, extractions: Sequence[Extraction]) -> dict[str, int]:
    """The concepts of keys; missing ones are created."""
    ends: dict[str, End] = {}
    for item in extractions:
        for claim in item.claims:
            for end in (claim.head, claim.tail):
                if end.step < 0:
                    ends.setdefault(end.key, end)
    existing = concept_mentions.by_keys(connection, ends)
    for key, end in ends.items():
        if key not in existing:
            cursor = connection.execute(
                "INSERT INTO concept(name, type) VALUES (?, ?)", (end.name, end.type)
            )
            existing[key] = int(cursor.lastrowid or 0)
            connection.execute(
                "INSERT INTO concept_key(key, concept) VALUES (?, ?)", (key, existing[key])
            )
    return existing


class _Weft:
    """Collects the rows of a batch, and its changes of the counts; `ids` are concepts by key."""

    def __init__(self, ids: dict[str, int], extractor: int) -> None:
        self._ids, self._extractor = ids, extractor
        self.sayings: list[tuple[object, ...]] = []
        self._fibers: list[tuple[bytes, int | None, int]] = []
        self._mentions: Counter[tuple[int, int, int]] = Counter()
        self._numbers: Counter[int] = Counter()
        self._said: dict[int, list[float]] = defaultdict(list)
        self._triples: Counter[Triple] = Counter()

    def add(
        self, extraction: Extraction, place: int, at: float, pathway: Pathway, plain: int | None
    ) -> None:
        """Add an engram with its `pathway`; `plain` is the length before extension."""
        base = traced(pathway, plain)
        steps, ties = list(base.steps), dict.fromkeys(base.ties)
        places = {step.concept: at for at, step in enumerate(steps)}
        for claim in extraction.claims:
            ends: list[int] = []
            for end in (claim.head, claim.tail):
                key = concept_mentions.own_key(place, end.key)
                known = self._ids.get(key) or self._ids.get(end.key, 0)
                concept = steps[end.step].concept if end.step >= 0 else known
                if concept not in places and len(steps) < MAX_STEPS:
                    places[concept] = len(steps)
                    steps.append(Step(concept, end.type, 0.5, end.start, end.end))
                ends.append(concept)
            head, tail, flags = ends[0], ends[1], claim.flags
            if head == tail or not places.keys() >= {head, tail} or len(ties) >= MAX_TIES:
                continue
            if claim.type in UNDIRECTED and tail < head:
                head, tail, flags = tail, head, flags ^ INVERTED
            if claim.relation:
                ties.setdefault(fiber_records.Tie(places[head], claim.type, places[tail]), None)
            self.sayings.append(
                (head, claim.type, tail, place, extraction.engram, claim.relation, flags,
                 at, claim.start, claim.end, round(100 * claim.confidence),
                 (self._extractor if claim.rules else 0) | claim.reader << READER_BITS)
            )  # fmt: skip
        after = Pathway(tuple(steps), tuple(ties))
        longer = len(steps) > len(base.steps) or len(ties) > len(base.ties)
        mark = (len(base.steps) << _TIES_BITS) | len(base.ties) if longer else None
        if after == pathway and mark == plain:
            return
        self._fibers.append((fiber_records.pack(after.steps, after.ties), mark, extraction.engram))
        old, new = set(pathway.concepts), set(after.concepts)
        for concept in new - old:
            self._mentions[concept, place, extraction.engram] += 1
            self._numbers[concept] += 1
            self._said[concept].append(at)
        for concept in old - new:
            self._mentions[concept, place, extraction.engram] -= 1
            self._numbers[concept] -= 1
        self._triples.update(concept_mentions.triples_of(after))
        self._triples.subtract(concept_mentions.triples_of(pathway))

    def store(self, connection: sqlite3.Connection) -> None:
        """Write the rows, additions first, so that persisting associations keep reinforcement."""
        executemany = connection.executemany
        executemany("UPDATE fiber SET record = ?, plain = ? WHERE engram = ?", self._fibers)
        added = sorted(key for key, number in self._mentions.items() if number > 0)
        removed = sorted(key for key, number in self._mentions.items() if number < 0)
        concept_mentions.insert_mentions(connection, added)
        concept_mentions.remove_mentions(connection, removed)
        more = {concept: number for concept, number in self._numbers.items() if number > 0}
        executemany(
            "UPDATE concept SET first = iif(mentions, min(first, ?2), ?2), "
            "last = iif(mentions, max(last, ?3), ?3) WHERE id = ?1",
            [(id, min(times), max(times)) for id, times in sorted(self._said.items())],
        )
        concept_mentions.add_counts(connection, self._numbers, self._triples)
        concept_mentions.rename_due(connection, more)
        executemany(
            "INSERT INTO saying(head, type, tail, place, engram, relation, flags, at, start, end, "
            "confidence, extractor) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT DO NOTHING",
            sorted(self.sayings),
        )
        if missing := {concept for concept, number in self._numbers.items() if number < 0}:
            concept_mentions.refresh(connection, missing)


# -- progress --------------------------------------------------------------------------------------


def mark_extracted(connection: sqlite3.Connection, engrams: Iterable[int]) -> None:
    """Remove engrams from the queue of repeated extraction."""
    connection.executemany(
        "DELETE FROM waiting WHERE engram = ? AND stage = 1", [(id,) for id in engrams]
    )


def pending(connection: sqlite3.Connection, extractor: int) -> tuple[int, int, int]:
    """The last engram extracted by this version, the last one linked, and the number queued."""
    painted, version, linked, waiting = connection.execute(
        "SELECT (SELECT value FROM meta WHERE key = ?), (SELECT value FROM meta WHERE key = ?), "
        "(SELECT value FROM meta WHERE key = ?), (SELECT count(*) FROM waiting WHERE stage = 1)",
        (meta.EXTRACTED, meta.EXTRACTOR, meta.LINKED),
    ).fetchone()
    return int(painted or 0) if version == extractor else 0, int(linked or 0), int(waiting)


def waiting(connection: sqlite3.Connection, limit: int) -> list[int]:
    """Engrams queued for repeated extraction, by id."""
    return integers(
        connection, "SELECT engram FROM waiting WHERE stage = 1 ORDER BY engram LIMIT ?", limit
    )


def reach(connection: sqlite3.Connection, last: int, extractor: int) -> None:
    """Record that this version of the rules has extracted up to an engram."""
    meta.put(connection, meta.EXTRACTED, last)
    meta.put(connection, meta.EXTRACTOR, extractor)


class Passage(NamedTuple):
    """A passage by its span in its source, with its engrams."""

    id: int
    source: int
    section: int
    start: int
    end: int
    first: int
    last: int


def passages(connection: sqlite3.Connection, engrams: Sequence[int]) -> list[Passage]:
    """The passages of these engrams, in order."""
    return select_records(
        connection,
        Passage,
        "SELECT id, source, section, start, end, first_engram, last_engram FROM passage "
        "WHERE id IN (SELECT e.passage FROM json_each(?) j JOIN engram e ON e.id = j.value) "
        "ORDER BY id",
        engrams,
    )


def sentences(connection: sqlite3.Connection, first: int, last: int) -> list[tuple[int, int, int]]:
    """Engrams `first` to `last` with their spans in their source."""
    return connection.execute(
        "SELECT id, start, end FROM engram WHERE id BETWEEN ? AND ? AND passage IS NOT NULL "
        "ORDER BY id",
        (first, last),
    ).fetchall()


def section(connection: sqlite3.Connection, id: int) -> tuple[int, str]:
    """The start and the text of a section; (0, "") if it was removed."""
    row = select_one(connection, "SELECT start, text FROM section WHERE id = ?", id)
    return (0, "") if row is None else (int(row[0]), str(row[1]))


def tellers(connection: sqlite3.Connection, engrams: Collection[int]) -> dict[int, str]:
    """The first tellers of these engrams, except the user."""
    rows = connection.execute(
        "SELECT f.engram, t.name FROM json_each(?) j JOIN fact f ON f.engram = j.value "
        "JOIN teller t ON t.id = f.teller",
        (json_list(engrams),),
    )
    return {int(engram): str(name) for engram, name in rows}
