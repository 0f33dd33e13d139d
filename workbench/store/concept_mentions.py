"""Adds and removes fibers, and updates the counts derived from them.

Fibers are the evidence; concepts, mentions and associations are counted from them in batches, so
that frequent ones are written once. Removing engrams moves their fibers to `derived` (by a
trigger); `settle` subtracts exactly their contribution, and removes their sayings.

The name and type of a concept are elected by its oldest mentions: a text may take "Hand" at the
start of a heading for a name, and "hand over" for an action. With few mentions the first decides,
with more the majority. They are evaluated only when their number reaches a stage, which keeps
linking fast.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from operator import itemgetter
from typing import NamedTuple, Protocol

from workbench.store import edges, fiber_records, meta
from workbench.store.fiber_records import FINE, MAX_STEPS, MAX_TIES, FiberRecordError, Pathway
from workbench.store.queries import execute, integers, json_list, select, select_one
from workbench.store.text import place_of

#: Symmetric types of associations, stored once, with the smaller concept as head.
UNDIRECTED = frozenset((20, 21, 22))
#: Removed fibers subtracted at a time.
_PART = 4096
#: Query of removed fibers not yet subtracted: engram, place and record.
GONE_FIBERS = "SELECT part, CAST(stamp AS INTEGER), data FROM derived WHERE kind = 'gone:fiber'"
#: Maximum mentions for which a removal recomputes a concept's times.
RECOUNT_LIMIT = 2000

#: (head, type, tail)
Triple = tuple[int, int, int]


class NamedSpan(Protocol):
    """A concept that a text names at `start` to `end`; `weight` is from 0 to 1."""

    @property
    def key(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def type(self) -> int: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def weight(self) -> float: ...


class Joined(Protocol):
    """A tie of two spans; `head` and `tail` are their positions."""

    @property
    def head(self) -> int: ...
    @property
    def type(self) -> int: ...
    @property
    def tail(self) -> int: ...


class Traced(Protocol):
    """The concepts of a text in order, and their ties."""

    @property
    def spans(self) -> Sequence[NamedSpan]: ...
    @property
    def bonds(self) -> Sequence[Joined]: ...


class NewFiber(NamedTuple):
    """An engram's pathway before its concepts have ids; `place` and `at` as in `fiber`."""

    engram: int
    place: int
    at: float
    trace: Traced


@dataclass(frozen=True, slots=True)
class FiberBatch:
    """The rows of a batch of fibers, built at a `revision` of the concepts."""

    revision: tuple[int, object]
    concepts: list[tuple[int, str, int]]
    keys: list[tuple[str, int]]
    fibers: list[tuple[int, int, float, bytes]]
    mentions: list[tuple[int, int, int]]
    #: (added mentions, first, last, type, concept)
    counts: list[tuple[int, float, float, int, int]]
    associations: Mapping[Triple, int]


def by_keys(connection: sqlite3.Connection, keys: Iterable[str]) -> dict[str, int]:
    """The concepts of keys; unknown keys are missing."""
    return dict(
        select(
            connection,
            "SELECT k.key, k.concept FROM json_each(?) j JOIN concept_key k ON k.key = j.value",
            keys,
        )
    )


def own_keys(connection: sqlite3.Connection) -> dict[str, int]:
    """The concepts of keys that hold in one source only (`own_key`)."""
    return dict(connection.execute("SELECT key, concept FROM concept_key WHERE key < ' '"))


def own_key(place: int, key: str) -> str:
    """The key of a name that denotes somebody else in one source."""
    return f"\x1f{place}\x1f{key}"


def drop_own_keys(connection: sqlite3.Connection, place: int) -> None:
    """Remove the keys of a source, and no longer keep what only they denote."""
    connection.execute(
        "DELETE FROM concept_key WHERE key < ' ' AND key GLOB ?", (own_key(place, "*"),)
    )
    connection.execute(
        "UPDATE concept SET kept = 0 WHERE kept AND id NOT IN (SELECT concept FROM concept_key)"
    )


