"""Tables (CSV, TSV): of texts, each row a small source like a JSON line; of values, one sheet.

Delimiter, header and text column are detected from the first rows. A table is of texts if these are
long, or have an author, or only titles, dates and the like beside them; all other cells of a row
are below its text. Any other table (measurements, statements of accounts, lists with remarks) is
read as a sheet of a workbook.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from ingest import json_lines
from ingest.books import document, plain, sheets, table_rows
from ingest.books.document import Document
from ingest.books.encoding import decode
from ingest.books.naming import iso_date
from ingest.errors import EmptyFileError
from ingest.parts import Parts
from ingest.records import Notice, Reading, ReadRequest

READER = "rows/4"

#: Names of text columns, likeliest first.
TEXTS = ("text", "body", "content", "contents", "fulltext", "full_text", "abstract", "comment",
          "comments", "message", "description", "review", "note", "notes", "summary", "quote",
          "passage", "answer", "response")  # fmt: skip
#: Metadata of a text -> names of its columns.
NAMES = {
    "title": ("title", "headline", "subject", "name", "heading"),
    "author": ("author", "authors", "creator", "by", "from", "user", "username", "speaker"),
    "date": ("date", "created", "created_at", "published", "publication_date", "timestamp",
             "datetime", "time", "year"),
    "id": ("id", "key", "uid", "uuid", "identifier", "doi"),
}  # fmt: skip
_SAMPLE_ROWS = 60
_LONGEST_CELL = 16_000_000
_MOST_TOLD = 20
#: Characters of a column's name that a notice shows.
_LONGEST_NAME = 60
_EVERY = 64
#: Most characters of a table of values, which is read as a whole.
_LARGEST_SHEET = 64_000_000
#: Words of a text on average from which each is a source of its own, whatever is beside it.
_LONG_TEXT = 40
#: Lines above the header of a table: the names of an account and a period.
_MOST_ABOVE = 15
#: Names the delimiter, for spreadsheet programs.
_SEPARATOR = re.compile(r"\s*sep=(.)[ \t]*\r?\n", re.IGNORECASE)
#: Most rows that may follow an unclosed quotation mark, in a truncated file.
_MOST_LINES = 20


@dataclass(frozen=True, slots=True)
class Layout:
    """The format of a table: delimiter, column names, text column (-1: none)."""

    delimiter: str
    names: tuple[str, ...]
    header: bool
    text: int
    #: The names as they are displayed.
    labels: tuple[str, ...] = ()


def read(path: Path, request: ReadRequest) -> Iterator[Reading]:
    """Yield each row as a `Source` of kind record and one `Section`; bad rows as one `Notice`.

    Each source has its own title, and all are returned: `title` and `start_section` do not apply. A
    table without texts is one `Source` of kind sheets. Raises `EmptyFileError` if no row has a
    text.
    """
    csv.field_size_limit(_LONGEST_CELL)
    text = _SEPARATOR.sub("", decode(path.read_bytes()).text, count=1)
    layout = _layout(text[: 1 << 18], len(text) < 1 << 18)
    bad: list[int] = []
    if layout is None or layout.text < 0:
        sheet = _sheet(text, layout, request, bad) if layout else None
        if sheet is None or len(text) > _LARGEST_SHEET:
            yield from plain.read(path, request)
            return
        yield from document.records(sheet, path, document.Format("sheets", READER), request)
        if bad:
            yield _bad_rows(bad, "Close the quotation marks in these rows, and add it again.")
        return
    parts = Parts("row")
    result = False
    for number, (line, row, place) in enumerate(_rows(text, layout, bad)):
        if number % _EVERY == 0:
            request.cancel()
            request.report(place, len(text), "characters")
        if (number == 0 and layout.header) or not any(cell.strip() for cell in row):
            continue
        record = _record(row, layout)
        if not record["text"]:
            bad.append(line)
            continue
        records = parts.items(f"at line {line}", partial(json_lines.whole_source, record, READER))
        result = result or bool(records)
        yield from records
    if not result:
        raise parts.error(
            EmptyFileError("No row of this table has a text.", "Add a table that has text in it.")
        )
    if bad:
        column = _brief(layout.names[layout.text])
        yield _bad_rows(bad, f"The texts are taken from the column “{column}”.")
    yield from parts.notices()
    request.report(len(text), len(text), "characters")


def _bad_rows(bad: Sequence[int], hint: str) -> Notice:
    visible = ", ".join(map(str, bad[:_MOST_TOLD])) + (" …" if len(bad) > _MOST_TOLD else "")
    return Notice(
        code="bad_rows",
        message=f"{len(bad)} {'row has' if len(bad) == 1 else 'rows have'} no text that can be "
        f"read and {'was' if len(bad) == 1 else 'were'} left out (line {visible}).",
        hint=hint,
        words="",
    )


def _rows(text: str, layout: Layout, bad: list[int]) -> Iterator[tuple[int, list[str], int]]:
    """Yield the last line of each row, its cells, and the position after it; `bad` collects lines.

    Blank lines are rows without cells.
    """
    place = _Place(text)
    rows = csv.reader(place.lines(), delimiter=layout.delimiter)
    previous = 0
    while True:
        begin, first = place.at, previous + rows.line_num + 1
        row: list[str] | None = []
        try:
            row = next(rows, None)
        except csv.Error:
            bad.append(previous + rows.line_num)
        if row is None:
            return
        if _runs_on(text[begin : place.at], layout):
            # An unclosed quotation mark: its row is bad, and those after it are not.
            bad[:] = [*(line for line in bad if line < first), first]
            place.at, previous = text.index("\n", begin) + 1, first
            rows = csv.reader(place.lines(), delimiter=layout.delimiter)
        else:
            yield previous + rows.line_num, row, place.at


def _sheet(text: str, layout: Layout, request: ReadRequest, bad: list[int]) -> Document | None:
    """A table of values, its rows labelled by column names; None if no row can be read."""

    def cells() -> Iterator[list[str]]:
        for number, (_, row, _) in enumerate(_rows(text, layout, bad)):
            if number % _EVERY == 0:
                request.cancel()
            yield [" ".join(cell.split()) for cell in row]

    # The name of the sheet is not part of its text.
    page = Document(blocks=sheets.blocks_of("", cells())[1:])
    return page if page.has_words else None


def _runs_on(row: str, layout: Layout) -> bool:
    """Whether a quotation mark stays open over many lines that mostly look like rows."""
    if row.count("\n") <= _MOST_LINES or row.count('"') % 2 == 0:
        return False
    lines = [line for line in row.split("\n")[1:] if line.strip()]
    like = sum(line.count(layout.delimiter) == len(layout.names) - 1 for line in lines)
    return like > _MOST_LINES and like * 10 >= len(lines) * 9


class _Place:
    """Yields the lines of a text without copying it, and tracks the position."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.at = 0

    def lines(self) -> Iterator[str]:
        """The lines with their ends."""
        while self.at < len(self._text):
            end = self._text.find("\n", self.at) + 1 or len(self._text)
            line = self._text[self.at : end]
            self.at = end
            yield line


