"""Rows of alias candidates: evidence and decision.

Names are kept as keys of concepts, since concepts get other numbers when everything is read again.
"""

import json
import sqlite3
from collections.abc import Collection
from dataclasses import dataclass

from workbench.store.queries import integers


@dataclass(frozen=True, slots=True)
class AliasRow:
    """Two names that may mean one thing; `certainty` from 0 to 1."""

    id: int
    key: str
    into_key: str
    name: str
    into_name: str
    why: str
    certainty: float
    evidence: tuple[int, ...]
    state: str
    change: int | None


#: (id, name, type, mentions)
MentionedConcept = tuple[int, str, int, int]


def mentioned(connection: sqlite3.Connection, types: Collection[int]) -> list[MentionedConcept]:
    """The concepts of these types that anything mentions."""
    return connection.execute(
        "SELECT id, name, type, mentions FROM concept WHERE mentions > 0 "
        "AND type IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(types)),),
    ).fetchall()


def places_of(connection: sqlite3.Connection, concept: int) -> frozenset[int]:
    """Where a concept is mentioned."""
    rows = connection.execute("SELECT DISTINCT place FROM mention WHERE concept = ?", (concept,))
    return frozenset(int(row[0]) for row in rows)


def in_place(
    connection: sqlite3.Connection, concept: int, places: Collection[int], limit: int
) -> list[int]:
    """A few engrams of these places that mention a concept, the oldest first."""
    return integers(
        connection,
        "SELECT engram FROM mention WHERE concept = ? "
        "AND place IN (SELECT value FROM json_each(?)) ORDER BY engram LIMIT ?",
        (concept, json.dumps(sorted(places)), limit),
    )


def propose(
    connection: sqlite3.Connection,
    keys: tuple[str, str],
    names: tuple[str, str],
    reason: str,
    certainty: float,
    evidence: Collection[int],
) -> None:
    """Note that two names may mean one thing; what was decided about them stays."""
    connection.execute(
        "INSERT INTO alias(key, into_key, name, into_name, why, certainty, evidence, state) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, 'open') ON CONFLICT(key, into_key) DO UPDATE SET "
        "why = excluded.why, certainty = excluded.certainty, evidence = excluded.evidence "
        "WHERE state = 'open'",
        (*keys, *names, reason, certainty, json.dumps(sorted(evidence))),
    )


def withdraw(connection: sqlite3.Connection, current: Collection[tuple[str, str]]) -> None:
    """Forget what is open and is not among these any more."""
    rows = connection.execute("SELECT id, key, into_key FROM alias WHERE state = 'open'").fetchall()
    removed = [(id,) for id, key, target in rows if (key, target) not in current]
    connection.executemany("DELETE FROM alias WHERE id = ?", removed)


_ALIAS = (
    "SELECT id, key, into_key, name, into_name, why, certainty, evidence, state, change FROM alias"
)


def listing(connection: sqlite3.Connection, state: str, limit: int = -1) -> list[AliasRow]:
    """Those of a state, the surest first."""
    rows = connection.execute(
        f"{_ALIAS} WHERE state = ? ORDER BY certainty DESC, id LIMIT ?", (state, limit)
    )
    return [_alias(row) for row in rows]


def get(connection: sqlite3.Connection, id: int) -> AliasRow | None:
    """One of them; None where there is none."""
    row = connection.execute(f"{_ALIAS} WHERE id = ?", (id,)).fetchone()
    return None if row is None else _alias(row)


def become(connection: sqlite3.Connection, id: int, state: str, change: int | None) -> None:
    """Say what became of it."""
    connection.execute("UPDATE alias SET state = ?, change = ? WHERE id = ?", (state, change, id))


def undone(connection: sqlite3.Connection) -> list[int]:
    """Those whose merging was taken back by hand."""
    return integers(
        connection,
        "SELECT id FROM alias WHERE state = 'merged' "
        "AND EXISTS (SELECT 1 FROM change WHERE id = alias.change AND state = 'undone')",
    )


def _alias(row: tuple[int, str, str, str, str, str, float, str, str, int | None]) -> AliasRow:
    id, key, target_key, name, target_name, reason, certainty, evidence, state, change = row
    return AliasRow(
        id,
        key,
        target_key,
        name,
        target_name,
        reason,
        certainty,
        tuple(json.loads(evidence)),
        state,
        change,
    )
