"""Rows of manual changes of concepts: names, types, keys, and what was before.

What keys stand for decides where an engram belongs whenever it is traced; a change of keys
therefore has the engrams that it concerns traced again.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workbench.store import meta, relation_rows, unlinked
from workbench.store.concept_mentions import UNDIRECTED, NewFiber, reweave
from workbench.store.fiber_records import Pathway, Tie
from workbench.store.graph import AssociationRow, fibers

#: Fibers that are put right in one go.
_PART = 1024


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A change of a concept that can be undone; `record` says what was before."""

    id: int
    what: str
    concept: int
    record: dict[str, Any]


def put(
    connection: sqlite3.Connection, what: str, concept: int, now: float, record: Mapping[str, Any]
) -> int:
    """Record a change; returns its number."""
    cursor = connection.execute(
        "INSERT INTO concept_change(what, concept, done, record) VALUES (?, ?, ?, ?)",
        (what, concept, now, json.dumps(record, ensure_ascii=False)),
    )
    return int(cursor.lastrowid or 0)


def get(connection: sqlite3.Connection, id: int | None = None) -> ChangeRow | None:
    """A change, for None the last that was not made by itself; None where there is none."""
    row = connection.execute(
        "SELECT id, what, concept, record FROM concept_change "
        "WHERE iif(?1 IS NULL, NOT coalesce(json_extract(record, '$.by_itself'), 0), id = ?1) "
        "ORDER BY id DESC LIMIT 1",
        (id,),
    ).fetchone()
    return None if row is None else ChangeRow(row[0], row[1], row[2], json.loads(row[3]))


def later(connection: sqlite3.Connection, change: ChangeRow) -> int | None:
    """The last change after this one that rests on it; None where none does."""
    remaining = {change.concept, change.record.get("other", change.concept)}
    rows = connection.execute(
        "SELECT id, concept, json_extract(record, '$.other') FROM concept_change WHERE id > ? "
        "ORDER BY id DESC",
        (change.id,),
    )
    return next((id for id, *both in rows if not remaining.isdisjoint(both)), None)


def drop(connection: sqlite3.Connection, id: int) -> None:
    """Forget a change that was undone."""
    connection.execute("DELETE FROM concept_change WHERE id = ?", (id,))


def name(connection: sqlite3.Connection, concept: int, name: str, type: int, *, kept: bool) -> None:
    """Give a concept a name and a type, kept from now on or not."""
    connection.execute(
        "UPDATE concept SET name = ?, type = ?, kept = ? WHERE id = ?",
        (name, type, int(kept), concept),
    )


def make(connection: sqlite3.Connection, name: str, type: int) -> int:
    """A new concept, kept, without keys or mentions; returns its number."""
    cursor = connection.execute(
        "INSERT INTO concept(name, type, kept) VALUES (?, ?, 1)", (name, type)
    )
    meta.count(connection, meta.CONCEPT_MOVES)
    return int(cursor.lastrowid or 0)


def restore(connection: sqlite3.Connection, id: int, name: str, type: int, *, kept: bool) -> None:
    """Bring back a concept that another one took in, under its number."""
    connection.execute(
        "INSERT INTO concept(id, name, type, kept) VALUES (?, ?, ?, ?)",
        (id, name, type, int(kept)),
    )
    meta.count(connection, meta.CONCEPT_MOVES)


def give_keys(connection: sqlite3.Connection, keys: Iterable[str], concept: int) -> None:
    """Let keys stand for a concept from now on."""
    connection.executemany(
        "INSERT INTO concept_key(key, concept) VALUES (?, ?) "
        "ON CONFLICT(key) DO UPDATE SET concept = excluded.concept",
        [(key, concept) for key in keys],
    )
    meta.count(connection, meta.CONCEPT_MOVES)


def drop_keys(connection: sqlite3.Connection, keys: Iterable[str], concept: int) -> None:
    """Let keys that a change had given to a concept stand for nothing."""
    connection.executemany(
        "DELETE FROM concept_key WHERE key = ? AND concept = ?", [(key, concept) for key in keys]
    )
    meta.count(connection, meta.CONCEPT_MOVES)


