"""Exports tables and texts: JSON Lines, CSV, Markdown.

Statements come with their source, chapter and page; facts with who said them and when. JSON Lines
of facts and notes can be imported again; the others are for reading and for other programs.
"""

import csv
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from workbench import permissions
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
class Written:
    """Which files were written, and how much stands in them."""

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
    """The statements of sources with their places, in order of the text."""
    for number, source in enumerate(sources.by_ids(connection, ids)):
        report(Progress("exporting", number, len(ids), "sources", source.title))
        for passage in text.passages(connection, source.id):
            cancel.check()
            for each in text.engrams_between(connection, passage.first_engram, passage.last_engram):
                yield {
                    "kind": each.kind, "text": each.text, "source": source.id,
                    "title": source.title, "author": source.author, "date": source.date,
                    "chapter": passage.chapter, "page": passage.page,
                    "page_label": passage.page_label, "seconds": passage.seconds,
                    "start": each.start, "end": each.end,
                }  # fmt: skip


def fact_rows(
    connection: sqlite3.Connection, selection: Selection, cancel: Cancel
) -> Iterator[Row]:
    """The facts and notes, with times in ISO 8601."""
    for name, record in exporting.memories(connection, selection):
        cancel.check()
        mark = record["beside"].get("mark", [{}])[0]
        is_fact = record["kind"] == "fact"
        yield {
            "kind": mark.get("kind", "fact") if is_fact else record["kind"],
            "text": record["text"],
            "collection": name or "",
            "key": record.get("name", ""),
            "sources": [who for who, _ in record.get("by", ()) if who],
            "told": moment(record["told"]),
            "at": moment(record["at" if is_fact else "changed"]),
            "priority": mark.get("priority"),
            "expires": None if mark.get("expires") is None else moment(mark["expires"]),
            "intensity": record.get("intensity"),
        }


def moment(seconds: float) -> str:
    """A time in ISO 8601, UTC."""
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat()
    except (OverflowError, OSError, ValueError):
        return str(seconds)


def jsonl(
    connection: sqlite3.Connection,
    folder: Path,
    selection: Selection,
    report: Report,
    cancel: Cancel,
) -> Written:
    """`sources.jsonl`, `statements.jsonl`, and `facts.jsonl`, which can be imported again."""
    done = Written()
    ids = selection.sources

    def told() -> Iterator[Row]:
        for number, (name, record) in enumerate(exporting.memories(connection, selection), 1):
            cancel.check()
            yield {**portable(record), "id": number, "collection": name}

    done.sources = _lines(folder / "sources.jsonl", source_rows(connection, ids))
    done.statements = _lines(
        folder / "statements.jsonl", statement_rows(connection, ids, report, cancel)
    )
    _lines(folder / "facts.jsonl", _counted(told(), done))
    done.files += ["sources.jsonl", "statements.jsonl", "facts.jsonl"]
    return done


def _counted(rows: Iterable[Row], done: Written) -> Iterator[Row]:
    notes = ("instruction", "stance", "variable")
    for row in rows:
        if row["kind"] in notes:
            done.notes += 1
        else:
            done.facts += 1
        yield row


def _lines(path: Path, rows: Iterable[Row]) -> int:
    number = 0
    with permissions.private(path).open("w", encoding="utf-8", newline="\n") as stream:
        for row in rows:
            number += 1
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")
    return number


def tables(
    connection: sqlite3.Connection,
    folder: Path,
    selection: Selection,
    report: Report,
    cancel: Cancel,
) -> Written:
    """`sources.csv`, `statements.csv`, `facts.csv`: UTF-8 with a mark, as spreadsheets want it."""
    done = Written()
    ids = selection.sources
    done.sources = _table(folder / "sources.csv", SOURCE, source_rows(connection, ids))
    rows = statement_rows(connection, ids, report, cancel)
    done.statements = _table(folder / "statements.csv", STATEMENT, rows)
    _table(folder / "facts.csv", FACT, _counted(fact_rows(connection, selection, cancel), done))
    done.files += ["sources.csv", "statements.csv", "facts.csv"]
    return done


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
        return "; ".join(value)
    # A spreadsheet would take what begins so for a formula, and work it out.
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + value
    return value


Writer = Callable[[sqlite3.Connection, Path, Selection, Report, Cancel], Written]
WRITERS: Mapping[str, Writer] = {"jsonl": jsonl, "csv": tables}
