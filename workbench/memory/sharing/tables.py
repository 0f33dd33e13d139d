"""Exports tables and texts: JSON Lines, CSV, Markdown.

Statements have their source, chapter and page; facts their sources and times. JSON Lines of facts
and notes can be imported again; the others are for reading and for other programs.
"""

import csv
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from workbench import permissions
from workbench.controls import in_cell
from workbench.jobs import Cancel, Progress, Report
from workbench.memory.sharing import exporting
from workbench.memory.sharing.exporting import Selection
from workbench.memory.sharing.import_facts import portable
from workbench.store import sources, text

Row = dict[str, Any]

STATEMENT = (
    "kind", "text", "source", "title", "author", "date", "chapter", "page", "page_label",
    "seconds", "start", "end",
)  # fmt: skip
FACT = (
    "kind", "text", "collection", "key", "sources", "told", "at", "priority", "expires",
    "intensity",
)  # fmt: skip
SOURCE = (
    "id", "title", "author", "date", "language", "kind", "hash", "pages", "statements",
    "collections", "tags", "citation_key",
)  # fmt: skip


@dataclass(slots=True)
class TableCounts:
    """The exported files, and the numbers of rows in them."""

    files: list[str] = field(default_factory=list)
    sources: int = 0
    statements: int = 0
    facts: int = 0
    notes: int = 0


def source_rows(connection: sqlite3.Connection, ids: Sequence[int]) -> Iterator[Row]:
    """The sources, in order."""
    for row in sources.by_ids(connection, ids):
        yield {
            "id": row.id, "title": row.title, "author": row.author, "date": row.date,
            "language": row.language, "kind": row.kind, "hash": row.hash, "pages": row.pages,
            "statements": row.engrams, "collections": list(row.collections),
            "tags": list(row.tags), "citation_key": row.metadata.get("citation_key"),
        }  # fmt: skip


def statement_rows(
    connection: sqlite3.Connection, ids: Sequence[int], report: Report, cancel: Cancel
) -> Iterator[Row]:
    """Yield the statements of sources with their positions, in order of the text."""
    for number, source in enumerate(sources.by_ids(connection, ids)):
        report(Progress("exporting", number, len(ids), "sources", source.title))
        for passage in text.passages(connection, source.id):
            cancel.check()
            for engram in text.engrams_between(
                connection, passage.first_engram, passage.last_engram
            ):
                yield {
                    "kind": engram.kind, "text": engram.text, "source": source.id,
                    "title": source.title, "author": source.author, "date": source.date,
                    "chapter": passage.chapter, "page": passage.page,
                    "page_label": passage.page_label, "seconds": passage.seconds,
                    "start": engram.start, "end": engram.end,
                }  # fmt: skip


def fact_rows(
    connection: sqlite3.Connection, selection: Selection, cancel: Cancel
) -> Iterator[Row]:
    """Yield the facts and notes, with times in ISO 8601."""
    for name, record in exporting.memories(connection, selection):
        cancel.check()
        mark = record["beside"].get("mark", [{}])[0]
        is_fact = record["kind"] == "fact"
        yield {
            "kind": mark.get("kind", "fact") if is_fact else record["kind"],
            "text": record["text"],
            "collection": name or "",
            "key": record.get("name", ""),
            "sources": [teller for teller, _ in record.get("by", ()) if teller],
            "told": iso_time(record["told"]),
            "at": iso_time(record["at" if is_fact else "changed"]),
            "priority": mark.get("priority"),
            "expires": None if mark.get("expires") is None else iso_time(mark["expires"]),
            "intensity": record.get("intensity"),
        }


def iso_time(seconds: float) -> str:
    """A time in ISO 8601, UTC."""
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat()
    except (OverflowError, OSError, ValueError):
        return str(seconds)


def write(
    connection: sqlite3.Connection,
    folder: Path,
    format: str,
    selection: Selection,
    report: Report,
    cancel: Cancel,
) -> TableCounts:
    """Write sources, statements and facts, each to its own file.

    JSON Lines of facts can be imported again. CSV is UTF-8 with a byte order mark, for
    spreadsheets.
    """
    counts = TableCounts()
    ids = selection.sources

    def portable_rows() -> Iterator[Row]:
        for number, (name, record) in enumerate(exporting.memories(connection, selection), 1):
            cancel.check()
            yield {**portable(record), "id": number, "collection": name}

    def write_rows(name: str, columns: Sequence[str], rows: Iterable[Row]) -> int:
        counts.files.append(f"{name}.{format}")
        path = folder / counts.files[-1]
        return _lines(path, rows) if format == "jsonl" else _table(path, columns, rows)

    fact_lines = portable_rows() if format == "jsonl" else fact_rows(connection, selection, cancel)
    counts.sources = write_rows("sources", SOURCE, source_rows(connection, ids))
    counts.statements = write_rows(
        "statements", STATEMENT, statement_rows(connection, ids, report, cancel)
    )
    write_rows("facts", FACT, _count_rows(fact_lines, counts))
    return counts


def _count_rows(rows: Iterable[Row], counts: TableCounts) -> Iterator[Row]:
    notes = ("instruction", "stance", "variable")
    for row in rows:
        if row["kind"] in notes:
            counts.notes += 1
        else:
            counts.facts += 1
        yield row


def _lines(path: Path, rows: Iterable[Row]) -> int:
    number = 0
    with permissions.private(path).open("w", encoding="utf-8", newline="\n") as stream:
        for row in rows:
            number += 1
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")
    return number


def _table(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> int:
    number = 0
    with permissions.private(path).open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(columns)
        for row in rows:
            number += 1
            writer.writerow([_cell(row[name]) for name in columns])
    return number


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        value = "; ".join(value)
    if isinstance(value, str):
        value = in_cell(value)
    # A spreadsheet would evaluate it as a formula.
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + value
    return value