def _revision(connection: sqlite3.Connection) -> tuple[int, object]:
    """The last concept id and the number of removals: ids are valid while both are equal."""
    row = select_one(connection, "SELECT seq FROM sqlite_sequence WHERE name = 'concept'")
    return (0 if row is None else int(row[0])), meta.get(connection, meta.CONCEPT_MOVES)


# -- adding ----------------------------------------------------------------------------------------


def spin(connection: sqlite3.Connection, fibers: Sequence[NewFiber]) -> FiberBatch:
    """Build the rows of engrams without fibers, without writing.

    Engrams without concepts are left out.
    """
    visited = newest, _ = _revision(connection)
    fibers = [fiber for fiber in fibers if fiber.trace.spans]
    keys = [[item.key for item in fiber.trace.spans[:MAX_STEPS]] for fiber in fibers]
    _names_in_s(connection, fibers, keys)
    if own := own_keys(connection):
        keys = [
            [key if (its := own_key(fiber.place, key)) not in own else its for key in names]
            for fiber, names in zip(fibers, keys, strict=True)
        ]
    requested = set(chain.from_iterable(keys))
    ids = by_keys(connection, requested)
    missing = requested.difference(ids)
    new: dict[str, NamedSpan] = {}
    for fiber, names in zip(fibers, keys, strict=True):
        if missing and not missing.isdisjoint(names):
            for key, item in zip(names, fiber.trace.spans, strict=False):
                if key in missing:
                    new.setdefault(key, item)
    created = {key: newest + 1 + number for number, key in enumerate(new)}
    if created:
        ids |= created
    rows: list[tuple[int, int, float, bytes]] = []
    mentions: list[tuple[int, int, int]] = []
    numbers: Counter[int] = Counter()
    types: dict[int, int] = {}
    triples: Counter[Triple] = Counter()
    members: list[tuple[float, list[int]]] = []
    for fiber, names in zip(fibers, keys, strict=True):
        engram, place, at, trace = fiber
        result: Sequence[NamedSpan] = trace.spans
        concepts = [ids[key] for key in names]
        ties = [(bond.head, bond.type, bond.tail) for bond in trace.bonds]
        if len(set(concepts)) < len(concepts) or len(result) > MAX_STEPS or len(ties) > MAX_TIES:
            result, concepts, ties = _pathway(result, concepts, ties)
        kinds = [item.type for item in result]
        starts = [item.start for item in result]
        sizes = [item.end - item.start for item in result]
        weights = [int(item.weight * FINE + 0.5) for item in result]
        record = fiber_records.pack_columns(concepts, starts, sizes, kinds, weights, ties)
        rows.append((engram, place, at, record))
        mentions += zip(concepts, repeat(place), repeat(engram), strict=False)
        numbers.update(concepts)
        for concept, kind in zip(concepts, kinds, strict=True):
            if types.get(concept, PLAIN) == PLAIN:
                types[concept] = kind
        triples.update(joins(concepts, ties))
        members.append((at, concepts))
    # Sorting by concept suffices: rows of one concept are adjacent, in the order of engrams.
    mentions.sort(key=itemgetter(0))
    members.sort(key=itemgetter(0))
    latest: dict[int, float] = {}
    for at, concepts in members:
        latest.update(dict.fromkeys(concepts, at))
    first: dict[int, float] = {}
    for at, concepts in reversed(members):
        first.update(dict.fromkeys(concepts, at))
    return FiberBatch(
        revision=visited,
        concepts=[
            (created[key], " ".join(item.name.split()), int(item.type)) for key, item in new.items()
        ],
        keys=sorted(created.items()),
        fibers=rows,
        mentions=mentions,
        counts=[
            (number, first[concept], latest[concept], int(types[concept]), concept)
            for concept, number in sorted(numbers.items())
        ],
        associations={
            (head, int(type), tail): number for (head, type, tail), number in triples.items()
        },
    )


