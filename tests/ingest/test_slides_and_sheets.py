"""Presentations and workbooks, made here: slides and sheets under their names, in their order."""

import datetime
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook
from pptx import Presentation
from pptx.util import Inches

import ingest
from ingest.errors import DamagedFileError, NoTextError
from tests.ingest.conftest import Book, Read

_FERRY = "The ferry to Skerry leaves at seven."


def _lines(book: Book) -> list[str]:
    return [line for line in book.text.splitlines() if line]


def _presentation(path: Path) -> Path:
    shown = Presentation()
    first = shown.slides.add_slide(shown.slide_layouts[0])
    first.shapes.title.text = "Harbours of the north"
    first.placeholders[1].text = "Imogen Hale"
    second = shown.slides.add_slide(shown.slide_layouts[5])
    second.shapes.title.text = "Timetable"
    # Drawn first and standing below.
    low = second.shapes.add_textbox(Inches(1), Inches(5), Inches(4), Inches(1))
    low.text_frame.text = "In winter there is no boat."
    high = second.shapes.add_textbox(Inches(1), Inches(2), Inches(4), Inches(1))
    high.text_frame.text = _FERRY
    table = second.shapes.add_table(2, 2, Inches(1), Inches(3), Inches(4), Inches(1)).table
    for at, words in enumerate(("Boat", "Master", "Heron", "Bo Okonkwo")):
        table.cell(at // 2, at % 2).text = words
    second.notes_slide.notes_text_frame.text = "Mention the new pier."
    hidden = shown.slides.add_slide(shown.slide_layouts[5])
    hidden.shapes.title.text = "Nobody sees this"
    hidden.element.set("show", "0")
    shown.core_properties.title = "PowerPoint Presentation"
    shown.core_properties.author = "Imogen Hale"
    shown.save(str(path))
    return path


def test_slides_stand_under_their_titles_in_reading_order(tmp_path: Path, read: Read) -> None:
    book = read(_presentation(tmp_path / "harbours.pptx"))
    assert _lines(book) == [
        "Slide 1: Harbours of the north", "Imogen Hale",
        "Slide 2: Timetable", _FERRY, "Boat | Master",
        "Boat: Heron | Master: Bo Okonkwo",
        "In winter there is no boat.", "Mention the new pier.",
    ]  # fmt: skip
    assert (book.source.kind, book.source.author) == ("slides", "Imogen Hale")
    assert book.source.title == "Harbours of the north"
    boat = next(each for each in book.passages if _FERRY in each.text)
    assert boat.locator.chapter == "Slide 2: Timetable"


def _workbook(path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Boats"
    sheet.append(["Name", "Master", "Built", "Length"])
    sheet.append(["Heron", "Bo Okonkwo", datetime.datetime(1987, 5, 2), 12.5])
    sheet.append([])
    sheet.append(["Tern", None, None, 9])
    other = book.create_sheet("Fares")
    other.append([2024, 3.5])
    other.append([2025, "=A1+1"])
    book.create_sheet("Secret").append(["hidden words", "here"])
    book["Secret"].sheet_state = "hidden"
    book.properties.title = "Fleet"
    book.save(path)
    return path


def test_rows_of_a_sheet_say_what_their_columns_are_called(tmp_path: Path, read: Read) -> None:
    book = read(_workbook(tmp_path / "a.xlsx"))
    assert _lines(book) == [
        "Boats", "Name | Master | Built | Length",
        "Name: Heron | Master: Bo Okonkwo | Built: 1987-05-02 | Length: 12.5",
        "Name: Tern | Length: 9", "Fares", "2024 | 3.5",
        "2025 | =A1+1 (not calculated)",
    ]  # fmt: skip
    assert (book.source.kind, book.source.title) == ("sheets", "Fleet")


def test_a_hidden_sheet_without_cells_is_not_missed(tmp_path: Path, read: Read) -> None:
    book = Workbook()
    book.active.append(["Name", "Master"])
    book.create_sheet("Empty").sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    assert read(tmp_path / "a.xlsx").notices == []


_SPACES = (
    'xmlns:office="o" xmlns:text="t" xmlns:table="b" xmlns:draw="d" xmlns:presentation="p" '
    'xmlns:number="n"'
)
# How percentages are written: an element that is called as the body of a text is.
_FORMATS = (
    "<office:automatic-styles><number:percentage-style><number:text>%</number:text>"
    "</number:percentage-style></office:automatic-styles>"
)
_SLIDES = (
    '<draw:page draw:name="page1"><draw:frame presentation:class="title"><draw:text-box>'
    "<text:p>Harbours</text:p></draw:text-box></draw:frame><draw:frame><draw:text-box>"
    f"<text:list><text:list-item><text:p>{_FERRY}</text:p></text:list-item></text:list>"
    "</draw:text-box></draw:frame></draw:page>"
)
_SHEETS = (
    '<table:table table:name="Boats"><table:table-row><table:table-cell><text:p>Name</text:p>'
    "</table:table-cell><table:table-cell><text:p>Master</text:p></table:table-cell>"
    '<table:table-cell table:number-columns-repeated="16382"/></table:table-row>'
    '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
    "<table:table-row><table:table-cell><text:p>Heron</text:p></table:table-cell><table:table-cell>"
    "<text:p>Bo Okonkwo</text:p></table:table-cell></table:table-row></table:table>"
)


@pytest.mark.parametrize(
    ("kind", "body", "lines"),
    [
        ("presentation", _SLIDES, ["Slide 1: Harbours", _FERRY]),
        ("spreadsheet", _SHEETS, ["Boats", "Name | Master", "Name: Heron | Master: Bo Okonkwo"]),
        ("text", f"<text:p>{_FERRY}</text:p>", [_FERRY]),
    ],
)
def test_open_documents_of_slides_and_sheets(
    kind: str, body: str, lines: list[str], tmp_path: Path, read: Read
) -> None:
    content = (
        f"<office:document-content {_SPACES}>{_FORMATS}<office:body><office:{kind}>{body}"
        f"</office:{kind}></office:body></office:document-content>"
    )
    path = tmp_path / "a"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        package.writestr("content.xml", content)
    assert _lines(read(path)) == lines


def test_presentations_and_workbooks_without_words_say_so(tmp_path: Path) -> None:
    shown = Presentation()
    shown.slides.add_slide(shown.slide_layouts[6])
    shown.save(str(tmp_path / "a.pptx"))
    Workbook().save(tmp_path / "a.xlsx")
    for name in ("a.pptx", "a.xlsx"):
        with pytest.raises(NoTextError):
            list(ingest.read(tmp_path / name))


@pytest.mark.parametrize("folder", ["ppt", "xl"])
def test_packages_that_hold_something_else_are_damaged(folder: str, tmp_path: Path) -> None:
    path = tmp_path / "a"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("[Content_Types].xml", "<x/>")
        package.writestr(f"{folder}/presentation.xml", "<x/>")
    with pytest.raises(DamagedFileError):
        list(ingest.read(path))


@pytest.mark.parametrize("share", [0.3, 0.7, 0.95])
@pytest.mark.parametrize("make", [_presentation, _workbook])
def test_what_is_cut_off_is_damaged(make: object, share: float, tmp_path: Path) -> None:
    assert callable(make)
    path = make(tmp_path / "whole")
    cut = tmp_path / "cut"
    whole = path.read_bytes()
    cut.write_bytes(whole[: int(share * len(whole))])
    with pytest.raises(DamagedFileError):
        list(ingest.read(cut))


def test_headers_of_two_rows_name_each_column(tmp_path: Path, read: Read) -> None:
    """What lies across several columns is said of each, with what stands below it."""
    import docx
    import openpyxl

    rows: list[list[str | None]] = [
        ["Port", "Spring", None, "Autumn", None],
        [None, "Catch", "Boats", "Catch", "Boats"],
        ["Odde", "10", "20", "30", "40"],
    ]
    book = openpyxl.Workbook()
    document = docx.Document()
    table = document.add_table(rows=3, cols=5)
    for at, row in enumerate(rows):
        book.active.append([int(cell) if cell and cell.isdigit() else cell for cell in row])
        for place, cell in enumerate(row):
            table.cell(at, place).text = cell or ""
    for merged in ("A1:A2", "B1:C1", "D1:E1"):
        book.active.merge_cells(merged)
    for first, last in (((0, 0), (1, 0)), ((0, 1), (0, 2)), ((0, 3), (0, 4))):
        text = table.cell(*first).text
        table.cell(*first).merge(table.cell(*last)).text = text
    book.save(tmp_path / "a.xlsx")
    document.save(str(tmp_path / "a.docx"))
    named = "Port: Odde | Spring Catch: 10 | Spring Boats: 20 | Autumn Catch: 30 | Autumn Boats: 40"
    for name in ("a.xlsx", "a.docx"):
        assert read(tmp_path / name).text.split("\n\n")[-2] == named


def test_a_cell_that_reaches_down_is_said_in_each_row(tmp_path: Path, read: Read) -> None:
    """Also under a header that lies across two columns."""
    import docx

    document = docx.Document()
    table = document.add_table(rows=3, cols=3)
    for at, row in enumerate([["Ship", "", "Catch"], ["Ada", "May", "5"], ["", "June", "6"]]):
        for place, cell in enumerate(row):
            table.cell(at, place).text = cell
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Ship"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "Ada"
    document.save(str(tmp_path / "a.docx"))
    found = read(tmp_path / "a.docx").text.split("\n\n")
    assert found[1:3] == ["Ship: Ada | Ship: May | Catch: 5", "Ship: Ada | Ship: June | Catch: 6"]
