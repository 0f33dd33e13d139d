"""The text of sources: sections, pages, passages, and the engrams of their sentences.

Offsets are code points of the source's text, the concatenation of its sections. Passages are stored
as spans of their section's text.
"""

import json
import sqlite3
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.records import Box, Passage, Section
from workbench.arguments import Id, Number
from workbench.errors import NotFoundError
from workbench.store import failures, meta, row_counts
from workbench.store.names import like_pattern, without_surrogates
from workbench.store.queries import (
    Table,
    execute,
    integers,
    json_list,
    select,
    select_number,
    select_one,
)
from workbench.store.records import EngramRow, PageRow, PassageRow, SectionRow

Replayed = tuple[int, int, int, int, str]

_SECTIONS = Table(SectionRow, "section")
_PAGES = Table(PageRow, "page")


@dataclass(frozen=True, slots=True)
class Extent:
    """The engrams `first` to `last`, inclusive, belong to `source`."""

    first: int
    last: int
    source: int
    trashed: bool


@dataclass(frozen=True, slots=True)
class Stored:
    """The numbers added by a batch; existing sections are not counted."""

    sections: int
    passages: int
    engrams: int
    characters: int


def append(connection: sqlite3.Connection, source: int, sections: Sequence[Section]) -> Stored:
    """Store sections with their pages, passages and engrams; existing ones are skipped.

    Inside a transaction. Engram ids are consecutive inside the batch.
    """
    existing = {
        row[0]
        for row in connection.execute("SELECT ordinal FROM section WHERE source = ?", (source,))
    }
    fresh = [section for section in sections if section.ordinal not in existing]
    if not fresh:
        return Stored(0, 0, 0, 0)
    engram = first = _next_id(connection, "engram")
    passage_rows: list[tuple[object, ...]] = []
    engram_rows: list[tuple[object, ...]] = []
    page_rows: list[tuple[object, ...]] = []
    passage_id = _next_id(connection, "passage")
    characters = 0
    for section in fresh:
        text = without_surrogates(section.text)
        section_id = _insert_section(connection, source, section, text)
        characters += len(text)
        for passage in section.passages:
            count = len(passage.sentences)
            passage_rows.append(
                (passage_id, source, section_id, *_place(passage), engram, engram + count - 1)
            )
            for start, end in passage.sentences:
                words = text[start - section.start : end - section.start]
                engram_rows.append((engram, passage_id, start, end, words))
                engram += 1
            passage_id += 1
        page_rows.extend(
            (
                source,
                p.number,
                without_surrogates(p.label),
                p.start,
                p.end,
                p.width,
                p.height,
                p.boxes,
            )
            for p in section.pages
        )
    connection.executemany(
        "INSERT INTO passage(id, source, section, start, end, page, page_label, seconds, box, "
        "first_engram, last_engram) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        passage_rows,
    )
    connection.executemany(
        "INSERT INTO engram(id, passage, start, end, text) VALUES (?, ?, ?, ?, ?)", engram_rows
    )
    connection.executemany(
        'INSERT INTO page(source, number, label, start, "end", width, height, boxes) '
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        page_rows,
    )
    if engram > first:
        _extend(connection, source, first, engram - 1)
    connection.execute(
        "UPDATE source SET characters = characters + ?, passages = passages + ?, "
        "engrams = engrams + ?, pages = pages + ? WHERE id = ?",
        (characters, len(passage_rows), len(engram_rows), len(page_rows), source),
    )
    return Stored(len(fresh), len(passage_rows), len(engram_rows), characters)


def _next_id(connection: sqlite3.Connection, table: str) -> int:
    return row_counts.highest_id(connection, table) + 1


def _insert_section(
    connection: sqlite3.Connection, source: int, section: Section, text: str
) -> int:
    cursor = connection.execute(
        "INSERT INTO section(source, ordinal, title, level, kind, start, end, text) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            source,
            section.ordinal,
            without_surrogates(section.title),
            section.level,
            section.kind,
            section.start,
            section.start + len(text),
            text,
        ),
    )
    return int(cursor.lastrowid or 0)


def _place(passage: Passage) -> tuple[object, ...]:
    place = passage.locator
    box = json.dumps(place.box) if place.box is not None else None
    label = without_surrogates(place.page_label) if place.page_label is not None else None
    return place.start, place.end, place.page, label, place.seconds, box


def _extend(connection: sqlite3.Connection, source: int, first: int, last: int) -> None:
    meta.count(connection, meta.SOURCE_CHANGES)
    joined = connection.execute(
        "UPDATE extent SET last = ? WHERE last = ? AND source = ?", (last, first - 1, source)
    ).rowcount
    if not joined:
        connection.execute(
            "INSERT INTO extent(first, last, source) VALUES (?, ?, ?)", (first, last, source)
        )


