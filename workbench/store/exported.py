"""Statements, sources and manual changes of concepts, as plain records for export and versions.

A record is a fact or note with its rows in other tables. These tables are found in the schema by
their foreign keys, so later ones are included automatically.

The text of sources is exported section by section, so that a book is never in memory as a whole.
Local file paths are not exported; an imported source keeps its hash, which identifies its file.
"""

import base64
import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from ingest.records import Box, Locator, Page, Passage, Section, Source
from workbench.store import derived, facts, kept_originals, sources, text
from workbench.store.changes import plain, stored
from workbench.store.kept_originals import Original
from workbench.store.queries import integers, json_list, select_dicts
from workbench.store.tags import fold, put

#: A fact or note as JSON: `id`, `kind`, `text`, `told`; for a fact `at` and `by` (names and times
#: of its tellers), for a note `key`, `name`, `changed` and `intensity`. `beside` has its rows in
#: other tables.
Record = dict[str, Any]
#: A link as [from, to, kind, weight, used].
Link = list[Any]

#: Tables exported in another form, or derived from the text.
_ELSEWHERE = frozenset(("fact", "note", "fiber", "waiting"))
_CHUNK = 2048
_IDS = "(SELECT value FROM json_each(?))"
_IN_SCOPE = (
    "(SELECT engram FROM fact WHERE scope = :scope "
    "UNION ALL SELECT engram FROM note WHERE scope = :scope)"
)


