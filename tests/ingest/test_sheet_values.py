"""What cells show: numbers by their formats, formulas, second tables, what is hidden and beside."""

from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

import ingest
from ingest.books.number_formats import shown
from tests.ingest.conftest import Read
from tests.ingest.marked import csv_of, odf, packed, xlsx


@pytest.mark.parametrize(
    ("number", "code", "text"),
    [
        ("417", "00000", "00417"), ("0.375", "0.0%", "37.5%"), ("0.375", "0%", "38%"),
        ("1.3125", "[h]:mm", "31:30"), ("0", "h:mm", "00:00"), ("0.5", "[mm]:ss", "720:00"),
        ("45352", "d.m.yyyy", "2024-03-01"), ("45352.75", "d.m.yy h:mm", "2024-03-01 18:00"),
        ("2150.5", '#,##0.00 "kr"', "2150.50 kr"), ("2150.5", "[$€-407] #,##0.00", "€ 2150.50"),
        ("-8", "#,##0.00_);[Red](#,##0.00)", "-8.00"), ("5559876", "000-0000", "555-9876"),
        ("0.75", "# ?/?", "3/4"), ("2.5", "# ?/?", "2 1/2"), ("12000", "0.00E+00", "1.20E+4"),
        ("7654321", '0.0,,"M"', "7.7M"), ("2.50", "0.##", "2.5"), ("6", '"No. "000', "No. 006"),
        ("19.995", "0.00", "20.00"), ("44", "General", "44"), ("n/a", "0", "n/a"),
        ("3", "[>=1]0;0.00", "3"), ("4", '"', "4"),
    ],
)  # fmt: skip
def test_numbers_are_shown_by_their_format(number: str, code: str, text: str) -> None:
    assert shown(number, code) == text


@pytest.mark.parametrize(
    "code", ["[", "0.0.0.0", ";;;;", "%%%", "E+", "[h", "\\", '"a', "?/", "0/0"]
)
def test_nonsensical_formats_show_something(code: str) -> None:
    for number in ("0", "-1.5", "1e308", "-1e-308", "nan", "inf"):
        assert isinstance(shown(number, code), str)


_STYLES = (
    '<styleSheet @M><numFmts><numFmt numFmtId="170" formatCode="00000"/><numFmt numFmtId="171" '
    'formatCode="[h]:mm"/></numFmts><fonts><font/><font><strike/></font><font><name val="Symbol"/>'
    '</font></fonts><cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="170" fontId="0"/>'
    '<xf numFmtId="171" fontId="0"/><xf numFmtId="10" fontId="0"/><xf numFmtId="14" fontId="0"/>'
    '<xf numFmtId="0" fontId="1"/><xf numFmtId="0" fontId="2"/></cellXfs></styleSheet>'
)


def _cell(value: str, style: int = 0, kind: str = "n") -> str:
    return f'<c s="{style}" t="{kind}"><v>{value}</v></c>'


def test_cells_are_read_as_they_are_shown(tmp_path: Path, read: Read) -> None:
    cells = [_cell("417", 1), _cell("1.3125", 2), _cell("0.075", 3), _cell("0", 4)]
    cells += [_cell("#N/A", 0, "e"), _cell("1", 0, "b"), _cell("9", 5), _cell("m", 6, "str")]
    path = xlsx(
        tmp_path / "a.xlsx",
        {"A": f"<row>{''.join(cells)}</row>"},
        '<workbookPr date1904="1"/>',
        styles=_STYLES,
    )
    assert read(path).sentences == [
        "00417 | 31:30 | 7.50% | 1904-01-01 | #N/A | yes | (Struck out: 9.) | μ"
    ]


def test_shared_texts_and_columns_without_a_place_are_read(tmp_path: Path, read: Read) -> None:
    strings = "<sst @M><si><t>Loom</t></si><si><r><t>20 m</t></r><r><rPr><vertAlign "
    strings += 'val="superscript"/></rPr><t>2</t></r><rPh><t>x</t></rPh></si></sst>'
    row = '<row r="3"><c r="B3" t="s"><v>0</v></c><c r="D3" t="s"><v>1</v></c></row>'
    path = xlsx(tmp_path / "a.xlsx", {"A": row}, sharedStrings=strings)
    assert read(path).sentences == ["Loom | 20 m²"]


