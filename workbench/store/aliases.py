"""Alias candidates, rows of `meta`: evidence and decision.

Names are stored as concept keys, since concept ids change when everything is re-read.
"""

import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import astuple, dataclass, replace
from typing import Any

from workbench.store import meta
from workbench.store.queries import integers, select


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


def named(connection: sqlite3.Connection, concept: int, place: int, name: str) -> int:
    """The number of mentions of a concept in a place whose text has a name."""
    (number,) = connection.execute(
        "SELECT count(*) FROM mention m JOIN engram e ON e.id = m.engram "
        "WHERE m.concept = ? AND m.place = ? AND instr(replace(e.text, char(10), ' '), ?)",
        (concept, place, name),
    ).fetchone()
    return int(number)


def propose(
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
    _store(connection, replace(candidate, id=id))


def reject(
    connection: sqlite3.Connection, keys: tuple[str, str], names: tuple[str, str], reason: str
) -> None:
    """Store a pair as rejected."""
    id = meta.count(connection, meta.ALIASES)
    _store(connection, AliasRow(id, *keys, *names, reason, 1.0, (), "rejected"))


def withdraw(connection: sqlite3.Connection, current: Collection[tuple[str, str]]) -> None:
    """Delete open candidates that are not `current`."""
    for keys, row in by_keys(connection).items():
        if row.state == "open" and keys not in current:
            meta.remove(connection, f"{meta.ALIAS}{row.id}")


def by_keys(connection: sqlite3.Connection) -> dict[tuple[str, str], AliasRow]:
    """All candidates, by the keys of both names."""
    rows = meta.numbered(connection, meta.ALIAS).items()
    return {(row[0], row[1]): _alias(id, row) for id, row in rows}


def listing(connection: sqlite3.Connection, state: str, limit: int = -1) -> list[AliasRow]:
    """The candidates of a state, most certain first; all if `limit` is negative, as in SQL."""
    rows = [row for row in by_keys(connection).values() if row.state == state]
    return sorted(rows, key=lambda row: (-row.certainty, row.id))[: limit if limit >= 0 else None]


def get(connection: sqlite3.Connection, id: int) -> AliasRow | None:
    """A candidate by id, or None."""
    row = meta.load(connection, f"{meta.ALIAS}{id}")
    return None if row is None else _alias(id, row)


def become(connection: sqlite3.Connection, id: int, state: str, change: int | None) -> None:
    """Set the state of a candidate, and the change that merged it."""
    row = get(connection, id)
    assert row is not None
    _store(connection, replace(row, state=state, change=change))


def undone(connection: sqlite3.Connection) -> list[int]:
    """Ids of merged candidates whose merge was undone."""
    changes = set(integers(connection, "SELECT id FROM change WHERE state = 'undone'"))
    return [row.id for row in listing(connection, "merged") if row.change in changes]


def _store(connection: sqlite3.Connection, row: AliasRow) -> None:
    meta.dump(connection, f"{meta.ALIAS}{row.id}", astuple(row)[1:])


def _alias(id: int, row: list[Any]) -> AliasRow:
    return AliasRow(*(id, *row[:6], tuple(row[6]), *row[7:]))
