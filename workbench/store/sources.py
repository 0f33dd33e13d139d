"""Sources of the library: rows, locations, trash, and permanent deletion."""

import json
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from ingest.records import Notice, Section, Source
from workbench.arguments import Id
from workbench.errors import NotFoundError
from workbench.store import change_purge, concept_mentions, kept_originals, meta, names
from workbench.store.queries import (
    integers,
    json_list,
    select,
    select_one,
    select_value,
    values_by_id,
)
from workbench.store.records import SourceRow

_COLUMNS = (
    "id, title, author, language, date, kind, key, hash, state, size, characters, passages, "
    "engrams, pages, added, verified, trashed, notices, metadata, tags"
)


def insert(
    connection: sqlite3.Connection,
    source: Source,
    *,
    hash: str,
    size: int,
    title: str | None = None,
) -> int:
    """Insert a source in state `queued` without text; returns its id."""
    cursor = connection.execute(
        "INSERT INTO source(hash, key, title, author, language, date, kind, reader, size, added, "
        "metadata) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            hash,
            source.key and names.without_surrogates(source.key),
            names.without_surrogates(title or source.title),
            names.without_surrogates(source.author),
            names.without_surrogates(source.language),
            names.without_surrogates(source.date),
            source.kind,
            source.reader,
            size,
            time.time(),
            json.dumps(dict(source.metadata)),
        ),
    )
    return int(cursor.lastrowid or 0)


def set_state(connection: sqlite3.Connection, sources: Iterable[int], state: str) -> None:
    """Set the state of sources; `verified` also stores the time."""
    now = time.time() if state == "verified" else None
    connection.executemany(
        "UPDATE source SET state = ?, verified = coalesce(verified, ?) WHERE id = ?",
        [(state, now, source) for source in sources],
    )


def replace_notice(connection: sqlite3.Connection, source: int, old: str, new: str) -> None:
    """Replace a notice for the user."""
    connection.execute(
        "UPDATE source SET notices = (SELECT json_group_array(value) FROM json_each(notices) "
        "WHERE value <> ?) WHERE id = ?",
        (names.without_surrogates(old), source),
    )
    add_notice(connection, source, new)


def left_out_line(notice: Notice) -> str:
    """The line in the metadata for what a notice says was left out: its code and words, or ""."""
    return "" if notice.words is None else f"{notice.code} {' '.join(notice.words.split())}\n"


def left_out(connection: sqlite3.Connection) -> Iterator[tuple[int, str, list[tuple[str, str]]]]:
    """Sources with parts that were left out: id, title, and of each part its code and words."""
    for id, title, lines in connection.execute(
        "SELECT id, title, metadata ->> 'left_out' FROM source "
        "WHERE instr(metadata, '\"left_out\"') AND trashed IS NULL ORDER BY id"
    ):
        parts = (line.partition(" ") for line in str(lines or "").splitlines())
        yield id, title, [(code, words) for code, _, words in parts]


def add_notice(
    connection: sqlite3.Connection, source: int, sentence: str, left_out: str = ""
) -> None:
    """Add a notice for the user, unless it exists, with a `left_out_line`."""
    row = select_one(connection, "SELECT notices FROM source WHERE id = ?", source)
    if row is None:
        return
    notices = json.loads(row[0])
    sentence = names.without_surrogates(sentence)
    if sentence not in notices:
        notices.append(sentence)
        connection.execute(
            "UPDATE source SET notices = ? WHERE id = ?",
            (json.dumps(notices, ensure_ascii=False), source),
        )
        if left_out:
            connection.execute(
                "UPDATE source SET metadata = json_set(metadata, '$.left_out', "
                "coalesce(metadata ->> 'left_out', '') || ?) WHERE id = ?",
                (names.without_surrogates(left_out), source),
            )


def add_location(
    connection: sqlite3.Connection,
    source: int,
    path: str,
    *,
    size: int | None = None,
    mtime: float | None = None,
) -> None:
    """Record a location of the source's bytes."""
    connection.execute(
        "INSERT INTO location(source, path, added, size, mtime) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT(source, path) DO UPDATE SET added = excluded.added, size = excluded.size, "
        "mtime = excluded.mtime",
        (source, path, time.time(), size, mtime),
    )


