"""Highlights exported from other reading programs.

Kindle's `My Clippings.txt`, Readwise's CSV and KOReader's JSON. Kindle's headings are in the
language of the device, so the numbers decide: a note has the single location at which a highlight
ends. (Formats as written by the programs; Readwise documents its columns at docs.readwise.io,
KOReader its fields in `plugins/exporter.koplugin/target/json.lua`.)
"""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ingest.books import encoding
from ingest.books.pdf_marks import ReadMark, iso_time
from ingest.errors import UnsupportedFileError
from ingest.language.numerals import months

_CLIPPING = re.compile(r"(?m)^==========[ \t]*$")
_HEAD = re.compile(r"(?P<title>.*?)(?:\s*\((?P<author>[^()]*)\))?\s*")
_PLACE = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+|\d+")
#: No such device is older.
_FIRST_YEAR = 1990
_RANGE = re.compile(r"(\d+)-(\d+)")
#: Kindle's word for a note in English, German, French, Spanish, Italian and Portuguese.
_NOTE = re.compile(r"(?i)\b(?:note|notiz|nota)\b")


def read(path: Path) -> list[ReadMark]:
    """The highlights of an export, in order. Raises `UnsupportedFileError` and `OSError`."""
    text = encoding.decode(path.read_bytes()).text
    if _CLIPPING.search(text):
        return list(_kindle(text))
    head = text[:2000].partition("\n")[0]
    if "Highlight" in head and "Book Title" in head:
        return [_of_row(row) for row in csv.DictReader(io.StringIO(text)) if row.get("Highlight")]
    try:
        content = json.loads(text)
    except ValueError:
        content = None
    documents = content.get("documents", [content]) if isinstance(content, dict) else []
    marks = [mark for row in documents if isinstance(row, dict) for mark in _koreader(row)]
    if not marks:
        raise UnsupportedFileError(
            f"“{path.name}” is no export of highlights that is known here.",
            "Use Kindle's “My Clippings.txt”, a CSV of Readwise, JSON of KOReader, or a PDF.",
        )
    return marks


def _kindle(text: str) -> Iterator[ReadMark]:
    clippings = []
    for part in _CLIPPING.split(text.replace("\ufeff", "")):
        head, _, remainder = part.strip().partition("\n")
        about, _, words = remainder.partition("\n")
        if words.strip():
            clippings.append((head.strip(), about, " ".join(words.split())))
    ranges = {
        (head, int(span[2])) for head, about, _ in clippings if (span := _RANGE.search(about))
    }
    notes: dict[tuple[str, int], str] = {}
    highlights = []
    for head, about, words in clippings:
        place = head, _clipping_end(about)
        # A highlight of one line has a single location, like a note about it.
        if not _RANGE.search(about) and (place in ranges or _NOTE.search(about.partition("|")[0])):
            notes[place] = words
        else:
            highlights.append((place, words, day_of(about.rpartition("|")[2])))
    for (head, end), words, created in highlights:
        named = _HEAD.fullmatch(head)
        title, author = (named["title"], named["author"] or "") if named else (head, "")
        yield ReadMark(words, notes.get((head, end), ""), title=title, author=author, made=created)


def day_of(words: str) -> float | None:
    """The time of a clipping, by the clock of the device, in seconds since 1970.

    “Added on Monday, 3 June 2024 10:01:02”, also with the month first, in one of seven languages or
    in numbers beginning with the year.
    """
    parts = _WORD.findall(words.casefold())
    numbers = [int(part) for part in parts if part.isdecimal()]
    named = [months("")[part] for part in parts if part in months("")]
    year = next((number for number in numbers if number > _FIRST_YEAR), 0)
    remainder = [number for number in numbers if number != year]
    values = [*named, *remainder, 0, 0, 0, 0, 0][:5]
    # Elsewhere, “am” is German.
    if parts[-1:] in (["am"], ["pm"]):
        values[2] = values[2] % 12 + 12 * (parts[-1] == "pm")
    return iso_time("{:04}-{:02}-{:02} {:02}:{:02}:{:02}".format(year, *values))


def _clipping_end(about: str) -> int:
    """The end location of a clipping: the last number before its date."""
    numbers = _PLACE.findall(about.rpartition("|")[0])
    return int(numbers[-1]) if numbers else 0


def _of_row(row: Mapping[str, str | None]) -> ReadMark:
    cells = {name: (value or "").strip() for name, value in row.items() if name}
    return ReadMark(
        " ".join(cells["Highlight"].split()),
        cells.get("Note", ""),
        title=cells.get("Book Title", ""),
        author=cells.get("Book Author", ""),
        made=iso_time(cells.get("Highlighted at", "")),
    )


def _koreader(document: Mapping[str, Any]) -> Iterator[ReadMark]:
    for entry in document.get("entries", ()):
        if isinstance(entry, dict) and str(entry.get("text", "")).strip():
            created = entry.get("time")
            yield ReadMark(
                " ".join(str(entry["text"]).split()),
                str(entry.get("note") or "").strip(),
                title=str(document.get("title", "")),
                author=str(document.get("author", "")),
                made=float(created) if isinstance(created, int | float) else None,
            )
