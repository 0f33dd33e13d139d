"""Fibers coming and going, and the counts that are kept of them.

A fiber is the evidence; concepts, mentions and associations are counted from fibers, a whole batch
at a time, so that what is frequent is written once. Removing engrams leaves their fibers in
`fiber_gone` (by a trigger, whatever removed them); `settle` subtracts exactly their share.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from workbench.store import fiber_records, meta
from workbench.store.fiber_records import MOST_STEPS, MOST_TIES, FiberRecordError, Pathway

#: Types of association without a direction: each stands once, from the smaller concept.
UNDIRECTED = frozenset((20, 21, 22))
#: Keys that are kept in mind.
_KEYS = 200_000
#: Removed fibers that are subtracted in one go.
_PART = 4096
#: Mentions up to which the times of a concept are looked up when one of them goes.
_MANY = 2000

#: (head, type, tail)
Triple = tuple[int, int, int]


class FoundRow(NamedTuple):
    """A concept that a text names, as the rules found it; `weight` is from 0 to 1."""

    key: str
    name: str
    type: int
    start: int
    end: int
    weight: float


@dataclass(frozen=True, slots=True)
class NewFiber:
    """An engram's way before its concepts have numbers; bonds are positions around a type."""

    engram: int
    place: int
    at: float
    found: Sequence[FoundRow]
    bonds: Sequence[tuple[int, int, int]]


class Keys:
    """Which concept a key stands for, as far as it was asked lately. For one thread at a time.

    What was made inside a transaction counts only once that is committed: see `keep`.
    """

    def __init__(self) -> None:
        self._known: dict[str, int] = {}
        self._fresh: dict[str, int] = {}
        self._moves: object = None

    def ids(self, connection: sqlite3.Connection, wanted: Mapping[str, FoundRow]) -> dict[str, int]:
        """The concept of each key, made if need be. To be called inside a transaction."""
        moves = meta.get(connection, meta.CONCEPT_MOVES)
        if moves != self._moves or len(self._known) > _KEYS:
            self._known, self._moves = {}, moves
        known = self._known
        found = {key: known[key] for key in wanted if key in known}
        self._fresh = {}
        if len(found) < len(wanted):
            missing = [key for key in wanted if key not in found]
            fresh = self._fresh
            fresh.update(by_keys(connection, missing))
            new = [key for key in missing if key not in fresh]
            if new:
                fresh.update(_make(connection, [wanted[key] for key in new]))
            found.update(fresh)
        return found

    def keep(self) -> None:
        """The transaction is committed."""
        self._known.update(self._fresh)
        self._fresh = {}


def by_keys(connection: sqlite3.Connection, keys: Iterable[str]) -> dict[str, int]:
    """The concepts that these keys stand for, of those that stand for any."""
    return dict(
        connection.execute(
            "SELECT k.key, k.concept FROM json_each(?) j JOIN concept_key k ON k.key = j.value",
            (json.dumps(list(keys)),),
        ).fetchall()
    )


def _make(connection: sqlite3.Connection, found: Sequence[FoundRow]) -> dict[str, int]:
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'concept'").fetchone()
    first = 1 + (0 if row is None else int(row[0]))
    made = {each.key: first + number for number, each in enumerate(found)}
    connection.executemany(
        "INSERT INTO concept(id, name, type) VALUES (?, ?, ?)",
        [(made[each.key], each.name, each.type) for each in found],
    )
    connection.executemany(
        "INSERT INTO concept_key(key, concept) VALUES (?, ?)",
        sorted(made.items()),
    )
    return made


# -- coming ----------------------------------------------------------------------------------------


