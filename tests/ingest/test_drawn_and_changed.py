"""What Office files show outside their paragraphs: charts, diagrams, fields, tracked deletions."""

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from pptx import Presentation
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.util import Inches

from tests.ingest.conftest import Book, Read
from tests.ingest.marked import RTF_HEAD, docx, odf

_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_R = f'xmlns:r="{_REL}"'
_DIAGRAM = (
    '<d:dataModel xmlns:d="urn:d" xmlns:a="urn:a"><d:ptLst><d:pt modelId="1"><d:t><a:bodyPr/><a:p>'
    "<a:r><a:t>Thresh </a:t></a:r><a:r><a:t>the rye</a:t></a:r></a:p></d:t></d:pt><d:pt><d:t><a:p>"
    "<a:r><a:t>Grind it</a:t></a:r></a:p></d:t></d:pt></d:ptLst></d:dataModel>"
)
_ROWS = ["Harvest of the mill", "Rye | Sacks 2023: 19.2", "Oats | Sacks 2023: 21.4 | 2024: 20"]


def _with(path: Path, parts: Mapping[str, str]) -> Path:
    with zipfile.ZipFile(path, "a") as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return path


def _placed(shapes: Any, kind: Any, data: Any) -> Any:
    return shapes.add_chart(kind, *map(Inches, (1, 2, 4, 3)), data).chart


def _slides(path: Path, change: Callable[[Any], None]) -> Path:
    shown = Presentation()
    slide = shown.slides.add_slide(shown.slide_layouts[5])
    slide.shapes.title.text = "Mill"
    change(slide)
    shown.save(str(path))
    return path


def _bars(slide: Any) -> None:
    data: Any = CategoryChartData()  # type: ignore[no-untyped-call]
    data.categories = ["Rye", "Oats"]
    data.add_series("Sacks 2023", (19.2, 21.4))
    data.add_series("2024", (None, 20))
    chart = _placed(slide.shapes, XL_CHART_TYPE.COLUMN_CLUSTERED, data)
    chart.has_title = True
    chart.chart_title.text_frame.text = "Harvest of the mill"
    chart.value_axis.has_title = True
    chart.value_axis.axis_title.text_frame.text = "Sacks of fifty kilograms"


def _lines(book: Book) -> list[str]:
    return book.text.replace("\n\n", "\n").split("\n")


def test_charts_of_slides_are_tables_of_what_they_show(tmp_path: Path, read: Read) -> None:
    lines = _lines(read(_slides(tmp_path / "a.pptx", _bars)))
    assert [line for line in lines if line in _ROWS] == _ROWS
    assert "Sacks of fifty kilograms" in lines


def test_points_of_charts_are_read(tmp_path: Path, read: Read) -> None:
    def change(slide: Any) -> None:
        data: Any = XyChartData()  # type: ignore[no-untyped-call]
        series = data.add_series("Depth")
        series.add_data_point(1.5, 40)
        series.add_data_point(2.5, 60.25)
        _placed(slide.shapes, XL_CHART_TYPE.XY_SCATTER, data)

    lines = _lines(read(_slides(tmp_path / "a.pptx", change)))
    assert "1.5 | Depth: 40" in lines
    assert "2.5 | Depth: 60.25" in lines


def _graphic(inner: str) -> str:
    return (
        '<w:p><w:r><w:t>See below.</w:t></w:r><w:r><w:drawing><w:inline xmlns:a="urn:a"><a:graphic>'
        f"<a:graphicData>{inner}</a:graphicData></a:graphic></w:inline></w:drawing></w:r></w:p>"
    )


def _related(kind: str, target: str) -> str:
    relation = f'<Relationship Id="r9" Type="{_REL}/{kind}" Target="{target}"/>'
    return f"<Relationships>{relation}</Relationships>"