def previous_version(
    connection: sqlite3.Connection, path: str, hash: str, *, current: int | None = None
) -> int | None:
    """The newest source outside the trash of the file at `path` before its bytes changed.

    None if there is none, and for files with several sources. `current` is the file's present
    source: contents of archives and mailboxes have other hashes than the file.
    """
    rows = connection.execute(
        "SELECT s.id FROM location l JOIN source s ON s.id = l.source WHERE l.path = ? "
        "AND s.hash <> ? AND s.verified IS NOT NULL AND s.trashed IS NULL AND s.kind <> 'record' "
        "AND (? IS NULL OR s.id < ?) ORDER BY s.id DESC LIMIT 1",
        (path, hash, current, current),
    ).fetchall()
    return int(rows[0][0]) if rows else None


def newer_versions(connection: sqlite3.Connection) -> dict[int, int]:
    """Map sources of former versions of a file to the newest source of its current version.

    Sources extracted from one file have the same modification time, and are no versions of each
    other.
    """
    rows = connection.execute(
        "SELECT o.source, n.source FROM "
        "(SELECT path FROM location GROUP BY path HAVING count(*) > 1) p "
        "JOIN location o ON o.path = p.path JOIN location n ON n.path = p.path "
        "AND n.added > o.added AND (n.mtime IS NOT o.mtime OR n.size IS NOT o.size) "
        "JOIN source s ON s.id = n.source AND s.trashed IS NULL AND s.verified IS NOT NULL "
        "AND s.kind <> 'record' WHERE NOT EXISTS (SELECT 1 FROM location other "
        "WHERE other.source = o.source AND other.path <> o.path) ORDER BY n.added"
    )
    return dict(rows.fetchall())


def add_metadata(connection: sqlite3.Connection, source: int, sections: Sequence[Section]) -> None:
    """Add figures, doubtful words and list items of new sections to a source's metadata."""
    figures = sum(section.figures for section in sections)
    spans = "".join(f" {a}-{b}" for section in sections for a, b in section.doubtful)
    items = "".join(
        f" {at}:{min(deep, 9)}{mark}" for item in sections for at, deep, mark in item.items
    )
    existing = (
        ("figures", figures, "0) +"),
        ("doubtful", spans, "'') ||"),
        ("items", items, "'') ||"),
    )
    for name, value, add in existing:
        if value:
            connection.execute(
                f"UPDATE source SET metadata = json_set(metadata, '$.{name}', CAST("
                f"coalesce(json_extract(metadata, '$.{name}'), {add} ? AS TEXT)) WHERE id = ?",
                (value, source),
            )


def forget_other_locations(connection: sqlite3.Connection, source: int, path: str) -> None:
    """Delete all locations of a source except `path`."""
    connection.execute("DELETE FROM location WHERE source = ? AND path <> ?", (source, path))


def id_by_hash(connection: sqlite3.Connection, hash: str) -> int | None:
    """The source with this content, including the trash."""
    return select_value(connection, "SELECT id FROM source WHERE hash = ?", hash)


def ids_by_key(connection: sqlite3.Connection, key: str) -> list[int]:
    """The sources with this key of the caller (JSON Lines)."""
    return integers(connection, "SELECT id FROM source WHERE key = ? ORDER BY id", key)


def by_id(connection: sqlite3.Connection, source: Id) -> SourceRow:
    """One source, trashed or not. Raises `NotFoundError`."""
    rows = by_ids(connection, [source])
    if not rows:
        raise NotFoundError(
            f"There is no source with the number {source}.", "See `workbench list sources`."
        )
    return rows[0]


def by_ids(connection: sqlite3.Connection, sources: Sequence[int]) -> list[SourceRow]:
    """The existing sources among these, by id."""
    return _rows(connection, "source.id IN (SELECT value FROM json_each(?))", [json_list(sources)])


