"""Made-up first pages of papers: what is their title, and who wrote them."""

from pathlib import Path

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from tests.ingest.conftest import Read
from tests.ingest.pdf_layouts.raw import Raw
from tests.ingest.pdf_layouts.test_layout_papers import LEFT, centred, columns
from tests.ingest.pdf_layouts.typeset import BOLD, MILL, OIL, ROAD, ROMAN, SNOW, WIDTH, Sheet

MIDDLE = WIDTH / 2


def _text(sheet: Sheet, y: float) -> None:
    """An abstract and the first section below a title block."""
    centred(sheet, MIDDLE, y, "Abstract", 10, BOLD)
    y = sheet.paragraph(SNOW, LEFT + 30, y + 18, 400)
    sheet.at(LEFT, y + 20, "1 Introduction", 13, BOLD)
    for text in (MILL, OIL, ROAD):
        y = sheet.paragraph(text, LEFT, y + 36, 470) - 24


def _named(sheet: Sheet, title: str = "", author: str = "") -> None:
    sheet.canvas.setTitle(title)
    sheet.canvas.setAuthor(author)


def test_an_article_with_addresses_and_a_date(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "1706.03762.pdf")
    _named(sheet, "untitled", "admin")
    centred(sheet, MIDDLE, 90, "How Snow Lies on Roofs: A Survey of", 17)
    centred(sheet, MIDDLE, 111, "Slates, Thatch and Tin ∗", 17)
    centred(sheet, MIDDLE, 140, "Ida van der Berg and J. R. O’Neill", 11)
    centred(sheet, MIDDLE, 154, "Department of Roofs, University of Valley", 11)
    centred(sheet, MIDDLE, 168, "{ida, jr}@roofs.example", 11)
    centred(sheet, MIDDLE, 190, "3 March 2021", 11)
    _text(sheet, 220)
    source = read(sheet.save()).source
    assert source.title == "How Snow Lies on Roofs: A Survey of Slates, Thatch and Tin"
    assert source.author == "Ida van der Berg, J. R. O’Neill"


def test_the_first_chapter_is_no_title_where_the_file_says_one(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "report.pdf")
    _named(sheet, "Annual Report of the Harbour")
    for chapter in ("Chapter 1: Quays", "Chapter 2: Cranes"):
        sheet.at(LEFT, 50, "Annual Report of the Harbour", 9)
        sheet.at(LEFT, 90, chapter, 18, BOLD)
        sheet.paragraph(SNOW, LEFT, 130, 470)
        sheet.canvas.bookmarkPage(chapter)
        sheet.canvas.addOutlineEntry(chapter, chapter)
        sheet.turn()
    assert read(sheet.save()).source.title == "Annual Report of the Harbour"


def test_names_with_raised_marks_over_two_columns(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "download (3).pdf")
    _named(sheet, "Paper Title (use style: paper title)", "IEEE")
    centred(sheet, MIDDLE, 80, "Mills without Millers", 18, BOLD)
    x = 170.0
    for name, mark in (("Ada Brook", "1"), ("Tove Lind", "2"), ("Émile Roux", "1")):
        sheet.at(x, 110, name, 10)
        x += float(stringWidth(name, ROMAN, 10))
        sheet.at(x, 106, mark, 6)
        x += 4
        sheet.at(x, 110, ",", 10)
        x += 8
    centred(sheet, MIDDLE, 126, "1 Institute of Water, Skerry    2 Corran College", 9)
    sheet.at(LEFT, 170, "Abstract", 10, BOLD)
    columns(sheet, 190)
    book = read(sheet.save())
    assert book.source.title == "Mills without Millers"
    assert book.source.author == "Ada Brook, Tove Lind, Émile Roux"
    # Nor does a citation name the title twice.
    assert not any("Mills" in (each.locator.chapter or "") for each in book.passages)


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Drop Down, Radio Button", ""),
        ("In Chapter", ""),
        ("Of The", ""),
        ("Jack Field, Tove Lind", "Jack Field, Tove Lind"),
    ],
)
def test_common_words_in_capitals_are_no_names(
    line: str, author: str, tmp_path: Path, read: Read
) -> None:
    sheet = Sheet(tmp_path / "form.pdf")
    centred(sheet, MIDDLE, 80, "Mills without Millers", 18, BOLD)
    centred(sheet, MIDDLE, 110, line, 11)
    _text(sheet, 140)
    assert read(sheet.save()).source.author == author