def trace_again(
    connection: sqlite3.Connection, concept: int, *, after: int = 0, also: Sequence[int] = ()
) -> int:
    """Have the engrams that mention a concept traced again; returns how many there are.

    Those `after` an engram, all for 0, and of those before it these `also`.
    """
    rows = connection.execute(
        "SELECT engram FROM mention WHERE concept = ? AND (engram > ? OR engram IN "
        "(SELECT value FROM json_each(?)))",
        (concept, after, json.dumps(list(also))),
    ).fetchall()
    there = connection.execute(
        "SELECT id FROM engram WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps([row[0] for row in rows]),),
    ).fetchall()
    unlinked.again(connection, [row[0] for row in there])
    return len(there)


@dataclass(frozen=True, slots=True)
class _Named:
    """A step as a trace would have it; `name` is only wanted of new concepts."""

    key: str
    type: int
    start: int
    end: int
    weight: float
    name: str = ""


@dataclass(frozen=True, slots=True)
class _Way:
    """A way as a trace would have it."""

    spans: tuple[_Named, ...]
    bonds: tuple[Tie, ...]


def holders(
    connection: sqlite3.Connection, concept: int, besides: int
) -> tuple[list[int], list[int]]:
    """The engrams whose fibers hold a concept, and those of them that hold another one, too."""
    rows = connection.execute(
        "SELECT m.engram, EXISTS (SELECT 1 FROM mention WHERE concept = ? AND place = m.place "
        "AND engram = m.engram) FROM mention m WHERE m.concept = ? ORDER BY m.engram",
        (besides, concept),
    ).fetchall()
    return [row[0] for row in rows], [row[0] for row in rows if row[1]]


def put_into(
    connection: sqlite3.Connection, engrams: Sequence[int], concept: int, key: str
) -> None:
    """Let fibers go over what a key stands for where they went over a concept, else as they are."""
    for begin in range(0, len(engrams), _PART):
        held = fibers(connection, engrams[begin : begin + _PART])
        ways = relation_rows.owned(connection, held)
        concepts = {id for fiber in held.values() for id in fiber.way.concepts}
        keys = _a_key_of_each(connection, concepts)
        keys[concept] = key
        reweave(
            connection,
            [
                NewFiber(fiber.engram, fiber.place, fiber.at, _way(ways[fiber.engram].way, keys))
                for fiber in held.values()
                if keys.keys() >= set(fiber.way.concepts)
            ],
        )


def _way(way: Pathway, keys: Mapping[int, str]) -> _Way:
    steps = (
        _Named(keys[step.concept], step.type, step.start, step.end, step.weight)
        for step in way.steps
    )
    return _Way(tuple(steps), way.ties)


def _a_key_of_each(connection: sqlite3.Connection, concepts: Iterable[int]) -> dict[int, str]:
    return dict(
        connection.execute(
            "SELECT concept, min(key) FROM concept_key "
            "WHERE concept IN (SELECT value FROM json_each(?)) GROUP BY concept",
            (json.dumps(list(concepts)),),
        ).fetchall()
    )


def release(connection: sqlite3.Connection, concept: int) -> None:
    """Keep a concept no longer for its own sake; one without mentions goes."""
    connection.execute("UPDATE concept SET kept = 0 WHERE id = ?", (concept,))
    removed = connection.execute("DELETE FROM concept WHERE id = ? AND mentions <= 0", (concept,))
    if removed.rowcount:
        meta.count(connection, meta.CONCEPT_MOVES)


def learned(connection: sqlite3.Connection, concept: int) -> list[AssociationRow]:
    """The associations of a concept that use has strengthened."""
    rows = connection.execute(
        "SELECT head, type, tail, evidence, learned, reinforced, used FROM association "
        "WHERE (head = ?1 OR tail = ?1) AND (learned <> 0 OR reinforced <> 0)",
        (concept,),
    )
    return [AssociationRow(*row) for row in rows]


def carry_over(
    connection: sqlite3.Connection, rows: Sequence[AssociationRow], concept: int, to: int
) -> None:
    """Give what use has added to associations of a concept to those of another one."""
    for row in rows:
        head, tail = (to if end == concept else end for end in (row.head, row.tail))
        if row.type in UNDIRECTED and tail < head:
            head, tail = tail, head
        connection.execute(
            "UPDATE association SET learned = max(learned, ?), reinforced = max(reinforced, ?), "
            "used = max(coalesce(used, 0), coalesce(?, 0)) "
            "WHERE head = ? AND type = ? AND tail = ?",
            (row.learned, row.reinforced, row.used, head, row.type, tail),
        )