def section_at(connection: sqlite3.Connection, source: int, ordinal: int) -> tuple[int, str] | None:
    """Start and text of a section; None if it is not stored yet."""
    row = connection.execute(
        "SELECT start, text FROM section WHERE source = ? AND ordinal = ?", (source, ordinal)
    ).fetchone()
    return None if row is None else (int(row[0]), str(row[1]))


def section_count(connection: sqlite3.Connection, source: int) -> int:
    """The number of stored sections of a source."""
    return select_number(connection, "SELECT count(*) FROM section WHERE source = ?", source)


def are_same(connection: sqlite3.Connection, source: int, other: int) -> bool:
    """Whether two sources have the same text in the same sections."""
    chapters = "SELECT ordinal, level, kind, title, text FROM section WHERE source = "
    row = connection.execute(
        f"SELECT EXISTS ({chapters} :one EXCEPT {chapters} :other) "
        f"OR EXISTS ({chapters} :other EXCEPT {chapters} :one)",
        {"one": source, "other": other},
    ).fetchone()
    return not row[0]


def sections(connection: sqlite3.Connection, source: Id) -> list[SectionRow]:
    """The chapters of a source in order, without their text."""
    return _SECTIONS.select(connection, "WHERE source = ? ORDER BY ordinal", source)


def headed(connection: sqlite3.Connection, words: Sequence[str]) -> list[SectionRow]:
    """At most 50 sections whose titles contain these words in this order, of any source."""
    return _SECTIONS.select(connection, "WHERE title LIKE ? LIMIT 50", like_pattern(words))


def sources_headed(connection: sqlite3.Connection, words: Sequence[str]) -> list[int]:
    """The sources with a section that contains these words in this order."""
    return integers(
        connection,
        "SELECT DISTINCT source FROM section WHERE text LIKE ? ORDER BY source",
        like_pattern(words),
    )


def sources_with_heading(connection: sqlite3.Connection, word: str) -> list[int]:
    """The sources with a section whose title contains this word."""
    return integers(
        connection,
        "SELECT DISTINCT source FROM section WHERE title LIKE ? ORDER BY source",
        like_pattern((word,)),
    )


def sections_by_ids(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, SectionRow]:
    """The existing sections among these, by id."""
    return _SECTIONS.by_ids(connection, ids)


def chapter_path(connection: sqlite3.Connection, section: SectionRow) -> str:
    """The titles that lead to a section, outermost first: “2. A Word for the Trace · Ecphory”."""
    titles = [section.title] if section.title else []
    ordinal, level = section.ordinal, section.level
    while level > 1:
        above = connection.execute(
            "SELECT ordinal, level, title FROM section WHERE source = ? AND ordinal < ? "
            "AND level < ? ORDER BY ordinal DESC LIMIT 1",
            (section.source, ordinal, level),
        ).fetchone()
        if above is None:
            break
        ordinal, level, title = above
        if title and not section.title.startswith(title):
            titles.insert(0, title)
    return " · ".join(titles)


def page_at(connection: sqlite3.Connection, source: int, offset: int) -> PageRow | None:
    """The page of the character at `offset`, None if the source has no pages."""
    test = "WHERE source = ? AND start <= ? ORDER BY number DESC LIMIT 1"
    return _PAGES.first(connection, test, source, offset)


def section_text(connection: sqlite3.Connection, section: int) -> str:
    """The text of a section. Raises `NotFoundError`."""
    row = select_one(connection, "SELECT text FROM section WHERE id = ?", section)
    if row is None:
        raise NotFoundError(f"There is no chapter with the number {section}.")
    return str(row[0])


def text_at(
    connection: sqlite3.Connection, source: Id, start: Number = 0, end: Number = sys.maxsize
) -> str:
    """The source's text, or that at `[start, end)`, as far as it reaches."""
    rows = connection.execute(
        "SELECT start, text FROM section WHERE source = ? AND start < ? AND end > ? "
        "ORDER BY ordinal",
        (source, end, start),
    )
    return "".join(text[max(0, start - at) : max(0, end - at)] for at, text in rows)


def pages(connection: sqlite3.Connection, source: Id) -> list[PageRow]:
    """The pages of a source in order; empty where it has none."""
    return _PAGES.select(connection, "WHERE source = ? ORDER BY number", source)


def page_boxes(
    connection: sqlite3.Connection, source: int, start: int, end: int
) -> list[tuple[PageRow, bytes]]:
    """The pages that overlap `[start, end)`, each with its packed character boxes."""
    rows = select(
        connection,
        "SELECT number, label, start, end, width, height, boxes FROM page "
        "WHERE source = ? AND start < ? AND end > ? ORDER BY number",
        source,
        end,
        start,
    )
    return [(PageRow(*row), boxes) for *row, boxes in rows]


_PASSAGES = """
SELECT p.id, p.source, p.section, s.title, p.start, p.end, p.page, p.page_label, p.seconds, p.box,
       p.first_engram, p.last_engram, s.start FROM passage p JOIN section s ON s.id = p.section
"""