def test_charts_and_diagrams_of_word_are_read(tmp_path: Path, read: Read) -> None:
    made = _slides(tmp_path / "a.pptx", _bars)
    with zipfile.ZipFile(made) as package:
        name = next(n for n in package.namelist() if "charts/chart" in n and n.endswith(".xml"))
        chart = package.read(name).decode()
    rels = "word/_rels/document.xml.rels"
    body = _graphic(f'<c:chart xmlns:c="urn:c" {_R} r:id="r9"/>')
    path = _with(
        docx(tmp_path / "a.docx", body),
        {rels: _related("chart", "charts/chart1.xml"), "word/charts/chart1.xml": chart},
    )
    lines = _lines(read(path))
    assert [line for line in lines if line in _ROWS] == _ROWS
    body = _graphic(f'<d:relIds xmlns:d="urn:d" {_R} r:dm="r9"/>')
    path = _with(
        docx(tmp_path / "b.docx", body),
        {rels: _related("diagramData", "diagrams/data1.xml"), "word/diagrams/data1.xml": _DIAGRAM},
    )
    assert read(path).text.split("\n\n")[:3] == ["See below.", "Thresh the rye", "Grind it"]


def _diagram(text: str) -> Callable[[Any], None]:
    def change(slide: Any) -> None:
        _bars(slide)
        name = PackURI("/ppt/diagrams/data1.xml")
        part = Part(name, "application/xml", slide.part.package, text.encode())
        id = slide.part.relate_to(part, f"{_REL}/diagramData")
        frame = slide.shapes[-1]._element
        data = next(item for item in frame.iter() if item.tag.endswith("}graphicData"))
        for item in list(data):
            data.remove(item)
        data.append(data.makeelement("{urn:d}relIds", {f"{{{_REL}}}dm": id}))

    return change


def test_diagrams_of_slides_are_read(tmp_path: Path, read: Read) -> None:
    assert (
        "Thresh the rye\n\nGrind it" in read(_slides(tmp_path / "a.pptx", _diagram(_DIAGRAM))).text
    )


def test_a_diagram_that_is_corrupt_costs_only_itself(tmp_path: Path, read: Read) -> None:
    book = read(_slides(tmp_path / "a.pptx", _diagram(_DIAGRAM[:-30])))
    assert "Slide 1: Mill" in book.text
    assert ["1, a drawing" in notice.message for notice in book.notices] == [True]


def test_titles_of_charts_in_sheets_are_read_and_cells_once(tmp_path: Path, read: Read) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("Crop", "Sacks"), ("Rye", 19.2), ("Oats", 21.4)):
        sheet.append(row)
    chart = BarChart()
    chart.title = "Harvest of the mill"
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=3), titles_from_data=True)
    sheet.add_chart(chart, "E2")
    book.save(tmp_path / "a.xlsx")
    text = read(tmp_path / "a.xlsx").text
    assert text.count("Harvest of the mill") == 1
    assert text.count("19.2") == 1


@pytest.mark.parametrize("place", ["odt", "cell", "shapes"])
def test_charts_of_open_documents_are_read(place: str, tmp_path: Path, read: Read) -> None:
    def row(*cells: str) -> str:
        inner = (f"<t:table-cell><x:p>{cell}</x:p></t:table-cell>" for cell in cells)
        return f"<t:table-row>{''.join(inner)}</t:table-row>"

    head = f"<t:table-header-rows>{row('', '2023', '2024')}</t:table-header-rows>"
    chart = (
        '<o:document-content xmlns:o="o" xmlns:c="c" xmlns:t="t" xmlns:x="x"><o:body><o:chart>'
        "<c:chart><c:title><x:p>Harvest of the mill</x:p></c:title><c:plot-area><c:axis><c:title>"
        "<x:p>Sacks</x:p></c:title></c:axis></c:plot-area>"
        f"<t:table>{head}{row('Rye', '19', '20')}</t:table></c:chart>"
        "</o:chart></o:body></o:document-content>"
    )
    frame = '<draw:frame><draw:object draw:href="./Object 1"/></draw:frame>'
    if place == "odt":
        made = odf(tmp_path / "a.odt", "text", f"<text:p>See. {frame}</text:p>")
    else:
        cell, shapes = (frame, "") if place == "cell" else ("", frame)
        cells = f"<table:table-cell><text:p>See.</text:p>{cell}</table:table-cell>"
        rows = f"<table:table-row>{cells}</table:table-row>"
        table = f"<table:table><table:shapes>{shapes}</table:shapes>{rows}</table:table>"
        made = odf(tmp_path / "a.ods", "spreadsheet", table)
    text = read(_with(made, {"Object 1/content.xml": chart})).text
    assert all(words in text for words in ("See.", "Harvest of the mill", "Sacks"))
    assert ("Rye | 2023: 19 | 2024: 20" in text) == (place == "odt")
    assert ("19" in text) == (place == "odt")


