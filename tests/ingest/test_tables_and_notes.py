"""Tables, footnotes and captions of figures, in every kind of document that has them."""

import re
from pathlib import Path

import pytest

from tests.ingest.conftest import Book, Read
from tests.ingest.kinds_made import packed

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
Rows = tuple[tuple[str, str, str], ...]
_ROWS: Rows = (("City", "River", "Bridges"), ("Graz", "Mur", "twelve"), ("Linz", "Danube", "five"))
_FIGURES: Rows = (
    ("Year", "Revenue", "Staff"),
    ("2020", "4.1 million", "310"),
    ("2021", "5.2 million", "320"),
)
_NOTE = "Counted in the spring of the year."
_CAPTION = "Figure 3. The old bridge before the flood."
_PROSE = "The towns stand on rivers and count their bridges with some pride."


def _html_cells(cell: str, rows: Rows = _ROWS) -> str:
    made = "".join(
        "<tr>" + "".join(f"<td>{cell.format(text)}</td>" for text in row) + "</tr>" for row in rows
    )
    return f"<table>{made}</table>"


def _html(rows: Rows = _ROWS, cell: str = "{0}") -> bytes:
    return (
        f"<!doctype html><title>Towns</title><body><h1>Towns</h1><p>{_PROSE}</p>"
        f"{_html_cells(cell, rows)}"
        f'<figure><img src="a.png"><figcaption>{_CAPTION}</figcaption></figure>'
        f"<p>{_PROSE}</p>"
    ).encode()


def _epub(rows: Rows = _ROWS) -> bytes:
    container = '<container><rootfiles><rootfile full-path="b.opf"/></rootfiles></container>'
    package = (
        '<package><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>'
        '</manifest><spine><itemref idref="a"/></spine></package>'
    )
    ops = "http://www.idpf.org/2007/ops"
    chapter = (
        f'<html xmlns:epub="{ops}"><body><h1>Towns</h1><p>The towns stand on rivers'
        '<a epub:type="noteref" href="#n">1</a> and count their bridges with some pride.</p>'
        f"{_html_cells('<p>{0}</p>', rows)}<figure><figcaption>{_CAPTION}</figcaption></figure>"
        f'<aside epub:type="footnote" id="n"><p>{_NOTE}</p></aside></body></html>'
    )
    return packed(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": container,
            "b.opf": package,
            "a.xhtml": chapter,
        }
    )


def _docx(rows: Rows = _ROWS) -> bytes:
    def p(text: str) -> str:
        return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"

    made = "".join(
        "<w:tr>" + "".join(f"<w:tc>{p(text)}</w:tc>" for text in row) + "</w:tr>" for row in rows
    )
    noted = (
        "<w:p><w:r><w:t>The towns stand on rivers</w:t></w:r><w:r>"
        '<w:footnoteReference w:id="2"/></w:r><w:r><w:t xml:space="preserve"> and count their '
        "bridges with some pride.</w:t></w:r></w:p>"
    )
    body = f"{noted}<w:tbl>{made}</w:tbl>{p(_CAPTION)}{p(_PROSE)}"
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f'<w:d xmlns:w="{_W}"><w:body>{body}</w:body></w:d>',
            "word/footnotes.xml": f'<w:f xmlns:w="{_W}"><w:footnote w:id="2">{p(_NOTE)}'
            "</w:footnote></w:f>",
        }
    )