def passages(connection: sqlite3.Connection, source: Id) -> list[PassageRow]:
    """Exactly what was indexed of a source, in order."""
    return _passages(connection, f"{_PASSAGES} WHERE p.source = ? ORDER BY p.start, p.id", [source])


def passages_by_ids(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, PassageRow]:
    """The existing passages among these, by id."""
    rows = _passages(
        connection,
        f"{_PASSAGES} WHERE p.id IN (SELECT value FROM json_each(?)) ORDER BY p.section",
        [json_list(ids)],
    )
    return {row.id: row for row in rows}


def _passages(
    connection: sqlite3.Connection, query: str, values: Sequence[object]
) -> list[PassageRow]:
    rows = []
    section, text = 0, ""
    for row in select(connection, query, *values):
        if row[2] != section:
            section, text = row[2], section_text(connection, row[2])
        words = text[row[4] - row[12] : row[5] - row[12]]
        values_of_row = (*row[:9], _box(row[9]), row[10], row[11], words)
        rows.append(PassageRow(*values_of_row))
    return rows


def _box(stored: str | None) -> Box | None:
    if stored is None:
        return None
    left, top, right, bottom = json.loads(stored)
    return left, top, right, bottom


_ENGRAMS = Table(
    EngramRow,
    "engram",
    "JOIN passage p ON p.id = engram.passage",
    source="p.source",
    section="p.section",
)


def engrams(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, EngramRow]:
    """The existing read engrams among these, by id, in one query."""
    return _ENGRAMS.by_ids(connection, ids)


def statements(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, str]:
    """The texts of the existing engrams among these, read or told."""
    rows = execute(
        connection, "SELECT id, text FROM engram WHERE id IN (SELECT value FROM json_each(?))", ids
    )
    return {row[0]: str(row[1]) for row in rows}


def engrams_between(connection: sqlite3.Connection, first: int, last: int) -> list[EngramRow]:
    """The engrams `first` to `last`, inclusive, in order."""
    test = "WHERE engram.id BETWEEN ? AND ? ORDER BY engram.id"
    return _ENGRAMS.select(connection, test, first, last)


def engram_spans(connection: sqlite3.Connection, sections: Sequence[int]) -> list[tuple[int, int]]:
    """First and last engram of each section that has any, in the order given."""
    rows = connection.execute(
        "SELECT min(p.first_engram), max(p.last_engram) FROM json_each(?) AS wanted "
        "JOIN passage AS p ON p.section = wanted.value GROUP BY wanted.key ORDER BY wanted.key",
        (json_list(sections),),
    )
    return [(int(first), int(last)) for first, last in rows]


def replay(connection: sqlite3.Connection, after: int, limit: int) -> list[Replayed]:
    """The next `limit` engrams after `after`: (id, source, section, passage, text), by id.

    Includes trashed sources; see `extents`.
    """
    rows = connection.execute(
        "SELECT e.id, p.source, p.section, e.passage, e.text FROM engram e "
        "JOIN passage p ON p.id = e.passage WHERE e.id > ? ORDER BY e.id LIMIT ?",
        (after, limit),
    )
    return failures.forward(rows.fetchall(), after)


def feed(connection: sqlite3.Connection, after: int, limit: int) -> list[Replayed]:
    """The next `limit` statements after `after`, read and told, like `replay`.

    Told ones have neither section nor passage; their source is `place_of` their scope.
    """
    rows = connection.execute(
        "SELECT e.id, coalesce(p.source, -1 - f.scope), coalesce(p.section, 0), "
        "coalesce(e.passage, 0), e.text FROM engram e LEFT JOIN passage p ON p.id = e.passage "
        "LEFT JOIN fact f ON f.engram = e.id "
        "WHERE e.id > ? AND (p.id IS NOT NULL OR f.engram IS NOT NULL) ORDER BY e.id LIMIT ?",
        (after, limit),
    )
    return failures.forward(rows.fetchall(), after)


def place_of(scope: int) -> int:
    """The place of statements told to a scope; that of read ones is their source."""
    return -1 - scope


def last_engram(connection: sqlite3.Connection) -> int:
    """The highest engram id ever used, 0 for none."""
    return _next_id(connection, "engram") - 1


def last_statement(connection: sqlite3.Connection) -> int:
    """The highest engram id of a source, 0 for none."""
    row = select_one(connection, "SELECT last FROM extent ORDER BY first DESC LIMIT 1")
    return 0 if row is None else int(row[0])


def extents(connection: sqlite3.Connection) -> list[Extent]:
    """The source of each range of engrams, by id; uncovered ids were removed."""
    rows = connection.execute(
        "SELECT e.first, e.last, e.source, s.trashed IS NOT NULL FROM extent e "
        "JOIN source s ON s.id = e.source ORDER BY e.first"
    )
    return [Extent(first, last, source, bool(trashed)) for first, last, source, trashed in rows]
