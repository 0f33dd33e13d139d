"""The tables of picture vectors: those of sentence vectors, with spaces of another purpose.

The vector of a picture hangs on the first engram of its source, and goes with it. One image model
at a time has looked at the library.
"""

import sqlite3
from dataclasses import dataclass

from workbench.store.vectors import SpaceRow, VectorRow, as_space

_SPACE = (
    "SELECT id, model, digest, path, dimension, upto, gone, active FROM space "
    "WHERE purpose = 'picture'"
)


@dataclass(frozen=True, slots=True)
class PictureRow:
    """A picture of the library: its source, the engram that its vector hangs on, its title."""

    source: int
    engram: int
    title: str


def space(connection: sqlite3.Connection) -> SpaceRow | None:
    """The space of the image model in use, None where there is none."""
    row = connection.execute(f"{_SPACE} ORDER BY id DESC").fetchone()
    return None if row is None else as_space(row)


def begin(
    connection: sqlite3.Connection, model: str, digest: str, path: str, dimension: int, now: float
) -> int:
    """The space of these weights, made where there is none; that of another model goes."""
    connection.execute("DELETE FROM space WHERE purpose = 'picture' AND digest <> ?", (digest,))
    row = connection.execute(f"{_SPACE} AND digest = ?", (digest,)).fetchone()
    if row is not None:
        connection.execute("UPDATE space SET path = ? WHERE id = ?", (path, row[0]))
        return int(row[0])
    made = connection.execute(
        "INSERT INTO space(model, digest, path, dimension, made, purpose) "
        "VALUES (?, ?, ?, ?, ?, 'picture')",
        (model, digest, path, dimension, now),
    )
    return int(made.lastrowid or 0)


def drop(connection: sqlite3.Connection) -> int:
    """Remove what image models made; returns how many spaces went."""
    return connection.execute("DELETE FROM space WHERE purpose = 'picture'").rowcount


_PICTURES = (
    "SELECT s.id, (SELECT min(e.id) FROM engram e JOIN passage p ON p.id = e.passage "
    "WHERE p.source = s.id) AS engram, s.title FROM source s WHERE s.kind = 'image'"
)


def lacking(connection: sqlite3.Connection, space: int, after: int, limit: int) -> list[PictureRow]:
    """Pictures without a vector in a space, of sources after `after`, in order."""
    rows = connection.execute(
        f"SELECT * FROM ({_PICTURES} AND s.id > ?) WHERE engram IS NOT NULL AND NOT EXISTS "
        "(SELECT 1 FROM vector v WHERE v.space = ? AND v.first = engram) ORDER BY id LIMIT ?",
        (after, space, limit),
    )
    return [PictureRow(*row) for row in rows]


def shown(connection: sqlite3.Connection) -> dict[int, PictureRow]:
    """The pictures that are not in the trash, by the engrams of their vectors."""
    rows = connection.execute(f"{_PICTURES} AND s.trashed IS NULL")
    return {row[1]: PictureRow(*row) for row in rows if row[1] is not None}


def add(connection: sqlite3.Connection, space: int, rows: list[VectorRow]) -> bool:
    """Store vectors of pictures that are still there; False where the space is there no more."""
    if not connection.execute("SELECT 1 FROM space WHERE id = ?", (space,)).fetchone():
        return False
    # `upto` counts here how often there came something: caches know by it that they are old.
    connection.execute("UPDATE space SET upto = upto + 1 WHERE id = ?", (space,))
    connection.executemany(
        "INSERT OR REPLACE INTO vector(space, first, count, scale, numbers) "
        "SELECT ?, id, ?, ?, ? FROM engram WHERE id = ?",
        ((space, each.count, each.scale, each.numbers, each.first) for each in rows),
    )
    return True