class Annotations:
    """The tables with rows about a single engram."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.tables: dict[str, tuple[str, tuple[str, ...]]] = {}
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in names:
            keys = connection.execute(f'PRAGMA foreign_key_list("{table}")').fetchall()
            owners = [row[3] for row in keys if row[2] == "engram"]
            if len(owners) != 1 or table in _ELSEWHERE:
                continue
            columns = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
            # Ids and checksums are specific to this library.
            values = tuple(row[1] for row in columns if row[1] not in (owners[0], "id", "sum"))
            self.tables[table] = owners[0], values

    def of(
        self, connection: sqlite3.Connection, ids: Sequence[int]
    ) -> dict[int, dict[str, list[dict[str, Any]]]]:
        """The rows of these engrams, by table."""
        results: dict[int, dict[str, list[dict[str, Any]]]] = {}
        parameters = (json_list(ids),)
        for table, (owner, columns) in self.tables.items():
            selected = ", ".join(f'"{name}"' for name in (owner, *columns))
            for id, *values in connection.execute(
                f'SELECT {selected} FROM "{table}" WHERE "{owner}" IN {_IDS} '
                f"ORDER BY {'rowid' if self._has_rowid(connection, table) else selected}",
                parameters,
            ):
                row = {
                    name: plain(value)
                    for name, value in zip(columns, values, strict=True)
                    if value is not None
                }
                results.setdefault(id, {}).setdefault(table, []).append(row)
        return results

    def _has_rowid(self, connection: sqlite3.Connection, table: str) -> bool:
        row = connection.execute(
            "SELECT wr FROM pragma_table_list WHERE name = ? AND schema = 'main'", (table,)
        ).fetchone()
        return row is not None and not row[0]

    def replace(
        self,
        connection: sqlite3.Connection,
        id: int,
        rows: Mapping[str, Sequence[Mapping[str, Any]]],
    ) -> None:
        """Replace the rows of an engram.

        Tables and columns that this library lacks are ignored.
        """
        for table, (owner, columns) in self.tables.items():
            connection.execute(f'DELETE FROM "{table}" WHERE "{owner}" = ?', (id,))
            for row in rows.get(table, ()):
                present = [name for name in columns if name in row]
                selected = ", ".join(f'"{name}"' for name in (owner, *present))
                marks = ", ".join("?" * (len(present) + 1))
                connection.execute(
                    f'INSERT INTO "{table}"({selected}) VALUES ({marks})',
                    (id, *(stored(row[name]) for name in present)),
                )


def modernise(record: Record) -> None:
    """Convert a record of an earlier version to the current tables."""
    beside = record["beside"]
    labels = [{"kind": "tag", **row} for row in beside.pop("memory_tag", ())]
    for row in beside.pop("project_memory", ()):
        labels.append({"kind": "project", "fold": row["project"], "name": row["project"]})
    if labels:
        beside["label"] = labels


def of_scope(
    connection: sqlite3.Connection, scope: int, ids: Collection[int] | None = None
) -> Iterator[Record]:
    """The facts and notes of a scope by id, optionally only `ids`."""
    annotations = Annotations(connection)
    members = connection.execute(
        f"SELECT value FROM (SELECT engram AS value FROM {_IN_SCOPE}) ORDER BY value",
        {"scope": scope},
    ).fetchall()
    requested = [id for (id,) in members if ids is None or id in ids]
    for start in range(0, len(requested), _CHUNK):
        yield from _records(connection, annotations, requested[start : start + _CHUNK])


def by_ids(
    connection: sqlite3.Connection, ids: Sequence[int], annotations: Annotations | None = None
) -> dict[int, Record]:
    """The existing facts and notes among these, of any scope."""
    records = _records(connection, annotations or Annotations(connection), ids)
    return {record["id"]: record for record in records}


def _records(
    connection: sqlite3.Connection, annotations: Annotations, ids: Sequence[int]
) -> Iterator[Record]:
    records: dict[int, Record] = {}
    by = facts.tellings(connection, ids)
    for record in select_dicts(
        connection,
        "SELECT f.engram AS id, e.kind, e.text, f.told, coalesce(f.at, f.told) AS at FROM fact f "
        f"JOIN engram e ON e.id = f.engram WHERE f.engram IN {_IDS}",
        ids,
    ):
        id = record["id"]
        told = by.get(id, [("", record["told"])])
        records[id] = {**record, "kind": "fact", "by": [[name, time] for name, time in told]}
    for record in select_dicts(
        connection,
        "SELECT n.engram AS id, n.kind, n.key, n.name, e.text, n.told, n.changed, n.intensity "
        f"FROM note n JOIN engram e ON e.id = n.engram WHERE n.engram IN {_IDS}",
        ids,
    ):
        records[record["id"]] = record
    noted = annotations.of(connection, ids)
    for id in sorted(records):
        records[id]["beside"] = noted.get(id, {})
        yield records[id]


def links(connection: sqlite3.Connection, scope: int) -> list[Link]:
    """The links that start or end in a scope, in order."""
    rows = connection.execute(
        f"SELECT a, b, kind, weight, used FROM link WHERE a IN {_IN_SCOPE} OR b IN {_IN_SCOPE} "
        "ORDER BY a, b, kind",
        {"scope": scope},
    )
    return [list(row) for row in rows]


def cut_links(connection: sqlite3.Connection, ids: Iterable[int]) -> None:
    """Delete all links that start or end at these."""
    parameter = json_list(ids)
    connection.execute(f"DELETE FROM link WHERE a IN {_IDS} OR b IN {_IDS}", (parameter, parameter))


def set_tellers(connection: sqlite3.Connection, id: int, by: Sequence[Sequence[Any]]) -> None:
    """Set the tellers of a fact, in order."""
    existing = facts.tellings(connection, [id]).get(id, [])
    tellings = [(str(name), float(time)) for name, time in by]
    if existing == tellings or not tellings:
        return
    for name, time in tellings:
        facts.add_teller(connection, id, name, time)
    retained = {name for name, _ in tellings}
    for name, _ in existing:
        if name not in retained:
            facts.unsay(connection, [id], name)


def concepts(connection: sqlite3.Connection) -> Iterator[Record]:
    """The concepts that the user named, typed or merged, with all of their keys."""
    rows = connection.execute(
        "SELECT id, name, type FROM concept WHERE kept ORDER BY name, type, id"
    ).fetchall()
    for id, name, type in rows:
        keys = connection.execute(
            # Keys of one source mean nothing elsewhere.
            "SELECT key FROM concept_key WHERE concept = ? AND key >= ' ' ORDER BY key",
            (id,),
        ).fetchall()
        if keys:
            yield {"name": name, "type": type, "keys": [key for (key,) in keys]}


def add_concept(connection: sqlite3.Connection, record: Record) -> int | None:
    """Import an edited concept; None if one of its keys exists here."""
    keys = [str(key) for key in record["keys"]]
    existing = connection.execute(
        "SELECT 1 FROM concept_key WHERE key IN (SELECT value FROM json_each(?)) LIMIT 1",
        (json.dumps(keys),),
    ).fetchone()
    if existing is not None or not keys:
        return None
    cursor = connection.execute(
        "INSERT INTO concept(name, type, kept) VALUES (?, ?, 1)",
        (str(record["name"]), int(record["type"])),
    )
    id = int(cursor.lastrowid or 0)
    connection.executemany(
        "INSERT INTO concept_key(key, concept) VALUES (?, ?)", [(key, id) for key in keys]
    )
    return id


def is_same(connection: sqlite3.Connection, record: Record) -> bool:
    """Whether the concept of a record's keys has its name and type here."""
    row = connection.execute(
        "SELECT 1 FROM concept c WHERE c.name = ? AND c.type = ? AND EXISTS (SELECT 1 "
        "FROM concept_key WHERE concept = c.id AND key IN (SELECT value FROM json_each(?)))",
        (str(record["name"]), int(record["type"]), json.dumps(record["keys"])),
    ).fetchone()
    return row is not None


