"""Embeddings of pictures, and of figures on pages of PDFs.

They belong to the first engram of their source, so a re-read source is embedded again; row 0 stores
the progress in a source. One image model at a time embeds the library.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.records import Box
from workbench.store import vectors
from workbench.store.queries import Table, integers, select, select_number, select_one, select_value
from workbench.store.records import PageRow
from workbench.store.vectors import SpaceRow

#: The `purpose` of a space.
PURPOSE = "picture"
#: The first engram of source `s`, without a scan of all its passages.
_FIRST = (
    "(SELECT p.first_engram FROM passage p WHERE p.source = s.id "
    "AND p.last_engram >= p.first_engram ORDER BY p.id LIMIT 1)"
)
#: Sources with pictures.
_SHOWING = f"SELECT s.id, {_FIRST} AS first, s.kind FROM source s WHERE s.kind IN ('image', 'pdf')"


@dataclass(frozen=True, slots=True)
class ToSee:
    """A source to embed from `page` on (a PDF), or with 0 a picture."""

    source: int
    first: int
    page: int


@dataclass(frozen=True, slots=True)
class SightRow:
    """An embedded picture: first engram of its source, number from 1, position and vector."""

    first: int
    number: int
    page: int
    box: Box
    scale: float
    numbers: bytes


_SIGHTS = Table(SightRow, "vector")


@dataclass(frozen=True, slots=True)
class PictureSource:
    """A source with pictures."""

    source: int
    title: str
    kind: str


def space(connection: sqlite3.Connection) -> SpaceRow | None:
    """The space of the image model in use, or None."""
    return next(iter(vectors.spaces(connection, PURPOSE)), None)


def drop(connection: sqlite3.Connection) -> int:
    """Remove all embeddings of pictures; returns their number."""
    visited = 0
    for row in vectors.spaces(connection, PURPOSE):
        visited += counts(connection, row.id)[0]
        vectors.remove(connection, row.id)
    return visited


def of_source(connection: sqlite3.Connection, space: int, source: int) -> bytes | None:
    """The vector of the first picture or figure of a source, or None."""
    return select_value(
        connection,
        f"SELECT v.numbers FROM source s JOIN vector v ON v.space = ? AND v.first = {_FIRST} "
        "WHERE s.id = ? AND v.number > 0 ORDER BY v.number LIMIT 1",
        space,
        source,
    )


def counts(connection: sqlite3.Connection, space: int) -> tuple[int, int, int]:
    """Numbers of embedded pictures and figures, of finished sources, and of all sources."""
    (visited,) = select_one(
        connection, "SELECT count(*) FROM vector WHERE space = ? AND number > 0", space
    )
    completed, total = select_one(
        connection,
        f"SELECT count(l.first), count(*) FROM ({_SHOWING}) h LEFT JOIN vector l "
        "ON l.space = ? AND l.first = h.first AND l.number = 0 AND l.page = 0 "
        "WHERE h.first IS NOT NULL",
        space,
    )
    return int(visited), int(completed), int(total)


def lacking(connection: sqlite3.Connection, space: int, after: int, limit: int) -> list[ToSee]:
    """Sources after `after` that are not fully embedded, in order."""
    rows = connection.execute(
        "SELECT h.id, h.first, coalesce(l.page, 1), h.kind FROM "
        f"({_SHOWING} AND s.id > ?) h LEFT JOIN vector l ON l.space = ? AND l.first = h.first "
        "AND l.number = 0 WHERE h.first IS NOT NULL AND coalesce(l.page, 1) > 0 "
        "ORDER BY h.id LIMIT ?",
        (after, space, limit),
    )
    return [
        ToSee(source, first, page if kind == "pdf" else 0) for source, first, page, kind in rows
    ]


def add(
    connection: sqlite3.Connection, space: int, rows: Iterable[SightRow], examined: dict[int, int]
) -> bool:
    """Store embeddings of existing sources, and the progress in each.

    `examined` are the pages to continue from, by first engram. False if the space was removed.
    """
    # Counts additions, by which caches detect that they are stale.
    if vectors.reach(connection, space) is None:
        return False
    progress = (SightRow(first, 0, page, (0, 0, 0, 0), 0, b"") for first, page in examined.items())
    connection.executemany(
        "INSERT INTO vector(space, first, number, count, page, box, scale, numbers) "
        "SELECT ?, id, ?, 0, ?, ?, ?, ? FROM engram WHERE id = ? ON CONFLICT DO UPDATE SET "
        "page = excluded.page, box = excluded.box, scale = excluded.scale, "
        "numbers = excluded.numbers, sum = NULL",
        (
            (space, r.number, r.page, json.dumps(r.box), r.scale, r.numbers, r.first)
            for r in (*rows, *progress)
        ),
    )
    return True


def highest_number(connection: sqlite3.Connection, space: int, first: int) -> int:
    """The number of the last embedded picture of a source, 0 for none."""
    query = "SELECT max(number) FROM vector WHERE space = ? AND first = ?"
    return select_number(connection, query, space, first)


def sights(connection: sqlite3.Connection, space: int) -> list[SightRow]:
    """All embeddings of a space."""
    return _SIGHTS.select(connection, "WHERE space = ? AND number > 0", space)


def first_of(connection: sqlite3.Connection, source: int) -> int | None:
    """The engram that owns the pictures of a source."""
    row = select_one(connection, f"{_SHOWING} AND s.id = ?", source)
    return None if row is None else row[1]


def page(connection: sqlite3.Connection, source: int, number: int) -> tuple[PageRow, bytes] | None:
    """A page of a source with its packed character boxes."""
    row = connection.execute(
        "SELECT number, label, start, end, width, height, boxes FROM page "
        "WHERE source = ? AND number = ?",
        (source, number),
    ).fetchone()
    return None if row is None else (PageRow(*row[:6]), row[6])


def engrams_on(connection: sqlite3.Connection, source: int, start: int, end: int) -> list[int]:
    """The engrams of the passages that overlap `[start, end)` of a source's text."""
    return integers(
        connection,
        "SELECT e.id FROM passage p "
        "JOIN engram e ON e.id BETWEEN p.first_engram AND p.last_engram "
        "WHERE p.source = ? AND p.start < ? AND p.end > ? ORDER BY e.id",
        source,
        end,
        start,
    )


def sources_of(connection: sqlite3.Connection, firsts: Sequence[int]) -> dict[int, PictureSource]:
    """The sources of these engrams, without the trash."""
    rows = select(
        connection,
        "SELECT e.id, s.id, s.title, s.kind FROM engram e JOIN passage p ON p.id = e.passage "
        "JOIN source s ON s.id = p.source WHERE s.trashed IS NULL "
        "AND e.id IN (SELECT value FROM json_each(?))",
        firsts,
    )
    return {engram: PictureSource(*row) for engram, *row in rows}