def test_formulas_without_results_are_said(tmp_path: Path, read: Read) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Ware", "Crowns"], ["Wool", 30], ["Flax", 12], ["Sum", "=SUM(B2:B3)"]):
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    found = read(tmp_path / "a.xlsx")
    assert found.sentences[-1] == "Ware: Sum | Crowns: =SUM(B2:B3) (not calculated)"
    (notice,) = found.notices
    assert notice.code == "not_calculated"
    assert "Sheet!B4" in notice.message


def _ods(path: Path, *sheets: tuple[str, str, list[list[str]]]) -> Path:
    body = "".join(
        f'<table:table table:name="{name}" table:style-name="{style}">'
        + "".join(
            "<table:table-row>"
            + "".join(f"<table:table-cell><text:p>{c}</text:p></table:table-cell>" for c in row)
            + "</table:table-row>"
            for row in rows
        )
        + "</table:table>"
        for name, style, rows in sheets
    )
    return odf(path, "spreadsheet", body)


def _saved(folder: Path, form: str, rows: list[list[str]]) -> Path:
    path = folder / f"a.{form}"
    if form == "csv":
        path.write_text(csv_of(rows))
    elif form == "ods":
        _ods(path, ("A", "", rows))
    else:
        book = Workbook()
        assert book.active is not None
        for row in rows:
            book.active.append([int(c) if c.isdigit() else c or None for c in row])
        book.save(path)
    return path


@pytest.mark.parametrize("form", ["csv", "ods", "xlsx"])
def test_a_second_table_has_its_own_header(form: str, tmp_path: Path, read: Read) -> None:
    rows = [["Ware", "Crowns"], ["Wool", "30"], ["Flax", "12"], ["", ""]]
    rows += [["Room", "Looms"], ["Attic", "2"], ["Cellar", "5"]]
    text = read(_saved(tmp_path, form, rows)).text
    assert "Room: Attic | Looms: 2" in text
    assert "Ware: Attic" not in text
    assert "Ware: Room" not in text


@pytest.mark.parametrize("form", ["csv", "ods", "xlsx"])
def test_an_empty_row_inside_a_table_ends_nothing(form: str, tmp_path: Path, read: Read) -> None:
    rows = [["Ware", "Crowns"], ["Wool", "30"], ["", ""], ["Flax", "12"], ["Hemp", "n/a"]]
    assert "Ware: Hemp | Crowns: n/a" in read(_saved(tmp_path, form, rows)).text


@pytest.mark.parametrize("form", ["csv", "ods", "xlsx"])
def test_tables_beside_each_other_do_not_mix(form: str, tmp_path: Path, read: Read) -> None:
    rows = [["Weaver", "Town", "", "Loom", "Width"], ["Wilma", "Hamar", "", "Old", "80"]]
    rows += [["Odd", "Moss", "", "New", "95"], ["Kari", "Bodø", "", "", ""]]
    sentences = read(_saved(tmp_path, form, rows)).sentences
    assert "Weaver: Wilma | Town: Hamar" in sentences
    assert "Loom: Old | Width: 80" in sentences


def test_a_row_is_one_unit_whatever_its_cells_contain(tmp_path: Path, read: Read) -> None:
    rows = [["Ware", "Remark", "Crowns"], ["Wool", "Soft. Warm. From the north.", "30"]]
    for form in ("csv", "ods", "xlsx"):
        assert (
            "Ware: Wool | Remark: Soft. Warm. From the north. | Crowns: 30"
            in read(_saved(tmp_path, form, rows)).sentences
        )
    path = tmp_path / "a.md"
    path.write_text("# A\n\n| Ware | Remark | Shelf |\n|---|---|---|\n| Wool | Soft. Warm. | B |\n")
    assert read(path).sentences[-1] == "Ware: Wool | Remark: Soft. Warm. | Shelf: B"


def test_a_cell_that_spans_rows_is_said_in_each(tmp_path: Path, read: Read) -> None:
    cell = "<table:table-cell{}><text:p>{}</text:p></table:table-cell>".format
    rows = [
        cell("", "Ware") + cell("", "Month") + cell("", "Crowns"),
        cell(' table:number-rows-spanned="2"', "Wool") + cell("", "May") + cell("", "30"),
        "<table:covered-table-cell/>" + cell("", "June") + cell("", "28"),
    ]
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    table = f'<table:table table:name="A">{body}</table:table>'
    found = read(odf(tmp_path / "a.ods", "spreadsheet", table))
    assert found.sentences[-1] == "Ware: Wool | Month: June | Crowns: 28"


