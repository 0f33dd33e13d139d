"""Rows of manual changes of concepts: names, types, keys; and alias candidates, in `meta`.

Keys decide which concepts a trace of an engram yields, so a change of keys queues the affected
engrams for retracing.
"""

import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from typing import Any

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


@dataclass(frozen=True, slots=True)
class AliasRow:
    """Two names that may denote the same thing; `certainty` from 0 to 1."""

    id: int
    key: str
    into_key: str
    name: str
    into_name: str
    why: str
    certainty: float
    evidence: tuple[int, ...]
    state: str
    change: int | None = None


#: (id, name, type, mentions)
MentionedConcept = tuple[int, str, int, int]


def mentioned(connection: sqlite3.Connection, types: Collection[int]) -> list[MentionedConcept]:
    """The mentioned concepts of these types."""
    return select(
        connection,
        "SELECT id, name, type, mentions FROM concept WHERE mentions > 0 "
        "AND type IN (SELECT value FROM json_each(?))",
        sorted(types),
    )


def places_of(connection: sqlite3.Connection, concept: int) -> frozenset[int]:
    """The places that mention a concept."""
    rows = connection.execute("SELECT DISTINCT place FROM mention WHERE concept = ?", (concept,))
    return frozenset(int(row[0]) for row in rows)


def single_words(connection: sqlite3.Connection, type: int) -> list[tuple[str, int]]:
    """The keys of one word, of mentioned concepts of a type, with these."""
    return connection.execute(
        "SELECT k.key, k.concept FROM concept_key k JOIN concept c ON c.id = k.concept "
        "WHERE c.type = ? AND c.mentions > 1 AND k.key > ' ' AND instr(k.key, ' ') = 0",
        (type,),
    ).fetchall()


def count_named(connection: sqlite3.Connection, concept: int, place: int, name: str) -> int:
    """The number of mentions of a concept in a place whose text has a name."""
    (number,) = connection.execute(
        "SELECT count(*) FROM mention m JOIN engram e ON e.id = m.engram "
        "WHERE m.concept = ? AND m.place = ? AND instr(replace(e.text, char(10), ' '), ?)",
        (concept, place, name),
    ).fetchone()
    return int(number)


def propose_alias(
    connection: sqlite3.Connection,
    existing: Mapping[tuple[str, str], AliasRow],
    candidate: AliasRow,
) -> None:
    """Store an open candidate under its id, unless `existing` has a decision about it."""
    before = existing.get((candidate.key, candidate.into_key))
    if before is None:
        id = meta.count(connection, meta.ALIASES)
    elif before.state == "open":
        id = before.id
    else:
        return
    _store_alias(connection, replace(candidate, id=id))


def reject_alias(
    connection: sqlite3.Connection, keys: tuple[str, str], names: tuple[str, str], reason: str
) -> None:
    """Store a pair as rejected."""
    id = meta.count(connection, meta.ALIASES)
    _store_alias(connection, AliasRow(id, *keys, *names, reason, 1.0, (), "rejected"))


def withdraw_aliases(connection: sqlite3.Connection, current: Collection[tuple[str, str]]) -> None:
    """Delete open candidates that are not `current`."""
    for keys, row in aliases_by_keys(connection).items():
        if row.state == "open" and keys not in current:
            meta.remove(connection, f"{meta.ALIAS}{row.id}")


def aliases_by_keys(connection: sqlite3.Connection) -> dict[tuple[str, str], AliasRow]:
    """All candidates, by the keys of both names."""
    rows = meta.numbered(connection, meta.ALIAS).items()
    return {(row[0], row[1]): _alias(id, row) for id, row in rows}


def aliases(connection: sqlite3.Connection, state: str, limit: int = -1) -> list[AliasRow]:
    """The candidates of a state, most certain first; all if `limit` is negative, as in SQL."""
    rows = [row for row in aliases_by_keys(connection).values() if row.state == state]
    return sorted(rows, key=lambda row: (-row.certainty, row.id))[: limit if limit >= 0 else None]


def alias(connection: sqlite3.Connection, id: int) -> AliasRow | None:
    """A candidate by id, or None."""
    row = meta.load(connection, f"{meta.ALIAS}{id}")
    return None if row is None else _alias(id, row)


def set_alias_state(
    connection: sqlite3.Connection, id: int, state: str, change: int | None
) -> None:
    """Set the state of a candidate, and the change that merged it."""
    row = alias(connection, id)
    assert row is not None
    _store_alias(connection, replace(row, state=state, change=change))


def undone_aliases(connection: sqlite3.Connection) -> list[int]:
    """Ids of merged candidates whose merge was undone."""
    changes = set(integers(connection, "SELECT id FROM change WHERE state = 'undone'"))
    return [row.id for row in aliases(connection, "merged") if row.change in changes]


def _store_alias(connection: sqlite3.Connection, row: AliasRow) -> None:
    meta.dump(connection, f"{meta.ALIAS}{row.id}", astuple(row)[1:])


def _alias(id: int, row: list[Any]) -> AliasRow:
    return AliasRow(*(id, *row[:6], tuple(row[6]), *row[7:]))
