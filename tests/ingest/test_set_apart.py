"""Words that are set apart: struck out, raised, in symbol fonts, hidden; in every format."""

from pathlib import Path

import pytest

import ingest
from ingest.books.symbol_fonts import shown
from tests.ingest.conftest import Read
from tests.ingest.marked import MAKERS, RTF_HEAD, WITH_FONTS, WITH_HIDDEN, docx, epub


@pytest.mark.parametrize("form", list(MAKERS))
def test_struck_out_words_stand_behind_those_that_hold(
    form: str, tmp_path: Path, read: Read
) -> None:
    text = [
        [("The loom is let for ", ""), ("70 crowns", "struck"), (" 55 crowns a week.", "")],
        [("Open from ", ""), ("nine", "struck"), (" ten to four", "")],
    ]
    words = " ".join(read(MAKERS[form](tmp_path / "a", text)).text.split())
    assert "The loom is let for 55 crowns a week. (Struck out: 70 crowns.)" in words
    assert "Open from ten to four (struck out: nine)" in words


def test_a_struck_paragraph_says_so_and_is_in_no_passage(tmp_path: Path, read: Read) -> None:
    text = [[("The mill grinds rye. It opens in May.", "struck")], [("It grinds oats.", "")]]
    for form in ("docx", "html", "rtf", "odt"):
        book = read(MAKERS[form](tmp_path / "a", text))
        assert book.sentences == ["It grinds oats."]
        struck = "(Struck out: The mill grinds rye.) (Struck out: It opens in May.)"
        assert struck in " ".join(book.text.split())