def test_names_beside_one_another_with_their_schools(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "paper.pdf")
    _named(sheet)
    centred(sheet, MIDDLE, 90, "Lamps: An Object-Oriented Account", 17, BOLD)
    for x, name, school in (
        (150, "Olga Finch", "University of Corran"),
        (440, "Per Aalders", "Valley Business School"),
    ):
        centred(sheet, x, 125, name, 12, BOLD)
        centred(sheet, x, 140, school, 11)
    _text(sheet, 180)
    source = read(sheet.save()).source
    assert source.title == "Lamps: An Object-Oriented Account"
    assert source.author == "Olga Finch, Per Aalders"


def test_a_title_in_capitals_no_larger_than_the_text(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "main.pdf")
    _named(sheet)
    centred(sheet, MIDDLE, 90, "ON THE NUMBER OF WELLS IN A VALLEY", 11)
    centred(sheet, MIDDLE, 120, "LEO TORVALD AND ANNA QUILL", 9)
    _text(sheet, 160)
    source = read(sheet.save()).source
    assert source.title == "On the Number of Wells in a Valley"
    assert source.author == "Leo Torvald, Anna Quill"


@pytest.mark.parametrize(
    ("title", "author", "expected"),
    [
        ("Harbours of the North", "Ida Berg", ("Paper", "Ida Berg")),
        ("Harbours of the North", "106", ("Paper", "")),
    ],
)
def test_what_a_file_says_of_itself_needs_its_words_on_the_first_page(
    title: str, author: str, expected: tuple[str, str], tmp_path: Path, read: Read
) -> None:
    sheet = Sheet(tmp_path / "paper.pdf")
    _named(sheet, title, author)
    y = 90.0
    for text in (MILL, OIL, ROAD):
        y = sheet.paragraph(text, LEFT, y, 470)
    source = read(sheet.save()).source
    assert (source.title, source.author) == expected


def test_a_word_above_the_title_is_no_title(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "paper.pdf")
    _named(sheet)
    sheet.at(LEFT, 70, "HARBOURS", 20, BOLD)
    centred(sheet, MIDDLE, 110, "The price of lamp oil in small places", 16)
    centred(sheet, MIDDLE, 140, "Bo Okonkwo", 11)
    _text(sheet, 180)
    source = read(sheet.save()).source
    assert source.title == "The price of lamp oil in small places"
    assert source.author == "Bo Okonkwo"


# -- fonts of TeX that do not name their letters --------------------------------------------------


def test_the_name_of_a_journal_above_its_homepage_is_no_title(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "1-s2.0-S0022.pdf")
    centred(sheet, MIDDLE, 60, "Contents lists available at ExampleDirect", 9)
    centred(sheet, MIDDLE, 82, "Journal of Roofs and Snow", 16)
    centred(sheet, MIDDLE, 100, "journal homepage: www.roofs.example/locate/jrs", 8)
    sheet.at(LEFT, 140, "Slates under load: a survey of 214 roofs", 16)
    sheet.at(LEFT, 165, "Ida Berg, Tove Lind", 12)
    _text(sheet, 220)
    source = read(sheet.save()).source
    assert source.title == "Slates under load: a survey of 214 roofs"
    assert source.author == "Ida Berg, Tove Lind"