def titled(connection: sqlite3.Connection, words: Sequence[str]) -> list[SourceRow]:
    """At most 50 sources outside the trash whose title contains these words in this order."""
    rows = connection.execute(
        "SELECT id FROM source WHERE trashed IS NULL AND title LIKE ? LIMIT 50",
        (names.like_pattern(words),),
    )
    return by_ids(connection, [row[0] for row in rows])


def briefs(
    connection: sqlite3.Connection, sources: Iterable[int]
) -> dict[int, tuple[str, str, str, str]]:
    """Title, author, kind and language of the existing sources, for an index."""
    rows = connection.execute(
        "SELECT id, title, author, kind, language FROM source "
        "WHERE id IN (SELECT value FROM json_each(?))",
        (json_list(sources),),
    )
    return {row[0]: (row[1], row[2], row[3], row[4]) for row in rows}


def titles(connection: sqlite3.Connection, sources: Iterable[int]) -> dict[int, tuple[str, float]]:
    """Title and time of adding (seconds since the epoch) of the existing sources."""
    rows = connection.execute(
        "SELECT id, title, added FROM source WHERE id IN (SELECT value FROM json_each(?))",
        (json_list(sources),),
    )
    return {row[0]: (str(row[1]), float(row[2])) for row in rows}


def shared_titles(connection: sqlite3.Connection) -> frozenset[str]:
    """Titles shared by several records, such as those of one talk."""
    rows = connection.execute(
        "SELECT title FROM source WHERE kind = 'record' GROUP BY title HAVING count(*) > 1"
    )
    return frozenset(row[0] for row in rows)


def kinds(connection: sqlite3.Connection, sources: Iterable[int]) -> dict[int, str]:
    """The kinds of the existing sources, such as pdf."""
    return values_by_id(connection, "source", "kind", sources)


def languages(connection: sqlite3.Connection) -> frozenset[str]:
    """The languages of the sources outside the trash."""
    rows = connection.execute("SELECT DISTINCT language FROM source WHERE trashed IS NULL")
    return frozenset(row[0] for row in rows)


def listing(
    connection: sqlite3.Connection,
    *,
    collection: str | None = None,
    tag: str | None = None,
    trashed: bool = False,
) -> list[SourceRow]:
    """Sources, newest first, outside the trash or in it.

    `tag` is a folded tag (`tags.fold`).
    """
    condition = "source.trashed IS NOT NULL" if trashed else "source.trashed IS NULL"
    values: list[object] = []
    if collection is not None:
        condition += (
            " AND source.id IN (SELECT m.source FROM membership m "
            "JOIN collection c ON c.id = m.collection WHERE c.name = ?)"
        )
        values.append(names.askable(collection))
    if tag is not None:
        condition += " AND EXISTS (SELECT 1 FROM json_each(source.tags) WHERE key = ?)"
        values.append(tag)
    rows = _rows(connection, condition, values)
    rows.reverse()
    return rows


def _rows(
    connection: sqlite3.Connection, condition: str, values: Sequence[object]
) -> list[SourceRow]:
    def grouped(query: str, order: str) -> dict[int, list[str]]:
        results: dict[int, list[str]] = {}
        for source, name in connection.execute(
            f"{query} WHERE {condition} ORDER BY {order}", values
        ):
            results.setdefault(source, []).append(name)
        return results

    places = grouped(
        "SELECT l.source, l.path FROM location l JOIN source ON source.id = l.source",
        "l.source, l.added DESC",
    )
    names = grouped(
        "SELECT m.source, c.name FROM membership m JOIN source ON source.id = m.source "
        "JOIN collection c ON c.id = m.collection",
        "c.name COLLATE NOCASE",
    )
    rows = []
    # Many sources have identical values.
    read = cache(json.loads)
    for (
        id_, title, author, language, date, kind, key, hash_, state, size, characters, passages,
        engrams, pages, added, verified, trashed, notices, metadata, tags,
    ) in connection.execute(
        f"SELECT {_COLUMNS} FROM source WHERE {condition} ORDER BY id", values
    ):  # fmt: skip
        locations = tuple(places.get(id_, ()))
        rows.append(
            SourceRow(
                id_, title, author, language, date, kind, key, hash_, state,
                locations[0] if locations else None, locations, size, characters, passages,
                engrams, pages, added, verified, trashed, tuple(names.get(id_, ())),
                tuple(read(notices)), read(metadata),
                tuple(name for _, (name, _) in sorted(read(tags).items())),
            )
        )  # fmt: skip
    return rows