def weave(connection: sqlite3.Connection, fibers: Sequence[NewFiber], keys: Keys) -> int:
    """Store the fibers of engrams that have none yet, and count them; returns how many there are.

    Those without concepts are left out. To be called inside a transaction.
    """
    wanted: dict[str, FoundRow] = {}
    for fiber in fibers:
        for each in fiber.found:
            if each.key not in wanted:
                wanted[each.key] = each
    if not wanted:
        return 0
    ids = keys.ids(connection, wanted)
    rows: list[tuple[int, int, float, bytes]] = []
    mentions: list[tuple[int, int, int]] = []
    numbers: dict[int, list[float]] = {}
    triples: Counter[Triple] = Counter()
    for fiber in fibers:
        if not fiber.found:
            continue
        steps, ties = _way(fiber, ids)
        engram, place, at = fiber.engram, fiber.place, fiber.at
        rows.append((engram, place, at, fiber_records.pack(steps, ties)))
        for step in steps:
            concept = step[0]
            mentions.append((concept, place, engram))
            held = numbers.get(concept)
            if held is None:
                numbers[concept] = [1, at, at]
            else:
                held[0] += 1
                if at < held[1]:
                    held[1] = at
                elif at > held[2]:
                    held[2] = at
        triples.update(_triples([step[0] for step in steps], ties))
    connection.executemany("INSERT INTO fiber(engram, place, at, record) VALUES (?, ?, ?, ?)", rows)
    mentions.sort()
    connection.executemany("INSERT INTO mention(concept, place, engram) VALUES (?, ?, ?)", mentions)
    # One that is mentioned for the first time has no times yet; one whose times are not known
    # (see `settle`) has mentions, and they stay unknown.
    connection.executemany(
        "UPDATE concept SET first = iif(mentions, min(first, ?2), ?2), "
        "last = iif(mentions, max(last, ?3), ?3), mentions = mentions + ?1 WHERE id = ?4",
        [(int(n), first, last, concept) for concept, (n, first, last) in sorted(numbers.items())],
    )
    connection.executemany(
        "INSERT INTO association(head, type, tail, evidence) VALUES (?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET evidence = evidence + excluded.evidence",
        [(*triple, number) for triple, number in sorted(triples.items())],
    )
    return len(rows)


def _way(
    fiber: NewFiber, ids: Mapping[str, int]
) -> tuple[list[tuple[int, int, float, int, int]], list[tuple[int, int, int]]]:
    """Steps and ties; keys of one concept are one step, whose first naming counts."""
    steps: list[tuple[int, int, float, int, int]] = []
    where: dict[int, int] = {}
    position: list[int] = []
    for each in fiber.found:
        concept = ids[each[0]]
        at = where.get(concept)
        if at is None:
            if len(steps) == MOST_STEPS:
                position.append(-1)
                continue
            at = where[concept] = len(steps)
            steps.append((concept, each[2], each[5], each[3], each[4]))
        position.append(at)
    if len(steps) == len(position):
        return steps, list(fiber.bonds[:MOST_TIES])
    moved = ((position[head], type, position[tail]) for head, type, tail in fiber.bonds)
    ties = dict.fromkeys(tie for tie in moved if tie[0] != tie[2] and min(tie[0], tie[2]) >= 0)
    return steps, list(ties)[:MOST_TIES]


def _triples(concepts: Sequence[int], ties: Iterable[tuple[int, int, int]]) -> set[Triple]:
    """The associations that a way is evidence of, each once."""
    found: set[Triple] = set()
    for at, type, to in ties:
        head, tail = concepts[at], concepts[to]
        if head == tail:
            continue
        if tail < head and type in UNDIRECTED:
            head, tail = tail, head
        found.add((head, type, tail))
    return found


def triples_of(way: Pathway) -> set[Triple]:
    """The associations that a way is evidence of: (head, type, tail), each once."""
    return _triples(way.concepts, way.ties)


# -- going -----------------------------------------------------------------------------------------


def settle(connection: sqlite3.Connection, limit: int = -1) -> int:
    """Subtract what removed engrams had contributed; returns how many fibers that were.

    Concepts that nothing mentions any more go with their names, unless they are kept; one that
    stays has the name by which the oldest engram that is left names it. To be called inside a
    transaction.
    """
    done = 0
    while limit < 0 or done < limit:
        part = _PART if limit < 0 else min(_PART, limit - done)
        gone = connection.execute(
            "SELECT engram, place, record FROM fiber_gone ORDER BY engram LIMIT ?", (part,)
        ).fetchall()
        if not gone:
            break
        _tell_anew(connection, _subtract(connection, gone))
        connection.executemany(
            "DELETE FROM fiber_gone WHERE engram = ?", [(engram,) for engram, _, _ in gone]
        )
        done += len(gone)
    return done


def reweave(connection: sqlite3.Connection, fibers: Sequence[NewFiber], keys: Keys) -> int:
    """Give engrams other fibers than they have; concepts of both keep their numbers.

    Returns how many have a fiber now. To be called inside a transaction.
    """
    asked = (json.dumps([fiber.engram for fiber in fibers]),)
    before = connection.execute(
        "SELECT engram, place, record FROM fiber WHERE engram IN (SELECT value FROM json_each(?))",
        asked,
    ).fetchall()
    lost = _subtract(connection, before)
    chosen = "WHERE engram IN (SELECT value FROM json_each(?))"
    connection.execute(f"DELETE FROM fiber {chosen}", asked)
    connection.execute(f"DELETE FROM fiber_gone {chosen}", asked)
    made = weave(connection, fibers, keys)
    _tell_anew(connection, lost)
    return made