def test_words_drawn_as_art_and_chosen_in_forms_are_read(tmp_path: Path, read: Read) -> None:
    art = '<w:pict><v:shape xmlns:v="urn:v"><v:textpath string="DRAFT COPY"/></v:shape></w:pict>'
    choices = '<w:listEntry w:val="red"/><w:listEntry w:val="ochre"/>'
    field = '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:helpText w:val="?"/>{}</w:ffData>'
    field += "</w:fldChar></w:r>"
    boxes = (
        '<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>',
        '<w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox>',
        '<w:checkBox><w:default w:val="1"/></w:checkBox>',
        f'<w:ddList><w:result w:val="1"/>{choices}</w:ddList>',
        f"<w:ddList>{choices}</w:ddList>",
    )
    runs = "".join(f"{field.format(box)}<w:r><w:t> dogs,</w:t></w:r>" for box in boxes)
    body = f"<w:p><w:r>{art}</w:r></w:p><w:p>{runs}</w:p>"
    text = read(docx(tmp_path / "a.docx", body)).text
    assert "DRAFT COPY" in text
    assert "☒ dogs,☐ dogs,☒ dogs,ochre dogs,red dogs," in text


def _deleted_word(path: Path) -> Path:
    gone = '<w:del w:author="Odd"><w:r><w:delText>It costs 70 crowns.</w:delText></w:r></w:del>'
    body = f"<w:p><w:r><w:t>The loom is let. </w:t></w:r>{gone}</w:p>"
    return docx(path.with_suffix(".docx"), body)


def _deleted_text(path: Path) -> Path:
    info = "<office:change-info><dc:creator>Nils</dc:creator></office:change-info>"
    region = (
        f"<text:changed-region><text:deletion>{info}<text:p>It costs 70 "
        "<text:span>crowns.</text:span></text:p></text:deletion></text:changed-region>"
    )
    body = f"<text:tracked-changes>{region}</text:tracked-changes><text:p>The loom is let.</text:p>"
    return odf(path.with_suffix(".odt"), "text", body)


def _deleted_rich(path: Path) -> Path:
    path = path.with_suffix(".rtf")
    path.write_text(rf"{RTF_HEAD}\pard The loom is let. {{\deleted It costs 70 crowns.}}\par}}")
    return path


@pytest.mark.parametrize("make", [_deleted_word, _deleted_text, _deleted_rich])
def test_tracked_deletions_are_left_out_and_said(
    make: Callable[[Path], Path], tmp_path: Path, read: Read
) -> None:
    book = read(make(tmp_path / "a"))
    assert book.sentences == ["The loom is let."]
    (notice,) = book.notices
    assert notice.code == "deleted_text"
    assert "“It costs 70 crowns.”" in notice.message
    assert "Nils" not in notice.message


def test_hidden_rows_of_word_tables_are_read_and_said(tmp_path: Path, read: Read) -> None:
    def row(name: str, key: str, more: str = "") -> str:
        cells = (f"<w:tc><w:p><w:r><w:t>{t}</w:t></w:r></w:p></w:tc>" for t in (name, key))
        return f"<w:tr><w:trPr>{more}</w:trPr>{''.join(cells)}</w:tr>"

    rows = row("Place", "Key") + row("Mill", "stone", "<w:hidden/>") + row("Barn", "nail")
    book = read(docx(tmp_path / "a.docx", f"<w:tbl>{rows}</w:tbl>"))
    assert "Mill | stone" in book.text
    assert [notice.code for notice in book.notices] == ["hidden_cells"]
    book = read(docx(tmp_path / "b.docx", f"<w:tbl>{rows.replace('<w:hidden/>', '')}</w:tbl>"))
    assert book.notices == []


def test_descriptions_of_pictures_in_open_documents_are_read(tmp_path: Path, read: Read) -> None:
    described = "<draw:image/><draw:desc>The old pier in May</draw:desc>"
    body = f"<text:p>The mill<draw:frame>{described}</draw:frame> is open.</text:p>"
    text = read(odf(tmp_path / "a.odt", "text", body)).text
    assert text.split("\n\n")[:2] == ["The mill is open.", "Picture: The old pier in May"]