def trash(connection: sqlite3.Connection, sources: Sequence[int]) -> None:
    """Move sources to the trash. Raises `NotFoundError`; then none is moved."""
    check_all(connection, sources)
    meta.count(connection, meta.SOURCE_CHANGES)
    connection.executemany(
        "UPDATE source SET trashed = coalesce(trashed, ?) WHERE id = ?",
        [(time.time(), source) for source in sources],
    )


def trashed(connection: sqlite3.Connection, source: int) -> float | None:
    """When a source was moved to the trash; None if it is not there."""
    return select_value(connection, "SELECT trashed FROM source WHERE id = ?", source)


def retrash(connection: sqlite3.Connection, rows: Iterable[Sequence[float]]) -> None:
    """Move existing sources back to the trash: (source, time)."""
    meta.count(connection, meta.SOURCE_CHANGES)
    connection.executemany("UPDATE source SET trashed = ?2 WHERE id = ?1 AND trashed IS NULL", rows)


def restore(connection: sqlite3.Connection, sources: Sequence[int]) -> None:
    """Restore sources from the trash. Raises `NotFoundError`; then none is moved."""
    check_all(connection, sources)
    meta.count(connection, meta.SOURCE_CHANGES)
    connection.executemany(
        "UPDATE source SET trashed = NULL WHERE id = ?", [(source,) for source in sources]
    )


def delete(connection: sqlite3.Connection, sources: Sequence[int]) -> None:
    """Delete sources and all that is derived from them permanently.

    Raises `NotFoundError`; then none is removed.
    """
    check_all(connection, sources)
    change_purge.purge_sources(connection, sources)
    hashes = kept_originals.hashes_of(connection, sources)
    for source in sources:
        remove_statements(connection, source)
        concept_mentions.drop_own_keys(connection, source)
    # Sections, pages, passages, locations, extents and memberships are deleted by cascade.
    connection.executemany("DELETE FROM source WHERE id = ?", [(source,) for source in sources])
    concept_mentions.settle(connection)
    kept_originals.drop_unused(connection, hashes)


def remove_statements(connection: sqlite3.Connection, source: int) -> None:
    """Delete the statements of a source."""
    ranges = select(connection, "SELECT first, last FROM extent WHERE source = ?", source)
    for first, last in ranges:
        change_purge.purge_between(connection, first, last)
    connection.executemany("DELETE FROM engram WHERE id BETWEEN ? AND ?", ranges)
    if ranges:
        meta.count(connection, meta.REMOVALS)


def check_searched(connection: sqlite3.Connection, sources: Sequence[int]) -> None:
    """Raise `NotFoundError` if one of the sources is missing or in the trash."""
    check_all(connection, sources)
    row = select_one(
        connection,
        "SELECT id, title FROM source WHERE trashed IS NOT NULL "
        "AND id IN (SELECT value FROM json_each(?)) ORDER BY id",
        sources,
    )
    if row is not None:
        raise NotFoundError(
            f"“{row[1]}” is in the trash.", f"Restore it with: workbench restore {row[0]}"
        )


def check_all(connection: sqlite3.Connection, sources: Sequence[int]) -> None:
    """Raise `NotFoundError` if one of the sources is missing."""
    rows = select(
        connection,
        "SELECT value FROM json_each(?) WHERE value NOT IN (SELECT id FROM source)",
        sources,
    )
    if rows:
        raise NotFoundError(
            f"There is no source with the number {rows[0][0]}.", "See `workbench list sources`."
        )