def test_names_in_capitals_joined_by_and_in_capitals(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "paper.pdf")
    centred(sheet, MIDDLE, 90, "ON THE LOAD OF ROOFS UNDER SNOW", 12, BOLD)
    centred(sheet, MIDDLE, 115, "IDA BERG, TOVE LIND, AND ÉMILE ROUX", 10)
    _text(sheet, 150)
    source = read(sheet.save()).source
    assert source.title == "On the Load of Roofs Under Snow"
    assert source.author == "Ida Berg, Tove Lind, Émile Roux"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ("IDA BERG∗ and T. R. LIND∗, Institute of Roofs, Corran", "ÉMILE ROUX, Skerry, Norway"),
            "Ida Berg, T. R. Lind, Émile Roux",
        ),
        (("I. Berg, T. Lind, University of Corran, Skerry",), "I. Berg, T. Lind"),
        (("Ida Berg (Chair), Tove Lind 1, b) and T. Roux 2",), "Ida Berg, Tove Lind, T. Roux"),
        (("Corran Valley, Norway",), ""),
    ],
)  # fmt: skip
def test_names_on_one_line_with_where_they_work(
    lines: tuple[str, ...], expected: str, tmp_path: Path, read: Read
) -> None:
    sheet = Sheet(tmp_path / "paper.pdf")
    centred(sheet, MIDDLE, 80, "How Snow Lies on Roofs of Slate", 17)
    for at, line in enumerate(lines):
        centred(sheet, MIDDLE, 110 + 14 * at, line, 10)
    _text(sheet, 160)
    assert read(sheet.save()).source.author == expected


def test_the_name_of_a_journal_above_its_volume_is_no_title(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "v12i03.pdf")
    centred(sheet, MIDDLE, 60, "Journal of Roofs and Snow", 20)
    centred(sheet, MIDDLE, 82, "November 2012, Volume 12, Issue 3.", 8)
    centred(sheet, MIDDLE, 140, "Slates under Load", 15)
    centred(sheet, MIDDLE, 165, "Ida Berg", 10)
    _text(sheet, 200)
    source = read(sheet.save()).source
    assert (source.title, source.author, source.date) == ("Slates under Load", "Ida Berg", "2012")


@pytest.mark.parametrize(
    ("at", "line", "expected"),
    [
        (150, "12 May 2009", "2009-05-12"),
        (30, "Roofs 12 (2009) 3–9", "2009"),
        (800, "Permission to copy is given. Copyright 2009 by the Society of Roofs.", "2009"),
        (150, "As Berg (2009) says, snow is heavy.", ""),
        # Nothing is printed: the year in which the file was made.
        (150, "", ""),
        (60, "In Proceedings of SNOW ’09", "2009"),
        (815, "Roofs and Slates, May 2009", "2009-05"),
        (150, "2009", "2009"),
    ],
)
def test_a_paper_is_of_the_year_that_it_prints(
    at: float, line: str, expected: str, tmp_path: Path, read: Read
) -> None:
    sheet = Sheet(tmp_path / "paper.pdf")
    centred(sheet, MIDDLE, 80, "How Snow Lies on Roofs of Slate", 17)
    centred(sheet, MIDDLE, 110, "Ida Berg", 11)
    centred(sheet, MIDDLE, at, line, 9)
    _text(sheet, 180)
    source = read(sheet.save()).source
    assert source.date == expected
    assert source.metadata["created"]


def test_a_paper_that_prints_no_year_is_of_the_one_in_which_its_file_was_made(
    tmp_path: Path, read: Read
) -> None:
    sheet = Sheet(tmp_path / "paper.pdf")
    centred(sheet, MIDDLE, 80, "How Snow Lies on Roofs of Slate", 17)
    centred(sheet, MIDDLE, 110, "Ida Berg", 11)
    _text(sheet, 180)
    file = sheet.save()
    file.write_bytes(file.read_bytes().replace(b"(D:20000101", b"(D:20010304"))
    assert read(file).source.date == "2001"


def test_the_number_of_a_work_is_kept(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "paper.pdf")
    canvas = sheet.canvas
    canvas.saveState()
    canvas.translate(30, 300)
    canvas.rotate(90)
    canvas.setFont(ROMAN, 16)
    canvas.drawString(0, 0, "arXiv:2101.04321v2 [stat.ME] 14 Jan 2021")
    canvas.restoreState()
    sheet.at(LEFT, 40, "Roofs 12 (2021) 3–9, https://doi.org/10.1000/roofs.12.3.", 8)
    centred(sheet, MIDDLE, 90, "How Snow Lies on Roofs of Slate", 17)
    centred(sheet, MIDDLE, 120, "Ida Berg and Tove Lind", 11)
    _text(sheet, 150)
    source = read(sheet.save()).source
    assert source.title == "How Snow Lies on Roofs of Slate"
    assert source.metadata["doi"] == "10.1000/roofs.12.3"
    assert source.metadata["arxiv"] == "2101.04321v2"


