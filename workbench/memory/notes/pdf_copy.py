"""Writes a copy of a PDF with its highlights and notes."""

import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from ingest.books.pdf_marks import Mark, marked_copy
from ingest.errors import IngestError
from ingest.records import Box
from workbench.errors import InputError, NotFoundError, UsageError
from workbench.memory.notes.records import Highlight
from workbench.store import originals
from workbench.store import sources as rows

#: Colours on paper, as in the light theme.
INKS = {
    "yellow": (0xFA, 0xED, 0xB9),
    "green": (0xDC, 0xEC, 0xCF),
    "blue": (0xD3, 0xE9, 0xF1),
    "pink": (0xF8, 0xDE, 0xDE),
    "violet": (0xE8, 0xDF, 0xF3),
}


def marked(connection: sqlite3.Connection, source: int, highlights: Sequence[Highlight]) -> bytes:
    """A copy of a source's PDF with its highlights as annotations.

    Raises `NotFoundError` if the original is missing or has changed since it was read, `UsageError`
    if there is nothing to write or no PDF, `InputError` if it is damaged.
    """
    for row in rows.by_ids(connection, [source]):
        if row.kind != "pdf":
            raise UsageError(f"“{row.title}” is not a PDF.", "Export its highlights as Markdown.")
    marks = [
        mark
        for highlight in highlights
        if not highlight.lost
        for mark in _marks(connection, highlight)
    ]
    if not marks:
        raise UsageError("No highlight has a place on these pages.", "Highlight words in Read.")
    with tempfile.TemporaryDirectory(prefix="workbench-") as folder:
        original = originals.unchanged(connection, source)
        original = original or originals.stored_copy(connection, source, Path(folder))
        if original is None:
            raise NotFoundError(
                "The original file is not where it was, or has changed.",
                "Put it back, or export its highlights as Markdown.",
            )
        try:
            return marked_copy(original, marks)
        except IngestError as error:
            raise InputError(error.message, error.hint, error.code) from error


def _marks(connection: sqlite3.Connection, highlight: Highlight) -> Iterator[Mark]:
    """Yield one mark per page of a highlight; the first has the note."""
    lines: dict[int, list[Box]] = {}
    for number, box in originals.line_boxes(
        connection, highlight.source, highlight.start, highlight.end
    ):
        lines.setdefault(number, []).append(box)
    for at, (number, boxes) in enumerate(lines.items()):
        note = highlight.note if at == 0 else ""
        yield Mark(number, boxes, INKS[highlight.colour], note, highlight.changed)
