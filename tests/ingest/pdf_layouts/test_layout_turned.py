"""Made-up pages that are turned, or read from the right, or downwards."""

from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4

from tests.ingest.conftest import Read
from tests.ingest.pdf_layouts.raw import Raw, width
from tests.ingest.pdf_layouts.typeset import (
    MILL,
    OIL,
    ROMAN,
    SIZE,
    SNOW,
    Sheet,
    check_ink,
    check_places,
    filled,
    of_page,
    paragraphs,
)


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_pages_that_the_file_turns(turned: int, tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    sheet.canvas.setPageRotation(turned)
    if turned != 180:
        # The page is broad before it is turned; this is the top of it.
        sheet.canvas.translate(0, 595 - 842)
    y = 90.0
    for text in (MILL, OIL):
        y = sheet.paragraph(text, 72, y, 210)
    sheet.paragraph(SNOW, 312, 90, 210)
    sheet.turn()
    sheet.canvas.setPageRotation(0)
    sheet.paragraph(MILL)
    book = read(sheet.save())
    assert of_page(book, 1) == [MILL, OIL, SNOW]
    assert of_page(book, 2) == [MILL]
    assert (book.pages[0].width, book.pages[0].height) == pytest.approx(A4, abs=1)
    check_ink(sheet.path, book)


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_page_that_is_upright_once_it_is_turned(turned: int, tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    sheet.canvas.setPageRotation(turned)
    place = {90: (842, 0), 180: (595, 842), 270: (0, 595)}[turned]
    sheet.canvas.translate(*place)
    sheet.canvas.rotate(turned)
    y = 90.0
    for text in (MILL, OIL):
        y = sheet.paragraph(text, 72, y, 210)
    sheet.paragraph(SNOW, 312, 90, 210)
    book = read(sheet.save())
    assert paragraphs(book) == [MILL, OIL, SNOW]
    check_places(book, sheet.runs)
    check_ink(sheet.path, book)


@pytest.mark.parametrize("angle", [90, -90, 180])
def test_text_drawn_turned_on_an_upright_page(angle: int, tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    place = {90: (595, 0), -90: (0, 842), 180: (595, 842)}[angle]
    sheet.canvas.translate(*place)
    sheet.canvas.rotate(angle)
    sheet.canvas.setFont(ROMAN, SIZE)
    y = 500
    for text in (MILL, OIL, SNOW):
        for line in filled(text, 450):
            sheet.canvas.drawString(72, y, line)
            y -= 13
        y -= 8
    book = read(sheet.save())
    assert paragraphs(book) == [MILL, OIL, SNOW]
    check_ink(sheet.path, book)


def test_words_up_the_margin_cut_no_sentence(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    y = sheet.paragraph(MILL)
    sheet.canvas.saveState()
    sheet.canvas.translate(40, 400)
    sheet.canvas.rotate(90)
    sheet.canvas.setFont(ROMAN, 14)
    sheet.canvas.drawString(0, 0, "Kept by the harbour office, box 12")
    sheet.canvas.restoreState()
    sheet.paragraph(OIL, y=y)
    book = read(sheet.save())
    assert paragraphs(book) == [MILL, OIL]


HEBREW = {0x41 + n: letter for n, letter in enumerate("אבגדהוזחטיכלמנסעפצקרשתםןךףץ")}
_HEBREW_CODES = {letter: chr(code) for code, letter in HEBREW.items()}


def hebrew_line(text: str, *, visual: bool) -> str:
    """The codes of a line of Hebrew; `visual`: painted from left to right as it stands."""
    codes = "".join(_HEBREW_CODES.get(letter, letter) for letter in text)
    return codes[::-1] if visual else codes


def test_hebrew_reads_from_the_right(tmp_path: Path, read: Read) -> None:
    first = ["הספר הזה נכתב בעיר קטנה", "על שפת הים ואיש לא קרא", "אותו עד היום."]
    second = ["בבוקר יצא המלח אל הים", "והרוח נשאה את קולו."]
    raw = Raw()
    font = raw.font(HEBREW)
    parts = []
    y = 700
    for lines in (first, second):
        for line in lines:
            codes = hebrew_line(line, visual=True)
            parts.append(f"BT /F 12 Tf {520 - width(codes, 12):.1f} {y} Td ({codes}) Tj ET")
            y -= 16
        y -= 14
    root = raw.pages(["\n".join(parts)], {"F": font})
    book = read(raw.save(tmp_path / "a.pdf", root))
    assert paragraphs(book) == [" ".join(first), " ".join(second)]
    assert book.source.language == "he"
    check_ink(tmp_path / "a.pdf", book)


ARABIC = {0x41 + n: letter for n, letter in enumerate("ابتثجحخدذرزسشصضطظعغفقكلمن")} | {
    0x5E: "ه", 0x5F: "و", 0x60: "ي", 0x61: "ة", 0x62: "أ",
}  # fmt: skip
_ARABIC_CODES = {letter: chr(code) for code, letter in ARABIC.items()}


def test_arabic_with_figures_and_latin_words(tmp_path: Path, read: Read) -> None:
    lines = ["كتب الرجل 1923 رسالة من", "مدينة Porto الي البحر", "وغاب سنة."]
    raw = Raw()
    # A second font for what is not Arabic: it reads as it is written.
    fonts = {"F": raw.font(ARABIC), "L": raw.font()}
    parts = []
    y = 700
    for line in lines:
        x = 500.0
        for word in line.split(" "):
            arabic = word.strip(".")[0] in _ARABIC_CODES
            codes = "".join(_ARABIC_CODES.get(letter, letter) for letter in word)
            codes = codes[::-1] if arabic else codes
            x -= width(codes, 12)
            parts.append(f"BT /{'F' if arabic else 'L'} 12 Tf {x:.1f} {y} Td ({codes}) Tj ET")
            x -= 0.278 * 12
        y -= 16
    root = raw.pages(["\n".join(parts)], fonts)
    book = read(raw.save(tmp_path / "a.pdf", root))
    assert paragraphs(book) == [" ".join(lines)]
    check_ink(tmp_path / "a.pdf", book)


def _letters_found(path: Path) -> int:
    """How many letters PDFium finds on the first page."""
    with closing(pypdfium2.PdfDocument(path)) as document:
        return int(document[0].get_textpage().count_chars())


def test_japanese_set_downwards(tmp_path: Path, read: Read) -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiMin-W3", isVertical=True))
    columns = ["水車は冬のあいだ止まって", "いた。兄は手紙を二度読み、", "塩の壺の下に戻した。"]
    sheet = Sheet(tmp_path / "a.pdf")
    sheet.canvas.setFont("HeiseiMin-W3", 12)
    for number, column in enumerate(columns):
        for row, letter in enumerate(column):
            sheet.canvas.drawString(500 - 20 * number, 760 - 12 * row, letter)
    path = sheet.save()
    # The file names a font and holds none; PDFium leaves out what no font of the system has.
    if _letters_found(path) < sum(map(len, columns)):
        pytest.skip("PDFium finds no font with Japanese letters (fonts-ipafont-mincho has them)")
    book = read(path)
    assert paragraphs(book) == ["".join(columns)]
    assert book.sentences == [
        "水車は冬のあいだ止まっていた。",
        "兄は手紙を二度読み、塩の壺の下に戻した。",
    ]
    check_places(book, [])


def test_japanese_set_across(tmp_path: Path, read: Read) -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiKakuGo-W5"))
    lines = ["水車は冬のあいだ止まっていた。", "兄は手紙を二度読み、塩の壺の下に", "戻した。"]
    sheet = Sheet(tmp_path / "a.pdf")
    sheet.canvas.setFont("HeiseiKakuGo-W5", 12)
    for number, line in enumerate(lines):
        sheet.canvas.drawString(72, 700 - 18 * number, line)
    book = read(sheet.save())
    assert "".join(paragraphs(book)).replace("\n", "").replace(" ", "") == "".join(lines)
