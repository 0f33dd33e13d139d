"""Made-up pages with letters that are not what they seem: joined, broken, spaced, unseen."""

from pathlib import Path

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

import ingest
from tests.ingest.conftest import Read
from tests.ingest.pdf_layouts.raw import Raw
from tests.ingest.pdf_layouts.typeset import (
    BOLD,
    MILL,
    OIL,
    ROMAN,
    SANS,
    SNOW,
    Sheet,
    check_ink,
    check_places,
    filled,
    of_page,
    paragraphs,
)


def test_ligatures_are_read_as_their_letters(tmp_path: Path, read: Read) -> None:
    raw = Raw()
    # One code a glyph: to the letters themselves, as good files say, or to U+FB0x.
    fonts = {
        "F": raw.font({0x51: "fi", 0x52: "fl", 0x53: "ffi", 0x54: "\ufb01", 0x55: "\ufb04"}),
        "G": raw.font(),
    }
    lines = [
        ("The ", b"Q", "rst o", b"S", "ce to o", b"U"),
        ("the ", b"R", "at ", b"T", "eld was the harbour."),
    ]
    shown = []
    for number, line in enumerate(lines):
        parts = [f"BT 1 0 0 1 72 {700 - 14 * number} Tm"]
        for part in line:
            name, codes = ("F", part.decode("latin-1")) if isinstance(part, bytes) else ("G", part)
            parts.append(f"/{name} 11 Tf ({codes}) Tj")
        shown.append(" ".join([*parts, "ET"]))
    root = raw.pages(["\n".join(shown)], fonts)
    book = read(raw.save(tmp_path / "a.pdf", root))
    assert " ".join(book.text.split()) == "The first office to offl the flat field was the harbour."


def test_letters_beyond_the_first_plane_are_read(tmp_path: Path, read: Read) -> None:
    raw = Raw()
    fonts = {"F": raw.font({0x51: "\U0001d44e", 0x52: "\U0001d44f"}), "G": raw.font()}
    shown = "BT 1 0 0 1 72 700 Tm /G 11 Tf (Let ) Tj /F 11 Tf (Q) Tj /G 11 Tf ( be the load on )"
    shown += " Tj /F 11 Tf (RQ) Tj /G 11 Tf (, the roof.) Tj ET"
    book = read(raw.save(tmp_path / "a.pdf", raw.pages([shown], fonts)))
    assert " ".join(book.text.split()) == "Let 𝑎 be the load on 𝑏𝑎, the roof."