def _names_in_s(
    connection: sqlite3.Connection, fibers: Sequence[NewFiber], keys: Sequence[list[str]]
) -> None:
    """Map "Holmes", a possible plural at the start of a sentence, to the known name."""
    doubtful = [
        (number, at, f"{key}s")
        for number, names in enumerate(keys)
        for at, key in enumerate(names)
        if (name := fibers[number].trace.spans[at].name)[-1:] == "s"
        and name[0].isupper()
        and name.lower() == f"{key}s"
    ]
    if not doubtful:
        return
    existing = by_keys(connection, {name for *_, name in doubtful})
    previous: set[str] = set()
    reached = 0
    for number, at, name in doubtful:
        previous.update(chain.from_iterable(keys[reached:number]))
        reached = number
        if name in existing or name in previous:
            keys[number][at] = name


def weave(connection: sqlite3.Connection, batch: FiberBatch) -> bool:
    """Store the rows of a batch; False if concepts changed since it was built.

    Inside a transaction.
    """
    if _revision(connection) != batch.revision:
        return False
    executemany = connection.executemany
    executemany("INSERT INTO concept(id, name, type) VALUES (?, ?, ?)", batch.concepts)
    executemany("INSERT INTO concept_key(key, concept) VALUES (?, ?)", batch.keys)
    executemany("INSERT INTO fiber(engram, place, at, record) VALUES (?, ?, ?, ?)", batch.fibers)
    insert_mentions(connection, batch.mentions)
    # The type has a checksum and the counts have none, so write it only if it changes.
    executemany(
        f"UPDATE concept SET type = ? WHERE id = ? AND type = {PLAIN} "
        f"AND mentions < {STAGES[0]} AND NOT kept",
        [(type, concept) for *_, type, concept in batch.counts if type != PLAIN],
    )
    # A first mention sets both times; unknown times (see `settle`) of mentioned concepts stay
    # unknown.
    executemany(
        "UPDATE concept SET first = iif(mentions, min(first, ?2), ?2), "
        "last = iif(mentions, max(last, ?3), ?3), mentions = mentions + ?1 WHERE id = ?5",
        batch.counts,
    )
    rename_due(connection, {concept: number for number, *_, concept in batch.counts})
    add_counts(connection, {}, batch.associations)
    return True


def _pathway(
    spans: Sequence[NamedSpan], concepts: Sequence[int], ties: Sequence[tuple[int, int, int]]
) -> tuple[list[NamedSpan], list[int], list[tuple[int, int, int]]]:
    """A pathway with each concept once, at its first mention, within the limits of a record."""
    places: dict[int, int] = {}
    retained: list[NamedSpan] = []
    position: list[int] = []
    for item, concept in zip(spans, concepts, strict=False):
        if concept not in places:
            places[concept] = len(retained)
            retained.append(item)
        position.append(places[concept])
    size = len(position)
    remapped = (
        (position[head], type, position[tail])
        for head, type, tail in ties
        if head < size and tail < size
    )
    distinct = dict.fromkeys(tie for tie in remapped if tie[0] != tie[2])
    return retained, list(places), list(distinct)[:MAX_TIES]


def joins(concepts: Sequence[int], ties: Iterable[tuple[int, int, int]]) -> set[Triple]:
    """The distinct associations of which a pathway is evidence."""
    results: set[Triple] = set()
    for at, type, to in ties:
        head, tail = concepts[at], concepts[to]
        if head == tail:
            continue
        if tail < head and type in UNDIRECTED:
            head, tail = tail, head
        results.add((head, type, tail))
    return results


def triples_of(pathway: Pathway) -> set[Triple]:
    """The distinct associations of which a pathway is evidence: (head, type, tail)."""
    return joins(pathway.concepts, pathway.ties)


# -- removing --------------------------------------------------------------------------------------


