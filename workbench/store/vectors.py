"""The tables of sentence vectors, and the models that computed them.

A space holds one model's vectors of the whole library, read and told. One space is active; another
is built beside it and replaces it when complete. The static space, of purpose "static", holds
approximate vectors of what the shipped model has not read. Vectors are int8 with a scale, and are
deleted with their engrams.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, replace

from workbench.store import meta, text
from workbench.store.facts import REMOVALS
from workbench.store.queries import Table, execute, integers, select_number, select_one
from workbench.store.text import Replayed

#: The purpose of the static space.
STATIC = "static"
#: SQL: whether a vector belongs to a fact.
_IS_FACT = "EXISTS (SELECT 1 FROM fact WHERE engram = first)"
#: SQL for the number of removals of engrams, and thus of vectors.
_GONE = f"coalesce((SELECT value FROM meta WHERE key = 'removals'), 0) + ({REMOVALS})"


@dataclass(frozen=True, slots=True)
class SpaceRow:
    """One model's space of the library's text or pictures (`purpose`), or the static space.

    `digest` identifies the model, `path` is its location, `dimension` the length of its vectors;
    `upto` is the last engram read, or the number of additions of pictures; the `active` one
    answers. `gone` changes with removals, for caches.
    """

    id: int
    gone: int
    model: str
    digest: str
    path: str
    dimension: int
    upto: int = 0
    active: bool = False
    purpose: str = "text"


@dataclass(frozen=True, slots=True)
class VectorRow:
    """The vector of `count` engrams starting at `first`."""

    first: int
    count: int
    scale: float
    numbers: bytes


_VECTORS = Table(VectorRow, "vector")


def spaces(connection: sqlite3.Connection, purpose: str = "text") -> list[SpaceRow]:
    """Every space of a purpose, the active one first, then the newest."""
    (gone,) = select_one(connection, f"SELECT {_GONE}")
    rows = [
        SpaceRow(id, gone, *row)
        for id, row in meta.numbered(connection, meta.SPACE).items()
        if row[-1] == purpose
    ]
    return sorted(rows, key=lambda row: (not row.active, -row.id))


def active(connection: sqlite3.Connection) -> SpaceRow | None:
    """The active space, or None."""
    return next((row for row in spaces(connection) if row.active), None)


def static(connection: sqlite3.Connection) -> SpaceRow | None:
    """The static space, or None."""
    return next(iter(spaces(connection, STATIC)), None)


def begin(
    connection: sqlite3.Connection,
    model: str,
    digest: str,
    path: str,
    dimension: int,
    purpose: str = "text",
) -> int:
    """The space of these weights, created if need be; other incomplete ones are removed.

    A moved or renamed model is recognised by its weights.
    """
    existing = spaces(connection, purpose)
    for row in existing:
        if row.digest != digest and not row.active:
            remove(connection, row.id)
    for row in existing:
        if row.digest == digest:
            _store_space(connection, replace(row, path=path, model=model))
            return row.id
    id = meta.count(connection, meta.SPACES)
    _store_space(connection, SpaceRow(id, 0, model, digest, path, dimension, purpose=purpose))
    return id


def _store_space(connection: sqlite3.Connection, row: SpaceRow) -> None:
    meta.dump(connection, f"{meta.SPACE}{row.id}", astuple(row)[2:])


def reach(connection: sqlite3.Connection, space: int, upto: int | None = None) -> int | None:
    """Store the progress of a space; None increments it.

    Returns the former progress, None if the space was removed.
    """
    key = f"{meta.SPACE}{space}"
    row = meta.load(connection, key)
    if row is None:
        return None
    *head, before, active, purpose = row
    meta.dump(connection, key, [*head, before + 1 if upto is None else upto, active, purpose])
    return int(before)


def remove(connection: sqlite3.Connection, space: int) -> None:
    """Remove a space with all its vectors."""
    connection.execute("DELETE FROM vector WHERE space = ?", (space,))
    meta.remove(connection, f"{meta.SPACE}{space}")


def add(connection: sqlite3.Connection, space: int, upto: int, rows: Sequence[VectorRow]) -> bool:
    """Store vectors of existing engrams; False if the space was removed.

    Replaces earlier vectors of engrams up to `upto`, such as those made for a question.
    """
    before = reach(connection, space, upto)
    if before is None:
        return False
    replaced = connection.execute(
        "DELETE FROM vector WHERE space = ? AND first > ? AND first <= ? "
        "AND first NOT IN (SELECT value FROM json_each(?))",
        (space, before, upto, json.dumps([row.first for row in rows])),
    )
    if replaced.rowcount:
        meta.count(connection, meta.REMOVALS)
    store(connection, space, rows)
    return True


def store(connection: sqlite3.Connection, space: int, rows: Iterable[VectorRow]) -> None:
    """Store vectors of existing engrams."""
    connection.executemany(
        "INSERT INTO vector(space, first, count, scale, numbers) "
        "SELECT ?, id, ?, ?, ? FROM engram WHERE id = ? ON CONFLICT DO UPDATE SET "
        "count = excluded.count, scale = excluded.scale, numbers = excluded.numbers, sum = NULL",
        ((space, row.count, row.scale, row.numbers, row.first) for row in rows),
    )


def reach_embedded(connection: sqlite3.Connection) -> int:
    """Set the state of verified, fully embedded sources to embedded; returns their number."""
    space = active(connection)
    return connection.execute(
        "UPDATE source SET state = 'embedded' WHERE state = 'verified' AND NOT EXISTS "
        "(SELECT 1 FROM extent WHERE source = source.id AND last > ?)",
        (0 if space is None else space.upto,),
    ).rowcount


def swap(connection: sqlite3.Connection, space: int) -> None:
    """Make a space the only active one."""
    for row in spaces(connection):
        _store_space(connection, replace(row, active=row.id == space))


def drop(connection: sqlite3.Connection, space: int, limit: int) -> int:
    """Delete up to `limit` vectors of a space, and it with the last; returns their number."""
    firsts = integers(connection, "SELECT first FROM vector WHERE space = ? LIMIT ?", space, limit)
    execute(
        connection,
        "DELETE FROM vector WHERE space = ? AND first IN (SELECT value FROM json_each(?))",
        space,
        firsts,
    )
    if len(firsts) < limit:
        remove(connection, space)
    return len(firsts)


def unread(connection: sqlite3.Connection, upto: int, limit: int) -> list[Replayed]:
    """The next statements after `upto`, as in `text.replay`, each fact as its own section."""
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
    return integers(connection, "SELECT engram FROM fact ORDER BY engram")


def newest(connection: sqlite3.Connection) -> int:
    """The highest id of an engram to embed, 0 for none."""
    told = select_number(connection, "SELECT max(engram) FROM fact")
    return max(told, text.last_statement(connection))


def after(
    connection: sqlite3.Connection, space: int, first: int, *, told: bool = False
) -> Iterable[VectorRow]:
    """The vectors of a space after `first`, in order, of sources or `told` statements."""
    test = f"WHERE space = ? AND first > ? AND {'' if told else 'NOT '}{_IS_FACT} ORDER BY first"
    return _VECTORS.scan(connection, test, space, first)


def covering(connection: sqlite3.Connection, space: int, engram: int) -> VectorRow | None:
    """The vector whose range contains an engram, or None."""
    test = "WHERE space = ? AND first <= ? ORDER BY first DESC LIMIT 1"
    row = _VECTORS.first(connection, test, space, engram)
    return None if row is None or row.first + row.count <= engram else row


def count(connection: sqlite3.Connection, space: int) -> int:
    """The number of vectors of a space."""
    return select_number(connection, "SELECT count(*) FROM vector WHERE space = ?", space)