def _odt(rows: Rows = _ROWS) -> bytes:
    def p(text: str) -> str:
        return f"<t:p>{text}</t:p>"

    made = "".join(
        "<b:table-row>"
        + "".join(f"<b:table-cell>{p(text)}</b:table-cell>" for text in row)
        + "</b:table-row>"
        for row in rows
    )
    mark = "<t:note-citation>1</t:note-citation>"
    note = f"<t:note>{mark}<t:note-body>{p(_NOTE)}</t:note-body></t:note>"
    noted = p(f"The towns stand on rivers{note} and count their bridges with some pride.")
    frame = p(f"<d:frame><d:text-box>{p(_CAPTION)}</d:text-box></d:frame>")
    content = (
        "<o:document-content xmlns:o='o' xmlns:t='t' xmlns:b='b' xmlns:d='d'><o:body><o:text>"
        f"{noted}<b:table>{made}</b:table>{frame}{p(_PROSE)}</o:text></o:body></o:document-content>"
    )
    return packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def _markdown(rows: Rows = _ROWS) -> bytes:
    made = [f"| {' | '.join(row)} |" for row in rows]
    table = "\n".join([made[0], "| --- | --- | --- |", *made[1:]])
    return (
        f"# Towns\n\nThe towns stand on rivers[^1] and count their bridges with some pride.\n\n"
        f"{table}\n\n![{_CAPTION}](a.png)\n\n{_PROSE}\n\n[^1]: {_NOTE}\n"
    ).encode()


_FILES = {
    "epub": _epub,
    "docx": _docx,
    "odt": _odt,
    "md": _markdown,
    "html": _html,
}


def _book(kind: str, data: bytes, tmp_path: Path, read: Read) -> Book:
    path = tmp_path / f"towns.{kind}"
    path.write_bytes(data)
    return read(path)


@pytest.mark.parametrize("kind", _FILES)
def test_i11_the_cells_of_a_row_stay_together(kind: str, tmp_path: Path, read: Read) -> None:
    found = _book(kind, _FILES[kind](), tmp_path, read)
    names = _ROWS[0] if kind == "md" else ("", "", "")
    for row in _ROWS[1:]:
        cells = (
            f"{name}: {cell}".removeprefix(": ") for name, cell in zip(names, row, strict=True)
        )
        assert " | ".join(cells) in found.sentences


@pytest.mark.parametrize("kind", _FILES)
def test_rows_of_figures_say_what_their_columns_are_called(
    kind: str, tmp_path: Path, read: Read
) -> None:
    found = _book(kind, _FILES[kind](_FIGURES), tmp_path, read)
    assert "Year | Revenue | Staff" in found.sentences
    assert "Year: 2021 | Revenue: 5.2 million | Staff: 320" in found.sentences
    years = (("", "2020", "2021"), ("Revenue", "4.1", "5.2"), ("Staff", "310", "320"))
    found = _book(kind, _FILES[kind](years), tmp_path, read)
    assert "Revenue | 2020: 4.1 | 2021: 5.2" in found.sentences


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        (
            "<tr><th rowspan=2>Year<th colspan=2>Revenue<th rowspan=2>Remark</tr>"
            "<tr><th>Europe<th>Asia</tr><tr><td rowspan=2>2020<td>5<td>6<td>good</tr>"
            "<tr><td>7<td><td>bad</tr><tr><td colspan=4>Later</tr><tr><td>2021<td>8<td>9</tr>",
            [
                "Year | Revenue | Remark",
                "Europe | Asia",
                "Year: 2020 | Revenue Europe: 5 | Revenue Asia: 6 | Remark: good",
                "Year: 2020 | Revenue Europe: 7 | | Remark: bad",
                "Later",
                "Year: 2021 | Revenue Europe: 8 | Revenue Asia: 9",
            ],
        ),
        (
            "<thead><tr><td>City<td>River</tr></thead><tr><td>Graz<td>Mur</tr>",
            ["City | River", "City: Graz | River: Mur"],
        ),
        (
            "<tr><th colspan=2>Austria</tr><tr><th>Capital<td>Vienna</tr><tr><th>Area<td>9</tr>",
            ["Austria", "Capital | Vienna", "Area | 9"],
        ),
        (
            "<tr><td>Country<td>Austria</tr><tr><td>Area<td>83 879</tr><tr><td>Cities<td>9</tr>",
            ["Country | Austria", "Area | 83 879", "Cities | 9"],
        ),
        (
            "<tr><td>Bach<td>1685<td>1750</tr><tr><td>Mozart<td>1756<td>1791</tr>",
            ["Bach | 1685 | 1750", "Mozart | 1756 | 1791"],
        ),
        (
            "<tr><td>Name:<td>Ines<td>Age:</tr><tr><td>Born:<td>1911<td>12</tr>",
            ["Name: | Ines | Age:", "Born: | 1911 | 12"],
        ),
    ],
)
def test_the_names_of_columns_are_told_from_what_only_looks_like_them(
    table: str, rows: list[str], tmp_path: Path, read: Read
) -> None:
    page = f"<!doctype html><body><h1>Towns</h1><p>{_PROSE}</p><table>{table}</table>"
    found = _book("html", page.encode(), tmp_path, read)
    assert found.text.split("\n\n")[2:-1] == rows