def _bitmap_font(raw: Raw, names: str) -> int:
    """A font of boxes for letters whose glyphs are called so, with the code for a number."""
    box = raw.stream("600 0 0 0 500 700 d1 0 0 500 700 re f")
    glyphs = " ".join(f"/{names.format(code)} {box} 0 R" for code in range(16, 127))
    differences = " ".join(f"/{names.format(code)}" for code in range(16, 127))
    widths = " ".join(["600"] * 111)
    return raw.add(
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 600 700] /FontMatrix [.001 0 0 .001 0 0] "
        f"/CharProcs << {glyphs} >> /Encoding << /Type /Encoding /Differences [16 {differences}] >>"
        f" /FirstChar 16 /LastChar 126 /Widths [{widths}] /Resources << >> >>"
    )


_PAGE = "BT /F 10 Tf 1 0 0 1 60 {} Tm ({}) Tj ET"
_SAID = [
    "The keeper of the o\x1ece lit the lamp \x10for good\x11",
    "and the \x1crst \x1dat boat came.",
]


@pytest.mark.parametrize("names", ["a{}", "g{:03}"])
def test_letters_that_are_called_by_their_codes(names: str, tmp_path: Path, read: Read) -> None:
    raw = Raw()
    font = _bitmap_font(raw, names)
    shown = "\n".join(_PAGE.format(700 - 14 * at, line) for at, line in enumerate(_SAID))
    book = read(raw.save(tmp_path / "a.pdf", raw.pages([shown], {"F": font})))
    assert " ".join(book.text.split()) == (
        "The keeper of the office lit the lamp “for good” and the first flat boat came."
    )


@pytest.mark.parametrize(
    ("head", "title", "authors", "expected"),
    [
        ("Lecture Notes in Roofs 1234", "Mills by Hand", "Ada Brook", "Ada Brook"),
        ("Technical Report", "A Rate of Snow", "Maria Skog, Nils Oy", "Maria Skog, Nils Oy"),
        ("Skerry University", "Roofs in Fog", "Joe Armberg", "Joe Armberg"),
        (
            "IEEE Transactions on Roofs",
            "Fast Slates for Long Roofs",
            "Ada Brook, Senior Member, IEEE, and Tove Lind",
            "Ada Brook, Tove Lind",
        ),
        ("Research Article", "Tin and Slate", "J. Dahl a,*, L. Moe b", "J. Dahl, L. Moe"),
        (
            "Working Paper No. 12",
            "On Thatch in the Rain",
            "Prof. Ada Brook and Tove Lind, Ph.D.",
            None,
        ),
    ],
)
def test_the_head_of_a_series_is_no_title(
    head: str, title: str, authors: str, expected: str | None, tmp_path: Path, read: Read
) -> None:
    sheet = Sheet(tmp_path / "12.pdf")
    centred(sheet, MIDDLE, 80, head, 22)
    centred(sheet, MIDDLE, 130, title, 16, BOLD)
    centred(sheet, MIDDLE, 160, authors, 11)
    _text(sheet, 220)
    source = read(sheet.save()).source
    assert (source.title, source.author) == (title, expected or "Ada Brook, Tove Lind")