def settle(connection: sqlite3.Connection, limit: int = -1) -> int:
    """Subtract the contributions of removed engrams; returns the number of fibers.

    Concepts without mentions are deleted, unless kept; others are renamed by their oldest remaining
    mentions. Inside a transaction.
    """
    completed = 0
    while limit < 0 or completed < limit:
        part = _PART if limit < 0 else min(_PART, limit - completed)
        removed = select(connection, f"{GONE_FIBERS} ORDER BY part LIMIT ?", part)
        if not removed:
            break
        engrams = [engram for engram, _, _ in removed]
        refresh(connection, _subtract(connection, removed))
        connection.executemany(
            "DELETE FROM derived WHERE kind = 'gone:fiber' AND part = ?",
            [(engram,) for engram in engrams],
        )
        edges.recount(connection, edges.drop(connection, engrams))
        completed += len(removed)
    return completed


def weigh(connection: sqlite3.Connection, saliences: Iterable[tuple[int, float]]) -> None:
    """Set the salience of fibers, 0 to 1, by engram; missing fibers are ignored."""
    connection.executemany(
        "UPDATE fiber SET salience = ? WHERE engram = ?",
        [(salience, engram) for engram, salience in saliences],
    )


def reweave(connection: sqlite3.Connection, fibers: Sequence[NewFiber]) -> None:
    """Replace the fibers of engrams; concepts of both keep their ids.

    Inside a transaction.
    """
    parameters = (json.dumps([fiber.engram for fiber in fibers]),)
    previous = connection.execute(
        "SELECT engram, place, record FROM fiber WHERE engram IN (SELECT value FROM json_each(?))",
        parameters,
    ).fetchall()
    missing = _subtract(connection, previous)
    selected = "IN (SELECT value FROM json_each(?))"
    connection.execute(f"DELETE FROM fiber WHERE engram {selected}", parameters)
    connection.execute(
        f"DELETE FROM derived WHERE kind = 'gone:fiber' AND part {selected}", parameters
    )
    batch = spin(connection, fibers)
    weave(connection, batch)
    refresh(connection, missing.union(row[-1] for row in batch.counts))
    # Triples are removed with the old fibers, and extracted again.
    engrams = [fiber.engram for fiber in fibers]
    edges.recount(connection, edges.drop(connection, engrams))
    edges.queue_reextraction(connection, engrams)


def count_fibers(
    rows: Iterable[tuple[int, int, bytes]],
) -> tuple[list[tuple[int, int, int]], Counter[int], Counter[Triple]]:
    """Mentions of fibers (engram, place, record) in order, and counts by concept and association.

    Damaged records are skipped; `repair.count_faults` then finds wrong counts.
    """
    mentions: list[tuple[int, int, int]] = []
    numbers: Counter[int] = Counter()
    triples: Counter[Triple] = Counter()
    for engram, place, pathway in fiber_records.intact(rows):
        concepts = set(pathway.concepts)
        mentions += ((concept, place, engram) for concept in concepts)
        numbers.update(concepts)
        triples.update(triples_of(pathway))
    return sorted(mentions), numbers, triples


def insert_mentions(
    connection: sqlite3.Connection, mentions: Iterable[tuple[int, int, int]]
) -> None:
    """Insert mentions (concept, place, engram), which are not counted yet."""
    connection.executemany("INSERT INTO mention(concept, place, engram) VALUES (?, ?, ?)", mentions)


def remove_mentions(
    connection: sqlite3.Connection, mentions: Iterable[tuple[int, int, int]]
) -> None:
    """Delete mentions (concept, place, engram), which are still counted."""
    connection.executemany(
        "DELETE FROM mention WHERE concept = ? AND place = ? AND engram = ?", mentions
    )


def add_counts(
    connection: sqlite3.Connection,
    numbers: Mapping[int, int],
    triples: Mapping[Triple, int],
    factor: int = 1,
) -> None:
    """Add to the mentions of concepts, and to the evidence of associations, `factor` times.

    Associations without evidence are deleted.
    """
    connection.executemany(
        "UPDATE concept SET mentions = mentions + ? WHERE id = ?",
        [(factor * number, concept) for concept, number in sorted(numbers.items()) if number],
    )
    rows = [(*triple, factor * number) for triple, number in sorted(triples.items()) if number]
    connection.executemany(
        "INSERT INTO association(head, type, tail, evidence) VALUES (?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET evidence = evidence + excluded.evidence",
        rows,
    )
    connection.executemany(
        "DELETE FROM association WHERE head = ? AND type = ? AND tail = ? AND evidence <= 0",
        [row[:3] for row in rows if row[3] < 0],
    )
    if rows:
        meta.count(connection, meta.GRAPH_MOVES)


