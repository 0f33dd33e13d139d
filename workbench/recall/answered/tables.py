"""Tables of sources and questions: cells from saved answers, and export as documents."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from ingest.patterns import later
from workbench.controls import in_cell
from workbench.errors import UsageError
from workbench.recall.answered.export import docx_bytes, xml_text
from workbench.recall.answered.saved import Answered
from workbench.recall.records import Cell, Table, TableRow
from workbench.recall.rerank import READ
from workbench.recall.wording import escaped, place_words
from workbench.store.records import SourceRow

if TYPE_CHECKING:
    from docx.document import Document

#: The export formats of tables, with file suffixes.
TABLE_FORMS: Mapping[str, str] = {"markdown": "md", "csv": "csv", "xlsx": "xlsx", "docx": "docx"}
_NOT_STATED = "not stated"
#: The width of a column of a workbook, and the maximum columns of an upright page.
_CHARACTERS, _UPRIGHT = 36, 4
#: The probabilities from which a cell has an answer, and is certain: on a single source the reader
#: is overconfident. Of 80 cells, 14 were wrong and certain at 0.6, and 6 at 0.7.
_STATED, _SURE = 0.4, 0.7
#: The minimum probability of "possible" instead of "weak".
_HALF_SURE = 0.55
#: A value that a workbook holds as a number.
_NUMBER = later(r"-?(?:0|[1-9]\d{0,14})(?:\.\d+)?")
#: The threshold for a source that the reader reads completely, and its maximum number of passages:
#: the best sentence is mostly right. Of real papers of this size 25 of 28 cells were right at 0.1
#: and 24 at 0.4, of longer ones 26 and 34 of 49.
STATED_IN_SHORT, _SHORT = 0.1, READ


def cell_of(source: SourceRow, saved: Answered, correction: str | None) -> Cell:
    """The cell of a source for a saved answer, with a person's correction if any."""
    answer = saved.answer
    sentence = answer.sentences[0] if answer.sentences else None
    text = "" if answer.abstained else answer.value or (sentence.text if sentence else "")
    cited = sentence.citations if sentence and sentence.citations else (1,)
    evidence = next((item for item in answer.evidence if item.n in cited), None)
    if evidence is None and answer.evidence:
        evidence = answer.evidence[0]
    if answer.confidence < (STATED_IN_SHORT if source.passages <= _SHORT else _STATED):
        text = ""
    state = "unstated" if not text else "possible" if answer.confidence < _SURE else "answer"
    if correction is None:
        return Cell(source.id, answer.question, state, text, answer.confidence, evidence)
    return Cell(source.id, answer.question, "corrected", correction, 1.0, evidence, text)


def sentence_of(saved: Answered) -> str:
    """The first sentence of a saved answer; "" if it has none."""
    return next((sentence.text for sentence in saved.answer.sentences), "")


def compared(cells: Sequence[tuple[Cell, str]]) -> tuple[Cell, ...]:
    """The cells of a source with their sentences; doubtful if one answers another question better.

    The best cell of each sentence stays.
    """
    ordered = sorted(cells, key=lambda item: item[0].confidence)
    best = {sentence: cell for cell, sentence in ordered if sentence and cell.text}
    return tuple(_doubted(cell, best.get(sentence, cell)) for cell, sentence in cells)


def _doubted(cell: Cell, best: Cell) -> Cell:
    if cell.confidence >= best.confidence or cell.state not in ("possible", "answer"):
        return cell
    if cell.state == "possible" and (
        best.state == "answer" or best.text == cell.text or cell.confidence < _STATED
    ):
        return replace(cell, state="unstated", text="")
    return replace(cell, state="possible")