def test_a_header_across_several_columns_is_said_once(tmp_path: Path, read: Read) -> None:
    def row(*cells: str, head: bool = False, wide: int = 1) -> str:
        properties = "<w:trPr><w:tblHeader/></w:trPr>" if head else ""
        span = f'<w:tcPr><w:gridSpan w:val="{wide}"/></w:tcPr>'
        said = "".join(
            f"<w:tc>{span if at == 1 else ''}<w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>"
            for at, cell in enumerate(cells)
        )
        return f"<w:tr>{properties}{said}</w:tr>"

    table = row("City", "Bridges", head=True, wide=2) + row("", "Old", "New", head=True)
    table += row("Graz", "5", "6") + row("Linz", "7", wide=2)
    document = f'<w:d xmlns:w="{_W}"><w:body><w:tbl>{table}</w:tbl></w:body></w:d>'
    data = packed({"[Content_Types].xml": "<Types/>", "word/document.xml": document})
    assert _book("docx", data, tmp_path, read).text.split("\n\n")[:-1] == [
        "City | Bridges",
        "Old | New",
        "City: Graz | Bridges Old: 5 | Bridges New: 6",
        "City: Linz | Bridges Old: 7",
    ]


def test_a_long_row_is_cut_between_its_cells(tmp_path: Path, read: Read) -> None:
    names = [f"Column number {n}" for n in range(20)]
    rows = ["".join(f"<th>{name}" for name in names), "<td>twelve tall ships" * 20]
    table = f"<table><tr>{rows[0]}</tr><tr>{rows[1]}</tr></table>"
    found = _book("html", f"<!doctype html><body><p>{_PROSE}</p>{table}".encode(), tmp_path, read)
    pieces = [each for each in found.sentences if "ships" in each]
    assert len(pieces) > 1
    for piece in pieces:
        assert re.fullmatch(r"(Column number \d+: twelve tall ships( \| |( \|)?$))+", piece)


@pytest.mark.parametrize("cell", ["<p>{0}</p>", "<div><span>{0}</span></div>", "{0}<br>"])
def test_i11_paragraphs_in_cells_do_not_part_them(cell: str, tmp_path: Path, read: Read) -> None:
    """As word processors save their tables: every cell a paragraph."""
    found = _book("html", _html(cell=cell), tmp_path, read)
    assert "Graz | Mur | twelve" in found.text


def test_a_page_laid_out_as_a_table_is_no_table(tmp_path: Path, read: Read) -> None:
    long = "".join(f"<p>{_PROSE} Number {n}.</p>" for n in range(8))
    page = f"<!doctype html><body><table><tr><td><a href=x>Menu</a></td><td><h2>News</h2>{long}"
    found = _book("html", page.encode(), tmp_path, read)
    assert found.text.count("\n\n") >= 8
    assert f"{_PROSE} Number 7." in found.text


@pytest.mark.parametrize("kind", ["epub", "docx", "odt", "md"])
def test_i11_footnotes_are_kept_and_cut_no_sentence(kind: str, tmp_path: Path, read: Read) -> None:
    found = _book(kind, _FILES[kind](), tmp_path, read)
    assert _PROSE in found.sentences
    assert _NOTE in found.sentences


@pytest.mark.parametrize("kind", ["epub", "docx", "odt", "html", "md"])
def test_i11_captions_of_figures_are_kept(kind: str, tmp_path: Path, read: Read) -> None:
    found = _book(kind, _FILES[kind](), tmp_path, read)
    assert "The old bridge before the flood." in " ".join(found.sentences)