def _subtract(
    connection: sqlite3.Connection, removed: Sequence[tuple[int, int, bytes]]
) -> set[int]:
    """Subtract fibers from the counts; returns their concepts."""
    mentions, numbers, triples = count_fibers(removed)
    remove_mentions(connection, mentions)
    add_counts(connection, numbers, triples, -1)
    return set(numbers)


def _drop_unmentioned(connection: sqlite3.Connection, concepts: Iterable[int]) -> None:
    removed = execute(
        connection,
        "DELETE FROM concept WHERE id IN (SELECT value FROM json_each(?)) "
        "AND mentions <= 0 AND NOT kept",
        sorted(concepts),
    ).rowcount
    if removed:
        meta.count(connection, meta.CONCEPT_MOVES)


def refresh(connection: sqlite3.Connection, concepts: Collection[int]) -> None:
    """Recompute names, types and times of concepts that lost mentions, or gained old ones."""
    _drop_unmentioned(connection, concepts)
    left = select(
        connection,
        "SELECT id, mentions, kept FROM concept WHERE id IN (SELECT value FROM json_each(?))",
        sorted(concepts),
    )
    for concept, mentions, _ in left:
        first = last = None
        if 0 < mentions <= RECOUNT_LIMIT:
            first, last = times(connection, concept)
        connection.execute(
            "UPDATE concept SET first = ?, last = ? WHERE id = ?", (first, last, concept)
        )
    rename(connection, {id: mentions for id, mentions, retained in left if not retained})


def times(connection: sqlite3.Connection, concept: int) -> tuple[float | None, float | None]:
    """The times of the oldest and the newest mention of a concept; reads all of them."""
    first, last = connection.execute(
        "SELECT min(f.at), max(f.at) FROM mention m JOIN fiber f ON f.engram = m.engram "
        "WHERE m.concept = ?",
        (concept,),
    ).fetchone()
    return first, last


def move(connection: sqlite3.Connection, scope: int, to: int) -> None:
    """Move told statements to another scope; reads every fiber."""
    settle(connection)
    previous, after = place_of(scope), place_of(to)
    rows = select(connection, "SELECT engram, record FROM fiber WHERE place = ?", previous)
    updates = [
        (after, concept, previous, engram)
        for engram, members in fiber_records.intact(rows, fiber_records.members)
        for concept in set(members)
    ]
    updates.sort(key=lambda row: row[1:])
    connection.executemany(
        "UPDATE mention SET place = ? WHERE concept = ? AND place = ? AND engram = ?", updates
    )
    edges.move(connection, previous, after)
    connection.execute("UPDATE fiber SET place = ? WHERE place = ?", (after, previous))


#: The generic type; any other type of a mention is more specific.
PLAIN = 6
#: Named entities, and places.
_ENTITY, _SPATIAL = 3, 2
#: Actions and intentions, as opposed to things.
_ACTION, _INTENT = 4, 8
_PROPER = (_ENTITY, _SPATIAL)
#: Numbers of mentions at which as many of the oldest are evaluated.
STAGES = (4, 24)
#: Maximum characters of a text; concepts are named at its start (see `trace`).
_LONGEST = 20_000


def naming_stage(mentions: int) -> int:
    """The number of oldest mentions that decide name and type; 0: the first."""
    return max((item for item in STAGES if item <= mentions), default=0)


