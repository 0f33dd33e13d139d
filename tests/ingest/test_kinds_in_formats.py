"""What styles, style sheets and hidden cells do to words, in every format that has them."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from pptx.util import Inches

from tests.ingest.conftest import Read
from tests.ingest.marked import RTF_HEAD, docx, epub, odf, packed, xlsx

Make = Callable[[Path, str, str], Path]

#: What styles say, in the words of each format.
_WORD = {
    "struck": "<w:strike/>", "hidden": "<w:vanish/>", "up": '<w:vertAlign w:val="superscript"/>',
    "symbol": '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>',
}  # fmt: skip
_CSS = {
    "struck": "text-decoration:line-through", "hidden": "display: none !important",
    "up": "vertical-align: super", "symbol": "font-family: Symbol, serif",
}  # fmt: skip
_KEY = " The key is under the stone."


def _changed(path: Path, member: str, old: str, new: str) -> Path:
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name).decode() for name in package.namelist()}
    assert old in parts[member]
    return packed(path, parts | {member: parts[member].replace(old, new, 1)})


def _word(path: Path, kind: str, words: str, of: str = "character") -> Path:
    inner = '<w:r><w:rPr>{}</w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'
    style, run = ("", '<w:rStyle w:val="Kid"/>')
    if of == "paragraph":
        style, run = '<w:pPr><w:pStyle w:val="Kid"/></w:pPr>', ""
    first, set_apart, last = words.split("|")
    runs = (inner.format("", first), inner.format(run, set_apart), inner.format("", last))
    body = f"<w:p>{''.join(runs)}</w:p>"
    if of == "paragraph":
        body = f"<w:p>{runs[0]}{runs[2]}</w:p><w:p>{style}{runs[1]}</w:p>"
    styles = (
        f'<w:styles @W><w:style w:type="{of}" w:styleId="Old"><w:rPr>{_WORD[kind]}</w:rPr>'
        f'</w:style><w:style w:type="{of}" w:styleId="Kid"><w:basedOn w:val="Old"/></w:style>'
        f'<w:style w:type="{of}" w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style></w:styles>'
    )
    return docx(path.with_suffix(".docx"), body, styles=styles)


def _word_paragraph(path: Path, kind: str, words: str) -> Path:
    return _word(path, kind, words, "paragraph")


def _text(path: Path, kind: str, words: str) -> Path:
    first, set_apart, last = words.split("|")
    body = f'{first}<text:span text:style-name="Kid">{set_apart}</text:span>{last}'
    made = odf(path.with_suffix(".odt"), "text", f"<text:p>{body}</text:p>")
    style = f'<style:style style:name="Kid" style:parent-style-name="{kind}"/>'
    return _changed(
        made, "content.xml", "</office:automatic-styles>", f"{style}</office:automatic-styles>"
    )


def _page(selector: str, attribute: str, tag: str = "span") -> Make:
    def made(path: Path, kind: str, words: str) -> Path:
        first, set_apart, last = words.split("|")
        path = path.with_suffix(".html")
        path.write_text(
            f"<!doctype html><html><head><style>@media print {{ p {{ display: none }} }}"
            f"{selector} {{ {_CSS[kind]} }} p:hover {{ display: none }}</style></head><body>"
            f"<p>{first}<{tag} {attribute}>{set_apart}</{tag}>{last}</p></body></html>"
        )
        return path

    return made


def _book(path: Path, kind: str, words: str) -> Path:
    first, set_apart, last = words.split("|")
    made = epub(
        path.with_suffix(".epub"), f'<p>{first}<span class="a">{set_apart}</span>{last}</p>'
    )
    with zipfile.ZipFile(made, "a") as package:
        package.writestr("styles/a.css", f"p .a {{ {_CSS[kind]} }}")
    return made


MAKERS: dict[str, Make] = {
    "docx": _word, "docx paragraph": _word_paragraph, "odt": _text, "epub": _book,
    "class": _page(".old", 'class="new old"'), "id": _page("#old", 'id="old"'),
    "tag": _page("div u, p u", "", "u"), "inner": _page("p > .old", 'class="old"'),
}  # fmt: skip


@pytest.mark.parametrize("form", list(MAKERS))
def test_words_that_a_style_strikes_out_are_marked(form: str, tmp_path: Path, read: Read) -> None:
    text = "The loom is let for |70 crowns| 55 crowns a week."
    words = " ".join(read(MAKERS[form](tmp_path / "a", "struck", text)).text.split())
    assert "(Struck out: 70 crowns.)" in words
    assert "for 55 crowns a week." in words


@pytest.mark.parametrize("form", list(MAKERS))
def test_words_that_a_style_hides_are_left_out_and_said(
    form: str, tmp_path: Path, read: Read
) -> None:
    book = read(
        MAKERS[form](tmp_path / "a", "hidden", f"The mill is open on all days.|{_KEY}| Bye.")
    )
    assert "stone" not in book.text
    assert "The mill is open on all days." in book.text
    (notice,) = book.notices
    assert (notice.code, "under the stone" in notice.message) == ("hidden_text", True)


@pytest.mark.parametrize("form", [form for form in MAKERS if form != "docx paragraph"])
def test_letters_and_powers_by_style_are_what_is_seen(
    form: str, tmp_path: Path, read: Read
) -> None:
    symbol = MAKERS[form](tmp_path / "a", "symbol", "Take 30 |m|g a day.")
    assert "30 μg" in read(symbol).text
    assert "10⁴ bees" in read(MAKERS[form](tmp_path / "b", "up", "It has 10|4| bees.")).text


def test_what_a_more_special_rule_shows_is_read(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.html"
    rules = ".tab { display: none } div.open { display: block } div { display: table }"
    body = f'<div class="tab open">The mill is open.</div><div class="tab">{_KEY}</div>'
    path.write_text(
        f"<!doctype html><style>{rules}</style><body>{body}<p>It grinds rye.</p></body>"
    )
    book = read(path)
    assert book.sentences == ["The mill is open.", "It grinds rye."]
    assert ["stone" in (notice.words or "") for notice in book.notices] == [True]


def test_a_page_that_a_script_shows_is_read(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.html"
    text = "".join(
        f"<p>The mill ground rye and oats for farm {at} of the parish.</p>" for at in range(9)
    )
    head = "<title>Mills</title><style>body { visibility: hidden !important }</style>"
    path.write_text(f"<!doctype html><head>{head}</head><body><article>{text}</article>")
    path.write_text(f"{path.read_text()}<script>{'let mill; ' * 300}</script></body>")
    book = read(path)
    assert len(book.sentences) == 9
    assert book.notices == []


def _sheet(rows: str) -> str:
    return f'<table:table table:name="Keys">{rows}</table:table>'


def _row(*cells: str, more: str = "") -> str:
    inner = "".join(
        f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in cells
    )
    return f"<table:table-row {more}>{inner}</table:table-row>"


def _excel_row(number: int, *cells: str, more: str = "") -> str:
    inner = (
        f'<c r="{"AB"[at]}{number}" t="inlineStr"><is><t>{cell}</t></is></c>'
        for at, cell in enumerate(cells)
    )
    return f'<row r="{number}" {more}>{"".join(inner)}</row>'


@pytest.mark.parametrize("hidden", ["row", "filter", "column", ""])
@pytest.mark.parametrize("form", ["ods", "xlsx"])
def test_hidden_rows_and_columns_are_read_and_said(
    form: str, hidden: str, tmp_path: Path, read: Read
) -> None:
    path = tmp_path / f"a.{form}"
    if form == "ods":
        more = {"row": "collapse", "filter": "filter"}.get(hidden)
        column = '<table:table-column/><table:table-column table:visibility="collapse"/>'
        row = _row("Mill", "stone", more=f'table:visibility="{more}"' if more else "")
        rows = _row("Place", "Key") + row + _row("Barn", "nail")
        odf(path, "spreadsheet", _sheet((column if hidden == "column" else "") + rows))
    else:
        more = 'hidden="1"' if hidden in {"row", "filter"} else ""
        rows = _excel_row(1, "Place", "Key") + _excel_row(2, "Mill", "stone", more=more)
        xlsx(path, {"Keys": rows})
        if hidden == "column":
            columns = '<cols><col min="2" max="2" hidden="1"/></cols><sheetData>'
            _changed(path, "xl/worksheets/s1.xml", "<sheetData>", columns)
    book = read(path)
    assert "Place: Mill | Key: stone" in book.text
    assert [(n.code, n.words, "“Keys”" in n.message) for n in book.notices] == [
        ("hidden_cells", None, True)
    ] * bool(hidden)


@pytest.mark.parametrize("hidden", ["row", "column"])
def test_hidden_parts_of_tables_in_texts_are_read_and_said(
    hidden: str, tmp_path: Path, read: Read
) -> None:
    more = 'table:visibility="collapse"'
    columns = f"<table:table-column/><table:table-column {more * (hidden == 'column')}/>"
    rows = _row("Place", "Key") + _row("Mill", "stone", more=more * (hidden == "row"))
    book = read(odf(tmp_path / "a.odt", "text", _sheet(columns + rows + _row("Barn", "nail"))))
    assert "Mill | stone" in book.text
    assert [(n.code, "“Keys”" in n.message) for n in book.notices] == [("hidden_cells", True)]


@pytest.mark.parametrize(
    "body",
    [
        '<div style="display:none">{}</div>\n\nThe mill is open.',
        "<p hidden>{}</p>\n\nThe mill is open.",
        '<div style="display: none">\n\n{}\n\n- {}\n\n</div>\n\nThe mill is open.',
        'The mill <span style="display:none">{}</span> is open.',
        "The mill <span hidden>**{}**</span> is open.",
    ],
)
def test_markdown_keeps_what_its_html_hides_apart(body: str, tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"# Mill\n\n{body.replace('{}', _KEY.strip())}\n\n`<p>` is read.\n")
    book = read(path)
    assert "stone" not in book.text
    assert book.sentences == ["The mill is open.", "<p> is read."]
    assert [(n.code, "under the stone" in n.message) for n in book.notices] == [
        ("hidden_text", True)
    ]


def test_styles_of_html_in_lines_of_markdown_count(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        '# Mill\n\nIt has 10<span style="vertical-align:super">4</span> bees **&** a\nloom at <i '
        'style="text-decoration:line-through">70</i> 55 crowns, x < y <b title> all.\n'
    )
    text = " ".join(read(path).text.split())
    assert "It has 10⁴ bees & a loom at 55 crowns, x < y all. (Struck out: 70.)" in text


def test_formulas_of_sheets_without_results_are_said(tmp_path: Path, read: Read) -> None:
    formula = '<table:table-cell table:formula="of:=SUM([.A1:.A2])"/>'
    rows = _row("Rope", "12") + f"<table:table-row>{formula}</table:table-row>"
    book = read(odf(tmp_path / "a.ods", "spreadsheet", _sheet(rows)))
    assert "=SUM([.A1:.A2]) (not calculated)" in book.text
    assert [notice.code for notice in book.notices] == ["not_calculated"]


def test_embedded_formulas_of_texts_are_read(tmp_path: Path, read: Read) -> None:
    body = '<draw:frame><draw:object draw:href="./Object 1"/></draw:frame>'
    path = odf(tmp_path / "a.odt", "text", f"<text:p>It has {body} bees.</text:p>")
    with zipfile.ZipFile(path, "a") as package:
        formula = "<math><msup><mn>10</mn><mn>4</mn></msup></math>"
        package.writestr("Object 1/content.xml", formula)
    assert read(path).sentences == ["It has 10⁴ bees."]


def _slides(path: Path, change: Callable[[Any, Any], None]) -> Path:
    shown = Presentation()
    slide = shown.slides.add_slide(shown.slide_layouts[6])
    slide.shapes.add_textbox(*map(Inches, (1, 1, 5, 1))).text_frame.text = "The mill is open."
    change(shown, slide)
    shown.save(str(path))
    return path


def test_hidden_shapes_of_slides_are_left_out_and_said(tmp_path: Path, read: Read) -> None:
    def change(_: Any, slide: Any) -> None:
        box = slide.shapes.add_textbox(*map(Inches, (1, 3, 5, 1)))
        box.text_frame.text = _KEY
        box.element.nvSpPr.cNvPr.set("hidden", "1")

    book = read(_slides(tmp_path / "a.pptx", change))
    assert "stone" not in book.text
    assert [("stone" in n.message, n.code) for n in book.notices] == [(True, "hidden_text")]


def test_words_of_masters_and_formulas_are_read(tmp_path: Path, read: Read) -> None:
    from lxml import etree

    drawing = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    space = f'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" {drawing}'
    power = (
        '<a14:m xmlns:a14="urn:a14" xmlns:m="urn:m"><m:oMath><m:sSup><m:e><m:r><m:t>10</m:t></m:r>'
        "</m:e><m:sup><m:r><m:t>4</m:t></m:r></m:sup></m:sSup></m:oMath></a14:m>"
    )

    def shape(words: str) -> str:
        return (
            f'<p:sp {space}><p:nvSpPr><p:cNvPr id="99" name="x"/><p:cNvSpPr txBox="1"/><p:nvPr/>'
            f"</p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:p>{words}</a:p></p:txBody></p:sp>"
        )

    def change(shown: Any, slide: Any) -> None:
        head = etree.fromstring(shape("<a:r><a:t>Contract 88-417</a:t></a:r>"))
        shown.slide_masters[0].shapes._spTree.append(head)
        runs = f"<a:r><a:t>It has </a:t></a:r>{power}<a:r><a:t> bees.</a:t></a:r>"
        either = "<m:AlternateContent {}><m:Choice>{}</m:Choice><m:Fallback/></m:AlternateContent>"
        slide.shapes._spTree.append(etree.fromstring(either.format('xmlns:m="urn:n"', shape(runs))))

    words = read(_slides(tmp_path / "a.pptx", change)).text
    assert "It has 10⁴ bees." in words
    assert words.count("Contract 88-417") == 1


def test_numbers_of_lists_in_rich_text_are_kept(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.rtf"
    items = r"\pard{\listtext 1.\tab}Sign.\par\pard{\pntext\f0 2.\tab}Pay.\par"
    path.write_text(f"{RTF_HEAD}{items}}}")
    assert [*read(path).text.split()] == ["1.", "Sign.", "2.", "Pay."]


def test_mails_keep_the_numbers_of_lists_and_say_what_is_hidden(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.eml"
    style = "<style>.pre { display: none }</style>"
    body = f'<p class="pre">{_KEY}</p><ol><li>Sign.<li>Pay.</ol><ul><li>Go.</ul>'
    head = "From: w@sand.example\nSubject: Looms\nMessage-ID: <1@sand.example>\n"
    path.write_text(f"{head}Content-Type: text/html\n\n<html><head>{style}</head>{body}</html>")
    book = read(path)
    assert "1. Sign.\n\n2. Pay.\n\nGo." in book.text
    assert [(n.code, n.words) for n in book.notices] == [("hidden_text", "is key stone the under")]


@pytest.mark.parametrize(
    ("row", "head", "cell"),
    [("tr", "th", "td"), ("row", "entry", "entry"), ("row", "cell", "cell")],
)
def test_rows_of_tables_in_xml_are_units(
    row: str, head: str, cell: str, tmp_path: Path, read: Read
) -> None:
    def line(name: str, *words: str) -> str:
        return f"<{row}>{''.join(f'<{name}>{word}</{name}>' for word in words)}</{row}>"

    body = line(cell, "Hemp rope", "Strong. Thick.", "12") + line(cell, "Tar", "Black.", "4")
    top = f"<thead>{line(head, 'Ware', 'Remark', 'Price')}</thead><tbody>{body}</tbody>"
    path = tmp_path / "a.xml"
    text = "<p>The mill sells these wares in May.</p>"
    table = f"<table-wrap><caption><p>Wares of May</p></caption><table>{top}</table></table-wrap>"
    path.write_text(
        f'<?xml version="1.0"?><article><body><sec>{text}{table}</sec></body></article>'
    )
    book = read(path)
    assert "Ware: Hemp rope | Remark: Strong. Thick. | Price: 12" in book.sentences
    assert "Ware: Tar | Remark: Black. | Price: 4" in book.sentences
    assert "Wares of May" in book.text


@pytest.mark.parametrize(
    "rows",
    [
        "<tr><td>Rope</td><td>12</td><p>Tar</p></tr>",
        "<tr><td>Rope</td><td>12</td>Tar</tr>",
        "Tar<tr><td>Rope</td><td>12</td></tr>",
        "<tbody><tr><td>Rope</td><td>12</td></tr><p>Tar</p></tbody>",
        "<tbody><tr><td>Rope</td><td>12</td></tr>Tar</tbody>",
        "<tr><td>Rope</td><td>12</td></tr><p>Tar</p>",
        "<tr><td>Rope</td><td>12</td></tr><tr><name>Tar</name></tr>",
    ],
)
def test_nothing_between_the_cells_of_xml_is_lost(rows: str, tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.xml"
    path.write_text(f'<?xml version="1.0"?><article><body><table>{rows}</table></body></article>')
    text = read(path).text
    assert all(word in text for word in ("Rope", "12", "Tar"))