def _subtract(
    connection: sqlite3.Connection, gone: Sequence[tuple[int, int, bytes]]
) -> dict[int, int]:
    """Take fibers off the counts; returns the oldest engram that each concept has lost."""
    mentions: list[tuple[int, int, int]] = []
    numbers: Counter[int] = Counter()
    triples: Counter[Triple] = Counter()
    for engram, place, record in gone:
        try:
            way = fiber_records.unpack(record)
        except FiberRecordError:
            # What it had contributed cannot be told; `faults` finds the counts to be wrong.
            continue
        concepts = set(way.concepts)
        mentions += ((concept, place, engram) for concept in concepts)
        numbers.update(concepts)
        triples.update(triples_of(way))
    mentions.sort()
    connection.executemany(
        "DELETE FROM mention WHERE concept = ? AND place = ? AND engram = ?", mentions
    )
    connection.executemany(
        "UPDATE concept SET mentions = mentions - ? WHERE id = ?",
        [(number, concept) for concept, number in sorted(numbers.items())],
    )
    connection.executemany(
        "UPDATE association SET evidence = evidence - ? WHERE head = ? AND type = ? AND tail = ?",
        [(number, *triple) for triple, number in sorted(triples.items())],
    )
    connection.executemany(
        "DELETE FROM association WHERE head = ? AND type = ? AND tail = ? AND evidence <= 0",
        sorted(triples),
    )
    oldest: dict[int, int] = {}
    for concept, _, engram in mentions:
        oldest[concept] = min(engram, oldest.get(concept, engram))
    return oldest


def _drop_unmentioned(connection: sqlite3.Connection, concepts: Iterable[int]) -> None:
    gone = connection.execute(
        "DELETE FROM concept WHERE id IN (SELECT value FROM json_each(?)) "
        "AND mentions <= 0 AND NOT kept",
        (json.dumps(sorted(concepts)),),
    ).rowcount
    if gone:
        meta.count(connection, meta.CONCEPT_MOVES)


def _tell_anew(connection: sqlite3.Connection, gone: Mapping[int, int]) -> None:
    """Names and times of concepts that lost mentions, by the oldest engram that each lost."""
    _drop_unmentioned(connection, gone)
    left = connection.execute(
        "SELECT id, mentions, kept FROM concept WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(gone)),),
    ).fetchall()
    for concept, mentions, kept in left:
        first = last = None
        if 0 < mentions <= _MANY:
            first, last = times(connection, concept)
        connection.execute(
            "UPDATE concept SET first = ?, last = ? WHERE id = ?", (first, last, concept)
        )
        if kept:
            continue
        (oldest,) = connection.execute(
            "SELECT min(engram) FROM mention WHERE concept = ?", (concept,)
        ).fetchone()
        if oldest is None or gone[concept] > oldest:
            continue
        for name, type in _named(connection, concept, oldest):
            connection.execute(
                "UPDATE concept SET name = ?, type = ? WHERE id = ?", (name, type, concept)
            )


def _named(connection: sqlite3.Connection, concept: int, engram: int) -> Iterator[tuple[str, int]]:
    row = connection.execute(
        "SELECT f.record, e.text FROM fiber f JOIN engram e ON e.id = f.engram WHERE f.engram = ?",
        (engram,),
    ).fetchone()
    if row is None:
        return
    try:
        way = fiber_records.unpack(row[0])
    except FiberRecordError:
        return
    for step in way.steps:
        if step.concept == concept:
            yield " ".join(row[1][step.start : step.end].split()), step.type


def times(connection: sqlite3.Connection, concept: int) -> tuple[float | None, float | None]:
    """When the oldest and the newest mention of a concept were said; looks at all of them."""
    first, last = connection.execute(
        "SELECT min(f.at), max(f.at) FROM mention m JOIN fiber f ON f.engram = m.engram "
        "WHERE m.concept = ?",
        (concept,),
    ).fetchone()
    return first, last


def move(connection: sqlite3.Connection, scope: int, to: int) -> None:
    """Let what was told to a scope stand in another one; looks at every fiber."""
    settle(connection)
    before, after = place_of(scope), place_of(to)
    rows = connection.execute(
        "SELECT engram, record FROM fiber WHERE place = ?", (before,)
    ).fetchall()
    moved: list[tuple[int, int, int, int]] = []
    for engram, record in rows:
        try:
            concepts = set(fiber_records.members(record))
        except FiberRecordError:
            continue
        moved += ((after, concept, before, engram) for concept in concepts)
    moved.sort(key=lambda row: row[1:])
    connection.executemany(
        "UPDATE mention SET place = ? WHERE concept = ? AND place = ? AND engram = ?", moved
    )
    connection.execute("UPDATE fiber SET place = ? WHERE place = ?", (after, before))


def place_of(scope: int) -> int:
    """The place of what was told to a scope; that of what was read is its source."""
    return -1 - scope
