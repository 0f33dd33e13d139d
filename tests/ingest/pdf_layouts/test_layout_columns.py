"""Made-up pages in columns, and what stands beside them: the exact order of their paragraphs."""

from pathlib import Path

import pytest

from tests.ingest.conftest import Read
from tests.ingest.pdf_layouts.typeset import (
    BOLD,
    ITALIC,
    LAMP,
    MILL,
    OIL,
    ROAD,
    SANS,
    SNOW,
    Sheet,
    check_ink,
    check_places,
    filled,
    of_page,
    paragraphs,
)


def test_one_column(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    y = 90.0
    for text in (MILL, OIL, SNOW):
        y = sheet.paragraph(text, y=y)
    sheet.turn()
    sheet.paragraph(ROAD)
    book = read(sheet.save())
    assert paragraphs(book) == [MILL, OIL, SNOW, ROAD]
    assert of_page(book, 2) == [ROAD]
    check_places(book, sheet.runs)
    check_ink(sheet.path, book)


def test_two_columns(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    for page in range(2):
        texts = (MILL, OIL) if page == 0 else (LAMP, MILL)
        y = 90.0
        for text in texts:
            y = sheet.paragraph(text, 72, y, 210)
        y = 90.0
        for text in (SNOW, ROAD):
            y = sheet.paragraph(text, 312, y, 210)
        sheet.turn()
    book = read(sheet.save())
    assert paragraphs(book) == [MILL, OIL, SNOW, ROAD, LAMP, MILL, SNOW, ROAD]
    assert of_page(book, 1) == [MILL, OIL, SNOW, ROAD]
    check_places(book, sheet.runs)
    check_ink(sheet.path, book)


def test_three_columns_painted_row_by_row(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    columns = [filled(text, 145) for text in (MILL, ROAD, LAMP)]
    for row in range(max(map(len, columns))):
        for x, column in zip((60, 225, 390), columns, strict=True):
            if row < len(column):
                sheet.at(x, 100 + 13 * row, column[row])
    book = read(sheet.save())
    assert paragraphs(book) == [MILL, ROAD, LAMP]
    check_places(book, sheet.runs)


def test_a_paragraph_goes_on_in_the_next_column(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    lines = filled(f"{MILL} {SNOW} {ROAD}", 210)
    sheet.lines(lines[: len(lines) // 2], 72, 90)
    sheet.lines(lines[len(lines) // 2 :], 312, 90)
    book = read(sheet.save())
    assert paragraphs(book) == [f"{MILL} {SNOW} {ROAD}"]
    check_places(book, sheet.runs)


def test_a_title_and_an_abstract_across_two_columns(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    sheet.at(120, 80, "How the Mill Kept Its Accounts", 18, BOLD)
    sheet.at(190, 105, "Imogen Hale and Bram Okonkwo", 11)
    y = sheet.paragraph(OIL, 108, 140, 380, size=9, font=ITALIC)
    left = y + 16
    sheet.at(72, left, "1 Introduction", 12, BOLD)
    y = sheet.paragraph(MILL, 72, left + 18, 210)
    sheet.paragraph(SNOW, 72, y, 210)
    y = sheet.paragraph(ROAD, 312, left, 210)
    sheet.at(312, y + 12, "2 Method", 12, BOLD)
    sheet.paragraph(LAMP, 312, y + 30, 210)
    book = read(sheet.save())
    assert paragraphs(book) == [
        "How the Mill Kept Its Accounts",
        "Imogen Hale and Bram Okonkwo",
        OIL,
        "1 Introduction",
        MILL,
        SNOW,
        ROAD,
        "2 Method",
        LAMP,
    ]
    check_places(book, sheet.runs)
    check_ink(sheet.path, book)


def test_a_figure_across_both_columns_parts_them(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    caption = (
        "Figure 1: The road from the mill to the harbour, drawn after the survey. The well is "
        "marked with a cross. Distances are in chains, as the surveyor wrote them down that year."
    )
    top = max(
        sheet.paragraph(MILL, 72, 90, 210),
        sheet.paragraph(OIL, 312, 90, 210),
    )
    sheet.canvas.rect(72, 842 - top - 150, 450, 140)
    y = sheet.paragraph(caption, 72, top + 170, 450, size=9)
    sheet.paragraph(SNOW, 72, y + 12, 210)
    sheet.paragraph(ROAD, 312, y + 12, 210)
    book = read(sheet.save())
    assert paragraphs(book) == [MILL, OIL, caption, SNOW, ROAD]
    assert caption in [passage.text for passage in book.passages]
    check_places(book, sheet.runs)


def test_a_pull_quote_between_columns_interrupts_no_paragraph(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    # The column's lines go around the box, which stands at the right margin in larger letters.
    lines = filled(f"{MILL} {SNOW}", 450)
    sheet.lines(lines[:3], 72, 90)
    rest = filled(" ".join(lines[3:]), 290)
    y = sheet.lines(rest[:7], 72, 90 + 39)
    sheet.lines(filled(" ".join(rest[7:]), 450), 72, y)
    quote = ["He read it twice,", "put it back, and", "went out."]
    sheet.lines(quote, 385, 150, 14, ITALIC, 20)
    book = read(sheet.save())
    assert sorted(paragraphs(book)) == sorted([f"{MILL} {SNOW}", " ".join(quote)])
    check_places(book, sheet.runs)


def test_a_sidebar_is_read_apart(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    y = 90.0
    for text in (MILL, OIL, SNOW, ROAD):
        y = sheet.paragraph(text, 72, y, 300)
    sheet.canvas.setFillGray(0.9)
    sheet.canvas.rect(395, 842 - 330, 140, 250, stroke=0, fill=1)
    sheet.canvas.setFillGray(0)
    sheet.at(405, 105, "What oil cost", 11, BOLD)
    sheet.paragraph(LAMP, 405, 122, 120, size=8, font=SANS)
    book = read(sheet.save())
    assert paragraphs(book) == [MILL, OIL, SNOW, ROAD, "What oil cost", LAMP]
    check_places(book, sheet.runs)


@pytest.mark.parametrize("side", ["left", "right"])
def test_notes_in_the_margin_interrupt_no_sentence(side: str, tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    x, margin = (150, 50) if side == "left" else (72, 460)
    y = 90.0
    for text in (MILL, OIL, SNOW, ROAD):
        y = sheet.paragraph(text, x, y, 370)
    first = ["The letter", "is lost."]
    second = ["Compare the", "parish book."]
    sheet.lines(first, margin, 104, 7.5, ITALIC, 9)
    sheet.lines(second, margin, 240, 7.5, ITALIC, 9)
    book = read(sheet.save())
    got = paragraphs(book)
    assert [part for part in got if part in {MILL, OIL, SNOW, ROAD}] == [MILL, OIL, SNOW, ROAD]
    assert {"The letter is lost.", "Compare the parish book."} < set(got)
    assert len(got) == 6
    check_places(book, sheet.runs)


def test_justified_lines_with_wide_gaps_are_one_column(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    y = 90.0
    for text in (MILL, OIL, SNOW, ROAD):
        # Set as for a narrow column and stretched: gaps of more than a letter's height.
        y = sheet.justified(filled(text, 190), 72, y, 250) + 8
    book = read(sheet.save())
    assert paragraphs(book) == [MILL, OIL, SNOW, ROAD]
    check_places(book, sheet.runs)


def test_a_drop_cap_belongs_to_its_word(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    sheet.at(72, 90 + 26, MILL[0], 46)
    lines = filled(MILL[1:], 425)
    sheet.lines(lines[:3], 90, 90)
    y = sheet.lines(filled(" ".join(lines[3:]), 450), 72, 90 + 39)
    sheet.paragraph(OIL, 72, y + 8, 450)
    book = read(sheet.save())
    assert paragraphs(book) == [MILL, OIL]
    check_ink(sheet.path, book)


def test_a_drop_cap_that_is_a_word_stays_one(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    text = f"A mill stood there once, and a mill stands there now. {MILL}"
    sheet.at(72, 90 + 26, "A", 46)
    lines = filled(text[2:], 415)
    sheet.lines(lines[:3], 108, 90)
    sheet.lines(filled(" ".join(lines[3:]), 450), 72, 90 + 39)
    assert paragraphs(read(sheet.save())) == [text]


def test_stretched_lines_that_happen_to_align_are_no_table(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    y = sheet.justified(filled(ROAD, 92), 72, 90, 150) + 8
    sheet.justified(filled(LAMP, 92), 72, y, 150)
    assert paragraphs(read(sheet.save())) == [ROAD, LAMP]


def test_a_word_behind_a_line_is_no_note_in_the_margin(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    y = sheet.paragraph(MILL)
    for name in ("open the sluice of the lower mill", "close the sluice of the lower mill"):
        sheet.at(72, y, f"To {name} (with the key, by hand)", 9)
        sheet.at(470, y, "[Duty]", 10, BOLD)
        y = sheet.paragraph(OIL, 90, y + 13, 430)
    found = paragraphs(read(sheet.save()))
    assert found[1].endswith("(with the key, by hand) [Duty]")
    assert found[3].endswith("(with the key, by hand) [Duty]")
