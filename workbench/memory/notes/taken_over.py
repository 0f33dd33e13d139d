"""Imports highlights of other programs, located by their words.

Only letters and digits are compared, since programs differ in hyphens, quotes and spaces.
"""

import bisect
import sqlite3
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ingest.books import reader_exports
from ingest.books.pdf_marks import ReadMark, read_marks
from ingest.errors import IngestError
from ingest.kinds import sniff
from workbench.errors import InputError, UsageError, WorkbenchError
from workbench.memory.facts.index import FactIndex
from workbench.memory.notes import highlights
from workbench.memory.notes.highlights import COLOURS
from workbench.memory.notes.records import ForeignHighlight, TakenOver
from workbench.store import notes, sources, text
from workbench.store.notes import HIGHLIGHT, Anchor, quote_and_comment

#: The minimum letters of a passage: shorter ones are ambiguous.
_LEAST = 8
_STOPS = ".,;:!?…)]”’»\"'"


def take_over(index: FactIndex, path: Path, source: int | None, *, preview: bool) -> TakenOver:
    """Import the highlights in a file; with `preview` only report them.

    Without `source`, the source whose title is named in the file, or that was read from it. Raises
    `InputError`, `NotFoundError` for an unknown source, `UsageError` if none is identified.
    """
    try:
        is_pdf = sniff(path) == "pdf"
        marks = read_marks(path) if is_pdf else reader_exports.read(path)
    except IngestError as error:
        raise InputError(error.message, error.hint, error.code) from error
    except OSError as error:
        raise InputError(
            f"“{path.name}” cannot be read ({error.strerror or error}).", "Check its name."
        ) from error
    by_title = _by_title(index, path, source, marks)
    folded: dict[int, _Folded] = {}
    last: dict[int, int] = {}
    spans: list[tuple[ReadMark, tuple[int, int, int] | None]] = []
    for mark in marks:
        number = by_title.get(mark.title)
        if number is not None and number not in folded:
            with index.store.read() as connection:
                folded[number] = _letters(text.text_at(connection, number))
        span = None if number is None else _place(folded[number], mark.words, last.get(number, 0))
        if number is None or span is None:
            spans.append((mark, None))
            continue
        last[number] = span[0]
        spans.append((mark, (number, *span)))

    def work(connection: sqlite3.Connection) -> list[ForeignHighlight]:
        return [_store(connection, mark, place, now, preview=preview) for mark, place in spans]

    now = index.store.clock()
    if preview:
        with index.store.read() as connection:
            rows = work(connection)
    else:
        rows = index.store.write(work, act="highlights taken over")
    return TakenOver(str(path), rows, preview)


def _store(
    connection: sqlite3.Connection,
    mark: ReadMark,
    place: tuple[int, int, int] | None,
    now: float,
    *,
    preview: bool,
) -> ForeignHighlight:
    """Highlight a passage (source, start, end), unless it is highlighted already."""
    lost = ForeignHighlight(mark.words, mark.note, mark.page, mark.title)
    if place is None:
        return lost
    known = notes.by_key(connection, 0, HIGHLIGHT, Anchor(*place).key)
    id = None if known is None else known.id
    # Later changes in the library are kept.
    if not preview and (known is None or (mark.note and not quote_and_comment(known.text)[1])):
        colour, made = (COLOURS[0], mark.made or now) if known is None else (known.name, now)
        try:
            id = highlights.store(connection, place[0], place[1:], colour, mark.note, made)
        except WorkbenchError:
            # Too long, or on a span whose note cannot be changed.
            return lost
    return replace(lost, source=place[0], start=place[1], end=place[2], id=id, known=bool(known))


def _by_title(
    index: FactIndex, path: Path, source: int | None, marks: Sequence[ReadMark]
) -> dict[str, int]:
    """The source of each title in the marks."""
    titles = {mark.title for mark in marks}
    with index.store.read() as connection:
        if source is not None:
            sources.by_id(connection, source)
            return dict.fromkeys(titles, source)
        if titles <= {""}:
            former = connection.execute(
                "SELECT l.source FROM location l JOIN source s ON s.id = l.source "
                "WHERE l.path = ? AND s.trashed IS NULL ORDER BY l.source DESC",
                (str(path.absolute()),),
            ).fetchone()
            if former is None and marks:
                raise UsageError(
                    f"No source was read from “{path.name}”.",
                    "Add it first (or name another source: `highlights ID --from FILE`).",
                )
            return {} if former is None else {"": former[0]}
        # Other programs use the title in the file, even if the user has set another.
        known = connection.execute(
            "SELECT id, title FROM source WHERE trashed IS NULL AND kind <> 'record' "
            "UNION SELECT id, json_extract(metadata ->> 'as_read', '$.title') FROM source "
            "WHERE trashed IS NULL AND kind <> 'record' AND metadata ->> 'as_read' LIKE '%title%' "
            "ORDER BY id"
        ).fetchall()
    names = [(number, _letters(title)[0]) for number, title in known if title]
    found = {}
    for title in titles:
        name = _letters(title)[0]
        matches = [number for number, other in names if other == name]
        matches += [
            number
            for number, other in names
            if min(len(name), len(other)) >= _LEAST and (name in other or other in name)
        ]
        if matches:
            found[title] = matches[0]
    return found


#: The letters and digits of a text, their positions, and the text.
_Folded = tuple[str, list[int], str]


def _letters(words: str) -> _Folded:
    letters: list[str] = []
    places: list[int] = []
    for at, char in enumerate(words):
        for letter in unicodedata.normalize("NFKC", char).casefold():
            if letter.isalnum():
                letters.append(letter)
                places.append(at)
    return "".join(letters), places, words


def _place(folded: _Folded, words: str, last: int) -> tuple[int, int] | None:
    """The span of the words, after the position `last` if possible; None if not found."""
    letters, places, content = folded
    sought = _letters(words)[0]
    if len(sought) < _LEAST:
        return None
    start = letters.find(sought, bisect.bisect_left(places, last))
    start = letters.find(sought) if start < 0 else start
    if start < 0:
        return None
    end = places[start + len(sought) - 1] + 1
    # Trailing punctuation was marked, too.
    marked = len(words) - len(words.rstrip(_STOPS))
    rest = content[end : end + marked]
    return places[start], end + len(rest) - len(rest.lstrip(_STOPS))
