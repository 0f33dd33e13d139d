"""Excel workbooks (XLSX): each sheet under its name, each row labelled by its columns.

Read by openpyxl as values rather than formulas, after the package was checked (`archive`). A first
row of words has the column names. Hidden sheets are left out.
"""

import datetime
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from ingest.books import document, naming, table_rows
from ingest.books.archive import damaged, open_package
from ingest.books.document import Document
from ingest.books.markup import Block
from ingest.errors import NoTextError
from ingest.parts import Parts
from ingest.records import Reading, ReadRequest

READER = "sheets/4"

_NOUN = "Excel workbook"
#: Columns of a sheet that are read, and rows between checks for cancellation.
_WIDEST, _INTERVAL = 500, 500
#: Consecutive empty rows that end a sheet: some claim a million.
_EMPTY = 2_000
#: Cells covered by vertical merges that are handled per sheet.
_MAX_MERGED = 100_000


def read(path: Path, request: ReadRequest) -> Iterator[Reading]:
    """Read one XLSX: `Source`, then its `Section`s from `start_section` on.

    Raises `DamagedFileError` and `NoTextError`.
    """
    parts = Parts("sheet", cancel=request.cancel)
    with open_package(path, _NOUN) as package, warnings.catch_warnings():
        text = _document(path, package, parts)
    empty = NoTextError(
        "The sheets of this workbook are empty, or contain only drawings.",
        "Check that it is the right file, or add a copy with text.",
    )
    yield from document.records(
        text, path, document.Format("sheets", READER), request, parts, empty
    )


def _document(path: Path, package: zipfile.ZipFile, parts: Parts) -> Document:
    from openpyxl import load_workbook

    # It warns about what it leaves out, which is never text.
    warnings.simplefilter("ignore", UserWarning)
    try:
        book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except Exception as error:
        # It raises many kinds of errors for a corrupt package.
        raise damaged(_NOUN) from error
    text = Document()
    try:
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible":
                text.blocks += parts.items(sheet.title, partial(_sheet, sheet, package, parts))
        parts.value("what it says about itself", partial(_describe, book.properties, text))
    finally:
        book.close()
    return text


def _sheet(sheet: Any, package: zipfile.ZipFile, parts: Parts) -> list[Block]:
    covered = _covered(package, sheet._worksheet_path)

    def rows() -> Iterator[table_rows.Cells]:
        for number, row in enumerate(sheet.iter_rows(max_col=_WIDEST, values_only=True)):
            if number % _INTERVAL == 0:
                parts.check()
            marks = covered.get(number + 1, {})
            yield [marks.get(at, _display(value)) for at, value in enumerate(row, 1)]

    return blocks_of(str(sheet.title), rows())


def _covered(package: zipfile.ZipFile, name: str) -> dict[int, dict[int, str | None]]:
    """The column labels covered by merged cells, by row."""
    from openpyxl.utils import range_boundaries

    results: dict[int, dict[int, str | None]] = {}
    left = _MAX_MERGED
    with package.open(name.lstrip("/")) as file:
        for match in re.finditer(rb'<(?:\w+:)?mergeCell [^>]*ref="([A-Z0-9:]+)"', file.read()):
            first, top, final, bottom = range_boundaries(match[1].decode())
            left -= (final - first + 1) * (bottom - top + 1)
            if left < 0:
                break
            for row in range(top, bottom + 1):
                marks = results.setdefault(row, {})
                marks.update(dict.fromkeys(range(first + 1, final + 1), table_rows.ACROSS))
                if row > top:
                    marks[first] = None
    return results


def blocks_of(name: str, rows: Iterable[table_rows.Cells]) -> list[Block]:
    """A sheet under its name, each cell with its column's name; nothing if it is empty."""
    blocks = [Block(text) for text in table_rows.texts(_filled(rows), sheet=True)]
    return [Block(" ".join(name.split()), level=1), *blocks] if blocks else []


def _filled(rows: Iterable[table_rows.Cells]) -> Iterator[table_rows.Cells]:
    """The filled rows, until many in a row are empty."""
    empty = 0
    for cells in rows:
        empty = 0 if any(cell and cell != table_rows.ACROSS for cell in cells) else empty + 1
        if empty == _EMPTY:
            return
        if not empty:
            yield cells


def _display(value: object) -> str:
    """A value as displayed; "" for nothing, and for an error."""
    if value is None or (isinstance(value, str) and value.startswith("#")):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.12g}"
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return " ".join(str(value).split())


def _describe(facts: Any, text: Document) -> None:
    text.title = " ".join((facts.title or "").split())
    text.author = facts.creator if facts.creator not in {None, "openpyxl"} else ""
    text.language = naming.language_tag(facts.language or "")
    text.date = naming.iso_date(str(facts.created or facts.modified or ""))
    for name in ("subject", "keywords", "description"):
        if getattr(facts, name):
            text.metadata[name] = getattr(facts, name)[:300]
