"""The tables of sentence vectors: which models have read the library, and what they made of it.

A space is one model's reading of the whole library, of what people told as of its sources. One
space is active; another is built beside it and takes its place when it is whole. Vectors are signed
bytes times a scale; they go with the engrams that they are of.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workbench.store import meta, text
from workbench.store.text import Replayed

#: Whether a vector is one of a fact.
_IS_FACT = "EXISTS (SELECT 1 FROM fact WHERE engram = first)"
#: How often statements went, and their vectors with them.
GONE = (
    "coalesce((SELECT value FROM meta WHERE key = 'removals'), 0) "
    "+ (SELECT coalesce(max(place), 0) FROM fact_gone)"
)
_SPACES = (
    f"SELECT id, model, digest, path, dimension, upto, {GONE}, active FROM space "
    "WHERE purpose = 'text'"
)


@dataclass(frozen=True, slots=True)
class SpaceRow:
    """A space; see the table. `gone` tells caches that something of it may be there no more."""

    id: int
    model: str
    digest: str
    path: str
    dimension: int
    upto: int
    gone: int
    active: bool


@dataclass(frozen=True, slots=True)
class VectorRow:
    """The vector of `count` engrams from `first` on."""

    first: int
    count: int
    scale: float
    numbers: bytes


def as_space(row: tuple[int, str, str, str, int, int, int, int]) -> SpaceRow:
    """A row of the table as a record."""
    number, model, digest, path, dimension, upto, removed, active = row
    return SpaceRow(number, model, digest, path, dimension, upto, removed, bool(active))


def spaces(connection: sqlite3.Connection) -> list[SpaceRow]:
    """Every space, the active one first."""
    rows = connection.execute(f"{_SPACES} ORDER BY active DESC, id DESC")
    return [as_space(row) for row in rows]


def active(connection: sqlite3.Connection) -> SpaceRow | None:
    """The space that answers, None where there is none."""
    row = connection.execute(f"{_SPACES} AND active").fetchone()
    return None if row is None else as_space(row)


def begin(
    connection: sqlite3.Connection, model: str, digest: str, path: str, dimension: int, now: float
) -> int:
    """The space of these weights, made where there is none yet; others in the making are dropped.

    A folder that was moved or renamed is known again by its weights.
    """
    connection.execute(
        "DELETE FROM space WHERE purpose = 'text' AND NOT active AND digest <> ?", (digest,)
    )
    row = connection.execute("SELECT id FROM space WHERE digest = ?", (digest,)).fetchone()
    if row is not None:
        connection.execute(
            "UPDATE space SET path = ?, model = ? WHERE id = ?", (path, model, row[0])
        )
        return int(row[0])
    created = connection.execute(
        "INSERT INTO space(model, digest, path, dimension, made) VALUES (?, ?, ?, ?, ?)",
        (model, digest, path, dimension, now),
    )
    return int(created.lastrowid or 0)


def add(connection: sqlite3.Connection, space: int, upto: int, rows: Sequence[VectorRow]) -> bool:
    """Store vectors of engrams that are still there; False where the space is there no more.

    Engrams up to `upto` that were read once before lose the vectors of that reading.
    """
    read = connection.execute("SELECT upto FROM space WHERE id = ?", (space,)).fetchone()
    if read is None:
        return False
    replaced = connection.execute(
        "DELETE FROM vector WHERE space = ? AND first > ? AND first <= ?", (space, read[0], upto)
    )
    if replaced.rowcount:
        meta.count(connection, meta.REMOVALS)
    connection.execute("UPDATE space SET upto = ? WHERE id = ?", (upto, space))
    store(connection, space, rows)
    return True


def store(connection: sqlite3.Connection, space: int, rows: Iterable[VectorRow]) -> None:
    """Store vectors of engrams that are still there."""
    connection.executemany(
        "INSERT INTO vector(space, first, count, scale, numbers) "
        "SELECT ?, id, ?, ?, ? FROM engram WHERE id = ? ON CONFLICT DO UPDATE SET "
        "count = excluded.count, scale = excluded.scale, numbers = excluded.numbers, sum = NULL",
        ((space, row.count, row.scale, row.numbers, row.first) for row in rows),
    )


def reach_embedded(connection: sqlite3.Connection) -> int:
    """Note of verified sources that the active space has read them; returns how many those are."""
    return connection.execute(
        "UPDATE source SET state = 'embedded' WHERE state = 'verified' AND NOT EXISTS "
        "(SELECT 1 FROM extent WHERE source = source.id AND last > coalesce("
        "(SELECT upto FROM space WHERE active AND purpose = 'text'), 0))"
    ).rowcount


def swap(connection: sqlite3.Connection, space: int) -> None:
    """Let this space answer from now on, and none but it."""
    connection.execute("UPDATE space SET active = (id = ?) WHERE purpose = 'text'", (space,))


def drop(connection: sqlite3.Connection, space: int, limit: int) -> int:
    """Remove at most `limit` vectors of a space, and it with the last; returns how many."""
    firsts = connection.execute(
        "SELECT first FROM vector WHERE space = ? LIMIT ?", (space, limit)
    ).fetchall()
    connection.execute(
        "DELETE FROM vector WHERE space = ? AND first IN (SELECT value FROM json_each(?))",
        (space, json.dumps([row[0] for row in firsts])),
    )
    if len(firsts) < limit:
        connection.execute("DELETE FROM space WHERE id = ?", (space,))
    return len(firsts)


def unread(connection: sqlite3.Connection, upto: int, limit: int) -> list[Replayed]:
    """The next statements after `upto` as of `text.replay`, each fact as a section of its own."""
    rows = connection.execute(
        "SELECT e.id, coalesce(p.source, 0), coalesce(p.section, -e.id), coalesce(p.id, 0), e.text "
        "FROM engram e LEFT JOIN passage p ON p.id = e.passage WHERE e.id > ? AND "
        "(p.id IS NOT NULL OR EXISTS (SELECT 1 FROM fact WHERE engram = e.id)) "
        "ORDER BY e.id LIMIT ?",
        (upto, limit),
    )
    return rows.fetchall()


def statements(connection: sqlite3.Connection) -> list[int]:
    """The ids of all told statements, in order."""
    return [id for (id,) in connection.execute("SELECT engram FROM fact ORDER BY engram")]


def newest(connection: sqlite3.Connection) -> int:
    """The highest id of an engram that a model reads, 0 where there is none."""
    row = connection.execute("SELECT coalesce(max(engram), 0) FROM fact").fetchone()
    return max(int(row[0]), text.last_statement(connection))


def after(
    connection: sqlite3.Connection, space: int, first: int, *, told: bool = False
) -> Iterable[VectorRow]:
    """The vectors of a space whose engrams come after `first`, in order: of sources, or `told`."""
    rows = connection.execute(
        "SELECT first, count, scale, numbers FROM vector WHERE space = ? AND first > ? "
        f"AND {'' if told else 'NOT '}{_IS_FACT} ORDER BY first",
        (space, first),
    )
    return (VectorRow(*row) for row in rows)


def covering(connection: sqlite3.Connection, space: int, engram: int) -> VectorRow | None:
    """The vector of the stretch of engrams that holds this one, None where there is none yet."""
    row = connection.execute(
        "SELECT first, count, scale, numbers FROM vector WHERE space = ? AND first <= ? "
        "ORDER BY first DESC LIMIT 1",
        (space, engram),
    ).fetchone()
    return None if row is None or row[0] + row[1] <= engram else VectorRow(*row)


def count(connection: sqlite3.Connection, space: int) -> int:
    """How many vectors a space has."""
    row = connection.execute("SELECT count(*) FROM vector WHERE space = ?", (space,)).fetchone()
    return int(row[0])