def exported_table(
    table: Table,
    form: str,
    sources: Mapping[int, SourceRow] = MappingProxyType({}),
    order: Sequence[int] = (),
) -> str | bytes:
    """A table as a document; "xlsx" and "docx" return bytes.

    Markdown and Word have a cell for each answer, with its location and a mark if it is doubtful.
    In CSV and Excel each question has columns for its value, its place and how certain it is, and
    `sources` give the authors and years. Rows are in this `order` of source ids, others below.
    Raises `UsageError` for an unknown form.
    """
    places = {source: at for at, source in enumerate(order)}
    shown = sorted(table.rows, key=lambda row: places.get(row.source.id, len(places)))
    rows = [
        ["Source", *table.questions],
        *([row.source.title, *map(_words, row.cells)] for row in shown),
    ]
    match form:
        case "markdown":
            lines = [
                [escaped(" ".join(cell.split())).replace("|", r"\|") for cell in row]
                for row in rows
            ]
            lines.insert(1, ["---"] * len(rows[0]))
            return "".join(f"| {' | '.join(row)} |\n" for row in lines)
        case "csv":
            output = io.StringIO()
            lines = _columns(table, shown, sources)
            csv.writer(output, lineterminator="\n").writerows(map(plain_text, row) for row in lines)
            return output.getvalue()
        case "xlsx":
            return _xlsx(table.name, _columns(table, shown, sources))
        case "docx":
            return docx_bytes(lambda document: _add_table(document, table.name, rows))
    raise UsageError(f"There is no format “{form}”.", f"One of: {', '.join(TABLE_FORMS)}.")


def _columns(
    table: Table, rows: Sequence[TableRow], sources: Mapping[int, SourceRow]
) -> list[list[str]]:
    """A header and a line for each source, with three columns for each question."""
    asked = (
        part
        for question in table.questions
        for part in (question, f"Place: {question}", f"Certainty: {question}")
    )
    lines = [["Source", "Authors", "Year", *asked]]
    for row in rows:
        source = sources.get(row.source.id)
        about = ["", ""] if source is None else [source.author, source.date[:4]]
        cells = (part for cell in row.cells for part in _parts(cell))
        lines.append([row.source.title, *about, *cells])
    return lines


def _parts(cell: Cell) -> tuple[str, str, str]:
    """The value, place and certainty of a cell."""
    if cell.state in ("empty", "unstated"):
        return ("" if cell.state == "empty" else _NOT_STATED), "", ""
    return cell.text or _NOT_STATED, _place(cell), certainty(cell)


def certainty(cell: Cell) -> str:
    """How certain a cell is: "strong", "possible", "weak" or "corrected"; "" without an answer."""
    if cell.state == "possible":
        return "possible" if cell.confidence >= _HALF_SURE else "weak"
    return {"answer": "strong", "corrected": "corrected"}.get(cell.state, "")


def _place(cell: Cell) -> str:
    # A correction is not what the place says.
    evidence = cell.evidence if cell.state != "corrected" else None
    return place_words(evidence.locator, evidence.source) if evidence is not None else ""


def _words(cell: Cell) -> str:
    if cell.state in ("empty", "unstated"):
        return "" if cell.state == "empty" else _NOT_STATED
    remarks = [
        _place(cell),
        {"possible": "uncertain", "corrected": "corrected"}.get(cell.state, ""),
    ]
    added = ", ".join(filter(None, remarks))
    text = cell.text or _NOT_STATED
    return f"{text} ({added})" if added else text


def plain_text(text: str) -> str:
    """A text that spreadsheets do not evaluate as a formula, nor terminals obey."""
    text = in_cell(text)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t")) else text


def _xlsx(name: str, rows: Sequence[Sequence[str]]) -> bytes:
    from openpyxl import Workbook  # loaded on demand
    from openpyxl.styles import Alignment, Font

    workbook = Workbook()
    sheet = workbook.create_sheet("".join(c for c in name if c not in r"[]:*?/\'")[:31] or "Table")
    del workbook[workbook.sheetnames[0]]
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            cell = sheet.cell(number, column)
            cell.value, cell.data_type = xml_text(text)[:32_767], "s"
            if _NUMBER.fullmatch(text):
                # Numbers can be counted and sorted.
                cell.value, cell.data_type = float(text), "n"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=number == 1)
            sheet.column_dimensions[cell.column_letter].width = _CHARACTERS
    # The questions and the sources stay in view.
    sheet.freeze_panes = "B2"
    output = io.BytesIO()
    workbook.save(output)
    return output.getvalue()


def _add_table(document: "Document", name: str, rows: Sequence[Sequence[str]]) -> None:
    if len(rows[0]) > _UPRIGHT:
        page = document.sections[0]
        page.page_width, page.page_height = page.page_height, page.page_width
    document.add_heading(xml_text(name), level=1)
    grid = document.add_table(len(rows), len(rows[0]), style="Table Grid")
    for row, texts in zip(grid.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = xml_text(text)