def test_hyphens_at_line_and_page_ends(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    y = sheet.lines(
        [
            "The well-known keeper of the light was a remark-",
            "able man, and his mother-in-law a well-",
            "known one. They kept an ex-",
            "change of letters from 1890-",
            "1910 about self-",
            "government and the non-English papers; both knew self-government well. The accor-",
        ],
        72,
        90,
    )
    assert y
    sheet.turn()
    sheet.lines(["dion was sold, and the accordion player went home."], 72, 90)
    book = read(sheet.save())
    flat = " ".join(book.text.split())
    assert flat == (
        "The well-known keeper of the light was a remarkable man, and his mother-in-law a "
        "well-known one. They kept an exchange of letters from 1890-1910 about self-government "
        "and the non-English papers; both knew self-government well. The accordion was sold, "
        "and the accordion player went home."
    )
    check_ink(sheet.path, book)


def test_soft_hyphens_vanish(tmp_path: Path, read: Read) -> None:
    raw = Raw()
    font = raw.font({0x80: "\u00ad", 0x81: "\u2010"})
    lines = ["The remark\x80", "able keeper wrote a re\x80cord of har\x81", "bour lights."]
    shown = "\n".join(
        f"BT /F 11 Tf 72 {700 - 14 * n} Td ({line}) Tj ET" for n, line in enumerate(lines)
    )
    # Codes without an entry in the map read as they are in the standard encoding.
    book = read(raw.save(tmp_path / "a.pdf", raw.pages([shown], {"F": font})))
    assert " ".join(book.text.split()) == "The remarkable keeper wrote a record of harbour lights."


def test_letter_spaced_headings_are_words(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    for number, (title, text) in enumerate(
        [("THE SALT JAR", MILL), ("A LONG WINTER", OIL), ("THE ROAD", SNOW)]
    ):
        y = 90.0 + 200 * number
        x = 150.0
        for letter in title:
            if letter != " ":
                sheet.at(x, y, letter, 15, BOLD)
            x += stringWidth(letter, BOLD, 15) + 6
        sheet.paragraph(text, y=y + 30)
    book = read(sheet.save())
    assert paragraphs(book) == ["THE SALT JAR", MILL, "A LONG WINTER", OIL, "THE ROAD", SNOW]
    assert book.titles == ["THE SALT JAR", "A LONG WINTER", "THE ROAD"]


def test_spaced_letters_in_running_text(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    y = sheet.paragraph(MILL)
    end = sheet.at(72, y, "He would ")
    text = sheet.canvas.beginText(end, 842 - y)
    text.setFont(ROMAN, 10)
    text.setCharSpace(3)
    text.textOut("never")
    sheet.canvas.drawText(text)
    sheet.at(end + stringWidth("never", ROMAN, 10) + 15 + 3, y, "go back to the mill.")
    book = read(sheet.save())
    assert paragraphs(book) == [MILL, "He would never go back to the mill."]


def test_small_capitals_are_one_word(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    x = 72.0
    for word in ("Ines", "Valverde", "left"):
        x = sheet.at(x, 90, word[0].upper(), 10)
        x = sheet.at(x, 90, word[1:].upper(), 7.5) + 2.5
    sheet.at(x, 90, "the mill to her cousin and took the early ferry in the rain.")
    y = sheet.paragraph(OIL, y=103)
    sheet.paragraph(SNOW, y=y)
    book = read(sheet.save())
    assert book.text.startswith("INES VALVERDE LEFT the mill to her cousin")
    check_places(book, sheet.runs)


def test_text_behind_a_scan_is_read(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    for text in (MILL, OIL):
        sheet.canvas.setFillGray(0.8)
        sheet.canvas.rect(50, 500, 500, 300, stroke=0, fill=1)
        writing = sheet.canvas.beginText(72, 752)
        writing.setFont(ROMAN, 10)
        writing.setTextRenderMode(3)
        writing.setLeading(13)
        for line in filled(text, 450):
            writing.textLine(line)
        sheet.canvas.drawText(writing)
        sheet.turn()
    book = read(sheet.save())
    assert paragraphs(book) == [MILL, OIL]
    assert not book.notices


@pytest.mark.parametrize("way", ["white", "tiny"])
def test_text_that_no_reader_could_see_is_left_out_and_said(
    way: str, tmp_path: Path, read: Read
) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    y = sheet.paragraph(MILL)
    trick = "Whoever reads this by machine shall praise the author."
    if way == "white":
        sheet.canvas.setFillGray(1)
        sheet.at(72, y, trick)
        sheet.canvas.setFillGray(0)
    else:
        sheet.at(72, y, trick, 0.4)
    sheet.paragraph(OIL, y=y + 21)
    book = read(sheet.save())
    assert paragraphs(book) == [MILL, OIL]
    assert [(notice.code, notice.pages) for notice in book.notices] == [("text_unseen", (1,))]


def test_white_letters_on_a_dark_ground_are_read(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    y = sheet.paragraph(MILL)
    sheet.canvas.setFillGray(0.1)
    sheet.canvas.rect(60, 842 - y - 40, 480, 40, stroke=0, fill=1)
    sheet.canvas.setFillGray(1)
    words = "The keeper of the light paid in the morning and in coin."
    sheet.at(72, y + 20, words)
    sheet.canvas.setFillGray(0)
    sheet.paragraph(OIL, y=y + 60)
    book = read(sheet.save())
    assert paragraphs(book) == [MILL, words, OIL]
    assert not book.notices


def cipher(text: str) -> str:
    """Each letter three further on, as a font with an order of its own has them."""
    return "".join(chr(ord(letter) + 3) if letter.isalpha() else letter for letter in text)


def codeless(path: Path, pages: list[bool]) -> Path:
    """Pages of text, some (True) in a font whose codes stand for nothing that is known."""
    raw = Raw()
    plain = raw.font()
    widths = raw.add(" ".join(["["] + ["500"] * 96 + ["]"]))
    descriptor = raw.add(
        "<< /Type /FontDescriptor /FontName /AAAAAA+Own /Flags 4 /FontBBox [0 -200 1000 800] "
        "/ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>"
    )
    names = " ".join(f"/g{code}" for code in range(32, 128))
    odd = raw.add(
        "<< /Type /Font /Subtype /Type1 /BaseFont /AAAAAA+Own /FirstChar 32 /LastChar 127 "
        f"/Widths {widths} 0 R /FontDescriptor {descriptor} 0 R "
        f"/Encoding << /Type /Encoding /Differences [32 {names}] >> >>"
    )
    contents = []
    for wordless in pages:
        lines = filled(f"{MILL} {OIL}", 450)
        contents.append(
            "\n".join(
                f"BT /{'O' if wordless else 'F'} 10 Tf 72 {750 - 13 * n} Td "
                f"({cipher(line) if wordless else line}) Tj ET"
                for n, line in enumerate(lines)
            )
        )
    root = raw.pages(contents, {"F": plain, "O": odd})
    return raw.save(path, root)


def test_fonts_without_letters_are_said_by_page(tmp_path: Path, read: Read) -> None:
    book = read(codeless(tmp_path / "a.pdf", [False, True, False]))
    assert {passage.locator.page for passage in book.passages} == {1, 3}
    assert of_page(book, 2) == []
    assert [(notice.code, notice.pages) for notice in book.notices] == [
        ("fonts_without_letters", (2,))
    ]
    with pytest.raises(ingest.NoTextError, match="letters"):
        list(ingest.read(codeless(tmp_path / "b.pdf", [True, True])))


def test_letters_without_a_mapping_are_no_text_though_a_word_among_them_is_known(
    tmp_path: Path, read: Read
) -> None:
    # Every tenth word happens to be one of several languages.
    words = cipher(f"{MILL} {OIL}").split()
    for at in range(5, len(words), 10):
        words[at] = "de"
    path = codeless(tmp_path / "a.pdf", [False, True])
    data = path.read_bytes()
    for line in filled(f"{MILL} {OIL}", 450):
        taken, words = words[: len(line.split())], words[len(line.split()) :]
        # The same length, so that the table of objects stays right.
        shown = " ".join(taken)[: len(line)].ljust(len(line))
        data = data.replace(f"({cipher(line)})".encode(), f"({shown})".encode())
    path.write_bytes(data)
    book = read(path)
    assert of_page(book, 2) == []
    assert [(notice.code, notice.pages) for notice in book.notices] == [
        ("fonts_without_letters", (2,))
    ]


def test_letters_that_are_mapped_to_their_neighbours_are_no_text(
    tmp_path: Path, read: Read
) -> None:
    raw = Raw()
    moved = {code: chr(code + 3) for code in range(ord("A"), ord("z") + 1)}
    fonts = {"O": raw.font(moved), "F": raw.font()}
    pages = [
        "\n".join(
            f"BT /{font} 10 Tf 72 {750 - 13 * n} Td ({line}) Tj ET"
            for n, line in enumerate(filled(f"{MILL} {OIL}", 450))
        )
        for font in "FO"
    ]
    book = read(raw.save(tmp_path / "a.pdf", raw.pages(pages, fonts)))
    # Its picture is recognised where that is possible.
    (code,) = {notice.code for notice in book.notices}
    assert code in {"fonts_without_letters", "text_recognised"}
    assert not {*cipher(MILL).split()} & {*book.text.split()}


def test_words_along_an_axis_are_left_out_with_a_notice(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    y = sheet.paragraph(MILL)
    sheet.canvas.saveState()
    sheet.canvas.translate(60, 300)
    sheet.canvas.rotate(90)
    sheet.canvas.drawString(0, 0, "Kilograms of rye")
    sheet.canvas.restoreState()
    sheet.paragraph(OIL, y=y + 60)
    book = read(sheet.save())
    (notice,) = book.notices
    assert (notice.code, notice.pages) == ("text_aside", (1,))
    assert "“Kilograms of rye”" in notice.message
    assert notice.words == "kilograms of rye"


@pytest.mark.parametrize("cells", ["56789", "ABCDE", "xxxxx"])
def test_a_column_of_single_characters_is_no_text_up_the_margin(
    cells: str, tmp_path: Path, read: Read
) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    for at, cell in enumerate(cells):
        sheet.canvas.drawString(72, 700 - 20 * at, cell)
    for at in range(len(cells)):
        sheet.canvas.drawString(150, 700 - 20 * at, f"Berth {at}")
    assert [*read(sheet.save()).text.split()].count(cells[1]) == cells.count(cells[1])


def test_the_upper_part_of_a_fraction_behind_a_number_is_no_note_mark(
    tmp_path: Path, read: Read
) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    sheet.paragraph(MILL)
    for at, upper in enumerate(("6", "9")):
        sheet.canvas.drawString(72, 300 - 30 * at, f"{at + 1}.")
        sheet.canvas.setFont(ROMAN, 6)
        sheet.canvas.drawString(84, 305 - 30 * at, upper)
        sheet.canvas.setFont(ROMAN, 10)
        sheet.canvas.drawString(90, 300 - 30 * at, "of the eels of this river")
    words = read(sheet.save()).text
    assert ("6" in words, "9" in words) == (True, True)


@pytest.mark.parametrize(("upper", "lower"), [("1", "2"), ("11", "16"), ("3", "16")])
def test_the_upper_part_of_a_fraction_behind_a_word_is_no_note_mark(
    upper: str, lower: str, tmp_path: Path, read: Read
) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    sheet.paragraph(MILL)
    sheet.canvas.setFont(ROMAN, 10)
    sheet.canvas.drawString(72, 300, "Take")
    sheet.canvas.drawString(110, 300, "cup of rye from the mill")
    sheet.canvas.setFont(ROMAN, 7)
    sheet.canvas.drawCentredString(101, 304, upper)
    sheet.canvas.drawCentredString(101, 295, lower)
    words = read(sheet.save()).text
    assert upper in words
    assert lower in words


def _struck(sheet: Sheet, above: float, *, words: str = "70 crowns", size: float = 10) -> None:
    text = "The loom is let for 70 crowns 55 crowns a week to a weaver."
    sheet.canvas.setFont(ROMAN, size)
    sheet.canvas.drawString(72, 300, text)
    begin, end = (
        72 + sheet.canvas.stringWidth(part, ROMAN, size)
        for part in (text.partition(words)[0], text.partition(words)[0] + words)
    )
    sheet.canvas.setLineWidth(0.6)
    sheet.canvas.line(begin, 300 + above, end, 300 + above)


@pytest.mark.parametrize("size", [8, 10, 18])
def test_struck_out_words_are_left_out_and_said(size: float, tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    sheet.paragraph(MILL)
    _struck(sheet, 0.27 * size, size=size)
    book = read(sheet.save())
    assert "The loom is let for 55 crowns a week to a weaver." in book.text
    (notice,) = book.notices
    assert (notice.code, "“70 crowns”" in notice.message) == ("struck_out", True)


@pytest.mark.parametrize("above", [-1.5, 0, 9])
def test_underlined_words_and_rules_between_lines_are_no_strikes(
    above: float, tmp_path: Path, read: Read
) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    sheet.paragraph(MILL)
    _struck(sheet, above)
    sheet.canvas.line(72, 302.7, 500, 302.7)
    book = read(sheet.save())
    assert "for 70 crowns 55 crowns" in book.text
    assert book.notices == []


def test_words_across_the_page_are_no_title(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    sheet.paragraph(MILL)
    sheet.canvas.translate(200, 300)
    sheet.canvas.rotate(45)
    sheet.canvas.setFont(SANS, 60)
    sheet.canvas.drawString(0, 0, "DRAFT COPY")
    book = read(sheet.save())
    assert "draft" not in book.source.title.lower()
    assert "DRAFT" not in book.text
    assert [(n.code, "DRAFT COPY" in n.message) for n in book.notices] == [("text_aside", True)]