@pytest.mark.parametrize(
    "struck",
    [
        "<del>9 crowns</del>", "<strike>9 crowns</strike>", '<span class="old">9 crowns</span>',
        '<span style="text-decoration: line-through red">9 crowns</span>',
        "<s>9 <b>crowns</b></s>",
    ],
)  # fmt: skip
def test_pages_strike_by_tag_style_and_class(struck: str, tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.html"
    style = "<style>.old { text-decoration-line: line-through }</style>"
    path.write_text(f"<!doctype html>{style}<body><p>Wool is {struck} 8 crowns a pound.</p></body>")
    assert read(path).sentences == ["Wool is 8 crowns a pound.", "(Struck out: 9 crowns.)"]


def test_a_struck_cell_stays_in_its_row(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.html"
    rows = "<tr><td>Wool</td><td><s>9</s> 8</td><td>North</td></tr>"
    head = "<tr><th>Ware</th><th>Price</th><th>Shelf</th></tr>"
    path.write_text(f"<!doctype html><body><table>{head}{rows}</table></body>")
    assert read(path).sentences[-1] == "Ware: Wool | Price: 8 (struck out: 9) | Shelf: North"


def test_strikes_of_word_that_are_switched_off_are_none(tmp_path: Path, read: Read) -> None:
    run = '<w:r><w:rPr><w:strike w:val="{}"/></w:rPr><w:t>It holds.</w:t></w:r>'
    body = "".join(f"<w:p>{run.format(value)}</w:p>" for value in ("0", "false"))
    assert read(docx(tmp_path / "a.docx", body)).sentences == ["It holds."] * 2


def test_strikes_of_rich_text_end_with_their_switch(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.rtf"
    path.write_text(
        RTF_HEAD + r"\pard Rye is \strike 5\strike0  4 crowns, oats \striked1 3\plain  2.\par}"
    )
    assert read(path).sentences == [
        "Rye is 4 crowns, oats 2.", "(Struck out: 5.)", "(Struck out: 3.)",
    ]  # fmt: skip


@pytest.mark.parametrize("form", list(MAKERS))
def test_powers_are_no_further_digits(form: str, tmp_path: Path, read: Read) -> None:
    text = [[("The hive has 10", ""), ("4", "up"), (" bees, and m", ""), ("2", "up"), (".", "")]]
    words = read(MAKERS[form](tmp_path / "a", text)).text
    assert "10⁴ bees" in words
    assert "104" not in words


@pytest.mark.parametrize("prefix", ["", "m:", "mml:"])
def test_formulas_are_read_whatever_their_prefix(prefix: str, tmp_path: Path, read: Read) -> None:
    power = "<@msup><@mn>10</@mn><@mn>6</@mn></@msup>"
    part = "<@mfrac><@mrow><@mi>a</@mi><@mo>+</@mo><@mi>b</@mi></@mrow><@mn>2</@mn></@mfrac>"
    formulas = [f"<@math>{item}</@math>".replace("@", prefix) for item in (power, part)]
    body = f"<p>There are {formulas[0]} ants and {formulas[1]} hills.</p>"
    book = read(epub(tmp_path / "a.epub", body))
    assert book.sentences == ["There are 10⁶ ants and (a+b)/2 hills."]
    path = tmp_path / "a.xml"
    space = 'xmlns:m="urn:m" xmlns:mml="urn:m"'
    path.write_text(f'<?xml version="1.0"?><article {space}><body>{body}</body></article>')
    assert read(path).sentences == ["There are 10⁶ ants and (a+b)/2 hills."]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"10$^{4}$ bees", "10⁴ bees"), (r"$3 \times 10^{-2}$ m", "3 × 10⁻² m"),
        (r"5\,$\mu$g", "5 µg"), (r"20$^\circ$C", "20°C"), (r"$x^2$ is kept", "$x^2$ is kept"),
    ],
)  # fmt: skip
def test_numbers_of_latex_are_plain(source: str, text: str, tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.tex"
    path.write_text(f"\\documentclass{{article}}\\begin{{document}}A {source}.\\end{{document}}")
    found = read(path).text.replace("μ", "µ").replace("\u2009", " ").replace("^∘", "°")
    assert f"A {text}." in " ".join(found.split())


@pytest.mark.parametrize("form", WITH_FONTS)
def test_letters_of_symbol_fonts_are_what_is_seen(form: str, tmp_path: Path, read: Read) -> None:
    text = [[("Take 30 ", ""), ("m", "symbol"), ("g if the fever is ", ""), ("\xb3", "symbol"),
             (" 39 ", ""), ("\xb0", "symbol"), ("C.", "")]]  # fmt: skip
    assert "Take 30 μg if the fever is ≥ 39 °C." in read(MAKERS[form](tmp_path / "a", text)).text


def test_symbols_of_word_are_read_by_their_font(tmp_path: Path, read: Read) -> None:
    body = (
        '<w:p><w:r><w:t>Rope: </w:t><w:sym w:font="Wingdings" w:char="F0FE"/><w:t> Sail: </w:t>'
        '<w:sym w:font="Wingdings" w:char="F0A8"/><w:t> at 4 </w:t>'
        '<w:sym w:font="Symbol" w:char="F0A3"/><w:t> 5</w:t></w:r></w:p>'
    )
    assert read(docx(tmp_path / "a.docx", body)).sentences == ["Rope: ☑ Sail: ☐ at 4 ≤ 5"]


def test_private_characters_are_those_of_symbol_fonts() -> None:
    assert shown("\uf0b7 one \uf0fc two \uf06dg") == "• one ✓ two μg"
    assert shown("plain", "Arial") == "plain"
    assert shown("αβ", "Symbol") == "αβ"


@pytest.mark.parametrize("form", WITH_HIDDEN)
def test_hidden_words_are_left_out_and_said(form: str, tmp_path: Path, read: Read) -> None:
    text = [[("The mill is open.", ""), (" The key is under the stone.", "hidden")]]
    book = read(MAKERS[form](tmp_path / "a", text))
    assert "stone" not in book.text
    assert ["under the stone" in notice.message for notice in book.notices] == [True]


@pytest.mark.parametrize("form", list(MAKERS))
def test_nothing_is_said_of_documents_without_hidden_words(
    form: str, tmp_path: Path, read: Read
) -> None:
    book = read(MAKERS[form](tmp_path / "a", [[("The mill is open.", "")]]))
    assert book.notices == []
    assert isinstance(book.source, ingest.Source)
