"""The tables of vectors of sentences and pictures, and the models that computed them.

A space holds one model's vectors of the whole library, read and told. One space is active; another
is built beside it and replaces it when complete. The static space, of purpose "static", holds
approximate vectors of what the shipped model has not read. Vectors are int8 with a scale, and are
deleted with their engrams.

Those of pictures, and of figures on pages of PDFs, belong to the first engram of their source, so a
re-read source is embedded again; row 0 stores the progress in a source. One image model at a time
embeds the library.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, replace

from ingest.records import Box
from workbench.store import meta, text
from workbench.store.facts import REMOVALS
from workbench.store.queries import (
    Table,
    execute,
    integers,
    select,
    select_number,
    select_one,
    select_value,
)
from workbench.store.records import PageRow
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


#: The `purpose` of a space.
PICTURES = "picture"
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


def picture_space(connection: sqlite3.Connection) -> SpaceRow | None:
    """The space of the image model in use, or None."""
    return next(iter(spaces(connection, PICTURES)), None)


def drop_pictures(connection: sqlite3.Connection) -> int:
    """Remove all embeddings of pictures; returns their number."""
    visited = 0
    for row in spaces(connection, PICTURES):
        visited += picture_counts(connection, row.id)[0]
        remove(connection, row.id)
    return visited


def picture_of_source(connection: sqlite3.Connection, space: int, source: int) -> bytes | None:
    """The vector of the first picture or figure of a source, or None."""
    return select_value(
        connection,
        f"SELECT v.numbers FROM source s JOIN vector v ON v.space = ? AND v.first = {_FIRST} "
        "WHERE s.id = ? AND v.number > 0 ORDER BY v.number LIMIT 1",
        space,
        source,
    )


def picture_counts(connection: sqlite3.Connection, space: int) -> tuple[int, int, int]:
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


def lacking_pictures(
    connection: sqlite3.Connection, space: int, after: int, limit: int
) -> list[ToSee]:
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


def add_pictures(
    connection: sqlite3.Connection, space: int, rows: Iterable[SightRow], examined: dict[int, int]
) -> bool:
    """Store embeddings of existing sources, and the progress in each.

    `examined` are the pages to continue from, by first engram. False if the space was removed.
    """
    # Counts additions, by which caches detect that they are stale.
    if reach(connection, space) is None:
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


def page_with_boxes(
    connection: sqlite3.Connection, source: int, number: int
) -> tuple[PageRow, bytes] | None:
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