def rename_due(connection: sqlite3.Connection, more: Mapping[int, int]) -> None:
    """Rename concepts that reached a stage by `more` new mentions."""
    rows = connection.execute(
        "SELECT c.id, c.mentions FROM json_each(?) j JOIN concept c ON c.id = j.value "
        "WHERE c.mentions >= ? AND NOT c.kept",
        (json_list(more), STAGES[0]),
    )
    rename(
        connection,
        {
            id: number
            for id, number in rows
            if naming_stage(number) != naming_stage(number - more[id])
        },
    )


def rename(connection: sqlite3.Connection, mentions: Mapping[int, int]) -> None:
    """Set the names and types of concepts from their oldest mentions, given their numbers."""
    oldest = {id: _oldest(connection, id, number) for id, number in mentions.items()}
    texts = _read(connection, {engram for engrams in oldest.values() for engram in engrams})
    results: list[tuple[str, int, int]] = []
    for concept, engrams in oldest.items():
        forms: list[str] = []
        types: list[int] = []
        for engram in engrams:
            if engram not in texts:
                continue
            record, text = texts[engram]
            try:
                step = fiber_records.step(record, concept)
            except FiberRecordError:
                continue
            if step is None or step.start == step.end:
                # Referred to without being named.
                continue
            forms.append(" ".join(text[step.start : step.end].split()))
            types.append(step.type)
        if forms:
            results.append((*_elect(forms, types, naming_stage(mentions[concept])), concept))
    connection.executemany(
        "UPDATE concept SET name = ?1, type = ?2 WHERE id = ?3 AND (name <> ?1 OR type <> ?2)",
        [row for row in results if row[0]],
    )


def _oldest(connection: sqlite3.Connection, concept: int, mentions: int) -> list[int]:
    """The oldest engrams that mention a concept, as many as its stage."""
    return integers(
        connection,
        "SELECT engram FROM mention WHERE concept = ? ORDER BY engram LIMIT ?",
        concept,
        naming_stage(mentions) or STAGES[0],
    )


def _read(connection: sqlite3.Connection, engrams: Collection[int]) -> dict[int, tuple[bytes, str]]:
    """The records and texts of engrams with fibers."""
    rows = connection.execute(
        "SELECT f.engram, f.record, substr(e.text, 1, ?) FROM json_each(?) j "
        "JOIN fiber f ON f.engram = j.value JOIN engram e ON e.id = f.engram",
        (_LONGEST, json.dumps(sorted(engrams))),
    )
    return {engram: (record, text) for engram, record, text in rows}


def _elect(forms: Sequence[str], types: Sequence[int], stage: int) -> tuple[str, int]:
    if not stage:
        return forms[0], next((type for type in types if type != PLAIN), PLAIN)
    type = _commonest_type(types)
    return _commonest_name(forms, proper=type in _PROPER), type


def _commonest_type(types: Sequence[int]) -> int:
    """The most frequent type; a name that often denotes a place is one."""
    if types.count(types[0]) == len(types):
        return types[0]
    numbers = Counter(types)
    type, maximum = max(numbers.items(), key=lambda each: (each[1], each[0] != PLAIN, -each[0]))
    if type == PLAIN and numbers[_ACTION] + numbers[_INTENT] > maximum:
        return max(_ACTION, _INTENT, key=lambda each: numbers[each])
    if type == _ENTITY and 2 * numbers[_SPATIAL] >= maximum:
        return _SPATIAL
    return type


def _commonest_name(forms: Sequence[str], *, proper: bool) -> str:
    """The most frequent form, the first of ties; capitals of headings only if all are."""
    if forms.count(forms[0]) == len(forms):
        return forms[0]
    numbers = Counter(map(str.casefold, forms))
    commonest = max(numbers, key=lambda form: numbers[form])
    writings = Counter(form for form in forms if form.casefold() == commonest)
    plain = [form for form in writings if not _shouted(form)] or list(writings)
    if not proper:
        plain = [form for form in plain if not form[:1].isupper()] or plain
    return max(plain, key=lambda form: writings[form])


def _shouted(form: str) -> bool:
    return len(form) > 1 and form.isupper()