def test_a_title_goes_on_behind_its_colon(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "13.pdf")
    centred(sheet, MIDDLE, 80, "How Snow Lies:", 18, BOLD)
    centred(sheet, MIDDLE, 102, "A Study of Forty Roofs", 14, BOLD)
    centred(sheet, MIDDLE, 130, "Ada Brook", 11)
    _text(sheet, 200)
    source = read(sheet.save()).source
    assert (source.title, source.author) == ("How Snow Lies: A Study of Forty Roofs", "Ada Brook")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("Ida Berg", "Corran Valley Avenue", "Skerry"), "Ida Berg"),
        (("Position Paper", "Ida Berg", "Roofs Inc."), "Ida Berg"),
        (("Ida Berg", "The Open Roof Project", "Tove Lind", "San Corran"), "Ida Berg, Tove Lind"),
        (("Ida Berg", "Norra Tekniska Högskola"), "Ida Berg"),
        (
            ("Ida Berg, Tove Lind, Émile", "Roux, Bo Okonkwo"),
            "Ida Berg, Tove Lind, Émile Roux, Bo Okonkwo",
        ),
        (
            ("Ida Berg, University of Corran; Tove Lind and Émile Roux, Institute of Roofs",),
            "Ida Berg, Tove Lind, Émile Roux",
        ),
        (("Ida Berg <ida@roofs.example>", "Tove R. Lind (tove.lind@corran.example)"),
         "Ida Berg, Tove R. Lind"),
        (("Ida Berg and Tove Lind – Corran Roofs, Inc.",), "Ida Berg, Tove Lind"),
        (("Ida Berg", "SLATE Snow & Thatch ASA", "Skerry, Norway"), "Ida Berg"),
        (("Ida Berg, Associate Member, IEEE, Tove Lind, Fellow, IEEE, and", "Émile Roux"),
         "Ida Berg, Tove Lind, Émile Roux"),
        (("Ida Berg", "Via Roma Corran"), "Ida Berg"),
    ],
)  # fmt: skip
def test_streets_institutes_and_kinds_of_papers_are_no_authors(
    lines: tuple[str, ...], expected: str, tmp_path: Path, read: Read
) -> None:
    sheet = Sheet(tmp_path / "paper.pdf")
    centred(sheet, MIDDLE, 80, "How Snow Lies on Roofs of Slate", 17)
    for number, line in enumerate(lines):
        centred(sheet, MIDDLE, 110 + 14 * number, line, 11)
    _text(sheet, 190)
    assert read(sheet.save()).source.author == expected


def test_names_parted_by_small_gaps(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "paper.pdf")
    centred(sheet, MIDDLE, 80, "How Snow Lies on Roofs of Slate", 17)
    x = 130.0
    for name in ("Ida A. Berg", "Tove R. Lind", "Émile Roux", "Bo T. Okonkwo"):
        x = sheet.at(x, 110, name, 12) + 9
    centred(sheet, MIDDLE, 124, "University of Corran, Skerry", 12)
    _text(sheet, 190)
    expected = "Ida A. Berg, Tove R. Lind, Émile Roux, Bo T. Okonkwo"
    assert read(sheet.save()).source.author == expected


def test_a_name_in_another_size_than_by_is_on_its_line(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "paper.pdf")
    centred(sheet, MIDDLE, 80, "How Snow Lies on Roofs of Slate", 17)
    sheet.at(sheet.at(250, 110, "By", 10) + 7, 110, "Ida Berg", 7)
    centred(sheet, MIDDLE, 140, "Draft: 3 March 2021", 10)
    _text(sheet, 190)
    book = read(sheet.save())
    assert book.source.author == "Ida Berg"
    assert any("By Ida Berg" in passage.text for passage in book.passages)


@pytest.mark.parametrize(
    "lines",
    [
        ("See discussions, stats, and author profiles for this publication at: https://x.example",
         "Conference Paper · March 2021", "3 authors, including:", "Tove Lind"),
        ("Citation Berg, I. et al. “How Snow Lies.” Roofs 17.2 (2021).",
         "Citable Link http://hdl.example/1721", "Terms of Use Article is made available"),
        ("Stable URL: http://www.example.org/stable/1", "Published by: The Roofs Association"),
    ],
)  # fmt: skip
def test_the_cover_of_a_repository_is_no_title_page(
    lines: tuple[str, ...], tmp_path: Path, read: Read
) -> None:
    sheet = Sheet(tmp_path / "paper.pdf")
    centred(sheet, MIDDLE, 80, "How Snow Lies on Roofs", 17)
    for number, line in enumerate(lines):
        sheet.at(LEFT, 110 + 20 * number, line, 11)
    sheet.turn()
    centred(sheet, MIDDLE, 80, "How Snow Lies on Roofs of Slate", 17)
    centred(sheet, MIDDLE, 110, "Ida Berg and Émile Roux", 11)
    _text(sheet, 190)
    source = read(sheet.save()).source
    assert (source.title, source.author) == (
        "How Snow Lies on Roofs of Slate", "Ida Berg, Émile Roux",
    )  # fmt: skip
