"""Rows of manual changes of concepts: names, types, keys.

Keys decide which concepts a trace of an engram yields, so a change of keys queues the affected
engrams for retracing.
"""

import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from workbench.store import meta, relation_rows
from workbench.store.concept_mentions import UNDIRECTED, NewFiber, own_keys, reweave
from workbench.store.fiber_records import Pathway, Tie
from workbench.store.graph import ASSOCIATIONS, AssociationRow, fibers
from workbench.store.queries import integers, json_list, select

#: Fibers updated at a time.
_PART = 1024
#: Values of `kept`: named by the user, or merged automatically.
BY_HAND, BY_ITSELF = 1, 2


def name(
    connection: sqlite3.Connection, concept: int, name: str, type: int, kept: int = BY_HAND
) -> None:
    """Set the name and type of a concept, which is then kept."""
    connection.execute(
        "UPDATE concept SET name = ?, type = ?, kept = ? WHERE id = ?",
        (name, type, kept, concept),
    )


def make(connection: sqlite3.Connection, name: str, type: int, kept: int = BY_HAND) -> int:
    """Create a kept concept without keys or mentions; returns its id."""
    cursor = connection.execute(
        "INSERT INTO concept(name, type, kept) VALUES (?, ?, ?)", (name, type, kept)
    )
    meta.count(connection, meta.CONCEPT_MOVES)
    return int(cursor.lastrowid or 0)


def assign_keys(connection: sqlite3.Connection, keys: Iterable[str], concept: int) -> None:
    """Map keys to a concept."""
    connection.executemany(
        "INSERT INTO concept_key(key, concept) VALUES (?, ?) "
        "ON CONFLICT(key) DO UPDATE SET concept = excluded.concept",
        [(key, concept) for key in keys],
    )
    meta.count(connection, meta.CONCEPT_MOVES)


def queue_retrace(
    connection: sqlite3.Connection, concept: int, places: Collection[int] = ()
) -> None:
    """Queue the engrams that mention a concept, in these places (none: in all), for retracing."""
    connection.execute(
        "INSERT INTO waiting(engram, stage) SELECT DISTINCT m.engram, 0 FROM mention m "
        "JOIN engram e ON e.id = m.engram WHERE m.concept = ?1 "
        "AND (?2 = '[]' OR m.place IN (SELECT value FROM json_each(?2))) ON CONFLICT DO NOTHING",
        (concept, json_list(places)),
    )


@dataclass(frozen=True, slots=True)
class _Span:
    """A step like that of a trace; `name` is used for new concepts only."""

    key: str
    type: int
    start: int
    end: int
    weight: float
    name: str = ""


@dataclass(frozen=True, slots=True)
class _Trace:
    """A pathway like a trace."""

    spans: tuple[_Span, ...]
    bonds: tuple[Tie, ...]


def holders(connection: sqlite3.Connection, concept: int) -> list[int]:
    """The engrams whose fibers contain a concept, in order."""
    return integers(
        connection, "SELECT engram FROM mention WHERE concept = ? ORDER BY engram", concept
    )


def reroute(connection: sqlite3.Connection, engrams: Sequence[int], concept: int, key: str) -> None:
    """Replace a concept by that of a key in fibers, and rebuild them."""
    for begin in range(0, len(engrams), _PART):
        existing = fibers(connection, engrams[begin : begin + _PART])
        traced = relation_rows.owned(connection, existing)
        concepts = {id for fiber in existing.values() for id in fiber.pathway.concepts}
        keys = _exact_keys(connection, concepts)
        keys[concept] = key
        reweave(
            connection,
            [
                NewFiber(
                    fiber.engram, fiber.place, fiber.at, _trace(traced[fiber.engram].pathway, keys)
                )
                for fiber in existing.values()
                if keys.keys() >= set(fiber.pathway.concepts)
            ],
        )


def _trace(pathway: Pathway, keys: Mapping[int, str]) -> _Trace:
    steps = (
        _Span(keys[step.concept], step.type, step.start, step.end, step.weight)
        for step in pathway.steps
    )
    return _Trace(tuple(steps), pathway.ties)


def _exact_keys(connection: sqlite3.Connection, concepts: Iterable[int]) -> dict[int, str]:
    """A key of each concept, if possible one that denotes it in all sources."""
    own = {key.rpartition("\x1f")[2] for key in own_keys(connection)}
    rows = select(
        connection,
        "SELECT concept, key FROM concept_key WHERE concept IN (SELECT value FROM json_each(?)) "
        "ORDER BY key DESC",
        concepts,
    )
    return dict(sorted(rows, key=lambda row: row[1] not in own))


def release(connection: sqlite3.Connection, concept: int) -> None:
    """Stop keeping a concept; without mentions it is deleted."""
    connection.execute("UPDATE concept SET kept = 0 WHERE id = ?", (concept,))
    removed = connection.execute("DELETE FROM concept WHERE id = ? AND mentions <= 0", (concept,))
    if removed.rowcount:
        meta.count(connection, meta.CONCEPT_MOVES)


def reinforced(connection: sqlite3.Connection, concept: int) -> list[AssociationRow]:
    """The associations of a concept that use has reinforced."""
    test = "WHERE (head = ?1 OR tail = ?1) AND (learned <> 0 OR reinforced <> 0)"
    return ASSOCIATIONS.select(connection, test, concept)


def transfer_reinforcement(
    connection: sqlite3.Connection, rows: Sequence[AssociationRow], concept: int, to: int
) -> None:
    """Transfer reinforcement from associations of a concept to those of another."""
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