def _brief(name: str) -> str:
    """A column's name, shortened for a sentence."""
    return name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"


def _record(row: Sequence[str], layout: Layout) -> dict[str, Any]:
    cells = {
        name: cell.strip() for name, cell in zip(layout.names, row, strict=False) if cell.strip()
    }
    return described(
        cells, layout.names[layout.text], dict(zip(layout.names, layout.labels, strict=False))
    )


def described(
    cells: Mapping[str, str], text: str, labels: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """A record of cells by column name, its text from the column `text`.

    Cells that are no metadata of the text are a line below it, each with its label.
    """
    record: dict[str, Any] = {}
    used = {text}
    for key, names in NAMES.items():
        name = next((name for name in names if name in cells and name != text), "")
        if name and text not in names and (key != "date" or iso_date(cells[name])):
            record[key] = cells[name]
            used.add(name)
    others = {(labels or {}).get(k, k): cell for k, cell in cells.items() if k not in used}
    beside = table_rows.BETWEEN.join(f"{name}: {cell}" for name, cell in others.items())
    return {"text": "\n\n".join(filter(None, (cells.get(text, ""), beside))), **record}


def is_of_texts(names: Sequence[str], text: str, words: float) -> bool:
    """Whether the rows of a table with these columns are texts, of so many words on average.

    Otherwise they are the rows of a list, some of whose cells are words.
    """
    roles = {
        key: [name for name in names if name in members and name != text]
        for key, members in NAMES.items()
    }
    beside = len({*names} - {text}) - sum(bool(members) for members in roles.values())
    has_author = bool(roles["author"]) and bool(roles["title"] or roles["date"])
    return words >= _LONG_TEXT or has_author or (not beside and text != "answer")


# -- how a table is written ------------------------------------------------------------------------


def is_table(head: bytes, whole: bool) -> bool:
    """Whether the beginning of a file (all of it, if `whole`) is a table."""
    return _layout(decode(head).text, whole) is not None


def _layout(text: str, whole: bool) -> Layout | None:
    # A truncated row is no evidence, unless it is the only one.
    text = _SEPARATOR.sub("", text, count=1)
    sample = text if whole or text.count("\n") < 3 else text[: text.rfind("\n") + 1]
    best: tuple[int, Layout] | None = None
    for delimiter in ",;\t|":
        rows = _sampled(sample, delimiter)
        layout = _described(rows, delimiter) if len(rows) >= 2 else None
        if layout is None and len(rows) > 3:
            layout = _below(rows, delimiter)
        if layout and (best is None or len(layout.names) > best[0]):
            best = len(layout.names), layout
    return best[1] if best else None


def _below(rows: Sequence[Sequence[str]], delimiter: str) -> Layout | None:
    """The layout of a table below a few shorter lines, which is read as a sheet."""
    width = max(map(len, rows))
    start = next((at for at, row in enumerate(rows) if len(row) == width), 0)
    if not 0 < start <= _MOST_ABOVE or width < 3 or len(rows) - start < 2:
        return None
    layout = _described(rows[start:], delimiter)
    return replace(layout, text=-1) if layout and layout.header else None


def _sampled(sample: str, delimiter: str) -> list[list[str]]:
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    try:
        rows = list(islice((row for row in reader if row), _SAMPLE_ROWS + 1))
    except csv.Error:
        return []
    # The last row may be truncated.
    return rows[:_SAMPLE_ROWS]


def _described(rows: Sequence[Sequence[str]], delimiter: str) -> Layout | None:
    width = len(rows[0])
    even = sum(len(row) == width for row in rows)
    names = [re.sub(r"\s+", "_", cell.strip().lower()) for cell in rows[0]]
    # Under a header that names its texts a few ragged rows are accepted.
    share = 6 if any(name in TEXTS for name in names) else 9
    # Lines of one cell below a table are remarks.
    remarks = sum(len(row) != width > 2 and len([*filter(None, row)]) == 1 for row in rows)
    if width < 2 or even * 2 <= len(rows) or even * 10 < (len(rows) - remarks) * share:
        return None
    # Another sign divides the cells; this one is inside quotation marks.
    if sum(any(cell.count('"') % 2 for cell in row) for row in rows) * 2 > len(rows):
        return None
    full = [row for row in rows if len(row) == width]
    header = _is_header(names, full)
    if not header:
        names = [f"column_{number + 1}" for number in range(width)]
    body = full[1:] if header else full
    text = next((names.index(name) for name in TEXTS if header and name in names), -1)
    if text < 0:
        lengths = [sum(len(row[column]) for row in body) for column in range(width)]
        text = max(range(width), key=lambda column: lengths[column])
    existing = [len(row[text].split()) for row in body if row[text].strip()]
    words = sum(existing) / max(1, len(existing))
    few = names[text] not in TEXTS and words * len(existing) < 5 * len(body)
    if few or not is_of_texts(names, names[text], words):
        text = -1
    labels = tuple(" ".join(cell.split()) for cell in rows[0]) if header else tuple(names)
    return Layout(delimiter, tuple(names), header, text, labels) if body else None


def _is_header(names: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    existing = {*TEXTS, *(name for value in NAMES.values() for name in value)}
    if any(name in existing for name in names):
        return True
    if len(set(names)) < len(names) or any(not name or len(name) > 60 for name in names):
        return False
    return not any(re.fullmatch(r"[-+]?[\d.,:/-]+%?", name) for name in names) and len(rows) > 1