def remove_concepts(connection: sqlite3.Connection, ids: Sequence[int]) -> None:
    """Remove imported concepts; mentioned ones are only no longer kept."""
    parameters = (json.dumps(list(ids)),)
    connection.execute(
        "UPDATE concept SET kept = 0 WHERE mentions > 0 AND id IN (SELECT value FROM json_each(?))",
        parameters,
    )
    connection.execute(
        "DELETE FROM concept WHERE mentions = 0 AND kept = 1 "
        "AND id IN (SELECT value FROM json_each(?))",
        parameters,
    )


def words(connection: sqlite3.Connection) -> Iterator[list[Any]]:
    """The learned words: word, count, vector in hexadecimal."""
    for word, count, vector in sorted(derived.all_words(connection)):
        yield [word, count, vector.hex()]


def add_word(connection: sqlite3.Connection, word: str, count: int, vector: str) -> bool:
    """Import a word unless it exists here."""
    if not isinstance(word, str) or not isinstance(count, int):
        raise TypeError("no word")
    cursor = connection.execute(
        "INSERT OR IGNORE INTO derived(kind, part, stamp, data) VALUES ('word:' || ?, 0, ?, ?)",
        (word, count, bytes.fromhex(vector)),
    )
    return cursor.rowcount > 0


def remove_words(connection: sqlite3.Connection, removed: Sequence[str]) -> None:
    """Remove words."""
    connection.executemany(
        "DELETE FROM derived WHERE kind = 'word:' || ?", [(word,) for word in removed]
    )


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


def source_records(
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


def section_records(connection: sqlite3.Connection, ids: Sequence[int]) -> Iterator[Record]:
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


def insert_source(connection: sqlite3.Connection, record: Record) -> int:
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


def append_section(connection: sqlite3.Connection, source: int, record: Record) -> int:
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


def finish_source(connection: sqlite3.Connection, source: int, record: Record) -> None:
    """Mark a source as completely imported."""
    sources.set_state(connection, [source], "verified")
    connection.execute("UPDATE source SET verified = ? WHERE id = ?", (record["verified"], source))


def tag_source(
    connection: sqlite3.Connection, source: int, tags: Iterable[Sequence[Any]]
) -> list[str]:
    """Add tags to a source; returns the folded ones that are new."""
    return [fold(name) for name, added in tags if put(connection, [source], name, added)]


def statements_at(connection: sqlite3.Connection, source: int) -> dict[int, int]:
    """The statements of a source by start offset."""
    rows = connection.execute(
        "SELECT e.start, e.id FROM extent x JOIN engram e ON e.id BETWEEN x.first AND x.last "
        "WHERE x.source = ?",
        (source,),
    )
    return dict(rows.fetchall())