def test_hidden_sheets_are_named(tmp_path: Path, read: Read) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["Wool", 30])
    for state in ("hidden", "veryHidden"):
        sheet = book.create_sheet(f"Codes {state}")
        sheet.append(["Door", 4417])
        sheet.sheet_state = state
    book.save(tmp_path / "a.xlsx")
    rows = [["Door", "4417"]]
    _ods(tmp_path / "a.ods", ("Wares", "", [["Wool", "30"]]), ("Codes hidden", "gone", rows))
    for name in ("a.xlsx", "a.ods"):
        found = read(tmp_path / name)
        assert "4417" not in found.text
        (notice,) = found.notices
        assert (notice.code, "Codes hidden" in notice.message) == ("hidden_sheets", True)


def test_hidden_slides_are_named(tmp_path: Path, read: Read) -> None:
    from pptx import Presentation

    deck = Presentation()
    for title in ("Looms", "Wages"):
        deck.slides.add_slide(deck.slide_layouts[5]).shapes.title.text = title
    deck.slides[1].element.set("show", "0")
    deck.save(str(tmp_path / "a.pptx"))
    page = (
        '<draw:page draw:style-name="{}"><draw:frame presentation:class="title"><draw:text-box>'
        "<text:p>{}</text:p></draw:text-box></draw:frame></draw:page>"
    ).format
    odf(tmp_path / "a.odp", "presentation", page("", "Looms") + page("unseen", "Wages"))
    for name in ("a.pptx", "a.odp"):
        found = read(tmp_path / name)
        assert "Wages" not in found.text
        (notice,) = found.notices
        assert (notice.code, "Slide 2: Wages" in notice.message) == ("hidden_slides", True)


def test_comments_and_addresses_of_cells_are_read(tmp_path: Path, read: Read) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Wool", 30])
    sheet["A1"].hyperlink = "https://wool.example/north"
    sheet["B1"].comment = Comment("Wilma Sand:\nAsk again in May.", "Wilma Sand")
    sheet.oddHeader.left.text = "Contract WS-4417"
    book.save(tmp_path / "a.xlsx")
    assert read(tmp_path / "a.xlsx").sentences == [
        "Wool (https://wool.example/north) | 30", "Contract WS-4417",
        "Comment by Wilma Sand on B1: Ask again in May.",
    ]  # fmt: skip
    cell = (
        "<table:table-cell><office:annotation><dc:creator>Odd Berg</dc:creator><text:p>Ask him."
        "</text:p></office:annotation><text:p>Wool</text:p></table:table-cell>"
    )
    table = f'<table:table table:name="A"><table:table-row>{cell}</table:table-row></table:table>'
    found = read(odf(tmp_path / "a.ods", "spreadsheet", table))
    assert found.sentences == ["Wool", "Comment by Odd Berg: Ask him."]


def test_comments_on_slides_are_read(tmp_path: Path, read: Read) -> None:
    from pptx import Presentation
    from pptx.opc.package import Part
    from pptx.opc.packuri import PackURI

    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "Looms"
    comment = '<p:cm authorId="0"><p:text>Ask again in May.</p:text></p:cm>'
    said = f'<p:cmLst xmlns:p="p">{comment}</p:cmLst>'.encode()
    place = PackURI("/ppt/comments/comment1.xml")
    part = Part(place, "application/xml", slide.part.package, said)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
    slide.part.relate_to(part, kind)
    deck.save(str(tmp_path / "a.pptx"))
    assert read(tmp_path / "a.pptx").sentences == ["Comment: Ask again in May."]


@pytest.mark.parametrize("change", ["entities", "binary", "cut", "no sheet"])
def test_harmful_and_broken_workbooks_are_refused_or_reported(change: str, tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", {"A": "<row><c><v>1</v></c></row>"})
    import zipfile

    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sheet = "xl/worksheets/s1.xml"
    if change == "entities":
        parts[sheet] = b'<!DOCTYPE a [<!ENTITY b "c">]>' + parts[sheet]
    elif change == "binary":
        parts[sheet] = bytes(range(256))
    elif change == "cut":
        parts[sheet] = parts[sheet][:-40]
    else:
        del parts[sheet]
    with pytest.raises(ingest.IngestError):
        list(ingest.read(packed(tmp_path / "b.xlsx", parts)))
