"""Tables of sources and questions: cells from saved answers, and export as documents."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.errors import UsageError
from workbench.recall.answered.export import docx_bytes, xml_text
from workbench.recall.answered.saved import Answered
from workbench.recall.records import Cell, Table
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


def exported_table(table: Table, form: str) -> str | bytes:
    """A table as a document; "xlsx" and "docx" return bytes.

    Each cell has its location and is marked if doubtful. Raises `UsageError` for an unknown form.
    """
    rows = [
        ["Source", *table.questions],
        *([row.source.title, *map(_words, row.cells)] for row in table.rows),
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
            csv.writer(output, lineterminator="\n").writerows(map(plain_text, row) for row in rows)
            return output.getvalue()
        case "xlsx":
            return _xlsx(table.name, rows)
        case "docx":
            return docx_bytes(lambda document: _add_table(document, table.name, rows))
    raise UsageError(f"There is no format “{form}”.", f"One of: {', '.join(TABLE_FORMS)}.")


def _words(cell: Cell) -> str:
    if cell.state in ("empty", "unstated"):
        return "" if cell.state == "empty" else _NOT_STATED
    # A correction is not what the place says.
    evidence = cell.evidence if cell.state != "corrected" else None
    place = place_words(evidence.locator, evidence.source) if evidence is not None else ""
    remarks = [place, {"possible": "uncertain", "corrected": "corrected"}.get(cell.state, "")]
    added = ", ".join(filter(None, remarks))
    text = cell.text or _NOT_STATED
    return f"{text} ({added})" if added else text


def plain_text(text: str) -> str:
    """A text that spreadsheets do not evaluate as a formula."""
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
