"""Sources as plain records in bundles: rows, text, and metadata.

Text is exported section by section, so that a book is never in memory as a whole. Local file paths
are not exported; an imported source keeps its hash, by which its file is recognised.
"""

import base64
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from ingest.records import Box, Locator, Page, Passage, Section, Source
from workbench.store import kept_originals, sources, text
from workbench.store.kept_originals import Original
from workbench.store.queries import integers, json_list
from workbench.store.tags import fold, put

Record = dict[str, Any]

_COLUMNS = (
    "hash", "key", "title", "author", "language", "date", "kind", "reader", "size", "added",
    "verified",
)  # fmt: skip


def selected(
    connection: sqlite3.Connection, collection: int | None, ids: Sequence[int] | None
) -> list[int]:
    """The fully read sources outside the trash, by id; see `bundle`.

    Those of a collection, or of `ids`, or all.
    """
    return integers(
        connection,
        "SELECT id FROM source WHERE trashed IS NULL AND verified IS NOT NULL "
        "AND (:collection IS NULL OR id IN "
        "(SELECT source FROM membership WHERE collection = :collection)) "
        "AND (:wanted IS NULL OR id IN (SELECT value FROM json_each(:wanted))) ORDER BY id",
        collection=collection,
        wanted=None if ids is None else json_list(ids),
    )


def rows(
    connection: sqlite3.Connection, ids: Sequence[int], only: str | None = None
) -> Iterator[Record]:
    """The records of sources, in this order; with all collections, or `only` one."""
    for id in ids:
        row = connection.execute(
            f"SELECT {', '.join(_COLUMNS)}, metadata, notices, tags FROM source WHERE id = ?", (id,)
        ).fetchone()
        *values, metadata, notices, tags = row
        collections = connection.execute(
            "SELECT c.name FROM membership m JOIN collection c ON c.id = m.collection "
            "WHERE m.source = ? ORDER BY c.name COLLATE NOCASE",
            (id,),
        ).fetchall()
        original = kept_originals.of_source(connection, id)
        yield {
            **dict(zip(_COLUMNS, values, strict=True)),
            "metadata": json.loads(metadata),
            "notices": json.loads(notices),
            "collections": [name for (name,) in collections if only in (None, name)],
            "tags": [tag for _, tag in sorted(json.loads(tags).items())],
            "original": None if original is None else asdict(original),
        }


def sections(connection: sqlite3.Connection, ids: Sequence[int]) -> Iterator[Record]:
    """The text of sources, section by section; `source` is the index in `ids`."""
    for number, id in enumerate(ids):
        pages = connection.execute(
            "SELECT number, label, start, end, width, height, boxes FROM page "
            "WHERE source = ? ORDER BY number",
            (id,),
        )
        waiting = pages.fetchone()
        parts = text.sections(connection, id)
        for section in parts:
            inside = []
            while waiting is not None and (waiting[2] < section.end or section is parts[-1]):
                inside.append([*waiting[:6], base64.b64encode(waiting[6]).decode()])
                waiting = pages.fetchone()
            yield {
                "source": number,
                "ordinal": section.ordinal,
                "title": section.title,
                "level": section.level,
                "kind": section.kind,
                "start": section.start,
                "text": text.section_text(connection, section.id),
                "passages": _passages(connection, section.id),
                "pages": inside,
            }


def _passages(connection: sqlite3.Connection, section: int) -> list[list[Any]]:
    results = []
    for start, end, page, label, seconds, box, first, last in connection.execute(
        "SELECT start, end, page, page_label, seconds, box, first_engram, last_engram "
        "FROM passage WHERE section = ? ORDER BY id",
        (section,),
    ).fetchall():
        spans = connection.execute(
            "SELECT start, end FROM engram WHERE id BETWEEN ? AND ? ORDER BY id", (first, last)
        ).fetchall()
        place = None if box is None else json.loads(box)
        results.append([start, end, page, label, seconds, place, [list(span) for span in spans]])
    return results


def originals(connection: sqlite3.Connection, ids: Sequence[int]) -> list[Original]:
    """The stored originals of these sources, by hash."""
    results = {
        hash: kept_originals.get(connection, hash)
        for hash in kept_originals.hashes_of(connection, ids)
    }
    return [original for _, original in sorted(results.items()) if original is not None]


# -- importing -------------------------------------------------------------------------------------


def insert(connection: sqlite3.Connection, record: Record) -> int:
    """Insert a new source without its text; returns its id."""
    source = Source(
        title=record["title"],
        kind=record["kind"],
        reader=record["reader"],
        author=record["author"],
        language=record["language"],
        date=record["date"],
        key=record["key"],
        metadata=record["metadata"],
    )
    id = sources.insert(connection, source, hash=record["hash"], size=record["size"])
    for sentence in record["notices"]:
        sources.add_notice(connection, id, sentence)
    connection.execute("UPDATE source SET added = ? WHERE id = ?", (record["added"], id))
    return id


def append(connection: sqlite3.Connection, source: int, record: Record) -> int:
    """Insert a section of a source; returns the number of its statements."""
    base, words = record["start"], record["text"]
    section = Section(
        ordinal=record["ordinal"],
        title=record["title"],
        start=base,
        text=words,
        passages=tuple(_passage(base, words, item) for item in record["passages"]),
        level=record["level"],
        kind=record["kind"],
        pages=tuple(
            Page(number, label, start, end, width, height, base64.b64decode(boxes, validate=True))
            for number, label, start, end, width, height, boxes in record["pages"]
        ),
    )
    return text.append(connection, source, [section]).engrams


def _passage(base: int, words: str, packed: Sequence[Any]) -> Passage:
    start, end, page, label, seconds, box, spans = packed
    inside = base <= start < end <= base + len(words)
    if not inside or not all(start <= a < b <= end for a, b in spans):
        raise ValueError("a passage lies outside its section")
    place: Box | None = None
    if box is not None:
        left, top, right, bottom = box
        place = (left, top, right, bottom)
    locator = Locator(start, end, page, label, seconds=seconds, box=place)
    content = words[start - base : end - base]
    return Passage(locator, content, tuple((a, b) for a, b in spans))


def finish(connection: sqlite3.Connection, source: int, record: Record) -> None:
    """Mark a source as completely imported."""
    sources.set_state(connection, [source], "verified")
    connection.execute("UPDATE source SET verified = ? WHERE id = ?", (record["verified"], source))


def tag(connection: sqlite3.Connection, source: int, tags: Iterable[Sequence[Any]]) -> list[str]:
    """Add tags to a source; returns the folded ones that are new."""
    return [fold(name) for name, added in tags if put(connection, [source], name, added)]


def at(connection: sqlite3.Connection, source: int) -> dict[int, int]:
    """The statements of a source by start offset."""
    rows = connection.execute(
        "SELECT e.start, e.id FROM extent x JOIN engram e ON e.id BETWEEN x.first AND x.last "
        "WHERE x.source = ?",
        (source,),
    )
    return dict(rows.fetchall())
